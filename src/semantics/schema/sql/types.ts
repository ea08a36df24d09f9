import type { SqlAlterType, SqlCreateType } from "../../../languages/sql/syntax.js";
import { dropColumn } from "./columns.js";
import type { Database } from "./database.js";

export function createType(db: Database, { name, values }: SqlCreateType): void {
  if (values) db.enums.set(name.text, { name: name.text, values: [...values], at: db.place(name) });
}

export function alterType(db: Database, { name, kind, value, to }: SqlAlterType): void {
  const type = db.enums.get(name.text);
  if (!type) return;
  if (kind === "add value" && value !== null) type.values.push(value);
  if (kind === "rename value") type.values = type.values.map((each) => (each === value ? (to ?? each) : each));
  if (kind !== "rename" || to === null) return;
  for (const { columns } of db.tables) for (const column of columns) if (column.family === "enum" && column.type === type.name) column.type = to;
  db.enums.delete(type.name);
  type.name = to;
  db.enums.set(to, type);
}

/** Takes a type away; with CASCADE, and the columns that are of it, and the defaults that are values of it. */
export function dropType(db: Database, name: string, isCascade: boolean): void {
  db.enums.delete(name);
  if (!isCascade) return;
  for (const table of db.tables) for (const column of [...table.columns]) if (column.type === name) dropColumn(table, column.name);
  for (const { columns } of db.tables) for (const column of columns) if (db.castDefaults.get(column) === name) column.default = null;
}
