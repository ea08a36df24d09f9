import { describe, expect, test } from "vitest";

import type { Table } from "../../../src/semantics/schema/model.js";
import { schemaOf } from "../../../src/semantics/schema/tables.js";
import { makeProject } from "../../support/project.js";

function read(text: string): readonly Table[] {
  const manifest = { name: "shop", dependencies: { mongoose: "^8.0.0", "@nestjs/mongoose": "^11.0.0" } };
  return schemaOf(makeProject({ "package.json": manifest, "src/customer.schema.ts": text }).open("src/app.ts"))?.tables ?? [];
}

const customer = `import { Prop, Schema, SchemaFactory } from "@nestjs/mongoose";
import mongoose, { Document, HydratedDocument } from "mongoose";

export type CustomerDocument = HydratedDocument<Customer>;

@Schema({ timestamps: true, collection: "people" })
export class Customer extends Document {
  @Prop({ required: true, unique: true, lowercase: true })
  email: string;

  @Prop()
  name?: string;

  @Prop(String)
  note: string;

  @Prop([String])
  tags: string[];

  @Prop({ type: mongoose.Schema.Types.ObjectId, ref: "Team", index: true })
  team: string;

  @Prop({ default: Date.now })
  createdAt: Date;

  @Prop({ type: Object })
  extra: Record<string, unknown>;

  score: number;
}

export const CustomerSchema = SchemaFactory.createForClass(Customer);
CustomerSchema.index({ name: 1, team: 1 }, { unique: true });
`;

describe("documents that are classes", () => {
  test("have fields and keys", () => {
    const [table, ...others] = read(customer);
    expect(others).toEqual([]);
    expect(table).toMatchObject({ name: "people", model: "Customer", holdsDocuments: true, isComplete: true });
    expect(table?.columns.map(({ name, family, isNullable, isList, default: value }) => [name, family, isNullable, isList, value])).toEqual([
      ["_id", "other", false, false, null],
      ["email", "text", false, false, null],
      ["name", "text", true, false, null],
      ["note", "text", true, false, null],
      ["tags", "text", true, true, null],
      ["team", "other", true, false, null],
      ["createdAt", "time", true, false, "Date.now"],
      ["extra", "json", true, false, null],
      ["updatedAt", "time", false, false, null],
    ]);
    expect(table?.uniques.map(({ columns }) => columns)).toEqual([["email"], ["name", "team"]]);
    expect(table?.indexes.map(({ columns }) => columns)).toEqual([["team"]]);
    expect(table?.foreignKeys).toMatchObject([{ columns: ["team"], table: "Team" }]);
    expect(table && customer.slice(...(table.columns[1]?.at.range ?? [0, 0]))).toBe("email");
  });

  test.each([
    ["a part of other documents", customer.replace('timestamps: true, collection: "people"', "_id: false")],
    ["a class that no schema is made of", customer.replace("createForClass(Customer)", "createForClass(other)")],
    ["somebody else's factory", customer.replace('SchemaFactory } from "@nestjs/mongoose"', 'SchemaFactory } from "./own"').replaceAll("mongoose", "mongoose")],
  ])("are none: %s", (_name, text) => expect(read(text)).toEqual([]));

  test.each([
    ["a base class that nobody knows", customer.replace("extends Document", "extends Base")],
    ["options that come from elsewhere", customer.replace('{ timestamps: true, collection: "people" }', "options")],
    ["a plugin", `${customer}CustomerSchema.plugin(unique);\n`],
  ])("are not known to be whole: %s", (_name, text) => expect(read(text)[0]).toMatchObject({ model: "Customer", isComplete: false }));
});
