import type { TSESLint, TSESTree } from "@typescript-eslint/utils";

import { authorisingText } from "../../knowledge/policies.js";
import { identityApis } from "../../knowledge/principals.js";
import { isGlobal, readsOf, variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { isNullish, memberName, outermost, unwrap, unwrapAwait } from "../../syntax/value.js";
import { type FunctionNode, isFunction, walk } from "../../syntax/walk.js";
import { isPolicyName } from "./policies.js";
import { loggerCallAt } from "../logging/logging.js";
import { definitionOf, type Origin, originOf, stepsText } from "../program/provenance.js";

type Variable = TSESLint.Scope.Variable;

const modules = new Map<string, Set<string>>();
for (const api of identityApis) {
  for (const module of api.modules) modules.set(module, new Set([...(modules.get(module) ?? []), ...api.calls]));
}

/** The last words of the APIs that fail rather than give nothing. */
const throwingCalls = new Set(identityApis.flatMap(({ throws, calls }) => (throws ? calls.flatMap((path) => path.split(".").at(-1) ?? []) : [])));

/** Whether an origin is what one of the identity APIs gives back, or a part of it. */
function isIdentity({ module, steps }: Pick<Origin, "module" | "steps">): boolean {
  const calls = modules.get(module);
  if (!calls) return false;
  return steps.some((step, index) => step === "()" && calls.has(stepsText(steps.slice(0, index))));
}

const calledName = (call: TSESTree.CallExpression): string | null => {
  const callee = unwrap(call.callee);
  if (callee.type === "MemberExpression") return memberName(callee);
  return callee.type === "Identifier" ? callee.name : null;
};

/** Whether a function asks an identity API. */
const asksIdentity = (fn: FunctionNode, source: Source): boolean => walk(fn.body, source, (node) => (node.type === "CallExpression" && isApiCall(node, source) ? "stop" : undefined));

function isApiCall(call: TSESTree.CallExpression, source: Source): boolean {
  const origin = originOf(call, source);
  if (origin) return isIdentity(origin);
  const value = definitionOf(call, source);
  return value?.kind === "external" && isIdentity(value);
}

/** Whether a call asks an identity API who is there; `"throwing"` for one that fails where nobody is. */
export const identityOfApi = (call: TSESTree.CallExpression, source: Source): "identity" | "throwing" | null =>
  isApiCall(call, source) ? (throwingCalls.has(calledName(call) ?? "") ? "throwing" : "identity") : null;

/** Whether a function of the project's own only says who is there: it asks an identity API, and speaks of nothing else that one may ask. */
function isIdentityHelper(fn: FunctionNode, source: Source): boolean {
  if (!asksIdentity(fn, source)) return false;
  const text = source.text.slice(...fn.range);
  return !/\brole|permission|forbidden|\badmin|owner|tenant|ability|scope|polic|allowed|member|\b403\b/i.test(text) && !/\bcan[A-Z]/.test(text);
}

/** What a function that only says who is there is given: the request, or what it reads of it. */
function isRequestPart(argument: TSESTree.Node): boolean {
  const inner = unwrapAwait(argument);
  if (inner.type === "CallExpression") return inner.arguments.length === 0;
  return inner.type === "Identifier" && /^(?:_?req|_?request|_?res|_?response|ctx|context|headers|cookies|cookieStore|\w*[oO]ptions)$/.test(inner.name);
}

/**
 * Whether a call says who is asking: an identity API, or a function of the project's own that asks one.
 *
 * @returns `"throwing"` for one that fails where nobody is signed in, `"unknown"` for a function of the project's own that asks one, and perhaps more.
 */
export function identityAt(call: TSESTree.CallExpression, source: Source): "identity" | "throwing" | "unknown" | null {
  const name = calledName(call);
  if (name === null) return null;
  const own = identityOfApi(call, source);
  if (own) return own;
  const value = definitionOf(call.callee, source);
  if (value?.kind !== "definition" || !isFunction(value.node)) return null;
  if (!authorisingText.test(value.source.text.slice(...value.node.range)) || !asksIdentity(value.node, value.source)) return null;
  if (isPolicyName(name) || !call.arguments.every(isRequestPart) || !isIdentityHelper(value.node, value.source)) return "unknown";
  return /\bthrow\b|\bredirect\(/.test(value.source.text.slice(...value.node.range)) ? "throwing" : "identity";
}

function isLog(call: TSESTree.CallExpression, source: Source): boolean {
  const callee = unwrap(call.callee);
  if (callee.type !== "MemberExpression") return false;
  const object = unwrap(callee.object);
  return (object.type === "Identifier" && object.name === "console" && isGlobal(object, source)) || loggerCallAt(call, source) !== null;
}

/** Who asks, as a handler has found out. */
export interface Identity {
  readonly call: TSESTree.CallExpression;
  /** Whether all that is done with it is to ask whether it is there, and to write it to a log. */
  readonly onlyTested: boolean;
  /** The variables that hold it, or parts of it. */
  readonly variables: ReadonlySet<Variable>;
  /** The name that it was given first. */
  readonly name: string | null;
  /** Whether nothing after the call is run for who is not signed in. */
  readonly throws: boolean;
}

/**
 * What a function does with the identity that a call gives it.
 *
 * @param matters whether anybody wants to know what is done at a place.
 */
export function usesOf(call: TSESTree.CallExpression, found: "identity" | "throwing", source: Source, matters: (node: TSESTree.Node) => boolean): Identity {
  const variables = new Set<Variable>();
  const onlyTested = isOnlyTested(call, { source, variables, matters });
  const [first] = variables;
  return { call, onlyTested, variables, name: first?.name ?? null, throws: found === "throwing" };
}

interface Search {
  readonly source: Source;
  /** The variables that were found to hold the value. */
  readonly variables: Set<Variable>;
  readonly matters: (node: TSESTree.Node) => boolean;
}

/** Whether all that is done with a value is to ask whether it is there, and to write it to a log; gathers the variables that hold it. */
function isOnlyTested(node: TSESTree.Node, search: Search, left = 12): boolean {
  const whole = outermost(node);
  const { parent } = whole;
  if (!parent || left === 0) return false;
  if (!search.matters(whole)) return true;
  const on = (next: TSESTree.Node): boolean => isOnlyTested(next, search, left - 1);
  switch (parent.type) {
    case "ExpressionStatement":
    case "UnaryExpression":
      return true;
    case "AwaitExpression":
    case "LogicalExpression":
    case "TemplateLiteral":
    case "ObjectExpression":
    case "ArrayExpression":
      return on(parent);
    case "Property":
      return parent.value === whole && on(parent);
    case "MemberExpression":
      return parent.object === whole && on(parent);
    case "IfStatement":
      return parent.test === whole;
    case "ConditionalExpression":
      return parent.test === whole || on(parent);
    case "BinaryExpression":
      if (parent.operator === "instanceof") return true;
      if (parent.operator === "in") return parent.right === whole;
      return /^[!=]==?$/.test(parent.operator) && (isNullish(parent.left) || isNullish(parent.right));
    case "VariableDeclarator":
      return parent.init === whole && areNamesOnlyTested(parent.id, search, left - 1);
    case "AssignmentExpression":
      return parent.right === whole && parent.left.type === "Identifier" && parent.parent.type === "ExpressionStatement" && areNamesOnlyTested(parent.left, search, left - 1);
    case "CallExpression":
      return parent.callee !== whole && isLog(parent, search.source);
    default:
      return false;
  }
}

/** Whether what a pattern takes is only tested, name by name. */
function areNamesOnlyTested(pattern: TSESTree.Node, search: Search, left: number): boolean {
  return !walk(pattern, search.source, (node) => {
    if (node.type === "TSTypeAnnotation") return false;
    if (node.type !== "Identifier" || (node.parent.type === "Property" && node.parent.key === node && !node.parent.shorthand)) return true;
    const variable = variableOf(node, search.source);
    if (variable) search.variables.add(variable);
    return variable && readsOf(variable).every((read) => isOnlyTested(read, search, left)) ? true : "stop";
  });
}
