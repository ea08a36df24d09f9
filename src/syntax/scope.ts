import type { TSESLint, TSESTree } from "@typescript-eslint/utils";

import type { Source } from "./source.js";

type Scope = TSESLint.Scope.Scope;
type Variable = TSESLint.Scope.Variable;

/** The innermost scope that a node stands in. */
export function scopeOf(node: TSESTree.Node, source: Source): Scope | null {
  const manager = source.scopeManager;
  if (!manager) return null;
  const inner = node.type !== "Program";
  for (let current: TSESTree.Node | undefined = node; current; current = current.parent) {
    const scope = manager.acquire(current, inner);
    if (scope) return scope.type === "function-expression-name" ? (scope.childScopes[0] ?? scope) : scope;
  }
  return manager.scopes[0] ?? null;
}

/** The variable that a name means at a place in the code, or `null` when nothing declares it. */
export function variableNamed(name: string, at: TSESTree.Node, source: Source): Variable | null {
  for (let scope: Scope | null = scopeOf(at, source); scope; scope = scope.upper) {
    const variable = scope.set.get(name);
    if (variable) return variable;
  }
  return null;
}

/** The variable behind an identifier, or `null` when nothing declares it. */
export const variableOf = (node: TSESTree.Identifier | TSESTree.JSXIdentifier, source: Source): Variable | null => variableNamed(node.name, node, source);

/**
 * Whether an identifier means the host's global of that name: nothing in the file declares it. Most TypeScript projects
 * do not tell ESLint their globals, so an undeclared name counts as much as a configured one.
 */
export function isGlobal(node: TSESTree.Identifier, source: Source): boolean {
  const variable = variableOf(node, source);
  return variable === null || variable.defs.length === 0;
}

/** The places where a variable is read. */
export const readsOf = (variable: Variable): TSESTree.Identifier[] =>
  variable.references.filter((reference) => reference.isRead()).map((reference) => reference.identifier as TSESTree.Identifier);

/** The one expression that a variable ever holds, or `null` for what is written more than once, a parameter, or no plain value. */
export function soleValueOf(variable: Variable): TSESTree.Expression | null {
  const [definition] = variable.defs;
  if (variable.defs.length !== 1 || definition?.type !== "Variable") return null;
  const { id, init } = definition.node;
  if (id.type !== "Identifier" || !init) return null;
  return variable.references.some((reference) => reference.isWrite() && !reference.init) ? null : init;
}
