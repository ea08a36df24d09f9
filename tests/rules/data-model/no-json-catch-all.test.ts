import rule from "../../../src/rules/data-model/no-json-catch-all.js";
import { ruleTester } from "../../support/rule-tester.js";

const prisma = "prisma/schema.prisma";
const sql = "supabase/migrations/20260101000000_init.sql";

const model = (name: string, fields: string): string => `model ${name} {\n  id Int @id\n${fields.replaceAll(/^/gm, "  ")}\n}`;

ruleTester.run("no-json-catch-all", rule, {
  valid: [
    { name: "Prisma: JSON by a name that says what it is", filename: prisma, code: model("Order", "shippingRules Json\nmetadata Json\npayload Json") },
    { name: "JSON of a shape", filename: prisma, code: model("Order", "note String\n/// What the customer chose\n/// [OrderData]\ndata Json") },
    { name: "text", filename: prisma, code: model("Order", "data String") },
    { name: "a table that is made to hold anything", filename: prisma, code: `${model("UserSettings", "data Json")}\n${model("Notifications", "data Json")}\n${model("FormSubmission", "data Json")}` },
    { name: "a record of what was", filename: prisma, code: model("WebhookEvent", "data Json") },
    { name: "one shape for each type", filename: prisma, code: model("PaymentMethod", "type String\ndata Json") },
    { name: "half typed", filename: prisma, code: "model Order {\n  id Int @id\n  data\n" },
    { name: "SQL: a column that is gone", filename: sql, code: "CREATE TABLE orders (id int, data jsonb);\nALTER TABLE orders DROP COLUMN data;" },
  ],
  invalid: [
    {
      name: "Prisma: data of an order",
      filename: prisma,
      code: model("Order", "data Json?"),
      errors: [{ messageId: "shapeless", data: { column: "data", table: "Order" }, line: 3, column: 3, endLine: 3, endColumn: 7 }],
    },
    {
      name: "Prisma: the shape of another column",
      filename: prisma,
      code: model("Order", "/// [Address]\naddress Json\n/// whatever there is\nextraInfo Json"),
      errors: [{ messageId: "shapeless", data: { column: "extraInfo", table: "Order" }, line: 6 }],
    },
    {
      name: "SQL: a column of a later migration",
      filename: sql,
      code: "CREATE TABLE products (id int);\nALTER TABLE products ADD COLUMN attributes jsonb DEFAULT '{}';",
      errors: [{ messageId: "shapeless", data: { column: "attributes", table: "products" }, line: 2, column: 33, endColumn: 43 }],
    },
  ],
});
