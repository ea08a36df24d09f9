import type { TSESTree } from "@typescript-eslint/utils";
import { describe, expect, it } from "vitest";

import { isGlobal, readsOf, soleValueOf, variableOf } from "../../src/syntax/scope.js";
import { ancestor, contains, enclosingFunction, isFunction, isWithin, walk } from "../../src/syntax/walk.js";
import { find, marked, openText } from "../support/source.js";

const name = (code: string): [TSESTree.Identifier, ReturnType<typeof openText>] => {
  const source = openText(code);
  return [marked(source) as TSESTree.Identifier, source];
};

describe("variables", () => {
  it("are found in the nearest scope that declares them", () => {
    const [node, source] = name("const a = 1; function f(a) { __(a) }");
    expect(variableOf(node, source)?.defs[0]?.type).toBe("Parameter");
  });
  it("are the host's when nothing declares them", () => {
    expect(isGlobal(...name("__(fetch)"))).toBe(true);
    expect(isGlobal(...name("import { fetch } from './http'; __(fetch)"))).toBe(false);
    expect(isGlobal(...name("var fetch; __(fetch)"))).toBe(false);
  });
  it("have one value when they are written once", () => {
    const value = (code: string): unknown => {
      const variable = variableOf(...name(code));
      return variable && soleValueOf(variable)?.type;
    };
    expect(value("const a = f(); __(a)")).toBe("CallExpression");
    expect(value("let a = f(); __(a)")).toBe("CallExpression");
    expect(value("let a = f(); a = g(); __(a)")).toBeUndefined();
    expect(value("const { a } = f(); __(a)")).toBeUndefined();
    expect(value("let a; __(a)")).toBeUndefined();
  });
  it("know where they are read", () => {
    const variable = variableOf(...name("let a = 1; a = 2; __(a); a;"));
    expect(variable && readsOf(variable)).toHaveLength(2);
  });
});

describe("walking", () => {
  const source = openText("function outer() { inner(() => { deep(); }); } after();");
  const called = (callee: string) => (node: TSESTree.Node) => node.type === "CallExpression" && node.callee.type === "Identifier" && node.callee.name === callee;

  it("visits in the order of the source and stops when told", () => {
    const seen: string[] = [];
    walk(source.ast, source, (node) => {
      if (node.type === "Identifier") seen.push(node.name);
      return node.type === "Identifier" && node.name === "deep" ? "stop" : true;
    });
    expect(seen).toEqual(["outer", "inner", "deep"]);
  });
  it("can leave nested functions out", () => {
    const outer = find(source, isFunction);
    expect(contains(outer, source, called("deep"))).toBe(true);
    expect(contains(outer, source, called("deep"), { nestedFunctions: false })).toBe(false);
    expect(contains(outer, source, called("inner"), { nestedFunctions: false })).toBe(true);
  });
  it("knows what a node stands in", () => {
    const deep = find(source, called("deep"));
    expect(enclosingFunction(deep)?.type).toBe("ArrowFunctionExpression");
    expect(ancestor(deep, (node) => node.type === "FunctionDeclaration")).not.toBeNull();
    expect(isWithin(deep, find(source, called("inner")))).toBe(true);
    expect(isWithin(deep, find(source, called("after")))).toBe(false);
    expect(enclosingFunction(find(source, called("after")))).toBeNull();
  });
});
