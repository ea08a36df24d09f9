import type { TSESTree } from "@typescript-eslint/utils";

import { laterCallbacks } from "../../knowledge/later-callbacks.js";
import { variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { memberName, outermost, unwrap } from "../../syntax/value.js";
import { enclosingFunction, type FunctionNode } from "../../syntax/walk.js";
import { entryAt } from "../entries/entries.js";
import { nameOf } from "../calls/http-calls.js";
import { originOf } from "../program/provenance.js";
import { isGuarded } from "./rejections.js";

/** An error that is thrown where nothing can catch it: in a callback that is called when the code around it is done. */
export interface StrayThrow {
  /** The call that the callback is given to, as its author wrote it. */
  readonly call: string;
}

const rows = new Map(laterCallbacks.flatMap((row) => row.modules.map((module) => [module, row] as const)));

/** The call that a function is given to as its callback. */
function callGiven(fn: FunctionNode): TSESTree.CallExpression | null {
  const whole = outermost(fn);
  return whole.parent?.type === "CallExpression" && whole.parent.callee !== whole ? whole.parent : null;
}

/** Whether a function belongs to an answer: it stands in a handler, or one of the file calls it. What runs while the app starts may end it. */
function isOfHandler(fn: FunctionNode, source: Source): boolean {
  if (entryAt(fn, source)) return true;
  const name = fn.type === "FunctionDeclaration" ? fn.id : fn.parent.type === "VariableDeclarator" && fn.parent.id.type === "Identifier" ? fn.parent.id : null;
  return name !== null && variableOf(name, source)?.references.some(({ identifier }) => identifier.parent.type === "CallExpression" && identifier.parent.callee === identifier && entryAt(identifier, source) !== null) === true;
}

/** A cheap look at a `throw`, before anything is followed: whether it stands in a callback. */
export function mayBeStray(node: TSESTree.ThrowStatement): boolean {
  const fn = enclosingFunction(node);
  return fn !== null && callGiven(fn) !== null;
}

/** The call whose callback a `throw` of a handler stands in, where nothing catches it there; `null` for any other. */
export function strayThrowAt(node: TSESTree.ThrowStatement, source: Source): StrayThrow | null {
  const fn = enclosingFunction(node);
  const call = fn && callGiven(fn);
  const around = call && enclosingFunction(call);
  if (!call || !around || isGuarded(node)) return null;
  const callee = unwrap(call.callee);
  const origin = originOf(callee, source);
  const row = origin && rows.get(origin.module);
  const method = callee.type === "MemberExpression" ? memberName(callee) : (origin?.steps.at(-1) ?? null);
  if (!row || method === null || method.endsWith("Sync") || (row.calls && !row.calls.includes(method))) return null;
  return isOfHandler(around, source) ? { call: nameOf(callee, source) } : null;
}
