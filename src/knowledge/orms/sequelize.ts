import type { Orm, Part, Word } from "../orms.js";

const where = { as: "object", at: "0.where" } as const;

/** What a class of rows can be asked for. Options, the transaction among them, are given last. */
const model: Record<string, Word> = {
  findAll: { kind: "read-many", filter: where, limit: "0.limit", options: 0 },
  findAndCountAll: { kind: "read-many", filter: where, limit: "0.limit", options: 0 },
  findOne: { kind: "read-one", filter: where, options: 0, gives: "record" },
  findByPk: { kind: "read-one", filter: { as: "object", at: "0", bare: "id" }, options: 1, gives: "record" },
  findOrCreate: { kind: "upsert", filter: where, data: "0.defaults", options: 0 },
  findCreateFind: { kind: "upsert", filter: where, data: "0.defaults", options: 0 },
  findOrBuild: { kind: "read-one", filter: where, options: 0 },
  count: { kind: "count", filter: where, options: 0 },
  sum: { kind: "aggregate", filter: { as: "object", at: "1.where" }, options: 1 },
  min: { kind: "aggregate", filter: { as: "object", at: "1.where" }, options: 1 },
  max: { kind: "aggregate", filter: { as: "object", at: "1.where" }, options: 1 },
  create: { kind: "create", data: "0", options: 1, gives: "record" },
  bulkCreate: { kind: "create-many", data: "0", options: 1 },
  update: { kind: "update-many", filter: { as: "object", at: "1.where" }, data: "0", limit: "1.limit", options: 1 },
  upsert: { kind: "upsert", data: "0", options: 1 },
  destroy: { kind: "delete-many", filter: where, limit: "0.limit", options: 0 },
  truncate: { kind: "delete-many", options: 0 },
  restore: { kind: "update-many", filter: where, options: 0 },
  increment: { kind: "update-many", filter: { as: "object", at: "1.where" }, options: 1 },
  decrement: { kind: "update-many", filter: { as: "object", at: "1.where" }, options: 1 },
  build: { builds: "0", gives: "record" },
};

const record: Record<string, Word> = {
  save: { kind: "save", options: 0 },
  update: { kind: "update", data: "0", options: 1 },
  destroy: { kind: "delete", options: 0 },
  restore: { kind: "update", options: 0 },
  reload: { kind: "read-one", options: 0 },
  increment: { kind: "update", options: 1 },
  decrement: { kind: "update", options: 1 },
};

const leads: Part["leadsTo"] = { "scope()": "model", "unscoped()": "model", "schema()": "model", "()": "record" };

export const sequelize: Orm = {
  name: "Sequelize",
  parts: {
    connection: {
      from: { sequelize: ["Sequelize()", "default()"], "sequelize-typescript": ["Sequelize()"], "@sequelize/core": ["Sequelize()"] },
      leadsTo: { "define(#)": "model", "model(#)": "model", "models.#": "model", "transaction()": "handle", "transaction(0)": "handle", "startUnmanagedTransaction()": "handle" },
      operations: { query: { kind: "raw", sql: { text: "0", values: "1.replacements" }, options: 1 } },
    },
    handle: { from: { sequelize: ["Transaction()"], "@sequelize/core": ["Transaction()"] } },
    model: {
      from: { sequelize: ["Model", "ModelStatic<#>()", "ModelCtor<#>()"], "sequelize-typescript": ["Model", "ModelCtor<#>()", "Repository<#>()"], "@sequelize/core": ["Model", "ModelStatic<#>()"] },
      leadsTo: leads,
      operations: model,
    },
    record: {
      from: { sequelize: ["Model()"], "sequelize-typescript": ["Model()"], "@sequelize/core": ["Model()"] },
      leadsTo: { "then(0)": "record" },
      operations: record,
      row: true,
    },
  },
  conditions: {
    and: ["and"],
    or: ["or"],
    not: ["not"],
    through: [],
    without: [],
    compare: [
      ...["eq", "ne", "is", "not", "gt", "gte", "lt", "lte", "between", "notBetween", "in", "notIn", "like", "notLike", "iLike", "notILike", "startsWith"],
      ...["endsWith", "substring", "regexp", "notRegexp", "iRegexp", "notIRegexp", "contains", "contained", "overlap", "any", "match", "col"],
    ],
    equal: ["eq"],
    symbols: "Op",
  },
  runs: "at-once",
  failure: "rejects",
  commonWords: true,
  transactions: [
    { as: "callback", on: ["connection"], path: "transaction", option: "transaction", unless: /\buseCLS\s*\(/ },
    { as: "region", on: ["connection"], begin: "transaction", end: ["commit", "rollback"], handle: "result", option: "transaction", unless: /\buseCLS\s*\(/ },
  ],
  among: "where: { {column}: […] }",
  atomic: "Run both in `sequelize.transaction(async (transaction) => …)`, and give each `{ transaction }`.",
  source: [
    "https://sequelize.org/docs/v6/core-concepts/model-querying-basics/",
    "https://sequelize.org/docs/v6/core-concepts/model-querying-finders/",
    "https://sequelize.org/docs/v6/core-concepts/model-instances/",
    "https://sequelize.org/docs/v6/other-topics/transactions/",
    "https://sequelize.org/docs/v6/core-concepts/raw-queries/",
    "https://www.npmjs.com/package/sequelize-typescript",
  ],
};
