import type { TSESTree } from "@typescript-eslint/utils";

import { soleValueOf, variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { unwrap } from "../../syntax/value.js";
import { enclosingFunction, type FunctionNode, isFunction } from "../../syntax/walk.js";
import { nameOf } from "../calls/http-calls.js";
import { ignoresPromises, mayIgnorePromises } from "./promise-consumers.js";
import { chainOf, type Risk, riskOf } from "./rejections.js";

/** A function whose promise is thrown away by whatever runs it, and may reject. */
export interface LostCallback {
  readonly fn: FunctionNode;
  /** What runs it, as its author wrote it; `null` for a function that is called on the spot. */
  readonly consumer: string | null;
  /** The node that tells of it. */
  readonly at: TSESTree.Node;
  readonly risk: Risk;
}

/** The function that an argument is: written in place, or the one behind a name of this file. */
export function functionOf(argument: TSESTree.Node, source: Source): FunctionNode | null {
  const inner = unwrap(argument);
  if (isFunction(inner)) return inner;
  const variable = inner.type === "Identifier" ? variableOf(inner, source) : null;
  const definition = variable?.defs.length === 1 ? variable.defs[0] : undefined;
  const value = definition?.type === "FunctionName" ? definition.node : variable && soleValueOf(variable);
  return isFunction(value) ? value : null;
}

/** Whether a function gives back a promise: it says so itself, or it is no more than a call. */
const mayGivePromise = (fn: FunctionNode): boolean => !fn.generator && (fn.async || (fn.body.type !== "BlockStatement" && unwrap(fn.body).type === "CallExpression"));

function calledOnTheSpot(call: TSESTree.CallExpression, source: Source): LostCallback | null {
  const fn = unwrap(call.callee);
  if (!isFunction(fn) || !fn.async || enclosingFunction(call) === null) return null;
  const chain = chainOf(call);
  const risk = chain.caught || chain.fate !== "dropped" ? null : riskOf(fn, source);
  return risk && { fn, consumer: null, at: fn, risk };
}

function handedOver(call: TSESTree.CallExpression, source: Source): LostCallback | null {
  if (!mayIgnorePromises(call)) return null;
  for (const argument of call.arguments) {
    const fn = functionOf(argument, source);
    if (!fn || !mayGivePromise(fn) || !ignoresPromises(call, source)) continue;
    const risk = riskOf(fn, source);
    if (risk) return { fn, consumer: nameOf(call.callee, source), at: call.callee, risk };
  }
  return null;
}

/** The callback of a call, or the function called by it, whose promise nothing takes and which may well reject. */
export const lostCallbackAt = (node: TSESTree.Node, source: Source): LostCallback | null =>
  node.type === "CallExpression" ? (calledOnTheSpot(node, source) ?? handedOver(node, source)) : null;
