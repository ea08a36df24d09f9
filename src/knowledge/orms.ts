import { mysql, pg, postgres, sqlite } from "./orms/drivers.js";
import { knex } from "./orms/knex.js";
import { mongodb, mongoose } from "./orms/mongo.js";
import { sequelize } from "./orms/sequelize.js";

/** What a query does. `save` creates or updates, whichever the entity needs; `other` is a call to the database's service that names no table. */
export type QueryKind =
  | "read-one"
  | "read-many"
  | "count"
  | "aggregate"
  | "create"
  | "create-many"
  | "update"
  | "update-many"
  | "upsert"
  | "save"
  | "delete"
  | "delete-many"
  | "raw"
  | "other";

/** Where something stands in a call: the argument, and the property of it. `"0"`, `"1"`, `"0.where"`. */
export type Place = `${number}` | `${number}.${string}`;

/** How a call says which rows are meant. */
export type Conditions =
  /** An object of columns: `{ id, team: { is: { ownerId } } }`. A value that is no object stands for the column `bare`. */
  | { readonly as: "object"; readonly at: Place; readonly bare?: string }
  /** The column's name, then what it is compared with: `.eq("id", id)`; with `operatorAt`, an operator in between: `.where("id", "=", id)`. */
  | { readonly as: "pair"; readonly operator: string; readonly value?: number }
  | { readonly as: "pair"; readonly operatorAt: number; readonly value: number }
  /** A nested expression over columns: `and(eq(users.id, id), …)`. */
  | { readonly as: "expression"; readonly at: Place }
  /** An object of columns, or a column's name, what it is compared with, and perhaps an operator in between: `.where({ id })`, `.where("id", "=", id)`. */
  | { readonly as: "columns" }
  /** SQL or another language of its own, with its parameters: `.where("user.id = :id", { id })`. */
  | { readonly as: "text"; readonly at: Place; readonly parameters?: Place };

/** One call in a query: what it does, and what its arguments mean. */
export interface Word {
  /** What the query does if this word begins it, or from this word on. */
  readonly kind?: QueryKind;
  /** What the query does where the word leads to a single row, and to several without it. */
  readonly one?: true;
  /** The word to use instead where to find no row is an error to this one. */
  readonly orNone?: string;
  /** Whether rows may change, where the kind does not tell. */
  readonly effect?: "read" | "write";
  readonly model?: Place;
  /** The model may be left out, and everything else then stands one argument further to the left. */
  readonly modelOptional?: true;
  readonly filter?: Conditions;
  readonly data?: Place | readonly Place[];
  readonly limit?: Place;
  /** Makes an entity out of the data there, and sends nothing. */
  readonly builds?: Place;
  /** The selected fields. Where all of them are aggregates, rows are counted or summed up and not read. */
  readonly fields?: Place;
  /** From this word on the query fails otherwise than its kin. */
  readonly failure?: Failure;
  /** Sends what was built before, or is sent as soon as it is called where its kin wait. */
  readonly runs?: true;
  /** The argument that holds the options of the query, which the handle of a transaction is one of. */
  readonly options?: number;
  /** The handle of a transaction that the query takes part in from this word on. */
  readonly joins?: Place;
  /**
   * A statement in SQL, or a template that is tagged with the object itself, and what stands for its parameters: a list, an object of
   * names, or (`"rest"`) the arguments. `of` is the call before that was given the text.
   */
  readonly sql?: { readonly text: Place | readonly Place[] | "tagged"; readonly of?: string; readonly values?: Place | readonly Place[] | "rest" };
  /** Makes alternatives of all conditions. */
  readonly alternative?: true;
  /** The part that the row is which the query comes to: what it is called on again to change that row. */
  readonly gives?: string;
  /** Calls of it that are made at the same time are sent as one query. */
  readonly batches?: true;
  /** It takes no filter but the columns of a unique key. */
  readonly byKey?: true;
  /** An option that makes a query of another kind of it: `select("*", { head: true })` only counts. */
  readonly unless?: { readonly option: Place; readonly kind: QueryKind };
}

/** How a failed query shows: the promise rejects, it resolves to an object with an `error`, a callback or an event has it, or the call throws. */
export type Failure = "rejects" | "returns-error" | "calls-back" | "throws";

/** When a query is sent: as soon as it is called, when it is awaited (or `.then` is called), or by a word of its own at its end. */
export type Runs = "at-once" | "when-awaited" | "when-told";

/**
 * An object of a library that queries start from.
 *
 * Paths are written as provenance gives them (`PrismaClient()`, `manager.getRepository()`). A `#` is the name of a table: as a member
 * (`prisma.#`), as an argument (`from(#)`), as a type argument (`Repository<#>()`).
 */
export interface Part {
  /** Where such an object comes from: package to paths; `/*` stands for every path within the package. */
  readonly from?: Readonly<Record<string, readonly string[]>>;
  /** What can be reached from it: path to the name of the part. */
  readonly leadsTo?: Readonly<Record<string, string>>;
  /** The words that begin a query here. */
  readonly operations?: Readonly<Record<string, Word>>;
  /** The words that may follow in the chain. */
  readonly clauses?: Readonly<Record<string, Word>>;
  /** When a query of this part is sent, and how it fails, where that differs from the library's own way. */
  readonly runs?: Runs;
  readonly failure?: Failure;
  /** Whether a query may begin with any word, and one of the others says what it does. */
  readonly anyOrder?: true;
  /** Whether what is called on it changes it, so that a statement may go on building. */
  readonly mutable?: true;
  /** What a template does that is tagged with it. */
  readonly tagged?: Word;
  /**
   * Whether a statement in SQL that is given to an object of which nothing is known is taken for one of this part, in a file that imports
   * the package itself.
   */
  readonly untraced?: true;
  /** Whether each query takes whichever connection is free. */
  readonly pooled?: true;
  /** Whether it is a row: what has come of a query, and can be changed by itself. */
  readonly row?: true;
}

/**
 * How a library groups queries into a transaction.
 *
 * Where queries take part by an option, `unless` is what the code of a project says that makes them take part without it.
 */
export type TransactionApi =
  /** A callback is given the client that it must use, or (with `option`) what every query must pass on under that name; or that is the object of the call; or all queries of its connection take part. */
  | { readonly as: "callback"; readonly on: readonly string[]; readonly path: string; readonly handle?: "object" | "connection"; readonly option?: string; readonly unless?: RegExp }
  /** Everything between two statements in SQL that are sent by the same object. */
  | { readonly as: "statements"; readonly on: readonly string[]; readonly path: string }
  /** A list of queries. */
  | { readonly as: "list"; readonly on: readonly string[]; readonly path: string }
  /**
   * Everything between two calls. The handle is what the first call comes to (`"result"`), the object that it is called on (`"object"`),
   * or what a path leads to from there.
   */
  | {
      readonly as: "region";
      readonly on: readonly string[];
      readonly begin: string;
      readonly end: readonly string[];
      readonly handle: string;
      readonly option?: string;
      readonly unless?: RegExp;
    };

/** The words of filters that are written as objects. */
interface ConditionWords {
  readonly and: readonly string[];
  readonly or: readonly string[];
  readonly not: readonly string[];
  /** Keys that lead from a relation to its rows: those that must hold for one of them or all, and those that must not. */
  readonly through: readonly string[];
  readonly without: readonly string[];
  /** Keys, or functions of the package, that compare a column. */
  readonly compare: readonly string[];
  /** Those of them that mean equality. */
  readonly equal: readonly string[];
  /** The object of the package whose members stand for the words above: `[Op.gt]`. */
  readonly symbols?: string;
  /** Keys of what is written that lead to the columns that are set, and to those that are changed from what they were. */
  readonly sets?: readonly string[];
  readonly changes?: readonly string[];
}

export interface Orm {
  readonly name: string;
  readonly parts: Readonly<Record<string, Part>>;
  readonly conditions: ConditionWords;
  /** Functions of the package that make one value of many rows. */
  readonly aggregates?: readonly string[];
  readonly runs: Runs;
  readonly failure: Failure;
  /** Whether a query that is given a callback in the way of Node is sent at once, and gives no promise. */
  readonly takesCallbacks?: true;
  /** Whether its clients work in a browser. */
  readonly inBrowser?: true;
  /** Whether its words mean something else most of the time, and are asked about only in files that the package can have come to. */
  readonly commonWords?: true;
  readonly transactions: readonly TransactionApi[];
  /** Types of parameters that only ever hold the handle of a transaction. */
  readonly handleTypes?: Readonly<Record<string, readonly string[]>>;
  /** Decorators that run a method in a transaction: package to names. */
  readonly transactionDecorators?: Readonly<Record<string, readonly string[]>>;
  /** Whether one statement can give each of many rows values of its own. */
  readonly setsEach?: true;
  /** Whether a row itself may stand where its key is meant: `{ order: savedOrder }`. */
  readonly rowsAsKeys?: true;
  /** Whether a row that was read with the handle of a transaction is written with it as well. */
  readonly rowsRemember?: true;
  /** Whether a transaction holds no connection between its queries: one beside it waits for nothing. */
  readonly holdsNoConnection?: true;
  /** Whether the database itself decides whose rows a query may touch, by policies of the table and the user that the client speaks for. */
  readonly rowSecurity?: true;
  /** How to ask for the rows whose column holds any of several values; `{column}` is the column. */
  readonly among: string;
  /** How to write several tables so that all or nothing is kept, in a sentence; and how for rows that are created, where there is another way. `{client:db}` is what the file calls its client, or `db`. */
  readonly atomic: string;
  readonly atomicCreate?: string;
  /** Drivers of the library over which no query of a transaction can use what another has given. */
  readonly lists?: readonly ListDriver[];
  readonly source: readonly string[];
}

/** A driver without transactions that stay open between two queries. */
export interface ListDriver {
  readonly modules: readonly string[];
  /** How to send a list of queries that is kept or dropped as a whole, in a sentence, and rows of which one has the key of the other; `null` where it cannot. */
  readonly atomic: string | null;
  readonly atomicCreate: string | null;
  readonly source: readonly string[];
}

const where = { as: "object", at: "0.where" } as const;

const prismaClient = ["PrismaClient()", "PrismaClientExtends()", "DefaultPrismaClient()"];
const prismaTransaction = ["Prisma.TransactionClient()", "TransactionClient()"];

const prisma: Orm = {
  name: "Prisma",
  parts: {
    client: {
      from: {
        "@prisma/client": [...prismaClient, ...prismaTransaction],
        "@prisma/client/*": [...prismaClient, ...prismaTransaction],
        // Wasp hands out the client that it has made.
        "wasp/server": ["prisma", "PrismaClient()"],
      },
      leadsTo: {
        "$extends()": "client",
        "$primary()": "client",
        "$replica()": "client",
        "$transaction(0)": "client",
        "#": "delegate",
      },
      operations: {
        $queryRaw: { kind: "raw", sql: { text: "tagged" } },
        $queryRawUnsafe: { kind: "raw", sql: { text: "0", values: "rest" } },
        $queryRawTyped: { kind: "raw" },
        $executeRaw: { kind: "raw", effect: "write", sql: { text: "tagged" } },
        $executeRawUnsafe: { kind: "raw", effect: "write", sql: { text: "0", values: "rest" } },
        $runCommandRaw: { kind: "raw" },
      },
    },
    delegate: {
      operations: {
        findUnique: { kind: "read-one", filter: where, batches: true, byKey: true },
        findUniqueOrThrow: { kind: "read-one", filter: where, batches: true, byKey: true },
        findFirst: { kind: "read-one", filter: where },
        findFirstOrThrow: { kind: "read-one", filter: where },
        findMany: { kind: "read-many", filter: where, limit: "0.take" },
        create: { kind: "create", data: "0.data" },
        createMany: { kind: "create-many", data: "0.data" },
        createManyAndReturn: { kind: "create-many", data: "0.data" },
        update: { kind: "update", filter: where, data: "0.data" },
        updateMany: { kind: "update-many", filter: where, data: "0.data", limit: "0.limit" },
        updateManyAndReturn: { kind: "update-many", filter: where, data: "0.data", limit: "0.limit" },
        upsert: { kind: "upsert", filter: where, data: ["0.create", "0.update"] },
        delete: { kind: "delete", filter: where },
        deleteMany: { kind: "delete-many", filter: where, limit: "0.limit" },
        count: { kind: "count", filter: where, limit: "0.take" },
        aggregate: { kind: "aggregate", filter: where, limit: "0.take" },
        groupBy: { kind: "aggregate", filter: where, limit: "0.take" },
        findRaw: { kind: "raw", effect: "read" },
        aggregateRaw: { kind: "raw", effect: "read" },
      },
    },
  },
  conditions: {
    and: ["AND"],
    or: ["OR"],
    not: ["NOT"],
    through: ["is", "some", "every"],
    without: ["isNot", "none"],
    compare: [
      ...["equals", "not", "in", "notIn", "lt", "lte", "gt", "gte", "contains", "startsWith", "endsWith", "search", "mode"],
      ...["has", "hasEvery", "hasSome", "isEmpty", "isSet", "path", "string_contains", "string_starts_with", "string_ends_with"],
      ...["array_contains", "array_starts_with", "array_ends_with"],
    ],
    equal: ["equals"],
  },
  runs: "when-awaited",
  failure: "rejects",
  transactions: [
    { as: "callback", on: ["client"], path: "$transaction" },
    { as: "list", on: ["client"], path: "$transaction" },
  ],
  handleTypes: { "@prisma/client": prismaTransaction, "@prisma/client/*": prismaTransaction },
  among: "where: { {column}: { in: … } }",
  atomic: "Run both in `{client:prisma}.$transaction([…])`.",
  atomicCreate: "Nest one `create` in the other, or run both in `{client:prisma}.$transaction(async (tx) => …)`.",
  source: [
    "https://www.prisma.io/docs/orm/reference/prisma-client-reference",
    "https://www.prisma.io/docs/orm/prisma-client/queries/transactions",
    "https://www.prisma.io/docs/orm/prisma-client/queries/advanced/query-optimization-performance",
    "https://www.prisma.io/docs/orm/prisma-client/client-extensions",
    "https://www.prisma.io/docs/orm/prisma-client/setup-and-configuration/read-replicas",
    "https://wasp.sh/docs/data-model/operations/overview",
  ],
};

const compares = (...operators: readonly string[]): Record<string, Word> =>
  Object.fromEntries(operators.map((operator) => [operator, { filter: { as: "pair", operator } } satisfies Word]));

const keeps = (...names: readonly string[]): Record<string, Word> => Object.fromEntries(names.map((name) => [name, {}]));

const supabaseFilters: Record<string, Word> = {
  eq: { filter: { as: "pair", operator: "equals" } },
  ...compares("neq", "gt", "gte", "lt", "lte", "like", "likeAllOf", "likeAnyOf", "ilike", "ilikeAllOf", "ilikeAnyOf", "is", "isDistinct", "in", "notIn"),
  ...compares("contains", "containedBy", "rangeGt", "rangeGte", "rangeLt", "rangeLte", "rangeAdjacent", "overlaps", "textSearch", "regexMatch", "regexIMatch"),
  match: { filter: { as: "object", at: "0" } },
  not: { filter: { as: "pair", operator: "not", value: 2 } },
  filter: { filter: { as: "pair", operatorAt: 1, value: 2 } },
  or: { filter: { as: "text", at: "0" } },
};

const supabaseModifiers: Record<string, Word> = {
  ...keeps("select", "order", "abortSignal", "csv", "geojson", "explain", "rollback", "returns", "overrideTypes", "setHeader", "maxAffected", "retry"),
  limit: { limit: "0" },
  range: { limit: "0" },
  single: { one: true, orNone: "maybeSingle" },
  maybeSingle: { one: true },
  throwOnError: { failure: "rejects" },
};

const service = (effect: "read" | "write", ...names: readonly string[]): Record<string, Word> =>
  Object.fromEntries(names.map((name) => [name, { kind: "other", effect } satisfies Word]));

const supabase: Orm = {
  name: "Supabase",
  parts: {
    client: {
      from: {
        "@supabase/supabase-js": ["createClient()", "SupabaseClient()"],
        "@supabase/ssr": ["createServerClient()", "createBrowserClient()"],
        "@supabase/auth-helpers-nextjs": [
          ...["createServerComponentClient()", "createRouteHandlerClient()", "createServerActionClient()", "createMiddlewareClient()"],
          ...["createClientComponentClient()", "createPagesServerClient()", "createPagesBrowserClient()"],
        ],
        "@supabase/auth-helpers-react": ["useSupabaseClient()"],
      },
      leadsTo: {
        "schema()": "client",
        "from(#)": "table",
        auth: "auth",
        storage: "storage",
        functions: "functions",
      },
      operations: { rpc: { kind: "other" } },
      clauses: { ...supabaseFilters, ...supabaseModifiers },
    },
    table: {
      operations: {
        select: { kind: "read-many", unless: { option: "1.head", kind: "count" } },
        insert: { kind: "create", data: "0" },
        update: { kind: "update-many", data: "0" },
        upsert: { kind: "upsert", data: "0" },
        delete: { kind: "delete-many" },
      },
      clauses: { ...supabaseFilters, ...supabaseModifiers },
    },
    auth: {
      leadsTo: { admin: "users", mfa: "factors" },
      operations: {
        ...service("read", "getUser", "getSession", "getClaims", "getUserIdentities", "initialize"),
        ...service("write", "signUp", "signInWithPassword", "signInWithOtp", "signInWithOAuth", "signInWithIdToken", "signInWithSSO", "signInWithWeb3"),
        ...service("write", "signInAnonymously", "signOut", "updateUser", "resetPasswordForEmail", "verifyOtp", "resend", "reauthenticate"),
        ...service("write", "exchangeCodeForSession", "refreshSession", "setSession", "linkIdentity", "unlinkIdentity"),
      },
      runs: "at-once",
    },
    users: {
      operations: {
        ...service("read", "getUserById", "listUsers"),
        ...service("write", "createUser", "updateUserById", "deleteUser", "inviteUserByEmail", "generateLink", "signOut"),
      },
      runs: "at-once",
    },
    factors: {
      operations: {
        ...service("read", "listFactors", "getAuthenticatorAssuranceLevel"),
        ...service("write", "enroll", "challenge", "verify", "challengeAndVerify", "unenroll"),
      },
      runs: "at-once",
    },
    storage: {
      leadsTo: { "from()": "bucket" },
      operations: {
        ...service("read", "listBuckets", "getBucket"),
        ...service("write", "createBucket", "updateBucket", "deleteBucket", "emptyBucket"),
      },
      runs: "at-once",
    },
    bucket: {
      operations: {
        ...service("read", "download", "list", "listV2", "info", "exists", "createSignedUrl", "createSignedUrls", "createSignedUploadUrl"),
        ...service("write", "upload", "update", "move", "copy", "remove", "uploadToSignedUrl"),
      },
      runs: "at-once",
    },
    functions: {
      operations: { invoke: { kind: "other", effect: "write" } },
      runs: "at-once",
    },
  },
  conditions: { and: [], or: [], not: [], through: [], without: [], compare: [], equal: ["eq"] },
  runs: "when-awaited",
  inBrowser: true,
  failure: "returns-error",
  transactions: [],
  rowSecurity: true,
  among: ".in(\"{column}\", …)",
  atomic: "Move both into a database function, which runs as one transaction, and call it with `.rpc(…)`.",
  source: [
    "https://supabase.com/docs/reference/javascript/select",
    "https://supabase.com/docs/reference/javascript/using-filters",
    "https://supabase.com/docs/reference/javascript/throwonerror",
    "https://supabase.com/docs/guides/database/postgres/row-level-security",
    "https://supabase.com/docs/reference/javascript/auth-api",
    "https://supabase.com/docs/reference/javascript/storage-api",
    "https://github.com/supabase/supabase/issues/11322",
    "https://github.com/supabase/supabase/discussions/526",
  ],
};

const entity = (word: Word): Word => word;

/** The same operations stand on a repository, and one argument further to the right, after the entity, on a manager. */
const typeormOperations = (first: 0 | 1): Record<string, Word> => {
  const at = (place: number, property?: string): Place => (property === undefined ? `${place + first}` : `${place + first}.${property}`);
  const options: Conditions = { as: "object", at: at(0, "where") };
  const criteria: Conditions = { as: "object", at: at(0), bare: "id" };
  const word = (rest: Word): Word => entity(first === 1 ? { ...rest, model: "0" } : rest);
  const stored = (rest: Word): Word => (first === 1 ? { ...word(rest), modelOptional: true } : rest);
  return {
    find: word({ kind: "read-many", filter: options, limit: at(0, "take") }),
    findBy: word({ kind: "read-many", filter: criteria }),
    findAndCount: word({ kind: "read-many", filter: options, limit: at(0, "take") }),
    findAndCountBy: word({ kind: "read-many", filter: criteria }),
    findOne: word({ kind: "read-one", filter: options }),
    findOneBy: word({ kind: "read-one", filter: criteria }),
    findOneOrFail: word({ kind: "read-one", filter: options }),
    findOneByOrFail: word({ kind: "read-one", filter: criteria }),
    findOneById: word({ kind: "read-one", filter: criteria }),
    findByIds: word({ kind: "read-many", filter: criteria }),
    count: word({ kind: "count", filter: options }),
    countBy: word({ kind: "count", filter: criteria }),
    exists: word({ kind: "count", filter: options }),
    existsBy: word({ kind: "count", filter: criteria }),
    exist: word({ kind: "count", filter: options }),
    sum: word({ kind: "aggregate", filter: { as: "object", at: at(1) } }),
    average: word({ kind: "aggregate", filter: { as: "object", at: at(1) } }),
    minimum: word({ kind: "aggregate", filter: { as: "object", at: at(1) } }),
    maximum: word({ kind: "aggregate", filter: { as: "object", at: at(1) } }),
    create: word({ builds: at(0) }),
    save: stored({ kind: "save", data: at(0) }),
    insert: word({ kind: "create", data: at(0) }),
    update: word({ kind: "update-many", filter: criteria, data: at(1) }),
    upsert: word({ kind: "upsert", data: at(0) }),
    increment: word({ kind: "update-many", filter: criteria }),
    decrement: word({ kind: "update-many", filter: criteria }),
    delete: word({ kind: "delete-many", filter: criteria }),
    softDelete: word({ kind: "delete-many", filter: criteria }),
    restore: word({ kind: "update-many", filter: criteria }),
    remove: stored({ kind: "delete", data: at(0) }),
    softRemove: stored({ kind: "delete", data: at(0) }),
    recover: stored({ kind: "update", data: at(0) }),
    clear: word({ kind: "delete-many" }),
  };
};

const typeormRaw: Record<string, Word> = { query: { kind: "raw", sql: { text: "0", values: "1" } } };

const typeormText: Conditions = { as: "text", at: "0", parameters: "1" };

const typeormBuilder: Record<string, Word> = {
  ...keeps("alias", "distinct", "distinctOn", "addFrom", "addSelect", "orderBy", "addOrderBy", "groupBy", "addGroupBy", "having", "andHaving", "orHaving"),
  ...keeps("offset", "skip", "setParameter", "setParameters", "setLock", "setOnLocked", "useTransaction", "cache", "comment", "printSql", "withDeleted"),
  ...keeps("leftJoin", "leftJoinAndSelect", "leftJoinAndMapOne", "leftJoinAndMapMany", "innerJoin", "innerJoinAndSelect", "innerJoinAndMapOne"),
  ...keeps("innerJoinAndMapMany", "loadAllRelationIds", "loadRelationCountAndMap", "returning", "output", "orIgnore", "updateEntity", "callListeners"),
  ...keeps("useIndex", "addCommonTableExpression", "maxExecutionTime", "setFindOptions", "setQueryRunner", "relation", "of", "whereExists", "andWhereExists"),
  select: {},
  from: { model: "0" },
  into: { model: "0" },
  insert: { kind: "create" },
  update: { kind: "update-many", model: "0" },
  delete: { kind: "delete-many" },
  softDelete: { kind: "delete-many" },
  restore: { kind: "update-many" },
  orUpdate: { kind: "upsert" },
  values: { data: "0" },
  set: { data: "0" },
  where: { filter: typeormText },
  andWhere: { filter: typeormText },
  orWhere: { filter: { as: "text", at: "0" } },
  whereInIds: { filter: { as: "object", at: "0", bare: "id" } },
  take: { limit: "0" },
  limit: { limit: "0" },
  getMany: { runs: true },
  getRawMany: { runs: true },
  getRawAndEntities: { runs: true },
  getManyAndCount: { runs: true },
  getOne: { runs: true, one: true },
  getOneOrFail: { runs: true, one: true },
  getRawOne: { runs: true, one: true },
  getCount: { runs: true, kind: "count" },
  getExists: { runs: true, kind: "count" },
  execute: { runs: true },
  stream: { runs: true },
};

const typeormLeads = { "getRepository(#)": "repository", "getTreeRepository(#)": "repository", "withRepository()": "repository" } as const;

const typeorm: Orm = {
  name: "TypeORM",
  parts: {
    dataSource: {
      from: { typeorm: ["DataSource()", "Connection()", "createConnection()", "getConnection()"] },
      leadsTo: {
        manager: "manager",
        "createEntityManager()": "manager",
        "createQueryRunner()": "runner",
        "initialize()": "dataSource",
        "transaction(0)": "manager",
        "createQueryBuilder(#)": "builder",
        ...typeormLeads,
      },
      operations: typeormRaw,
    },
    runner: {
      from: { typeorm: ["QueryRunner()"] },
      leadsTo: { manager: "manager", connection: "dataSource" },
      operations: typeormRaw,
    },
    manager: {
      from: { typeorm: ["EntityManager()", "getManager()"] },
      leadsTo: { connection: "dataSource", queryRunner: "runner", "transaction(0)": "manager", "createQueryBuilder(#)": "builder", ...typeormLeads },
      operations: { ...typeormOperations(1), ...typeormRaw },
    },
    repository: {
      from: {
        typeorm: ["Repository<#>()", "TreeRepository<#>()", "MongoRepository<#>()", "getRepository(#)", "getTreeRepository(#)", "AbstractRepository<#>()"],
      },
      leadsTo: { manager: "manager", "createQueryBuilder()": "builder", "extend()": "repository" },
      operations: { ...typeormOperations(0), ...typeormRaw },
    },
    // A class that extends BaseEntity, and an instance of it.
    model: {
      from: { typeorm: ["BaseEntity"] },
      leadsTo: { "getRepository()": "repository", "createQueryBuilder()": "builder" },
      operations: typeormOperations(0),
    },
    record: {
      from: { typeorm: ["BaseEntity()"] },
      operations: { save: { kind: "save" }, remove: { kind: "delete" }, softRemove: { kind: "delete" }, recover: { kind: "update" }, reload: { kind: "read-one" } },
    },
    builder: {
      from: { typeorm: ["SelectQueryBuilder<#>()"] },
      // Whichever word comes first, an update or a delete says so itself.
      operations: Object.fromEntries(Object.entries(typeormBuilder).map(([name, word]) => [name, { kind: "read-many", ...word } satisfies Word])),
      clauses: typeormBuilder,
      runs: "when-told",
    },
  },
  conditions: {
    and: [],
    or: [],
    not: [],
    through: [],
    without: [],
    compare: [
      ...["Not", "LessThan", "LessThanOrEqual", "MoreThan", "MoreThanOrEqual", "Equal", "Like", "ILike", "Between", "In", "Any", "IsNull", "ArrayContains"],
      ...["ArrayContainedBy", "ArrayOverlap", "Raw", "JsonContains", "Or", "And"],
    ],
    equal: ["Equal"],
  },
  runs: "at-once",
  failure: "rejects",
  transactions: [
    { as: "callback", on: ["dataSource", "manager"], path: "transaction" },
    { as: "region", on: ["runner"], begin: "startTransaction", end: ["commitTransaction", "rollbackTransaction"], handle: "manager" },
  ],
  transactionDecorators: { "typeorm-transactional": ["Transactional"], "typeorm-transactional-cls-hooked": ["Transactional"] },
  rowsAsKeys: true,
  among: "where: { {column}: In(…) }",
  atomic: "Run both in `dataSource.transaction(async (manager) => …)`.",
  source: [
    "https://typeorm.io/docs/working-with-entity-manager/repository-api",
    "https://typeorm.io/docs/working-with-entity-manager/entity-manager-api",
    "https://typeorm.io/docs/query-builder/select-query-builder",
    "https://typeorm.io/docs/transactions",
    "https://www.npmjs.com/package/typeorm-transactional",
  ],
};

const drizzleDatabases = [
  ...["PgDatabase", "NodePgDatabase", "PostgresJsDatabase", "NeonHttpDatabase", "NeonDatabase", "VercelPgDatabase", "PgliteDatabase", "XataHttpDatabase"],
  ...["MySqlDatabase", "MySql2Database", "PlanetScaleDatabase", "TiDBServerlessDatabase", "SingleStoreDatabase"],
  ...["BaseSQLiteDatabase", "BetterSQLite3Database", "LibSQLDatabase", "DrizzleD1Database", "BunSQLiteDatabase", "BunSQLDatabase", "ExpoSQLiteDatabase"],
].map((name) => `${name}()`);

const drizzleTransactions = ["PgTransaction()", "MySqlTransaction()", "SQLiteTransaction()", "SingleStoreTransaction()", "LibSQLTransaction()", "NodePgTransaction()"];

const drizzleWhere: Word = { filter: { as: "expression", at: "0" } };

const drizzle: Orm = {
  name: "Drizzle",
  parts: {
    db: {
      from: {
        "drizzle-orm": [...drizzleDatabases, ...drizzleTransactions],
        "drizzle-orm/*": ["drizzle()", ...drizzleDatabases, ...drizzleTransactions],
      },
      leadsTo: { "transaction(0)": "db", "with()": "db", "$with()": "cte", "query.#": "relation", "_query.#": "relation" },
      operations: {
        select: { kind: "read-many", fields: "0" },
        selectDistinct: { kind: "read-many" },
        selectDistinctOn: { kind: "read-many" },
        insert: { kind: "create", model: "0" },
        update: { kind: "update-many", model: "0" },
        delete: { kind: "delete-many", model: "0" },
        $count: { kind: "count", model: "0", filter: { as: "expression", at: "1" } },
        execute: { kind: "raw" },
        run: { kind: "raw" },
        all: { kind: "raw" },
      },
      clauses: {
        ...keeps("leftJoin", "rightJoin", "innerJoin", "fullJoin", "crossJoin", "leftJoinLateral", "innerJoinLateral", "crossJoinLateral", "having"),
        ...keeps("orderBy", "offset", "returning", "$returningId", "for", "prepare", "$dynamic", "as", "toSQL", "onConflictDoNothing", "ignore"),
        ...keeps("union", "unionAll", "intersect", "intersectAll", "except", "exceptAll", "overridingSystemValue", "$withCache", "comment"),
        from: { model: "0" },
        where: drizzleWhere,
        groupBy: { kind: "aggregate" },
        limit: { limit: "0" },
        values: { data: "0" },
        select: {},
        set: { data: "0" },
        onConflictDoUpdate: { kind: "upsert" },
        onDuplicateKeyUpdate: { kind: "upsert" },
        execute: { runs: true },
        run: { runs: true },
        all: { runs: true },
        get: { runs: true, one: true },
      },
    },
    relation: {
      operations: {
        findMany: { kind: "read-many", filter: { as: "expression", at: "0.where" }, limit: "0.limit" },
        findFirst: { kind: "read-one", filter: { as: "expression", at: "0.where" } },
      },
      clauses: { ...keeps("prepare", "toSQL"), execute: { runs: true }, sync: { runs: true } },
    },
  },
  conditions: {
    and: ["and", "AND"],
    or: ["or", "OR"],
    not: ["not", "NOT"],
    through: [],
    without: [],
    compare: [
      ...["eq", "ne", "gt", "gte", "lt", "lte", "isNull", "isNotNull", "inArray", "notInArray", "between", "notBetween", "like", "notLike", "ilike"],
      ...["notIlike", "arrayContains", "arrayContained", "arrayOverlaps", "in", "notIn"],
    ],
    equal: ["eq"],
  },
  aggregates: ["count", "countDistinct", "sum", "sumDistinct", "avg", "avgDistinct", "min", "max"],
  runs: "when-awaited",
  failure: "rejects",
  transactions: [
    { as: "callback", on: ["db"], path: "transaction" },
    { as: "list", on: ["db"], path: "batch" },
  ],
  handleTypes: { "drizzle-orm": drizzleTransactions, "drizzle-orm/*": drizzleTransactions },
  among: "inArray({column}, …)",
  atomic: "Run both in `{client:db}.transaction(async (tx) => …)`.",
  lists: [
    {
      modules: ["drizzle-orm/neon-http", "drizzle-orm/d1"],
      atomic: "Send both in `{client:db}.batch([…])`.",
      atomicCreate: "Choose the key of the first row beforehand (`crypto.randomUUID()`), and send both in `{client:db}.batch([…])`.",
      source: ["https://orm.drizzle.team/docs/batch-api", "https://github.com/drizzle-team/drizzle-orm/blob/main/drizzle-orm/src/neon-http/session.ts", "https://developers.cloudflare.com/d1/worker-api/d1-database/#batch"],
    },
    {
      modules: ["drizzle-orm/pg-proxy", "drizzle-orm/mysql-proxy", "drizzle-orm/singlestore-proxy", "drizzle-orm/xata-http"],
      atomic: null,
      atomicCreate: null,
      source: ["https://github.com/drizzle-team/drizzle-orm/blob/main/drizzle-orm/src/pg-proxy/session.ts", "https://github.com/drizzle-team/drizzle-orm/blob/main/drizzle-orm/src/xata-http/session.ts"],
    },
  ],
  source: [
    "https://orm.drizzle.team/docs/select",
    "https://orm.drizzle.team/docs/rqb",
    "https://orm.drizzle.team/docs/operators",
    "https://orm.drizzle.team/docs/transactions",
    "https://orm.drizzle.team/docs/batch-api",
  ],
};

const kyselyPair: Word = { filter: { as: "pair", operatorAt: 1, value: 2 } };

const kysely: Orm = {
  name: "Kysely",
  parts: {
    db: {
      from: {
        kysely: ["Kysely()", "Transaction()", "ControlledTransaction()"],
        // What prisma-extension-kysely adds to a client.
        "@prisma/client": ["PrismaClient().$extends().$kysely"],
      },
      leadsTo: {
        "with()": "db",
        "withRecursive()": "db",
        "withSchema()": "db",
        "withPlugin()": "db",
        "withoutPlugins()": "db",
        "connection().execute(0)": "db",
        "transaction()": "transaction",
      },
      operations: {
        selectFrom: { kind: "read-many", model: "0" },
        selectNoFrom: { kind: "read-many" },
        insertInto: { kind: "create", model: "0" },
        replaceInto: { kind: "upsert", model: "0" },
        mergeInto: { kind: "upsert", model: "0" },
        updateTable: { kind: "update-many", model: "0" },
        deleteFrom: { kind: "delete-many", model: "0" },
      },
      clauses: {
        ...keeps("select", "selectAll", "distinct", "distinctOn", "innerJoin", "leftJoin", "rightJoin", "fullJoin", "innerJoinLateral", "leftJoinLateral"),
        ...keeps("crossJoin", "crossJoinLateral", "orderBy", "clearOrderBy", "clearSelect", "clearWhere", "clearLimit", "groupBy", "having", "havingRef"),
        ...keeps("offset", "forUpdate", "forShare", "skipLocked", "noWait", "union", "unionAll", "intersect", "except", "as", "$if", "$call", "$castTo"),
        ...keeps("$narrowType", "$asScalar", "$assertType", "returning", "returningAll", "columns", "expression", "defaultValues", "using", "from", "modifyEnd"),
        ...keeps("ignore", "orIgnore", "whenMatched", "whenNotMatched", "thenDelete", "thenUpdateSet", "thenInsertValues", "withPlugin", "compile"),
        where: kyselyPair,
        whereRef: kyselyPair,
        limit: { limit: "0" },
        fetch: { limit: "0" },
        top: { limit: "0" },
        values: { data: "0" },
        set: { data: "0" },
        onConflict: { kind: "upsert" },
        onDuplicateKeyUpdate: { kind: "upsert" },
        execute: { runs: true },
        executeTakeFirst: { runs: true, one: true },
        executeTakeFirstOrThrow: { runs: true, one: true },
        stream: { runs: true },
        explain: { runs: true },
      },
      runs: "when-told",
    },
    transaction: { leadsTo: { "setIsolationLevel()": "transaction", "setAccessMode()": "transaction", "execute(0)": "db" } },
    sql: { from: { kysely: ["sql()"] }, operations: { execute: { kind: "raw" } } },
  },
  conditions: { and: [], or: [], not: [], through: [], without: [], compare: [], equal: ["="] },
  runs: "at-once",
  failure: "rejects",
  transactions: [{ as: "callback", on: ["transaction"], path: "execute" }],
  among: '.where("{column}", "in", …)',
  atomic: "Run both in `{client:db}.transaction().execute(async (trx) => …)`.",
  handleTypes: { kysely: ["Transaction()", "ControlledTransaction()"] },
  source: [
    "https://www.mintlify.com/kysely-org/kysely/core-concepts/query-building",
    "https://kysely-org.github.io/kysely-apidoc/classes/Kysely.html",
    "https://www.npmjs.com/package/prisma-extension-kysely",
  ],
};

/** The libraries that talk to a database. */
export const orms: readonly Orm[] = [prisma, supabase, typeorm, drizzle, kysely, sequelize, mongoose, mongodb, knex, pg, postgres, mysql, sqlite];

/** Decorators that run a method in a transaction, by package. */
export const transactionDecorators: readonly Readonly<Record<string, readonly string[]>>[] = orms.flatMap(({ transactionDecorators: names }) => (names ? [names] : []));

/** The names of clauses and options that put rows in order. */
export const orderingWords: ReadonlySet<string> = new Set(["order", "orderBy", "addOrderBy", "sort"]);
