import * as parser from "@typescript-eslint/parser";
import { Linter, type Rule } from "eslint";
import { describe, expect, it } from "vitest";

import { callsIn, callsNamed, functionsIn, hasCallsNamed, throwsIn } from "../../src/syntax/nodes.js";
import type { Source } from "../../src/syntax/source.js";
import { openText } from "../support/source.js";

const code = `
export const placeOrder = async (cart: Cart) => {
  const rows = await db.order.create({ data: cart.lines.map((line) => toRow(line)) });
  if (!rows) throw new Error(\`no \${kind(cart)}\`);
  return sql\`SELECT \${id(rows)}\`;
};
function toRow(line: Line) {
  log.info(line);
  return db["order"].create(line);
}
`;

const textOf = (source: Source, { range }: { range: readonly [number, number] }): string => source.text.slice(...range).replace(/\s+/g, " ");

/** The source as ESLint hands it to a rule. */
function linted(text: string): Source {
  const seen: Source[] = [];
  const look: Rule.RuleModule = { create: ({ sourceCode }) => ({ Program: () => void seen.push(sourceCode as unknown as Source) }) };
  new Linter().verify(text, [{ files: ["**/*.ts"], languageOptions: { parser }, plugins: { test: { rules: { look } } }, rules: { "test/look": "error" } }], { filename: "a.ts" });
  const [source] = seen;
  if (!source) throw new Error("no rule has seen the file");
  return source;
}

describe.each([
  ["a module that was parsed by ourselves", openText],
  ["a file that ESLint lints", linted],
])("in %s", (_, open) => {
  it("calls and tagged templates come in the order of the text, the outer first", () => {
    const source = open(code);
    expect(callsIn(source).map((node) => textOf(source, node).slice(0, 16))).toEqual([
      "db.order.create(",
      "cart.lines.map((",
      "toRow(line)",
      "kind(cart)",
      "sql`SELECT ${id(",
      "id(rows)",
      "log.info(line)",
      'db["order"].crea',
    ]);
  });

  it("functions and throws are found", () => {
    const source = open(code);
    expect(functionsIn(source).map(({ type }) => type)).toEqual(["ArrowFunctionExpression", "ArrowFunctionExpression", "FunctionDeclaration"]);
    expect(throwsIn(source)).toHaveLength(1);
  });

  it("calls by name keep their order, and a name is asked about once", () => {
    const source = open(code);
    const asked: string[] = [];
    const wanted = new Set(["create", "info", "sql"]);
    const found = callsNamed(source, (name) => {
      asked.push(name);
      return wanted.has(name);
    });
    expect(found.map((node) => textOf(source, node).slice(0, 8))).toEqual(["db.order", "sql`SELE", "log.info", 'db["orde']);
    expect(asked.sort()).toEqual(["create", "id", "info", "kind", "map", "sql", "toRow"]);
  });

  it("it is told whether there are so many calls by a name", () => {
    const source = open(code);
    const isCreate = (name: string): boolean => name === "create";
    expect([1, 2, 3].map((least) => hasCallsNamed(source, isCreate, least))).toEqual([true, true, false]);
    expect(hasCallsNamed(source, (name) => name === "delete")).toBe(false);
  });
});

