import { readFileSync } from "node:fs";
import * as parser from "@typescript-eslint/parser";
import { Linter } from "eslint";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import hardening from "../../../src/index.js";
import { makeProject, type Files, type Project } from "../../support/project.js";

/** One process, one linter per app, as a language server has them: what they know of other files must be what these say now. */
interface App extends Project {
  /** The places where a file lets anybody write, or takes any row for whoever is signed in. */
  lint(file: string): string[];
}

const config: Linter.Config[] = [
  {
    files: ["**/*.ts"],
    plugins: { hardening },
    languageOptions: { parser },
    rules: { "hardening/require-authentication": ["error", { everywhere: true }], "hardening/require-authorization": "error" },
  },
];

function makeApp(files: Files): App {
  const project = makeProject(files);
  const linter = new Linter({ cwd: project.dir });
  return {
    ...project,
    lint(file) {
      // A person makes a pause between an edit and the next look.
      vi.setSystemTime(Date.now() + 61_000);
      const messages = linter.verify(readFileSync(project.path(file), "utf8"), config, { filename: project.path(file) });
      return messages.map(({ ruleId, message }) => ruleId?.replace("hardening/", "") ?? message);
    },
  };
}

beforeEach(() => {
  // What is remembered here must be old to the tests that run after these.
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() - 3_600_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

const open = ["require-authentication"];

const manifest = (name: string, more: object = {}): object => ({ name, private: true, dependencies: { "@prisma/client": "^6.0.0", express: "^5.0.0", next: "^16.0.0", "next-auth": "^4.24.0", jose: "^5.0.0" }, ...more });

const prisma = `import { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\n`;
const write = `await prisma.note.create({ data: await request.json() });`;
const route = (imports = "", before = ""): string => `${imports}${prisma}export async function POST(request: Request) {\n  ${before}${write}\n  return new Response();\n}\n`;

describe("a helper that guards, in another file", () => {
  const guard = `import { jwtVerify } from "jose";\nexport async function guard(request: Request) {\n  await jwtVerify(request.headers.get("authorization") ?? "", key);\n}\n`;
  const noise = `export async function guard(request: Request) {\n  console.log(request.url);\n}\n`;
  const notes = route(`import { guard } from "../../../lib/guard";\n`, `await guard(request);\n  `);
  const file = "app/api/notes/route.ts";

  test("is read again after an edit, a rename and a deletion", () => {
    const app = makeApp({ "package.json": manifest("notes"), "lib/guard.ts": guard, [file]: notes });
    expect(app.lint(file)).toEqual([]);
    app.write({ "lib/guard.ts": noise });
    expect(app.lint(file)).toEqual(open);
    app.write({ "lib/guard.ts": guard });
    expect(app.lint(file)).toEqual([]);
    app.write({ "lib/guard.ts": noise });
    expect(app.lint(file)).toEqual(open);

    // What cannot be found may be anything.
    app.rename("lib/guard.ts", "lib/gate.ts");
    expect(app.lint(file)).toEqual([]);
    app.write({ [file]: notes.replace("lib/guard", "lib/gate") });
    expect(app.lint(file)).toEqual(open);
    app.remove("lib/gate.ts");
    expect(app.lint(file)).toEqual([]);
    app.write({ "lib/gate/index.ts": noise });
    expect(app.lint(file)).toEqual(open);
  });

  test("is followed through a file that passes it on", () => {
    const app = makeApp({ "package.json": manifest("notes"), "lib/guard.ts": `export { guard } from "./strict";\n`, "lib/strict.ts": guard, "lib/lax.ts": noise, [file]: notes });
    expect(app.lint(file)).toEqual([]);
    app.write({ "lib/guard.ts": `export { guard } from "./lax";\n` });
    expect(app.lint(file)).toEqual(open);
    app.write({ "lib/lax.ts": guard });
    expect(app.lint(file)).toEqual([]);
  });

  test("says whether somebody may, and not only who they are", () => {
    const edit = `import { signedIn } from "../../../../lib/session";\n${prisma}export async function PATCH(request: Request, { params }: { params: Promise<{ id: string }> }) {\n  const user = await signedIn();\n  if (!user) return new Response(null, { status: 401 });\n  const { id } = await params;\n  await prepare(id);\n  await prisma.link.update({ where: { id }, data: { archived: true } });\n  return new Response();\n}\n`;
    const session = `import { getServerSession } from "next-auth";\nexport const signedIn = async () => (await getServerSession())?.user;\n`;
    const owns = `import { signedIn } from "./session";\nexport async function prepare(id: string) {\n  const user = await signedIn();\n  const link = await find(id);\n  if (link.ownerId !== user.id) throw new Error("Not yours");\n}\n`;
    const counts = `export async function prepare(id: string) {\n  console.log(id);\n}\n`;
    const file = "app/api/links/[id]/route.ts";
    const app = makeApp({ "package.json": manifest("links"), "lib/session.ts": session, "lib/prepare.ts": owns, [file]: `import { prepare } from "../../../../lib/prepare";\n${edit}` });
    expect(app.lint(file)).toEqual([]);
    app.write({ "lib/prepare.ts": counts });
    expect(app.lint(file)).toEqual(["require-authorization"]);
    app.write({ "lib/prepare.ts": owns });
    expect(app.lint(file)).toEqual([]);
    app.write({ "lib/prepare.ts": counts });
    app.rename("lib/session.ts", "lib/sessions.ts");
    expect(app.lint(file)).toEqual([]);
    app.rename("lib/sessions.ts", "lib/session.ts");
    expect(app.lint(file)).toEqual(["require-authorization"]);
  });
});

describe("the middleware of Next", () => {
  const middleware = (matcher: string): string =>
    `import { getToken } from "next-auth/jwt";\nimport { NextResponse } from "next/server";\nexport async function middleware(request) {\n  const token = await getToken({ req: request });\n  if (!token) return NextResponse.json({}, { status: 401 });\n  return NextResponse.next();\n}\nexport const config = { matcher: ["${matcher}"] };\n`;
  const file = "app/api/notes/route.ts";

  test("vouches for a path as long as its matcher does", () => {
    const app = makeApp({ "package.json": manifest("notes"), "middleware.ts": middleware("/api/:path*"), [file]: route() });
    expect(app.lint(file)).toEqual([]);
    app.write({ "middleware.ts": middleware("/admin/:path*") });
    expect(app.lint(file)).toEqual(open);
    app.write({ "middleware.ts": middleware("/api/notes") });
    expect(app.lint(file)).toEqual([]);
  });

  test("vouches for nothing once it is called otherwise, or gone", () => {
    const app = makeApp({ "package.json": manifest("notes"), "middleware.ts": middleware("/api/:path*"), [file]: route() });
    expect(app.lint(file)).toEqual([]);
    app.rename("middleware.ts", "middle.ts");
    expect(app.lint(file)).toEqual(open);
    app.rename("middle.ts", "src/middleware.ts");
    expect(app.lint(file)).toEqual([]);
    app.rename("src/middleware.ts", "proxy.ts");
    expect(app.lint(file)).toEqual([]);
    app.remove("proxy.ts");
    expect(app.lint(file)).toEqual(open);
  });
});

describe("middleware that is mounted in another file", () => {
  const router = `import { Router } from "express";\n${prisma}export const notes = Router();\nnotes.post("/", async (request, response) => {\n  await prisma.note.create({ data: request.body });\n  response.end();\n});\n`;
  const server = (mount: string): string => `import express from "express";\nimport { guard } from "./guard";\nimport { notes } from "./notes";\nconst app = express();\n${mount}\napp.listen(3000);\n`;
  const guard = `import { jwtVerify } from "jose";\nexport async function guard(request, response, next) {\n  await jwtVerify(request.headers.authorization, key);\n  next();\n}\n`;
  const noise = `export function guard(request, response, next) {\n  console.log(request.url);\n  next();\n}\n`;
  const file = "server/notes.ts";

  test("counts by where it stands, and by what it does now", () => {
    const app = makeApp({ "package.json": manifest("notes"), "server/guard.ts": guard, "server/app.ts": server(`app.use(guard);\napp.use("/notes", notes);`), [file]: router });
    expect(app.lint(file)).toEqual([]);
    app.write({ "server/app.ts": server(`app.use("/notes", notes);\napp.use(guard);`) });
    expect(app.lint(file)).toEqual(open);
    app.write({ "server/app.ts": server(`app.use("/notes", guard, notes);`) });
    expect(app.lint(file)).toEqual([]);
    app.write({ "server/guard.ts": noise });
    expect(app.lint(file)).toEqual(open);
    app.write({ "server/guard.ts": guard, "server/app.ts": server(`app.use("/orders", guard);\napp.use("/notes", notes);`) });
    expect(app.lint(file)).toEqual(open);
  });

  test("is looked for where it has gone", () => {
    const app = makeApp({ "package.json": manifest("notes"), "server/guard.ts": guard, "server/app.ts": server(`app.use("/notes", notes);`), [file]: router });
    expect(app.lint(file)).toEqual(open);
    app.rename("server/app.ts", "server/main.ts");
    expect(app.lint(file)).toEqual(open);
    app.write({ "server/main.ts": server(`app.use(guard);\napp.use("/notes", notes);`) });
    expect(app.lint(file)).toEqual([]);
    app.rename("server/guard.ts", "server/gate.ts");
    expect(app.lint(file)).toEqual([]);
    app.rename("server/gate.ts", "server/guard.ts");
    app.write({ "server/main.ts": server(`app.use("/notes", notes);`) });
    expect(app.lint(file)).toEqual(open);
    // A router that nobody mounts may be mounted by somebody else.
    app.remove("server/main.ts");
    expect(app.lint(file)).toEqual([]);
  });
});

describe("two apps of a workspace that share a package", () => {
  const guarding = `import { getToken } from "next-auth/jwt";\nimport { NextResponse } from "next/server";\nexport async function middleware(request) {\n  const token = await getToken({ req: request });\n  if (!token) return NextResponse.json({}, { status: 401 });\n  return NextResponse.next();\n}\n`;
  const lax = `import { NextResponse } from "next/server";\nexport function middleware() {\n  return NextResponse.next();\n}\n`;
  const shared = `import { PrismaClient } from "@prisma/client";\nexport const prisma = new PrismaClient();\n`;
  const own = route().replace(prisma, `import { prisma } from "@acme/db";\n`);
  const [shop, admin] = ["apps/shop/app/api/notes/route.ts", "apps/admin/app/api/notes/route.ts"] as const;
  const workspace: Files = {
    "package.json": { name: "acme", private: true, workspaces: ["apps/*", "packages/*"] },
    "packages/db/package.json": { name: "@acme/db", main: "index.ts", dependencies: { "@prisma/client": "^6.0.0" } },
    "packages/db/index.ts": shared,
    "apps/shop/package.json": manifest("shop", { dependencies: { "@acme/db": "*", next: "^16.0.0", "next-auth": "^4.24.0" } }),
    "apps/admin/package.json": manifest("admin", { dependencies: { "@acme/db": "*", next: "^16.0.0", "next-auth": "^4.24.0" } }),
    [shop]: own,
    [admin]: own,
  };

  test("are vouched for by their own middleware only", () => {
    const app = makeApp({ ...workspace, "apps/admin/middleware.ts": guarding });
    expect(app.lint(admin)).toEqual([]);
    expect(app.lint(shop)).toEqual(open);
    expect(app.lint(admin)).toEqual([]);
    app.rename("apps/admin/middleware.ts", "apps/shop/middleware.ts");
    expect(app.lint(shop)).toEqual([]);
    expect(app.lint(admin)).toEqual(open);
    app.write({ "apps/shop/middleware.ts": lax, "apps/admin/src/middleware.ts": guarding });
    expect(app.lint(shop)).toEqual(open);
    expect(app.lint(admin)).toEqual([]);
  });

  test("are not vouched for by one at the root of the workspace, which no app runs", () => {
    const app = makeApp({ ...workspace, "middleware.ts": guarding, "packages/db/middleware.ts": guarding });
    expect(app.lint(shop)).toEqual(open);
    expect(app.lint(admin)).toEqual(open);
  });

  test("both see what the package's guard does", () => {
    const guard = `import { getServerSession } from "next-auth";\nexport async function guard(request: Request) {\n  if (!(await getServerSession())) throw new Error("Sign in");\n}\n`;
    const guarded = own.replace(`{ prisma }`, `{ guard, prisma }`).replace(write, `await guard(request);\n  ${write}`);
    const app = makeApp({ ...workspace, "packages/db/index.ts": `${shared}export { guard } from "./guard";\n`, "packages/db/guard.ts": guard, [shop]: guarded, [admin]: own });
    expect([app.lint(shop), app.lint(admin)]).toEqual([[], open]);
    app.write({ "packages/db/guard.ts": `export async function guard(request: Request) {\n  console.log(request.url);\n}\n`, [admin]: guarded });
    expect([app.lint(shop), app.lint(admin)]).toEqual([open, open]);
    app.write({ "packages/db/guard.ts": guard });
    expect([app.lint(shop), app.lint(admin)]).toEqual([[], []]);
  });

  test("mount a router of the package each in its own way, which tells nothing of the other", () => {
    const router = `import { Router } from "express";\n${prisma}export const notes = Router();\n`;
    const handler = `import { notes } from "@acme/routes";\nimport { guard } from "./guard";\nimport express from "express";\nimport { prisma } from "@acme/db";\nconst app = express();\n`;
    const add = `app.post("/notes", async (request, response) => {\n  await prisma.note.create({ data: request.body });\n  response.end();\n});\napp.listen(3000);\n`;
    const guard = `import { jwtVerify } from "jose";\nexport async function guard(request, response, next) {\n  await jwtVerify(request.headers.authorization, key);\n  next();\n}\n`;
    const app = makeApp({
      ...workspace,
      "packages/routes/package.json": { name: "@acme/routes", main: "index.ts", dependencies: { express: "^5.0.0" } },
      "packages/routes/index.ts": router,
      "apps/shop/package.json": manifest("shop"),
      "apps/admin/package.json": manifest("admin"),
      "apps/shop/server.ts": `${handler}app.use(notes);\n${add}`,
      "apps/admin/server.ts": `${handler}app.use(guard, notes);\napp.use(guard);\n${add}`,
      "apps/shop/guard.ts": guard,
      "apps/admin/guard.ts": guard,
    });
    expect(app.lint("apps/shop/server.ts")).toEqual(open);
    expect(app.lint("apps/admin/server.ts")).toEqual([]);
    app.write({ "apps/shop/server.ts": `${handler}app.use(guard);\napp.use(notes);\n${add}`, "apps/admin/server.ts": `${handler}app.use(notes);\n${add}` });
    expect(app.lint("apps/shop/server.ts")).toEqual([]);
    expect(app.lint("apps/admin/server.ts")).toEqual(open);
  });
});
