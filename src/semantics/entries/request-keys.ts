import type { TSESLint, TSESTree } from "@typescript-eslint/utils";

import { inputDecorators, requestInputs, validators } from "../../knowledge/request-input.js";
import { pathTo } from "../../syntax/provenance.js";
import { isGlobal, variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { memberName, propertyOf, unwrap } from "../../syntax/value.js";
import { isFunction } from "../../syntax/walk.js";
import { decoratorsOf, type Entry } from "./entries.js";
import type { Frame } from "../program/frames.js";
import { definitionOf } from "../program/provenance.js";

/**
 * What decides about a value: the sender of the request, the code itself (`"fixed"`, and what was left out), or something else, such as
 * the principal or a row.
 */
export type Tie = "request" | "fixed" | "other";

/** Code as it runs for one request: the handler, or a function that it calls. */
export interface Run {
  readonly entry: Entry;
  readonly frame: Frame;
}

/** A way longer than this is none that we would follow. */
const mostHops = 16;

const joined = (ties: readonly Tie[]): Tie => (ties.includes("other") ? "other" : ties.includes("request") ? "request" : "fixed");

/** Functions of the host that make one value of another. */
const converting = /^(?:String|Number|BigInt|Boolean|parseInt|parseFloat|(?:de|en)codeURI(?:Component)?|JSON|Array|Object|Math|Date|URL|URLSearchParams|Set|Promise)$/;

const root = (node: TSESTree.Node): TSESTree.Node => {
  let current = unwrap(node);
  while (current.type === "MemberExpression") current = unwrap(current.object);
  return current;
};

const isHostCall = ({ callee }: TSESTree.CallExpression | TSESTree.NewExpression, source: Source): boolean => {
  const first = root(callee);
  return first.type === "Identifier" && converting.test(first.name) && isGlobal(first, source);
};

/** Whether a chain begins with a value that is written out, or that the host makes: `new Date().toISOString()`. */
function isOfHost(node: TSESTree.Node, source: Source): boolean {
  let current = unwrap(node);
  while (current.type === "MemberExpression" || current.type === "CallExpression") current = unwrap(current.type === "MemberExpression" ? current.object : current.callee);
  if (current.type === "NewExpression") return isHostCall(current, source);
  return current.type === "Literal" || current.type === "TemplateLiteral" || (current.type === "Identifier" && converting.test(current.name) && isGlobal(current, source));
}

/** Whether a call only looks at the shape of what it is given, and gives it back. */
function isValidation(call: TSESTree.CallExpression, source: Source): boolean {
  const callee = unwrap(call.callee);
  const name = callee.type === "MemberExpression" ? memberName(callee) : null;
  if (name === null || !validators.some(({ calls }) => calls.includes(name))) return false;
  const value = definitionOf(callee, source);
  return value?.kind === "external" && validators.some(({ modules, calls }) => modules.includes(value.module) && calls.includes(name));
}

/** What decides about an expression, or about what is read from it along a path. */
export const tieOf = (node: TSESTree.Node, run: Run, path: readonly string[] = []): Tie => follow(node, run, path, mostHops);

function follow(node: TSESTree.Node, run: Run, path: readonly string[], left: number): Tie {
  if (left === 0) return "other";
  const inner = unwrap(node);
  const next = (value: TSESTree.Node, along: readonly string[] = []): Tie => follow(value, run, along, left - 1);
  switch (inner.type) {
    case "Literal":
      return "fixed";
    case "TemplateLiteral":
      return joined(inner.expressions.map((value) => next(value)));
    case "AwaitExpression":
    case "UnaryExpression":
      return next(inner.argument, path);
    case "SpreadElement":
      return next(inner.argument);
    case "Identifier":
      return ofName(inner, run, path, left);
    case "MemberExpression":
      return ofMember(inner, run, path, left);
    case "CallExpression":
      return ofCall(inner, run, path, left);
    case "NewExpression":
      return isHostCall(inner, run.frame.source) ? joined(inner.arguments.map((value) => next(value))) : "other";
    case "LogicalExpression":
      return joined([next(inner.left, path), next(inner.right, path)]);
    case "ConditionalExpression":
      return joined([next(inner.consequent, path), next(inner.alternate, path)]);
    case "BinaryExpression":
      return inner.left.type === "PrivateIdentifier" ? "other" : joined([next(inner.left), next(inner.right)]);
    case "ArrayExpression":
      return joined(inner.elements.flatMap((element) => (element ? [next(element)] : [])));
    case "ObjectExpression":
      return ofObject(inner, run, path, left);
    default:
      return "other";
  }
}

function ofObject(object: TSESTree.ObjectExpression, run: Run, path: readonly string[], left: number): Tie {
  const [first, ...rest] = path;
  const found = first === undefined ? "unknown" : propertyOf(object, first);
  if (found === null) return "fixed";
  if (found !== "unknown") return follow(found, run, rest, left - 1);
  return joined(object.properties.map((property) => follow(property.type === "SpreadElement" ? property.argument : property.value, run, [], left - 1)));
}

function ofMember(member: TSESTree.MemberExpression, run: Run, path: readonly string[], left: number): Tie {
  const first = root(member);
  if (first.type === "Identifier" && first.name === "process" && isGlobal(first, run.frame.source)) return "fixed";
  return follow(member.object, run, [memberName(member) ?? "[0]", ...path], left - 1);
}

function ofCall(call: TSESTree.CallExpression, run: Run, path: readonly string[], left: number): Tie {
  const { source } = run.frame;
  if (isHostCall(call, source)) return joined(call.arguments.map((value) => follow(value, run, [], left - 1)));
  const callee = unwrap(call.callee);
  if (callee.type !== "MemberExpression") return "other";
  const [first] = call.arguments;
  const object = follow(callee.object, run, [memberName(callee) ?? "[0]", "()", ...path], left - 1);
  if (object === "request") return object;
  if (object === "fixed" && isOfHost(callee, source)) return object;
  return first && isValidation(call, source) ? follow(first, run, [], left - 1) : "other";
}

function ofName(name: TSESTree.Identifier, run: Run, path: readonly string[], left: number): Tie {
  const { frame } = run;
  const variable = variableOf(name, frame.source);
  const [definition] = variable?.defs ?? [];
  if (!variable || !definition) return name.name === "undefined" ? "fixed" : "other";
  const written = variable.references.flatMap((reference) => (reference.isWrite() && !reference.init && reference.writeExpr ? [reference.writeExpr] : []));
  if (written.length > 3) return "other";
  const ties = written.map((value) => follow(value, run, path, left - 1));
  return joined([...ties, ofDefinition(definition, variable, run, path, left)]);
}

function ofDefinition(definition: TSESLint.Scope.Definition, variable: TSESLint.Scope.Variable, run: Run, path: readonly string[], left: number): Tie {
  const given = run.frame.given.get(variable);
  if (given) return follow(given.node, { ...run, frame: given.frame }, path, left - 1);
  switch (definition.type) {
    case "ImportBinding":
    case "TSEnumName":
      return "fixed";
    case "Parameter":
      return ofParameter(definition.name as TSESTree.Identifier, definition.node, run, path, left);
    case "Variable":
      return ofDeclarator(definition.node, definition.name, run, path, left);
    default:
      return "other";
  }
}

function ofDeclarator(declarator: TSESTree.VariableDeclarator, name: TSESTree.Identifier, run: Run, path: readonly string[], left: number): Tie {
  const way = pathTo(name, declarator.id);
  if (!way) return restOf(declarator, run, left);
  const loop = declarator.parent.parent;
  if (loop.type === "ForOfStatement" && loop.left === declarator.parent) return follow(loop.right, run, ["[0]", ...way, ...path], left - 1);
  return declarator.init ? follow(declarator.init, run, [...way, ...path], left - 1) : "fixed";
}

/** `const { id, ...rest } = body`: what is left over is as what it was taken from. */
const restOf = ({ init }: TSESTree.VariableDeclarator, run: Run, left: number): Tie => (init && follow(init, run, [], left - 1) === "request" ? "request" : "other");

const patternOf = (parameter: TSESTree.Parameter): TSESTree.Node => {
  const inner = parameter.type === "TSParameterProperty" ? parameter.parameter : parameter;
  return inner.type === "AssignmentPattern" ? inner.left : inner;
};

function ofParameter(name: TSESTree.Identifier, fn: TSESTree.Node, run: Run, path: readonly string[], left: number): Tie {
  if (!isFunction(fn)) return "other";
  const parameter = fn.params.find((candidate) => name.range[0] >= candidate.range[0] && name.range[1] <= candidate.range[1]);
  if (!parameter) return "other";
  const pattern = patternOf(parameter);
  const way = pathTo(name, pattern);
  if (!way) return "other";
  if (fn === run.entry.node) return bringsInput(parameter, [...way, ...path], run) ? "request" : "other";
  // A parameter that the call leaves out.
  if (fn === run.frame.top) return pattern === name ? "fixed" : "other";
  return ofItem(fn, parameter, [...way, ...path], run, left);
}

/** `items.map((item) => …)`: an item is as the list is. */
function ofItem(fn: TSESTree.Node, parameter: TSESTree.Parameter, path: readonly string[], run: Run, left: number): Tie {
  const call = fn.parent;
  if (call?.type !== "CallExpression" || call.arguments[0] !== fn || !isFunction(fn) || fn.params[0] !== parameter) return "other";
  const callee = unwrap(call.callee);
  if (callee.type !== "MemberExpression" || !/^(?:map|flatMap|forEach|filter|some|every|find)$/.test(memberName(callee) ?? "")) return "other";
  return follow(callee.object, run, ["[0]", ...path], left - 1);
}

/** Whether a handler's parameter brings, along a path, what the sender of the request has chosen. */
function bringsInput(parameter: TSESTree.Parameter, path: readonly string[], { entry, frame }: Run): boolean {
  if (entry.by === "decorator") return isInput(parameter, frame.source);
  return requestInputs.some(
    ({ frameworks, parameter: role, fields }) =>
      frameworks.includes(entry.framework) && (role === "any" || entry.params[role] === parameter) && (fields === "any" || fields.includes(path[0] ?? "")),
  );
}

const isInput = (parameter: TSESTree.Parameter, source: Source): boolean =>
  "decorators" in parameter && inputDecorators.some(({ module, names }) => decoratorsOf(parameter, module, source).some((name) => names.includes(name)));
