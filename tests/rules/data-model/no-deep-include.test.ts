import rule from "../../../src/rules/data-model/no-deep-include.js";
import { ruleTester } from "../../support/rule-tester.js";

const prisma = `import { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\n`;
const drizzle = `import { drizzle } from "drizzle-orm/node-postgres";\nimport { eq } from "drizzle-orm";\nimport { a, b, c, d, e, f, g, h } from "./schema";\nconst db = drizzle(url);\n`;
const supabase = `import { createClient } from "@supabase/supabase-js";\nconst supabase = createClient(url, key);\n`;
const typeorm = (options: string): string =>
  `import { Repository } from "typeorm"; import { Order } from "./entities"; export class Orders { constructor(private readonly orders: Repository<Order>) {} list(id) { return this.orders.findOne({ where: { id }, ${options} }); } }`;

const filename = "server/orders.ts";
const joined = (count: number): string =>
  `${drizzle}export const report = (id) => db.select().from(a)${["b", "c", "d", "e", "f", "g", "h"].slice(0, count).map((table) => `.leftJoin(${table}, eq(${table}.id, a.id))`).join("")}.where(eq(a.id, id));`;
const limit = (depth: number, joins: number): [{ depth: number; joins: number }] => [{ depth, joins }];
const four = { depth: "4", way: "orders.lines.product.maker" };

ruleTester.run("no-deep-include", rule, {
  valid: [
    { name: "three relations deep", filename, code: `${prisma}export const one = (id) => prisma.order.findUnique({ where: { id }, include: { lines: { include: { product: { include: { maker: true } } } } } });` },
    { name: "a count of a relation", filename, code: `${prisma}export const one = (id) => prisma.order.findUnique({ where: { id }, include: { lines: { include: { product: { include: { maker: { include: { _count: true } } } } } } } });` },
    { name: "columns that are selected at the end", filename, code: `${prisma}export const one = (id) => prisma.order.findUnique({ where: { id }, select: { lines: { select: { product: { select: { maker: { select: { name: true } } } } } } } });` },
    { name: "one list, and what belongs to each of its rows", filename, code: `${prisma}export const one = (id) => prisma.order.findUnique({ where: { id }, include: { lines: { include: { product: { include: { maker: { include: { country: true } } } } } } } });` },
    { name: "an inner list of which one row is asked for", filename, code: `${prisma}export const one = (id) => prisma.room.findUnique({ where: { id }, include: { folders: { include: { document: { include: { versions: { take: 1, include: { file: true } } } } } } } });` },
    { name: "many relations beside each other", filename, code: `${prisma}export const one = (id) => prisma.order.findUnique({ where: { id }, include: { a: true, b: true, c: true, d: true, e: true, f: true, g: true } });` },
    { name: "what is not in sight", filename, code: `${prisma}export const one = (id, include) => prisma.order.findUnique({ where: { id }, include });` },
    { name: "six joins", filename, code: joined(6) },
    { name: "a deep path in JSON is no relation", filename, code: `${prisma}export const one = (id) => prisma.order.findMany({ where: { data: { path: ["a", "b", "c", "d", "e"], equals: id } } });` },
    { name: "deeper, where that is allowed", filename, options: limit(4, 6), code: typeorm(`relations: ["lines.product.maker.country"]`) },
    { name: "a write", filename, code: `${prisma}export const add = () => prisma.order.create({ data: {}, include: { a: { include: { b: { include: { c: { include: { d: true } } } } } } } });` },
    { name: "half-typed code", filename, code: `${supabase}export const one = () => supabase.from("orders").select("id, lines(product(");` },
  ],
  invalid: [
    {
      name: "four relations deep",
      filename,
      code: `${prisma}export const one = (id) => prisma.order.findUnique({\n  where: { id },\n  include: { orders: { include: { lines: { include: { product: { include: { maker: true } } } } } } },\n});`,
      errors: [{ messageId: "deep", line: 5, column: 77, endColumn: 82, data: four }],
    },
    { name: "TypeORM, as texts", filename, code: typeorm(`relations: ["orders", "orders.lines.product.maker"]`), errors: [{ messageId: "deep", data: four }] },
    { name: "TypeORM, as objects", filename, code: typeorm(`relations: { orders: { lines: { product: { maker: true } } } }`), errors: [{ messageId: "deep", data: four }] },
    { name: "Drizzle", filename, code: `${drizzle}export const all = () => db.query.customers.findMany({ with: { orders: { with: { lines: { with: { product: { with: { maker: true } } } } } } } });`, errors: [{ messageId: "deep", data: four }] },
    { name: "Supabase", filename, code: `${supabase}export const one = (id) => supabase.from("customers").select("id, orders(id, lines(product!inner(maker(name))))").eq("id", id);`, errors: [{ messageId: "deep", data: four }] },
    { name: "seven joins", filename, code: joined(7), errors: [{ messageId: "wide", line: 5, data: { joins: "7" } }] },
    { name: "fewer, where that is asked for", filename, options: limit(3, 2), code: joined(3), errors: [{ messageId: "wide", line: 5, data: { joins: "3" } }] },
  ],
});
