import type { TSESTree } from "@typescript-eslint/utils";

import { attempts, cleanups } from "../../knowledge/cleanups.js";
import { variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { memberName, outermost, unwrap } from "../../syntax/value.js";
import { ancestor, isFunction, isWithin, walk } from "../../syntax/walk.js";
import type { FailureHandler } from "./failure-handling.js";
import { nameOf } from "../calls/http-calls.js";
import { mutationAt, mutationIn } from "../calls/mutations.js";
import { waitsIn } from "./rejections.js";

/** A failure that nobody hears of: the handler is empty, and nobody says why. */
export interface Silence {
  /** What fails, as its author calls it. */
  readonly call: string;
  /** Whether something is changed outside of the process, and not only looked up. */
  readonly changes: boolean;
}

/** Methods whose failure is nothing to hear of, or is heard of already. */
const unremarkable = new Set([...[...cleanups, ...attempts].flatMap(({ methods }) => methods), "catch", "allSettled"]);

/** Words of a comment that says that a failure is all right. */
const excuses = /ignor|best.?effort|optional|critical|silent|swallow|fail|matter|don't care|even if|fire.and.forget|error|throw/i;

/** Lines above a statement in which a comment is likely to be about it. */
const furthest = 2;

/** Whether a comment stands in a handler or behind it on its last line, or one above the statement speaks of failures. */
function isExplained({ node }: FailureHandler, statement: TSESTree.Node, source: Source): boolean {
  return (source.ast.comments ?? []).some(({ loc, range, value }) => {
    const within = range[0] >= node.range[0] && (range[1] <= node.range[1] || loc.start.line === node.loc.end.line);
    // Above the statement, or above an `if` that it stands in.
    const above = range[0] < node.range[0] && loc.end.line >= statement.loc.start.line - furthest && loc.start.line <= statement.loc.start.line + 1;
    return within || (above && excuses.test(value));
  });
}

/** Whether what follows can tell that a block did not come to its end: by a value that it sets, gives back, or by where it goes on. */
function isNoticed(block: TSESTree.BlockStatement, from: TSESTree.Node, source: Source): boolean {
  return walk(block, source, (node) => {
    if (isFunction(node)) return false;
    if (node.range[1] < from.range[0]) return true;
    if (node.type === "BreakStatement" || node.type === "ContinueStatement") return "stop";
    if (node.type === "ReturnStatement" && node.range[1] >= from.range[1]) return "stop";
    const target = node.type === "AssignmentExpression" ? unwrap(node.left) : node.type === "UpdateExpression" ? unwrap(node.argument) : null;
    if (target?.type === "MemberExpression") return "stop";
    const definition = target?.type === "Identifier" ? variableOf(target, source)?.defs[0]?.name : undefined;
    return target && (!definition || !isWithin(definition, block)) ? "stop" : true;
  });
}

/** Whether something else has failed before: what is done about that must not hide it. */
const isAftermath = (node: TSESTree.Node): boolean =>
  ancestor(node, (around) => around.type === "CatchClause" || (around.parent?.type === "TryStatement" && around.parent.finalizer === around) || (isFunction(around) && isErrorCallback(around))) !== null;

const isErrorCallback = (fn: TSESTree.Node): boolean => {
  const call = outermost(fn).parent;
  return call?.type === "CallExpression" && call.callee.type === "MemberExpression" && memberName(call.callee) === "catch";
};

const isRemarkable = (node: TSESTree.Node): node is TSESTree.CallExpression => {
  if (node.type !== "CallExpression") return false;
  const callee = unwrap(node.callee);
  return callee.type !== "MemberExpression" || !unremarkable.has(memberName(callee) ?? "");
};

function ofBlock(block: TSESTree.BlockStatement, source: Source): Silence | null {
  const mutation = mutationIn(block, source);
  if (mutation && !isNoticed(block, mutation.node, source)) return { call: mutation.name, changes: true };
  // What is given back without an `await` fails elsewhere.
  const awaited = [...waitsIn(block, source)].filter(({ parent }) => parent?.type === "AwaitExpression").map(unwrap);
  const call = awaited.find(isRemarkable);
  return call ? { call: nameOf(unwrap(call.callee), source), changes: false } : null;
}

/** `save().catch(() => {})`: what the promise is of. */
function ofPromise(callback: TSESTree.Node, source: Source): Silence | null {
  const call = outermost(callback).parent;
  if (call?.type !== "CallExpression" || call.callee.type !== "MemberExpression" || memberName(call.callee) !== "catch") return null;
  const promise = unwrap(call.callee.object);
  if (!isRemarkable(promise)) return null;
  const mutation = mutationAt(promise, source);
  return { call: mutation?.name ?? nameOf(unwrap(promise.callee), source), changes: mutation !== null };
}

/** What fails without a trace in an empty handler that nobody has explained; `null` for clean-up, and for what is done about another failure. */
export function silenceOf(handler: FailureHandler, source: Source): Silence | null {
  const { node, body } = handler;
  if (body.type !== "BlockStatement" || body.body.length > 0 || handler.kind === "helper" || handler.kind === "error-handler") return null;
  const statement = node.type === "CatchClause" ? node.parent : ancestor(node, ({ type }) => type.endsWith("Statement") || type === "VariableDeclaration");
  if (!statement || isAftermath(statement) || isExplained(handler, statement, source)) return null;
  if (statement.type !== "TryStatement" || node.type !== "CatchClause") return ofPromise(node, source);
  return statement.finalizer && statement.finalizer.body.some(({ type }) => type === "ReturnStatement") ? null : ofBlock(statement.block, source);
}
