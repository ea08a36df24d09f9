import { readSqlText } from "../../languages/sql/language.js";
import { memoByFile } from "../../project/disk.js";
import { currentRun, fileFacts } from "../../project/file.js";
import { looseSqlBelow } from "../../project/loose-sql.js";
import { textCollection } from "../../project/source-texts.js";
import { folderOf, workspaceRoot } from "../../project/workspace.js";
import type { Source } from "../../syntax/source.js";
import { codeBeside } from "./code-beside.js";
import { keyOf } from "./code.js";
import { withKeysOf } from "./merge.js";
import type { Table } from "./model.js";
import { replaySql } from "./sql.js";
import { schemasAtRoot } from "./tables.js";

/** `CREATE TABLE IF NOT EXISTS public.orders`, `ALTER TABLE ONLY orders`, `CREATE UNIQUE INDEX i ON orders`, and a placeholder in their place: `ON %I` */
const naming = /\b(?:table|on)\s+(?:if\s+(?:not\s+)?exists\s+)?(?:only\s+)?(?:["'`]?\w+["'`]?\s*\.\s*)?["'`]?([\w%]+)/gi;

/** The tables that SQL has to do with, by their names in small letters. */
export const tablesNamedIn = (text: string): ReadonlySet<string> => new Set([...text.matchAll(naming)].map(([, name = ""]) => name.toLowerCase()));

/** The tables that a file of SQL has to do with, by their names: to read all of it takes much longer. */
const namedIn = memoByFile(tablesNamedIn);

/** What is longer, in characters, is a copy of a database with its rows. */
export const longestScript = 2_000_000;

/** What a file of SQL leaves behind, run by itself. */
const tablesIn = memoByFile((text, file) => (text.length > longestScript ? null : replaySql([{ file, script: readSqlText(text) }], false).tables));

const ofTypes = /(?:types?|database|supabase|schema|\bdb\b).*\.ts$/i;

/**
 * `orders: { Row: {`, and in a relationship of it `columns: ["invoice_id"]`, `isOneToOne: true`: what Supabase says in the types that it
 * writes of a foreign key that is unique. https://supabase.com/docs/guides/api/rest/generating-types
 */
function* uniquesInTypes(text: string): Generator<string> {
  if (!text.includes("isOneToOne: true")) return;
  let table = "";
  for (const [, name, columns] of text.matchAll(/\b(\w+)["']?: \{\s*Row: \{|\bcolumns: \[([^\]]*)\][;,]?\s*isOneToOne: true/g)) {
    if (name !== undefined) table = name;
    else yield [table, ...(columns ?? "").matchAll(/\w+/g)].join(" ");
  }
}

const uniquesBelow = textCollection((text) => new Set(uniquesInTypes(text)), true, (path) => ofTypes.test(path));

function tableInTypes(name: string, source: Source): Table[] {
  const folder = codeBeside(source);
  const said = [...((folder === null ? null : uniquesBelow(folder)) ?? [])].map((each) => each.split(" ")).filter(([table]) => table === name);
  if (said.length === 0) return [];
  const at = { file: folder ?? "", range: [0, 0] as const };
  const uniques = said.map(([, ...columns]) => keyOf(columns, at));
  return [{ name, schema: null, model: name, columns: [], primaryKey: null, uniques, indexes: [], foreignKeys: [], rowSecurity: "unknown", policies: [], at, createdAt: null, isComplete: false, isWritten: true }];
}

/** What SQL that people run by hand, and types that a tool writes of the database, say of a table. */
function tablesByHand({ name, schema }: Pick<Table, "name" | "schema">, source: Source): readonly Table[] {
  const file = fileFacts(source)?.filename;
  const folder = file === undefined ? null : folderOf(file);
  if (folder === null) return [];
  const wanted = name.toLowerCase();
  const files = looseSqlBelow(workspaceRoot(folder)).filter((each) => namedIn(each)?.has(wanted));
  const isIt = (table: Table): boolean => table.name.toLowerCase() === wanted && table.schema === schema;
  const said = [...files.flatMap((each) => tablesIn(each) ?? []), ...schemasAtRoot(source).flatMap(({ tables }) => tables)];
  return [...said.filter(isIt), ...(schema === null ? tableInTypes(name, source) : [])];
}

/** A table that no schema declares, by its name in the database, as far as what people run by hand tells; `null` where nothing speaks of it. */
export function tableByHand(name: string, source: Source): Table | null {
  const [first, ...others] = tablesByHand({ name, schema: null }, source);
  return first ? withKeysOf(first, others) : null;
}

const completed = new WeakMap<Table, { readonly run: number; readonly table: Table }>();

/**
 * A table with the keys and indexes that it has besides those of its schema: by SQL which no tool runs in an order (`supabase/setup.sql`,
 * migrations without a number), by migrations at the root of its workspace, or by the types of the database. Whoever says that nothing keeps or finds rows asks for them at last.
 */
export function withKeysByHand(table: Table, source: Source): Table {
  const run = currentRun();
  const known = completed.get(table);
  if (known?.run === run) return known.table;
  const answer = withKeysOf(table, tablesByHand(table, source));
  completed.set(table, { run, table: answer });
  return answer;
}
