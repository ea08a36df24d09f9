import type { TSESTree } from "@typescript-eslint/utils";

import { subqueryName } from "../../knowledge/lists.js";
import type { Source } from "../../syntax/source.js";
import { memberName, outermost } from "../../syntax/value.js";
import { isFunction } from "../../syntax/walk.js";
import { type Query, queryAt } from "./queries.js";

/** The call that goes on from an expression, and the name of what is called. */
function nextCall(node: TSESTree.Node): { readonly name: string | null; readonly call: TSESTree.CallExpression } | null {
  const member = outermost(node).parent;
  if (member?.type !== "MemberExpression" || member.object !== outermost(node)) return null;
  const call = outermost(member).parent;
  return call?.type === "CallExpression" && call.callee === outermost(member) ? { name: memberName(member), call } : null;
}

/** The last call of the chain that an expression begins. */
const endOfChain = (node: TSESTree.Node): TSESTree.Node => {
  const next = nextCall(node);
  return next ? endOfChain(next.call) : node;
};

function isNamed(node: TSESTree.Node): boolean {
  const next = nextCall(node);
  return next !== null && (next.name === subqueryName || isNamed(next.call));
}

/** The call that a builder is handed to: by itself, or by a callback that gives back what it builds (`.where((eb) => eb.exists(…))`). */
function callAround(node: TSESTree.Node): TSESTree.CallExpression | null {
  const { parent } = outermost(node);
  const given = isFunction(parent) && parent.body === outermost(node) && !parent.async ? parent : node;
  const call = outermost(given).parent;
  return call?.type === "CallExpression" && call.callee !== outermost(given) ? call : null;
}

/** Whether a query is a part of another one, by its name there or by where it is handed to: its rows do not come to the app. */
export function isSubquery({ node }: Query, source: Source): boolean {
  if (isNamed(node)) return true;
  for (let call = callAround(node); call; ) {
    const end = endOfChain(call);
    if (queryAt(end, source)) return true;
    call = callAround(end);
  }
  return false;
}
