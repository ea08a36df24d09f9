import type { TSESTree } from "@typescript-eslint/utils";
import { describe, expect, it } from "vitest";

import { isAwaited, isConditional, isExclusive, sharedFunction } from "../../../src/semantics/program/one-run.js";
import { find, openText } from "../../support/source.js";

const callOf =
  (name: string) =>
  (node: TSESTree.Node): boolean =>
    node.type === "CallExpression" && node.callee.type === "Identifier" && node.callee.name === name;

function calls(code: string): [first: TSESTree.Node, later: TSESTree.Node] {
  const source = openText(code);
  return [find(source, callOf("first")), find(source, callOf("later"))];
}

describe("two calls in one run of a function", () => {
  it.each([
    "async function f() { await first(); await later(); }",
    "async function f() { await first(); for (const a of b) { await later(a); } }",
    "async function f() { await first(); await Promise.all(b.map((a) => later(a))); }",
    "async function f() { await (async () => { await first(); })(); await later(); }",
  ])("%s", (code) => expect(sharedFunction(...calls(code))).not.toBeNull());

  it.each([
    "async function f() { await first(); } async function g() { await later(); }",
    "async function f() { await first(); setTimeout(() => later(), 1); }",
    "async function f() { await first(); router.post('/', () => later()); }",
  ])("not %s", (code) => expect(sharedFunction(...calls(code))).toBeNull());
});

describe("two calls that rule each other out", () => {
  it.each([
    "if (a) { first(); } else { later(); }",
    "function f() { if (a) { first(); return; } later(); }",
    "switch (a) { case 1: first(); break; case 2: later(); }",
    "try { first(); } catch { later(); }",
    "a ? first() : later();",
  ])("%s", (code) => expect(isExclusive(...calls(code))).toBe(true));

  it.each(["first(); later();", "if (a) { first(); } later();", "if (first()) { later(); }", "try { first(); } finally { later(); }"])("not %s", (code) => expect(isExclusive(...calls(code))).toBe(false));
});

it("a call under a condition that another is not under", () => {
  const [first, later] = calls("first(); if (a) { later(); }");
  expect(isConditional(later, first)).toBe(true);
  expect(isConditional(first, later)).toBe(false);
});

describe("a promise that is waited for", () => {
  const waits = (code: string): boolean => {
    const source = openText(code);
    return isAwaited(find(source, callOf("first")));
  };

  it.each(["async () => { await first(); }", "() => first()", "async () => { await Promise.all([first(), other()]); }", "const pending = first();"])("%s", (code) => expect(waits(code)).toBe(true));
  it.each(["() => { first(); }", "queue.push(first());", "() => { first().then(done); }"])("not %s", (code) => expect(waits(code)).toBe(false));
});
