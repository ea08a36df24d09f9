/** A family of databases, in the words of our model of them. */
type Dialect = "postgresql" | "mysql" | "sqlite" | "sqlserver" | "cockroachdb";

/** What an ORM whose schema is written in code has in common with the others. */
interface CodeSchema {
  readonly name: string;
  /** Packages whose dependents may declare tables. */
  readonly packages: readonly string[];
  /** What the text of every file has that declares a table, or what ties two together: only such files are parsed. */
  readonly declares: RegExp;
  /** What ties a column to another table, with `{column}`, `{target}` and `{key}`, and `{name}` for the other table's name in the database. */
  readonly reference: string;
  /** The same with what happens when the other row is deleted: `{action}`, or `{ACTION}` in capitals. */
  readonly referenceWith?: string;
  /** What makes a column unique; `append`: right behind its declaration. */
  readonly unique: { readonly text: string; readonly append?: true };
  /** What code has that changes the database beside the tables: what is declared there is not all that holds. */
  readonly migrations?: RegExp;
  readonly source: string | readonly string[];
}

/** A table is a call with its name and an object of columns, each a chain of calls: `pgTable("users", { id: uuid().primaryKey() })`. */
export interface BuilderSchema extends CodeSchema {
  readonly modules: RegExp;
  /** Calls that make a table, by their steps from the module; of `schema`, the call before them says which schema of the database. */
  readonly tables: Readonly<Record<string, { readonly dialect: Dialect }>>;
  /** Calls that make an enum, which is called for a column. */
  readonly enums: readonly string[];
  /** Calls that make a type of the project's own, which is called for a column. */
  readonly types: readonly string[];
  readonly columns: {
    /** Words that are no type of SQL's. */
    readonly families: Readonly<Record<string, "enum">>;
    /** Values of an option that say what a column of SQLite holds. */
    readonly modes: Readonly<Record<string, "time" | "boolean" | "json" | "integer">>;
    readonly generatedTypes: readonly string[];
    readonly notNull: readonly string[];
    readonly primaryKey: string;
    readonly unique: string;
    readonly references: string;
    readonly default: string;
    readonly list: string;
    readonly generated: readonly string[];
  };
  /** What stands in a table's last argument; the rest of its words are no keys. */
  readonly keys: Readonly<Record<string, "primary" | "unique" | "index" | "foreign" | "policy" | "other">>;
  /** The words of a policy's options. */
  readonly policy: { readonly permissive: string; readonly command: string; readonly roles: string; readonly using: string; readonly check: string };
  /** Roles that a platform brings, by the name that they are imported by. */
  readonly roles: Readonly<Record<string, string>>;
  /** Tables that a platform brings, by the module and the name that they are imported by. */
  readonly given: Readonly<Record<string, Readonly<Record<string, { readonly schema: string; readonly name: string }>>>>;
  /** Says that a table has row level security. */
  readonly rowSecurity: string;
}

const drizzle: BuilderSchema = {
  name: "drizzle",
  packages: ["drizzle-orm"],
  declares: /["']drizzle-orm\/\w+-core["']/,
  modules: /^drizzle-orm\/\w+-core$/,
  tables: {
    pgTable: { dialect: "postgresql" },
    "pgTable.withRLS": { dialect: "postgresql" },
    "pgTableCreator()": { dialect: "postgresql" },
    "pgSchema().table": { dialect: "postgresql" },
    mysqlTable: { dialect: "mysql" },
    "mysqlTableCreator()": { dialect: "mysql" },
    "mysqlSchema().table": { dialect: "mysql" },
    singlestoreTable: { dialect: "mysql" },
    "singlestoreTableCreator()": { dialect: "mysql" },
    sqliteTable: { dialect: "sqlite" },
    "sqliteTableCreator()": { dialect: "sqlite" },
    cockroachTable: { dialect: "cockroachdb" },
    "cockroachTableCreator()": { dialect: "cockroachdb" },
    mssqlTable: { dialect: "sqlserver" },
    "mssqlTableCreator()": { dialect: "sqlserver" },
  },
  enums: ["pgEnum", "pgSchema().enum", "cockroachEnum"],
  types: ["customType"],
  columns: {
    families: { mysqlEnum: "enum", singlestoreEnum: "enum" },
    modes: { timestamp: "time", timestamp_ms: "time", boolean: "boolean", json: "json" },
    generatedTypes: ["serial", "bigserial", "smallserial"],
    notNull: ["notNull", "primaryKey", "generatedAlwaysAsIdentity", "generatedByDefaultAsIdentity"],
    primaryKey: "primaryKey",
    unique: "unique",
    references: "references",
    default: "default",
    list: "array",
    generated: [
      ...["defaultNow", "defaultRandom", "$default", "$defaultFn", "$onUpdate", "$onUpdateFn", "onUpdateNow", "autoincrement"],
      ...["generatedAlwaysAs", "generatedAlwaysAsIdentity", "generatedByDefaultAsIdentity"],
    ],
  },
  keys: { primaryKey: "primary", unique: "unique", uniqueIndex: "unique", index: "index", foreignKey: "foreign", check: "other", pgPolicy: "policy" },
  policy: { permissive: "as", command: "for", roles: "to", using: "using", check: "withCheck" },
  roles: { anonRole: "anon", authenticatedRole: "authenticated", serviceRole: "service_role", postgresRole: "postgres", supabaseAuthAdminRole: "supabase_auth_admin" },
  given: { "drizzle-orm/supabase": { authUsers: { schema: "auth", name: "users" } } },
  rowSecurity: "enableRLS",
  reference: ".references(() => {target}.{key})",
  referenceWith: '.references(() => {target}.{key}, { onDelete: "{action}" })',
  unique: { text: ".unique()", append: true },
  source: [
    "https://orm.drizzle.team/docs/indexes-constraints",
    "https://orm.drizzle.team/docs/schemas",
    "https://orm.drizzle.team/docs/column-types/sqlite",
    "https://orm.drizzle.team/docs/rls",
    "https://github.com/drizzle-team/drizzle-orm/discussions/2834",
  ],
};

/** ORMs whose tables are calls. */
export const builderSchemas: readonly BuilderSchema[] = [drizzle];

/** What a decorator of a field says, before its options do. */
interface FieldWord {
  readonly type?: string;
  /** What the first argument makes of the type, by its text. */
  readonly types?: Readonly<Record<string, string>>;
  readonly isKey?: true;
  readonly isGenerated?: true;
  readonly isNullable?: true;
}

/** A table is a class with a decorator, and so is each of its columns a field: `@Column() name: string`. */
export interface ClassSchema extends CodeSchema {
  readonly modules: RegExp;
  /** Decorators of classes that are tables. */
  readonly tables: readonly string[];
  /** What a table is called whose class alone has a name. */
  readonly naming: "snake" | "class";
  /** Classes of the library itself that tables are made of, and that bring no columns. */
  readonly bases: readonly string[];
  /** Decorators of classes whose table is shared with others: what it has is not all said in one place. */
  readonly shared: readonly string[];
  readonly columns: Readonly<Record<string, FieldWord>>;
  /** Types by names that SQL does not have. */
  readonly types: Readonly<Record<string, "json" | "enum" | "text" | "time" | "none">>;
  /** Types whose columns hold several values. */
  readonly lists: readonly string[];
  readonly options: {
    readonly name: string;
    readonly table: string;
    readonly schema: string;
    readonly type: string;
    readonly nullable: string;
    readonly unique: string;
    readonly default: string;
    readonly list: string;
    readonly isKey: string;
    readonly isGenerated: string;
    readonly isPartial: string;
  };
  /** Whether a column can be empty where nothing says so. */
  readonly isNullable: boolean;
  /** Decorators that say what options say: that a field is the key, and whether it can be empty. */
  readonly keyMarks: readonly string[];
  readonly nullableMarks: readonly string[];
  /** The columns that every table has that does not say otherwise, and the option that does. */
  readonly adds: readonly { readonly option: string | null; readonly byDefault: boolean; readonly columns: readonly string[]; readonly type: "integer" | "timestamp" }[];
  /** Decorators that give a field or a class a key; `unique` always is, `index` with the option. */
  readonly keys: Readonly<Record<string, "unique" | "index">>;
  readonly generated: readonly string[];
  /** Decorators of fields that lead to another table; `owns`: only with a decorator that names its column. */
  readonly relations: Readonly<Record<string, { readonly owns: "always" | "named"; readonly isUnique?: true }>>;
  /** Names the column of a relation, and the other table's. */
  readonly joins: { readonly decorator: string; readonly name: string; readonly target: string };
  /** Decorators of fields that are keys of another table by themselves. */
  readonly references: readonly string[];
  /** An option that takes the foreign key from a relation. */
  readonly loose: string;
}

const typeorm: ClassSchema = {
  name: "typeorm",
  packages: ["typeorm"],
  declares: /["']typeorm["'][^]*@Entity\b/,
  modules: /^typeorm$/,
  tables: ["Entity"],
  naming: "snake",
  bases: ["BaseEntity"],
  shared: ["TableInheritance", "ChildEntity"],
  columns: {
    Column: {},
    PrimaryColumn: { isKey: true },
    PrimaryGeneratedColumn: { isKey: true, isGenerated: true, type: "integer", types: { uuid: "uuid", increment: "integer", identity: "integer", rowid: "bigint" } },
    CreateDateColumn: { type: "timestamp", isGenerated: true },
    UpdateDateColumn: { type: "timestamp", isGenerated: true },
    DeleteDateColumn: { type: "timestamp", isNullable: true },
    VersionColumn: { type: "integer", isGenerated: true },
    ObjectIdColumn: { isKey: true, isGenerated: true },
  },
  types: { "simple-json": "json", "simple-enum": "enum", "simple-array": "text" },
  lists: ["simple-array"],
  options: {
    name: "name",
    table: "name",
    schema: "schema",
    type: "type",
    nullable: "nullable",
    unique: "unique",
    default: "default",
    list: "array",
    isKey: "primary",
    isGenerated: "generated",
    isPartial: "where",
  },
  isNullable: false,
  keyMarks: [],
  nullableMarks: [],
  adds: [],
  keys: { Unique: "unique", Index: "index" },
  generated: ["Generated"],
  relations: { ManyToOne: { owns: "always" }, OneToOne: { owns: "named", isUnique: true } },
  joins: { decorator: "JoinColumn", name: "name", target: "referencedColumnName" },
  references: ["ForeignKey"],
  loose: "createForeignKeyConstraints",
  reference: '@ManyToOne(() => {target}) @JoinColumn({ name: "{column}" })',
  referenceWith: '@ManyToOne(() => {target}, { onDelete: "{ACTION}" }) @JoinColumn({ name: "{column}" })',
  unique: { text: "@Column({ unique: true })" },
  source: [
    "https://typeorm.io/docs/help/decorator-reference",
    "https://typeorm.io/docs/entity/entities",
    "https://typeorm.io/docs/entity/entity-inheritance",
    "https://typeorm.io/docs/relations/relations",
    "https://typeorm.io/docs/indexes",
  ],
};


/** A table is a call with an object of columns, each a type or an object: `User.init({ name: DataTypes.STRING }, { tableName: "users" })`. */
export interface ObjectSchema extends CodeSchema {
  readonly modules: RegExp;
  /** Calls that make a table, and where its name (if not before the dot), its columns and its options stand. */
  readonly tables: Readonly<Record<string, { readonly name?: number; readonly columns: number; readonly options: number }>>;
  readonly types: Readonly<Record<string, "time" | "text" | "none">>;
  readonly list: string;
  readonly column: {
    readonly type: string;
    readonly name: string;
    readonly nullable: string;
    readonly unique: string;
    readonly isKey: string;
    readonly generated: string;
    readonly default: string;
    readonly references: { readonly option: string; readonly table: string; readonly key: string };
  };
  readonly table: {
    readonly name: string;
    readonly model: string;
    readonly schema: string;
    readonly isFrozen: string;
    readonly indexes: { readonly option: string; readonly columns: string; readonly unique: string; readonly name: string; readonly isPartial: string };
    /** Options that add columns: by default, or when they are set. */
    readonly adds: readonly { readonly option: string; readonly byDefault: boolean; readonly columns: readonly string[] }[];
  };
  /** Calls that tie two tables together: which of the two has the column, or the table between them. */
  readonly links: Readonly<Record<string, "own" | "other" | "between">>;
  readonly link: { readonly column: string; readonly columnName: string; readonly as: string; readonly between: string; readonly other: string; readonly loose: string };
}

/** Code that changes the tables of Sequelize. */
const queryInterface = /\bqueryInterface\b/;

const sequelize: ObjectSchema = {
  name: "sequelize",
  packages: ["sequelize"],
  declares: /\bsequelize\b[^]*\.(?:define|init)\s*\(|\.(?:belongsTo|hasOne|hasMany|belongsToMany)\s*\(/i,
  modules: /^(?:sequelize|@sequelize\/core)$/,
  tables: { define: { name: 0, columns: 1, options: 2 }, init: { columns: 0, options: 1 } },
  types: { DATEONLY: "time", STRING: "text", VIRTUAL: "none" },
  list: "ARRAY",
  column: {
    type: "type",
    name: "field",
    nullable: "allowNull",
    unique: "unique",
    isKey: "primaryKey",
    generated: "autoIncrement",
    default: "defaultValue",
    references: { option: "references", table: "model", key: "key" },
  },
  table: {
    name: "tableName",
    model: "modelName",
    schema: "schema",
    isFrozen: "freezeTableName",
    indexes: { option: "indexes", columns: "fields", unique: "unique", name: "name", isPartial: "where" },
    adds: [
      { option: "timestamps", byDefault: true, columns: ["createdAt", "updatedAt"] },
      { option: "paranoid", byDefault: false, columns: ["deletedAt"] },
    ],
  },
  links: { belongsTo: "own", hasOne: "other", hasMany: "other", belongsToMany: "between" },
  link: { column: "foreignKey", columnName: "name", as: "as", between: "through", other: "otherKey", loose: "constraints" },
  migrations: queryInterface,
  reference: 'references: { model: "{name}", key: "{key}" }',
  unique: { text: "unique: true" },
  source: [
    "https://sequelize.org/docs/v6/core-concepts/model-basics/",
    "https://sequelize.org/docs/v6/core-concepts/assocs/",
    "https://sequelize.org/docs/v6/core-concepts/validations-and-constraints/",
    "https://sequelize.org/docs/v7/other-topics/legacy-model-definitions/",
  ],
};

const sequelizeClasses: ClassSchema = {
  name: "sequelize-typescript",
  packages: ["sequelize-typescript"],
  declares: /["']sequelize-typescript["'][^]*@Table\b/,
  modules: /^sequelize-typescript$/,
  tables: ["Table"],
  naming: "class",
  bases: ["Model"],
  shared: [],
  columns: {
    Column: {},
    CreatedAt: { type: "timestamp", isGenerated: true },
    UpdatedAt: { type: "timestamp", isGenerated: true },
    DeletedAt: { type: "timestamp", isNullable: true },
  },
  types: { DATEONLY: "time", VIRTUAL: "none" },
  lists: ["ARRAY"],
  options: {
    name: "field",
    table: "tableName",
    schema: "schema",
    type: "type",
    nullable: "allowNull",
    unique: "unique",
    default: "defaultValue",
    list: "array",
    isKey: "primaryKey",
    isGenerated: "autoIncrement",
    isPartial: "where",
  },
  isNullable: true,
  keyMarks: ["PrimaryKey"],
  nullableMarks: ["AllowNull"],
  adds: [
    { option: null, byDefault: true, columns: ["id"], type: "integer" },
    { option: "timestamps", byDefault: true, columns: ["createdAt", "updatedAt"], type: "timestamp" },
    { option: "paranoid", byDefault: false, columns: ["deletedAt"], type: "timestamp" },
  ],
  keys: { Unique: "unique", Index: "index" },
  generated: ["AutoIncrement"],
  relations: {},
  joins: { decorator: "", name: "name", target: "" },
  references: ["ForeignKey"],
  loose: "constraints",
  migrations: queryInterface,
  reference: "@ForeignKey(() => {target})",
  unique: { text: "@Unique" },
  source: ["https://github.com/sequelize/sequelize-typescript#readme", "https://sequelize.org/docs/v6/core-concepts/model-basics/"],
};

/** A table is an object that a class of the library is made of: `new EntitySchema({ name: "user", columns: { id: { type: Number, primary: true } } })`. */
export interface RecordSchema extends CodeSchema {
  readonly modules: RegExp;
  readonly maker: string;
  readonly table: { readonly model: string; readonly name: string; readonly schema: string; readonly columns: string; readonly relations: string; readonly uniques: string; readonly indexes: string };
  readonly column: {
    readonly name: string;
    readonly type: string;
    readonly nullable: string;
    readonly unique: string;
    readonly isKey: string;
    readonly generated: string;
    readonly default: string;
    readonly list: string;
    /** Options of columns that the library keeps, and whether they can be empty. */
    readonly kept: Readonly<Record<string, { readonly type: "timestamp" | "integer"; readonly isNullable: boolean }>>;
    readonly reference: { readonly option: string; readonly target: string };
  };
  /** Classes of the language that stand for a type. */
  readonly types: Readonly<Record<string, "text" | "integer" | "boolean" | "timestamp" | "blob">>;
  /** Options that more columns come from. */
  readonly opaque: readonly string[];
  readonly relation: {
    readonly kind: string;
    /** Which of them have a column: always, or with the option that names it. */
    readonly owners: Readonly<Record<string, "always" | "named">>;
    readonly target: string;
    readonly join: string;
    readonly joinName: string;
    readonly joinTarget: string;
    readonly nullable: string;
    readonly isKey: string;
    readonly loose: string;
  };
  readonly key: { readonly columns: string; readonly name: string; readonly unique: string; readonly isPartial: string };
}

const typeormRecords: RecordSchema = {
  name: "typeorm-schema",
  packages: ["typeorm"],
  declares: /["']typeorm["'][^]*\bEntitySchema\b/,
  modules: /^typeorm$/,
  maker: "EntitySchema",
  table: { model: "name", name: "tableName", schema: "schema", columns: "columns", relations: "relations", uniques: "uniques", indexes: "indices" },
  column: {
    name: "name",
    type: "type",
    nullable: "nullable",
    unique: "unique",
    isKey: "primary",
    generated: "generated",
    default: "default",
    list: "array",
    kept: {
      createDate: { type: "timestamp", isNullable: false },
      updateDate: { type: "timestamp", isNullable: false },
      deleteDate: { type: "timestamp", isNullable: true },
      version: { type: "integer", isNullable: false },
    },
    reference: { option: "foreignKey", target: "target" },
  },
  types: { String: "text", Number: "integer", Boolean: "boolean", Date: "timestamp", Buffer: "blob" },
  opaque: ["embeddeds", "extends", "inheritance"],
  relation: {
    kind: "type",
    owners: { "many-to-one": "always", "one-to-one": "named" },
    target: "target",
    join: "joinColumn",
    joinName: "name",
    joinTarget: "referencedColumnName",
    nullable: "nullable",
    isKey: "primary",
    loose: "createForeignKeyConstraints",
  },
  key: { columns: "columns", name: "name", unique: "unique", isPartial: "where" },
  reference: 'foreignKey: { target: "{target}" }',
  unique: { text: "unique: true" },
  source: "https://typeorm.io/docs/entity/separating-entity-definition",
};

/** A table is an object of fields, each a type or an object, and gets its name elsewhere: `model("User", new Schema({ email: String }))`. */
export interface DocumentSchema extends CodeSchema {
  readonly modules: RegExp;
  readonly schema: string;
  readonly model: string;
  /** Methods of a schema that add keys, and those that may add anything. */
  readonly index: string;
  readonly opaque: readonly string[];
  readonly types: Readonly<Record<string, "text" | "boolean" | "time" | "decimal" | "float" | "integer" | "uuid" | "binary" | "json" | "other">>;
  readonly field: { readonly type: string; readonly required: string; readonly unique: string; readonly index: string; readonly default: string; readonly reference: string };
  readonly options: { readonly name: string; readonly timestamps: string; readonly partial: string };
  /** Classes that schemas are made of: what marks them and their fields, what makes the schema, and what annotations of fields stand for. */
  readonly classes: {
    readonly schema: string;
    readonly field: string;
    readonly factory: string;
    readonly annotations: Readonly<Record<string, string>>;
    /** Types that an annotation has by the same name. */
    readonly types: readonly string[];
  };
  /** The key of every document. */
  readonly key: string;
  readonly timestamps: readonly string[];
}

const mongoose: DocumentSchema = {
  name: "mongoose",
  packages: ["mongoose"],
  declares: /["']mongoose["'](?=[^]*\bSchema\b)[^]*\bmodel\b|["']@nestjs\/mongoose["'][^]*\bSchemaFactory\b/,
  modules: /^(?:@nestjs\/)?mongoose$/,
  schema: "Schema",
  model: "model",
  index: "index",
  opaque: ["plugin", "add", "discriminator", "loadClass"],
  // A Number may hold cents as well as fractions of one: nothing tells.
  types: {
    ...{ String: "text", Boolean: "boolean", Date: "time", Number: "other", BigInt: "integer", Buffer: "binary", Object: "json", Map: "json" },
    ...{ ObjectId: "other", Mixed: "json", Decimal128: "decimal", Double: "float", Int32: "integer", UUID: "uuid" },
  },
  field: { type: "type", required: "required", unique: "unique", index: "index", default: "default", reference: "ref" },
  options: { name: "collection", timestamps: "timestamps", partial: "partialFilterExpression" },
  classes: {
    schema: "Schema",
    field: "Prop",
    factory: "SchemaFactory.createForClass",
    annotations: { TSStringKeyword: "String", TSNumberKeyword: "Number", TSBooleanKeyword: "Boolean", TSBigIntKeyword: "BigInt" },
    types: ["Date", "Buffer", "Map"],
  },
  key: "_id",
  timestamps: ["createdAt", "updatedAt"],
  reference: 'ref: "{target}"',
  unique: { text: "unique: true" },
  source: ["https://mongoosejs.com/docs/schematypes.html", "https://mongoosejs.com/docs/guide.html", "https://mongoosejs.com/docs/models.html", "https://docs.nestjs.com/techniques/mongodb"],
};

/** Libraries whose tables hold documents. */
export const documentSchemas: readonly DocumentSchema[] = [mongoose];

/** ORMs whose tables are objects that a class is made of. */
export const recordSchemas: readonly RecordSchema[] = [typeormRecords];

/** ORMs whose tables are classes. */
export const classSchemas: readonly ClassSchema[] = [typeorm, sequelizeClasses];

/** ORMs whose tables are objects. */
export const objectSchemas: readonly ObjectSchema[] = [sequelize];

/** ORMs whose schema is written in code. */
export const codeSchemas: readonly CodeSchema[] = [...builderSchemas, ...classSchemas, ...objectSchemas, ...recordSchemas, ...documentSchemas];
