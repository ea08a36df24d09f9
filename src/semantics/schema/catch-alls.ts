import { catchAllNames, holderTables, openTables } from "../../knowledge/columns.js";
import { keepsRecords } from "./keys.js";
import type { Column, Table } from "./model.js";
import { stemOf, wordsOf } from "./names.js";

/** Whether the rows of a table are made to hold what others put together: settings, answers, forms, what an integration sends. */
const holdsAnything = ({ model }: Table): boolean =>
  wordsOf(model).some((word) => [word, stemOf(word)].some((each) => holderTables.has(each) || openTables.has(each)));

/** Whether another column says what the JSON of a row is: one shape for each kind. */
const isTold = ({ columns }: Table): boolean => columns.some(({ field }) => ["type", "kind", "provider"].includes(wordsOf(field).at(-1) ?? ""));

/** Whether a column takes whatever the code puts there: JSON of no shape, by a name that says nothing, in a table of things. */
export const isCatchAll = ({ field, family, isShaped = false }: Column, table: Table): boolean =>
  family === "json" && !isShaped && catchAllNames.has(wordsOf(field).join("")) && !keepsRecords(table) && !holdsAnything(table) && !isTold(table);
