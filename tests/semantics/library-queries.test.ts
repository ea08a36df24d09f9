import { describe, expect, it } from "vitest";

import { type Columns, queriesIn } from "../../src/semantics/queries.js";
import { sideOf, transactionAt } from "../../src/semantics/transactions.js";
import type { Source } from "../../src/syntax/source.js";
import { makeProject } from "../support/project.js";
import { openText } from "../support/source.js";

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
