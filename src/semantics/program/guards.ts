import type { TSESTree } from "@typescript-eslint/utils";

import { type Condition, conditionsAt } from "../../syntax/conditions.js";
import { readsOf, soleValueOf, variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { memberName, outermost, resolveConst, stringValue, unwrap } from "../../syntax/value.js";
import { isFunction } from "../../syntax/walk.js";

/** What a test says about where the code runs, when it holds. */
type Place = "development" | "production";

const opposite: Record<Place, Place> = { development: "production", production: "development" };

const wordsOf: Record<Place, ReadonlySet<string>> = {
  development: new Set(["development", "dev", "local", "localhost", "test", "testing", "debug"]),
  production: new Set(["production", "prod", "live"]),
};

/** `NODE_ENV`, `APP_ENV`, `VERCEL_ENV`, `environment`, `stage`, `mode`: what holds the name of the place. */
const environmentName = /(?:^|[._])(?:\w*env|\w*environment|stage|\w+_stage|mode|\w+_mode|phase|deployment)$/i;

/** Names of flags whose value cannot be followed. A name only ever makes us silent about the one thing that it guards. */
const flagNames: Record<Place, RegExp> = {
  development: /^(?:is|in|on)?_*(?:dev|development|devel|local|localhost|debug|debugging|nonprod|notprod|notproduction)_?(?:mode|env|environment|build|enabled|server)?_*$|^(?:allow|enabled?|use|with)_?(?:dev|development|debug)(?:_\w+|[A-Z]\w*)?$/i,
  production: /^(?:is|in|on)?_*(?:prod|production)_?(?:mode|env|environment|build|enabled|server)?_*$/i,
};

const hops = 4;

/** The name by which a value is looked up: the last one of a member chain, or the key given to `Deno.env.get("X")`, `config.get("X")`. */
function lookedUp(node: TSESTree.Node): string | null {
  if (node.type === "Identifier") return node.name;
  if (node.type === "MemberExpression") return memberName(node);
  if (node.type !== "CallExpression") return null;
  return stringValue(node.arguments[0]) ?? lookedUp(unwrap(node.callee));
}

function isEnvironmentName(node: TSESTree.Node, source: Source, left = hops): boolean {
  const inner = unwrap(node);
  if (inner.type === "LogicalExpression") return isEnvironmentName(inner.left, source, left);
  if (inner.type === "CallExpression" && inner.callee.type === "MemberExpression" && /^to(?:Lower|Upper)Case$|^trim$/.test(memberName(inner.callee) ?? "")) {
    return isEnvironmentName(inner.callee.object, source, left);
  }
  const name = lookedUp(inner);
  if (name !== null && environmentName.test(name)) return true;
  const variable = inner.type === "Identifier" ? variableOf(inner, source) : null;
  const value = variable && soleValueOf(variable);
  return value !== null && left > 0 && isEnvironmentName(value, source, left - 1);
}

/** The place that a value names: `"production"`, `Environment.Production`. */
function placeNamed(node: TSESTree.Node): Place | null {
  const inner = unwrap(node);
  const word = (stringValue(inner) ?? (inner.type === "MemberExpression" ? memberName(inner) : null))?.toLowerCase();
  if (word === undefined) return null;
  if (wordsOf.production.has(word)) return "production";
  return wordsOf.development.has(word) ? "development" : null;
}

/** The one place that all the values name. */
function placeNamedByAll(values: readonly (TSESTree.Node | null)[]): Place | null {
  const places = new Set(values.map((value) => value && placeNamed(value)));
  const [place] = places;
  return places.size === 1 ? (place ?? null) : null;
}

/** What being one of the values says, or being none of them: not "production" is development; not "development" may be anything but is no laptop. */
const placeOfMembership = (values: readonly (TSESTree.Node | null)[], isOne: boolean): Place | null => {
  const place = placeNamedByAll(values);
  return place && (isOne ? place : opposite[place]);
};

function placeOfComparison(test: TSESTree.BinaryExpression, holds: boolean, source: Source): Place | null {
  const equal = test.operator === "===" || test.operator === "==";
  if (!equal && test.operator !== "!==" && test.operator !== "!=") return null;
  for (const [subject, value] of [[test.left, test.right], [test.right, test.left]] as const) {
    const isOne = equal === holds;
    const inner = unwrap(value);
    if (inner.type === "Literal" && typeof inner.value === "boolean") return placeOf(subject, inner.value === isOne, source);
    if (inner.type === "Literal" && (inner.value === "true" || inner.value === "1")) return placeOf(subject, isOne, source);
    if (placeNamed(value) && isEnvironmentName(subject, source)) return placeOfMembership([value], isOne);
  }
  return null;
}

/** `["development", "test"].includes(process.env.NODE_ENV)`, and `NODE_ENV.startsWith("dev")`. */
function placeOfCall(call: TSESTree.CallExpression, holds: boolean, source: Source): Place | null {
  const { callee, arguments: [argument] } = call;
  if (callee.type !== "MemberExpression" || !argument) return null;
  const object = unwrap(callee.object);
  if (memberName(callee) === "includes" && object.type === "ArrayExpression" && isEnvironmentName(argument, source)) return placeOfMembership(object.elements, holds);
  if (/^(?:startsWith|includes)$/.test(memberName(callee) ?? "") && isEnvironmentName(object, source)) return placeOfMembership([argument], holds);
  return null;
}

function placeOfFlag(node: TSESTree.Node, holds: boolean): Place | null {
  const name = lookedUp(node);
  if (name === null) return null;
  for (const place of ["development", "production"] as const) if (flagNames[place].test(name)) return holds ? place : opposite[place];
  return null;
}

/** What a function of this file gives back, when that is one expression. */
function resultOf(callee: TSESTree.Node, source: Source): TSESTree.Node | null {
  const variable = callee.type === "Identifier" ? variableOf(callee, source) : null;
  const definition = variable?.defs.length === 1 ? variable.defs[0] : undefined;
  const fn = definition?.type === "FunctionName" ? definition.node : variable && soleValueOf(variable);
  if (!isFunction(fn)) return null;
  const { body } = fn;
  if (body.type !== "BlockStatement") return body;
  const [only] = body.body;
  return body.body.length === 1 && only?.type === "ReturnStatement" ? only.argument : null;
}

/** Where code runs when the test comes out as said; `null` when the test is about something else. */
function placeOf(test: TSESTree.Node, holds: boolean, source: Source, left = hops): Place | null {
  const inner = unwrap(test);
  switch (inner.type) {
    case "UnaryExpression":
      return inner.operator === "!" ? placeOf(inner.argument, !holds, source, left) : null;
    case "LogicalExpression": {
      const [first, second] = [placeOf(inner.left, holds, source, left), placeOf(inner.right, holds, source, left)];
      if (inner.operator === "??") return first;
      // `a && b` that holds says both things; that it does not hold says only what both would say.
      if ((inner.operator === "&&") === holds) return first ?? second;
      return first === second ? first : null;
    }
    case "BinaryExpression":
      return placeOfComparison(inner, holds, source);
    case "Identifier": {
      const variable = variableOf(inner, source);
      const value = variable && soleValueOf(variable);
      const followed = value && left > 0 ? placeOf(value, holds, source, left - 1) : null;
      return followed ?? placeOfFlag(inner, holds);
    }
    case "CallExpression": {
      const result = left > 0 ? resultOf(unwrap(inner.callee), source) : null;
      return placeOfCall(inner, holds, source) ?? (result && placeOf(result, holds, source, left - 1)) ?? placeOfFlag(inner, holds);
    }
    case "MemberExpression":
      return placeOfFlag(inner, holds);
    default:
      return null;
  }
}

const placeOfCondition = (condition: Condition, source: Source): Place | null => {
  if (condition.kind === "test") return placeOf(condition.test, condition.holds, source);
  return isEnvironmentName(condition.subject, source) ? placeOfMembership(condition.values, condition.holds) : null;
};

/** Whether what a condition asks is where the code runs, and it holds where there are real users. */
export const isOfProduction = (condition: Condition, source: Source): boolean => placeOfCondition(condition, source) === "production";

/**
 * Whether code runs in development or tests only: inside `if (process.env.NODE_ENV !== "production")`, behind
 * `isDev &&`, in the branch of a ternary, after `if (isProduction) return;`, in a case of a switch over the environment.
 */
export function isDevelopmentOnly(node: TSESTree.Node, source: Source): boolean {
  for (const condition of conditionsAt(node)) if (placeOfCondition(condition, source) === "development") return true;
  return false;
}

/** Whether a value is for development or tests only: it stands there, or has a name that is read nowhere else, as in `isProduction ? production : local`. */
export function isForDevelopmentOnly(value: TSESTree.Node, source: Source): boolean {
  if (isDevelopmentOnly(value, source)) return true;
  const { parent: holder } = outermost(value);
  if (holder?.type !== "VariableDeclarator" || holder.id.type !== "Identifier" || holder.parent.parent.type.startsWith("Export")) return false;
  const variable = variableOf(holder.id, source);
  const reads = variable ? readsOf(variable) : [];
  return reads.length > 0 && reads.every((read) => isDevelopmentOnly(read, source));
}

const testNames: ReadonlySet<string> = new Set(["test", "testing"]);

/** `process.env.NODE_ENV === "test"`, or a const that holds it. */
function asksForTests(test: TSESTree.Node, source: Source): boolean {
  const inner = resolveConst(test, source);
  if (inner.type === "LogicalExpression") return asksForTests(inner.left, source) || asksForTests(inner.right, source);
  if (inner.type !== "BinaryExpression" || !/^===?$/.test(inner.operator)) return false;
  const isTest = (value: TSESTree.Node): boolean => testNames.has(stringValue(unwrap(value))?.toLowerCase() ?? "");
  return (isTest(inner.right) && isEnvironmentName(inner.left, source)) || (isTest(inner.left) && isEnvironmentName(inner.right, source));
}

/** Whether a node is part of a condition that also holds in tests: `process.env.NODE_ENV === "test" || isSeeded(url)`. */
export function isSwitchForTests(node: TSESTree.Node, source: Source): boolean {
  for (let current = node; current.parent && !/Statement$|Declarat|Function/.test(current.parent.type); current = current.parent) {
    const { parent } = current;
    if (parent.type === "LogicalExpression" && parent.operator === "||" && asksForTests(parent.left === current ? parent.right : parent.left, source)) return true;
  }
  return false;
}
