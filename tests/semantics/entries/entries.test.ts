import { describe, expect, it } from "vitest";

import { entriesIn, entryAt } from "../../../src/semantics/entries/entries.js";
import { makeProject } from "../../support/project.js";
import { projectFolder } from "../../support/projects.js";
import { marked, openText } from "../../support/source.js";

type Place = Parameters<typeof openText>[1] & { project?: string };

const open = (code: string, { project, ...place }: Place = {}) => openText(code, { ...place, cwd: projectFolder(project) });

/** The entry around the mark, in short: `express route GET registration request,response`. */
function entry(code: string, place?: Place): string | null {
  const source = open(code, place);
  const found = entryAt(marked(source), source);
  if (!found) return null;
  return [found.framework, found.kind, found.method ?? "*", found.by, ...(found.wrapper ? ["wrapped"] : []), Object.keys(found.params).join()].filter(Boolean).join(" ");
}

describe("Next", () => {
  const route = { filename: "app/api/orders/route.ts", project: "next" };

  it.each([
    ["an exported function", `export async function GET(request: Request) { __(x); }`, "next-route route GET file request"],
    ["an exported const", `export const POST = async (request) => { __(x); };`, "next-route route POST file request"],
    ["a list of exports", `async function handler(request) { __(x); } export { handler as PUT };`, "next-route route PUT file request"],
    ["a callback within", `export async function GET() { return db.$transaction(async (tx) => __(x)); }`, "next-route route GET file"],
    ["a wrapped handler", `import { withAuth } from "@/lib/auth"; export const GET = withAuth(async ({ session }) => { __(x); });`, "next-route route GET file wrapped request"],
    ["two wrappers", `export const GET = withLog(withAuth(async (request) => __(x)));`, "next-route route GET file wrapped request"],
    ["a handler wrapped by name", `async function handler(request) { __(x); } export const DELETE = withAuth(handler);`, "next-route route DELETE file wrapped request"],
    ["a handler in the options of a wrapper", `export const POST = withApi({ schema, handler: async ({ req }) => { __(x); } });`, "next-route route POST file wrapped request"],
    ["several methods by one wrapper", `const both = withAuth(async () => __(x)); export { both as GET };`, "next-route route GET file wrapped"],
  ])("%s", (_, code, expected) => expect(entry(code, route)).toBe(expected));

  it("knows a helper beside the handlers as none", () => expect(entry(`function load() { __(x); } export async function GET() { return load(); }`, route)).toBeNull());
  it("knows other exports as none", () => expect(entry(`export async function load() { __(x); }`, route)).toBeNull());
  it("knows the same export elsewhere as none", () => expect(entry(`export async function GET() { __(x); }`, { ...route, filename: "lib/http.ts" })).toBeNull());

  const api = { filename: "pages/api/orders.ts", project: "next" };

  it.each([
    ["a default export", `export default async function handler(req, res) { __(x); }`, "next-api route * file request,response"],
    ["by name", `const handler = async (req, res) => __(x); export default handler;`, "next-api route * file request,response"],
    ["wrapped by name", `async function handler(req, res) { __(x); } export default withAuth(handler);`, "next-api route * file wrapped request,response"],
    ["typed", `import type { NextApiHandler } from "next"; const handler: NextApiHandler = (req, res) => { __(x); }; export default handler;`, "next-api route * file request,response"],
    ["a helper by its types", `import type { NextApiRequest, NextApiResponse } from "next"; export function list(req: NextApiRequest, res: NextApiResponse) { __(x); }`, "next-api route * type request,response"],
  ])("pages/api: %s", (_, code, expected) => expect(entry(code, api)).toBe(expected));

  it("needs next among the dependencies for pages/api", () => expect(entry(`export default function handler(req, res) { __(x); }`, { filename: "pages/api/x.ts" })).toBeNull());

  const actions = { filename: "app/actions.ts", project: "next" };

  it.each([
    ["a file of actions", `"use server"; export async function save(form) { __(x); }`, "server-action action * directive"],
    ["an action in a component", `export default function Page() { async function save() { "use server"; __(x); } }`, "server-action action * directive"],
    ["a wrapped action", `"use server"; export const save = authenticated(async (form) => { __(x); });`, "server-action action * directive wrapped"],
    ["an action by next-safe-action", `"use server"; import { createSafeActionClient } from "next-safe-action"; const client = createSafeActionClient(); export const save = client.schema(s).action(async ({ parsedInput }) => __(x));`, "next-safe-action action * registration context"],
  ])("%s", (_, code, expected) => expect(entry(code, actions)).toBe(expected));

  it("knows a function that is not exported as no action", () => expect(entry(`"use server"; async function load() { __(x); } export async function save() { await load(); }`, actions)).toBeNull());
  it("knows the middleware", () => expect(entry(`export function middleware(request) { __(x); }`, { filename: "src/middleware.ts", project: "next" })).toBe("next-middleware middleware * file request"));
});

describe("Express", () => {
  const express = `import express, { Router } from "express"; const app = express(); const router = Router();`;

  it.each([
    ["a route", `${express} app.get("/", async (req, res) => { __(x); });`, "express route GET registration request,response"],
    ["a router's route behind middleware", `${express} router.post("/", auth, (req, res, next) => { __(x); });`, "express route POST registration request,response,next"],
    ["an array of handlers", `${express} router.put("/", [auth, (req, res) => __(x)]);`, "express route PUT registration request,response"],
    ["a chain", `${express} app.route("/").get(list).delete((req, res) => __(x));`, "express route DELETE registration request,response"],
    ["by name", `${express} function list(req, res) { __(x); } router.get("/", list);`, "express route GET registration request,response"],
    ["middleware", `${express} app.use((req, res, next) => { __(x); });`, "express middleware * registration request,response,next"],
    ["an error handler", `${express} app.use((err, req, res, next) => { __(x); });`, "express error-handler * registration error,request,response,next"],
    ["a wrapped handler", `${express} router.get("/", catchAsync(async (req, res) => { __(x); }));`, "express route GET registration wrapped request,response"],
    ["a wrapped controller by name", `${express} const list = catchAsync(async (req, res) => { __(x); }); router.get("/", list);`, "express route GET registration wrapped request,response"],
    ["require", `const express = require("express"); const app = express(); app.get("/", (req, res) => __(x));`, "express route GET registration request,response"],
    ["an app that is handed in", `import type { Express } from "express"; export function routes(app: Express) { app.get("/", (req, res) => __(x)); }`, "express route GET registration request,response"],
    ["a controller by its types", `import { Request, Response } from "express"; export const list = async (req: Request, res: Response) => { __(x); };`, "express route * type request,response"],
    ["a controller of a class", `import type { Request, Response } from "express"; export class Orders { async list(req: Request, res: Response) { __(x); } }`, "express route * type request,response"],
    ["a typed handler", `import type { RequestHandler } from "express"; export const list: RequestHandler = (req, res) => { __(x); };`, "express route * type request,response"],
    ["an error handler by its types", `import type { Request, Response, NextFunction } from "express"; export function failed(err: unknown, req: Request, res: Response, next: NextFunction) { __(x); }`, "express error-handler * type request,response,next,error"],
  ])("%s", (_, code, expected) => expect(entry(code)).toBe(expected));

  it.each([
    ["another library's get", `import { app } from "./app"; app.get("/", (req, res) => __(x));`],
    ["a cache", `const cache = new Map(); cache.get("x", (req, res) => __(x));`],
    ["the web's own types", `export const list = (req: Request, res: Response) => { __(x); };`],
    ["a header that is read", `${express} function run(name) { __(x); } app.get("/", (req, res) => { res.get(run); });`],
    ["a listening callback", `${express} app.listen(3000, () => { __(x); });`],
  ])("knows %s as none", (_, code) => expect(entry(code)).toBeNull());
});

describe("Nest", () => {
  const nest = `import { Catch, Controller, Get, Post, Injectable } from "@nestjs/common";`;

  it.each([
    ["a controller's method", `${nest} @Controller("orders") class C { @Get(":id") one() { __(x); } }`, "nest route GET decorator"],
    ["another method", `${nest} @Controller() class C { @Post() async add() { __(x); } }`, "nest route POST decorator"],
    ["an exception filter", `${nest} @Catch() class F { catch(exception, host) { __(x); } }`, "nest error-handler * decorator error"],
    ["the response that it is handed", `${nest} import { Res } from "@nestjs/common"; import { Response } from "express"; @Controller() class C { @Get() one(@Res() res: Response) { __(x); } }`, "nest route GET decorator response"],
    ["a resolver", `import { Resolver, Query } from "@nestjs/graphql"; @Resolver() class R { @Query() orders() { __(x); } }`, "nest procedure * decorator"],
  ])("%s", (_, code, expected) => expect(entry(code)).toBe(expected));

  it.each([
    ["a service", `${nest} @Injectable() class S { list() { __(x); } }`],
    ["a method without decorator", `${nest} @Controller() class C { helper() { __(x); } }`],
    ["somebody else's decorators", `import { Controller, Get } from "./http"; @Controller() class C { @Get() one() { __(x); } }`],
  ])("knows %s as none", (_, code) => expect(entry(code)).toBeNull());
});

describe("others", () => {
  it.each([
    ["Deno.serve", `Deno.serve(async (req) => { __(x); });`, "deno route * registration request"],
    ["Deno.serve with options", `Deno.serve({ port: 1 }, (req) => __(x));`, "deno route * registration request"],
    ["Deno.serve with a handler in its options", `Deno.serve({ handler: (req) => __(x) });`, "deno route * registration request"],
    ["serve of std", `import { serve } from "https://deno.land/std@0.168.0/http/server.ts"; serve(async (req) => __(x));`, "deno route * registration request"],
    ["serve by name", `import { serve } from "https://deno.land/std@0.190.0/http/server.ts"; const handler = async (req: Request) => { __(x); }; serve(handler);`, "deno route * registration request"],
    ["Node", `import { createServer } from "node:http"; createServer((req, res) => __(x));`, "node route * registration request,response"],
    ["Fastify", `import Fastify from "fastify"; const app = Fastify(); app.get("/", async (request, reply) => __(x));`, "fastify route GET registration request,response"],
    ["Fastify's route", `import Fastify from "fastify"; const app = Fastify(); app.route({ method: "GET", url: "/", handler: (request, reply) => __(x) });`, "fastify route * registration request,response"],
    ["Fastify's error handler", `import Fastify from "fastify"; const app = Fastify(); app.setErrorHandler((error, request, reply) => __(x));`, "fastify error-handler * registration error,request,response"],
    ["a plugin of Fastify", `import Fastify from "fastify"; const app = Fastify(); app.register(async (scope) => { scope.post("/", (request, reply) => __(x)); });`, "fastify route POST registration request,response"],
    ["Hono", `import { Hono } from "hono"; const app = new Hono(); app.get("/", (c) => __(x));`, "hono route GET registration context"],
    ["a chain of Hono", `import { Hono } from "hono"; export const app = new Hono().get("/", list).post("/", zValidator("json", s), async (c) => __(x));`, "hono route POST registration context"],
    ["Hono's error handler", `import { Hono } from "hono"; new Hono().onError((err, c) => __(x));`, "hono error-handler * registration error,context"],
    ["Koa", `import Router from "@koa/router"; const router = new Router(); router.get("/", async (ctx) => __(x));`, "koa route GET registration context"],
    ["tRPC", `import { initTRPC } from "@trpc/server"; const t = initTRPC.context().create(); export const orders = t.router({ list: t.procedure.input(s).query(({ ctx }) => __(x)) });`, "trpc procedure * registration context"],
    ["SvelteKit", `export async function POST({ request }) { __(x); }`, "sveltekit route POST file context", "src/routes/api/+server.ts"],
    ["an action of SvelteKit", `export const actions = { default: async ({ request }) => { __(x); } };`, "sveltekit action * file context", "src/routes/+page.server.ts"],
    ["h3", `import { defineEventHandler } from "h3"; export default defineEventHandler(async (event) => __(x));`, "nuxt route * registration context", "server/api/orders.ts"],
    ["Lambda", `import type { APIGatewayProxyHandler } from "aws-lambda"; export const handler: APIGatewayProxyHandler = async (event) => { __(x); };`, "lambda route * type request"],
  ])("%s", (_, code, expected, filename = "server.ts") => expect(entry(code, { filename })).toBe(expected));

  it.each([
    ["a wrong file name", `export const actions = { default: async () => { __(x); } };`, "src/routes/actions.ts"],
    ["somebody else's serve", `import { serve } from "./serve"; serve(async (req) => __(x));`, "server.ts"],
    ["a global that the file declares", `const Deno = { serve(f) {} }; Deno.serve((req) => __(x));`, "server.ts"],
    ["no function at all", `__(x);`, "app/api/x/route.ts"],
  ])("knows %s as none", (_, code, filename) => expect(entry(code, { filename })).toBeNull());
});

it("knows a procedure whose builder is made elsewhere", () => {
  const project = makeProject({
    "package.json": { dependencies: { "@trpc/server": "11" } },
    "src/trpc.ts": `import { initTRPC } from "@trpc/server"; const t = initTRPC.context<Context>().create(); export const authed = t.procedure.use(isSignedIn);`,
  });
  const source = openText(`import { authed } from "./trpc"; export const list = authed.input(schema).query(async ({ ctx }) => __(x));`, { filename: project.path("src/orders.ts"), cwd: project.dir });
  expect(entryAt(marked(source), source)).toMatchObject({ framework: "trpc", kind: "procedure" });
});

it("lists all entries of a file", () => {
  const source = open(`export async function GET() {} export const POST = withAuth(async () => {}); function helper() {}`, { filename: "app/api/route.ts", project: "next" });
  expect(entriesIn(source).map(({ method }) => method)).toEqual(["GET", "POST"]);
});

describe("plain JavaScript", () => {
  const controller = { filename: "src/controllers/orders.js", project: "express" };

  it.each([
    ["a handler of a file of its own", `exports.list = (req, res) => { res.json(__([])); };`, "express route * type request,response"],
    ["one that passes on", `exports.list = async (req, res, next) => { res.status(__(200)).end(); };`, "express route * type request,response,next"],
    ["one for errors", `module.exports = (err, req, res, next) => { res.status(500).send(__(err)); };`, "express error-handler * type error,request,response,next"],
  ])("knows %s by its parameters", (_, code, expected) => expect(entry(code, controller)).toBe(expected));

  it.each([
    ["where nothing is answered", `exports.list = (req, res) => { __(res.rows); };`],
    ["in another order", `exports.list = (res, req) => { res.json(__([])); };`],
    ["with another type", `exports.list = (req: Asked, res: Rows) => { res.json(__([])); };`],
    ["with something else besides", `exports.upload = (req, res, upload) => { res.json(__([])); };`],
  ])("but not %s", (_, code) => expect(entry(code, controller)).toBeNull());

  it("nor in an app without the framework", () => expect(entry(`exports.list = (req, res) => { res.json(__([])); };`, { filename: "src/orders.js" })).toBeNull());
});

describe("jobs", () => {
  it.each([
    ["of BullMQ", `import { Worker } from "bullmq"; new Worker("mails", async (job) => { __(job); });`, "bullmq job * registration"],
    ["of node-cron", `import cron from "node-cron"; cron.schedule("* * * * *", () => { __(x); });`, "node-cron job * registration"],
    ["of Trigger.dev", `import { task } from "@trigger.dev/sdk"; export const send = task({ id: "send", run: async (payload) => { __(payload); } });`, "trigger.dev job * registration"],
    ["of Inngest", `import { Inngest } from "inngest"; const client = new Inngest({ id: "shop" }); export const send = client.createFunction({ id: "send" }, { event: "paid" }, async ({ event }) => { __(event); });`, "inngest job * registration"],
  ])("%s", (_, code, expected) => expect(entry(code, { filename: "src/jobs.ts" })).toBe(expected));

  it("but no other method of a task", () => expect(entry(`import { task } from "@trigger.dev/sdk"; task({ id: "send", onFailure: async () => { __(x); } });`, { filename: "src/jobs.ts" })).toBeNull());
});
