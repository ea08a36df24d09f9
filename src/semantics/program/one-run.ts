import type { TSESTree } from "@typescript-eslint/utils";

import { alwaysLeaves } from "../../syntax/conditions.js";
import { fateOf } from "../../syntax/fate.js";
import { promiseMethodOf } from "../../syntax/promises.js";
import { memberName, outermost, unwrap } from "../../syntax/value.js";
import { enclosingFunction, type FunctionNode, isWithin } from "../../syntax/walk.js";

/** Callbacks that run as part of the function around them, and no later. */
const runsInPlace = new Set(["map", "flatMap", "forEach", "filter", "reduce", "then", "for"]);

/** Whether a function is run where it stands: for each item of a list, or at once. */
function isInPlace(fn: FunctionNode): boolean {
  const value = outermost(fn);
  const call = value.parent;
  if (call?.type !== "CallExpression") return false;
  if (call.callee === value) return isAwaited(call);
  const callee = unwrap(call.callee);
  return callee.type === "MemberExpression" && call.arguments[0] === value && runsInPlace.has(memberName(callee) ?? "");
}

/** Whether code waits for a promise, by itself or in a list of them; a promise that is handed to somebody else may be waited for by nobody. */
export function isAwaited(node: TSESTree.Node): boolean {
  const fate = fateOf(node);
  if (fate !== "passed") return fate !== "dropped" && fate !== "chained";
  const holder = outermost(node).parent;
  if (holder?.type === "ArrayExpression") return isAwaited(holder);
  return holder?.type !== "CallExpression" || promiseMethodOf(holder) !== null;
}

/** The functions that a node runs in, the innermost first, as far as each is run by the next. */
function functionsAround(node: TSESTree.Node): FunctionNode[] {
  const found: FunctionNode[] = [];
  for (let fn = enclosingFunction(node); fn; fn = enclosingFunction(fn)) {
    found.push(fn);
    if (!isInPlace(fn)) break;
  }
  return found;
}

/** The innermost function whose one run both nodes belong to. */
export const sharedFunction = (one: TSESTree.Node, other: TSESTree.Node): FunctionNode | null => {
  const around = functionsAround(other);
  return functionsAround(one).find((fn) => around.includes(fn)) ?? null;
};

/** Whether one of two branches rules the other out, or the first leaves the function before the later is reached. */
export function isExclusive(first: TSESTree.Node, later: TSESTree.Node): boolean {
  let node = first;
  for (; node.parent && !isWithin(later, node.parent); node = node.parent) if (alwaysLeaves(node)) return true;
  const parent: TSESTree.Node | undefined = node.parent;
  switch (parent?.type) {
    case "IfStatement":
    case "ConditionalExpression":
      return node !== parent.test;
    case "SwitchStatement":
      return true;
    case "TryStatement":
      return node === parent.block && parent.handler !== null && isWithin(later, parent.handler);
    default:
      return alwaysLeaves(node);
  }
}

const branches = new Set(["IfStatement", "ConditionalExpression", "LogicalExpression", "SwitchCase"]);

/** Whether a node is reached only under a condition that another node is not. */
export function isConditional(node: TSESTree.Node, other: TSESTree.Node): boolean {
  for (let current = node.parent; current && !isWithin(other, current); current = current.parent) if (branches.has(current.type)) return true;
  return false;
}
