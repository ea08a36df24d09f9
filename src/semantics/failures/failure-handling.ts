import type { TSESLint, TSESTree } from "@typescript-eslint/utils";

import { conditionsAt } from "../../syntax/conditions.js";
import { isGlobal, readsOf, soleValueOf, variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { keyName, memberName, outermost, stringValue, unwrap } from "../../syntax/value.js";
import { contains, type FunctionNode, isFunction } from "../../syntax/walk.js";
import { entryOf, isDecorated } from "../entries/entries.js";
import type { Frame, Placed } from "../program/frames.js";

type Variable = TSESLint.Scope.Variable;

/** Code that runs because something went wrong. */
export interface FailureHandler {
  /** A catch clause, a callback of `.catch` or `.then`, an entry for errors (Express's four parameters), or a function that is given an error to answer with. */
  readonly kind: "catch" | "rejection" | "error-handler" | "helper";
  readonly node: TSESTree.CatchClause | FunctionNode;
  readonly body: TSESTree.BlockStatement | TSESTree.Expression;
  /** What the error is bound to; `null` where it is not taken. */
  readonly binding: TSESTree.BindingName | null;
}

const bindingOf = (parameter: TSESTree.Parameter | undefined): TSESTree.BindingName | null => {
  const inner = parameter?.type === "AssignmentPattern" ? parameter.left : parameter;
  return inner?.type === "Identifier" || inner?.type === "ObjectPattern" || inner?.type === "ArrayPattern" ? inner : null;
};

/** Whether a function is what a promise calls with the reason of its rejection. */
function isRejectionCallback(fn: FunctionNode): boolean {
  const value = outermost(fn);
  const call = value.parent;
  if (call?.type !== "CallExpression") return false;
  const callee = unwrap(call.callee);
  const name = callee.type === "MemberExpression" ? memberName(callee) : null;
  return (name === "catch" && call.arguments[0] === value) || (name === "then" && call.arguments[1] === value);
}

/** Whether a parameter is declared, or tested, to be an error. */
function takesError(parameter: TSESTree.Parameter, fn: FunctionNode, source: Source): boolean {
  const name = bindingOf(parameter);
  if (name?.type !== "Identifier") return false;
  const type = name.typeAnnotation?.typeAnnotation;
  if (type?.type === "TSTypeReference") return type.typeName.type === "Identifier" && isErrorClass(type.typeName, source);
  if (type && type.type !== "TSUnknownKeyword" && type.type !== "TSAnyKeyword") return false;
  if (!source.text.slice(...fn.body.range).includes("instanceof Error")) return false;
  const variable = variableOf(name, source);
  return contains(fn.body, source, (node) => {
    if (node.type !== "BinaryExpression" || node.operator !== "instanceof" || node.left.type !== "Identifier") return false;
    return node.left.name === name.name && variableOf(node.left, source) === variable && isErrorClass(node.right, source);
  });
}

const isErrorClass = (node: TSESTree.Node, source: Source): boolean => node.type === "Identifier" && node.name === "Error" && isGlobal(node, source);

/** Whether a filter class is for all errors: `@Catch(OrderError)` is for its author's own. */
function catchesAll(fn: FunctionNode, source: Source): boolean {
  const owner = fn.parent.type === "MethodDefinition" ? fn.parent.parent.parent : null;
  const named = owner && isDecorated(owner) ? owner.decorators.flatMap(({ expression }) => (expression.type === "CallExpression" ? expression.arguments : [])) : [];
  return named.length === 0 || named.some((argument) => isErrorClass(argument, source));
}

function handlerOfFunction(fn: FunctionNode, source: Source): FailureHandler | null {
  const { body } = fn;
  if (isRejectionCallback(fn)) return { kind: "rejection", node: fn, body, binding: bindingOf(fn.params[0]) };
  if (fn.params.length === 0) return null;
  const entry = entryOf(fn, source);
  if (entry?.kind === "error-handler") return catchesAll(fn, source) ? { kind: "error-handler", node: fn, body, binding: bindingOf(entry.params.error) } : null;
  const error = fn.params.find((parameter) => takesError(parameter, fn, source));
  return error ? { kind: "helper", node: fn, body, binding: bindingOf(error) } : null;
}

/** Whether a file has a word for a failure at all: a cheap first look. An array is none. */
export const namesFailures = ({ text }: Source): boolean => /catch|xcept|[Ee]rr|ERR/.test(text);

/** Words of an answer: a function for errors without any of them sends nothing itself. */
const answering = /\.(?:json|jsonp|send|end|write|body|text|html|newResponse)\b|Response\b/;

/** A cheap look at a catch clause or function, before all else is asked: whether it can be a failure handler that sends an answer. */
export function mayHandleFailure(node: TSESTree.Node, source: Source): boolean {
  if (node.type === "CatchClause") return node.param !== null;
  if (!isFunction(node) || node.params.length === 0) return false;
  if (isRejectionCallback(node)) return true;
  // Who is handed an error to answer with is handed something to answer with, but for the methods and options of some frameworks.
  const mayBeAlone = node.parent.type === "MethodDefinition" || node.parent.type === "Property" || node.params.some((parameter) => parameter.type === "Identifier" && parameter.typeAnnotation);
  return (node.params.length > 1 || mayBeAlone) && answering.test(source.text.slice(...node.body.range));
}

/** A cheap look at a catch clause or function: whether it can be a failure handler that answers without a word about the error. */
export function mayLoseError(node: TSESTree.Node, source: Source): boolean {
  if (node.type === "CatchClause") return true;
  if (!isFunction(node) || !answering.test(source.text.slice(...node.body.range))) return false;
  return isRejectionCallback(node) || mayHandleFailure(node, source);
}

/** A cheap look at a catch clause or function: whether it can be a failure handler that logs the error. */
export function mayLogError(node: TSESTree.Node, source: Source): boolean {
  const takesError = node.type === "CatchClause" ? node.param !== null : isFunction(node) && (isRejectionCallback(node) ? node.params.length > 0 : node.params.length > 1);
  return takesError && /\.(?:error|fatal|critical|log)\(/.test(source.text.slice(...node.range));
}

/** A cheap look at a catch clause or function: whether there is nothing in it. */
export const isEmpty = ({ body }: TSESTree.CatchClause | TSESTree.ArrowFunctionExpression | TSESTree.FunctionExpression): boolean => body.type === "BlockStatement" && body.body.length === 0;

/** Where a failure handler begins: `catch (error)`, or what a function calls the error. */
export function headOf({ node, binding }: FailureHandler, source: Source): TSESTree.SourceLocation {
  if (node.type !== "CatchClause") return (binding ?? node).loc;
  const { start } = node.loc;
  const word = { line: start.line, column: start.column + "catch".length };
  // The parenthesis behind the name.
  const end = binding && source.text.startsWith(")", binding.range[1]) ? { line: binding.loc.end.line, column: binding.loc.end.column + 1 } : (binding?.loc.end ?? word);
  return { start, end };
}

/** The failure handler that a catch clause or function is, or `null`. */
export function failureHandlerOf(node: TSESTree.Node, source: Source): FailureHandler | null {
  if (node.type === "CatchClause") return { kind: "catch", node, body: node.body, binding: node.param };
  return isFunction(node) ? handlerOfFunction(node, source) : null;
}

/** The innermost failure handler that a node runs in. */
export function failureHandlerAt(node: TSESTree.Node, source: Source): FailureHandler | null {
  for (let current: TSESTree.Node | undefined = node.parent; current; current = current.parent) {
    const handler = failureHandlerOf(current, source);
    if (handler) return handler;
  }
  return null;
}

/** Names for the error, or a part of it, as code within a handler reads them. */
export interface CaughtError {
  /** Whether an expression is the error itself, whatever it is called by now. */
  is(placed: Placed): boolean;
  /** The field of the error that a name was destructured to: `message` in `const { message } = error`. */
  fieldOf(name: TSESTree.Identifier, frame: Frame): string | null;
  /** Whether an expression reads the error, or something that was made of it. */
  isReadIn(placed: Placed): boolean;
}

const deepest = 6;

/** The way down a pattern to a name: its one key, or `null` for the pattern itself and for anything deeper. */
function keyInPattern(name: TSESTree.Node, pattern: TSESTree.Node): string | null {
  if (pattern.type !== "ObjectPattern") return null;
  for (const property of pattern.properties) {
    if (property.type !== "Property") continue;
    const value = property.value.type === "AssignmentPattern" ? property.value.left : property.value;
    if (value === name) return keyName(property.key, property.computed);
  }
  return null;
}

/** Follows the error that a handler is given through its body. */
export function caughtBy({ node: handler, binding }: FailureHandler, source: Source): CaughtError {
  const names: readonly Variable[] = binding ? (source.scopeManager?.getDeclaredVariables(handler) ?? []).filter((variable) => isWithinPattern(variable.defs[0]?.name as TSESTree.Node, binding)) : [];
  const caught: Variable | null = binding?.type === "Identifier" ? (names[0] ?? null) : null;
  const made = new WeakMap<Frame, ReadonlySet<Variable>>();

  function is({ node, frame }: Placed, left = deepest): boolean {
    const inner = unwrap(node);
    if (left === 0) return false;
    switch (inner.type) {
      case "Identifier": {
        const variable = variableOf(inner, frame.source);
        if (!variable) return false;
        if (variable === caught) return true;
        const given = frame.given.get(variable);
        if (given) return is(given, left - 1);
        const value = soleValueOf(variable);
        return value !== null && is({ node: value, frame }, left - 1);
      }
      case "ConditionalExpression":
        return is({ node: inner.consequent, frame }, left - 1) || is({ node: inner.alternate, frame }, left - 1);
      case "LogicalExpression":
        return inner.operator !== "&&" && is({ node: inner.left, frame }, left - 1);
      default:
        return false;
    }
  }

  function fieldOf(name: TSESTree.Identifier, frame: Frame): string | null {
    const variable = variableOf(name, frame.source);
    const definition = variable?.defs[0];
    if (!variable || !definition) return null;
    if (binding && names.includes(variable)) return keyInPattern(definition.name, binding);
    if (definition.type !== "Variable") return null;
    const { id, init } = definition.node;
    return id.type === "ObjectPattern" && init && is({ node: init, frame }) ? keyInPattern(definition.name, id) : null;
  }

  /** The names that hold the error, or what was made of it, in a frame. */
  function namesIn(frame: Frame): ReadonlySet<Variable> {
    const known = made.get(frame);
    if (known) return known;
    made.set(frame, new Set());
    const given = [...frame.given].filter(([, placed]) => isReadIn(placed)).map(([variable]) => variable);
    const found = withMadeOf(frame.source === source ? [...names, ...given] : given, frame.source);
    made.set(frame, found);
    return found;
  }

  function isReadIn({ node, frame }: Placed): boolean {
    const found = namesIn(frame);
    if (found.size === 0) return false;
    const called = new Set([...found].map(({ name }) => name));
    return contains(node, frame.source, (candidate) => {
      if (candidate.type !== "Identifier" || !called.has(candidate.name)) return false;
      const variable = variableOf(candidate, frame.source);
      return variable !== null && found.has(variable) && candidate !== variable.defs[0]?.name;
    });
  }

  return { is, fieldOf, isReadIn };
}

/** Variables, and those that are made of them: `message` in `const message = error.message`. */
function withMadeOf(seeds: readonly Variable[], source: Source): Set<Variable> {
  const found = new Set(seeds);
  for (const variable of found) {
    for (const read of readsOf(variable)) for (const name of namesMadeAt(read, source)) found.add(name);
  }
  return found;
}

/** The variables that get a value in which a node stands. */
function namesMadeAt(read: TSESTree.Node, source: Source): readonly Variable[] {
  for (let node = read; node.parent && !isFunction(node); node = node.parent) {
    const { parent } = node;
    if (parent.type === "VariableDeclarator" && parent.init === node) return source.scopeManager?.getDeclaredVariables(parent) ?? [];
    if (parent.type === "AssignmentExpression" && parent.right === node) {
      const variable = parent.left.type === "Identifier" ? variableOf(parent.left, source) : null;
      return variable ? [variable] : [];
    }
  }
  return [];
}

const isWithinPattern = (name: TSESTree.Node, pattern: TSESTree.Node): boolean => name.range[0] >= pattern.range[0] && name.range[1] <= pattern.range[1];

/** What is assigned to a variable after it was declared. */
export const writesOf = (variable: Variable): TSESTree.Node[] =>
  variable.references.flatMap((reference) => (reference.isWrite() && !reference.init && reference.writeExpr && reference.identifier.parent.type === "AssignmentExpression" ? [reference.writeExpr] : []));

/** Fields that any error has: to have them says nothing about which error it is. */
const commonFields = new Set(["message", "stack", "name", "constructor"]);

/**
 * Whether a test that comes out as said picks certain errors out of all that can be thrown: `error instanceof AppError`,
 * `error.code === "P2002"`, `isHttpError(error)`. Only then can the author know what such an error says.
 */
function narrows(test: TSESTree.Node, holds: boolean, caught: CaughtError, frame: Frame): boolean {
  const inner = unwrap(test);
  switch (inner.type) {
    case "UnaryExpression":
      return inner.operator === "!" && narrows(inner.argument, !holds, caught, frame);
    case "LogicalExpression": {
      const [left, right] = [narrows(inner.left, holds, caught, frame), narrows(inner.right, holds, caught, frame)];
      return (inner.operator === "&&") === holds ? left || right : left && right;
    }
    case "BinaryExpression":
      return inner.left.type !== "PrivateIdentifier" && narrowsByComparison(inner, holds, caught, frame);
    case "CallExpression":
      // A guard of one's own (`isAppError(error)`), or a look at the text (`error.message.includes("…")`).
      return holds && !isErrorTest(inner) && caught.isReadIn({ node: inner, frame });
    case "MemberExpression":
      return holds && !commonFields.has(memberName(inner) ?? "") && caught.isReadIn({ node: inner.object, frame });
    case "Identifier": {
      const variable = variableOf(inner, frame.source);
      const value = variable && soleValueOf(variable);
      const field = caught.fieldOf(inner, frame);
      if (field !== null) return holds && !commonFields.has(field);
      return value !== null && narrows(value, holds, caught, frame);
    }
    default:
      return false;
  }
}

/** `isError(e)`, `isNativeError(e)`: `instanceof Error` by another name. */
const isErrorTest = ({ callee }: TSESTree.CallExpression): boolean => {
  const inner = unwrap(callee);
  return /^is(?:Native)?Error$/.test((inner.type === "MemberExpression" ? memberName(inner) : inner.type === "Identifier" ? inner.name : null) ?? "");
};

const isNothing = (node: TSESTree.Node): boolean => {
  const inner = unwrap(node);
  return (inner.type === "Literal" && (inner.value === null || inner.value === "")) || (inner.type === "Identifier" && inner.name === "undefined");
};

function narrowsByComparison({ operator, left, right }: TSESTree.BinaryExpression, holds: boolean, caught: CaughtError, frame: Frame): boolean {
  if (operator === "instanceof") return holds && caught.is({ node: left, frame }) && !isErrorClass(unwrap(right), frame.source);
  if (operator === "in") return holds && caught.is({ node: right, frame }) && !commonFields.has(stringValue(left) ?? "");
  const reads = (node: TSESTree.Node): boolean => caught.isReadIn({ node, frame });
  if (/^[<>]/.test(operator)) return reads(left) || reads(right);
  const equal = operator === "===" || operator === "==";
  if (!equal && operator !== "!==" && operator !== "!=") return false;
  if (isNothing(left) || isNothing(right)) return false;
  if (equal !== holds) return false;
  const subject = [left, right].map(unwrap).find((node) => node.type === "UnaryExpression" && node.operator === "typeof") as TSESTree.UnaryExpression | undefined;
  // A thrown string is the author's own, and everything else is an object.
  if (subject) return caught.is({ node: subject.argument, frame }) && [left, right].some((node) => stringValue(node) === "string");
  return reads(left) || reads(right);
}

/** Whether only certain errors come to a node: see the tests in `narrows`. */
export function isOfKnownError({ node, frame }: Placed, caught: CaughtError): boolean {
  for (const condition of conditionsAt(node, frame.top)) {
    if (condition.kind === "test" ? narrows(condition.test, condition.holds, caught, frame) : isKnownCase(condition, caught, frame)) return true;
  }
  return false;
}

const isKnownCase = ({ subject, values, holds }: { subject: TSESTree.Node; values: readonly TSESTree.Node[]; holds: boolean }, caught: CaughtError, frame: Frame): boolean => {
  if (!holds) return false;
  const inner = unwrap(subject);
  if (inner.type === "Literal" && inner.value === true) return values.every((value) => narrows(value, true, caught, frame));
  return caught.isReadIn({ node: subject, frame });
};

/** Whether the error is logged, reported, passed on or thrown again in its handler, outside of the nodes that are named. */
export function isErrorKept({ binding, body }: FailureHandler, source: Source, besides: readonly TSESTree.Node[]): boolean {
  const variable = binding?.type === "Identifier" ? variableOf(binding, source) : null;
  return variable !== null && isKept(variable, body, source, besides, deepest);
}

function isKept(variable: Variable, body: TSESTree.Node, source: Source, besides: readonly TSESTree.Node[], left: number): boolean {
  return readsOf(variable).some((read) => {
    let kept = false;
    let made: TSESTree.VariableDeclarator | null = null;
    for (let node: TSESTree.Node = read; node.parent && node !== body; node = node.parent) {
      const parent: TSESTree.Node = node.parent;
      if (besides.includes(node)) return false;
      kept ||= parent.type === "ThrowStatement" || ((parent.type === "CallExpression" || parent.type === "NewExpression") && parent.callee !== node);
      if (parent.type === "VariableDeclarator" && parent.init === node) made = parent;
    }
    if (kept || !made || left === 0) return kept;
    const names = source.scopeManager?.getDeclaredVariables(made) ?? [];
    return names.some((name) => isKept(name, body, source, besides, left - 1));
  });
}

/** The places where a handler reads the error, or what it has taken out of it. */
export function readsOfError({ node, binding }: FailureHandler, source: Source): TSESTree.Identifier[] {
  if (!binding) return [];
  const names = (source.scopeManager?.getDeclaredVariables(node) ?? []).filter(({ defs: [definition] }) => definition && isWithinPattern(definition.name, binding));
  return names.flatMap(readsOf);
}

/** Members that say what an error says. */
const textMembers = new Set(["message", "toString"]);

/** Members that say no more than what kind of error it is. */
const kindMembers = new Set(["name", "constructor"]);

/** What of an error a read takes: its text, no more than what kind of error it is, or more than that. */
export function takenBy(read: TSESTree.Node): "text" | "kind" | "more" {
  const node = outermost(read);
  const { parent } = node;
  switch (parent?.type) {
    case "MemberExpression": {
      const name = parent.object === node ? (memberName(parent) ?? "") : "";
      return textMembers.has(name) ? "text" : kindMembers.has(name) ? "kind" : "more";
    }
    case "BinaryExpression":
      if (parent.operator === "instanceof" || parent.operator === "in") return "kind";
      return parent.operator === "+" ? "text" : "kind";
    case "UnaryExpression":
      return "kind";
    case "TemplateLiteral":
      return "text";
    case "IfStatement":
    case "ConditionalExpression":
      return parent.test === node ? "kind" : "more";
    case "LogicalExpression":
      return parent.operator === "&&" && parent.left === node ? "kind" : "more";
    case "CallExpression":
      return parent.callee.type === "Identifier" && parent.callee.name === "String" ? "text" : "more";
    default:
      return "more";
  }
}

/** Whether a read of an error takes no more than its text, or what kind of error it is. */
export const isTextRead = (read: TSESTree.Node): boolean => takenBy(read) !== "more";
