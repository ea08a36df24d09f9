import { describe, expect, it } from "vitest";

import { lintProject } from "../../support/lint-project.js";
import type { Files } from "../../support/project.js";

const drizzle: Files = { "package.json": { name: "shop", dependencies: { "drizzle-orm": "^0.40.0" } } };

const tables = `import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
export const customers = sqliteTable("customers", { id: text("id").primaryKey() });
export const tags = sqliteTable("tags", { id: text("id").primaryKey() });
export const customerTags = sqliteTable("customer_tags", { customerId: text("customer_id").notNull().references(() => customers.id), tagId: text("tag_id").notNull().references(() => tags.id) });
`;

const orders = `import { sqliteTable, text } from "drizzle-orm/sqlite-core";
import { customers } from "./customers";
export const orders = sqliteTable("orders", { id: text("id").primaryKey(), customerId: text("customer_id").references(() => customers.id) });
`;

/** A migration in a file of its own, in the ways that people keep them. */
const migration = (statement: string): string =>
  `import { sql } from "drizzle-orm";\nexport const first = {\n  name: "first",\n  up: async ({ db }) => {\n    await db.batch([db.run(sql\`${statement}\`)]);\n  },\n  down: async ({ db }) => {\n    await db.run(sql\`DROP INDEX i\`);\n  },\n} satisfies Migration;\n`;

describe("migrations that are templates of SQL, beside tables in code", () => {
  const found = (rule: string, schema: string, ...statements: string[]): string[] =>
    lintProject(
      { ...drizzle, ...(schema === tables ? {} : { "src/db/customers.ts": tables }), "src/db/schema.ts": schema, "src/orders.ts": "export const ofCustomer = (db, id) => db.select().from(orders).where(eq(orders.customerId, id));\n", ...Object.fromEntries(statements.map((statement, index) => [`src/migrations/000${index}.ts`, migration(statement)])) },
      "src/db/schema.ts",
      rule,
    );

  const index = "CREATE INDEX i ON orders (customer_id)";
  it("make an index", () => expect(found("require-foreign-key-index", orders, index)).toEqual([]));
  it("take it away again", () => expect(found("require-foreign-key-index", orders, index, "DROP INDEX i")).toHaveLength(1));
  it("say nothing of it", () => expect(found("require-foreign-key-index", orders, "CREATE INDEX i ON orders (id)")).toHaveLength(1));

  const unique = 'CREATE UNIQUE INDEX "pair" ON "customer_tags" ("customer_id", "tag_id")';
  it("make a key", () => expect(found("require-primary-key", tables, unique)).toEqual([]));
  it("make no key", () => expect(found("require-primary-key", tables)).toHaveLength(1));

  const search = 'import { sqliteTable, text } from "drizzle-orm/sqlite-core";\nexport const notesSearch = sqliteTable("notes_search", { noteId: text("note_id").notNull(), body: text("body").notNull() });\n';
  it("make a table that takes no keys", () => expect(found("require-primary-key", search, "CREATE VIRTUAL TABLE IF NOT EXISTS notes_search USING fts5(note_id, body, prefix='2 3')")).toEqual([]));
  it("make a table that takes keys", () => expect(found("require-primary-key", search, "CREATE TABLE notes_search (note_id text NOT NULL, body text NOT NULL)")).toHaveLength(1));
});

describe("require-rls", () => {
  const file = "supabase/migrations/20260101000000_notes.sql";
  const found = (files: Files): string[] => lintProject({ "package.json": { name: "notes" }, [file]: "CREATE TABLE notes (id uuid PRIMARY KEY);\n", ...files }, file, "require-rls");

  it.each<[string, string, string]>([
    ["beside the migrations", "supabase/rls.sql", "alter table public.notes enable row level security;"],
    ["in a script", "scripts/sql/policies.sql", 'ALTER TABLE IF EXISTS "notes"\n  ENABLE ROW LEVEL SECURITY;'],
    ["for each table there is", "supabase/rls.sql", "DO $$ BEGIN FOR t IN SELECT tablename FROM pg_tables LOOP EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t); END LOOP; END $$;"],
  ])("leaves alone what is switched on %s", (_, path, sql) => expect(found({ [path]: sql })).toEqual([]));

  it.each<[string, string, string]>([
    ["for another table", "supabase/rls.sql", "alter table notes_old enable row level security;"],
    ["in a comment", "supabase/rls.sql", "-- ALTER TABLE notes ENABLE ROW LEVEL SECURITY;"],
    ["in a test", "supabase/tests/rls.sql", "ALTER TABLE notes ENABLE ROW LEVEL SECURITY;"],
  ])("reports what is switched on %s only", (_, path, sql) => expect(found({ [path]: sql })).toHaveLength(1));
});

describe("no-permissive-rls-policy", () => {
  const table = "CREATE TABLE notes (id uuid PRIMARY KEY, owner_id uuid);\nALTER TABLE notes ENABLE ROW LEVEL SECURITY;\n";
  const open = "CREATE POLICY notes_all ON notes USING (true);\n";
  const drop = "DROP POLICY IF EXISTS notes_all ON notes;\nCREATE POLICY notes_own ON notes USING (auth.uid() = owner_id);\n";
  const found = (first: string, other: string): string[] =>
    lintProject({ "package.json": { name: "notes" }, "supabase/migrations/20260101_a.sql": table, [`supabase/migrations/${first}.sql`]: open, [`supabase/migrations/${other}.sql`]: drop }, `supabase/migrations/${first}.sql`, "no-permissive-rls-policy");

  it("leaves alone what a migration of the same version drops, whichever runs first", () => expect(found("20260102_open", "20260102_close")).toEqual([]));
  it("leaves alone what a later migration drops", () => expect(found("20260102_open", "20260103_close")).toEqual([]));
  it("reports what an earlier migration drops, and a later one makes again", () => expect(found("20260104_open", "20260103_close")).toHaveLength(1));
});
