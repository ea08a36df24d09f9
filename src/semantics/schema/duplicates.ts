import { addressColumns, keyWords, proposalTables, repeatableTables, secretColumns } from "../../knowledge/columns.js";
import { tenantColumns } from "../../knowledge/undefined-filters.js";
import type { Source } from "../../syntax/source.js";
import { withKeysByHand } from "./by-hand.js";
import { isWithoutKey, keepsRecords } from "./keys.js";
import { isLookedUp } from "./looked-up.js";
import type { Column, ForeignKey, Key, Table } from "./model.js";
import { isNamedByApp } from "./named.js";
import { stemOf, wordsOf } from "./names.js";
import { perTable } from "./per-table.js";

/** Columns that two rows of a table must not have in common, and nothing keeps from it. */
export interface Duplicate {
  readonly kind: "pair" | "address" | "secret";
  readonly columns: readonly Column[];
}

const uniquesOf = ({ primaryKey, uniques }: Table): Key[] => [...(primaryKey ? [primaryKey] : []), ...uniques];

const words = (part: string): string[] => part.match(/\w+/g) ?? [];

/** Whether a key has to do with a column: by itself, with others, or in what is calculated from it. */
const speaksOf = (name: string, { columns, parts }: Key): boolean => columns.includes(name) || parts.some((part) => words(part).includes(name.toLowerCase()) || part.includes(`"${name}"`));

const isTold = (column: Column, table: Table): boolean =>
  uniquesOf(table).some((key) => speaksOf(column.name, key)) || table.foreignKeys.some(({ columns }) => columns.includes(column.name));

/** Whether rows are found, or kept apart, by something else: another text that is unique, or the one row of another table that each belongs to. */
const isFoundOtherwise = ({ uniques, columns, foreignKeys }: Table): boolean =>
  uniques.some(({ columns: [name, ...more] }) => {
    const column = more.length === 0 ? columns.find((each) => each.name === name) : undefined;
    return column !== undefined && (column.family === "text" || foreignKeys.some((key) => key.columns.includes(column.name)));
  });

const marksDeleted = ({ columns }: Table): boolean => columns.some(({ field }) => /^(?:is)?_?(?:deleted|archived|removed)/i.test(field));

/** When a row was made, or changed. */
const isMade = ({ field, family }: Column): boolean => family === "time" && /^(?:created|updated|modified|added|joined|assigned|granted|linked|inserted)/i.test(field);

/** What a row of a join table may have besides its two keys, and stay a join: a key of its own, a place in the order, when it was made. */
const isBeside = (column: Column, { primaryKey }: Table): boolean =>
  primaryKey?.columns.includes(column.name) === true ||
  isMade(column) ||
  ["role", "position", "order", "sort", "sortorder", "createdby", "addedby", "assignedby", "isprimary"].includes(wordsOf(column.field).join(""));

/** Whether a table, by any word of its name, has a row for each time that something happens, is asked for or is tried. */
const isRepeatable = ({ model }: Table): boolean => wordsOf(model).some((word) => repeatableTables.has(word) || repeatableTables.has(stemOf(word)));

/** Whether the rows of a table are not yet, or no longer, what they speak of: several may ask for one address. */
const holdsProposals = ({ model }: Table): boolean => wordsOf(model).some((word) => proposalTables.has(stemOf(word)));

/** The two columns of a table that does nothing but join two others, while nothing keeps a pair from being there twice. */
export function pairOf(table: Table): readonly Column[] | null {
  const [one, other, ...more] = table.foreignKeys;
  if (!one || !other || more.length > 0 || one.table === other.table || isRepeatable(table)) return null;
  const columnOf = ({ columns }: ForeignKey): Column | undefined => (columns.length === 1 ? table.columns.find(({ name }) => name === columns[0]) : undefined);
  const pair = [columnOf(one), columnOf(other)].filter((column) => column !== undefined && !column.isNullable) as Column[];
  const isJoin = pair.length === 2 && table.columns.every((column) => pair.includes(column) || isBeside(column, table));
  const isKept = uniquesOf(table).some((key) => pair.some(({ name }) => speaksOf(name, key)));
  return isJoin && !isKept ? pair : null;
}

/** The column that says whose an address is: of a tenant, else of whatever else the row belongs to. */
export function ownerColumnOf({ columns, foreignKeys }: Table): string | null {
  const owners = foreignKeys.flatMap((key) => (key.columns.length === 1 ? columns.filter(({ name }) => name === key.columns[0]) : []));
  return (owners.find(({ name }) => tenantColumns.test(name)) ?? owners[0])?.field ?? null;
}

/** Whether a table is one of keys, or tokens, that its app gives out: by the end of its name. */
const holdsKeys = ({ model }: Table): boolean => keyWords.has(wordsOf(model).slice(-2).map((word) => stemOf(word)).join(""));

const isText = ({ family, isList }: Column): boolean => family === "text" && !isList;

/** What nothing in a table keeps from being there twice, although the app finds one row by it. */
const duplicatesOf = perTable((table): readonly Duplicate[] => {
  if (!table.isComplete || keepsRecords(table)) return [];
  // A table without any key is another defect, and its key would be the pair.
  const pair = isWithoutKey(table) ? null : pairOf(table);
  if (pair) return [{ kind: "pair", columns: pair }];
  if (isFoundOtherwise(table) || marksDeleted(table) || holdsProposals(table)) return [];
  const called = (names: ReadonlySet<string>): Column[] => table.columns.filter((column) => isText(column) && names.has(wordsOf(column.field).join("")) && !isTold(column, table));
  const isIndexed = ({ name }: Column): boolean => table.indexes.some((key) => speaksOf(name, key));
  const secrets = holdsKeys(table) ? called(secretColumns).filter((column) => !isIndexed(column)) : [];
  return [
    ...called(addressColumns).map((column) => ({ kind: "address" as const, columns: [column] })),
    ...secrets.map((column) => ({ kind: "secret" as const, columns: [column] })),
  ];
});

/** The same in a table that code of the app names, and finds rows of by what is to be unique, where SQL that people run by hand does not keep it from being there twice either. */
export const lastingDuplicatesOf = (table: Table, source: Source): readonly Duplicate[] =>
  duplicatesOf(table).length === 0 ? [] : duplicatesOf(withKeysByHand(table, source)).filter(({ kind, columns }) => isNamedByApp(table, columns, source) && (kind === "pair" || columns.some((column) => isLookedUp(table, column, source))));
