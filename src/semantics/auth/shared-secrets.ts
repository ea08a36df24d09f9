import type { TSESTree } from "@typescript-eslint/utils";

import { conditionsAt } from "../../syntax/conditions.js";
import type { Source } from "../../syntax/source.js";
import { keyName, memberName, resolveConst, stringValue, unwrap } from "../../syntax/value.js";
import { contains } from "../../syntax/walk.js";

const secretName = /secret|token|password|(?:^|_)key(?:$|_)|api_?key|service_role/i;

/** The name of the variable that `process.env.X`, `env.X` or `Deno.env.get("X")` reads. */
function environmentName(node: TSESTree.Node): string | null {
  if (node.type === "MemberExpression") return isEnvironment(node.object) ? memberName(node) : null;
  if (node.type !== "CallExpression" || node.callee.type !== "MemberExpression") return null;
  return memberName(node.callee) === "get" && isEnvironment(node.callee.object) ? stringValue(node.arguments[0]) : null;
}

const isEnvironment = (node: TSESTree.Node): boolean => {
  const inner = unwrap(node);
  return inner.type === "Identifier" ? inner.name === "env" : inner.type === "MemberExpression" && keyName(inner.property, inner.computed) === "env";
};

/** Whether an expression is made of a secret of the environment: `Bearer ${process.env.CRON_SECRET}`. One with a fallback is none. */
function isOfSecret(node: TSESTree.Node, source: Source): boolean {
  const made = resolveConst(node, source);
  // An address with a secret in it is compared with where something is sent to.
  if (made.type === "TemplateLiteral" && made.quasis.some(({ value }) => value.raw.includes("/"))) return false;
  return contains(made, source, (part) => {
    const value = part.type === "Identifier" ? resolveConst(part, source) : part;
    const hasFallback = part.parent?.type === "LogicalExpression" && Boolean(stringValue(part.parent.right));
    return !hasFallback && secretName.test(environmentName(value) ?? "");
  });
}

/** Whether what was sent is held against a secret of the app's own: `sent === process.env.CRON_SECRET`. */
export function comparesOwnSecret(node: TSESTree.BinaryExpression, source: Source): boolean {
  const { operator, left, right } = node;
  if (!/^[!=]==?$/.test(operator) || [left, right].some((side) => isWrittenOut(side))) return false;
  return isOfSecret(left, source) !== isOfSecret(right, source);
}

/** A text, a number, nothing: no sender has to know it. */
const isWrittenOut = (node: TSESTree.Node): boolean => {
  const inner = unwrap(node);
  return inner.type === "Literal" || stringValue(inner) !== null || (inner.type === "Identifier" && inner.name === "undefined");
};

/**
 * Whether only who knows a secret of the app's own comes to a node: the app itself, from its cron jobs and queues. What such a caller
 * is told stays in the house.
 */
export function isBehindSharedSecret(node: TSESTree.Node, source: Source): boolean {
  for (const condition of conditionsAt(node)) {
    if (condition.kind !== "test" || condition.test.type !== "BinaryExpression") continue;
    const { operator } = condition.test;
    const isEqual = condition.holds ? operator === "===" || operator === "==" : operator === "!==" || operator === "!=";
    if (isEqual && comparesOwnSecret(condition.test, source)) return true;
  }
  return false;
}
