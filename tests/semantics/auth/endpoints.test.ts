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

describe("endpoints of Next", () => {
  const app = (): Project => makeProject({ "package.json": { dependencies: { next: "15.0.0", "next-auth": "5.0.0" } }, "auth.ts": `import NextAuth from "next-auth"; export const { auth } = NextAuth({});` });
  const open = `export async function POST(request) { return Response.json(await request.json()); }`;

  it("are told by their files", () => {
    expect(endpoints(app(), "app/(shop)/api/orders/[id]/route.ts", open)).toEqual(["POST /api/orders/[id] missing"]);
    expect(endpoints(app(), "app/api/mine/route.ts", `import { auth } from "../../../auth"; export async function GET() { const session = await auth(); return Response.json(session); }`)).toEqual(["GET /api/mine found auth"]);
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
