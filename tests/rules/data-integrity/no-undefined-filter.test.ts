import rule from "../../../src/rules/data-integrity/no-undefined-filter.js";
import { ruleTester } from "../../support/rule-tester.js";

const prisma = `import { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\n`;

/** A service of an app on TypeORM. */
const service = (body: string): string => `import { Repository } from "typeorm";
import { Order } from "./entities";
export class OrderService {
  constructor(private readonly orders: Repository<Order>) {}
${body}
}`;

/** Whoever asks the service may leave the tenant out. */
const asked = `  @Get() list(@Query("tenantId") tenantId?: string) { return this.findAll(tenantId); }`;

/** A service that one or all may be asked of, and the controller that asks. */
const askedBy = (handler: string): string =>
  `import { Controller, Get, Headers, Req } from "@nestjs/common";\n${service(`  findAll(tenantId?: string) {\n    return this.orders.find({ where: { tenantId } });\n  }`)}\n@Controller("orders") export class OrderController { constructor(private readonly orders: OrderService) {} ${handler} }`;

const filename = "server/orders.ts";
const everybody = { value: "tenantId", column: "tenantId", act: "reads", model: "Order" };

ruleTester.run("no-undefined-filter", rule, {
  valid: [
    { name: "a part of the path, which is there", filename, code: askedBy(`@Get(":tenantId") list(@Req() request) { return this.orders.findAll(request.params.tenantId); }`) },
    { name: "the tenant of who is signed in", filename, code: askedBy(`@Get() list(@Req() request) { return this.orders.findAll(request.user.tenantId); }`) },
    { name: "who sends no tenant is turned away", filename, code: askedBy(`@Get() list(@Req() request) { const tenantId = request.query.tenantId; if (!tenantId) throw new Error(); return this.orders.findAll(tenantId); }`) },
    { name: "the value is required", filename, code: service(`  findAll(tenantId: string) { return this.orders.find({ where: { tenantId } }); }`) },
    { name: "who leaves it out is turned away", filename, code: service(`  findAll(tenantId?: string) { if (!tenantId) throw new Error(); return this.orders.find({ where: { tenantId } }); }`) },
    { name: "somebody insists on it", filename, code: service(`  findAll(tenantId?: string) { assertTenant(tenantId); return this.orders.find({ where: { tenantId } }); }`) },
    { name: "it has a default", filename, code: service(`  findAll(tenantId = this.tenant) { return this.orders.find({ where: { tenantId } }); }`) },
    { name: "a filter of a list that may be left out", filename, code: service(`  findAll(tenantId: string, status?: string) { return this.orders.find({ where: { tenantId, ...(status && { status }) } }); }`) },
    { name: "a part of what is the tenant's already", filename, code: service(`  findAll(tenantId: string, storeId?: string) { return this.orders.find({ where: { tenantId, ...(storeId ? { storeId } : {}) } }); }`) },
    { name: "authors of posts may be left out", filename, code: `${prisma}export const posts = (authorId?: string) => prisma.post.findMany({ where: { authorId } });` },
    { name: "who asks decides whose rows they see", filename, code: service(`  findAll(isAdmin: boolean, tenantId?: string) { return this.orders.find({ where: isAdmin ? {} : { tenantId: required(tenantId) } }); }`) },
    { name: "another filter holds instead", filename, code: service(`  findAll(userId: string, tenantId?: string) { return this.orders.find({ where: tenantId ? { tenantId } : { userId } }); }`) },
    { name: "who is not signed in is turned away", filename, code: `${prisma}export async function mine() { const session = await getSession(); if (!session?.user) return []; return prisma.order.findMany({ where: { userId: session?.user?.id } }); }` },
    {
      name: "who is not signed in is sent elsewhere",
      filename,
      code: `${prisma}import { redirect } from "next/navigation"; export async function mine() { const session = await getSession(); const userId = session?.user?.id; if (!userId) redirect("/login"); return timed(() => prisma.order.findMany({ where: { userId } })); }`,
    },
    { name: "the object is there: it is read without a question elsewhere", filename, code: `${prisma}export async function mine(workspace) { log(workspace.plan); return prisma.order.findMany({ where: { teamId: workspace?.id } }); }` },
    {
      name: "a library that refuses what is undefined",
      filename,
      code: `import { drizzle } from "drizzle-orm/node-postgres"; import { eq } from "drizzle-orm"; import { orders } from "./schema"; const db = drizzle(url); export const all = (tenantId?: string) => db.select().from(orders).where(eq(orders.tenantId, tenantId!));`,
    },
    { name: "Prisma is told to refuse it", filename, project: "with-strict-prisma", code: `${prisma}export const all = (tenantId?: string) => prisma.order.findMany({ where: { tenantId } });` },
    { name: "one tenant's or all of them, and nobody is seen to leave it out", filename, code: service(`  findAll(tenantId?: string) { return this.orders.find({ where: { ...(tenantId ? { tenantId } : {}) } }); }`) },
    {
      name: "whoever calls it has asked for the value",
      filename,
      code: service(`  @Get(":id") one(@Param("id") id: string, @Query("tenantId") tenantId?: string) { if (!tenantId) throw new BadRequestException(); return this.findOne(id, tenantId); }
  findOne(id: string, tenantId?: string) { return this.orders.findOne({ where: { id, tenantId } }); }`),
    },
    {
      name: "a query object that always has it",
      filename,
      code: `${prisma}export class MetricsHandler { handle(query: MetricsQuery) { return metrics(query.organizationId); } }\nexport const metrics = (organizationId?: string) => prisma.event.count({ where: { organizationId } });`,
    },
    { name: "a unique key must be there", filename, code: `${prisma}export const one = (teamId?: string) => prisma.team.findUnique({ where: { teamId } });` },
    { name: "tests ask for what they like", filename: "tests/orders.test.ts", code: service(`  findAll(tenantId?: string) { return this.orders.find({ where: { tenantId } }); }`) },
    { name: "half-typed code", filename, code: service(`  findAll(tenantId?: ) { return this.orders.find({ where: }); }`.replace("?: )", ")").replace("where: }", "where }")) },
  ],
  invalid: [
    {
      name: "a tenant that may be left out",
      filename,
      code: service(`  findAll(tenantId?: string) {\n    return this.orders.find({ where: { tenantId } });\n  }\n${asked}`),
      errors: [{ messageId: "everybody", line: 6, column: 40, endColumn: 48, data: everybody }],
    },
    {
      name: "a tenant that the request may be without",
      filename,
      code: askedBy(`@Get() list(@Req() request) { const tenantId = (request as any).tenantId; return this.orders.findAll(tenantId); }`),
      errors: [{ messageId: "everybody", line: 7, data: everybody }],
    },
    {
      name: "a header, or the tenant of who is signed in, if anybody is",
      filename,
      code: askedBy(`@Get() list(@Headers("x-tenant-id") tenantId: string, @Req() request) { const own = tenantId || (request.user && request.user.tenantId); return this.orders.findAll(own); }`),
      errors: [{ messageId: "everybody", line: 7, data: everybody }],
    },
    {
      name: "a tenant that is only asked for where there is one",
      filename,
      code: service(`  findAll(tenantId?: string) {\n    const where = tenantId ? { tenantId } : {};\n    return this.orders.find({ where });\n  }\n${asked}`),
      errors: [{ messageId: "everybody", line: 6, column: 32, data: everybody }],
    },
    {
      name: "a tenant that is added to the filter where there is one",
      filename,
      code: service(`  findOne(id: string, tenantId?: string) {\n    const where: any = { id };\n    if (tenantId) {\n      where.tenantId = tenantId;\n    }\n    return this.orders.findOne({ where });\n  }`),
      errors: [{ messageId: "others", line: 8, column: 7, data: everybody }],
    },
    {
      name: "a spread, and a parameter that is taken apart",
      filename,
      code: `${prisma}export function update({ id, teamId, name }: { id: string; teamId?: string; name: string }) {\n  return prisma.form.updateMany({ where: { id, ...(teamId && { teamId }) }, data: { name } });\n}`,
      errors: [{ messageId: "others", line: 4, data: { value: "teamId", column: "teamId", act: "changes", model: "form" } }],
    },
    {
      name: "somebody who may not be signed in",
      filename,
      code: `${prisma}export async function mine() {\n  const session = await getSession();\n  return prisma.order.findMany({ where: { userId: session?.user?.id } });\n}`,
      errors: [{ messageId: "everybody", line: 5, column: 43, data: { value: "session?.user?.id", column: "userId", act: "reads", model: "order" } }],
    },
    {
      name: "the query string of a request, handed on",
      filename: "app/api/orders/route.ts",
      code: `${prisma}export async function GET(request) {\n  const tenantId = new URL(request.url).searchParams.get("tenantId") ?? undefined;\n  return Response.json(await ordersOf(tenantId));\n}\nconst ordersOf = (tenantId?: string) => prisma.order.findMany({ where: { tenantId } });`,
      errors: [{ messageId: "everybody", line: 7, data: { value: "tenantId", column: "tenantId", act: "reads", model: "order" } }],
    },
    {
      name: "nothing else says what is to be deleted",
      filename,
      code: `${prisma}export const forget = (email?: string) => prisma.subscriber.deleteMany({ where: { email } });`,
      errors: [{ messageId: "all", line: 3, data: { value: "email", act: "deletes", model: "subscriber" } }],
    },
  ],
});
