import type { TSESTree } from "@typescript-eslint/utils";

import { memberName, outermost, unwrap } from "./value.js";

/** The method of `Promise` that a node calls: `all`, `race`, `allSettled`; `null` for anything else. A library's own `Promise` has the same. */
export function promiseMethodOf(node: TSESTree.Node): string | null {
  const callee = node.type === "CallExpression" ? unwrap(node.callee) : null;
  return callee?.type === "MemberExpression" && callee.object.type === "Identifier" && callee.object.name === "Promise" ? memberName(callee) : null;
}

/** The call of such a method that a list is given to: `Promise.all(list)`. */
export function gathererAround(list: TSESTree.Node): { readonly call: TSESTree.CallExpression; readonly method: string } | null {
  const whole = outermost(list);
  const call = whole.parent;
  if (call?.type !== "CallExpression" || call.arguments[0] !== whole) return null;
  const method = promiseMethodOf(call);
  return method === null ? null : { call, method };
}
