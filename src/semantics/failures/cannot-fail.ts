import type { TSESTree } from "@typescript-eslint/utils";

import { neverThrowing } from "../../knowledge/never-throwing.js";
import { isGlobal, variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { memberName, outermost, rootOf, unwrap } from "../../syntax/value.js";
import { type FunctionNode, isClass, isFunction, walk } from "../../syntax/walk.js";
import { consoleCallAt } from "../logging/console-calls.js";
import { roleOfName } from "../entries/entries.js";
import type { FailureHandler } from "./failure-handling.js";
import { loggerCallAt } from "../logging/logging.js";
import { definitionOf, originOf } from "../program/provenance.js";
import { isGuarding } from "./rejections.js";
import { responseAt } from "../entries/responses.js";

const safeGlobals = new Set(["Array", "Boolean", "Date", "Error", "Math", "Number", "Object", "String", "performance"]);

const promised: ReadonlySet<string> = new Set(neverThrowing.map(({ module }) => module));

/** A function that calls one that calls one … that keeps its failures is more than anybody would look for. */
const deepest = 4;

/** Whether a name is what a `catch` was given: to ask an error what it says does not fail. */
const isCaught = (name: TSESTree.Identifier, source: Source): boolean => variableOf(name, source)?.defs[0]?.type === "CatchClause";

/** `request.headers.get("authorization")` */
function isHeaderRead({ callee }: TSESTree.CallExpression, source: Source): boolean {
  const headers = callee.type === "MemberExpression" && /^(?:get|has)$/.test(memberName(callee) ?? "") ? unwrap(callee.object) : null;
  if (headers?.type !== "MemberExpression" || memberName(headers) !== "headers") return false;
  const request = unwrap(headers.object);
  return request.type === "Identifier" && roleOfName(request, source)?.role === "request";
}

/** Whether a call surely comes to its end: an answer, a line of the log, a time, a plain value, a function that keeps its failures. */
function isSafe(call: TSESTree.CallExpression | TSESTree.NewExpression, source: Source, left: number): boolean {
  const root = rootOf(call.callee);
  if (root.type === "NewExpression") return isSafe(root, source, left);
  if (root.type === "Identifier") {
    if ((safeGlobals.has(root.name) && isGlobal(root, source)) || roleOfName(root, source)?.role === "response" || isCaught(root, source)) return true;
  }
  if (responseAt(call, source) !== null) return true;
  if (call.type !== "CallExpression") return false;
  if (isHeaderRead(call, source)) return true;
  const module = originOf(call.callee, source)?.module;
  if (module !== undefined && promised.has(module)) return true;
  return consoleCallAt(call, source) !== null || loggerCallAt(call, source) !== null || leadsToKeeper(call, source, left);
}

function leadsToKeeper(call: TSESTree.CallExpression, source: Source, left: number): boolean {
  if (left === 0) return false;
  const value = definitionOf(call.callee, source);
  return value?.kind === "definition" && isFunction(value.node) && keepsFailures(value.node, value.source, left - 1);
}

const known = new WeakMap<FunctionNode, boolean>();
const asked = new Set<FunctionNode>();

/** Whether a function keeps all of its failures: whoever calls it, or waits for it, never has one to catch. */
function keepsFailures(fn: FunctionNode, source: Source, left: number): boolean {
  const found = known.get(fn);
  if (found !== undefined) return found;
  // Whether it calls itself has no say in it.
  if (asked.has(fn) || fn.generator) return !fn.generator;
  asked.add(fn);
  const keeps = !mayFail(fn.body, source, left);
  asked.delete(fn);
  if (asked.size === 0) known.set(fn, keeps);
  return keeps;
}

/** Whether anything in code may throw or reject, outside of a `try` whose `catch` throws nothing on. */
function mayFail(code: TSESTree.Node, source: Source, left: number): boolean {
  return walk(code, source, (node) => {
    if (isFunction(node) || isClass(node)) return false;
    switch (node.type) {
      case "CallExpression":
      case "NewExpression":
        return isSafe(node, source, left) ? true : "stop";
      case "AwaitExpression":
        return unwrap(node.argument).type === "CallExpression" ? true : "stop";
      case "ThrowStatement":
      case "TaggedTemplateExpression":
      case "ForOfStatement":
      case "SpreadElement":
      case "YieldExpression":
      case "ImportExpression":
        return "stop";
      case "TryStatement": {
        if (!node.handler || !isGuarding(node)) return true;
        if (givesPromise(node.block, source, left)) return "stop";
        const rest = node.finalizer ? [node.handler.body, node.finalizer] : [node.handler.body];
        return rest.some((part) => mayFail(part, source, left)) ? "stop" : false;
      }
      default:
        return true;
    }
  });
}

/** Whether a block gives back what may be a promise: it fails where it is waited for, outside of the `try`. */
function givesPromise(block: TSESTree.BlockStatement, source: Source, left: number): boolean {
  return walk(block, source, (node) => {
    if (isFunction(node) || isClass(node)) return false;
    const given = node.type === "ReturnStatement" && node.argument ? unwrap(node.argument) : null;
    if (given?.type !== "CallExpression") return true;
    const root = rootOf(given.callee);
    const isPlain = root.type === "Identifier" && root.name === "JSON" && isGlobal(root, source);
    return isPlain || isSafe(given, source, left) ? true : "stop";
  });
}

/** Whether a call surely comes to its end. */
export const isHarmlessCall = (call: TSESTree.CallExpression | TSESTree.NewExpression, source: Source): boolean => isSafe(call, source, deepest);

/** Whether a failure handler waits for what cannot happen: nothing that is tried before it can fail. */
export function isNeverReached({ kind, node }: FailureHandler, source: Source): boolean {
  if (node.type === "CatchClause") return !mayFail(node.parent.block, source, deepest);
  const call = kind === "rejection" ? outermost(node).parent : null;
  const promise = call?.type === "CallExpression" && call.callee.type === "MemberExpression" ? unwrap(call.callee.object) : null;
  return promise?.type === "CallExpression" && !mayFail(promise, source, deepest);
}
