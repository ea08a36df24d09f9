import rule from "../../../src/rules/data-integrity/no-outer-client-in-transaction.js";
import { type Invalid, ruleTester, type Valid } from "../../support/rule-tester.js";

type MessageId = "outerWrite" | "outerRead" | "outerFirst" | "outerBlind" | "outerCall" | "pooled" | "useHandle";

const server = { filename: "src/server/orders.ts" } as const;

const prisma = `import { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\n`;
const drizzle = `import { drizzle } from "drizzle-orm/node-postgres";\nconst db = drizzle(url);\n`;
const inTransaction = (text: string, handle = "tx"): string => `${prisma}export const f = (id) => prisma.$transaction(async (${handle}) => {\n  ${text}\n});`;
const inDrizzle = (text: string): string => `${drizzle}export const f = (id) => db.transaction(async (tx) => {\n  ${text}\n});`;

/** A service of Nest with a repository and a data source; the body runs between the start and the end of a transaction. */
const service = (text: string, repository = "private readonly orders: Repository<Order>", methods = ""): string => `import { DataSource, Repository } from "typeorm";
import { InjectRepository } from "@nestjs/typeorm";
import { Order } from "./order.entity";
export class OrdersService {
  constructor(${repository}, private readonly dataSource: DataSource) {}
  async place(order: Order) {
    const runner = this.dataSource.createQueryRunner();
    await runner.startTransaction();
    try {
      ${text}
      await runner.commitTransaction();
    } catch (error) {
      await runner.rollbackTransaction();
      throw error;
    }
  }${methods}
}`;

const sequelize = `import { Model, Sequelize } from "sequelize";\nconst sequelize = new Sequelize(url);\nclass Order extends Model {}\n`;
const mongoose = `import mongoose from "mongoose";\nconst Order = mongoose.model("Order", schema);\n`;

/** A session that is only begun where the database knows transactions. */
const chosen = (read: string): string => `${mongoose}export async function close(id, isUrgent) {
  let session = null;
  let withSession = false;
  if (await hasReplicas()) {
    session = await mongoose.startSession();
    session.startTransaction();
    withSession = true;
  }
  await Order.updateMany({ customer: id }, { paid: true }, { session });
  const orders = ${read};
  if (session) await session.commitTransaction();
  return orders;
}`;

const pg = `import { Pool } from "pg";\nconst pool = new Pool();\n`;
const knex = `import knex from "knex";\nconst db = knex({});\n`;
const mysql = `import mysql from "mysql2/promise";\nconst pool = mysql.createPool({});\n`;

const takingPart: Valid<[]>[] = [
  { name: "one connection of a pool", code: `${pg}export async function f(id) { const client = await pool.connect(); try { await client.query("BEGIN"); await client.query("DELETE FROM orders WHERE id = $1", [id]); await client.query("COMMIT"); } finally { client.release(); } await pool.query("SELECT 1"); }` },
  { name: "a connection that is kept in a field", code: `import { Client } from "pg";\nexport class Ledger { client = new Client(); async post() { await this.client.query("BEGIN"); await this.client.query("DELETE FROM entries"); await this.client.query("COMMIT"); } }` },
  { name: "all statements of a transaction in one text, which a pool sends over one connection", code: `${pg}export const f = () => pool.query("BEGIN; DELETE FROM orders; COMMIT;");` },
  { name: "BEGIN on an object that nothing is known of", code: `import { Pool } from "pg";\nexport const f = (client) => client.query("BEGIN");` },
  { name: "better-sqlite3, whose connection is one", code: `import Database from "better-sqlite3";\nconst db = new Database("shop.db");\nconst add = db.prepare("INSERT INTO orders (id) VALUES (?)");\nexport const f = db.transaction((id) => { add.run(id); db.prepare("DELETE FROM carts WHERE id = ?").run(id); });` },
  { name: "Knex, by a word of the query", code: `${knex}export const f = () => db.transaction(async (trx) => { await db("orders").transacting(trx).insert({}); });` },
  { name: "options of Sequelize that may hold the transaction", code: `${sequelize}export const f = (order, options) => sequelize.transaction(async (transaction) => { await Order.create(order, options); await Order.create(order, { ...options }); await Order.create(order, { transaction }); });` },
  { name: "a document of Mongoose that was read with the session", code: `${mongoose}export const f = (id) => mongoose.connection.transaction(async (session) => { const order = await Order.findById(id).session(session); await order.save(); });` },
  { name: "a read beside a session, which keeps no connection for itself", code: `${mongoose}const Customer = mongoose.model("Customer", schema);\nexport const f = (id) => mongoose.connection.transaction(async (session) => { const customer = await Customer.findById(id); await Order.create([{ customer }], { session }); await Customer.countDocuments(); });` },
  { name: "a read of what was written beside the session as well", code: `${mongoose}export const f = (id) => mongoose.connection.transaction(async (session) => {\n  // Meant to stay, outside the transaction.\n  await Order.updateMany({ customer: id }, { paid: true });\n  const paid = await Order.find({ customer: id, paid: true });\n  await Bill.create([{ paid }], { session });\n});` },
  { name: "a read for where no transaction was begun", code: chosen("withSession ? await Order.find({ customer: id }).session(session) : await Order.find({ customer: id })") },
  { name: "a read for where there is no session", code: chosen("session ? await Order.find({ customer: id }).session(session) : await Order.find({ customer: id })") },
  { name: "a write for where no transaction was begun", code: chosen("null; if (!withSession) await Order.deleteMany({ customer: id })") },
  { name: "through the handle", code: inTransaction(`await tx.order.create({ data: { id } });`) },
  { name: "through a handle with the name of the client", code: inTransaction(`await prisma.order.create({ data: { id } });`, "prisma") },
  { name: "through a repository of the handle's", code: service(`await runner.manager.getRepository(Order).save(order);\n      await runner.manager.save(order);`) },
  { name: "through a variable that holds one", code: service(`const orders = runner.manager.getRepository(Order);\n      await orders.save(order);`) },
  { name: "a list", code: `${prisma}export const f = () => prisma.$transaction([prisma.order.create({}), prisma.user.update({})]);` },
  { name: "through Drizzle's handle", code: inDrizzle(`await tx.insert(orders).values({ id });`) },
  { name: "a function that is given the handle", code: `${inTransaction(`await note(tx, id);`)}\nasync function note(client, id) { await client.note.create({ data: { id } }); await prisma.note.create({}); }` },
].map((test) => ({ ...server, ...test }));

const apart: Valid<[]>[] = [
  { name: "before and after", code: `${prisma}export const f = async () => { await prisma.user.findMany(); await prisma.$transaction(async (tx) => { await tx.user.create({}); }); await prisma.log.create({}); };` },
  { name: "after the end of a region", code: service(`await runner.commitTransaction();\n      await this.orders.find();`) },
  { name: "in the catch of a region", code: service(`await runner.manager.save(order);`).replace("throw error;", "await this.orders.save(order);\n      throw error;") },
  { name: "in a catch within the callback", code: inTransaction(`try { await tx.order.create({}); } catch (error) { await prisma.failure.create({}); throw error; }`) },
  { name: "in a callback for later", code: inTransaction(`setTimeout(async () => { await prisma.log.create({}); }, 100);\n  after(() => prisma.log.create({}));`) },
  { name: "an outbox, by its comment", code: inTransaction(`// Outbox: must survive a rollback.\n  await prisma.attempt.create({});`) },
  { name: "a comment that says that it is meant", code: inTransaction(`await prisma.attempt.create({}); // outside the transaction on purpose`) },
  { name: "another database", code: `${prisma}const archive = new PrismaClient({ datasourceUrl: url });\nexport const f = () => prisma.$transaction(async (tx) => { await archive.order.create({}); });` },
  { name: "two clients that are injected", code: `import { PrismaClient } from "@prisma/client";\nexport class S { constructor(private prisma: PrismaClient, private archive: PrismaClient) {}\nf() { return this.prisma.$transaction(async (tx) => { await this.archive.order.create({}); }); } }` },
  { name: "a connection with a name", code: service(`await this.orders.save(order);`, `@InjectRepository(Order, "archive") private readonly orders: Repository<Order>`) },
  { name: "a database of another kind", code: `${drizzle}${prisma}export const f = () => prisma.$transaction(async (tx) => { await db.insert(orders).values({}); });` },
  { name: "a client that the callback makes or is given", code: inTransaction(`await Promise.all(shards.map((shard) => shard.order.create({})));`) },
  { name: "a method that only reads", code: `${inTransaction(`await limits();\n  await tx.order.create({});`)}\nasync function limits() { return prisma.limit.findMany(); }` },
  { name: "a method with a transaction of its own", code: `${inTransaction(`await note();`)}\nasync function note() { await prisma.$transaction(async (tx) => { await tx.note.create({}); }); }` },
].map((test) => ({ ...server, ...test }));

const others: Valid<[]>[] = [
  { name: "a test", filename: "src/orders.test.ts", code: inTransaction(`await prisma.order.create({});`) },
  { name: "a seed", filename: "prisma/seed.ts", code: inTransaction(`await prisma.order.create({});`) },
  { ...server, name: "somebody else's transaction", code: `import { prisma } from "./fake";\nexport const f = () => prisma.$transaction(async (tx) => { await prisma.order.create({}); });` },
];

const halfTyped: Valid<[]>[] = ["await prisma.", "await prisma.order.create", "await this.", "this.x(", "prisma.$transaction("].map((code) => ({
  ...server,
  name: `half-typed: ${code}`,
  code: inTransaction(code.endsWith("(") ? `${code})` : code.endsWith(".") ? `${code}x` : code),
}));

const finding = (messageId: MessageId, query: string, handle: string, fixed: string | null, output: string | null): Invalid<MessageId, []>["errors"][number] => ({
  messageId,
  data: { query, handle },
  suggestions: fixed === null || output === null ? null : [{ messageId: "useHandle", data: { handle: fixed }, output }],
});

const invalid: Invalid<MessageId, []>[] = [
  {
    name: "a transaction on a pool, told once",
    code: `${pg}export async function f(id) { await pool.query("BEGIN"); await pool.query("DELETE FROM orders WHERE id = $1", [id]); await pool.query("COMMIT"); }`,
    errors: [{ messageId: "pooled", data: { statement: "BEGIN", take: "connect()" }, suggestions: null, line: 3, column: 37, endColumn: 47 }],
  },
  {
    name: "a transaction on a pool of MySQL",
    code: `${mysql}export async function f(id) { await pool.query("START TRANSACTION"); await pool.query("DELETE FROM orders WHERE id = ?", [id]); await pool.query("COMMIT"); }`,
    errors: [{ messageId: "pooled", data: { statement: "START TRANSACTION", take: "getConnection()" }, suggestions: null }],
  },
  {
    name: "the pool, between BEGIN and COMMIT of a connection",
    code: `${pg}export async function f(id) { const client = await pool.connect(); await client.query("BEGIN"); await pool.query("DELETE FROM orders WHERE id = $1", [id]); await client.query("COMMIT"); }`,
    errors: [finding("outerWrite", "pool.query", "`client`", null, null)],
  },
  {
    name: "the pool, while a connection of it has begun a transaction",
    code: `${mysql}export async function f(id) { const connection = await pool.getConnection(); await connection.beginTransaction(); await pool.query("DELETE FROM orders WHERE id = ?", [id]); await connection.commit(); }`,
    errors: [finding("outerWrite", "pool.query", "`connection`", null, null)],
  },
  {
    name: "Knex",
    code: `${knex}export const f = (id) => db.transaction(async (trx) => { await db("orders").where({ id }).del(); });`,
    errors: [finding("outerWrite", `db("orders").where({ id }).del`, "`trx`", "trx", `${knex}export const f = (id) => db.transaction(async (trx) => { await trx("orders").where({ id }).del(); });`)],
  },
  {
    name: "a model of Sequelize that is not given the transaction",
    code: `${sequelize}export const f = (id) => sequelize.transaction(async (t) => {\n  await Order.destroy({ where: { id } });\n});`,
    errors: [{ ...finding("outerWrite", "Order.destroy", "`{ transaction: t }`", null, null), line: 5, column: 9, endColumn: 22 }],
  },
  {
    name: "a row of Sequelize, between the start and the end of a transaction",
    code: `${sequelize}export async function f(id) { const order = await Order.findByPk(id); const transaction = await sequelize.transaction(); await order.update({ paid: true }); await transaction.commit(); }`,
    errors: [finding("outerWrite", "order.update", "`{ transaction }`", null, null)],
  },
  {
    name: "a read by a condition that says nothing of the session",
    code: chosen("isUrgent ? await Order.find({ customer: id }).session(session) : await Order.find({ customer: id })"),
    errors: [{ messageId: "outerBlind", data: { query: "Order.find", handle: "`{ session }`", model: "Order" } }],
  },
  {
    name: "a read where the transaction was begun",
    code: chosen("withSession ? await Order.find({ customer: id }) : await Order.find({ customer: id })"),
    errors: [{ messageId: "outerBlind", data: { query: "Order.find", handle: "`{ session }`", model: "Order" } }],
  },
  {
    name: "a model of Mongoose that is not given the session",
    code: `${mongoose}export const f = (id) => mongoose.connection.transaction(async (session) => { await Order.create([{}], { session }); await Order.deleteOne({ id }); });`,
    errors: [finding("outerWrite", "Order.deleteOne", "`{ session }`", null, null)],
  },
  {
    name: "a read of Mongoose that does not see what the session has written",
    code: `${mongoose}export const f = (id) => mongoose.connection.transaction(async (session) => { await Order.updateMany({ customer: id }, { paid: true }, { session }); return Order.countDocuments({ customer: id, paid: true }); });`,
    errors: [{ messageId: "outerBlind", data: { query: "Order.countDocuments", handle: "`{ session }`", model: "Order" }, suggestions: null }],
  },
  {
    name: "a read of MongoDB that does not see what the session has written",
    code: `import { MongoClient } from "mongodb";\nconst client = new MongoClient(url);\nconst orders = client.db().collection("orders");\nexport const f = (id) => client.withSession((session) => session.withTransaction(async () => { await orders.insertOne({ customer: id }, { session }); return orders.findOne({ customer: id }); }));`,
    errors: [{ messageId: "outerBlind", data: { query: "orders.findOne", handle: "`{ session }`", model: "orders" }, suggestions: null }],
  },
  {
    name: "a write through the global client",
    code: inTransaction(`await prisma.order.create({ data: { id } });`),
    errors: [{ ...finding("outerWrite", "prisma.order.create", "`tx`", "tx", inTransaction(`await tx.order.create({ data: { id } });`)), line: 4, column: 9, endColumn: 28 }],
  },
  {
    name: "a read through the global client",
    code: inTransaction(`await prisma.order.findMany();`),
    errors: [finding("outerFirst", "prisma.order.findMany", "`tx`", "tx", inTransaction(`await tx.order.findMany();`))],
  },
  {
    name: "a read through the global client, after the transaction has written",
    code: inTransaction(`await tx.order.create({ data: { id } }); await prisma.order.findMany();`),
    errors: [finding("outerRead", "prisma.order.findMany", "`tx`", "tx", inTransaction(`await tx.order.create({ data: { id } }); await tx.order.findMany();`))],
  },
  {
    name: "raw SQL through the global client",
    code: inTransaction("await prisma.$executeRaw`DELETE FROM orders`;"),
    errors: [finding("outerWrite", "prisma.$executeRaw", "`tx`", "tx", inTransaction("await tx.$executeRaw`DELETE FROM orders`;"))],
  },
  {
    name: "a callback that does not take the handle",
    code: `${prisma}export const f = () => prisma.$transaction(async () => { await prisma.order.create({}); });`,
    errors: [finding("outerWrite", "prisma.order.create", "the client that the callback is given", null, null)],
  },
  {
    name: "a client that is injected",
    code: `import { PrismaClient } from "@prisma/client";\nexport class S { constructor(private prisma: PrismaClient) {}\nf() { return this.prisma.$transaction(async (tx) => { await this.prisma.order.create({}); }); } }`,
    errors: [
      finding(
        "outerWrite",
        "this.prisma.order.create",
        "`tx`",
        "tx",
        `import { PrismaClient } from "@prisma/client";\nexport class S { constructor(private prisma: PrismaClient) {}\nf() { return this.prisma.$transaction(async (tx) => { await tx.order.create({}); }); } }`,
      ),
    ],
  },
  {
    name: "in a callback that runs at once",
    code: inTransaction(`await Promise.all(id.map((each) => prisma.order.create({ data: each })));`),
    errors: [finding("outerWrite", "prisma.order.create", "`tx`", "tx", inTransaction(`await Promise.all(id.map((each) => tx.order.create({ data: each })));`))],
  },
  {
    name: "Drizzle",
    code: inDrizzle(`await db.insert(orders).values({ id });`),
    errors: [finding("outerWrite", "db.insert", "`tx`", "tx", inDrizzle(`await tx.insert(orders).values({ id });`))],
  },
  {
    name: "a repository beside the runner of a transaction",
    code: service(`await this.orders.save(order);`),
    errors: [finding("outerWrite", "this.orders.save", "`runner.manager`", "runner.manager.getRepository(Order)", service(`await runner.manager.getRepository(Order).save(order);`))],
  },
  {
    name: "a repository after an early end of the transaction",
    code: service(`if (order.paid) { await runner.rollbackTransaction(); return; }\n      await this.orders.save(order);`),
    errors: [
      finding(
        "outerWrite",
        "this.orders.save",
        "`runner.manager`",
        "runner.manager.getRepository(Order)",
        service(`if (order.paid) { await runner.rollbackTransaction(); return; }\n      await runner.manager.getRepository(Order).save(order);`),
      ),
    ],
  },
  {
    name: "a repository of an entity that is only a type here",
    code: service(`await this.orders.save(order);`).replace("import { Order }", "import type { Order }"),
    errors: [finding("outerWrite", "this.orders.save", "`runner.manager`", null, null)],
  },
  {
    name: "a repository in the callback of a data source",
    code: `import { DataSource, Repository } from "typeorm";\nimport { Order } from "./order.entity";\nexport class S { constructor(private orders: Repository<Order>, private source: DataSource) {}\nf(order: Order) { return this.source.transaction(async (manager) => { await this.orders.save(order); }); } }`,
    errors: [
      finding(
        "outerWrite",
        "this.orders.save",
        "`manager`",
        "manager.getRepository(Order)",
        `import { DataSource, Repository } from "typeorm";\nimport { Order } from "./order.entity";\nexport class S { constructor(private orders: Repository<Order>, private source: DataSource) {}\nf(order: Order) { return this.source.transaction(async (manager) => { await manager.getRepository(Order).save(order); }); } }`,
      ),
    ],
  },
  {
    name: "a function of the same file that knows nothing of the transaction",
    code: `${inTransaction(`await note(id);`)}\nasync function note(id) { await prisma.note.create({ data: { id } }); }`,
    errors: [{ messageId: "outerCall", data: { call: "note", query: "prisma.note.create", handle: "`tx`" }, line: 4, column: 9, endColumn: 13 }],
  },
  {
    name: "a method of the same class that knows nothing of the transaction",
    code: service(`await this.note(order);`, undefined, `\n  private async note(order: Order) { await this.orders.save(order); }`),
    errors: [{ messageId: "outerCall", data: { call: "this.note", query: "this.orders.save", handle: "`runner.manager`" } }],
  },
].map((test) => ({ ...server, ...test })) as Invalid<MessageId, []>[];

ruleTester.run("no-outer-client-in-transaction", rule, { valid: [...takingPart, ...apart, ...others, ...halfTyped], invalid });
