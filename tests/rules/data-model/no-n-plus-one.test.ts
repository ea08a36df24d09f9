import rule from "../../../src/rules/data-model/no-n-plus-one.js";
import { ruleTester } from "../../support/rule-tester.js";

const prisma = `import { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\n`;
const supabase = `import { createClient } from "@supabase/supabase-js";\nconst supabase = createClient(url, key);\n`;
const drizzle = `import { drizzle } from "drizzle-orm/node-postgres";\nimport { and, eq } from "drizzle-orm";\nimport { users } from "./schema";\nconst db = drizzle(url);\n`;

/** A service of an app on TypeORM. */
const service = (body: string, head = "async list(orders: Order[])"): string => `import { Repository } from "typeorm";
import { Cron } from "@nestjs/schedule";
import { Order, Stock } from "./entities";
export class StockService {
  constructor(private readonly stocks: Repository<Stock>) {}
  ${head} {
${body}
  }
  private async stockOf(id: string) { return this.stocks.findOne({ where: { id } }); }
  private async cached(id: string) { if (this.cache.has(id)) return this.cache.get(id); return this.stocks.findOne({ where: { id } }); }
  private async touch(id: string) { const stock = await this.stocks.findOne({ where: { id } }); await this.stocks.save(stock); }
}`;

const filename = "server/stock.ts";
const writes = [{ writes: true, otherWork: false, lists: false }] as [{ writes: boolean; otherWork: boolean; lists: boolean }];
const lists = [{ writes: false, otherWork: false, lists: true }] as typeof writes;

const readsInTurn = "waits for a hundred queries";
const readsOnce = "sends a hundred queries at once, and they take the connections that other requests need";
const writesInTurn = ", and a failure half way leaves the rest undone";
const writesOnce = ", and where one fails, others are written all the same";

ruleTester.run("no-n-plus-one", rule, {
  valid: [
    { name: "each item writes the row that it asks for", filename, options: [{ writes: true, otherWork: true, lists: true }], code: `${prisma}async function save(days, shopId) { for (const day of days) { const known = await prisma.opening.findFirst({ where: { shopId, date: day.date } }); if (known) await prisma.opening.update({ where: { id: known.id }, data: day }); else await prisma.opening.create({ data: day }); } }` },
    { name: "one of two columns, which no list of keys stands for", filename, options: lists, code: `${drizzle}import { or } from "drizzle-orm";\nasync function load(children) { for (const child of children) child.users = await db.select().from(users).where(and(eq(users.schoolId, child.schoolId), or(eq(users.groupId, child.groupId), eq(users.id, child.ownerId)))); }` },
    { name: "nobody waits for it", filename, code: `${prisma}export function start(orders) { (async () => { for (const order of orders) order.user = await prisma.user.findUnique({ where: { id: order.userId } }); })().catch(report); }` },
    { name: "what runs later", filename, code: `${prisma}export function start(orders) { setImmediate(async () => { for (const order of orders) order.user = await prisma.user.findUnique({ where: { id: order.userId } }); }); }` },
    { name: "all rows that belong to an item, where that is not asked for", filename, code: `${prisma}async function load(orders) { for (const order of orders) order.lines = await prisma.line.findMany({ where: { orderId: order.id } }); }` },
    { name: "the first few rows that belong to an item", filename, options: lists, code: `${prisma}async function load(orders) { for (const order of orders) order.lines = await prisma.line.findMany({ where: { orderId: order.id }, take: 3 }); }` },
    { name: "a text that is no SQL, given to an object that nothing is known of", filename, code: `import { Pool } from "pg"; async function load(client, items) { for (const item of items) await client.query("stock", [item.id]); }` },
    { name: "SQL that is given to a class of the project's own", filename, options: writes, code: `import { Pool } from "pg"; class Db { query(text, values) { return null; } } const db = new Db(); async function load(items) { for (const item of items) await db.query("INSERT INTO stock (id) VALUES ($1)", [item.id]); }` },
    { name: "SQL that is given to an object that nothing is known of, where no driver is imported", filename, options: writes, code: `import { log } from "./log"; async function load(client, items) { for (const item of items) await client.query("INSERT INTO stock (id) VALUES ($1)", [item.id]); }` },
    { name: "one query of Mongoose asks for all", filename, code: `import mongoose from "mongoose"; const Stock = mongoose.model("Stock", schema); async function load(items) { const rows = await Stock.find({ _id: { $in: items.map((item) => item.stockId) } }); return items.map((item) => rows.find((row) => row.id === item.stockId)); }` },
    { name: "one query asks for all", filename, code: `${prisma}async function load(items) { const rows = await prisma.stock.findMany({ where: { id: { in: items.map((item) => item.stockId) } } }); return items.map((item) => rows.find((row) => row.id === item.stockId)); }` },
    { name: "Prisma sends findUnique calls of one moment together", filename, code: `${prisma}const load = (ids) => Promise.all(ids.map((id) => prisma.stock.findUnique({ where: { id } })));` },
    { name: "the query does not depend on the item", filename, code: `${prisma}async function load(items, id) { for (const item of items) { item.owner = await prisma.user.findFirst({ where: { id } }); } }` },
    { name: "pages are read until there are none", filename, code: `${prisma}async function all() { let cursor; while (true) { const row = await prisma.stock.findFirst({ where: { id: cursor } }); if (!row) break; cursor = row.next; } }` },
    { name: "the items of a batch, one batch after the other", filename, code: `${prisma}async function all() { for (;;) { const batch = await next(); for (const item of batch) await prisma.stock.findFirst({ where: { id: item.id } }); } }` },
    { name: "a list that is written out", filename, code: `${prisma}const kinds = ["day", "week"] as const; async function load() { return Promise.all(kinds.map((kind) => prisma.report.findFirst({ where: { kind } }))); }` },
    { name: "the keys of an object that is written out", filename, code: `${prisma}const kinds = { day: 1, week: 7 }; async function load() { for (const kind of Object.keys(kinds)) await prisma.report.findFirst({ where: { kind } }); }` },
    { name: "the members of an enum", filename, code: `${prisma}enum Kind { Day, Week } async function load() { for (const kind of Object.values(Kind)) await prisma.report.findFirst({ where: { kind } }); }` },
    { name: "the first few of a list", filename, code: `${prisma}async function load(ids) { for (const id of ids.slice(0, 3)) await prisma.stock.findFirst({ where: { id } }); }` },
    { name: "a search that ends with the first match", filename, code: `${prisma}async function slug(candidates) { for (const candidate of candidates) { const taken = await prisma.page.findFirst({ where: { slug: candidate } }); if (taken) return taken; } }` },
    { name: "a job that nobody waits for, by its folder", filename: "server/jobs/stock.ts", code: `${prisma}async function load(items) { for (const item of items) await prisma.stock.findFirst({ where: { id: item.id } }); }` },
    { name: "a job that nobody waits for, by its decorator", filename, code: service(`for (const order of orders) await this.stocks.findOne({ where: { id: order.stockId } });`, `@Cron("0 * * * *") async list(orders: Order[])`) },
    { name: "a job that nobody waits for, by a word of its folder", filename: "supabase/functions/content-scheduler/index.ts", code: `${supabase}Deno.serve(async () => { for (const row of await due()) await supabase.from("contacts").select("*").eq("id", row.contact_id).single(); });` },
    { name: "a function on the edge that asks nothing of the request", filename: "supabase/functions/follow-up/index.ts", code: `${supabase}Deno.serve(async (req) => { if (req.method === "OPTIONS") return new Response("ok"); for (const row of await due()) await supabase.from("contacts").select("*").eq("id", row.contact_id).single(); });` },
    { name: "a method that is told nothing and tells nothing back", filename, code: service(`for (const order of await open()) await this.stocks.findOne({ where: { id: order.stockId } });`, "async expire(): Promise<void>") },
    { name: "a row is read again before it is changed", filename, code: `${prisma}async function close() { const rows = await prisma.order.findMany(); for (const row of rows) { await slow(row); const now = await prisma.order.findFirst({ where: { id: row.id } }); } }` },
    { name: "a cache is asked first", filename, code: `${prisma}async function load(items) { const known = new Map(); for (const item of items) { if (!known.has(item.userId)) known.set(item.userId, await prisma.user.findFirst({ where: { id: item.userId } })); } }` },
    { name: "only what failed is looked at again", filename, code: `${prisma}async function load(items) { for (const item of items) { try { await send(item); } catch { await prisma.user.findFirst({ where: { id: item.userId } }); } } }` },
    { name: "a seed", filename: "prisma/seed.ts", code: `${prisma}async function main(items) { for (const item of items) await prisma.stock.findFirst({ where: { id: item.id } }); }\nmain();` },
    { name: "a file of unknown role", filename: "lib/stock.ts", code: `${prisma}const other = 1;` },
    { name: "a handler that is called for each item by something else", filename, code: `${prisma}queue.on("order", async (order) => { await prisma.stock.findFirst({ where: { id: order.stockId } }); });` },
    { name: "a function of the file that asks only where its cache has nothing", filename, code: service(`for (const order of orders) await this.cached(order.stockId);`) },
    { name: "a function of the file that also writes", filename, code: service(`for (const order of orders) await this.touch(order.stockId);`) },
    { name: "rows of a tree, by a function that calls itself", filename, code: `${prisma}async function tree(id) { const node = await prisma.node.findFirst({ where: { id } }); for (const child of node.children) await tree(child.id); }` },
    { name: "a Map has a get as well", filename, code: `const cache = new Map(); function load(items) { for (const item of items) cache.get(item.id); }` },
    { name: "writes are not asked about", filename, code: `${prisma}async function add(tags, postId) { for (const tag of tags) await prisma.tag.create({ data: { name: tag, postId } }); }` },
    { name: "each row gets a value of its own", filename, options: writes, code: `${prisma}async function sort(items) { for (const item of items) await prisma.item.update({ where: { id: item.id }, data: { position: item.position } }); }` },
    { name: "a list of writes is sent at once", filename, options: writes, code: `${prisma}const close = (ids) => prisma.$transaction(ids.map((id) => prisma.item.update({ where: { id }, data: { closed: true } })));` },
    { name: "the created row is used", filename, options: writes, code: `${prisma}async function add(tags) { for (const tag of tags) { const row = await prisma.tag.create({ data: { name: tag } }); await send(row.id); } }` },
    { name: "each write marks how far the work has come", filename, options: writes, code: `${prisma}async function send(mails) { for (const mail of mails) { await deliver(mail); await prisma.mail.update({ where: { id: mail.id }, data: { sent: true } }); } }` },
    { name: "each item has a catch of its own", filename, options: writes, code: `${prisma}async function close(items) { for (const item of items) { try { await prisma.item.update({ where: { id: item.id }, data: { closed: true } }); queue.push(item.id); } catch (error) { log.error({ error, id: item.id }, "not closed"); } } }` },
    { name: "each item of a list of promises has a catch of its own", filename, options: writes, code: `${prisma}const close = (items) => Promise.all(items.map(async (item) => { try { await prisma.item.update({ where: { id: item.id }, data: { closed: true } }); } catch (error) { return log.error({ error, id: item.id }, "not closed"); } }));` },
    { name: "rows are created with rows of their own", filename, options: writes, code: `${prisma}async function add(posts) { for (const post of posts) await prisma.post.create({ data: { title: post.title, tags: { create: post.tags } } }); }` },
    { name: "each item waits for a write as well", filename, code: `${prisma}async function load(items) { for (const item of items) { const stock = await prisma.stock.findFirst({ where: { id: item.stockId } }); await prisma.line.create({ data: { stockId: stock.id } }); } }` },
    { name: "each item waits for another service as well", filename, code: `${prisma}async function load(items) { for (const item of items) { const stock = await prisma.stock.findFirst({ where: { id: item.stockId } }); await fetch(stock.url); } }` },
    { name: "the latest row of each item", filename, code: `${supabase}async function load(items) { for (const item of items) { const { data } = await supabase.from("prices").select().eq("item_id", item.id).order("created_at").limit(1).single(); } }` },
    { name: "the latest row of each item, by an option", filename, code: `${prisma}async function load(items) { for (const item of items) { item.price = await prisma.price.findFirst({ where: { itemId: item.id }, orderBy: { createdAt: "desc" } }); } }` },
    { name: "half-typed code", filename, code: `${prisma}async function load(items) { for (const item of items) { await prisma.stock.findFirst(); await prisma.stock.findFirst({ where: }); } }`.replace("where: }", "where: {} }") },
  ],
  invalid: [
    {
      name: "conditions beside the key, one of which differs as well",
      filename,
      code: `${prisma}async function load(items, shopId) { for (const item of items) item.stock = await prisma.stock.findFirst({ where: { itemId: item.id, size: item.size, shopId } }); }`,
      errors: [{ messageId: "read", data: { list: "items", model: "stock", among: "where: { itemId: { in: … } }", cost: readsInTurn, others: " beside its other conditions, and tell them apart by `size`" } }],
    },
    {
      name: "all rows that belong to an item, where asked for",
      filename,
      options: lists,
      code: `${prisma}async function load(orders) { for (const order of orders) order.lines = await prisma.line.findMany({ where: { orderId: order.id } }); }`,
      errors: [{ messageId: "read", data: { list: "orders", model: "line", among: "where: { orderId: { in: … } }", cost: readsInTurn, others: "" } }],
    },
    {
      name: "SQL that is given to an object that nothing is known of, beside the driver",
      filename,
      code: `import { Pool } from "pg"; async function load(client, items) { for (const item of items) { const { rows } = await client.query("SELECT * FROM stock WHERE id = $1", [item.stockId]); item.stock = rows[0]; } }`,
      errors: [{ messageId: "read", data: { list: "items", model: "stock", among: "WHERE id = ANY(…)", cost: readsInTurn, others: "" } }],
    },
    {
      name: "a statement in SQL for each item",
      filename,
      code: `import { Pool } from "pg"; const pool = new Pool(); async function load(items) { for (const item of items) { const { rows } = await pool.query("SELECT * FROM stock WHERE id = $1", [item.stockId]); item.stock = rows[0]; } }`,
      errors: [{ messageId: "read", data: { list: "items", model: "stock", among: "WHERE id = ANY(…)", cost: readsInTurn, others: "" } }],
    },
    {
      name: "a write in SQL for each item, in a list of promises",
      filename,
      options: writes,
      code: `import { Pool } from "pg"; const pool = new Pool(); async function move(items) { await Promise.all(items.map((item) => pool.query("UPDATE stock SET shelf = $1 WHERE id = $2", [item.shelf, item.id]))); }`,
      errors: [{ messageId: "write", data: { list: "items", model: "stock", cost: writesOnce } }],
    },
    {
      name: "a row of Sequelize for each item",
      filename,
      code: `import { Model } from "sequelize"; class Stock extends Model {} async function load(items) { for (const item of items) { item.stock = await Stock.findByPk(item.stockId); } }`,
      errors: [{ messageId: "read", data: { list: "items", model: "Stock", among: "where: { id: […] }", cost: readsInTurn, others: "" } }],
    },
    {
      name: "a document of Mongoose for each item",
      filename,
      code: `import mongoose from "mongoose"; const Stock = mongoose.model("Stock", schema); const load = (items) => Promise.all(items.map((item) => Stock.findById(item.stockId)));`,
      errors: [{ messageId: "read", data: { list: "items", model: "Stock", among: "{ _id: { $in: … } }", cost: readsOnce, others: "" } }],
    },
    {
      name: "each item waits for a write as well, where asked for",
      filename,
      options: [{ writes: false, otherWork: true, lists: false }],
      code: `${prisma}async function load(items) {
  for (const item of items) {
    const stock = await prisma.stock.findFirst({ where: { id: item.stockId } });
    await prisma.line.create({ data: { stockId: stock.id } });
  }
}`,
      errors: [{ messageId: "read", data: { list: "items", model: "stock", among: "where: { id: { in: … } }", cost: `${readsInTurn}, beside the other work that each waits for`, others: "" }, line: 5, column: 38, endColumn: 47 }],
    },
    {
      name: "the stock of each item of an order",
      filename,
      code: `${prisma}async function load(items) {
  for (const item of items) {
    const stock = await prisma.stock.findUnique({ where: { id: item.stockId } });
    if (!stock) throw new Error("none");
  }
}`,
      errors: [{ messageId: "read", data: { list: "items", model: "stock", among: "where: { id: { in: … } }", cost: readsInTurn, others: "" }, line: 5, column: 38, endColumn: 48 }],
    },
    {
      name: "at once, by a query that is not batched",
      filename,
      code: `${prisma}const load = (order) => Promise.all(order.items.map(async ({ stockId: id }) => prisma.stock.findFirst({ where: { id, open: true } })));`,
      errors: [{ messageId: "read", data: { list: "order.items", model: "stock", among: "where: { id: { in: … } }", cost: readsOnce, others: " beside its other conditions" }, line: 3 }],
    },
    {
      name: "by a const that is made of the item, in a loop that counts",
      filename,
      code: `${prisma}async function load(rows) {
  for (let index = 0; index < rows.length; index++) {
    const { email } = rows[index];
    await prisma.user.findFirst({ where: { email: email.toLowerCase() } });
  }
}`,
      errors: [{ messageId: "read", data: { list: "rows", model: "user", among: "where: { email: { in: … } }", cost: readsInTurn, others: "" }, line: 6 }],
    },
    {
      name: "a validation ends at the first item that has none",
      filename,
      code: `${prisma}async function valid(items) { for (const item of items) { const stock = await prisma.stock.findFirst({ where: { id: item.id } }); if (!stock || !stock.open) return false; } return true; }`,
      errors: [{ messageId: "read", data: { list: "items", model: "stock", among: "where: { id: { in: … } }", cost: readsInTurn, others: "" } }],
    },
    {
      name: "Supabase, in a function on the edge",
      filename: "supabase/functions/remind/index.ts",
      code: `${supabase}Deno.serve(async (request) => {
  const { kind } = await request.json();
  const { data: rows } = await supabase.from("reminders").select("*").eq("kind", kind);
  for (const row of rows ?? []) {
    const { data: contact } = await supabase.from("contacts").select("email").eq("id", row.contact_id).single();
  }
});`,
      errors: [{ messageId: "read", data: { list: "rows ?? []", model: "contacts", among: `.in("id", …)`, cost: readsInTurn, others: "" }, line: 7, column: 63, endColumn: 69 }],
    },
    {
      name: "Drizzle, the first row by a condition",
      filename,
      code: `${drizzle}async function load(ids) { for (const id of ids) { const [user] = await db.select().from(users).where(and(eq(users.id, id), eq(users.open, true))).limit(1); } }`,
      errors: [{ messageId: "read", data: { list: "ids", model: "users", among: "inArray(id, …)", cost: readsInTurn, others: " beside its other conditions" } }],
    },
    {
      name: "TypeORM, in a service",
      filename,
      code: service(`    for (const order of orders) {
      order.stock = await this.stocks.findOne({ where: { id: order.stockId } });
    }`),
      errors: [{ messageId: "read", data: { list: "orders", model: "Stock", among: "where: { id: In(…) }", cost: readsInTurn, others: "" }, line: 8 }],
    },
    {
      name: "a method of the same class asks",
      filename,
      code: service(`    return Promise.all(orders.map((order) => this.stockOf(order.stockId)));`),
      errors: [{ messageId: "call", data: { name: "stockOf", list: "orders", model: "Stock", among: "where: { id: In(…) }", cost: readsOnce, others: "" }, line: 7, column: 51, endColumn: 58 }],
    },
    {
      name: "a function of the same file asks",
      filename,
      code: `${prisma}const owner = (id) => prisma.user.findUnique({ where: { id } });
async function load(posts) { for (const post of posts) post.owner = await owner(post.ownerId); }`,
      errors: [{ messageId: "call", data: { name: "owner", list: "posts", model: "user", among: "where: { id: { in: … } }", cost: readsInTurn, others: "" }, line: 4 }],
    },
    {
      name: "two queries for rows of one table are one report",
      filename,
      code: `${prisma}async function load(items) { for (const item of items) { await prisma.user.findFirst({ where: { id: item.to } }); await prisma.user.findFirst({ where: { id: item.from } }); } }`,
      errors: [{ messageId: "read", data: { list: "items", model: "user", among: "where: { id: { in: … } }", cost: readsInTurn, others: "" } }],
    },
    {
      name: "in a transaction, which stays open all the while",
      filename,
      code: `${prisma}const load = (items) => prisma.$transaction(async (tx) => { for (const item of items) await tx.stock.findFirst({ where: { id: item.id } }); });`,
      errors: [{ messageId: "read", data: { list: "items", model: "stock", among: "where: { id: { in: … } }", cost: readsInTurn, others: "" } }],
    },
    {
      name: "rows that are created one by one",
      filename,
      options: writes,
      code: `${prisma}async function add(tags, postId) { for (const tag of tags) await prisma.tag.create({ data: { name: tag, postId } }); }`,
      errors: [{ messageId: "write", data: { list: "tags", model: "tag", cost: writesInTurn } }],
    },
    ...[
      ["a catch around the loop, which ends it", `try { for (const tag of tags) await prisma.tag.create({ data: { name: tag, postId } }); } catch (error) { log.error(error); }`],
      ["a catch for each item that passes the error on", `for (const tag of tags) { try { await prisma.tag.create({ data: { name: tag, postId } }); } catch (error) { log.error(error); throw error; } }`],
      ["a catch for each item that ends the loop", `for (const tag of tags) { try { await prisma.tag.create({ data: { name: tag, postId } }); } catch (error) { return log.error(error); } }`],
      ["a try for each item that only tidies up", `for (const tag of tags) { try { await prisma.tag.create({ data: { name: tag, postId } }); } finally { count += 1; } }`],
    ].map(([name = "", body = ""]) => ({
      name,
      filename,
      options: writes,
      code: `${prisma}async function add(tags, postId) { ${body} }`,
      errors: [{ messageId: "write" as const, data: { list: "tags", model: "tag", cost: writesInTurn } }],
    })),
    {
      name: "a catch for each item in a transaction, which the first error ends all the same",
      filename,
      options: writes,
      code: `${prisma}const add = (tags, postId) => prisma.$transaction(async (tx) => { for (const tag of tags) { try { await tx.tag.create({ data: { name: tag, postId } }); } catch (error) { log.error(error); } } });`,
      errors: [{ messageId: "write", data: { list: "tags", model: "tag", cost: ": a list of a hundred waits for a hundred statements" } }],
    },
    {
      name: "rows that are created one by one in a transaction, which leaves none of them where one fails",
      filename,
      options: writes,
      code: `${prisma}const add = (tags, postId) => prisma.$transaction(async (tx) => { for (const tag of tags) await tx.tag.create({ data: { name: tag, postId } }); });`,
      errors: [{ messageId: "write", data: { list: "tags", model: "tag", cost: ": a list of a hundred waits for a hundred statements" } }],
    },
    {
      name: "rows that are created through a handle that may be of a transaction",
      filename,
      options: writes,
      code: `${drizzle}async function add(tags, postId, tx = db) { for (const tag of tags) await tx.insert(users).values({ name: tag, postId }); }`,
      errors: [{ messageId: "write", data: { list: "tags", model: "users", cost: ": a list of a hundred waits for a hundred statements" } }],
    },
    {
      name: "all at once, over the one connection of a transaction",
      filename,
      code: `${prisma}const load = (items) => prisma.$transaction((tx) => Promise.all(items.map((item) => tx.stock.findFirst({ where: { id: item.id } }))));`,
      errors: [{ messageId: "read", data: { list: "items", model: "stock", among: "where: { id: { in: … } }", cost: readsInTurn, others: "" } }],
    },
    {
      name: "all at once, beside a transaction that they take no part in",
      filename,
      code: `${prisma}const load = (items) => prisma.$transaction((tx) => Promise.all(items.map((item) => prisma.stock.findFirst({ where: { id: item.id } }))));`,
      errors: [{ messageId: "read", data: { list: "items", model: "stock", among: "where: { id: { in: … } }", cost: readsOnce, others: "" } }],
    },
    {
      name: "rows that get the same value one by one",
      filename,
      options: writes,
      code: `${prisma}async function close(items) { for (const { id } of items) await prisma.item.update({ where: { id }, data: { closed: true } }); await Promise.all(items.map((item) => prisma.draft.delete({ where: { id: item.draftId } }))); }`,
      errors: [{ messageId: "write", data: { list: "items", model: "item", cost: writesInTurn } }],
    },
  ],
});
