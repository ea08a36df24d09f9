import { describe, expect, it } from "vitest";

import rule from "../../../src/rules/observability/prefer-structured-logger.js";
import { lintProject } from "../../support/lint-project.js";
import { type Cases, type Invalid, ruleTester, type Valid } from "../../support/rule-tester.js";

type Options = [{ callsWithoutLogger: number; methods: ("log" | "info" | "debug" | "trace" | "dir" | "table" | "warn" | "error")[] }];
type MessageId = "plain" | "lossy" | "plainFile" | "plainFileUnused" | "plainFileOwn" | "plainFileMuted" | "plainFileFlushed" | "useLogger";

const everything: Options = [{ methods: ["log", "info", "debug", "trace", "dir", "table", "warn", "error"], callsWithoutLogger: 1 }];

/** One call is enough to tell what the rule makes of it. */
const fromTheFirst: Options = [{ methods: ["log", "info", "debug", "trace", "dir", "table"], callsWithoutLogger: 1 }];

/** A file of an Express API without any logger. */
const inApi = { filename: "src/server/orders.ts", project: "plain" } as const;
/** A route of a Next app that logs through `logger` of `lib/logger.ts`, made by pino. */
const inRoute = { filename: "app/api/orders/route.ts", project: "with-pino" } as const;
const pinoLogger = "`logger` from `@/lib/logger`";

/** A route of an app whose error tracker takes what the console writes as a warning or an error. */
const collected = { filename: "app/api/orders/route.ts", project: "with-collected-console" } as const;

const plainFile = (count = 1, call = "console.log"): Invalid<MessageId, Options>["errors"][number] => ({ messageId: "plainFile", data: { call, count: String(count) } });
const plain = (logger: string, call = "console.log"): Invalid<MessageId, Options>["errors"][number] => ({ messageId: "plain", data: { call, logger } });


const roles: Valid<Options>[] = [
  { name: "code of a browser", filename: "components/cart.tsx", code: `"use client";\nexport const buy = () => console.log("bought");` },
  { name: "a file that may run anywhere", filename: "src/lib/format.ts", code: `export const format = (x) => { console.log(x); return x; };` },
  { name: "a script", filename: "scripts/backfill.ts", code: `export const run = () => console.log("done");` },
  { name: "a test", filename: "src/server/orders.test.ts", code: `export const f = () => console.log("debugging");` },
  { name: "a seed", filename: "prisma/seed.ts", code: `export const seed = () => console.log("seeded");` },
  { name: "a migration", filename: "src/server/migrations/0001_init.ts", code: `export const up = () => console.log("up");` },
  { name: "a config file", filename: "next.config.mjs", code: `export const hook = () => console.log("built");` },
];

const consoles: Valid<Options>[] = [
  { ...inApi, name: "somebody else's console", code: `import { console } from "./terminal";\nexport const f = () => console.log("hi");` },
  { ...inApi, name: "a parameter named console", code: `export const f = (console) => console.log("hi");` },
  { ...inApi, name: "what is no line of a log", code: `export const f = () => { console.time("load"); console.clear(); console.group("x"); };` },
  { ...inApi, name: "warnings and errors, by default", code: `export const f = (error) => { console.warn("slow"); console.error("failed", error); };` },
  { ...inApi, name: "only the methods of the options", code: `export const f = () => console.log("hi");`, options: [{ methods: ["debug"], callsWithoutLogger: 1 }] },
  { ...inApi, name: "console without a call", code: `export const run = (log = console.log) => promise.then(console.log).then(log);` },
];

const meant: Valid<Options>[] = [
  { ...inApi, name: "in development only", code: `export const f = (m) => { if (process.env.NODE_ENV === "development") console.log(m); };` },
  { ...inApi, name: "after the way out of production", code: `export const f = (m) => { if (process.env.NODE_ENV === "production") return; console.log(m); };` },
  { ...inApi, name: "behind a switch for tracing", code: `export class Calculator { static ENABLE_LOGGING = false; sum(x) { if (Calculator.ENABLE_LOGGING) { console.log(x); } } }` },
  { ...inApi, name: "behind a variable of the environment for debugging", code: `export const f = (m) => { process.env.PRISMA_DEBUG && console.log(m); };` },
  { ...inApi, name: "a banner in the callback of listen", code: `import express from "express";\nexport const app = express();\napp.listen(3000, () => { console.log("Listening on 3000"); });` },
  { ...inApi, name: "a banner after listen", code: `export async function bootstrap(app) { await app.listen(3000); console.log("Ready"); }` },
  { ...inApi, name: "what the start of a process says", code: `export class License { static async initialize() { const license = await read(); console.log("[License] valid until", license.end); } }` },
  { ...inApi, name: "a banner of the listening event", code: `export const watch = (server) => server.once("listening", () => console.log("Ready"));` },
  { ...inApi, name: "a banner of Hono on Node", code: `import { serve } from "@hono/node-server";\nexport const run = (fetch) => serve({ fetch }, (info) => console.log(info.port));` },
  { ...inApi, name: "a welcome while a module is loaded", code: `import express from "express";\nconsole.log("Welcome to the shop");\nexport const app = express();` },
  { ...inApi, name: "what a module says while it is loaded", code: `import express from "express";\nconsole.log("Starting");\nexport const app = express();` },
  { ...inApi, name: "what the making of a client says, in a function that only the module runs", code: `import { once } from "./once";\nexport const db = once("db", getClient);\nfunction getClient() { const { host } = address(); console.log("Connecting to", host); return connect(host); }\nexport const f = (id) => db.find(id);` },
  { ...inApi, name: "what a factory's helper says", code: `import { singleton } from "./singleton";\nexport const db = singleton("db", () => build({ url }));\nfunction build({ url }) { console.log("Connecting to", url); return connect(url); }` },
  { ...inApi, name: "how the process is doing, whoever asks", code: `export function connect(url) { const client = open(url); console.log("🔌 database client connected"); return client; }` },
  { ...inApi, name: "what its helper says", code: `const metrics = setUp();\nfunction setUp() { describe(); return connect(); }\nfunction describe() { console.log("Metrics are on"); }\nexport const f = () => metrics.flush();` },
  { ...inApi, name: "a text of several lines, for somebody at a terminal", code: "export function f(token) { console.log(`\n  Your token is\n    ${token}\n  and is shown once.\n`); }" },
  { ...inApi, name: "a sink of numbers whose outlet is the console", code: `export class ConsoleExporter implements PushMetricExporter { export(metrics) { for (const metric of metrics) console.log(metric.name, metric.value); } }` },
  { filename: "app/routes/orders.tsx", project: "plain", name: "an event of an element, in a route that has both sides", code: `import { json } from "@remix-run/node";\nimport { useState } from "react";\nexport const loader = () => json({});\nexport default function Orders() { const [open, setOpen] = useState(false); return <button onClick={() => { console.log("open"); setOpen(!open); }} />; }` },
  { ...inApi, name: "last words at a signal", code: `export const f = (server) => process.on("SIGTERM", async () => { console.log("Closing"); await server.close(); });` },
  { ...inApi, name: "last words in a function that a signal calls", code: `async function shutdown(signal) { console.log("Closing", signal); }\nexport const f = () => { process.on("SIGINT", () => void shutdown("SIGINT")); };` },
  { ...inApi, name: "last words in a const that a signal calls", code: `const shutdown = () => { console.log("Closing"); };\nexport const f = () => process.once("SIGTERM", shutdown);` },
  { ...inApi, name: "a line of JSON for a collector", code: `export const f = (order) => console.log(JSON.stringify({ level: "info", message: "paid", order }));` },
  { ...inApi, name: "a record that was put together before", code: `export const f = (id) => { const record = { level: "info", id }; console.log(JSON.stringify(record)); };` },
  { ...inApi, name: "a record that comes from elsewhere", code: `export const f = (record) => console.log(JSON.stringify(record));` },
  { ...inApi, name: "an object with level and message", code: `export const f = (order) => console.log({ level: "info", message: "paid", order });` },
  { ...inApi, name: "the project's own way of logging", code: `export const logStep = (step, details) => { console.log("[checkout]", step, details); };` },
  { ...inApi, name: "the methods of a class that logs", code: `export class AuditLogger { record(entry) { console.log(entry); } }` },
  { ...inApi, name: "a tap that traces values", code: `export const namedTrace = (name) => (value) => { console.log(name, value); return value; };` },
  { ...inApi, name: "code that a driven browser runs in its page", code: `export const read = (page) => page.evaluate((selector) => { console.log("looking for", selector); }, "h1");` },
  { ...inApi, name: "code that can only run in a page", code: `export const script = () => { const list = document.querySelectorAll("li"); list.forEach((item) => console.log(item)); };` },
  { ...inApi, name: "a disable comment for no-console on the line before", code: `export const f = () => {\n  // oxlint-disable-next-line no-console\n  console.log("hi");\n};` },
  { ...inApi, name: "a disable comment for no-console on the line", code: `export const f = () => {\n  console.log("hi"); // oxlint-disable-line no-console\n};` },
  { ...inApi, name: "a disable comment for no-console in the file", code: `/* oxlint-disable no-console -- stdout is what the platform collects */\nexport const f = () => { console.log("hi"); };` },
  { ...inApi, name: "a comment for Biome", code: `export const f = () => {\n  // biome-ignore lint/suspicious/noConsole: stdout is wanted\n  console.log("hi");\n};` },
  { ...inApi, name: "a comment that says why it is the console", code: `export const f = (error) => {\n  // Raw console, in case the logger itself is what failed.\n  console.log(error);\n};` },
];

const ofLogger: Valid<Options>[] = [
  { name: "the module of the logger", filename: "lib/logger.ts", project: "with-pino", code: `import pino from "pino";\nimport { cookies } from "next/headers";\nexport const logger = pino();\nexport const f = () => console.log("x");` },
  { name: "what the logger is built on cannot use it", filename: "lib/env.ts", project: "with-pino", code: `import { cookies } from "next/headers";\nexport const level = "info";\nexport const check = () => console.log("LOG_LEVEL is missing");` },
];

const collectedLevels: Valid<Options>[] = [
  { ...collected, name: "levels that the error tracker takes from the console", code: `export async function POST(request) {\n  try { await pay(request); } catch (error) { console.error("payment failed", error); }\n  console.warn("slow");\n}`, options: everything },
];

const lastResort: Valid<Options>[] = [
  {
    name: "the console where the logger itself has failed",
    filename: "src/payments/payments.service.ts",
    project: "nest",
    options: everything,
    code: `import { Injectable, Logger } from "@nestjs/common";\n@Injectable()\nexport class PaymentsService {\n  private readonly logger = new Logger(PaymentsService.name);\n  refuse(id: string, reason: object) {\n    try {\n      this.logger.error(\`Payment \${id} refused: \${JSON.stringify(reason)}\`);\n    } catch (loggerError) {\n      console.error("the logger failed", { id, loggerError });\n    }\n  }\n}`,
  },
];

const halfTyped: Valid<Options>[] = ["console.", "console.log", "console[", "console?.[`log`]", "console[x]()", "export const f = () => console"].map((code) => ({
  ...inApi,
  name: `half-typed: ${code}`,
  code: code.endsWith(".") || code.endsWith("[") ? `export const f = () => { ${code}${code.endsWith("[") ? "0]" : "x"} }` : code,
}));

const withoutLogger: Invalid<MessageId, Options>[] = [
  {
    ...inApi,
    name: "one report for the whole file, where the project has no logger",
    code: `export async function create(order) {\n  console.log("creating", order.id);\n  console.info("created");\n  console.debug(order);\n}`,
    errors: [{ messageId: "plainFile", data: { call: "console.log", count: "3" }, line: 2, column: 3, endLine: 2, endColumn: 14 }],
  },
  { ...inApi, name: "under globalThis as well", code: `export const f = () => globalThis.console.log("hi");`, errors: [plainFile()] },
  { ...inApi, name: "through an optional chain", code: `export const f = () => console?.log?.("hi");`, errors: [plainFile()] },
  { ...inApi, name: "with nothing to say", code: `export const f = () => console.log();`, errors: [plainFile()] },
  { ...inApi, name: "in the branch for production", code: `export const f = (m) => { if (process.env.NODE_ENV === "production") console.log(m); };`, errors: [plainFile()] },
  { ...inApi, name: "next to a call in development", code: `export const f = (m) => { if (process.env.NODE_ENV === "development") console.log(m); console.log(m); };`, errors: [plainFile()] },
  { ...inApi, name: "in a handler of a server that listens", code: `import express from "express";\nconst app = express();\napp.get("/", (req, res) => { console.log(req.path); res.end(); });\napp.listen(3000);`, errors: [plainFile()] },
  { ...inApi, name: "JSON for a person to read", code: `export const f = (order) => console.log(JSON.stringify(order, null, 2));`, errors: [plainFile()] },
  { ...inApi, name: "an object to look at", code: `export const f = (order) => console.log({ order });`, errors: [plainFile()] },
  { ...inApi, name: "in a function that is named for what it does", code: `export const login = (user) => { console.log("welcome", user); };`, errors: [plainFile()] },
  { ...inApi, name: "beside a page that a server drives", code: `export const read = async (page) => { console.log("reading"); return page.evaluate(() => document.title); };`, errors: [plainFile()] },
  { ...inApi, name: "under a disable comment for something else", code: `export const f = () => {\n  // oxlint-disable-next-line no-alert\n  console.log("hi");\n};`, errors: [plainFile()] },
  { ...inApi, name: "two lines below a disable comment", code: `export const f = (x) => {\n  // oxlint-disable-next-line no-console\n  x();\n  console.log("hi");\n};`, errors: [plainFile()] },
  { ...inApi, name: "under code that was commented out", code: `export const f = () => {\n  // console.log("before")\n  console.log("hi");\n};`, errors: [plainFile()] },
  { ...inApi, name: "warnings and errors, where the options have them", code: `export const f = (error) => { console.error("failed", error); };`, options: everything, errors: [plainFile(1, "console.error")] },
  { name: "an edge function", filename: "supabase/functions/pay/index.ts", project: "plain", code: `Deno.serve(async (req) => { console.log("paying", req.url); return new Response("ok"); });`, errors: [plainFile()] },
  {
    name: "a logger for Node does not run in an edge function",
    filename: "app/api/pay/route.ts",
    project: "with-pino",
    code: `export const runtime = "edge";\nexport const POST = () => { console.log("paying"); };`,
    errors: [plainFile()],
  },
  {
    name: "JavaScript that is run as it is cannot import the project's TypeScript",
    filename: "server/routes/index.js",
    project: "with-pino",
    code: `const express = require("express");\nmodule.exports = (app) => app.get("/", () => { console.log("hi"); });`,
    errors: [plainFile()],
  },
];

const withLibrary: Invalid<MessageId, Options>[] = [
  {
    name: "each call, where the project uses a logger of its dependencies",
    filename: "src/server/orders.ts",
    project: "with-winston-in-main",
    code: `export const f = (x) => { console.log("one"); console.table(x); };`,
    errors: [
      { ...plain("`winston`"), line: 1, column: 27, endColumn: 38 },
      { ...plain("`winston`", "console.table"), line: 1, column: 47 },
    ],
  },
  {
    name: "one report, where a library is installed and nothing uses it",
    filename: "src/server/orders.ts",
    project: "express",
    code: `export const f = (x) => { console.log("one"); console.table(x); };`,
    errors: [{ messageId: "plainFileUnused", data: { call: "console.log", count: "2", library: "`pino`" } }],
  },
  {
    ...collected,
    name: "a level that the error tracker does not take from the console",
    code: `export async function POST(request) {\n  console.log("saving", request.url);\n  console.error("untold");\n}`,
    options: everything,
    errors: [plainFile(1)],
  },
  {
    name: "a service of Nest gets a logger of its own by suggestion",
    filename: "src/orders/orders.service.ts",
    project: "nest",
    code: `import { Injectable } from "@nestjs/common";\n\n@Injectable()\nexport class OrdersService {\n  constructor(private readonly repository: Repository) {}\n\n  create() {\n    console.log("Creating an order");\n  }\n}`,
    errors: [
      {
        ...plain("Nest's `Logger`"),
        suggestions: [
          {
            messageId: "useLogger",
            data: { code: `this.logger.log("Creating an order")` },
            output: `import { Injectable, Logger } from "@nestjs/common";\n\n@Injectable()\nexport class OrdersService {\n  private readonly logger = new Logger(OrdersService.name);\n\n  constructor(private readonly repository: Repository) {}\n\n  create() {\n    this.logger.log("Creating an order");\n  }\n}`,
          },
        ],
      },
    ],
  },
  {
    name: "a helper in a Nest app",
    filename: "src/mailer/helper.ts",
    project: "nest",
    code: `import { ConfigService } from "@nestjs/config";\nexport const transport = () => { console.log("Simple mailer"); };`,
    errors: [
      {
        ...plain("Nest's `Logger`"),
        suggestions: [
          {
            messageId: "useLogger",
            data: { code: `Logger.log("Simple mailer")` },
            output: `import { ConfigService } from "@nestjs/config";\nimport { Logger } from "@nestjs/common";\nexport const transport = () => { Logger.log("Simple mailer"); };`,
          },
        ],
      },
    ],
  },
];

const brought: Invalid<MessageId, Options>[] = [
  {
    ...inRoute,
    name: "imports the project's logger by the alias that the file uses",
    code: `import { db } from "@/lib/db";\n\nexport async function POST() {\n  console.log("order created");\n}`,
    output: `import { db } from "@/lib/db";\nimport { logger } from "@/lib/logger";\n\nexport async function POST() {\n  logger.info("order created");\n}`,
    errors: [{ ...plain(pinoLogger), line: 4, column: 3, endColumn: 14 }],
  },
  {
    ...inRoute,
    name: "relatively, where the file imports like that",
    code: `import { db } from '../../../lib/db';\n\nexport async function POST() {\n  console.log('order created');\n}`,
    output: `import { db } from '../../../lib/db';\nimport { logger } from '../../../lib/logger';\n\nexport async function POST() {\n  logger.info('order created');\n}`,
    errors: [plain("`logger` from `../../../lib/logger`")],
  },
  {
    ...inRoute,
    name: "in a task that another service runs, through what that reads, whatever logger the project has",
    filename: "trigger/invoices.ts",
    code: `import { task } from "@trigger.dev/sdk";\n\nexport const invoices = task({\n  id: "invoices",\n  run: async () => {\n    console.log("invoices sent");\n  },\n});`,
    output: `import { task, logger } from "@trigger.dev/sdk";\n\nexport const invoices = task({\n  id: "invoices",\n  run: async () => {\n    logger.info("invoices sent");\n  },\n});`,
    errors: [plain("`logger` from `@trigger.dev/sdk`")],
  },
  {
    ...inRoute,
    name: "through the project's own in a route that only starts such a task",
    code: `import { tasks } from "@trigger.dev/sdk";\n\nexport async function POST() {\n  console.log("invoices started");\n  await tasks.trigger("invoices", {});\n}`,
    output: `import { tasks } from "@trigger.dev/sdk";\nimport { logger } from "@/lib/logger";\n\nexport async function POST() {\n  logger.info("invoices started");\n  await tasks.trigger("invoices", {});\n}`,
    errors: [plain(pinoLogger)],
  },
  {
    ...inRoute,
    name: "under the directive of a server action",
    filename: "app/orders/actions.ts",
    code: `"use server";\n\nexport async function create() {\n  console.log("order created");\n}`,
    output: `"use server";\nimport { logger } from "@/lib/logger";\n\nexport async function create() {\n  logger.info("order created");\n}`,
    errors: [plain(pinoLogger)],
  },
  {
    ...inRoute,
    name: "one run brings the import and mends all calls, however many",
    code: `export async function POST() {\n${Array.from({ length: 30 }, (_, index) => `  console.log("step ${index}");`).join("\n")}\n}`,
    output: [
      `import { logger } from "@/lib/logger";\nexport async function POST() {\n  logger.info("step 0");\n${Array.from({ length: 29 }, (_, index) => `  console.log("step ${index + 1}");`).join("\n")}\n}`,
      `import { logger } from "@/lib/logger";\nexport async function POST() {\n${Array.from({ length: 30 }, (_, index) => `  logger.info("step ${index}");`).join("\n")}\n}`,
    ],
    errors: Array.from({ length: 30 }, () => plain(pinoLogger)),
  },
  {
    ...inRoute,
    name: "not where its name is taken",
    code: `export async function POST(logger) {\n  console.log("order created");\n}`,
    errors: [plain(pinoLogger)],
  },
  {
    name: "a default export, with the endings that the file writes",
    filename: "src/routes/orders.ts",
    project: "with-winston",
    code: `import { Router } from "express";\nimport { db } from "../db.js";\n\nexport const list = () => {\n  console.log("listing");\n};`,
    output: `import { Router } from "express";\nimport { db } from "../db.js";\nimport logger from "../logger.js";\n\nexport const list = () => {\n  logger.info("listing");\n};`,
    errors: [plain("the logger from `../logger.js`")],
  },
  {
    name: "nothing in the file says which endings are written, and Node would want one: the logger goes by its path",
    filename: "src/routes/orders.ts",
    project: "with-winston",
    code: `import { Router } from "express";\nexport const list = () => {\n  console.log("listing");\n};`,
    errors: [plain("the logger from `src/logger.ts`")],
  },
  {
    name: "from the package of the workspace that wraps it",
    filename: "apps/api/src/orders.ts",
    project: "with-workspace",
    code: `import { Router } from "express";\n\nexport const list = (order) => {\n  console.log("listing", order);\n};`,
    output: `import { Router } from "express";\nimport { logger } from "@shop/logger";\n\nexport const list = (order) => {\n  logger.info({ order }, "listing");\n};`,
    errors: [plain("`logger` from `@shop/logger`")],
  },
  {
    name: "within the edge functions, their own",
    filename: "supabase/functions/pay/index.ts",
    project: "with-functions",
    code: `import { cors } from "../_shared/cors.ts";\n\nDeno.serve(async (req) => {\n  console.log("paying", { url: req.url });\n  return new Response("ok", { headers: cors });\n});`,
    output: `import { cors } from "../_shared/cors.ts";\nimport { logger } from "../_shared/logger.ts";\n\nDeno.serve(async (req) => {\n  logger.info("paying", { url: req.url });\n  return new Response("ok", { headers: cors });\n});`,
    errors: [plain("`logger` from `../_shared/logger.ts`")],
  },
  {
    name: "the one that the settings name, called as they say",
    filename: "src/server/orders.ts",
    project: "with-settings",
    settings: { hardening: { logger: { module: "@acme/telemetry", name: "log", style: "pino" } } },
    code: `import { Router } from "express";\nexport const list = (order) => {\n  console.log("listing", order);\n};`,
    output: `import { Router } from "express";\nimport { log } from "@acme/telemetry";\nexport const list = (order) => {\n  log.info({ order }, "listing");\n};`,
    errors: [plain("`log` from `@acme/telemetry`")],
  },
  {
    name: "the one that the settings name by its path",
    filename: "src/server/orders.ts",
    project: "with-settings",
    settings: { hardening: { logger: { module: "./platform/telemetry", name: "log", style: "pino" } } },
    code: `import { db } from "./db";\nexport const list = (order) => {\n  console.log("listing", order);\n};`,
    output: `import { db } from "./db";\nimport { log } from "../../platform/telemetry";\nexport const list = (order) => {\n  log.info({ order }, "listing");\n};`,
    errors: [plain("`log` from `../../platform/telemetry`")],
  },
  {
    name: "settings that say nothing about its way leave the writing to a person",
    filename: "src/server/orders.ts",
    project: "with-settings",
    settings: { hardening: { logger: { module: "@acme/telemetry" } } },
    code: `export const list = (order) => {\n  console.log("listing", order);\n};`,
    errors: [plain("`logger` from `@acme/telemetry`")],
  },
  {
    name: "what waits for a flush comes as a suggestion",
    filename: "app/api/orders/route.ts",
    project: "with-axiom",
    code: `import { db } from "../../../lib/db";\nexport async function POST(order) {\n  console.log("order created", order);\n}`,
    errors: [
      {
        messageId: "plainFileFlushed",
        data: { call: "console.log", count: "1", logger: "`logger` from `../../../lib/logger`" },
        suggestions: [
          {
            messageId: "useLogger",
            data: { code: `logger.info("order created", { order })` },
            output: `import { db } from "../../../lib/db";\nimport { logger } from "../../../lib/logger";\nexport async function POST(order) {\n  logger.info("order created", { order });\n}`,
          },
        ],
      },
    ],
  },
];

const inScope: Invalid<MessageId, Options>[] = [
  {
    name: "the field of a Nest service",
    filename: "src/orders/orders.service.ts",
    project: "nest",
    options: everything,
    code: `import { Injectable, Logger } from "@nestjs/common";\n@Injectable()\nexport class OrdersService {\n  private readonly logger = new Logger(OrdersService.name);\n  async create(order: Order) {\n    console.log(\`Creating \${order.id}\`);\n    console.debug("about to save");\n    try { await this.save(order); } catch (error) { console.error("Saving failed:", error); }\n  }\n}`,
    output: `import { Injectable, Logger } from "@nestjs/common";\n@Injectable()\nexport class OrdersService {\n  private readonly logger = new Logger(OrdersService.name);\n  async create(order: Order) {\n    this.logger.log(\`Creating \${order.id}\`);\n    this.logger.debug("about to save");\n    try { await this.save(order); } catch (error) { this.logger.error("Saving failed", error instanceof Error ? error.stack : String(error)); }\n  }\n}`,
    errors: [plain("`this.logger`"), plain("`this.logger`", "console.debug"), plain("`this.logger`", "console.error")],
  },
  {
    name: "Nest's logger has no place for fields",
    filename: "src/orders/orders.service.ts",
    project: "nest",
    code: `import { Logger } from "@nestjs/common";\nexport class OrdersService {\n  constructor(private readonly logger: Logger) {}\n  create(order: Order) {\n    console.log("Creating", order);\n  }\n}`,
    errors: [plain("`this.logger`")],
  },
  {
    name: "a function has no field of the class around it",
    filename: "src/orders/orders.service.ts",
    project: "nest",
    code: `import { Logger } from "@nestjs/common";\nexport class OrdersService {\n  private readonly logger = new Logger(OrdersService.name);\n  create() {\n    return function () { console.log(arguments); };\n  }\n}`,
    errors: [plain("Nest's `Logger`")],
  },
  {
    name: "nestjs-pino takes fields",
    filename: "src/orders/orders.service.ts",
    project: "nest",
    code: `import { PinoLogger } from "nestjs-pino";\nexport class OrdersService {\n  constructor(private readonly logger: PinoLogger) {}\n  create(order: Order) {\n    console.log("Creating", order);\n  }\n}`,
    output: `import { PinoLogger } from "nestjs-pino";\nexport class OrdersService {\n  constructor(private readonly logger: PinoLogger) {}\n  create(order: Order) {\n    this.logger.info({ order }, "Creating");\n  }\n}`,
    errors: [plain("`this.logger`")],
  },
  {
    name: "a child of pino in the file",
    filename: "src/server/orders.ts",
    project: "plain",
    code: `import pino from "pino";\nconst log = pino().child({ module: "orders" });\nexport const create = (order) => {\n  log.debug("creating");\n  console.log("created", order.id);\n};`,
    output: `import pino from "pino";\nconst log = pino().child({ module: "orders" });\nexport const create = (order) => {\n  log.debug("creating");\n  log.info({ orderId: order.id }, "created");\n};`,
    errors: [plain("`log`")],
  },
  {
    name: "the request's logger before the module's",
    filename: "src/server/app.ts",
    project: "plain",
    code: `import Fastify from "fastify";\nconst app = Fastify({ logger: true });\napp.log.info("starting");\napp.get("/", async (request) => {\n  request.log.debug("in");\n  console.log("hello", request.ip);\n});`,
    output: `import Fastify from "fastify";\nconst app = Fastify({ logger: true });\napp.log.info("starting");\napp.get("/", async (request) => {\n  request.log.debug("in");\n  request.log.info({ ip: request.ip }, "hello");\n});`,
    errors: [plain("`request.log`")],
  },
  {
    name: "not one of another function",
    filename: "src/server/orders.ts",
    project: "plain",
    code: `import pino from "pino";\nexport const f = () => { const log = pino(); log.info("x"); };\nexport const g = () => { console.log("y"); };`,
    errors: [plainFile()],
  },
  {
    name: "bunyan: fields first, the error in their place",
    filename: "src/server/orders.ts",
    project: "plain",
    options: everything,
    code: `import bunyan from "bunyan";\nconst log = bunyan.createLogger({ name: "shop" });\nexport const f = async (order) => {\n  log.info("x");\n  console.log("saving", order);\n  await save().catch((error) => { console.error("failed", error); });\n};`,
    output: `import bunyan from "bunyan";\nconst log = bunyan.createLogger({ name: "shop" });\nexport const f = async (order) => {\n  log.info("x");\n  log.info({ order }, "saving");\n  await save().catch((error) => { log.error(error, "failed"); });\n};`,
    errors: [plain("`log`"), plain("`log`", "console.error")],
  },
  {
    name: "winston: fields last, the error in their place",
    filename: "src/server/orders.ts",
    project: "plain",
    options: everything,
    code: `import winston from "winston";\nconst logger = winston.createLogger({ format: winston.format.json() });\nexport const f = async (order) => {\n  logger.info("x");\n  console.log("saving", order);\n  try { await save(); } catch (error) { console.error("failed", error); console.warn("again", order, error); }\n};`,
    output: `import winston from "winston";\nconst logger = winston.createLogger({ format: winston.format.json() });\nexport const f = async (order) => {\n  logger.info("x");\n  logger.info("saving", { order });\n  try { await save(); } catch (error) { logger.error("failed", error); console.warn("again", order, error); }\n};`,
    errors: [plain("`logger`"), plain("`logger`", "console.error"), plain("`logger`", "console.warn")],
    remains: true,
  },
  {
    name: "winston with a format that prints the message alone keeps the console's fields with a person",
    filename: "src/server/orders.ts",
    project: "plain",
    code: `import { createLogger, format } from "winston";\nconst logger = createLogger({ format: format.printf((info) => \`\${info.level} \${info.message}\`) });\nexport const f = (order) => {\n  logger.info("x");\n  console.log("saving", order);\n  console.log("saved");\n};`,
    output: `import { createLogger, format } from "winston";\nconst logger = createLogger({ format: format.printf((info) => \`\${info.level} \${info.message}\`) });\nexport const f = (order) => {\n  logger.info("x");\n  console.log("saving", order);\n  logger.info("saved");\n};`,
    errors: [plain("`logger`"), plain("`logger`")],
    remains: true,
  },
  {
    name: "consola takes what console took",
    filename: "src/server/orders.ts",
    project: "plain",
    code: `import { consola } from "consola";\nconst log = consola.withTag("orders");\nexport const f = (order) => {\n  log.info("x");\n  console.log("saving", order, order.items[0]);\n};`,
    output: `import { consola } from "consola";\nconst log = consola.withTag("orders");\nexport const f = (order) => {\n  log.info("x");\n  log.info("saving", order, order.items[0]);\n};`,
    errors: [plain("`log`")],
  },
  {
    name: "LogTape: braces are fields",
    filename: "orders.ts",
    project: "with-logtape",
    code: `import { Hono } from "hono";\nimport { getLogger } from "@logtape/logtape";\nconst logger = getLogger(["orders"]);\nexport const f = (order, total) => {\n  logger.info("x");\n  console.log(\`Order \${order.id} of {\${total}}\`);\n  console.log("saving", order);\n  console.log("a literal { brace");\n  console.log(\`took \${Date.now() - total}\`);\n};`,
    output: `import { Hono } from "hono";\nimport { getLogger } from "@logtape/logtape";\nconst logger = getLogger(["orders"]);\nexport const f = (order, total) => {\n  logger.info("x");\n  logger.info("Order {orderId} of {{{total}}}", { orderId: order.id, total });\n  logger.info("saving", { order });\n  logger.info("a literal {{ brace");\n  console.log(\`took \${Date.now() - total}\`);\n};`,
    errors: [plain("`logger`"), plain("`logger`"), plain("`logger`"), plain("`logger`")],
    remains: true,
  },
  {
    name: "LogTape: an error is one of the fields",
    filename: "orders.ts",
    project: "with-logtape",
    options: everything,
    code: `import { Hono } from "hono";\nimport { logger } from "./logger";\nexport const f = () => save().catch((error) => { console.error("Failed:", error); });`,
    output: `import { Hono } from "hono";\nimport { logger } from "./logger";\nexport const f = () => save().catch((error) => { logger.error("Failed", { error }); });`,
    errors: [plain("`logger` from `./logger`", "console.error")],
  },
  {
    name: "the project's own logger, by the parameters of its methods",
    filename: "app/api/orders/route.ts",
    project: "with-own-logger",
    options: everything,
    code: `import { db } from "../../../lib/db";\nimport { logger } from "../../../lib/logger";\nexport const POST = async (order) => {\n  console.log("saving", order);\n  console.debug("saving");\n  try { await db.save(); } catch (error) { console.error("failed:", error); }\n};`,
    output: `import { db } from "../../../lib/db";\nimport { logger } from "../../../lib/logger";\nexport const POST = async (order) => {\n  logger.info("saving", { order });\n  console.debug("saving");\n  try { await db.save(); } catch (error) { logger.error("failed", error); }\n};`,
    errors: [plain("`logger` from `../../../lib/logger`"), plain("`logger` from `../../../lib/logger`", "console.debug"), plain("`logger` from `../../../lib/logger`", "console.error")],
    remains: true,
  },
  {
    name: "the project's own logger makes nothing of an error: it has to learn that first",
    filename: "app/api/orders/route.ts",
    project: "with-lossy-logger",
    options: everything,
    code: `import { db } from "../../../lib/db";\nimport { logger } from "../../../lib/logger";\nexport const POST = async (order) => {\n  console.log("saving", order);\n  try { await db.save(); } catch (error) { console.error("failed:", error); }\n  await db.tell().catch((failure) => console.error("untold", { order, failure }));\n};`,
    output: `import { db } from "../../../lib/db";\nimport { logger } from "../../../lib/logger";\nexport const POST = async (order) => {\n  logger.info("saving", { order });\n  try { await db.save(); } catch (error) { console.error("failed:", error); }\n  await db.tell().catch((failure) => console.error("untold", { order, failure }));\n};`,
    errors: [
      plain("`logger` from `../../../lib/logger`"),
      { messageId: "lossy", line: 5, data: { call: "console.error", logger: "`logger` from `../../../lib/logger`" }, suggestions: null },
      { messageId: "lossy", line: 6, data: { call: "console.error", logger: "`logger` from `../../../lib/logger`" }, suggestions: null },
    ],
    remains: true,
  },
  {
    name: "the project's own logger says nothing in production, and is none to suggest",
    filename: "app/api/orders/route.ts",
    project: "with-muted-logger",
    code: `import { db } from "../../../lib/db";\nexport const POST = async (order) => {\n  console.log("saving", order);\n  await db.save(order);\n  console.log("saved");\n  console.log("done");\n};`,
    errors: [{ messageId: "plainFile", line: 3, data: { call: "console.log", count: "3" } }],
  },
  {
    name: "the project's own logger is the console with a text in front, and is none to suggest",
    filename: "app/api/orders/route.ts",
    project: "with-console-logger",
    code: `import { db } from "../../../lib/db";\nimport { logger } from "../../../lib/logger";\nexport const POST = async (order) => {\n  console.log("saving", order);\n  await db.save(order);\n  console.log("saved");\n  console.log("done");\n  logger.info("done");\n};`,
    errors: [{ messageId: "plainFile", line: 4, data: { call: "console.log", count: "3" } }],
  },
  {
    name: "the project's structured logger has a function that gives one, and stands beside two that write plain text",
    filename: "routes/orders.js",
    project: "with-structured-logger",
    code: `import { Router } from "express";\nexport const router = Router().post("/", (request, response) => {\n  console.log("saving", request.body);\n  response.end();\n});`,
    errors: [plain("a logger from `../lib/structured-logger.js`")],
  },
  {
    name: "the same in CommonJS",
    filename: "routes/orders.js",
    project: "with-required-logger",
    code: `const { Router } = require("express");\nmodule.exports = Router().post("/", (request, response) => {\n  console.log("saving", request.body);\n  response.end();\n});`,
    errors: [plain("a logger from `../lib/structured_logger`")],
  },
  ...(["console", "muted"] as const).map((kind) => ({
    name: `the logger that the project's files log through adds nothing to the console (${kind})`,
    filename: "app/api/orders/route.ts",
    project: `with-settled-${kind}-logger`,
    code: `import { db } from "../../../lib/db";\nexport const POST = async (order) => {\n  console.log("saving", order);\n  await db.save(order);\n  console.log("saved");\n  console.log("done");\n};`,
    errors: [{ messageId: kind === "muted" ? ("plainFileMuted" as const) : ("plainFileOwn" as const), line: 3, data: { call: "console.log", count: "3", logger: "`logger` from `../../../lib/logger`" } }],
  })),
  {
    name: "what the project's function for loggers gives is the console with a text in front",
    filename: "routes/orders.js",
    project: "with-console-factory",
    options: [{ methods: ["log"], callsWithoutLogger: 1 }],
    code: `import { Router } from "express";\nexport const router = Router().post("/", (request, response) => {\n  console.log("saving", request.body);\n  response.end();\n});`,
    errors: [{ messageId: "plainFile", line: 3, data: { call: "console.log", count: "1" } }],
  },
  {
    name: "a logger whose parameters say something else is left to a person",
    filename: "src/server/orders.ts",
    project: "plain",
    code: `const logger = { info: (category: Category, message: string) => send(category, message), error: (category: Category, message: string) => send(category, message) };\nexport const f = () => {\n  logger.info("orders", "x");\n  console.log("saving");\n};`,
    errors: [plain("`logger`")],
  },
];

const log = `import pino from "pino";\nconst logger = pino();\nlogger.info("ready");\n`;

/** A statement before and after, in a handler of a file with pino. */
const rewritten = (name: string, before: string, after: string, call = "console.log"): Invalid<MessageId, Options> => ({
  ...inApi,
  name,
  options: everything,
  code: `${log}export async function create(order, user, key, items) {\n  ${before}\n}`,
  output: `${log}export async function create(order, user, key, items) {\n  ${after}\n}`,
  errors: [plain("`logger`", call)],
});

/** A statement that stays as it is. */
const left = (name: string, statement: string, call = "console.log"): Invalid<MessageId, Options> => ({
  ...inApi,
  name,
  options: everything,
  code: `${log}export async function create(order, user, key, items) {\n  ${statement}\n}`,
  errors: [plain("`logger`", call)],
});

const values: Invalid<MessageId, Options>[] = [
  rewritten("a text stays as it is", `console.log("✅ Done: all of it");`, `logger.info("✅ Done: all of it");`),
  rewritten("a template stays as it is", "console.log(`Order ${order.id}:`);", "logger.info(`Order ${order.id}:`);"),
  rewritten("a sum that is a text", `console.log("Order " + order.id);`, `logger.info("Order " + order.id);`),
  rewritten("lines and comments stay where they are", `console.log(\n    "a", // why\n  );`, `logger.info(\n    "a", // why\n  );`),
  rewritten("info", `console.info("a");`, `logger.info("a");`, "console.info"),
  rewritten("debug", `console.debug("a");`, `logger.debug("a");`, "console.debug"),
  rewritten("warn", `console.warn("a");`, `logger.warn("a");`, "console.warn"),
  rewritten("error", `console.error("a");`, `logger.error("a");`, "console.error"),
  rewritten("a value becomes a field, its label loses the colon", `console.log("Order: ", order);`, `logger.info({ order }, "Order");`),
  rewritten("an arrow goes as well", `console.log("Order =>", order);`, `logger.info({ order }, "Order");`),
  rewritten("in a template, too", "console.log(`Order of ${user}:`, order);", "logger.info({ order }, `Order of ${user}`);"),
  rewritten("single quotes stay", `console.log('Order', order);`, `logger.info({ order }, 'Order');`),
  rewritten("several values", `console.log("Order", order, user, key);`, `logger.info({ order, user, key }, "Order");`),
  rewritten("an id is somebody's", `console.log("Order", order.id, user.profile.email);`, `logger.info({ orderId: order.id, profileEmail: user.profile.email }, "Order");`),
  rewritten("a name that speaks for itself", `console.log("Order", order.customer);`, `logger.info({ customer: order.customer }, "Order");`),
  rewritten("a length is a count", `console.log("Found", items.length);`, `logger.info({ itemCount: items.length }, "Found");`),
  rewritten("an object has its fields already", `console.log("Order", { key, total: 3 });`, `logger.info({ key, total: 3 }, "Order");`),
  rewritten("an object and a value", `console.log("Order", order, { key });`, `logger.info({ order, key }, "Order");`),
  rewritten("JSON is what the logger writes anyway", `console.log("Order", JSON.stringify(order, null, 2));`, `logger.info({ order }, "Order");`),
  rewritten("through casts", `console.log("Order", order!, user as User);`, `logger.info({ order, user }, "Order");`),
  rewritten("a caught error", `try { await x(); } catch (error) { console.error("Failed", error); }`, `try { await x(); } catch (error) { logger.error({ err: error }, "Failed"); }`, "console.error"),
  rewritten("a caught error is one in console.log as well", `try { await x(); } catch (err) { console.log("Failed", err); }`, `try { await x(); } catch (err) { logger.error({ err }, "Failed"); }`),
  rewritten("and in a text", "try { await x(); } catch (e) { console.log(`Failed: ${e.message}`); }", "try { await x(); } catch (e) { logger.error(`Failed: ${e.message}`); }"),
  rewritten("a caught error alone", `try { await x(); } catch (error) { console.log(error); }`, `try { await x(); } catch (error) { logger.error(error); }`),
  rewritten("a caught error with fields", `try { await x(); } catch (error) { console.error("Failed", order.id, error); }`, `try { await x(); } catch (error) { logger.error({ err: error, orderId: order.id }, "Failed"); }`, "console.error"),
  rewritten("a rejection", `await x().catch((error) => console.error("Failed", error));`, `await x().catch((error) => logger.error({ err: error }, "Failed"));`, "console.error"),
  rewritten("behind a condition", `order && console.log("Order");`, `order && logger.info("Order");`),
  left("a value alone has no message", `console.log(order);`),
  left("an object alone has no message", `console.log({ order });`),
  left("a label that says nothing", `console.log("[cron]", order);`),
  left("nothing but punctuation", `console.log("---", order);`),
  left("a directive of the console", `console.log("Order %s", order);`),
  left("a value without a name", `console.log("took", Date.now() - key);`),
  left("a call without a name", `console.log("Order", load(order));`),
  left("a second text", `console.log("Order", "of", user);`),
  left("two values of one name", `console.log("Order", order.id, order.id);`),
  left("a spread of arguments", `console.log("Order", ...items);`),
  left("an object with more in it than can be seen", `console.log("Order", { ...order });`),
  left("a name that the logger writes itself", `console.log("Order", { level: 3 });`),
  left("a comment between the values", `console.log("Order", /* all of it */ order);`),
  left("a table", `console.table(order);`, "console.table"),
  left("a trace, for its stack", `console.trace("here");`, "console.trace"),
  left("a result that is looked at", `return console.log("Order");`),
  left("no arguments", `console.log();`),
];

const byDefault: Cases<MessageId, Options> = {
  valid: [
    { name: "two calls are not worth a logger", filename: "src/server/orders.ts", code: `export function f(order) { console.log("created", order.id); console.log("done"); }` },
    { name: "what a service says when it is made", filename: "src/server/queue.ts", code: `export class Queue { constructor() { console.log("a"); console.log("b"); console.log("Queue initialized"); } }` },
    { name: "what a Nest module says at its start", filename: "src/server/queue.ts", code: `export class Queue { onModuleInit() { console.log("a"); console.log("b"); console.log("Queue initialized"); } }` },
    { name: "what follows while the module is loaded", filename: "src/server/db.ts", code: `db.authenticate().then(() => { console.log("a"); console.log("b"); console.log("Connected"); });\nexport { db };` },
  ],
  invalid: [
    {
      name: "three calls are",
      filename: "src/server/orders.ts",
      code: `export function f(order) { console.log("created", order.id); console.log("paid"); console.log("done"); }`,
      errors: [{ messageId: "plainFile", data: { call: "console.log", count: "3" } }],
    },
  ],
};

const afterWork: Invalid<MessageId, Options>[] = [
  {
    name: "where the work before may be what has failed",
    filename: "src/payments/payments.service.ts",
    project: "nest",
    code: `import { Injectable, Logger } from "@nestjs/common";\n@Injectable()\nexport class PaymentsService {\n  private readonly logger = new Logger(PaymentsService.name);\n  async refuse(id: string) {\n    try {\n      await this.gateway.refuse(id);\n      this.logger.log("refused");\n    } catch (error) {\n      console.log("failed");\n    }\n  }\n}`,
    output: `import { Injectable, Logger } from "@nestjs/common";\n@Injectable()\nexport class PaymentsService {\n  private readonly logger = new Logger(PaymentsService.name);\n  async refuse(id: string) {\n    try {\n      await this.gateway.refuse(id);\n      this.logger.log("refused");\n    } catch (error) {\n      this.logger.log("failed");\n    }\n  }\n}`,
    errors: [plain("`this.logger`")],
  },
];

const fromOne = <T extends object>(tests: readonly T[]): (T & { options: Options })[] => tests.map((test) => ({ options: fromTheFirst, ...test }));

ruleTester.run("prefer-structured-logger", rule, {
  valid: [...fromOne([...roles, ...consoles, ...meant, ...ofLogger, ...collectedLevels, ...lastResort, ...halfTyped]), ...byDefault.valid],
  invalid: [
    {
      ...inApi,
      name: "a value that was looked at while the module is loaded",
      code: `import express from "express";\nexport const app = express();\nconsole.log(settings);`,
      options: fromTheFirst,
      errors: [{ messageId: "plainFile", data: { call: "console.log", count: "1" } }],
    },
    {
      ...inApi,
      name: "a handler that is handed over by its name",
      code: `import express from "express";\nconst app = express();\nconst list = async (req, res) => { console.log(req.query); res.json([]); };\napp.get("/orders", list);`,
      options: fromTheFirst,
      errors: [{ messageId: "plainFile", data: { call: "console.log", count: "1" } }],
    },
    {
      ...inApi,
      name: "a job that says that it has started, each time that it is run",
      code: `import { Worker } from "bullmq";\nexport const worker = new Worker("mails", async () => { console.log("mail queue started"); });`,
      options: fromTheFirst,
      errors: [{ messageId: "plainFile", data: { call: "console.log", count: "1" } }],
    },
    ...fromOne([...withoutLogger, ...withLibrary, ...brought, ...inScope, ...values, ...afterWork]),
    ...byDefault.invalid,
  ],
});

describe("functions for each level", () => {
  const logger = `const write = (level, message, context, error) => {
  const line = { at: Date.now(), level, message, context, error: error?.stack };
  const method = level === "info" ? console.info : console.error;
  method(JSON.stringify(line));
};
export const logInfo = (message, context) => write("info", message, context);
export const logError = (message, error, context) => write("error", message, context, error);
`;
  const route = `import { db } from "@/lib/db";
export async function POST(request) {
  console.log("saving");
  try { await db.save(request); } catch (error) { console.log("failed", error); }
}
`;
  const files = {
    "package.json": { dependencies: { next: "16.0.0" } },
    "tsconfig.json": { compilerOptions: { paths: { "@/*": ["./*"] } } },
    "lib/db.ts": "export const db = {};",
    "utils/logger.ts": logger,
    "app/api/orders/route.ts": route,
  };
  const line = "`console.log` writes a line of text, not fields that a log can be filtered by (request, user, order)";

  it("are the project's logger: the one that fits is named", () =>
    expect(lintProject(files, "app/api/orders/route.ts", "prefer-structured-logger")).toEqual([`3: ${line}. Log through \`logInfo\` from \`@/utils/logger\`.`, `4: ${line}. Log through \`logError\` from \`@/utils/logger\`.`]));
  it("are left alone in their own module", () => expect(lintProject(files, "utils/logger.ts", "prefer-structured-logger")).toEqual([]));
});
