import rule from "../../../src/rules/data-integrity/require-transaction.js";
import { ruleTester } from "../../support/rule-tester.js";

const prisma = `import { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\n`;
const supabase = `import { createClient } from "@supabase/supabase-js";\nconst supabase = createClient(url, key);\n`;
const overHttp = `import { drizzle } from "drizzle-orm/neon-http";\nimport { eq } from "drizzle-orm";\nimport { lines, members, orders, teams } from "./schema";\nconst db = drizzle(url);\n`;
const drizzle = `import { drizzle } from "drizzle-orm/node-postgres";\nconst db = drizzle(url);\n`;

const nest = "Nest one `create` in the other, or run both in `prisma.$transaction(async (tx) => …)`.";
const list = "Run both in `prisma.$transaction([…])`.";
const rpc = "Move both into a database function, which runs as one transaction, and call it with `.rpc(…)`.";
const inDrizzle = "Run both in `db.transaction(async (tx) => …)`.";
const inTypeorm = "Run both in `dataSource.transaction(async (manager) => …)`.";

/** A service of an app on TypeORM. */
const service = (body: string, decorators = ""): string => `import { Repository } from "typeorm";
import { Transactional } from "typeorm-transactional";
import { Order, OrderItem } from "./entities";
class OrderService {
  constructor(private readonly orders: Repository<Order>, private readonly items: Repository<OrderItem>) {}
  ${decorators} async create(dto) {
${body}
  }
}`;

const sequelize = `import { Model } from "sequelize"; class Order extends Model {} class Line extends Model {} `;
const mongoose = `import mongoose from "mongoose"; const Order = mongoose.model("Order", orderSchema); const Line = mongoose.model("Line", lineSchema); `;

const filename = "server/orders.ts";
const both = [{ creates: true, deletes: true, tolerated: false }] as [{ creates: boolean; deletes: boolean; tolerated: boolean }];

ruleTester.run("require-transaction", rule, {
  valid: [
    {
      name: "Drizzle over HTTP, where only the first row's key, which the database makes, leads to the second",
      filename,
      code: `${overHttp}async function found(name, userId) { const [team] = await db.insert(teams).values({ name }).returning(); await db.insert(members).values({ teamId: team.id, userId }); }`,
    },
    {
      name: "Drizzle over a proxy, which keeps nothing together",
      filename,
      options: [{ creates: true, deletes: true, tolerated: false }],
      code: `${overHttp.replace("neon-http", "pg-proxy")}async function drop(orderId) { await db.delete(lines).where(eq(lines.orderId, orderId)); await db.delete(orders).where(eq(orders.id, orderId)); }`,
    },
    { name: "rows that are inserted between BEGIN and COMMIT", filename, code: `import { Pool } from "pg"; const pool = new Pool(); async function place(line) { const client = await pool.connect(); await client.query("BEGIN"); const { rows } = await client.query("INSERT INTO orders (total) VALUES ($1) RETURNING id", [line.total]); await client.query("INSERT INTO lines (order_id) VALUES ($1)", [rows[0].id]); await client.query("COMMIT"); }` },
    { name: "rows of Sequelize that may be given the caller's transaction", filename, code: `${sequelize}async function place(lines, transaction, options) { const order = await Order.create({}, { transaction }); await Line.create({ orderId: order.id }, { transaction }); const other = await Order.create({}, options); await Line.create({ orderId: other.id }, options); }` },
    { name: "documents of Mongoose that are given a session", filename, code: `${mongoose}async function place(input, session) { const order = new Order(input); await order.save({ session }); await Line.create([{ order: order._id }], { session }); }` },
    { name: "each row is let fail by itself", filename, code: `${prisma}async function place(lines) { const order = await prisma.order.create({ data: {} }); await Promise.allSettled(lines.map((line) => prisma.line.create({ data: { ...line, orderId: order.id } }))); }` },
    { name: "the error is read, and passed over", filename, code: `${supabase}async function place(lines) { const { data: order, error } = await supabase.from("orders").insert({}).select("id").single(); if (error) throw error; for (const line of lines) { const { error: lost } = await supabase.from("lines").insert({ order_id: order.id }); if (lost) console.warn(lost); } }` },
    { name: "what stays behind is never seen by itself", filename, code: `${prisma}async function place() { const meta = await prisma.orderMeta.create({ data: {} }); await prisma.order.create({ data: { metaId: meta.id } }); }` },
    { name: "the rows are created in one nested create", filename, code: `${prisma}async function order(userId, lines) { return prisma.order.create({ data: { userId, lines: { create: lines } } }); }` },
    {
      name: "both creates go through the handle of a transaction",
      filename,
      code: `${prisma}const place = (lines) => prisma.$transaction(async (tx) => { const order = await tx.order.create({ data: {} }); await tx.line.createMany({ data: lines.map((line) => ({ ...line, orderId: order.id })) }); });`,
    },
    {
      name: "the caller's transaction is passed in, by its type",
      filename,
      code: `import { Prisma } from "@prisma/client"; async function place(tx: Prisma.TransactionClient) { const order = await tx.order.create({ data: {} }); await tx.line.create({ data: { orderId: order.id } }); }`,
    },
    {
      name: "the caller's transaction may be passed in instead of the client",
      filename,
      code: `${prisma}async function place(tx) { const client = tx ?? prisma; const order = await client.order.create({ data: {} }); await client.line.create({ data: { orderId: order.id } }); }`,
    },
    {
      name: "the client is handed in, and a transaction's handle has the same type",
      filename,
      code: `import type { NodePgDatabase } from "drizzle-orm/node-postgres"; import { orders, lines } from "./schema"; async function place(db: NodePgDatabase) { const [order] = await db.insert(orders).values({}).returning(); await db.insert(lines).values({ orderId: order.id }); }`,
    },
    {
      name: "the project's own wrapper says that it opens a transaction",
      filename,
      code: `${prisma}import { runInTransaction } from "./db"; const place = () => runInTransaction(async () => { const order = await prisma.order.create({ data: {} }); await prisma.line.create({ data: { orderId: order.id } }); });`,
    },
    {
      name: "the repository is made anew for each transaction",
      filename,
      code: `import { PrismaClient } from "@prisma/client"; class Orders { constructor(private prisma: PrismaClient) {} withTransaction(tx) { return new Orders(tx); } async place() { const order = await this.prisma.order.create({ data: {} }); await this.prisma.line.create({ data: { orderId: order.id } }); } }`,
    },
    {
      name: "the client is asked for, and may be that of the caller's transaction",
      filename,
      code: `import { PrismaClient } from "@prisma/client"; class Orders { constructor(private prisma: PrismaClient) {} async place() { const order = await this.prisma.txClient().order.create({ data: {} }); await this.prisma.txClient().line.create({ data: { orderId: order.id } }); } }`,
    },
    { name: "a decorator runs the method in a transaction", filename, code: service(`const order = await this.orders.save({ total: dto.total }); await this.items.insert({ orderId: order.id });`, "@Transactional()") },
    {
      name: "what follows is only a log of the first",
      filename,
      code: `${prisma}async function place() { const order = await prisma.order.create({ data: {} }); await prisma.auditLog.create({ data: { orderId: order.id } }); await prisma.notification.create({ data: { orderId: order.id } }); }`,
    },
    {
      name: "what follows is the first entry of its history",
      filename,
      code: `${supabase}async function open() { const { data: ticket } = await supabase.from("service_tickets").insert({}).select("id").single(); await supabase.from("service_ticket_events").insert({ ticket_id: ticket.id }); }`,
    },
    {
      name: "a notification has the key in its payload",
      filename,
      code: `${supabase}async function place() { const { data: order } = await supabase.from("orders").insert({}).select("id").single(); await supabase.from("inbox_items").insert({ payload: { order_id: order.id } }); }`,
    },
    {
      name: "the second row is created by whoever reads it and finds none",
      filename,
      code: `${supabase}async function open() { const { data: wallet } = await supabase.from("wallets").insert({}).select("id").single(); await supabase.from("wallet_settings").insert({ wallet_id: wallet.id }); }
async function settingsOf(walletId) { const { data } = await supabase.from("wallet_settings").select("*").eq("wallet_id", walletId).single(); if (data) return data; return supabase.from("wallet_settings").insert({ wallet_id: walletId, currency: "EUR" }).select("*").single(); }`,
    },
    {
      name: "whoever changes the second row writes it by an upsert",
      filename,
      code: `${prisma}async function open() { const user = await prisma.user.create({ data: {} }); await prisma.settings.create({ data: { userId: user.id } }); }
const change = (userId, data) => prisma.settings.upsert({ where: { userId }, create: { userId, ...data }, update: data });`,
    },
    {
      name: "an upsert can be run again",
      filename,
      code: `${prisma}async function sync(row) { const product = await prisma.product.upsert({ where: { sku: row.sku }, create: row, update: row }); await prisma.price.create({ data: { productId: product.id } }); }`,
    },
    {
      name: "a row that is found or created stays for the next time",
      filename,
      code: `${prisma}async function book(email) { let customerId; const known = await prisma.customer.findFirst({ where: { email } }); if (known) customerId = known.id; else { const created = await prisma.customer.create({ data: { email } }); customerId = created.id; } await prisma.booking.create({ data: { customerId } }); }`,
    },
    {
      name: "the second create is in another branch",
      filename,
      code: `${prisma}async function place(known) { let order; if (known) { order = await prisma.order.create({ data: {} }); } else { order = known; await prisma.line.create({ data: { orderId: order.id } }); } }`,
    },
    {
      name: "a failure takes the first row back",
      filename,
      code: `${supabase}async function place() { const { data: order } = await supabase.from("orders").insert({}).select("id").single(); const { error } = await supabase.from("lines").insert({ order_id: order.id }); if (error) { await supabase.from("orders").delete().eq("id", order.id); throw error; } }`,
    },
    {
      name: "the second create is meant to be optional",
      filename,
      code: `${prisma}async function place() { const order = await prisma.order.create({ data: {} }); try { await prisma.gift.create({ data: { orderId: order.id } }); } catch (error) { console.warn(error); } }`,
    },
    { name: "a failure of the second is got over", filename, code: `${prisma}async function place() { const order = await prisma.order.create({ data: {} }); await prisma.gift.create({ data: { orderId: order.id } }).catch(report); }` },
    {
      name: "the second create runs after the answer",
      filename,
      code: `${prisma}import { after } from "next/server"; async function place() { const order = await prisma.order.create({ data: {} }); after(() => prisma.gift.create({ data: { orderId: order.id } })); }`,
    },
    {
      name: "the second create knows the first only by what the code gave both",
      filename,
      code: `${prisma}async function place(userId) { const order = await prisma.order.create({ data: { userId } }); await prisma.wish.create({ data: { userId: order.userId } }); }`,
    },
    { name: "a seed fills an empty database", filename: "prisma/seed.ts", code: `${prisma}async function main() { const order = await prisma.order.create({ data: {} }); await prisma.line.create({ data: { orderId: order.id } }); }\nmain();` },
    { name: "something else has a create", filename, code: `import { orders, lines } from "./api"; async function place() { const order = await orders.create({}); await lines.create({ data: { orderId: order.id } }); }` },
    {
      name: "a query runner has begun a transaction",
      filename,
      code: `import { DataSource } from "typeorm"; import { Order, Line } from "./entities"; class S { constructor(private dataSource: DataSource) {} async place() { const runner = this.dataSource.createQueryRunner(); await runner.startTransaction(); const order = await runner.manager.save(Order, {}); await runner.manager.insert(Line, { orderId: order.id }); await runner.commitTransaction(); } }`,
    },
    { name: "half-typed calls", filename, code: `${prisma}async function place() { const order = await prisma.order.create(); await prisma.line.create({ data }); const { } = await prisma.line.create({}); }` },
    { name: "deletes are not asked about", filename, code: `${prisma}async function remove(id) { await prisma.line.deleteMany({ where: { orderId: id } }); await prisma.order.delete({ where: { id } }); }` },
    { name: "a list of deletes runs as one", filename, options: both, code: `${prisma}const remove = (id) => prisma.$transaction([prisma.line.deleteMany({ where: { orderId: id } }), prisma.order.delete({ where: { id } })]);` },
    { name: "the deletes exclude each other", filename, options: both, code: `${prisma}async function remove(id, soft) { if (soft) { await prisma.draft.delete({ where: { id } }); return; } await prisma.order.delete({ where: { id } }); }` },
    { name: "a clean-up by a clock comes back", filename: "server/cron/clean.ts", options: both, code: `${prisma}export async function clean(id) { await prisma.line.deleteMany({ where: { orderId: id } }); await prisma.order.delete({ where: { id } }); }` },
    { name: "the deletes are about different rows", filename, options: both, code: `${prisma}async function remove(a, b) { await prisma.line.deleteMany({ where: { orderId: a } }); await prisma.order.delete({ where: { id: b } }); }` },
    {
      name: "what belongs to one team need not belong together",
      filename,
      options: both,
      code: `${prisma}async function enter(teamId) { await prisma.guest.create({ data: { teamId } }); await prisma.room.create({ data: { teamId } }); }`,
    },
    {
      name: "the creates exclude each other",
      filename,
      options: both,
      code: `${prisma}async function enter(userId, kind) { switch (kind) { case "guest": await prisma.guest.create({ data: { userId } }); break; default: await prisma.member.create({ data: { userId } }); } }`,
    },
  ],
  invalid: [
    {
      name: "rows that are inserted in SQL",
      filename,
      code: `import { Pool } from "pg"; const pool = new Pool(); async function place(line) {
  const { rows } = await pool.query("INSERT INTO orders (total) VALUES ($1) RETURNING id", [line.total]);
  await pool.query("INSERT INTO lines (order_id) VALUES ($1)", [rows[0].id]);
}`,
      errors: [{ messageId: "orphan", data: { first: "orders", later: "lines", atomic: "Send both through one client of the pool, between `BEGIN` and `COMMIT`." } }],
    },
    {
      name: "rows of Sequelize",
      filename,
      code: `${sequelize}async function place(lines) {
  const order = await Order.create({});
  await Line.bulkCreate(lines.map((line) => ({ ...line, orderId: order.id })));
}`,
      errors: [{ messageId: "orphan", data: { first: "Order", later: "Line", atomic: "Run both in `sequelize.transaction(async (transaction) => …)`, and give each `{ transaction }`." } }],
    },
    {
      name: "documents of Mongoose",
      filename,
      code: `${mongoose}async function place(input) {
  const order = new Order(input);
  await order.save();
  await Line.create({ order: order._id });
}`,
      errors: [{ messageId: "orphan", data: { first: "Order", later: "Line", atomic: "Run both in `session.withTransaction(async () => …)`, and give each `{ session }`." } }],
    },
    {
      name: "the lines of an order are created after it",
      filename,
      code: `${prisma}async function place(lines) {
  const order = await prisma.order.create({ data: {} });
  await prisma.line.createMany({ data: lines.map((line) => ({ ...line, orderId: order.id })) });
}`,
      errors: [{ messageId: "orphan", data: { first: "order", later: "line", atomic: nest }, line: 5, column: 21, endColumn: 31 }],
    },
    {
      name: "one report for all that hangs on the first row",
      filename,
      code: `${prisma}async function place(a, b) {
  const { id } = await prisma.order.create({ data: {} });
  const rows = [];
  rows.push({ orderId: id, ...a });
  await prisma.line.createMany({ data: rows });
  await prisma.delay.create({ data: { order: { connect: { id } } } });
}`,
      errors: [{ messageId: "orphan", data: { first: "order", later: "line", atomic: nest }, line: 7 }],
    },
    {
      name: "the row is kept in a variable of the block around",
      filename,
      code: `${prisma}async function post(thread, text) {
  let known = await prisma.thread.findUnique({ where: { id: thread } });
  if (!known) {
    known = await prisma.thread.create({ data: {} });
    await prisma.message.create({ data: { threadId: known.id, text } });
  }
}`,
      errors: [{ messageId: "orphan", data: { first: "thread", later: "message", atomic: nest }, line: 7 }],
    },
    {
      name: "the error is read, and ends the function",
      filename,
      code: `${supabase}async function place(lines) {
  const { data: order, error } = await supabase.from("orders").insert({}).select("id").single();
  if (error) throw error;
  for (const line of lines) {
    const { error: lost } = await supabase.from("lines").insert({ order_id: order.id });
    if (lost) throw lost;
  }
}`,
      errors: [{ messageId: "orphan", data: { first: "orders", later: "lines", atomic: rpc }, line: 7 }],
    },
    {
      name: "a create among others that run at once, and one more for each item",
      filename,
      options: [{ creates: false, deletes: false, tolerated: true }],
      code: `${prisma}async function copy(form) {
  const [settings, number] = await Promise.all([prisma.settings.create({ data: {} }), next()]);
  await Promise.all(form.pages.map(async (page) => prisma.page.create({ data: { number, settingsId: settings.id } })));
}`,
      errors: [{ messageId: "orphan", data: { first: "settings", later: "page", atomic: nest }, line: 5 }],
    },
    {
      name: "a client by another name, and lines that are only read and added elsewhere",
      filename,
      code: `import { PrismaClient } from "@prisma/client"; const db = new PrismaClient();
async function place(lines) {
  const order = await db.order.create({ data: {} });
  await db.line.createMany({ data: lines.map((line) => ({ ...line, orderId: order.id })) });
}
async function add(orderId, sku) { const known = await db.line.findFirst({ where: { orderId, sku } }); return known ?? db.line.create({ data: { orderId, sku } }); }`,
      errors: [{ messageId: "orphan", data: { first: "order", later: "line", atomic: nest.replace("prisma.", "db.") }, line: 4 }],
    },
    {
      name: "Supabase: the message of a conversation",
      filename: "src/hooks/use-conversations.tsx",
      code: `${supabase}async function open(text) {
  const { data: conversation, error } = await supabase.from("conversations").insert({ status: "open" }).select("id").single();
  if (error) throw error;
  const conversationId = conversation.id;
  const { error: failed } = await supabase.from("messages").insert({ conversation_id: conversationId, text });
  if (failed) throw failed;
}`,
      errors: [{ messageId: "orphan", data: { first: "conversations", later: "messages", atomic: rpc }, line: 7, column: 61, endColumn: 67 }],
    },
    {
      name: "Supabase: a function of the file is given the client",
      filename: "supabase/functions/import/index.ts",
      code: `${supabase}async function one(client: any, row) {
  const { data: contact } = await client.from("contacts").insert(row).select("id").single();
  for (const phone of row.phones) await client.from("phones").insert({ contact_id: contact.id, phone });
}
Deno.serve(async (req) => one(supabase, await req.json()));`,
      errors: [{ messageId: "orphan", data: { first: "contacts", later: "phones", atomic: rpc }, line: 5 }],
    },
    {
      name: "Drizzle: the member of a new team",
      filename,
      code: `${drizzle}import { teams, members } from "./schema";
async function found(name, userId) {
  const [team] = await db.insert(teams).values({ name }).returning();
  await db.insert(members).values({ teamId: team.id, userId });
}`,
      errors: [{ messageId: "orphan", data: { first: "teams", later: "members", atomic: inDrizzle }, line: 6, column: 12, endColumn: 18 }],
    },
    {
      name: "Drizzle over HTTP, which keeps lists together: rows of one key",
      filename,
      options: [{ creates: true, deletes: true, tolerated: false }],
      code: `${overHttp}async function drop(orderId) {
  await db.delete(lines).where(eq(lines.orderId, orderId));
  await db.delete(orders).where(eq(orders.id, orderId));
}`,
      errors: [{ messageId: "deletes", data: { first: "lines", later: "orders", atomic: "Send both in `db.batch([…])`." } }],
    },
    {
      name: "Drizzle over HTTP: a key that the code has chosen",
      filename,
      code: `${overHttp}async function found(name, userId) {
  const [team] = await db.insert(teams).values({ id: nanoid(), name }).returning();
  await db.insert(members).values({ teamId: team.id, userId });
}`,
      errors: [{ messageId: "orphan", data: { first: "teams", later: "members", atomic: "Send both in `db.batch([…])`." } }],
    },
    {
      name: "Drizzle over D1: a key that the code could choose",
      filename: "server/schema.ts",
      code: `import { drizzle } from "drizzle-orm/d1"; import { sqliteTable, text } from "drizzle-orm/sqlite-core"; const db = drizzle(binding);
export const teams = sqliteTable("teams", { id: text("id").primaryKey().$defaultFn(() => createId()), name: text("name") });
export const members = sqliteTable("members", { teamId: text("team_id").references(() => teams.id), userId: text("user_id") });
export async function found(name, userId) {
  const [team] = await db.insert(teams).values({ name }).returning();
  await db.insert(members).values({ teamId: team.id, userId });
}`,
      errors: [{ messageId: "orphan", data: { first: "teams", later: "members", atomic: "Choose the key of the first row beforehand (`crypto.randomUUID()`), and send both in `db.batch([…])`." } }],
    },
    {
      name: "TypeORM: the items of an order, by the saved row itself",
      filename,
      code: service(`    const order = this.orders.create({ total: dto.total });
    await this.orders.save(order);
    const items = dto.items.map((item) => this.items.create({ ...item, order }));
    await this.items.save(items);`),
      errors: [{ messageId: "orphan", data: { first: "Order", later: "OrderItem", atomic: inTypeorm }, line: 10, column: 22, endColumn: 26 }],
    },
    {
      name: "a failure of both is told to the caller",
      filename,
      code: `${prisma}async function place() {
  try {
    const order = await prisma.order.create({ data: {} });
    await prisma.line.create({ data: { orderId: order.id } });
  } catch (error) {
    failed.push(error);
  }
}`,
      errors: [{ messageId: "orphan", data: { first: "order", later: "line", atomic: nest }, line: 6 }],
    },
    {
      name: "a procedure takes the client from its context",
      filename,
      code: `import { initTRPC } from "@trpc/server";\nimport { PrismaClient } from "@prisma/client";\nconst t = initTRPC.context<{ db: PrismaClient }>().create();
export const place = t.procedure.mutation(async ({ ctx }: { ctx: { db: PrismaClient } }) => {
  const order = await ctx.db.order.create({ data: {} });
  await ctx.db.line.create({ data: { orderId: order.id } });
});`,
      errors: [{ messageId: "orphan", data: { first: "order", later: "line", atomic: nest }, line: 6 }],
    },
    {
      name: "the lines of an order are deleted before it",
      filename,
      options: both,
      code: `${prisma}async function remove(id) {
  await prisma.line.deleteMany({ where: { orderId: id } });
  await prisma.order.delete({ where: { id } });
}`,
      errors: [{ messageId: "deletes", data: { first: "line", later: "order", atomic: list }, line: 5, column: 22, endColumn: 28 }],
    },
    {
      name: "a user gets a profile and a plan, one after the other",
      filename,
      options: both,
      code: `${prisma}async function welcome(userId) {
  await prisma.profile.create({ data: { userId } });
  await prisma.plan.create({ data: { userId, name: "free" } });
}`,
      errors: [{ messageId: "creates", data: { first: "profile", later: "plan", atomic: list }, line: 5 }],
    },
  ],
});
