import type { TSESTree } from "@typescript-eslint/utils";

import { addImport, type Edit, together } from "../../syntax/edit.js";
import type { Source } from "../../syntax/source.js";
import { outermost } from "../../syntax/value.js";
import type { DetachedWork } from "./detached-work.js";
import { afterAnswerOf } from "../entries/platforms.js";

/** The expression of the statement that a promise is, `void` included; `null` where it is part of another. */
function wholeOf(promise: TSESTree.Node): TSESTree.Node | null {
  const whole = outermost(promise);
  const outer = whole.parent?.type === "UnaryExpression" ? whole.parent : whole;
  return outer.parent?.type === "ExpressionStatement" ? outer : null;
}

/** Hands work to the framework's own function that runs it when the answer is out: `after(() => send(order))`. */
export function keptForAfter({ chain, entry }: DetachedWork, source: Source): { name: string; fix: Edit } | null {
  const after = afterAnswerOf(entry, source);
  const whole = wholeOf(chain.node);
  const bring = after && whole && addImport(after.module, [after.name], source);
  if (!bring) return null;
  const [start, end] = [whole.range[0], outermost(chain.node).range[0]];
  const fix = together(bring, (fixer) => [fixer.replaceTextRange([start, end], `${after.name}(() => `), fixer.insertTextAfter(whole, ")")]);
  return { name: after.name, fix };
}
