import { describe, expect, it } from "vitest";

import { useOf } from "../../../src/semantics/environment/env-uses.js";
import { memberName } from "../../../src/syntax/value.js";
import { walk } from "../../../src/syntax/walk.js";
import { openText } from "../../support/source.js";

/** What the code makes of `process.env.A`. */
function useIn(code: string): string | null | undefined {
  const source = openText(code);
  let use: string | null | undefined;
  walk(source.ast, source, (node) => {
    if (node.type === "MemberExpression" && memberName(node) === "A") use ??= useOf(node, "A", source);
  });
  return use;
}

describe("what code makes of a variable of the environment", () => {
  it.each([
    `if (!process.env.A) throw new Error("no A");`,
    `if (!process.env.A) { log(); process.exit(1); }`,
    `if (isProduction && !process.env.A) throw new Error("no A");`,
    `if (!process.env.A || !other) throw new Error("no A");`,
    `if (process.env.A === undefined) throw new Error("no A");`,
    `if (process.env.A) { start(process.env.A); } else { throw new Error("no A"); }`,
    `if (typeof process.env.A !== "string") throw new Error("no A");`,
    `if (!process.env.A?.trim()) throw new Error("no A");`,
    `const a = process.env.A; if (!a) throw new Error("no A"); connect(a);`,
    `const a = process.env.A; const isMissing = !a; if (isMissing) throw new Error("no A"); connect(a);`,
    `assert(process.env.A); connect(process.env.A);`,
    `assert.ok(process.env.A, "no A");`,
    `assert.strictEqual(typeof process.env.A === "string", true);`,
    `const a = process.env.A; invariant(typeof a === "string" && a.length > 0, "no A");`,
    `connect(process.env.A ?? fail("no A"));`,
    `send(flag.parse(process.env.A));`,
  ])("stops when there is none: %s", (code) => expect(useIn(code)).toBe("demand"));

  it.each([
    `if (process.env.A) throw new Error("A is no more");`,
    `if (process.env.A === "x") throw new Error("not x");`,
    `if (process.env.A && !other) throw new Error("no other");`,
    `const a = process.env.A; if (!a) return null; connect(a);`,
    `const a = process.env.A; assert(other || a); connect(a);`,
    `connect(process.env.A);`,
  ])("goes on: %s", (code) => expect(useIn(`function f() { ${code} }`)).not.toBe("demand"));

  it.each([
    `send(!!process.env.A);`,
    `if (process.env.A !== undefined) on();`,
    `send({ isSet: process.env.A != null });`,
    `const isOn = other || process.env.A !== ""; `,
    `send(typeof process.env.A === "string");`,
    `const a = process.env.A; if (a) on(); else off(a === undefined);`,
  ])("asks whether there is one: %s", (code) => expect(useIn(code)).toBe("question"));

  it.each([
    `send(given ?? process.env.A);`,
    `send(given || process.env.A || "x");`,
    `send(env.A || process.env.A);`,
    `send(process.env.A ?? env.A);`,
    `given.url ??= process.env.A;`,
    `const send = (a = process.env.A) => a;`,
    `send(given ? given : process.env.A);`,
  ])("takes it where another is missing: %s", (code) => expect(useIn(code)).toBe("last resort"));

  it.each([
    `send(Number(process.env.A));`,
    `send(Number.parseInt(process.env.A, 10));`,
    `send(+process.env.A);`,
    `send(process.env.A === "true");`,
    `send(process.env.A?.trim());`,
  ])("converts it: %s", (code) => expect(useIn(code)).toBe("conversion"));

  it.each([
    `send(process.env.A ?? "x");`,
    `send(process.env.A ?? other.B);`,
    `export const a = process.env.A; if (a) on();`,
    `const a = process.env.A; if (!a) return answer(503); send(a);`,
  ])("says what becomes of none: %s", (code) => expect(useIn(code.includes("return") ? `function f() { ${code} }` : code)).toBe("answered"));

  it.each([
    `send(Number(process.env.A ?? "10"));`,
    `const a = process.env.A; send(a ? Number(a) : undefined);`,
  ])("makes something else of it, or of what stands in its place: %s", (code) => expect(useIn(code)).toBe("converted and answered"));

  it.each([
    `send(process.env.A);`,
    `send(given && process.env.A);`,
    `send(given === process.env.A);`,
    `send(given ? other : process.env.A);`,
    `const a = process.env.A; send(a, Number(a));`,
  ])("none of that: %s", (code) => expect(useIn(code)).toBeNull());
});
