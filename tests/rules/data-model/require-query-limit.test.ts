import rule from "../../../src/rules/data-model/require-query-limit.js";
import { ruleTester } from "../../support/rule-tester.js";

const prisma = `import { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\n`;
const drizzle = `import { drizzle } from "drizzle-orm/node-postgres";\nimport { eq } from "drizzle-orm";\nimport { orders } from "./schema";\nconst db = drizzle(url);\n`;
const supabase = `import { createClient } from "@supabase/supabase-js";\nconst supabase = createClient(url, key);\n`;

const filename = "server/orders.ts";

ruleTester.run("require-query-limit", rule, {
  valid: [
    { name: "a page of rows", filename, code: `${prisma}export const list = (skip) => prisma.order.findMany({ skip, take: 50 });` },
    { name: "the rows of somebody", filename, code: `${prisma}export const list = (userId) => prisma.order.findMany({ where: { userId } });` },
    { name: "rows by their keys", filename, code: `${prisma}export const list = (ids) => prisma.order.findMany({ where: { id: { in: ids } } });` },
    { name: "the filter is not in sight", filename, code: `${prisma}export const list = (where) => prisma.order.findMany({ where });` },
    { name: "the options are not in sight", filename, code: `${prisma}export const list = (options) => prisma.order.findMany(options);` },
    { name: "a part of the rows", filename, code: `${prisma}export const list = () => prisma.order.findMany({ where: { status: "open" } });` },
    { name: "a report over all", filename, code: `${prisma}export const salesReport = () => prisma.order.findMany();` },
    { name: "each value once", filename, code: `${prisma}export const list = () => prisma.order.findMany({ distinct: ["currency"], select: { currency: true } });` },
    { name: "a count", filename, code: `${prisma}export const count = () => prisma.order.count();` },
    { name: "an app has a few of them", filename, code: `${prisma}export const list = () => prisma.productCategory.findMany();` },
    { name: "one of them", filename, code: `${drizzle}export const first = () => db.select().from(orders).limit(1);` },
    { name: "a job goes through all", filename: "server/jobs/orders.ts", code: `${prisma}export const list = () => prisma.order.findMany();` },
    { name: "a loop takes them in batches of its own", filename, code: `${prisma}export async function* all() { while (true) { yield await prisma.order.findMany(); } }` },
    { name: "a script", filename: "scripts/orders.ts", code: `${prisma}export const list = () => prisma.order.findMany();` },
    { name: "half-typed code", filename, code: `${prisma}export const list = () => prisma.order.findMany({ take });` },
  ],
  invalid: [
    { name: "every order", filename, code: `${prisma}export const list = () => prisma.order.findMany();`, errors: [{ messageId: "endless", line: 3, column: 27, endColumn: 48, data: { model: "order", limit: "`take: 100`" } }] },
    { name: "Drizzle", filename, code: `${drizzle}export const list = () => db.select().from(orders);`, errors: [{ messageId: "endless", line: 5, data: { model: "orders", limit: "`.limit(100)`" } }] },
    { name: "Supabase, which stops by itself", filename, code: `${supabase}export const list = () => supabase.from("orders").select("*");`, errors: [{ messageId: "cut", line: 3, data: { model: "orders", rows: "1,000", limit: "`.range(from, to)`" } }] },
  ],
});
