/**
 * What schemas cost, measured on ones that this script makes up.
 *
 *     npm run bench:schemas
 *
 * - A Prisma schema of 2,000 lines, linted with each preset of the built plugin: the first time in a process, and after edits; and SQL of as
 *   many. Beside it, the first time for a schema of one model: ESLint reads the config and makes its validators then, whatever is linted.
 * - Four hundred migrations of SQL, replayed: by a rule that asks, in a process that has read nothing yet, after nothing has changed, and
 *   after one of them has.
 * - A module whose rules do not ask for the schema, in a project with these migrations: how many of them are read, and what it costs beside
 *   the same module in a project without any.
 *
 * Times are in milliseconds, by the clock and by what the processor does. Each process is measured several times over; figures are medians, with the least and the greatest.
 */
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Linter } from "eslint";

import { lintConfig } from "./support/linting.js";
import { spread } from "./support/numbers.js";
import { root } from "./support/rules.js";

const processes = 5;

function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
}

const manifest = JSON.stringify({ name: "shop", dependencies: { express: "^5.0.0", pg: "^8.0.0", "@supabase/supabase-js": "^2.0.0" } });

const model = (index: number): string => `/// What number ${index} is about.
model Thing${index} {
  id        String   @id @default(cuid())
  name      String
  slug      String   @unique
  price     Decimal  @default(0)
  notes     String?
  isActive  Boolean  @default(true)
  createdAt DateTime @default(now())
  updatedAt DateTime @updatedAt
  ownerId   String
  owner     Thing${Math.max(index - 1, 0)} @relation("owns${index}", fields: [ownerId], references: [id], onDelete: Cascade)
  things    Thing${index + 1}[] @relation("owns${index + 1}")

  @@unique([ownerId, name])
  @@index([ownerId, createdAt])
  @@map("things_${index}")
}
`;

const prismaSchema = `datasource db {\n  provider = "postgresql"\n}\n\n${Array.from({ length: 111 }, (_, index) => model(index)).join("\n")}`;

const migration = (index: number): string => `-- The table of number ${index}.
CREATE TABLE public.t${index} (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  owner_id uuid NOT NULL REFERENCES auth.users (id) ON DELETE CASCADE,
  name text NOT NULL,
  price numeric(12, 2) NOT NULL DEFAULT 0 CHECK (price >= 0),
  created_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (owner_id, name)
);
ALTER TABLE public.t${index} ENABLE ROW LEVEL SECURITY;
CREATE POLICY "own ${index}" ON public.t${index} FOR ALL TO authenticated USING ((SELECT auth.uid()) = owner_id) WITH CHECK ((SELECT auth.uid()) = owner_id);
CREATE INDEX t${index}_created ON public.t${index} (created_at DESC);
CREATE OR REPLACE FUNCTION public.touch_${index}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.created_at = now(); RETURN NEW; END; $$;
ALTER TABLE public.t${Math.floor(index / 2)} ADD COLUMN IF NOT EXISTS note_${index} text;
`;

const migrations = Object.fromEntries(Array.from({ length: 400 }, (_, index) => [`supabase/migrations/${String(20_240_101_000_000 + index)}_m.sql`, migration(index)]));

const script = Array.from({ length: 142 }, (_, index) => migration(index)).join("\n");

const plain = `import express from "express";\nconst app = express();\napp.get("/health", (_request, response) => {\n  response.json({ ok: true, at: Date.now() });\n});\napp.listen(3000);\n`;

const asking = `import pg from "pg";\nconst pool = new pg.Pool();\nexport async function add(name: string) {\n  const { rows } = await pool.query("SELECT id FROM t1 WHERE name = $1", [name]);\n  if (rows.length === 0) await pool.query("INSERT INTO t1 (name) VALUES ($1)", [name]);\n}\n`;

const build = pathToFileURL(join(root, "dist/index.js")).href;

async function builtConfig(preset: string): Promise<Linter.Config[]> {
  const { default: built } = (await import(build)) as { default: NonNullable<Parameters<typeof lintConfig>[2]> };
  return lintConfig(preset, [], built).map((block): Linter.Config => {
    const { languageOptions, ...rest } = block;
    return block.language?.startsWith("hardening/") ? rest : { ...rest, ...(languageOptions && { languageOptions }) };
  });
}

type Figures = Record<string, number>;

/** Times something by the clock, and by what the processor does for it: on a busy machine the two are far apart. */
function timed(name: string, figures: Figures, run: () => void): void {
  const started = performance.now();
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  figures[name] = performance.now() - started;
  figures[`${name}, processor`] = (user + system) / 1000;
}

async function linting(file: string): Promise<Figures> {
  const figures: Figures = {};
  const text = fs.readFileSync(file, "utf8");
  for (const preset of ["recommended", "strict"]) {
    const config = await builtConfig(preset);
    const linter = new Linter({ cwd: dirname(dirname(file)) });
    const lint = (edited: string): void => void linter.verify(edited, config, { filename: file });
    timed(`${preset}, first`, figures, () => lint(text));
    for (let edit = 1; edit < 10; edit += 1) timed(`${preset}, after edits`, figures, () => lint(`${text}${"\n".repeat(edit)}`));
  }
  return figures;
}

/** What one process measures. */
const measurements: Readonly<Record<string, (folder: string) => Promise<Figures>>> = {
  prisma: (folder) => linting(join(folder, "prisma/schema.prisma")),
  sql: (folder) => linting(join(folder, "supabase/migrations/20240101000000_m.sql")),
  async migrations(folder) {
    const linter = new Linter({ cwd: folder });
    const config = (await builtConfig("strict")).map((block): Linter.Config => ({ ...block, rules: Object.fromEntries(Object.entries(block.rules ?? {}).filter(([rule]) => rule === "hardening/no-check-then-insert")) }));
    const lint = (): void => void linter.verify(asking, config, { filename: join(folder, "src/asking.ts") });
    // What parsing and looking for queries cost is known before.
    linter.verify(asking, config, { filename: join(tmpdir(), "elsewhere/src/asking.ts") });
    const figures: Figures = {};
    timed("cold", figures, lint);
    await setTimeout(300);
    timed("warm, nothing changed", figures, lint);
    await setTimeout(300);
    write(folder, { "supabase/migrations/20240101000007_m.sql": `${migration(7)}ALTER TABLE public.t7 ADD COLUMN extra${Date.now()} text;\n` });
    timed("warm, one changed", figures, lint);
    return figures;
  },
  async plain(folder) {
    let reads = 0;
    const { readFileSync } = fs;
    fs.readFileSync = ((...given: Parameters<typeof readFileSync>) => {
      if (String(given[0]).includes("migrations")) reads += 1;
      return readFileSync(...given);
    }) as typeof readFileSync;
    syncBuiltinESMExports();
    const linter = new Linter({ cwd: folder });
    const config = await builtConfig("strict");
    const lint = (): void => void linter.verify(plain, config, { filename: join(folder, "src/app.ts") });
    const figures: Figures = {};
    timed("first", figures, lint);
    await setTimeout(300);
    timed("again", figures, lint);
    return { ...figures, "migrations read": reads };
  },
};

const own = fileURLToPath(import.meta.url);

function measure(what: string, files: Readonly<Record<string, string>>): void {
  const runs = Array.from({ length: processes }, (): Figures => {
    const folder = mkdtempSync(join(tmpdir(), "bench-"));
    try {
      write(folder, { "package.json": manifest, ".git/HEAD": "", ...files });
      return JSON.parse(execFileSync(process.execPath, ["--import", "tsx", own, what, folder], { encoding: "utf8", cwd: root })) as Figures;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
  for (const name of Object.keys(runs[0] ?? {})) console.log(`  ${name}: ${spread(runs.map((run) => run[name] ?? Number.NaN), 1)}`);
}

const [what, folder] = process.argv.slice(2);
const run = what === undefined ? undefined : measurements[what];
if (run && folder !== undefined) console.log(JSON.stringify(await run(folder)));
else {
  console.log(`Milliseconds in ${processes} processes, Node ${process.version}: median (least-greatest)`);
  console.log(`A Prisma schema of ${prismaSchema.split("\n").length} lines`);
  measure("prisma", { "prisma/schema.prisma": prismaSchema });
  console.log("A Prisma schema of one model");
  measure("prisma", { "prisma/schema.prisma": model(0) });
  console.log(`A migration of ${script.split("\n").length} lines`);
  measure("sql", { "supabase/migrations/20240101000000_m.sql": script });
  console.log("A migration of one statement");
  measure("sql", { "supabase/migrations/20240101000000_m.sql": "CREATE TABLE t (id int PRIMARY KEY);\n" });
  console.log("400 migrations, for a rule that asks");
  measure("migrations", { ...migrations, "src/asking.ts": asking });
  console.log("A module whose rules do not ask, beside 400 migrations");
  measure("plain", { ...migrations, "src/app.ts": plain });
  console.log("The same without migrations");
  measure("plain", { "src/app.ts": plain });
}
