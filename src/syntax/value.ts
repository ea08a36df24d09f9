import type { TSESTree } from "@typescript-eslint/utils";

import { soleValueOf, variableOf } from "./scope.js";
import type { Source } from "./source.js";

type Wrapper =
  | TSESTree.TSAsExpression
  | TSESTree.TSNonNullExpression
  | TSESTree.TSSatisfiesExpression
  | TSESTree.TSTypeAssertion
  | TSESTree.TSInstantiationExpression
  | TSESTree.ChainExpression;

const wrappers: ReadonlySet<string> = new Set([
  "TSAsExpression",
  "TSNonNullExpression",
  "TSSatisfiesExpression",
  "TSTypeAssertion",
  "TSInstantiationExpression",
  "ChainExpression",
]);

const isWrapper = (node: TSESTree.Node): node is Wrapper => wrappers.has(node.type);

/** The expression inside type assertions, non-null marks and optional chains: what is there at run time. */
export function unwrap(node: TSESTree.Node): TSESTree.Node {
  let current = node;
  while (isWrapper(current)) current = current.expression;
  return current;
}

/** What a chain of members and calls begins at: `client` of `client.from("orders").select`. */
export function rootOf(node: TSESTree.Node): TSESTree.Node {
  let root = unwrap(node);
  while (root.type === "MemberExpression" || root.type === "CallExpression") root = unwrap(root.type === "MemberExpression" ? root.object : root.callee);
  return root;
}

/** The last name of what is called: `find` of `orders.find`, `fetch`; empty where it has none. */
export function lastNameOf(callee: TSESTree.Node): string {
  const inner = unwrap(callee);
  if (inner.type === "MemberExpression") return memberName(inner) ?? "";
  return inner.type === "Identifier" ? inner.name : "";
}

/** Like {@link unwrap}, and through `await`. */
export function unwrapAwait(node: TSESTree.Node): TSESTree.Node {
  const inner = unwrap(node);
  return inner.type === "AwaitExpression" ? unwrapAwait(inner.argument) : inner;
}

/** The expression with the type assertions, non-null marks and optional chains around it: the counterpart of {@link unwrap}. */
export function outermost(node: TSESTree.Node): TSESTree.Node {
  let current = node;
  while (current.parent && isWrapper(current.parent)) current = current.parent;
  return current;
}

/** The text of a string literal or of a template without holes. */
export function stringValue(node: TSESTree.Node | null | undefined): string | null {
  if (!node) return null;
  const inner = unwrap(node);
  if (inner.type === "Literal") return typeof inner.value === "string" ? inner.value : null;
  return inner.type === "TemplateLiteral" && inner.expressions.length === 0 ? (inner.quasis[0]?.value.cooked ?? null) : null;
}

/** The name that a key or member is read by, or `null` for a computed one that is no literal. */
export function keyName(key: TSESTree.Node, computed: boolean): string | null {
  if (!computed) {
    if (key.type === "Identifier") return key.name;
    if (key.type === "PrivateIdentifier") return `#${key.name}`;
  }
  if (key.type === "Literal") return String(key.value);
  return stringValue(key);
}

/** The name that a member expression reads. */
export const memberName = (node: TSESTree.MemberExpression): string | null => keyName(node.property, node.computed);

/** Whether a value is written as nothing: `null`, `undefined`. */
export function isNullish(node: TSESTree.Node): boolean {
  const inner = unwrap(node);
  return (inner.type === "Literal" && inner.raw === "null") || (inner.type === "Identifier" && inner.name === "undefined");
}

/** Whether some line sets that member of an object in a variable, or a member of a name that is not written out. */
const isMemberSet = (variable: NonNullable<ReturnType<typeof variableOf>>, name: string): boolean =>
  variable.references.some(({ identifier: { parent } }) => {
    if (parent.type === "CallExpression") return parent.callee.type === "MemberExpression" && memberName(parent.callee) === "assign";
    const isTarget = parent.type === "MemberExpression" && parent.parent.type === "AssignmentExpression" && parent.parent.left === parent;
    return isTarget && (memberName(parent) ?? name) === name;
  });

/** Whether what is spread may bring a property: no object that is written out without it does, behind a condition or in a constant. */
function mayBring(spread: TSESTree.Node, name: string, source: Source | undefined, hops = 5): boolean {
  const inner = unwrap(spread);
  if (hops === 0) return true;
  switch (inner.type) {
    case "ObjectExpression":
      return propertyOf(inner, name, source) !== null;
    case "ConditionalExpression":
      return mayBring(inner.consequent, name, source, hops - 1) || mayBring(inner.alternate, name, source, hops - 1);
    case "LogicalExpression":
      return (inner.operator !== "&&" && mayBring(inner.left, name, source, hops - 1)) || mayBring(inner.right, name, source, hops - 1);
    case "Literal":
      return false;
    case "Identifier": {
      if (inner.name === "undefined") return false;
      const variable = source ? variableOf(inner, source) : null;
      const value = variable && soleValueOf(variable);
      return !value || isMemberSet(variable, name) || mayBring(value, name, source, hops - 1);
    }
    default:
      return true;
  }
}

/**
 * What an object literal has under a name: the value; `"unknown"` when a spread or computed key may bring it; `null` when it is not there.
 * The last one of a name counts, and a spread after it may override it, unless it can be seen that it has no such name: through constants
 * only with the source.
 */
export function propertyOf(object: TSESTree.ObjectExpression, name: string, source?: Source): TSESTree.Node | "unknown" | null {
  for (let index = object.properties.length - 1; index >= 0; index -= 1) {
    const property = object.properties[index] as TSESTree.ObjectExpression["properties"][number];
    if (property.type === "SpreadElement") {
      if (mayBring(property.argument, name, source)) return "unknown";
      continue;
    }
    const key = keyName(property.key, property.computed);
    if (key === null) return "unknown";
    if (key === name) return property.value;
  }
  return null;
}

/** An expression with const hops and type syntax taken away: what an identifier was declared to be, as far as this file tells. */
export function resolveConst(node: TSESTree.Node, source: Source, hops = 5): TSESTree.Node {
  const inner = unwrap(node);
  if (inner.type !== "Identifier" || hops === 0) return inner;
  const variable = variableOf(inner, source);
  const value = variable && soleValueOf(variable);
  return value ? resolveConst(value, source, hops - 1) : inner;
}

/** A number that is written out, sums and products of such included (`30 * 1000`). */
export function numberValue(node: TSESTree.Node, source: Source, depth = 20): number | null {
  // A number may be made of itself in code that does not run: `var rounds = rounds * 2`.
  if (depth === 0) return null;
  const inner = resolveConst(node, source);
  if (inner.type === "Literal") return typeof inner.value === "number" ? inner.value : null;
  if (inner.type === "UnaryExpression" && inner.operator === "-") {
    const value = numberValue(inner.argument, source, depth - 1);
    return value === null ? null : -value;
  }
  if (inner.type !== "BinaryExpression" || inner.left.type === "PrivateIdentifier") return null;
  const left = numberValue(inner.left, source, depth - 1);
  const right = left === null ? null : numberValue(inner.right, source, depth - 1);
  if (left === null || right === null) return null;
  switch (inner.operator) {
    case "*":
      return left * right;
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "/":
      return left / right;
    default:
      return null;
  }
}
