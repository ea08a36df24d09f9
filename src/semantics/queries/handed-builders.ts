import type { TSESTree } from "@typescript-eslint/utils";

import { functionName } from "../../syntax/function-name.js";
import { gathererAround } from "../../syntax/promises.js";
import type { Source } from "../../syntax/source.js";
import { memberName, outermost } from "../../syntax/value.js";
import { enclosingFunction, type FunctionNode, isFunction } from "../../syntax/walk.js";
import { callsOf } from "../program/handed-values.js";
import type { Query } from "./queries.js";

/** The function by a name of its own that gives back what a query has built so far, and sends nothing. */
function giverOf({ node, open }: Query): FunctionNode | null {
  if (!open) return null;
  const value = outermost(node);
  const parent = value.parent;
  const fn = isFunction(parent) && parent.body === value ? parent : parent?.type === "ReturnStatement" ? enclosingFunction(value) : null;
  return fn && !fn.async && !fn.generator && functionName(fn) !== null && !isOfOptions(fn) ? fn : null;
}

/** Whether a library is given the function under a name that is the library's: `useQuery({ queryFn: () => … })`. */
function isOfOptions({ parent }: FunctionNode): boolean {
  const call = parent.type === "Property" ? outermost(parent.parent).parent : null;
  return call?.type === "CallExpression" && call.callee !== parent.parent;
}

/** Whether what a call gives is waited for as it is. */
function isSent(call: TSESTree.CallExpression): boolean {
  const value = outermost(call);
  const parent = value.parent;
  if (parent?.type === "AwaitExpression") return true;
  if (parent?.type === "MemberExpression" && parent.object === value) return /^(?:then|catch|finally)$/.test(memberName(parent) ?? "");
  return parent?.type === "ArrayExpression" && gathererAround(parent) !== null;
}

/** Whether a query is only begun, and those who call the function around it go on with it: as long as nobody is seen to send it as it is. */
export function isLeftToCallers(query: Query, source: Source): boolean {
  const fn = giverOf(query);
  const calls = fn ? callsOf(fn, source) : [];
  return fn !== null && (calls.length === 0 || !calls.every(({ call }) => isSent(call)));
}
