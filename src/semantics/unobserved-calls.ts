import type { TSESTree } from "@typescript-eslint/utils";

import type { Source } from "../syntax/source.js";
import { enclosingFunction } from "../syntax/walk.js";
import { type ExternalCall, externalCallAt, rejects, waitsToBeRun } from "./external-calls.js";
import { type Chain, chainOf } from "./rejections.js";

/** A call that leaves the process, whose failure nothing in the program sees. */
export interface UnobservedCall {
  readonly call: ExternalCall;
  readonly chain: Chain;
}

/**
 * The call at a node that leaves the process, if its promise is dropped and nothing observes its rejection. What runs while the module
 * is loaded is left alone: an app that cannot start may end.
 */
export function unobservedCallAt(node: TSESTree.Node, source: Source): UnobservedCall | null {
  if (node.type !== "CallExpression" && node.type !== "TaggedTemplateExpression") return null;
  const chain = chainOf(node);
  if (chain.caught || chain.fate !== "dropped" || enclosingFunction(node) === null) return null;
  const call = externalCallAt(node, source);
  if (!call || !rejects(call, source)) return null;
  return waitsToBeRun(call) && chain.node === node ? null : { call, chain };
}
