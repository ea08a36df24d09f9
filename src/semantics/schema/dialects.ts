import type { Dialect, Table } from "./model.js";

/** Types that only one database has, by the words of migrations. */
const types: readonly (readonly [Dialect, RegExp])[] = [
  ["postgresql", /^(?:uuid|timestamptz|timestamp with time zone|jsonb|(?:small|big)?serial|citext|bytea|tsvector|inet|vector|geography)$/],
  ["mysql", /^(?:(?:tiny|medium)int.*|(?:tiny|medium|long)(?:text|blob)|datetime|.* unsigned|enum)$/],
];

/** How MySQL and its kin keep tables. Whatever else has engines keeps no keys: ClickHouse. */
const engines = /^(?:innodb|myisam|aria|memory|heap|archive|csv|merge|mrg_myisam|blackhole|federated|ndb|ndbcluster|rocksdb|xtradb|tokudb|columnstore)$/;

/** Whether tables of an engine are ones of which our words are true: rows, and keys that tell them apart. */
export const isRelational = (engine: string | null): boolean => engine === null || engines.test(engine);

/** The database that tables are in, where their types tell. */
export function dialectOf(tables: readonly Pick<Table, "columns">[]): Dialect | null {
  const found = types.filter(([, words]) => tables.some(({ columns }) => columns.some(({ type, isList }) => words.test(type) && !isList)));
  const [only, ...others] = found;
  return only && others.length === 0 ? only[0] : null;
}
