import rule from "../../../src/rules/data-integrity/require-not-null.js";
import { ruleTester } from "../../support/rule-tester.js";

const prisma = "prisma/schema.prisma";
const sql = "supabase/migrations/20260101000000_init.sql";

const model = (name: string, fields: string): string => `model ${name} {\n  id Int @id\n${fields.replaceAll(/^/gm, "  ")}\n}`;

const statement = (table: string, column: string): string => `Fill what is null in a migration, then \`ALTER TABLE ${table} ALTER COLUMN ${column} SET NOT NULL;\` for each.`;

const drizzle = "src/db/schema.ts";

const inDrizzle = (tables: string): string =>
  `import { boolean, index, integer, jsonb, numeric, pgTable, real, text, timestamp, unique } from "drizzle-orm/pg-core";\n${tables}`;

ruleTester.run("require-not-null", rule, {
  valid: [
    { name: "Prisma: a value always", filename: prisma, code: model("Order", "status String @default(\"new\")\nisGift Boolean @default(false)") },
    { name: "what people may leave out", filename: prisma, code: model("Profile", "bio String?\nbirthday DateTime?") },
    { name: "a row that is not deleted yet", filename: prisma, code: model("Order", "deletedAt DateTime?") },
    { name: "never changed yet", filename: prisma, code: model("Order", "updatedAt DateTime? @updatedAt") },
    { name: "a row that need not belong to anybody", filename: prisma, code: `${model("User", "tags Tag[]")}\n${model("Tag", "userId Int?\nuser User? @relation(fields: [userId], references: [id], onDelete: Cascade)")}` },
    { name: "people who need no address", filename: prisma, code: model("User", "email String? @unique") },
    { name: "people who have a name instead", filename: prisma, code: model("User", "password String\nusername String @unique\nemail String?") },
    { name: "nothing, which JSON has a word for", filename: prisma, code: model("Order", 'extras Json? @default("{}")') },
    { name: "a text, or a time, with a default", filename: prisma, code: model("Order", 'note String? @default("-")\ncreatedAt DateTime? @default(now())\ntags Int[] @default([1])') },
    { name: "a token until it is used", filename: prisma, code: model("Invitation", "inviteToken String? @default(cuid())") },
    { name: "a subscription that costs nothing", filename: prisma, code: model("Subscription", "amount Decimal?") },
    { name: "an amount of something else", filename: prisma, code: model("Ingredient", "amount Int?") },
    { name: "a record of what was", filename: prisma, code: model("AuditLog", "status String?\ncreatedAt DateTime? @default(now())") },
    { name: "half typed", filename: prisma, code: "model Order {\n  id Int @id\n  status\n" },
    { name: "SQL: a value always", filename: sql, code: "CREATE TABLE orders (id int PRIMARY KEY, status text NOT NULL DEFAULT 'new');" },
    { name: "SQL: null by default", filename: sql, code: "CREATE TABLE orders (id int PRIMARY KEY, note text DEFAULT NULL);" },
    { name: "SQL: a value always, since a later migration", filename: sql, code: "CREATE TABLE orders (id int PRIMARY KEY, status text DEFAULT 'new');\nALTER TABLE orders ALTER COLUMN status SET NOT NULL;" },
    { name: "SQL: a table whose columns come from elsewhere", filename: sql, code: "CREATE TABLE orders (LIKE templates);\nALTER TABLE orders ADD COLUMN status text DEFAULT 'new';" },
    { name: "Drizzle: a value always", filename: drizzle, code: inDrizzle('export const orders = pgTable("orders", { id: integer().primaryKey(), isGift: boolean().notNull().default(false) });') },
  ],
  invalid: [
    {
      name: "Drizzle: a default that null may take the place of",
      filename: drizzle,
      code: inDrizzle('export const orders = pgTable("orders", { id: integer().primaryKey(), isGift: boolean().default(false), total: text().default("none") });'),
      errors: [{ messageId: "nullable", data: { table: "orders", columns: "`isGift`", remedy: "Say that they are not." }, line: 2, column: 14, endColumn: 20 }],
    },
    {
      name: "Prisma: a default that null may take the place of",
      filename: prisma,
      code: model("Product", "stock   Int?   @default(0)"),
      errors: [
        {
          messageId: "nullable",
          data: { table: "Product", columns: "`stock`", remedy: "Take the `?` away." },
          line: 1,
          column: 7,
          endLine: 1,
          endColumn: 14,
          suggestions: [{ messageId: "makeRequired", data: { columns: "`stock`" }, output: model("Product", "stock   Int   @default(0)") }],
        },
      ],
    },
    {
      name: "Prisma: one report for a table",
      filename: prisma,
      code: model("Order", "isGift Boolean? @default(false)\nnote String?\nstatus OrderStatus?\ntotal Decimal?\n") + "\nenum OrderStatus {\n  OPEN\n}",
      errors: [
        {
          messageId: "nullable",
          data: { table: "Order", columns: "`isGift`, `status` and `total`", remedy: "Take the `?` away." },
          suggestions: [
            {
              messageId: "makeRequired",
              data: { columns: "`isGift`, `status` and `total`" },
              output: model("Order", "isGift Boolean @default(false)\nnote String?\nstatus OrderStatus\ntotal Decimal\n") + "\nenum OrderStatus {\n  OPEN\n}",
            },
          ],
        },
      ],
    },
    {
      name: "Prisma: what people sign in with",
      filename: prisma,
      code: model("User", "email String? @unique\npasswordHash String"),
      errors: [
        {
          messageId: "nullable",
          data: { table: "User", columns: "`email`", remedy: "Take the `?` away." },
          suggestions: [{ messageId: "makeRequired", data: { columns: "`email`" }, output: model("User", "email String @unique\npasswordHash String") }],
        },
      ],
    },
    {
      name: "SQL: many columns, of one migration and the next",
      filename: sql,
      code: "CREATE TABLE public.orders (\n  id int PRIMARY KEY,\n  status text DEFAULT 'new',\n  is_gift boolean DEFAULT false,\n  items int DEFAULT 0,\n  lines smallint DEFAULT 1,\n  created_at timestamptz DEFAULT now()\n);\nALTER TABLE orders ADD COLUMN is_late boolean DEFAULT false;\nALTER TABLE orders ADD COLUMN updated_at timestamptz DEFAULT now();",
      errors: [
        {
          messageId: "nullable",
          data: { table: "orders", columns: "`status`, `is_gift`, `items`, `lines` and 1 more", remedy: statement("orders", "status") },
          line: 1,
          column: 14,
          endColumn: 27,
        },
      ],
    },
  ],
});
