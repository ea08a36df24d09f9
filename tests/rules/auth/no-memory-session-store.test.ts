import rule from "../../../src/rules/auth/no-memory-session-store.js";
import { ruleTester } from "../../support/rule-tester.js";

const app = { filename: "server/app.ts" } as const;
const express = `import session from "express-session";\n`;
const life = "cookie: { maxAge: 86_400_000 }";

ruleTester.run("no-memory-session-store", rule, {
  valid: [
    { ...app, name: "a store", code: `${express}app.use(session({ secret, ${life}, store: new RedisStore({ client }) }));` },
    { ...app, name: "options that are made elsewhere", code: `${express}export const mount = (options) => app.use(session({ ...options, ${life} }));` },
    { ...app, name: "a session that the cookie itself holds", code: `import cookieSession from "cookie-session";\napp.use(cookieSession({ keys, maxAge: 86_400_000 }));` },
    { ...app, name: "development", code: `${express}if (process.env.NODE_ENV === "development") app.use(session({ secret, ${life} }));` },
    { ...app, name: "a test", filename: "tests/app.test.ts", code: `${express}app.use(session({ secret, ${life} }));` },
    { ...app, name: "sessions that never end, which another rule reports", code: `${express}app.use(session({ secret }));` },
  ],
  invalid: [
    { ...app, name: "no store", code: `${express}app.use(session({ secret, ${life} }));`, errors: [{ messageId: "forgotten", line: 2, column: 9, endColumn: 16, data: { name: "session" } }] },
    { ...app, name: "the store for development, by its name", code: `${express}app.use(session({ secret, ${life}, store: new session.MemoryStore() }));`, errors: [{ messageId: "forgotten", line: 2, data: { name: "session" } }] },
    { ...app, name: "a plugin of Fastify", code: `import fastifySession from "@fastify/session";\napp.register(fastifySession, { secret, ${life} });`, errors: [{ messageId: "forgotten", data: { name: "app.register" } }] },
  ],
});
