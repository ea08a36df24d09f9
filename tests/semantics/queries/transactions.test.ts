import { describe, expect, it } from "vitest";

import { queriesIn } from "../../../src/semantics/queries/queries.js";
import { sideOf, transactionAt } from "../../../src/semantics/queries/transactions.js";
import { makeProject } from "../../support/project.js";
import { openText } from "../../support/source.js";

const prisma = `import { Prisma, PrismaClient } from "@prisma/client"; const prisma = new PrismaClient();`;
const drizzle = `import { drizzle } from "drizzle-orm/postgres-js"; const db = drizzle(client);`;
const typeorm = `import { DataSource, Repository, EntityManager } from "typeorm"; import { Order } from "./order"; const dataSource = new DataSource({}); declare const orders: Repository<Order>;`;

/** For each query of a program: the table, the form of the transaction that it stands in, its handle, and whether the query takes part. */
function sides(code: string, at: { filename?: string; cwd?: string } = {}): string[] {
  const source = openText(code, at);
  return queriesIn(source).map((query) => {
    const transaction = transactionAt(query.node, source);
    if (!transaction) return `${query.model} -`;
    return `${query.model} ${transaction.form} ${transaction.handle?.name ?? "-"} ${sideOf(query, transaction, source)}`;
  });
}

describe("callbacks", () => {
  it.each([
    ["the handle", `${prisma} await prisma.$transaction(async (tx) => { await tx.user.create({}); });`, ["user callback tx handle"]],
    ["another client", `${prisma} await prisma.$transaction(async (tx) => { await prisma.user.create({}); });`, ["user callback tx outside"]],
    ["a handle that nobody takes", `${prisma} await prisma.$transaction(async () => { await prisma.user.create({}); });`, ["user callback - outside"]],
    ["code after it", `${prisma} await prisma.$transaction(async (tx) => {}); await prisma.user.create({});`, ["user -"]],
    ["a callback within", `${prisma} await prisma.$transaction(async (tx) => { await Promise.all(ids.map((id) => tx.user.delete({ where: { id } }))); });`, ["user callback tx handle"]],
    ["what is made from the handle", `${prisma} await prisma.$transaction(async (tx) => { const users = tx.user; await users.create({}); });`, ["user callback tx handle"]],
    ["Drizzle", `${drizzle} await db.transaction(async (tx) => { await tx.insert(users).values({}); await db.delete(users); });`, ["users callback tx handle", "users callback tx outside"]],
    ["a transaction in a transaction", `${drizzle} await db.transaction(async (a) => { await a.transaction(async (b) => { await b.delete(users); await a.delete(posts); }); });`, ["users callback b handle", "posts callback b handle"]],
    ["TypeORM with an isolation level", `${typeorm} await dataSource.transaction("SERIALIZABLE", async (manager) => { await manager.save(Order, {}); await orders.find(); });`, ["Order callback manager handle", "Order callback manager outside"]],
    ["a repository of the handle", `${typeorm} await dataSource.transaction(async (manager) => { const repo = manager.getRepository(Order); await repo.find(); });`, ["Order callback manager handle"]],
    ["Kysely", `import { Kysely } from "kysely"; const db = new Kysely({}); await db.transaction().setIsolationLevel("serializable").execute(async (trx) => { await trx.deleteFrom("a").execute(); await db.deleteFrom("b").execute(); });`, ["a callback trx handle", "b callback trx outside"]],
    ["a wrapper of the project", `${prisma} const inTransaction = (run) => prisma.$transaction(run); await inTransaction(async (tx) => { await tx.user.create({}); await prisma.log.create({}); });`, ["user callback tx handle", "log callback tx outside"]],
    ["another library", `${prisma} ${drizzle} await prisma.$transaction(async (tx) => { await db.delete(users); });`, ["users callback tx unknown"]],
    ["a client that a function in there is given", `${prisma} await prisma.$transaction(async (tx) => { const add = (c: PrismaClient) => c.user.create({}); await add(tx); });`, ["user callback tx unknown"]],
    ["somebody else's $transaction", `${prisma} await other.$transaction(async (tx) => { await prisma.user.create({}); });`, ["user -"]],
  ])("knows %s", (_, code, expected) => expect(sides(code)).toEqual(expected));

  it("knows a field's repository for another client", () => {
    const code = `${typeorm} class S { constructor(private ds: DataSource, private repo: Repository<Order>) {} m() { return this.ds.transaction(async (manager) => { await this.repo.save({}); await manager.save(Order, {}); }); } }`;
    expect(sides(code)).toEqual(["Order callback manager outside", "Order callback manager handle"]);
  });

  it("follows a wrapper into another file", () => {
    const project = makeProject({
      "package.json": { dependencies: { "drizzle-orm": "0.40.0" } },
      "src/db.ts": `import { drizzle } from "drizzle-orm/libsql"; export const db = drizzle({}); type Tx = Parameters<Parameters<typeof db.transaction>[0]>[0]; export async function within<T>(run: (tx: typeof db | Tx) => Promise<T>): Promise<T> { return db.transaction(run); }`,
    });
    const code = `import { within } from "./db"; export const add = () => within(async (tx) => { await tx.insert(users).values({}); });`;
    expect(sides(code, { filename: project.path("src/add.ts"), cwd: project.dir })).toEqual(["users callback tx handle"]);
  });
});

describe("lists", () => {
  it.each([
    ["queries in place", `${prisma} await prisma.$transaction([prisma.user.create({}), prisma.post.create({})]);`, ["user list - handle", "post list - handle"]],
    ["mapped queries", `${prisma} await prisma.$transaction(ids.map((id) => prisma.user.delete({ where: { id } })));`, ["user list - handle"]],
    ["spread queries", `${prisma} await prisma.$transaction([...ids.map((id) => prisma.user.delete({ where: { id } }))]);`, ["user list - handle"]],
    ["a list in a variable", `${prisma} const all = [prisma.user.create({})]; await prisma.$transaction(all);`, ["user list - handle"]],
    ["queries that are pushed", `${prisma} const all = []; if (x) all.push(prisma.user.create({})); await prisma.$transaction(all);`, ["user list - handle"]],
    ["Drizzle's batch", `${drizzle} await db.batch([db.insert(users).values({}), db.delete(posts)]);`, ["users list - handle", "posts list - handle"]],
    ["Promise.all, which is none", `${prisma} await Promise.all([prisma.user.create({})]);`, ["user -"]],
    ["a list that goes elsewhere", `${prisma} const all = [prisma.user.create({})]; await Promise.all(all);`, ["user -"]],
  ])("knows %s", (_, code, expected) => expect(sides(code)).toEqual(expected));
});

describe("regions", () => {
  const code = `${typeorm} async function pay() {
    const runner = dataSource.createQueryRunner();
    await orders.find();
    await runner.startTransaction();
    try {
      await runner.manager.save(Order, {});
      await runner.query("UPDATE a SET b = 1");
      await orders.save({});
      await runner.commitTransaction();
      await orders.count();
    } catch {
      await runner.rollbackTransaction();
      await orders.clear();
    }
  }`;

  it("lie between the call that begins and the one that commits", () =>
    expect(sides(code)).toEqual(["Order -", "Order region runner handle", "a region runner handle", "Order region runner outside", "Order -", "Order -"]));
});

describe("handles that are given", () => {
  it.each([
    ["by type", `${prisma} export const add = async (tx: Prisma.TransactionClient) => { await tx.user.create({}); await prisma.log.create({}); };`, ["user given tx handle", "log given tx outside"]],
    ["in an object", `${prisma} export async function add({ tx }: { tx: Prisma.TransactionClient }) { await tx.user.create({}); }`, ["user given tx handle"]],
    ["or not", `${prisma} export const add = async (db: Prisma.TransactionClient | PrismaClient) => { await db.user.create({}); };`, ["user given db handle"]],
    ["by a type of Drizzle's", `import { type PgTransaction } from "drizzle-orm/pg-core"; export const add = async (tx: PgTransaction<any, any, any>) => { await tx.insert(users).values({}); };`, ["users given tx handle"]],
    ["by the type of what the callback is handed", `${drizzle} type Tx = Parameters<Parameters<typeof db.transaction>[0]>[0]; export const add = async (tx: Tx) => { await tx.insert(users).values({}); };`, ["users given tx handle"]],
    ["a client, which is none", `${prisma} export const add = async (db: PrismaClient) => { await db.user.create({}); };`, ["user -"]],
  ])("are known %s", (_, code, expected) => expect(sides(code)).toEqual(expected));
});

describe("half-typed code", () => {
  it.each([`${prisma} prisma.$transaction();`, `${prisma} prisma.$transaction(async ({}) => prisma.user.count());`, `${prisma} prisma.$transaction(...[prisma.user.count()]);`, `${prisma} prisma.$transaction([...prisma.user.count()]);`])(
    "is no trouble: %s",
    (code) => expect(() => sides(code)).not.toThrow(),
  );
});
