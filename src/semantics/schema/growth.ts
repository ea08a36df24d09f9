import { handOrders } from "../../knowledge/lists.js";
import { keyPattern } from "../queries/row-keys.js";
import type { Column, Schema, Table } from "./model.js";
import { tableCalled } from "./tables.js";

const isHandOrder = ({ field, family }: Column): boolean => family === "integer" && handOrders.has(field.toLowerCase().replaceAll("_", ""));

/** Whether rows of a table belong to others, as far as its keys and the names of its columns tell. */
const belongs = ({ columns, foreignKeys, primaryKey }: Table): boolean =>
  foreignKeys.length > 0 || columns.some(({ field, name }) => keyPattern.test(field) && primaryKey?.columns.includes(name) !== true);

/**
 * Whether there are more rows of a table with everybody who uses the app. There are not where rows belong to nothing else, and either people
 * put them in order by hand or nothing says when they came.
 */
export function growsWithUse(model: string, schema: Schema | null): boolean {
  const table = schema && tableCalled(model, schema);
  if (!table?.isComplete || table.holdsDocuments || belongs(table)) return true;
  return !table.columns.some(isHandOrder) && table.columns.some(({ family }) => family === "time");
}
