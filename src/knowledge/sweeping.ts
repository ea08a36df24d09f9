/** Tables whose rows can be made again, or are gone soon: by a word of their name. */
export const expendableTables = /config|setting|cache|temp|tmp|staging|queue|snapshot|session|job|log|metric|stat|lock|heartbeat/i;

/** Words, in the name of a function, that say that all rows are meant. */
export const sweepingWords: ReadonlySet<string> = new Set([
  ...["all", "every", "everything", "reset", "clear", "purge", "wipe", "truncate", "flush", "empty", "clean", "cleanup", "drop", "nuke", "seed", "reinit"],
  ...["restore", "import", "migrate", "teardown", "destroy", "prune", "rebuild", "reindex", "sync"],
]);

/** Paths of routes for those who run the app. */
export const operatorPaths = /^\/.*\b(?:admin|internal|maintenance|debug|dev)\b/;

/** Words of a comment that say the same. */
export const sweepingRemarks = /\b(?:all|every\w*|each|whole|entire)\b/i;

/** How a library refuses a change without a filter: by itself, or as long as it is not told otherwise. */
export const refusals: readonly { library: string; operations: readonly string[]; /** Whether what is built call by call is refused as well. */ isBuilt: boolean; source: string }[] = [
  { library: "TypeORM", operations: ["delete", "update", "softDelete", "restore"], isBuilt: false, source: "https://typeorm.io/docs/working-with-entity-manager/repository-api" },
  { library: "Supabase", operations: ["update", "delete"], isBuilt: true, source: "https://supabase.com/docs/reference/javascript/delete" },
];

/** Operations that are there to empty a table, and say so by their name. */
export const emptyingOperations: ReadonlySet<string> = new Set(["clear", "deleteAll", "updateAll", "truncate", "drop"]);

/** What changes the tables themselves, in SQL or with a builder: the rows are changed because the column is. */
export const tableChanges = /\b(?:alter|create|drop)\s+(?:temp(?:orary)?\s+)?table\b|\badd\s+column\b|\.(?:alterTable|createTable\w*|dropTable\w*|addColumn|dropColumns?|changeColumn|renameColumn|modifyColumn\w*|alterColumn)\s*\(/i;

/** Words of a builder that say which rows are meant. */
export const narrowingWords = /^(?:(?:and|or)?where\w*|having|filter\w*|match|using|limit|take|(?:inner|left|right)?join\w*)$/i;
