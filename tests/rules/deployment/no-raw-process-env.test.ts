import { describe, expect, it } from "vitest";

import rule from "../../../src/rules/deployment/no-raw-process-env.js";
import { lintProject } from "../../support/lint-project.js";
import { type Cases, type Invalid, ruleTester, type Valid } from "../../support/rule-tester.js";

type Options = [{ everywhere: boolean; allow: string[] }];
type MessageId = "bypassed" | "changed" | "unchecked" | "nowhere" | "readThroughModule";
type Errors = Invalid<MessageId, Options>["errors"];

const everywhere: Options = [{ everywhere: true, allow: [] }];

/** A route of a Next app whose `lib/env.ts` validates its environment with t3-env. */
const inRoute = { filename: "app/api/orders/route.ts", project: "with-env" } as const;
/** A file of an Express API whose `src/env.ts` validates its environment with zod; imports are written with endings. */
const inApi = { filename: "src/server/orders.ts", project: "with-zod-env" } as const;
/** A file of an Express API whose `src/config/env.ts` has one function that reports on the environment, and one that gives its values. */
const beside = { filename: "src/server/orders.ts", project: "with-env-report" } as const;
/** A file of an Express API that validates nothing. */
const without = { filename: "src/server/orders.ts", project: "express", options: everywhere } as const;

const head = `import { cookies } from "next/headers";\n`;
const withEnv = `import { cookies } from "next/headers";\nimport { env } from "@/lib/env";\n`;

const server = `import express from "express";\n`;
const from = (name: string) => ({ name, read: `process.env.${name}`, module: "src/config/env.ts", instead: `\`checkedEnvironment().${name}\`` });

const data = (name: string, read = `process.env.${name}`) => ({ name, read, module: "lib/env.ts", instead: `\`env.${name}\`` });
const bypassed = (name: string, read?: string): Errors => [{ messageId: "bypassed", data: data(name, read) }];
const suggested = (messageId: "bypassed" | "changed", name: string, output: string): Errors => [
  { messageId, data: data(name), suggestions: [{ messageId: "readThroughModule", data: { code: `env.${name}` }, output }] },
];
const unchecked = (name: string, read?: string) => [{ messageId: "unchecked" as const, data: data(name, read) }];
const nowhere = (names: string): Errors => [{ messageId: "nowhere", data: { names } }];

const roles: Valid<Options>[] = [
  { project: "with-env", name: "code of a browser: its bundler puts the value in", filename: "components/map.tsx", code: `"use client";\nexport const key = process.env.NEXT_PUBLIC_MAP_KEY;` },
  { project: "with-env", name: "a script", filename: "scripts/backfill.ts", code: `export const url = process.env.DATABASE_URL;` },
  { project: "with-env", name: "a test", filename: "app/api/orders/route.test.ts", code: `export const url = process.env.DATABASE_URL;` },
  { project: "with-env", name: "a seed", filename: "prisma/seed.ts", code: `export const url = process.env.DATABASE_URL;` },
  { project: "with-env", name: "a config file", filename: "drizzle.config.ts", code: `export default { url: process.env.DATABASE_URL };` },
  { project: "with-env", name: "instrumentation, which runs before the app", filename: "instrumentation.ts", code: `export const dsn = { dsn: process.env.PAYMENT_KEY };` },
  { project: "with-env", name: "a module for settings", filename: "server/api/config/mail.ts", code: `import { cookies } from "next/headers";\nexport const mail = { from: process.env.MAIL_FROM };` },
  { project: "with-env", name: "the env module itself", filename: "lib/env.ts", code: `import "server-only";\nexport const env = { url: process.env.DATABASE_URL };` },
  { project: "with-env", name: "a module that the env module is made of", filename: "lib/regions.ts", code: `import "server-only";\nexport const defaultRegion = { region: process.env.STORAGE_REGION };` },
  { project: "with-env", name: "another module that validates the environment", filename: "lib/slack/variables.ts", code: `import "server-only";\nexport const slack = { key: process.env.PAYMENT_KEY };` },
  { project: "with-zod-env", name: "settings of Nest", filename: "src/server/mailing.ts", code: `import { registerAs } from "@nestjs/config";\nexport default registerAs("mail", () => ({ url: process.env.DATABASE_URL }));` },
  { ...inApi, name: "JavaScript that is run as it is, beside a module in TypeScript", filename: "src/server/legacy.js", code: `import express from "express";\nexport const connect = () => open(process.env.DATABASE_URL);` },
];

const variables: Valid<Options>[] = [
  { ...inRoute, name: "what the runtime and the platform set", code: `${head}export const f = () => [process.env.NODE_ENV, process.env.CI, process.env.VERCEL_URL, process.env.NEXT_RUNTIME, process.env.AWS_REGION, process.env.PORT, process.env.NO_COLOR, process.env.DENO_DEPLOY_APP_SLUG, process.env.PRIMARY_REGION, process.env.WORKERS_CI_BRANCH, process.env.COOLIFY_FQDN, process.env.CLOUD_RUN_TASK_INDEX, process.env.WEBSITE_SITE_NAME, process.env.RENDER_EXTERNAL_URL].join();` },
  { ...inRoute, name: "a variable of the build", code: `${head}export const f = () => send(process.env.APP_VERSION);` },
  { ...inRoute, name: "variables that the options allow", code: `${head}export const f = () => send(process.env.DATABASE_URL, process.env.LEGACY_KEY);`, options: [{ everywhere: false, allow: ["DATABASE_URL", "LEGACY_*"] }] },
  { ...without, name: "what Supabase gives its functions", filename: "supabase/functions/pay/index.ts", code: `Deno.serve(() => connect(Deno.env.get("SUPABASE_URL")!, Deno.env.get("SUPABASE_SERVICE_ROLE_KEY")!));` },
  { ...inRoute, name: "a name that is known only at run time", code: `${head}export const f = (name) => send(process.env[name]);` },
  { ...inRoute, name: "the whole environment", code: `${head}export const f = () => spawn("ls", { env: { ...process.env } });` },
  { ...inRoute, name: "somebody else's process", code: `${head}import { process } from "./worker";\nexport const f = () => send(process.env.DATABASE_URL);` },
  { ...inRoute, name: "somebody else's env", code: `${head}export const f = (ctx) => send(ctx.env.DATABASE_URL);` },
  { ...inRoute, name: "the validated value", code: `${withEnv}export const f = () => send(env.DATABASE_URL);` },
];

const uses: Valid<Options>[] = [
  { ...inRoute, name: "a write", code: `${head}export const f = () => { process.env.DATABASE_URL = "x"; process.env.PAYMENT_KEY ??= "y"; delete process.env.MAIL_FROM; };` },
  { ...inRoute, name: "whether the operator has set it", code: `${head}export const f = () => ({ isSet: Boolean(process.env.STORAGE_REGION), isOther: !!process.env.MAIL_FROM });` },
  { ...inRoute, name: "whether there is a value, by a comparison", code: `${head}export const f = () => (process.env.VERBOSE === "1" || process.env.MAIL_FROM !== undefined ? on() : off());` },
  { ...inRoute, name: "behind the validated value", code: `${withEnv}export const f = () => pay(env.PAYMENT_KEY || process.env.PAYMENT_KEY, env.STORAGE_REGION ?? process.env.STORAGE_REGION ?? "eu");` },
  { ...inRoute, name: "as the last resort behind something else", code: `${head}export const f = (given, url = process.env.NEXT_PUBLIC_SITE_URL) => pay(given.key ?? process.env.PAYMENT_KEY, url);` },
  { ...inRoute, name: "taken out of the environment, and asserted", code: `${head}export const f = () => {\n  const { DATABASE_URL } = process.env;\n  invariant(typeof DATABASE_URL === "string", "DATABASE_URL is not set");\n  return connect(DATABASE_URL);\n};` },
  { ...inRoute, name: "in a const, with an error when it is missing", code: `${head}export const f = () => {\n  const url = process.env.DATABASE_URL;\n  if (!url) throw new Error("DATABASE_URL is not set");\n  return connect(url);\n};` },
  { ...inRoute, name: "with an answer of its own when it is missing", code: `${head}export const POST = () => {\n  const key = process.env.PAYMENT_KEY;\n  if (!key) return Response.json({ error: "Payments are off" }, { status: 503 });\n  return pay(key);\n};` },
  { ...inRoute, name: "taken out of the environment, with an end when it is missing", code: `${head}export const f = () => {\n  const { DATABASE_URL } = process.env;\n  if (!DATABASE_URL) return null;\n  return connect(DATABASE_URL);\n};` },
  { ...inRoute, name: "several that are asked for together", code: `${head}export const f = () => {\n  const url = process.env.DATABASE_URL;\n  const key = process.env.PAYMENT_KEY;\n  if (!url || !key) return false;\n  return pay(url, key);\n};` },
  { ...inRoute, name: "where a test of it has come out", code: `${head}export const f = () => {\n  if (!process.env.PAYMENT_KEY) return null;\n  return pay(process.env.PAYMENT_KEY);\n};` },
  { ...inRoute, name: "in front of another value", code: `${head}export const f = (given) => pay(process.env.PAYMENT_KEY || given.key);` },
  { ...inRoute, name: "with a default of its own", code: `${head}export const f = () => connect(new URL(process.env.NEXT_PUBLIC_SITE_URL ?? "https://shop.example"), process.env.STORAGE_REGION ?? "eu");` },
  { ...inRoute, name: "with a default in one mode, and an error in the other", code: `${head}export const f = () => {\n  const key = process.env.PAYMENT_KEY ?? (isLive() ? null : "k".repeat(16));\n  if (!key) throw new Error("PAYMENT_KEY is not set");\n  return pay(key);\n};` },
  { ...inRoute, name: "a number, with the conversion and a default", code: `${head}const most = Number(process.env.MAX_ORDERS ?? "10");\nexport const f = () => take(most, parseInt(process.env.MAX_ORDERS || "10", 10));` },
  { ...inRoute, name: "a field that its methods ask for", code: `${head}export class Payments { key = process.env.PAYMENT_KEY; send() { if (!this.key) return null; return pay(this.key); } }` },
  { ...inRoute, name: "converted on the spot, as the schema does it", code: `${head}export const f = () => take(process.env.MAX_ORDERS ? Number(process.env.MAX_ORDERS) : undefined, process.env.WEBHOOK_TOKEN?.trim());` },
  { ...beside, name: "held against the text that the schema holds it against, as which no default counts", code: `${server}export const f = () => (process.env.REMINDERS !== "on" ? null : remind());` },
  { ...beside, name: "held against a text that is not the default", code: `${server}export const f = () => (process.env.MODE === "live" ? pay() : null);` },
  { ...inRoute, name: "in a condition that also holds in tests", code: `${head}export const f = () => process.env.NODE_ENV === "test" || process.env.DATABASE_URL?.includes("shop_test");` },
  { ...inRoute, name: "in a server of its own, outside the folder of the env module", filename: "server.ts", code: `import express from "express";\nimport type { Region } from "./lib/regions";\nexport const f = (region: Region) => express().listen(process.env.PAYMENT_KEY, region);` },
  { ...inRoute, name: "in development only", code: `${head}export const f = () => { if (process.env.NODE_ENV === "development") send(process.env.DATABASE_URL); };` },
  { ...inRoute, name: "under a comment that says why it is read raw", code: `${head}export const f = () =>\n  // Read from process.env: the parsed value has a default.\n  open(process.env.STORAGE_REGION);` },
  { ...inRoute, name: "in a file that begins with the reason why it is read raw", code: `// Part of the proxy: reads process.env itself, so that the env module stays out of its bundle.\n${head}export const f = () => open(process.env.STORAGE_REGION);` },
  { ...inRoute, name: "a variable of its own that takes the place of something", code: `${head}export const f = (settings) => send(settings.key ?? process.env.SHIPPING_TOKEN);` },
  { ...inRoute, name: "a variable of its own with a fallback", code: `${head}export const f = () => send(process.env.GREETING ?? "Hello");` },
  { ...inRoute, name: "a variable of its own that switches something", code: `${head}export const f = () => process.env.NEW_CHECKOUT === "true";` },
  { ...inRoute, name: "a variable of its own that is checked before it is used", code: `${head}export const f = () => {\n  const token = process.env.SHIPPING_TOKEN;\n  if (!token) throw new Error("SHIPPING_TOKEN is missing");\n  send(token);\n};` },
  { ...inRoute, name: "a variable of its own that is checked elsewhere in the file", code: `${head}if (!process.env.SHIPPING_TOKEN || !process.env.SHIPPING_URL) throw new Error("no shipping");\nexport const f = () => send(process.env.SHIPPING_TOKEN, process.env.SHIPPING_URL);` },
  { ...inRoute, name: "a variable of its own in a list that is checked", code: `${head}const missing = ["SHIPPING_TOKEN"].filter((name) => !process.env[name]);\nexport const f = () => send(missing, process.env.SHIPPING_TOKEN);` },
  { ...inRoute, name: "a variable of its own that goes through a schema", code: `${head}export const f = () => send(schema.parse(process.env.SHIPPING_TOKEN));` },
  { ...inRoute, name: "a variable of its own that others are handed", code: `${head}export const token = process.env.SHIPPING_TOKEN;\nexport const read = () => process.env.SHIPPING_URL;` },
  { ...inRoute, name: "a variable of its own with a default in the pattern", code: `${head}const { SHIPPING_TOKEN = "none" } = process.env;\nexport const f = () => send(SHIPPING_TOKEN);` },
  { ...inRoute, name: "a field that its methods check", code: `${head}export class Shipping { token = process.env.SHIPPING_TOKEN; send() { if (!this.token) throw new Error("no token"); return send(this.token); } }` },
  { name: "a server that validates nothing, by default", filename: "src/server/orders.ts", project: "express", code: `export const f = () => send(process.env.DATABASE_URL);` },
  { ...inRoute, name: "handed to a schema of its own, which throws", code: `${head}export const f = () => key.parse(process.env.PAYMENT_KEY);` },
  { ...inRoute, name: "a text that is asked something, and the answer without one is no", code: `${head}export const f = () => process.env.NEXT_PUBLIC_SITE_URL?.startsWith("https://");` },
  { ...without, name: "a number with another in its place", code: `export const f = () => Math.max(1, Number(process.env.WORKERS) || 1) + (parseInt(process.env.MOST, 10) || 5);` },
  { ...without, name: "a number that is looked at on the next line", code: `const days = Number(process.env.TRIAL_DAYS);\nexport const isOver = (day: number) => Number.isFinite(days) && day > days;` },
  { ...without, name: "one of several candidates", code: `const candidates = [process.env.FIRST_URL, process.env.SECOND_URL];\nexport const url = candidates.find((each) => each !== undefined);` },
  { ...without, name: "a field of settings, which may be looked at where they are asked", code: `export const settings = () => ({ admin: { secret: process.env.ADMIN_SIGN_KEY } });` },
  { ...without, name: "a key that is asked for before it is compared", code: `export const isAllowed = (key: string) => !(!key || key !== process.env.METRICS_KEY);` },
  { ...without, name: "a request whose refusal is looked at", code: "export async function f() {\n  const response = await fetch(`https://api.example.com/${process.env.LIST_ID}`);\n  if (!response.ok) throw new Error(`refused: ${response.status}`);\n}" },
  { ...without, name: "a variable that is held against a member of a table", code: `import { MODE } from "./mode.js";\nexport const f = () => (process.env.MODE === MODE.QUEUE ? enqueue() : run());` },
  { ...without, name: "in a project that validates nothing, what a package makes a client with", code: `import OpenAI from "openai";\nexport const client = new OpenAI({ apiKey: process.env.OPENAI_KEY });` },
  { ...without, name: "in a project that validates nothing, an integration", filename: "src/integrations/slack.ts", code: `import express from "express";\nexport const f = () => connect(express, process.env.SLACK_CLIENT_ID);` },
  { ...without, name: "in a project that validates nothing, where a part is switched on", code: `export const f = () => (config.mailEnabled ? send(process.env.MAIL_KEY) : null);` },
  { ...without, name: "a server that validates nothing, where missing values have a meaning", code: `export const f = () => listen(process.env.BIND_ADDRESS || "0.0.0.0", process.env.TRUST_PROXY === "1");` },
];

const asked: Valid<Options>[] = [
  { ...beside, name: "a text that a function would give when it is called", code: `${server}export const f = () => send(process.env.SMS_KEY);` },
];

const onPurpose: Valid<Options>[] = [
  { ...inRoute, name: "in a file that switches the linter's rule off, and says why", code: `/* oxlint-disable n/no-process-env -- shows what the process was started with */\n${head}export const f = () => send(process.env.DATABASE_URL);` },
  { ...inRoute, name: "on the line after a comment for the core rule", code: `${head}export const f = () =>\n  // oxlint-disable-next-line no-process-env\n  send(process.env.DATABASE_URL);` },
  { ...inRoute, name: "on the line of a comment for another linter", code: `${head}export const f = () => send(process.env.DATABASE_URL); // oxlint-disable-line node/no-process-env` },
];

const stillRead: Invalid<MessageId, Options>[] = [
  { ...inRoute, name: "below a comment that switches another rule off", code: `/* oxlint-disable n/no-process-exit */\n${head}export const f = () => send(process.env.CRON_TOKEN);`, errors: unchecked("CRON_TOKEN") },
  { ...inRoute, name: "after a comment that switches the rule on again", code: `/* oxlint-disable no-process-env */\n${head}const url = process.env.DATABASE_URL;\n/* oxlint-enable no-process-env */\nexport const f = () => send(url, process.env.CRON_TOKEN);`, errors: unchecked("CRON_TOKEN") },
];

const ofTheOther: Valid<Options>[] = [
  { ...inRoute, name: "a variable that is said to be there, of which require-env-validation speaks", code: `${head}export const f = () => send(process.env.SHIPPING_TOKEN!);` },
  { ...inRoute, name: "a variable in a credential, of which require-env-validation speaks", code: `${head}export const f = () => send(\`Bearer \${process.env.CRON_TOKEN}\`);` },
];

const halfTyped: Valid<Options>[] = ["process.env.;", "process.env[];", "const { } = process.env;", "process.", "Deno.env.get();", "import.meta.env;", "const { ...rest } = process.env;"]
  .filter((code) => !/\.;|\[\]|process\.$/.test(code))
  .map((code) => ({ ...inRoute, name: `half-typed: ${code}`, code: `${head}${code}` }));

const validated: Invalid<MessageId, Options>[] = [
  {
    ...inRoute,
    name: "a text of the schema, once for all its reads",
    code: `${head}export const POST = () => connect(process.env.DATABASE_URL);\nexport const GET = () => connect(process.env["DATABASE_URL"]);`,
    output: `${withEnv}export const POST = () => connect(env.DATABASE_URL);\nexport const GET = () => connect(env.DATABASE_URL);`,
    errors: [{ messageId: "bypassed", data: data("DATABASE_URL"), line: 2, column: 35, endLine: 2, endColumn: 59 }],
  },
  { ...inRoute, name: "with the assertions that it no longer needs", code: `${head}export const f = () => pay(process.env.PAYMENT_KEY!, process.env.PAYMENT_KEY as string);`, output: `${withEnv}export const f = () => pay(env.PAYMENT_KEY, env.PAYMENT_KEY);`, errors: bypassed("PAYMENT_KEY") },
  { ...inRoute, name: "with a fallback, which stays", code: `${head}export const f = () => pay(process.env.PAYMENT_KEY ?? "");`, output: `${withEnv}export const f = () => pay(env.PAYMENT_KEY ?? "");`, errors: bypassed("PAYMENT_KEY") },
  { ...inRoute, name: "that may be missing, with the assertion that it still needs", code: `${head}export const f = () => send(process.env.MAIL_FROM!);`, output: `${withEnv}export const f = () => send(env.MAIL_FROM!);`, errors: bypassed("MAIL_FROM") },
  { ...inRoute, name: "of the browser's, read on the server", code: `${head}export const f = () => send(process.env.NEXT_PUBLIC_MAP_KEY);`, output: `${withEnv}export const f = () => send(env.NEXT_PUBLIC_MAP_KEY);`, errors: bypassed("NEXT_PUBLIC_MAP_KEY") },
  { ...inRoute, name: "through a const", code: `${head}const { env } = process;\nconst vars = process.env;\nexport const f = () => pay(vars.PAYMENT_KEY);`, errors: bypassed("PAYMENT_KEY", "vars.PAYMENT_KEY") },
  { ...inRoute, name: "where the env module is imported already", code: `${withEnv}export const f = () => pay(env.PAYMENT_KEY, process.env.DATABASE_URL);`, output: `${withEnv}export const f = () => pay(env.PAYMENT_KEY, env.DATABASE_URL);`, errors: bypassed("DATABASE_URL") },
  { ...inRoute, name: "where its name means something else", code: `${head}const env = "x";\nexport const f = () => pay(env, process.env.DATABASE_URL);`, errors: bypassed("DATABASE_URL") },
  { ...inRoute, name: "taken out of the environment", code: `${head}const { DATABASE_URL: url } = process.env;\nexport const f = () => connect(url);`, errors: bypassed("DATABASE_URL", "DATABASE_URL") },
  { ...inRoute, name: "in a condition that also holds in development", code: `${head}export const f = () => process.env.NODE_ENV === "development" || connect(process.env.PAYMENT_KEY);`, output: `${withEnv}export const f = () => process.env.NODE_ENV === "development" || connect(env.PAYMENT_KEY);`, errors: bypassed("PAYMENT_KEY") },
  { ...inRoute, name: "in a server of its own that loads the app", filename: "server.ts", code: `import express from "express";\nimport { defaultRegion } from "./lib/regions";\nexport const f = () => express().listen(process.env.PAYMENT_KEY, defaultRegion);`, output: `import express from "express";\nimport { defaultRegion } from "./lib/regions";\nimport { env } from "./lib/env";\nexport const f = () => express().listen(env.PAYMENT_KEY, defaultRegion);`, errors: bypassed("PAYMENT_KEY") },
  { ...inRoute, name: "in a variable that may take something else", code: `${head}export const f = () => { let url = process.env.DATABASE_URL; url = undefined; return url; };`, errors: suggested("bypassed", "DATABASE_URL", `${withEnv}export const f = () => { let url = env.DATABASE_URL; url = undefined; return url; };`) },
  { ...inRoute, name: "in an edge runtime, which need not have all the variables", code: `${head}export const runtime = "edge";\nexport const f = () => pay(process.env.PAYMENT_KEY);`, errors: suggested("bypassed", "PAYMENT_KEY", `${withEnv}export const runtime = "edge";\nexport const f = () => pay(env.PAYMENT_KEY);`) },
  { ...inRoute, name: "in the proxy, which is bundled by itself", filename: "proxy.ts", code: `import { NextResponse } from "next/server";\nexport const proxy = () => NextResponse.rewrite(process.env.PAYMENT_KEY);`, errors: suggested("bypassed", "PAYMENT_KEY", `import { NextResponse } from "next/server";\nimport { env } from "./lib/env";\nexport const proxy = () => NextResponse.rewrite(env.PAYMENT_KEY);`) },
  { ...inRoute, name: "below code that was commented out", code: `${head}export const f = () =>\n  // pay(process.env.PAYMENT_KEY, 3);\n  pay(process.env.PAYMENT_KEY);`, output: `${withEnv}export const f = () =>\n  // pay(process.env.PAYMENT_KEY, 3);\n  pay(env.PAYMENT_KEY);`, errors: bypassed("PAYMENT_KEY") },
  { ...inRoute, name: "by Node's module", code: `import { env as vars } from "node:process";\n${head}export const f = () => pay(vars.PAYMENT_KEY);`, errors: suggested("bypassed", "PAYMENT_KEY", `import { env as vars } from "node:process";\n${withEnv}export const f = () => pay(env.PAYMENT_KEY);`).map((error) => ({ ...error, data: data("PAYMENT_KEY", "vars.PAYMENT_KEY") })) },
  {
    ...inApi,
    name: "with the endings that the file's imports have",
    code: `import express from "express";\nimport { db } from "./db.js";\nexport const f = () => db.open(express, process.env.DATABASE_URL);`,
    output: `import express from "express";\nimport { db } from "./db.js";\nimport { env } from "../env.js";\nexport const f = () => db.open(express, env.DATABASE_URL);`,
    errors: [{ messageId: "bypassed", data: { ...data("DATABASE_URL"), module: "src/env.ts" } }],
  },
];

const changed: Invalid<MessageId, Options>[] = [
  { ...inRoute, name: "a default that the raw text does not have", code: `${head}export const f = () => open(process.env.STORAGE_REGION);`, errors: suggested("changed", "STORAGE_REGION", `${withEnv}export const f = () => open(env.STORAGE_REGION);`) },
  { ...inRoute, name: "a number", code: `${head}export const f = () => take(process.env.MAX_ORDERS);`, errors: suggested("changed", "MAX_ORDERS", `${withEnv}export const f = () => take(env.MAX_ORDERS);`) },
  { ...inRoute, name: "a number, with a default and without the conversion", code: `${head}export const f = () => take(process.env.MAX_ORDERS ?? "10");`, errors: suggested("changed", "MAX_ORDERS", `${withEnv}export const f = () => take(env.MAX_ORDERS ?? "10");`) },
  { ...inApi, name: "a number with a default, where the conversion is at hand and the default is not", code: `import express from "express";\nimport { db } from "./db.js";\nexport const f = () => db.take(express, Number(process.env.PAGE_SIZE));`, errors: [{ messageId: "changed", data: { ...data("PAGE_SIZE"), module: "src/env.ts" }, suggestions: [{ messageId: "readThroughModule", data: { code: "env.PAGE_SIZE" }, output: `import express from "express";\nimport { db } from "./db.js";\nimport { env } from "../env.js";\nexport const f = () => db.take(express, Number(env.PAGE_SIZE));` }] }] },
  { ...inRoute, name: "a text that is trimmed", code: `${head}export const f = (given) => given === process.env.WEBHOOK_TOKEN;`, errors: suggested("changed", "WEBHOOK_TOKEN", `${withEnv}export const f = (given) => given === env.WEBHOOK_TOKEN;`) },
];

const byFunction: Invalid<MessageId, Options>[] = [
  { ...beside, name: "which that schema does not have", code: `${server}export const f = () => send(process.env.MAIL_KEY);`, errors: [{ messageId: "unchecked", data: from("MAIL_KEY") }] },
  { ...beside, name: "held against the text that is its default", code: `${server}export const f = () => (process.env.SIGN_UP === "on" ? open() : null);`, errors: [{ messageId: "changed", data: from("SIGN_UP") }] },
  { ...beside, name: "held against one of the texts that the schema takes", code: `${server}export const f = () => (process.env.INVOICES === "on" ? bill() : null);`, errors: [{ messageId: "changed", data: from("INVOICES") }] },
];

const elsewhere: Invalid<MessageId, Options>[] = [
  { ...inRoute, name: "a variable that the schema does not have", code: `${head}export const f = () => send(process.env.CRON_TOKEN);`, errors: unchecked("CRON_TOKEN") },
  { ...inRoute, name: "a key to the platform's own API, which the platform gives nobody", code: `${head}export const f = () => send(process.env.FLY_API_TOKEN, process.env.RENDER_API_KEY);`, errors: [...unchecked("FLY_API_TOKEN"), ...unchecked("RENDER_API_KEY")] },
  { ...inRoute, name: "an address that begins as a platform's variables do", code: `${head}export const f = () => send(process.env.WEBSITE_URL);`, errors: unchecked("WEBSITE_URL") },
  { ...inRoute, name: "a field that nobody checks", code: `${head}export class Shipping { token = process.env.SHIPPING_TOKEN; send() { return send(this.token); } }`, errors: unchecked("SHIPPING_TOKEN") },
  { ...inRoute, name: "a secret that a request is compared with", code: `${head}export const f = (given) => given === process.env.CRON_TOKEN;`, errors: unchecked("CRON_TOKEN") },
  { ...inRoute, project: "with-parted-env", name: "where nothing tells under which name the module exports its values", code: `${head}export const f = () => connect(process.env.DATABASE_URL);`, errors: [{ messageId: "bypassed", data: { ...data("DATABASE_URL"), instead: "it from there" } }] },
  { ...without, name: "in a project that validates nothing, once for the file", code: `export const f = () => connect(process.env.DATABASE_URL, process.env.DATABASE_CA);`, errors: nowhere("`DATABASE_URL` and `DATABASE_CA`") },
  { ...without, name: "with the number of the others", code: `export const f = () => connect(process.env.A_URL, process.env.B_URL, process.env.C_URL, process.env.D_URL, process.env.E_URL);`, errors: nowhere("`A_URL`, `B_URL`, `C_URL` and 2 more") },
  { ...without, name: "in an edge function", filename: "supabase/functions/pay/index.ts", code: `Deno.serve(() => pay(Deno.env.get("PAYMENT_KEY")));`, errors: nowhere("`PAYMENT_KEY`") },
  { ...without, name: "in Vite's server", code: `import express from "express";\nexport const f = () => pay(express, import.meta.env.PAYMENT_KEY);`, errors: nowhere("`PAYMENT_KEY`") },
];

const cases: Cases<MessageId, Options> = { valid: [...roles, ...variables, ...uses, ...asked, ...onPurpose, ...ofTheOther, ...halfTyped], invalid: [...validated, ...changed, ...byFunction, ...stillRead, ...elsewhere] };

ruleTester.run("no-raw-process-env", rule, cases);

describe("what Next writes into the code", () => {
  const read = (name: string, start = `import { env } from "./lib/env";\nexport const register = () => console.info(env.NEXT_PUBLIC_SITE_URL);`): string[] =>
    lintProject(
      {
        "package.json": { dependencies: { next: "16.0.0", zod: "4.0.0" } },
        "tsconfig.json": { compilerOptions: { paths: { "@/*": ["./*"] } } },
        "lib/env.ts": `import { z } from "zod";\nconst schema = z.object({ NEXT_PUBLIC_SITE_URL: z.url(), NEXT_PUBLIC_PAGE_SIZE: z.coerce.number(), PAYMENT_KEY: z.string() });\nexport const env = schema.parse(process.env);`,
        "instrumentation.ts": start,
        "app/api/orders/route.ts": `import { env } from "@/lib/env";\nexport const GET = () => Response.json(env.PAYMENT_KEY, send(process.env.${name}));`,
      },
      "app/api/orders/route.ts",
      "no-raw-process-env",
    ).map((message) => message.split(":")[0] ?? "");

  it("is left alone where the env module is loaded at the start", () => expect(read("NEXT_PUBLIC_SITE_URL")).toEqual([]));
  it("is reported where it is not", () => expect(read("NEXT_PUBLIC_SITE_URL", "export const register = () => {};")).toEqual(["2"]));
  it("is reported where the module makes a number of it", () => expect(read("NEXT_PUBLIC_PAGE_SIZE")).toEqual(["2"]));
  it("is reported for what is not written into it", () => expect(read("PAYMENT_KEY")).toEqual(["2"]));
});
