import rule from "../../../src/rules/error-handling/no-unhandled-external-call.js";
import { type Invalid, ruleTester, type Valid } from "../../support/rule-tester.js";

type MessageId = "dropped" | "deep" | "implicit" | "half" | "ignored" | "unawaited" | "thrown" | "addAwait" | "addCatch" | "addTry";
type Options = [{ explicit: boolean }];

const prisma = `import { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\n`;
const stripe = `import Stripe from "stripe";\nconst stripe = new Stripe(key);\n`;
const axios = `import axios from "axios";\n`;

const server = { filename: "src/server/orders.ts" } as const;
const dies = "and Node ends the process for it";
const fades = "and what it was to do stays undone";

const observed: Valid<Options>[] = [
  { ...server, name: "awaited", code: `export async function f() { await fetch(url); }` },
  { ...server, name: "returned", code: `export const f = () => fetch(url);` },
  { ...server, name: "caught", code: `export function f() { fetch(url).catch(report); }` },
  { ...server, name: "void, and caught", code: `export function f() { void fetch(url).then(read).catch(() => undefined); }` },
  { ...server, name: "caught by the second callback of then", code: `export function f() { fetch(url).then(read, report); }` },
  { ...server, name: "kept for later", code: `export async function f() { const answer = fetch(url); await other(); return answer; }` },
  { ...server, name: "handed to whoever waits for it", code: `export function f() { waitUntil(fetch(url)); }` },
  { ...server, name: "one of many that are awaited", code: `export async function f() { await Promise.all([fetch(a), fetch(b)]); }` },
  { ...server, name: "while the module is loaded", code: `${prisma}prisma.$connect().then(() => listen());\nexport const app = 1;` },
  { ...server, name: "a callback in the way of Node", code: `import { createTransport } from "nodemailer";\nconst mail = createTransport({});\nexport function f() { mail.sendMail({}, (error) => report(error)); }` },
  { ...server, name: "a request that is an emitter", code: `import https from "node:https";\nexport function f() { https.get(url, read); }` },
  { ...server, name: "an observable", code: `import { HttpService } from "@nestjs/axios";\nexport class A { constructor(private readonly http: HttpService) {} f() { this.http.get(url); } }` },
  { ...server, name: "a query that never runs, which is another defect", code: `${prisma}export async function f() { prisma.user.update({}); }` },
  { ...server, name: "errors that come back as values", code: `import { createClient } from "@supabase/supabase-js";\nconst supabase = createClient(url, key);\nexport function f() { supabase.auth.signOut(); supabase.from("a").select().then(read); }` },
  { ...server, name: "a call of nobody knows what", code: `import { sendMail } from "./mail";\nexport function f() { sendMail(); }` },
  { name: "a browser", filename: "src/components/cart.tsx", code: `"use client";\nexport function Cart() { fetch("/api/cart"); }` },
  { name: "a test", filename: "src/orders.test.ts", code: `export function f() { fetch(url); }` },
  { name: "a file that may run anywhere", filename: "src/shared/text.ts", code: `export function f() { fetch(url); }` },
];

const callbacks: Valid<Options>[] = [
  { ...server, name: "a timer whose callback keeps its failures", code: `${prisma}setInterval(async () => { try { await prisma.job.findMany(); } catch (error) { report(error); } }, 1000);\nexport {};` },
  { ...server, name: "a timer whose callback catches", code: `${prisma}setInterval(async () => { await prisma.job.findMany().catch(report); }, 1000);\nexport {};` },
  { ...server, name: "a callback that calls a function which keeps its failures", code: `async function poll() { try { await fetch(url); } catch (error) { report(error); } }\nsetInterval(async () => { await poll(); }, 1000);\nexport {};` },
  { ...server, name: "a method which keeps its failures", code: `export class Poller { start() { setInterval(() => this.poll(), 1000); } private async poll() { try { await fetch(url); } catch (error) { report(error); } } }` },
  { ...server, name: "a callback that waits for one thing that cannot be followed", code: `import { poll } from "./nowhere";\nsetInterval(async () => { await poll(); }, 1000);\nexport {};` },
  { ...server, name: "a callback that waits for one thing at two places", code: `export const f = (work) => { setTimeout(async () => { if (a) { await work(1); } else { await work(); } }, 1000); };` },
  { ...server, name: "waiting for the clock, and for what never rejects", code: `setTimeout(async () => { await new Promise((done) => setTimeout(done, 100)); await Promise.allSettled([fetch(a)]); }, 1000);\nexport {};` },
  { ...server, name: "a process that is asked to end", code: `${prisma}process.on("SIGTERM", async () => { await prisma.$disconnect(); await prisma.job.updateMany({}); });\nexport {};` },
  { ...server, name: "an emitter that listens to rejections", code: `${prisma}import { EventEmitter } from "node:events";\nconst bus = new EventEmitter({ captureRejections: true });\nbus.on("order", async () => { await prisma.order.update({}); });\nexport {};` },
  { ...server, name: "somebody else's on", code: `${prisma}import { bot } from "./bot";\nbot.on("message", async () => { await prisma.order.update({}); await prisma.user.update({}); });\nexport {};` },
  { ...server, name: "a scheduler that catches", code: `${prisma}import cron from "node-cron";\ncron.schedule("* * * * *", async () => { await prisma.order.update({}); });\nexport {};` },
  { ...server, name: "a timer of one's own", code: `${prisma}import { setTimeout } from "./retry";\nsetTimeout(async () => { await prisma.order.update({}); });\nexport {};` },
  { ...server, name: "what starts the app", code: `${prisma}(async () => { await prisma.$connect(); await prisma.user.findMany(); listen(); })();\nexport {};` },
  { ...server, name: "a function on the spot that is awaited", code: `export async function f() { await (async () => { await fetch(url); })(); }` },
];

const own: Valid<Options>[] = [
  { ...server, name: "a function that keeps its failures, not awaited", code: `async function notify() { try { await fetch(url); } catch (error) { report(error); } }\nexport function f() { notify(); void notify(); }` },
  { ...server, name: "a function of which nothing is known but that it waits", code: `async function notify() { await one(); await two(); }\nexport function f() { notify(); }` },
  { ...server, name: "a function whose failure is caught", code: `async function notify() { await fetch(url); }\nexport function f() { notify().catch(report); }` },
  { ...server, name: "a function that is no asynchronous one", code: `function notify() { queue.push(() => fetch(url)); }\nexport function f() { notify(); }` },
  { ...server, name: "what starts the app, under a name", code: `async function main() { await fetch(url); listen(); }\nmain();\nexport {};` },
];

const next = { project: "next", filename: "app/api/orders/route.ts", options: [{ explicit: true }] } as const;

const explicit: Valid<Options>[] = [
  { ...next, name: "strict: look-ups alone, which Next logs and answers with 500", code: `${prisma}export async function GET() { const orders = await prisma.order.findMany(); return Response.json({ orders, count: await prisma.order.count() }); }` },
  { ...next, name: "strict: one change, of which nothing stays when it fails", code: `${prisma}export async function POST() { const order = await prisma.order.findFirst({}); await fetch(url); await prisma.order.update({ where: { id: order.id }, data: {} }); return Response.json(order); }` },
  { ...next, name: "strict: one transaction", code: `${prisma}export async function POST() { await prisma.$transaction(async (tx) => { await tx.order.create({}); await tx.item.create({}); }); return new Response(null); }` },
  { ...next, name: "strict: changes of which only one is made", code: `${prisma}export async function POST({ isNew }) { if (isNew) { await prisma.order.create({}); return new Response(null); } await prisma.order.update({ where: { id }, data: {} }); return new Response(null); }` },
  { ...next, name: "strict: a try around it", code: `export async function GET() { try { return Response.json(await fetch(url)); } catch { return new Response(null, { status: 502 }); } }` },
  { ...next, name: "strict: a try around all callbacks", code: `export async function GET() { try { await Promise.all(ids.map(async (id) => { await fetch(id); })); } catch { return new Response(null, { status: 502 }); } }` },
  { ...next, name: "strict: a catch", code: `export async function GET() { const answer = await fetch(url).catch(() => null); return Response.json({ up: answer !== null }); }` },
  { ...next, name: "strict: a catch that logs and throws on", code: `export async function GET() { try { return await fetch(url); } catch (error) { log(error); throw error; } }` },
  { ...next, name: "strict: a font that is deployed with the app", code: `export async function GET() { const font = await fetch(new URL("./font.ttf", import.meta.url)); return new Response(font.body); }` },
  { ...next, name: "strict: a wrapper around the handler", code: `export const GET = withErrors(async () => Response.json(await fetch(url)));` },
  { ...next, name: "strict: a wrapper around the call", code: `export async function GET() { const answer = await settle(fetch(url)); return answer; }` },
  { ...next, name: "strict: a wrapper around the work", code: `export async function GET() { return answer(async () => { return await fetch(url); }); }` },
  { ...next, name: "strict: nothing leaves the process", code: `export async function GET() { return Response.json(await read()); }` },
  { ...next, name: "strict: no handler", filename: "lib/orders.ts", code: `${prisma}export async function orders() { return await prisma.order.findMany(); }` },
  { ...next, name: "recommended leaves it to the framework", options: [{ explicit: false }], code: `export async function GET() { return Response.json(await fetch(url)); }` },
  {
    name: "strict: an app with an error handler",
    filename: "server.ts",
    options: [{ explicit: true }],
    code: `import express from "express";\nconst app = express();\napp.get("/", async (req, res) => { res.json(await fetch(url)); });\napp.use((err, req, res, next) => { res.status(500).end(); });\napp.listen(1);`,
  },
  {
    name: "strict: a router of an app that is elsewhere",
    filename: "server/routes.ts",
    options: [{ explicit: true }],
    code: `import { Router } from "express";\nexport const router = Router();\nrouter.get("/", async (req, res) => { res.json(await fetch(url)); });`,
  },
  {
    name: "strict: Supabase, which returns its errors",
    filename: "supabase/functions/orders/index.ts",
    options: [{ explicit: true }],
    code: `import { createClient } from "https://esm.sh/@supabase/supabase-js@2";\nconst supabase = createClient(url, key);\nDeno.serve(async () => { const { data } = await supabase.from("orders").select(); return Response.json(data); });`,
  },
];

const halfTyped: Valid<Options>[] = ["fetch", "fetch(url).", "fetch(url).then", "setTimeout()", "setTimeout(async)", "x.on()", "x.on('a', )", "(async () => { await })", "setInterval(async () => { await  }, )", "new Promise"].map(
  (code) => ({ ...server, name: `half-typed: ${code}`, code: `export function f() { ${code.replace(/await\s+\}/, "await x }")}${code.endsWith(".") ? "x" : ""}; }` }),
);

type Suggestion = [MessageId, string];

const report = (messageId: MessageId, data: Record<string, string>, ...suggestions: Suggestion[]): Invalid<MessageId, Options>["errors"][number] => ({
  messageId,
  data,
  suggestions: suggestions.map(([id, output]) => ({ messageId: id, ...(id === "addTry" ? {} : { data: { call: data["call"] } }), output })),
});

const dropped: Invalid<MessageId, Options>[] = [
  {
    ...server,
    name: "a statement",
    code: `export async function f() { fetch(url); }`,
    errors: [
      {
        ...report(
          "dropped",
          { call: "fetch", outcome: dies },
          ["addAwait", `export async function f() { await fetch(url); }`],
          ["addCatch", `export async function f() { fetch(url).catch((error) => console.error("fetch failed", error)); }`],
        ),
        column: 29,
        endColumn: 34,
      },
    ],
  },
  {
    ...server,
    name: "void, where nothing may be awaited",
    code: `${axios}export function f() { void axios.post(url, body); }`,
    errors: [report("dropped", { call: "axios.post", outcome: dies }, ["addCatch", `${axios}export function f() { void axios.post(url, body).catch((error) => console.error("axios.post failed", error)); }`])],
  },
  {
    ...server,
    name: "then without a second callback",
    code: `${prisma}export function f() { prisma.user.update({}).then(done); }`,
    errors: [report("dropped", { call: "prisma.user.update", outcome: dies }, ["addCatch", `${prisma}export function f() { prisma.user.update({}).then(done).catch((error) => console.error("prisma.user.update failed", error)); }`])],
  },
  {
    ...server,
    name: "finally, which sees no reason",
    code: `${stripe}export function f() { stripe.refunds.create({}).finally(done); }`,
    errors: [report("dropped", { call: "stripe.refunds.create", outcome: dies }, ["addCatch", `${stripe}export function f() { stripe.refunds.create({}).finally(done).catch((error) => console.error("stripe.refunds.create failed", error)); }`])],
  },
  {
    ...server,
    name: "in a try, which does not see it",
    code: `export function f() { try { fetch(url); } catch (error) { report(error); } }`,
    errors: [report("dropped", { call: "fetch", outcome: dies }, ["addCatch", `export function f() { try { fetch(url).catch((error) => console.error("fetch failed", error)); } catch (error) { report(error); } }`])],
  },
  {
    ...server,
    name: "where a logger is at hand",
    code: `import pino from "pino";\nconst log = pino();\nexport function f() { fetch(url); }`,
    errors: [report("dropped", { call: "fetch", outcome: dies }, ["addCatch", `import pino from "pino";\nconst log = pino();\nexport function f() { fetch(url).catch((error) => log.error({ err: error }, "fetch failed")); }`])],
  },
  {
    name: "an app whose framework keeps the process alive",
    project: "next",
    filename: "app/api/orders/route.ts",
    code: `async function notify() { fetch(url); }\nexport async function POST() { await notify(); return new Response(); }`,
    errors: [
      report(
        "dropped",
        { call: "fetch", outcome: fades },
        ["addAwait", `async function notify() { await fetch(url); }\nexport async function POST() { await notify(); return new Response(); }`],
        ["addCatch", `async function notify() { fetch(url).catch((error) => console.error("fetch failed", error)); }\nexport async function POST() { await notify(); return new Response(); }`],
      ),
    ],
  },
];

const lost: Invalid<MessageId, Options>[] = [
  {
    ...server,
    name: "a timer",
    code: `${prisma}setInterval(async () => { await prisma.job.findMany(); }, 1000);\nexport {};`,
    errors: [
      {
        ...report("ignored", { call: "prisma.job.findMany", consumer: "setInterval", outcome: dies }, [
          "addTry",
          `${prisma}setInterval(async () => { try { await prisma.job.findMany(); } catch (error) { console.error("prisma.job.findMany failed", error); } }, 1000);\nexport {};`,
        ]),
        line: 3,
        column: 1,
        endColumn: 12,
      },
    ],
  },
  {
    ...server,
    name: "a timer whose callback gives back the promise",
    code: `export function f() { setTimeout(() => fetch(url), 1000); }`,
    errors: [report("ignored", { call: "fetch", consumer: "setTimeout", outcome: dies })],
  },
  {
    ...server,
    name: "an async callback without a body",
    code: `export function f() { setTimeout(async () => await fetch(url), 1000); }`,
    errors: [
      report("ignored", { call: "fetch", consumer: "setTimeout", outcome: dies }, [
        "addTry",
        `export function f() { setTimeout(async () => { try { await fetch(url); } catch (error) { console.error("fetch failed", error); } }, 1000); }`,
      ]),
    ],
  },
  {
    ...server,
    name: "a function under a name",
    code: `async function poll() { await fetch(url); }\nsetInterval(poll, 1000);\nexport {};`,
    errors: [report("ignored", { call: "fetch", consumer: "setInterval", outcome: dies }, ["addTry", `async function poll() { try { await fetch(url); } catch (error) { console.error("fetch failed", error); } }\nsetInterval(poll, 1000);\nexport {};`])],
  },
  {
    ...server,
    name: "a method that does not keep its failures",
    code: `export class Poller { start() { setInterval(() => this.poll(), 1000); } private async poll() { const answer = await fetch(url); } }`,
    errors: [report("ignored", { call: "this.poll", consumer: "setInterval", outcome: dies })],
  },
  {
    ...server,
    name: "an emitter",
    code: `import { EventEmitter } from "node:events";\nconst bus = new EventEmitter();\nbus.on("order", async () => { await fetch(url); });\nexport {};`,
    errors: [
      report("ignored", { call: "fetch", consumer: "bus.on", outcome: dies }, [
        "addTry",
        `import { EventEmitter } from "node:events";\nconst bus = new EventEmitter();\nbus.on("order", async () => { try { await fetch(url); } catch (error) { console.error("fetch failed", error); } });\nexport {};`,
      ]),
    ],
  },
  {
    ...server,
    name: "an emitter of one's own",
    code: `import { EventEmitter } from "node:events";\nclass Bus extends EventEmitter {}\nexport const bus = new Bus();\nbus.once("order", async () => { try { await fetch(url); } finally { done(); } });`,
    errors: [
      report("ignored", { call: "fetch", consumer: "bus.once", outcome: dies }, [
        "addTry",
        `import { EventEmitter } from "node:events";\nclass Bus extends EventEmitter {}\nexport const bus = new Bus();\nbus.once("order", async () => { try { try { await fetch(url); } finally { done(); } } catch (error) { console.error("fetch failed", error); } });`,
      ]),
    ],
  },
  {
    ...server,
    name: "two calls of which nothing is known",
    code: `import { Server } from "socket.io";\nconst io = new Server();\nio.on("connection", (socket) => { socket.on("join", async () => { const room = await load(); await enter(room); }); });\nexport {};`,
    errors: [
      report("ignored", { call: "load", consumer: "socket.on", outcome: dies }, [
        "addTry",
        `import { Server } from "socket.io";\nconst io = new Server();\nio.on("connection", (socket) => { socket.on("join", async () => { try { const room = await load(); await enter(room); } catch (error) { console.error("load failed", error); } }); });\nexport {};`,
      ]),
    ],
  },
  {
    ...server,
    name: "a function on the spot",
    code: `${prisma}export function f() { void (async () => { const job = await prisma.job.create({}); })(); }`,
    errors: [
      {
        ...report("unawaited", { call: "prisma.job.create", outcome: dies }, [
          "addTry",
          `${prisma}export function f() { void (async () => { try { const job = await prisma.job.create({}); } catch (error) { console.error("prisma.job.create failed", error); } })(); }`,
        ]),
        column: 29,
        endColumn: 34,
      },
    ],
  },
];

const deep: Invalid<MessageId, Options>[] = [
  {
    ...server,
    name: "a function of one's own",
    code: `async function notify() { await fetch(url); }\nexport async function f() { notify(); }`,
    errors: [
      {
        ...report(
          "deep",
          { call: "notify", within: "fetch", outcome: dies },
          ["addAwait", `async function notify() { await fetch(url); }\nexport async function f() { await notify(); }`],
          ["addCatch", `async function notify() { await fetch(url); }\nexport async function f() { notify().catch((error) => console.error("notify failed", error)); }`],
        ),
        line: 2,
        column: 29,
        endColumn: 35,
      },
    ],
  },
  {
    ...server,
    name: "a service by its type",
    code: `class Mails { async send() { await fetch(url); } }\nexport class Orders { constructor(private readonly mails: Mails) {} store() { void this.mails.send(); } }`,
    errors: [
      report("deep", { call: "this.mails.send", within: "fetch", outcome: dies }, [
        "addCatch",
        `class Mails { async send() { await fetch(url); } }\nexport class Orders { constructor(private readonly mails: Mails) {} store() { void this.mails.send().catch((error) => console.error("this.mails.send failed", error)); } }`,
      ]),
    ],
  },
];

const nextPlace = "`onRequestError` in `instrumentation.ts`";

const implicit: Invalid<MessageId, Options>[] = [
  {
    ...next,
    name: "strict: two changes, of which the first stays when the second fails",
    code: `${prisma}${stripe}export async function POST(request) { const order = await prisma.order.findFirst({}); await stripe.refunds.create({ charge: order.charge }); await prisma.order.update({ where: { id: order.id }, data: {} }); return Response.json(order); }`,
    errors: [{ messageId: "half", data: { call: "prisma.order.update", before: "stripe.refunds.create", framework: "Next" } }],
  },
  {
    ...next,
    name: "strict: a request that changes something, after a transaction, and a catch that only throws on",
    code: `${prisma}export async function POST(request) { await prisma.$transaction(async (tx) => { await tx.order.create({}); await tx.item.create({}); }); try { await fetch(url, { method: "POST" }); } catch (error) { throw error; } }`,
    errors: [{ messageId: "half", data: { call: "fetch", before: "tx.order.create", framework: "Next" } }],
  },
  {
    ...next,
    project: "with-error-store",
    name: "strict: one change, where the project keeps errors and does not hear of those that Next answers",
    code: `${prisma}export async function POST() { await prisma.order.create({ data: {} }); return new Response(null); }`,
    errors: [{ messageId: "implicit", data: { call: "prisma.order.create", others: "", framework: "Next", place: nextPlace } }],
  },
  {
    name: "strict: an app without an error handler",
    filename: "server.ts",
    options: [{ explicit: true }],
    code: `import express from "express";\nconst app = express();\napp.get("/", async (req, res) => { res.json(await fetch(url)); });\napp.listen(1);`,
    errors: [{ messageId: "implicit", data: { call: "fetch", others: "", framework: "Express", place: "a middleware with four parameters" } }],
  },
  {
    name: "strict: a function on the edge",
    filename: "supabase/functions/orders/index.ts",
    options: [{ explicit: true }],
    code: `Deno.serve(async (request) => { const answer = await fetch(url); return new Response(answer.body); });`,
    errors: [{ messageId: "implicit", data: { call: "fetch", others: "", framework: "Deno", place: "`onError`" } }],
  },
];

const inHandler = (statement: string, head = `import fs from "fs";`): string => `${head}\nimport express from "express";\nconst app = express();\napp.get("/", (req, res) => { ${statement} });`;

const mysql = `import mysql from "mysql2";\nconst db = mysql.createPool({});`;

const caughtThrows: Valid<Options>[] = [
  { name: "a callback that catches what it throws", filename: "src/server.ts", code: inHandler(`fs.readFile("a", (error, text) => { try { if (error) throw error; res.send(text); } catch { res.status(500).end(); } });`) },
  { name: "a callback that is called on the spot", filename: "src/server.ts", code: inHandler(`res.json(ids.map((id) => { if (!id) throw new Error("no id"); return id; }));`) },
  { name: "an error that is handed on", filename: "src/server.ts", code: inHandler(`fs.readFile("a", (error, text) => { if (error) return next(error); res.send(text); });`) },
  { name: "an app that cannot start", filename: "src/server.ts", code: `${mysql}\nexport function start() { db.getConnection((error) => { if (error) throw error; }); }` },
  { name: "something else that takes a callback", filename: "src/server.ts", code: inHandler(`jobs.query("a", (error) => { if (error) throw error; });`) },
];

const thrown: Invalid<MessageId, Options>[] = [
  {
    name: "an error of the file system, thrown in its callback",
    filename: "src/server.ts",
    code: inHandler(`fs.readFile("a", (error, text) => { if (error) throw error; res.send(text); });`),
    errors: [{ messageId: "thrown", data: { call: "fs.readFile", outcome: dies } }],
  },
  {
    name: "an error of the database, in a try that is over by then",
    filename: "src/server.ts",
    code: inHandler(`try { db.query("select 1", (error, rows) => { if (error) throw error; res.json(rows); }); } catch (error) { res.status(500).end(); }`, mysql),
    errors: [{ messageId: "thrown", data: { call: "db.query", outcome: dies } }],
  },
  {
    name: "in a function that a handler calls",
    filename: "src/server.ts",
    code: `${inHandler(`load(res);`)}\nfunction load(res) { fs.readFile("a", (error, text) => { if (error) throw error; res.send(text); }); }`,
    errors: [{ messageId: "thrown", data: { call: "fs.readFile", outcome: dies } }],
  },
];

ruleTester.run("no-unhandled-external-call", rule, { valid: [...observed, ...callbacks, ...own, ...explicit, ...halfTyped, ...caughtThrows], invalid: [...thrown, ...dropped, ...lost, ...deep, ...implicit] });
