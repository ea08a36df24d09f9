import type { TSESTree } from "@typescript-eslint/utils";

import { soleValueOf, variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { keyName, propertyOf, unwrap } from "../../syntax/value.js";
import type { Column, Columns } from "./columns.js";
import { settledNode } from "./columns.js";
import { memberOf } from "./row-keys.js";

const textOf = (node: TSESTree.Node, { text }: Source): string => text.slice(...unwrap(node).range).replaceAll(/\s+|[?!](?=\.)/g, "");

/** What a name was taken out of, and under which name there: `const { email: mail } = dto`. */
function takenOutOf(node: TSESTree.Node, source: Source): { object: TSESTree.Node; name: string } | null {
  const inner = unwrap(node);
  if (inner.type === "MemberExpression") return inner.computed || inner.property.type !== "Identifier" ? null : { object: inner.object, name: inner.property.name };
  const definition = inner.type === "Identifier" ? variableOf(inner, source)?.defs[0] : undefined;
  if (definition?.type !== "Variable" || definition.node.id.type !== "ObjectPattern" || !definition.node.init) return null;
  const property = definition.name.parent.type === "AssignmentPattern" ? definition.name.parent.parent : definition.name.parent;
  const name = property.type === "Property" && property.parent === definition.node.id ? keyName(property.key, property.computed) : null;
  return name === null ? null : { object: definition.node.init, name };
}

/** Whether two expressions of one function come to the same value: by their text, and what the names in it stand for. */
export function isSameValue(one: TSESTree.Node, other: TSESTree.Node, source: Source): boolean {
  const [left, right] = [settledNode(one, source), settledNode(other, source)];
  if (left === right) return true;
  const isSameText = (textOf(one, source) === textOf(other, source) || textOf(left, source) === textOf(right, source)) && rootOf(one, source) === rootOf(other, source);
  if (isSameText) return true;
  const [from, to] = [takenOutOf(left, source), takenOutOf(right, source)];
  return from !== null && to?.name === from.name && textOf(from.object, source) === textOf(to.object, source);
}

const rootOf = (node: TSESTree.Node, source: Source): unknown => {
  const root = memberOf(node)?.root;
  return root ? variableOf(root, source) : null;
};

/** What data takes in as a whole: itself, where it is a name, and what is spread into it. */
function wholesIn(node: TSESTree.Node, source: Source, hops = 4): TSESTree.Node[] {
  const inner = settledNode(node, source);
  if (hops === 0 || inner.type === "Literal") return [];
  if (inner.type === "ArrayExpression") return inner.elements.flatMap((element) => (element ? wholesIn(element, source, hops - 1) : []));
  if (inner.type === "CallExpression") return inner.arguments.flatMap((argument) => wholesIn(argument, source, hops - 1));
  if (inner.type !== "ObjectExpression") return [inner];
  return inner.properties.flatMap((property) => (property.type === "SpreadElement" ? wholesIn(property.argument, source, hops - 1) : []));
}

/** `{ user: { connect: { id } } }`, for a column `userId`. */
function isConnected({ name, value }: Column, data: Columns, source: Source): boolean {
  return data.keys.some((key) => {
    const relation = key.value && unwrap(key.value);
    const connect = relation?.type === "ObjectExpression" ? propertyOf(relation, "connect") : null;
    if (!connect || connect === "unknown" || connect.type !== "ObjectExpression" || !name.startsWith(key.name)) return false;
    return connect.properties.some((property) => property.type === "Property" && value !== null && isSameValue(property.value, value, source));
  });
}

/**
 * Whether data gives a column the value that a filter asks for.
 *
 * @returns `null` where the data says nothing of the column.
 */
export function givesSame(column: Column, data: Columns, source: Source): boolean | null {
  const { name, value } = column;
  if (!value) return null;
  const own = data.keys.filter((key) => key.name === name && key.path.length === 0);
  if (own.length > 0) return own.some((key) => key.value !== null && isSameValue(key.value, value, source));
  if (isConnected(column, data, source)) return true;
  const taken = takenOutOf(value, source);
  if (taken?.name !== name) return null;
  const object = textOf(taken.object, source);
  return wholesIn(data.node, source).some((whole) => textOf(whole, source) === object || restOf(whole, source) === object) ? true : null;
}

/** What a name is the rest of: `const { password, ...rest } = dto`. */
function restOf(node: TSESTree.Node, source: Source): string | null {
  const definition = node.type === "Identifier" ? variableOf(node, source)?.defs[0] : undefined;
  if (definition?.type !== "Variable" || definition.name.parent.type !== "RestElement" || !definition.node.init) return null;
  const from = unwrap(definition.node.init);
  const variable = from.type === "Identifier" ? variableOf(from, source) : null;
  return textOf((variable && soleValueOf(variable)) ?? from, source);
}
