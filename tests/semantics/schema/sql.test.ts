import { describe, expect, test } from "vitest";

import { parseSql } from "../../../src/languages/sql/parse.js";
import type { Schema, Table } from "../../../src/semantics/schema/model.js";
import { replaySql } from "../../../src/semantics/schema/sql.js";

const replay = (...migrations: string[]): Schema => replaySql(migrations.map((text, index) => ({ file: `${index}.sql`, script: parseSql(text) })), false);

function only(...migrations: string[]): Table {
  const [table, ...others] = replay(...migrations).tables;
  if (!table || others.length > 0) throw new Error("not one table");
  return table;
}

const columnsOf = ({ columns }: Table): string[] => columns.map(({ name, type, isNullable }) => `${name} ${type}${isNullable ? "?" : ""}`);

const base = "CREATE TABLE orders (id uuid PRIMARY KEY, email text NOT NULL, total numeric(10, 2) DEFAULT 0, owner_id uuid REFERENCES users ON DELETE CASCADE);";

describe("a table", () => {
  test("has its columns, keys and places", () => {
    const table = only(base);
    expect(columnsOf(table)).toEqual(["id uuid", "email text", "total numeric?", "owner_id uuid?"]);
    expect(table.columns.map(({ family }) => family)).toEqual(["uuid", "text", "decimal", "uuid"]);
    expect(table.primaryKey).toMatchObject({ name: "orders_pkey", columns: ["id"] });
    expect(table.foreignKeys).toMatchObject([{ name: "orders_owner_id_fkey", columns: ["owner_id"], table: "users", targets: [], onDelete: "cascade", onUpdate: null }]);
    expect(table).toMatchObject({ name: "orders", schema: null, rowSecurity: "off", isComplete: true });
    expect(base.slice(...table.at.range)).toBe("orders");
    expect(base.slice(...(table.columns[1]?.at.range ?? [0, 0]))).toBe("email");
  });

  test("is what all migrations make of it", () => {
    const table = only(
      base,
      `ALTER TABLE public.orders ADD COLUMN note varchar(20) NOT NULL UNIQUE, DROP COLUMN total, ALTER COLUMN email DROP NOT NULL, ALTER owner_id SET NOT NULL;
       ALTER TABLE orders ALTER note TYPE text, ALTER note SET DEFAULT 'none'; ALTER TABLE orders RENAME owner_id TO user_id;
       CREATE INDEX by_user ON orders (user_id); CREATE UNIQUE INDEX by_mail ON orders (lower(email)) WHERE email IS NOT NULL;`,
    );
    expect(columnsOf(table)).toEqual(["id uuid", "email text?", "user_id uuid", "note text"]);
    expect(table.columns.at(-1)).toMatchObject({ default: "'none'", at: { file: "1.sql" } });
    expect(table.foreignKeys).toMatchObject([{ columns: ["user_id"] }]);
    expect(table.uniques).toMatchObject([
      { name: "orders_note_key", columns: ["note"], isPartial: false },
      { name: "by_mail", columns: [null], parts: ["lower ( email )"], isPartial: true },
    ]);
    expect(table.indexes).toMatchObject([{ name: "by_user", columns: ["user_id"] }]);
  });

  test("loses what is dropped", () => {
    const table = only(
      base,
      "CREATE UNIQUE INDEX a ON orders (email); CREATE INDEX b ON orders (total); DROP INDEX a; ALTER TABLE orders DROP COLUMN total, DROP CONSTRAINT orders_owner_id_fkey, DROP CONSTRAINT orders_pkey",
    );
    expect(table).toMatchObject({ uniques: [], indexes: [], foreignKeys: [], primaryKey: null });
  });

  test("is not there any more, or by another name", () => {
    expect(replay(base, "DROP TABLE IF EXISTS orders").tables).toEqual([]);
    expect(replay(base, "CREATE SCHEMA shop; ALTER TABLE orders SET SCHEMA shop; DROP SCHEMA shop CASCADE").tables).toEqual([]);
    const { tables } = replay("CREATE TABLE users (id int PRIMARY KEY)", base, "ALTER TABLE users RENAME TO people; ALTER TABLE orders SET SCHEMA shop");
    expect(tables.map(({ schema, name }) => [schema, name])).toEqual([
      [null, "people"],
      ["shop", "orders"],
    ]);
    expect(tables[1]?.foreignKeys).toMatchObject([{ table: "people", targets: ["id"] }]);
  });

  test("is made once: a second statement for it does nothing", () => {
    expect(columnsOf(only(base, "CREATE TABLE IF NOT EXISTS orders (other int)"))).toHaveLength(4);
  });

  test("is made anew by SQLite, with the keys that lead to it", () => {
    const { tables } = replay(
      'CREATE TABLE "User" ("id" INTEGER PRIMARY KEY, "email" TEXT); CREATE TABLE "Post" ("userId" INTEGER REFERENCES "User" ("id"));',
      'CREATE TABLE "new_User" ("id" INTEGER PRIMARY KEY, "email" TEXT NOT NULL); DROP TABLE "User"; ALTER TABLE "new_User" RENAME TO "User"; CREATE UNIQUE INDEX "User_email_key" ON "User"("email");',
    );
    const user = tables.find(({ name }) => name === "User");
    expect(user?.uniques).toMatchObject([{ columns: ["email"] }]);
    expect(tables.find(({ name }) => name === "Post")?.foreignKeys).toMatchObject([{ table: "User", targets: ["id"] }]);
  });

  test("is changed by MySQL", () => {
    const table = only(
      "CREATE TABLE `users` (`id` INT AUTO_INCREMENT, `mail` VARCHAR(20), `on` TINYINT(1), UNIQUE KEY `by_mail` (`mail`), PRIMARY KEY (`id`))",
      "ALTER TABLE `users` CHANGE `mail` `email` VARCHAR(191) NOT NULL, MODIFY `on` TINYINT(1) NOT NULL, DROP INDEX `by_mail`",
    );
    expect(columnsOf(table)).toEqual(["id int", "email varchar", "on tinyint"]);
    expect(table.columns.map(({ family, isGenerated }) => [family, isGenerated])).toEqual([
      ["integer", true],
      ["text", false],
      ["boolean", false],
    ]);
    expect(table).toMatchObject({ uniques: [], primaryKey: { columns: ["id"] } });
  });

  test("is none of ours in ClickHouse", () => {
    expect(replay("CREATE TABLE a (b Int64) ENGINE = MergeTree() ORDER BY b").tables).toEqual([]);
    expect(only("CREATE TABLE a (b int) ENGINE=InnoDB")).toMatchObject({ isComplete: true });
  });

  test("is not all known when the statement that makes it is elsewhere, or takes its columns from elsewhere", () => {
    expect(only("ALTER TABLE auth.users ADD COLUMN note text")).toMatchObject({ schema: "auth", isComplete: false, rowSecurity: "unknown" });
    expect(only("CREATE TABLE a AS SELECT 1 AS b")).toMatchObject({ isComplete: false });
    expect(replay("CREATE TEMP TABLE a (b int)").tables).toEqual([]);
  });
});

describe("row level security", () => {
  const policy = 'CREATE POLICY "own" ON orders FOR UPDATE TO authenticated USING (owner_id = auth.uid());';

  test("is on, and off again", () => {
    expect(only(base, "ALTER TABLE orders ENABLE ROW LEVEL SECURITY").rowSecurity).toBe("on");
    expect(only(base, "ALTER TABLE orders ENABLE ROW LEVEL SECURITY", "ALTER TABLE orders DISABLE ROW LEVEL SECURITY").rowSecurity).toBe("off");
  });

  test("is switched on in a block", () => {
    expect(only(base, "DO $$ BEGIN IF true THEN ALTER TABLE orders ENABLE ROW LEVEL SECURITY; END IF; EXECUTE 'CREATE INDEX a ON orders (email)'; END $$")).toMatchObject({
      rowSecurity: "on",
      indexes: [{ name: "a" }],
    });
  });

  test("is unknown where statements are put together as they run", () => {
    const loop = "DO $$ DECLARE t text; BEGIN FOR t IN SELECT tablename FROM pg_tables LOOP EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t); END LOOP; END $$";
    expect(only(base, loop).rowSecurity).toBe("unknown");
    expect(only(base, policy, "DO $$ BEGIN FOR p IN SELECT 1 LOOP EXECUTE format('DROP POLICY %I ON orders', p); END LOOP; END $$").policies).toEqual([]);
  });

  test("has policies, as they are last", () => {
    expect(only(base, policy).policies).toMatchObject([{ name: "own", command: "update", roles: ["authenticated"], using: "owner_id = auth . uid ( )", check: null, isPermissive: true }]);
    expect(only(base, policy, "ALTER POLICY own ON orders TO public WITH CHECK (true)").policies).toMatchObject([{ roles: ["public"], check: "true", at: { file: "2.sql" } }]);
    expect(only(base, policy, "DROP POLICY IF EXISTS own ON public.orders").policies).toEqual([]);
    expect(only(base, "CREATE POLICY all_of_it ON orders USING (true)").policies).toMatchObject([{ command: "all", roles: ["public"], using: "true" }]);
  });
});

test("enums are what all migrations make of them", () => {
  const { enums } = replay("CREATE TYPE mood AS ENUM ('calm')", "ALTER TYPE mood ADD VALUE 'glad'; ALTER TYPE mood RENAME VALUE 'calm' TO 'quiet'; ALTER TYPE mood RENAME TO feeling; CREATE TABLE a (b feeling)");
  expect(enums).toMatchObject([{ name: "feeling", values: ["quiet", "glad"] }]);
});
