import parser from "@typescript-eslint/parser";
import { Linter } from "eslint";
import { expect, test } from "vitest";

import rule from "../../../src/rules/auth/require-secure-cookie.js";
import type { CookieFlag } from "../../../src/semantics/auth/cookies.js";
import { makeProject } from "../../support/project.js";
import { type Invalid, ruleTester, type Valid } from "../../support/rule-tester.js";

type Options = [{ flags: CookieFlag[]; allowOff: boolean }];

const express = { filename: "server/auth.ts", project: "express" } as const;
const next = { filename: "app/login/route.ts", project: "next" } as const;
const plain = { filename: "server/auth.ts" } as const;
const inProduction = `secure: process.env.NODE_ENV === "production"`;
const http = { losses: "it travels over plain HTTP as well", flags: `\`${inProduction}\`` };
const both = { losses: "any script on the page can read it and it travels over plain HTTP as well", flags: `\`httpOnly: true\` and \`${inProduction}\`` };
const written = { ...http, flags: "`secure`" };
const text = { flags: `httpOnly: true, ${inProduction}` };

const login = (call: string): string => `export function login(req, res) {\n  ${call}\n  res.end();\n}`;
const route = (call: string): string => `import { cookies } from "next/headers";\nexport async function POST() {\n  ${call}\n}`;

const valid: Valid<Options>[] = [
  { filename: "server/server.js", project: "with-borrowed-session", options: [{ flags: ["httpOnly", "secure", "sameSite"], allowOff: true }], name: "a session that only a strategy for signing in elsewhere uses", code: `const session = require("cookie-session");\nconst passport = require("passport");\napp.use(session({ keys: [key], maxAge: 60_000 }));\napp.use(passport.initialize());` },
  { ...express, name: "all flags", code: login(`res.cookie("token", token, { httpOnly: true, secure: true, sameSite: "lax" });`) },
  { ...express, name: "other sites, where requests carry a token of their own", project: "express-with-csrf", options: [{ flags: ["sameSite"], allowOff: true }], code: login(`res.cookie("token", token, { httpOnly: true, secure: true });`) },
  { ...express, name: "a flag that depends on the place", code: login(`res.cookie("token", token, { httpOnly: true, secure: process.env.NODE_ENV === "production" });`) },
  { ...express, name: "options from elsewhere", code: `import { options } from "./cookies";\n${login(`res.cookie("token", token, options);`)}` },
  { ...express, name: "options that others are spread into", code: login(`res.cookie("token", token, { ...base, path: "/" });`) },
  { ...express, name: "flags before a part that depends", code: login(`res.cookie("token", token, { httpOnly: true, secure, sameSite: "lax", path: "/", ...(domain && { domain }) });`) },
  { ...plain, name: "a prefix with which Hono sends it over HTTPS alone", code: `import { setCookie, setSignedCookie } from "hono/cookie";\nexport const login = (c) => setCookie(c, "session", id, { httpOnly: true, prefix: "secure" });\nexport const sign = (c) => setSignedCookie(c, "session", id, secret, { httpOnly: true, prefix: "host" });` },
  { ...plain, project: "with-fastify-cookies", name: "flags that all cookies of a Fastify app are given", code: `export const login = async (request, reply) => {\n  reply.setCookie("token", token, { path: "/" });\n};` },
  { ...express, name: "a preference", code: login(`res.cookie("theme", "dark");`) },
  { ...express, name: "a token that the page must read", code: login(`res.cookie("csrf-token", token);`) },
  { ...express, name: "what came of asking another service", code: login(`res.cookie("robot_auth_status", "success");`) },
  { ...express, name: "a flag that says whether somebody is signed in", code: login(`res.cookie("is-auth", "1");`) },
  { ...express, name: "a cookie that is taken away", code: login(`res.cookie("token", "", { maxAge: 0 });`) },
  { ...express, name: "a word over a session that has ended, which is over in a moment", code: login(`const over = { expires: new Date(Date.now() + 5 * 1000), sameSite: "strict" };\n  res.cookie("accessToken", "loggedout", over);\n  res.cookie("refreshToken", "none", { ...over, path: "/refresh" });`) },
  { ...express, name: "a cookie that ended in the past", code: login(`res.cookie("token", req.cookies.token, { expires: new Date(Date.now() - 1000) });`) },
  { ...express, name: "a flag that is off in so many words", code: login(`res.cookie("accessToken", token, { httpOnly: false, secure: true });`) },
  { ...express, name: "a project without Express", project: "plain", code: login(`res.cookie("token", token);`) },
  { ...express, name: "a test", filename: "tests/auth.test.ts", code: login(`res.cookie("token", token);`) },
  { ...next, name: "options that a helper of the package gives", code: `import { cookies } from "next/headers";\nexport const adapter = { set: async (name, value, options) => (await cookies()).set(name, value, options) };` },
  { ...express, name: "a cookie whose name is made of parts, with a value that lets nobody in", code: login("res.cookie(`theme_${id}`, theme.id);\n  res.cookie(`seen_${id}`, csrfToken);") },
  { ...express, project: "with-page-cookie", name: "a cookie that a page of the project reads by its name", code: login(`res.cookie("author_token", token);`) },
  { ...plain, name: "sessions with all flags", code: `import session from "express-session";\napp.use(session({ secret, cookie: { secure: true, maxAge: 60_000 } }));` },
  { ...plain, name: "sessions that are sent over HTTPS alone in production", code: `import session from "express-session";\nconst options = { secret, cookie: {} };\nif (app.get("env") === "production") options.cookie.secure = true;\napp.use(session(options));` },
  { ...plain, name: "sessions whose options come from elsewhere", code: `import session from "express-session";\nimport { options } from "./session";\napp.use(session(options));\napp.use(session({ secret, cookie: options.cookie }));` },
  { ...plain, name: "sessions of a package that sets the flags itself", code: `import cookieSession from "cookie-session";\nimport fastifySession from "@fastify/session";\napp.use(cookieSession({ keys, maxAge: 60_000 }));\napp.register(fastifySession, { secret });` },
  { ...plain, options: [{ flags: ["secure"], allowOff: false }], name: "a flag that is off, and why", code: `import session from "express-session";\napp.use(session({ secret, cookie: {\n  // Most installations speak plain HTTP in a home network.\n  secure: false,\n} }));` },
  { ...plain, name: "a visitor of a page that somebody has shared", code: `app.get("/shared/:slug", (req, res) => { res.cookie("share_session_id", req.params.slug); });` },
  { ...plain, name: "sessions that carry visitors to a provider and back, and say nothing of who is there", code: `import session from "express-session";\nimport passport from "passport";\napp.use(session({ secret }));\napp.get("/back", (req, res, next) => req.login(req.account, { session: false }, next));` },
  { ...plain, name: "sessions that only development has", code: `import session from "express-session";\nif (process.env.NODE_ENV !== "production") app.use(session({ secret }));` },
  { ...plain, name: "a header with all flags", code: `export const headers = { "Set-Cookie": \`session=\${id}; Path=/; HttpOnly; Secure; SameSite=Lax\` };` },
  { ...plain, name: "a header whose flags come from elsewhere", code: `export const headers = { "Set-Cookie": \`session=\${id}; \${flags}\` };` },
  { ...plain, name: "a header that takes it away", code: `export const headers = { "Set-Cookie": "session=; Path=/; Max-Age=0" };` },
];

const invalid: Invalid<"loose" | "addFlags", Options>[] = [
  {
    ...express,
    name: "no options",
    code: login(`res.cookie("token", token);`),
    errors: [{ messageId: "loose", line: 2, column: 14, endColumn: 21, data: { name: "token", ...both }, suggestions: [{ messageId: "addFlags", data: text, output: login(`res.cookie("token", token, { httpOnly: true, ${inProduction} });`) }] }],
  },
  {
    ...express,
    name: "a session that ends in a moment",
    code: login(`res.cookie("token", token, { httpOnly: true, expires: new Date(Date.now() + 5 * 1000) });`),
    errors: [{ messageId: "loose", line: 2, data: { name: "token", ...http }, suggestions: [{ messageId: "addFlags", data: { flags: inProduction }, output: login(`res.cookie("token", token, { httpOnly: true, expires: new Date(Date.now() + 5 * 1000), ${inProduction} });`) }] }],
  },
  {
    ...express,
    name: "one flag of two",
    code: login(`res.cookie("session", id, { httpOnly: true });`),
    errors: [{ messageId: "loose", data: { name: "session", ...http }, suggestions: [{ messageId: "addFlags", data: { flags: inProduction }, output: login(`res.cookie("session", id, { httpOnly: true, ${inProduction} });`) }] }],
  },
  {
    ...next,
    name: "the cookies of Next",
    code: route(`(await cookies()).set("session", id, { httpOnly: true });`),
    errors: [{ messageId: "loose", line: 3, data: { name: "session", ...http }, suggestions: [{ messageId: "addFlags", data: { flags: inProduction }, output: route(`(await cookies()).set("session", id, { httpOnly: true, ${inProduction} });`) }] }],
  },
  {
    ...next,
    name: "the same in one object",
    code: route(`(await cookies()).set({ name: "session", value: id, secure: true });`),
    errors: [{ messageId: "loose", data: { name: "session", losses: "any script on the page can read it", flags: "`httpOnly: true`" }, suggestions: [{ messageId: "addFlags", data: { flags: "httpOnly: true" }, output: route(`(await cookies()).set({ name: "session", value: id, secure: true, httpOnly: true });`) }] }],
  },
  {
    ...plain,
    name: "Hono",
    code: `import { setCookie } from "hono/cookie";\nexport const login = (c) => setCookie(c, "auth_token", token);`,
    errors: [{ messageId: "loose", line: 2, data: { name: "auth_token", ...both }, suggestions: [{ messageId: "addFlags", data: text, output: `import { setCookie } from "hono/cookie";\nexport const login = (c) => setCookie(c, "auth_token", token, { httpOnly: true, ${inProduction} });` }] }],
  },
  {
    ...plain,
    name: "a signed cookie of Hono",
    code: `import { setSignedCookie } from "hono/cookie";\nexport const login = (c) => setSignedCookie(c, "session", id, secret);`,
    errors: [{ messageId: "loose", line: 2, data: { name: "session", ...both }, suggestions: [{ messageId: "addFlags", data: text, output: `import { setSignedCookie } from "hono/cookie";\nexport const login = (c) => setSignedCookie(c, "session", id, secret, { httpOnly: true, ${inProduction} });` }] }],
  },
  {
    ...plain,
    name: "a header that a package makes of one object",
    code: `import { stringifySetCookie } from "cookie";\nexport const header = stringifySetCookie({ name: "session", value: id, httpOnly: true });`,
    errors: [{ messageId: "loose", line: 2, data: { name: "session", ...http }, suggestions: [{ messageId: "addFlags", data: { flags: inProduction }, output: `import { stringifySetCookie } from "cookie";\nexport const header = stringifySetCookie({ name: "session", value: id, httpOnly: true, ${inProduction} });` }] }],
  },
  {
    ...plain,
    name: "sessions of Express, which are sent over plain HTTP as long as nobody says otherwise",
    code: `import session from "express-session";\napp.use(session({ secret, name: "sid", cookie: { maxAge: 60_000 } }));`,
    errors: [{ messageId: "loose", line: 2, column: 9, endColumn: 16, data: { name: "sid", losses: http.losses, flags: "`secure: \"auto\"`" }, suggestions: [{ messageId: "addFlags", data: { flags: `secure: "auto"` }, output: `import session from "express-session";\napp.use(session({ secret, name: "sid", cookie: { maxAge: 60_000, secure: "auto" } }));` }] }],
  },
  {
    ...plain,
    name: "sessions without any word about their cookie",
    code: `const session = require("express-session");\napp.use(session({ secret }));`,
    errors: [{ messageId: "loose", line: 2, data: { name: "connect.sid", losses: http.losses, flags: "`secure: \"auto\"`" }, suggestions: [{ messageId: "addFlags", data: { flags: `secure: "auto"` }, output: `const session = require("express-session");\napp.use(session({ secret, cookie: { secure: "auto" } }));` }] }],
  },
  {
    ...plain,
    name: "a flag of sessions that is off, where that is not allowed",
    options: [{ flags: ["httpOnly", "secure"], allowOff: false }],
    code: `import cookieSession from "cookie-session";\nconst options = { keys, httpOnly: true };\noptions.httpOnly = false;\napp.use(cookieSession(options));`,
    errors: [{ messageId: "loose", line: 4, data: { name: "session", losses: "any script on the page can read it", flags: "`httpOnly`" }, suggestions: null }],
  },
  {
    ...plain,
    name: "a flag that is off until somebody switches it on",
    options: [{ flags: ["httpOnly", "secure"], allowOff: false }],
    code: `import session from "express-session";\napp.use(session({ secret, cookie: {\n  httpOnly: true,\n  secure: false, // set to true with HTTPS, not only HTTP\n} }));`,
    errors: [{ messageId: "loose", line: 2, data: { name: "connect.sid", ...written }, suggestions: null }],
  },
  {
    ...plain,
    name: "the same under the option that iron-session has for it",
    options: [{ flags: ["httpOnly", "secure"], allowOff: false }],
    code: `import { getIronSession } from "iron-session";\nexport const sessionOf = (req, res) => getIronSession(req, res, { password, cookieName: "app", cookieOptions: { secure: false } });`,
    errors: [{ messageId: "loose", line: 2, data: { name: "app", ...written }, suggestions: null }],
  },
  {
    ...express,
    name: "a name that is made of parts, and a value that is a session's token",
    code: login("const cookie = `room_${id}`;\n  res.cookie(cookie, roomSession?.token, { httpOnly: true });"),
    errors: [{ messageId: "loose", line: 3, data: { name: "room_…", ...http }, suggestions: [{ messageId: "addFlags", data: { flags: inProduction }, output: login(`const cookie = \`room_\${id}\`;\n  res.cookie(cookie, roomSession?.token, { httpOnly: true, ${inProduction} });`) }] }],
  },
  { ...plain, name: "a header", code: `export const headers = { "Set-Cookie": \`session=\${id}; Path=/; HttpOnly\` };`, errors: [{ messageId: "loose", line: 1, data: { name: "session", ...written }, suggestions: null }] },
  { ...plain, name: "a header, in a file that has nothing from outside", code: `export const headersOf = (id: string) => ({ "Set-Cookie": \`session=\${id}; HttpOnly\` });`, errors: [{ messageId: "loose", line: 1, data: { name: "session", ...written }, suggestions: null }] },
  { ...plain, name: "headers in a list", code: `export function login(req, res) {\n  res.setHeader("Set-Cookie", ["sid=" + id + "; HttpOnly", "lang=en"]);\n}`, errors: [{ messageId: "loose", line: 2, data: { name: "sid", ...written }, suggestions: null }] },
  { ...plain, name: "a page that sets it itself", filename: "src/login.ts", code: `document.cookie = "jwt=" + token + "; Secure";`, errors: [{ messageId: "loose", data: { name: "jwt", losses: "any script on the page can read it", flags: "`httpOnly`" }, suggestions: null }] },
  {
    ...express,
    name: "a flag that is off, where that is not allowed",
    options: [{ flags: ["httpOnly", "secure"], allowOff: false }],
    code: login(`res.cookie("accessToken", token, { httpOnly: false, secure: true });`),
    errors: [{ messageId: "loose", data: { name: "accessToken", losses: "any script on the page can read it", flags: "`httpOnly`" }, suggestions: null }],
  },
  {
    ...express,
    name: "other sites, where they are asked for",
    options: [{ flags: ["sameSite"], allowOff: true }],
    code: login(`res.cookie("token", token, { httpOnly: true, secure: true });`),
    errors: [{ messageId: "loose", data: { name: "token", losses: "the pages of others can send it along", flags: "`sameSite: \"lax\"`" }, suggestions: [{ messageId: "addFlags", data: { flags: `sameSite: "lax"` }, output: login(`res.cookie("token", token, { httpOnly: true, secure: true, sameSite: "lax" });`) }] }],
  },
];

ruleTester.run("require-secure-cookie", rule, { valid, invalid });

/** The reports of a file in a project with other files. */
function reportsIn(file: string, code: string, others: Record<string, string | object>): number {
  const project = makeProject({ ...others, [file]: code });
  const plugins = { own: { rules: { it: rule } } } as unknown as Linter.Config["plugins"] & {};
  return new Linter({ cwd: project.dir }).verify(code, [{ files: ["**/*.{js,ts}"], plugins, languageOptions: { parser }, rules: { "own/it": ["error", { flags: ["httpOnly", "secure", "sameSite"], allowOff: false }] } }], { filename: project.path(file) }).length;
}

test("what a page of another package reads by its name cannot be kept from scripts", () => {
  const code = 'export const signIn = (res, token) => res.cookie("access_token", token, { secure: true, sameSite: "lax" });\n';
  const reported = (page: string): number =>
    reportsIn("backend/server/auth.ts", code, { ".git/HEAD": "ref: refs/heads/main\n", "package.json": { name: "share" }, "backend/package.json": { name: "share-backend", dependencies: { express: "^5" } }, "frontend/package.json": { name: "share-frontend", dependencies: { react: "^19", "cookies-next": "^5" } }, "frontend/src/session.ts": page });
  expect(reported('import { getCookie } from "cookies-next";\nexport const isOver = () => endOf(getCookie("access_token")) < Date.now();\n')).toBe(0);
  expect(reported('import { getCookie } from "cookies-next";\nexport const theme = () => getCookie("theme");\n')).toBe(1);
  expect(reported('import { getCookie } from "h3";\nexport const tokenOf = (event) => getCookie(event, "access_token");\n')).toBe(1);
});

test("sessions say nothing of who is there where all guards take a token, or passport only keeps its state in them", () => {
  const code = 'const session = require("express-session");\nconst passport = require("passport");\napp.use(session({ secret }));\napp.use(passport.initialize());\n';
  const manifest = (...more: string[]): object => ({ name: "shelf", dependencies: Object.fromEntries(["express", "express-session", "passport", ...more].map((name) => [name, "*"])) });
  const guards = 'const passport = require("passport");\nexports.guard = passport.authenticate("jwt", { session: false });\nexports.start = (req, res) => { req.session[stateKey] = makeState(); };\n';
  const reported = (guard: string, ...more: string[]): number => reportsIn("server/app.js", code, { "package.json": manifest(...more), "server/guards.js": guard });
  expect(reported(guards, "passport-jwt")).toBe(0);
  expect(reported(`${guards}exports.pages = (req, res, next) => (req.isAuthenticated() ? next() : res.redirect("/login"));\n`, "passport-jwt")).toBe(1);
  expect(reported('exports.who = (req) => userOfToken(req.headers.authorization);\n', "passport-github")).toBe(0);
  expect(reported("exports.who = (req) => req.session.userId;\n", "passport-github")).toBe(1);
});
