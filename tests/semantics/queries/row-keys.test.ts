import { describe, expect, it } from "vitest";

import { queriesIn } from "../../../src/semantics/queries/queries.js";
import { holdersOf, isNew, takesKeyOf } from "../../../src/semantics/queries/row-keys.js";
import { marked, openText } from "../../support/source.js";

const prisma = `import { PrismaClient } from "@prisma/client"; const db = new PrismaClient();`;
const drizzle = `import { drizzle } from "drizzle-orm/node-postgres"; import { orders, items } from "../schema"; const db = drizzle(url);`;

/** Whether the last write of a function takes the key of the row that the first one made. */
function isTaken(client: string, body: string): boolean {
  const source = openText(`${client} async function f() { ${body} }`);
  const [row, ...more] = queriesIn(source);
  const later = more.at(-1);
  if (!row || !later) throw new Error("two queries, please");
  return takesKeyOf(row, holdersOf(row, source), later, source);
}

describe("a write that takes the key of a row made before", () => {
  it.each([
    ["the row's id", prisma, "const order = await db.order.create({ data }); await db.item.create({ data: { orderId: order.id } });"],
    ["taken apart", prisma, "const { id } = await db.order.create({ data }); await db.item.create({ data: { orderId: id } });"],
    ["by another name", prisma, "const order = await db.order.create({ data }); const orderId = order.id; await db.item.create({ data: { orderId } });"],
    ["in rows made from a list", prisma, "const order = await db.order.create({ data }); await db.item.createMany({ data: lines.map((line) => ({ ...line, orderId: order.id })) });"],
    ["the first of the rows", drizzle, "const [order] = await db.insert(orders).values(a).returning(); await db.insert(items).values({ orderId: order.id });"],
  ])("%s", (_, client, body) => expect(isTaken(client, body)).toBe(true));

  it.each([
    ["a column that is no key", prisma, "const order = await db.order.create({ data }); await db.item.create({ data: { total: order.total } });"],
    ["a key that was there before", prisma, "const order = await db.order.create({ data: { userId } }); await db.item.create({ data: { userId: order.userId } });"],
    ["nothing of it", prisma, "const order = await db.order.create({ data }); await db.item.create({ data: { orderId } });"],
  ])("not %s", (_, client, body) => expect(isTaken(client, body)).toBe(false));
});

describe("an entity that is in no table yet", () => {
  const isFresh = (code: string): boolean => {
    const source = openText(`import { Repository } from "typeorm"; class A { constructor(private orders: Repository<Order>) {} async f(found) { ${code} } }`);
    return isNew(marked(source), source);
  };

  it.each(["__(this.orders.create({ total }))", "const order = new Order(); __(order)", "__({ total: 1 })", "__(lines.map((line) => this.orders.create(line)))"])("%s", (code) => expect(isFresh(code)).toBe(true));
  it.each(["__(found)", "__({ id, total })", "__({ ...found })", "const order = await this.orders.findOne({}); __(order)"])("not %s", (code) => expect(isFresh(code)).toBe(false));
});
