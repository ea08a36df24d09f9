import type { TSESTree } from "@typescript-eslint/utils";

import { dataGlobals, hostLists, listKeepers, listTypes, packageLists } from "../../knowledge/list-methods.js";
import { isGlobal, soleValueOf, variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { memberName, unwrap } from "../../syntax/value.js";
import { isDatabasePackage } from "./databases.js";
import { httpCallAt } from "../calls/http-calls.js";
import { definitionOf, GLOBAL, stepsText, type Value } from "../program/provenance.js";
import { queryAt } from "./queries.js";

/** A longer way to a list's beginning is none that we would follow. */
const mostHops = 8;

/**
 * What an expression is of the language's lists: an array, or another (a set, a map). `"other"` for what is known to be none of them, and
 * may have methods of the same names that wait: a stream, an element of a page under test, an object of the project.
 */
export type ListKind = "array" | "iterable" | "other" | "unknown";

export const listKindOf = (node: TSESTree.Node, source: Source): ListKind => byShape(node, source, mostHops) ?? byValue(definitionOf(unwrap(node), source));

/** What the code in sight tells, without other files; `null` where it tells nothing. */
function byShape(node: TSESTree.Node, source: Source, left: number): ListKind | null {
  const inner = unwrap(node);
  if (left === 0) return null;
  switch (inner.type) {
    case "ArrayExpression":
      return "array";
    case "Identifier":
      return ofName(inner, source, left);
    case "AwaitExpression":
      return ofAwaited(inner.argument, source);
    case "NewExpression":
      return inner.callee.type === "Identifier" && isGlobal(inner.callee, source) ? ofTypeName(inner.callee.name) : null;
    case "CallExpression":
      return ofCall(inner, source, left);
    case "LogicalExpression":
      return byShape(inner.right, source, left - 1) === "array" ? "array" : byShape(inner.left, source, left - 1);
    case "ConditionalExpression":
      return byShape(inner.consequent, source, left - 1) ?? byShape(inner.alternate, source, left - 1);
    default:
      return null;
  }
}

function ofName(name: TSESTree.Identifier, source: Source, left: number): ListKind | null {
  const variable = variableOf(name, source);
  const declared = variable?.identifiers.length === 1 ? variable.identifiers[0] : undefined;
  const type = declared && "typeAnnotation" in declared ? declared.typeAnnotation?.typeAnnotation : undefined;
  const value = variable && soleValueOf(variable);
  return (type && ofType(type, source)) ?? (value ? byShape(value, source, left - 1) : null);
}

const ofTypeName = (name: string): ListKind | null => (listTypes.has(name) ? (name.endsWith("Array") ? "array" : "iterable") : null);

function ofType(type: TSESTree.Node, source: Source): ListKind | null {
  switch (type.type) {
    case "TSArrayType":
    case "TSTupleType":
      return "array";
    case "TSTypeOperator":
      return type.typeAnnotation ? ofType(type.typeAnnotation, source) : null;
    case "TSUnionType":
      return type.types.map((each) => ofType(each, source)).find((kind) => kind !== null) ?? null;
    case "TSTypeReference": {
      if (type.typeName.type !== "Identifier") return null;
      const variable = variableOf(type.typeName, source);
      const definition = variable?.defs[0]?.node;
      if (definition?.type === "TSTypeAliasDeclaration") return ofType(definition.typeAnnotation, source);
      return definition ? null : ofTypeName(type.typeName.name);
    }
    default:
      return null;
  }
}

function ofAwaited(node: TSESTree.Node, source: Source): ListKind | null {
  const inner = unwrap(node);
  if (inner.type !== "CallExpression") return null;
  if (calleeText(inner, source) === "Promise.all" || calleeText(inner, source) === "Promise.allSettled") return "array";
  return queryAt(inner, source)?.kind === "read-many" ? "array" : null;
}

/** `Object.keys`, of the host's own object. */
function calleeText(call: TSESTree.CallExpression, source: Source): string | null {
  const callee = unwrap(call.callee);
  if (callee.type === "Identifier") return isGlobal(callee, source) ? callee.name : null;
  if (callee.type !== "MemberExpression" || callee.object.type !== "Identifier" || !isGlobal(callee.object, source)) return null;
  return `${callee.object.name}.${memberName(callee) ?? ""}`;
}

function ofCall(call: TSESTree.CallExpression, source: Source, left: number): ListKind | null {
  if (hostLists.has(calleeText(call, source) ?? "")) return "array";
  const callee = unwrap(call.callee);
  if (callee.type !== "MemberExpression") return null;
  const name = memberName(callee) ?? "";
  if (name === "split") return "array";
  if (!listKeepers.has(name)) return null;
  return byShape(callee.object, source, left - 1) ?? byValue(definitionOf(unwrap(callee.object), source));
}

/** What is known of a value that was followed to where it comes from. */
function byValue(value: Value | null): ListKind {
  switch (value?.kind) {
    case "external": {
      const steps = stepsText(value.steps.filter((step) => step !== "()"));
      if (value.module === GLOBAL) return dataGlobals.has(value.steps[0] ?? "") ? "unknown" : "other";
      if (packageLists[value.module]?.includes(steps)) return "array";
      const isAnswer = value.creation?.type === "CallExpression" && value.createdIn !== null && httpCallAt(value.creation, value.createdIn) !== null;
      return isAnswer || (isDatabasePackage(value.module) && value.steps.at(-1) !== "default") ? "unknown" : "other";
    }
    case "instance":
      return "other";
    case "typed":
      return ofType(value.node, value.source) ?? "unknown";
    case "definition":
      return value.node.type === "ArrayExpression" ? "array" : "unknown";
    default:
      return "unknown";
  }
}
