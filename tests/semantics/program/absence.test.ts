import { describe, expect, it } from "vitest";

import { pathsOfAbsence } from "../../../src/semantics/program/absence.js";
import { find, openText } from "../../support/source.js";

/** The code that only runs when `row` holds nothing, as it is written. */
function absent(code: string): string[] {
  const source = openText(code);
  const declarator = find(source, (node) => node.type === "VariableDeclarator" && node.id.type === "Identifier" && node.id.name === "row");
  const name = declarator.type === "VariableDeclarator" ? declarator.id : null;
  return name?.type === "Identifier" ? pathsOfAbsence(name, source).map((node) => source.text.slice(...node.range)) : [];
}

const within = (statements: string): string => `async function f() { const row = await load(); ${statements} }`;

describe("what runs only when a row is not there", () => {
  it.each([
    ["a branch for it", `if (!row) { create(); }`, ["{ create(); }"]],
    ["a branch for null", `if (row === null) create();`, ["create();"]],
    ["the other branch of one that wants it", `if (row) { use(); } else { create(); }`, ["{ create(); }"]],
    ["what comes after a way out for there being one", `if (row) return; create();`, ["create();"]],
    ["an empty list", `if (row?.length === 0 || !row) { create(); }`, ["{ create(); }"]],
    ["a constant that is made of it", `const exists = Boolean(row); if (!exists) { create(); }`, ["{ create(); }"]],
    ["a ternary", `return row ? row : create();`, ["create()"]],
    ["with something else that holds anyway", `if (!row && true) create();`, ["create();"]],
  ])("%s", (_, statements, expected) => expect(absent(within(statements))).toEqual(expected));

  it.each([
    ["a way out with an error", `if (!row) return { status: 404 }; use(row);`],
    ["a branch that throws", `if (!row) throw new Error("none");`],
    ["a test of something else", `if (other) { create(); }`],
    ["a test that depends on more than it", `if (!row && wanted) { create(); }`],
    ["no test at all", `use(row);`],
  ])("not %s", (_, statements) => expect(absent(within(statements))).toEqual([]));
});
