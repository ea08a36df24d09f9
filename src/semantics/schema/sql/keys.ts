import type { SqlConstraint, SqlCreateIndex, SqlKeyPart } from "../../../languages/sql/syntax.js";
import type { Key } from "../model.js";
import { columnsOf, schemaOf, type Database, type MutableTable } from "./database.js";

/** Postgres cuts names off here. */
const longestName = 63;

/** The name that Postgres makes of a table's, its columns' and what kind of thing it is, each cut as far as it takes. */
function madeName(table: string, columns: string, ending: string): string {
  const room = longestName - ending.length - (columns === "" ? 1 : 2);
  let [first, second] = [table.length, columns.length];
  while (first + second > room) {
    if (first > second) first -= 1;
    else second -= 1;
  }
  return [table.slice(0, first), columns.slice(0, second), ending].filter(Boolean).join("_");
}

const isTaken = (name: string, { schema }: MutableTable, db: Database): boolean =>
  db.keyNames.has(name) && db.tables.some((table) => table.schema === schema && [table.primaryKey, ...table.uniques, ...table.indexes, ...table.foreignKeys].some((key) => key?.name === name));

function noted(name: string, db: Database): string {
  db.keyNames.add(name);
  return name;
}

/** The name of a key that nobody has given one. */
function nameFor(table: MutableTable, columns: readonly string[], ending: string, db: Database): string {
  const joined = columns.join("_");
  for (let count = 0; ; count += 1) {
    const name = madeName(table.name, joined, count === 0 ? ending : `${ending}${count}`);
    if (!isTaken(name, table, db)) return noted(name, db);
  }
}

/** What the name of an index has for one of its parts: a column's name, or that of the function that is called. */
const partName = ({ column, text }: SqlKeyPart): string => column?.text ?? /^(\w+) \(/.exec(text)?.[1] ?? "expr";

/** A constraint that `CREATE TABLE` or `ALTER TABLE` gives a table; `column`: the one that it is written behind. */
export function addConstraint(db: Database, table: MutableTable, constraint: SqlConstraint, column?: string): void {
  const { kind, name, references, index } = constraint;
  const parts = column === undefined ? constraint.parts : [];
  const used = index && [...table.uniques, ...table.indexes].find((key) => key.name === index.text);
  const columns = used ? used.columns : column === undefined ? columnsOf(parts, table) : [column];
  const key: Key = {
    name: name?.text ?? null,
    columns,
    parts: used ? used.parts : column === undefined ? parts.map(({ text }) => text) : [column],
    isPartial: false,
    at: db.place(constraint),
  };
  const plain = columns.filter((each) => each !== null);
  const named = (ending: string): string => key.name ?? index?.text ?? nameFor(table, ending === "pkey" ? [] : plain, ending, db);
  if (key.name !== null) noted(key.name, db);
  if (used) dropKey(table, used.name ?? "");
  if (kind === "primary key") {
    table.primaryKey = { ...key, name: named("pkey") };
    for (const each of table.columns) if (columns.includes(each.name)) each.isNullable = false;
  } else if (kind === "unique") table.uniques.push({ ...key, name: named("key") });
  else if (kind === "index") table.indexes.push(key);
  else if (kind === "foreign key" && references) {
    const { table: target, columns: targets, onDelete, onUpdate } = references;
    table.foreignKeys.push({
      name: named("fkey"),
      columns: plain,
      table: target.text,
      schema: schemaOf(target),
      targets: targets.map(({ text }) => text),
      onDelete,
      onUpdate,
      at: key.at,
    });
  }
}

export function createIndex(db: Database, statement: SqlCreateIndex): void {
  const { name, table: on, parts, isUnique, where } = statement;
  const table = db.tableOf(on);
  const key: Key = {
    name: name ? noted(name.text, db) : nameFor(table, parts.map(partName), "idx", db),
    columns: columnsOf(parts, table),
    parts: parts.map(({ text }) => text),
    isPartial: where !== null,
    at: db.place(statement),
  };
  const keys = isUnique ? table.uniques : table.indexes;
  if (!keys.some((each) => each.name === key.name)) keys.push(key);
}

/** Takes the key of some name from a table. */
export function dropKey(table: MutableTable, name: string): void {
  const isOther = (key: { readonly name: string | null }): boolean => key.name !== name;
  table.freed.push(...table.foreignKeys.filter((key) => !isOther(key)).flatMap(({ columns }) => columns));
  table.uniques = table.uniques.filter(isOther);
  table.indexes = table.indexes.filter(isOther);
  table.foreignKeys = table.foreignKeys.filter(isOther);
  if (table.primaryKey?.name === name) table.primaryKey = null;
}

export function renameKey(db: Database, from: string, to: string): void {
  const inKey = <T extends { readonly name: string | null }>(key: T): T => (key.name === from ? { ...key, name: noted(to, db) } : key);
  for (const table of db.tables) {
    table.primaryKey &&= inKey(table.primaryKey);
    table.uniques = table.uniques.map(inKey);
    table.indexes = table.indexes.map(inKey);
    table.foreignKeys = table.foreignKeys.map(inKey);
  }
}
