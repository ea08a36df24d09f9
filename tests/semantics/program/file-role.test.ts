import { afterEach, describe, expect, it } from "vitest";

import { roleOf } from "../../../src/semantics/program/file-role.js";
import { makeProject, type Project } from "../../support/project.js";
import { openText } from "../../support/source.js";

let project: Project | undefined;
afterEach(() => project?.remove());

const roleAt = (filename: string, code = "export const x = 1;", settings = {}): string => roleOf(openText(code, { filename, settings }));

describe("the path decides", () => {
  it.each([
    ["src/orders.test.ts", "test"],
    ["tests/helpers/db.ts", "test"],
    ["src/test-preload.ts", "test"],
    ["components/button.stories.tsx", "test"],
    ["prisma/seed.ts", "seed"],
    ["src/migrations/0001_init.ts", "migration"],
    ["db/migrate-orders.ts", "migration"],
    ["scripts/migrate-orders.ts", "script"],
    ["scripts/migrations/0002_orders.ts", "migration"],
    ["next.config.mjs", "config"],
    ["jest.config.unit.js", "test"],
    ["vite.config.widget.ts", "config"],
    ["src/app.config.service.ts", "unknown"],
    ["scripts/backfill.ts", "script"],
    [".ci/compare-database.ts", "script"],
    ["packages/vite-plugins/copy-assets.ts", "config"],
    ["src/lib/warehouse.client.ts", "unknown"],
    ["src/generated/client.ts", "generated"],
    ["public/admin/4821.9fd1a07b33c2e4d8.js", "generated"],
    ["static/main-7KX2QP4Z.js", "generated"],
    ["static/vendors.1f3a9c2e.chunk.js", "generated"],
    ["src/orders-20260101.js", "unknown"],
    ["src/reset-PASSWORD.js", "unknown"],
    ["src/feedface.js", "unknown"],
    ["packages/lib/client-only/download.ts", "client"],
    ["packages/test-helpers/src/mail.ts", "test"],
    ["packages/acme-cli/src/request.ts", "script"],
    ["internal-packages/testcontainers/src/logs.ts", "test"],
    ["packages/icons/tools/build.ts", "script"],
    ["lib/ai/tools/get-weather.ts", "unknown"],
    ["types/env.d.ts", "generated"],
    ["app/api/orders/route.ts", "server"],
    ["pages/api/orders.ts", "server"],
    ["supabase/functions/send/index.ts", "edge"],
    ["src/server/orders.ts", "server"],
    ["src/lib/format.ts", "unknown"],
  ])("%s is %s", (filename, role) => expect(roleAt(filename)).toBe(role));

  it("but not a folder above the one that the linter runs in", () => expect(roleAt("app/api/tests-of-strength/route.ts")).toBe("server"));
});

describe("the file decides", () => {
  it.each([
    ["a client directive", `"use client"; import { z } from "zod"; export const x = z;`, "client"],
    ["a server directive", `"use server"; export async function save() {}`, "server"],
    ["a test runner", `import { vi } from "vitest"; vi.mock("server-only", () => ({}));`, "test"],
    ["a hook", `import { useState } from "react"; export const f = () => useState(0);`, "client"],
    ["a type of React only", `import type { ReactNode } from "react"; export type P = ReactNode;`, "unknown"],
    ["a server package", `import { NextResponse } from "next/server"; export const f = () => NextResponse.json({});`, "server"],
    ["a server package by require", `const express = require("express"); module.exports = express.Router();`, "server"],
    ["a type of a server package only", `import type { User } from "@prisma/client"; export type U = User;`, "unknown"],
    ["Node's file system", `import { readFile } from "node:fs/promises"; export const f = readFile;`, "server"],
    ["a browser global", `export const width = () => window.innerWidth;`, "client"],
    ["a variable that is called like a browser global", `export const title = (document) => document.title;`, "unknown"],
    ["a test for a browser", `export const origin = () => (typeof window === "undefined" ? "" : window.location.origin);`, "unknown"],
    ["Deno", `Deno.serve(() => new Response("ok"));`, "edge"],
    ["an edge route", `export const runtime = "edge"; export const x = 1;`, "edge"],
    ["a shebang", `#!/usr/bin/env node\nexport const x = 1;`, "script"],
    ["a main function", `import { PrismaClient } from "@prisma/client"; async function main() {} main().catch(console.error).finally(() => process.exit());`, "script"],
    ["a script of a page, which is called on the spot as well", `(function () { document.title = "x"; })();`, "client"],
    ["an app that is set up and listens elsewhere", `const express = require("express"); const app = express(); setUp(); function setUp() { app.get("/", (req, res) => res.end()); }`, "server"],
    ["a self-calling function", `const pg = require("pg"); (async () => { await pg.connect(); })();`, "script"],
    ["a server that listens", `import express from "express"; const app = express(); function start() { app.listen(3000); } start();`, "server"],
    ["questions at a terminal", `import { db } from "@acme/db"; import inquirer from "inquirer"; import { rm } from "node:fs/promises"; export async function removeShop() { const { id } = await inquirer.prompt([{ name: "id" }]); console.log(id); }`, "script"],
    ["arguments of a job that runs every hour", `import { Command } from "commander"; import pg from "pg"; export async function charge() { await pg.query(new Command().opts().limit); }`, "server"],
    ["how it is started by hand", `// Usage: node tools/tag.mjs\nimport { execSync } from "node:child_process"; export function tag() { execSync("git tag"); }\nif (import.meta.main) tag();`, "script"],
    ["that it can be started, though others import it", `import { execSync } from "node:child_process"; export function tag() { execSync("git tag"); }\nif (import.meta.main) tag();`, "server"],
    ["a store of a page that reads its cookie", `import Cookies from "js-cookie"; import jwt from "jsonwebtoken"; export const claims = () => jwt.decode(Cookies.get("session"));`, "client"],
    ["model associations", `import { User } from "./user"; import { Op } from "sequelize"; User.hasMany(Op);`, "server"],
    ["a generator's mark", `// Code generated by protoc. DO NOT EDIT.\nexport const x = 1;`, "generated"],
  ])("by %s", (_, code, role) => expect(roleAt("lib/thing.ts", code)).toBe(role));
});

describe("what no one has written by hand", () => {
  const bundled = "var a=function(b){return fetch(b).then(c=>c.json())};".repeat(60);
  it("is bundled code, wherever it lies", () => expect(roleAt("admin/app.js", `/*! licence */\n${bundled}\n`)).toBe("generated"));
  it("but code beside a long text is written", () => expect(roleAt("src/logo.ts", `export const logo = "${"M10 12.5L3.75 8 ".repeat(400)}";\n`)).toBe("unknown"));
  it("and so is code with one long line among others", () => expect(roleAt("src/table.ts", `${bundled}\n${"export const x = 1;\n".repeat(400)}`)).toBe("unknown"));
});

describe("what is called as something that is tried out", () => {
  const code = `const pg = require("pg"); async function run() { await pg.connect(); } if (require.main === module) run(); module.exports = { run };`;
  it("is a script, where it can be started", () => expect(roleAt("test-orders.js", code)).toBe("script"));
  it("is none, where it cannot", () => expect(roleAt("check-orders.js", `const pg = require("pg"); module.exports = (id) => pg.query(id);`)).toBe("server"));
  it("is none, where its name says something else", () => expect(roleAt("orders.js", code)).toBe("server"));
  it("is none that listens", () => expect(roleAt("demo.js", `const express = require("express"); const app = express(); if (require.main === module) app.listen(3000); module.exports = app;`)).toBe("server"));
});

describe("the package decides", () => {
  it("an API server's helpers run on the server", () => {
    project = makeProject({ "package.json": `{ "dependencies": { "express": "^4" } }` });
    expect(roleOf(openText("export const x = 1;", { filename: project.path("src/lib/format.ts"), cwd: project.dir }))).toBe("server");
  });
  it.each([
    ["what is run after an installation", { postinstall: "tsx ./src/docs/codegen.ts" }, "script"],
    ["what writes code", { "codegen:docs": "node --import tsx src/docs/codegen.ts && prettier -w src" }, "script"],
    ["what is run in production", { start: "tsx src/docs/codegen.ts" }, "server"],
    ["what is only looked at after an installation", { postinstall: "prettier -w src/docs/codegen.ts" }, "server"],
  ])("%s is told", (_, scripts, role) => {
    project = makeProject({ "package.json": JSON.stringify({ scripts, dependencies: { express: "^4" } }) });
    expect(roleOf(openText(`import { writeFile } from "node:fs/promises"; export const run = () => writeFile("a", "b");`, { filename: project.path("src/docs/codegen.ts"), cwd: project.dir }))).toBe(role);
  });
  it("a browser app's helpers run in the browser", () => {
    project = makeProject({ "package.json": `{ "dependencies": { "react-dom": "^19" }, "devDependencies": { "vite": "^7" } }` });
    expect(roleOf(openText("export const x = 1;", { filename: project.path("src/lib/format.ts"), cwd: project.dir }))).toBe("client");
  });
  it.each([
    ["what Create React App bundles", "react-scripts", undefined, "src/services/drive.ts", "client"],
    ["what Vite bundles, as its page says", "vite", `<div id="root"></div><script type="module" src="/src/main.tsx"></script>`, "src/services/drive.ts", "client"],
    ["what stands beside it", "vite", `<script type="module" src="/src/main.tsx"></script>`, "lib/drive.ts", "unknown"],
    ["what is the server's, by its name", "vite", `<script type="module" src="/src/main.tsx"></script>`, "src/server/drive.ts", "server"],
    ["what a page without a module bundles, which nobody knows", "vite", `<p>Hello</p>`, "src/services/drive.ts", "unknown"],
  ])("%s, in a package with a server, is told", (_, bundler, page, filename, role) => {
    project = makeProject({ "package.json": `{ "dependencies": { "express": "^5", "react-dom": "^19" }, "devDependencies": { "${bundler}": "^7" } }`, ...(page !== undefined && { "index.html": page }) });
    expect(roleOf(openText("export const x = 1;", { filename: project.path(filename), cwd: project.dir }))).toBe(role);
  });
  it.each([
    ["a framework that knows two sides keeps what ends so from the server", "@react-router/dev", "client"],
    ["another one calls by it what asks another service", "next", "server"],
  ])("%s", (_, framework, role) => {
    project = makeProject({ "package.json": `{ "dependencies": { "${framework}": "*" } }` });
    expect(roleOf(openText("export const stock = () => fetch(url, { headers: { key: process.env.WAREHOUSE_API_KEY } });", { filename: project.path("lib/warehouse.client.ts"), cwd: project.dir }))).toBe(role);
  });
  it("a full-stack app's helpers may run on either side", () => {
    project = makeProject({ "package.json": `{ "dependencies": { "react-dom": "^19", "next": "^15" } }` });
    expect(roleOf(openText("export const x = 1;", { filename: project.path("src/lib/format.ts"), cwd: project.dir }))).toBe("unknown");
  });
  it("what a package with commands has is run by hand", () => {
    project = makeProject({ "package.json": `{ "bin": { "acme": "./dist/index.js" }, "dependencies": { "commander": "^14" } }` });
    expect(roleOf(openText(`import { spawn } from "node:child_process"; export const run = () => spawn("ls");`, { filename: project.path("src/commands/up.ts"), cwd: project.dir }))).toBe("script");
  });
  it("unless a command may start its server", () => {
    project = makeProject({ "package.json": `{ "bin": "./server.js", "dependencies": { "express": "^5" } }` });
    expect(roleOf(openText(`import { spawn } from "node:child_process"; export const run = () => spawn("ls");`, { filename: project.path("src/run.ts"), cwd: project.dir }))).toBe("server");
  });
  it("a page without a directive is a server component", () => {
    project = makeProject({ "package.json": `{ "dependencies": { "next": "^15" } }` });
    expect(roleOf(openText("export default function Page() {}", { filename: project.path("app/orders/page.tsx"), cwd: project.dir }))).toBe("server");
  });
});

describe("what it imports from the workspace decides", () => {
  const role = (code: string, files: Record<string, string>, filename = "lib/orders.ts"): string => {
    project = makeProject({ "package.json": "{}", ...files });
    return roleOf(openText(code, { filename: project.path(filename), cwd: project.dir }));
  };
  const db = { "lib/db.ts": `import { PrismaClient } from "@prisma/client"; export const db = new PrismaClient();` };

  it("a module that makes a database client", () => expect(role(`import { db } from "./db"; export const f = () => db.order.count();`, db)).toBe("server"));
  it("a barrel over one", () => expect(role(`import { db } from "./index"; export const f = () => db;`, { ...db, "lib/index.ts": `export * from "./db";` })).toBe("server"));
  it("but not its types", () => expect(role(`import type { db } from "./db"; export type Db = typeof db;`, db)).toBe("unknown"));
  it("nor server actions, which a browser may call", () =>
    expect(role(`import { save } from "./actions"; export const f = () => save();`, { "lib/actions.ts": `"use server"; import { headers } from "next/headers"; export async function save() {}` })).toBe("unknown"));
  it("nor enums that come with a database client", () => expect(role(`import { Role } from "@prisma/client"; export const f = () => Role.ADMIN;`, {})).toBe("unknown"));
});

describe("settings decide before all else", () => {
  it("by glob", () => expect(roleAt("scripts/api/x.ts", undefined, { roles: { server: ["scripts/api/**"] } })).toBe("server"));
  it("and nonsense in them does not", () => expect(roleAt("scripts/x.ts", undefined, { roles: 3 })).toBe("script"));
});

describe("a secret of the environment", () => {
  const role = (code: string, dependencies: Record<string, string>): string => {
    project = makeProject({ "package.json": { dependencies } });
    return roleOf(openText(code, { filename: project.path("lib/mails.ts"), cwd: project.dir }));
  };

  it("is read on the server only, in an app with both sides", () => expect(role(`export const send = () => call(process.env.MAIL_API_KEY);`, { next: "15" })).toBe("server"));
  it("but a public one anywhere", () => expect(role(`export const send = () => call(process.env.NEXT_PUBLIC_MAIL_API_KEY);`, { next: "15" })).toBe("unknown"));
  it("and a bundler of the author's own may put it into a page", () => expect(role(`export const send = () => call(process.env.MAIL_API_KEY);`, { react: "19" })).toBe("unknown"));
});
