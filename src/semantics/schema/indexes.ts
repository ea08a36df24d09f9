import { settingWords } from "../../knowledge/tables.js";
import type { Column, ForeignKey, Key, Schema, Table } from "./model.js";
import { stemOf, wordsOf } from "./names.js";

/** Whether the database makes an index for each foreign key by itself, or it cannot be told. */
const indexesKeys = ({ dialect, hasForeignKeys }: Schema): boolean => dialect === null || dialect === "mongodb" || (dialect === "mysql" && hasForeignKeys);

const begins = (column: Column, { columns }: Key): boolean => columns[0] === column.name;

/** The keys and indexes by which rows of a table can be found. */
export const waysInto = ({ primaryKey, uniques, indexes }: Table): Key[] => [...(primaryKey ? [primaryKey] : []), ...uniques, ...indexes];

/** Whether a table stays so small that reading it takes no time. */
const staysSmall = ({ model }: Table): boolean => wordsOf(model).some((word) => settingWords.has(stemOf(word)));

/**
 * The foreign key that begins with a column which no index of the table begins with.
 *
 * @returns `null` for every other column, where one of the key's other columns is as good, in tables that stay small, and in a database
 * that sees to it itself.
 */
export function unindexedKey(column: Column, table: Table, schema: Schema): ForeignKey | null {
  if (!table.isComplete || table.holdsDocuments || staysSmall(table) || indexesKeys(schema)) return null;
  const key = table.foreignKeys.find(({ columns }) => columns[0] === column.name);
  if (!key) return null;
  const parts = table.columns.filter(({ name }) => key.columns.includes(name));
  return waysInto(table).some((way) => parts.some((part) => begins(part, way))) ? null : key;
}
