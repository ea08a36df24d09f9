import type { TSESTree } from "@typescript-eslint/utils";

import { addProperty, type Edit, insertStatementAfter, together } from "../../syntax/edit.js";
import { scopeOf, variableNamed } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { memberName, outermost } from "../../syntax/value.js";
import { ancestor, isFunction } from "../../syntax/walk.js";
import type { IgnoredResult } from "./results.js";

/** A check that throws the error of a result, to be written after the call. */
export interface ErrorCheck {
  /** What is thrown: `error`, `insertError`, `result.error`. */
  readonly error: string;
  readonly edit: Edit;
}

/** Whether a new name at a place hides nothing that is read there. */
function isFreeAt(name: string, node: TSESTree.Node, source: Source): boolean {
  const scope = scopeOf(node, source);
  return scope !== null && variableNamed(name, node, source) === null && !scope.through.some(({ identifier }) => identifier.name === name);
}

/** `error`, or a name that tells of the operation where that is taken. */
function freeName({ call }: IgnoredResult, source: Source): string | null {
  const operation = call.callee.type === "MemberExpression" ? memberName(call.callee) : null;
  const names = ["error", ...(operation === null ? [] : [`${operation}Error`])];
  return names.find((name) => isFreeAt(name, call.node, source)) ?? null;
}

const thrown = (error: string): string => `if (${error}) throw ${error};`;

/** The check that is missing after a call; `null` where there is no room for it, or the error is not one to throw. */
export function errorCheckFor(result: IgnoredResult, source: Source): ErrorCheck | null {
  const { call, taken, unread } = result;
  const awaited = outermost(call.node).parent;
  if (!call.throwable || !call.promised || awaited?.type !== "AwaitExpression") return null;
  // To find no row is an error as well where one is asked for, and seldom one to throw.
  if (call.effect === "read" && call.orNone !== null) return null;
  // Another error on the way out of one would hide it.
  if (ancestor(call.node, (node) => node.type === "CatchClause" || isFunction(node))?.type === "CatchClause") return null;
  const { parent } = outermost(awaited);
  const check = (error: string, ...edits: Edit[]): ErrorCheck | null => {
    const after = insertStatementAfter(call.node, thrown(error), source);
    return after && { error, edit: together(...edits, after) };
  };
  if (parent?.type === "ExpressionStatement") {
    const name = freeName(result, source);
    const pattern = name === "error" ? "{ error }" : `{ error: ${name ?? ""} }`;
    return name === null ? null : check(name, (fixer) => [fixer.insertTextBefore(parent, `const ${pattern} = `)]);
  }
  if (parent?.type !== "VariableDeclarator" || parent.parent.declarations.length > 1) return null;
  if (unread) return parent.id.type === "ObjectPattern" ? check(unread.name) : null;
  if (parent.id.type === "Identifier") return taken.fields.length > 0 || parent.parent.kind === "const" ? check(`${parent.id.name}.error`) : null;
  const name = parent.id.type === "ObjectPattern" ? freeName(result, source) : null;
  if (name === null) return null;
  return check(name, addProperty(parent.id as TSESTree.ObjectPattern, name === "error" ? name : `error: ${name}`, source));
}
