import rule from "../../../src/rules/auth/require-session-expiry.js";
import { type Invalid, ruleTester, type Valid } from "../../support/rule-tester.js";

type Options = [{ allowRenewal: boolean }];

const app = { filename: "server/app.ts" } as const;
const middleware = { filename: "middleware.ts", project: "next" } as const;
const express = `import session from "express-session";\n`;

/** A middleware that gives the cookie back with each visit, and the helpers that it calls. */
const renewing = (claims: string): string => `import { jwtVerify, SignJWT } from "jose";
export const sign = (claims) => new SignJWT(claims).setProtectedHeader({ alg: "HS256" }).setExpirationTime("1d").sign(key);
export const read = async (token) => (await jwtVerify(token, key)).payload;
export async function middleware(request) {
  const session = await read(request.cookies.get("session").value);
  const response = NextResponse.next();
  response.cookies.set("session", await sign(${claims}));
  return response;
}
`;

const valid: Valid<Options>[] = [
  { ...app, name: "a cookie that ends", code: `${express}app.use(session({ secret, cookie: { maxAge: 86_400_000 } }));` },
  { ...app, name: "a cookie that a function makes for each request", code: `${express}app.use(session({ secret, cookie: (req) => ({ secure: req.secure, maxAge: 60_000 }) }));` },
  { ...app, name: "a store, all of which end what they keep", code: `${express}app.use(session({ secret, store: new RedisStore({ client }) }));` },
  { ...app, name: "options that are made elsewhere", code: `${express}import { options } from "./session-options";\napp.use(session(options));` },
  { ...app, name: "a life of its own for each session", code: `${express}app.use(session({ secret }));\napp.post("/login", (req, res) => { req.session.cookie.maxAge = 60_000; res.end(); });` },
  { ...app, name: "a session of a package that ends it by itself", code: `import session from "koa-session";\napp.use(session({ key: "sid" }, app));` },
  { ...app, name: "a session that only development has", code: `${express}if (process.env.NODE_ENV !== "production") app.use(session({ secret }));` },
  { ...app, name: "a test", filename: "tests/app.test.ts", code: `${express}app.use(session({ secret }));` },
  { ...app, name: "somebody else's session", code: `import session from "./express-session";\napp.use(session({ secret }));` },
  { ...middleware, name: "a session that is renewed, as recommended allows", code: renewing("{ ...session, expires: tomorrow }") },
  { ...middleware, name: "a session that is renewed until some days after the sign-in", options: [{ allowRenewal: false }], code: renewing("{ ...session, signedInAt: session.signedInAt }") },
  { ...middleware, name: "a new session", options: [{ allowRenewal: false }], code: renewing("{ id: session.id }") },
];

const invalid: Invalid<"endless" | "renewed" | "addExpiry", Options>[] = [
  {
    ...app,
    name: "neither a life for the cookie nor a store",
    code: `${express}app.use(session({ secret, resave: false }));`,
    errors: [
      {
        messageId: "endless",
        line: 2,
        column: 9,
        endColumn: 16,
        data: { name: "session", remedy: "cookie: { maxAge: 24 * 60 * 60 * 1000 }" },
        suggestions: [{ messageId: "addExpiry", data: { remedy: "cookie: { maxAge: 24 * 60 * 60 * 1000 }" }, output: `${express}app.use(session({ secret, resave: false, cookie: { maxAge: 24 * 60 * 60 * 1000 } }));` }],
      },
    ],
  },
  {
    ...app,
    name: "a cookie with everything but a life",
    code: `const session = require("express-session");\napp.use(session({ secret, cookie: { secure: true } }));`,
    errors: [{ messageId: "endless", data: { name: "session", remedy: "maxAge: 24 * 60 * 60 * 1000" }, suggestions: [{ messageId: "addExpiry", data: { remedy: "maxAge: 24 * 60 * 60 * 1000" }, output: `const session = require("express-session");\napp.use(session({ secret, cookie: { secure: true, maxAge: 24 * 60 * 60 * 1000 } }));` }] }],
  },
  { ...app, name: "a life that is none", code: `${express}app.use(session({ secret, cookie: { maxAge: null } }));`, errors: [{ messageId: "endless", data: { name: "session", remedy: "maxAge: 24 * 60 * 60 * 1000" }, suggestions: null }] },
  {
    ...app,
    name: "a session in the cookie itself",
    code: `import cookieSession from "cookie-session";\napp.use(cookieSession({ name: "sid", keys }));`,
    errors: [{ messageId: "endless", data: { name: "cookieSession", remedy: "maxAge: 24 * 60 * 60 * 1000" }, suggestions: [{ messageId: "addExpiry", data: { remedy: "maxAge: 24 * 60 * 60 * 1000" }, output: `import cookieSession from "cookie-session";\napp.use(cookieSession({ name: "sid", keys, maxAge: 24 * 60 * 60 * 1000 }));` }] }],
  },
  {
    ...app,
    name: "a life in a place where cookie-session does not look for it",
    code: `import cookieSession from "cookie-session";\napp.use(cookieSession({ keys, cookie: { maxAge: 60_000 } }));`,
    errors: [{ messageId: "endless", data: { name: "cookieSession", remedy: "maxAge: 24 * 60 * 60 * 1000" }, suggestions: [{ messageId: "addExpiry", data: { remedy: "maxAge: 24 * 60 * 60 * 1000" }, output: `import cookieSession from "cookie-session";\napp.use(cookieSession({ keys, cookie: { maxAge: 60_000 }, maxAge: 24 * 60 * 60 * 1000 }));` }] }],
  },
  {
    ...app,
    name: "a plugin of Fastify",
    code: `import fastifySession from "@fastify/session";\napp.register(fastifySession, { secret });`,
    errors: [{ messageId: "endless", data: { name: "app.register", remedy: "cookie: { maxAge: 24 * 60 * 60 * 1000 }" }, suggestions: [{ messageId: "addExpiry", data: { remedy: "cookie: { maxAge: 24 * 60 * 60 * 1000 }" }, output: `import fastifySession from "@fastify/session";\napp.register(fastifySession, { secret, cookie: { maxAge: 24 * 60 * 60 * 1000 } });` }] }],
  },
  { ...app, name: "the word of the library for a session without an end", code: `import session from "koa-session";\napp.use(session({ maxAge: "session" }, app));`, errors: [{ messageId: "endless", data: { name: "session", remedy: "maxAge: 24 * 60 * 60 * 1000" }, suggestions: null }] },
  { ...app, name: "a seal without an end", code: `import { getIronSession } from "iron-session";\nexport const session = await getIronSession(req, res, { password, cookieName: "sid", ttl: 0 });`, errors: [{ messageId: "endless", line: 2, data: { name: "getIronSession", remedy: "ttl: 14 * 24 * 60 * 60" }, suggestions: null }] },
  { ...middleware, name: "a session that each visit signs anew", options: [{ allowRenewal: false }], code: renewing("{ ...session, expires: tomorrow }"), errors: [{ messageId: "renewed", line: 7, column: 41, endColumn: 45 }] },
];

ruleTester.run("require-session-expiry", rule, { valid, invalid });
