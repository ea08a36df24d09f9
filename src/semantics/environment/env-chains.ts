import type { TSESTree } from "@typescript-eslint/utils";

import { type VariableChain, variableChains } from "../../knowledge/environment.js";
import type { Source } from "../../syntax/source.js";
import { memberName, stringValue, unwrap } from "../../syntax/value.js";
import { isFrom, originOf } from "../program/provenance.js";

/** A variable that a package hands over by a chain of calls: `env.get("PORT").required().asPortNumber()`. */
export interface ChainedRead {
  readonly name: string;
  /** The whole chain. */
  readonly node: TSESTree.CallExpression;
  /** Whether something in it says what becomes of a variable that nobody has set. */
  readonly isSettled: boolean;
}

const chainAt = (call: TSESTree.CallExpression, source: Source): VariableChain | null => {
  const origin = originOf(call.callee, source);
  return origin && (variableChains.find(({ module, starts }) => isFrom(origin, module, starts)) ?? null);
};

/** The read that a call begins which is given the name. */
export function chainedReadAt(call: TSESTree.CallExpression, source: Source): ChainedRead | null {
  const name = stringValue(call.arguments[0]);
  const chain = name === null ? null : chainAt(call, source);
  if (name === null || !chain) return null;
  let isSettled = false;
  for (let whole = call; ; ) {
    const member = whole.parent;
    const method = member.type === "MemberExpression" && member.object === whole ? memberName(member) : null;
    if (method === null || member.parent?.type !== "CallExpression") return null;
    whole = member.parent;
    isSettled ||= chain.settles.includes(method);
    if (chain.ends.test(method)) return { name, node: whole, isSettled };
  }
}

/** The variable that an expression holds by such a chain, where a missing one stops the app or has a value. */
export function settledBy(node: TSESTree.Node, source: Source): string | null {
  for (let call = unwrap(node); call.type === "CallExpression"; call = unwrap(call.callee.object)) {
    const read = chainedReadAt(call, source);
    if (read) return read.isSettled && read.node === unwrap(node) ? read.name : null;
    if (call.callee.type !== "MemberExpression") break;
  }
  return null;
}
