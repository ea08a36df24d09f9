/** How schemas come into a database: tools with commands of their own, and options and calls of the libraries. */

/** A command that makes a database look like the schema at once, without a migration in between. */
export interface PushCommand {
  readonly tool: RegExp;
  /** What it is told, as messages say it, and as people write it. */
  readonly push: string;
  readonly words: RegExp;
  /** What the same tool is told to run migrations that were looked at before. */
  readonly migrate: string;
  /** Options that both have. */
  readonly shared: readonly string[];
  readonly source: string;
}

export const pushCommands: readonly PushCommand[] = [
  {
    tool: /prisma/,
    push: "db push",
    words: /db\s+push/,
    migrate: "migrate deploy",
    shared: ["--schema", "--config"],
    source: "https://www.prisma.io/docs/orm/prisma-migrate/workflows/prototyping-your-schema",
  },
  { tool: /drizzle-kit/, push: "push", words: /push(?::\w+)?/, migrate: "migrate", shared: ["--config"], source: "https://orm.drizzle.team/docs/drizzle-kit-push" },
  {
    tool: /typeorm(?:-ts-node-(?:commonjs|esm))?/,
    push: "schema:sync",
    words: /schema:sync/,
    migrate: "migration:run",
    shared: ["-d", "--dataSource"],
    source: "https://typeorm.io/docs/advanced-topics/using-cli#sync-database-schema",
  },
  { tool: /mikro-orm(?:-esm)?/, push: "schema:update", words: /schema:update/, migrate: "migration:up", shared: ["--config"], source: "https://mikro-orm.io/docs/schema-generator" },
];

/** An option of a connection that has the library change the tables whenever the app starts. */
export interface SyncOption {
  /** The library, in messages. */
  readonly library: string;
  readonly option: string;
  /** The package that a project has to depend on. */
  readonly module: string;
  /** The option beside it that says which database it is: its name, and the databases that only ever live in one process. */
  readonly driver: string;
  readonly drivers: RegExp;
  readonly transient: RegExp;
  readonly source: string;
}

export const syncOptions: readonly SyncOption[] = [
  {
    library: "TypeORM",
    option: "synchronize",
    module: "typeorm",
    driver: "type",
    drivers: /^(?:postgres|mysql|mariadb|cockroachdb|sqlite|better-sqlite3|mssql|oracle|sap|aurora-mysql|aurora-postgres|mongodb|spanner)$/,
    transient: /^(?:sqljs|expo|react-native|nativescript|cordova|capacitor)$/,
    source: "https://typeorm.io/docs/data-source/data-source-options#common-data-source-options",
  },
  {
    library: "Sequelize",
    option: "synchronize",
    module: "@nestjs/sequelize",
    driver: "dialect",
    drivers: /^(?:postgres|mysql|mariadb|mssql|sqlite|db2|snowflake|oracle)$/,
    transient: /^$/,
    source: "https://docs.nestjs.com/techniques/database#sequelize-integration",
  },
];

/** Databases that are gone with their process. */
export const inMemoryDatabase = /^(?::memory:|file::memory:.*)$/;

/** A call that changes the tables to what the models say. */
export interface SyncCall {
  readonly library: string;
  readonly modules: readonly string[];
  /** The objects that have it, as provenance gives them. */
  readonly on: readonly string[];
  readonly method: string;
  /** Options with which it changes or drops tables that are there. */
  readonly rebuilds: readonly string[];
  readonly source: string;
}

export const syncCalls: readonly SyncCall[] = [
  {
    library: "Sequelize",
    modules: ["sequelize", "sequelize-typescript", "@sequelize/core"],
    on: ["Sequelize()", "default()", "()"],
    method: "sync",
    rebuilds: ["force", "alter"],
    source: "https://sequelize.org/docs/v6/core-concepts/model-basics/#model-synchronization",
  },
];
