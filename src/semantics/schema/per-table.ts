import type { Table } from "./model.js";

/** An answer about a table that is found once, for as long as the table stays as it is. */
export function perTable<T>(answer: (table: Table) => T): (table: Table) => T {
  const known = new WeakMap<Table, { readonly answer: T }>();
  return (table) => {
    const found = known.get(table) ?? { answer: answer(table) };
    known.set(table, found);
    return found.answer;
  };
}
