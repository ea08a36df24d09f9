import type { TSESLint, TSESTree } from "@typescript-eslint/utils";

import { listKeepers } from "../../knowledge/list-methods.js";
import { readsOf, soleValueOf, variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { memberName, outermost, unwrap } from "../../syntax/value.js";
import { isFunction, isWithin } from "../../syntax/walk.js";
import { definitionOf } from "../program/provenance.js";
import type { Query } from "./queries.js";
import { takenBy } from "./query-results.js";
import { repetitionsAround } from "../program/repetition.js";

type Variable = TSESLint.Scope.Variable;

/** Lists that are made of lists, and functions that are handed them, one after the other. */
const deepest = 3;

/** The list that is made of the one that an expression is, by methods that keep its items or make others of each. */
function keptFrom(use: TSESTree.Node): TSESTree.Node {
  const member = outermost(use).parent;
  const call = member?.type === "MemberExpression" && member.object === outermost(use) && listKeepers.has(memberName(member) ?? "") ? outermost(member).parent : null;
  return call?.type === "CallExpression" && call.callee === outermost(member as TSESTree.Node) ? keptFrom(call) : use;
}

/** The variables that hold a list, or one that is made of it. */
function holdersFrom(variable: Variable, source: Source, left = deepest): Variable[] {
  const more = left === 0 ? [] : readsOf(variable).flatMap((read) => {
    const { parent } = outermost(keptFrom(read));
    const next = parent?.type === "VariableDeclarator" && parent.id.type === "Identifier" ? variableOf(parent.id, source) : null;
    return next && next !== variable && soleValueOf(next) ? holdersFrom(next, source, left - 1) : [];
  });
  return [variable, ...more];
}

/** Whether a loop over a list stands in a loop over the same, or asks it for another item: each is held against the others. */
function areCompared(variables: readonly Variable[], source: Source): boolean {
  const lists = variables.map((variable) => readsOf(variable));
  return lists.some((reads) => {
    const loops = reads.flatMap((read) => {
      const around = repetitionsAround(read, source);
      return around === "open" ? [] : around;
    });
    return loops.some(({ list, body }) => reads.includes(unwrap(list) as TSESTree.Identifier) && reads.some((other) => isWithin(other, body) && seeks(other)));
  });
}

/** Methods that look at the items of a list one by one. */
const seekers = new Set(["some", "find", "findLast", "findIndex", "filter", "every", "forEach", "map", "flatMap"]);

/** `rows.some(…)`, `for (const other of rows)`, `j < rows.length` */
function seeks(read: TSESTree.Identifier): boolean {
  const { parent } = outermost(read);
  if (parent?.type === "ForOfStatement") return parent.right === outermost(read);
  if (parent?.type !== "MemberExpression" || parent.object !== outermost(read)) return false;
  const name = memberName(parent) ?? "";
  return seekers.has(name) || (name === "length" && parent.parent.type === "BinaryExpression" && parent.parent.parent.type === "ForStatement");
}

/** The parameter by which a function of the project is handed an expression. */
function parameterFor(use: TSESTree.Node, source: Source): { readonly variable: Variable; readonly source: Source } | null {
  const given = outermost(keptFrom(use));
  const call = given.parent;
  if (call?.type !== "CallExpression" || call.callee === given) return null;
  const value = definitionOf(unwrap(call.callee), source);
  if (value?.kind !== "definition" || !isFunction(value.node)) return null;
  const parameter = value.node.params[call.arguments.indexOf(given as TSESTree.CallExpressionArgument)];
  const variable = parameter?.type === "Identifier" ? variableOf(parameter, value.source) : null;
  return variable && { variable, source: value.source };
}

function isComparedThrough(variable: Variable, source: Source, left = deepest): boolean {
  const holders = holdersFrom(variable, source);
  if (areCompared(holders, source)) return true;
  return left > 0 && holders.some((holder) => readsOf(holder).some((read) => isHanded(read, source, left)));
}

function isHanded(use: TSESTree.Node, source: Source, left = deepest): boolean {
  const parameter = parameterFor(use, source);
  return parameter !== null && isComparedThrough(parameter.variable, parameter.source, left - 1);
}

/** What the rows of a query go into, also as one of two ways to come to them: `const all = isWhole ? rows : await …`. */
function valueOf(query: Query): { readonly names: readonly TSESTree.Identifier[]; readonly value: TSESTree.Node } {
  let { names, value } = takenBy(query.node);
  while (names.length === 0 && value.parent?.type === "ConditionalExpression" && value.parent.test !== value) ({ names, value } = takenBy(value.parent));
  return { names, value };
}

/** Whether code holds the rows of a query against each other, here or in a function that it hands them to: it needs them all. */
export function areRowsCompared(query: Query, source: Source): boolean {
  const { names, value } = valueOf(query);
  if (names.length === 0) return isHanded(value, source);
  return names.some((name) => {
    const variable = variableOf(name, source);
    return variable !== null && isComparedThrough(variable, source);
  });
}
