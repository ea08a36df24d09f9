import rule from "../../../src/rules/data-integrity/no-check-then-insert.js";
import { ruleTester } from "../../support/rule-tester.js";

const client = `import { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\n`;
const supabase = `import { createClient } from "@supabase/supabase-js";\nconst supabase = createClient(url, key);\n`;

/** Tables of Drizzle, and code that works with them. */
const drizzle = (code: string, extra = ""): string => `import { drizzle } from "drizzle-orm/node-postgres";
import { and, eq } from "drizzle-orm";
import { pgTable, serial, text, integer, unique } from "drizzle-orm/pg-core";
const db = drizzle(url);
export const coupons = pgTable("coupons", { id: serial("id").primaryKey(), code: text("code").notNull(), shopId: integer("shop_id").notNull() }${extra});
${code}`;

/** A service of an app on TypeORM. */
const service = (body: string): string => `import { Entity, Column, PrimaryGeneratedColumn, Repository } from "typeorm";
@Entity() export class Supplier { @PrimaryGeneratedColumn("uuid") id: string; @Column() name: string; @Column() tenantId: string; }
export class SupplierService {
  constructor(private readonly suppliers: Repository<Supplier>) {}
  async create(dto: CreateSupplierDto) {
${body}
  }
}`;

const filename = "server/invites.ts";
const withSchema = { filename, project: "with-prisma" } as const;
const everywhere = [{ unknownTables: true, partial: true }] as [{ unknownTables: boolean; partial: boolean }];

const invite = (body: string): string => `${client}export async function invite(email: string, teamId: string) {\n${body}\n}`;
const both = { model: "invite", columns: "`email` and `teamId`", unique: "Add `@@unique([email, teamId])`" };

ruleTester.run("no-check-then-insert", rule, {
  valid: [
    {
      name: "the schema keeps a second one away, by a key with a name of its own",
      ...withSchema,
      options: everywhere,
      code: `${client}async function join(teamId, userId) { const known = await prisma.member.findFirst({ where: { teamId, userId } }); if (known) return known; return prisma.member.create({ data: { teamId, userId } }); }`,
    },
    {
      name: "a key that only a default completes keeps it away as well",
      ...withSchema,
      options: everywhere,
      code: `${client}async function join(number, teamId, email) { const known = await prisma.invite.findFirst({ where: { number } }); if (!known) await prisma.invite.create({ data: { number, teamId, email } }); }`,
    },
    {
      name: "a second row is added where there is one already, so that several may be alike",
      filename,
      options: everywhere,
      code: `${supabase}async function describe(id, kind) { const { data: alike } = await supabase.from("texts").select("body").eq("kind", kind).limit(1).maybeSingle(); if (alike) { await supabase.from("texts").insert({ id, kind, body: alike.body }).throwOnError(); return; } await supabase.from("texts").insert({ id, kind, body: await write(kind) }).throwOnError(); }`,
    },
    { name: "no schema says what is unique", filename, code: `${supabase}async function open(email) { const { data: known } = await supabase.from("customers").select("id").eq("email", email).maybeSingle(); if (!known) await supabase.from("customers").insert({ email }).throwOnError(); }` },
    { name: "Prisma has a schema somewhere, which says it", filename, options: everywhere, code: `${client}async function join(slug) { const known = await prisma.shop.findFirst({ where: { slug } }); if (!known) await prisma.shop.create({ data: { slug } }); }` },
    { name: "a part of the rows, which a plain constraint does not fit", ...withSchema, code: invite(`const known = await prisma.invite.findFirst({ where: { email, teamId, status: "open" } }); if (!known) await prisma.invite.create({ data: { email, teamId } });`) },
    { name: "of a row that was made right before, nobody else can know", ...withSchema, options: everywhere, code: `${client}async function found(email) { const team = await prisma.team.create({ data: {} }); const known = await prisma.invite.findFirst({ where: { email, teamId: team.id } }); if (!known) await prisma.invite.create({ data: { email, teamId: team.id } }); }` },
    { name: "several rows are added, of which none can be the only one", ...withSchema, options: everywhere, code: invite(`const known = await prisma.invite.findFirst({ where: { email, teamId } }); if (!known) await prisma.invite.createMany({ data: [{ email, teamId, status: "first" }, { email, teamId, status: "second" }] });`) },
    { name: "a second row of the same values is added beside it on purpose", ...withSchema, options: everywhere, code: invite(`const known = await prisma.invite.findFirst({ where: { email, teamId } }); if (known) return; await prisma.invite.create({ data: { email, teamId, status: "first" } }); if (isLarge(teamId)) await prisma.invite.create({ data: { email, teamId, status: "second" } });`) },
    { name: "a row of the same values for each item of a list", ...withSchema, options: everywhere, code: invite(`const known = await prisma.invite.findFirst({ where: { email, teamId } }); if (known) return; for (const number of numbers) { if (!number) continue; await prisma.invite.create({ data: { email, teamId, number } }); }`) },
    { name: "a row of the same values for each item of a list, in one of two ways", ...withSchema, options: everywhere, code: invite(`const known = await prisma.invite.findFirst({ where: { email, teamId } }); if (known) return; if (numbers) await Promise.all(numbers.map((number) => prisma.invite.create({ data: { email, teamId, number } }))); else await prisma.invite.create({ data: { email, teamId } });`) },
    { name: "a row of the same values for each item that a list is mapped to", ...withSchema, options: everywhere, code: invite(`const known = await prisma.invite.findFirst({ where: { email, teamId } }); if (!known) await prisma.invite.createMany({ data: numbers.map((number) => ({ email, teamId, number })) });`) },
    { name: "another function of the file adds several of the same values", ...withSchema, options: everywhere, code: invite(`const known = await prisma.invite.findFirst({ where: { email, teamId } }); if (!known) await prisma.invite.create({ data: { email, teamId } });`) + "\nexport async function inviteAll(email, teamId, numbers) { for (const number of numbers) await prisma.invite.create({ data: { email, teamId, number } }); }" },
    { name: "another function of the file adds a list of the same values", ...withSchema, options: everywhere, code: invite(`const known = await prisma.invite.findFirst({ where: { email, teamId } }); if (!known) await prisma.invite.create({ data: { email, teamId } });`) + "\nexport const twice = (email, teamId) => prisma.invite.createMany({ data: [{ email, teamId, number: \"1\" }, { email, teamId, number: \"2\" }] });" },
    { name: "a job runs alone", filename: "server/jobs/invites.ts", project: "with-prisma", code: invite(`const known = await prisma.invite.findFirst({ where: { email, teamId } }); if (!known) await prisma.invite.create({ data: { email, teamId } });`) },
    { name: "the table itself is reported for it", ...withSchema, options: everywhere, code: `${client}async function signUp(email, name) { const known = await prisma.user.findFirst({ where: { email } }); if (known) throw new Error("taken"); await prisma.user.create({ data: { email, name } }); }` },
    { name: "an upsert leaves it to the database", ...withSchema, code: invite(`const known = await prisma.invite.findFirst({ where: { email, teamId } }); if (!known) await prisma.invite.upsert({ where: { id: 1 }, create: { email, teamId }, update: {} });`) },
    { name: "an insert that gives way", filename, options: everywhere, code: drizzle(`async function add(code, shopId) { const [known] = await db.select().from(coupons).where(eq(coupons.code, code)); if (!known) await db.insert(coupons).values({ code, shopId }).onConflictDoNothing(); }`) },
    { name: "rows that are there already are skipped", ...withSchema, code: invite(`const known = await prisma.invite.count({ where: { email, teamId } }); if (known === 0) await prisma.invite.createMany({ data: [{ email, teamId }], skipDuplicates: true });`) },
    {
      name: "the error of the second one is answered",
      ...withSchema,
      code: invite(`if (await prisma.invite.findFirst({ where: { email, teamId } })) return null; try { return await prisma.invite.create({ data: { email, teamId } }); } catch (error) { if (error.code === "P2002") return null; throw error; }`),
    },
    { name: "a lock is held", ...withSchema, code: invite(`return withLock(teamId, async () => { const known = await prisma.invite.findFirst({ where: { email, teamId } }); if (!known) await prisma.invite.create({ data: { email, teamId } }); });`) },
    { name: "both run in a transaction", ...withSchema, code: invite(`return prisma.$transaction(async (tx) => { const known = await tx.invite.findFirst({ where: { email, teamId } }); if (!known) await tx.invite.create({ data: { email, teamId } }); });`) },
    { name: "what is there is changed, and nothing is added", ...withSchema, code: invite(`const known = await prisma.invite.findFirst({ where: { email, teamId } }); if (known) await prisma.invite.update({ where: { id: known.id }, data: { status: "open" } });`) },
    { name: "the row is added in either case", ...withSchema, code: invite(`const known = await prisma.invite.findFirst({ where: { email, teamId } }); if (known) await prisma.invite.update({ where: { id: known.id }, data: { status: "old" } }); await prisma.invite.create({ data: { email, teamId } });`) },
    { name: "another row is added than was looked for", ...withSchema, code: invite(`const known = await prisma.invite.findFirst({ where: { email, teamId } }); if (!known) await prisma.invite.create({ data: { email: fallback, teamId } });`) },
    { name: "a limit of a plan", ...withSchema, code: invite(`const count = await prisma.invite.count({ where: { teamId } }); if (count >= plan.invites) throw new Error("limit"); await prisma.invite.create({ data: { email, teamId } });`) },
    { name: "a limit that is written out", ...withSchema, code: invite(`const count = await prisma.invite.count({ where: { email, teamId } }); if (count >= 5) throw new Error("limit"); await prisma.invite.create({ data: { email, teamId } });`) },
    { name: "whoever has none yet gets a first one", ...withSchema, code: invite(`const all = await prisma.invite.findMany({ where: { teamId } }); if (all.length > 0) return; await prisma.invite.create({ data: { email, teamId } });`) },
    { name: "no more than once in a while, which no constraint could say", ...withSchema, code: invite(`const known = await prisma.invite.findFirst({ where: { email, teamId, createdAt: { gt: yesterday } } }); if (!known) await prisma.invite.create({ data: { email, teamId } });`) },
    { name: "a filter of which some is not in sight", ...withSchema, code: invite(`const known = await prisma.invite.findFirst({ where: { email, teamId, ...scope() } }); if (!known) await prisma.invite.create({ data: { email, teamId } });`) },
    { name: "seeds run by hand", filename: "prisma/seed.ts", project: "with-prisma", code: invite(`const known = await prisma.invite.findFirst({ where: { email, teamId } }); if (!known) await prisma.invite.create({ data: { email, teamId } });`) },
    { name: "half-typed code", ...withSchema, code: invite(`const known = await prisma.invite.findFirst({ where: { } }); if (!known) await prisma.invite.create({ });`) },
    { name: "Drizzle's table says that it is unique", filename, options: everywhere, code: drizzle(`async function add(code, shopId) { const [known] = await db.select().from(coupons).where(and(eq(coupons.code, code), eq(coupons.shopId, shopId))); if (!known) await db.insert(coupons).values({ code, shopId }); }`, ", (table) => [unique().on(table.shopId, table.code)]") },
  ],
  invalid: [
    {
      name: "an invitation is added where a read has found none",
      ...withSchema,
      code: invite(`  const known = await prisma.invite.findFirst({ where: { email, teamId } });\n  if (known) throw new Error("invited");\n  return prisma.invite.create({ data: { email, teamId } });`),
      errors: [{ messageId: "free", line: 6, column: 24, endColumn: 30, data: both }],
    },
    {
      name: "the team is connected",
      ...withSchema,
      code: invite(`  if (await prisma.invite.count({ where: { email, teamId } }) > 0) return;\n  await prisma.invite.create({ data: { email, team: { connect: { id: teamId } } } });`),
      errors: [{ messageId: "free", line: 5, data: both }],
    },
    {
      name: "a status that is new by itself, and what is spread into the row",
      ...withSchema,
      options: everywhere,
      code: `${client}async function invite({ teamId, ...dto }) {\n  const known = await prisma.invite.findMany({ where: { email: dto.email, teamId, status: "open" } });\n  if (known.length === 0) {\n    await prisma.invite.create({ data: { ...dto, teamId } });\n  }\n}`,
      errors: [{ messageId: "partial", line: 6, data: { model: "invite", columns: "`email` and `teamId`" } }],
    },
    {
      name: "a kind that a row has for good",
      ...withSchema,
      code: invite(`  const known = await prisma.invite.findFirst({ where: { email, teamId, provider: "mail" } });\n  if (!known) await prisma.invite.create({ data: { email, teamId, provider: "mail" } });`),
      errors: [{ messageId: "free", line: 5, data: { model: "invite", columns: "`email` and `teamId` and `provider`", unique: "Add `@@unique([email, teamId, provider])`" } }],
    },
    {
      name: "one of two ways to add the row",
      ...withSchema,
      code: invite(`const known = await prisma.invite.findFirst({ where: { email, teamId } }); if (known) return; if (isLarge(teamId)) await prisma.invite.create({ data: { email, teamId, status: "a" } }); else await prisma.invite.create({ data: { email, teamId, status: "b" } });`),
      errors: [{ messageId: "free", data: both }, { messageId: "free", data: both }],
    },
    {
      name: "one of two ways to add the row, by tests that rule each other out",
      ...withSchema,
      code: invite(`const known = await prisma.invite.findFirst({ where: { email, teamId } }); if (known) return; if (role === "a") { await prisma.invite.create({ data: { email, teamId, status: "a" } }); } if (role === "b") { await prisma.invite.create({ data: { email, teamId, status: "b" } }); }`),
      errors: [{ messageId: "free", data: both }, { messageId: "free", data: both }],
    },
    {
      name: "another try to add the same row",
      ...withSchema,
      code: invite(`const known = await prisma.invite.findFirst({ where: { email, teamId } }); if (known) return; for (let left = 3; left > 0; left -= 1) { try { await prisma.invite.create({ data: { email, teamId, number: generate() } }); break; } catch { await pause(); } }`),
      errors: [{ messageId: "free", data: both }],
    },
    {
      name: "another try, of which only the outcome tells that it was the last",
      ...withSchema,
      code: invite(`const known = await prisma.invite.findFirst({ where: { email, teamId } }); if (known) return; for (let left = 3; left > 0; left -= 1) { const made = await prisma.invite.create({ data: { email, teamId, number: generate() } }); if (made) return made; }`),
      errors: [{ messageId: "free", data: both }],
    },
    {
      name: "a row beside it for somebody else",
      ...withSchema,
      code: invite(`const known = await prisma.invite.findFirst({ where: { email, teamId } }); if (known) return; await prisma.invite.create({ data: { email, teamId } }); await prisma.invite.create({ data: { email: other, teamId } });`),
      errors: [{ messageId: "free", data: both }],
    },
    {
      name: "rows for each item of a list, by the item",
      ...withSchema,
      code: invite(`const known = await prisma.invite.findFirst({ where: { email, teamId } }); if (!known) await prisma.invite.create({ data: { email, teamId } });`) + "\nexport async function inviteAll(emails, teamId) { for (const email of emails) await prisma.invite.create({ data: { email, teamId } }); }",
      errors: [{ messageId: "free", data: both }],
    },
    {
      name: "what is spread into the row",
      ...withSchema,
      code: `${client}async function invite({ teamId, ...dto }) {\n  const known = await prisma.invite.findMany({ where: { email: dto.email, teamId } });\n  if (known.length === 0) {\n    await prisma.invite.create({ data: { ...dto, teamId } });\n  }\n}`,
      errors: [{ messageId: "free", line: 6, data: both }],
    },
    {
      name: "the owner of a row is not asked for, and a constraint would have to have it",
      ...withSchema,
      options: everywhere,
      code: `${client}async function invite(email, teamId) {\n  const known = await prisma.invite.findFirst({ where: { email } });\n  if (!known) await prisma.invite.create({ data: { email, teamId } });\n}`,
      errors: [{ messageId: "partial", line: 5, data: { model: "invite", columns: "`email`" } }],
    },
    {
      name: "a list of one, of Drizzle",
      filename,
      code: drizzle(`async function add(code, shopId) {\n  const known = await db.select().from(coupons).where(and(eq(coupons.code, code), eq(coupons.shopId, shopId))).limit(1);\n  if (known.length > 0) return { error: "taken" };\n  await db.insert(coupons).values({ code, shopId });\n}`),
      errors: [{ messageId: "free", line: 9, data: { model: "coupons", columns: "`code` and `shopId`", unique: "Make them unique there" } }],
    },
    {
      name: "a column that may be null, which PostgreSQL takes for different each time",
      filename,
      code: drizzle(`async function add(code, shopId) {\n  const [known] = await db.select().from(coupons).where(and(eq(coupons.code, code), eq(coupons.shopId, shopId)));\n  if (!known) await db.insert(coupons).values({ code, shopId });\n}`).replace('integer("shop_id").notNull()', 'integer("shop_id")'),
      errors: [{ messageId: "free", line: 8, data: { model: "coupons", columns: "`code` and `shopId`", unique: "Make them unique there, with `NULLS NOT DISTINCT` (rows without `shopId` count as different otherwise)" } }],
    },
    {
      name: "a column that is null once what it names is deleted, in as many rows as there were",
      filename,
      code: drizzle(`export const shops = pgTable("shops", { id: serial("id").primaryKey() });\nasync function add(code, shopId) {\n  const [known] = await db.select().from(coupons).where(and(eq(coupons.code, code), eq(coupons.shopId, shopId)));\n  if (!known) await db.insert(coupons).values({ code, shopId });\n}`).replace('integer("shop_id").notNull()', 'integer("shop_id").references(() => shops.id, { onDelete: "set null" })'),
      errors: [{ messageId: "free", line: 9, data: { model: "coupons", columns: "`code` and `shopId`", unique: "Make them unique there" } }],
    },
    {
      name: "a column that may be null, of rows that go with what it names",
      filename,
      code: drizzle(`export const shops = pgTable("shops", { id: serial("id").primaryKey() });\nasync function add(code, shopId) {\n  const [known] = await db.select().from(coupons).where(and(eq(coupons.code, code), eq(coupons.shopId, shopId)));\n  if (!known) await db.insert(coupons).values({ code, shopId });\n}`).replace('integer("shop_id").notNull()', 'integer("shop_id").references(() => shops.id, { onDelete: "cascade" })'),
      errors: [{ messageId: "free", line: 9, data: { model: "coupons", columns: "`code` and `shopId`", unique: "Make them unique there, with `NULLS NOT DISTINCT` (rows without `shopId` count as different otherwise)" } }],
    },
    {
      name: "an entity that is made of the request's body",
      filename,
      code: service(`    const known = await this.suppliers.findOne({ where: { name: dto.name, tenantId: dto.tenantId } });\n    if (known) throw new Error("taken");\n    const supplier = this.suppliers.create(dto);\n    return this.suppliers.save(supplier);`),
      errors: [{ messageId: "free", line: 9, data: { model: "Supplier", columns: "`name` and `tenantId`", unique: "Make them unique there" } }],
    },
    {
      name: "Sequelize, by the table that it declares",
      filename,
      code: `import { DataTypes, Sequelize } from "sequelize";\nconst sequelize = new Sequelize(url);\nexport const Shop = sequelize.define("Shop", { place: DataTypes.STRING });\nexport async function open(place) {\n  const known = await Shop.findOne({ where: { place } });\n  if (!known) await Shop.create({ place });\n}`,
      errors: [{ messageId: "free", line: 6, data: { model: "Shop", columns: "`place`", unique: "Make it unique there" } }],
    },
    {
      name: "Mongoose",
      filename,
      code: `import mongoose from "mongoose";\nconst Shop = mongoose.model("Shop", new mongoose.Schema({ place: String }));\nexport async function open(place) {\n  if (await Shop.findOne({ place })) return null;\n  return Shop.create({ place });\n}`,
      options: everywhere,
      errors: [{ messageId: "free", line: 5, data: { model: "Shop", columns: "`place`", unique: "Make it unique there" } }],
    },
    {
      name: "Supabase",
      filename,
      options: everywhere,
      code: `${supabase}async function open(email) {\n  const { data: known } = await supabase.from("customers").select("id").eq("email", email).maybeSingle();\n  if (!known) {\n    const { error } = await supabase.from("customers").insert({ email });\n    if (error) throw error;\n  }\n}`,
      errors: [{ messageId: "unknown", line: 6, data: { model: "customers", columns: "`email`" } }],
    },
  ],
});
