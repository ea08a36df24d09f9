import rule from "../../../src/rules/observability/no-sensitive-log.js";
import { type Invalid, ruleTester, type Valid } from "../../support/rule-tester.js";

type Kind = "secret" | "environment" | "headers" | "cookies" | "credentials" | "session" | "link" | "personal" | "leaveOut";

type Options = [{ personal: boolean }];

const inApi = { filename: "src/server/account.ts", project: "plain" } as const;

const body = (statement: string): string => `export async function handle(user, token, input) {\n  ${statement}\n}`;

const silent = (name: string, statement: string): Valid<Options> => ({ ...inApi, name, code: body(statement) });

/** A statement, what is reported of it, and the statement without it, where something is left. */
const reported = (name: string, statement: string, messageId: Kind, value: string, without: string | null = null): Invalid<Kind, Options> => ({
  ...inApi,
  name,
  code: body(statement),
  errors: [{ messageId, data: { value }, suggestions: without === null ? null : [{ messageId: "leaveOut", output: body(without) }] }],
});

const inExpress = (statement: string, path = "/orders"): string => `import express from "express";\nconst app = express();\napp.post("${path}", (req, res) => {\n  ${statement}\n});`;
const inRoute = (statement: string): string => `export async function POST(request: Request) {\n  ${statement}\n}`;

/** A server that logs what it is sent, by a logger with the given options. */
const inFastify = (options: string): string =>
  `import fastify from "fastify";\nimport pino from "pino";\nconst logger = pino({ ${options} });\nconst app = fastify({ loggerInstance: logger });\napp.get("/orders", async (request) => {\n  request.log.info({ headers: request.headers }, "asked");\n});`;

const about: Valid<Options>[] = [
  { ...inApi, name: "a server whose own logger leaves secrets out", code: inFastify("formatters: { log: redactSecrets }") },
  { ...inApi, name: "the question of a browser before a request, which has no cookies", filename: "app/api/orders/route.ts", code: `export async function OPTIONS(request: Request) {\n  console.log(Object.fromEntries(request.headers.entries()));\n  return new Response(null, { status: 204 });\n}` },
  silent("words about a password", `console.log("password changed");`),
  silent("whether there is one", `console.log("key", !!user.apiKey, Boolean(user.apiKey), user.apiKey ? "set" : "missing");`),
  silent("how long it is", `console.log("length", user.password.length);`),
  silent("of what type it is", `console.log(typeof user.password);`),
  silent("whether it is what was expected", `console.log(user.password === input);`),
  silent("names that speak about one", `console.log(user.hasPassword, user.passwordHash, user.apiKeyId, user.passwordResetAt, input.accessTokenExpiresAt);`),
  silent("what all keys of a kind begin with", `console.log("key", serviceKey.substring(0, 20) + "...");`),
  silent("the beginning of a token that is made a text first", "console.log(`token ${String(resetToken).substring(0, 20)}...`, accessToken.slice(0, 12));"),
  silent("the last characters, to tell which one it is", `console.log("key", user.apiKey.slice(-4), user.apiKey.substring(0, 8));`),
  silent("what a function has made of it", `console.log(mask(user.password), hash(user.password), createHash("sha256").update(user.password).digest("hex"));`),
  silent("a name that was given such a value", `const password = mask(input); console.log(password);`),
  silent("an answer under such a name", `const password = !!input; console.log({ password });`),
  silent("a row that is called after what it keeps", `const apiKey = await prisma.apiKey.findUnique({ where: { id: input } }); console.log(apiKey);`),
  silent("its id", `console.log(user.apiKey.id);`),
  silent("messages of a form", `console.log(errors.password, t.password, labels.accessToken, ErrorCode.PASSWORD);`),
  silent("tokens that open nothing", `console.log(token, input.pageToken, input.csrfToken, input.totalTokens, input.tokenId);`),
  silent("a token of which nothing is said", "console.log(`Form result for token ${token}`, `page token ${token}`, `reset token of ${user.id}`);"),
  silent("what a service answered instead of a token", `const newToken = await response.json(); if (!response.ok) console.error("refreshToken", newToken);`),
  silent("a public key", `console.log(process.env.NEXT_PUBLIC_API_KEY, process.env.STRIPE_PUBLISHABLE_KEY, process.env.PORT);`),
  silent("an answer about the environment", `console.log(process.env.JWT_SECRET ? "set" : "missing", !!process.env.JWT_SECRET);`),
  silent("a link without a secret", "console.log(`https://shop.example/orders?page=${input}`);"),
  silent("a link with a mask in it", "console.log(`https://shop.example/reset?token=${mask(token)}`);"),
  silent("something else than a log", `save(user.password); form.info(user.password);`),
  silent("in development", `if (process.env.NODE_ENV === "development") console.log(user.password);`),
  { ...inApi, name: "an import of that name", code: `import { password } from "./prompts";\nconsole.log(password);` },
  { ...inApi, name: "a boolean by its type", code: `export const f = (password: boolean) => console.log(password);` },
  { ...inApi, name: "a test", filename: "src/server/account.test.ts", code: body(`console.log(user.password);`) },
  { ...inApi, name: "a seed", filename: "prisma/seed.ts", code: body(`console.log(user.password);`) },
  { ...inApi, name: "a browser", filename: "src/login.tsx", code: `"use client";\n${body(`console.log(user.password);`)}` },
];

const ofRequests: Valid<Options>[] = [
  { ...inApi, name: "headers of an answer", code: inExpress(`const answer = await fetch(url); console.log(answer.headers);`) },
  { ...inApi, name: "one header by name", code: inExpress(`console.log(req.headers["user-agent"], req.get("x-request-id"));`) },
  { ...inApi, name: "what was sent for something else than signing in", code: inExpress(`console.log(req.body);`) },
  { ...inApi, name: "headers of which nobody knows whose they are", code: body(`console.log(input.headers, input.cookies);`) },
  { name: "JSON has nothing of the Fetch API's headers", filename: "app/api/orders/route.ts", project: "next", code: inRoute(`console.log(JSON.stringify(request.headers));`) },
];

const ofLoggers: Valid<Options>[] = [
  { ...inApi, name: "pino that leaves it out", code: `import pino from "pino";\nconst logger = pino({ redact: ["user.password"] });\n${body(`logger.info({ password: user.password }, "x");`)}` },
  { ...inApi, name: "an own logger that leaves it out", code: `const logger = { info: (message: string, fields?: unknown) => write(redact(fields)), error: (message: string, fields?: unknown) => write(redact(fields)) };\n${body(`logger.info("x", { password: user.password });`)}` },
  { ...inApi, name: "a logger of which nothing is known", code: `import { logger } from "somewhere";\n${body(`logger.info({ password: user.password });`)}` },
  { ...inApi, name: "half typed", code: body(`console.log(); console.log(...input); console.log({ ...user }, [, user]);`) },
];

const values: Invalid<Kind, Options>[] = [
  reported("a password", `console.log("sign in", user.password);`, "secret", "user.password", `console.log("sign in");`),
  reported("in an object", `console.log("sign in", { id: user.id, password: user.password });`, "secret", "user.password", `console.log("sign in", { id: user.id });`),
  reported("in an object, first", `console.log("sign in", { password: user.password, id: user.id });`, "secret", "user.password", `console.log("sign in", { id: user.id });`),
  reported("in a text", "console.log(`key ${user.apiKey} of ${user.id}`);", "secret", "user.apiKey", "console.log(`key [redacted] of ${user.id}`);"),
  reported("in a sum", `console.log("key " + user.apiKey);`, "secret", "user.apiKey"),
  reported("as JSON", `console.error("failed", JSON.stringify({ refreshToken: user.refreshToken }));`, "secret", "user.refreshToken", `console.error("failed", JSON.stringify({  }));`),
  reported("most of a password", `console.log("password", user.password.slice(0, 12));`, "secret", "user.password", `console.log("password");`),
  reported("all of it but for its end", `console.log("key", user.apiKey.slice(0, 40));`, "secret", "user.apiKey", `console.log("key");`),
  reported("where there is one", `console.log("key", user.apiKey ?? "none");`, "secret", "user.apiKey", `console.log("key");`),
  reported("in a branch", "console.log(user.apiKey ? `set: ${user.apiKey}` : 'missing');", "secret", "user.apiKey", "console.log(user.apiKey ? `set: [redacted]` : 'missing');"),
  reported("by the name of a parameter's part", `const { password } = await input.json(); console.log({ password });`, "secret", "password", `const { password } = await input.json(); console.log({  });`),
  reported("under another name", `const shown = user.accessToken; console.log("token", shown);`, "secret", "shown", `const shown = user.accessToken; console.log("token");`),
  reported("a variable of the environment", `console.log("secret", process.env.JWT_SECRET);`, "secret", "process.env.JWT_SECRET", `console.log("secret");`),
  reported("all of them", `console.log(process.env);`, "environment", "process.env"),
  reported("all of them, as JSON", `console.log("env", JSON.stringify(process.env));`, "environment", "process.env", `console.log("env");`),
  reported("a link that resets a password", "const url = `https://shop.example/reset?token=${token}`; console.log('reset', url);", "link", "url", "const url = `https://shop.example/reset?token=${token}`; console.log('reset');"),
  reported("a link, written where it is logged", "console.log(`https://shop.example/join?id=1&token=${encodeURIComponent(token)}`);", "link", "encodeURIComponent(token)", "console.log(`https://shop.example/join?id=1&token=[redacted]`);"),
  reported("a token, after words that say what it opens", "console.log(`Password reset token ${token} for ${user.id}`);", "secret", "token", "console.log(`Password reset token [redacted] for ${user.id}`);"),
  reported("a token, after a text that says so", `console.log("refreshToken:", token);`, "secret", "token", `console.log("refreshToken:");`),
  reported("a card", `console.log(input.cardNumber);`, "secret", "input.cardNumber"),
  {
    ...inApi,
    name: "a variable of Deno's environment",
    filename: "supabase/functions/pay/index.ts",
    code: `Deno.serve(() => { console.log("key", Deno.env.get("STRIPE_SECRET_KEY")); });`,
    errors: [{ messageId: "secret", column: 39, data: { value: `Deno.env.get("STRIPE_SECRET_KEY")` }, suggestions: [{ messageId: "leaveOut", output: `Deno.serve(() => { console.log("key"); });` }] }],
  },
];

const requests: Invalid<Kind, Options>[] = [
  { ...inApi, name: "a server whose logger leaves nothing out", code: inFastify('level: "info"'), errors: [{ messageId: "headers", line: 6, data: { value: "request.headers" }, suggestions: [{ messageId: "leaveOut", output: inFastify('level: "info"').replace("headers: request.headers", "") }] }] },
  { ...inApi, name: "all headers", code: inExpress(`console.log(req.headers);`), errors: [{ messageId: "headers", data: { value: "req.headers" }, suggestions: null }] },
  { ...inApi, name: "all cookies", code: inExpress(`console.log("cookies", req.cookies);`), errors: [{ messageId: "cookies", data: { value: "req.cookies" }, suggestions: [{ messageId: "leaveOut", output: inExpress(`console.log("cookies");`) }] }] },
  { ...inApi, name: "the header that signs in", code: inExpress(`console.log(req.headers.authorization);`), errors: [{ messageId: "secret", data: { value: "req.headers.authorization" }, suggestions: null }] },
  { ...inApi, name: "what people sign in with", filename: "src/routes/login.ts", code: inExpress(`console.log(req.body);`), errors: [{ messageId: "credentials", data: { value: "req.body" }, suggestions: null }] },
  {
    name: "headers of the Fetch API",
    filename: "app/api/orders/route.ts",
    project: "next",
    code: inRoute(`console.log(request.headers);`),
    errors: [{ messageId: "headers", data: { value: "request.headers" }, suggestions: null }],
  },
  {
    name: "headers of the Fetch API, as an object",
    filename: "app/api/orders/route.ts",
    project: "next",
    code: inRoute(`console.log("headers", JSON.stringify(Object.fromEntries(request.headers)));`),
    errors: [{ messageId: "headers", data: { value: "Object.fromEntries(request.headers)" }, suggestions: [{ messageId: "leaveOut", output: inRoute(`console.log("headers");`) }] }],
  },
  {
    name: "the header that signs in, of the Fetch API",
    filename: "app/api/orders/route.ts",
    project: "next",
    code: inRoute(`const header = request.headers.get("authorization");\n  console.log(header);`),
    errors: [{ messageId: "secret", data: { value: "header" }, suggestions: null }],
  },
  {
    ...inApi,
    name: "a session with its tokens",
    code: `import { createClient } from "@supabase/supabase-js";\nconst supabase = createClient(url, key);\nexport async function f() { const { data: { session } } = await supabase.auth.getSession(); console.log("session", session); }`,
    errors: [
      {
        messageId: "session",
        data: { value: "session" },
        suggestions: [{ messageId: "leaveOut", output: `import { createClient } from "@supabase/supabase-js";\nconst supabase = createClient(url, key);\nexport async function f() { const { data: { session } } = await supabase.auth.getSession(); console.log("session"); }` }],
      },
    ],
  },
];

const loggers: Invalid<Kind, Options>[] = [
  {
    ...inApi,
    name: "pino",
    code: `import pino from "pino";\nconst logger = pino();\n${body(`logger.info({ password: user.password }, "x");`)}`,
    errors: [{ messageId: "secret", data: { value: "user.password" }, suggestions: [{ messageId: "leaveOut", output: `import pino from "pino";\nconst logger = pino();\n${body(`logger.info({  }, "x");`)}` }] }],
  },
  {
    ...inApi,
    name: "Sentry",
    code: `import * as Sentry from "@sentry/node";\n${body(`Sentry.setContext("user", { id: user.id, accessToken: user.accessToken });`)}`,
    errors: [{ messageId: "secret", data: { value: "user.accessToken" }, suggestions: [{ messageId: "leaveOut", output: `import * as Sentry from "@sentry/node";\n${body(`Sentry.setContext("user", { id: user.id });`)}` }] }],
  },
];

const outOfSight: Valid<Options>[] = [
  silent("an object that its secret is taken out of", `const input = { password: token }; delete input.password; console.log(input);`),
  silent("an object of rules", `const rules = { password: "At least twelve characters" }; console.log(rules);`),
  silent("a key for what only tells about a secret", `console.log({ password: maskedInput, apiKey: hasKey });`),
  silent("a secret of which every character is replaced", `console.log(user.password.replace(/./g, "*"));`),
  silent("something else with methods called so", `journal.info(user.password);`),
  silent("personal data, where it is not asked for", `console.log("sign up", user.email);`),
  { ...inApi, name: "the address of the shop itself", code: body(`console.log(config.supportEmail, user.senderEmail);`), options: [{ personal: true }] },
  { ...inApi, name: "a message that is sent", code: body(`const email = await render(input); console.log(email);`), options: [{ personal: true }] },
  { ...inApi, name: "a parameter of which nobody says what it is", code: `export function notify(email) { console.log(email); }`, options: [{ personal: true }] },
  { ...inApi, name: "who somebody is, for a tracker that asks for it", code: `import * as Sentry from "@sentry/node";\n${body(`Sentry.setUser({ email: user.email });`)}`, options: [{ personal: true }] },
  { ...inApi, name: "an address at a level that is off unless somebody looks for a mistake", code: `import pino from "pino";\nconst logger = pino();\n${body(`logger.debug({ email: user.email }, "signed up");`)}`, options: [{ personal: true }] },
  { ...inApi, name: "whether there is an address", code: body(`console.log({ email: !!user.email, length: user.email.length });`), options: [{ personal: true }] },
];

const personal = (name: string, code: string, value: string, without: string | null = null): Invalid<Kind, Options> => ({
  ...inApi,
  name,
  code,
  options: [{ personal: true }],
  errors: [{ messageId: "personal", data: { value }, suggestions: without === null ? null : [{ messageId: "leaveOut", output: without }] }],
});

const handedIn: Invalid<Kind, Options>[] = [
  reported("a logger that is handed in", `input.logger.info("x", user.password);`, "secret", "user.password", `input.logger.info("x");`),
  reported("a child of a logger that nobody can read", `const log = rootLogger.child({}); log.info(user.accessToken);`, "secret", "user.accessToken"),
  {
    ...inApi,
    name: "a logger of a module that is not there to be read",
    code: `import { logger } from "@acme/logger";
${body(`logger.info("x", user.password);`)}`,
    errors: [{ messageId: "secret", data: { value: "user.password" }, suggestions: [{ messageId: "leaveOut", output: `import { logger } from "@acme/logger";
${body(`logger.info("x");`)}` }] }],
  },
  reported("an object that is written out before", `const credentials = { user: input.name, password: input.password }; console.log("x", credentials);`, "secret", "credentials", `const credentials = { user: input.name, password: input.password }; console.log("x");`),
  reported("a key that calls it a secret", `console.log("x", { password: input });`, "secret", "input", `console.log("x", {  });`),
  reported("what an object of the file has under a key", `const details = { text: input.apiKey }; console.log("x", details.text);`, "secret", "details.text", `const details = { text: input.apiKey }; console.log("x");`),
  reported("a secret of which little is replaced", `console.log("x", user.accessToken.replace("Bearer ", ""));`, "secret", "user.accessToken", `console.log("x");`),
  reported("an error with a secret in its text", `console.error("x", new Error(\`no user with \${user.password}\`));`, "secret", "user.password", `console.error("x", new Error(\`no user with [redacted]\`));`),
  reported("a token by where it was read", `const { tokenFromEnv } = input; console.log("x", tokenFromEnv);`, "secret", "tokenFromEnv", `const { tokenFromEnv } = input; console.log("x");`),
  personal("an address at a level that the console does not know", body(`console.debug(user.email);`), "user.email"),
  personal("an address at a level that Nest writes", `import { Logger } from "@nestjs/common";\nconst logger = new Logger("users");\n${body("logger.debug(user.email);")}`, "user.email"),
  personal("an address", body(`console.log(user.email);`), "user.email"),
  personal("a parameter that is a text", `export function call(phoneNumber: string) { console.log(phoneNumber); }`, "phoneNumber"),
  personal("what was taken from a row", body(`const { dateOfBirth } = user; console.log(\`born \${dateOfBirth}\`);`), "dateOfBirth", body(`const { dateOfBirth } = user; console.log(\`born [redacted]\`);`)),
];

ruleTester.run("no-sensitive-log", rule, { valid: [...about, ...ofRequests, ...ofLoggers, ...outOfSight], invalid: [...values, ...requests, ...loggers, ...handedIn] });
