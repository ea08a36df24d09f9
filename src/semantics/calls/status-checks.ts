import type { TSESTree } from "@typescript-eslint/utils";

import { type Edit, insertStatementAfter } from "../../syntax/edit.js";
import type { Source } from "../../syntax/source.js";
import { outermost } from "../../syntax/value.js";
import { ancestor, isFunction } from "../../syntax/walk.js";
import type { UncheckedResponse } from "./unchecked-responses.js";

/** A check of a response's status, to be written before its body is read. */
export interface StatusCheck {
  /** What is asked: `response.ok`. */
  readonly asks: string;
  readonly edit: Edit;
}

const check = (name: string): string => `if (!${name}.ok) throw new Error(\`Request failed with status \${${name}.status}\`);`;

/** `.then((response) => response.json())` becomes a function with a body of its own. */
function inContinuation(fn: TSESTree.ArrowFunctionExpression, name: string, source: Source): Edit | null {
  const { body, range } = fn;
  if (!source.text.slice(range[0], body.range[0]).trimEnd().endsWith("=>")) return null;
  return (fixer) => [fixer.replaceText(body, `{ ${check(name)} return ${source.text.slice(...body.range)}; }`)];
}

/** The check that is missing; `null` where there is no name to ask, or no room for it. */
export function statusCheckFor({ call, read, taken }: UncheckedResponse, source: Source): StatusCheck | null {
  const [name, ...others] = taken.variables;
  if (!name || others.length > 0) return null;
  const { parent } = outermost(call);
  const asks = `${name.name}.ok`;
  if (parent?.type === "AwaitExpression") {
    const target = outermost(parent).parent;
    const isNamed = target?.type === "VariableDeclarator" ? target.id === name && target.parent.declarations.length === 1 : target?.type === "AssignmentExpression";
    const edit = isNamed ? insertStatementAfter(call, check(name.name), source) : null;
    return edit && { asks, edit };
  }
  const fn = ancestor(read, isFunction);
  const isItsOwn = fn?.type === "ArrowFunctionExpression" && fn.params[0] === name && fn.body.type !== "BlockStatement";
  const edit = isItsOwn ? inContinuation(fn, name.name, source) : null;
  return edit && { asks, edit };
}
