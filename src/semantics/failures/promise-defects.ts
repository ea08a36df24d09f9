import type { TSESTree } from "@typescript-eslint/utils";

import { fateOf } from "../../syntax/fate.js";
import { isGlobal, variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { keyName, memberName, outermost, unwrap } from "../../syntax/value.js";
import { enclosingFunction, type FunctionNode } from "../../syntax/walk.js";
import { GLOBAL, originOf } from "../program/provenance.js";
import { mayBeQuery, type Query, queryAt } from "../queries/queries.js";
import { type AsyncCallback, asyncCallbackAt } from "./async-callbacks.js";
import { type DetachedWork, detachedWorkAt } from "./detached-work.js";
import { type LostCallback, lostCallbackAt } from "./lost-callbacks.js";
import { mayIgnorePromises } from "./promise-consumers.js";
import { type IgnoredResult, ignoredResultAt } from "./results.js";
import { isDropped, type UnobservedCall, unobservedCallAt } from "./unobserved-calls.js";

/**
 * What is wrong with what becomes of a call's promise. A call has one defect at most, the gravest, whichever rules are on: a query
 * that never runs, then a result whose error nobody reads, then work that a handler does not wait for, then promises that a list's method
 * throws away or takes for answers, then a failure that nothing sees, of the call itself or of what it is given.
 */
export type PromiseDefect =
  | { readonly kind: "unrun"; readonly query: Query }
  | { readonly kind: "ignored"; readonly result: IgnoredResult }
  | { readonly kind: "detached"; readonly work: DetachedWork }
  | { readonly kind: "unawaited"; readonly callback: AsyncCallback }
  | { readonly kind: "unobserved"; readonly call: UnobservedCall }
  | { readonly kind: "lost"; readonly callback: LostCallback };

/** The defect that a call has; `null` when it has none of these, or it cannot be told. */
export function promiseDefectAt(node: TSESTree.Node, source: Source): PromiseDefect | null {
  const query = unrunQueryAt(node, source);
  if (query) return { kind: "unrun", query };
  const result = ignoredResultAt(node, source);
  if (result) return { kind: "ignored", result };
  const work = detachedWorkAt(node, source);
  if (work) return { kind: "detached", work };
  const callback = asyncCallbackAt(node, source);
  return callback ? { kind: "unawaited", callback } : rejectionDefectAt(node, source);
}

/** The defect of a call whose result has an error that nobody reads; `null` when it has none, or a graver one. */
export const ignoredDefectAt = (node: TSESTree.Node, source: Source): IgnoredResult | null => (unrunQueryAt(node, source) ? null : ignoredResultAt(node, source));

/** The asynchronous callback that a list's method does not wait for, at its call; `null` when there is none, or a graver defect. */
export const asyncCallbackDefectAt = (node: TSESTree.Node, source: Source): AsyncCallback | null =>
  unrunQueryAt(node, source) || ignoredResultAt(node, source) ? null : asyncCallbackAt(node, source);

/** The work that a handler starts by a call and does not wait for; `null` when there is none, or a graver defect. */
export const detachedDefectAt = (node: TSESTree.Node, source: Source): DetachedWork | null =>
  unrunQueryAt(node, source) || ignoredResultAt(node, source) ? null : detachedWorkAt(node, source);

/** A cheap look at a call, before anything is followed: whether a rejection may come to nobody there. */
export const mayLoseRejection = (node: TSESTree.CallExpression | TSESTree.TaggedTemplateExpression): boolean =>
  isDropped(node) || (node.type === "CallExpression" && node.arguments.length > 0 && mayIgnorePromises(node));

function rejectionDefectAt(node: TSESTree.Node, source: Source): PromiseDefect | null {
  const call = unobservedCallAt(node, source);
  if (call) return { kind: "unobserved", call };
  const callback = lostCallbackAt(node, source);
  // What a callback only builds, and nothing runs, cannot fail.
  return callback && (callback.fn.async || !unrunQueryAt(callback.fn.body, source)) ? { kind: "lost", callback } : null;
}

/** The query at a node, if it is built and surely never sent. */
export function unrunQueryAt(node: TSESTree.Node, source: Source): Query | null {
  if (!mayBeQuery(node, source) || !isForgotten(node, source)) return null;
  const query = queryAt(node, source);
  if (query?.runs !== "when-awaited") return null;
  // A read that is kept under a name which nothing reads is left over, and missed by nobody.
  return query.effect === "read" && isLeftOver(node) ? null : query;
}

const isLeftOver = (node: TSESTree.Node): boolean => {
  const { parent } = outermost(node);
  return parent?.type === "VariableDeclarator" && parent.id.type === "Identifier";
};

/** Whether nothing ever takes the value of an expression: neither the code around it, nor whoever calls the function that returns it. */
function isForgotten(node: TSESTree.CallExpression | TSESTree.TaggedTemplateExpression, source: Source): boolean {
  switch (fateOf(node)) {
    case "dropped":
      return true;
    case "stored":
      return isUnread(node, source);
    case "returned": {
      const fn = enclosingFunction(node);
      return fn !== null && !fn.async && !fn.generator && ignoresReturn(fn, source);
    }
    default:
      return false;
  }
}

/** `const updated = query;` where nothing reads the name, or `const { data } = query;`, which takes the query itself apart. */
function isUnread(node: TSESTree.Node, source: Source): boolean {
  const { parent } = outermost(node);
  if (parent?.type !== "VariableDeclarator" || parent.parent.parent.type === "ExportNamedDeclaration") return false;
  if (parent.id.type === "ObjectPattern") return parent.id.properties.every((property) => property.type === "Property" && /^(?:data|error|count)$/.test(keyName(property.key, property.computed) ?? ""));
  const variable = parent.id.type === "Identifier" ? variableOf(parent.id, source) : null;
  return variable !== null && variable.scope.type !== "global" && variable.references.every(({ init }) => init === true);
}

const timers = new Set(["setTimeout", "setInterval", "setImmediate", "queueMicrotask", "requestAnimationFrame"]);

/** Whether what a function returns is lost: a callback of `forEach`, of a `map` that nothing takes, of a timer, of an element's event. */
function ignoresReturn(fn: FunctionNode, source: Source): boolean {
  const whole = outermost(fn);
  const { parent } = whole;
  if (parent?.type === "JSXExpressionContainer") return isEventOfElement(parent);
  if (parent?.type !== "CallExpression" || parent.arguments[0] !== whole) return false;
  const callee = unwrap(parent.callee);
  if (callee.type === "Identifier") return timers.has(callee.name) && isGlobal(callee, source);
  if (callee.type !== "MemberExpression") return false;
  const name = memberName(callee);
  if (name !== "forEach" && !(name === "map" && fateOf(parent) === "dropped")) return false;
  // A package may have a `forEach` of its own that waits for each callback.
  const origin = originOf(callee.object, source);
  return origin === null || origin.module === GLOBAL;
}

function isEventOfElement({ parent }: TSESTree.JSXExpressionContainer): boolean {
  if (parent.type !== "JSXAttribute" || parent.name.type !== "JSXIdentifier" || !/^on[A-Z]/.test(parent.name.name)) return false;
  const element = parent.parent.name;
  return element.type === "JSXIdentifier" && /^[a-z]/.test(element.name);
}
