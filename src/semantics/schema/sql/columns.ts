import type { SqlColumn, SqlConstraint, SqlDataType } from "../../../languages/sql/syntax.js";
import { familyOf, type Column, type Key } from "../model.js";
import type { Database, Mutable, MutableTable } from "./database.js";
import { addConstraint } from "./keys.js";

/** What a column holds. */
export function typeOf(db: Database, dataType: SqlDataType | null): Pick<Column, "type" | "family" | "isList"> {
  if (!dataType) return { type: "", family: "other", isList: false };
  const { name, parameters, isArray } = dataType;
  const isFlag = name === "tinyint" && parameters[0] === "1";
  const family = db.enums.has(name) ? "enum" : isFlag ? "boolean" : familyOf(name);
  return { type: name, family, isList: isArray };
}

/** A column as its declaration says. */
export function columnOf(db: Database, column: SqlColumn): Mutable<Column> {
  const { name, dataType, constraints } = column;
  const has = (...kinds: SqlConstraint["kind"][]): boolean => constraints.some(({ kind }) => kinds.includes(kind));
  const isSerial = dataType !== null && /serial/.test(dataType.name);
  return {
    name: name.text,
    field: name.text,
    ...typeOf(db, dataType),
    isNullable: !has("not null", "primary key", "identity") && !isSerial,
    default: constraints.find(({ kind }) => kind === "default")?.expression?.text ?? null,
    isGenerated: has("identity", "generated") || isSerial,
    at: db.place(name),
    whole: db.place(column),
  };
}

export function addColumn(db: Database, table: MutableTable, column: SqlColumn): void {
  const name = column.name.text;
  if (table.columns.some((each) => each.name === name)) return;
  table.columns.push(columnOf(db, column));
  for (const constraint of column.constraints) addConstraint(db, table, constraint, name);
}

/** Takes a column from a table, and the keys that it is part of. */
export function dropColumn(table: MutableTable, name: string): void {
  const isFree = ({ columns }: { readonly columns: readonly (string | null)[] }): boolean => !columns.includes(name);
  table.columns = table.columns.filter((each) => each.name !== name);
  table.uniques = table.uniques.filter(isFree);
  table.indexes = table.indexes.filter(isFree);
  table.foreignKeys = table.foreignKeys.filter(isFree);
  if (table.primaryKey && !isFree(table.primaryKey)) table.primaryKey = null;
}

export function renameColumn(db: Database, table: MutableTable, from: string, to: string): void {
  if (from === to) return;
  const renamed = <T extends string | null>(names: readonly T[]): T[] => names.map((each) => (each === from ? (to as T) : each));
  const inKey = (key: Key): Key => ({ ...key, columns: renamed(key.columns), parts: renamed(key.parts) });
  for (const column of table.columns) if (column.name === from) Object.assign(column, { name: to, field: to });
  table.primaryKey &&= inKey(table.primaryKey);
  table.uniques = table.uniques.map(inKey);
  table.indexes = table.indexes.map(inKey);
  for (const key of table.foreignKeys) key.columns = renamed(key.columns);
  for (const key of db.keysTo(table)) key.targets = renamed(key.targets);
}
