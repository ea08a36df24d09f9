import { describe, expect, test } from "vitest";

import type { Schema, Table } from "../../../src/semantics/schema/model.js";
import { schemaOf } from "../../../src/semantics/schema/tables.js";
import { makeProject, type Files } from "../../support/project.js";

function read(library: string, files: Files): Schema {
  const schema = schemaOf(makeProject({ "package.json": { name: "shop", dependencies: { [library]: "^6.0.0" } }, ...files }).open("src/app.ts"));
  if (!schema) throw new Error("no schema");
  return schema;
}

function called(name: string, { tables }: Schema): Table {
  const found = tables.find((table) => table.name === name);
  if (!found) throw new Error(`no ${name}`);
  return found;
}

const columnsOf = ({ columns }: Table): string[] =>
  columns.map(({ name, type, isNullable, isList, isGenerated, default: value }) =>
    [name, type + (isList ? "[]" : ""), !isNullable && "not null", isGenerated && "generated", value !== null && `= ${value}`].filter(Boolean).join(" "),
  );

const keysOf = ({ primaryKey, uniques, indexes, foreignKeys }: Table): string[] => [
  ...(primaryKey ? [`primary ${primaryKey.columns.join()}`] : []),
  ...uniques.map(({ name, columns, isPartial }) => `unique ${name ?? ""} ${columns.join()}${isPartial ? " partial" : ""}`),
  ...indexes.map(({ name, columns }) => `index ${name ?? ""} ${columns.join()}`),
  ...foreignKeys.map(({ columns, table, targets, onDelete }) => `foreign ${columns.join()} ${table}(${targets.join()}) ${onDelete ?? "-"}`),
];

const sequelizeFirst = `"use strict";
const table = "customers";
module.exports = {
  up: async (queryInterface, Sequelize) => {
    await queryInterface.createTable(table, {
      id: { type: Sequelize.UUID, primaryKey: true, allowNull: false, defaultValue: Sequelize.UUIDV4 },
      email: { type: Sequelize.STRING(200), allowNull: false, unique: true },
      tags: Sequelize.ARRAY(Sequelize.TEXT),
      credit: { type: Sequelize.DECIMAL(10, 2), allowNull: false, defaultValue: 0 },
      born: { type: "TIMESTAMP WITH TIME ZONE", defaultValue: "now" },
      visits: Sequelize.INTEGER.UNSIGNED,
    });
    return queryInterface.createTable({ tableName: "orders", schema: "sales" }, {
      id: { type: Sequelize.INTEGER, autoIncrement: true, primaryKey: true },
      customerId: { type: Sequelize.UUID, references: { model: "customers", key: "id" }, onDelete: "CASCADE" },
      number: Sequelize.STRING,
      line: Sequelize.INTEGER,
    }, { uniqueKeys: { one_number: { fields: ["number", "line"] } } }).then(() => queryInterface.addIndex("customers", ["born", "visits"]));
  },
  down: async (queryInterface) => { await queryInterface.dropTable("customers"); },
};
`;

const sequelizeSecond = `module.exports = {
  async up(queryInterface, DataTypes) {
    const transaction = await queryInterface.sequelize.transaction();
    await queryInterface.sequelize.transaction(async (transaction) => {
      await queryInterface.addColumn("customers", "phone", { type: DataTypes.STRING }, { transaction });
    });
    await queryInterface.changeColumn("customers", "email", { type: DataTypes.TEXT, allowNull: true });
    await queryInterface.renameColumn("customers", "credit", "balance");
    await queryInterface.removeColumn("customers", "visits");
    await queryInterface.removeConstraint("customers", "customers_email_key");
    await queryInterface.addConstraint("customers", { fields: ["phone", "email"], type: "unique", name: "one_phone" });
    await queryInterface.addConstraint("customers", ["balance"], { type: "check", name: "positive" });
    await queryInterface.addIndex("customers", ["born"], { name: "born_once", unique: true, where: { balance: 0 } });
    await queryInterface.addIndex("customers", { fields: ["tags"], using: "gin" });
    await queryInterface.removeIndex("customers", "customers_tags");
    const wanted = ["customers"];
    await queryInterface.sequelize.query(\`CREATE UNIQUE INDEX one_mail ON "\${"customers"}" (lower(email))\`);
    await queryInterface.renameTable("customers", "clients");
  },
};
`;

describe("migrations of Sequelize", () => {
  test("make tables", () => {
    const schema = read("sequelize", { "db/migrations/1_first.js": sequelizeFirst });
    expect(columnsOf(called("customers", schema))).toEqual([
      "id uuid not null = Sequelize.UUIDV4",
      "email varchar not null",
      "tags text[]",
      "credit decimal not null = 0",
      "born timestamp with time zone = 'now'",
      "visits integer",
    ]);
    expect(keysOf(called("customers", schema))).toEqual(["primary id", "unique customers_email_key email", "index customers_born_visits born,visits"]);
    const orders = called("orders", schema);
    expect(orders).toMatchObject({ schema: "sales", isComplete: true });
    expect(keysOf(orders)).toEqual(["primary id", "unique  number,line".replace("  ", " orders_number_line_key "), "foreign customerId customers(id) cascade"]);
    expect(orders.columns[0]).toMatchObject({ isGenerated: true, isNullable: false });
  });

  test("run one after the other, to the last", () => {
    const clients = called("clients", read("sequelize", { "migrations/1.js": sequelizeFirst, "migrations/2.js": sequelizeSecond }));
    expect(columnsOf(clients).slice(1)).toEqual(["email text", "tags text[]", "balance decimal not null = 0", "born timestamp with time zone = 'now'", "phone varchar"]);
    expect(keysOf(clients)).toEqual(["primary id", "unique one_phone phone,email", "unique born_once born partial", "unique one_mail "]);
    expect(clients.isComplete).toBe(true);
  });

  test("say where a column is declared", () => {
    const { at, whole } = called("customers", read("sequelize", { "migrations/1.js": sequelizeFirst })).columns[1] ?? {};
    expect(at && sequelizeFirst.slice(...at.range)).toBe("email");
    expect(whole && sequelizeFirst.slice(...whole.range)).toBe("email: { type: Sequelize.STRING(200), allowNull: false, unique: true }");
  });

  test("a key by any value that is true", () => {
    const table = (key: string): string => `exports.up = (queryInterface, Sequelize) => queryInterface.createTable("shelves", { a: { type: Sequelize.INTEGER, primaryKey: ${key} }, b: { type: Sequelize.INTEGER, primaryKey: ${key} } });`;
    const keyOf = (key: string) => called("shelves", read("sequelize", { "migrations/1-shelves.js": table(key) })).primaryKey?.columns ?? null;
    expect(keyOf(`"both"`)).toEqual(["a", "b"]);
    expect(keyOf("false")).toBeNull();
    expect(keyOf(`""`)).toBeNull();
  });

  const up = (body: string): string => `exports.up = async (queryInterface, Sequelize) => { await queryInterface.createTable("orders", { id: { type: Sequelize.INTEGER, primaryKey: true } }); ${body} };`;

  test.each([
    ["columns that come from elsewhere", `exports.up = (queryInterface) => queryInterface.createTable("orders", columns());`],
    ["columns that are spread", `exports.up = (queryInterface, Sequelize) => queryInterface.createTable("orders", { ...base, id: Sequelize.INTEGER });`],
    ["a column with options that are spread", `exports.up = (queryInterface, Sequelize) => queryInterface.createTable("orders", { id: { ...base } });`],
    ["a key of columns that come from elsewhere", up(`await queryInterface.addConstraint("orders", { fields, type: "unique" });`)],
    ["a key that comes from elsewhere", up(`await queryInterface.addConstraint("orders", key);`)],
    ["an index of a table that comes from elsewhere", up(`for (const table of tables) await queryInterface.addIndex(table, ["id"]);`)],
    ["SQL that is put together", up("await queryInterface.sequelize.query(`ALTER TABLE orders ADD UNIQUE (${names})`);")],
    ["a function that is handed the interface", up("await addKeys(queryInterface);")],
  ])("do not tell all of a table: %s", (_name, text) => {
    expect(called("orders", read("sequelize", { "migrations/1.js": text }))).toMatchObject({ isComplete: false });
  });

  test.each([
    ["what takes a migration back", `exports.down = (queryInterface, S) => queryInterface.createTable("b", { id: S.INTEGER }); exports.up = (queryInterface) => queryInterface.dropTable("c");`],
    ["rows", `exports.up = (queryInterface) => queryInterface.bulkInsert("b", [{ id: 1 }]).then(() => queryInterface.addColumn("orders"));`],
    ["half-typed code", `exports.up = (queryInterface) => queryInterface.createTable(`],
    ["half-typed calls", `exports.up = (queryInterface) => { queryInterface.createTable(); queryInterface.addColumn("orders", "a"); queryInterface.addIndex(); queryInterface.renameTable("x"); };`],
  ])("are none: %s", (_name, text) => expect(read("sequelize", { "migrations/0.js": up(""), "migrations/1.js": text }).tables).toHaveLength(1));
});

describe("models whose tables migrations change", () => {
  const model = `import { DataTypes, Sequelize } from "sequelize";\nexport const User = new Sequelize("x").define("user", { email: DataTypes.STRING, slug: DataTypes.STRING }, { tableName: "users" });`;
  const migration = (body: string): string => `exports.up = async (queryInterface, Sequelize) => { ${body} };`;
  const users = (body: string): Table => called("users", read("sequelize", { "src/user.ts": model, "migrations/1.js": migration(body) }));

  test("have the keys that those add", () => {
    const table = users(`await queryInterface.addIndex("users", ["email"], { unique: true, name: "one" });`);
    expect(table).toMatchObject({ isComplete: true, declaredWith: "sequelize", uniques: [{ name: "one", columns: ["email"] }] });
  });

  test("are known to be whole where what cannot be read speaks of another", () =>
    expect(users(`await queryInterface.createTable("orders", { id: Sequelize.INTEGER }); await queryInterface.addConstraint("orders", key);`).isComplete).toBe(true));

  test.each([
    ["of it", `await queryInterface.addConstraint("users", key);`],
    ["of any", `for (const table of tables) await queryInterface.addConstraint(table, { fields: ["email"], type: "unique" });`],
  ])("are not known to be whole where what cannot be read speaks %s", (_name, body) => expect(users(body).isComplete).toBe(false));

  test("are not known to be whole where other code changes them", () => {
    const files = { "src/user.ts": model, "src/setup.ts": `export const setUp = (queryInterface) => queryInterface.addIndex("users", ["email"], { unique: true });` };
    expect(called("users", read("sequelize", files)).isComplete).toBe(false);
  });
});

const typeormFirst = `import { MigrationInterface, QueryRunner, Table, TableColumn, TableForeignKey, TableIndex } from "typeorm";

export class First1700000000000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createTable(
      new Table({
        name: "customers",
        columns: [
          { name: "id", type: "uuid", isPrimary: true, generationStrategy: "uuid", default: "uuid_generate_v4()" },
          new TableColumn({ name: "email", type: "varchar(200)", isUnique: true }),
          { name: "phone", type: "varchar", isNullable: true },
          { name: "tags", type: "text", isArray: true, isNullable: true },
        ],
        uniques: [{ name: "one_phone", columnNames: ["phone", "email"] }],
        indices: [{ name: "by_phone", columnNames: ["phone"] }],
      }),
      true,
    );
    await queryRunner.query(\`CREATE TABLE "orders" ("id" SERIAL NOT NULL, "customerId" uuid, "number" text, CONSTRAINT "PK_1" PRIMARY KEY ("id"))\`);
    await queryRunner.query("ALTER TABLE \\"orders\\" ADD CONSTRAINT \\"FK_1\\" FOREIGN KEY (\\"customerId\\") REFERENCES \\"customers\\"(\\"id\\") ON DELETE CASCADE");
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable("customers");
  }
}
`;

const typeormSecond = `import { MigrationInterface, QueryRunner, TableColumn, TableForeignKey, TableIndex } from "typeorm";

export default class Second1800000000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner) {
    await queryRunner.addColumn("orders", new TableColumn({ name: "parentId", type: "int", isNullable: true }));
    await queryRunner.addColumns("orders", [{ name: "total", type: "numeric" }, { name: "note", type: "text", isNullable: true, default: "'-'" }]);
    await queryRunner.createForeignKey("orders", new TableForeignKey({ columnNames: ["parentId"], referencedTableName: "orders", referencedColumnNames: ["id"], onDelete: "SET NULL" }));
    await queryRunner.createIndex("orders", new TableIndex({ name: "one_number", columnNames: ["number"], isUnique: true, where: "number IS NOT NULL" }));
    await queryRunner.changeColumn("orders", "note", new TableColumn({ name: "remark", type: "varchar" }));
    await queryRunner.renameColumn("customers", "phone", "mobile");
    await queryRunner.dropColumns("customers", ["tags"]);
    await queryRunner.dropIndex("customers", "by_phone");
    await queryRunner.dropUniqueConstraint("customers", "one_phone");
  }
}
`;

describe("migrations of TypeORM", () => {
  test("make tables", () => {
    const schema = read("typeorm", { "src/migrations/1700000000000-First.ts": typeormFirst });
    expect(columnsOf(called("customers", schema))).toEqual(["id uuid not null generated = 'uuid_generate_v4()'", "email varchar not null", "phone varchar", "tags text[]"]);
    expect(keysOf(called("customers", schema))).toEqual(["primary id", "unique customers_email_key email", "unique one_phone phone,email", "index by_phone phone"]);
    expect(columnsOf(called("orders", schema))).toEqual(["id serial not null generated", "customerId uuid", "number text"]);
    expect(keysOf(called("orders", schema))).toEqual(["primary id", "foreign customerId customers(id) cascade"]);
  });

  test("run one after the other, to the last", () => {
    const schema = read("typeorm", { "src/migrations/1700000000000-First.ts": typeormFirst, "src/migrations/1800000000000-Second.ts": typeormSecond });
    expect(columnsOf(called("orders", schema))).toEqual(["id serial not null generated", "customerId uuid", "number text", "parentId int", "total numeric not null", "remark varchar not null"]);
    expect(keysOf(called("orders", schema))).toEqual(["primary id", "unique one_number number partial", "foreign customerId customers(id) cascade", "foreign parentId orders(id) set null"]);
    expect(columnsOf(called("customers", schema)).map((each) => each.split(" ")[0])).toEqual(["id", "email", "mobile"]);
    expect(keysOf(called("customers", schema))).toEqual(["primary id", "unique customers_email_key email"]);
  });

  test("add keys to entities, which are what is right", () => {
    const entity = `import { Column, Entity, PrimaryGeneratedColumn } from "typeorm";\n@Entity("customers") export class Customer { @PrimaryGeneratedColumn("uuid") id: string; @Column() email: string; }`;
    const table = called("customers", read("typeorm", { "src/customer.ts": entity, "src/migrations/1700000000000-First.ts": typeormFirst }));
    expect(table).toMatchObject({ declaredWith: "typeorm", isComplete: true, model: "Customer", columns: [{ name: "id" }, { name: "email" }] });
    expect(table.uniques.map(({ columns }) => columns)).toContainEqual(["email"]);
  });
});

const pgMigrate = `exports.up = (pgm) => {
  pgm.createType("tier", ["free", "paid"]);
  pgm.createTable("customers", {
    id: "id",
    email: { type: "varchar(200)", notNull: true, unique: true },
    tier: { type: "tier", notNull: true, default: "free" },
    made_at: { type: "timestamptz", default: pgm.func("now()") },
  });
  pgm.createTable(
    { schema: "sales", name: "orders" },
    { id: { type: "uuid", primaryKey: true }, customer_id: { type: "int", notNull: true, references: '"customers"', onDelete: "cascade" }, number: "text", line: "int" },
    { constraints: { unique: ["number", "line"] } },
  );
  pgm.addColumns("customers", { parent_id: { type: "integer", references: "customers(id)" }, phone: "text" });
  pgm.alterColumn("customers", "phone", { notNull: true, type: "varchar" });
  pgm.addConstraint("customers", "one_phone", { unique: "phone" });
  pgm.createIndex("customers", ["tier", "made_at"]);
  pgm.dropColumns("customers", "made_at");
  pgm.sql("CREATE UNIQUE INDEX one_email ON customers (lower(email))");
};
`;

test("migrations of node-pg-migrate", () => {
  const schema = read("node-pg-migrate", { "migrations/1_first.js": pgMigrate });
  expect(columnsOf(called("customers", schema))).toEqual(["id serial not null generated", "email varchar not null", "tier tier not null = 'free'", "parent_id integer", "phone varchar not null"]);
  expect(called("customers", schema).columns[2]).toMatchObject({ family: "enum" });
  expect(keysOf(called("customers", schema))).toEqual([
    "primary id",
    "unique customers_email_key email",
    "unique one_phone phone",
    "unique one_email ",
    "foreign parent_id customers(id) -",
  ]);
  const orders = called("orders", schema);
  expect([orders.schema, orders.isComplete]).toEqual(["sales", true]);
  expect(keysOf(orders)).toEqual(["primary id", "unique orders_number_line_key number,line", "foreign customer_id customers(id) cascade"]);
});
