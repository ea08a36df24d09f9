import { describe, expect, it } from "vitest";

import { isKnownElsewhere, isSaidToBeLoose } from "../../../src/semantics/schema/unkept.js";
import type { Table } from "../../../src/semantics/schema/model.js";
import { makeProject } from "../../support/project.js";

/** A table and a column of it, where a text has `«…»` around the one and `‹…›` around the other's name. */
function placed(marked: string): boolean {
  const text = marked.replaceAll(/[«»‹›]/g, "");
  const at = (mark: string): number => marked.slice(0, marked.indexOf(mark)).replaceAll(/[«»‹›]/g, "").length;
  const project = makeProject({ "schema.prisma": text });
  const file = project.path("schema.prisma");
  const columns = [{ whole: { file, range: [at("«"), at("»")] } }];
  const table = { at: { file, range: [at("‹"), at("›")] }, columns } as unknown as Table;
  try {
    return isSaidToBeLoose(table);
  } finally {
    project.remove();
  }
}

describe("a column that is to have no foreign key", () => {
  it.each([
    ["beside it", "model ‹Line› {\n  id String @id\n  «orderId String» // no fk constraint: orders are archived\n}"],
    ["above it", "model ‹Line› {\n  id String @id\n  /// scalar FK, the orders live in another database\n  «orderId String»\n}"],
    ["above its table", "// These rows have no foreign keys.\nmodel ‹Line› {\n  «orderId String»\n}"],
  ])("%s", (_, text) => expect(placed(text)).toBe(true));

  it.each([
    ["nothing is said", "model ‹Line› {\n  «orderId String»\n}"],
    ["it is said of a column of another table", "model ‹Line› {\n  userId String // no foreign key\n\n  «orderId String»\n}"],
    ["something else is said", "model ‹Line› {\n  // the order it belongs to\n  «orderId String»\n}"],
  ])("not where %s", (_, text) => expect(placed(text)).toBe(false));
});

it("rows that another service counts as well", () => {
  const table = (...fields: string[]): Table => ({ columns: fields.map((field) => ({ field })) }) as unknown as Table;
  expect(isKnownElsewhere(table("id", "gmailLabelId"), "label")).toBe(true);
  expect(isKnownElsewhere(table("id", "name"), "label")).toBe(false);
  expect(isKnownElsewhere(table("id", "labelId"), "label")).toBe(false);
});
