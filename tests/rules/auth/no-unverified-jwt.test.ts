import parser from "@typescript-eslint/parser";
import { Linter } from "eslint";
import { expect, test } from "vitest";

import rule from "../../../src/rules/auth/no-unverified-jwt.js";
import { makeProject } from "../../support/project.js";
import { type Invalid, ruleTester, type Valid } from "../../support/rule-tester.js";

type Options = [{ onlySure: boolean }];

const server = { filename: "server/auth.ts" } as const;
const jwt = `import jwt from "jsonwebtoken";\n`;
/** As strict has it. */
const all: Options = [{ onlySure: false }];

/** A middleware that finds out who asks. */
const whoAsks = (read: string, rest = ""): string => `${jwt}export function whoAsks(req, res, next) {\n  const token = req.headers.authorization.split(" ")[1];\n  const claims = ${read};\n  if (claims.role !== "admin") return res.status(403).end();\n  next();\n}\n${rest}`;

const valid: Valid<Options>[] = [
  { ...server, name: "a token that is verified", code: whoAsks("jwt.verify(token, secret)") },
  { ...server, name: "a file that verifies as well", options: all, code: whoAsks("jwt.decode(token)", "export const check = (token) => jwt.verify(token, secret);") },
  { ...server, name: "a token that somebody hands in, as recommended allows", code: `${jwt}export const subject = (token: string) => jwt.decode(token).sub;` },
  { ...server, name: "nothing but the end of a token", options: all, code: `${jwt}export const endOf = (token: string) => jwt.decode(token).exp;` },
  { ...server, name: "the token that another service has handed over itself", options: all, code: `import { decodeJwt } from "jose";\nexport const profileOf = (tokens) => decodeJwt(tokens.id_token).email;` },
  { ...server, name: "a browser", options: all, filename: "src/menu.tsx", project: "next", code: `"use client";\nimport { jwtDecode } from "jwt-decode";\nexport const name = jwtDecode(read()).name;` },
  { ...server, name: "a parameter of a handler, behind a guard", options: all, filename: "src/user.decorator.ts", project: "nest", code: `import { createParamDecorator } from "@nestjs/common";\n${jwt}export const User = createParamDecorator((_, context) => jwt.decode(tokenOf(context)));` },
  { ...server, name: "somebody else's decode", options: all, code: `import jwt from "./jwt";\nexport const subject = (token) => jwt.decode(token).sub;` },
  { ...server, name: "algorithms that are named", code: `${jwt}jwt.verify(token, publicKey, { algorithms: ["RS256"] });` },
  { ...server, name: "a public key in a version that chooses by the key", code: `${jwt}jwt.verify(token, publicKey);` },
  { ...server, name: "a licence whose end the app itself asks for", code: `${jwt}class Licence {\n  constructor(claims) { this.ends = new Date(claims.exp * 1000); }\n  get isOver() { return this.ends < new Date(); }\n}\nexport const open = (text, publicKey) => new Licence(jwt.verify(text, publicKey, { algorithms: ["ES256"], ignoreExpiration: true }));` },
  { ...server, name: "the same in a pattern", code: `${jwt}export function userOf(token) {\n  const { exp, sub } = jwt.verify(token, secret, { ignoreExpiration: true });\n  return exp * 1000 < Date.now() ? renewed(sub) : sub;\n}` },
  { ...server, name: "a setting that is only taken apart", code: `${jwt}function partsOf(token) {\n  return jwt.verify(token, "", { algorithms: ["none"] }).parts;\n}\nexport const registry = (app) => partsOf(app.settings.get("registry:token"));` },
  { ...server, name: "an expiry that counts", code: `${jwt}jwt.verify(token, secret, { ignoreExpiration: false });` },
  { ...server, name: "a token that is renewed after its end", options: all, code: `${jwt}export function refresh(token) {\n  return jwt.verify(token, secret, { ignoreExpiration: true });\n}` },
  { ...server, name: "a secret in a version that takes whichever algorithm", project: "with-old-jwt", code: `${jwt}jwt.verify(token, secret);` },
  { ...server, name: "a decision, as recommended allows", code: `${jwt}export function isAdmin(token: string) {\n  return jwt.decode(token).role === "admin";\n}` },
  { ...server, name: "the end of a token decides", options: all, code: `${jwt}export const isOver = (token: string) => jwt.decode(token).exp === end;` },
  { ...server, name: "a function that says that it only decodes", options: all, code: `${jwt}export function decodeClaims(token: string) {\n  return jwt.decode(token);\n}` },
  { ...server, name: "which key has signed it", options: all, code: `${jwt}export function keyOf(token: string) {\n  const { header } = jwt.decode(token, { complete: true });\n  return keys.get(header.kid);\n}` },
  { ...server, name: "half-typed", options: all, code: `${jwt}jwt.decode();` },
];

const invalid: Invalid<"decoded" | "unsigned" | "expired" | "confused", Options>[] = [
  { ...server, name: "who may come in, by a token that nobody has checked", code: whoAsks("jwt.decode(token)"), errors: [{ messageId: "decoded", line: 4, column: 18, endColumn: 28, data: { name: "jwt.decode" } }] },
  { ...server, name: "the same of a cookie, with another library", code: `import { cookies } from "next/headers";\nimport { decodeJwt } from "jose";\nexport async function userId() {\n  const jar = await cookies();\n  return decodeJwt(jar.get("session").value).sub;\n}`, errors: [{ messageId: "decoded", line: 5, data: { name: "decodeJwt" } }] },
  { ...server, name: "a token that somebody hands in", options: all, code: `${jwt}export const subject = (token: string) => jwt.decode(token).sub;`, errors: [{ messageId: "decoded", line: 2, column: 43, endColumn: 53, data: { name: "jwt.decode" } }] },
  { ...server, name: "a role that is compared", options: all, code: `${jwt}export function isAdmin(token: string) {\n  return jwt.decode(token).role === "admin";\n}`, errors: [{ messageId: "decoded", line: 3, column: 10, endColumn: 20, data: { name: "jwt.decode" } }] },
  { ...server, name: "who is asking, kept for those who come after", options: all, code: `${jwt}export function whoAsks(request, token: string) {\n  const claims = jwt.decode(token);\n  request.user_id = claims.sub;\n}`, errors: [{ messageId: "decoded", line: 3, data: { name: "jwt.decode" } }] },
  { ...server, name: "a session that is looked up by what the token says", options: all, code: `${jwt}export async function sessionOf(token: string) {\n  const { jti } = jwt.decode(token);\n  return Sessions.findById(jti);\n}`, errors: [{ messageId: "decoded", line: 3, data: { name: "jwt.decode" } }] },
  { ...server, name: "the rows of whoever the token says", options: all, code: `import { PrismaClient } from "@prisma/client";\nimport { decodeJwt } from "jose";\nconst prisma = new PrismaClient();\nexport function orders(token: string) {\n  const claims = decodeJwt(token);\n  return prisma.order.findMany({ where: { ownerId: claims.sub } });\n}`, errors: [{ messageId: "decoded", line: 5, data: { name: "decodeJwt" } }] },
  { ...server, name: "claims that are handed on whole", options: all, code: `import { decodeJwt } from "jose";\nexport function open(token: string) {\n  const claims = decodeJwt(token);\n  if (!claims.exp) return null;\n  return sessionFrom(claims);\n}`, errors: [{ messageId: "decoded", line: 3, data: { name: "decodeJwt" } }] },
  { ...server, name: "a claim whose name is worked out", options: all, code: `${jwt}export function claimOf(token: string, name: string) {\n  const claims = jwt.decode(token);\n  return claims[name];\n}`, errors: [{ messageId: "decoded", line: 3, data: { name: "jwt.decode" } }] },
  { ...server, name: "a name for who it is", options: all, code: `${jwt}export function mine(token: string) {\n  const userId = jwt.decode(token).sub;\n  return ordersOf(userId);\n}`, errors: [{ messageId: "decoded", line: 3, data: { name: "jwt.decode" } }] },
  { ...server, name: "a token without a signature is let in", code: `${jwt}jwt.verify(token, secret, { algorithms: ["HS256", "none"] });`, errors: [{ messageId: "unsigned", line: 2, column: 51, endColumn: 57, data: { name: "jwt.verify" } }] },
  { ...server, name: "a token without a key, which a request brings", code: `${jwt}function partsOf(token) {\n  return jwt.verify(token, "", { algorithms: ["none"] }).parts;\n}\nexport const registry = (app, req) => [partsOf(app.settings.get("registry:token")), partsOf(req.headers["x-token"])];`, errors: [{ messageId: "unsigned", line: 3, data: { name: "jwt.verify" } }] },
  { ...server, name: "a token whose own end is set, and of which none is asked", code: `${jwt}export const sign = (sub) => jwt.sign({ sub, exp: inAnHour() }, secret);\nexport const userOf = (token) => jwt.verify(token, secret, { ignoreExpiration: true }).sub;`, errors: [{ messageId: "expired", line: 3, data: { name: "jwt.verify" } }] },
  { ...server, name: "a token without a signature is made", code: `${jwt}const options = { algorithm: "none" };\njwt.sign(claims, "", options);`, errors: [{ messageId: "unsigned", line: 2, data: { name: "jwt.sign" } }] },
  { ...server, name: "a token whose time is over", code: `${jwt}export const userOf = (token) => jwt.verify(token, secret, { ignoreExpiration: true });`, errors: [{ messageId: "expired", line: 2, column: 62, endColumn: 84, data: { name: "jwt.verify" } }] },
  { ...server, name: "a public key in a version that lets the token choose", project: "with-old-jwt", code: `${jwt}jwt.verify(token, publicKey);`, errors: [{ messageId: "confused", line: 2, column: 1, endColumn: 11, data: { name: "jwt.verify" } }] },
  { ...server, name: "the same in a strategy", filename: "src/jwt.strategy.ts", project: "nest", code: `import { Strategy } from "passport-jwt";\nexport const strategy = new Strategy({ secretOrKey, ignoreExpiration: true }, validate);`, errors: [{ messageId: "expired", line: 2, data: { name: "Strategy" } }] },
];

ruleTester.run("no-unverified-jwt", rule, { valid, invalid });

test("a token without a signature is for show where the project verifies all with a key", () => {
  const code = `${jwt}export const shown = (claims) => jwt.sign(claims, "", { algorithm: "none" });\n`;
  const reported = (other: string): number => {
    const project = makeProject({ "package.json": { name: "shop", dependencies: { express: "^5", jsonwebtoken: "^9" } }, "server/shown.ts": code, "server/session.ts": other });
    const plugins = { own: { rules: { it: rule } } } as unknown as Linter.Config["plugins"] & {};
    return new Linter({ cwd: project.dir }).verify(code, [{ files: ["**/*.ts"], plugins, languageOptions: { parser }, rules: { "own/it": "error" } }], { filename: project.path("server/shown.ts") }).length;
  };
  expect(reported(`${jwt}export const userOf = (token) => jwt.verify(token, process.env.KEY);\n`)).toBe(0);
  expect(reported(`${jwt}export const userOf = (token) => jwt.verify(token, process.env.KEY, { algorithms: ["HS256", "none"] });\n`)).toBe(1);
  expect(reported(`${jwt}export const userOf = (token) => jwt.verify(token, process.env.KEY) ?? jwt.decode(token);\n`)).toBe(1);
  expect(reported("export const session = {};\n")).toBe(1);
});
