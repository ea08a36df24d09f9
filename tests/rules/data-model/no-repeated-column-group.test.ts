import rule from "../../../src/rules/data-model/no-repeated-column-group.js";
import { ruleTester } from "../../support/rule-tester.js";

const prisma = "prisma/schema.prisma";
const sql = "supabase/migrations/20260101000000_init.sql";

const model = (fields: string): string => `model Product {\n  id Int @id\n${fields.replaceAll(/^/gm, "  ")}\n}`;

const drizzle = "src/db/schema.ts";

const inDrizzle = (tables: string): string =>
  `import { boolean, index, integer, jsonb, numeric, pgTable, real, text, timestamp, unique } from "drizzle-orm/pg-core";\n${tables}`;

ruleTester.run("no-repeated-column-group", rule, {
  valid: [
    { name: "Prisma: rows of their own", filename: prisma, code: `${model("images Image[]")}\nmodel Image {\n  id Int @id\n  productId Int\n  product Product @relation(fields: [productId], references: [id])\n}` },
    { name: "two of them", filename: prisma, code: model("image1 String\nimage2 String") },
    { name: "the lines of an address", filename: prisma, code: model("addressLine1 String\naddressLine2 String\naddressLine3 String") },
    { name: "quarters", filename: prisma, code: model("q1 Int\nq2 Int\nq3 Int\nq4 Int") },
    { name: "how often each number of stars was given", filename: prisma, code: model("rating1 Int\nrating2 Int\nrating3 Int\nrating4 Int\nrating5 Int") },
    { name: "percentiles", filename: prisma, code: model("p50 Int\np90 Int\np99 Int\nlatency75 Int\nlatency90 Int\nlatency99 Int") },
    { name: "things of different kinds", filename: prisma, code: model("part1 String\npart2 Int\npart3 Json") },
    { name: "a row that is not counted", filename: prisma, code: model("size36 Int\nsize38 Int\nsize40 Int") },
    { name: "half typed", filename: prisma, code: model("image1\nimage2\nimage3") },
    { name: "SQL: columns that are gone", filename: sql, code: "CREATE TABLE products (id int, image1 text, image2 text, image3 text);\nALTER TABLE products DROP COLUMN image3;" },
    { name: "Drizzle: two of them", filename: drizzle, code: inDrizzle('export const products = pgTable("products", { id: integer(), image1: text(), image2: text() });') },
  ],
  invalid: [
    {
      name: "Drizzle: three pictures",
      filename: drizzle,
      code: inDrizzle('export const products = pgTable("products", { id: integer(), image1: text(), image2: text(), image3: text() });'),
      errors: [{ messageId: "repeated", data: { columns: "`image1`, `image2` and `image3`", table: "products" }, line: 2 }],
    },
    {
      name: "Prisma: three pictures",
      filename: prisma,
      code: model("image1 String\nname String\nimage2 String?\nimage3 String?"),
      errors: [{ messageId: "repeated", data: { columns: "`image1`, `image2` and `image3`", table: "Product" }, line: 3, column: 3, endLine: 3, endColumn: 9 }],
    },
    {
      name: "Prisma: a number within the name, from nought",
      filename: prisma,
      code: model("item_0_name String\nitem_1_name String\nitem_2_name String\nitem_3_name String\nitem_4_name String"),
      errors: [{ messageId: "repeated", data: { columns: "`item_0_name` to `item_4_name`", table: "Product" }, line: 3 }],
    },
    {
      name: "SQL: one more in a later migration",
      filename: sql,
      code: "CREATE TABLE products (\n  id int PRIMARY KEY,\n  image_1 text,\n  image_2 text\n);\nALTER TABLE products ADD COLUMN image_3 text;",
      errors: [{ messageId: "repeated", data: { columns: "`image_1`, `image_2` and `image_3`", table: "products" }, line: 3, column: 3, endColumn: 10 }],
    },
  ],
});
