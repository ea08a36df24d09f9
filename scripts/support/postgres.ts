/**
 * A real Postgres that runs migrations, and is asked what they made: what our replay of them is measured by.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { PGlite } from "@electric-sql/pglite";
import { btree_gin } from "@electric-sql/pglite/contrib/btree_gin";
import { btree_gist } from "@electric-sql/pglite/contrib/btree_gist";
import { citext } from "@electric-sql/pglite/contrib/citext";
import { fuzzystrmatch } from "@electric-sql/pglite/contrib/fuzzystrmatch";
import { hstore } from "@electric-sql/pglite/contrib/hstore";
import { ltree } from "@electric-sql/pglite/contrib/ltree";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";
import { pgcrypto } from "@electric-sql/pglite/contrib/pgcrypto";
import { unaccent } from "@electric-sql/pglite/contrib/unaccent";
import { uuid_ossp } from "@electric-sql/pglite/contrib/uuid_ossp";

import { parseSql } from "../../src/languages/sql/parse.js";
import type { SqlScript, SqlStatement } from "../../src/languages/sql/syntax.js";
import type { SqlFile } from "../../src/semantics/schema/sql.js";
import { madeBy, standIn } from "./stand-ins.js";

const preludeText = readFileSync(fileURLToPath(new URL("supabase.sql", import.meta.url)), "utf8");

/** What is there before the first migration. */
export const prelude: SqlFile = { file: "supabase.sql", script: parseSql(preludeText) };

const searchPath = 'SET search_path = "$user", public, extensions';

/** An empty database, as Supabase gives it to a project. */
export async function openDatabase(): Promise<PGlite> {
  const db = await PGlite.create({ extensions: { btree_gin, btree_gist, citext, fuzzystrmatch, hstore, ltree, pg_trgm, pgcrypto, unaccent, uuid_ossp } });
  await db.exec(preludeText);
  return db;
}

/** What the catalogue of Postgres says of tables, a line for each fact, by the table's name with its schema. */
const questions: readonly string[] = [
  `SELECT n.nspname || '.' || c.relname AS "table", concat_ws(' ', 'column', a.attname,
      CASE WHEN t.typelem <> 0 AND t.typlen = -1 AND t.typcategory = 'A' THEN e.typname || '[]' ELSE t.typname END,
      CASE WHEN a.attnotnull THEN 'not null' END,
      CASE WHEN a.attidentity <> '' OR a.attgenerated <> '' THEN 'generated' WHEN pg_get_expr(d.adbin, d.adrelid) LIKE 'nextval(%' THEN 'sequence' WHEN pg_get_expr(d.adbin, d.adrelid) NOT LIKE 'NULL%' THEN 'default' END) AS fact
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    JOIN pg_type t ON t.oid = a.atttypid LEFT JOIN pg_type e ON e.oid = t.typelem LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
    WHERE c.relkind IN ('r', 'p')`,
  `SELECT n.nspname || '.' || c.relname AS "table", concat_ws(' ',
      CASE WHEN i.indisprimary THEN 'primary key' WHEN i.indisunique THEN 'unique' ELSE 'index' END, x.relname,
      '(' || (SELECT string_agg(coalesce(a.attname, 'expression'), ', ' ORDER BY k.place) FROM unnest(i.indkey) WITH ORDINALITY AS k (number, place)
        LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.number WHERE k.place <= i.indnkeyatts) || ')',
      CASE WHEN i.indpred IS NOT NULL THEN 'partial' END) AS fact
    FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_class x ON x.oid = i.indexrelid
    WHERE c.relkind IN ('r', 'p') AND NOT i.indisexclusion`,
  `SELECT n.nspname || '.' || c.relname AS "table", concat_ws(' ', 'foreign key', k.conname,
      '(' || (SELECT string_agg(a.attname, ', ' ORDER BY p.place) FROM unnest(k.conkey) WITH ORDINALITY AS p (number, place) JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = p.number) || ')',
      m.nspname || '.' || o.relname,
      '(' || (SELECT string_agg(a.attname, ', ' ORDER BY p.place) FROM unnest(k.confkey) WITH ORDINALITY AS p (number, place) JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = p.number) || ')',
      'delete', k.confdeltype, 'update', k.confupdtype) AS fact
    FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_class o ON o.oid = k.confrelid JOIN pg_namespace m ON m.oid = o.relnamespace
    WHERE k.contype = 'f' AND k.conparentid = 0`,
  `SELECT p.schemaname || '.' || p.tablename AS "table", concat_ws(' ', 'policy', p.policyname, lower(p.permissive), lower(p.cmd),
      '(' || (SELECT string_agg(r, ', ' ORDER BY r) FROM unnest(p.roles) AS r) || ')', CASE WHEN p.qual IS NOT NULL THEN 'using' END, CASE WHEN p.with_check IS NOT NULL THEN 'check' END) AS fact
    FROM pg_policies p`,
  `SELECT n.nspname || '.' || c.relname AS "table", 'row security ' || CASE WHEN c.relrowsecurity THEN 'on' ELSE 'off' END AS fact
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p')`,
];

export type TableFacts = ReadonlyMap<string, readonly string[]>;

const foreign = /^(?:pg_|information_schema\.)/;

/** The facts of each table that is in a database. */
async function factsOf(db: PGlite): Promise<TableFacts> {
  const facts = new Map<string, string[]>();
  await db.exec("RESET ALL");
  for (const question of questions) {
    const { rows } = await db.query<{ table: string; fact: string }>(question);
    for (const { table, fact } of rows) if (!foreign.test(table)) facts.set(table, [...(facts.get(table) ?? []), fact]);
  }
  return facts;
}

/** A migration with its text. */
export interface Migration {
  readonly file: string;
  readonly text: string;
  readonly script: SqlScript;
}

/** A statement that Postgres would not run, and why. */
export interface Refusal {
  readonly file: string;
  readonly statement: SqlStatement;
  readonly text: string;
  readonly message: string;
}

export interface Run {
  /** The migrations, with the statements that ran. */
  readonly files: readonly SqlFile[];
  readonly statements: number;
  /** What stands in for what migrations take for granted and the repository has nowhere. */
  readonly standIns: number;
  readonly refusals: readonly Refusal[];
  /** The catalogue afterwards, without the tables that are as they were. */
  readonly facts: TableFacts;
}

/** Each statement stands for itself: one that fails takes nothing else with it. */
const frames = /^(?:begin|start transaction|commit|end|rollback|abort|savepoint|release)\b/;

const isFrame = (statement: SqlStatement): boolean => statement.type === "SqlOther" && frames.test(statement.command);

/** Runs migrations, statement by statement. */
export async function migrate(db: PGlite, migrations: readonly Migration[]): Promise<Run> {
  const made = madeBy(migrations.map(({ script }) => script));
  const stood = new Set<string>();
  const refusals: Refusal[] = [];
  const files: SqlFile[] = [];
  const counts = { statements: 0, standIns: 0 };

  /** Runs a statement, with whatever it lacks. */
  async function run(statement: SqlStatement, sql: string, ran: SqlStatement[], attempts = 20): Promise<string | null> {
    try {
      await db.exec(sql);
      ran.push(statement);
      return null;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const lacking = attempts > 0 ? standIn(message, statement, made, stood) : null;
      if (lacking === null) return message;
      const [substitute] = parseSql(lacking).statements;
      if (!substitute || (await run(substitute, lacking, ran, 0)) !== null) return message;
      counts.standIns += 1;
      return run(statement, sql, ran, attempts - 1);
    }
  }

  const before = await factsOf(db);
  for (const { file, text, script } of migrations) {
    await db.exec(`RESET ALL; ${searchPath}`);
    const ran: SqlStatement[] = [];
    for (const statement of script.statements) {
      if (isFrame(statement)) continue;
      const sql = text.slice(...statement.range);
      counts.statements += 1;
      const message = await run(statement, sql, ran);
      if (message !== null) refusals.push({ file, statement, text: sql, message });
    }
    files.push({ file, script: { statements: ran } });
  }
  const after = await factsOf(db);
  const isNew = ([name, facts]: readonly [string, readonly string[]]): boolean => before.get(name)?.join() !== facts.join();
  return { ...counts, files, refusals, facts: new Map([...after].filter(isNew)) };
}
