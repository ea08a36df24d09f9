import { describe, expect, it } from "vitest";

import { bodyUseOf } from "../../../src/semantics/entries/body-uses.js";
import { marked, openText } from "../../support/source.js";

/** What becomes of the answer in the marked place, which is read as text or as bytes. */
function use(code: string, isOpaque = false): string {
  const source = openText(code);
  const node = marked(source).parent;
  return node ? bodyUseOf(node, isOpaque, source) : "nowhere";
}

const within = (statements: string): string => `async function f(x) { ${statements} }`;

describe("what becomes of an answer", () => {
  it.each([
    ["asked by a field for errors", `const data = await __(x); if (data.error) throw new Error(data.error);`, "tested"],
    ["taken apart with a field for errors", `const { error, rows } = await __(x); show(rows);`, "tested"],
    ["a condition of its own", `if (await __(x)) show();`, "tested"],
    ["parsed", `const order = schema.parse(await __(x)); show(order.id);`, "tested"],
    ["returned", `return __(x);`, "passed"],
    ["handed on", `show(await __(x));`, "passed"],
    ["read by a field", `const data = await __(x); show(data.rows);`, "used"],
    ["put into a text", "const data = await __(x); log(`got ${data}`);", "used"],
    ["gone through", `for (const row of await __(x)) show(row);`, "used"],
    ["read in a callback of then", `__(x).then((data) => show(data.rows));`, "used"],
    ["printed", `console.log(await __(x));`, "printed"],
    ["let go of", `await __(x);`, "dropped"],
    ["kept under a name that nobody reads", `const data = await __(x);`, "dropped"],
  ])("%s", (_, statements, expected) => expect(use(within(statements))).toBe(expected));

  it("and of bytes, which nobody can ask what they are", () => expect(use(within(`return upload(await __(x));`), true)).toBe("used"));
});
