import type { TSESTree } from "@typescript-eslint/utils";

import { backgroundDecorators, backgroundWords } from "../knowledge/side-work.js";
import { fileFacts } from "../project/file.js";
import { pathInProject } from "../project/path.js";
import type { Source } from "../syntax/source.js";
import { ancestor, isClass } from "../syntax/walk.js";
import { originOf } from "./provenance.js";

/** Whether the code of a file, as a word of its path says, runs by a clock or from a queue: nobody waits for it. */
export function isBackgroundFile(source: Source): boolean {
  const facts = fileFacts(source);
  const words = facts ? pathInProject(facts).toLowerCase().split(/[^a-z\d]+/) : [];
  return words.some((word) => backgroundWords.has(word));
}

/** Whether a node stands in a method, or a class, that a decorator runs by a clock or from a queue. */
export function isBackgroundMethod(node: TSESTree.Node, source: Source): boolean {
  const method = ancestor(node, (candidate) => candidate.type === "MethodDefinition");
  const owner = method && ancestor(method, isClass);
  return [method, owner].some((holder) => holder !== null && "decorators" in holder && holder.decorators.some((decorator) => isBackgroundDecorator(decorator, source)));
}

function isBackgroundDecorator({ expression }: TSESTree.Decorator, source: Source): boolean {
  const origin = originOf(expression.type === "CallExpression" ? expression.callee : expression, source);
  return origin !== null && origin.steps.length === 1 && (backgroundDecorators[origin.module]?.includes(origin.steps[0] as string) ?? false);
}
