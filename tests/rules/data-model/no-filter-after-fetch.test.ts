import rule from "../../../src/rules/data-model/no-filter-after-fetch.js";
import { ruleTester } from "../../support/rule-tester.js";

const prisma = `import { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\n`;
const drizzle = `import { drizzle } from "drizzle-orm/node-postgres";\nimport { orders } from "./schema";\nconst db = drizzle(url);\n`;

const filename = "server/orders.ts";
const list = (use: string, query = "prisma.order.findMany()"): string => `${prisma}export async function list(id) {\n  const orders = await ${query};\n  ${use}\n}`;

ruleTester.run("no-filter-after-fetch", rule, {
  valid: [
    { name: "the database picks the rows", filename, code: list("return orders.filter((order) => order.isLate());", 'prisma.order.findMany({ where: { status: "open" } })') },
    { name: "no more than a page", filename, code: list("return orders.filter((order) => order.open);", "prisma.order.findMany({ take: 50 })") },
    { name: "all of them are used as well", filename, code: list("const open = orders.filter((order) => order.open); return { orders, open };") },
    { name: "the list is taken apart into two", filename, code: list("return { open: orders.filter((order) => order.open), done: orders.filter((order) => !order.open) };") },
    { name: "rows that were read at once for many", filename, code: list("return lines.map((line) => orders.find((order) => order.id === line.orderId));") },
    { name: "rows that a loop looks into", filename, code: list("for (const line of lines) line.order = orders.find((order) => order.id === line.orderId);") },
    { name: "all of them are given on", filename, code: list("return orders.map((order) => order.id);") },
    { name: "an app has a few of them", filename, code: list("return orders.find((role) => role.name === id);", "prisma.role.findMany()") },
    { name: "the browser's own list", filename: "src/components/orders.tsx", code: `"use client";\n${list("return orders.filter((order) => order.open);")}` },
    { name: "a condition that only code can tell", filename, code: list("return orders.filter((order) => !Calendar.isWorkday(order.date));") },
    { name: "all of them are counted beside the part", filename, code: list("const late = orders.filter((order) => order.late); return { late, total: orders.length };") },
    { name: "once, when the app starts", filename, code: `${prisma}export async function seedOrdersIfEmpty() {\n  const orders = await prisma.order.findMany();\n  if (orders.length > 0) return;\n}` },
    { name: "half-typed code", filename, code: list("return orders.filter();") },
  ],
  invalid: [
    { name: "a part of all", filename, code: list("return orders.filter((order) => order.userId === id);"), errors: [{ messageId: "pick", line: 5, column: 17, endColumn: 23, data: { model: "order" } }] },
    { name: "one of all", filename, code: list("return orders.find((order) => order.id === id);"), errors: [{ messageId: "find", line: 5, data: { model: "order" } }] },
    { name: "a part by the beginning of a text, if there are any", filename, code: list(`if (orders.length === 0) return []; return orders.filter((order) => order.number.startsWith("A"));`), errors: [{ messageId: "pick", line: 5, data: { model: "order" } }] },
    { name: "how many there are", filename, code: list("return orders.length;"), errors: [{ messageId: "count", line: 5, data: { model: "order" } }] },
    { name: "at once", filename, code: `${drizzle}export const late = async () => (await db.select().from(orders)).filter((order) => order.late);`, errors: [{ messageId: "pick", line: 4, data: { model: "orders" } }] },
  ],
});
