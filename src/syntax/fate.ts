import type { TSESTree } from "@typescript-eslint/utils";

import { memberName } from "./value.js";

/**
 * What becomes of a promise or another value: `await` gives it to the code that follows, `.then` and its kin observe it, a variable
 * or field stores it, a call or literal passes it on, or nothing takes it.
 */
export type Fate = "awaited" | "returned" | "chained" | "stored" | "passed" | "dropped";

const observers = new Set(["then", "catch", "finally"]);

/** What becomes of an expression's value, as far as the expression around it tells. */
export function fateOf(node: TSESTree.Node): Fate {
  for (let current = node; ; ) {
    const parent = current.parent;
    switch (parent?.type) {
      case "AwaitExpression":
        return "awaited";
      case "ReturnStatement":
      case "ArrowFunctionExpression":
        return "returned";
      case "MemberExpression":
        return parent.object === current && observers.has(memberName(parent) ?? "") ? "chained" : "passed";
      case "VariableDeclarator":
      case "AssignmentExpression":
      case "PropertyDefinition":
      case "AssignmentPattern":
        return "stored";
      case undefined:
      case "ExpressionStatement":
        return "dropped";
      case "UnaryExpression":
        return parent.operator === "void" ? "dropped" : "passed";
      case "IfStatement":
      case "WhileStatement":
      case "ForStatement":
        return "passed";
      case "ChainExpression":
      case "TSAsExpression":
      case "TSNonNullExpression":
      case "TSSatisfiesExpression":
      case "TSTypeAssertion":
        break;
      case "ConditionalExpression":
        if (parent.test === current) return "passed";
        break;
      case "LogicalExpression":
        if (parent.left === current && parent.operator !== "??" && parent.operator !== "||") return "passed";
        break;
      case "SequenceExpression":
        if (parent.expressions.at(-1) !== current) return "dropped";
        break;
      default:
        return "passed";
    }
    current = parent;
  }
}
