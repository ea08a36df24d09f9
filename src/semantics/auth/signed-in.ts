import type { TSESTree } from "@typescript-eslint/utils";

import { conditionsAt } from "../../syntax/conditions.js";
import { variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { unwrap } from "../../syntax/value.js";
import { ancestor, isWithin, walk } from "../../syntax/walk.js";
import { isExclusive } from "../program/one-run.js";
import type { Identity } from "./principals.js";
import { transactionAt } from "../queries/transactions.js";

function mentions(node: TSESTree.Node, variables: Identity["variables"], source: Source): boolean {
  return walk(node, source, (current) => {
    const variable = current.type === "Identifier" ? variableOf(current, source) : null;
    return variable && variables.has(variable) ? "stop" : undefined;
  });
}

/** `redirect("/sign-in")` and its kin do not return. */
const leavesByCall = (node: TSESTree.Node, source: Source): boolean =>
  walk(node, source, (current) =>
    current.type === "CallExpression" && current.callee.type === "Identifier" && /^(?:redirect|permanentRedirect|notFound|unauthorized|forbidden)$/.test(current.callee.name) ? "stop" : undefined,
  );

/** Whether somebody is signed in, when a test comes out one way. */
function saysSignedIn(test: TSESTree.Node, holds: boolean, variables: Identity["variables"], source: Source): boolean {
  const inner = unwrap(test);
  const on = (node: TSESTree.Node, so = holds): boolean => saysSignedIn(node, so, variables, source);
  switch (inner.type) {
    case "UnaryExpression":
      return inner.operator === "!" && on(inner.argument, !holds);
    case "LogicalExpression":
      return inner.operator === (holds ? "&&" : "||") && (on(inner.left) || on(inner.right));
    case "BinaryExpression":
      if (!mentions(inner, variables, source)) return false;
      return holds === (inner.operator === "!==" || inner.operator === "!=" || inner.operator === "in");
    case "Identifier":
    case "MemberExpression":
      return holds && mentions(inner, variables, source);
    default:
      return false;
  }
}

/** Whether a node is only reached by who is signed in. */
export function isBehind(identity: Identity, node: TSESTree.Node, source: Source): boolean {
  const { call, variables, throws } = identity;
  if (call.range[1] > node.range[0]) return false;
  if (throws) return isWithin(node, blockAround(call));
  for (const condition of conditionsAt(node)) if (condition.kind === "test" && saysSignedIn(condition.test, condition.holds, variables, source)) return true;
  for (let current = node; current.parent; current = current.parent) {
    if (current.parent.type !== "BlockStatement") continue;
    for (const statement of current.parent.body) {
      if (statement === current) break;
      if (statement.type === "IfStatement" && leavesByCall(statement.consequent, source) && saysSignedIn(statement.test, false, variables, source)) return true;
    }
  }
  return false;
}

/** The statements among which a node stands, those of a `try` counted to those around. */
function blockAround(node: TSESTree.Node): TSESTree.Node {
  let block = ancestor(node, ({ type }) => type === "BlockStatement" || type === "SwitchCase") ?? node;
  while (block.parent?.type === "TryStatement") block = ancestor(block.parent, ({ type }) => type === "BlockStatement" || type === "SwitchCase") ?? block.parent;
  return block;
}

/** Whether what stands at one place of a handler may decide about a query at another: it is run with it, and not after a write is done. */
export function mayDecide(node: TSESTree.Node, query: TSESTree.Node, isWrite: boolean, source: Source): boolean {
  if (isWithin(node, query) || isWithin(query, node)) return true;
  if (node.range[0] < query.range[0]) return !isExclusive(node, query);
  if (isExclusive(query, node)) return false;
  return !isWrite || transactionAt(query, source) !== null;
}
