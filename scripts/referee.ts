/**
 * Compares what we read in the schemas and migrations of real repositories with what the engines say that read them in earnest.
 *
 *     npm run referee -- <folder of repositories> [--only repo,repo] [--show 20]
 *
 * - Every `.prisma` and `.sql` file is read, and what we cannot read in it is counted, with its place.
 * - PostgreSQL's own parser reads each `.sql` file that it can: its facts are compared with ours, a statement at a time.
 * - Prisma's own engine reads each Prisma schema that its version accepts.
 * - A real Postgres (PGlite) runs each folder of migrations, with what a Supabase project finds in its database, and the least that
 *   will do of what migrations take for granted and the repository has nowhere. A statement that fails costs itself. Our model of the statements that ran is compared with the catalogue, table by table: columns, keys, indexes, foreign keys,
 *   policies, row level security. A table of which our model says that it does not know all of it is counted apart.
 * - A real SQLite (sql.js) runs the folders of migrations that are for it, and is asked by PRAGMA.
 * - Tables that are declared in code are counted beside what a search of the text finds.
 */
import { existsSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { get_dmmf as getDmmf } from "@prisma/prisma-schema-wasm";
import { loadModule, parseSync } from "libpg-query";

import { parsePrisma } from "../src/languages/prisma/parse.js";
import { parseSql } from "../src/languages/sql/parse.js";
import type { SqlStatement } from "../src/languages/sql/syntax.js";
import type { Fault } from "../src/languages/tree.js";
import { schemaAround, type SchemaFiles } from "../src/project/schema-files.js";
import { readPrisma } from "../src/semantics/schema/prisma.js";
import { replaySql } from "../src/semantics/schema/sql.js";
import { tablesInCode } from "./support/code-tables.js";
import { migrate, openDatabase, prelude, type Migration, type Refusal } from "./support/postgres.js";
import { dmmfFacts, ourFacts as prismaFacts } from "./support/prisma-facts.js";
import { pathIn } from "./support/linting.js";
import { repositoriesIn, schemaFiles, type Repository } from "./support/repositories.js";
import { compare, type Agreement } from "./support/schema-facts.js";
import { differencesOf, migrateSqlite, modelFacts, openSqlite, sqliteFacts } from "./support/sqlite.js";
import { ourFacts, postgresFacts, type Facts } from "./support/sql-facts.js";

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: "string", default: "" }, show: { type: "string", default: "10" } },
});

const show = Number(options.show);
const totals = new Map<string, [agreed: number, all: number]>();

function count(what: string, agreed: number, all: number): void {
  const [before, allBefore] = totals.get(what) ?? [0, 0];
  totals.set(what, [before + agreed, allBefore + all]);
}

function showSome(lines: readonly string[]): void {
  for (const each of lines.slice(0, show)) console.log(`      ${each}`);
  if (lines.length > show) console.log(`      … ${lines.length - show} more`);
}

/** How many facts of two lists are the same, and the lines that are not. */
function shared(ours: Facts, theirs: Facts): { agreed: number; all: number; differences: string[] } {
  const left = [...theirs];
  const missing = ours.filter((each) => {
    const at = left.indexOf(each);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
  return { agreed: ours.length - missing.length, all: Math.max(ours.length, theirs.length), differences: [...missing.map((each) => `ours    ${each}`), ...left.map((each) => `theirs  ${each}`)] };
}

const faultLines = (file: string, text: string, faults: readonly Fault[]): string[] =>
  faults.map(({ message, range: [start] }) => `${file}:${text.slice(0, start).split("\n").length} ${message}`);

/** Reads every file for itself. */
function readFiles(repository: Repository, files: readonly string[]): void {
  const faults: string[] = [];
  const differences: string[] = [];
  for (const file of files) {
    const text = readFileSync(pathIn(repository, file), "utf8");
    if (file.endsWith(".prisma")) {
      const schema = parsePrisma(text);
      faults.push(...faultLines(file, text, schema.faults));
      count("Prisma files read without a fault", schema.faults.length === 0 ? 1 : 0, 1);
      continue;
    }
    const script = parseSql(text);
    faults.push(...faultLines(file, text, script.faults));
    count("SQL files read without a fault", script.faults.length === 0 ? 1 : 0, 1);
    try {
      const tree: unknown = parseSync(text);
      const result = shared(ourFacts(script.statements), postgresFacts(tree));
      count("facts of statements, as PostgreSQL's parser has them", result.agreed, result.all);
      count("SQL files that PostgreSQL's parser accepts", 1, 1);
      differences.push(...result.differences.map((each) => `${file}: ${each}`));
    } catch {
      count("SQL files that PostgreSQL's parser accepts", 0, 1);
    }
  }
  console.log(`  ${files.length} files, ${faults.length} faults, ${differences.length} lines that PostgreSQL's parser has not, or we have not`);
  showSome([...faults, ...differences]);
}

/** The sets of files that are one schema each. */
function setsOf(repository: Repository, files: readonly string[]): SchemaFiles[] {
  const sets = new Map<string, SchemaFiles>();
  for (const file of files) {
    const set = schemaAround(pathIn(repository, file));
    if (set) sets.set(`${set.language} ${set.files[0] ?? ""}`, set);
  }
  return [...sets.values()];
}

function readPrismaSet(repository: Repository, { files }: SchemaFiles): void {
  const texts = files.map((file) => ({ file, text: readFileSync(file, "utf8") }));
  try {
    const theirs = dmmfFacts(getDmmf(JSON.stringify({ prismaSchema: texts.map(({ file, text }) => [file, text]) })));
    const result = shared(prismaFacts(readPrisma(texts.map(({ file, text }) => ({ file, schema: parsePrisma(text) })))), theirs);
    count("facts of Prisma schemas, as Prisma's engine has them", result.agreed, result.all);
    count("Prisma schemas that the engine accepts", 1, 1);
    showSome(result.differences);
  } catch {
    count("Prisma schemas that the engine accepts", 0, 1);
    console.log(`  ${relative(repository.folder, files[0] ?? "")}: not accepted by this version of Prisma's engine`);
  }
}

const creates = (statements: readonly SqlStatement[]): number => statements.filter((statement) => statement.type === "SqlCreateTable" && !statement.isTemporary).length;

const isRefused = ({ statement }: Refusal): boolean => statement.type === "SqlCreateTable" && !statement.isTemporary;

function countTables(folder: string, agreement: Agreement): void {
  const { tables, facts, differences } = agreement;
  count("tables of Postgres that our model agrees on, where it knows all", tables.agreed, tables.all);
  count("facts of them", facts.agreed, facts.all);
  count("tables of Postgres of which our model says that it does not know all", agreement.unknown.agreed, agreement.unknown.all);
  console.log(`  ${folder}: ${tables.agreed} of ${tables.all} tables, ${facts.agreed} of ${facts.all} facts; ${agreement.unknown.all} more tables not known to be whole, of which ${agreement.unknown.agreed} agree`);
  showSome(differences);
}

async function runMigrations(repository: Repository, { folder, files, writtenBy }: SchemaFiles): Promise<void> {
  const migrations = files.map((file): Migration => {
    const text = readFileSync(file, "utf8");
    return { file: relative(repository.folder, file), text, script: parseSql(text) };
  });
  const wanted = creates(migrations.flatMap(({ script }) => script.statements));
  const db = await openDatabase();
  try {
    const run = await migrate(db, migrations);
    const ran = wanted - run.refusals.filter(isRefused).length;
    const name = relative(repository.folder, folder);
    count("CREATE TABLEs that ran", ran, wanted);
    count("statements that ran", run.statements - run.refusals.length, run.statements);
    console.log(`  ${name}: ${ran} of ${wanted} CREATE TABLEs ran, ${run.refusals.length} of ${run.statements} statements did not, ${run.standIns} stand-ins`);
    showSome(run.refusals.map(({ file, text, message }) => `${file}: ${message}: ${text.slice(0, 100).replaceAll(/\s+/g, " ")}`));
    countTables(name, compare(replaySql([prelude, ...run.files], writtenBy !== null), run.facts, replaySql([prelude], false)));
  } finally {
    await db.close();
  }
}

/** The database that Prisma and drizzle-kit say a folder of migrations is for. */
function isForSqlite({ folder }: SchemaFiles): boolean {
  const [lock, journal] = ["migration_lock.toml", "meta/_journal.json"].map((name) => join(folder, name)).map((file) => (existsSync(file) ? readFileSync(file, "utf8") : ""));
  return /provider\s*=\s*"sqlite"/.test(lock ?? "") || /"dialect":\s*"sqlite"/.test(journal ?? "");
}

async function runInSqlite(repository: Repository, { folder, files, writtenBy }: SchemaFiles): Promise<void> {
  const migrations = files.map((file): Migration => {
    const text = readFileSync(file, "utf8");
    return { file: relative(repository.folder, file), text, script: parseSql(text) };
  });
  const db = await openSqlite();
  const run = migrateSqlite(db, migrations);
  const found = differencesOf(modelFacts(replaySql(run.files, writtenBy !== null)), sqliteFacts(db));
  db.close();
  const wanted = creates(migrations.flatMap(({ script }) => script.statements));
  const ran = wanted - run.refusals.filter(isRefused).length;
  count("CREATE TABLEs that ran in SQLite", ran, wanted);
  count("tables of SQLite that our model agrees on", found.agreed, found.tables);
  count("facts of them, as SQLite has them", found.same, found.facts);
  console.log(`  ${relative(repository.folder, folder)}: ${ran} of ${wanted} CREATE TABLEs ran in SQLite, ${run.refusals.length} of ${run.statements} statements did not; ${found.agreed} of ${found.tables} tables, ${found.same} of ${found.facts} facts`);
  showSome([...run.refusals.map(({ file, text, message }) => `${file}: ${message}: ${text.slice(0, 100).replaceAll(/\s+/g, " ")}`), ...found.lines]);
}

const [folder] = positionals;
if (folder === undefined) throw new Error("Say which folder holds the repositories.");
await loadModule();

/** Counts the tables that are declared in code, beside what a search of the text finds. */
function readCode(repository: Repository): void {
  const counts = tablesInCode(repository);
  for (const { form, read, written } of counts) count(`tables of ${form}, which a search of the text finds`, read, written);
  showSome(counts.filter(({ read, written }) => read < written).map(({ form, file, read, written }) => `${file}: ${read} of ${written} of ${form}`));
}

for (const repository of repositoriesIn(resolve(folder), options.only)) {
  const files = schemaFiles(repository);
  console.log(repository.name);
  readCode(repository);
  if (files.length === 0) continue;
  readFiles(repository, files);
  for (const set of setsOf(repository, files)) {
    if (set.language === "prisma") readPrismaSet(repository, set);
    else if (isForSqlite(set)) await runInSqlite(repository, set);
    else await runMigrations(repository, set);
  }
}

console.log("\nIn all");
for (const [what, [agreed, all]] of totals) console.log(`  ${agreed} of ${all} ${what}`);
