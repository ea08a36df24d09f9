import { expect, test } from "vitest";

import { mutated, mutationsOf, parse, randomFrom, smallest } from "../scripts/support/mutations.js";

const random = randomFrom(1);

function mutants(text: string, kind: string): string[] {
  const tree = parse(text, "a.ts");
  const mutations = tree && mutationsOf(text, tree, random).get(kind);
  return (mutations ?? []).map((mutation) => mutated(text, mutation));
}

test("a piece is taken out, with its comma", () => {
  expect(mutants("run(a, b, c);", "an argument less")).toEqual(["run(b, c);", "run(a, c);", "run(a, b);"]);
  expect(mutants("({ a: 1 });", "a property less")).toEqual(["({  });"]);
  expect(mutants("async () => { await run(); };", "no await")).toEqual(["async () => { run(); };"]);
  expect(mutants("if (a) { run(); }", "an empty body")).toEqual(["if (a) {}"]);
});

test("a piece is moved", () => {
  expect(mutants("a - b;", "operands swapped")).toEqual(["(b) - (a);"]);
  expect(mutants("a(); b();", "truncated")).toEqual(["a();", "a(); b();"]);
});

test("what does not parse is told", () => {
  expect(parse("const = 1;", "a.ts")).toBeNull();
  expect(parse("const a = <div />;", "a.tsx")).not.toBeNull();
});

test("a text is made as small as it gets", () => {
  const text = "start(); function run() { before(); fault(); after(); } run();";
  expect(smallest(text, "a.ts", (candidate) => candidate.includes("fault()")).replaceAll(/\s+/g, " ").trim()).toBe("function run() { fault(); }");
});

test("the seed decides", () => {
  const draw = (seed: number): number[] => Array.from({ length: 3 }, randomFrom(seed));
  expect(draw(1)).toEqual(draw(1));
  expect(draw(1)).not.toEqual(draw(2));
});
