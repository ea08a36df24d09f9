import { describe, expect, test } from "vitest";

import type { Schema, Table } from "../../../src/semantics/schema/model.js";
import { schemaOf } from "../../../src/semantics/schema/tables.js";
import { makeProject, type Files } from "../../support/project.js";

const customer = `import mongoose, { Schema } from "mongoose";

const statuses = ["open", "closed"];

const address = new Schema({ city: String, email: String });

const customerSchema = new Schema(
  {
    email: { type: String, required: [true, "say where"], unique: true, lowercase: true },
    name: { first: String, type: { type: String } },
    tier: { type: String, enum: statuses, default: "open", index: true },
    visits: Number,
    credit: mongoose.Types.Decimal128,
    tags: [String],
    address,
    notes: [{ text: String, at: Date }],
    extra: Schema.Types.Mixed,
    anything: { type: Object },
    born: { type: Date, required: function () { return true; } },
    friends: [{ type: mongoose.Schema.Types.ObjectId, ref: "Customer" }],
    team: { type: Schema.Types.ObjectId, ref: "Team", required: true },
  },
  { timestamps: { createdAt: "made_at", updatedAt: false } },
);

customerSchema.index({ tier: 1, visits: -1 });
customerSchema.index({ "name.first": 1, team: 1 }, { unique: true, partialFilterExpression: { tier: "open" } });
customerSchema.methods.greet = function () {};

export const Customer = mongoose.models.Customer || mongoose.model("Customer", customerSchema);
`;

const team = `const mongoose = require("mongoose");

const schema = mongoose.Schema;
module.exports = mongoose.model("Team", new mongoose.Schema({ _id: String, title: { type: "String" } }, { collection: "all_teams" }));
`;

function read(files: Files): Schema {
  const schema = schemaOf(makeProject({ "package.json": { name: "shop", dependencies: { mongoose: "^8.0.0" } }, ...files }).open("src/app.ts"));
  if (!schema) throw new Error("no schema");
  return schema;
}

const called = (name: string, { tables }: Schema): Table => {
  const found = tables.find((table) => table.name === name);
  if (!found) throw new Error(`no ${name}`);
  return found;
};

describe("tables of documents", () => {
  const whole = (): Schema => read({ "src/models/customer.ts": customer, "src/models/team.js": team });

  test("have fields, and those that come by themselves", () => {
    const customers = called("customers", whole());
    expect(customers.columns.map(({ name, type, family, isNullable, isList, isShaped = false }) => [name, type, family, isNullable, isList, isShaped])).toEqual([
      ["_id", "ObjectId", "other", false, false, false],
      ["email", "String", "text", false, false, false],
      ["name", "Object", "json", true, false, true],
      ["tier", "String", "text", true, false, false],
      ["visits", "Number", "other", true, false, false],
      ["credit", "Decimal128", "decimal", true, false, false],
      ["tags", "String", "text", true, true, false],
      ["address", "Object", "json", true, false, true],
      ["notes", "Object", "json", true, true, true],
      ["extra", "Mixed", "json", true, false, false],
      ["anything", "Object", "json", true, false, false],
      ["born", "Date", "time", true, false, false],
      ["friends", "ObjectId", "other", true, true, false],
      ["team", "ObjectId", "other", false, false, false],
      ["made_at", "Date", "time", false, false, false],
    ]);
    expect(customers.columns[3]).toMatchObject({ default: "open" });
    expect(customers).toMatchObject({ model: "Customer", isComplete: true, holdsDocuments: true, declaredWith: "mongoose", primaryKey: { columns: ["_id"] } });
  });

  test("have keys, by field and by call", () => {
    const customers = called("customers", whole());
    expect(customers.uniques).toMatchObject([
      { columns: ["email"], isPartial: false },
      { columns: ["name.first", "team"], isPartial: true },
    ]);
    expect(customers.indexes).toMatchObject([{ columns: ["tier"] }, { columns: ["tier", "visits"] }]);
    expect(customers.foreignKeys).toMatchObject([
      { columns: ["friends"], table: "customers", targets: ["_id"] },
      { columns: ["team"], table: "all_teams", targets: ["_id"] },
    ]);
  });

  test("are called what the collection is", () => {
    const schema = whole();
    const teams = called("all_teams", schema);
    expect(teams.columns.map(({ name, type, isGenerated }) => [name, type, isGenerated])).toEqual([
      ["_id", "String", false],
      ["title", "String", false],
    ]);
    expect(schema.dialect).toBe("mongodb");
  });

  test("have their places", () => {
    const customers = called("customers", whole());
    const { at, whole: field } = customers.columns[1] ?? {};
    expect(at && customer.slice(...at.range)).toBe("email");
    expect(field && customer.slice(...field.range)).toContain("lowercase: true }");
    expect(customer.slice(...customers.at.range)).toBe('"Customer"');
  });

  test.each([
    ["a plugin", "const s = new Schema({ email: String }); s.plugin(audit); model('User', s);"],
    ["fields that come from elsewhere", "const s = new Schema({ ...own, email: String }); model('User', s);"],
    ["options of a field that come from elsewhere", "model('User', new Schema({ email: { type: String, ...own } }));"],
    ["options that come from elsewhere", "model('User', new Schema({ email: String }, options()));"],
    ["an index of fields that come from elsewhere", "const s = new Schema({ email: String }); s.index(fields); model('User', s);"],
  ])("are not all known: %s", (_name, text) => {
    expect(called("users", read({ "src/user.ts": `import { model, Schema } from "mongoose";\n${text}` }))).toMatchObject({ isComplete: false });
  });

  test.each([
    ["a document in a document", 'import { model, Schema } from "mongoose";\nexport const inner = new Schema({ city: String });\nconst b = model("B", new Schema({ a: String }));'],
    ["somebody else's schema", 'import { model, Schema } from "mongoose";\nimport { Schema as Other } from "./schema";\nconst b = model("B", new Schema({ a: String }));\nmodel("A", new Other({ a: String }));'],
    ["half typed", 'import { model, Schema } from "mongoose";\nconst b = model("B", new Schema({ a: String }));\nconst c = model("C", new Schema());'],
  ])("are none: %s", (_name, text) => expect(read({ "src/b.ts": text }).tables.map(({ name }) => name)).toEqual(["bs"]));
});
