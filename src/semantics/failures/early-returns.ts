import type { TSESLint, TSESTree } from "@typescript-eslint/utils";

import { clientErrors } from "../../knowledge/answers.js";
import { commits } from "../../knowledge/commits.js";
import { readsOf, soleValueOf, variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { memberName, outermost, stringValue, unwrap, unwrapAwait } from "../../syntax/value.js";
import { ancestor, contains, enclosingFunction, type FunctionNode, isFunction, walk } from "../../syntax/walk.js";
import { externalCallAt, rejects } from "../calls/external-calls.js";
import { outerFrame } from "../program/frames.js";
import { originOf } from "../program/provenance.js";
import { isDatabaseObject } from "../queries/databases.js";
import { nameOf } from "../calls/http-calls.js";
import { isGuarded, riskOf } from "./rejections.js";
import { responsesAt } from "../entries/responses.js";
import { ownAsyncFunctionOf } from "./unobserved-calls.js";

type Call = TSESTree.CallExpression | TSESTree.TaggedTemplateExpression;

/** A promise that is returned out of a `try` before it is settled, so that what the `try` is there for comes too early or never. */
export interface EarlyReturn {
  readonly call: Call;
  readonly name: string;
  /** What is returned, the calls of `.then` included. */
  readonly promise: TSESTree.Expression;
  /** What the `try` has to say, and does not say in time. */
  readonly misses: "catch" | "finally";
}

/** Whether a `catch` does no more than to throw the same on: it makes no difference. */
function onlyRethrows({ param, body: { body } }: TSESTree.CatchClause): boolean {
  const [only] = body;
  if (body.length !== 1 || only?.type !== "ThrowStatement") return false;
  return param?.type === "Identifier" && only.argument.type === "Identifier" && only.argument.name === param.name;
}

/** Whether a `catch` is about what a client has done wrong: it ends with an answer of 4xx, or an error that becomes one. What else fails must not look like that. */
function blamesClient({ body }: TSESTree.CatchClause, source: Source): boolean {
  const last = body.body.at(-1);
  if (last?.type === "ThrowStatement") return last.argument.type === "NewExpression" && clientErrors.test(nameOf(last.argument.callee, source));
  const answer = last?.type === "ReturnStatement" && last.argument ? unwrapAwait(last.argument) : last?.type === "ExpressionStatement" ? unwrapAwait(last.expression) : null;
  if (answer?.type !== "CallExpression" && answer?.type !== "NewExpression") return false;
  const [response] = responsesAt(answer, outerFrame(answer, source));
  return response !== undefined && typeof response.statuses !== "string" && response.statuses.every((status) => status >= 400 && status < 500);
}

/** Whether a `catch` ends with the call that is returned in the `try`, and does nothing else: what that fails with has been through it, and would run it again. */
function onlyRepeats({ body: { body } }: TSESTree.CatchClause, { argument }: TSESTree.ReturnStatement, source: Source): boolean {
  const last = body.at(-1);
  const [tried, again] = [argument && unwrapAwait(argument), last?.type === "ReturnStatement" && last.argument ? unwrapAwait(last.argument) : null];
  if (tried?.type !== "CallExpression" || again?.type !== "CallExpression") return false;
  return body.every((each) => each === last || each.type === "VariableDeclaration") && source.text.slice(...tried.callee.range) === source.text.slice(...again.callee.range);
}

/** The variables behind an expression: those that it names, and those that these are made of. */
function variablesBehind(node: TSESTree.Node, source: Source, found: Set<TSESLint.Scope.Variable> = new Set()): ReadonlySet<TSESLint.Scope.Variable> {
  walk(node, source, (current) => {
    const variable = current.type === "Identifier" ? variableOf(current, source) : null;
    if (!variable || found.size === found.add(variable).size) return true;
    const value = soleValueOf(variable);
    if (value) variablesBehind(value, source, found);
    return true;
  });
  return found;
}

/** Whether a `finally` does nothing but to let go of a connection, or another part of a database's library, that the function has taken for itself and the returned call does not use. */
function releasesOthers({ body }: TSESTree.BlockStatement, { argument }: TSESTree.ReturnStatement, source: Source): boolean {
  const used = argument ? variablesBehind(argument, source) : new Set();
  return body.every((each) => {
    const call = each.type === "ExpressionStatement" ? unwrapAwait(each.expression) : null;
    const callee = call?.type === "CallExpression" ? unwrap(call.callee) : null;
    const object = callee?.type === "MemberExpression" ? unwrap(callee.object) : null;
    const variable = object?.type === "Identifier" ? variableOf(object, source) : null;
    if (!object || !variable || used.has(variable) || variable.defs[0]?.type !== "Variable" || enclosingFunction(variable.defs[0].node) !== enclosingFunction(each)) return false;
    const origin = originOf(object, source);
    return origin !== null && isDatabaseObject(origin);
  });
}

/**
 * What a return leaves behind of the `try` statements that it stands in: the innermost that makes a difference. Without `source`, a cheap
 * look at what may do so.
 */
function missedAt(statement: TSESTree.ReturnStatement, source?: Source): EarlyReturn["misses"] | null {
  for (let current: TSESTree.Node = statement; current.parent && !isFunction(current.parent); current = current.parent) {
    const parent: TSESTree.Node = current.parent;
    if (parent.type !== "TryStatement" || parent.finalizer === current) continue;
    if (parent.block === current && parent.handler && !onlyRethrows(parent.handler) && !(source && onlyRepeats(parent.handler, statement, source))) return "catch";
    if (parent.finalizer && parent.finalizer.body.length > 0 && !(source && releasesOthers(parent.finalizer, statement, source))) return "finally";
  }
  return null;
}

const committing = new Set(commits.flatMap(({ methods }) => methods));

/** Whether a transaction was committed before, in the same `try`: its `catch` is about that transaction, which is over. */
function isAfterCommit(statement: TSESTree.ReturnStatement, source: Source): boolean {
  const around = ancestor(statement, (node) => node.type === "TryStatement");
  const isCommit = (node: TSESTree.Node): boolean =>
    node.type === "CallExpression" && node.range[1] < statement.range[0] && node.callee.type === "MemberExpression" && committing.has(memberName(node.callee) ?? "");
  return around !== null && contains(around, source, isCommit, { nestedFunctions: false });
}

/** Whether a function is an interceptor of an HTTP client: the request that it sends again comes past it again. */
function isInterceptor(fn: FunctionNode): boolean {
  const call = outermost(fn).parent;
  if (call?.type !== "CallExpression" || call.callee.type !== "MemberExpression" || memberName(call.callee) !== "use") return false;
  const stage = unwrap(call.callee.object);
  const holder = stage.type === "MemberExpression" ? unwrap(stage.object) : null;
  return holder?.type === "MemberExpression" && memberName(holder) === "interceptors";
}

/** A cheap look at a return, before anything is followed: whether it may give a promise out of a `try` that makes a difference. */
export function mayReturnEarly(statement: TSESTree.ReturnStatement): boolean {
  const value = statement.argument && unwrap(statement.argument);
  if (value?.type !== "CallExpression" && value?.type !== "TaggedTemplateExpression") return false;
  return missedAt(statement) !== null;
}

/** The call that a chain of `.then` and `.finally` begins with; `null` where the chain has a place for a rejection to go. */
function startOf(promise: TSESTree.Node): Call | null {
  const node = unwrap(promise);
  if (node.type === "TaggedTemplateExpression") return node;
  if (node.type !== "CallExpression") return null;
  const callee = unwrap(node.callee);
  if (callee.type !== "MemberExpression") return node;
  const method = memberName(callee);
  if (method === "catch" || (method === "then" && node.arguments.length > 1)) return null;
  return method === "then" || method === "finally" ? startOf(callee.object) : node;
}

/** Whether a call is of a method of a text or list: what its name holds was asked for that, `typeof content !== "string"`, `Array.isArray(rows)`. */
function isOfPlainValue(call: Call, source: Source): boolean {
  const callee = call.type === "CallExpression" ? unwrap(call.callee) : null;
  const object = callee?.type === "MemberExpression" ? unwrap(callee.object) : null;
  const variable = object?.type === "Identifier" ? variableOf(object, source) : null;
  return variable !== null && readsOf(variable).some((read) => {
    const asked = outermost(read).parent;
    if (asked?.type === "CallExpression") return asked.arguments.includes(outermost(read) as TSESTree.Expression) && nameOf(asked.callee, source) === "Array.isArray";
    const comparison = asked?.type === "UnaryExpression" && asked.operator === "typeof" ? asked.parent : null;
    return comparison?.type === "BinaryExpression" && [comparison.left, comparison.right].some((side) => stringValue(side) === "string");
  });
}

/** Whether a function throws by itself, outside of any `try` of its own. */
const throws = (fn: FunctionNode, source: Source): boolean => contains(fn.body, source, (node) => node.type === "ThrowStatement" && !isGuarded(node), { nestedFunctions: false });

/** The name of a call whose promise may well reject: one that leaves the process, or a function of the project that lets one fail, or throws. */
function rejectingName(call: Call, within: FunctionNode, source: Source): string | null {
  const external = externalCallAt(call, source);
  if (external) return rejects(external, source) ? external.name : null;
  const own = call.type === "CallExpression" ? ownAsyncFunctionOf(call, source) : null;
  // What a function fails with that calls itself has been through the same `try` already.
  if (!own || own.fn === within || own.fn.generator || call.type !== "CallExpression") return null;
  return throws(own.fn, own.source) || riskOf(own.fn, own.source)?.external ? nameOf(call.callee, source) : null;
}

function missesOf(statement: TSESTree.ReturnStatement, source: Source): EarlyReturn["misses"] | null {
  const misses = missedAt(statement, source);
  const around = ancestor(statement, (node) => node.type === "TryStatement");
  return misses === "catch" && around?.type === "TryStatement" && around.handler && blamesClient(around.handler, source) ? null : misses;
}

/** The promise that a return gives out of a `try` too early; `null` where there is none, or it is not known to be one. */
export function earlyReturnAt(statement: TSESTree.ReturnStatement, source: Source): EarlyReturn | null {
  const fn = enclosingFunction(statement);
  const misses = missesOf(statement, source);
  // An asynchronous generator awaits what it returns.
  if (!misses || !statement.argument || !fn?.async || fn.generator || isInterceptor(fn)) return null;
  const call = startOf(statement.argument);
  const name = call && !isOfPlainValue(call, source) ? rejectingName(call, fn, source) : null;
  return call && name !== null && !isAfterCommit(statement, source) ? { call, name, promise: statement.argument, misses } : null;
}
