/**
 * A real SQLite that runs migrations, and is asked what they made.
 */
import initSqlJs, { type Database, type SqlJsStatic } from "sql.js";

import type { SqlStatement } from "../../src/languages/sql/syntax.js";
import type { ForeignKey, Key, Schema, Table } from "../../src/semantics/schema/model.js";
import type { SqlFile } from "../../src/semantics/schema/sql.js";
import type { Migration, Refusal, TableFacts } from "./postgres.js";

let engine: Promise<SqlJsStatic> | null = null;

/** An empty database, in memory. */
export async function openSqlite(): Promise<Database> {
  engine ??= initSqlJs();
  return new (await engine).Database();
}

type Row = Readonly<Record<string, string | number | null>>;

function rowsOf(db: Database, question: string): Row[] {
  const statement = db.prepare(question);
  const rows: Row[] = [];
  while (statement.step()) rows.push(statement.getAsObject() as Row);
  statement.free();
  return rows;
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

const line = (...words: readonly (string | false)[]): string => words.filter(Boolean).join(" ");

const text = (value: Row[string] | undefined): string => String(value ?? "");

const wordOf = (type: string): string => type.toLowerCase().replace(/\s*\(.*$/, "");

const keyLine = (kind: string, columns: readonly (string | null)[], isPartial: boolean): string => line(kind, `(${columns.map((name) => name ?? "expression").join(", ")})`, isPartial && "partial");

function keysIn(db: Database, table: string): string[] {
  return rowsOf(db, `PRAGMA index_list(${quoted(table)})`).flatMap((index) => {
    if (index["origin"] === "pk") return [];
    const parts = rowsOf(db, `PRAGMA index_info(${quoted(text(index["name"]))})`);
    return [
      keyLine(
        index["unique"] === 1 ? "unique" : "index",
        parts.map(({ name }) => (name === null ? null : text(name))),
        index["partial"] === 1,
      ),
    ];
  });
}

function foreignKeysIn(db: Database, table: string): string[] {
  const parts = rowsOf(db, `PRAGMA foreign_key_list(${quoted(table)})`);
  const keyOf = (target: string): string[] =>
    rowsOf(db, `PRAGMA table_info(${quoted(target)})`)
      .filter(({ pk }) => Number(pk) > 0)
      .sort((one, other) => Number(one["pk"]) - Number(other["pk"]))
      .map(({ name }) => text(name));
  return [...new Set(parts.map(({ id }) => id))].map((id) => {
    const own = parts.filter((part) => part["id"] === id).sort((one, other) => Number(one["seq"]) - Number(other["seq"]));
    const target = text(own[0]?.["table"]);
    const named = own.flatMap(({ to }) => (to === null ? [] : [text(to)]));
    const targets = named.length > 0 ? named : keyOf(target);
    return foreignLine(
      own.map(({ from }) => text(from)),
      target,
      targets,
      text(own[0]?.["on_delete"]).toLowerCase(),
    );
  });
}

/** SQLite keeps the letters in which a key names its table, whatever the table's own. */
const foreignLine = (columns: readonly string[], table: string, targets: readonly string[], onDelete: string): string =>
  `foreign key (${columns.join(", ")}) ${table} (${targets.join(", ")}) delete ${onDelete}`.toLowerCase();

/** What SQLite says of its tables, a line for each fact. */
export function sqliteFacts(db: Database): TableFacts {
  const tables = rowsOf(db, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND sql NOT LIKE 'CREATE VIRTUAL%'").map(({ name }) => text(name));
  return new Map(
    tables.map((table) => {
      // Calculated columns are hidden from `table_info`; those of virtual tables are neither.
      const columns = rowsOf(db, `PRAGMA table_xinfo(${quoted(table)})`).filter(({ hidden }) => hidden !== 1);
      const primary = columns.filter(({ pk }) => Number(pk) > 0).sort((one, other) => Number(one["pk"]) - Number(other["pk"]));
      return [
        table,
        [
          ...columns.map(({ name, type, notnull, dflt_value: value, pk }) =>
            line("column", text(name), wordOf(text(type)), (notnull === 1 || Number(pk) > 0) && "not null", value !== null && !/^null$/i.test(text(value)) && "default"),
          ),
          ...(primary.length > 0 ? [keyLine("primary key", primary.map(({ name }) => text(name)), false)] : []),
          ...keysIn(db, table),
          ...foreignKeysIn(db, table),
        ],
      ];
    }),
  );
}

const ourKey =
  (kind: string) =>
  ({ columns, isPartial }: Key): string =>
    keyLine(kind, columns, isPartial);

const ourForeignKey = ({ columns, table, targets, onDelete }: ForeignKey): string => foreignLine(columns, table, targets, onDelete ?? "no action");

const factsOfTable = ({ columns, primaryKey, uniques, indexes, foreignKeys }: Table): string[] => [
  ...columns.map(({ name, type, isNullable, default: value }) => line("column", name, type, !isNullable && "not null", value !== null && !/^null$/i.test(value) && "default")),
  ...(primaryKey ? [keyLine("primary key", primaryKey.columns, false)] : []),
  ...uniques.map(ourKey("unique")),
  ...indexes.map(ourKey("index")),
  ...foreignKeys.map(ourForeignKey),
];

/** The facts of our model, in the words that SQLite has for them. */
export const modelFacts = ({ tables }: Schema): TableFacts => new Map(tables.map((table) => [table.name, factsOfTable(table)]));

/** Runs migrations, statement by statement. */
export function migrateSqlite(db: Database, migrations: readonly Migration[]): { files: SqlFile[]; statements: number; refusals: Refusal[] } {
  const refusals: Refusal[] = [];
  let statements = 0;
  const files = migrations.map(({ file, text: sql, script }): SqlFile => {
    const ran: SqlStatement[] = [];
    for (const statement of script.statements) {
      const own = sql.slice(...statement.range);
      statements += 1;
      try {
        db.run(own);
        ran.push(statement);
      } catch (error) {
        refusals.push({ file, statement, text: own, message: error instanceof Error ? error.message : String(error) });
      }
    }
    return { file, script: { statements: ran } };
  });
  return { files, statements, refusals };
}

/** The lines that one of the two has, and the other has not. */
export function differencesOf(ours: TableFacts, theirs: TableFacts): { tables: number; agreed: number; facts: number; same: number; lines: string[] } {
  const names = [...new Set([...ours.keys(), ...theirs.keys()])];
  const found = names.map((name) => {
    const [own, told] = [ours.get(name) ?? [], theirs.get(name) ?? []];
    const left = [...told];
    const added = own.filter((each) => {
      const at = left.indexOf(each);
      if (at >= 0) left.splice(at, 1);
      return at < 0;
    });
    return { facts: told.length, missing: left.length, lines: [...left.map((each) => `${name}: SQLite has ${each}`), ...added.map((each) => `${name}: we have ${each}`)] };
  });
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
  return {
    tables: names.length,
    agreed: found.filter(({ lines }) => lines.length === 0).length,
    facts: sum(found.map(({ facts }) => facts)),
    same: sum(found.map(({ facts, missing }) => facts - missing)),
    lines: found.flatMap(({ lines }) => lines),
  };
}
