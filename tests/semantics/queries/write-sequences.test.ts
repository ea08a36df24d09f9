import { describe, expect, it } from "vitest";

import { dependentCreatesIn, parallelCreatesIn, parallelDeletesIn, type WritePair } from "../../../src/semantics/queries/write-sequences.js";
import type { Source } from "../../../src/syntax/source.js";
import { openText } from "../../support/source.js";

/** The tables of the pairs that a question finds in an asynchronous function. */
function pairs(question: (source: Source) => WritePair[], body: string): string[] {
  const source = openText(`import { PrismaClient } from "@prisma/client"; const db = new PrismaClient(); export async function f(id, lines) { ${body} }`);
  return question(source).map(({ first, later }) => `${first.model} ${later.model}`);
}

const parent = "const order = await db.order.create({ data: { total: 1 } });";

describe("a row that needs the one before", () => {
  it.each([
    ["one after the other", `${parent} await db.item.create({ data: { orderId: order.id } });`],
    ["in a loop", `${parent} for (const line of lines) await db.item.create({ data: { ...line, orderId: order.id } });`],
    ["all at once", `${parent} await Promise.all(lines.map((line) => db.item.create({ data: { ...line, orderId: order.id } })));`],
  ])("%s", (_, body) => expect(pairs(dependentCreatesIn, body)).toEqual(["order item"]));

  it.each([
    ["in a transaction", `await db.$transaction(async (tx) => { const order = await tx.order.create({ data: {} }); await tx.item.create({ data: { orderId: order.id } }); });`],
    ["as a note of what was done", `${parent} await db.auditLog.create({ data: { orderId: order.id } });`],
    ["on another path", `if (id) { ${parent} return order; } await db.item.create({ data: { orderId: id } });`],
    ["undone when it fails", `${parent} try { await db.item.create({ data: { orderId: order.id } }); } catch (error) { await db.order.delete({ where: { id: order.id } }); throw error; }`],
  ])("not %s", (_, body) => expect(pairs(dependentCreatesIn, body)).toEqual([]));
});

describe("writes about the same row", () => {
  it("deletes from two tables", () => expect(pairs(parallelDeletesIn, "await db.item.deleteMany({ where: { orderId: id } }); await db.order.delete({ where: { id } });")).toEqual(["item order"]));
  it("creates in two tables", () => expect(pairs(parallelCreatesIn, "await db.item.create({ data: { orderId: id } }); await db.payment.create({ data: { orderId: id } });")).toEqual(["item payment"]));
  it("deletes that one statement sends together", () => expect(pairs(parallelDeletesIn, "await db.$transaction([db.item.deleteMany({ where: { orderId: id } }), db.order.delete({ where: { id } })]);")).toEqual([]));
  it("deletes about different rows", () => expect(pairs(parallelDeletesIn, "await db.item.deleteMany({ where: { orderId: id } }); await db.user.delete({ where: { id: lines[0] } });")).toEqual([]));
});
