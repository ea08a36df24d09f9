import type { TSESTree } from "@typescript-eslint/utils";

import { type Edit, together } from "../../syntax/edit.js";
import { contains, type FunctionNode } from "../../syntax/walk.js";
import type { Source } from "../../syntax/source.js";

/** The name of the parameter that a handler passes failures to; `null` where it has none and none can be added without its type. */
function nextOf(fn: FunctionNode): { name: string; bring: Edit } | null {
  const isTyped = (parameter: TSESTree.Parameter): boolean => "typeAnnotation" in parameter && parameter.typeAnnotation !== undefined;
  const given = fn.params[fn.params.length === 4 ? 3 : 2];
  if (given) return given.type === "Identifier" ? { name: given.name, bring: together() } : null;
  const last = fn.params.at(-1);
  if (!last || fn.params.length !== 2 || fn.params.some(isTyped)) return null;
  return { name: "next", bring: (fixer) => [fixer.insertTextAfter(last, ", next")] };
}

/** Puts the whole body of a handler into a `try` that passes failures on to `next`. */
export function passedToNext(fn: FunctionNode, source: Source): Edit | null {
  const next = nextOf(fn);
  if (!next || fn.body.type !== "BlockStatement") return null;
  const isTaken = fn.params.length === 2 && contains(fn.body, source, (node) => node.type === "Identifier" && node.name === next.name);
  if (isTaken) return null;
  const [start, end] = fn.body.range;
  return together(next.bring, (fixer) => [
    fixer.insertTextAfterRange([start, start + 1], " try {"),
    fixer.insertTextBeforeRange([end - 1, end], `} catch (error) { ${next.name}(error); } `),
  ]);
}
