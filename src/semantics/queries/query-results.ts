import type { TSESLint, TSESTree } from "@typescript-eslint/utils";

import { soleValueOf, variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { keyName, outermost, unwrap, unwrapAwait } from "../../syntax/value.js";
import { ancestor, type FunctionNode, isClass, isFunction, walk } from "../../syntax/walk.js";
import { definitionOf } from "../program/provenance.js";
import { type Query, queryAt } from "./queries.js";

/** `row`, `[row]`, `{ data: row }`, `{ count }`. */
function namesIn(pattern: TSESTree.Node): TSESTree.Identifier[] {
  if (pattern.type === "Identifier") return [pattern];
  if (pattern.type === "ArrayPattern") return pattern.elements[0] ? namesIn(pattern.elements[0]) : [];
  if (pattern.type !== "ObjectPattern") return [];
  return pattern.properties.flatMap((property) => (property.type === "Property" && /^(?:data|count|rows)$/.test(keyName(property.key, property.computed) ?? "") ? namesIn(property.value) : []));
}

/** What an expression, or its promise, goes into as a whole; the expression itself where no variable takes it. */
export function takenBy(node: TSESTree.Node): { readonly names: readonly TSESTree.Identifier[]; readonly value: TSESTree.Node } {
  let value = outermost(node);
  while (value.parent?.type === "AwaitExpression") value = outermost(value.parent);
  const { parent } = value;
  return { names: parent?.type === "VariableDeclarator" ? namesIn(parent.id) : [], value };
}

/** The read whose row an expression comes to, by the expressions behind names; with `isFirst`, whose first row. */
function readBehind(node: TSESTree.Node, isFirst: boolean, source: Source, hops: number): Query | null {
  const inner = unwrapAwait(node);
  if (inner.type === "Identifier" && hops > 0) {
    const variable = variableOf(inner, source);
    const value = variable && valueOf(variable, inner);
    return value ? readBehind(value.node, isFirst || value.isFirst, source, hops - 1) : null;
  }
  const query = queryAt(inner, source);
  if (query) return query.kind === "read-one" || (isFirst && query.kind === "read-many") ? query : null;
  return inner.type === "CallExpression" && hops > 0 ? readOfFunction(inner, isFirst, source, hops - 1) : null;
}

/** What a variable holds: `row = …`, `{ data: row } = …`, or the first of several, `[row] = …`. */
function valueOf(variable: TSESLint.Scope.Variable, name: TSESTree.Identifier): { node: TSESTree.Node; isFirst: boolean } | null {
  const sole = soleValueOf(variable);
  if (sole) return { node: sole, isFirst: false };
  const [definition] = variable.defs;
  if (definition?.type !== "Variable" || definition.node.id.type === "Identifier" || !definition.node.init) return null;
  if (variable.references.some((reference) => reference.isWrite() && !reference.init)) return null;
  const isTaken = namesIn(definition.node.id).some((each) => each.name === name.name);
  return isTaken ? { node: definition.node.init, isFirst: definition.node.id.type === "ArrayPattern" } : null;
}

/** The function of this file that a call runs: `find(id)`, `this.find(id)`. */
function ownFunction(call: TSESTree.CallExpression, source: Source): FunctionNode | null {
  const callee = unwrap(call.callee);
  if (callee.type === "MemberExpression" ? unwrap(callee.object).type !== "ThisExpression" || !ancestor(callee, isClass) : callee.type !== "Identifier") return null;
  const value = definitionOf(callee, source);
  return value?.kind === "definition" && value.source === source && isFunction(value.node) ? value.node : null;
}

/** The one read whose row a function gives back. */
function readOfFunction(call: TSESTree.CallExpression, isFirst: boolean, source: Source, hops: number): Query | null {
  const fn = ownFunction(call, source);
  if (!fn) return null;
  const found: (Query | null)[] = [];
  if (fn.body.type !== "BlockStatement") return readBehind(fn.body, isFirst, source, hops);
  walk(fn.body, source, (node) => {
    if (isFunction(node)) return false;
    if (node.type === "ReturnStatement") found.push(node.argument && readBehind(node.argument, isFirst, source, hops));
    return true;
  });
  const [only = null, ...others] = found;
  return others.length === 0 ? only : null;
}

/** The read of a single row that a variable holds the row of: sent here, or by a function of this file that is called here. */
export const readOfRow = (name: TSESTree.Identifier, source: Source): Query | null => readBehind(name, false, source, 4);
