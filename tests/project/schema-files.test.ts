import { relative } from "node:path";
import { expect, test } from "vitest";

import { schemaAround, schemasOf } from "../../src/project/schema-files.js";
import { makeProject, type Files } from "../support/project.js";

const datasource = 'datasource db {\n  provider = "postgresql"\n}\n';

/** What is found from a file of a project: language, tool and files. */
function found(files: Files, from = "src/app.ts", find: (filename: string) => ReturnType<typeof schemasOf> = schemasOf): unknown[] {
  const project = makeProject({ "package.json": { name: "shop" }, ...files });
  project.open(from);
  return find(project.path(from)).map((set) => [set.language, set.writtenBy, ...set.files.map((file) => relative(project.dir, file))]);
}

test("a Prisma schema and the migrations that Prisma writes for it", () => {
  const files = {
    "prisma/schema.prisma": datasource,
    "prisma/migrations/20260102_more/migration.sql": "",
    "prisma/migrations/20260101_init/migration.sql": "",
    "prisma/migrations/migration_lock.toml": "",
    "prisma/seed.sql": "",
  };
  expect(found(files)).toEqual([
    ["prisma", null, "prisma/schema.prisma"],
    ["sql", "prisma", "prisma/migrations/20260101_init/migration.sql", "prisma/migrations/20260102_more/migration.sql"],
  ]);
});

test("a Prisma schema of many files", () => {
  expect(found({ "db/prisma/schema.prisma": datasource, "db/prisma/models/a.prisma": "", "db/prisma/models/deep/b.prisma": "" })).toEqual([
    ["prisma", null, "db/prisma/models/a.prisma", "db/prisma/models/deep/b.prisma", "db/prisma/schema.prisma"],
  ]);
});

test("a second schema beside the usual one is the app's where something names it", () => {
  const both = { "prisma/schema.prisma": datasource, "prisma/schema.sqlite.prisma": datasource };
  const [usual, second] = [["prisma", null, "prisma/schema.prisma"], ["prisma", null, "prisma/schema.sqlite.prisma"]];
  const around = (filename: string): ReturnType<typeof schemasOf> => [schemaAround(filename)].filter((set) => set !== null);
  expect(found(both)).toEqual([usual]);
  expect(found(both, "prisma/schema.sqlite.prisma", around)).toEqual([]);
  expect(found({ ...both, "docs/setup.md": "prisma db push --schema prisma/schema.sqlite.prisma" })).toEqual([usual]);
  expect(found({ ...both, "package.json": { name: "shop", scripts: { dev: "prisma db push --schema prisma/schema.sqlite.prisma" } } })).toEqual([usual, second]);
  expect(found({ ...both, "scripts/dev.sh": "cp prisma/schema.sqlite.prisma prisma/schema.prisma\n" })).toEqual([usual, second]);
});

test("two datasources in a folder are two schemas", () => {
  expect(found({ "prisma/mysql.prisma": datasource, "prisma/postgres.prisma": datasource })).toEqual([
    ["prisma", null, "prisma/mysql.prisma"],
    ["prisma", null, "prisma/postgres.prisma"],
  ]);
});

test("migrations of Supabase, in order, without those that take back", () => {
  expect(found({ "supabase/migrations/20260102_b.sql": "", "supabase/migrations/20260101_a.sql": "", "supabase/migrations/20260101_a.down.sql": "", "supabase/seed.sql": "" })).toEqual([
    ["sql", null, "supabase/migrations/20260101_a.sql", "supabase/migrations/20260102_b.sql"],
  ]);
});

test("migrations of drizzle-kit, in the order of its journal", () => {
  const journal = { entries: [{ idx: 1, tag: "0001_a" }, { idx: 0, tag: "0000_b" }] };
  expect(found({ "lib/db/drizzle/meta/_journal.json": journal, "lib/db/drizzle/0000_b.sql": "", "lib/db/drizzle/0001_a.sql": "", "lib/db/drizzle/0002_not_yet.sql": "" })).toEqual([
    ["sql", "drizzle", "lib/db/drizzle/0000_b.sql", "lib/db/drizzle/0001_a.sql"],
  ]);
});

const workspace = {
  "package.json": { private: true, workspaces: ["apps/*", "packages/*"] },
  "apps/web/package.json": { name: "web", dependencies: { "@acme/db": "workspace:*" } },
  "apps/docs/package.json": { name: "docs" },
  "packages/db/package.json": { name: "@acme/db" },
  "packages/db/prisma/schema.prisma": datasource,
};

test("that of a package that this one depends on", () => {
  const other = { "packages/audit/package.json": { name: "@acme/audit" }, "packages/audit/prisma/schema.prisma": datasource };
  expect(found({ ...workspace, ...other }, "apps/web/src/app.ts")).toEqual([["prisma", null, "packages/db/prisma/schema.prisma"]]);
});

test("the only one of the workspace, and none of two", () => {
  expect(found(workspace, "apps/docs/src/app.ts")).toEqual([["prisma", null, "packages/db/prisma/schema.prisma"]]);
  const other = { "packages/audit/package.json": { name: "@acme/audit" }, "packages/audit/prisma/schema.prisma": datasource };
  expect(found({ ...workspace, ...other }, "apps/docs/src/app.ts")).toEqual([]);
});

test("that which a schema file is part of, in a folder that nobody would look into", () => {
  const around = (filename: string): ReturnType<typeof schemasOf> => [schemaAround(filename)].filter((set) => set !== null);
  expect(found({ "odd/place/schema.prisma": datasource, "odd/place/more/a.prisma": "" }, "odd/place/more/a.prisma", around)).toEqual([
    ["prisma", null, "odd/place/more/a.prisma", "odd/place/schema.prisma"],
  ]);
  const migrations = { "odd/migrations/1_a.sql": "", "odd/migrations/2_b.sql": "", "odd/migrations/seed.sql": "" };
  expect(found(migrations, "odd/migrations/2_b.sql", around)).toEqual([["sql", null, "odd/migrations/1_a.sql", "odd/migrations/2_b.sql"]]);
  expect(found(migrations, "odd/migrations/seed.sql", around)).toEqual([]);
  expect(found({ "odd/old_migrations/1_a.sql": "" }, "odd/old_migrations/1_a.sql", around)).toEqual([]);
});

test("not the copy beside the client that Prisma writes", () => {
  const files = { "package.json": { workspaces: ["packages/*"] }, "src/generated/client/schema.prisma": datasource, "src/generated/client/package.json": { name: "client" } };
  expect(found(files, "src/generated/client/schema.prisma")).toEqual([]);
  expect(schemaAround(makeProject(files).path("src/generated/client/schema.prisma"))).toBeNull();
});

test("nothing in a project without a database, or for a text without a file", () => {
  expect(found({ "src/other.ts": "" })).toEqual([]);
  expect(schemasOf("<input>")).toEqual([]);
});
