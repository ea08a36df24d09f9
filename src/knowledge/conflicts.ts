/** How code leaves it to the database to keep a row from being there twice: calls in a query, options of one, and the errors of a breach. */

/** Calls and options by which an insert gives way to a row that is there already. */
export const yieldingWords: readonly { library: string; words: readonly string[]; source: string }[] = [
  { library: "Prisma", words: ["skipDuplicates"], source: "https://www.prisma.io/docs/orm/reference/prisma-client-reference#createmany" },
  { library: "Drizzle", words: ["onConflictDoNothing", "onConflictDoUpdate", "onDuplicateKeyUpdate", "ignore"], source: "https://orm.drizzle.team/docs/insert" },
  { library: "Kysely, Knex", words: ["onConflict", "ignore", "orIgnore", "onDuplicateKeyUpdate"], source: "https://knexjs.org/guide/query-builder.html#onconflict" },
  { library: "TypeORM", words: ["orIgnore", "orUpdate"], source: "https://typeorm.io/docs/query-builder/insert-query-builder" },
  { library: "Supabase", words: ["ignoreDuplicates", "onConflict"], source: "https://supabase.com/docs/reference/javascript/upsert" },
  { library: "Sequelize", words: ["ignoreDuplicates", "updateOnDuplicate"], source: "https://sequelize.org/api/v6/class/src/model.js~model#static-method-bulkCreate" },
  { library: "Mongoose", words: ["upsert"], source: "https://mongoosejs.com/docs/api/model.html" },
];

/** Marks of the error that a breach of a unique constraint comes as, in code that is ready for it. */
export const breachMarks: readonly { mark: string; source: string }[] = [
  { mark: "P2002", source: "https://www.prisma.io/docs/orm/reference/error-reference#p2002" },
  { mark: "23505", source: "https://www.postgresql.org/docs/current/errcodes-appendix.html" },
  { mark: "ER_DUP_ENTRY", source: "https://dev.mysql.com/doc/mysql-errors/8.0/en/server-error-reference.html" },
  { mark: "1062", source: "https://dev.mysql.com/doc/mysql-errors/8.0/en/server-error-reference.html" },
  { mark: "11000", source: "https://www.mongodb.com/docs/manual/reference/error-codes/" },
  { mark: "SQLITE_CONSTRAINT", source: "https://www.sqlite.org/rescode.html#constraint" },
  { mark: "UniqueConstraint", source: "https://sequelize.org/api/v6/class/src/errors/validation/unique-constraint-error.ts~uniqueconstrainterror" },
  { mark: "UniqueViolation", source: "https://github.com/Vincit/db-errors" },
  { mark: "unique constraint", source: "https://www.postgresql.org/docs/current/ddl-constraints.html" },
  { mark: "duplicate key", source: "https://www.postgresql.org/docs/current/ddl-constraints.html" },
];

/**
 * Locks that belong to no row: whoever waits for one wants to do the same thing.
 *
 * source: https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS, https://dev.mysql.com/doc/refman/8.4/en/locking-functions.html, https://learn.microsoft.com/sql/relational-databases/system-stored-procedures/sp-getapplock-transact-sql
 */
export const advisoryLocks = /\bpg_(?:try_)?advisory_(?:xact_)?lock|\bGET_LOCK\s*\(|\bsp_getapplock\b/i;

/** Words in a function that keeps a second run of itself waiting, or away. */
export const lockWords = /(?<![A-Za-z])lock|[a-z_]Lock|[Mm]utex|[Ss]emaphore|advisory|[Ss]erializable|SERIALIZABLE|[Ss]ingle_?[Ff]light|FOR UPDATE|forUpdate|\.for\(\s*["']update/;

/** Libraries whose tables are always written down: where we do not find them, that says nothing of the table. */
export const alwaysDeclared: ReadonlySet<string> = new Set(["Prisma"]);

/** Columns, by a word of their name, whose value changes in the life of a row: one among them may be many, later. */
export const changingColumns = /status|state|stage|phase|deleted|archived|revoked|active|enabled|resolved|pending|parent/i;

/** Columns, by their name, of texts that are too long for a unique index. */
export const longTexts = /^(?:content|body|text|message|description|notes?|comment|prompt|html|markdown|summary|bio)$/i;
