import { emptyNames, exclusiveRoles, exclusiveStates, holderTables, numberedNames, thinNames } from "../../knowledge/columns.js";
import type { Column, Table } from "./model.js";
import { stemOf, wordsOf } from "./names.js";
import { perTable } from "./per-table.js";

/** What the other columns of a table say about one that is called `value`: what it is a value of. */
const labels: ReadonlySet<string> = new Set(["key", "name", "type", "kind", "code", "label", "title", "attribute", "field", "metric", "property", "unit", "slug", "identifier", "mime"]);

/** Whether a table, or another of its columns, tells what a column that may hold anything holds: rows of a name and a value. */
const tellsWhat = ({ model, columns }: Table): boolean =>
  wordsOf(model).some((word) => holderTables.has(word) || holderTables.has(stemOf(word))) || columns.some(({ field }) => labels.has(wordsOf(field).at(-1) ?? ""));

/** Whether a column's name says nothing of what is in it. JSON is told apart by what it may hold, and not here. */
export function isVague({ field, family }: Column, table: Table): boolean {
  if (family === "json" || family === "binary") return false;
  const name = field.toLowerCase().replaceAll(/[^a-z\d]/g, "");
  const bare = name.replace(/\d+$/, "");
  if (emptyNames.has(bare)) return true;
  if (thinNames.has(name)) return !tellsWhat(table);
  return bare !== name && numberedNames.has(bare);
}

/** The one that a column is a second of: `type2` beside `type`. */
export function secondOf({ field, type }: Column, { columns }: Table): Column | null {
  const name = /^(.*[A-Za-z])_?2$/.exec(field)?.[1];
  if (name === undefined || !/^(?:type|status|name|kind|category|code|state|role)$/.test(wordsOf(name).at(-1) ?? "")) return null;
  return columns.find((column) => column.field === name && column.type === type) ?? null;
}

const fewest = 4;

const together = [
  { instead: "status", words: exclusiveStates },
  { instead: "role", words: exclusiveRoles },
];

/** Flags of a table of which one at most can be true, and the column that says in one word what they say together. */
export const exclusiveFlags = perTable(({ columns }): { readonly columns: readonly Column[]; readonly instead: string } => {
  const flags = columns.filter(({ field, family }) => family === "boolean" && wordsOf(field)[0] === "is" && wordsOf(field).length === 2);
  const found = together.map(({ instead, words }) => ({ instead, columns: flags.filter(({ field }) => words.has(wordsOf(field)[1] ?? "")) }));
  return found.find((group) => group.columns.length >= fewest) ?? { instead: "", columns: [] };
});
