import rule from "../../../src/rules/error-handling/no-unawaited-query.js";
import { type Invalid, ruleTester, type Valid } from "../../support/rule-tester.js";

type MessageId = "unrun" | "awaitQuery";

const prisma = `import { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\n`;
const supabase = `import { createClient } from "@supabase/supabase-js";\nconst supabase = createClient(url, key);\n`;
const drizzle = `import { drizzle } from "drizzle-orm/node-postgres";\nconst db = drizzle(url);\n`;
const typeorm = `import { DataSource } from "typeorm";\nconst source = new DataSource({});\n`;

const mongoose = `import mongoose from "mongoose";\nconst User = mongoose.model("User", schema);\n`;
const sequelize = `import { Model } from "sequelize";\nclass User extends Model {}\n`;

const server = { filename: "src/server/orders.ts" } as const;
const client = { filename: "src/components/cart.tsx" } as const;

const taken: Valid<[]>[] = [
  { ...server, name: "awaited", code: `${prisma}export async function f() { await prisma.user.update({ where: { id } }); }` },
  { ...server, name: "returned", code: `${prisma}export const f = () => prisma.user.findMany();\nexport function g() { return prisma.user.findMany(); }` },
  { ...server, name: "run by then", code: `${prisma}export const f = () => { prisma.user.update({}).then(done); prisma.user.update({}).catch(report); };` },
  { ...server, name: "given to the wrapper that runs it", code: `${prisma}export const f = () => { waitUntil(prisma.user.update({})); };` },
  { ...server, name: "a list for Promise.all", code: `${prisma}export const f = async (ids) => { await Promise.all(ids.map((id) => prisma.user.update({ where: { id } }))); };` },
  { ...server, name: "a list for a transaction", code: `${prisma}export const f = async () => { await prisma.$transaction([prisma.user.update({}), prisma.order.create({})]); };` },
  { ...server, name: "a list that grows", code: `${prisma}export const f = async () => { const all = []; all.push(prisma.user.update({})); await prisma.$transaction(all); };` },
  { ...server, name: "kept and awaited later", code: `${prisma}export const f = async () => { const query = prisma.user.findMany(); const users = await query; return users; };` },
  { ...server, name: "a batch", code: `${drizzle}export const f = () => db.batch([db.insert(users).values({})]);` },
  { ...server, name: "an async callback of map, whose promises run what it returns", code: `${prisma}export const f = (ids) => { ids.forEach(async (id) => prisma.user.delete({ where: { id } })); };` },
  { ...server, name: "then, whose promise runs what its callback returns", code: `${prisma}export const f = (p) => { p.then(() => prisma.user.update({})); };` },
  { ...server, name: "the forEach of a package, which may wait", code: `${prisma}import { Readable } from "node:stream";\nexport const f = () => Readable.from([1]).forEach((id) => prisma.user.delete({ where: { id } }));` },
  { ...client, name: "an event handler of a component, which may wait", code: `${supabase}export const B = () => <Button onClick={() => supabase.from("carts").delete().eq("id", 1)} />;` },
];

const builders: Valid<[]>[] = [
  { ...server, name: "a builder that goes on in statements", code: `${typeorm}export async function f() { const query = source.createQueryBuilder("user", "u"); query.andWhere("u.id = 1"); return query.getMany(); }` },
  { ...server, name: "a filter that is added to a query", code: `${supabase}export async function f(id) { let query = supabase.from("users").select(); query.eq("id", id); query = query.limit(1); const { data } = await query; return data; }` },
  { ...server, name: "a dynamic query", code: `${drizzle}export async function f() { const query = db.select().from(users).$dynamic(); query.limit(1); return query; }` },
  { ...server, name: "a word of its own that runs the query", code: `${drizzle}export function f() { db.insert(users).values({}).run(); }` },
  { ...server, name: "queries that are sent as they are called", code: `${typeorm}export function f() { source.getRepository(User).save({}); }` },
  { ...server, name: "calls of Supabase that are sent as they are made", code: `${supabase}export function f() { void supabase.auth.signOut(); supabase.functions.invoke("welcome"); }` },
];

const others: Valid<[]>[] = [
  { ...server, name: "a client of Knex that is listened to", code: `import knex from "knex";\nexport const db = knex({ client: "pg" });\ndb.on("query-error", (error) => { report(error); });` },
  { ...server, name: "a builder of Knex that goes on in statements", code: `import knex from "knex";\nconst db = knex({});\nexport async function f(id) { const query = db("users").where({ id }); if (id) query.whereNull("left"); query.orderBy("name"); return query; }` },
  { ...server, name: "a builder of Knex that is given by its type", code: `import type { Knex } from "knex";\nexport const only = (query: Knex.QueryBuilder, id) => { query.where({ id }); };` },
  { ...server, name: "a builder of Knex that is kept in a field", code: `import type { Knex } from "knex";\nclass List { private query; constructor(db: Knex) { this.query = db("users"); } only(id) { this.query.where({ id }); return this; } }` },
  { ...server, name: "a query of Mongoose that exec sends", code: `${mongoose}export function f() { User.deleteOne({ id }).exec(); }` },
  { ...server, name: "a query of Mongoose that its callback sends", code: `${mongoose}export function f(next) { User.deleteOne({ id }, function (error) { next(error); }); User.deleteOne({ id }, next); }` },
  { ...server, name: "a document that is sent as it is created", code: `${mongoose}export function f() { User.create({}); new User({}).save(); }` },
  { ...server, name: "a query of Sequelize, which is sent as it is called", code: `${sequelize}export function f() { User.destroy({ where: { id } }); }` },
  { ...server, name: "somebody else's prisma", code: `import { prisma } from "./audit";\nexport function f() { prisma.user.update({}); }` },
  { name: "a test", filename: "src/orders.test.ts", code: `${prisma}export function f() { prisma.user.update({}); }` },
  { name: "a seed", filename: "prisma/seed.ts", code: `${prisma}prisma.user.create({});` },
  { ...server, name: "a read that is left over", code: `${prisma}export async function f() { const users = prisma.user.findMany(); }` },
  { ...server, name: "a query that a module exports", code: `${prisma}export const admins = prisma.user.findMany();` },
];

const halfTyped: Valid<[]>[] = ["prisma.user.", "prisma.user.update", "prisma.", "void 0", "prisma.user?.update", "[].forEach()", "prisma.user.update`x`.y"].map((code) => ({
  ...server,
  name: `half-typed: ${code}`,
  code: `${prisma}export function f() { ${code}${code.endsWith(".") ? "x" : ""}; }`,
}));

const unrun = (query: string, library: string, output: string | null): Invalid<MessageId, []>["errors"][number] => ({
  messageId: "unrun",
  data: { query, library },
  suggestions: output === null ? [] : [{ messageId: "awaitQuery", data: { query }, output }],
});

const invalid: Invalid<MessageId, []>[] = [
  {
    ...server,
    name: "a statement of Knex",
    code: `import knex from "knex";\nconst db = knex({});\nexport async function f(id) { db("users").where({ id }).del(); }`,
    errors: [unrun(`db("users").where({ id }).del`, "Knex", `import knex from "knex";\nconst db = knex({});\nexport async function f(id) { await db("users").where({ id }).del(); }`)],
  },
  {
    ...server,
    name: "a template of postgres.js",
    code: 'import postgres from "postgres";\nconst sql = postgres(url);\nexport async function f(id) { sql`delete from users where id = ${id}`; }',
    errors: [unrun("sql", "postgres.js", 'import postgres from "postgres";\nconst sql = postgres(url);\nexport async function f(id) { await sql`delete from users where id = ${id}`; }')],
  },
  {
    ...server,
    name: "a statement of Mongoose, which has no exec and no callback",
    code: `${mongoose}export async function f(id) { User.updateOne({ _id: id }, { seen: true }); }`,
    errors: [unrun("User.updateOne", "Mongoose", `${mongoose}export async function f(id) { await User.updateOne({ _id: id }, { seen: true }); }`)],
  },
  {
    ...server,
    name: "a statement of Prisma",
    code: `${prisma}export async function f(id) { prisma.user.update({ where: { id } }); }`,
    errors: [
      {
        ...unrun("prisma.user.update", "Prisma", `${prisma}export async function f(id) { await prisma.user.update({ where: { id } }); }`),
        line: 3,
        column: 31,
        endColumn: 49,
      },
    ],
  },
  {
    ...server,
    name: "in a callback of then that is not asynchronous",
    code: `${prisma}export const f = (upload) => upload.then(({ url }) => { prisma.user.update({ data: { url } }); });`,
    errors: [unrun("prisma.user.update", "Prisma", `${prisma}export const f = (upload) => upload.then(async ({ url }) => { await prisma.user.update({ data: { url } }); });`)],
  },
  {
    ...server,
    name: "where nothing may be awaited",
    code: `${prisma}export function f() { prisma.user.update({}); }`,
    errors: [unrun("prisma.user.update", "Prisma", null)],
  },
  {
    ...server,
    name: "void",
    code: `${prisma}export async function f() { void prisma.user.update({}); }`,
    errors: [unrun("prisma.user.update", "Prisma", `${prisma}export async function f() { await prisma.user.update({}); }`)],
  },
  {
    ...server,
    name: "under a condition",
    code: `${prisma}export async function f(user) { user.isNew && prisma.user.update({}); }`,
    errors: [unrun("prisma.user.update", "Prisma", `${prisma}export async function f(user) { user.isNew && await prisma.user.update({}); }`)],
  },
  {
    ...server,
    name: "raw SQL",
    code: `${prisma}export async function f() { prisma.$executeRaw\`DELETE FROM sessions\`; }`,
    errors: [unrun("prisma.$executeRaw", "Prisma", `${prisma}export async function f() { await prisma.$executeRaw\`DELETE FROM sessions\`; }`)],
  },
  {
    ...server,
    name: "a callback of forEach, which drops what it returns",
    code: `${prisma}export const f = (ids) => { ids.forEach((id) => prisma.user.delete({ where: { id } })); };`,
    errors: [unrun("prisma.user.delete", "Prisma", null)],
  },
  {
    ...server,
    name: "a map that nothing takes",
    code: `${prisma}export async function f(ids) { ids.map((id) => { return prisma.user.delete({ where: { id } }); }); }`,
    errors: [unrun("prisma.user.delete", "Prisma", null)],
  },
  {
    ...server,
    name: "a timer",
    code: `${prisma}export const f = () => { setTimeout(() => prisma.session.deleteMany(), 1000); };`,
    errors: [unrun("prisma.session.deleteMany", "Prisma", null)],
  },
  {
    ...server,
    name: "kept in a variable that nothing reads",
    code: `${prisma}export async function f() { const updated = prisma.user.update({}); }`,
    errors: [unrun("prisma.user.update", "Prisma", `${prisma}export async function f() { const updated = await prisma.user.update({}); }`)],
  },
  {
    ...server,
    name: "an answer taken from the query itself",
    code: `${supabase}export async function f() { const { data } = supabase.from("users").select(); return data; }`,
    errors: [unrun(`supabase.from("users").select`, "Supabase", `${supabase}export async function f() { const { data } = await supabase.from("users").select(); return data; }`)],
  },
  {
    ...server,
    name: "a chain of Supabase",
    code: `${supabase}export async function f(id) {\n  supabase\n    .from("users")\n    .update({ seen: true })\n    .eq("id", id);\n}`,
    errors: [
      {
        ...unrun(`supabase.from("users").update`, "Supabase", `${supabase}export async function f(id) {\n  await supabase\n    .from("users")\n    .update({ seen: true })\n    .eq("id", id);\n}`),
        line: 4,
        endLine: 6,
      },
    ],
  },
  {
    ...client,
    name: "an event of an element",
    code: `${supabase}export const B = () => <button onClick={() => supabase.rpc("empty_cart")} />;`,
    errors: [unrun("supabase.rpc", "Supabase", null)],
  },
  {
    ...server,
    name: "a chain of Drizzle",
    code: `${drizzle}export async function f(id) { db.update(users).set({ seen: true }).where(eq(users.id, id)); }`,
    errors: [unrun("db.update", "Drizzle", `${drizzle}export async function f(id) { await db.update(users).set({ seen: true }).where(eq(users.id, id)); }`)],
  },
];

ruleTester.run("no-unawaited-query", rule, { valid: [...taken, ...builders, ...others, ...halfTyped], invalid });
