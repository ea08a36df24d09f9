import { settingWords } from "../../knowledge/tables.js";
import type { Source } from "../../syntax/source.js";
import { withKeysByHand } from "./by-hand.js";
import { isScannedBy } from "./lookups.js";
import type { Column, ForeignKey, Key, Schema, Table } from "./model.js";
import { stemOf, wordsOf } from "./names.js";

/** Whether the database makes an index for each foreign key by itself, or it cannot be told. */
const indexesKeys = ({ dialect, hasForeignKeys }: Schema): boolean => dialect === null || dialect === "mongodb" || (dialect === "mysql" && hasForeignKeys);

const begins = (column: Column, { columns }: Key): boolean => columns[0] === column.name;

/** The keys and indexes by which rows of a table can be found. */
const waysInto = ({ primaryKey, uniques, indexes }: Table): Key[] => [...(primaryKey ? [primaryKey] : []), ...uniques, ...indexes];

/** Whether a table stays so small that reading it takes no time. */
const staysSmall = ({ model }: Table): boolean => wordsOf(model).some((word) => settingWords.has(stemOf(word)));

/**
 * The foreign key that begins with a column which no index of the table begins with.
 *
 * @returns `null` for every other column, where one of the key's other columns is as good, in tables that stay small, and in a database
 * that sees to it itself.
 */
function unindexedKey(column: Column, table: Table, schema: Schema): ForeignKey | null {
  if (!table.isComplete || table.holdsDocuments || staysSmall(table) || indexesKeys(schema)) return null;
  const key = table.foreignKeys.find(({ columns }) => columns[0] === column.name);
  if (!key) return null;
  const parts = table.columns.filter(({ name }) => key.columns.includes(name));
  return waysInto(table).some((way) => parts.some((part) => begins(part, way))) ? null : key;
}

/** A foreign key by which the database looks through all rows of a table, with the column that it begins with. */
interface ScannedKey {
  readonly column: Column;
  readonly key: ForeignKey;
}

function scannedIn(table: Table, schema: Schema, source: Source): ScannedKey[] {
  return table.columns.flatMap((column) => {
    const key = unindexedKey(column, table, schema);
    return key && isScannedBy(column, table, waysInto(table), source) ? [{ column, key }] : [];
  });
}

/** The foreign keys by which code finds rows of a table, and that no index begins with: of its schema, or that people make by hand. */
export const scannedKeysOf = (table: Table, schema: Schema, source: Source): ScannedKey[] => (scannedIn(table, schema, source).length === 0 ? [] : scannedIn(withKeysByHand(table, source), schema, source));
