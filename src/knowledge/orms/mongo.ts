import type { Orm, Word } from "../orms.js";

const keeps = (...names: readonly string[]): Record<string, Word> => Object.fromEntries(names.map((name) => [name, {}]));

const filter = { as: "object", at: "0" } as const;
const byId = { as: "object", at: "0", bare: "_id" } as const;

const conditions: Orm["conditions"] = {
  and: ["$and"],
  or: ["$or"],
  not: ["$nor"],
  through: [],
  without: [],
  compare: [
    ...["$eq", "$ne", "$gt", "$gte", "$lt", "$lte", "$in", "$nin", "$not", "$exists", "$type", "$regex", "$options", "$expr", "$mod", "$all", "$elemMatch"],
    ...["$size", "$text", "$geoWithin", "$near", "$nearSphere", "$geoIntersects"],
  ],
  equal: ["$eq"],
  sets: ["$set", "$setOnInsert"],
  changes: ["$inc", "$mul", "$min", "$max", "$push", "$pull", "$pullAll", "$pop", "$addToSet", "$unset", "$rename", "$currentDate", "$bit"],
};

const ends = ["commitTransaction", "abortTransaction"] as const;

const transactions: Orm["transactions"] = [
  { as: "callback", on: ["session"], path: "withTransaction", handle: "object", option: "session", unless: /\btransactionAsyncLocalStorage\b/ },
  { as: "callback", on: ["connection"], path: "transaction", option: "session", unless: /\btransactionAsyncLocalStorage\b/ },
  { as: "region", on: ["session"], begin: "startTransaction", end: ends, handle: "object", option: "session" },
];

const atomic = "Run both in `session.withTransaction(async () => …)`, and give each `{ session }`.";

/** A query that is built by its calls, and sent when it is awaited. */
const query: Record<string, Word> = {
  ...keeps("select", "sort", "skip", "lean", "populate", "slice", "collation", "hint", "batchSize", "comment", "maxTimeMS", "read", "readConcern", "distinct"),
  ...keeps("setOptions", "set", "projection", "transform", "orFail", "setQuery", "allowDiskUse", "tailable", "wtimeout", "w", "j", "writeConcern", "cursor"),
  ...keeps("equals", "gt", "gte", "lt", "lte", "ne", "nin", "all", "exists", "regex", "elemMatch", "size", "mod", "within", "near", "nearSphere", "maxDistance"),
  ...keeps("cache", "merge", "sanitizeProjection", "schemaLevelProjections", "explain", "read", "clone"),
  find: { filter, kind: "read-many" },
  findOne: { filter, kind: "read-one" },
  where: { filter: { as: "text", at: "0" } },
  in: { filter: { as: "text", at: "0" } },
  or: { filter: { as: "text", at: "0" } },
  nor: { filter: { as: "text", at: "0" } },
  and: { filter: { as: "text", at: "0" } },
  limit: { limit: "0" },
  countDocuments: { kind: "count" },
  session: { joins: "0" },
  exec: { runs: true },
};

const aggregate: Record<string, Word> = {
  ...keeps("match", "group", "project", "lookup", "unwind", "sort", "addFields", "facet", "sample", "append", "allowDiskUse", "option", "collation", "hint"),
  ...keeps("read", "readConcern", "count", "replaceRoot", "sortByCount", "unionWith", "graphLookup", "near", "redact", "search", "cursor", "skip"),
};

const model: Record<string, Word> = {
  find: { kind: "read-many", filter, limit: "2.limit", options: 2 },
  findOne: { kind: "read-one", filter, options: 2, gives: "record" },
  findById: { kind: "read-one", filter: byId, options: 2, gives: "record" },
  exists: { kind: "count", filter },
  countDocuments: { kind: "count", filter, options: 1 },
  count: { kind: "count", filter },
  estimatedDocumentCount: { kind: "count" },
  distinct: { kind: "aggregate", filter: { as: "object", at: "1" } },
  aggregate: { kind: "aggregate" },
  create: { kind: "create", data: "0", options: 1, gives: "record", runs: true },
  insertOne: { kind: "create", data: "0", options: 1, runs: true },
  insertMany: { kind: "create-many", data: "0", options: 1, runs: true },
  updateOne: { kind: "update", filter, data: "1", options: 2 },
  updateMany: { kind: "update-many", filter, data: "1", options: 2 },
  replaceOne: { kind: "update", filter, data: "1", options: 2 },
  findOneAndUpdate: { kind: "update", filter, data: "1", options: 2, gives: "record" },
  findByIdAndUpdate: { kind: "update", filter: byId, data: "1", options: 2, gives: "record" },
  findOneAndReplace: { kind: "update", filter, data: "1", options: 2, gives: "record" },
  deleteOne: { kind: "delete", filter, options: 1 },
  deleteMany: { kind: "delete-many", filter, options: 1 },
  findOneAndDelete: { kind: "delete", filter, options: 1 },
  findOneAndRemove: { kind: "delete", filter, options: 1 },
  findByIdAndDelete: { kind: "delete", filter: byId, options: 1 },
  findByIdAndRemove: { kind: "delete", filter: byId, options: 1 },
  remove: { kind: "delete-many", filter },
  update: { kind: "update-many", filter, data: "1", options: 2 },
  bulkWrite: { kind: "other", effect: "write", options: 1, runs: true },
  bulkSave: { kind: "save", data: "0", options: 1, runs: true },
};

export const mongoose: Orm = {
  name: "Mongoose",
  parts: {
    connection: {
      from: { mongoose: ["default", "connection", "createConnection()", "Connection()", "connect()", "Mongoose()"] },
      leadsTo: {
        "model(#)": "model",
        "models.#": "model",
        connection: "connection",
        "createConnection()": "connection",
        "connect()": "connection",
        "useDb()": "connection",
        "asPromise()": "connection",
        "startSession()": "session",
        "transaction(0)": "session",
      },
    },
    session: { from: { mongoose: ["startSession()", "ClientSession()", "mongo.ClientSession()"] } },
    model: {
      from: { mongoose: ["model(#)", "models.#", "Model<#>()", "PaginateModel<#>()"] },
      leadsTo: { "()": "record", "discriminator(#)": "model" },
      operations: model,
      clauses: { ...query, ...Object.fromEntries(Object.entries(aggregate).filter(([name]) => !(name in query))) },
    },
    record: {
      from: { mongoose: ["Document()", "HydratedDocument<#>()"] },
      leadsTo: { "then(0)": "record" },
      operations: { save: { kind: "save", options: 0, runs: true }, deleteOne: { kind: "delete", options: 0, runs: true }, updateOne: { kind: "update", data: "0", options: 1 }, remove: { kind: "delete", options: 0, runs: true } },
      row: true,
    },
  },
  conditions,
  runs: "when-awaited",
  failure: "rejects",
  takesCallbacks: true,
  commonWords: true,
  transactions,
  holdsNoConnection: true,
  rowsRemember: true,
  handleTypes: { mongoose: ["ClientSession()", "mongo.ClientSession()"] },
  among: "{ {column}: { $in: … } }",
  atomic,
  source: [
    "https://mongoosejs.com/docs/queries.html",
    "https://mongoosejs.com/docs/models.html",
    "https://mongoosejs.com/docs/transactions.html",
    "https://mongoosejs.com/docs/api/model.html",
    "https://mongoosejs.com/docs/api/query.html",
    "https://mongoosejs.com/docs/api/aggregate.html",
  ],
};

/** A cursor is read by one of these. */
const cursor: Record<string, Word> = {
  ...keeps("sort", "skip", "project", "map", "filter", "batchSize", "collation", "comment", "hint", "maxTimeMS", "withReadPreference", "allowDiskUse", "addCursorFlag"),
  limit: { limit: "0" },
  toArray: { runs: true },
  next: { runs: true, one: true },
  tryNext: { runs: true, one: true },
  hasNext: { runs: true, one: true },
  forEach: { runs: true },
  stream: { runs: true },
  count: { runs: true, kind: "count" },
  explain: { runs: true },
};

const collection: Record<string, Word> = {
  find: { kind: "read-many", filter, limit: "1.limit", options: 1 },
  aggregate: { kind: "aggregate", options: 1 },
  findOne: { kind: "read-one", filter, options: 1, runs: true },
  countDocuments: { kind: "count", filter, options: 1, runs: true },
  estimatedDocumentCount: { kind: "count", runs: true },
  distinct: { kind: "aggregate", filter: { as: "object", at: "1" }, options: 2, runs: true },
  insertOne: { kind: "create", data: "0", options: 1, runs: true },
  insertMany: { kind: "create-many", data: "0", options: 1, runs: true },
  insert: { kind: "create", data: "0", options: 1, runs: true },
  updateOne: { kind: "update", filter, data: "1", options: 2, runs: true },
  updateMany: { kind: "update-many", filter, data: "1", options: 2, runs: true },
  update: { kind: "update-many", filter, data: "1", options: 2, runs: true },
  replaceOne: { kind: "update", filter, data: "1", options: 2, runs: true },
  findOneAndUpdate: { kind: "update", filter, data: "1", options: 2, runs: true },
  findOneAndReplace: { kind: "update", filter, data: "1", options: 2, runs: true },
  deleteOne: { kind: "delete", filter, options: 1, runs: true },
  deleteMany: { kind: "delete-many", filter, options: 1, runs: true },
  remove: { kind: "delete-many", filter, options: 1, runs: true },
  findOneAndDelete: { kind: "delete", filter, options: 1, runs: true },
  bulkWrite: { kind: "other", effect: "write", options: 1, runs: true },
};

export const mongodb: Orm = {
  name: "MongoDB",
  parts: {
    client: {
      from: { mongodb: ["MongoClient()", "MongoClient.connect()"] },
      leadsTo: { "db()": "db", "connect()": "client", "startSession()": "session", "withSession(0)": "session" },
    },
    db: {
      from: { mongodb: ["Db()"], mongoose: ["connection.db", "mongo.Db()"] },
      leadsTo: { "collection(#)": "collection" },
    },
    session: { from: { mongodb: ["ClientSession()"] } },
    collection: { from: { mongodb: ["Collection<#>()"], mongoose: ["connection.collection(#)"] }, operations: collection, clauses: cursor },
  },
  conditions,
  runs: "when-awaited",
  failure: "rejects",
  takesCallbacks: true,
  commonWords: true,
  transactions,
  holdsNoConnection: true,
  handleTypes: { mongodb: ["ClientSession()"] },
  among: "{ {column}: { $in: … } }",
  atomic,
  source: [
    "https://www.mongodb.com/docs/drivers/node/current/crud/",
    "https://www.mongodb.com/docs/drivers/node/current/crud/query/cursor/",
    "https://www.mongodb.com/docs/drivers/node/current/crud/transactions/",
    // What a transaction has written is not seen outside of it; only behind a load balancer does it keep a connection for itself.
    "https://www.mongodb.com/docs/manual/reference/method/Session.commitTransaction/",
    "https://jira.mongodb.org/browse/DRIVERS-1953",
  ],
};
