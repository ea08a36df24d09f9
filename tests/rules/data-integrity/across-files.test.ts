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

describe("require-foreign-key", () => {
  const schema = (column: string, more = ""): string => `import { pgTable, serial, text, uuid } from "drizzle-orm/pg-core";
export const parcels = pgTable("parcels", { id: uuid("id").primaryKey()${more} });
export const orders = pgTable("orders", { id: serial("id").primaryKey(), parcelId: uuid("parcel_id").references(() => parcels.id) });
export const refunds = pgTable("refunds", { id: serial("id").primaryKey(), parcelId: uuid("parcel_id").references(() => parcels.id) });
export const claims = pgTable("claims", { id: serial("id").primaryKey(), ${column} });
`;
  const loose = 'parcelId: uuid("parcel_id")';
  const claim = { "src/claims.ts": 'import { claims, parcels } from "./db/schema";\nexport const claim = (db, parcelId) => db.insert(claims).values({ parcelId });\nexport const remove = (db) => db.delete(parcels);\n' };
  const found = (text: string, files: Files): string[] => lintProject({ ...drizzle, "src/db/schema.ts": text, ...files }, "src/db/schema.ts", "require-foreign-key");

  it("reports a row that is left behind", () => expect(found(schema(loose), claim)).toHaveLength(1));
  it("leaves alone a table whose rows no code makes", () => expect(found(schema(loose), { "src/claims.ts": "export const remove = (db) => db.delete(parcels);\nexport const isOn = () => isEnabled(\"Claims\");\n" })).toEqual([]));
  it("leaves alone a number that the other table has beside its key", () => expect(found(schema(loose, ', parcelId: uuid("parcel_id").notNull()'), claim)).toEqual([]));
  it("leaves alone rows of what seeds and scripts alone delete", () =>
    expect(found(schema(loose), { "src/claims.ts": claim["src/claims.ts"].replace(/export const remove.*\n/, ""), "scripts/reset.ts": "export const remove = (db) => db.delete(parcels);\n" })).toEqual([]));
});

describe("require-foreign-key-index", () => {
  const schema = `import { index, pgTable, serial, timestamp, uuid } from "drizzle-orm/pg-core";
export const customers = pgTable("customers", { id: uuid("id").primaryKey() });
export const orders = pgTable("orders", { id: serial("id").primaryKey(), customerId: uuid("customer_id").references(() => customers.id), madeAt: timestamp("made_at") }, (table) => [index("made").on(table.madeAt)]);
`;
  const found = (condition: string): string[] => lintProject({ ...drizzle, "src/db/schema.ts": schema, "src/orders.ts": `export const list = (db, id, day) => db.select().from(orders).where(${condition});\n` }, "src/db/schema.ts", "require-foreign-key-index");
  it("leaves alone what is asked for with a range that has an index", () => expect(found("and(eq(orders.customerId, id), lt(orders.madeAt, day))")).toEqual([]));
  it("reports what is asked for by itself", () => expect(found("eq(orders.customerId, id)")).toHaveLength(1));
});

describe("SQL that no tool runs in an order", () => {
  const supabase = { name: "shop", dependencies: { "@supabase/supabase-js": "^2.0.0" } };
  const add = `import { createClient } from "@supabase/supabase-js";
const supabase = createClient(url, key);
export async function add(slug, title) {
  const { data: known } = await supabase.from("guides").select("id").eq("slug", slug).maybeSingle();
  if (!known) await supabase.from("guides").insert({ slug, title });
}
`;
  const read = (files: Files): string[] => lintProject({ "package.json": supabase, "src/guides.ts": add, ...files }, "src/guides.ts", "no-unchecked-existence-read");
  const types = (isOneToOne: boolean): Files => ({
    "src/lib/database.types.ts": `export type Database = { public: { Tables: {
      guides: { Row: { slug: string }; Relationships: [{ foreignKeyName: "guides_slug_fkey"; columns: ["slug"]; isOneToOne: ${String(isOneToOne)}; referencedRelation: "pages"; referencedColumns: ["slug"] }] };
    } } };
`,
  });

  it.each<[string, Files]>([
    ["in the project's folder", { "SETUP.sql": "create table guides (id uuid primary key, slug text not null unique, title text);" }],
    ["in a migration without a number", { "supabase/migrations/add-guides.sql": "CREATE TABLE IF NOT EXISTS public.guides (id uuid PRIMARY KEY, slug text, UNIQUE (slug));" }],
    ["beside the migrations that make the table", { "supabase/migrations/20260101_a.sql": "CREATE TABLE guides (id uuid PRIMARY KEY, slug text);", "db/indexes.sql": 'CREATE UNIQUE INDEX IF NOT EXISTS one_slug ON "guides" ("slug");' }],
    ["in a dump", { "db/dump.sql": "CREATE TABLE public.guides (id uuid, slug text);\nALTER TABLE ONLY public.guides\n    ADD CONSTRAINT guides_slug_key UNIQUE (slug);" }],
    ["as the types of the database say", types(true)],
  ])("keeps rows apart %s", (_, files) => expect(read(files)).toEqual([]));

  it.each<[string, Files]>([
    ["of another table", { "SETUP.sql": "create table guides (slug text); create table pages (slug text unique);" }],
    ["of another schema", { "SETUP.sql": "create table archive.guides (slug text unique);" }],
    ["by other columns as well", { "SETUP.sql": "create table guides (slug text, shop_id uuid, unique (slug, shop_id));" }],
    ["when a migration is taken back", { "supabase/migrations/20260101_a.down.sql": "create unique index on guides (slug);" }],
    ["in a migration that a later one changes", { "supabase/migrations/20260101_a.sql": "CREATE TABLE guides (id uuid PRIMARY KEY, slug text); CREATE UNIQUE INDEX one_slug ON guides (slug);", "supabase/migrations/20260102_b.sql": "DROP INDEX one_slug;" }],
    ["in what tests set up", { "tests/setup.sql": "create table guides (slug text unique);" }],
    ["as the types of the database say", types(false)],
  ])("does not keep rows apart %s", (_, files) => expect(read(files)).toHaveLength(1));

  it("is asked before a second row is said to be added", () => {
    const twice = (sql: string): string[] =>
      lintProject({ ...drizzle, "drizzle/meta/_journal.json": { entries: [{ idx: 0, tag: "0000_a" }] }, "drizzle/0000_a.sql": "CREATE TABLE guides (id serial PRIMARY KEY, slug text);", "drizzle/guides.sql": sql, "src/guides.ts": `import { drizzle } from "drizzle-orm/node-postgres";
import { eq } from "drizzle-orm";
import { pgTable, serial, text } from "drizzle-orm/pg-core";
const db = drizzle(url);
export const guides = pgTable("guides", { id: serial("id").primaryKey(), key: text("guide_key") });
export async function add(key) {
  const [known] = await db.select().from(guides).where(eq(guides.key, key));
  if (!known) await db.insert(guides).values({ key });
}
` }, "src/guides.ts", "no-check-then-insert");
    expect(twice("CREATE UNIQUE INDEX ON guides (guide_key);")).toEqual([]);
    expect(twice("CREATE INDEX ON guides (guide_key);")).toHaveLength(1);
  });

  it("makes an index", () => {
    const index = (sql: string): string[] => lintProject({ ...drizzle, "src/db/customers.ts": tables, "src/db/schema.ts": orders, "src/orders.ts": "export const ofCustomer = (db, id) => db.select().from(orders).where(eq(orders.customerId, id));\n", "scripts/speed.sql": sql }, "src/db/schema.ts", "require-foreign-key-index");
    expect(index("CREATE INDEX CONCURRENTLY i ON orders (customer_id);")).toEqual([]);
    expect(index("CREATE INDEX CONCURRENTLY i ON orders (id, customer_id);")).toHaveLength(1);
  });

  it("makes an address unique", () => {
    const pages = (sql: string): string[] => lintProject({ "package.json": { name: "shop" }, "supabase/migrations/20260101_a.sql": "CREATE TABLE pages (id uuid PRIMARY KEY, slug text NOT NULL);", "supabase/more.sql": sql, "src/pages.ts": 'export const page = (db, slug) => db.from("pages").select().eq("slug", slug);' }, "supabase/migrations/20260101_a.sql", "require-unique-constraint");
    expect(pages("ALTER TABLE pages ADD CONSTRAINT one_page UNIQUE (slug);")).toEqual([]);
    expect(pages("ALTER TABLE pages ADD CONSTRAINT one_page CHECK (slug <> '');")).toHaveLength(1);
  });
});

describe("require-unique-constraint", () => {
  const file = "supabase/migrations/20260101_a.sql";
  const key = "CREATE TABLE api_keys (id uuid PRIMARY KEY, shop_id uuid, key_hash text NOT NULL);";
  const lookup = 'export const shopOf = (db, hash) => db.from("api_keys").select("shop_id").eq("key_hash", hash).single();\n';
  const found = (files: Files): string[] => lintProject({ "package.json": { name: "shop" }, [file]: key, "src/index.ts": "export const start = () => undefined;\n", ...files }, file, "require-unique-constraint");
  const types = "export type Database = { public: { Tables: { api_keys: { Row: { key_hash: string }; Insert: { key_hash: string }; Update: { key_hash?: string } } } } };\n";

  it.each<[string, Files]>([
    ["code", { "src/keys.ts": lookup }],
    ["a function of the platform", { "supabase/functions/check/index.ts": lookup }],
    ["a component", { "src/Keys.vue": `<script setup>\n${lookup.replace("export ", "")}</script>\n` }],
    ["another name in code", { "src/keys.ts": "export const find = (db, keyHash) => db.apiKey.findFirst({ where: { keyHash } });\n" }],
  ])("reports a key that %s asks for", (_, files) => expect(found(files)).toHaveLength(1));
  it("reports it where there is no code to look at", () => expect(lintProject({ "package.json": { name: "shop" }, [file]: key }, file, "require-unique-constraint")).toHaveLength(1));

  it.each<[string, Files]>([
    ["nothing", {}],
    ["another table's code", { "src/keys.ts": 'export const shopOf = (db, key) => db.from("apikey").select().eq("key_value", key).single();\n' }],
    ["the types of the database", { "src/database.types.ts": types }],
    ["a test", { "tests/keys.test.ts": lookup }],
    ["a script", { "scripts/keys.ts": lookup }],
  ])("leaves alone a key that nothing but %s speaks of", (_, files) => expect(found(files)).toEqual([]));
});

describe("require-unique-login", () => {
  const file = "migrations/0001_init.sql";
  const found = (columns: string, code: string, files: Files = {}): string[] => lintProject({ "package.json": { name: "shop" }, [file]: `CREATE TABLE users (id text PRIMARY KEY, email text${columns});\n`, "src/login.ts": code, ...files }, file, "require-unique-login");
  const own = "export const login = (db, email) => db.query('SELECT * FROM users');\n";
  it("leaves alone what SQL beside the migrations makes unique", () => expect(found("", own, { "sql/fixes.sql": "CREATE UNIQUE INDEX ON users (lower(email));" })).toEqual([]));
  const hosted = "export const login = (supabase, email, password) => supabase.auth.signInWithPassword({ email, password });\n";
  it("leaves alone a copy of accounts that a service has", () => expect(found("", hosted)).toEqual([]));
  it("reports accounts that have their own password", () => expect(found(", password text NOT NULL", hosted, { "src/users.ts": own })).toHaveLength(1));
  it("reports accounts of the app's own", () => expect(found("", own)).toHaveLength(1));
});

describe("no-read-modify-write", () => {
  const file = "src/news.ts";
  const code = `import { drizzle } from "drizzle-orm/node-postgres";
import { eq } from "drizzle-orm";
import { news as newsTable } from "./db/schema";
const db = drizzle(url);
export async function read(id) {
  const [row] = await db.select().from(newsTable).where(eq(newsTable.id, id));
  await db.update(newsTable).set({ reads: Number(row.reads) + 1 }).where(eq(newsTable.id, id));
}
`;
  const found = (type: string): string[] => lintProject({ ...drizzle, "src/db/schema.ts": `import { integer, pgTable, text } from "drizzle-orm/pg-core";\nexport const news = pgTable("news", { id: text("id").primaryKey(), reads: ${type}("reads") });\n`, [file]: code }, file, "no-read-modify-write");
  it("leaves alone a text, also of a table by another name", () => expect(found("text")).toEqual([]));
  it("reports a number", () => expect(found("integer")).toHaveLength(1));
});

describe("no-unchecked-existence-read", () => {
  const file = "src/cart.ts";
  const code = `import { createClient } from "@supabase/supabase-js";
const supabase = createClient(url, key);
export async function add(userId, productId) {
  const { data: line } = await supabase.from("cart_lines").select("id").eq("user_id", userId).eq("product_id", productId).maybeSingle();
  if (!line) await supabase.from("cart_lines").insert({ user_id: userId, product_id: productId });
}
`;
  const found = (unique: string): string[] =>
    lintProject({ "package.json": { name: "shop", dependencies: { "@supabase/supabase-js": "^2.0.0" } }, "supabase/migrations/20260101_a.sql": `CREATE TABLE cart_lines (id uuid PRIMARY KEY, user_id uuid, product_id uuid${unique});\n`, [file]: code }, file, "no-unchecked-existence-read");
  it("leaves alone what the database turns down", () => expect(found(", UNIQUE (user_id, product_id)")).toEqual([]));
  it("reports what it takes", () => expect(found("")).toHaveLength(1));
  it("reports what it takes from others", () => expect(found(", shop_id uuid, UNIQUE (user_id, product_id, shop_id)")).toHaveLength(1));
});

describe("no-mass-assignment", () => {
  const file = "src/app/api/banners/route.ts";
  const code = `import { PrismaClient } from "@prisma/client";
const prisma = new PrismaClient();
export async function PUT(request) {
  const { id, ...rest } = await request.json();
  await prisma.banner.update({ where: { id }, data: rest });
}
`;
  const found = (columns: string): string[] =>
    lintProject({ "package.json": { name: "shop", dependencies: { "@prisma/client": "^6.0.0", next: "^16.0.0" } }, "prisma/schema.prisma": `datasource db {\n  provider = "postgresql"\n}\nmodel Banner {\n  id String @id\n  text String\n  isActive Boolean\n${columns}}\n`, [file]: code }, file, "no-mass-assignment");
  it("leaves alone a flag of what is shown", () => expect(found("")).toEqual([]));
  it("reports a flag of what is somebody's", () => expect(found("  userId String\n")).toHaveLength(1));
});
