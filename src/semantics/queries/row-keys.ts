import type { TSESLint, TSESTree } from "@typescript-eslint/utils";

import { soleValueOf, variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { keyName, memberName, outermost, unwrap } from "../../syntax/value.js";
import { isFunction, isWithin, returnsOf, walk } from "../../syntax/walk.js";
import { settledNode } from "./columns.js";
import { isDatabaseObject } from "./databases.js";
import { isAwaited } from "../program/one-run.js";
import { originOf } from "../program/provenance.js";
import type { Query } from "./queries.js";

type Variable = TSESLint.Scope.Variable;

/** A variable that a row is kept in, and the place from which on it surely is. */
export interface Holder {
  readonly variable: Variable;
  /** Whether the variable is the key itself: `const { id } = await …`. */
  readonly isKey: boolean;
  /** The block in which the variable surely holds it; `null` for wherever it can be seen. */
  readonly within: TSESTree.Node | null;
}

/** Names of columns that hold keys. */
export const keyPattern = /^(?:_?id|uuid|pk|rowid)$|(?:Id|ID|_id|Uuid|_uuid|Rowid)$/;

function holdersIn(pattern: TSESTree.Node, source: Source, within: TSESTree.Node | null): Holder[] {
  const found: Holder[] = [];
  walk(pattern, source, (node) => {
    if (node.type !== "Identifier" || (node.parent.type === "Property" && node.parent.key === node && !node.parent.shorthand)) return true;
    const variable = variableOf(node, source);
    const key = node.parent.type === "Property" ? keyName(node.parent.key, node.parent.computed) : null;
    if (variable) found.push({ variable, isKey: key !== null && keyPattern.test(key), within });
    return true;
  });
  return found;
}

/** The variables that hold the row that a create gives back, or that a save is given. */
export function holdersOf(query: Query, source: Source): Holder[] {
  let value = outermost(query.node);
  let pattern: TSESTree.Node | null = null;
  for (;;) {
    const parent = value.parent;
    if (parent?.type === "AwaitExpression") value = outermost(parent);
    else if (parent?.type === "MemberExpression" && parent.object === value && parent.computed) value = outermost(parent);
    else if (parent?.type === "ArrayExpression" && parent.parent.type === "CallExpression" && isAwaited(value)) {
      const target = targetOf(parent.parent);
      const position = parent.elements.indexOf(value as TSESTree.Expression);
      pattern = target?.type === "ArrayPattern" ? (target.elements[position] ?? null) : null;
      return pattern ? holdersIn(pattern, source, null) : [];
    } else break;
  }
  const parent = value.parent;
  const given = givenEntity(query, source);
  if (parent?.type === "VariableDeclarator" && parent.init === value) return [...holdersIn(parent.id, source, null), ...given];
  if (parent?.type === "AssignmentExpression" && parent.right === value && parent.left.type === "Identifier" && parent.parent.type === "ExpressionStatement") {
    return [...holdersIn(parent.left, source, parent.parent.parent), ...given];
  }
  return given;
}

/** The pattern that the awaited result of a call goes into. */
function targetOf(call: TSESTree.CallExpression): TSESTree.Node | null {
  let value = outermost(call);
  while (value.parent?.type === "AwaitExpression") value = outermost(value.parent);
  return value.parent?.type === "VariableDeclarator" && value.parent.init === value ? value.parent.id : null;
}

/** An entity object gets its key when it is saved, or saves itself. */
function givenEntity(query: Query, source: Source): Holder[] {
  const first = query.ofRow ? query.receiver : query.rowsAsKeys && query.node.type === "CallExpression" ? query.node.arguments[0] : undefined;
  const variable = first?.type === "Identifier" ? variableOf(first, source) : null;
  return variable?.defs[0]?.type === "Variable" ? [{ variable, isKey: false, within: null }] : [];
}

/** A column that is given a value: its name, the value, and whether it stands in an object within the row. */
interface Given {
  readonly name: string;
  readonly value: TSESTree.Node;
  readonly nested: boolean;
}

/** All columns in what a write is given: of objects, lists, what lists are mapped to, and what is put into a variable by and by. */
function* columnsGiven(node: TSESTree.Node, source: Source, nested = false, hops = 6): Generator<Given> {
  if (hops === 0) return;
  if (node.type === "Identifier") yield* columnsAdded(node, source, nested, hops);
  const inner = settledNode(node, source);
  switch (inner.type) {
    case "ObjectExpression":
      for (const property of inner.properties) {
        if (property.type === "SpreadElement") {
          yield* columnsGiven(property.argument, source, nested, hops - 1);
          continue;
        }
        const value = unwrap(property.value);
        yield { name: keyName(property.key, property.computed) ?? "", value, nested };
        if (value.type === "ObjectExpression") yield* columnsGiven(value, source, true, hops - 1);
      }
      break;
    case "ArrayExpression":
      for (const element of inner.elements) if (element) yield* columnsGiven(element.type === "SpreadElement" ? element.argument : element, source, nested, hops - 1);
      break;
    case "ConditionalExpression":
      yield* columnsGiven(inner.consequent, source, nested, hops - 1);
      yield* columnsGiven(inner.alternate, source, nested, hops - 1);
      break;
    case "LogicalExpression":
      yield* columnsGiven(inner.right, source, nested, hops - 1);
      break;
    case "AwaitExpression":
      yield* columnsGiven(inner.argument, source, nested, hops - 1);
      break;
    case "CallExpression":
      for (const argument of inner.arguments) {
        if (!isFunction(argument)) yield* inner.callee.type === "MemberExpression" && memberName(inner.callee) === "create" ? columnsGiven(argument, source, nested, hops - 1) : [];
        else for (const result of returnsOf(argument, source)) yield* columnsGiven(result, source, nested, hops - 1);
      }
      break;
  }
}

/** `rows.push({ … })`, `row.orderId = order.id`. */
function* columnsAdded(name: TSESTree.Identifier, source: Source, nested: boolean, hops: number): Generator<Given> {
  for (const { identifier } of variableOf(name, source)?.references ?? []) {
    const member = identifier.parent;
    if (member.type !== "MemberExpression" || member.object !== identifier) continue;
    const { parent } = member;
    if (parent.type === "AssignmentExpression" && parent.left === member) yield { name: memberName(member) ?? "", value: unwrap(parent.right), nested };
    if (parent.type === "CallExpression" && parent.callee === member && memberName(member) === "push") {
      for (const argument of parent.arguments) yield* columnsGiven(argument, source, nested, hops - 1);
    }
  }
}

/** The variable that a chain of members begins at, and the last member's name. */
export function memberOf(node: TSESTree.Node): { root: TSESTree.Identifier; last: string | null } | null {
  let current = unwrap(node);
  const last = current.type === "MemberExpression" ? memberName(current) : null;
  while (current.type === "MemberExpression") current = unwrap(current.object);
  return current.type === "Identifier" ? { root: current, last } : null;
}

/** Whether a value is the key of the row in a holder. */
function isKeyOf(value: TSESTree.Node, holders: readonly Holder[], row: Query, source: Source, hops = 3): boolean {
  const inner = unwrap(value);
  if (inner.type === "LogicalExpression" && inner.operator !== "&&") return isKeyOf(inner.left, holders, row, source, hops);
  const found = memberOf(inner);
  const variable = found && variableOf(found.root, source);
  if (!found || !variable) return false;
  const holder = holders.find((candidate) => candidate.variable === variable && (!candidate.within || isWithin(inner, candidate.within)));
  if (holder && found.last === null) return holder.isKey || row.rowsAsKeys;
  if (holder) return keyPattern.test(found.last ?? "") && (found.last === "id" || !isWritten(found.last as string, row));
  const alias = hops > 0 && found.last === null ? soleValueOf(variable) : null;
  return alias ? isKeyOf(alias, holders, row, source, hops - 1) : false;
}

/** Whether the code itself chose the value of a column: reading it back says nothing new. */
const isWritten = (name: string, { data }: Query): boolean => data?.keys.some((column) => column.name === name) ?? false;

/** Whether a write is given the key of a row that another has made. */
export function takesKeyOf(row: Query, holders: readonly Holder[], later: Query, source: Source): boolean {
  const data = later.data?.node;
  if (!data) return false;
  // The values of a statement in SQL stand beside its text.
  if (data.type === "Literal" || data.type === "TemplateLiteral") return later.data.keys.some(({ value }) => value !== null && isKeyOf(value, holders, row, source));
  for (const { name, value, nested } of columnsGiven(data, source)) {
    if ((!nested || name === "id") && isKeyOf(value, holders, row, source)) return true;
  }
  return false;
}

/** Whether an entity that is saved was made here, and so is in no table yet. */
export function isNew(node: TSESTree.Node, source: Source, hops = 3): boolean {
  const inner = settledNode(node, source);
  if (inner.type === "NewExpression") return true;
  if (inner.type === "ObjectExpression") return inner.properties.every((property) => property.type === "Property" && !keyPattern.test(keyName(property.key, property.computed) ?? "id"));
  if (inner.type !== "CallExpression" || inner.callee.type !== "MemberExpression") return false;
  const [callback] = inner.arguments;
  const results = callback && isFunction(callback) && memberName(inner.callee) === "map" ? returnsOf(callback, source) : [];
  if (results.length > 0) return hops > 0 && results.every((result) => isNew(result, source, hops - 1));
  const origin = memberName(inner.callee) === "create" ? originOf(inner.callee.object, source) : null;
  return origin !== null && isDatabaseObject(origin);
}
