import type { TSESTree } from "@typescript-eslint/utils";

import { gathererAround } from "./promises.js";
import { readsOf, variableOf } from "./scope.js";
import type { Source } from "./source.js";
import { keyName, memberName, outermost, unwrap } from "./value.js";
import { enclosingFunction, type FunctionNode, isFunction } from "./walk.js";

/** A field that code takes from an object, and where it goes: a variable's name, a pattern, or the member expression itself. */
interface TakenField {
  readonly name: string;
  readonly target: TSESTree.Node;
}

/** What code takes from the object that an expression, or its promise, comes to. */
export interface Taken {
  readonly fields: readonly TakenField[];
  /** The patterns that take the object apart, and the variables that hold it as a whole. */
  readonly patterns: readonly TSESTree.ObjectPattern[];
  readonly variables: readonly TSESTree.Identifier[];
  /** Whether nothing waits for the promise. */
  readonly floating: boolean;
}

const nothing: Taken = { fields: [], patterns: [], variables: [], floating: false };

/** What the value at hand is: the object, a promise of it, or a list that has it at an index (or everywhere, `"each"`). */
interface Shape {
  readonly promised: boolean;
  readonly index: number | "each" | null;
}

function joined(parts: readonly (Taken | null)[]): Taken | null {
  if (parts.some((part) => part === null)) return null;
  const all = parts as readonly Taken[];
  return {
    fields: all.flatMap(({ fields }) => fields),
    patterns: all.flatMap(({ patterns }) => patterns),
    variables: all.flatMap(({ variables }) => variables),
    floating: all.some(({ floating }) => floating),
  };
}

/**
 * What is taken from the object that an expression comes to: by destructuring, member by member, through variables, `.then` and
 * `Promise.all`.
 *
 * @param promised whether the expression is a promise of the object.
 * @returns `null` as soon as the object is passed on, returned, or taken in a way that cannot be followed.
 */
export const takenFrom = (node: TSESTree.Node, source: Source, promised: boolean): Taken | null => follow(node, source, { promised, index: null }, 8);

function follow(node: TSESTree.Node, source: Source, shape: Shape, left: number): Taken | null {
  const whole = outermost(node);
  const { parent } = whole;
  if (!parent || left === 0) return null;
  switch (parent.type) {
    case "AwaitExpression":
      return follow(parent, source, { ...shape, promised: false }, left);
    case "ExpressionStatement":
      return { ...nothing, floating: shape.promised };
    case "UnaryExpression":
      return parent.operator === "void" && !shape.promised ? nothing : null;
    case "MemberExpression":
      return ofMember(parent, whole, source, shape, left);
    case "VariableDeclarator":
      return intoPattern(parent.id, source, shape, left);
    case "AssignmentExpression":
      return parent.right === whole && parent.operator === "=" && parent.parent.type === "ExpressionStatement" ? intoPattern(parent.left, source, shape, left) : null;
    case "ConditionalExpression":
      return parent.test === whole ? null : follow(parent, source, shape, left - 1);
    case "LogicalExpression":
      return parent.right === whole ? follow(parent, source, shape, left - 1) : null;
    case "ArrayExpression":
      return ofElement(parent, whole, source, shape, left);
    case "ArrowFunctionExpression":
      return parent.body === whole ? ofCallback(parent, source, shape, left) : null;
    case "ReturnStatement": {
      const fn = enclosingFunction(parent);
      return fn && ofCallback(fn, source, shape, left);
    }
    default:
      return null;
  }
}

function ofMember(member: TSESTree.MemberExpression, whole: TSESTree.Node, source: Source, shape: Shape, left: number): Taken | null {
  if (member.object !== whole) return null;
  const name = memberName(member);
  if (name === null) return null;
  if (shape.promised) return ofContinuation(name, member, source, shape, left);
  if (typeof shape.index === "number") return Number(name) === shape.index ? follow(member, source, { ...shape, index: null }, left - 1) : /^\d+$/.test(name) ? nothing : null;
  return shape.index === null ? { ...nothing, fields: [{ name, target: member }] } : null;
}

/** `.then(({ error }) => …)`, `.catch(…)`. One that does nothing at all says that nobody wants to know. */
function ofContinuation(name: string, member: TSESTree.MemberExpression, source: Source, shape: Shape, left: number): Taken | null {
  const callee = outermost(member);
  const call = callee.parent;
  if (call?.type !== "CallExpression" || call.callee !== callee) return null;
  const [first] = call.arguments;
  if (first && isFunction(first) && first.body.type === "BlockStatement" && first.body.body.length === 0) return null;
  if (name === "catch" || name === "finally") return follow(call, source, shape, left - 1);
  if (name !== "then" || !first || !isFunction(first)) return null;
  const [parameter] = first.params;
  return parameter ? intoPattern(parameter, source, { ...shape, promised: false }, left) : nothing;
}

/** The call of `Promise.all` that a list is given to. */
function promiseAll(list: TSESTree.Node): TSESTree.CallExpression | null {
  const gatherer = gathererAround(list);
  return gatherer?.method === "all" ? gatherer.call : null;
}

function ofElement(list: TSESTree.ArrayExpression, element: TSESTree.Node, source: Source, shape: Shape, left: number): Taken | null {
  const index = list.elements.indexOf(element as TSESTree.Expression);
  const call = shape.index === null && shape.promised ? promiseAll(list) : null;
  if (!call || list.elements.slice(0, index).some((before) => before?.type === "SpreadElement")) return null;
  return follow(call, source, { promised: true, index }, left - 1);
}

/** `Promise.all(ids.map((id) => …))`: what each callback returns is an element of the list. */
function ofCallback(fn: FunctionNode, source: Source, shape: Shape, left: number): Taken | null {
  const whole = outermost(fn);
  const call = whole.parent;
  if (shape.index !== null || fn.generator || call?.type !== "CallExpression" || call.arguments[0] !== whole) return null;
  const callee = unwrap(call.callee);
  if (callee.type !== "MemberExpression" || memberName(callee) !== "map") return null;
  const all = promiseAll(call);
  return all && follow(all, source, { promised: true, index: "each" }, left - 1);
}

function intoPattern(pattern: TSESTree.Node, source: Source, shape: Shape, left: number): Taken | null {
  if (pattern.type === "AssignmentPattern") return intoPattern(pattern.left, source, shape, left);
  if (pattern.type === "Identifier") return ofVariable(pattern, source, shape, left);
  if (shape.promised) return null;
  if (pattern.type === "ArrayPattern") {
    if (typeof shape.index !== "number") return null;
    const element = pattern.elements[shape.index];
    if (pattern.elements.slice(0, shape.index + 1).some((each) => each?.type === "RestElement")) return null;
    return element ? intoPattern(element, source, { ...shape, index: null }, left - 1) : nothing;
  }
  return pattern.type === "ObjectPattern" && shape.index === null ? ofObjectPattern(pattern) : null;
}

function ofObjectPattern(pattern: TSESTree.ObjectPattern): Taken | null {
  const fields: TakenField[] = [];
  for (const property of pattern.properties) {
    const name = property.type === "Property" ? keyName(property.key, property.computed) : null;
    if (property.type !== "Property" || name === null) return null;
    fields.push({ name, target: property.value.type === "AssignmentPattern" ? property.value.left : property.value });
  }
  return { ...nothing, fields, patterns: [pattern] };
}

function ofVariable(name: TSESTree.Identifier, source: Source, shape: Shape, left: number): Taken | null {
  const variable = variableOf(name, source);
  if (!variable || variable.scope.type === "global" || isExported(name)) return null;
  const reads = readsOf(variable);
  // A promise, or a builder that may go on being built, must be waited for once, and at one place.
  if (shape.promised && (reads.length !== 1 || variable.references.filter((reference) => reference.isWrite()).length !== 1)) return null;
  const taken = joined(reads.map((read) => follow(read, source, shape, left - 1)));
  return taken && { ...taken, floating: false, variables: shape.promised ? taken.variables : [name, ...taken.variables] };
}

const isExported = ({ parent }: TSESTree.Identifier): boolean => parent.type === "VariableDeclarator" && parent.parent.parent.type === "ExportNamedDeclaration";
