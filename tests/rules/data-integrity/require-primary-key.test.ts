import rule from "../../../src/rules/data-integrity/require-primary-key.js";
import { ruleTester } from "../../support/rule-tester.js";

const prisma = "prisma/schema.prisma";
const sql = "supabase/migrations/20260101000000_init.sql";

const remedy = "Give it a key in a migration, such as `ALTER TABLE tags ADD COLUMN id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY;`.";

const drizzle = "src/db/schema.ts";

const inDrizzle = (table: string): string => `import { integer, pgTable, primaryKey, serial, text } from "drizzle-orm/pg-core";\nexport const tags = pgTable("tags", ${table});`;

ruleTester.run("require-primary-key", rule, {
  valid: [
    { name: "Prisma: a key", filename: prisma, code: "model Tag {\n  id Int @id\n}" },
    { name: "Prisma: a key of two columns", filename: prisma, code: "model Tag {\n  a Int\n  b Int\n  @@id([a, b])\n}" },
    { name: "Prisma: what Auth.js asks for", filename: prisma, code: "model VerificationToken {\n  identifier String\n  token String @unique\n  @@unique([identifier, token])\n}" },
    { name: "Prisma: what a library keeps in the same database", filename: prisma, code: "model Tag {\n  name String\n\n  @@ignore\n}" },
    { name: "Prisma: a view", filename: prisma, code: "view Totals {\n  sum Int\n}" },
    { name: "half typed", filename: prisma, code: "model Tag {\n" },
    { name: "SQL: a key", filename: sql, code: "CREATE TABLE tags (id uuid PRIMARY KEY, name text);" },
    { name: "SQL: a key of two columns", filename: sql, code: "CREATE TABLE tags (a int, b int, PRIMARY KEY (a, b));" },
    { name: "SQL: a key that a later statement adds", filename: sql, code: "CREATE TABLE tags (id int, name text);\nALTER TABLE tags ADD PRIMARY KEY (id);" },
    { name: "SQL: a column that cannot be null and is unique", filename: sql, code: "CREATE TABLE tags (name text NOT NULL UNIQUE);" },
    { name: "SQL: a unique index for the rows of a vendor, and one for those of none", filename: sql, code: "CREATE TABLE orderings (owner uuid NOT NULL, vendor uuid, items jsonb NOT NULL);\nCREATE UNIQUE INDEX a ON orderings (owner, vendor) WHERE vendor IS NOT NULL;\nCREATE UNIQUE INDEX b ON orderings (owner) WHERE vendor IS NULL;" },
    { name: "SQL: a record of what was", filename: sql, code: "CREATE TABLE page_views (path text, at timestamptz);\nCREATE TABLE audit_log (what text);" },
    { name: "SQL: columns and keys from elsewhere", filename: sql, code: "CREATE TABLE tags (LIKE labels INCLUDING ALL);\nCREATE TABLE copies AS SELECT 1 AS id;\nCREATE TABLE more () INHERITS (labels);" },
    { name: "SQL: a part of a table", filename: sql, code: "CREATE TABLE tags_2026 PARTITION OF tags FOR VALUES FROM (1) TO (2);" },
    { name: "SQL: a table for one connection", filename: sql, code: "CREATE TEMP TABLE tags (name text);" },
    { name: "SQL: a table that is gone", filename: sql, code: "CREATE TABLE tags (name text);\nDROP TABLE tags;" },
    { name: "SQL: keys that are made in a loop", filename: sql, code: "CREATE TABLE tags (id int);\nDO $$ BEGIN EXECUTE format('ALTER TABLE %I ADD PRIMARY KEY (id)', t); END $$;" },
    { name: "SQL: ClickHouse, whose keys tell nothing apart", filename: sql, code: "CREATE TABLE default.requests (time Int64, path String) ENGINE = MergeTree() ORDER BY time;" },
    { name: "SQL: a schema that is there to be read", filename: "docs/migrations/001_init.sql", code: "CREATE TABLE tags (name text);" },
    { name: "Prisma: a schema of tests", filename: "tests/prisma/schema.prisma", code: "model Tag {\n  name String\n}" },
    { name: "SQL: a script that is no migration", filename: "scripts/fix.sql", code: "CREATE TABLE tags (name text);" },
    { name: "Drizzle: a key", filename: drizzle, code: inDrizzle("{ id: serial().primaryKey() }") },
    { name: "Drizzle: a key of two columns", filename: drizzle, code: inDrizzle("{ a: integer(), b: integer() }, (t) => [primaryKey({ columns: [t.a, t.b] })]") },
    { name: "Drizzle: a column that cannot be null and is unique", filename: drizzle, code: inDrizzle("{ name: text().notNull().unique() }") },
    { name: "Drizzle: columns that come from elsewhere", filename: drizzle, code: inDrizzle("{ ...own, name: text() }") },
    { name: "Drizzle: half typed", filename: drizzle, code: inDrizzle("") },
  ],
  invalid: [
    {
      name: "SQL: no key, for MySQL",
      filename: "db/migrations/001_init.sql",
      code: "CREATE TABLE tags (name varchar(20)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;",
      errors: [{ messageId: "keyless", data: { table: "tags", remedy }, line: 1, column: 14, endColumn: 18 }],
    },
    {
      name: "Drizzle: no key",
      filename: drizzle,
      code: inDrizzle("{ name: text().notNull() }"),
      errors: [{ messageId: "keyless", data: { table: "tags", remedy: "Give it a primary key." }, line: 2, column: 14, endLine: 2, endColumn: 18 }],
    },
    {
      name: "SQL: no key",
      filename: sql,
      code: "CREATE TABLE public.tags (\n  name text NOT NULL\n);",
      errors: [{ messageId: "keyless", data: { table: "tags", remedy }, line: 1, column: 14, endLine: 1, endColumn: 25 }],
    },
    {
      name: "SQL: a join of two tables",
      filename: sql,
      code: "CREATE TABLE posts (id int PRIMARY KEY);\nCREATE TABLE tags (id int PRIMARY KEY);\nCREATE TABLE post_tags (post_id int NOT NULL REFERENCES posts, tag_id int NOT NULL REFERENCES tags);",
      errors: [{ messageId: "keyless", data: { table: "post_tags", remedy: "Give it a key in a migration: `ALTER TABLE post_tags ADD PRIMARY KEY (post_id, tag_id);`." }, line: 3 }],
    },
    {
      name: "SQL: unique, but it may be null",
      filename: sql,
      code: "CREATE TABLE tags (name text UNIQUE);",
      errors: [{ messageId: "keyless", data: { table: "tags", remedy } }],
    },
    {
      name: "SQL: a key until a later migration",
      filename: sql,
      code: "CREATE TABLE tags (id int PRIMARY KEY);\nALTER TABLE tags DROP CONSTRAINT tags_pkey;",
      errors: [{ messageId: "keyless", data: { table: "tags", remedy: "Give it a key in a migration: `ALTER TABLE tags ADD PRIMARY KEY (id);`." } }],
    },
  ],
});
