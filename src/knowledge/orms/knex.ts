import type { Conditions, Orm, Word } from "../orms.js";

const keeps = (...names: readonly string[]): Record<string, Word> => Object.fromEntries(names.map((name) => [name, {}]));

const compares = (operator: string, ...names: readonly string[]): Record<string, Word> =>
  Object.fromEntries(names.map((name) => [name, { filter: { as: "pair", operator } } satisfies Word]));

const text: Conditions = { as: "text", at: "0" };
const opaque = (...names: readonly string[]): Record<string, Word> => Object.fromEntries(names.map((name) => [name, { filter: text } satisfies Word]));
const alternatives = (...names: readonly string[]): Record<string, Word> => Object.fromEntries(names.map((name) => [name, { filter: text, alternative: true } satisfies Word]));

const where: Word = { filter: { as: "columns" } };

const builder: Record<string, Word> = {
  ...keeps("select", "column", "columns", "distinct", "distinctOn", "as", "orderBy", "orderByRaw", "groupBy", "groupByRaw", "having", "havingRaw", "havingIn"),
  ...keeps("join", "innerJoin", "leftJoin", "leftOuterJoin", "rightJoin", "rightOuterJoin", "fullOuterJoin", "crossJoin", "joinRaw", "offset", "union", "unionAll"),
  ...keeps("returning", "onConflict", "ignore", "forUpdate", "forShare", "skipLocked", "noWait", "timeout", "debug", "options", "hintComment", "with", "withRaw"),
  ...keeps("withRecursive", "withSchema", "clearSelect", "clearOrder", "clearCounters", "clone", "comment", "pluck", "on", "partition", "rank", "rowNumber", "using"),
  ...opaque("whereNot", "andWhereNot", "whereRaw", "andWhereRaw", "whereExists", "whereNotExists", "whereColumn", "modify", "whereJsonPath", "whereJsonObject"),
  ...alternatives("orWhere", "orWhereIn", "orWhereNot", "orWhereNull", "orWhereNotNull", "orWhereRaw", "orWhereLike", "orWhereILike", "orWhereNotIn", "orWhereExists"),
  ...compares("in", "whereIn", "andWhereIn"),
  ...compares("notIn", "whereNotIn"),
  ...compares("isNull", "whereNull"),
  ...compares("isNotNull", "whereNotNull"),
  ...compares("between", "whereBetween", "andWhereBetween"),
  ...compares("notBetween", "whereNotBetween"),
  ...compares("like", "whereLike", "whereILike", "andWhereLike", "andWhereILike"),
  where,
  andWhere: where,
  from: { model: "0" },
  into: { model: "0" },
  table: { model: "0" },
  limit: { limit: "0" },
  first: { one: true },
  count: { kind: "count" },
  countDistinct: { kind: "count" },
  min: { kind: "aggregate" },
  max: { kind: "aggregate" },
  sum: { kind: "aggregate" },
  avg: { kind: "aggregate" },
  insert: { kind: "create", data: "0" },
  upsert: { kind: "upsert", data: "0" },
  merge: { kind: "upsert" },
  update: { kind: "update-many", data: "0" },
  increment: { kind: "update-many" },
  decrement: { kind: "update-many" },
  del: { kind: "delete-many" },
  delete: { kind: "delete-many" },
  truncate: { kind: "delete-many" },
  transacting: { joins: "0" },
  asCallback: { runs: true },
  stream: { runs: true },
};

/** Whichever word comes first, a write says so itself. By `on` a client is listened to: https://knexjs.org/guide/interfaces.html#events */
const beginning: Record<string, Word> = Object.fromEntries(
  Object.entries(builder).flatMap(([name, word]) => (word.runs || name === "on" ? [] : [[name, { kind: word.one ? "read-one" : "read-many", ...word } satisfies Word]])),
);

export const knex: Orm = {
  name: "Knex",
  parts: {
    db: {
      from: { knex: ["default()", "knex()", "Knex()", "Knex.Transaction()", "default.Knex()"] },
      leadsTo: { "(#)": "builder", "withSchema()": "db", "queryBuilder()": "builder", "transaction(0)": "db", "transaction()": "db", "transactionProvider()()": "db" },
      operations: {
        ...beginning,
        raw: { kind: "raw", sql: { text: "0", values: "1" } },
        batchInsert: { kind: "create-many", model: "0", data: "1", runs: true },
      },
      clauses: builder,
      anyOrder: true,
    },
    builder: { from: { knex: ["Knex.QueryBuilder()"] }, operations: beginning, clauses: builder, anyOrder: true, mutable: true },
  },
  conditions: { and: [], or: [], not: [], through: [], without: [], compare: [], equal: ["="] },
  runs: "when-awaited",
  failure: "rejects",
  commonWords: true,
  transactions: [
    { as: "callback", on: ["db"], path: "transaction" },
    { as: "region", on: ["db"], begin: "transaction", end: ["commit", "rollback"], handle: "result" },
  ],
  handleTypes: { knex: ["Knex.Transaction()"] },
  among: '.whereIn("{column}", …)',
  atomic: "Run both in `knex.transaction(async (trx) => …)`.",
  source: [
    "https://knexjs.org/guide/query-builder.html",
    "https://knexjs.org/guide/transactions.html",
    "https://knexjs.org/guide/interfaces.html",
    "https://knexjs.org/guide/raw.html",
  ],
};
