import rule from "../../../src/rules/data-integrity/no-float-money.js";
import { ruleTester } from "../../support/rule-tester.js";

const prisma = "prisma/schema.prisma";
const sql = "supabase/migrations/20260101000000_init.sql";

const inPrisma = "Make it `Decimal`, or an `Int` of cents.";
const inSql = "Change it in a migration to `numeric(12, 2)`, or to an integer of cents.";

const model = (name: string, fields: string): string => `model ${name} {\n  id Int @id\n  ${fields}\n}`;

const drizzle = "src/db/schema.ts";

const inDrizzle = (tables: string): string =>
  `import { boolean, index, integer, jsonb, numeric, pgTable, real, text, timestamp, unique } from "drizzle-orm/pg-core";\n${tables}`;

ruleTester.run("no-float-money", rule, {
  valid: [
    { name: "a price that nobody adds up", filename: prisma, code: model("Product", "price Float") },
    { project: "with-shop", name: "SQLite, which has nothing else", filename: prisma, code: `datasource db {\n  provider = "sqlite"\n}\n${model("Product", "price Float")}` },
    { project: "with-shop", name: "Prisma: a decimal", filename: prisma, code: model("Product", "price Decimal") },
    { project: "with-shop", name: "cents", filename: prisma, code: model("Product", "price Int") },
    { project: "with-shop", name: "a rate", filename: prisma, code: model("Order", "taxRate Float\n  feePercentage Float\n  pricePerToken Float") },
    { project: "with-shop", name: "a part of one, by what it starts as", filename: prisma, code: model("Workspace", "payoutFee Float @default(0.05)") },
    { project: "with-shop", name: "a quantity", filename: prisma, code: model("OrderItem", "quantity Float\n  total_weight Float") },
    { project: "with-shop", name: "what a campaign brings in", filename: prisma, code: model("Campaign", "currency String\n  returnOnAdSpend Float") },
    { project: "with-shop", name: "what a market says", filename: prisma, code: model("MarketData", "price Float\n  marketPrice Float") },
    { project: "with-shop", name: "an estimate", filename: prisma, code: model("Task", "estimatedCost Float") },
    { project: "with-shop", name: "an amount of something else", filename: prisma, code: model("Ingredient", "amount Float\n  total Float") },
    { project: "with-shop", name: "what a price is only a part of", filename: prisma, code: model("Product", "priceSensitivity Float") },
    { project: "with-shop", name: "half typed", filename: prisma, code: "model Product {\n  id Int @id\n  price\n" },
    { project: "with-shop", name: "SQL: a decimal", filename: sql, code: "CREATE TABLE products (id int PRIMARY KEY, price numeric(10, 2));" },
    { project: "with-shop", name: "SQL: a decimal since a later migration", filename: sql, code: "CREATE TABLE products (id int PRIMARY KEY, price real);\nALTER TABLE products ALTER COLUMN price TYPE numeric(12, 2);" },
    { project: "with-shop", name: "Drizzle: a decimal", filename: drizzle, code: inDrizzle('export const products = pgTable("products", { id: integer().primaryKey(), price: numeric() });') },
  ],
  invalid: [
    {
      project: "with-shop",
      name: "Drizzle: a price",
      filename: drizzle,
      code: inDrizzle('export const products = pgTable("products", { id: integer().primaryKey(), price: real() });'),
      errors: [{ messageId: "inexact", data: { column: "price", table: "products", remedy: "Make it a decimal, or an integer of cents." }, line: 2 }],
    },
    {
      project: "with-shop",
      name: "Prisma: a price",
      filename: prisma,
      code: model("Product", "price Float @default(0)"),
      errors: [
        {
          messageId: "inexact",
          data: { column: "price", table: "Product", remedy: inPrisma },
          line: 3,
          column: 3,
          endLine: 3,
          endColumn: 8,
          suggestions: [{ messageId: "useDecimal", output: model("Product", "price Decimal @default(0)") }],
        },
      ],
    },
    {
      project: "with-shop",
      name: "Prisma: a fee that may be missing, by another name in the database",
      filename: prisma,
      code: model("Booking", 'serviceFee   Float? @map("service_fee")'),
      errors: [
        {
          messageId: "inexact",
          data: { column: "serviceFee", table: "Booking", remedy: inPrisma },
          suggestions: [{ messageId: "useDecimal", output: model("Booking", 'serviceFee   Decimal? @map("service_fee")') }],
        },
      ],
    },
    {
      project: "with-shop",
      name: "Prisma: a total in a table of orders, of a float that the database has another word for",
      filename: prisma,
      code: model("Order", "totalAmount Float @db.Real"),
      errors: [{ messageId: "inexact", data: { column: "totalAmount", table: "Order", remedy: inPrisma }, line: 3, column: 3 }],
    },
    {
      project: "with-shop",
      name: "Prisma: MongoDB has no decimals for Prisma",
      filename: prisma,
      code: `datasource db {\n  provider = "mongodb"\n}\n${model("Product", "price Float")}`,
      errors: [{ messageId: "inexact", data: { column: "price", table: "Product", remedy: inPrisma } }],
    },
    {
      project: "with-shop",
      name: "SQL: an amount beside its currency",
      filename: sql,
      code: "CREATE TABLE credits (\n  id int PRIMARY KEY,\n  amount double precision NOT NULL,\n  currency text NOT NULL\n);",
      errors: [{ messageId: "inexact", data: { column: "amount", table: "credits", remedy: inSql }, line: 3, column: 3, endColumn: 9 }],
    },
    {
      project: "with-shop",
      name: "SQL: a float since a later migration",
      filename: sql,
      code: "CREATE TABLE invoices (id int PRIMARY KEY, amount_paid numeric);\nALTER TABLE invoices ALTER COLUMN amount_paid TYPE real;",
      errors: [{ messageId: "inexact", data: { column: "amount_paid", table: "invoices", remedy: inSql }, line: 1, column: 44 }],
    },
  ],
});
