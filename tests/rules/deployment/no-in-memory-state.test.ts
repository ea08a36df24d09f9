import { Linter } from "eslint";
import { expect, test } from "vitest";

import rule from "../../../src/rules/deployment/no-in-memory-state.js";
import { makeProject } from "../../support/project.js";
import { type Invalid, ruleTester, type Valid } from "../../support/rule-tester.js";

type MessageId = "limit" | "session" | "revocation" | "code" | "once" | "lock";

const next = { filename: "app/api/contact/route.ts", project: "next" } as const;
const nest = { filename: "src/auth/auth.service.ts", project: "nest" } as const;

const prisma = `import { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\n`;

const limiter = (name: string, before = "", after = ""): string => `${before}const ${name} = new Map<string, { count: number; resetAt: number }>();

export async function POST(request: Request) {
  const address = request.headers.get("x-forwarded-for") ?? "";
  const seen = ${name}.get(address);
  if (seen && seen.count > 5) return new Response(null, { status: 429 });
  ${name}.set(address, { count: (seen?.count ?? 0) + 1, resetAt: Date.now() + 60_000 });
  return Response.json({ sent: true });
}
${after}`;

/** Sessions beside a client that a package brings. */
const line = (kept: string): string => `const { Client } = require("chat-web");
const sessions = new Map();

export async function POST(request: Request) {
  const id = await request.text();
  if (sessions.has(id)) return Response.json({ state: sessions.get(id).state });
  const entry = { state: "new", client: null, since: new Date() };
  sessions.set(id, entry);
  let client = null;
  client = new Client({ id });
  ${kept}
  return Response.json({ state: entry.state });
}`;

const service = (field: string, decorator = "@Injectable()"): string => `import { Injectable } from "@nestjs/common";

${decorator}
export class AuthService {
  ${field};

  async verify(email: string, code: string) {
    const kept = this.otpStore.get(email);
    return kept !== undefined && kept.code === code;
  }

  async send(email: string, code: string) {
    this.otpStore.set(email, { code, expiresAt: Date.now() + 600_000 });
  }
}
`;

const typed = (member: string): string =>
  `import { open } from "./open";\ninterface Session { userId: string; ${member} }\nconst sessions = new Map<string, Session>();\nexport async function POST(request: Request) {\n  const id = await request.text();\n  if (!sessions.has(id)) sessions.set(id, open(id));\n  return Response.json(sessions.get(id)?.userId);\n}`;

const valid: Valid<[]>[] = [
  { ...next, name: "a count that all instances share, with memory for when the store is away", code: limiter("rateLimitStore", `import { redis } from "@/lib/redis";\n`) },
  { ...next, name: "an app of which there is one instance", code: limiter("rateLimitStore"), settings: { hardening: { singleInstance: true } } },
  { ...next, name: "limiters that count elsewhere", code: `import { limiterFor } from "@/lib/limits";\nconst rateLimiters = new Map();\nexport async function POST(request: Request) {\n  if (!rateLimiters.has(request.url)) rateLimiters.set(request.url, limiterFor(request.url));\n  return Response.json(await rateLimiters.get(request.url).consume());\n}` },
  { ...next, name: "what is looked up in memory before it is in the database", code: limiter("idempotencyCache") },
  { ...next, name: "a limit for developers", code: limiter("devRateLimits") },
  { ...next, name: "what is looked up once and kept", code: limiter("priceCache") },
  { ...next, filename: "app/api/dev/route.ts", name: "a route for developers", code: limiter("rateLimitStore") },
  { ...next, filename: "components/form.tsx", name: "a component that counts attempts", code: `"use client";\n${limiter("loginAttempts")}` },
  { ...next, filename: "tests/limit.ts", name: "a test", code: limiter("rateLimitStore") },
  { ...next, name: "counted within a request", code: `export async function POST(request: Request) {\n  const attempts = new Map<string, number>();\n  for (const item of await request.json()) attempts.set(item.id, (attempts.get(item.id) ?? 0) + 1);\n  return Response.json([...attempts]);\n}` },
  { ...next, name: "a table that nobody writes to", code: `const rateLimits = {};\nexport const GET = async (request: Request) => Response.json(rateLimits[request.url] ?? 10);` },
  { ...next, name: "a table that is written down", code: `const rateLimits = { contact: 5, search: 50 };\nexport const GET = async (request: Request) => Response.json(rateLimits[request.url]);` },
  { ...next, name: "sessions that are connections", code: `import { Client } from "./client";\nconst sessions = new Map<string, Client>();\nexport async function POST(request: Request) {\n  const id = await request.text();\n  if (!sessions.has(id)) sessions.set(id, new Client(id));\n  return Response.json(sessions.get(id)?.state);\n}` },
  { ...next, name: "sessions whose type has a transport in it", code: typed("transport: StreamableTransport") },
  { ...next, name: "sessions that get a client of another module later", code: line(`client.on("ready", () => { entry.client = client; });`) },
  { ...next, name: "sessions that are made with one", code: `import { Bot } from "chat-bots";\nconst sessions = new Map();\nexport async function POST(request: Request) {\n  const id = await request.text();\n  const bot = new Bot(id);\n  bot.on("message", answer);\n  if (!sessions.has(id)) sessions.set(id, { bot, since: Date.now() });\n  return Response.json({ since: sessions.get(id).since });\n}` },
  { ...next, name: "sessions with a stream in them", code: `const sessions = new Map();\nexport async function POST(request: Request) {\n  const id = await request.text();\n  if (!sessions.has(id)) sessions.set(id, { stream: new ReadableStream() });\n  return new Response(sessions.get(id).stream);\n}` },
  { ...next, name: "requests that are on their way", code: `const processedRequests = new Map<string, Promise<Response>>();\nexport const GET = async (request: Request) => {\n  if (!processedRequests.has(request.url)) processedRequests.set(request.url, fetch(request.url));\n  return processedRequests.get(request.url);\n};` },
  { ...nest, name: "a class that is made for each request", code: service("private readonly otpStore = new Map<string, { code: string; expiresAt: number }>()", "@Injectable({ scope: Scope.REQUEST })") },
  { ...next, filename: "lib/tries.ts", name: "a helper that nobody calls", code: `import { headers } from "next/headers";\nconst loginAttempts: Record<string, number> = {};\nexport async function mayTryOften(email: string) {\n  if (loginAttempts[email] > 5) return false;\n  loginAttempts[email] = (loginAttempts[email] ?? 0) + 1;\n  return (await headers()).has("origin");\n}` },
  { ...next, name: "locks that are promises, and hold within one process", code: `const orderLocks = new Map<string, Promise<void>>();\nexport async function POST(request: Request) {\n  const id = await request.text();\n  await orderLocks.get(id);\n  orderLocks.set(id, work(id));\n  return new Response(null);\n}` },
  { ...next, name: "blocks of a page, which are no locks", code: `const blocks = new Map<string, number>();\nexport async function POST(request: Request) {\n  const id = await request.text();\n  blocks.set(id, (blocks.get(id) ?? 0) + 1);\n  return new Response(null);\n}` },
  { ...next, name: "a count that nothing is held against", code: `let requestCount = 0;\nexport async function POST() {\n  requestCount += 1;\n  return Response.json({ requestCount });\n}` },
  { ...next, name: "a count within a request", code: `export async function POST(request: Request) {\n  let attempts = 0;\n  while (attempts < 3) attempts += 1;\n  return new Response(await request.text());\n}` },
  { ...next, filename: "lib/tries.ts", name: "a helper that nobody calls, which sweeps when it is loaded", code: `import { headers } from "next/headers";\nconst loginAttempts = new Map<string, number>();\nsetInterval(() => {\n  for (const [email, since] of loginAttempts) if (since < Date.now()) loginAttempts.delete(email);\n}, 60_000);\nexport async function mayTryOften(email: string) {\n  if (loginAttempts.get(email) > 5) return false;\n  loginAttempts.set(email, 1);\n  return (await headers()).has("origin");\n}` },
  { ...next, name: "events that memory knows first, and the database as well", code: `const processedEvents = new Map<string, number>();\nexport async function POST(request: Request) {\n  const event = await request.json();\n  if (processedEvents.has(event.id) || (await wasHandled(event.id))) return new Response();\n  await handle(event);\n  processedEvents.set(event.id, Date.now());\n  return new Response();\n}` },
  { ...next, name: "events that a read finds after memory", code: `${prisma}const seenEvents = new Set<string>();\nexport async function POST(request: Request) {\n  const { id } = await request.json();\n  if (seenEvents.has(id)) return new Response();\n  const known = await prisma.event.findUnique({ where: { id } });\n  if (known) return new Response();\n  seenEvents.add(id);\n  await prisma.event.create({ data: { id } });\n  return new Response();\n}` },
  { ...next, name: "a lock before a change that only one can make", code: `${prisma}const orderLocks = new Map<string, number>();\nconst keyFor = (id: string, day: string) => \`\${id}-\${day}\`;\nexport async function POST(request: Request) {\n  const { id, day } = await request.json();\n  const key = keyFor(id, day);\n  if (orderLocks.has(key)) return new Response(null, { status: 409 });\n  orderLocks.set(key, Date.now());\n  try {\n    const { count } = await prisma.order.updateMany({ where: { id, state: "open" }, data: { state: "shipped" } });\n    if (count === 0) return new Response(null, { status: 409 });\n    return new Response();\n  } finally {\n    orderLocks.delete(key);\n  }\n}` },
  { ...next, name: "a lock before a change of an item that only one can make", code: `import mongoose from "mongoose";\nconst Trip = mongoose.model("Trip", schema);\nconst seatLocks = new Map<string, number>();\nexport async function POST(request: Request) {\n  const { id, row } = await request.json();\n  const key = \`\${id}-\${row}\`;\n  if (seatLocks.has(key)) return new Response(null, { status: 409 });\n  seatLocks.set(key, Date.now());\n  const booked = await Trip.findOneAndUpdate({ _id: id, seats: { $elemMatch: { row, taken: { $ne: true } } } }, { $set: { "seats.$.taken": true } });\n  seatLocks.delete(key);\n  return booked ? new Response() : new Response(null, { status: 409 });\n}` },
  { ...next, name: "half a line", code: `const rateLimitStore = new Map();\nexport const POST = async () => rateLimitStore.` .replace("rateLimitStore.", "rateLimitStore") },
];

const invalid: Invalid<MessageId, []>[] = [
  {
    ...next,
    name: "a comment that puts the shared store off",
    code: limiter("rateLimitStore", "// In production, use Redis.\n"),
    errors: [{ messageId: "limit", line: 2, data: { name: "rateLimitStore" } }],
  },
  {
    ...next,
    name: "a limit that each instance counts for itself",
    code: limiter("rateLimitStore"),
    errors: [{ messageId: "limit", line: 1, column: 7, endColumn: 21, data: { name: "rateLimitStore" } }],
  },
  {
    ...next,
    filename: "lib/login.ts",
    project: "with-limits",
    name: "attempts to sign in, in a module of the server that another one asks",
    code: `import { headers } from "next/headers";\nconst loginAttempts: Record<string, number> = {};\nexport async function mayTry(email: string) {\n  if (loginAttempts[email] > 5) return false;\n  loginAttempts[email] = (loginAttempts[email] ?? 0) + 1;\n  return (await headers()).has("origin");\n}`,
    errors: [{ messageId: "limit", line: 2, data: { name: "loginAttempts" } }],
  },
  { ...next, name: "sessions whose type has the number of a client in it", code: typed("client: string"), errors: [{ messageId: "session", line: 3, data: { name: "sessions" } }] },
  { ...next, name: "sessions beside a client that is not kept in them", code: line(`client.on("ready", () => { entry.state = "ready"; });`), errors: [{ messageId: "session", line: 2, data: { name: "sessions" } }] },
  { ...next, name: "sessions of data that a class of another module gives", code: `import { Account } from "./account";\nconst sessions = new Map();\nexport async function POST(request: Request) {\n  const id = await request.text();\n  const account = new Account(id);\n  if (!sessions.has(id)) sessions.set(id, { account });\n  return Response.json(sessions.get(id).account);\n}`, errors: [{ messageId: "session", line: 2, data: { name: "sessions" } }] },
  {
    filename: "src/server.ts",
    project: "express",
    name: "sessions of Express by hand",
    code: `import express from "express";\nconst app = express();\nconst sessions = new Map();\napp.post("/login", (req, res) => {\n  sessions.set(req.body.id, { userId: req.body.userId, since: new Date() });\n  res.end();\n});\napp.get("/me", (req, res) => res.json(sessions.get(req.query.id)));`,
    errors: [{ messageId: "session", line: 3, column: 7, endColumn: 15, data: { name: "sessions" } }],
  },
  {
    filename: "src/server.ts",
    project: "express",
    name: "tokens that were revoked",
    code: `import express from "express";\nconst app = express();\nconst revokedTokens = new Set<string>();\napp.post("/logout", (req, res) => {\n  revokedTokens.add(req.body.token);\n  res.end();\n});\nexport const isRevoked = (token: string) => revokedTokens.has(token);`,
    errors: [{ messageId: "revocation", data: { name: "revokedTokens" } }],
  },
  {
    ...nest,
    name: "codes in a service of Nest",
    code: service("private readonly otpStore = new Map<string, { code: string; expiresAt: number }>()"),
    errors: [{ messageId: "code", line: 5, column: 20, endColumn: 28, data: { name: "otpStore" } }],
  },
  {
    ...next,
    filename: "app/api/webhooks/stripe/route.ts",
    name: "events that were handled, beside a row that has to be there",
    code: `${prisma}const processedEvents = new Set<string>();\nexport async function POST(request: Request) {\n  const { id } = await request.json();\n  if (processedEvents.has(id)) return new Response();\n  const order = await prisma.order.findUnique({ where: { id } });\n  if (!order) return new Response(null, { status: 404 });\n  processedEvents.add(id);\n  await prisma.payment.create({ data: { orderId: id } });\n  return new Response();\n}`,
    errors: [{ messageId: "once", line: 3, data: { name: "processedEvents" } }],
  },
  {
    ...next,
    filename: "app/api/orders/route.ts",
    name: "a lock before a change that each can make",
    code: `${prisma}const orderLocks = new Map<string, number>();\nexport async function POST(request: Request) {\n  const { id } = await request.json();\n  if (orderLocks.has(id)) return new Response(null, { status: 409 });\n  orderLocks.set(id, Date.now());\n  const order = await prisma.order.update({ where: { id }, data: { state: "shipped" } });\n  orderLocks.delete(id);\n  return Response.json(order);\n}`,
    errors: [{ messageId: "lock", line: 3, data: { name: "orderLocks" } }],
  },
  {
    ...next,
    filename: "app/api/webhooks/stripe/route.ts",
    name: "events that memory alone is asked for elsewhere",
    code: `const processedEvents = new Map<string, number>();\nexport async function POST(request: Request) {\n  const event = await request.json();\n  if (processedEvents.has(event.id) || (await wasHandled(event.id))) return new Response();\n  processedEvents.set(event.id, Date.now());\n  return new Response();\n}\nexport async function PUT(request: Request) {\n  const event = await request.json();\n  if (processedEvents.has(event.id)) return new Response();\n  await handle(event);\n  processedEvents.set(event.id, Date.now());\n  return new Response();\n}`,
    errors: [{ messageId: "once", line: 1, data: { name: "processedEvents" } }],
  },
  {
    ...next,
    filename: "app/api/webhooks/stripe/route.ts",
    name: "events that were handled",
    code: `const processedEvents = new Set<string>();\nexport async function POST(request: Request) {\n  const event = await request.json();\n  if (processedEvents.has(event.id)) return new Response(null);\n  processedEvents.add(event.id);\n  return new Response(null, { status: 201 });\n}`,
    errors: [{ messageId: "once", line: 1, data: { name: "processedEvents" } }],
  },
  {
    ...next,
    name: "what is being worked on",
    code: `const orderLocks = new Set<string>();\nexport async function POST(request: Request) {\n  const id = await request.text();\n  if (orderLocks.has(id)) return new Response(null, { status: 409 });\n  orderLocks.add(id);\n  await ship(id);\n  orderLocks.delete(id);\n  return new Response(null);\n}`,
    errors: [{ messageId: "lock", line: 1, column: 7, data: { name: "orderLocks" } }],
  },
  {
    ...next,
    name: "a number that is held against a limit",
    code: `let requestCount = 0;\nexport async function POST() {\n  requestCount += 1;\n  if (requestCount > 100) return new Response(null, { status: 429 });\n  return new Response(null);\n}`,
    errors: [{ messageId: "limit", line: 1, column: 5, data: { name: "requestCount" } }],
  },
];

ruleTester.run("no-in-memory-state", rule, { valid, invalid });

/** A limiter of which a page for the operator shows how much is left, and middleware that asks it. */
const shared = `const rateLimits = new Map();

export async function checkLimit(address) {
  const seen = rateLimits.get(address) ?? 0;
  if (seen >= 60) return { allowed: false, limit: 60, left: 0 };
  rateLimits.set(address, seen + 1);
  return { allowed: true, limit: 60, left: 59 - seen };
}

export async function limitsOf(address) {
  const result = await checkLimit(address);
  return { limit: result.limit, left: result.left };
}

export function limiter() {
  return async (request, response, next) => {
    const result = await checkLimit(request.ip);
    if (!result.allowed) return response.status(429).end();
    next();
  };
}
`;

test("a limiter limits nobody where all that the app asks it is how much is left", () => {
  const parts = Object.fromEntries(Array.from({ length: 8 }, (_, index) => [`routes/part${index}.js`, `import { Router } from "express";\nexport const part${index} = Router();\n`]));
  const uses = Object.keys(parts).map((_, index) => `import { part${index} } from "./routes/part${index}.js";\n`).join("");
  const reported = (server: string, limits = shared): number => {
    const start = `import express from "express";\n${uses}const app = express();\napp.use(${Object.keys(parts).map((_, index) => `part${index}`).join(", ")});\n`;
    const files = { "package.json": { name: "shop", type: "module", scripts: { start: "node server.js" }, dependencies: { express: "^5.0.0" } }, ...parts, "lib/limits.js": limits, "server.js": `${start}${server}\napp.listen(3000);\n` };
    const project = makeProject(files);
    const plugins = { own: { rules: { it: rule } } } as unknown as Linter.Config["plugins"] & {};
    return new Linter({ cwd: project.dir }).verify(limits, [{ files: ["**/*.js"], plugins, rules: { "own/it": "error" } }], { filename: project.path("lib/limits.js") }).length;
  };
  const page = 'app.get("/limits", async (request, response) => {\n  const { limitsOf } = await import("./lib/limits.js");\n  response.json(await limitsOf(request.ip));\n});';
  expect(reported(page)).toBe(0);
  expect(reported(`${page}\nconst { limiter } = await import("./lib/limits.js");\napp.use(limiter());`)).toBe(1);
  expect(reported('import { checkLimit } from "./lib/limits.js";\napp.use(async (request, response, next) => ((await checkLimit(request.ip)).allowed ? next() : response.status(429).end()));')).toBe(1);
  expect(reported(page, shared.replace("return { limit: result.limit", "if (result.left === 0) throw new Error();\n  return { limit: result.limit"))).toBe(1);
  expect(reported(page, shared.replace("return { limit: result.limit", "return { allowed: result.allowed, limit: result.limit"))).toBe(1);
});
