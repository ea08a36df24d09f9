import { setTimeout } from "node:timers/promises";
import { describe, expect, test } from "vitest";

import { parseSql } from "../../../src/languages/sql/parse.js";
import { openFile } from "../../../src/project/file.js";
import { withKeysByHand } from "../../../src/semantics/schema/by-hand.js";
import { schemaOf, tableCalled } from "../../../src/semantics/schema/tables.js";
import type { Source } from "../../../src/syntax/source.js";
import { type Files, makeProject, type Project } from "../../support/project.js";

const prisma = `datasource db {
  provider = "postgresql"
}

model User {
  id    Int    @id
  email String

  @@map("users")
}
`;

const manifest = { name: "shop" };

/** A new run of looks at the disk begins after a pause. */
const pause = (): Promise<void> => setTimeout(600);

const namesIn = (source: Source): string[] => schemaOf(source)?.tables.map(({ name }) => name) ?? [];

describe("what is declared in several places", () => {
  test("is one table: Prisma's schema, and what migrations add by hand", () => {
    const project = makeProject({
      "package.json": manifest,
      "prisma/schema.prisma": prisma,
      "prisma/migrations/1_init/migration.sql":
        'CREATE TABLE "users" ("id" INTEGER PRIMARY KEY, "email" TEXT); CREATE UNIQUE INDEX "lower_mail" ON "users" ("email"); CREATE TABLE "gone" ("id" INTEGER);',
    });
    const schema = schemaOf(project.open("src/app.ts"));
    expect(schema?.tables.map(({ name, model, at, isWritten }) => [name, model, at.file, isWritten])).toEqual([["users", "User", project.path("prisma/schema.prisma"), false]]);
    expect(schema?.tables[0]?.uniques).toMatchObject([{ name: "lower_mail" }]);
    expect(schema && tableCalled("user", schema)?.name).toBe("users");
    expect(schema && tableCalled("Users", schema)?.name).toBe("users");
    expect(schema && tableCalled("others", schema)).toBeNull();
  });

  test("has row level security where hand-written SQL says so, and is declared in Prisma's schema", () => {
    const project = makeProject({
      "package.json": manifest,
      "prisma/schema.prisma": prisma,
      "db/migrations/1_a.sql": "CREATE TABLE users (id int PRIMARY KEY); ALTER TABLE users ENABLE ROW LEVEL SECURITY; CREATE TABLE extra (id int);",
    });
    const schema = schemaOf(project.open("src/app.ts"));
    expect(schema?.tables.map(({ name, rowSecurity, at, createdAt }) => [name, rowSecurity, at.file, createdAt?.file])).toEqual([
      ["users", "on", project.path("prisma/schema.prisma"), project.path("db/migrations/1_a.sql")],
      ["extra", "off", project.path("db/migrations/1_a.sql"), project.path("db/migrations/1_a.sql")],
    ]);
  });

  test("is only read where a tool writes it from what we do not read", () => {
    const project = makeProject({ "package.json": manifest, "drizzle/meta/_journal.json": { entries: [{ idx: 0, tag: "0000_a" }] }, "drizzle/0000_a.sql": "CREATE TABLE a (id int);" });
    expect(schemaOf(project.open("src/app.ts"))?.tables).toMatchObject([{ name: "a", isWritten: true, createdAt: null }]);
  });
});

describe("migrations of two folders for one database", () => {
  const init = "CREATE TABLE users (id int PRIMARY KEY); CREATE TABLE IF NOT EXISTS vouchers (id int PRIMARY KEY);";
  const dropped = (more: Files = {}, made = "001_init.sql", text = init): string[] =>
    namesIn(
      makeProject({
        "package.json": manifest,
        "prisma/schema.prisma": prisma,
        [`supabase/migrations/${made}`]: text,
        "prisma/migrations/20260301000000_vouchers/migration.sql": 'DROP TABLE "vouchers";',
        ...more,
      }).open("src/app.ts"),
    );

  test("leave no table that the other one has dropped, and Prisma's schema does not have", () => {
    expect(dropped()).toEqual(["users"]);
    expect(dropped({}, "20260201000000_init.sql")).toEqual(["users"]);
  });

  test("leave one that was made later, that is made again, that the schema has, or that is of another database", () => {
    const twice = { "prisma/migrations/20260401000000_vouchers/migration.sql": 'CREATE TABLE "vouchers" ("id" INTEGER);' };
    expect(dropped(twice)).toEqual(["users", "vouchers"]);
    expect(dropped({ "prisma/schema.prisma": `${prisma}\nmodel vouchers {\n  id Int @id\n}\n` })).toEqual(["users", "vouchers"]);
    expect(dropped({}, "20260401000000_init.sql")).toEqual(["users", "vouchers"]);
    expect(dropped({}, "001_init.sql", init.replace("users", "events"))).toEqual(["users", "events", "vouchers"]);
    expect(dropped({ "prisma/migrations/20260301000000_vouchers/migration.sql": 'DROP TABLE "coupons";' })).toEqual(["users", "vouchers"]);
  });

  test("keep the indexes of a table whose file has a greater number", () => {
    const project = makeProject({
      "package.json": manifest,
      "supabase/migrations/005_indexes.sql": "CREATE INDEX by_brand ON products (brand_id); CREATE UNIQUE INDEX by_sku ON products (sku); DROP INDEX by_price; CREATE INDEX by_name ON products (name); DROP INDEX by_name;",
      "supabase/migrations/007_products.sql": "CREATE TABLE products (id int PRIMARY KEY, brand_id int, sku text, name text); CREATE INDEX by_id ON products (id);",
    });
    const table = schemaOf(project.open("src/app.ts"))?.tables[0];
    expect(table?.isComplete).toBe(true);
    expect(table?.indexes.map(({ name }) => name)).toEqual(["by_brand", "by_id"]);
    expect(table?.uniques.map(({ name }) => name)).toEqual(["by_sku"]);
  });
});

describe("migrations at the root of a workspace", () => {
  const entity = 'import { Column, Entity, PrimaryGeneratedColumn } from "typeorm";\n@Entity("users")\nexport class User {\n  @PrimaryGeneratedColumn() id: number;\n  @Column() email: string;\n}\n';
  const migration = (sql: string): string => `import { MigrationInterface, QueryRunner } from "typeorm";\nexport class Users1 implements MigrationInterface {\n  async up(queryRunner: QueryRunner) {\n    await queryRunner.query(\`${sql}\`);\n  }\n  async down() {}\n}\n`;
  const keysOf = (files: Files): string[][] => {
    const project = makeProject({ "package.json": { name: "shop", workspaces: ["apps/*"], dependencies: { typeorm: "^0.3.0" } }, "apps/api/package.json": { name: "api", dependencies: { typeorm: "^0.3.0" } }, "apps/api/src/user.ts": entity, ...files });
    const source = project.open("apps/api/src/app.ts");
    const schema = schemaOf(source);
    const table = schema && tableCalled("users", schema);
    return table ? withKeysByHand(table, source).uniques.map(({ columns }) => columns.map(String)) : [["none"]];
  };

  test("make keys of the tables of a package that has none itself", () => {
    const unique = "CREATE UNIQUE INDEX by_mail ON users (email)";
    expect(keysOf({})).toEqual([]);
    expect(keysOf({ "migrations/1700000000000-users.ts": migration(unique) })).toEqual([["email"]]);
    expect(keysOf({ "db/migrations/001_users.sql": `${unique};` })).toEqual([["email"]]);
  });

  test("make none of other tables, nor where the package has migrations, nor where they are another package's", () => {
    const unique = "CREATE UNIQUE INDEX by_mail ON users (email);";
    expect(keysOf({ "db/migrations/001_users.sql": unique.replace("users", "customers") })).toEqual([]);
    expect(keysOf({ "db/migrations/001_users.sql": unique, "apps/api/db/migrations/001_orders.sql": "CREATE TABLE orders (id int);" })).toEqual([]);
    expect(keysOf({ "apps/crm/package.json": { name: "crm" }, "apps/crm/db/migrations/001_users.sql": unique })).toEqual([]);
  });
});

describe("an edit is seen", () => {
  test("of a Prisma schema, at once", () => {
    const project = makeProject({ "package.json": manifest, "prisma/schema.prisma": prisma });
    const before = schemaOf(project.open("src/app.ts"));
    expect(schemaOf(project.open("src/other.ts"))).toBe(before);
    project.write({ "prisma/schema.prisma": `${prisma}\nmodel Post {\n  id Int @id\n}\n` });
    expect(namesIn(project.open("src/app.ts"))).toEqual(["users", "Post"]);
  });

  test("of migrations, after a pause, and a new one", async () => {
    const project = makeProject({ "package.json": manifest, "supabase/migrations/1_a.sql": "CREATE TABLE a (id int);" });
    expect(namesIn(project.open("src/app.ts"))).toEqual(["a"]);
    await pause();
    project.write({ "supabase/migrations/1_a.sql": "CREATE TABLE b (id int);", "supabase/migrations/2_c.sql": "CREATE TABLE c (id int);" });
    expect(namesIn(project.open("src/app.ts"))).toEqual(["b", "c"]);
    await pause();
    project.remove("supabase");
    expect(schemaOf(project.open("src/app.ts"))).toBeNull();
  });

  const linted = (project: Project, file: string, text: string): Source => {
    const source = { ast: parseSql(text), text } as unknown as Source;
    openFile({ sourceCode: source, filename: project.path(file), cwd: project.dir, settings: {}, languageOptions: {} } as never);
    return source;
  };

  test("that is not saved yet, in the file that is being linted", () => {
    const project = makeProject({ "package.json": manifest, "supabase/migrations/1_a.sql": "CREATE TABLE a (id int);" });
    expect(namesIn(linted(project, "supabase/migrations/1_a.sql", "CREATE TABLE b (id int); CREATE TABLE c (id int);"))).toEqual(["b", "c"]);
    expect(namesIn(project.open("src/app.ts"))).toEqual(["a"]);
  });

  test("a script that is no migration declares nothing", () => {
    const project = makeProject({ "package.json": manifest, "scripts/fix.sql": "" });
    expect(schemaOf(linted(project, "scripts/fix.sql", "CREATE TABLE b (id int);"))).toBeNull();
  });
});

test("many migrations, of which one changes", async () => {
  const text = (index: number): string => `CREATE TABLE t${index} (id uuid PRIMARY KEY); ALTER TABLE t${index} ENABLE ROW LEVEL SECURITY;`;
  const migrations = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`supabase/migrations/${String(1000 + index)}_m.sql`, text(index)]));
  const project = makeProject({ "package.json": manifest, ...migrations });
  expect(namesIn(project.open("src/app.ts"))).toHaveLength(40);
  project.write({ "supabase/migrations/1001_m.sql": "CREATE TABLE other (id uuid PRIMARY KEY);" });
  await pause();
  expect(namesIn(project.open("src/app.ts"))).toContain("other");
});
