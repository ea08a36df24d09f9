import type { TSESTree } from "@typescript-eslint/utils";

import type { Edit } from "./edit.js";
import { together } from "./edit.js";
import type { Source } from "./source.js";
import { memberName, outermost, unwrap } from "./value.js";
import { enclosingFunction, type FunctionNode } from "./walk.js";

/** Whether a function is handed to `.then` or its kin, which wait for what it returns. */
function isContinuation(fn: FunctionNode): boolean {
  const whole = outermost(fn);
  const call = whole.parent;
  if (fn.generator || call?.type !== "CallExpression" || call.callee === whole) return false;
  const callee = unwrap(call.callee);
  return callee.type === "MemberExpression" && /^(?:then|catch|finally)$/.test(memberName(callee) ?? "");
}

/**
 * Awaits an expression whose value is dropped: where its function is asynchronous, or is a callback of `.then` that can be made so.
 *
 * @returns `null` where nothing may be awaited, or where the value goes somewhere.
 */
export function awaited(node: TSESTree.Expression, source: Source): Edit | null {
  const fn = enclosingFunction(node);
  if (!fn || (!fn.async && !isContinuation(fn))) return null;
  const whole = outermost(node);
  const { parent } = whole;
  if (parent?.type === "ArrowFunctionExpression" || parent?.type === "ReturnStatement") return null;
  const start = parent?.type === "UnaryExpression" ? parent.range[0] : whole.range[0];
  const await_: Edit = (fixer) => [fixer.replaceTextRange([start, whole.range[0]], "await ")];
  if (fn.async) return await_;
  const isBare = fn.type === "ArrowFunctionExpression" || source.text.startsWith("function", fn.range[0]);
  return isBare ? together((fixer) => [fixer.insertTextBefore(fn, "async ")], await_) : null;
}
