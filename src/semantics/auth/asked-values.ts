import type { TSESLint, TSESTree } from "@typescript-eslint/utils";

import { loadModule } from "../../project/modules.js";
import { functionName } from "../../syntax/function-name.js";
import { callsNamed } from "../../syntax/nodes.js";
import { readsOf, variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { keyName, memberName, outermost, unwrap } from "../../syntax/value.js";
import { ancestor, enclosingFunction, type FunctionNode, isClass, isFunction, isWithin, walk } from "../../syntax/walk.js";
import { filesThatUse } from "../program/callers.js";
import { consoleCallAt } from "../logging/console-calls.js";
import { calledName, isTested } from "../environment/env-uses.js";
import { loggerCallAt } from "../logging/logging.js";
import { definitionOf } from "../program/provenance.js";

/** A value that is handed on more often than this is no setting that somebody asks for. */
const deepest = 10;

const sameText = /^(?:trim|trimEnd|trimStart|replace|replaceAll|toString|normalize)$/;

const bodyOf = (statement: TSESTree.Statement): readonly TSESTree.Statement[] => (statement.type === "BlockStatement" ? statement.body : [statement]);

/** Whether a test decides about no more than a line in the log: what comes after it runs with the value as it is. */
function isOnlyTold(whole: TSESTree.Node, source: Source): boolean {
  const branch = ancestor(whole, ({ type }) => type === "IfStatement" || type.endsWith("Statement"));
  if (branch?.type !== "IfStatement" || branch.alternate || !isWithin(whole, branch.test)) return false;
  return bodyOf(branch.consequent).every(({ type, ...statement }) => {
    const call = type === "ExpressionStatement" ? unwrap((statement as TSESTree.ExpressionStatement).expression) : null;
    return call?.type === "CallExpression" && (consoleCallAt(call, source) ?? loggerCallAt(call, source)) !== null;
  });
}

const areReadsAsked = (variable: TSESLint.Scope.Variable | null, source: Source, left: number): boolean => variable !== null && readsOf(variable).some((read) => isAsked(read, source, left));

/** `const { secret } = …`, `secret = …`. */
const isTargetAsked = (target: TSESTree.Node, source: Source, left: number): boolean => {
  if (target.type === "Identifier") return areReadsAsked(variableOf(target, source), source, left);
  return target.type === "MemberExpression" && target.object.type === "ThisExpression" && isFieldAsked(target, memberName(target), source, left);
};

/** Whether a method of the class asks for what a field holds. */
function isFieldAsked(place: TSESTree.Node, name: string | null, source: Source, left: number): boolean {
  const owner = ancestor(place, isClass);
  if (!owner || name === null) return false;
  return walk(owner, source, (node) => {
    if (node.type !== "MemberExpression" || node === place || node.object.type !== "ThisExpression" || memberName(node) !== name) return true;
    return isAsked(node, source, left) ? "stop" : true;
  });
}

/** Whether an object is kept for others to read from: in a variable, an export or a field, or as what a function gives. */
function isTable(object: TSESTree.Node): boolean {
  const holder = ancestor(object, ({ type }) => !/^(?:Property|ObjectExpression|CallExpression|MemberExpression|TS\w+)$/.test(type));
  if (holder?.type === "ArrowFunctionExpression") return holder.parent.type !== "Property";
  return holder !== null && /^(?:VariableDeclarator|ExportDefaultDeclaration|AssignmentExpression|PropertyDefinition|ReturnStatement)$/.test(holder.type);
}

const readersOf = (name: string, source: Source): Source[] => [source, ...filesThatUse(new Set([name]), source).flatMap((file) => loadModule(file, source) ?? [])];

/** Whether somebody who reads a key of an object asks for what is there, in its file or in one that imports it. */
function isKeyAsked(property: TSESTree.Property, source: Source, left: number): boolean {
  const name = keyName(property.key, property.computed);
  if (name === null || !isTable(property.parent)) return false;
  return readersOf(name, source).some((reader) =>
    walk(reader.ast, reader, (node) => {
      if (node === property) return false;
      if (node.type === "MemberExpression") return memberName(node) === name && isAsked(node, reader, left) ? "stop" : true;
      const isTaken = node.type === "Property" && node.parent.type === "ObjectPattern" && keyName(node.key, node.computed) === name;
      return isTaken && isTargetAsked(node.value, reader, left) ? "stop" : true;
    }),
  );
}

/** Whether somebody who calls a function asks for what it gives. */
function isAnswerAsked(fn: FunctionNode | null, source: Source, left: number): boolean {
  const name = fn && functionName(fn);
  if (!fn || !name) return false;
  return readersOf(name, source).some((reader) => callsNamed(reader, (called) => called === name).some((call) => !(reader === source && isWithin(call, fn)) && isAsked(call, reader, left)));
}

/** Whether a function that is given a value asks for it. */
function isArgumentAsked(call: TSESTree.CallExpression, argument: TSESTree.Node, source: Source, left: number): boolean {
  const callee = unwrap(call.callee);
  const name = calledName(callee);
  // `/^[a-f0-9]{64}$/.test(key)`: none is not of that shape either.
  if (callee.type === "MemberExpression" && name === "test") return true;
  if (callee.type === "Identifier" && name === "String") return isAsked(call, source, left);
  const called = definitionOf(call.callee, source);
  if (called?.kind !== "definition" || !isFunction(called.node)) return false;
  const taken = called.node.params[call.arguments.indexOf(argument as TSESTree.CallExpressionArgument)];
  return taken !== undefined && isTargetAsked(taken.type === "AssignmentPattern" ? taken.left : taken, called.source, left);
}

function isAsked(node: TSESTree.Node, source: Source, left: number): boolean {
  const whole = outermost(node);
  const { parent } = whole;
  if (!parent || left === 0) return false;
  if (isTested(whole)) return !isOnlyTold(whole, source);
  const next = left - 1;
  switch (parent.type) {
    case "LogicalExpression":
    case "ConditionalExpression":
    case "AwaitExpression":
      return isAsked(parent, source, next);
    case "MemberExpression": {
      if (parent.object !== whole) return false;
      if (memberName(parent) === "length") return parent.parent.type === "BinaryExpression" || isTested(parent);
      const call = outermost(parent).parent;
      return sameText.test(memberName(parent) ?? "") && call?.type === "CallExpression" && isAsked(call, source, next);
    }
    case "CallExpression":
      return parent.callee !== whole && isArgumentAsked(parent, whole, source, next);
    case "VariableDeclarator":
      return parent.init === whole && isTargetAsked(parent.id, source, next);
    case "AssignmentExpression":
      return parent.right === whole && isTargetAsked(parent.left, source, next);
    case "PropertyDefinition":
      return isFieldAsked(parent, keyName(parent.key, parent.computed), source, next);
    case "Property":
      return parent.value === whole && parent.parent.type === "ObjectExpression" && isKeyAsked(parent, source, next);
    case "ReturnStatement":
      return isAnswerAsked(enclosingFunction(parent), source, next);
    case "ArrowFunctionExpression":
      return parent.body === whole && isAnswerAsked(parent, source, next);
    default:
      return false;
  }
}

/**
 * Whether code asks whether a value is there, where it is given or wherever it comes to: in its file, in a function that it is handed to or
 * given by, in a method of the class that keeps it, in a file that reads it from an object of settings. An empty one is a state then.
 */
export function isAskedSomewhere(node: TSESTree.Node, source: Source): boolean {
  if (node.type === "AssignmentPattern" || node.type === "AssignmentExpression") return isTargetAsked(node.left, source, deepest);
  if (node.type === "ReturnStatement") return isAnswerAsked(enclosingFunction(node), source, deepest);
  return isAsked(node, source, deepest);
}
