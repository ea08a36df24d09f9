import type { SqlAction, SqlAlterTable, SqlCreateTable, SqlName } from "../../../languages/sql/syntax.js";
import { isRelational } from "../dialects.js";
import { addColumn, columnOf, dropColumn, renameColumn, typeOf } from "./columns.js";
import { keyOf, nameIn, usualSchema, type Database, type MutableTable } from "./database.js";
import { addConstraint, dropKey, renameKey } from "./keys.js";

export function createTable(db: Database, statement: SqlCreateTable): void {
  const { name, isTemporary, isVirtual, isDerived, engine } = statement;
  if (isTemporary || !isRelational(engine)) return;
  const known = db.exactly(name);
  // A second statement for a table that is there does nothing, or fails.
  if (known?.isComplete === true) return;
  const table = db.add(name, !isDerived);
  if (isVirtual) table.isVirtual = true;
  // What runs on a table comes after it, whatever the files are called.
  if (known) Object.assign(table, { policies: known.policies, uniques: known.uniques, indexes: known.indexes, rowSecurity: known.rowSecurity === "unknown" ? "off" : known.rowSecurity });
  for (const column of statement.columns) addColumn(db, table, column);
  for (const constraint of statement.constraints) addConstraint(db, table, constraint);
}

export function alterTable(db: Database, { name, actions }: SqlAlterTable): void {
  for (const action of actions) alter(db, db.tableOf(name), name, action);
}

function alter(db: Database, table: MutableTable, name: SqlName, action: SqlAction): void {
  const subject = nameIn(table, action.name?.text ?? "");
  switch (action.kind) {
    case "add column":
      if (action.column) addColumn(db, table, action.column);
      return;
    case "drop column":
      dropColumn(table, subject);
      return;
    case "rename column":
      renameColumn(db, table, subject, action.to?.text ?? subject);
      return;
    case "add constraint":
      if (action.constraint) addConstraint(db, table, action.constraint);
      return;
    case "drop constraint":
    case "drop index":
      dropKey(table, subject);
      return;
    case "drop primary key":
      table.primaryKey = null;
      return;
    case "rename constraint":
    case "rename index":
      renameKey(db, subject, action.to?.text ?? subject);
      return;
    case "rename table":
      renameTable(db, name, action.to?.text ?? table.name);
      return;
    case "set schema":
      db.move(table, { schema: action.to?.text ?? null, text: table.name });
      return;
    case "enable row security":
      table.rowSecurity = "on";
      return;
    case "disable row security":
      table.rowSecurity = "off";
      return;
    default:
      alterColumn(db, table, action);
  }
}

function alterColumn(db: Database, table: MutableTable, { kind, name, column: replaced, dataType, expression }: SqlAction): void {
  const column = table.columns.find((each) => each.name === nameIn(table, name?.text ?? ""));
  if (!column) return;
  switch (kind) {
    case "replace column":
      if (!replaced) return;
      Object.assign(column, { ...columnOf(db, replaced), name: column.name });
      renameColumn(db, table, column.name, replaced.name.text);
      return;
    case "set type":
      if (column.family === "enum" && column.default !== null) db.castDefaults.set(column, column.type);
      Object.assign(column, typeOf(db, dataType));
      return;
    case "set default":
      db.castDefaults.delete(column);
      column.default = expression?.text ?? null;
      return;
    case "drop default":
      Object.assign(column, { default: null, isGenerated: false });
      return;
    case "set not null":
      column.isNullable = false;
      return;
    case "drop not null":
      column.isNullable = true;
      return;
    default:
  }
}

export function renameTable(db: Database, name: SqlName, to: string): void {
  const table = db.find(name);
  if (table) db.move(table, { schema: table.schema, text: to });
}

/** Without CASCADE, keys to it stay: SQLite drops a table to put a new one of its name in its place. */
export function dropTable(db: Database, name: SqlName, isCascade: boolean): void {
  const table = db.find(name);
  db.dropped.set(keyOf(table ? { schema: table.schema, text: table.name } : name), db.file);
  if (!table) return;
  db.remove(table);
  if (!isCascade) return;
  for (const other of db.tables) {
    other.foreignKeys = other.foreignKeys.filter((key) => key.table !== table.name || key.schema !== table.schema);
  }
}

export function dropSchema(db: Database, schema: string): void {
  for (const table of db.tables) if ((table.schema ?? usualSchema) === schema) db.remove(table);
}
