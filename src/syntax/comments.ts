import type { TSESTree } from "@typescript-eslint/utils";

import type { Source } from "./source.js";

function statementAround(node: TSESTree.Node): TSESTree.Node {
  let current = node;
  while (current.parent && !/(?:Statement|Declaration|Definition|Program)$/.test(current.type)) current = current.parent;
  return current;
}

/** Whether a comment at the statement that a node stands in, directly above it or on its first or last line, says something. */
export function hasCommentAt(node: TSESTree.Node, pattern: RegExp, source: Source): boolean {
  const { start, end } = statementAround(node).loc;
  const comments = source.ast.comments ?? [];
  // The lines of a comment are comments of their own: `// …` above `// …`.
  let first = start.line;
  for (let index = comments.length - 1; index >= 0; index -= 1) {
    const { loc } = comments[index] as TSESTree.Comment;
    if (loc.end.line === first - 1) first = loc.start.line;
  }
  return comments.some(({ loc, value }) => ((loc.start.line >= first && loc.end.line <= start.line) || loc.start.line === end.line) && pattern.test(value));
}
