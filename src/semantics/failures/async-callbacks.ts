import type { TSESTree } from "@typescript-eslint/utils";

import { type ListMethod, listMethods } from "../../knowledge/list-methods.js";
import { fateOf } from "../../syntax/fate.js";
import { readsOf, variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { memberName, outermost, unwrap } from "../../syntax/value.js";
import { ancestor, contains, enclosingFunction, type FunctionNode, isFunction, isWithin, returnsOf } from "../../syntax/walk.js";
import { entryAt } from "../entries/entries.js";
import { isServerSide } from "../program/file-role.js";
import { definitionOf } from "../program/provenance.js";
import { type ListKind, listKindOf } from "../queries/lists.js";
import { functionOf } from "./lost-callbacks.js";
import { isGuarded } from "./rejections.js";

/** An asynchronous function that a list's method runs for each item, and does not wait for. */
export interface AsyncCallback {
  readonly call: TSESTree.CallExpression;
  readonly callee: TSESTree.MemberExpression;
  readonly fn: FunctionNode;
  readonly list: ListKind;
  readonly method: string;
  readonly takes: ListMethod["takes"];
  readonly outcome: string;
}

const listMethodNames: ReadonlySet<string> = new Set(Object.keys(listMethods));

/** Whether a list has a method of that name which takes a function. */
export const isListMethod = (name: string): boolean => listMethodNames.has(name);

const methodOf = (callee: TSESTree.Node): ListMethod | undefined => {
  const name = callee.type === "MemberExpression" ? memberName(callee) : null;
  return name !== null && isListMethod(name) ? listMethods[name] : undefined;
};

/** A cheap look at a call, before anything is followed: whether a list's method may be given an asynchronous function there. */
export function mayTakeAsyncCallback({ callee, arguments: [callback] }: TSESTree.CallExpression): boolean {
  if (!callback || !methodOf(unwrap(callee))) return false;
  const inner = unwrap(callback);
  return isFunction(inner) ? inner.async : inner.type === "Identifier";
}

/** Whether a function waits for something, or gives back what it calls. */
const waits = (fn: FunctionNode, source: Source): boolean =>
  unwrap(fn.body).type === "CallExpression" ||
  contains(fn.body, source, (node) => node.type === "AwaitExpression" || (node.type === "ForOfStatement" && node.await), { nestedFunctions: false });

/** A function that calls one that calls one … that keeps its failures is more than anybody would look for. */
const deepest = 3;

/** Whether all that a function waits for stands in a `try` that keeps failures, or is a call of a function (where those count) that waits so for all it does. */
function keepsFailures(fn: FunctionNode, source: Source, left: number): boolean {
  if (fn.body.type !== "BlockStatement") return false;
  const isOpen = (node: TSESTree.Node): boolean => node.type === "AwaitExpression" && !isGuarded(node) && !isCaught(node.argument) && !(left > 0 && isKept(node.argument, source, left));
  return !contains(fn.body, source, isOpen, { nestedFunctions: false });
}

/** Whether a call is of an asynchronous function that keeps its failures: it throws none on, and gives back no promise of something else. */
function isKept(node: TSESTree.Node, source: Source, left: number): boolean {
  const call = unwrap(node);
  const callee = call.type === "CallExpression" ? definitionOf(call.callee, source) : null;
  const value = callee?.kind === "definition" ? callee : null;
  const fn = value?.node;
  if (!value || !isFunction(fn) || !fn.async || fn.generator || !keepsFailures(fn, value.source, left - 1)) return false;
  const throwsOn = (part: TSESTree.Node): boolean => part.type === "ThrowStatement" && (!isGuarded(part) || ancestor(part, (around) => around.type === "CatchClause" || isFunction(around))?.type === "CatchClause");
  return !contains(fn.body, value.source, throwsOn, { nestedFunctions: false }) && returnsOf(fn, value.source).every((given) => unwrap(given).type !== "CallExpression");
}

/** Whether a function has come to its end after a call. */
function isLast(call: TSESTree.Node): boolean {
  for (let current = call; current.parent; current = current.parent) {
    const { parent } = current;
    if (isFunction(parent)) return true;
    if (parent.type === "BlockStatement" ? parent.body.at(-1) !== current : !/^(?:ExpressionStatement|IfStatement|ChainExpression)$/.test(parent.type)) return false;
  }
  return false;
}

function isCaught(node: TSESTree.Node): boolean {
  const inner = unwrap(node);
  return inner.type === "CallExpression" && inner.callee.type === "MemberExpression" && memberName(inner.callee) === "catch";
}

const growing = /^(?:push|unshift|set|add|append)$/;

/** Whether a place where a name is used changes what it holds: `total += 1`, `rows.push(row)`, `byId[id] = row`. */
function isChanged(name: TSESTree.Node): boolean {
  const { parent } = name;
  if (parent?.type === "AssignmentExpression") return parent.left === name;
  if (parent?.type === "UpdateExpression") return true;
  if (parent?.type !== "MemberExpression" || parent.object !== name) return false;
  const outer = outermost(parent).parent;
  return (outer?.type === "AssignmentExpression" && outer.left === parent) || (outer?.type === "CallExpression" && outer.callee === parent && growing.test(memberName(parent) ?? ""));
}

/** Whether code after a call reads what the call's callback is still to write. */
function isReadTooEarly(call: TSESTree.CallExpression, fn: FunctionNode, source: Source): boolean {
  const around = enclosingFunction(call);
  return contains(fn.body, source, (node) => {
    if (node.type !== "Identifier" || !isChanged(node)) return false;
    const variable = variableOf(node, source);
    if (!variable || variable.defs.length === 0 || variable.defs.some(({ name }) => isWithin(name, fn))) return false;
    return readsOf(variable).some((read) => read.range[0] > call.range[1] && enclosingFunction(read) === around);
  });
}

const listOnly = new Set(["length", "map", "forEach", "filter", "some", "every", "find", "reduce", "sort", "slice", "join", "includes", "0"]);

/** Whether a value is used as only a list, or only a yes or no, can be: it is no promise of one. */
function isUsedAtOnce(node: TSESTree.Node): boolean {
  const whole = outermost(node);
  const { parent } = whole;
  switch (parent?.type) {
    case "MemberExpression":
      return parent.object === whole && (parent.computed || listOnly.has(memberName(parent) ?? ""));
    case "IfStatement":
    case "ConditionalExpression":
    case "WhileStatement":
      return parent.test === whole;
    case "UnaryExpression":
      return parent.operator === "!";
    case "LogicalExpression":
      return parent.left === whole ? parent.operator !== "??" : isUsedAtOnce(parent);
    case "ForOfStatement":
      return parent.right === whole && !parent.await;
    case "SpreadElement":
    case "ExpressionStatement":
      return true;
    default:
      return false;
  }
}

function isTakenAtOnce(call: TSESTree.CallExpression, source: Source): boolean {
  if (isUsedAtOnce(call)) return true;
  const { parent } = outermost(call);
  const variable = parent?.type === "VariableDeclarator" && parent.id.type === "Identifier" ? variableOf(parent.id, source) : null;
  const reads = variable ? readsOf(variable) : [];
  return reads.some(isUsedAtOnce) && !reads.some((read) => fateOf(read) === "awaited" || fateOf(read) === "chained");
}

/** Whether a method's promises are surely lost, or surely mistaken for answers, on a list, and on what is not known to be one. */
function isDefect(call: TSESTree.CallExpression, { takes }: ListMethod, fn: FunctionNode, source: Source): { onList: boolean; onUnknown: boolean } {
  const fate = fateOf(call);
  switch (takes) {
    case "nothing":
    case "values": {
      const isLost = fate === "dropped" || fate === "awaited" || (takes === "nothing" && fate !== "chained");
      const matters = waits(fn, source) && (!keepsFailures(fn, source, isLast(call) ? deepest : 0) || isReadTooEarly(call, fn, source) || (isServerSide(source) && entryAt(call, source) !== null));
      return { onList: isLost && matters, onUnknown: fate === "dropped" && matters };
    }
    case "answers":
      return { onList: true, onUnknown: memberName(unwrap(call.callee) as TSESTree.MemberExpression)?.startsWith("find") !== true && isTakenAtOnce(call, source) };
    case "order":
      return { onList: true, onUnknown: fn.params.length === 2 };
  }
}

/**
 * The asynchronous function that a call gives to a method of a list, where that throws its promises away or takes them for answers.
 * `null` where somebody waits for them, as `Promise.all(items.map(async …))` does, or where the method may be another's that waits.
 */
export function asyncCallbackAt(node: TSESTree.Node, source: Source): AsyncCallback | null {
  if (node.type !== "CallExpression" || !mayTakeAsyncCallback(node)) return null;
  const callee = unwrap(node.callee);
  const method = methodOf(callee);
  const fn = node.arguments[0] && functionOf(node.arguments[0], source);
  if (!method || callee.type !== "MemberExpression" || !fn?.async || fn.generator) return null;
  const { onList, onUnknown } = isDefect(node, method, fn, source);
  if (!onList) return null;
  const list = listKindOf(callee.object, source);
  if (list === "other" || (list === "unknown" && !onUnknown)) return null;
  return { call: node, callee, fn, list, method: memberName(callee) ?? "", takes: method.takes, outcome: method.outcome };
}
