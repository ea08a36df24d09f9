import { setTimeout } from "node:timers/promises";
import { Linter } from "eslint";
import { describe, expect, test } from "vitest";

import hardening from "../../../src/index.js";
import type { Schema, Table } from "../../../src/semantics/schema/model.js";
import { schemaOf } from "../../../src/semantics/schema/tables.js";
import { makeProject, type Files } from "../../support/project.js";

function read(library: string, files: Files): Schema {
  const schema = schemaOf(makeProject({ "package.json": { name: "shop", dependencies: { [library]: "^3.0.0" } }, ...files }).open("src/app.ts"));
  if (!schema) throw new Error("no schema");
  return schema;
}

function called(name: string, { tables }: Schema): Table {
  const found = tables.find((table) => table.name === name);
  if (!found) throw new Error(`no ${name}`);
  return found;
}

const columnsOf = ({ columns }: Table): string[] =>
  columns.map(({ name, type, isNullable, isGenerated, default: value }) => [name, type, !isNullable && "not null", isGenerated && "generated", value !== null && `= ${value}`].filter(Boolean).join(" "));

const keysOf = ({ primaryKey, uniques, indexes, foreignKeys }: Table): string[] => [
  ...(primaryKey ? [`primary ${primaryKey.columns.join()}`] : []),
  ...uniques.map(({ name, columns, isPartial }) => `unique ${name ?? ""} ${columns.join()}${isPartial ? " partial" : ""}`),
  ...indexes.map(({ name, columns }) => `index ${name ?? ""} ${columns.join()}`),
  ...foreignKeys.map(({ name, columns, table, targets, onDelete }) => `foreign ${name ?? ""} ${columns.join()} ${table}(${targets.join()}) ${onDelete ?? "-"}`),
];

const knexFirst = `exports.up = async function (knex) {
  await knex.schema.createTable("customers", (table) => {
    table.increments("id");
    table.string("email", 200).notNullable().unique();
    table.specificType("tags", "text[]");
    table.decimal("credit", 10, 2).notNullable().defaultTo(0);
    table.enu("tier", ["free", "paid"]).defaultTo("free").index();
    table.timestamps(true, true);
  });
  await knex.schema.withSchema("sales").createTable("orders", function (table) {
    table.uuid("id").primary().defaultTo(knex.raw("gen_random_uuid()"));
    table.integer("customer_id").unsigned().notNullable().references("id").inTable("customers").onDelete("CASCADE");
    table.string("number");
    table.integer("old");
    table.boolean("is_paid").nullable(false);
    table.unique(["customer_id", "number"]);
    table.foreign("number").references("customers.email");
  });
};

exports.down = (knex) => knex.schema.dropTable("customers");
`;

const knexSecond = `export async function up(knex: Knex): Promise<void> {
  if (await knex.schema.hasTable("orders")) return;
  await knex.schema.alterTable("customers", (t) => {
    t.string("phone").references("phones.number");
    t.string("email", 300).nullable().alter();
    t.renameColumn("credit", "balance");
    t.dropIndex("tier");
    t.dropNullable("tags");
    t.index(["balance", "tier"], "by_balance");
    t.dropTimestamps();
  });
  await knex.schema.table("customers", (t) => {
    t.dropUnique(["email"]);
    t.dropColumn("tier");
  });
  await knex.raw(\`CREATE UNIQUE INDEX one_email ON customers (lower(email)) WHERE email IS NOT NULL\`);
  await knex.schema.renameTable("customers", "clients");
}
`;

describe("migrations of Knex", () => {
  const files = { "migrations/20240101_first.js": knexFirst, "migrations/20240202_second.ts": knexSecond };

  test("make tables", () => {
    const schema = read("knex", { "db/migrations/1_first.js": knexFirst });
    expect(columnsOf(called("customers", schema))).toEqual([
      "id serial not null generated",
      "email varchar not null",
      "tags text",
      "credit decimal not null = 0",
      "tier enum = 'free'",
      "created_at timestamp not null = now()",
      "updated_at timestamp not null = now()",
    ]);
    expect(called("customers", schema).columns[2]).toMatchObject({ family: "text", isList: true });
    expect(keysOf(called("customers", schema))).toEqual(["primary id", "unique customers_email_unique email", "index customers_tier_index tier"]);
    const orders = called("orders", schema);
    expect(orders).toMatchObject({ schema: "sales", isComplete: true, isWritten: false, rowSecurity: "off" });
    expect(columnsOf(orders)).toEqual(['id uuid not null = knex.raw("gen_random_uuid()")', "customer_id integer not null", "number varchar", "old integer", "is_paid boolean not null"]);
    expect(keysOf(orders)).toEqual([
      "primary id",
      "unique orders_customer_id_number_unique customer_id,number",
      "foreign orders_customer_id_foreign customer_id customers(id) cascade",
      "foreign orders_number_foreign number customers(email) -",
    ]);
  });

  test("run one after the other, to the last", () => {
    const clients = called("clients", read("knex", files));
    expect(columnsOf(clients)).toEqual(["id serial not null generated", "email varchar", "tags text not null", "balance decimal not null = 0", "phone varchar"]);
    expect(clients.uniques).toMatchObject([{ name: "one_email", columns: [null], isPartial: true }]);
    expect(clients.foreignKeys).toMatchObject([{ columns: ["phone"], table: "phones", targets: ["number"] }]);
    expect(clients.isComplete).toBe(true);
  });

  test("in the order that their numbers have", () => {
    const drop = "exports.up = (knex) => knex.schema.dropTable('orders');";
    const make = "exports.up = (knex) => knex.schema.createTable('orders', (table) => { table.increments(); });";
    expect(read("knex", { "migrations/2.9.0.js": drop, "migrations/2.10.0.js": make }).tables).toHaveLength(1);
    expect(read("knex", { "migrations/2.9.0.js": make, "migrations/2.10.0.js": drop }).tables).toHaveLength(0);
  });

  test("say where a column is declared", () => {
    const { at, whole } = called("customers", read("knex", { "migrations/1_first.js": knexFirst })).columns[1] ?? {};
    expect(at && knexFirst.slice(...at.range)).toBe('"email"');
    expect(whole && knexFirst.slice(...whole.range)).toBe('table.string("email", 200).notNullable().unique()');
  });

  test.each([
    ["a function that is handed the table", "exports.up = (knex) => knex.schema.createTable('orders', (table) => { table.increments(); addOwner(table); });"],
    ["a column whose name is put together", "exports.up = (knex) => knex.schema.createTable('orders', (table) => { table.increments(); table.string(name); });"],
    ["a callback that comes from elsewhere", "exports.up = (knex) => knex.schema.createTable('orders', columns);"],
    ["a function that is handed the database", "exports.up = async (knex) => { await knex.schema.createTable('orders', (table) => { table.increments(); }); await addKeys(knex); };"],
    ["SQL that is put together", "exports.up = async (knex) => { await knex.schema.createTable('orders', (table) => { table.increments(); }); await knex.raw(`ALTER TABLE orders ADD UNIQUE (${names})`); };"],
  ])("do not tell all of a table: %s", (_name, text) => {
    expect(called("orders", read("knex", { "migrations/1.js": text }))).toMatchObject({ isComplete: false });
  });

  test.each([
    ["what takes a migration back", "exports.down = (knex) => knex.schema.createTable('orders', (table) => { table.increments(); });\nexports.up = (knex) => knex.schema.hasTable('orders');"],
    ["rows", "exports.up = async (knex) => { await knex('orders').insert({ a: 1 }); await knex.schema.hasTable('orders'); };"],
    ["half-typed code", "exports.up = (knex) => knex.schema.createTable("],
  ])("are none: %s", (_name, text) => expect(read("knex", { "migrations/1.js": text, "migrations/0.js": "exports.up = (knex) => knex.schema.createTable('a', (t) => { t.increments(); });" }).tables).toHaveLength(1));
});

test("rules read the migration that makes a table, and what later ones make of it", () => {
  const make = "exports.up = (knex) => knex.schema.createTable('users', (table) => {\n  table.increments();\n  table.string('email');\n});\n";
  const project = makeProject({ "package.json": { name: "shop", dependencies: { knex: "^3.0.0" } }, "migrations/1.js": make });
  const lint = (): string[] =>
    new Linter({ cwd: project.dir })
      .verify(make, [{ files: ["**/*.js"], plugins: { hardening }, rules: { "hardening/require-unique-login": "error" } }], { filename: project.path("migrations/1.js") })
      .map(({ ruleId, line, column }) => `${ruleId ?? ""} ${line}:${column}`);
  expect(lint()).toEqual(["hardening/require-unique-login 3:16"]);
  project.write({ "migrations/2.js": "exports.up = (knex) => knex.schema.alterTable('users', (table) => { table.unique(['email']); });" });
  return setTimeout(300).then(() => expect(lint()).toEqual([]));
});

const kyselyFirst = `import { sql, type Kysely } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.createType("tier").asEnum(["free", "paid"]).execute();
  await db.schema
    .createTable("customers")
    .ifNotExists()
    .addColumn("id", "serial", (column) => column.primaryKey())
    .addColumn("email", "varchar(200)", (column) => column.notNull().unique())
    .addColumn("tier", sql\`tier\`, (column) => column.notNull().defaultTo("free"))
    .addColumn("made_at", "timestamptz", (column) => column.defaultTo(sql\`now()\`).notNull())
    .execute();
  await db.schema
    .createTable("orders")
    .addColumn("id", "uuid")
    .addColumn("customer_id", "integer", (c) => c.references("customers.id").onDelete("cascade").notNull())
    .addColumn("parent_id", "uuid")
    .addPrimaryKeyConstraint("orders_pk", ["id"])
    .addUniqueConstraint("one_parent", ["customer_id", "parent_id"])
    .addForeignKeyConstraint("orders_parent", ["parent_id"], "orders", ["id"], (key) => key.onDelete("set null"))
    .execute();
  await db.schema.createIndex("by_time").on("customers").columns(["made_at desc", "tier"]).execute();
}
`;

const kyselySecond = `import { sql, type Kysely } from "kysely";

export const up = async (db: Kysely<any>) => {
  await db.schema.alterTable("orders").addColumn("note", "text").dropColumn("parent_id").renameColumn("customer_id", "owner_id").execute();
  await db.schema.alterTable("orders").alterColumn("note", (column) => column.setNotNull()).execute();
  await db.schema.alterTable("customers").alterColumn("email", (column) => column.setDataType("text")).dropConstraint("customers_email_key").execute();
  await db.schema.createIndex("one_email").on("customers").expression(sql\`lower(email)\`).unique().execute();
  await db.schema.dropIndex("by_time").execute();
  await sql\`ALTER TABLE orders ENABLE ROW LEVEL SECURITY\`.execute(db);
  await db.schema.alterTable("customers").renameTo("clients").execute();
};
`;

describe("migrations of Kysely", () => {
  test("make tables", () => {
    const schema = read("kysely", { "migrations/1_first.ts": kyselyFirst });
    expect(columnsOf(called("customers", schema))).toEqual(["id serial not null generated", "email varchar not null", "tier tier not null = 'free'", "made_at timestamptz not null = sql`now()`"]);
    expect(called("customers", schema).columns[2]).toMatchObject({ family: "enum" });
    expect(keysOf(called("customers", schema))).toEqual(["primary id", "unique customers_email_key email", "index by_time made_at,tier"]);
    expect(keysOf(called("orders", schema))).toEqual([
      "primary id",
      "unique one_parent customer_id,parent_id",
      "foreign orders_customer_id_fkey customer_id customers(id) cascade",
      "foreign orders_parent parent_id orders(id) set null",
    ]);
    expect(called("orders", schema)).toMatchObject({ isComplete: true });
    expect(schema.enums).toMatchObject([{ name: "tier", values: ["free", "paid"] }]);
  });

  test("run one after the other, to the last", () => {
    const schema = read("kysely", { "migrations/1_first.ts": kyselyFirst, "migrations/2_second.ts": kyselySecond });
    const clients = called("clients", schema);
    expect(columnsOf(clients)[1]).toBe("email text not null");
    expect(clients.uniques).toMatchObject([{ name: "one_email", columns: [null], parts: ["lower(email)"] }]);
    expect(clients.indexes).toEqual([]);
    const orders = called("orders", schema);
    expect(columnsOf(orders)).toEqual(["id uuid not null", "owner_id integer not null", "note text not null"]);
    expect(orders).toMatchObject({ rowSecurity: "on", uniques: [] });
    expect(keysOf(orders)).toEqual(["primary id", "foreign orders_customer_id_fkey owner_id clients(id) cascade"]);
  });

  test.each([
    ["a function adds columns", 'await db.schema.createTable("orders").addColumn("id", "uuid", (c) => c.primaryKey()).$call(addTimes).execute();'],
    ["a query does", 'await db.schema.createTable("orders").as(db.selectFrom("old")).execute();'],
    ["a column's own words come from elsewhere", 'await db.schema.createTable("orders").addColumn("id", "uuid", own).execute();'],
  ])("do not tell all of a table: %s", (_name, text) => {
    expect(called("orders", read("kysely", { "migrations/1.ts": `export async function up(db) { ${text} }` }))).toMatchObject({ isComplete: false });
  });
});
