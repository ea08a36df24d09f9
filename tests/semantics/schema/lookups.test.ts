import { describe, expect, it, test } from "vitest";

import { isDeleted } from "../../../src/semantics/schema/deletions.js";
import { isFoundAlone, isScannedBy } from "../../../src/semantics/schema/lookups.js";
import type { Column, ForeignKey, Key, Schema, Table } from "../../../src/semantics/schema/model.js";
import type { Source } from "../../../src/syntax/source.js";
import { makeProject } from "../../support/project.js";

const column = (name: string, field = name): Column => ({ name, field }) as Column;

const customerId = column("customer_id", "customerId");

const table = (more: Partial<Table> = {}): Table => ({ name: "orders", model: "Order", schema: null, columns: [customerId], foreignKeys: [], policies: [], ...more }) as unknown as Table;

/** A project whose code is a text. */
function beside(text: string): Source {
  const project = makeProject({ "package.json": { name: "shop" }, ".git/HEAD": "", "src/code.ts": text });
  return project.open("prisma/schema.prisma");
}

describe("rows are found by a column", () => {
  it.each([
    ["Prisma", "prisma.order.findMany({ orderBy: { id: 'asc' }, where: { state: { in: ['open'] }, customerId } })"],
    ["Prisma, by a value of another name", "await tx.order.count({ where: { customerId: session.user.id } })"],
    ["Sequelize", "Order.findAll({ where: { customerId: id, [Op.or]: [{ state: 1 }] } })"],
    ["TypeORM", "this.orderRepository.find({ where: { customerId } })"],
    ["Supabase", "supabase\n  .from('orders')\n  .select('*')\n  .eq('customer_id', id)\n  .order('id');"],
    ["Drizzle", "db.select().from(orders).where(and(eq(orders.customerId, id), gt(orders.total, 5)))"],
    ["Drizzle's queries", "db.query.orders.findMany({ where: and(inArray(orders.customerId, ids)) })"],
  ])("by %s", (_, code) => expect(isScannedBy(customerId, table(), [], beside(code))).toBe(true));

  it.each([
    ["another table's", "prisma.invoice.findMany({ where: { customerId } })"],
    ["another column", "prisma.order.findMany({ where: { state: { customerId: 1 } } })"],
    ["what is chosen, and not what is found", "prisma.order.findMany({ select: { customerId: true }, where: { id } })"],
    ["what is written", "supabase.from('orders').insert({ customer_id: id });"],
    ["another statement", "supabase.from('orders').select();\nother.eq('customer_id', id)"],
    ["what is found along with it", "prisma.order.findMany({ include: { lines: { where: { customerId } } }, where: { state } })"],
    ["a table of the same name in the database, and of another in code", "db.select().from(order).where(eq(order.customerId, id))".replaceAll("order", "sale")],
    ["a comment", "// prisma.order.findMany({ where: { customerId } })"],
    ["what only deletes", "prisma.order.deleteMany({ where: { customerId } })"],
    ["half typed", "prisma.order.findMany({ where: { customerId"],
  ])("not by %s", (_, code) => expect(isScannedBy(customerId, table(), [], beside(code))).toBe(false));

  test("and by one of another index", () => {
    const ways = [{ columns: ["shop_id"] } as unknown as Key];
    const orders = table({ columns: [customerId, column("shop_id", "shopId")] });
    expect(isScannedBy(customerId, orders, ways, beside("prisma.order.findMany({ where: { customerId, shopId } })"))).toBe(false);
    expect(isScannedBy(customerId, orders, ways, beside("prisma.order.findMany({ where: { id_shopId: { id, shopId }, customerId } })"))).toBe(false);
    expect(isScannedBy(customerId, orders, ways, beside("prisma.order.findMany({ where: { customerId, total } })"))).toBe(true);
  });
});

describe("one row is found by a column alone", () => {
  const email = column("email");
  const members = table({ name: "members", model: "Member", columns: [email] });

  it.each([
    ["prisma.member.findFirst({ where: { email } })", true],
    ["Member.findOne({ where: { email: req.body.email } })", true],
    ["memberRepository.findOneBy({ email })", true],
    ["Member.findOne({ where: { 'email': username } })", false],
    ["prisma.member.findFirst({ where: { email, tenantId } })", false],
    ["prisma.member.findMany({ where: { email } })", false],
  ])("%s", (code, isFound) => expect(isFoundAlone(email, members, beside(code))).toBe(isFound));
});

describe("rows are deleted", () => {
  const customers = table({ name: "customers", model: "Customer", columns: [] });
  const schema = (...tables: Table[]): Schema => ({ tables }) as unknown as Schema;

  it.each([
    "prisma.customer.delete({ where: { id } })",
    "await tx.customer.deleteMany({})",
    "this.customerRepository.delete(id)",
    "await customer.destroy()",
    "supabase.from('customers').delete().eq('id', id)",
    "db.delete(customers).where(eq(customers.id, id))",
    "trx.deleteFrom('customers').execute()",
    "pool.query('DELETE FROM customers WHERE id = $1', [id])",
  ])("by %s", (code) => expect(isDeleted(customers, schema(customers), beside(code))).toBe(true));

  it.each(["prisma.order.delete({ where: { id } })", "cache.delete(customers)", "customer.deletedAt = now"])("not by %s", (code) =>
    expect(isDeleted(customers, schema(customers), beside(code))).toBe(false),
  );

  test("with those that they belong to", () => {
    const key = (onDelete: string): ForeignKey => ({ columns: ["customer_id"], table: "customers", schema: null, onDelete }) as unknown as ForeignKey;
    const orders = (onDelete: string): Table => table({ foreignKeys: [key(onDelete)] });
    const code = "prisma.customer.delete({ where: { id } })";
    for (const [action, isGone] of [["cascade", true], ["restrict", false]] as const) {
      const all = orders(action);
      expect(isDeleted(all, schema(all, customers), beside(code))).toBe(isGone);
    }
  });
});
