import type { TSESTree } from "@typescript-eslint/utils";

import { follow } from "../../project/modules.js";
import { exportsNamed } from "../../syntax/exports.js";
import { variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { unwrap } from "../../syntax/value.js";
import { isFunction } from "../../syntax/walk.js";

/** An expression, and the file that it stands in. */
export interface Declared {
  readonly node: TSESTree.Node;
  readonly source: Source;
}

const mostHops = 8;

/**
 * The expression that a name was declared with, in whichever file of the workspace: what a chain of builder calls goes on from, where
 * provenance only tells what it comes to.
 *
 * @returns the expression itself when it is no name, and `null` for a name that leads nowhere.
 */
export function declaredAs(node: TSESTree.Node, source: Source, left = mostHops): Declared | null {
  const inner = unwrap(node);
  if (inner.type !== "Identifier" || isFunction(inner.parent)) return inner.type === "Identifier" ? null : { node: inner, source };
  if (left === 0) return null;
  const definition = variableOf(inner, source)?.defs[0];
  switch (definition?.type) {
    case "Variable":
      return definition.node.id.type === "Identifier" && definition.node.init ? declaredAs(definition.node.init, source, left - 1) : null;
    case "FunctionName":
    case "ClassName":
      return { node: definition.node, source };
    case "ImportBinding": {
      const { node: specifier, parent } = definition;
      if (parent.type !== "ImportDeclaration" || specifier.type === "ImportNamespaceSpecifier") return null;
      const name = specifier.type !== "ImportSpecifier" ? "default" : specifier.imported.type === "Identifier" ? specifier.imported.name : specifier.imported.value;
      return exported(name, parent.source.value, source, left - 1);
    }
    default:
      return null;
  }
}

function exported(name: string, specifier: string, from: Source, left: number): Declared | null {
  const target = left > 0 ? follow(specifier, from, null) : null;
  if (!target || "package" in target) return null;
  for (const candidate of exportsNamed(name, target.source)) {
    if (candidate.kind === "elsewhere") {
      const found = exported(candidate.name, candidate.specifier, target.source, left - 1);
      if (found) return found;
      continue;
    }
    const { node } = candidate;
    // The declaration's own name leads to its value as any use of it does.
    const found = node.type === "Identifier" || isFunction(node) ? (isFunction(node) ? { node, source: target.source } : declaredAs(node, target.source, left - 1)) : { node: unwrap(node), source: target.source };
    if (found) return found;
  }
  return null;
}
