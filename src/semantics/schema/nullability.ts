import { owedTables } from "../../knowledge/columns.js";
import { loginColumns, peopleTables } from "../../knowledge/tables.js";
import { keepsRecords } from "./keys.js";
import type { Column, Table } from "./model.js";
import { stemOf, wordsOf } from "./names.js";

/** What a row has until it is used up: a token of an invitation, and when it ends. */
const fleeting: ReadonlySet<string> = new Set(["token", "expires", "expiry", "expiration", "code", "nonce"]);

/** Whether the database puts a value where a row is made without one, and null would not say that it is gone. In JSON, null is a value. */
const hasDefault = ({ default: value, field, family }: Column): boolean =>
  value !== null && !/^null\b/i.test(value) && family !== "json" && !wordsOf(field).some((word) => fleeting.has(word));

const oneWord = ({ field }: Column): string => wordsOf(field).join("");

const isStatus = (column: Column): boolean => oneWord(column) === "status" && (column.family === "text" || column.family === "enum");

/** What a row of an order or a payment is about. */
const isSum = (column: Column, { model }: Table): boolean =>
  ["amount", "total", "totalamount"].includes(oneWord(column)) && ["decimal", "integer", "float"].includes(column.family) && wordsOf(model).some((word) => owedTables.has(stemOf(word)));

/** What people sign in with, where all of them have a password, and nothing else to sign in with. */
function isLogin(column: Column, { model, columns }: Table): boolean {
  if (!loginColumns.has(oneWord(column)) || !peopleTables.has(stemOf(model))) return false;
  const isOnly = columns.every((each) => each === column || !loginColumns.has(oneWord(each)));
  return isOnly && columns.some((each) => !each.isNullable && wordsOf(each.field).includes("password"));
}

/**
 * The columns of a table that may be null while nothing is meant by it: the database fills them in by itself, or a row without them is
 * none. Not in records of what was, which take what there is.
 */
export function needlesslyNullable(table: Table): readonly Column[] {
  if (!table.isComplete || table.holdsDocuments || keepsRecords(table)) return [];
  return table.columns.filter((column) => column.isNullable && (hasDefault(column) || isStatus(column) || isSum(column, table) || isLogin(column, table)));
}
