import type { TSESTree } from "@typescript-eslint/utils";

import type { SharedState } from "../../knowledge/process-state.js";
import { alwaysLeaves } from "../../syntax/conditions.js";
import { readsOf, soleValueOf, variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { memberName, outermost, unwrap } from "../../syntax/value.js";
import { ancestor, contains, enclosingFunction, type FunctionNode, isFunction, isWithin, walk } from "../../syntax/walk.js";
import { type Column, queriesIn, type Query } from "../queries/queries.js";
import { takenBy } from "../queries/query-results.js";
import { schemaOf, tableCalled } from "../schema/tables.js";
import { uniquenessOf } from "../schema/uniqueness.js";

/** What a collection is asked by: `seen.has(id)`, `locks[id]`. */
function keyAsked(place: TSESTree.Node): TSESTree.Node | null {
  const member = outermost(place).parent;
  if (member?.type !== "MemberExpression" || member.object !== outermost(place)) return null;
  const call = outermost(member).parent;
  if (call?.type === "CallExpression" && call.callee === outermost(member)) return /^(?:has|get|includes)$/.test(memberName(member) ?? "") ? (call.arguments[0] ?? null) : null;
  return member.computed && !(call?.type === "AssignmentExpression" && call.left === outermost(member)) ? member.property : null;
}

/** The names and members that a value is made of, consts taken apart. */
function partsOf(node: TSESTree.Node, source: Source, hops = 3): Set<string> {
  const found = new Set<string>();
  walk(node, source, (current) => {
    if (current.type === "MemberExpression") {
      found.add(source.text.slice(...current.range));
      return false;
    }
    if (current.type === "CallExpression" && current.callee.type === "Identifier") {
      for (const argument of current.arguments) for (const part of partsOf(argument, source, hops)) found.add(part);
      return false;
    }
    if (current.type !== "Identifier") return !isFunction(current);
    found.add(current.name);
    const variable = variableOf(current, source);
    const value = variable && hops > 0 ? soleValueOf(variable) : null;
    if (value && !isFunction(value)) for (const part of partsOf(value, source, hops - 1)) found.add(part);
    return true;
  });
  return found;
}

const sharesPart = (parts: ReadonlySet<string>, node: TSESTree.Node, source: Source): boolean => [...partsOf(node, source)].some((part) => parts.has(part));

/** Whether where memory has nothing, the same expression waits for what somebody else says of the same key: `seen.has(id) || (await isHandled(id))`. */
function isBesideWait(place: TSESTree.Node, parts: ReadonlySet<string>, source: Source): boolean {
  const fn = enclosingFunction(place);
  const asksElsewhere = (node: TSESTree.Node): boolean => node.type === "AwaitExpression" && unwrap(node.argument).type === "CallExpression" && sharesPart(parts, node.argument, source);
  return (
    ancestor(place, (node) => node.type === "LogicalExpression" && node.operator !== "&&" && isWithin(place, node.left) && enclosingFunction(node) === fn && contains(node.right, source, asksElsewhere, { nestedFunctions: false })) !== null
  );
}

/** Whether the function ends where a read has found the row. */
function endsWhereFound({ node }: Query, source: Source): boolean {
  return takenBy(node).names.some((name) => {
    const variable = variableOf(name, source);
    return (variable ? readsOf(variable) : []).some((read) => {
      const branch = ancestor(read, (around) => around.type === "IfStatement" || isFunction(around));
      if (branch?.type !== "IfStatement" || !isWithin(read, branch.test) || !alwaysLeaves(branch.consequent)) return false;
      return ancestor(read, (around) => (around.type === "UnaryExpression" && around.operator === "!") || around === branch) === branch && !/==\s*(?:null|undefined)\b/.test(source.text.slice(...branch.test.range));
    });
  });
}

/** Whether a column that is asked for is one that is set: itself, or in the item of a list that was asked for (`orders.$.sent` beside `orders: { $elemMatch: { sent: … } }`). */
function isSetAsWell({ name, operator, value, node }: Column, set: readonly Column[], source: Source): boolean {
  const asked = source.text.slice(...(value ?? node).range);
  return set.some((column) => column.name === name || (operator === "$elemMatch" && column.name.startsWith(`${name}.$.`) && new RegExp(`\\b${column.name.slice(name.length + 3).replaceAll(/\W/g, "\\W")}\\b`).test(asked)));
}

/** Whether a change is made by one of several that try at once: it asks for what it then changes, and the answer is looked at. */
const comparesAndSets = ({ kind, filter, data, node }: Query, source: Source): boolean => {
  const value = outermost(node).parent?.type === "AwaitExpression" ? outermost(outermost(node).parent as TSESTree.Node) : outermost(node);
  const isTaken = value.parent?.type !== "ExpressionStatement";
  return isTaken && (kind === "update" || kind === "update-many") && (filter?.keys.some((column) => isSetAsWell(column, data?.keys ?? [], source)) ?? false);
};

/** Whether the database keeps a second row of the same key away. */
function isOnlyOnce({ kind, data, model }: Query, parts: ReadonlySet<string>, source: Source): boolean {
  const schema = kind === "create" && data && model !== null ? schemaOf(source) : null;
  const table = schema && model !== null ? tableCalled(model, schema) : null;
  const same = (data?.keys ?? []).filter(({ value }) => value !== null && sharesPart(parts, value, source)).map(({ name }) => name);
  return table !== null && same.length > 0 && uniquenessOf(same, (data?.keys ?? []).map(({ name }) => name), table) === "found";
}

/** Whether the function asks the database for the same after memory, before it changes anything: by a change that only one can make, or by a read that ends it, which holds no other away. */
function isAskedAgain(place: TSESTree.Node, fn: FunctionNode, parts: ReadonlySet<string>, purpose: "once" | "lock", source: Source): boolean {
  const later = queriesIn(source).filter(({ node }) => node.range[0] > place.range[1] && isWithin(node, fn.body));
  for (const query of later) {
    const isOfKey = (query.filter?.keys ?? []).some(({ value }) => value !== null && sharesPart(parts, value, source));
    if (query.effect === "read") {
      if (purpose === "once" && query.kind === "read-one" && isOfKey && endsWhereFound(query, source)) return true;
      continue;
    }
    return (isOfKey && comparesAndSets(query, source)) || isOnlyOnce(query, parts, source);
  }
  return false;
}

/** Whether all that memory is asked for is asked of the database as well: what it does not know costs a query, and nothing else. */
export function isFastPath(places: readonly TSESTree.Node[], purpose: SharedState["purpose"], source: Source): boolean {
  if (purpose === "limit") return false;
  const asked = places.flatMap((place) => {
    const key = keyAsked(place);
    return key ? [{ place, parts: partsOf(key, source) }] : [];
  });
  return asked.length > 0 && asked.every(({ place, parts }) => {
    const fn = enclosingFunction(place);
    return fn !== null && (isBesideWait(place, parts, source) || ((purpose === "once" || purpose === "lock") && isAskedAgain(place, fn, parts, purpose, source)));
  });
}
