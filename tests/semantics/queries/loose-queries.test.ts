import { describe, expect, it } from "vitest";

import { looseQueriesIn, mayHaveLooseQueries } from "../../../src/semantics/queries/loose-queries.js";
import { makeProject } from "../../support/project.js";
import { openText } from "../../support/source.js";

const files = {
  "package.json": { dependencies: { next: "16.0.0", "next-auth": "5.0.0", "@prisma/client": "6.0.0", "@nestjs/common": "11.0.0" } },
  "lib/db.ts": `import { PrismaClient } from "@prisma/client"; export const db = new PrismaClient();`,
  "auth.ts": `import NextAuth from "next-auth"; export const { auth } = NextAuth({});`,
  "lib/words.ts": `export const title = (text) => text.trim();`,
  "src/orders/orders.service.ts": `import { Injectable } from "@nestjs/common"; import { Repository } from "typeorm"; import { Order } from "./order.entity";
    @Injectable() export class OrdersService { constructor(private readonly orders: Repository<Order>) {}
      async close(id: string) { const order = await this.find(id); order.open = false; return this.orders.save(order); }
      find(id: string, tenantId?: string) { return this.orders.findOneBy({ id, tenantId }); } }`,
  "src/auth/jwt.guard.ts": `import { AuthGuard } from "@nestjs/passport"; export class JwtGuard extends AuthGuard("jwt") {}`,
};

function loose(code: string, file: string): string[] {
  const project = makeProject(files);
  const source = openText(code, { filename: project.path(file), cwd: project.dir });
  return looseQueriesIn(source).map(({ act, key, query, node, through, principal }) =>
    [act, query.model, key, source.text.slice(...node.range), through ? source.text.slice(...through.callee.range) : "-", principal ?? "-"].join(" | "),
  );
}

const route = (text: string, imports = ""): string =>
  `import { auth } from "@/auth"; import { db } from "../../lib/db"; ${imports} export async function POST(request) { const session = await auth(); if (!session) return new Response(); const { id } = await request.json(); ${text} }`.replace("@/auth", "../../auth");

describe("looseQueriesIn", () => {
  it.each([
    ["a query by an id of the body", route(`await db.link.delete({ where: { id } });`), ["change | link | id | id | - | session"]],
    ["a write before a read of the same table", route(`await db.link.findUnique({ where: { id } }); await db.link.delete({ where: { id } });`), ["change | link | id | id | - | session"]],
    ["each table", route(`await db.link.findUnique({ where: { id } }); await db.view.findMany({ where: { linkId: id } });`), ["read | link | id | id | - | session", "read | view | linkId | linkId: id | - | session"]],
    ["a function of the same file", `${route("await drop(id);")} async function drop(linkId) { await db.link.delete({ where: { id: linkId } }); }`, ["change | link | id | id | drop | session"]],
    ["a helper that asks nobody", route(`title(id); await db.link.delete({ where: { id } });`, `import { title } from "../../lib/words";`), ["change | link | id | id | - | session"]],
    ["a session that is used for the query", route(`await db.link.delete({ where: { id, userId: session.user.id } });`), []],
    ["a query before anybody is asked", route("").replace("const session", `await db.link.delete({ where: { id: (await request.json()).id } }); const session`), []],
    ["a list of all", route(`await db.link.findMany();`), []],
    ["a count", route(`await db.link.count({ where: { id } });`), []],
    ["a create", route(`await db.link.create({ data: { id } });`), []],
  ])("%s", (_, code, expected) => expect(loose(code, "app/api/route.ts")).toEqual(expected));

  it("follows Nest's services into their files, and knows what a call leaves out", () => {
    const code = `import { Controller, Param, Patch, UseGuards } from "@nestjs/common"; import { JwtGuard } from "../auth/jwt.guard"; import { OrdersService } from "./orders.service";
      @Controller("orders") @UseGuards(JwtGuard) export class OrdersController { constructor(private readonly orders: OrdersService) {} @Patch(":id") close(@Param("id") id: string) { return this.orders.close(id); } }`;
    expect(loose(code, "src/orders/orders.controller.ts")).toEqual(["change | Order | id | id | this.orders.close | -"]);
  });
});

describe("mayHaveLooseQueries", () => {
  it.each<[name: string, code: string, expected: boolean, filename?: string]>([
    ["a handler with a parameter", "export async function GET(request, { params }) { await find(params); }", true, "app/api/route.ts"],
    ["a handler of the pages router", "export default async function handler(req) { await find(req.query); }", true, "pages/api/links.ts"],
    ["a function in another file", "export async function GET(request, { params }) { await find(params); }", false],
    ["server actions", `"use server"; export async function f(id) { await find(id); }`, true],
    ["a controller", "@Controller() class C { @Get() one(@Param() id) {} }", true],
    ["a component", "export function Page() { return null; }", false],
    ["a handler that takes nothing", "export async function GET() { await all(); }", false, "app/api/route.ts"],
  ])("%s", (_, code, expected, filename = "lib/file.tsx") => expect(mayHaveLooseQueries(openText(code, { filename }))).toBe(expected));
});
