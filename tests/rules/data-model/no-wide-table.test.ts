import rule from "../../../src/rules/data-model/no-wide-table.js";
import { ruleTester } from "../../support/rule-tester.js";

const prisma = "prisma/schema.prisma";
const sql = "supabase/migrations/20260101000000_init.sql";

const fields = (count: number, prefix = ""): string => Array.from({ length: count }, (_, index) => `  ${prefix}${"abcdefghijklmnopqrstuvwxyz"[index % 26] ?? ""}${"xyz"[Math.floor(index / 26)] ?? ""} String\n`).join("");

const model = (name: string, body: string): string => `model ${name} {\n  id Int @id\n${body}}`;

const drizzle = "src/db/schema.ts";

const inDrizzle = (tables: string): string =>
  `import { boolean, index, integer, jsonb, numeric, pgTable, real, text, timestamp, unique } from "drizzle-orm/pg-core";\n${tables}`;

ruleTester.run("no-wide-table", rule, {
  valid: [
    { name: "Prisma: forty columns", filename: prisma, code: model("Customer", fields(39)) },
    { name: "relations are no columns", filename: prisma, code: `${model("Customer", `${fields(39)}  orders Order[]\n`)}\n${model("Order", "  customerId Int\n  customer Customer @relation(fields: [customerId], references: [id])\n")}` },
    { name: "more may be allowed", filename: prisma, code: model("Customer", fields(45)), options: [{ columns: 60, group: 0 }] },
    { name: "a record of what was, with all that was known of it", filename: prisma, code: model("PageEvent", fields(45)) },
    { name: "half typed", filename: prisma, code: `model Customer {\n${fields(45).replaceAll(" String", "")}` },
    { name: "SQL: columns that are gone", filename: sql, code: "CREATE TABLE customers (id int, a int, b int, c int);\nALTER TABLE customers DROP COLUMN c;", options: [{ columns: 3, group: 0 }] },
    { name: "Drizzle: two columns", filename: drizzle, code: inDrizzle('export const tags = pgTable("tags", { id: integer(), name: text() });'), options: [{ columns: 2, group: 0 }] },
  ],
  invalid: [
    {
      name: "Drizzle: three columns",
      filename: drizzle,
      code: inDrizzle('export const tags = pgTable("tags", { id: integer(), name: text(), colour: text() });'),
      options: [{ columns: 2, group: 0 }],
      errors: [{ messageId: "wide", data: { table: "tags", count: "3" }, line: 2, column: 14, endColumn: 18 }],
    },
    {
      name: "Prisma: forty-one columns",
      filename: prisma,
      options: [{ columns: 40, group: 0 }],
      code: model("Customer", fields(40)),
      errors: [{ messageId: "wide", data: { table: "Customer", count: "41" }, line: 1, column: 7, endLine: 1, endColumn: 15 }],
    },
    {
      name: "Prisma: groups that belong together",
      filename: prisma,
      code: model("Customer", "  billingName String\n  billingCity String\n  billingZip String\n  shippingName String\n  shippingCity String\n  shippingZip String\n  shippingPhone String\n"),
      options: [{ columns: 5, group: 0 }],
      errors: [{ messageId: "wideGroups", data: { table: "Customer", count: "8", groups: "4 of them begin with `shipping`, 3 with `billing`" } }],
    },
    {
      name: "questions have nothing in common",
      filename: prisma,
      code: model("Customer", "  isNew Boolean\n  isVip Boolean\n  isOld Boolean\n"),
      options: [{ columns: 3, group: 0 }],
      errors: [{ messageId: "wide", data: { table: "Customer", count: "4" } }],
    },
    {
      name: "SQL: one more in a later migration",
      filename: sql,
      code: "CREATE TABLE customers (id int, a int, b int);\nALTER TABLE customers ADD COLUMN c int;",
      options: [{ columns: 3, group: 0 }],
      errors: [{ messageId: "wide", data: { table: "customers", count: "4" }, line: 1, column: 14, endColumn: 23 }],
    },
  ],
});
