import rule from "../../../src/rules/data-integrity/require-rls.js";
import { ruleTester } from "../../support/rule-tester.js";

const filename = "supabase/migrations/20260101000000_init.sql";
const table = "CREATE TABLE public.orders (id uuid PRIMARY KEY, total numeric);";

ruleTester.run("require-rls", rule, {
  valid: [
    { name: "on from the start", filename, code: `${table} ALTER TABLE orders ENABLE ROW LEVEL SECURITY;` },
    { name: "on in a block, if it was not", filename, code: `${table} DO $$ BEGIN IF true THEN ALTER TABLE public.orders ENABLE ROW LEVEL SECURITY; END IF; END $$;` },
    {
      name: "switched on by a loop over all tables",
      filename,
      code: `${table} DO $$ DECLARE t text; BEGIN FOR t IN SELECT tablename FROM pg_tables LOOP EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t); END LOOP; END $$;`,
    },
    { name: "switched on by a trigger for every table", filename, code: `${table} CREATE EVENT TRIGGER ensure_rls ON ddl_command_end EXECUTE FUNCTION rls_auto_enable();` },
    { name: "a table that visitors may not touch", filename, code: `${table} REVOKE ALL ON TABLE public.orders FROM anon, authenticated;` },
    { name: "tables that visitors may not touch", filename, code: `${table} REVOKE ALL PRIVILEGES ON ALL TABLES IN SCHEMA public FROM public, anon, authenticated;` },
    { name: "a schema that is not served", filename, code: "CREATE SCHEMA private; CREATE TABLE private.orders (id int);" },
    { name: "gone in the end", filename, code: `${table} DROP TABLE orders;` },
    { name: "a table for the moment", filename, code: "CREATE TEMP TABLE scratch (id int);" },
    { name: "part of another table", filename, code: "CREATE TABLE orders_2026 PARTITION OF orders FOR VALUES IN (2026);" },
    { name: "a table that this repository does not make", filename, code: "ALTER TABLE orders ADD COLUMN note text;" },
    { name: "a database that no visitor reaches", filename: "db/migrations/001_init.sql", code: table },
    { name: "a script that is no migration", filename: "supabase/seed.sql", code: table },
    { name: "half typed", filename, code: "CREATE TABLE" },
  ],
  invalid: [
    {
      name: "never switched on",
      filename,
      code: table,
      errors: [{ messageId: "open", data: { table: "orders" }, line: 1, column: 14, endLine: 1, endColumn: 27 }],
    },
    {
      name: "switched off again",
      filename,
      code: `${table}\nALTER TABLE orders ENABLE ROW LEVEL SECURITY;\nALTER TABLE orders DISABLE ROW LEVEL SECURITY;`,
      errors: [{ messageId: "open", data: { table: "orders" }, line: 1, column: 14 }],
    },
    {
      name: "policies alone do nothing, and neither does what is taken from one role only",
      filename,
      code: `${table}\nCREATE POLICY own ON orders USING (true);\nREVOKE ALL ON orders FROM anon;`,
      errors: [{ messageId: "open", data: { table: "orders" }, line: 1, column: 14 }],
    },
    {
      name: "one of two, by another name since",
      filename,
      code: `${table}\nCREATE TABLE lines (id int);\nALTER TABLE orders ENABLE ROW LEVEL SECURITY;\nALTER TABLE lines RENAME TO order_lines;`,
      errors: [{ messageId: "open", data: { table: "order_lines" }, line: 2, column: 14, endColumn: 19 }],
    },
  ],
});
