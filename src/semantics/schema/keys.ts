import { recordWords } from "../../knowledge/tables.js";
import type { Key, Table } from "./model.js";
import { wordsOf } from "./names.js";

/** Whether a table, by any word of its name, keeps what was, or lives for a moment. */
export const keepsRecords = ({ model }: Pick<Table, "model">): boolean => wordsOf(model).some((word) => recordWords.has(word));

/** Whether a unique constraint tells each row from all others, as a primary key would: nothing it is made of can be null. */
const isKeyLike = ({ columns, isPartial }: Key, table: Table): boolean =>
  !isPartial && columns.every((name) => table.columns.some((column) => column.name === name && !column.isNullable));

/** Whether unique constraints for parts of the rows do so together: one for those of a vendor, one for those of none. */
const isPartedKey = ({ uniques }: Table): boolean => uniques.filter(({ isPartial }) => isPartial).length > 1;

/** Whether nothing tells the rows of a table apart; not of records, which nobody changes one by one. */
export const isWithoutKey = (table: Table): boolean =>
  table.isComplete && table.columns.length > 0 && !table.primaryKey && !table.uniques.some((key) => isKeyLike(key, table)) && !isPartedKey(table) && !keepsRecords(table);
