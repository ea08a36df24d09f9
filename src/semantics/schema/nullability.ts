import { owedTables } from "../../knowledge/columns.js";
import { loginColumns, peopleTables } from "../../knowledge/tables.js";
import { keepsRecords } from "./keys.js";
import type { Column, Table } from "./model.js";
import { stemOf, wordsOf } from "./names.js";

const counted: ReadonlySet<string> = new Set(["boolean", "integer", "decimal", "float"]);

/** Whether a flag or a number has a default: null is a third answer to the one, and adds up to null with the other. A text, or a time, that is missing does neither. */
const hasDefault = ({ default: value, family, isList }: Column): boolean => value !== null && !/^null\b/i.test(value) && counted.has(family) && !isList;

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
