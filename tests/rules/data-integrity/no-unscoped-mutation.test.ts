import rule from "../../../src/rules/data-integrity/no-unscoped-mutation.js";
import { ruleTester } from "../../support/rule-tester.js";

const prisma = `import { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\n`;
const drizzle = `import { drizzle } from "drizzle-orm/node-postgres";\nimport { eq } from "drizzle-orm";\nimport { users } from "./schema";\nconst db = drizzle(url);\n`;
const typeorm = (body: string): string =>
  `import { Repository } from "typeorm"; import { User } from "./entities"; export class Users { constructor(private readonly users: Repository<User>) {} async block() { ${body} } }`;

const filename = "server/users.ts";

ruleTester.run("no-unscoped-mutation", rule, {
  valid: [
    { name: "the rows are named", filename, code: `${prisma}export const block = () => prisma.user.deleteMany({ where: { teamId } });` },
    { name: "the filter is not in sight", filename, code: `${prisma}export const remove = (where) => prisma.user.deleteMany({ where });` },
    { name: "the options are not in sight", filename, code: `${prisma}export const remove = (options) => prisma.user.deleteMany(options);` },
    { name: "the filter is put together", filename, code: `${drizzle}export const remove = () => { let query = db.delete(users).$dynamic(); query = query.where(eq(users.id, 1)); return query; };` },
    { name: "a set, and not a table", filename, code: `${prisma}const seen = new Set(); export const forget = () => seen.delete(prisma);` },
    { name: "somebody else's client", filename, code: `import { db } from "unknown-store"; import { users } from "./schema"; export const block = () => db.delete(users);` },
    { name: "the function says that all are meant", filename, code: `${prisma}export async function resetDemo() { await prisma.user.deleteMany(); }` },
    { name: "a route for administrators says that all are meant", filename, code: `${prisma}import express from "express";\nconst app = express();\napp.post("/admin/role-permissions/reset", requireAdmin, async (req, res) => {\n  await prisma.rolePermission.deleteMany();\n  res.json({ restored: true });\n});` },
    { name: "production is turned away before", filename, code: `${prisma}import express from "express";\nconst router = express.Router();\nrouter.delete("/demo", async (req, res) => {\n  try {\n    if (process.env.NODE_ENV === "production") {\n      return res.status(403).json({ message: "not here" });\n    }\n    await prisma.user.deleteMany({});\n    res.json({ ok: true });\n  } catch (error) { res.status(500).end(); }\n});` },
    { name: "it throws before, where it is not development", filename, code: `${prisma}export async function begin() { if (process.env.NODE_ENV !== "development") throw new Error("never here"); await prisma.user.updateMany({ data: { active: false } }); }` },
    { name: "the method says that all are meant", filename, code: typeorm(`await this.users.createQueryBuilder().delete().execute();`).replace("async block", "async deleteAllUsers") },
    { name: "the app's own settings", filename: "server/config.ts", code: `${prisma}export const disable = () => prisma.email.deleteMany();` },
    { name: "rows are put in the place of the old ones", filename, code: `${prisma}export async function replace(rates) { await prisma.$transaction([prisma.rate.deleteMany(), prisma.rate.createMany({ data: rates })]); }` },
    { name: "a cache is made again", filename, code: `${prisma}export async function update() { await prisma.priceCache.deleteMany(); }` },
    { name: "rows that are nobody's", filename, project: "with-prisma", code: `${prisma}export const replace = () => prisma.licence.deleteMany();` },
    { name: "tests begin anew", filename: "tests/users.test.ts", code: `${prisma}export const block = () => prisma.user.deleteMany();` },
    { name: "seeds begin anew", filename: "prisma/seed.ts", code: `${prisma}export const block = () => prisma.user.deleteMany();` },
    { name: "TypeORM refuses to", filename, code: typeorm(`await this.users.delete({});`) },
    { name: "raw SQL with a condition", filename, code: `${prisma}export const block = () => prisma.$executeRaw\`DELETE FROM users WHERE id = 1\`;` },
    { name: "raw SQL of which some is not in sight", filename, code: `${prisma}export const block = () => prisma.$executeRaw\`DELETE FROM users \${condition}\`;` },
    { name: "a column that was added before", filename, code: `${prisma}export async function addFlag() { await prisma.$executeRaw\`ALTER TABLE users ADD COLUMN active boolean\`; await prisma.$executeRaw\`UPDATE users SET active = true\`; }` },
    { name: "a table that was made before", filename, code: `import knex from "knex";\nconst db = knex({ client: "pg" });\nexport async function copy(name) { await db.schema.createTable("copies", (table) => table.string("note")); await db("copies").update({ note: name }); }` },
    { name: "rows that another table names", filename, code: `import knex from "knex";\nconst db = knex({ client: "pg" });\nexport const refill = () => db("stock").update({ left: 0 }).updateFrom("deliveries").where("stock.id", db.ref("deliveries.stock_id"));` },
    { name: "conditions that a loop adds to the builder", filename, code: `import knex from "knex";\nconst db = knex({ client: "pg" });\nexport async function block(match) { const query = db("users"); Object.entries(match).forEach(([key, value]) => { query.andWhere(key, value); }); await query.delete(); }` },
    { name: "conditions that a function adds to the builder", filename, code: `import knex from "knex";\nconst db = knex({ client: "pg" });\nexport async function block(match) { const query = db("users"); narrow(query, match); await query.delete(); }` },
    { name: "a comment says that all are meant", filename, code: `${prisma}export async function start() {\n  // Nobody keeps a limit of the trial: set it for everyone.\n  try {\n    await prisma.user.updateMany({ data: { limit: 9 } });\n  } catch {}\n}` },
    { name: "half-typed code", filename, code: `${prisma}export const block = () => prisma.user.deleteMany({ where });` },
  ],
  invalid: [
    {
      name: "a route on which somebody clears what is theirs",
      filename,
      code: `${prisma}import express from "express";\nconst app = express();\napp.post("/cart/clear", requireUser, async (req, res) => {\n  await prisma.cartItem.deleteMany();\n  res.json({ cleared: true });\n});`,
      errors: [{ messageId: "unscoped", data: { act: "deletes", model: "cartItem" } }],
    },
    { name: "production is only told of", filename, code: `${prisma}export async function begin() { if (process.env.NODE_ENV === "production") { console.warn("in production"); } await prisma.user.deleteMany({}); }`, errors: [{ messageId: "unscoped", data: { act: "deletes", model: "user" } }] },
    { name: "development is turned away before", filename, code: `${prisma}export async function begin() { if (process.env.NODE_ENV !== "production") return; await prisma.user.deleteMany({}); }`, errors: [{ messageId: "unscoped", data: { act: "deletes", model: "user" } }] },
    { name: "every user", filename, code: `${prisma}export const block = () => prisma.user.deleteMany();`, errors: [{ messageId: "unscoped", line: 3, column: 28, endColumn: 50, data: { act: "deletes", model: "user" } }] },
    { name: "rows that are somebody's", filename, project: "with-prisma", code: `${prisma}export const replace = () => prisma.invite.deleteMany();`, errors: [{ messageId: "unscoped", line: 3, data: { act: "deletes", model: "invite" } }] },
    { name: "a builder without conditions", filename, code: `import knex from "knex";\nconst db = knex({ client: "pg" });\nexport async function block() { const query = db("users"); await query.delete(); }`, errors: [{ messageId: "unscoped", line: 3, data: { act: "deletes", model: "users" } }] },
    { name: "an empty filter", filename, code: `${prisma}export const block = () => prisma.user.updateMany({ where: {}, data: { active: false } });`, errors: [{ messageId: "unscoped", line: 3, data: { act: "changes", model: "user" } }] },
    { name: "Drizzle", filename, code: `${drizzle}export const block = () => db.update(users).set({ active: false });`, errors: [{ messageId: "unscoped", line: 5, data: { act: "changes", model: "users" } }] },
    { name: "a builder of TypeORM, which refuses nothing", filename, code: typeorm(`await this.users.createQueryBuilder().update().set({ active: false }).execute();`), errors: [{ messageId: "unscoped", data: { act: "changes", model: "User" } }] },
    { name: "raw SQL", filename, code: `${prisma}export const block = () => prisma.$executeRaw\`UPDATE "users" SET active = false\`;`, errors: [{ messageId: "unscoped", line: 3, data: { act: "changes", model: "users" } }] },
  ],
});
