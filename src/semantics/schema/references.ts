import { addressWords, clientSecrets, clientWords, foreignWords, recordWords, registerWords } from "../../knowledge/tables.js";
import type { Column, Schema, Table } from "./model.js";
import { stemOf, wordsOf } from "./names.js";
import { isKnownElsewhere, isSaidToBeLoose } from "./unkept.js";

/** What a column that is called after a table's key is called after: `orderLineId`, `order_line_id`. */
function stemBefore(name: string): string | null {
  const words = wordsOf(name);
  return words.length > 1 && words.at(-1) === "id" ? words.slice(0, -1).join("") : null;
}

/** Whether a table has a name in the database, or in the code, without regard to number. */
const isCalled = (table: Table, stem: string): boolean => stemOf(table.model) === stem || stemOf(table.name) === stem;

/** Whether a table, by any word of its name, keeps what was, and for longer than what it speaks of. */
const keepsRecords = ({ model }: Table): boolean => wordsOf(model).some((word) => recordWords.has(word));

/** One of a pair that leads to any of several tables: `entityType` and `entityId`. */
const isOneOfMany = (stem: string, { columns }: Table): boolean =>
  columns.some(({ field }) => {
    const words = wordsOf(field);
    return words.length > 1 && /^(?:type|kind|model|table)$/.test(words.at(-1) ?? "") && words.slice(0, -1).join("") === stem;
  });

const isKey = ({ primaryKey }: Table, { name }: Column): boolean => primaryKey?.columns.length === 1 && primaryKey.columns[0] === name;

/** Whether a column has the name by which another service knows the app. */
const isOfService = (stem: string, { columns }: Table): boolean => clientWords.has(stem) && columns.some(({ field, name }) => clientSecrets.test(field) || clientSecrets.test(name));

/** Whether a column holds a number that somebody has in a register of the state: their rows have an address. */
const isOfRegister = (stem: string, { columns }: Table): boolean => registerWords.has(stem) && columns.some(({ field }) => wordsOf(field).some((word) => addressWords.has(word)));

/** The only column of a table's primary key. */
function keyColumn({ primaryKey, columns }: Table): Column | null {
  const [name, ...others] = primaryKey?.columns ?? [];
  return others.length === 0 ? (columns.find((column) => column.name === name) ?? null) : null;
}

/** Whether two tables are declared in one language: nothing else says that they are in one database. */
const isBeside = (one: Table, other: Table): boolean => languageOf(one) === languageOf(other);

const languageOf = ({ at, declaredWith }: Table): string => declaredWith ?? at.file.slice(at.file.lastIndexOf("."));

/** Whether two columns can hold the same values at all: by the word of their schema, or what it means. */
const isAlike = (one: Column, other: Column): boolean =>
  !one.isList && ((one.type === other.type && one.type !== "") || (one.family === other.family && one.family !== "other") || isTextOfCode(one, other));

/** A text whose type nobody wrote down, as classes have them: keys are made of those as well. */
const isTextOfCode = (one: Column, other: Column): boolean => one.type === "" && one.family === "text" && other.family === "uuid";

const leadsTo = (target: Table, table: Table): boolean => table.foreignKeys.some((key) => key.table === target.name && key.schema === target.schema);

/** Whether the other table has a column of the same name that is not its key: a number of its own, which others know its rows by. */
const isNumberOf = ({ field, name }: Column, target: Table): boolean =>
  target.columns.some((column) => (column.field === field || column.name === name) && !isKey(target, column) && !isKept(column, target));

/** What a column is called after, as the names of tables are compared. */
const stemIn = ({ field, name }: Column): string => stemOf(stemBefore(field) ?? stemBefore(name) ?? "");

const naming = (stem: string, { columns }: Table): readonly Column[] => columns.filter((column) => stemIn(column) === stem);

const isKept = ({ name }: Column, { foreignKeys }: Table): boolean => foreignKeys.some(({ columns }) => columns.includes(name));

/** Two tables that keep what they name could be chance; of ten, one may be another exception. */
const fewestKept = 2;
const keptPerLoose = 10;

/** Whether the tables that have such a column keep the other row by it, so that one without is one where it was forgotten. */
function isUsuallyKept(target: Table, stem: string, tables: readonly Table[]): boolean {
  const others = tables.filter((table) => table !== target);
  const kept = others.filter((table) => leadsTo(target, table) && naming(stem, table).some((column) => isKept(column, table)));
  const loose = others.filter((table) => !leadsTo(target, table) && naming(stem, table).length > 0 && !keepsRecords(table));
  return kept.length >= fewestKept && loose.length <= Math.max(1, kept.length / keptPerLoose);
}

/** Whether a table names several others and keeps none of them: its rows are to outlive those. */
const goesWithout = (table: Table, tables: readonly Table[]): boolean =>
  table.foreignKeys.length === 0 && table.columns.filter((column) => tables.some((other) => other !== table && isCalled(other, stemIn(column)))).length > 1;

const marksDeleted = ({ columns }: Table): boolean => columns.some(({ field, family }) => family === "time" && /^(?:deleted|archived|removed)/i.test(field));

/** Whether a row goes when the other does, with a third that both belong to: the lines of an order's invoice. */
const goesAlong = (table: Table, target: Table, tables: readonly Table[]): boolean =>
  table.foreignKeys.some((key) => key.onDelete === "cascade" && tables.some((each) => each !== target && key.table === each.name && key.schema === each.schema && leadsTo(target, each)));

/**
 * The table whose rows a column names by their key, while nothing keeps those rows there: no foreign key, no relation.
 *
 * @returns `null` for every other column, and wherever that cannot be told: by a name alone, to a key of another type, to what another
 * service counts by, from records that are to outlive what they speak of, where a migration has taken the key away, and but where other
 * tables keep the same row by a column of that name.
 */
export function looseReference(column: Column, table: Table, { tables, hasForeignKeys }: Schema): Table | null {
  if (!hasForeignKeys) return null;
  const stem = stemBefore(column.field) ?? stemBefore(column.name);
  if (stem === null || table.holdsDocuments || foreignWords.has(stem) || !table.isComplete || isKey(table, column)) return null;
  if (isKept(column, table) || table.freed?.includes(column.name) || keepsRecords(table) || isOneOfMany(stem, table) || isOfService(stem, table) || isOfRegister(stem, table)) return null;
  const [target, ...others] = tables.filter((each) => isCalled(each, stemOf(stem)) && each.schema === table.schema && isBeside(each, table));
  const key = target && others.length === 0 && target.isComplete && target !== table ? keyColumn(target) : null;
  if (!target || !key || !isAlike(column, key) || isNumberOf(column, target) || (column.family !== "uuid" && isKnownElsewhere(target, stem)) || isSaidToBeLoose(table)) return null;
  return isUsuallyKept(target, stemOf(stem), tables) && !goesWithout(table, tables) && !marksDeleted(target) && !goesAlong(table, target, tables) ? target : null;
}


/**
 * What all tables that keep the rows of another do when one of these is deleted, where they say so and a column can do it as well. A
 * row that may do without the other is not to go with it.
 */
export function usualDeletion({ isNullable }: Column, target: Table, { tables }: Schema): "cascade" | "set null" | null {
  const actions = new Set(tables.flatMap((table) => table.foreignKeys.flatMap((key) => (key.table === target.name && key.schema === target.schema ? [key.onDelete?.toLowerCase() ?? null] : []))));
  const [action] = actions;
  if (actions.size !== 1) return null;
  return (action === "cascade" && !isNullable) || (action === "set null" && isNullable) ? action : null;
}
