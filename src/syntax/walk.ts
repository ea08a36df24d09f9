import type { TSESTree } from "@typescript-eslint/utils";

import type { Source } from "./source.js";

export type FunctionNode = TSESTree.FunctionDeclaration | TSESTree.FunctionExpression | TSESTree.ArrowFunctionExpression;

export const isFunction = (node: TSESTree.Node | null | undefined): node is FunctionNode =>
  node?.type === "ArrowFunctionExpression" || node?.type === "FunctionExpression" || node?.type === "FunctionDeclaration";

export const isClass = (node: TSESTree.Node | null | undefined): node is TSESTree.ClassDeclaration | TSESTree.ClassExpression =>
  node?.type === "ClassDeclaration" || node?.type === "ClassExpression";

const isNode = (value: unknown): value is TSESTree.Node => typeof value === "object" && value !== null && typeof (value as { type?: unknown }).type === "string";

/** Puts a node's children on a stack, the last one first: a list of their own for each node costs more than the walk. */
function pushChildren(node: TSESTree.Node, source: Pick<Source, "visitorKeys">, stack: TSESTree.Node[]): void {
  const keys = source.visitorKeys[node.type] ?? [];
  for (let key = keys.length - 1; key >= 0; key -= 1) {
    const value: unknown = node[keys[key] as keyof typeof node];
    if (Array.isArray(value)) {
      for (let index = value.length - 1; index >= 0; index -= 1) if (isNode(value[index])) stack.push(value[index] as TSESTree.Node);
    } else if (isNode(value)) {
      stack.push(value);
    }
  }
}

/** The direct children of a node, in source order of its keys. */
export function childrenOf(node: TSESTree.Node, source: Pick<Source, "visitorKeys">): TSESTree.Node[] {
  const children: TSESTree.Node[] = [];
  pushChildren(node, source, children);
  return children.reverse();
}

/**
 * Walks a subtree, the node itself included.
 *
 * @param visit answers `false` to leave a node's children out, `"stop"` to end the walk.
 * @returns whether the walk was stopped.
 */
export function walk(node: TSESTree.Node, source: Pick<Source, "visitorKeys">, visit: (node: TSESTree.Node) => boolean | "stop" | void): boolean {
  const stack = [node];
  for (let current = stack.pop(); current; current = stack.pop()) {
    const answer = visit(current);
    if (answer === "stop") return true;
    if (answer === false) continue;
    pushChildren(current, source, stack);
  }
  return false;
}

/** Whether a subtree, nested functions left out where asked, holds a node that passes the test. */
export const contains = (
  node: TSESTree.Node,
  source: Pick<Source, "visitorKeys">,
  test: (node: TSESTree.Node) => boolean,
  { nestedFunctions = true }: { nestedFunctions?: boolean } = {},
): boolean =>
  walk(node, source, (current) => {
    if (test(current)) return "stop";
    return nestedFunctions || current === node || !isFunction(current);
  });

/** The nearest ancestor that passes the test, the node itself left out. */
export function ancestor<T extends TSESTree.Node>(node: TSESTree.Node, test: (node: TSESTree.Node) => node is T): T | null;
export function ancestor(node: TSESTree.Node, test: (node: TSESTree.Node) => boolean): TSESTree.Node | null;
export function ancestor(node: TSESTree.Node, test: (node: TSESTree.Node) => boolean): TSESTree.Node | null {
  for (let current = node.parent; current; current = current.parent) if (test(current)) return current;
  return null;
}

/** The function whose body the node runs in, or `null` at the top level of the module. */
export const enclosingFunction = (node: TSESTree.Node): FunctionNode | null => ancestor(node, isFunction);

/** Whether `inner` is `outer` or lies within it. */
export const isWithin = (inner: TSESTree.Node, outer: TSESTree.Node): boolean => inner.range[0] >= outer.range[0] && inner.range[1] <= outer.range[1];

/** What a function gives back: its body, or what its own `return`s say. */
export function returnsOf(fn: FunctionNode, source: Pick<Source, "visitorKeys">): TSESTree.Node[] {
  if (fn.body.type !== "BlockStatement") return [fn.body];
  const returned: TSESTree.Node[] = [];
  walk(fn.body, source, (node) => {
    if (isFunction(node) || isClass(node)) return false;
    if (node.type === "ReturnStatement" && node.argument) returned.push(node.argument);
    return true;
  });
  return returned;
}
