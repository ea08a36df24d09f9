import type { Presence } from "../program/presence.js";
import type { Source } from "../../syntax/source.js";
import { tableByHand, withKeysByHand } from "./by-hand.js";
import { lastingDuplicatesOf } from "./duplicates.js";
import { sharedLogin } from "./logins.js";
import type { Column, Dialect, Key, Table } from "./model.js";
import { qualifiedName } from "./names.js";

const words = (part: string): string[] => part.match(/\w+/g) ?? [];

/** The columns that a key is made of, by their names in the database; those that something is calculated from are looked for by their names. */
const namesIn = ({ columns, parts }: Key, wanted: readonly string[]): string[] =>
  columns.flatMap((name, index) => {
    if (name !== null) return [name];
    const inPart = words(parts[index] ?? "");
    return wanted.filter((column) => inPart.includes(column.toLowerCase()));
  });

/** The columns of a table by the names that code has for them; `null` where one of them is not among them. */
function columnsCalled(fields: readonly string[], { columns }: Table): Column[] | null {
  const found = fields.map((field) => columns.find((column) => column.field === field || column.name === field));
  return found.every((column) => column !== undefined) ? found : null;
}

const nameOf = (field: string, { columns }: Table): string => columns.find((column) => column.field === field || column.name === field)?.name ?? field;

/** Whether a new row has the same value in a column as another: it is given one, or has always the same. */
function isGiven(name: string, given: readonly string[], table: Table): boolean {
  const column = table.columns.find((each) => each.name === name);
  return given.some((field) => nameOf(field, table) === name) || (column !== undefined && column.default !== null && !column.isGenerated);
}

/**
 * Whether a table keeps a row that is added from having the same values in some columns as another.
 *
 * @param fields the columns that are the same.
 * @param given the columns that the new row is given, which may be the same as well; `"any"` where that cannot be told.
 */
export function uniquenessOf(fields: readonly string[], given: readonly string[] | "any", table: Table): Presence {
  const same = fields.map((field) => nameOf(field, table));
  const isSame = (name: string): boolean => same.includes(name) || given === "any" || isGiven(name, given, table);
  const wanted = [...same, ...table.columns.map(({ name }) => name)];
  const keys = [...table.uniques, ...(table.primaryKey ? [table.primaryKey] : [])].map((key) => namesIn(key, wanted));
  if (keys.some((names) => names.some((name) => same.includes(name)) && names.every(isSame))) return "found";
  return table.isComplete && columnsCalled(fields, table) ? "missing" : "unknown";
}

/**
 * Whether SQL that people run by hand, beside the schema, keeps a row away that has the same values in some columns as another.
 *
 * @param table `null` where no schema declares it.
 */
export function isKeptByHand(name: string, fields: readonly string[], given: readonly string[] | "any", table: Table | null, source: Source): boolean {
  const whole = table ? withKeysByHand(table, source) : tableByHand(name, source);
  return whole !== null && whole !== table && uniquenessOf(fields, given, whole) === "found";
}

/** Whether the table itself is reported for letting rows have the same values in some of the columns. */
export function isReportedAsShared(fields: readonly string[], table: Table, source: Source): boolean {
  const same = columnsCalled(fields, table) ?? [];
  const login = sharedLogin(table, source);
  return (login !== null && same.includes(login.column)) || lastingDuplicatesOf(table, source).some(({ columns }) => columns.every((column) => same.includes(column)));
}

/** Whether a column is emptied when the row that it names is deleted, as Prisma has it where it may be. */
const isEmptied = ({ name }: Column, table: Table): boolean =>
  table.foreignKeys.some(({ columns, onDelete }) => {
    if (!columns.includes(name)) return false;
    return onDelete === null ? table.at.file.endsWith(".prisma") && table.columns.every((column) => column.isNullable || !columns.includes(column.name)) : /^set.null$/i.test(onDelete);
  });

/**
 * Why two rows are kept apart by no key of these columns where one of them is null, and what does it: PostgreSQL takes nulls for
 * different. Empty where that cannot be, or another database is asked, and where nulls are what deleted rows leave behind: of those there
 * may be several.
 */
function nullsIn(columns: readonly Column[], table: Table, dialect: Dialect | null): string {
  const nullable = columns.filter(({ isNullable }) => isNullable);
  const [first] = nullable;
  return first && dialect === "postgresql" && !nullable.some((column) => isEmptied(column, table)) ? ` with \`NULLS NOT DISTINCT\` (rows without \`${first.field}\` count as different otherwise)` : "";
}

/** How to make columns unique together, in the words of the schema that declares their table. */
export function uniqueIn(table: Table, fields: readonly string[], dialect: Dialect | null): string {
  const { file } = table.at;
  const columns = columnsCalled(fields, table) ?? [];
  const nulls = nullsIn(columns, table, dialect);
  if (file.endsWith(".prisma")) return `Add \`${fields.length === 1 ? "@unique" : `@@unique([${fields.join(", ")}])`}\`${nulls && `, in its migration${nulls}`}`;
  if (file.endsWith(".sql")) return `Add a migration with \`CREATE UNIQUE INDEX ON ${qualifiedName(table)} (${columns.map(({ name }) => name).join(", ")});\`${nulls && `,${nulls}`}`;
  return `Make ${fields.length === 1 ? "it" : "them"} unique there${nulls && `,${nulls}`}`;
}
