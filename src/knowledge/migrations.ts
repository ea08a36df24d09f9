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
  /** Options without which it stops at a change that loses what is in a column or table; `null` where it never stops. */
  readonly losing: RegExp | null;
  /** What its options have to say for it to change a database in a way that loses something; without this, it always may. */
  readonly changing?: RegExp;
  readonly source: string;
}

export const pushCommands: readonly PushCommand[] = [
  {
    tool: /prisma/,
    push: "db push",
    words: /db\s+push/,
    migrate: "migrate deploy",
    shared: ["--schema", "--config"],
    losing: /--accept-data-loss|--force-reset/,
    source: "https://www.prisma.io/docs/orm/prisma-migrate/workflows/prototyping-your-schema",
  },
  { tool: /drizzle-kit/, push: "push", words: /push(?::\w+)?/, migrate: "migrate", shared: ["--config"], losing: /--force\b/, source: "https://orm.drizzle.team/docs/drizzle-kit-push" },
  {
    tool: /typeorm(?:-ts-node-(?:commonjs|esm))?/,
    push: "schema:sync",
    words: /schema:sync/,
    migrate: "migration:run",
    shared: ["-d", "--dataSource"],
    losing: null,
    source: "https://typeorm.io/docs/using-cli#sync-database-schema",
  },
  // Without `--run` it writes nothing, and with `--safe` it leaves out what would lose something.
  ...["schema:update", "schema:fresh"].map((push): PushCommand => ({
    tool: /mikro-orm(?:-esm)?/,
    push,
    words: new RegExp(push),
    migrate: "migration:up",
    shared: ["--config"],
    losing: null,
    changing: /^(?!.*\s--safe\b).*\s(?:-r|--run)\b/,
    source: "https://mikro-orm.io/docs/schema-generator",
  })),
];

/** An option of a connection that has the library change the tables whenever the app starts. */
export interface SyncOption {
  /** The library, in messages. */
  readonly library: string;
  readonly option: string;
  /** Whether it drops all tables before. */
  readonly drops?: true;
  /** The package that a project has to depend on. */
  readonly module: string;
  /** The option beside it that says which database it is: its name, and the databases that only ever live in one process. */
  readonly driver: string;
  readonly drivers: RegExp;
  readonly transient: RegExp;
  readonly source: string;
}

const typeorm: Omit<SyncOption, "option"> = {
  library: "TypeORM",
  module: "typeorm",
  driver: "type",
  drivers: /^(?:postgres|mysql|mariadb|cockroachdb|sqlite|better-sqlite3|mssql|oracle|sap|aurora-mysql|aurora-postgres|mongodb|spanner)$/,
  transient: /^(?:sqljs|expo|react-native|nativescript|cordova|capacitor)$/,
  source: "https://typeorm.io/docs/data-source/data-source-options#common-data-source-options",
};

export const syncOptions: readonly SyncOption[] = [
  { ...typeorm, option: "synchronize" },
  { ...typeorm, option: "dropSchema", drops: true },
  {
    library: "Sequelize",
    option: "synchronize",
    module: "@nestjs/sequelize",
    driver: "dialect",
    drivers: /^(?:postgres|mysql|mariadb|mssql|sqlite|db2|snowflake|oracle|ibmi)$/,
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
  /** Options with which it changes or drops tables that are there; `"always"` where it needs none. */
  readonly rebuilds: readonly string[] | "always";
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
  { library: "TypeORM", modules: ["typeorm"], on: ["DataSource()"], method: "synchronize", rebuilds: "always", source: "https://typeorm.io/docs/data-source/data-source-api" },
  ...["update", "refresh"].map((method): SyncCall => ({
    library: "MikroORM",
    modules: ["core", "postgresql", "mysql", "mariadb", "mssql", "sqlite", "libsql"].map((name) => `@mikro-orm/${name}`),
    on: ["MikroORM.init().schema", "MikroORM().schema"],
    method,
    rebuilds: "always",
    source: "https://mikro-orm.io/docs/schema-generator#using-schemagenerator-programmatically",
  })),
];

/** A tool that changes a database's tables. */
export interface MigrationTool {
  readonly name: string;
  readonly packages: RegExp;
  /** What runs the migrations that are there, in a script or a step. */
  readonly runs: RegExp;
  /** How to say it. */
  readonly command: string;
  /** A platform may run them by itself, without a step that a repository would show. */
  readonly isRunByPlatform?: true;
  readonly source: string;
}

export const migrationTools: readonly MigrationTool[] = [
  { name: "Prisma", packages: /^(?:prisma|@prisma\/client)$/, runs: /prisma(?:@\S+)?\s+migrate\s+deploy|migrate:deploy|migrate-deploy/, command: "prisma migrate deploy", source: "https://www.prisma.io/docs/orm/prisma-client/deployment/deploy-database-changes-with-prisma-migrate" },
  { name: "Drizzle", packages: /^drizzle-(?:orm|kit)$/, runs: /drizzle-kit\s+(?:migrate|push)|drizzle-orm\/[\w-]+\/migrator/, command: "drizzle-kit migrate", source: "https://orm.drizzle.team/docs/drizzle-kit-migrate" },
  { name: "TypeORM", packages: /^typeorm$/, runs: /typeorm\S*\s+(?:\S+\s+)*migration:run|migrationsRun|runMigrations/, command: "typeorm migration:run", source: "https://typeorm.io/docs/migrations/executing/" },
  { name: "MikroORM", packages: /^@mikro-orm\/(?:core|migrations|cli)$/, runs: /mikro-orm\S*\s+(?:\S+\s+)*migration:up|\b(?:migrator|getMigrator\(\))\.up\(/, command: "mikro-orm migration:up", source: "https://mikro-orm.io/docs/migrations" },
  { name: "Sequelize", packages: /^sequelize$/, runs: /sequelize(?:-cli)?\s+(?:\S+\s+)*db:migrate|new Umzug|umzug/, command: "sequelize db:migrate", source: "https://sequelize.org/docs/v6/other-topics/migrations/" },
  { name: "Knex", packages: /^knex$/, runs: /knex\s+(?:\S+\s+)*migrate:(?:latest|up)|migrate\.latest\s*\(/, command: "knex migrate:latest", source: "https://knexjs.org/guide/migrations.html" },
  { name: "Kysely", packages: /^kysely(?:-ctl)?$/, runs: /kysely\s+migrate[: ](?:latest|up)|migrateToLatest\s*\(/, command: "kysely migrate:latest", source: "https://kysely.dev/docs/migrations" },
  { name: "node-pg-migrate", packages: /^node-pg-migrate$/, runs: /node-pg-migrate\s+(?:\S+\s+)*up\b|["']node-pg-migrate["']/, command: "node-pg-migrate up", source: "https://salsita.github.io/node-pg-migrate/cli" },
  {
    name: "Supabase",
    packages: /^supabase$/,
    runs: /supabase\s+(?:\S+\s+)*(?:db\s+push|migration\s+up)/,
    command: "supabase db push",
    isRunByPlatform: true,
    source: "https://supabase.com/docs/guides/deployment/database-migrations",
  },
];
