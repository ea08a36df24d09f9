import type { TSESTree } from "@typescript-eslint/utils";

import type { Source } from "./source.js";
import { memberName, unwrap } from "./value.js";

const plain: ReadonlySet<string> = new Set(["CallExpression", "Identifier", "MemberExpression", "MetaProperty", "NewExpression", "Super", "TaggedTemplateExpression", "ThisExpression"]);

/** An expression without the types that its author has put around the parts of it: `prisma.user` of `(prisma as any).user`. */
function textOf(node: TSESTree.Node, source: Source): string {
  const { text } = source;
  const inner = unwrap(node);
  if (inner.type !== "MemberExpression") return text.slice(...inner.range);
  // Dots, brackets and comments stay as they are written.
  const rest = text.slice(inner.object.range[1], inner.range[1]).replace(/^\s*\)+/, "");
  const object = textOf(inner.object, source);
  return `${plain.has(unwrap(inner.object).type) ? object : `(${object})`}${rest}`;
}

/**
 * A callee as its author wrote it, in one line and without types.
 *
 * @param longest in characters: of what is longer, the last name is left (`….update`).
 */
export function calleeText(callee: TSESTree.Node, source: Source, longest = 60): string {
  const text = textOf(callee, source).replaceAll(/\s*\n\s*/g, "");
  const last = callee.type === "MemberExpression" ? memberName(callee) : null;
  return text.length <= longest || last === null ? text.slice(0, longest) : `….${last}`;
}
