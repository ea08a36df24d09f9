import rule from "../../../src/rules/data-model/no-vague-column.js";
import { ruleTester } from "../../support/rule-tester.js";

const prisma = "prisma/schema.prisma";
const sql = "supabase/migrations/20260101000000_init.sql";

const model = (name: string, fields: string): string => `model ${name} {\n  id Int @id\n${fields.replaceAll(/^/gm, "  ")}\n}`;

const drizzle = "src/db/schema.ts";

const inDrizzle = (tables: string): string =>
  `import { boolean, index, integer, jsonb, numeric, pgTable, real, text, timestamp, unique } from "drizzle-orm/pg-core";\n${tables}`;

ruleTester.run("no-vague-column", rule, {
  valid: [
    { name: "Prisma: names that say it", filename: prisma, code: model("Order", "deliveryNote String\nisGift Boolean") },
    { name: "a name and a value", filename: prisma, code: model("Trait", "key String\nvalue String") },
    { name: "a table that is made to hold anything", filename: prisma, code: model("SiteSetting", "value String") },
    { name: "what a file holds", filename: prisma, code: model("DocumentData", "data String") },
    { name: "bytes", filename: prisma, code: model("Avatar", "data Bytes") },
    { name: "JSON has a rule of its own", filename: prisma, code: model("Order", "data Json") },
    { name: "two lines of an address", filename: prisma, code: model("Address", "line1 String\nline2 String") },
    { name: "a second that has no first", filename: prisma, code: model("Order", "type2 String") },
    { name: "flags that may be true together", filename: prisma, code: model("Product", "isNew Boolean\nisFeatured Boolean\nisOnSale Boolean\nisVegan Boolean") },
    { name: "three of a status", filename: prisma, code: model("Order", "isPaid Boolean\nisShipped Boolean\nisDelivered Boolean") },
    { name: "switches, and the part of a thing that a row is about", filename: prisma, code: model("Order", "flags Int\nfield String") },
    { name: "half typed", filename: prisma, code: "model Order {\n  id Int @id\n  data\n" },
    { name: "SQL: a column that has a name since", filename: sql, code: "CREATE TABLE orders (id int, temp text);\nALTER TABLE orders RENAME COLUMN temp TO delivery_note;" },
    { name: "Drizzle: names that say it", filename: drizzle, code: inDrizzle('export const orders = pgTable("orders", { id: integer(), deliveryNote: text(), data: jsonb() });') },
  ],
  invalid: [
    {
      name: "Drizzle: what was to be there for a day",
      filename: drizzle,
      code: inDrizzle('export const orders = pgTable("orders", { id: integer(), tmp: text() });'),
      errors: [{ messageId: "vague", data: { column: "tmp", table: "orders" }, line: 2 }],
    },
    {
      name: "Prisma: data of an order",
      filename: prisma,
      code: model("Order", "data String"),
      errors: [{ messageId: "vague", data: { column: "data", table: "Order" }, line: 3, column: 3, endLine: 3, endColumn: 7 }],
    },
    {
      name: "Prisma: what was to be there for a day",
      filename: prisma,
      code: model("Order", "name String\ntmp String?\nfield1 String?\ndata2 String?"),
      errors: [
        { messageId: "vague", data: { column: "tmp", table: "Order" }, line: 4 },
        { messageId: "vague", data: { column: "field1", table: "Order" }, line: 5 },
        { messageId: "vague", data: { column: "data2", table: "Order" }, line: 6 },
      ],
    },
    {
      name: "Prisma: a second type",
      filename: prisma,
      code: model("Order", "orderType String\norderType2 String"),
      errors: [{ messageId: "second", data: { column: "orderType2", first: "orderType", table: "Order" }, line: 4, column: 3 }],
    },
    {
      name: "Prisma: a status in four flags",
      filename: prisma,
      code: model("Order", "isPending Boolean\nisGift Boolean\nisPaid Boolean\nisShipped Boolean\nisCancelled Boolean"),
      errors: [
        { messageId: "flags", data: { columns: "`isPending`, `isPaid`, `isShipped`, `isCancelled`", table: "Order", instead: "status" }, line: 3, column: 3, endColumn: 12 },
      ],
    },
    {
      name: "SQL: a role in four flags",
      filename: sql,
      code: "CREATE TABLE people (id int, is_admin boolean, is_editor boolean, is_viewer boolean, is_owner boolean);",
      errors: [{ messageId: "flags", data: { columns: "`is_admin`, `is_editor`, `is_viewer`, `is_owner`", table: "people", instead: "role" } }],
    },
    {
      name: "SQL: a column of a later migration",
      filename: sql,
      code: "CREATE TABLE orders (id int);\nALTER TABLE orders ADD COLUMN misc text;",
      errors: [{ messageId: "vague", data: { column: "misc", table: "orders" }, line: 2, column: 31 }],
    },
  ],
});
