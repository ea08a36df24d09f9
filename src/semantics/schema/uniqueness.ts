import type { Presence } from "../presence.js";
import { duplicatesOf } from "./duplicates.js";
import { sharedLogin } from "./logins.js";
import type { Column, Key, Table } from "./model.js";
import { qualifiedName } from "./names.js";

const words = (part: string): string[] => part.match(/\w+/g) ?? [];

/** The columns that a key is made of, by their names in the database: in lower case where they are calculated from. */
const namesIn = ({ columns, parts }: Key, table: Table): string[] =>
  columns.flatMap((name, index) => {
    if (name !== null) return [name];
    const inPart = words(parts[index] ?? "");
    return table.columns.filter((column) => inPart.includes(column.name.toLowerCase())).map((column) => column.name);
  });

/** The columns of a table by the names that code has for them; `null` where one of them is not among them. */
function columnsCalled(fields: readonly string[], { columns }: Table): Column[] | null {
  const found = fields.map((field) => columns.find((column) => column.field === field || column.name === field));
  return found.every((column) => column !== undefined) ? found : null;
}

/** Whether a new row has the same value in a column as another: it is given one, or has always the same. */
function isGiven(name: string, given: readonly string[], { columns }: Table): boolean {
  const column = columns.find((each) => each.name === name);
  return column !== undefined && (given.includes(column.field) || given.includes(column.name) || (column.default !== null && !column.isGenerated));
}

/**
 * Whether a table keeps a row that is added from having the same values in some columns as another.
 *
 * @param fields the columns that are the same.
 * @param given the columns that the new row is given, which may be the same as well; `"any"` where that cannot be told.
 */
export function uniquenessOf(fields: readonly string[], given: readonly string[] | "any", table: Table): Presence {
  const same = columnsCalled(fields, table)?.map(({ name }) => name);
  if (!same || !table.isComplete) return "unknown";
  const isSame = (name: string): boolean => same.includes(name) || given === "any" || isGiven(name, given, table);
  const keys = [...table.uniques, ...(table.primaryKey ? [table.primaryKey] : [])].map((key) => namesIn(key, table));
  const isKept = keys.some((names) => names.some((name) => same.includes(name)) && names.every(isSame));
  return isKept ? "found" : "missing";
}

/** Whether the table itself is reported for letting rows have the same values in some of the columns. */
export function isReportedAsShared(fields: readonly string[], table: Table): boolean {
  const same = columnsCalled(fields, table) ?? [];
  const login = sharedLogin(table);
  return (login !== null && same.includes(login)) || duplicatesOf(table).some(({ columns }) => columns.every((column) => same.includes(column)));
}

/** How to make columns unique together, in the words of the schema that declares their table. */
export function uniqueIn(table: Table, fields: readonly string[]): string {
  const { file } = table.at;
  const names = (columnsCalled(fields, table) ?? []).map(({ name }) => name);
  if (file.endsWith(".prisma")) return `Add \`${fields.length === 1 ? "@unique" : `@@unique([${fields.join(", ")}])`}\``;
  if (file.endsWith(".sql")) return `Add a migration with \`CREATE UNIQUE INDEX ON ${qualifiedName(table)} (${names.join(", ")});\``;
  return `Make ${fields.length === 1 ? "it" : "them"} unique there`;
}
