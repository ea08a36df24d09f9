import { describe, expect, test } from "vitest";

import type { Schema, Table } from "../../../src/semantics/schema/model.js";
import { schemaOf } from "../../../src/semantics/schema/tables.js";
import { makeProject, type Files } from "../../support/project.js";

const manifest = { name: "shop", dependencies: { sequelize: "^6.37.0" } };

const customer = `import { DataTypes, Model, type Sequelize } from "sequelize";

class Customer extends Model {}

export const init = (sequelize: Sequelize): void => {
  Customer.init(
    {
      id: { type: DataTypes.UUID, defaultValue: DataTypes.UUIDV4, primaryKey: true },
      mail: { type: DataTypes.STRING(200), allowNull: false, unique: true, field: "email_address" },
      firstName: { type: DataTypes.STRING, unique: "one_name" },
      lastName: { type: DataTypes.STRING, unique: "one_name" },
      tier: { type: DataTypes.ENUM("free", "paid"), defaultValue: "free" },
      visits: DataTypes.INTEGER.UNSIGNED,
      tags: DataTypes.ARRAY(DataTypes.TEXT),
      born: { type: DataTypes.DATEONLY },
      full: { type: DataTypes.VIRTUAL },
    },
    { sequelize, tableName: "customers", schema: "sales", paranoid: true, indexes: [{ fields: ["visits"] }, { unique: true, name: "one_tier", fields: ["tier", "mail"], where: { tier: "paid" } }] },
  );
};

export { Customer as CustomerModel };
`;

const orders = `const { DataTypes, Sequelize } = require("sequelize");
const sequelize = new Sequelize("sqlite::memory:");

const Order = sequelize.define("order", {
  customerId: { type: DataTypes.UUID, allowNull: false },
  parentId: { type: DataTypes.INTEGER, references: { model: "orders", key: "id" }, onDelete: "SET NULL" },
  category: DataTypes.STRING,
}, { timestamps: false });

const Category = sequelize.define("Category", { name: DataTypes.STRING, OrderId: DataTypes.INTEGER }, { freezeTableName: true });
const Label = sequelize.define("label", { orderId: DataTypes.INTEGER, categoryId: DataTypes.INTEGER });

module.exports = { Order, Category, Label };
`;

const links = `import { CustomerModel } from "./customer";
import { Category, Label, Order } from "./orders";

export function link() {
  Order.belongsTo(CustomerModel, { foreignKey: "customerId", onDelete: "CASCADE" });
  CustomerModel.hasMany(Order, { foreignKey: { name: "customerId" } });
  Order.hasOne(Category);
  Order.belongsToMany(Category, { through: Label, foreignKey: "orderId", otherKey: "categoryId" });
  Category.belongsTo(Order, { as: "first" });
}
`;

const read = (files: Files): Schema => {
  const schema = schemaOf(makeProject({ "package.json": manifest, ...files }).open("src/app.ts"));
  if (!schema) throw new Error("no schema");
  return schema;
};

const called = (name: string, { tables }: Schema): Table => {
  const found = tables.find((table) => table.name === name);
  if (!found) throw new Error(`no ${name}`);
  return found;
};

const shop: Files = { "src/models/customer.ts": customer, "src/models/orders.js": orders, "src/models/links.ts": links };

describe("tables that are objects", () => {
  test("have columns, and those that come by themselves", () => {
    const { columns } = called("customers", read(shop));
    expect(columns.map(({ name, field, family, isNullable, isList, isGenerated, default: value }) => [name, field, family, isNullable, isList, isGenerated, value])).toEqual([
      ["id", "id", "uuid", false, false, false, "DataTypes.UUIDV4"],
      ["email_address", "mail", "text", false, false, false, null],
      ["firstName", "firstName", "text", true, false, false, null],
      ["lastName", "lastName", "text", true, false, false, null],
      ["tier", "tier", "enum", true, false, false, "free"],
      ["visits", "visits", "integer", true, false, false, null],
      ["tags", "tags", "text", true, true, false, null],
      ["born", "born", "time", true, false, false, null],
      ["createdAt", "createdAt", "time", false, false, true, null],
      ["updatedAt", "updatedAt", "time", false, false, true, null],
      ["deletedAt", "deletedAt", "time", true, false, true, null],
    ]);
  });

  test("have keys", () => {
    const table = called("customers", read(shop));
    expect(table).toMatchObject({ model: "Customer", schema: "sales", primaryKey: { columns: ["id"] }, isComplete: true, indexes: [{ columns: ["visits"] }] });
    expect(table.uniques).toMatchObject([
      { columns: ["email_address"] },
      { name: "one_name", columns: ["firstName", "lastName"] },
      { name: "one_tier", columns: ["tier", "email_address"], isPartial: true },
    ]);
  });

  test("have foreign keys, their own and those of links", () => {
    const schema = read(shop);
    expect(called("orders", schema).columns.map(({ name }) => name)).toEqual(["id", "customerId", "parentId", "category"]);
    expect(called("orders", schema).foreignKeys).toMatchObject([
      { columns: ["parentId"], table: "orders", targets: ["id"], onDelete: "set null" },
      { columns: ["customerId"], table: "customers", schema: "sales", targets: ["id"], onDelete: "cascade" },
    ]);
    expect(called("Category", schema)).toMatchObject({
      columns: [{ name: "id" }, { name: "name" }, { name: "OrderId" }, { name: "createdAt" }, { name: "updatedAt" }, { name: "first_id" }],
      foreignKeys: [
        { columns: ["OrderId"], table: "orders" },
        { columns: ["first_id"], table: "orders" },
      ],
    });
    expect(called("labels", schema).foreignKeys).toMatchObject([
      { columns: ["orderId"], table: "orders" },
      { columns: ["categoryId"], table: "Category" },
    ]);
  });

  test("stand where their names do", () => {
    const { at, columns } = called("customers", read(shop));
    expect(customer.slice(...at.range)).toBe("Customer");
    expect(customer.slice(...(columns[1]?.at.range ?? [0, 0]))).toBe("mail");
    expect(orders.slice(...called("orders", read(shop)).at.range)).toBe('"order"');
  });

  test("that are handed the library, and link themselves", () => {
    const file = (name: string, other: string): string => `module.exports = (sequelize, DataTypes) => {
      class ${name} extends require("sequelize").Model { static associate(models) { this.belongsTo(models.${other}, { foreignKey: "otherId" }); } }
      ${name}.init({ otherId: DataTypes.INTEGER }, { sequelize, modelName: "${name}" });
      return ${name};
    };`;
    const schema = read({ "models/a.js": file("Apple", "Berry"), "models/b.js": file("Berry", "Apple") });
    expect(called("Apples", schema)).toMatchObject({ isComplete: true, foreignKeys: [{ columns: ["otherId"], table: "Berries" }] });
    expect(called("Berries", schema)).toMatchObject({ foreignKeys: [{ columns: ["otherId"], table: "Apples" }] });
  });
});

describe("a table of which something cannot be told is not complete", () => {
  const complete = (columns: string, rest = ""): boolean | undefined =>
    read({
      "models.js": `import { DataTypes, Sequelize } from "sequelize"; import { own } from "./own"; const sequelize = new Sequelize("");
      export const A = sequelize.define("a", { name: DataTypes.STRING, ${columns} }); ${rest}`,
    }).tables[0]?.isComplete;

  test.for([
    ["columns that come from elsewhere", "...own", ""],
    ["a type of its own", "b: own", ""],
    ["options that come from elsewhere", "b: { type: DataTypes.STRING, ...own }", ""],
    ["a link that leads from nobody knows where", "", "own().belongsTo(A); own.belongsTo(A);"],
    ["a link without a foreign key", "bId: DataTypes.INTEGER", "A.belongsTo(A, { foreignKey: 'bId', constraints: false });"],
  ] as const)("%s", ([, columns, rest]) => expect(complete(columns, rest)).toBe(false));

  test("nor where a migration may give it a key", () => {
    expect(read({ ...shop, "migrations/1-a.js": "module.exports = { up: (queryInterface) => queryInterface.addConstraint(table, key) };" }).tables.map(({ isComplete }) => isComplete)).not.toContain(true);
  });

  test("but for one without anything odd, links to tables between two others among it", () => expect(complete("", "A.belongsToMany(A, { through: 'between' });")).toBe(true));

  test("half typed", () => expect(complete("b: {}, c: { type: }")).not.toBe(true));
});

test("other calls of those names make no tables", () => {
  const project = makeProject({ "package.json": manifest, "src/app.js": 'import "sequelize"; i18n.init({ lng: "de" }, { debug: true }); customElements.define("a-b", { extends: "p" }); x.define("y", { z: Colors.RED });' });
  expect(schemaOf(project.open("src/app.ts"))?.tables.map(({ model }) => model)).toEqual([]);
});
