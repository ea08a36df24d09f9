import { describe, expect, it } from "vitest";

import { type Columns, queriesIn } from "../../../src/semantics/queries/queries.js";
import { sideOf, transactionAt } from "../../../src/semantics/queries/transactions.js";
import type { Source } from "../../../src/syntax/source.js";
import { makeProject } from "../../support/project.js";
import { openText } from "../../support/source.js";

/** `id, age gt, name?`: a question mark for what may not hold, dots at the end for what may be missing. */
function columns(read: Columns | null): string {
  if (!read) return "-";
  const keys = read.keys.map(({ name, path, operator, always }) => `${[...path, name].join(".")}${always ? "" : "?"}${operator === "equals" || operator === "set" ? "" : ` ${operator}`}`);
  return [...keys, ...(read.complete ? [] : ["…"])].join(", ");
}

const inFunction = (before: string, code: string): Source => openText(`${before} async function run(id, email, input, ids) { ${code} }`);

/** For each query of a program: the table, what is done, the columns of the filter and of the data, whether it is bounded, and whether it waits to be sent. */
const read = (before: string, code: string): string[] =>
  queriesIn(inFunction(before, code)).map(
    (query) => `${query.model} ${query.kind} (${columns(query.filter)}) (${columns(query.data)})${query.limit === "found" ? " bounded" : ""}${query.lazy ? " lazy" : ""}`,
  );

/** For each query of a program: the table, the form of the transaction that it stands in, its handle, and whether the query takes part. */
function sides(before: string, code: string, at: { filename?: string; cwd?: string } = {}): string[] {
  const source = openText(`${before} async function run(id, email, input, ids) { ${code} }`, at);
  return queriesIn(source).map((query) => {
    const transaction = transactionAt(query.node, source);
    if (!transaction) return `${query.model} -`;
    return `${query.model} ${transaction.form} ${transaction.handle?.name ?? "-"} ${sideOf(query, transaction, source)}`;
  });
}

const sequelize = `import { Sequelize, Model, Op } from "sequelize"; const sequelize = new Sequelize(url); class User extends Model {} User.init({}, { sequelize });`;

describe("Sequelize", () => {
  it.each([
    ["a row by its key", `await User.findByPk(id);`, ["User read-one (id, …) (-) bounded"]],
    ["a filter with operators", `await User.findAll({ where: { email, age: { [Op.gt]: 5 } }, limit: 5 });`, ["User read-many (email, age gt) (-) bounded"]],
    ["either of two", `await User.findAll({ where: { [Op.or]: [{ id }, { email }] } });`, ["User read-many (id?, email?) (-)"]],
    ["a key that is no operator", `await User.findAll({ where: { [input]: 1 } });`, ["User read-many (…) (-)"]],
    ["a scope", `await User.scope("open").count();`, ["User count (-) (-)"]],
    ["an update", `await User.update({ email }, { where: { id } });`, ["User update-many (id) (email)"]],
    ["a delete of everything", `await User.destroy({ where: {} });`, ["User delete-many () (-)"]],
    ["a new row that is saved", `const user = new User({ email }); await user.save();`, ["User create (-) (email)"]],
    ["a row that is built and saved", `const user = User.build({ email }); await user.save();`, ["User create (-) (email)"]],
    ["a row that was found", `const user = await User.findOne({ where: { id } }); await user.update({ email });`, ["User read-one (id) (-) bounded", "User update (-) (email)"]],
    ["a row that then is given", `await User.findByPk(id).then((user) => user.destroy());`, ["User read-one (id, …) (-) bounded", "User delete (-) (-)"]],
    ["what is done with a row that no method of it is", `const user = await User.findByPk(id); user.set("a", 1); user.toJSON();`, ["User read-one (id, …) (-) bounded"]],
  ])("reads %s", (_, code, expected) => expect(read(sequelize, code)).toEqual(expected));

  it.each([
    ["a model that is defined", `const Sequelize = require("sequelize"); const db = new Sequelize(url); const Order = db.define("order", {});`, `await Order.findOne({ where: { id } });`, ["order read-one (id) (-) bounded"]],
    ["a model with decorators", `import { Model, Table } from "sequelize-typescript"; class Base extends Model {} @Table class Order extends Base {}`, `await Order.findOne({ where: { id } });`, ["Order read-one (id) (-) bounded"]],
    ["a model that is given by its type", `import type { ModelStatic } from "sequelize"; declare const orders: ModelStatic<Order>;`, `await orders.count();`, ["Order count (-) (-)"]],
    ["a class that is no model", `import { Sequelize } from "sequelize"; class User {}`, `await User.findOne({ where: { id } });`, []],
    ["somebody else's findAll", `import { User } from "./fake";`, `await User.findAll();`, []],
  ])("knows %s", (_, before, code, expected) => expect(read(before, code)).toEqual(expected));

  it("follows a model through a default export", () => {
    const project = makeProject({
      "package.json": { dependencies: { sequelize: "6.0.0" } },
      "src/user.js": `const { Model } = require("sequelize"); class User extends Model {} module.exports = User;`,
      "src/models.js": `module.exports.User = require("./user");`,
    });
    const source = openText(`const { User } = require("./models"); exports.list = () => User.findAll();`, { filename: project.path("src/list.js"), cwd: project.dir });
    expect(queriesIn(source).map(({ model, kind }) => [model, kind])).toEqual([["User", "read-many"]]);
  });

  it.each([
    [
      "a callback",
      `await sequelize.transaction(async (t) => { await User.create({}, { transaction: t }); await User.create(input); await User.create(input, input.options); await User.create({}, { ...input }); });`,
      ["User callback t handle", "User callback t outside", "User callback t unknown", "User callback t unknown"],
    ],
    [
      "a transaction that is ended by hand",
      `const t = await sequelize.transaction(); try { await User.create({}, { transaction: t }); await User.destroy({ where: { id } }); await t.commit(); } catch { await t.rollback(); } await User.count();`,
      ["User region t handle", "User region t outside", "User -"],
    ],
    ["a row", `const user = await User.findByPk(id); await sequelize.transaction(async (t) => { await user.save(); await user.save({ transaction: t }); });`, ["User -", "User callback t outside", "User callback t handle"]],
  ])("knows which queries take part in %s", (_, code, expected) => expect(sides(sequelize, code)).toEqual(expected));

  it("knows that queries take part by themselves where the project says so", () => {
    const project = makeProject({ "package.json": { dependencies: { sequelize: "6.0.0" } }, "src/db.ts": `import { Sequelize } from "sequelize"; Sequelize.useCLS(namespace);` });
    const code = `await sequelize.transaction(async () => { await User.create({}); });`;
    expect(sides(sequelize, code, { filename: project.path("src/orders.ts"), cwd: project.dir })).toEqual(["User callback - unknown"]);
    const other = makeProject({ "package.json": { dependencies: { sequelize: "6.0.0" } } });
    expect(sides(sequelize, code, { filename: other.path("src/orders.ts"), cwd: other.dir })).toEqual(["User callback - outside"]);
  });
});

const mongoose = `import mongoose from "mongoose"; const User = mongoose.models.User || mongoose.model("User", schema); const Post = mongoose.model("Post", schema);`;

describe("Mongoose", () => {
  it.each([
    ["a row by its key", `await User.findById(id);`, ["User read-one (_id, …) (-) bounded lazy"]],
    ["a query that exec runs", `await User.find({ email }).sort("name").limit(5).exec();`, ["User read-many (email) (-) bounded"]],
    ["a query that a callback runs", `User.find({ email }, (error, users) => done(error, users));`, ["User read-many (email) (-)"]],
    ["operators", `await User.find({ $or: [{ email }, { id }], age: { $gt: 5 } });`, ["User read-many (email?, id?, age $gt) (-) lazy"]],
    ["conditions of another language", `await User.find().where("age").gt(5);`, ["User read-many (…) (-) lazy"]],
    ["what is set and what is counted", `await User.updateOne({ _id: id }, { $set: { email }, $inc: { visits: 1 } });`, ["User update (_id) (email, visits $inc) lazy"]],
    ["what is set without a word", `await User.findByIdAndUpdate(id, { email });`, ["User update (_id, …) (email) lazy"]],
    ["a create, which is sent at once", `await Post.create({ author: id });`, ["Post create (-) (author)"]],
    ["a document that is new", `const post = new Post(input); await post.save();`, ["Post create (-) (…)"]],
    ["a document that was found", `const user = await User.findOne({ email }).populate("team"); user.set("name", "x"); await user.save();`, ["User read-one (email) (-) bounded lazy", "User save (-) (-)"]],
  ])("reads %s", (_, code, expected) => expect(read(mongoose, code)).toEqual(expected));

  it("knows the model of a service of Nest, by its type", () => {
    const code = `import { Model } from "mongoose"; class S { constructor(@InjectModel(User.name) private readonly users: Model<User>) {} find(id) { return this.users.findById(id).lean(); } }`;
    expect(queriesIn(openText(code)).map(({ model, kind }) => [model, kind])).toEqual([["User", "read-one"]]);
  });

  it.each([
    [
      "a session that is ended by hand",
      `const session = await mongoose.startSession(); session.startTransaction(); await User.create([{ email }], { session }); await Post.create({ email }); await User.findOne({ id }).session(session); await session.commitTransaction(); await Post.create({});`,
      ["User region session handle", "Post region session outside", "User region session handle", "Post -"],
    ],
    [
      "a callback of the session",
      `const session = await mongoose.startSession(); await session.withTransaction(async () => { await Post.deleteMany({ id }, { session }); await Post.deleteMany({ id }); });`,
      ["Post callback session handle", "Post callback session outside"],
    ],
    ["a callback of the connection", `await mongoose.connection.transaction(async (s) => { await Post.deleteMany({ id }); });`, ["Post callback s outside"]],
    [
      "a document that was read with the session",
      `await mongoose.connection.transaction(async (session) => { const post = await Post.findById(id).session(session); await post.save(); const other = new Post({}); await other.save(); });`,
      ["Post callback session handle", "Post callback session unknown", "Post callback session outside"],
    ],
  ])("knows which queries take part in %s", (_, code, expected) => expect(sides(mongoose, code)).toEqual(expected));
});

const mongodb = `import { MongoClient } from "mongodb"; const client = new MongoClient(url); const db = client.db("shop"); const users = db.collection("users");`;

describe("MongoDB", () => {
  it.each([
    ["a row", `await users.findOne({ _id: id });`, ["users read-one (_id) (-) bounded"]],
    ["a cursor that is read", `await users.find({ email }).sort({ a: 1 }).limit(3).toArray();`, ["users read-many (email) (-) bounded"]],
    ["a collection that is named in place", `await db.collection("posts").insertOne({ id });`, ["posts create (-) (id)"]],
    ["a collection that is given by its type", `const read = (posts: Collection<Post>) => posts.deleteMany({});`, []],
  ])("reads %s", (_, code, expected) => expect(read(mongodb, code)).toEqual(expected));

  it("knows which queries take part in a transaction", () =>
    expect(sides(mongodb, `const session = client.startSession(); await session.withTransaction(async () => { await users.deleteOne({ id }, { session }); await users.deleteOne({ id }); });`)).toEqual([
      "users callback session handle",
      "users callback session outside",
    ]));
});

const knex = `import knex from "knex"; const db = knex({});`;

describe("Knex", () => {
  it.each([
    ["a row", `await db("users").where({ id }).first();`, ["users read-one (id) (-) bounded lazy"]],
    ["an update", `await db("users").where("id", id).update({ email });`, ["users update-many (id) (email) lazy"]],
    ["an operator in between", `await db("users").where("age", ">", 18).limit(5);`, ["users read-many (age >) (-) bounded lazy"]],
    ["either of two", `await db("users").where("id", id).orWhere("email", email);`, ["users read-many (id?, …) (-) lazy"]],
    ["conditions of a callback", `await db("users").where((builder) => builder.where({ id })).del();`, ["users delete-many (…) (-) lazy"]],
    ["a list of keys", `await db.select("*").from("posts").whereIn("id", ids);`, ["posts read-many (id in) (-) lazy"]],
    ["a delete of everything", `await db("posts").del();`, ["posts delete-many (-) (-) lazy"]],
    ["an upsert", `await db("posts").insert({ email }).onConflict("email").merge();`, ["posts upsert (-) (email) lazy"]],
    ["SQL", `await db.raw("SELECT * FROM users WHERE id = ?", [id]);`, ["users read-one (id) (-) bounded lazy"]],
  ])("reads %s", (_, code, expected) => expect(read(knex, code)).toEqual(expected));

  it("tells the operation from the words before it", () => expect(queriesIn(inFunction(knex, `await db("users").where({ id }).del();`)).map(({ operation }) => operation)).toEqual(["del"]));

  it.each([
    ["a callback", `await db.transaction(async (trx) => { await trx("a").insert({}); await db("b").insert({}); await db("b").transacting(trx).insert({}); });`, ["a callback trx handle", "b callback trx outside", "b callback trx handle"]],
    ["a transaction that is ended by hand", `const trx = await db.transaction(); await trx("a").del(); await db("a").del(); await trx.commit();`, ["a region trx handle", "a region trx outside"]],
  ])("knows which queries take part in %s", (_, code, expected) => expect(sides(knex, code)).toEqual(expected));
});

const pg = `import { Pool } from "pg"; const pool = new Pool();`;
const postgres = `import postgres from "postgres"; const sql = postgres(url);`;
const mysql = `import mysql from "mysql2/promise"; const pool = mysql.createPool({});`;
const sqlite = `import Database from "better-sqlite3"; const db = new Database("shop.db"); const byEmail = db.prepare("SELECT * FROM users WHERE email = ?");`;
const prisma = `import { PrismaClient } from "@prisma/client"; const prisma = new PrismaClient();`;

describe("statements in SQL", () => {
  it.each([
    ["a row by its key", pg, `await pool.query("SELECT * FROM users u WHERE u.id = $1 AND email = $2", [id, email]);`, ["users read-one (id, email) (-) bounded"]],
    ["several rows", pg, `await pool.query("SELECT name FROM public.posts WHERE author_id = $1 ORDER BY id LIMIT 10", [id]);`, ["posts read-many (author_id) (-) bounded"]],
    ["one of several rows", pg, `await pool.query('SELECT * FROM "Posts" WHERE author_id = $1 LIMIT 1', [id]);`, ["Posts read-one (author_id) (-) bounded"]],
    ["a list of keys", pg, `await pool.query("SELECT * FROM posts WHERE id = ANY($1::int[])", [ids]);`, ["posts read-many (id in) (-)"]],
    ["either of two", pg, `await pool.query("SELECT * FROM posts WHERE (id = $1 OR email = $2) AND open", [id, email]);`, ["posts read-many (id?, email?, …) (-)"]],
    ["a query within", pg, `await pool.query("SELECT * FROM posts WHERE EXISTS (SELECT 1 FROM likes WHERE user_id = $1)", [id]);`, ["posts read-many (…) (-)"]],
    ["a count", pg, `await pool.query("SELECT count(*) FROM posts");`, ["posts count (-) (-)"]],
    ["an insert", pg, `await pool.query("INSERT INTO users (id, email) VALUES ($1, lower($2)) RETURNING id", [id, email]);`, ["users create (-) (id, email)"]],
    ["several rows to insert", pg, `await pool.query("INSERT INTO users (id) VALUES ($1), ($2)", ids);`, ["users create-many (-) (id, id)"]],
    ["an upsert", pg, `await pool.query("INSERT INTO users (id) VALUES ($1) ON CONFLICT (id) DO UPDATE SET seen = now()", [id]);`, ["users upsert (-) (id)"]],
    ["an update that counts", pg, `await pool.query("UPDATE users SET email = $1, visits = visits + 1 WHERE id = $2", [email, id]);`, ["users update-many (id) (email, visits change)"]],
    ["a delete of everything", pg, `await pool.query("DELETE FROM users");`, ["users delete-many (-) (-)"]],
    ["an object with the text", pg, `await pool.query({ text: "DELETE FROM users WHERE id = $1", values: [id] });`, ["users delete-many (id) (-)"]],
    ["a text that is put together", pg, `await pool.query("DELETE FROM users" + input, [id]);`, ["null raw (-) (-)"]],
    ["a template", pg, "await pool.query(`SELECT * FROM users WHERE email = ${email}`);", ["users read-many (email) (-)"]],
    ["question marks", mysql, `await pool.execute("SELECT * FROM users WHERE org IN (?, ?) AND id = ?", [1, 2, id]);`, ["users read-one (org in, id) (-) bounded"]],
    ["a tagged template", postgres, "await sql`select * from users where id = ${id}`;", ["users read-one (id) (-) bounded lazy"]],
    ["a table whose name is put into the text", `import { Pool } from "pg"; const pool = new Pool();`, 'await pool.query(`delete from "${schema}"."${table}" where id = $1`, [id]);', ["null delete-many (id) (-)"]],
    ["a helper that is no statement", postgres, "await sql`now()`; sql(input);", []],
    ["a statement that is prepared", sqlite, `byEmail.get(email); byEmail.all(email);`, ["users read-one (email) (-) bounded", "users read-many (email) (-)"]],
    ["a statement that is prepared in place", sqlite, `db.prepare("INSERT INTO users (email) VALUES (@email)").run({ email });`, ["users create (-) (email)"]],
    ["a map's get", sqlite, `input.get(id);`, []],
    ["raw SQL of Prisma", prisma, "await prisma.$queryRaw`SELECT * FROM users WHERE org_id = ${id}`;", ["users read-many (org_id) (-) lazy"]],
    ["a statement of another kind", pg, `await pool.query("VACUUM users");`, ["null raw (-) (-)"]],
    ["half a statement", pg, `await pool.query("SELECT FROM"); await pool.query("UPDATE users SET"); await pool.query("INSERT INTO users ("); await pool.query("DELETE"); await pool.query("SELECT * FROM users WHERE (id =");`, ["null read-many (-) (-)", "users update-many (-) ()", "users create-many (-) (…)", "null raw (-) (-)", "users read-one (id) (-) bounded"]],
  ])("reads %s", (_, before, code, expected) => expect(read(before, code)).toEqual(expected));

  it("gives each column the value of its parameter", () => {
    const source = inFunction(mysql, `await pool.execute("SELECT * FROM users WHERE org IN (?, ?) AND id = ?", [1, 2, id]);`);
    expect(queriesIn(source)[0]?.filter?.keys.map(({ value }) => value && source.text.slice(...value.range))).toEqual(["1", "id"]);
    const template = inFunction(postgres, "await sql`select * from users where id = ${id} and email = ${email}`;");
    expect(queriesIn(template)[0]?.filter?.keys.map(({ value }) => value && template.text.slice(...value.range))).toEqual(["id", "email"]);
  });

  it.each([
    ["BEGIN and COMMIT", pg, `const client = await pool.connect(); await client.query("BEGIN"); await client.query("DELETE FROM a"); await pool.query("DELETE FROM b"); await client.query("COMMIT"); await client.query("DELETE FROM c");`, ["null -", "a region client handle", "b region client outside", "null -", "c -"]],
    ["words of a connection", mysql, `const c = await pool.getConnection(); await c.beginTransaction(); await c.query("DELETE FROM a"); await pool.query("DELETE FROM b"); await c.commit();`, ["a region c handle", "b region c outside"]],
    ["a callback of postgres.js", postgres, "await sql.begin(async (tx) => { await tx`delete from a`; await sql`delete from b`; });", ["a callback tx handle", "b callback tx outside"]],
    ["a callback of better-sqlite3", sqlite, `db.transaction(() => { db.prepare("DELETE FROM a").run(); });`, ["a callback - handle"]],
  ])("knows which statements take part in %s", (_, before, code, expected) => expect(sides(before, code)).toEqual(expected));
});
