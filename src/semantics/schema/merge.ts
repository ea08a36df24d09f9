import type { Enum, ForeignKey, Key, Schema, Table } from "./model.js";
import { keyOf as keyOfName } from "./sql/database.js";

/** Some of what declares a database. */
export interface Declared {
  readonly schema: Schema;
  /** What is right where several speak of a thing: the lowest. */
  readonly rank: Rank;
}

/** What code is generated from, then what people write into migrations, then what a tool writes from a schema that stands elsewhere. */
export type Rank = 0 | 1 | 2;

const written: Rank = 2;

const keyOf = ({ schema, name }: Table): string => `${schema ?? ""}.${name}`;

/** The name that migrations have for a table. */
const nameOf = ({ schema, name }: Table): string => keyOfName({ schema, text: name });

/** The time that a migration says it was made at, by its name or that of its folder: `20250723203016_orders`. */
const timeOf = (file: string): string | null => /(?:^|[\\/])(\d{14})[^\\/]*(?:[\\/][^\\/]+)?$/.exec(file)?.[1] ?? null;

/**
 * Whether other migrations of the same database have dropped a table since: one that the source of truth does not have, which shares tables
 * with those that make it.
 */
function isDropped(table: Table, by: Schema, declared: readonly Declared[], truth: ReadonlySet<string>): boolean {
  if (truth.has(nameOf(table)) || !by.tables.some((other) => truth.has(nameOf(other)))) return false;
  return declared.some(({ schema }) => {
    const file = schema === by ? undefined : schema.dropped?.get(nameOf(table));
    if (file === undefined) return false;
    const [made, dropped] = [timeOf(table.at.file), timeOf(file)];
    return made === null || dropped === null || made < dropped;
  });
}

const sameColumns = (one: Pick<Key | ForeignKey, "columns">, other: Pick<Key | ForeignKey, "columns">): boolean =>
  one.columns.length === other.columns.length && one.columns.every((column) => column !== null && other.columns.includes(column));

const together = <T extends Key | ForeignKey>(ours: readonly T[], theirs: readonly T[]): T[] => [
  ...ours,
  ...theirs.filter((key) => !ours.some((own) => sameColumns(own, key))),
];

/** A table with what another declaration of it adds. Where both speak of a thing, the first is right. */
const joined = (table: Table, other: Table): Table => ({
  ...table,
  primaryKey: table.primaryKey ?? other.primaryKey,
  uniques: together(table.uniques, other.uniques),
  indexes: together(table.indexes, other.indexes),
  foreignKeys: together(table.foreignKeys, other.foreignKeys),
  freed: [...(table.freed ?? []), ...(other.freed ?? [])],
  rowSecurity: table.rowSecurity === "unknown" ? other.rowSecurity : table.rowSecurity,
  policies: [...table.policies, ...other.policies],
  createdAt: table.createdAt ?? other.createdAt,
  // What the code says of its columns is for the code: the database takes no word of it.
  isComplete: table.isComplete && !other.isVirtual,
});

const isOther = (one: Key, other: Key | null): boolean => other !== null && !sameColumns(one, other);

/** A table with the keys and indexes that other declarations of it have, and nothing else of them. */
export const withKeysOf = (table: Table, others: readonly Table[]): Table =>
  others.reduce(
    (known, { primaryKey, uniques, indexes }) => ({
      ...known,
      primaryKey: known.primaryKey ?? primaryKey,
      uniques: together(known.uniques, primaryKey && isOther(primaryKey, known.primaryKey) ? [...uniques, primaryKey] : uniques),
      indexes: together(known.indexes, indexes),
    }),
    table,
  );

/**
 * One schema of all that declares a database, by table. The source of truth is what people write, Prisma before SQL; what a tool writes
 * from it adds keys that somebody put there by hand, but no tables.
 */
export function mergeSchemas(declared: readonly Declared[]): Schema {
  const byTruth = [...declared].sort((one, other) => one.rank - other.rank);
  const hasTruth = byTruth.some(({ rank }) => rank < written);
  const truth = new Set(byTruth.flatMap(({ schema, rank }) => (rank === 0 ? schema.tables.map(nameOf) : [])));
  const tables = new Map<string, Table>();
  const enums = new Map<string, Enum>();
  for (const { schema, rank } of byTruth) {
    for (const each of schema.enums) if (!enums.has(each.name)) enums.set(each.name, each);
    for (const table of schema.tables) {
      const known = tables.get(keyOf(table));
      if (known) tables.set(keyOf(table), joined(known, table));
      else if ((rank < written || !hasTruth) && !isDropped(table, schema, byTruth, truth)) tables.set(keyOf(table), table);
    }
  }
  const schemas = byTruth.map(({ schema }) => schema);
  return {
    tables: [...tables.values()],
    enums: [...enums.values()],
    dialect: schemas.find(({ dialect }) => dialect !== null)?.dialect ?? null,
    hasForeignKeys: schemas.every(({ hasForeignKeys }) => hasForeignKeys),
  };
}
