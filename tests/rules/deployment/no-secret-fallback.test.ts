import parser from "@typescript-eslint/parser";
import { Linter } from "eslint";
import { expect, test } from "vitest";

import rule from "../../../src/rules/deployment/no-secret-fallback.js";
import { makeProject } from "../../support/project.js";
import { ruleTester } from "../../support/rule-tester.js";

const losses = {
  signing: "anybody who has read this code can forge the sessions and tokens that it signs",
  signature: "anybody who has read this code can forge what it signs",
  encryption: "anybody who has read this code can decrypt what it protects",
  password: "anybody who has read this code knows the password",
  shared: "anybody who has read this code knows it too",
  gate: "it is a password of this app, and anybody who has read this code knows it",
  credential: "the app starts as if all were well, and its calls fail or run on an account that nobody meant",
};

const remedies = {
  throw: "Throw when it is missing.",
  method: "Ask for it with `getOrThrow`, which throws when it is missing.",
  schema: "Leave the default out, so that the start fails when it is missing.",
};

const unset = (name: string): string => `\`${name}\` is not set`;

type Place = { line?: number; column: number; endColumn?: number };

const known = (name: string, loss: keyof typeof losses, at: Place, output: string | null, remedy: keyof typeof remedies = "throw") => ({
  messageId: "known" as const,
  data: { unset: unset(name), loss: losses[loss], remedy: remedies[remedy] },
  ...at,
  suggestions: output === null ? null : [{ messageId: "requireValue" as const, data: { name }, output }],
});

const placeholder = (name: string, at: Place, output: string, remedy: keyof typeof remedies = "throw") => ({
  messageId: "placeholder" as const,
  data: { unset: unset(name), remedy: remedies[remedy] },
  ...at,
  suggestions: [{ messageId: "requireValue" as const, data: { name }, output }],
});

const made = (name: string, at: Place, output: string) => ({ ...placeholder(name, at, output), messageId: "made" as const });

const open = (name: string, callee: string, at: Place, output: string) => ({ ...placeholder(name, at, output), messageId: "open" as const, data: { unset: unset(name), callee, remedy: remedies.throw } });

/** The same where the text looks as if somebody used it. */
const replaced = <T extends ReturnType<typeof known>>(error: T): T => ({ ...error, data: { ...error.data, remedy: `${error.data.remedy} Where it is in use, replace it: it stays in the history of this code.` } });

/** The same where other variables are asked as well. */
const inTurn = <T extends ReturnType<typeof known>>(error: T, words: string): T => ({ ...error, data: { ...error.data, unset: words } });

const empty = (name: string, at: Place, output: string) => ({ ...placeholder(name, at, output), messageId: "empty" as const });

const strict = [{ allowPlaceholders: false }] as const;

const nest = (line: string): string => `import { ConfigService } from "@nestjs/config";
export class TokenService {
  constructor(private readonly config: ConfigService) {}
  secret() {
    ${line}
  }
}`;

ruleTester.run("no-secret-fallback", rule, {
  valid: [
    { name: "a salt, which is no secret by itself", filename: "server/keys.ts", code: `import { scryptSync } from "node:crypto"; export const key = scryptSync(readPassword(), process.env.KEY_SALT || "shop-salt", 32);` },
    { name: "the name of a service, for a client that wants a key where none is looked at", filename: "server/chat.ts", options: strict, code: `export const chat = new OpenAI({ apiKey: process.env.LITELLM_MASTER_KEY || "litellm", baseURL: process.env.LITELLM_URL });` },
    ...[
      ["a library that verifies webhooks", `import { Webhook } from "svix"; const secret = process.env.HOOKS_WEBHOOK_SECRET || ""; export const event = (body, headers) => new Webhook(secret).verify(body, headers);`],
      ["a library that signs tokens", `import jwt from "jsonwebtoken"; const secret = process.env.JWT_SECRET ?? ""; export const sign = (id) => jwt.sign({ sub: id }, secret, { expiresIn: "1h" }); export const read = (token) => jwt.verify(token, secret);`],
      ["bytes for a library that verifies tokens", `import { jwtVerify } from "jose"; const key = new TextEncoder().encode(process.env.JWT_SECRET || ""); export const read = (token) => jwtVerify(token, key);`],
      ["the options of a library", `import { Webhooks } from "@octokit/webhooks"; export const hooks = new Webhooks({ secret: process.env.REPO_WEBHOOK_SECRET ?? "" });`],
      ["a header that no request can bring", `const secret = process.env.CRON_SECRET || ""; export function GET(request) { if (request.headers.get("authorization") !== \`Bearer \${secret}\`) return new Response("No", { status: 401 }); return run(); }`],
      ["a header in a variable", `export function GET(request) { const header = request.headers.get("authorization"); const expected = "Bearer " + (process.env.CRON_SECRET ?? ""); if (header !== expected) return new Response("No", { status: 401 }); return run(); }`],
      ["a header of a request of its own, and one that it is sent", `const secret = process.env.CRON_SECRET || ""; export const ask = () => fetch(url, { headers: { authorization: \`Bearer \${secret}\` } }); export const isAllowed = (request) => request.headers.authorization === \`Bearer \${secret}\`;`],
    ].map(([name, code]) => ({ name: `strict: an empty secret that is refused: ${name ?? ""}`, filename: "server/hooks.ts", options: strict, code: code ?? "" })),
    { name: "a secret that must be there", filename: "server/auth.ts", code: `const secret = process.env.JWT_SECRET; if (!secret) throw new Error("JWT_SECRET is not set");` },
    { name: "another variable is asked in turn", filename: "server/auth.ts", code: `const secret = process.env.AUTH_SECRET ?? process.env.NEXTAUTH_SECRET;` },
    { name: "none is none", filename: "server/auth.ts", code: `const secret = process.env.JWT_SECRET ?? null; const other = process.env.CLIENT_SECRET || undefined;` },
    { name: "a throw takes its place", filename: "server/auth.ts", code: `const secret = process.env.JWT_SECRET ?? (() => { throw new Error("JWT_SECRET is not set"); })();` },
    { name: "a value that is made at the start is in no code", filename: "server/auth.ts", code: `const secret = process.env.JWT_SECRET || crypto.randomBytes(32).toString("hex");` },
    {
      name: "only in a mode of trial, and everywhere else there is none",
      filename: "server/auth.ts",
      code: `const forTrials = "not-for-production";\nexport function secret() {\n  const configured = process.env.JWT_SECRET;\n  if (configured) return configured;\n  if (modeOfPayments() !== "LIVE") {\n    return forTrials;\n  }\n  return null;\n}`,
    },
    { name: "how long a secret lives is none", filename: "server/auth.ts", code: `const ttl = process.env.TOKEN_TTL || "15m"; const every = process.env.SALT_ROTATION ?? "month"; const days = process.env.JWT_EXPIRES_IN || "7d";` },
    { name: "where a secret is, or how it is called, is none", filename: "server/auth.ts", code: `const url = process.env.OAUTH_TOKEN_URL || "https://auth.acme.io/token"; const name = process.env.SECRET_NAME ?? "prod/jwt"; const header = process.env.API_KEY_HEADER ?? "x-api-key";` },
    { name: "a key that is made to be seen", filename: "server/pay.ts", code: `const key = process.env.STRIPE_PUBLISHABLE_KEY || "pk_test_1"; const anon = process.env.SUPABASE_ANON_KEY ?? "anon-key"; const shown = process.env.NEXT_PUBLIC_MAPS_API_KEY || "maps-key";` },
    { name: "a file with a key in place of the key", filename: "server/tls.ts", code: `const key = process.env.PRIVATE_KEY || "./certs/private.pem";` },
    { name: "a password for tests", filename: "server/auth.ts", code: `const password = process.env.TEST_USER_PASSWORD ?? "letmein1";` },
    { name: "the developer's own database", filename: "server/db.ts", code: `const url = process.env.DATABASE_URL || "postgres://shop:shop@localhost:5432/shop"; const redis = process.env.REDIS_URL ?? "redis://:dev@127.0.0.1:6379";` },
    { name: "a database in the container next door", filename: "server/db.ts", code: `const url = process.env.DATABASE_URL || "postgres://shop:shop@db:5432/shop";` },
    { name: "an address without a password", filename: "server/db.ts", code: `const url = process.env.MONGODB_URI || "mongodb://mongo.acme.io/shop";` },
    { name: "a test", filename: "server/auth.test.ts", code: `const secret = process.env.JWT_SECRET || "test-secret";` },
    { name: "a seed", filename: "prisma/seed.ts", code: `const password = process.env.ADMIN_PASSWORD || "admin";` },
    { name: "a script", filename: "scripts/import.ts", code: `const password = process.env.DB_PASSWORD || "postgres";` },
    { name: "a file for the browser, where nothing is secret", filename: "components/chat.tsx", code: `"use client"; const key = process.env.CHAT_API_KEY || "abc"; export const Chat = () => <Provider apiKey={key} />;` },
    { name: "development only", filename: "server/auth.ts", code: `const secret = process.env.NODE_ENV === "production" ? process.env.JWT_SECRET : (process.env.JWT_SECRET ?? "dev-secret");` },
    { name: "production is ruled out in the fallback", filename: "server/auth.ts", code: `const secret = process.env.JWT_SECRET || (process.env.NODE_ENV !== "production" ? "dev-secret" : undefined);` },
    { name: "production is ruled out before", filename: "server/auth.ts", code: `export function secret() { if (process.env.NODE_ENV === "production") return required("JWT_SECRET"); return process.env.JWT_SECRET || "dev-secret"; }` },
    { name: "a helper rules production out", filename: "server/auth.ts", code: `const secret = isDev ? "dev-secret" : mustGet("JWT_SECRET");` },
    { name: "the start fails without it in production", filename: "server/auth.ts", code: `if (process.env.NODE_ENV === "production" && !process.env.JWT_SECRET) { throw new Error("JWT_SECRET must be set"); }\nconst secret = process.env.JWT_SECRET || "dev-secret";` },
    {
      name: "a guard before the fallback lets tests alone go on, where NODE_ENV is not set as well",
      filename: "server/crypto.ts",
      code: `export function masterKey() {\n  const given = process.env.FILES_ENCRYPTION_KEY;\n  if (!given && process.env.NODE_ENV !== "test") throw new Error("FILES_ENCRYPTION_KEY must be set");\n  const text = given || "00112233445566778899aabbccddeeff";\n  return Buffer.from(text, "hex");\n}`,
    },
    {
      name: "a guard lets a developer's machine go on, by a variable that says so",
      filename: "server/auth.ts",
      code: `function jwtSecret() {\n  const secret = process.env.JWT_SECRET?.trim();\n  const env = process.env.NODE_ENV;\n  const isLocal = env === "development" || env === "test";\n  if (!secret && !isLocal) {\n    throw new Error("JWT_SECRET must be set outside of development");\n  }\n  return secret || "only-on-my-machine";\n}`,
    },
    {
      name: "a guard whose condition has a name",
      filename: "server/auth.ts",
      code: `export function jwtSecret() {\n  const secret = process.env.JWT_SECRET;\n  const isForgotten = !secret && process.env.NODE_ENV !== "test";\n  if (isForgotten) throw new Error("JWT_SECRET must be set");\n  return secret || "only-in-tests";\n}`,
    },
    {
      name: "a guard within the branch of the fallback",
      filename: "server/auth.ts",
      code: `export function jwtSecret() {\n  let secret = process.env.JWT_SECRET;\n  if (!secret) {\n    if (!["development", "test"].includes(process.env.NODE_ENV ?? "")) throw new Error("JWT_SECRET must be set");\n    secret = "only-on-my-machine";\n  }\n  return secret;\n}`,
    },
    { name: "the start fails with the fallback in production", filename: "server/auth.ts", code: `const secret = process.env.JWT_SECRET || "dev-secret";\nif (isProduction && secret === "dev-secret") process.exit(1);` },
    { name: "the start fails with the fallback, by its constant", filename: "server/auth.ts", code: `const fallback = "dev-secret";\nexport const config = { jwt: { secret: process.env.JWT_SECRET ?? fallback } };\nexport function validate() { if (config.jwt.secret === fallback) errors.push("JWT_SECRET"); }` },
    { name: "a list of what is required has it", filename: "server/config.ts", code: `for (const name of ["DATABASE_URL", "JWT_SECRET"]) { if (!process.env[name]) throw new Error(name + " is not set"); }\nexport const secret = process.env.JWT_SECRET || "unused-fallback";` },
    { name: "a request is refused without it", filename: "app/api/pay/route.ts", code: `const stripe = new Stripe(process.env.STRIPE_SECRET_KEY || "sk_not_there");\nexport async function POST() { if (!process.env.STRIPE_SECRET_KEY) return Response.json({ error: "unavailable" }, { status: 503 }); return Response.json(await stripe.pay()); }` },
    { name: "a section for development", filename: "server/database.js", code: `module.exports = { development: { password: process.env.DB_PASSWORD || "postgres" }, production: { password: process.env.DB_PASSWORD } };` },
    { name: "a section for staging beside one for production", filename: "server/database.js", code: `module.exports = { staging: { password: process.env.DB_PASSWORD || "staging_password" }, production: { password: process.env.DB_PASSWORD } };` },
    { name: "a file for development", filename: "src/config/envs/development.ts", code: `export const config = { db: { password: process.env.DB_PASSWORD || "postgres" } };` },
    { name: "a file for the developer's own machine", filename: "src/environments/environment.local.ts", code: `export const config = { db: { password: process.env.DB_PASSWORD || "postgres" } };` },
    { name: "a function for development", filename: "server/config.ts", code: `export function devConfig() { return { secret: process.env.JWT_SECRET || "dev-secret" }; }` },
    { name: "words for a message", filename: "server/health.ts", code: `console.log("key: " + (process.env.OPENAI_API_KEY || "absent")); logger.info(\`secret \${process.env.JWT_SECRET ? "set" : "absent"}\`);` },
    { name: "a state, no value", filename: "server/health.ts", code: `export const report = { stripe: process.env.STRIPE_SECRET_KEY ? "ready" : "not configured", key: process.env.OPENAI_API_KEY || "not set" };` },
    { name: "a model server of one's own looks at no key", filename: "server/ai.ts", code: `const ai = new OpenAI({ apiKey: process.env.OPENAI_API_KEY ?? "ollama" });` },
    { name: "no environment behind it", filename: "server/auth.ts", code: `export const sign = (options) => hmac(options.secret || "secret");` },
    { name: "the environment is somebody's own", filename: "server/auth.ts", code: `export const sign = (process) => hmac(process.env.JWT_SECRET || "secret");` },
    { name: "the environment is prepared for a tool", filename: "lib/prepare.ts", code: `process.env.JWT_SECRET ??= "for-the-build";` },
    { name: "a validator that requires it", filename: "server/env.ts", code: `import { z } from "zod"; export const env = z.object({ JWT_SECRET: z.string().min(32), TOKEN_TTL: z.string().default("15m") }).parse(process.env);` },
    { name: "a default for development, by envalid", filename: "server/env.ts", code: `import { cleanEnv, str } from "envalid"; export const env = cleanEnv(process.env, { JWT_SECRET: str({ devDefault: "dev-secret" }) });` },
    { name: "a schema of something else", filename: "server/forms.ts", code: `import { z } from "zod"; export const form = z.object({ password: z.string().default("letmein"), apiKey: z.string().default("none-yet") });` },
    { name: "a schema that fails in production", filename: "server/env.ts", code: `import { z } from "zod"; export const schema = z.object({ JWT_SECRET: z.string().default("dev-secret") }).superRefine((env, ctx) => { if (env.NODE_ENV === "production" && env.JWT_SECRET === "dev-secret") ctx.addIssue({ code: "custom" }); });` },
    { name: "Nest's own method for what must be there", filename: "src/token.service.ts", project: "nest", code: nest(`return this.config.getOrThrow("JWT_SECRET");`) },
    { name: "a secret without which the app does not start outside development", filename: "src/token.service.ts", project: "nest-with-start-checks", code: nest(`return this.config.get("JWT_SECRET") ?? "secret";`) },
    { name: "a secret without which a provider of the app throws when it is made", filename: "src/token.service.ts", project: "nest-with-start-checks", code: nest(`return process.env.LINK_SECRET || "secret";`) },
    { name: "a config service of the project's own", filename: "src/token.service.ts", project: "nest", code: `class ConfigService {} export class A { constructor(private config: ConfigService) {} secret() { return this.config.get("JWT_SECRET", "secret"); } }` },
    { name: "an empty text, for those who allow it", filename: "server/auth.ts", code: `const secret = process.env.JWT_SECRET || "";` },
    { name: "a placeholder for another service, for those who allow it", filename: "server/pay.ts", code: `const stripe = new Stripe(process.env.STRIPE_SECRET_KEY || "sk_test_dummy");` },
    { name: "what the platform brings is never missing", filename: "supabase/functions/send/index.ts", options: strict, code: `const supabase = createClient(Deno.env.get("SUPABASE_URL") ?? "", Deno.env.get("SUPABASE_SERVICE_ROLE_KEY") ?? "");` },
    { name: "an empty text that is looked at", filename: "server/pay.ts", options: strict, code: `const key = process.env.STRIPE_SECRET_KEY ?? ""; export const stripe = key ? new Stripe(key) : null;` },
    { name: "an empty text that is refused", filename: "server/pay.ts", options: strict, code: `const key = process.env.STRIPE_SECRET_KEY ?? ""; if (!key) throw new Error("STRIPE_SECRET_KEY is not set");` },
    { name: "an empty field that is refused", filename: "server/mcp.ts", options: strict, code: `class Worker { constructor() { this.apiKey = process.env.MCP_API_KEY || ""; if (!this.apiKey) throw new Error("MCP_API_KEY is not set"); } }` },
    { name: "an optional service that tells whether it is set up", filename: "server/carrier.ts", options: strict, code: `export class Carrier {\n  private secret: string;\n  constructor() { this.secret = process.env.CARRIER_CLIENT_SECRET || ""; }\n  isConfigured() { return !!(this.url && this.secret); }\n  send() { return post(this.url, this.secret); }\n}` },
    { name: "an optional service of which the log says that it is off", filename: "auth.ts", options: strict, code: `if (!process.env.GOOGLE_CLIENT_ID || !process.env.GOOGLE_CLIENT_SECRET) console.warn("Google is off: the build has no variables");\nexport const provider = Google({ clientSecret: process.env.GOOGLE_CLIENT_SECRET || "" });` },
    { name: "a request that the other service refuses", filename: "app/api/scan/route.ts", project: "next", options: strict, code: `export async function POST(request: Request) { const ai = new Vision(process.env.VISION_API_KEY || ""); return Response.json(await ai.read(await request.blob())); }` },
    { name: "a private field that nothing reads", filename: "server/mfa.ts", code: `export class Codes {\n  private encryptionKey: string;\n  constructor() { this.encryptionKey = process.env.MFA_ENCRYPTION_KEY || "change-me-now-1234"; }\n  make() { return generate(); }\n}` },
    { name: "an empty setting that is refused", filename: "server/config.ts", options: strict, code: `export const config = { jwt: { secret: process.env.JWT_SECRET || "" } };\nif (!config.jwt.secret) throw new Error("JWT_SECRET is not set");` },
    { name: "an empty key of another service, which refuses it", filename: "server/pay.ts", options: strict, code: `export const stripe = new Stripe(process.env.STRIPE_SECRET_KEY ?? "");` },
    { name: "an empty key that is only an argument of a test", filename: "server/env.ts", options: strict, code: `export const invalid = (env) => isSet(process.env.COLUMN_ENCRYPTION_KEY) && !/^[a-f\\d]{64}$/.test(process.env.COLUMN_ENCRYPTION_KEY ?? "");` },
    { name: "an empty secret that the function refuses which is given it", filename: "server/hooks.ts", options: strict, code: `function verify(body, given) {\n  const secret = String(given || "").trim();\n  if (!secret) throw new Error("no secret");\n  return hmac(body, secret);\n}\nexport const receive = (body) => verify(body, process.env.PARTNER_APP_SECRET || "");` },
    { name: "an empty secret that whoever asks for it looks at", filename: "server/links.ts", options: strict, code: `export function linkSecret() { return (process.env.LINK_SIGNING_SECRET || "").trim(); }\nexport function link(path) {\n  const secret = linkSecret();\n  if (!secret) return null;\n  return path + hmac(path, secret);\n}` },
    { name: "an empty secret that other methods of the class ask for", filename: "server/links.ts", options: strict, code: `export class Links {\n  private readonly secret = process.env.LINK_SIGNING_SECRET ?? "";\n  sign(path) { if (this.secret === "") return null; return hmac(path, this.secret); }\n}` },
    { name: "an empty key in settings that another file asks for", filename: "src/settings.ts", project: "with-secret-settings", options: strict, code: `export const settings = { rowKey: process.env.ROW_ENCRYPTION_KEY ?? "", port: 3000 };` },
    { name: "an empty password of the app itself that closes the door", filename: "server/hooks.ts", options: strict, code: `const expected = process.env.HOOK_TOKEN || "";\nexport const guard = (req, res, next) => { if (!expected || req.headers["x-token"] !== expected) return res.sendStatus(401); next(); };` },
    {
      name: "an empty key of another service that is sent along by default, in headers with a name",
      filename: "server/invoices.ts",
      options: strict,
      code: `const INVOICES_ADMIN_KEY = process.env.INVOICES_ADMIN_KEY || "";\nexport async function ask(path: string, options: { body?: object; apiKey?: string } = {}) {\n  const { body, apiKey = INVOICES_ADMIN_KEY } = options;\n  const headers: Record<string, string> = { "X-Api-Key": apiKey };\n  headers["Content-Type"] = "application/json";\n  const response = await fetch(\`https://invoices.example\${path}\`, { method: "POST", headers, body: JSON.stringify(body) });\n  if (!response.ok) throw new Error(\`invoices: \${response.status}\`);\n  return response.json();\n}`,
    },
    { name: "an empty secret that is sent to whoever checks it", filename: "server/jobs.ts", options: strict, code: `export const start = (url) => fetch(url, { method: "POST", headers: { "x-cron-secret": process.env.CRON_SECRET || "" } });` },
    { name: "a client that nobody uses", filename: "server/pay.ts", options: strict, code: `export function routes(app) {\n  const stripe = new Stripe(process.env.STRIPE_SECRET_KEY || "sk_test_dummy");\n  app.post("/checkout", (req, res) => res.sendStatus(501));\n}` },
    { name: "another variable takes its place, without which nothing starts", filename: "src/storage.service.ts", project: "nest-with-joi", code: `import { ConfigService } from "@nestjs/config";\nexport class Storage {\n  private readonly secret: string;\n  constructor(config: ConfigService) { this.secret = config.get("STORAGE_SIGNING_SECRET") || config.get("JWT_SECRET") || "only-for-development"; }\n  sign(path: string) { return hmac(path, this.secret); }\n}` },
    { name: "a database without a password", filename: "server/cache.ts", options: strict, code: `export const redis = new Redis({ password: process.env.REDIS_PASSWORD || "" });` },
    { name: "an optional service in a table of settings", filename: "server/config.ts", options: strict, code: `export const config = { weather: { apiKey: process.env.WEATHER_API_KEY || "" } };` },
    { name: "an optional service in a schema", filename: "server/env.ts", options: strict, code: `import { cleanEnv, str } from "envalid"; export const env = cleanEnv(process.env, { WEATHER_API_KEY: str({ default: "" }) });` },
    { name: "half-typed code", filename: "server/auth.ts", code: `const { JWT_SECRET = } = process.env;`.replace(" = }", " }") },
    { name: "calls without arguments", filename: "server/auth.ts", code: `Deno.env.get() ?? "x"; config.get(); z.default(); getEnv("JWT_SECRET"); return_("");` },
  ],
  invalid: [
    {
      name: "an empty key that is sent along, and held against what comes in",
      filename: "server/invoices.ts",
      options: strict,
      code: `const INVOICES_ADMIN_KEY = process.env.INVOICES_ADMIN_KEY || "";\nexport const ask = (url: string) => {\n  const headers = { "X-Api-Key": INVOICES_ADMIN_KEY };\n  return fetch(url, { headers });\n};\nexport const isAllowed = (given: string) => given === INVOICES_ADMIN_KEY;`,
      errors: [{ messageId: "empty", data: { unset: unset("INVOICES_ADMIN_KEY"), remedy: remedies.throw }, line: 1, column: 62, suggestions: [{ messageId: "requireValue", data: { name: "INVOICES_ADMIN_KEY" }, output: `const INVOICES_ADMIN_KEY = process.env.INVOICES_ADMIN_KEY || (() => { throw new Error("INVOICES_ADMIN_KEY is not set"); })();\nexport const ask = (url: string) => {\n  const headers = { "X-Api-Key": INVOICES_ADMIN_KEY };\n  return fetch(url, { headers });\n};\nexport const isAllowed = (given: string) => given === INVOICES_ADMIN_KEY;` }] }],
    },
    {
      name: "a JWT secret with a fallback",
      filename: "server/auth.ts",
      code: `const secret = process.env.JWT_SECRET || "dev-secret";`,
      errors: [known("JWT_SECRET", "signing", { column: 42, endColumn: 54 }, `const secret = process.env.JWT_SECRET || (() => { throw new Error("JWT_SECRET is not set"); })();`)],
    },
    {
      name: "in the quotes of the file",
      filename: "server/auth.ts",
      code: `const secret = process.env['JWT_SECRET']! ?? 'dev-secret';`,
      errors: [known("JWT_SECRET", "signing", { column: 46, endColumn: 58 }, `const secret = process.env['JWT_SECRET']! ?? (() => { throw new Error('JWT_SECRET is not set'); })();`)],
    },
    {
      name: "the last of several variables has the fallback",
      filename: "server/auth.ts",
      code: `const secret = process.env.AUTH_SECRET || process.env.NEXTAUTH_SECRET || "fallback";`,
      errors: [inTurn(known("AUTH_SECRET", "signing", { column: 74 }, `const secret = process.env.AUTH_SECRET || process.env.NEXTAUTH_SECRET || (() => { throw new Error("AUTH_SECRET is not set"); })();`), "neither `AUTH_SECRET` nor `NEXTAUTH_SECRET` is set")],
    },
    {
      name: "the last of three variables has the fallback",
      filename: "server/unsubscribe.ts",
      code: `const secret = process.env.LINK_SECRET || process.env.COOKIE_SECRET || process.env.JWT_SECRET || "change-in-production";`,
      errors: [
        inTurn(
          known("LINK_SECRET", "shared", { column: 98 }, `const secret = process.env.LINK_SECRET || process.env.COOKIE_SECRET || process.env.JWT_SECRET || (() => { throw new Error("LINK_SECRET is not set"); })();`),
          "none of `LINK_SECRET`, `COOKIE_SECRET` and `JWT_SECRET` is set",
        ),
      ],
    },
    {
      name: "a ternary",
      filename: "server/auth.ts",
      code: `const key = process.env.ENCRYPTION_KEY ? process.env.ENCRYPTION_KEY : "0123456789abcdef";`,
      errors: [known("ENCRYPTION_KEY", "encryption", { column: 71 }, `const key = process.env.ENCRYPTION_KEY ? process.env.ENCRYPTION_KEY : (() => { throw new Error("ENCRYPTION_KEY is not set"); })();`)],
    },
    {
      name: "a ternary the other way round",
      filename: "server/auth.ts",
      code: `const key = process.env.ENCRYPTION_KEY === undefined ? "0123456789abcdef" : process.env.ENCRYPTION_KEY;`,
      errors: [known("ENCRYPTION_KEY", "encryption", { column: 56 }, `const key = process.env.ENCRYPTION_KEY === undefined ? (() => { throw new Error("ENCRYPTION_KEY is not set"); })() : process.env.ENCRYPTION_KEY;`)],
    },
    {
      name: "destructuring",
      filename: "server/auth.js",
      code: `const { JWT_SECRET = "default", PORT = "3000" } = process.env;`,
      errors: [known("JWT_SECRET", "signing", { column: 22 }, `const { JWT_SECRET = (() => { throw new Error("JWT_SECRET is not set"); })(), PORT = "3000" } = process.env;`)],
    },
    {
      name: "the default of a parameter",
      filename: "server/auth.ts",
      code: `export const sign = (payload: object, secret = process.env.JWT_SECRET ?? "dev-secret") => hmac(payload, secret);`,
      errors: [known("JWT_SECRET", "signing", { column: 74 }, `export const sign = (payload: object, secret = process.env.JWT_SECRET ?? (() => { throw new Error("JWT_SECRET is not set"); })()) => hmac(payload, secret);`)],
    },
    {
      name: "a const hop on both sides",
      filename: "server/auth.ts",
      code: `const FALLBACK = "dev-secret";\nconst given = process.env.JWT_SECRET;\nexport const sign = (payload) => jwt.sign(payload, given || FALLBACK);`,
      errors: [known("JWT_SECRET", "signing", { line: 3, column: 61 }, `const FALLBACK = "dev-secret";\nconst given = process.env.JWT_SECRET;\nexport const sign = (payload) => jwt.sign(payload, given || (() => { throw new Error("JWT_SECRET is not set"); })());`)],
    },
    {
      name: "tidied on the way",
      filename: "server/auth.ts",
      code: `const key = process.env.JWT_PRIVATE_KEY?.replace(/\\\\n/g, "\\n").trim() || "dev-key";`,
      errors: [known("JWT_PRIVATE_KEY", "signing", { column: 74 }, `const key = process.env.JWT_PRIVATE_KEY?.replace(/\\\\n/g, "\\n").trim() || (() => { throw new Error("JWT_PRIVATE_KEY is not set"); })();`)],
    },
    {
      name: "a variable that is written when there is none",
      filename: "server/auth.ts",
      code: `let secret = process.env.SESSION_SECRET;\nif (!secret) {\n  secret = "keyboard cat";\n}`,
      errors: [known("SESSION_SECRET", "signing", { line: 3, column: 12 }, `let secret = process.env.SESSION_SECRET;\nif (!secret) {\n  throw new Error("SESSION_SECRET is not set");\n}`)],
    },
    {
      name: "a function that answers with the fallback",
      filename: "server/auth.ts",
      code: `export function secret() {\n  const value = process.env.JWT_SECRET;\n  if (!value) {\n    console.warn("JWT_SECRET is not set");\n    return "dev-secret";\n  }\n  return value;\n}`,
      errors: [
        known(
          "JWT_SECRET",
          "signing",
          { line: 5, column: 12 },
          `export function secret() {\n  const value = process.env.JWT_SECRET;\n  if (!value) {\n    console.warn("JWT_SECRET is not set");\n    throw new Error("JWT_SECRET is not set");\n  }\n  return value;\n}`,
        ),
      ],
    },
    {
      name: "the environment of a server is filled in",
      filename: "server/index.ts",
      code: `process.env.JWT_SECRET ??= "dev-secret";`,
      errors: [known("JWT_SECRET", "signing", { column: 28 }, `process.env.JWT_SECRET ??= (() => { throw new Error("JWT_SECRET is not set"); })();`)],
    },
    {
      name: "a warning is no refusal",
      filename: "server/auth.ts",
      code: `const secret = process.env.JWT_SECRET || "dev-secret";\nif (!process.env.JWT_SECRET) console.warn("insecure");`,
      errors: [known("JWT_SECRET", "signing", { line: 1, column: 42 }, `const secret = process.env.JWT_SECRET || (() => { throw new Error("JWT_SECRET is not set"); })();\nif (!process.env.JWT_SECRET) console.warn("insecure");`)],
    },
    {
      name: "the use of a token refuses others, not its absence",
      filename: "app/api/export/route.ts",
      code: `const ADMIN_TOKEN = process.env.ADMIN_TOKEN || "dev-only";\nexport async function GET(request) { if (request.headers.get("authorization") !== ADMIN_TOKEN) return Response.json({}, { status: 401 }); return Response.json(await rows()); }`,
      errors: [
        known(
          "ADMIN_TOKEN",
          "shared",
          { column: 48 },
          `const ADMIN_TOKEN = process.env.ADMIN_TOKEN || (() => { throw new Error("ADMIN_TOKEN is not set"); })();\nexport async function GET(request) { if (request.headers.get("authorization") !== ADMIN_TOKEN) return Response.json({}, { status: 401 }); return Response.json(await rows()); }`,
        ),
      ],
    },
    {
      name: "the key of a signature that is no token",
      filename: "server/certificates.ts",
      code: `import { createHmac } from "node:crypto";\nexport const sign = (serial: string) => createHmac("sha256", process.env.JWT_SECRET ?? "bicycle").update(serial).digest("hex");`,
      errors: [known("JWT_SECRET", "signature", { column: 88 }, `import { createHmac } from "node:crypto";\nexport const sign = (serial: string) => createHmac("sha256", process.env.JWT_SECRET ?? (() => { throw new Error("JWT_SECRET is not set"); })()).update(serial).digest("hex");`)],
    },
    {
      name: "an edge function",
      filename: "supabase/functions/login/index.ts",
      code: `const secret = Deno.env.get("STATE_SECRET") ?? "changeme";`,
      errors: [known("STATE_SECRET", "signature", { column: 48 }, `const secret = Deno.env.get("STATE_SECRET") ?? (() => { throw new Error("STATE_SECRET is not set"); })();`)],
    },
    {
      name: "a database's password",
      filename: "server/db.ts",
      code: `export const db = new DataSource({ host: process.env.DB_HOST || "localhost", password: process.env.DB_PASSWORD || "postgres" });`,
      errors: [known("DB_PASSWORD", "password", { column: 115 }, `export const db = new DataSource({ host: process.env.DB_HOST || "localhost", password: process.env.DB_PASSWORD || (() => { throw new Error("DB_PASSWORD is not set"); })() });`)],
    },
    {
      name: "a database's address with its password",
      filename: "server/db.ts",
      code: `export const db = connect(process.env.MONGODB_URI || "mongodb://shop:pa55word@mongo.acme.io/shop");`,
      errors: [replaced(known("MONGODB_URI", "password", { column: 54 }, `export const db = connect(process.env.MONGODB_URI || (() => { throw new Error("MONGODB_URI is not set"); })());`))],
    },
    {
      name: "a file for production",
      filename: "src/config/envs/production.ts",
      code: `export const config = { db: { password: process.env.DB_PASSWORD || "postgres" } };`,
      errors: [known("DB_PASSWORD", "password", { column: 68 }, `export const config = { db: { password: process.env.DB_PASSWORD || (() => { throw new Error("DB_PASSWORD is not set"); })() } };`)],
    },
    {
      name: "a key of another service",
      filename: "src/gorse.config.ts",
      project: "nest",
      code: `import { registerAs } from "@nestjs/config"; export default registerAs("gorse", () => ({ apiKey: process.env.GORSE_API_KEY || "gorse" }));`,
      errors: [known("GORSE_API_KEY", "credential", { column: 127 }, `import { registerAs } from "@nestjs/config"; export default registerAs("gorse", () => ({ apiKey: process.env.GORSE_API_KEY || (() => { throw new Error("GORSE_API_KEY is not set"); })() }));`)],
    },
    {
      name: "Nest's config service, with a default",
      filename: "src/token.service.ts",
      project: "nest",
      code: nest(`return this.config.get<string>("JWT_SECRET", "secret");`),
      errors: [known("JWT_SECRET", "signing", { line: 5, column: 50, endColumn: 58 }, nest(`return this.config.getOrThrow<string>("JWT_SECRET");`), "method")],
    },
    {
      name: "Nest's method for what must be there, which never throws with a default",
      filename: "src/token.service.ts",
      project: "nest",
      code: nest(`return this.config.getOrThrow("JWT_SECRET", "secret");`),
      errors: [known("JWT_SECRET", "signing", { line: 5, column: 49 }, nest(`return this.config.getOrThrow("JWT_SECRET");`), "method")],
    },
    {
      name: "SvelteKit's environment",
      filename: "src/hooks.server.ts",
      code: `import { env } from "$env/dynamic/private";\nexport const secret = env.JWT_SECRET ?? "secret";`,
      errors: [known("JWT_SECRET", "signing", { line: 2, column: 41 }, `import { env } from "$env/dynamic/private";\nexport const secret = env.JWT_SECRET ?? (() => { throw new Error("JWT_SECRET is not set"); })();`)],
    },
    {
      name: "Deno's environment as an object",
      filename: "server/config.ts",
      code: `const { JWT_SECRET = "secret" } = Deno.env.toObject();`,
      errors: [known("JWT_SECRET", "signing", { column: 22 }, `const { JWT_SECRET = (() => { throw new Error("JWT_SECRET is not set"); })() } = Deno.env.toObject();`)],
    },
    {
      name: "Nest's config service, with an operator",
      filename: "src/token.service.ts",
      project: "nest",
      code: nest(`return this.config.get("jwt.secret") || "secret";`),
      errors: [known("jwt.secret", "signing", { line: 5, column: 45 }, nest(`return this.config.getOrThrow("jwt.secret");`), "method")],
    },
    {
      name: "Nest's config service of a version without the method",
      filename: "src/token.service.ts",
      code: nest(`return this.config.get("JWT_SECRET", "secret");`),
      errors: [known("JWT_SECRET", "signing", { line: 5, column: 42 }, null)],
    },
    {
      name: "a helper of the project's own",
      filename: "server/config.ts",
      code: `const getEnv = (name: string, fallback: string) => process.env[name] ?? fallback;\nexport const config = { secret: getEnv("JWT_SECRET", "change-me"), port: getEnv("PORT", "3000") };`,
      errors: [
        known(
          "JWT_SECRET",
          "signing",
          { line: 2, column: 54 },
          null,
        ),
      ],
    },
    {
      name: "a schema of zod",
      filename: "server/env.ts",
      code: `import { z } from "zod";\nexport const env = z.object({ JWT_SECRET: z.string().min(8).default("change-me-now") }).parse(process.env);`,
      errors: [known("JWT_SECRET", "signing", { line: 2, column: 69 }, `import { z } from "zod";\nexport const env = z.object({ JWT_SECRET: z.string().min(8) }).parse(process.env);`, "schema")],
    },
    {
      name: "a value that zod takes for a wrong or missing one",
      filename: "server/env.ts",
      code: `import * as z from "zod/v4";\nexport const env = z.object({ JWT_SECRET: z.string().catch("secret") }).parse(process.env);`,
      errors: [known("JWT_SECRET", "signing", { line: 2, column: 60 }, `import * as z from "zod/v4";\nexport const env = z.object({ JWT_SECRET: z.string() }).parse(process.env);`, "schema")],
    },
    {
      name: "a schema of Zod Mini",
      filename: "server/env.ts",
      code: `import * as z from "zod/mini";\nexport const env = z.object({ JWT_SECRET: z._default(z.string(), "secret") }).parse(process.env);`,
      errors: [known("JWT_SECRET", "signing", { line: 2, column: 66 }, `import * as z from "zod/mini";\nexport const env = z.object({ JWT_SECRET: z.string() }).parse(process.env);`, "schema")],
    },
    {
      name: "a schema of Zod by way of znv",
      filename: "server/env.ts",
      code: `import { parseEnv, z } from "znv";\nexport const { JWT_SECRET } = parseEnv(process.env, { JWT_SECRET: z.string().default("secret") });`,
      errors: [known("JWT_SECRET", "signing", { line: 2, column: 86 }, `import { parseEnv, z } from "znv";\nexport const { JWT_SECRET } = parseEnv(process.env, { JWT_SECRET: z.string() });`, "schema")],
    },
    {
      name: "a schema of zod with names of its own",
      filename: "server/env.ts",
      code: `import { z } from "zod";\nconst schema = z.object({ jwtSecret: z.string().optional().default("change-me") });\nexport const env = schema.safeParse({ ...process.env });`,
      errors: [known("jwtSecret", "signing", { line: 2, column: 68 }, `import { z } from "zod";\nconst schema = z.object({ jwtSecret: z.string() });\nexport const env = schema.safeParse({ ...process.env });`, "schema")],
    },
    {
      name: "a schema of t3-env",
      filename: "src/env.ts",
      code: `import { createEnv } from "@t3-oss/env-nextjs";\nimport { z } from "zod";\nexport const env = createEnv({ server: { CRON_SECRET: z.string().default("cron") }, experimental__runtimeEnv: process.env });`,
      errors: [known("CRON_SECRET", "shared", { line: 3, column: 74 }, `import { createEnv } from "@t3-oss/env-nextjs";\nimport { z } from "zod";\nexport const env = createEnv({ server: { CRON_SECRET: z.string() }, experimental__runtimeEnv: process.env });`, "schema")],
    },
    {
      name: "a schema of Joi that takes something else for what does not fit",
      filename: "server/env.ts",
      code: `import Joi from "joi";\nexport const schema = Joi.object({ JWT_SECRET: Joi.string().min(32).failover("secret") });`,
      errors: [known("JWT_SECRET", "signing", { line: 2, column: 78 }, `import Joi from "joi";\nexport const schema = Joi.object({ JWT_SECRET: Joi.string().min(32).required() });`, "schema")],
    },
    {
      name: "a schema of Joi, whose keys are optional by themselves",
      filename: "src/config/validation.ts",
      project: "nest",
      code: `import * as Joi from "joi";\nexport const validationSchema = Joi.object({ JWT_SECRET: Joi.string().default("secret") });`,
      errors: [known("JWT_SECRET", "signing", { line: 2, column: 79 }, `import * as Joi from "joi";\nexport const validationSchema = Joi.object({ JWT_SECRET: Joi.string().required() });`, "schema")],
    },
    {
      name: "a schema of yup",
      filename: "server/env.ts",
      code: `import { object, string } from "yup";\nexport const schema = object({ SESSION_SECRET: string().default("cat") });`,
      errors: [known("SESSION_SECRET", "signing", { line: 2, column: 65 }, `import { object, string } from "yup";\nexport const schema = object({ SESSION_SECRET: string().required() });`, "schema")],
    },
    {
      name: "a schema of valibot",
      filename: "server/env.ts",
      code: `import * as v from "valibot";\nexport const env = v.parse(v.object({ JWT_SECRET: v.optional(v.string(), "secret") }), process.env);`,
      errors: [known("JWT_SECRET", "signing", { line: 2, column: 74 }, `import * as v from "valibot";\nexport const env = v.parse(v.object({ JWT_SECRET: v.string() }), process.env);`, "schema")],
    },
    {
      name: "what valibot falls back to",
      filename: "server/env.ts",
      code: `import * as v from "valibot";\nexport const env = v.parse(v.object({ JWT_SECRET: v.fallback(v.string(), "secret") }), process.env);`,
      errors: [known("JWT_SECRET", "signing", { line: 2, column: 74 }, `import * as v from "valibot";\nexport const env = v.parse(v.object({ JWT_SECRET: v.string() }), process.env);`, "schema")],
    },
    {
      name: "a schema of TypeBox",
      filename: "server/env.ts",
      code: `import Type from "typebox";\nexport const schema = Type.Object({ JWT_SECRET: Type.String({ default: "secret" }) });`,
      errors: [known("JWT_SECRET", "signing", { line: 2, column: 72 }, null, "schema")],
    },
    {
      name: "a schema of envalid",
      filename: "server/env.ts",
      code: `import { cleanEnv, str } from "envalid";\nexport const env = cleanEnv(process.env, { ENCRYPTION_KEY: str({ default: "0123456789abcdef" }) });`,
      errors: [known("ENCRYPTION_KEY", "encryption", { line: 2, column: 75 }, `import { cleanEnv, str } from "envalid";\nexport const env = cleanEnv(process.env, { ENCRYPTION_KEY: str({ devDefault: "0123456789abcdef" }) });`, "schema")],
    },
    {
      name: "env-var",
      filename: "server/env.ts",
      code: `import env from "env-var";\nexport const secret = env.get("JWT_SECRET").default("secret").asString();`,
      errors: [known("JWT_SECRET", "signing", { line: 2, column: 53 }, `import env from "env-var";\nexport const secret = env.get("JWT_SECRET").required().asString();`, "schema")],
    },
    {
      name: "convict",
      filename: "server/config.ts",
      code: `import convict from "convict";\nexport const config = convict({ jwt: { secret: { format: String, env: "JWT_SECRET", default: "secret" } } });`,
      errors: [known("JWT_SECRET", "signing", { line: 2, column: 94 }, null, "schema")],
    },
    {
      name: "the schema of @fastify/env",
      filename: "server/app.ts",
      code: `import fastifyEnv from "@fastify/env";\nconst schema = { type: "object", properties: { JWT_SECRET: { type: "string", default: "secret" } } };\napp.register(fastifyEnv, { schema });`,
      errors: [known("JWT_SECRET", "signing", { line: 2, column: 87 }, null, "schema")],
    },
    {
      name: "strict: an empty secret",
      filename: "server/auth.ts",
      options: strict,
      code: `export const sign = (payload) => jwt.sign(payload, process.env.JWT_SECRET || "");`,
      errors: [empty("JWT_SECRET", { column: 78 }, `export const sign = (payload) => jwt.sign(payload, process.env.JWT_SECRET || (() => { throw new Error("JWT_SECRET is not set"); })());`)],
    },
    {
      name: "strict: a placeholder for a key of another service, where it is used",
      filename: "server/pay.ts",
      options: strict,
      code: `export const stripe = new Stripe(process.env.STRIPE_SECRET_KEY ?? "your-key", { typescript: true });`,
      errors: [placeholder("STRIPE_SECRET_KEY", { column: 67 }, `export const stripe = new Stripe(process.env.STRIPE_SECRET_KEY ?? (() => { throw new Error("STRIPE_SECRET_KEY is not set"); })(), { typescript: true });`)],
    },
    {
      name: "a guard that stops tests alone",
      filename: "server/auth.ts",
      code: `export function jwtSecret() { const secret = process.env.JWT_SECRET; if (!secret && process.env.NODE_ENV === "test") throw new Error("JWT_SECRET must be set"); return secret || "shop-secret"; }`,
      errors: [known("JWT_SECRET", "signing", { column: 178 }, `export function jwtSecret() { const secret = process.env.JWT_SECRET; if (!secret && process.env.NODE_ENV === "test") throw new Error("JWT_SECRET must be set"); return secret || (() => { throw new Error("JWT_SECRET is not set"); })(); }`)],
    },
    {
      name: "a guard of another function, over its own variable",
      filename: "server/auth.ts",
      code: `export function check() { const secret = process.env.JWT_SECRET; if (!secret && process.env.NODE_ENV !== "test") throw new Error("JWT_SECRET must be set"); }\nexport function jwtSecret() { const secret = process.env.JWT_SECRET; return secret || "shop-secret"; }`,
      errors: [known("JWT_SECRET", "signing", { line: 2, column: 87 }, `export function check() { const secret = process.env.JWT_SECRET; if (!secret && process.env.NODE_ENV !== "test") throw new Error("JWT_SECRET must be set"); }\nexport function jwtSecret() { const secret = process.env.JWT_SECRET; return secret || (() => { throw new Error("JWT_SECRET is not set"); })(); }`)],
    },
    {
      name: "strict: another field is refused",
      filename: "server/mcp.ts",
      options: strict,
      code: `class Worker { constructor() { this.apiKey = process.env.MCP_API_KEY || "your-key"; if (!this.url) throw new Error("no url"); } }`,
      errors: [placeholder("MCP_API_KEY", { column: 73 }, `class Worker { constructor() { this.apiKey = process.env.MCP_API_KEY || (() => { throw new Error("MCP_API_KEY is not set"); })(); if (!this.url) throw new Error("no url"); } }`)],
    },
    {
      name: "a salt that is the key of a signature",
      filename: "server/links.ts",
      code: `import { createHmac } from "node:crypto";\nexport const sign = (path) => createHmac("sha256", process.env.LINK_SALT || "shop-salt").update(path).digest("hex");`,
      errors: [known("LINK_SALT", "signature", { line: 2, column: 77 }, `import { createHmac } from "node:crypto";\nexport const sign = (path) => createHmac("sha256", process.env.LINK_SALT || (() => { throw new Error("LINK_SALT is not set"); })()).update(path).digest("hex");`)],
    },
    {
      name: "a master key that encrypts",
      filename: "server/vault.ts",
      code: `import { createCipheriv } from "node:crypto"; const key = process.env.VAULT_MASTER_KEY || "vault"; export const seal = (text, iv) => createCipheriv("aes-256-gcm", Buffer.from(key), iv).update(text);`,
      errors: [known("VAULT_MASTER_KEY", "encryption", { column: 91 }, `import { createCipheriv } from "node:crypto"; const key = process.env.VAULT_MASTER_KEY || (() => { throw new Error("VAULT_MASTER_KEY is not set"); })(); export const seal = (text, iv) => createCipheriv("aes-256-gcm", Buffer.from(key), iv).update(text);`)],
    },
    {
      name: "a master key that opens a service of the app's own",
      filename: "server/parse.ts",
      code: `export const api = new ParseServer({ appId, masterKey: process.env.PARSE_MASTER_KEY || "master" });`,
      errors: [known("PARSE_MASTER_KEY", "shared", { column: 88 }, `export const api = new ParseServer({ appId, masterKey: process.env.PARSE_MASTER_KEY || (() => { throw new Error("PARSE_MASTER_KEY is not set"); })() });`)],
    },
    {
      name: "strict: an empty secret that stands alone for a header",
      filename: "server/hooks.ts",
      options: strict,
      code: `const secret = process.env.CRON_SECRET || ""; export const isAllowed = (request) => request.headers["x-cron"] === secret;`,
      errors: [empty("CRON_SECRET", { column: 43 }, `const secret = process.env.CRON_SECRET || (() => { throw new Error("CRON_SECRET is not set"); })(); export const isAllowed = (request) => request.headers["x-cron"] === secret;`)],
    },
    {
      name: "strict: an empty secret that others may read",
      filename: "server/hooks.ts",
      options: strict,
      code: `export const secret = process.env.CRON_SECRET || ""; export const isAllowed = (request) => request.headers.authorization === \`Bearer \${secret}\`;`,
      errors: [empty("CRON_SECRET", { column: 50 }, `export const secret = process.env.CRON_SECRET || (() => { throw new Error("CRON_SECRET is not set"); })(); export const isAllowed = (request) => request.headers.authorization === \`Bearer \${secret}\`;`)],
    },
    {
      name: "a secret behind words that is no empty one",
      filename: "server/hooks.ts",
      code: `const secret = process.env.CRON_SECRET || "nightly"; export const isAllowed = (request) => request.headers.authorization === \`Bearer \${secret}\`;`,
      errors: [known("CRON_SECRET", "shared", { column: 43 }, `const secret = process.env.CRON_SECRET || (() => { throw new Error("CRON_SECRET is not set"); })(); export const isAllowed = (request) => request.headers.authorization === \`Bearer \${secret}\`;`)],
    },
    {
      name: "strict: an empty secret that a version of a library believes",
      filename: "server/pay.ts",
      options: strict,
      code: `import Stripe from "stripe"; const stripe = new Stripe(key);\nexport const event = (body, signature) => stripe.webhooks.constructEvent(body, signature, process.env.STRIPE_WEBHOOK_SECRET || "");`,
      errors: [open("STRIPE_WEBHOOK_SECRET", "stripe.webhooks.constructEvent", { line: 2, column: 128 }, `import Stripe from "stripe"; const stripe = new Stripe(key);\nexport const event = (body, signature) => stripe.webhooks.constructEvent(body, signature, process.env.STRIPE_WEBHOOK_SECRET || (() => { throw new Error("STRIPE_WEBHOOK_SECRET is not set"); })());`)],
    },
    {
      name: "a key that a service has made",
      filename: "server/flows.ts",
      code: `export const flows = connect(process.env.FLOWS_API_KEY || "fk_9cQ2mV7xLr4TbN8sKd1WzG6h");`,
      errors: [made("FLOWS_API_KEY", { column: 59 }, `export const flows = connect(process.env.FLOWS_API_KEY || (() => { throw new Error("FLOWS_API_KEY is not set"); })());`)],
    },
    {
      name: "a secret that a machine has made",
      filename: "server/auth.ts",
      code: `const secret = process.env.JWT_SECRET || "9cQ2mV7xLr4TbN8sKd1WzG6hPq3f";`,
      errors: [replaced(known("JWT_SECRET", "signing", { column: 42 }, `const secret = process.env.JWT_SECRET || (() => { throw new Error("JWT_SECRET is not set"); })();`))],
    },
    {
      name: "strict: an empty secret that a library is given",
      filename: "server/links.ts",
      options: strict,
      code: `import { createHmac } from "node:crypto";\nexport const sign = (path) => createHmac("sha256", process.env.LINK_SIGNING_SECRET ?? "").update(path).digest("hex");`,
      errors: [open("LINK_SIGNING_SECRET", "createHmac", { line: 2, column: 87 }, `import { createHmac } from "node:crypto";\nexport const sign = (path) => createHmac("sha256", process.env.LINK_SIGNING_SECRET ?? (() => { throw new Error("LINK_SIGNING_SECRET is not set"); })()).update(path).digest("hex");`)],
    },
    {
      name: "another variable takes its place, which may be missing as well",
      filename: "src/storage.service.ts",
      project: "nest-with-joi",
      code: `export const secret = process.env.STORAGE_SIGNING_SECRET || process.env.OLD_SIGNING_SECRET || "only-for-development";`,
      errors: [inTurn(known("STORAGE_SIGNING_SECRET", "signature", { column: 95 }, `export const secret = process.env.STORAGE_SIGNING_SECRET || process.env.OLD_SIGNING_SECRET || (() => { throw new Error("STORAGE_SIGNING_SECRET is not set"); })();`), "neither `STORAGE_SIGNING_SECRET` nor `OLD_SIGNING_SECRET` is set")],
    },
    {
      name: "what a request must bring is a password of the app itself",
      filename: "server/hooks.ts",
      code: `export const guard = (req, res, next) => {\n  const token = req.headers["x-hook-token"] || req.query.token;\n  const expected = process.env.HOOK_TOKEN || "shop-hook-2025";\n  if (token !== expected) return res.sendStatus(401);\n  next();\n};`,
      errors: [known("HOOK_TOKEN", "gate", { line: 3, column: 46 }, `export const guard = (req, res, next) => {\n  const token = req.headers["x-hook-token"] || req.query.token;\n  const expected = process.env.HOOK_TOKEN || (() => { throw new Error("HOOK_TOKEN is not set"); })();\n  if (token !== expected) return res.sendStatus(401);\n  next();\n};`)],
    },
    {
      name: "a private field that is read",
      filename: "server/mfa.ts",
      code: `export class Codes { private encryptionKey = process.env.MFA_ENCRYPTION_KEY || "k3y-of-all-codes-1234"; make() { return seal(this.encryptionKey); } }`,
      errors: [known("MFA_ENCRYPTION_KEY", "encryption", { column: 80 }, `export class Codes { private encryptionKey = process.env.MFA_ENCRYPTION_KEY || (() => { throw new Error("MFA_ENCRYPTION_KEY is not set"); })(); make() { return seal(this.encryptionKey); } }`)],
    },
    {
      name: "strict: an empty secret that signs, within a request",
      filename: "app/api/login/route.ts",
      project: "next",
      options: strict,
      code: `export async function POST() { if (!process.env.JWT_SECRET) console.warn("no secret"); return Response.json(jwt.sign({}, process.env.JWT_SECRET || "")); }`,
      errors: [empty("JWT_SECRET", { column: 148 }, `export async function POST() { if (!process.env.JWT_SECRET) console.warn("no secret"); return Response.json(jwt.sign({}, process.env.JWT_SECRET || (() => { throw new Error("JWT_SECRET is not set"); })())); }`)],
    },
    {
      name: "strict: within a request, where nobody hears that the service refuses",
      filename: "app/api/scan/route.ts",
      project: "next",
      options: strict,
      code: `export async function POST() { try { await note(process.env.AUDIT_API_KEY || "your-key"); } catch {} return Response.json({}); }`,
      errors: [placeholder("AUDIT_API_KEY", { column: 78 }, `export async function POST() { try { await note(process.env.AUDIT_API_KEY || (() => { throw new Error("AUDIT_API_KEY is not set"); })()); } catch {} return Response.json({}); }`)],
    },
    {
      name: "strict: a placeholder for one",
      filename: "server/pay.ts",
      options: strict,
      code: `export const stripe = new Stripe(process.env.STRIPE_SECRET_KEY ?? "sk_test_dummy");`,
      errors: [placeholder("STRIPE_SECRET_KEY", { column: 67 }, `export const stripe = new Stripe(process.env.STRIPE_SECRET_KEY ?? (() => { throw new Error("STRIPE_SECRET_KEY is not set"); })());`)],
    },
    {
      name: "a placeholder lets in whoever reads it, where the app itself checks it",
      filename: "server/auth.ts",
      code: `const secret = process.env.JWT_SECRET || "your-secret-key";`,
      errors: [known("JWT_SECRET", "signing", { column: 42 }, `const secret = process.env.JWT_SECRET || (() => { throw new Error("JWT_SECRET is not set"); })();`)],
    },
  ],
});

test("in a file that nothing leads to, only a key that another service has made is known to anybody", () => {
  const used = Object.fromEntries(Array.from({ length: 8 }, (_, index) => [`src/step${index}.ts`, `import "./step${index + 1}.js";\n`]));
  const code = `export const ai = { key: process.env.CHAT_API_KEY || "ck-live-4f9a27c1e08b5d63a2f7", other: process.env.MAIL_API_KEY || "letters" };\nexport const secret = process.env.JWT_SECRET || "shop-secret";\n`;
  const project = makeProject({ "package.json": { name: "shop" }, ...used, "src/main.ts": 'import "./step0.js";\nimport { ai, secret } from "./step8.js";\nconsole.log(ai, secret);\n', "src/step8.ts": code, "src/old-step8.ts": code });
  const linter = new Linter({ cwd: project.dir });
  const plugins = { own: { rules: { it: rule } } } as unknown as Linter.Config["plugins"] & {};
  const reported = (file: string): number => linter.verify(code, [{ files: ["**/*.ts"], plugins, languageOptions: { parser }, rules: { "own/it": "error" } }], { filename: project.path(file) }).length;
  expect(reported("src/step8.ts")).toBe(3);
  expect(reported("src/old-step8.ts")).toBe(1);
});

test("what stands in for a variable is never used where a module that the server loads ends the process without it", () => {
  const code = 'import jwt from "jsonwebtoken";\nexport const sign = (id: string) => jwt.sign({ id }, process.env.JWT_SECRET || "shop-secret", { expiresIn: "1h" });\n';
  const reported = (session: string): number => {
    const project = makeProject({ "package.json": { name: "shop", dependencies: { express: "^5" } }, "server/session.ts": session, "server/tokens.ts": code });
    const plugins = { own: { rules: { it: rule } } } as unknown as Linter.Config["plugins"] & {};
    return new Linter({ cwd: project.dir }).verify(code, [{ files: ["**/*.ts"], plugins, languageOptions: { parser }, rules: { "own/it": "error" } }], { filename: project.path("server/tokens.ts") }).length;
  };
  const ends = 'console.error("JWT_SECRET is not set");\n  process.exit(1);';
  expect(reported(`if (!process.env.JWT_SECRET) {\n  ${ends}\n}\nexport const session = {};\n`)).toBe(0);
  expect(reported('if (!process.env.DATABASE_URL || !process.env.JWT_SECRET) throw new Error("not configured");\nexport {};\n')).toBe(0);
  expect(reported('const isForgotten = !process.env.JWT_SECRET && process.env.NODE_ENV !== "test";\nif (isForgotten) throw new Error("JWT_SECRET is not set");\nexport {};\n')).toBe(0);
  expect(reported('const isForgotten = !process.env.JWT_SECRET && process.env.STRICT;\nif (isForgotten) throw new Error("JWT_SECRET is not set");\nexport {};\n')).toBe(1);
  expect(reported('if (!process.env.JWT_SECRET && process.env.NODE_ENV === "test") throw new Error("JWT_SECRET is not set");\nexport {};\n')).toBe(1);
  expect(reported(`if (!process.env.JWT_SECRET && process.env.STRICT) {\n  ${ends}\n}\nexport {};\n`)).toBe(1);
  expect(reported(`export function check() {\n  if (!process.env.JWT_SECRET) {\n  ${ends}\n}\n}\n`)).toBe(1);
  expect(reported('if (!process.env.JWT_SECRET) console.warn("JWT_SECRET is not set");\nexport {};\n')).toBe(1);
});

/** How many reports a file of a project gets in strict. */
function reportsIn(files: Record<string, string | object>, file: string): number {
  const project = makeProject(files);
  const plugins = { own: { rules: { it: rule } } } as unknown as Linter.Config["plugins"] & {};
  return new Linter({ cwd: project.dir }).verify(files[file] as string, [{ files: ["**/*.{js,ts}"], plugins, languageOptions: { parser }, rules: { "own/it": ["error", ...strict] } }], { filename: project.path(file) }).length;
}

test("the settings of a tool for the database are its own, unless the app imports them", () => {
  const settings = 'process.env.JWT_SECRET ||= "not-needed-here";\nmodule.exports = { client: "pg", connection: { password: process.env.DB_PASSWORD || "orders-2024" } };\n';
  const manifest = { name: "shop", dependencies: { express: "^5", knex: "^3" }, scripts: { migrate: "knex migrate:latest" } };
  expect(reportsIn({ "package.json": manifest, "server/db.js": 'module.exports = require("knex")({ client: "pg" });\n', "knexfile.js": settings }, "knexfile.js")).toBe(0);
  expect(reportsIn({ "package.json": manifest, "server/db.js": 'const express = require("express");\nmodule.exports = require("knex")(require("../knexfile"));\n', "knexfile.js": settings }, "knexfile.js")).toBe(2);
  expect(reportsIn({ "package.json": manifest, "server/database.config.js": settings }, "server/database.config.js")).toBe(1);
});

test("NextAuth refuses an empty secret in production, since its fourth version", () => {
  const reported = (version: string, code: string): number => reportsIn({ "package.json": { name: "shop", dependencies: { next: "^15", "next-auth": version } }, "lib/auth.ts": code }, "lib/auth.ts");
  const called = 'import NextAuth from "next-auth";\nexport const { handlers } = NextAuth({ providers: [], secret: process.env.AUTH_SECRET || "" });\n';
  const declared = 'import type { NextAuthOptions } from "next-auth";\nexport const options: NextAuthOptions = { providers: [], secret: process.env.NEXTAUTH_SECRET ?? "" };\n';
  expect([reported("^4.24.0", declared), reported("5.0.0-beta.30", called), reported("^5.0.0", declared.replace(": NextAuthOptions = ", " = ").replace("};", "} satisfies NextAuthOptions;"))]).toEqual([0, 0, 0]);
  expect([reported("^3.29.0", called), reported("^4.24.0", declared.replace('""', '"shop"')), reported("^4.24.0", declared.replace(": NextAuthOptions", ""))]).toEqual([1, 1, 1]);
  expect(reported("^4.24.0", 'import { createHmac } from "node:crypto";\nimport type { NextAuthOptions } from "next-auth";\nexport const sign = (path: string) => createHmac("sha256", process.env.NEXTAUTH_SECRET ?? "").update(path).digest("hex");\n')).toBe(1);
});
