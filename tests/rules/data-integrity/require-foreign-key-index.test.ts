import rule from "../../../src/rules/data-integrity/require-foreign-key-index.js";
import { ruleTester } from "../../support/rule-tester.js";

const prisma = "prisma/schema.prisma";
const sql = "supabase/migrations/20260101000000_init.sql";

const datasource = (provider: string, more = ""): string => `datasource db {\n  provider = "${provider}"\n${more}}\n`;

const shop = (order: string, provider = "postgresql", more = ""): string => `${datasource(provider, more)}model Customer {
  id     String  @id
  orders Order[]
}
model Order {
  id         Int      @id
  customerId String
  customer   Customer @relation(fields: [customerId], references: [id])
${order}}
`;

const customers = "CREATE TABLE customers (id uuid PRIMARY KEY);\n";

const drizzle = "src/db/schema.ts";

const inDrizzle = (tables: string): string =>
  `import { boolean, index, integer, jsonb, numeric, pgTable, real, text, timestamp, unique } from "drizzle-orm/pg-core";\n${tables}`;

ruleTester.run("require-foreign-key-index", rule, {
  valid: [
    { project: "with-shop", name: "a table that people set up by hand", filename: prisma, code: shop("").replace("model Order", "model OrderTemplate").replace("Order[]", "OrderTemplate[]") },
    { name: "no code finds rows by it", filename: prisma, code: shop("") },
    { project: "with-shop", name: "rows are found by another column as well, which has an index", filename: prisma, code: shop("  state String\n\n  @@index([state])\n") },
    { project: "with-shop", name: "Prisma: an index", filename: prisma, code: shop("\n  @@index([customerId])\n") },
    { project: "with-shop", name: "Prisma: an index, its column without brackets", filename: prisma, code: shop("\n  @@index(customerId)\n") },
    { project: "with-shop", name: "an index that begins with it", filename: prisma, code: shop("\n  @@index([customerId, id])\n") },
    { project: "with-shop", name: "a key that begins with it", filename: prisma, code: shop("\n  @@unique([customerId, id])\n") },
    { project: "with-shop", name: "the primary key", filename: prisma, code: shop("").replace("id         Int      @id", "id Int").replace("customerId String\n", "customerId String @id\n") },
    { project: "with-shop", name: "one row each", filename: prisma, code: shop("").replace("customerId String\n", "customerId String @unique\n") },
    { project: "with-shop", name: "MySQL makes one by itself", filename: prisma, code: shop("", "mysql") },
    { project: "with-shop", name: "another database", filename: prisma, code: shop("", "mongodb") },
    { project: "with-shop", name: "no database yet", filename: prisma, code: shop("").replace(/^datasource[^}]*\}\n/, "") },
    { project: "with-shop", name: "half typed", filename: prisma, code: `${shop("")}model Cart {\n  id Int @id\n  customerId\n  customer Customer @relation(fields: [\n`.replace("references: [id])\n}", "references: [id])\n  @@index([customerId])\n}") },
    { project: "with-shop", name: "SQL: an index", filename: sql, code: `${customers}CREATE TABLE orders (id uuid PRIMARY KEY, customer_id uuid REFERENCES customers);\nCREATE INDEX ON orders (customer_id);` },
    {
      project: "with-shop",
      name: "SQL: an index of the rows that have it",
      filename: sql,
      code: `${customers}CREATE TABLE orders (id uuid PRIMARY KEY, customer_id uuid REFERENCES customers);\nCREATE INDEX ON orders (customer_id) WHERE customer_id IS NOT NULL;`,
    },
    {
      project: "with-shop",
      name: "SQL: an index of one of the key's columns",
      filename: sql,
      code: "CREATE TABLE seats (hall uuid, seat int, PRIMARY KEY (hall, seat));\nCREATE TABLE guests (id uuid PRIMARY KEY, hall uuid, seat int, FOREIGN KEY (hall, seat) REFERENCES seats);\nCREATE INDEX ON guests (seat);",
    },
    { project: "with-shop", name: "SQL: MySQL makes one by itself", filename: "db/migrations/001_init.sql", code: "CREATE TABLE customers (id int unsigned PRIMARY KEY);\nCREATE TABLE orders (id int unsigned PRIMARY KEY, customer_id int unsigned, FOREIGN KEY (customer_id) REFERENCES customers (id));" },
    { project: "with-shop", name: "SQL: nothing tells which database it is", filename: "db/migrations/001_init.sql", code: "CREATE TABLE customers (id int PRIMARY KEY);\nCREATE TABLE orders (id int PRIMARY KEY, customer_id int REFERENCES customers (id));" },
    { project: "with-shop", name: "SQL: a table whose columns come from elsewhere", filename: sql, code: `${customers}CREATE TABLE orders (LIKE templates INCLUDING ALL);\nALTER TABLE orders ADD COLUMN customer_id uuid REFERENCES customers;` },
    {
      project: "with-shop",
      name: "SQL: indexes that are made in a loop",
      filename: sql,
      code: `${customers}CREATE TABLE orders (id uuid PRIMARY KEY, customer_id uuid REFERENCES customers);\nDO $$ BEGIN FOR t IN SELECT 1 LOOP EXECUTE format('CREATE INDEX ON %I (customer_id)', t); END LOOP; END $$;`,
    },
    {
      project: "with-shop",
      name: "Drizzle: an index",
      filename: drizzle,
      code: inDrizzle(
        'export const customers = pgTable("customers", { id: integer().primaryKey() });\nexport const orders = pgTable("orders", { id: integer().primaryKey(), customerId: integer().references(() => customers.id) }, (t) => [index().on(t.customerId)]);',
      ),
    },
  ],
  invalid: [
    {
      project: "with-shop",
      name: "Drizzle: no index",
      filename: drizzle,
      code: inDrizzle('export const customers = pgTable("customers", { id: integer().primaryKey() });\nexport const orders = pgTable("orders", { id: integer().primaryKey(), customerId: integer().references(() => customers.id) });'),
      errors: [
        { messageId: "scanned", data: { column: "customerId", table: "orders", target: "customers", remedy: "Give it an index." }, line: 3, column: 71, endColumn: 81 },
      ],
    },
    {
      project: "with-shop",
      name: "Prisma: no index",
      filename: prisma,
      code: shop(""),
      errors: [
        {
          messageId: "scanned",
          data: { column: "customerId", table: "Order", target: "Customer", remedy: "Add `@@index([customerId])`." },
          line: 10,
          column: 3,
          endLine: 10,
          endColumn: 13,
          suggestions: [{ messageId: "addIndex", data: { index: "`@@index([customerId])`" }, output: shop("\n  @@index([customerId])\n") }],
        },
      ],
    },
    {
      project: "with-shop",
      name: "Prisma: an index in which it comes second",
      filename: prisma,
      code: shop("\n  @@unique([id, customerId]) // one each\n  @@map(\"orders\")\n"),
      errors: [
        {
          messageId: "scanned",
          data: { column: "customerId", table: "Order", target: "Customer", remedy: "Add `@@index([customerId])`." },
          suggestions: [
            { messageId: "addIndex", data: { index: "`@@index([customerId])`" }, output: shop("\n  @@unique([id, customerId]) // one each\n  @@map(\"orders\")\n  @@index([customerId])\n") },
          ],
        },
      ],
    },
    {
      project: "with-shop",
      name: "SQL: several of a table, in one report",
      filename: sql,
      code: `${customers}CREATE TABLE orders (id uuid PRIMARY KEY, customer_id uuid REFERENCES customers, payer_id uuid REFERENCES customers);\nALTER TABLE orders ADD COLUMN agent_id uuid REFERENCES customers;`,
      errors: [
        {
          messageId: "scannedEach",
          data: {
            table: "orders",
            columns: "`customer_id`, `payer_id` and `agent_id`",
            remedy: "Add a migration with `CREATE INDEX ON orders (customer_id);`, `CREATE INDEX ON orders (payer_id);` and `CREATE INDEX ON orders (agent_id);`.",
          },
          line: 2,
          column: 43,
          endColumn: 54,
        },
      ],
    },
    {
      project: "with-shop",
      name: "MySQL without foreign keys",
      filename: prisma,
      code: shop("", "mysql", '  relationMode = "prisma"\n'),
      errors: [
        {
          messageId: "scanned",
          data: { column: "customerId", table: "Order", target: "Customer", remedy: "Add `@@index([customerId])`." },
          suggestions: [{ messageId: "addIndex", data: { index: "`@@index([customerId])`" }, output: shop("\n  @@index([customerId])\n", "mysql", '  relationMode = "prisma"\n') }],
        },
      ],
    },
    {
      project: "with-shop",
      name: "SQL: no index",
      filename: sql,
      code: `${customers}CREATE TABLE orders (\n  id uuid PRIMARY KEY,\n  customer_id uuid REFERENCES customers\n);`,
      errors: [
        {
          messageId: "scanned",
          data: { column: "customer_id", table: "orders", target: "customers", remedy: "Add a migration with `CREATE INDEX ON orders (customer_id);`." },
          line: 4,
          column: 3,
          endColumn: 14,
        },
      ],
    },
    {
      project: "with-shop",
      name: "SQL: an index until a later migration, in a schema of its own",
      filename: sql,
      code: `${customers}CREATE TABLE shop.orders (id uuid PRIMARY KEY, customer_id uuid REFERENCES customers);\nCREATE INDEX by_customer ON shop.orders (customer_id);\nDROP INDEX by_customer;`,
      errors: [
        {
          messageId: "scanned",
          data: { column: "customer_id", table: "orders", target: "customers", remedy: "Add a migration with `CREATE INDEX ON shop.orders (customer_id);`." },
          line: 2,
        },
      ],
    },
  ],
});
