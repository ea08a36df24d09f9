import { describe, expect, it } from "vitest";

import { alwaysLeaves, conditionsAt } from "../../src/syntax/conditions.js";
import { marked, openText } from "../support/source.js";

/** What holds at the mark, nearest first: `a`, `!b`, `x: 1|2`. */
function conditions(code: string): string[] {
  const source = openText(code);
  const text = (node: { range: [number, number] }): string => source.text.slice(...node.range);
  return [...conditionsAt(marked(source))].map((condition) =>
    condition.kind === "test"
      ? `${condition.holds ? "" : "!"}${text(condition.test)}`
      : `${text(condition.subject)}: ${condition.holds ? "" : "!"}${condition.values.map(text).join("|")}`,
  );
}

describe("what holds at a node", () => {
  it.each([
    ["a branch", `if (a) __(x);`, ["a"]],
    ["the other branch", `if (a) b(); else __(x);`, ["!a"]],
    ["nested branches", `if (a) { if (b) { __(x); } }`, ["b", "a"]],
    ["both sides of and", `if (a && !b) __(x);`, ["a", "!b"]],
    ["neither side of or", `if (a || b) c(); else __(x);`, ["!a", "!b"]],
    ["one of two stays whole", `if (a || b) __(x);`, ["a || b"]],
    ["an early exit", `function f() { if (a) return; __(x); }`, ["!a"]],
    ["an early exit in a block", `function f() { if (a) { log(); throw b; } __(x); }`, ["!a"]],
    ["the branch that goes on", `function f() { if (a) {} else { return; } __(x); }`, ["a"]],
    ["exits of a loop", `for (const y of z) { if (a) continue; __(x); }`, ["!a"]],
    ["a branch that comes back", `function f() { if (a) log(); __(x); }`, []],
    ["a later exit", `function f() { __(x); if (a) return; }`, []],
    ["a ternary", `a ? b : __(x);`, ["!a"]],
    ["a short circuit", `a && __(x);`, ["a"]],
    ["a fallback says nothing", `a ?? __(x);`, []],
    ["the test itself", `if (__(x)) b();`, []],
    ["a case", `switch (a) { case 1: __(x); }`, ["a: 1"]],
    ["two cases", `switch (a) { case 1: case 2: __(x); }`, ["a: 2|1"]],
    ["a case after one that ends", `switch (a) { case 1: b(); break; case 2: __(x); }`, ["a: 2"]],
    ["a case that is fallen into", `switch (a) { case 1: b(); case 2: __(x); }`, []],
    ["default", `switch (a) { case 1: break; default: __(x); }`, ["a: !1"]],
    ["through a callback", `if (a) run(() => { __(x); });`, ["a"]],
    ["a loop", `while (a) __(x);`, ["a"]],
  ])("%s", (_, code, expected) => expect(conditions(code)).toEqual(expected));
});

describe("what is never run past", () => {
  it.each([
    ["return;", true],
    ["throw a;", true],
    ["if (a) return; else throw b;", true],
    ["if (a) return;", false],
    ["{ a(); return; }", true],
    ["{}", false],
    ["try { return a(); } catch { throw b; }", true],
    ["try { return a(); } catch { b(); }", false],
    ["try { a(); } finally { return; }", true],
    ["a();", false],
  ])("%s", (code, expected) => {
    const [statement] = openText(`function f() { ${code} }`).ast.body;
    const body = statement?.type === "FunctionDeclaration" ? statement.body.body[0] : null;
    expect(alwaysLeaves(body)).toBe(expected);
  });
});
