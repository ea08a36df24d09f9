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
  return contains(resolveConst(node, source), source, (part) => {
    const value = part.type === "Identifier" ? resolveConst(part, source) : part;
    const hasFallback = part.parent?.type === "LogicalExpression" && Boolean(stringValue(part.parent.right));
    return !hasFallback && secretName.test(environmentName(value) ?? "");
  });
}

/**
 * Whether only who knows a secret of the app's own comes to a node: the app itself, from its cron jobs and queues. What such a caller
 * is told stays in the house.
 */
export function isBehindSharedSecret(node: TSESTree.Node, source: Source): boolean {
  for (const condition of conditionsAt(node)) {
    if (condition.kind !== "test" || condition.test.type !== "BinaryExpression") continue;
    const { operator, left, right } = condition.test;
    const isEqual = condition.holds ? operator === "===" || operator === "==" : operator === "!==" || operator === "!=";
    if (!isEqual || stringValue(left) !== null || stringValue(right) !== null) continue;
    if (isOfSecret(left, source) !== isOfSecret(right, source)) return true;
  }
  return false;
}
