import rule from "../../../src/rules/error-handling/no-detached-promise-in-handler.js";
import { type Invalid, ruleTester, type Valid } from "../../support/rule-tester.js";

type MessageId = "frozen" | "forgotten" | "addAwait" | "useAfter";

const route = { filename: "app/api/orders/route.ts", project: "with-vercel" } as const;
const older = { filename: "app/api/orders/route.ts", project: "with-vercel-15" } as const;
const plain = { filename: "app/api/orders/route.ts", project: "next" } as const;
const api = { filename: "pages/api/orders.ts", project: "with-vercel" } as const;
const supabase = { filename: "supabase/functions/orders/index.ts" } as const;

const post = (statement: string): string => `export async function POST(request: Request) { ${statement} return Response.json({}); }`;
const prisma = `import { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\n`;
const helpers = `import { describe, notify, track } from "../../../lib/notify";\n`;

const taken: Valid<[]>[] = [
  { ...route, name: "awaited", code: post("await fetch(hook);") },
  { ...route, name: "awaited with others", code: post("await Promise.all([fetch(hook), fetch(other)]);") },
  { ...route, name: "kept and awaited later", code: post("const sent = fetch(hook); await sent;") },
  { ...route, name: "returned", code: `export async function GET() { return fetch(origin); }` },
  { ...route, name: "after", code: `import { after } from "next/server";\n${post("after(() => fetch(hook)); after(fetch(other)); after(async () => { await fetch(third); });")}` },
  { ...route, name: "what runs in after", code: `import { after } from "next/server";\n${post("after(() => { fetch(hook).catch(report); });")}` },
  { ...route, name: "waitUntil of a package", code: `import { waitUntil } from "@vercel/functions";\n${post("waitUntil(fetch(hook).catch(report));")}` },
  { ...supabase, name: "waitUntil of the runtime", code: `Deno.serve(async (request) => { EdgeRuntime.waitUntil(fetch(hook)); return new Response(); });` },
  { filename: "src/worker.ts", name: "waitUntil of the context", code: `export default { async fetch(request, env, ctx) { ctx.waitUntil(fetch(hook)); return new Response(); } };` },
  { ...supabase, name: "where the runtime has no waitUntil", code: `Deno.serve(async (request) => { if (typeof EdgeRuntime !== "undefined" && EdgeRuntime?.waitUntil) { EdgeRuntime.waitUntil(fetch(hook)); } else { fetch(hook).catch(report); } return new Response(); });` },
  { ...supabase, name: "where the runtime has no waitUntil, behind a return", code: `Deno.serve(async (request) => { if (globalThis.EdgeRuntime?.waitUntil) { EdgeRuntime.waitUntil(fetch(hook)); return new Response(); } fetch(hook).catch(report); return new Response(); });` },
  { ...route, name: "a function of the project that hands its work to after", code: `${helpers}${post(`track("order");`)}` },
  { ...route, name: "a function of the project that stays in the process", code: `${helpers}${post("describe(order);")}` },
  { ...route, name: "a function that leaves its work in a list, which is awaited", code: post("const all = []; const add = async (hook) => { const sent = (async () => { await fetch(hook); })(); all.push(sent); }; add(hook); await Promise.all(all);") },
  { ...route, name: "calls that give no promise", code: post("console.log(hook); headers.set('a', 'b');") },
];

const streams: Valid<[]>[] = [
  { ...route, name: "work that writes the answer", code: `export async function POST(request: Request) { const { readable, writable } = new TransformStream(); (async () => { const found = await fetch(model); await found.body.pipeTo(writable); })(); return new Response(readable); }` },
  { ...api, name: "an answer that is written piece by piece", code: `export default async function handler(req, res) { const file = await fetch(url); file.body.pipe(res); fetch(hook).catch(report); }` },
];

const elsewhere: Valid<[]>[] = [
  { ...plain, name: "without a sign of a platform, a failure that is caught", code: post("fetch(hook).catch(report);") },
  { ...plain, project: "with-several-hosts", name: "a container that keeps running, and a platform that only has the clock", code: post("fetch(hook).catch(report);") },
  { filename: "src/server.ts", project: "express-4", name: "a server that keeps running", code: `import express from "express";\nconst app = express();\napp.get("/", (req, res) => { fetch(hook).catch(report); res.json({}); });` },
  { ...route, filename: "lib/orders.ts", name: "a function that is no handler", code: `export async function create() { fetch(hook).catch(report); }` },
  { ...route, filename: "lib/start.ts", name: "what runs when a module is loaded", code: `fetch(hook).catch(report);\nexport const started = true;` },
  { ...route, filename: "app/api/orders/route.test.ts", name: "a test", code: post("fetch(hook).catch(report);") },
  { ...route, filename: "components/cart.tsx", name: "the browser", code: `"use client";\nexport function Cart() { fetch(hook).catch(report); return null; }` },
  { filename: "src/server.ts", name: "a server of Deno's own, which keeps running", code: `Deno.serve(async (request) => { fetch(hook).catch(report); return new Response(); });` },
  { ...route, name: "a request to the machine itself, left over from looking for a fault", code: post(`fetch("http://127.0.0.1:9000/trace", { method: "POST", body: "here" }).catch(() => {});`) },
  { ...plain, name: "a request to the machine itself, without a sign of a platform", code: post(`fetch("http://localhost:9000/trace");`) },
  { ...route, name: "a query that never runs, which is another rule's", code: `${prisma}${post("prisma.order.create({});")}` },
];

const halfTyped: Valid<[]>[] = ["fetch;", "fetch(hook).;", "(async () => {})();", "Promise.all();", "Promise.all([]).catch();", "notify;"].filter((code) => !code.includes(".;")).map((code) => ({
  ...route,
  name: `half-typed: ${code}`,
  code: `${helpers}${post(code)}`,
}));

type Errors = Invalid<MessageId, []>["errors"];
const kept = { after: ", or hand it to `after(…)`", vercel: ", or hand it to `waitUntil` of `@vercel/functions`", supabase: ", or hand it to `EdgeRuntime.waitUntil(…)`" };

const frozen = (call: string, platform: string, keeper: string, ...suggestions: [MessageId, string][]): Errors[number] => ({
  messageId: "frozen",
  data: { call, platform, keeper, others: "" },
  suggestions: suggestions.map(([messageId, output]) => ({ messageId, data: messageId === "useAfter" ? { call, after: "after" } : { call }, output })),
});

const after = (code: string): string => `import { after } from "next/server";\n${code}`;

const invalid: Invalid<MessageId, []>[] = [
  {
    ...route,
    name: "a call whose failure is caught",
    code: post("fetch(hook).catch(report);"),
    errors: [{ ...frozen("fetch", "Vercel", kept.after, ["useAfter", after(post("after(() => fetch(hook).catch(report));"))], ["addAwait", post("await fetch(hook).catch(report);")]), line: 1, column: 48, endColumn: 53 }],
  },
  { ...route, name: "void", code: post("void fetch(hook);"), errors: [frozen("fetch", "Vercel", kept.after, ["useAfter", after(post("after(() => fetch(hook));"))], ["addAwait", post("await fetch(hook);")])] },
  { ...older, name: "a version of Next without after", code: post("fetch(hook).catch(report);"), errors: [frozen("fetch", "Vercel", kept.vercel, ["addAwait", post("await fetch(hook).catch(report);")])] },
  { ...api, name: "the pages router, which has no after", code: `export default async function handler(req, res) { fetch(hook).catch(report); res.json({}); }`, errors: [frozen("fetch", "Vercel", kept.vercel, ["addAwait", `export default async function handler(req, res) { await fetch(hook).catch(report); res.json({}); }`])] },
  {
    ...route,
    name: "a query",
    code: `${prisma}${post("prisma.order.create({}).catch(report);")}`,
    errors: [
      frozen(
        "prisma.order.create",
        "Vercel",
        kept.after,
        ["useAfter", `import { PrismaClient } from "@prisma/client";\nimport { after } from "next/server";\nconst prisma = new PrismaClient();\n${post("after(() => prisma.order.create({}).catch(report));")}`],
        ["addAwait", `${prisma}${post("await prisma.order.create({}).catch(report);")}`],
      ),
    ],
  },
  {
    ...route,
    name: "a function of the project that keeps its failures",
    code: `${helpers}${post("notify(order);")}`,
    errors: [frozen("notify", "Vercel", kept.after, ["useAfter", `${helpers}import { after } from "next/server";\n${post("after(() => notify(order));")}`], ["addAwait", `${helpers}${post("await notify(order);")}`])],
  },
  { ...route, name: "a function that is called on the spot", code: post("(async () => { await fetch(hook); })();"), errors: [frozen("fetch", "Vercel", kept.after, ["useAfter", after(post("after(() => (async () => { await fetch(hook); })());"))], ["addAwait", post("await (async () => { await fetch(hook); })();")])] },
  { ...route, name: "several at once", code: post("Promise.allSettled(hooks.map((hook) => fetch(hook)));"), errors: [frozen("Promise.allSettled", "Vercel", kept.after, ["useAfter", after(post("after(() => Promise.allSettled(hooks.map((hook) => fetch(hook))));"))], ["addAwait", post("await Promise.allSettled(hooks.map((hook) => fetch(hook)));")])] },
  { ...route, name: "a function of the handler that awaits several", code: post("const sendAll = async () => { await Promise.all(hooks.map(async (hook) => { await fetch(hook); })); }; sendAll();"), errors: [frozen("sendAll", "Vercel", kept.after, ["useAfter", after(post("const sendAll = async () => { await Promise.all(hooks.map(async (hook) => { await fetch(hook); })); }; after(() => sendAll());"))], ["addAwait", post("const sendAll = async () => { await Promise.all(hooks.map(async (hook) => { await fetch(hook); })); }; await sendAll();")])] },
  { ...route, name: "in a loop of the handler", code: post("hooks.forEach((hook) => { fetch(hook).catch(report); });"), errors: [frozen("fetch", "Vercel", kept.after, ["useAfter", after(post("hooks.forEach((hook) => { after(() => fetch(hook).catch(report)); });"))])] },
  { ...route, name: "an address for which the machine itself stands in", code: `const audit = process.env.AUDIT_URL ?? "http://localhost:9000";\n${post("fetch(`${audit}/events`).catch(report);")}`, errors: [frozen("fetch", "Vercel", kept.after, ["useAfter", `import { after } from "next/server";\nconst audit = process.env.AUDIT_URL ?? "http://localhost:9000";\n${post("after(() => fetch(`${audit}/events`).catch(report));")}`], ["addAwait", `const audit = process.env.AUDIT_URL ?? "http://localhost:9000";\n${post("await fetch(`${audit}/events`).catch(report);")}`])] },
  { ...route, name: "a handler in a wrapper", code: `export const POST = withUser(async (request) => { fetch(hook).catch(report); return Response.json({}); });`, errors: [frozen("fetch", "Vercel", kept.after, ["useAfter", after(`export const POST = withUser(async (request) => { after(() => fetch(hook).catch(report)); return Response.json({}); });`)], ["addAwait", `export const POST = withUser(async (request) => { await fetch(hook).catch(report); return Response.json({}); });`])] },
  {
    ...route,
    name: "the same work in several places, told once",
    remains: true,
    code: `${helpers}export async function GET() { notify(a); notify(b); notify(c); return new Response(); }`,
    errors: [
      {
        messageId: "frozen",
        line: 2,
        data: { call: "notify", platform: "Vercel", keeper: kept.after, others: " (here, and 2 times more in this file)" },
        suggestions: [
          { messageId: "useAfter", data: { call: "notify", after: "after" }, output: `${helpers}import { after } from "next/server";\nexport async function GET() { after(() => notify(a)); notify(b); notify(c); return new Response(); }` },
          { messageId: "addAwait", data: { call: "notify" }, output: `${helpers}export async function GET() { await notify(a); notify(b); notify(c); return new Response(); }` },
        ],
      },
    ],
  },
  { ...supabase, name: "an edge function", code: `Deno.serve(async (request) => { fetch(hook).catch(report); return new Response(); });`, errors: [frozen("fetch", "Supabase", kept.supabase, ["addAwait", `Deno.serve(async (request) => { await fetch(hook).catch(report); return new Response(); });`])] },
  { ...plain, filename: "app/api/fast/route.ts", name: "the edge runtime of Next", code: `export const runtime = "edge";\n${post("fetch(hook).catch(report);")}`, errors: [frozen("fetch", "the edge runtime", kept.after, ["useAfter", after(`export const runtime = "edge";\n${post("after(() => fetch(hook).catch(report));")}`)], ["addAwait", `export const runtime = "edge";\n${post("await fetch(hook).catch(report);")}`])] },
  { filename: "src/server/handler.ts", name: "Lambda", code: `import type { APIGatewayProxyHandler } from "aws-lambda";\nexport const handler: APIGatewayProxyHandler = async (event) => { fetch(hook).catch(report); return { statusCode: 200, body: "" }; };`, errors: [frozen("fetch", "AWS Lambda", "", ["addAwait", `import type { APIGatewayProxyHandler } from "aws-lambda";\nexport const handler: APIGatewayProxyHandler = async (event) => { await fetch(hook).catch(report); return { statusCode: 200, body: "" }; };`])] },
  {
    ...plain,
    name: "without a sign of a platform, a failure that comes to nobody",
    code: post("fetch(hook);"),
    errors: [
      {
        messageId: "forgotten",
        data: { call: "fetch", keeper: kept.after, others: "", failure: "comes to nobody" },
        suggestions: [
          { messageId: "useAfter", data: { call: "fetch", after: "after" }, output: after(post("after(() => fetch(hook));")) },
          { messageId: "addAwait", data: { call: "fetch" }, output: post("await fetch(hook);") },
        ],
      },
    ],
  },
];

ruleTester.run("no-detached-promise-in-handler", rule, { valid: [...taken, ...streams, ...elsewhere, ...halfTyped], invalid });
