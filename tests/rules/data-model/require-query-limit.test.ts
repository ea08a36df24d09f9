import rule from "../../../src/rules/data-model/require-query-limit.js";
import { ruleTester } from "../../support/rule-tester.js";

const prisma = `import { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\n`;
const drizzle = `import { drizzle } from "drizzle-orm/node-postgres";\nimport { eq } from "drizzle-orm";\nimport { orders } from "./schema";\nconst db = drizzle(url);\n`;
const supabase = `import { createClient } from "@supabase/supabase-js";\nconst supabase = createClient(url, key);\n`;

const knex = `import knex from "knex";\nconst db = knex({ client: "pg" });\n`;
const kysely = `import { Kysely } from "kysely";\nconst db = new Kysely({ dialect });\n`;

/** Rows that code holds against each other. */
const pairs = (use: string): string => `${prisma}const near = (all) => { for (let i = 0; i < all.length; i++) for (let j = i + 1; j < all.length; j++) note(all[i], all[j]); };\nconst priced = (all) => { for (let i = 0; i < all.length; i++) note(all[i]); };\nexport async function list(known) {\n  ${use}\n}`;

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
    { name: "a part of another query, by a name", filename, code: `${knex}export const list = (id) => db("users").where({ id }).leftJoin(db("orders").select("user_id").as("o"), "users.id", "o.user_id");` },
    { name: "a part of another query, where it is handed to that", filename, code: `${drizzle}export const list = (id) => db.select().from(users).where(and(eq(users.id, id), exists(db.select().from(orders))));` },
    { name: "a part of another query, from a callback", filename, code: `${kysely}export const list = (id) => db.selectFrom("users").where("id", "=", id).where((eb) => eb.exists(db.selectFrom("orders").select("id"))).execute();` },
    { name: "a row for each group", filename, code: `${drizzle}export const list = () => db.select({ userId: orders.userId }).from(orders).groupBy(orders.userId);` },
    { name: "rows that a function holds against each other", filename, code: pairs("const rows = await prisma.order.findMany(); return near(rows.map((row) => row.place));") },
    { name: "rows that a function holds against each other, where they are not known yet", filename, code: pairs("const rows = known ? known.rows : await prisma.order.findMany(); return near(rows);") },
    { name: "rows that are a tree", filename, code: pairs("const rows = await prisma.order.findMany(); return rows.map((row) => ({ row, parts: rows.filter((part) => part.parentId === row.id) }));") },
    { name: "a builder that its callers go on with", filename, code: `${drizzle}export const repository = { selectFrom: (tx = db) => tx.select().from(orders) };\nexport const ofCustomer = async (id) => { const rows = await repository.selectFrom().where(eq(orders.customerId, id)); return rows; };` },
    { name: "a builder that one of its callers goes on with", filename, code: `${knex}function all() { return db("orders").select("*"); }\nexport const list = async (id) => { const query = all(); if (id) query.where({ id }); return query; };` },
    { name: "a builder whose callers are not in sight", filename, code: `${supabase}export const select = () => supabase.from("orders").select("*");` },
    { name: "what a function of the database gives", filename, code: `import { Pool } from "pg"; const pool = new Pool(); export const list = (id, most) => pool.query("SELECT * FROM open_orders($1, $2)", [id, most]);` },
    { name: "half-typed code", filename, code: `${prisma}export const list = () => prisma.order.findMany({ take });` },
  ],
  invalid: [
    { name: "every order", filename, code: `${prisma}export const list = () => prisma.order.findMany();`, errors: [{ messageId: "endless", line: 3, column: 27, endColumn: 48, data: { model: "order", limit: "`take: 100`" } }] },
    { name: "each row by itself", filename, code: pairs("const rows = await prisma.order.findMany(); return priced(rows);"), errors: [{ messageId: "endless", line: 6, data: { model: "order", limit: "`take: 100`" } }] },
    { name: "many queries at once", filename, code: `${drizzle}export const list = () => Promise.all([db.select().from(orders)]);`, errors: [{ messageId: "endless", line: 5, data: { model: "orders", limit: "`.limit(100)`" } }] },
    { name: "a table in SQL, whose columns go through functions", filename, code: `import { Pool } from "pg"; const pool = new Pool(); export const list = () => pool.query("SELECT id, lower(email) FROM orders o ORDER BY coalesce(paid_at, created_at)");`, errors: [{ messageId: "endless", data: { model: "orders", limit: "`LIMIT 100`" } }] },
    { name: "Drizzle", filename, code: `${drizzle}export const list = async () => db.select().from(orders);`, errors: [{ messageId: "endless", line: 5, data: { model: "orders", limit: "`.limit(100)`" } }] },
    { name: "a builder that its caller sends as it is", filename, code: `${drizzle}const all = () => db.select().from(orders);\nexport const list = async () => { const rows = await all(); return rows; };`, errors: [{ messageId: "endless", line: 5, data: { model: "orders", limit: "`.limit(100)`" } }] },
    { name: "Prisma, whose calls nobody can go on with", filename, code: `${prisma}export function list() { return prisma.order.findMany(); }`, errors: [{ messageId: "endless", line: 3, data: { model: "order", limit: "`take: 100`" } }] },
    { name: "a library that asks for the rows", filename, code: `${supabase}export const orders = queryOptions({ queryKey, queryFn: () => supabase.from("orders").select("*") });`, errors: [{ messageId: "cut", line: 3, data: { model: "orders", rows: "1,000", limit: "`.range(from, to)`" } }] },
    { name: "Supabase, which stops by itself", filename, code: `${supabase}export const list = async () => supabase.from("orders").select("*");`, errors: [{ messageId: "cut", line: 3, data: { model: "orders", rows: "1,000", limit: "`.range(from, to)`" } }] },
  ],
});
