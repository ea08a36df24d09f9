import rule from "../../../src/rules/auth/require-token-expiry.js";
import { type Invalid, ruleTester, type Valid } from "../../support/rule-tester.js";

type Options = [{ allowImpersonal: boolean }];
type MessageId = "endless" | "impersonal" | "addExpiry";

const server = { filename: "server/auth.ts" } as const;
const nest = { filename: "src/auth/auth.service.ts", project: "nest" } as const;

const jwt = `import jwt from "jsonwebtoken";\n`;
const jose = `import { SignJWT } from "jose";\n`;

/** A service of Nest with the module that sets its tokens up. */
const service = (sign: string, setUp: string): string => `import { Injectable, Module } from "@nestjs/common";
import { JwtModule, JwtService } from "@nestjs/jwt";
@Injectable()
export class AuthService {
  constructor(private readonly jwtService: JwtService) {}
  login(user: User) {
    return ${sign};
  }
}
@Module({ imports: [${setUp}] })
export class AuthModule {}
`;
const forUser = "this.jwtService.sign({ sub: user.id })";

const valid: Valid<Options>[] = [
  { ...server, name: "an option that ends it", code: `${jwt}jwt.sign({ id: user.id }, secret, { expiresIn: "1h" });` },
  { ...server, name: "a claim that ends it", code: `${jwt}jwt.sign({ id: user.id, exp: Math.floor(Date.now() / 1000) + 3600 }, secret);` },
  { ...server, name: "claims in a variable that end it", code: `${jwt}const claims = { sub: user.id, iat: now, exp: now + 60 };\njwt.sign(claims, process.env.JWT_SECRET);` },
  { ...server, name: "a time in the claims that whoever checks it looks at", code: `${jwt}jwt.sign({ id: user.id, expiresAt: inAnHour.toISOString(), type: "session" }, secret);` },
  { ...server, name: "claims that are handed in", code: `${jwt}export const issue = (claims: object) => jwt.sign(claims, secret);` },
  { ...server, name: "claims that others are spread into", code: `${jwt}jwt.sign({ ...session, id: user.id }, secret);` },
  { ...server, name: "options that are handed in", code: `${jwt}export const issue = (user: User, options: jwt.SignOptions) => jwt.sign({ id: user.id }, secret, options);` },
  { ...server, name: "a token that is looked up before it counts", code: `${jwt}jwt.sign({ userId: user.id, tokenId: row.id }, secret);` },
  { ...server, name: "a token that a change of the password ends", code: `${jwt}jwt.sign({ username: user.name, h: shake(user.password) }, secret);` },
  { ...server, name: "a token that carries how often all were withdrawn", code: `${jwt}jwt.sign({ sub: user.id, v: user.tokenVersion }, secret);` },
  { ...server, name: "somebody else's sign", code: `import jwt from "./our-tokens";\njwt.sign({ id: user.id }, secret);` },
  { ...server, name: "a test", filename: "tests/auth.test.ts", code: `${jwt}jwt.sign({ id: user.id }, secret);` },
  { ...server, name: "a link to a document that is shared for good", code: `${jwt}jwt.sign({ invoiceId: invoice.id }, process.env.JWT_SECRET);` },
  { ...server, name: "a token for another service, which says how long it lives", code: `${jwt}jwt.sign({ email: user.email }, process.env.ZENDESK_SSO_KEY);` },
  { ...server, name: "a builder that is told the end", code: `${jose}export const token = await new SignJWT({ sub: user.id }).setProtectedHeader({ alg: "HS256" }).setExpirationTime("1h").sign(key);` },
  { ...server, name: "a builder that a statement tells the end", code: `${jose}const token = new SignJWT({ sub: user.id });\ntoken.setExpirationTime("1h");\nexport const signed = await token.sign(key);` },
  { ...server, name: "a builder that others go on with", code: `${jose}export const begun = new SignJWT({ sub: user.id });` },
  { ...nest, name: "a module that ends all tokens", code: service(forUser, `JwtModule.register({ secret, signOptions: { expiresIn: "1d" } })`) },
  { ...nest, name: "a module whose options come from elsewhere", code: service(forUser, `JwtModule.registerAsync({ useClass: JwtConfig })`) },
  { ...nest, name: "an option of the call", code: service(`this.jwtService.signAsync({ sub: user.id }, { expiresIn: "15m" })`, `JwtModule.register({ secret })`) },
  { ...nest, name: "a module that nobody can see", code: `import { JwtService } from "@nestjs/jwt";\nexport class AuthService {\n  constructor(private readonly jwt: JwtService) {}\n  login(user: User) { return this.jwt.sign({ sub: user.id }); }\n}` },
  { ...server, name: "half-typed", code: `${jwt}jwt.sign(` + ");" },
];

const invalid: Invalid<MessageId, Options>[] = [
  {
    ...server,
    name: "a claim that only speaks of a password",
    code: `${jwt}jwt.sign({ sub: user.id, purpose: "reset-password" }, secret);`,
    errors: [
      {
        messageId: "endless",
        data: { name: "jwt.sign", remedy: `expiresIn: "1h"` },
        line: 2,
        suggestions: [{ messageId: "addExpiry", data: { remedy: `expiresIn: "1h"` }, output: `${jwt}jwt.sign({ sub: user.id, purpose: "reset-password" }, secret, { expiresIn: "1h" });` }],
      },
    ],
  },
  {
    ...server,
    name: "no options",
    code: `${jwt}const token = jwt.sign({ id: user.id }, process.env.JWT_SECRET as string);`,
    errors: [
      {
        messageId: "endless",
        line: 2,
        column: 15,
        endColumn: 23,
        data: { name: "jwt.sign", remedy: `expiresIn: "1h"` },
        suggestions: [{ messageId: "addExpiry", data: { remedy: `expiresIn: "1h"` }, output: `${jwt}const token = jwt.sign({ id: user.id }, process.env.JWT_SECRET as string, { expiresIn: "1h" });` }],
      },
    ],
  },
  {
    ...server,
    name: "options without an end, and claims in a variable",
    code: `${jwt}const claims = { sub: user.id };\njwt.sign(claims, jwtSecret, { algorithm: "HS256" });`,
    errors: [{ messageId: "endless", line: 3, data: { name: "jwt.sign", remedy: `expiresIn: "1h"` }, suggestions: [{ messageId: "addExpiry", data: { remedy: `expiresIn: "1h"` }, output: `${jwt}const claims = { sub: user.id };\njwt.sign(claims, jwtSecret, { algorithm: "HS256", expiresIn: "1h" });` }] }],
  },
  {
    ...server,
    name: "a callback where the options would stand",
    code: `const { sign } = require("jsonwebtoken");\nsign({ username: user.name }, secret, (error, token) => done(error, token));`,
    errors: [{ messageId: "endless", line: 2, data: { name: "sign", remedy: `expiresIn: "1h"` }, suggestions: [{ messageId: "addExpiry", data: { remedy: `expiresIn: "1h"` }, output: `const { sign } = require("jsonwebtoken");\nsign({ username: user.name }, secret, { expiresIn: "1h" }, (error, token) => done(error, token));` }] }],
  },
  {
    ...server,
    name: "a builder without an end",
    code: `${jose}export const token = await new SignJWT({ sub: user.id }).setProtectedHeader({ alg: "HS256" }).sign(key);`,
    errors: [
      {
        messageId: "endless",
        line: 2,
        column: 32,
        endColumn: 39,
        data: { name: "SignJWT", remedy: `.setExpirationTime("1h")` },
        suggestions: [{ messageId: "addExpiry", data: { remedy: `.setExpirationTime("1h")` }, output: `${jose}export const token = await new SignJWT({ sub: user.id }).setProtectedHeader({ alg: "HS256" }).setExpirationTime("1h").sign(key);` }],
      },
    ],
  },
  {
    ...server,
    name: "a library that knows claims only",
    code: `import { sign } from "hono/jwt";\nexport const token = await sign({ sub: user.id }, env.JWT_SECRET);`,
    errors: [
      {
        messageId: "endless",
        data: { name: "sign", remedy: "exp: Math.floor(Date.now() / 1000) + 60 * 60" },
        suggestions: [{ messageId: "addExpiry", data: { remedy: "exp: Math.floor(Date.now() / 1000) + 60 * 60" }, output: `import { sign } from "hono/jwt";\nexport const token = await sign({ sub: user.id, exp: Math.floor(Date.now() / 1000) + 60 * 60 }, env.JWT_SECRET);` }],
      },
    ],
  },
  {
    ...nest,
    name: "neither the call nor the module",
    code: service(forUser, `JwtModule.register({ secret: process.env.JWT_SECRET })`),
    errors: [{ messageId: "endless", line: 7, data: { name: "this.jwtService.sign", remedy: `expiresIn: "1h"` }, suggestions: [{ messageId: "addExpiry", data: { remedy: `expiresIn: "1h"` }, output: service(`this.jwtService.sign({ sub: user.id }, { expiresIn: "1h" })`, `JwtModule.register({ secret: process.env.JWT_SECRET })`) }] }],
  },
  {
    ...server,
    name: "a link that is shared for good, where that is not allowed",
    options: [{ allowImpersonal: false }],
    code: `${jwt}jwt.sign({ invoiceId: invoice.id }, process.env.JWT_SECRET);`,
    errors: [{ messageId: "impersonal", line: 2, data: { name: "jwt.sign", remedy: `expiresIn: "1h"` }, suggestions: [{ messageId: "addExpiry", data: { remedy: `expiresIn: "1h"` }, output: `${jwt}jwt.sign({ invoiceId: invoice.id }, process.env.JWT_SECRET, { expiresIn: "1h" });` }] }],
  },
];

ruleTester.run("require-token-expiry", rule, { valid, invalid });
