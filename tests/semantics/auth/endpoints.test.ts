import { describe, expect, it } from "vitest";

import { type Endpoint, endpointsIn } from "../../../src/semantics/auth/endpoints.js";
import { makeProject, type Project } from "../../support/project.js";
import { openText } from "../../support/source.js";

/** The endpoints of a file, in short: `POST /orders found requireAuth`. */
const short = ({ method, path, authentication: { presence, by } }: Endpoint): string => [method ?? "*", path ?? "-", presence, by].filter(Boolean).join(" ");

const endpoints = (project: Project, file: string, text: string): string[] => {
  project.write({ [file]: text });
  return endpointsIn(openText(text, { filename: project.path(file), cwd: project.dir })).map(short);
};

const sessions = `import jwt from "jsonwebtoken"; export function requireAuth(req, res, next) { try { req.user = jwt.verify(req.headers.authorization, process.env.JWT_SECRET); next(); } catch { res.status(401).end(); } }`;

describe("endpoints of Express", () => {
  const app = (): Project => makeProject({
    "package.json": { dependencies: { express: "5.0.0", jsonwebtoken: "9.0.0" } },
    "src/auth.ts": sessions,
    "src/log.ts": `export function log(req, res, next) { console.log(req.method); next(); }`,
  });

  it("asks what stands before the handler in the same call", () => {
    const code = `import express from "express"; import { requireAuth } from "./auth"; import { log } from "./log"; const app = express();
app.get("/open", log, (req, res) => res.json(1)); app.post("/orders", requireAuth, (req, res) => res.json(1)); app.put("/odd", whatever, (req, res) => res.json(1));`;
    expect(endpoints(app(), "src/app.ts", code)).toEqual(["GET /open missing", "POST /orders found requireAuth", "PUT /odd unknown whatever"]);
  });

  it("counts what the application was given before, by path and order", () => {
    const code = `import express from "express"; import cors from "cors"; import { requireAuth } from "./auth"; const app = express(); app.use(cors()); app.use(express.json());
app.get("/before", (req, res) => res.json(1)); app.use("/admin", requireAuth); app.get("/admin/users", (req, res) => res.json(1)); app.get("/administer", (req, res) => res.json(1));`;
    expect(endpoints(app(), "src/app.ts", code)).toEqual(["GET /before missing", "GET /admin/users found requireAuth", "GET /administer missing"]);
  });

  it("follows a router to where another file mounts it", () => {
    const [users, notes, lost] = [`import { Router } from "express"; export const users = Router(); users.get("/:id", (req, res) => res.json(1));`, ...[1, 2].map(() => `import { Router } from "express"; const router = Router(); router.post("/", (req, res) => res.json(1)); export default router;`)] as [string, string, string];
    const project = app();
    project.write({ "src/users.ts": users, "src/notes.ts": notes, "src/lost.ts": lost, "src/app.ts": `import express from "express"; import { requireAuth } from "./auth"; import { users } from "./users"; import notes from "./notes"; const app = express(); app.use("/notes", notes); app.use("/api/users", requireAuth, users);` });
    expect(endpoints(project, "src/users.ts", users)).toEqual(["GET /api/users/:id found requireAuth"]);
    expect(endpoints(project, "src/notes.ts", notes)).toEqual(["POST /notes missing"]);
    expect(endpoints(project, "src/lost.ts", lost)).toEqual(["POST / unknown"]);
  });

  it("reads what the handler itself is given", () =>
    expect(endpoints(app(), "src/app.ts", `import express from "express"; const app = express(); app.get("/me", (req, res) => res.json(req.user.id)); app.get("/key", (req, res) => { if (req.headers["x-api-key"] !== process.env.KEY) return res.status(401).end(); res.json(1); });`)).toEqual([
      "GET /me found req.user.id",
      `GET /key found req.headers["x-api-key"] !== process.env.KEY`,
    ]));
});

describe("what is asked on some ways through a handler only", () => {
  const app = (): Project => makeProject({ "package.json": { dependencies: { next: "15.0.0", "next-auth": "5.0.0", stripe: "18.0.0" } }, "auth.ts": `import NextAuth from "next-auth"; export const { auth } = NextAuth({});` });
  const ask = `const session = await auth(); if (!session) return new Response(null, { status: 401 });`;

  it("is not told", () => {
    const code = `import { auth } from "../../../auth"; export async function POST(request) { const { plan } = await request.json(); if (plan) { ${ask} return Response.json(session.user); } return Response.json({ ok: true }); }`;
    expect(endpoints(app(), "app/api/start/route.ts", code)).toEqual(["POST /api/start unknown auth"]);
  });

  it("but by method each asks for itself", () => {
    const code = `import { auth } from "../../../auth"; export async function POST(request) { if (request.method === "POST") { ${ask} return Response.json(session.user); } return new Response(null, { status: 405 }); }`;
    expect(endpoints(app(), "app/api/start/route.ts", code)).toEqual(["POST /api/start found auth"]);
  });

  it("a signature that is checked says who sends", () => {
    const code = `import Stripe from "stripe"; const stripe = new Stripe(process.env.STRIPE_KEY); export async function POST(request) { const event = stripe.webhooks.constructEvent(await request.text(), request.headers.get("stripe-signature"), process.env.STRIPE_WEBHOOK_SECRET); return Response.json({ received: event.id }); }`;
    expect(endpoints(app(), "app/api/stripe/route.ts", code)).toEqual(["POST /api/stripe found stripe.webhooks.constructEvent"]);
  });

  it("and what a test answers is no way in", () =>
    expect(endpoints(app(), "app/api/start/route.test.ts", `import { test } from "vitest"; export async function POST() { return new Response(); } test("answers", () => POST());`)).toEqual([]));
});

describe("endpoints of Next", () => {
  const app = (): Project => makeProject({ "package.json": { dependencies: { next: "15.0.0", "next-auth": "5.0.0" } }, "auth.ts": `import NextAuth from "next-auth"; export const { auth } = NextAuth({});` });
  const open = `export async function POST(request) { return Response.json(await request.json()); }`;

  it("are told by their files", () => {
    expect(endpoints(app(), "app/(shop)/api/orders/[id]/route.ts", open)).toEqual(["POST /api/orders/[id] missing"]);
    expect(endpoints(app(), "app/api/mine/route.ts", `import { auth } from "../../../auth"; export async function GET() { const session = await auth(); if (!session) return new Response(null, { status: 401 }); return Response.json(session); }`)).toEqual(["GET /api/mine found auth"]);
    expect(endpoints(app(), "app/api/mine/route.ts", `import { auth } from "../../../auth"; export async function GET() { const session = await auth(); return Response.json(session); }`)).toEqual(["GET /api/mine unknown auth"]);
  });

  it("are asked by a wrapper whose code says so", () => {
    const project = app();
    project.write({ "lib/with-user.ts": `import { auth } from "../auth"; export const withUser = (handler) => async (request) => { const session = await auth(); if (!session) return new Response(null, { status: 401 }); return handler(request, session); };` });
    expect(endpoints(project, "app/api/a/route.ts", `import { withUser } from "../../../lib/with-user"; export const GET = withUser(async () => Response.json(1));`)).toEqual(["GET /api/a found withUser"]);
  });

  it("are asked by the middleware that is matched", () => {
    const project = app();
    const middleware = (matcher: string, body = "const session = await auth(); if (!session) return new Response(null, { status: 401 });") =>
      `import { auth } from "./auth"; export async function middleware(request) { ${body} } export const config = { matcher: ${matcher} };`;
    project.write({ "middleware.ts": middleware(`["/api/:path*"]`) });
    expect(endpoints(project, "app/api/orders/route.ts", open)).toEqual(["POST /api/orders found middleware"]);
    project.write({ "middleware.ts": middleware(`["/((?!api|_next/static).*)"]`) });
    expect(endpoints(project, "app/api/orders/route.ts", open)).toEqual(["POST /api/orders missing"]);
    project.write({ "middleware.ts": middleware(`["/api/:path*"]`, `if (request.nextUrl.pathname.startsWith("/api/admin")) { await auth(); }`) });
    expect(endpoints(project, "app/api/orders/route.ts", open)).toEqual(["POST /api/orders unknown middleware"]);
    project.remove("middleware.ts");
    expect(endpoints(project, "app/api/orders/route.ts", open)).toEqual(["POST /api/orders missing"]);
  });
});

it("endpoints of tRPC are asked by the procedure that they are built on", () => {
  const project = makeProject({
    "package.json": { dependencies: { "@trpc/server": "11.0.0" } },
    "server/trpc.ts": `import { initTRPC, TRPCError } from "@trpc/server"; const t = initTRPC.create(); const isAuthed = t.middleware(({ ctx, next }) => { if (!ctx.session) throw new TRPCError({ code: "UNAUTHORIZED" }); return next(); });
export const router = t.router; export const publicProcedure = t.procedure; export const protectedProcedure = t.procedure.use(isAuthed);`,
  });
  const code = `import { publicProcedure, protectedProcedure, router } from "./trpc"; export const posts = router({ list: publicProcedure.query(() => 1), add: protectedProcedure.input(schema).mutation(({ input }) => input) });`;
  expect(endpoints(project, "server/posts.ts", code)).toEqual(["* - missing", "* - found isAuthed"]);
});

it("endpoints of an edge function have its name", () => {
  const project = makeProject({ "package.json": {} });
  expect(endpoints(project, "supabase/functions/send/index.ts", `Deno.serve(async (req) => new Response(await req.text()));`)).toEqual(["* /functions/v1/send missing"]);
  expect(endpoints(project, "supabase/functions/send/index.ts", `Deno.serve(async (req) => { const token = req.headers.get("Authorization"); return new Response(token); });`)).toEqual(["* /functions/v1/send unknown req.headers.get"]);
});

describe("what is evidence of asking who is there", () => {
  const app = (): Project => makeProject({
    "package.json": { dependencies: { express: "5.0.0", jsonwebtoken: "9.0.0", next: "15.0.0", "next-auth": "5.0.0" } },
    "src/auth.ts": sessions,
    "src/soft.ts": `import jwt from "jsonwebtoken"; export function attachUser(req, res, next) { const token = req.cookies.token; if (token) { try { req.user = jwt.verify(token, process.env.JWT_SECRET); return next(); } catch (error) { console.warn("unauthorized", error); } } next(); }`,
    "src/headers.ts": `const log = process.env.LOG_USAGE === "true"; export const announce = (options = {}) => { const { usage = process.env.LOG_USAGE === "true" } = options; return (req, res, next) => { res.set("Deprecation", "true"); if (usage) console.log(req.path); next(); }; };`,
    "src/traffic.ts": `export function traffic(req, res, next) { const end = res.end; res.end = function (...args) { console.log(req.user?.id, res.statusCode === 403); return end.apply(res, args); }; res.on("finish", () => { if (!req.user) return; count(req.user.id); }); next(); }`,
    "src/session.ts": `import { cookies } from "next/headers"; export async function setShopSession(session) { const jar = await cookies(); jar.set("shop", JSON.stringify({ id: session.userId })); } export async function getShopSession() { const kept = (await cookies()).get("shop")?.value; return kept ? JSON.parse(kept) : null; }`,
    "src/message.ts": `export async function sendMessage(options) { const response = await fetch("https://mail.example.com", { headers: { Authorization: "Bearer " + process.env.MAIL_TOKEN } }); if (response.status === 401) throw new Error("refused"); return options.account; }`,
    "src/cron.ts": `export function requireCron(request) { const secret = process.env.CRON_SECRET; if (request.headers.get("authorization") !== \`Bearer \${secret}\`) return new Response(null, { status: 401 }); return null; }`,
    "src/who.ts": `import { auth } from "../auth"; export async function viewer() { const session = await auth(); return session?.user ?? null; } export async function required() { const session = await auth(); if (!session) throw new Error("sign in"); return session.user.id; }`,
    "auth.ts": `import NextAuth from "next-auth"; export const { auth } = NextAuth({});`,
  });
  const express = (before: string, handler: string): string => `import express from "express"; import { requireAuth } from "./auth"; import { attachUser } from "./soft"; import { announce } from "./headers"; import { traffic } from "./traffic"; const app = express(); ${before} app.post("/a", ${handler});`;

  it.each([
    ["headers that are set", "app.use(announce());", "(req, res) => res.json(1)", "missing"],
    ["what is told when the answer is sent", "app.use(traffic);", "(req, res) => res.json(1)", "missing"],
    ["a user who is found, if there is one", "app.use(attachUser);", "(req, res) => res.json(1)", "missing"],
    ["a user who has to be there", "app.use(attachUser);", "(req, res) => { if (!req.user) return res.status(401).end(); res.json(1); }", "found req.user"],
    ["a user whose parts are read", "app.use(attachUser);", "(req, res) => res.json(req.user.id)", "found req.user.id"],
    ["a user who may be there", "app.use(attachUser);", "(req, res) => { if (req.user) { if (req.user.role !== 'editor') return res.status(403).end(); } res.json(1); }", "unknown req.user"],
    ["a switch", "", "(req, res) => { res.json(process.env.NODE_ENV === 'development' ? debug() : 1); }", "missing"],
    ["a switch that shuts", "", "(req, res) => { if (process.env.NODE_ENV === 'production') return res.status(404).end(); res.json(1); }", "unknown process.env.NODE_ENV === 'production'"],
    ["a table by such a name", "", "async (req, res) => { await db.transaction(async (tx) => { await tx.account.update(1); if (!tx.user) throw new Error(); }); res.json(1); }", "missing"],
    ["a user who is taken out of the request", "app.use((req, res, next) => { const { user } = req; if (!user) return res.status(401).end(); next(); });", "(req, res) => res.json(1)", "found user"],
    ["middleware that denies a shop that has not paid", "app.use(async (req, res, next) => { const shop = await shops.of(req.host); if (shop.isSuspended) return res.status(403).end(); next(); });", "(req, res) => res.json(1)", "missing"],
    ["middleware that denies, nobody knows why", "app.use((req, res, next) => { if (!listed(req.ip)) return res.status(403).end(); next(); });", "(req, res) => res.json(1)", "unknown"],
    ["a token against forged requests", "function verifyCsrfToken(req, res, next) { if (req.headers['x-csrf-token'] !== req.session.user) return res.status(403).end(); next(); } app.use(verifyCsrfToken);", "(req, res) => res.json(1)", "missing"],
    ["a browser by its name", "", "(req, res) => { if (!req.userAgent) return res.status(400).end(); res.json(1); }", "missing"],
    ["middleware that turns away", "app.use(requireAuth);", "(req, res) => res.json(1)", "found requireAuth"],
  ])("%s", (_, before, handler, expected) => expect(endpoints(app(), "src/app.ts", express(before, handler))).toEqual([`POST /a ${expected}`]));

  const route = (body: string): string => `import { setShopSession, getShopSession } from "../../../src/session"; import { sendMessage } from "../../../src/message"; import { requireCron } from "../../../src/cron"; import { viewer, required } from "../../../src/who"; export async function POST(request) { ${body} return Response.json(1); }`;

  it.each([
    ["a session that is begun", "const { id } = await request.json(); await setShopSession({ userId: id });", "missing"],
    ["a message that is sent", "const sent = await sendMessage({ account: 1 }); if (!sent) throw new Error('not sent');", "missing"],
    ["a session that must be there", "const session = await getShopSession(); if (!session) return Response.json({}, { status: 401 });", "found getShopSession"],
    ["a session that may be there", "const session = await getShopSession();", "unknown getShopSession"],
    ["a secret between machines", "const denied = requireCron(request); if (denied) return denied;", "found requireCron"],
    ["a guest who is let in", "const user = await viewer(); await save({ by: user?.id });", "unknown viewer"],
    ["a page for who is not signed in", "const user = await viewer(); if (user) return Response.redirect('/home');", "unknown viewer"],
    ["a helper that throws", "await required();", "found required"],
    ["a helper that throws in vain", "let id = null; try { id = await required(); } catch {} await save({ by: id });", "unknown required"],
    ["a helper whose error is answered", "try { await required(); } catch { return Response.json({}, { status: 401 }); }", "found required"],
  ])("%s", (_, body, expected) => expect(endpoints(app(), "app/api/a/route.ts", route(body))).toEqual([`POST /api/a ${expected}`]));
});

it("what is written before a handler in the same call is none", () =>
  expect(endpoints(makeProject({ "package.json": { dependencies: { express: "5.0.0" } } }), "src/app.ts", `import express from "express"; const app = express(); app.delete("/a/:id", (req, res, next) => { if (!req.params.id) return res.status(404).end(); next(); }, (req, res) => res.json(1));`)).toEqual(["DELETE /a/:id missing"]));

describe("what is evidence of asking what somebody may do", () => {
  const may = (handler: string, before = ""): string => {
    const project = makeProject({
      "package.json": { dependencies: { express: "5.0.0", jsonwebtoken: "9.0.0" } },
      "src/auth.ts": sessions,
      "src/may.ts": `export function requireEditorRole(req, res, next) { if (req.user?.role !== "editor") return res.status(403).end(); next(); } export function assertCanWriteNote(user, id) { if (!user.notes.includes(id)) throw new Error("not yours"); } export const getServiceRoleClient = () => connect(process.env.SERVICE_ROLE); export const isAllowedOrigin = (origin) => origins.includes(origin);`,
    });
    const text = `import express from "express"; import { requireAuth } from "./auth"; import { requireEditorRole, assertCanWriteNote, getServiceRoleClient, isAllowedOrigin } from "./may"; const app = express(); app.put("/notes/:id", requireAuth, ${before} async (req, res) => { ${handler} res.json(1); });`;
    project.write({ "src/app.ts": text });
    const [endpoint] = endpointsIn(openText(text, { filename: project.path("src/app.ts"), cwd: project.dir }));
    return [endpoint?.authorization.presence, endpoint?.authorization.by].filter(Boolean).join(" ");
  };

  it.each([
    ["a client by the name of a role", "const db = getServiceRoleClient(); if (!db) return res.status(500).end();", "unknown"],
    ["an origin that is allowed", "if (!isAllowedOrigin(req.headers.origin)) return res.status(403).end();", "unknown"],
    ["a role that is compared", "if (req.user.role !== 'admin') return res.status(403).end();", "found req.user.role"],
    ["a role that is only told", "console.log(req.user.role);", "unknown"],
    ["an owner who is compared", "const note = await find(req.params.id); if (note.ownerId !== req.user.id) return res.status(404).end();", "found note.ownerId !== req.user.id"],
    ["a helper that throws", "assertCanWriteNote(req.user, req.params.id);", "found assertCanWriteNote"],
    ["administration by name", "await supabase.auth.admin.deleteUser(req.params.id);", "unknown"],
  ])("%s", (_, handler, expected) => expect(may(handler)).toBe(expected));

  it("middleware by name that turns away", () => expect(may("", "requireEditorRole,")).toBe("found requireEditorRole"));
});
