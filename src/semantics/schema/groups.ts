import { countedWords } from "../../knowledge/columns.js";
import type { Column, Table } from "./model.js";
import { wordsOf } from "./names.js";
import { perTable } from "./per-table.js";

/** Columns that belong together, by how their names begin. */
export interface Cluster {
  readonly prefix: string;
  readonly columns: readonly Column[];
}

const fewest = 3;

function groupedBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

/** Words that names begin with which have nothing else in common. */
const plain: ReadonlySet<string> = new Set(["is", "has", "can", "should", "allow", "enable", "enabled", "show", "total", "created", "updated", "last", "max", "min", "default"]);

/** The columns of a table whose names begin with the same word, the largest group first; not what every table has, and no questions. */
export function clustersOf({ columns }: Table): readonly Cluster[] {
  return [...groupedBy(columns, ({ field }) => wordsOf(field)[0] ?? "")]
    .filter(([prefix, members]) => members.length >= fewest && prefix.length > 1 && !plain.has(prefix))
    .map(([prefix, members]) => ({ prefix, columns: members }))
    .sort((one, other) => other.columns.length - one.columns.length);
}

/** A column's name with a place for each number in it, and the number, where there is exactly one: `image2`, `item_2_name`. */
function numbered({ field }: Column): { readonly pattern: string; readonly number: number } | null {
  const [match, ...others] = [...field.matchAll(/\d+/g)];
  if (!match || others.length > 0 || match.index === 0) return null;
  const before = field.slice(0, match.index);
  return { pattern: `${before}#${field.slice(match.index + match[0].length)}`, number: Number(match[0]) };
}

/** Whether a pattern counts what there is a fixed number of: the lines of an address, the quarters of a year. */
const isFixed = (pattern: string): boolean => wordsOf(pattern.replace("#", " ")).some((word) => countedWords.has(word));

const isRow = (numbers: readonly number[]): boolean => numbers.every((number, index) => index === 0 || number === (numbers[index - 1] ?? 0) + 1);

/** Groups of three or more columns of one type that differ by a number counted from 0 or 1: a list, one column each. */
export const repeatedColumns = perTable(({ columns }): readonly (readonly Column[])[] => {
  const found = columns.flatMap((column) => {
    const parts = numbered(column);
    return parts && column.family !== "boolean" && !isFixed(parts.pattern) ? [{ ...parts, column }] : [];
  });
  return [...groupedBy(found, ({ pattern, column }) => `${pattern} ${column.type}`).values()].flatMap((members) => {
    const sorted = members.toSorted((one, other) => one.number - other.number);
    const numbers = sorted.map(({ number }) => number);
    return sorted.length >= fewest && (numbers[0] ?? 9) <= 1 && isRow(numbers) ? [sorted.map(({ column }) => column)] : [];
  });
});
