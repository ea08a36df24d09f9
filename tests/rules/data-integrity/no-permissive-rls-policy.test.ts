import rule from "../../../src/rules/data-integrity/no-permissive-rls-policy.js";
import { ruleTester } from "../../support/rule-tester.js";

const filename = "supabase/migrations/20260101000000_init.sql";
const table = "CREATE TABLE notes (id uuid PRIMARY KEY, owner_id uuid, body text);\nALTER TABLE notes ENABLE ROW LEVEL SECURITY;\n";
const check = "`WITH CHECK ((SELECT auth.uid()) = owner_id)`";
const data = (deed: string, remedy = "`USING ((SELECT auth.uid()) = owner_id)`", of = "whose rows"): Record<string, string> => ({ deed, advice: `${of}: ${remedy}`, table: "notes" });
const shared = "CREATE TABLE notes (id uuid PRIMARY KEY, body text);\nALTER TABLE notes ENABLE ROW LEVEL SECURITY;\n";
const open = "CREATE POLICY a ON notes FOR DELETE USING (true);";

ruleTester.run("no-permissive-rls-policy", rule, {
  valid: [
    { name: "one's own rows", filename, code: `${table}CREATE POLICY own ON notes FOR UPDATE USING (auth.uid() = owner_id);` },
    { name: "everybody may read", filename, code: `${table}CREATE POLICY read ON notes FOR SELECT USING (true);` },
    { name: "everybody may write a note, unless strict", filename, code: `${table}CREATE POLICY send ON notes FOR INSERT WITH CHECK (true);` },
    { name: "for the server only", filename, code: `${table}CREATE POLICY server ON notes TO service_role USING (true) WITH CHECK (true);` },
    { name: "one more condition, which opens nothing", filename, code: `${table}CREATE POLICY all_of ON notes AS RESTRICTIVE FOR ALL USING (true);` },
    { name: "everybody's rows, which may become one's own only", filename, code: `${table}CREATE POLICY take ON notes FOR UPDATE USING (true) WITH CHECK (auth.uid() = owner_id);` },
    { name: "open once, and closed again", filename, code: `${table}CREATE POLICY a ON notes FOR DELETE USING (true);\nDROP POLICY a ON notes;` },
    { name: "open once, and narrowed later", filename, code: `${table}CREATE POLICY a ON notes FOR DELETE USING (true);\nALTER POLICY a ON notes USING (auth.uid() = owner_id);` },
    {
      name: "all policies dropped in a loop",
      filename,
      code: `${table}CREATE POLICY a ON notes USING (true);\nDO $$ DECLARE p record; BEGIN FOR p IN SELECT * FROM pg_policies LOOP EXECUTE format('DROP POLICY %I ON %I', p.policyname, p.tablename); END LOOP; END $$;`,
    },
    { name: "the table has no row level security, which is another report", filename, code: "CREATE TABLE notes (id int);\nCREATE POLICY a ON notes USING (true);" },
    { name: "a schema that is not served", filename, code: "CREATE POLICY a ON private.notes USING (true);" },
    { name: "what the server wrote about a user", filename, code: `${table}CREATE POLICY a ON notes USING ((auth.jwt() -> 'app_metadata' ->> 'role') = 'admin');` },
    { name: "a database that no visitor reaches", filename: "db/migrations/001_init.sql", code: `${table}CREATE POLICY a ON notes USING (true);` },
    { name: "half typed", filename, code: `${table}CREATE POLICY a ON notes FOR UPDATE USING (` },
  ],
  invalid: [
    {
      name: "everybody may do everything",
      filename,
      code: `${table}CREATE POLICY "Service role full access" ON notes\n  USING (true) WITH CHECK (true);`,
      errors: [{ messageId: "openToAll", data: data("add, change and delete rows"), line: 3, column: 15, endLine: 3, endColumn: 41 }],
    },
    {
      name: "everybody may change what they like",
      filename,
      code: `${table}CREATE POLICY a ON public.notes FOR UPDATE TO anon, authenticated USING ((true));`,
      errors: [{ messageId: "openToAll", data: data("change every row"), line: 3, column: 15 }],
    },
    {
      name: "who signs in may delete what they like",
      filename,
      code: `${table}CREATE POLICY a ON notes FOR DELETE TO authenticated USING (1 = 1);`,
      errors: [{ messageId: "open", data: data("delete every row"), line: 3, column: 15 }],
    },
    {
      name: "an owner whom another service signs in",
      filename,
      code: "CREATE TABLE notes (id uuid PRIMARY KEY, user_id text);\nALTER TABLE notes ENABLE ROW LEVEL SECURITY;\nCREATE POLICY a ON notes FOR DELETE USING (true);",
      errors: [{ messageId: "openToAll", data: data("delete every row", "`USING ((SELECT auth.jwt() ->> 'sub') = user_id)`"), line: 3, column: 15 }],
    },
    {
      name: "a table without an owner, in another file",
      filename,
      code: "CREATE POLICY a ON notes FOR DELETE USING (true);",
      errors: [{ messageId: "openToAll", data: data("delete every row", "`USING ((SELECT auth.uid()) = user_id)`", "whose rows, by the column that tells"), line: 1, column: 15 }],
    },
    {
      name: "rows that are nobody's",
      filename,
      code: `${shared}${open}`,
      errors: [{ messageId: "openToAll", data: data("delete every row", "`USING ((SELECT auth.jwt() -> 'app_metadata' ->> 'role') = 'admin')`", "who may"), line: 3, column: 15 }],
    },
    {
      name: "rows that are nobody's, where other policies compare a column that these have not",
      filename,
      code: `${shared}${open}\nCREATE TABLE tags (id uuid PRIMARY KEY, shop_id uuid);\nALTER TABLE tags ENABLE ROW LEVEL SECURITY;\nCREATE POLICY b ON tags FOR UPDATE USING (shop_id = (current_setting('app.shop'))::uuid);\nCREATE POLICY c ON tags FOR DELETE USING ((SELECT current_setting('app.shop')) = shop_id::text);`,
      errors: [{ messageId: "openToAll", data: data("delete every row", "`USING ((SELECT auth.jwt() -> 'app_metadata' ->> 'role') = 'admin')`", "who may"), line: 3, column: 15 }],
    },
    {
      name: "rows of a shop, as other policies tell",
      filename,
      code: `CREATE TABLE notes (id uuid PRIMARY KEY, shop_id uuid);\nALTER TABLE notes ENABLE ROW LEVEL SECURITY;\n${open}\nCREATE TABLE tags (id uuid PRIMARY KEY, shop_id uuid);\nALTER TABLE tags ENABLE ROW LEVEL SECURITY;\nCREATE POLICY b ON tags FOR UPDATE USING (shop_id = (current_setting('app.shop'))::uuid);`,
      errors: [{ messageId: "openToAll", data: data("delete every row", "`USING (shop_id = (current_setting('app.shop'))::uuid)`, as other policies do"), line: 3, column: 15 }],
    },
    {
      name: "rows that are nobody's, where other policies ask by a function",
      filename,
      code: `${shared}${open}\nCREATE TABLE tags (id uuid PRIMARY KEY);\nALTER TABLE tags ENABLE ROW LEVEL SECURITY;\nCREATE POLICY b ON tags FOR UPDATE USING (private.is_staff());\nCREATE POLICY c ON tags FOR DELETE USING (auth.uid() IS NOT NULL AND private.is_staff());`,
      errors: [{ messageId: "openToAll", data: data("delete every row", "`USING (private.is_staff())`, as other policies do", "who may"), line: 3, column: 15 }],
    },
    {
      name: "rows of a row that somebody owns",
      filename,
      code: `CREATE TABLE books (id uuid PRIMARY KEY, owner_id uuid);\nCREATE TABLE notes (id uuid PRIMARY KEY, book_id uuid REFERENCES books);\nALTER TABLE notes ENABLE ROW LEVEL SECURITY;\n${open}`,
      errors: [{ messageId: "openToAll", data: data("delete every row", "`USING (EXISTS (SELECT 1 FROM books AS parent WHERE parent.id = notes.book_id AND (SELECT auth.uid()) = owner_id))`"), line: 4, column: 15 }],
    },
    {
      name: "closed once, and opened later",
      filename,
      code: `${table}CREATE POLICY a ON notes FOR DELETE USING (auth.uid() = owner_id);\nALTER POLICY a ON notes USING (true);`,
      errors: [{ messageId: "openToAll", data: data("delete every row"), line: 4, column: 14 }],
    },
    {
      name: "strict: everybody may write a note",
      filename,
      options: [{ insert: true }],
      code: `${table}CREATE POLICY a ON notes FOR INSERT WITH CHECK (true);\nCREATE POLICY b ON notes FOR INSERT TO authenticated WITH CHECK (true);`,
      errors: [
        { messageId: "openInsertToAll", data: data("", check), line: 3, column: 15 },
        { messageId: "openInsert", data: data("", check), line: 4, column: 15 },
      ],
    },
    {
      name: "what users say of themselves decides",
      filename,
      code: `${table}CREATE POLICY a ON notes FOR SELECT USING ((auth.jwt() -> 'user_metadata' ->> 'role') = 'admin');\nCREATE POLICY b ON notes FOR SELECT USING ((SELECT raw_user_meta_data ->> 'role' FROM auth.users WHERE id = auth.uid()) = 'admin');`,
      errors: [
        { messageId: "forgeable", data: { table: "notes" }, line: 3, column: 15 },
        { messageId: "forgeable", data: { table: "notes" }, line: 4, column: 15 },
      ],
    },
  ],
});
