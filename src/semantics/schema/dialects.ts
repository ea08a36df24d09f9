import type { Dialect, Table } from "./model.js";

/** Types that only one database has, by the words of migrations. */
const types: readonly (readonly [Dialect, RegExp])[] = [
  ["postgresql", /^(?:uuid|timestamptz|timestamp with time zone|jsonb|(?:small|big)?serial|citext|bytea|tsvector|inet|vector|geography)$/],
  ["mysql", /^(?:(?:tiny|medium)int.*|(?:tiny|medium|long)(?:text|blob)|datetime|.* unsigned|enum)$/],
];

/** The database that tables are in, where their types tell. */
export function dialectOf(tables: readonly Pick<Table, "columns">[]): Dialect | null {
  const found = types.filter(([, words]) => tables.some(({ columns }) => columns.some(({ type, isList }) => words.test(type) && !isList)));
  const [only, ...others] = found;
  return only && others.length === 0 ? only[0] : null;
}
