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

const disabling = /^\s*(?:eslint|oxlint)-disable(-next-line|-line)?\s([^]*)/;
const enabling = /^\s*(?:eslint|oxlint)-enable\b([^]*)/;

/** Whether a comment switches a linter's rule off where a node stands, for its line or for what follows. */
export function isDisabledAt(node: TSESTree.Node, rule: RegExp, source: Source): boolean {
  const comments = source.ast.comments ?? [];
  return comments.some(({ value, loc, range }) => {
    const [, scope, rules] = disabling.exec(value) ?? [];
    if (rules === undefined || !rule.test(rules.split(/\s--/)[0] ?? "")) return false;
    if (scope === "-next-line") return loc.end.line + 1 === node.loc.start.line;
    if (scope === "-line") return loc.start.line === node.loc.start.line;
    const isOnAgain = comments.some((other) => {
      const on = other.range[0] > range[0] && other.range[0] < node.range[0] ? enabling.exec(other.value)?.[1] : undefined;
      return on !== undefined && (on.trim() === "" || rule.test(on));
    });
    return range[0] < node.range[0] && !isOnAgain;
  });
}
