import type { TSESTree } from "@typescript-eslint/utils";
import { describe, expect, it } from "vitest";

import { lastNameOf, memberName, numberValue, outermost, propertyOf, resolveConst, stringValue, unwrap, unwrapAwait } from "../../src/syntax/value.js";
import { find, marked, openText } from "../support/source.js";

const at = (code: string): { node: TSESTree.Node; source: ReturnType<typeof openText> } => {
  const source = openText(code);
  return { node: marked(source), source };
};

describe("unwrap", () => {
  it.each(["a as string", "a!", "a satisfies string", "<string>a", "(a as unknown as string)!"])("takes the types off %s", (code) => {
    expect(unwrap(at(`__(${code})`).node)).toMatchObject({ type: "Identifier", name: "a" });
  });
  it("takes the optional chain off", () => expect(unwrap(at("__(a?.b)").node).type).toBe("MemberExpression"));
  it("leaves await, unless asked", () => {
    const { node } = at("__(await (a as b))");
    expect(unwrap(node).type).toBe("AwaitExpression");
    expect(unwrapAwait(node)).toMatchObject({ type: "Identifier", name: "a" });
  });
  it("has a counterpart", () => {
    const source = openText("const x = (a as unknown)!;");
    expect(outermost(find(source, (node) => node.type === "Identifier" && node.name === "a")).type).toBe("TSNonNullExpression");
  });
});

describe("lastNameOf", () => {
  it.each([
    ["ship", "ship"],
    ["orders.find", "find"],
    ["(orders as Orders)?.find", "find"],
    ["orders['find']", "find"],
    ["orders[name]", ""],
    ["make()", ""],
  ])("of %s is %s", (code, name) => expect(lastNameOf(at(`__(${code})`).node)).toBe(name));
});

describe("stringValue", () => {
  it.each([
    ["'a'", "a"],
    ["`a`", "a"],
    ["'a' as const", "a"],
    ["`a${b}`", null],
    ["1", null],
    ["b", null],
  ])("%s is %s", (code, value) => expect(stringValue(at(`__(${code})`).node)).toBe(value));
  it("of nothing is nothing", () => expect(stringValue(undefined)).toBeNull());
});

describe("memberName", () => {
  it.each([
    ["a.b", "b"],
    ["a['b']", "b"],
    ["a[`b`]", "b"],
    ["a[0]", "0"],
    ["a[b]", null],
  ])("%s reads %s", (code, name) => expect(memberName(at(`__(${code})`).node as TSESTree.MemberExpression)).toBe(name));
});

describe("propertyOf", () => {
  const property = (code: string): unknown => {
    const { node, source } = at(`const base = { b: 2 }, changed = {}, named = { a: 3 }; changed.a = 4; __(${code})`);
    const found = propertyOf(node as TSESTree.ObjectExpression, "a", source);
    return typeof found === "object" && found !== null ? found.type : found;
  };
  it.each([
    ["{ a: 1 }", "Literal"],
    ["{ 'a': b }", "Identifier"],
    ["{ a }", "Identifier"],
    ["{ a() {} }", "FunctionExpression"],
    ["{ b: 1 }", null],
    ["{ ...rest }", "unknown"],
    ["{ a: 1, ...rest }", "unknown"],
    ["{ a: 1, ...(x && { b: 2 }) }", "Literal"],
    ["{ a: 1, ...(x ? {} : { b: 2 }) }", "Literal"],
    ["{ a: 1, ...(x && { a: 2 }) }", "unknown"],
    ["{ a: 1, ...base }", "Literal"],
    ["{ a: 1, ...changed }", "unknown"],
    ["{ a: 1, ...named }", "unknown"],
    ["{ ...(x || undefined) }", "unknown"],
    ["{ ...(x && base) }", null],
    ["{ ...rest, a: 1 }", "Literal"],
    ["{ [key]: 1 }", "unknown"],
  ])("of %s is %s", (code, expected) => expect(property(code)).toBe(expected));
});

describe("resolveConst", () => {
  it("follows const hops", () => expect(resolveConst(...pair("const a = 'x'; const b = a; __(b)"))).toMatchObject({ value: "x" }));
  it("stops at what is written twice", () => expect(resolveConst(...pair("let a = 'x'; a = 'y'; __(a)"))).toMatchObject({ name: "a" }));
  it("stops at a parameter", () => expect(resolveConst(...pair("function f(a) { __(a) }"))).toMatchObject({ name: "a" }));
  it("ends in a circle", () => expect(resolveConst(...pair("const a = b; const b = a; __(a)")).type).toBe("Identifier"));
});

describe("numberValue", () => {
  it.each([
    ["30 * 1000", 30_000],
    ["10_000", 10_000],
    ["-1", -1],
    ["minute / 2 + 1 - 1", 30_000],
    ["x", null],
    ["2 ** 3", null],
    ["'3'", null],
  ])("of %s is %s", (code, value) => expect(numberValue(...pair(`const minute = 60 * 1000; __(${code})`))).toBe(value));
});

function pair(code: string): [TSESTree.Node, ReturnType<typeof openText>] {
  const { node, source } = at(code);
  return [node, source];
}
