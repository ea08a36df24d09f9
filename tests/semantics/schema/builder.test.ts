import { setTimeout } from "node:timers/promises";
import { describe, expect, test } from "vitest";

import { codeSchemas } from "../../../src/knowledge/schemas.js";
import type { Schema, Table } from "../../../src/semantics/schema/model.js";
import { schemaOf } from "../../../src/semantics/schema/tables.js";
import { makeProject, type Files } from "../../support/project.js";

const manifest = { name: "shop", dependencies: { "drizzle-orm": "^0.44.0" } };

const customers = `import { sql } from "drizzle-orm";
import { boolean, customType, index, integer, jsonb, numeric, pgEnum, pgPolicy, pgTable as table, serial, text, timestamp, unique, uniqueIndex, uuid, varchar } from "drizzle-orm/pg-core";
import { authenticatedRole } from "drizzle-orm/supabase";
import { timestamps } from "./columns";

export const tier = pgEnum("tier", ["free", "paid"]);
const point = customType<{ data: string }>({ dataType: () => "point" });

export const customers = table("customers", {
  id: uuid("id").primaryKey().defaultRandom(),
  number: serial("number"),
  mail: varchar("email_address", { length: 200 }).notNull().unique("one_mail"),
  tier: tier("tier").notNull().default("free"),
  tags: text("tags").array(),
  place: point("place"),
  credit: numeric("credit", { precision: 10, scale: 2 }).default("0"),
  extra: jsonb("extra").$type<{ note: string }>(),
  isOpen: boolean().notNull(),
  ...timestamps,
}, (customer) => [
  uniqueIndex("lower_mail").on(sql\`lower(\${customer.mail})\`),
  unique().on(customer.number, customer.tier),
  index("by_credit").on(customer.credit.desc()).where(sql\`\${customer.isOpen}\`),
  pgPolicy("own", { as: "restrictive", for: "update", to: ["anon", authenticatedRole], using: sql\`\${customer.id} = auth.uid()\` }),
  pgPolicy("all", { withCheck: sql\`true\` }),
]).enableRLS();
`;

const columns = `import { timestamp } from "drizzle-orm/pg-core";

export const timestamps = {
  createdAt: timestamp("created_at").defaultNow().notNull(),
  changedAt: timestamp("changed_at").$onUpdate(() => new Date()),
};
`;

const orders = `import { relations } from "drizzle-orm";
import { foreignKey, integer, pgSchema, primaryKey, type AnyPgColumn } from "drizzle-orm/pg-core";
import * as other from "./customers";
import { customers } from ".";

const billing = pgSchema("billing");

export const orders = billing.table("orders", (t) => ({
  id: t.integer("id").primaryKey().generatedAlwaysAsIdentity(),
  customerId: t.uuid("customer_id").notNull().references(() => customers.id, { onDelete: "cascade" }),
  parentId: t.integer("parent_id").references((): AnyPgColumn => orders.id),
  otherId: t.uuid("other_id").references(() => other.customers.id),
}));

export const lines = billing.table("order_lines", {
  orderId: integer("order_id").notNull(),
  line: integer("line").notNull(),
  beforeOrder: integer("before_order"),
  beforeLine: integer("before_line"),
}, (line) => ({
  key: primaryKey({ name: "lines_key", columns: [line.orderId, line.line] }),
  order: foreignKey({ columns: [line.orderId], foreignColumns: [orders.id], name: "of_order" }).onDelete("set null"),
  before: foreignKey({ columns: [line.beforeOrder, line.beforeLine], foreignColumns: [line.orderId, line.line] }),
}));

export const orderRelations = relations(orders, ({ one }) => ({ customer: one(customers) }));
`;

const read = (files: Files): Schema => {
  const project = makeProject({ "package.json": manifest, ...files });
  const schema = schemaOf(project.open("src/app.ts"));
  if (!schema) throw new Error("no schema");
  return schema;
};

const called = (name: string, { tables }: Schema): Table => {
  const found = tables.find((table) => table.name === name);
  if (!found) throw new Error(`no ${name}`);
  return found;
};

const shop: Files = {
  "src/db/customers.ts": customers,
  "src/db/columns.ts": columns,
  "src/db/orders.ts": orders,
  "src/db/index.ts": 'export * from "./customers"; export * from "./orders";',
};

test.for(codeSchemas.map((entry) => [entry.name, entry] as const))("what %s does is on a page", ([, { source, declares }]) => {
  for (const page of [source].flat()) expect(page).toMatch(/^https:\/\/[^ ]+$/);
  expect(declares.global || declares.sticky).toBe(false);
});

describe("tables that are calls", () => {
  test("have columns", () => {
    const { columns } = called("customers", read(shop));
    expect(columns.map(({ name, field, family, isNullable, isList, isGenerated, default: value }) => [name, field, family, isNullable, isList, isGenerated, value])).toEqual([
      ["id", "id", "uuid", false, false, true, null],
      ["number", "number", "integer", false, false, true, null],
      ["email_address", "mail", "text", false, false, false, null],
      ["tier", "tier", "enum", false, false, false, "free"],
      ["tags", "tags", "text", true, true, false, null],
      ["place", "place", "other", true, false, false, null],
      ["credit", "credit", "decimal", true, false, false, "0"],
      ["extra", "extra", "json", true, false, false, null],
      ["isOpen", "isOpen", "boolean", false, false, false, null],
      ["created_at", "createdAt", "time", false, false, true, null],
      ["changed_at", "changedAt", "time", true, false, true, null],
    ]);
  });

  test("have keys", () => {
    const table = called("customers", read(shop));
    expect(table).toMatchObject({ model: "customers", schema: null, rowSecurity: "on", isComplete: true, isWritten: false, primaryKey: { columns: ["id"] } });
    expect(table.policies).toMatchObject([
      { name: "own", command: "update", isPermissive: false, roles: ["anon", "authenticated"], using: "${id} = auth.uid()", check: null },
      { name: "all", command: "all", isPermissive: true, roles: ["public"], using: null, check: "true" },
    ]);
    expect(table.uniques).toMatchObject([
      { name: "one_mail", columns: ["email_address"] },
      { name: "lower_mail", columns: [null], parts: ["sql`lower(${email_address})`"] },
      { name: null, columns: ["number", "tier"] },
    ]);
    expect(table.indexes).toMatchObject([{ name: "by_credit", columns: ["credit"], isPartial: true }]);
  });

  test("have foreign keys, and relations are none", () => {
    const schema = read(shop);
    expect(called("orders", schema)).toMatchObject({ schema: "billing", primaryKey: { columns: ["id"] }, isComplete: true });
    expect(called("orders", schema).foreignKeys).toMatchObject([
      { columns: ["customer_id"], table: "customers", schema: null, targets: ["id"], onDelete: "cascade" },
      { columns: ["parent_id"], table: "orders", schema: "billing", targets: ["id"], onDelete: null },
      { columns: ["other_id"], table: "customers", targets: ["id"] },
    ]);
    expect(called("order_lines", schema)).toMatchObject({
      primaryKey: { name: "lines_key", columns: ["order_id", "line"] },
      foreignKeys: [
        { name: "of_order", columns: ["order_id"], table: "orders", targets: ["id"], onDelete: "set null" },
        { columns: ["before_order", "before_line"], table: "order_lines", targets: ["order_id", "line"] },
      ],
    });
  });

  test("have a dialect and enums, and stand where their names do", () => {
    const schema = read(shop);
    const { at, columns } = called("customers", schema);
    expect(schema).toMatchObject({ dialect: "postgresql", hasForeignKeys: true, enums: [{ name: "tier", values: ["free", "paid"] }] });
    expect(customers.slice(...at.range)).toBe("customers");
    expect(at.file).toMatch(/customers\.ts$/);
    expect(customers.slice(...(columns[2]?.at.range ?? [0, 0]))).toBe("mail");
    expect(columns[9]?.at.file).toMatch(/columns\.ts$/);
  });

  test("of SQLite hold what their mode says", () => {
    const schema = read({
      "db.js": `import { integer, sqliteTableCreator, text } from "drizzle-orm/sqlite-core";
        const table = sqliteTableCreator((name) => "shop_" + name);
        export const visits = table("visits", { id: integer({ mode: "number" }).primaryKey(), at: integer("at", { mode: "timestamp" }), seen: integer({ mode: "boolean" }), what: text({ mode: "json" }) });`,
    });
    expect(called("visits", schema).columns.map(({ name, family }) => [name, family])).toEqual([
      ["id", "integer"],
      ["at", "time"],
      ["seen", "boolean"],
      ["what", "json"],
    ]);
    expect(schema.dialect).toBe("sqlite");
  });
});

describe("a table of which something cannot be told is not complete", () => {
  const complete = (body: string): boolean | undefined =>
    read({ "src/db.ts": `import { pgTable, text, uuid, index, primaryKey } from "drizzle-orm/pg-core"; import { own } from "./own"; export const a = pgTable(${body});` }).tables[0]?.isComplete;

  test.for([
    ["columns of an unknown kind", '"a", { b: own("b") }'],
    ["columns that come from nowhere", '"a", { ...own }'],
    ["computed names", '"a", { [own]: text() }'],
    ["keys that come from elsewhere", '"a", { b: text() }, own'],
    ["a key that somebody else makes", '"a", { b: text() }, (t) => [own(t)]'],
    ["half typed", '"a", { b: }'],
    ["no columns yet", '"a"'],
    ["nothing yet", ""],
  ] as const)("%s", ([, body]) => {
    expect(complete(body)).not.toBe(true);
  });

  test("but for helpers that the project wrote itself", () => {
    const files = { "src/own.ts": 'import { timestamp } from "drizzle-orm/pg-core"; export const own = () => ({ at: timestamp("at") });' };
    const table = read({ ...files, "src/db.ts": 'import { pgTable, text } from "drizzle-orm/pg-core"; import { own } from "./own"; export const a = pgTable("a", { b: text(), ...own() });' });
    expect(table.tables[0]).toMatchObject({ isComplete: true, columns: [{ name: "b" }, { name: "at" }] });
  });
});

describe("what else declares the database", () => {
  const journal = { entries: [{ idx: 0, tag: "0000_a" }] };

  test("migrations that a tool writes from the tables add keys, and no tables", () => {
    const schema = read({ ...shop, "drizzle/meta/_journal.json": journal, "drizzle/0000_a.sql": 'CREATE TABLE "old" ("id" int); CREATE TABLE "customers" ("id" uuid); CREATE UNIQUE INDEX "n" ON "customers" ("number");' });
    expect(schema.tables.map(({ name, isWritten }) => [name, isWritten])).toEqual([
      ["customers", false],
      ["orders", false],
      ["order_lines", false],
    ]);
    expect(called("customers", schema).uniques.map(({ name }) => name)).toContain("n");
  });

  test("only a package that depends on the ORM is looked through, and no package below it", () => {
    const project = makeProject({ "package.json": { name: "shop" }, ...shop });
    expect(schemaOf(project.open("src/app.ts"))).toBeNull();
    const inner = { "packages/a/package.json": { name: "a" }, "packages/a/db.ts": customers.replaceAll("customers", "others") };
    expect(read({ ...shop, ...inner }).tables.map(({ name }) => name)).not.toContain("others");
  });

  test("an edit is seen, after a pause", async () => {
    const project = makeProject({ "package.json": manifest, ...shop });
    const names = (file: string): string[] | undefined => schemaOf(project.open(file))?.tables.map(({ name }) => name);
    const before = schemaOf(project.open("src/app.ts"));
    expect(schemaOf(project.open("src/other.ts"))).toBe(before);
    await setTimeout(600);
    project.write({ "src/db/more.ts": customers.replaceAll("customers", "more"), "src/db/customers.ts": "" });
    expect(names("src/app.ts")).toEqual(["more", "orders", "order_lines"]);
  });
});
