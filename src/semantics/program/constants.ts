import type { TSESTree } from "@typescript-eslint/utils";

import { follow } from "../../project/modules.js";
import { exportsNamed } from "../../syntax/exports.js";
import { soleValueOf, variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { unwrap } from "../../syntax/value.js";

const hops = 5;

/** An expression, with the file that it stands in. */
export interface Placed {
  readonly node: TSESTree.Node;
  readonly source: Source;
}

function exported(name: string, source: Source, left: number): Placed | null {
  for (const candidate of exportsNamed(name, source)) {
    if (candidate.kind === "own") {
      const found = candidate.node.type === "Identifier" ? constantOf(candidate.node, source, left - 1) : { node: candidate.node, source };
      if (found) return found;
    } else {
      const target = left > 0 ? follow(candidate.specifier, source, null) : null;
      const found = target && "source" in target ? exported(candidate.name, target.source, left - 1) : null;
      if (found) return found;
    }
  }
  return null;
}

/** The one expression that a name stands for, in this file or in the module that it is imported from. Parses that module, so ask for it last. */
export function constantOf(name: TSESTree.Identifier, source: Source, left = hops): Placed | null {
  const variable = left > 0 ? variableOf(name, source) : null;
  const value = variable && soleValueOf(variable);
  if (value) return { node: unwrap(value), source };
  const [definition] = variable?.defs ?? [];
  if (definition?.type !== "ImportBinding" || definition.parent.type !== "ImportDeclaration") return null;
  const specifier = definition.node as TSESTree.ImportClause;
  if (specifier.type === "ImportNamespaceSpecifier") return null;
  const imported = specifier.type === "ImportDefaultSpecifier" ? "default" : specifier.imported.type === "Identifier" ? specifier.imported.name : specifier.imported.value;
  const target = follow(definition.parent.source.value, source, null);
  return target && "source" in target ? exported(imported, target.source, left - 1) : null;
}
