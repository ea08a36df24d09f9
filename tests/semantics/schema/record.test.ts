import { describe, expect, test } from "vitest";

import type { Schema, Table } from "../../../src/semantics/schema/model.js";
import { schemaOf } from "../../../src/semantics/schema/tables.js";
import { makeProject, type Files } from "../../support/project.js";

const read = (files: Files): Schema => {
  const schema = schemaOf(makeProject({ "package.json": { name: "shop", dependencies: { typeorm: "^0.3.20" } }, ...files }).open("src/app.ts"));
  if (!schema) throw new Error("no schema");
  return schema;
};

const called = (name: string, { tables }: Schema): Table => {
  const found = tables.find((table) => table.name === name);
  if (!found) throw new Error(`no ${name}`);
  return found;
};

const customer = `import { EntitySchema } from "typeorm";

export const CustomerEntity = new EntitySchema<Customer>({
  name: "Customer",
  tableName: "customers",
  schema: "sales",
  columns: {
    id: { type: "uuid", primary: true, generated: "uuid" },
    mail: { type: String, length: 200, unique: true, name: "email_address" },
    phone: { type: String, nullable: true },
    tags: { type: "text", array: true, default: "x" },
    visits: { type: Number, default: 0 },
    tier: { type: "enum", enum: ["free", "paid"] },
    countryCode: { type: String, foreignKey: { target: "Country", onDelete: "SET NULL" } },
    made: { type: Date, createDate: true },
    gone: { type: "timestamp", deleteDate: true },
  },
  indices: [{ name: "by_tier", columns: ["tier", "mail"] }, { columns: ["phone"], unique: true, where: "phone IS NOT NULL" }],
  uniques: [{ name: "one_visit", columns: ["visits", "tier"] }],
});
`;

const orders = `import { EntitySchema } from "typeorm";
import { CustomerEntity } from "./customer.js";

export const OrderEntity = new EntitySchema({
  name: "PurchaseOrder",
  columns: { id: { type: Number, primary: true, generated: true }, number: { type: "int" } },
  relations: {
    customer: { type: "many-to-one", target: () => CustomerEntity, joinColumn: { name: "customer_id" }, nullable: false, onDelete: "CASCADE" },
    parent: { type: "many-to-one", target: "PurchaseOrder" },
    receipt: { type: "one-to-one", target: "Receipt", joinColumn: true, createForeignKeyConstraints: false },
    lines: { type: "one-to-many", target: "Line", inverseSide: "order" },
  },
});
`;

const shop = { "src/customer.ts": customer, "src/orders.ts": orders, "src/country.ts": `import { EntitySchema } from "typeorm";\nnew EntitySchema({ name: "Country", columns: { code: { type: String, primary: true } } });` };

describe("tables that are objects of a class", () => {
  test("have columns", () => {
    const { columns, primaryKey, model, schema, isComplete } = called("customers", read(shop));
    expect([model, schema, isComplete, primaryKey?.columns]).toEqual(["Customer", "sales", true, ["id"]]);
    expect(columns.map(({ name, field, family, isNullable, isList, isGenerated, default: value }) => [name, field, family, isNullable, isList, isGenerated, value])).toEqual([
      ["id", "id", "uuid", false, false, true, null],
      ["email_address", "mail", "text", false, false, false, null],
      ["phone", "phone", "text", true, false, false, null],
      ["tags", "tags", "text", false, true, false, "x"],
      ["visits", "visits", "integer", false, false, false, "0"],
      ["tier", "tier", "enum", false, false, false, null],
      ["countryCode", "countryCode", "text", false, false, false, null],
      ["made", "made", "time", false, false, true, null],
      ["gone", "gone", "time", true, false, true, null],
    ]);
  });

  test("have keys", () => {
    const { uniques, indexes, foreignKeys } = called("customers", read(shop));
    expect(uniques.map(({ name, columns, isPartial }) => [name, columns, isPartial])).toEqual([
      [null, ["email_address"], false],
      ["one_visit", ["visits", "tier"], false],
      [null, ["phone"], true],
    ]);
    expect(indexes.map(({ name, columns }) => [name, columns])).toEqual([["by_tier", ["tier", "email_address"]]]);
    expect(foreignKeys).toMatchObject([{ columns: ["countryCode"], table: "Country".toLowerCase(), targets: ["code"], onDelete: "set null" }]);
  });

  test("have the columns of their relations", () => {
    const order = called("purchase_order", read(shop));
    expect(order.columns.map(({ name, isNullable }) => [name, isNullable])).toEqual([
      ["id", false],
      ["number", false],
      ["customer_id", false],
      ["parentId", true],
      ["receiptId", true],
    ]);
    expect(order.foreignKeys.map(({ columns, table, schema, targets, onDelete }) => [columns, table, schema, targets, onDelete])).toEqual([
      [["customer_id"], "customers", "sales", ["id"], "cascade"],
      [["parentId"], "purchase_order", null, ["id"], null],
    ]);
    expect(order.uniques.map(({ columns }) => columns)).toEqual([["receiptId"]]);
    // A relation without a key is one that the project keeps itself.
    expect(order.isComplete).toBe(false);
  });

  test("may stand in another module", () => {
    const schema = read({
      "src/db.js": `const typeorm = require("typeorm");\nconst EntitySchema = typeorm.EntitySchema;\nconst Users = require("./users");\ntypeorm.createConnection({ entities: [new EntitySchema(Users)] });`,
      "src/users.js": `module.exports = { name: "Users", columns: { id: { primary: true, type: "int", generated: true }, role: { type: "varchar" } } };`,
    });
    expect(called("users", schema)).toMatchObject({ model: "Users", isComplete: true, columns: [{ name: "id" }, { name: "role", family: "text" }] });
  });

  test("say where a column is declared", () => {
    const { at } = called("customers", read(shop)).columns[1] ?? {};
    expect(at && customer.slice(...at.range)).toBe("mail");
  });

  test.each([
    ["columns that come from elsewhere", "columns: { ...base, id: { type: Number, primary: true } }"],
    ["an object of columns that are part of it", "columns: { id: { type: Number, primary: true } }, embeddeds: { address: { schema: Address } }"],
    ["keys that come from elsewhere", "columns: { id: { type: Number, primary: true } }, uniques: keys"],
    ["relations that come from elsewhere", "columns: { id: { type: Number, primary: true } }, relations: relations()"],
    ["a column that comes from elsewhere", "columns: { id: { type: Number, primary: true }, name: text }"],
    ["options that come from elsewhere", "columns: { id: { type: Number, primary: true }, name: { ...text } }"],
  ])("are not known to be whole: %s", (_name, text) => {
    expect(called("a", read({ "src/a.ts": `import { EntitySchema } from "typeorm";\nnew EntitySchema({ name: "A", ${text} });` })).isComplete).toBe(false);
  });

  test.each([
    ["somebody else's class", `import { EntitySchema } from "./own";\n// "typeorm" EntitySchema\nnew EntitySchema({ name: "A", columns: { id: { type: Number, primary: true } } });`],
    ["half-typed code", `import { EntitySchema } from "typeorm";\nnew EntitySchema(); new EntitySchema({}); new EntitySchema({ name: "A" }); new EntitySchema({ name, columns: {} });`],
  ])("are none: %s", (_name, text) => expect(read({ "src/a.ts": text, ...shop }).tables).toHaveLength(3));
});
