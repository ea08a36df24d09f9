import type { TSESLint, TSESTree } from "@typescript-eslint/utils";

import { type Edit, insertStatementBefore, together } from "../../syntax/edit.js";
import type { Source } from "../../syntax/source.js";
import { enclosingFunction, type FunctionNode } from "../../syntax/walk.js";
import { outermost } from "../../syntax/value.js";
import { awaited } from "../../syntax/awaiting.js";
import type { ProjectTracker } from "./error-trackers.js";
import type { FailureHandler } from "./failure-handling.js";
import { loggerFor, type LoggerAtHand } from "../logging/logging.js";

/** A statement that logs an error, and what the file needs for it. */
interface Log {
  readonly code: string;
  readonly bring: Edit;
}

function withLogger({ style, written }: LoggerAtHand, message: string, name: string): Log | null {
  const method = style?.levels.error;
  if (!style || !written || written.isNew || method === undefined) return null;
  const { error, fields } = style;
  const asField = typeof error === "object" ? (error.field === name ? `{ ${name} }` : `{ ${error.field}: ${name} }`) : name;
  const args = fields === "first" ? `${asField}, ${message}` : `${message}, ${fields === "last" ? asField : name}`;
  if (error === "none" || error === "stack" || fields === "none") return null;
  return { code: `${written.text}.${method}(${args});`, bring: written.bring };
}

/** Logs an error as the project does, else to the console. */
function logAt(node: TSESTree.Node, call: string, source: Source, name = "error"): Log {
  const message = JSON.stringify(`${call} failed`);
  const logger = loggerFor(node, source);
  return (logger && withLogger(logger, message, name)) ?? { code: `console.error(${message}, ${name});`, bring: together() };
}

/** Where a handler that does not take the error would: `catch {`, `() =>`. */
function placeForName(node: FailureHandler["node"], { text }: Source): { at: number; write: (name: string) => string } | null {
  if (node.type === "CatchClause") return { at: node.body.range[0], write: (name) => `(${name}) ` };
  const open = /^(?:async\s*)?(?:function\s*)?\(\s*\)/.exec(text.slice(...node.range))?.[0];
  return open === undefined ? null : { at: node.range[0] + open.indexOf("(") + 1, write: (name) => name };
}

/** Logs the error first thing in its handler; `null` where that takes more than a statement and a name for the error. */
export const loggedFirst = (handler: FailureHandler, call: string, source: Source): Edit | null => keptFirst(handler, (name) => logAt(handler.body, call, source, name), source);

/** Reports the error first thing in its handler; `null` where that takes more than a statement and a name for the error. */
export const reportedFirst = (handler: FailureHandler, tracker: ProjectTracker, source: Source): Edit | null => keptFirst(handler, (name) => tracker.reporting(name, source), source);

function keptFirst({ node, body, binding }: FailureHandler, write: (name: string) => Log | null, source: Source): Edit | null {
  if (body.type !== "BlockStatement" || (binding !== null && binding.type !== "Identifier")) return null;
  const list = binding ? null : placeForName(node, source);
  if (!binding && !list) return null;
  const name = binding?.name ?? "error";
  const log = write(name);
  if (!log) return null;
  const start = body.range[0];
  const [first] = body.body;
  const take: Edit = list ? (fixer) => [fixer.insertTextBeforeRange([list.at, list.at], list.write(name))] : together();
  const written = first ? insertStatementBefore(first, log.code, source) : (fixer: TSESLint.RuleFixer) => [fixer.insertTextAfterRange([start, start + 1], ` ${log.code} `)];
  return written && together(log.bring, take, written);
}

/** Adds a `.catch` that logs to a promise that nothing takes. */
export function caughtAndLogged(chain: TSESTree.Node, call: string, source: Source): Edit {
  const whole = outermost(chain);
  const log = logAt(chain, call, source);
  const text = `.catch((error) => ${log.code.slice(0, -1)})`;
  return together(log.bring, whole === chain ? (fixer) => [fixer.insertTextAfter(chain, text)] : (fixer) => [fixer.insertTextBefore(whole, "("), fixer.insertTextAfter(whole, `)${text}`)]);
}

/** Awaits a promise that nothing takes, where whoever runs the function around it waits for that. */
export function awaitedByCaller(chain: TSESTree.Expression, source: Source): Edit | null {
  return enclosingFunction(chain)?.async ? awaited(chain, source) : null;
}

/** Puts the whole body of a function into a `try` that logs. */
export function guarded(fn: FunctionNode, call: string, source: Source): Edit | null {
  if (!fn.async) return null;
  const { body } = fn;
  const log = logAt(body, call, source);
  const rescue = ` catch (error) { ${log.code} }`;
  if (body.type === "BlockStatement") {
    const [start, end] = body.range;
    return together(log.bring, (fixer) => [fixer.insertTextAfterRange([start, start + 1], " try {"), fixer.insertTextBeforeRange([end - 1, end], `}${rescue} `)]);
  }
  const whole = source.text.slice(body.range[0] - 1, body.range[0]) === "(" ? null : body;
  return whole && together(log.bring, (fixer) => [fixer.insertTextBefore(whole, "{ try { "), fixer.insertTextAfter(whole, `; }${rescue} }`)]);
}
