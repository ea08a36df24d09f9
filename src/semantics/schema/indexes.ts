import type { Column, ForeignKey, Key, Schema, Table } from "./model.js";

/** Whether the database makes an index for each foreign key by itself, or it cannot be told. */
const indexesKeys = ({ dialect, hasForeignKeys }: Schema): boolean => dialect === null || dialect === "mongodb" || (dialect === "mysql" && hasForeignKeys);

const begins = (column: Column, { columns }: Key): boolean => columns[0] === column.name;

/** The keys and indexes by which rows of a table can be found. */
export const waysInto = ({ primaryKey, uniques, indexes }: Table): Key[] => [...(primaryKey ? [primaryKey] : []), ...uniques, ...indexes];

/**
 * The foreign key that begins with a column which no index of the table begins with.
 *
 * @returns `null` for every other column, where one of the key's other columns is as good, and in a database that sees to it itself.
 */
export function unindexedKey(column: Column, table: Table, schema: Schema): ForeignKey | null {
  if (!table.isComplete || table.holdsDocuments || indexesKeys(schema)) return null;
  const key = table.foreignKeys.find(({ columns }) => columns[0] === column.name);
  if (!key) return null;
  const parts = table.columns.filter(({ name }) => key.columns.includes(name));
  return waysInto(table).some((way) => parts.some((part) => begins(part, way))) ? null : key;
}
