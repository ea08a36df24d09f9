/** What libraries whose migrations are code have in common. */
interface MigrationWords {
  readonly name: string;
  readonly packages: readonly string[];
  /** What the text of every migration has: only such files are parsed. */
  readonly declares: RegExp;
  /** Functions and methods that run SQL, by the end of what is called: its text is their first argument, or the template that they tag. */
  readonly raw: readonly string[];
  readonly source: string | readonly string[];
}

/** What a call makes of a column. */
export type ColumnWord = "not null" | "null" | "default" | "primary key" | "unique" | "index" | "identity" | "generated" | "references" | "references table" | "on delete" | "on update" | "replace";

/** What a call makes of a table. */
export type TableWord =
  | "drop columns"
  | "rename column"
  | "add primary key"
  | "add unique"
  | "add index"
  | "add foreign key"
  | "drop primary key"
  | "drop constraint"
  | "drop unique"
  | "drop index"
  | "drop foreign key"
  | "set nullable"
  | "drop nullable"
  | "timestamps"
  | "drop timestamps"
  | "none";

/** What a call makes of a database. */
type SchemaWord = "create table" | "derive table" | "alter table" | "drop table" | "rename table" | "none";

/** A table is changed in a callback that is handed it, by calls: `createTable("users", (table) => { table.string("email").notNullable(); })`. */
export interface CallbackMigrations extends MigrationWords {
  readonly schema: Readonly<Record<string, SchemaWord>>;
  /** Calls that make a column, and the type of it in SQL; `*`: their second argument says so. */
  readonly types: Readonly<Record<string, string>>;
  /** Types that are a key, and count by themselves. */
  readonly counters: readonly string[];
  readonly column: Readonly<Record<string, ColumnWord>>;
  readonly table: Readonly<Record<string, TableWord>>;
  /** How keys end that nobody has given a name, behind the table's name and the columns'. */
  readonly endings: { readonly unique: string; readonly index: string; readonly foreign: string; readonly primary: string };
  /** The columns of `timestamps()`: by default, and with the option that says so. */
  readonly timestamps: { readonly usual: readonly string[]; readonly camel: readonly string[] };
}

const knex: CallbackMigrations = {
  name: "knex",
  packages: ["knex"],
  declares: /(?:\bexports\.up\b|\b(?:function|const)\s+up\b|\basync\s+up\s*\()[^]*?(?:\.schema\b|\.raw\s*\()/,
  raw: ["raw"],
  schema: {
    createTable: "create table",
    createTableIfNotExists: "create table",
    createTableLike: "derive table",
    alterTable: "alter table",
    table: "alter table",
    dropTable: "drop table",
    dropTableIfExists: "drop table",
    renameTable: "rename table",
    hasTable: "none",
    hasColumn: "none",
  },
  types: {
    ...{ increments: "serial", bigIncrements: "bigserial", integer: "integer", int: "integer", bigInteger: "bigint", bigint: "bigint", tinyint: "tinyint", smallint: "smallint", mediumint: "mediumint" },
    ...{ text: "text", string: "varchar", float: "real", double: "double precision", decimal: "decimal", boolean: "boolean", date: "date", datetime: "datetime", dateTime: "datetime", time: "time" },
    ...{ timestamp: "timestamp", binary: "blob", enum: "enum", enu: "enum", json: "json", jsonb: "jsonb", uuid: "uuid", geometry: "geometry", geography: "geography", point: "point", specificType: "*" },
  },
  counters: ["increments", "bigIncrements"],
  column: {
    notNullable: "not null",
    nullable: "null",
    defaultTo: "default",
    primary: "primary key",
    unique: "unique",
    index: "index",
    references: "references",
    inTable: "references table",
    onDelete: "on delete",
    onUpdate: "on update",
    alter: "replace",
  },
  table: {
    dropColumn: "drop columns",
    dropColumns: "drop columns",
    renameColumn: "rename column",
    primary: "add primary key",
    unique: "add unique",
    index: "add index",
    foreign: "add foreign key",
    dropPrimary: "drop primary key",
    dropUnique: "drop unique",
    dropIndex: "drop index",
    dropForeign: "drop foreign key",
    setNullable: "set nullable",
    dropNullable: "drop nullable",
    timestamps: "timestamps",
    dropTimestamps: "drop timestamps",
    engine: "none",
    charset: "none",
    collate: "none",
    comment: "none",
    check: "none",
  },
  endings: { unique: "unique", index: "index", foreign: "foreign", primary: "pkey" },
  timestamps: { usual: ["created_at", "updated_at"], camel: ["createdAt", "updatedAt"] },
  source: ["https://knexjs.org/guide/schema-builder.html", "https://knexjs.org/guide/migrations.html"],
};

/** What a call of a chain adds to its statement. */
export type ChainWord =
  | "add column"
  | "replace column"
  | "alter column"
  | "drop column"
  | "rename column"
  | "add primary key"
  | "add unique"
  | "add foreign key"
  | "drop constraint"
  | "rename table"
  | "set schema"
  | "on"
  | "columns"
  | "expression"
  | "unique"
  | "where"
  | "enum"
  | "derive"
  | "none";

/** A table is changed by one chain of calls: `schema.createTable("users").addColumn("email", "text", (column) => column.notNull()).execute()`. */
export interface ChainMigrations extends MigrationWords {
  readonly schema: Readonly<Record<string, "create table" | "alter table" | "drop table" | "create index" | "drop index" | "create type" | "drop type" | "none">>;
  readonly calls: Readonly<Record<string, ChainWord>>;
  readonly column: Readonly<Record<string, ColumnWord>>;
  /** What a callback does to a column that is there. */
  readonly change: Readonly<Record<string, "set not null" | "drop not null" | "set default" | "drop default" | "set type">>;
}

const kysely: ChainMigrations = {
  name: "kysely",
  packages: ["kysely"],
  declares: /(?:\bexports\.up\b|\b(?:function|const)\s+up\b|\basync\s+up\s*\()[^]*?(?:\.schema\b|\bsql\s*(?:<[^>]*>\s*)?`)/,
  raw: ["sql", "raw"],
  schema: {
    createTable: "create table",
    alterTable: "alter table",
    dropTable: "drop table",
    createIndex: "create index",
    dropIndex: "drop index",
    createType: "create type",
    dropType: "drop type",
    createView: "none",
    dropView: "none",
    createSchema: "none",
    dropSchema: "none",
  },
  calls: {
    addColumn: "add column",
    modifyColumn: "replace column",
    alterColumn: "alter column",
    dropColumn: "drop column",
    renameColumn: "rename column",
    addPrimaryKeyConstraint: "add primary key",
    addUniqueConstraint: "add unique",
    addForeignKeyConstraint: "add foreign key",
    dropConstraint: "drop constraint",
    renameTo: "rename table",
    setSchema: "set schema",
    on: "on",
    column: "columns",
    columns: "columns",
    expression: "expression",
    unique: "unique",
    where: "where",
    asEnum: "enum",
    as: "derive",
  },
  column: {
    notNull: "not null",
    defaultTo: "default",
    primaryKey: "primary key",
    unique: "unique",
    autoIncrement: "identity",
    identity: "identity",
    generatedAlwaysAsIdentity: "identity",
    generatedByDefaultAsIdentity: "identity",
    generatedAlwaysAs: "generated",
    references: "references",
    onDelete: "on delete",
    onUpdate: "on update",
  },
  change: { setNotNull: "set not null", dropNotNull: "drop not null", setDefault: "set default", dropDefault: "drop default", setDataType: "set type" },
  source: ["https://kysely.dev/docs/migrations", "https://kysely-org.github.io/kysely-apidoc/classes/SchemaModule.html"],
};

/** What a call does to a table, or to several. */
export type ObjectDeed =
  | "create table"
  | "drop table"
  | "rename table"
  | "add column"
  | "add columns"
  | "replace column"
  | "change column"
  | "replace columns"
  | "drop columns"
  | "rename column"
  | "add constraint"
  | "add unique"
  | "add foreign key"
  | "add primary key"
  | "add index"
  | "drop constraint"
  | "drop index"
  | "drop primary key"
  | "create type"
  | "drop type"
  | "none";

/** A table is changed by calls that are handed its name, and objects: `queryInterface.createTable("users", { email: { type: "text" } })`. */
export interface ObjectMigrations extends MigrationWords {
  readonly calls: Readonly<Record<string, ObjectDeed>>;
  /** Classes that objects are wrapped in: `new TableColumn({ … })`. */
  readonly wrappers: readonly string[];
  /** The words of an object that is a whole table, and of a table's other argument. */
  readonly table: {
    readonly name: readonly string[];
    readonly schema: string;
    readonly columns: string;
    readonly uniques: readonly string[];
    readonly indexes: readonly string[];
    readonly foreignKeys: readonly string[];
    readonly primaryKey: readonly string[];
  };
  /** The words of an object that is a column; `name`: where it has one, and is not the value of a property by that name. */
  readonly column: {
    readonly name: string | null;
    readonly type: string;
    readonly notNull: string | null;
    readonly nullable: string | null;
    readonly isNullable: boolean;
    readonly isKey: string;
    readonly unique: string;
    readonly counts: readonly string[];
    readonly generated: readonly string[];
    readonly default: string;
    readonly list: string | null;
    readonly references: { readonly option: string; readonly table: readonly string[]; readonly key: readonly string[] };
  };
  /** The words of an object that is a key. */
  readonly key: {
    readonly columns: readonly string[];
    readonly name: readonly string[];
    readonly unique: string;
    readonly where: string;
    readonly kind: string;
    readonly target: readonly string[];
    readonly targets: readonly string[];
  };
  /** Types by names that SQL does not have. */
  readonly types: Readonly<Record<string, string>>;
  /** Types that are whole columns: `"id"`. */
  readonly shorthands: Readonly<Record<string, { readonly type: string; readonly isKey: boolean }>>;
  /** How keys end that nobody has given a name, behind the table's name and the columns'; `null` where it cannot be told. */
  readonly indexEnding: string | null;
}

const sequelize: ObjectMigrations = {
  name: "sequelize",
  packages: ["sequelize", "sequelize-typescript", "sequelize-cli", "@sequelize/core"],
  declares: /\bup\b[^]*?(?:\b(?:createTable|addColumn|addConstraint|addIndex|changeColumn|removeColumn|renameColumn|renameTable|dropTable|removeIndex|removeConstraint)\b|sequelize\.query\s*\()/,
  raw: ["query"],
  wrappers: [],
  calls: {
    createTable: "create table",
    dropTable: "drop table",
    renameTable: "rename table",
    addColumn: "add column",
    removeColumn: "drop columns",
    changeColumn: "replace column",
    renameColumn: "rename column",
    addConstraint: "add constraint",
    removeConstraint: "drop constraint",
    addIndex: "add index",
    removeIndex: "drop index",
  },
  table: { name: ["tableName"], schema: "schema", columns: "attributes", uniques: ["uniqueKeys"], indexes: [], foreignKeys: [], primaryKey: [] },
  column: {
    name: null,
    type: "type",
    notNull: null,
    nullable: "allowNull",
    isNullable: true,
    isKey: "primaryKey",
    unique: "unique",
    counts: ["autoIncrement"],
    generated: [],
    default: "defaultValue",
    list: null,
    references: { option: "references", table: ["model", "table"], key: ["key", "field"] },
  },
  key: { columns: ["fields"], name: ["name", "indexName"], unique: "unique", where: "where", kind: "type", target: [], targets: [] },
  types: { STRING: "varchar", CHAR: "char", TEXT: "text", CITEXT: "citext", DATE: "timestamp", DATEONLY: "date", TIME: "time", NUMBER: "integer", HSTORE: "hstore", NOW: "timestamp", UUIDV4: "uuid", UUIDV1: "uuid", BLOB: "blob" },
  shorthands: {},
  indexEnding: "",
  source: ["https://sequelize.org/docs/v6/other-topics/migrations/", "https://sequelize.org/api/v6/class/src/dialects/abstract/query-interface.js~queryinterface"],
};

const typeorm: ObjectMigrations = {
  name: "typeorm",
  packages: ["typeorm"],
  declares: /\bup\b[^]*?\bqueryRunner\s*\./i,
  raw: ["query"],
  wrappers: ["Table", "TableColumn", "TableIndex", "TableForeignKey", "TableUnique"],
  calls: {
    createTable: "create table",
    dropTable: "drop table",
    renameTable: "rename table",
    addColumn: "add columns",
    addColumns: "add columns",
    changeColumn: "replace column",
    changeColumns: "replace columns",
    renameColumn: "rename column",
    dropColumn: "drop columns",
    dropColumns: "drop columns",
    createPrimaryKey: "add primary key",
    updatePrimaryKeys: "add primary key",
    dropPrimaryKey: "drop primary key",
    createUniqueConstraint: "add unique",
    createUniqueConstraints: "add unique",
    dropUniqueConstraint: "drop constraint",
    dropUniqueConstraints: "drop constraint",
    createForeignKey: "add foreign key",
    createForeignKeys: "add foreign key",
    dropForeignKey: "drop constraint",
    dropForeignKeys: "drop constraint",
    createIndex: "add index",
    createIndices: "add index",
    dropIndex: "drop index",
    dropIndices: "drop index",
  },
  table: { name: ["name"], schema: "schema", columns: "columns", uniques: ["uniques"], indexes: ["indices"], foreignKeys: ["foreignKeys"], primaryKey: [] },
  column: {
    name: "name",
    type: "type",
    notNull: null,
    nullable: "isNullable",
    isNullable: false,
    isKey: "isPrimary",
    unique: "isUnique",
    counts: ["isGenerated", "generationStrategy"],
    generated: ["asExpression"],
    default: "default",
    list: "isArray",
    references: { option: "references", table: [], key: [] },
  },
  key: {
    columns: ["columnNames"],
    name: ["name"],
    unique: "isUnique",
    where: "where",
    kind: "type",
    target: ["referencedTableName"],
    targets: ["referencedColumnNames"],
  },
  types: {},
  shorthands: {},
  indexEnding: null,
  source: ["https://typeorm.io/docs/migrations/api", "https://typeorm.io/docs/migrations/creating"],
};

const pgMigrate: ObjectMigrations = {
  name: "node-pg-migrate",
  packages: ["node-pg-migrate"],
  declares: /\bup\b[^]*?\bpgm\b/,
  raw: ["sql"],
  wrappers: [],
  calls: {
    createTable: "create table",
    dropTable: "drop table",
    renameTable: "rename table",
    addColumns: "add columns",
    addColumn: "add columns",
    dropColumns: "drop columns",
    dropColumn: "drop columns",
    renameColumn: "rename column",
    alterColumn: "change column",
    addConstraint: "add constraint",
    createConstraint: "add constraint",
    dropConstraint: "drop constraint",
    createIndex: "add index",
    addIndex: "add index",
    dropIndex: "drop index",
    createType: "create type",
    addType: "create type",
    dropType: "drop type",
  },
  table: { name: ["name"], schema: "schema", columns: "columns", uniques: ["unique"], indexes: [], foreignKeys: ["foreignKeys"], primaryKey: ["primaryKey"] },
  column: {
    name: null,
    type: "type",
    notNull: "notNull",
    nullable: "allowNull",
    isNullable: true,
    isKey: "primaryKey",
    unique: "unique",
    counts: ["sequenceGenerated"],
    generated: ["expressionGenerated"],
    default: "default",
    list: null,
    references: { option: "references", table: ["name"], key: [] },
  },
  key: { columns: ["columns"], name: ["name"], unique: "unique", where: "where", kind: "type", target: ["references"], targets: [] },
  types: { int: "integer", string: "text", float: "real", double: "double precision", datetime: "timestamp", bool: "boolean" },
  shorthands: { id: { type: "serial", isKey: true } },
  indexEnding: "index",
  source: ["https://salsita.github.io/node-pg-migrate/migrations/tables", "https://salsita.github.io/node-pg-migrate/migrations/columns", "https://salsita.github.io/node-pg-migrate/migrations/constraints"],
};

/** A migration is statements in SQL, in templates that a tag makes: ``up: async ({ db }) => { await db.run(sql`CREATE INDEX …`); }``. */
export type TemplateMigrations = MigrationWords;

const drizzle: TemplateMigrations = {
  name: "drizzle",
  packages: ["drizzle-orm"],
  declares: /\bup\s*[:=(][^]*?\bsql(?:\s*<[^>]*>)?(?:\.raw\()?\s*["'`]\s*(?:create|alter|drop)\s/i,
  raw: ["sql", "raw"],
  source: "https://orm.drizzle.team/docs/sql",
};

/** Libraries whose migrations are given a table to change. */
export const callbackMigrations: readonly CallbackMigrations[] = [knex];

/** Libraries whose migrations are chains. */
export const chainMigrations: readonly ChainMigrations[] = [kysely];

/** Libraries whose migrations are calls with objects. */
export const objectMigrations: readonly ObjectMigrations[] = [sequelize, typeorm, pgMigrate];

/** Libraries whose migrations are templates of SQL. */
export const templateMigrations: readonly TemplateMigrations[] = [drizzle];

/** Libraries whose migrations are code that we read. */
export const codeMigrations: readonly MigrationWords[] = [...callbackMigrations, ...chainMigrations, ...objectMigrations, ...templateMigrations];
