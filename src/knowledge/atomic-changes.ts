/** How a library changes a number in the database by some amount, so that no other change is lost: what to write instead of the result. */
export interface AtomicChange {
  /** The library, by its name in messages. */
  readonly library: string;
  /** In a sentence; `{column}` is the column, `{sign}` is `+` or `-`, `{name}` is `increment` or `decrement`. */
  readonly write: string;
  /** The value that stands in the place of the result, where that is all; `{by}` is the amount. */
  readonly value?: string;
  /** The condition under which there is enough of what is taken away, where it is not SQL. */
  readonly enough?: string;
  readonly source: string;
}

export const atomicChanges: readonly AtomicChange[] = [
  {
    library: "Prisma",
    write: "Write the change: `{column}: { {name}: … }`",
    value: "{ {name}: {by} }",
    enough: "where: { {column}: { gte: … } }",
    source: "https://www.prisma.io/docs/orm/reference/prisma-client-reference#atomic-number-operations",
  },
  { library: "Drizzle", write: "Write the change: ``{column}: sql`${table.{column}} {sign} …` ``", source: "https://orm.drizzle.team/docs/guides/incrementing-a-value" },
  { library: "TypeORM", write: "Write the change: `.{name}(where, \"{column}\", …)`", enough: "{column}: MoreThanOrEqual(…)", source: "https://typeorm.io/docs/working-with-entity-manager/repository-api" },
  { library: "Supabase", write: "Move the change into a database function (`SET {column} = {column} {sign} …`), and call it with `.rpc(…)`", source: "https://supabase.com/docs/guides/database/functions" },
  { library: "Kysely", write: "Write the change: `set((eb) => ({ {column}: eb(\"{column}\", \"{sign}\", …) }))`", source: "https://kysely.dev/docs/recipes/expressions" },
  { library: "Knex", write: "Write the change: `.{name}(\"{column}\", …)`", source: "https://knexjs.org/guide/query-builder.html#increment" },
  { library: "Mongoose", write: "Write the change: `{ $inc: { {column}: {sign}… } }`", enough: "{column}: { $gte: … }", source: "https://www.mongodb.com/docs/manual/reference/operator/update/inc/" },
  { library: "MongoDB", write: "Write the change: `{ $inc: { {column}: {sign}… } }`", enough: "{column}: { $gte: … }", source: "https://www.mongodb.com/docs/manual/reference/operator/update/inc/" },
  { library: "Sequelize", write: "Write the change: `.{name}(\"{column}\", { by: … })`", source: "https://sequelize.org/docs/v6/core-concepts/model-instances/" },
];

/** The same in SQL, for every other library. */
export const sqlChange = "Write the change: `SET {column} = {column} {sign} …`";

/** What to add where no more may be taken away than there is; `{enough}` is the condition. */
export const onlyWithEnough = ", only where there is enough (`{enough}`), and look at how many rows that changed";
export const enoughInSql = "{column} >= …";

/** Columns of which there may be too little. */
export const scarceColumns = /balance|credit|stock|quantity|coins?$|points?$|funds|seats|inventory|allowance|tickets?$|gems?$/i;

/** Methods of numbers that are objects (decimal.js, big.js, bignumber.js, currency.js), and what they do. */
export const decimalMethods: Readonly<Record<string, "+" | "-">> = { add: "+", plus: "+", sub: "-", minus: "-", subtract: "-" };

/** Columns that count the changes of a row: a write that asks for the one it has read finds none where another was faster. */
export const versionColumns = /^(?:version|_?rev(?:ision)?|lock_?version|row_?version|etag|updated_?at)$/i;

/** Columns in which whoever runs a job counts its own runs: nobody else writes the row meanwhile. */
export const ownCounters = /^(?:attempts?|retries|(?:attempt|retry)_?count|tries|failure_?count)$/i;
