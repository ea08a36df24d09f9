import type { Orm, Word } from "../orms.js";

/** Filters are written in SQL. */
const conditions: Orm["conditions"] = { and: [], or: [], not: [], through: [], without: [], compare: [], equal: ["="] };

const textOrObject: Word = { kind: "raw", sql: { text: ["0", "0.text"], values: ["1", "0.values"] } };

export const pg: Orm = {
  name: "pg",
  parts: {
    pool: {
      from: {
        pg: ["Pool()", "native.Pool()"],
        "pg-pool": ["default()"],
        "@neondatabase/serverless": ["Pool()"],
        "@vercel/postgres": ["Pool()", "createPool()", "VercelPool()"],
      },
      leadsTo: { "connect()": "client", "connect(1)": "client" },
      operations: { query: textOrObject },
      pooled: true,
    },
    client: {
      from: {
        pg: ["Client()", "PoolClient()", "ClientBase()", "native.Client()"],
        "@neondatabase/serverless": ["Client()", "PoolClient()"],
        "@vercel/postgres": ["createClient()", "VercelClient()", "VercelPoolClient()"],
      },
      operations: { query: textOrObject },
      untraced: true,
    },
    template: { from: { "@neondatabase/serverless": ["neon()"], "@vercel/postgres": ["sql"] }, tagged: { kind: "raw", sql: { text: "tagged" } } },
  },
  conditions,
  runs: "at-once",
  failure: "rejects",
  takesCallbacks: true,
  commonWords: true,
  transactions: [{ as: "statements", on: ["client"], path: "query" }],
  setsEach: true,
  among: "WHERE {column} = ANY(…)",
  atomic: "Send both through one client of the pool, between `BEGIN` and `COMMIT`.",
  source: [
    "https://node-postgres.com/apis/pool",
    "https://node-postgres.com/apis/client",
    "https://node-postgres.com/features/queries",
    "https://node-postgres.com/features/transactions",
    "https://neon.com/docs/serverless/serverless-driver",
    "https://vercel.com/docs/storage/vercel-postgres/sdk",
  ],
};

export const postgres: Orm = {
  name: "postgres.js",
  parts: {
    sql: {
      from: { postgres: ["default()", "Sql()", "TransactionSql()", "ReservedSql()", "default.Sql()", "default.TransactionSql()"] },
      leadsTo: { "begin(0)": "sql", "savepoint(0)": "sql", "reserve()": "sql" },
      operations: { unsafe: { kind: "raw", sql: { text: "0", values: "1" } } },
      tagged: { kind: "raw", sql: { text: "tagged" } },
      clauses: { execute: { runs: true }, cursor: { runs: true }, forEach: { runs: true }, describe: { runs: true }, values: {}, raw: {}, simple: {} },
    },
  },
  conditions,
  runs: "when-awaited",
  failure: "rejects",
  commonWords: true,
  transactions: [{ as: "callback", on: ["sql"], path: "begin" }],
  handleTypes: { postgres: ["TransactionSql()", "default.TransactionSql()"] },
  setsEach: true,
  among: "WHERE {column} IN ${sql(…)}",
  atomic: "Run both in `sql.begin(async (sql) => …)`.",
  source: ["https://www.npmjs.com/package/postgres"],
};

const statement: Word = { kind: "raw", sql: { text: ["0", "0.sql"], values: ["1", "0.values"] } };
const statements: Record<string, Word> = { query: statement, execute: statement };

export const mysql: Orm = {
  name: "mysql2",
  parts: {
    pool: {
      from: { "mysql2/promise": ["createPool()", "Pool()"] },
      leadsTo: { "getConnection()": "connection" },
      operations: statements,
      pooled: true,
    },
    connection: { from: { "mysql2/promise": ["createConnection()", "Connection()", "PoolConnection()"] }, operations: statements },
    callbackPool: {
      from: { mysql2: ["createPool()", "Pool()"], mysql: ["createPool()"] },
      leadsTo: { "promise()": "pool", "getConnection(1)": "callbackConnection" },
      operations: statements,
      failure: "calls-back",
      pooled: true,
    },
    callbackConnection: {
      from: { mysql2: ["createConnection()", "Connection()", "PoolConnection()"], mysql: ["createConnection()"] },
      leadsTo: { "promise()": "connection" },
      operations: statements,
      failure: "calls-back",
    },
  },
  conditions,
  runs: "at-once",
  failure: "rejects",
  takesCallbacks: true,
  commonWords: true,
  transactions: [
    { as: "region", on: ["connection"], begin: "beginTransaction", end: ["commit", "rollback"], handle: "object" },
    { as: "statements", on: ["connection"], path: "query" },
  ],
  among: "WHERE {column} IN (?)",
  atomic: "Send both through one connection of the pool, between `beginTransaction()` and `commit()`.",
  source: [
    "https://sidorares.github.io/node-mysql2/docs/documentation/promise-wrapper",
    "https://sidorares.github.io/node-mysql2/docs/documentation/prepared-statements",
    "https://sidorares.github.io/node-mysql2/docs/examples/queries/simple-queries",
    "https://www.npmjs.com/package/mysql",
  ],
};

const prepared = (rest: Word): Word => ({ ...rest, kind: "raw", sql: { text: "0", of: "prepare", values: "rest" } });

export const sqlite: Orm = {
  name: "better-sqlite3",
  parts: {
    db: {
      from: { "better-sqlite3": ["default()", "Database()", "default.Database()"] },
      leadsTo: { "prepare()": "statement" },
      operations: { exec: { kind: "raw", sql: { text: "0" } } },
    },
    statement: {
      from: { "better-sqlite3": ["Statement()", "default.Statement()"] },
      leadsTo: { "pluck()": "statement", "raw()": "statement", "expand()": "statement", "bind()": "statement", "safeIntegers()": "statement" },
      operations: { run: prepared({}), get: prepared({ one: true }), all: prepared({}), iterate: prepared({}) },
    },
  },
  conditions,
  runs: "at-once",
  failure: "throws",
  commonWords: true,
  transactions: [{ as: "callback", on: ["db"], path: "transaction", handle: "connection" }],
  among: "WHERE {column} IN (…)",
  atomic: "Run both in a function that `db.transaction(…)` makes.",
  source: ["https://github.com/WiseLibs/better-sqlite3/blob/master/docs/api.md"],
};
