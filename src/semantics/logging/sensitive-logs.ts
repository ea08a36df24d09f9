import type { TSESTree } from "@typescript-eslint/utils";

import { errorTrackers } from "../../knowledge/error-trackers.js";
import { leavesOut } from "../../knowledge/secrets.js";
import type { Edit } from "../../syntax/edit.js";
import type { Source } from "../../syntax/source.js";
import { keyName, memberName, outermost, stringValue, unwrap } from "../../syntax/value.js";
import { ancestor, isFunction, walk } from "../../syntax/walk.js";
import { consoleCallAt } from "./console-calls.js";
import { isDevelopmentOnly } from "../program/guards.js";
import { loggingMethods } from "./loggers.js";
import { loggerCallAt } from "./logging.js";
import { definitionOf, GLOBAL, originOf, type Value } from "../program/provenance.js";
import { labelled, type SensitiveValue, sensitiveValueIn } from "./sensitive-values.js";

/** A value that goes into a log, or to a tracker, and should not. */
export interface SensitiveLog extends SensitiveValue {
  /** Takes it out of the call; `null` where nothing would be left. */
  readonly without: Edit | null;
}

const sinks = errorTrackers.flatMap(({ takes }) => (takes ? [takes] : []));

const trackerMethods: ReadonlySet<string> = new Set(sinks.flatMap(({ methods }) => methods));

/** Whether a method of that name may write into a log, or tell a tracker. */
export const mayLog = (name: string): boolean => loggingMethods.has(name) || trackerMethods.has(name) || name === "dir";

/** What a call that logs says and should not; `null` for any other call. Personal data counts where it is asked for. */
export function sensitiveLogAt(call: TSESTree.CallExpression, source: Source, wanted: { readonly personal: boolean }): SensitiveLog | null {
  const callee = unwrap(call.callee);
  const method = callee.type === "MemberExpression" ? memberName(callee) : null;
  if (callee.type !== "MemberExpression" || method === null || call.arguments.length === 0) return null;
  if (!mayLog(method)) return null;
  // These are there to tell a tracker who somebody is.
  const personal = wanted.personal && method !== "setUser" && method !== "identify" && !isForDebugging(call, method, source);
  for (const [index, argument] of call.arguments.entries()) {
    const value = sensitiveValueIn(argument, source, { personal }) ?? labelled(stringValue(call.arguments[index - 1]) ?? "", argument, source);
    if (!value) continue;
    return logs(call, callee, source) && !isDevelopmentOnly(call, source) ? { ...value, without: without(value.node, call, source) } : null;
  }
  return null;
}

const debugMethods = /^(?:debug|trace|verbose|silly)$/;

/** Whether a line is written through a logger at a level that is off unless somebody looks for a mistake. The console knows no such levels. */
function isForDebugging(call: TSESTree.CallExpression, method: string, source: Source): boolean {
  return debugMethods.test(method) && consoleCallAt(call, source) === null && loggerCallAt(call, source)?.style?.writesDebug !== true;
}

function logs(call: TSESTree.CallExpression, callee: TSESTree.MemberExpression, source: Source): boolean {
  if (consoleCallAt(call, source)) return true;
  const method = memberName(callee) as string;
  if (trackerMethods.has(method)) {
    const origin = originOf(callee, source);
    const isTold = ({ modules, global, methods }: (typeof sinks)[number]): boolean =>
      methods.includes(method) && (modules.test(origin?.module ?? "") || (origin?.module === GLOBAL && global === origin.steps[0]));
    if (sinks.some(isTold)) return true;
  }
  const value = definitionOf(callee.object, source);
  const [home, ofServer] = [homeOf(value), homeOf(loggerOfServer(callee.object, source))];
  if (ofServer && leavesOut.test(ofServer.text)) return false;
  if (!loggerCallAt(call, source)) return isCalledLogger(callee.object) && isOutOfSight(value);
  return !home || !leavesOut.test(home.text);
}

const homeOf = (value: Value | null): Source | null | undefined => (value?.kind === "external" ? value.createdIn : value?.source);

/** `request.log` in a file that gives the server a logger of the project's: `fastify({ loggerInstance: logger })`. */
function loggerOfServer(node: TSESTree.Node, source: Source): Value | null {
  const inner = unwrap(node);
  if (inner.type !== "MemberExpression" || memberName(inner) !== "log" || !/\blogger(?:Instance)?\b/.test(source.text)) return null;
  const given: TSESTree.Node[] = [];
  walk(source.ast, source, (part) => {
    if (part.type !== "Property" || part.parent.type !== "ObjectExpression" || !/^logger(?:Instance)?$/.test(keyName(part.key, part.computed) ?? "")) return true;
    const made = ancestor(part, (around) => around.type === "CallExpression" || isFunction(around));
    if (made?.type === "CallExpression" && part.value.type !== "Literal" && originOf(made.callee, source)?.module === "fastify") given.push(unwrap(part.value));
    return given.length > 0 ? "stop" : true;
  });
  const [logger] = given;
  return logger ? definitionOf(logger, source) : null;
}

/** `logger`, `this.logger`, `req.log`, and what their `child` gives. */
function isCalledLogger(node: TSESTree.Node): boolean {
  const inner = unwrap(node);
  return inner.type === "Identifier" ? loggerName.test(inner.name) : inner.type === "MemberExpression" && loggerName.test(memberName(inner) ?? "");
}

const loggerName = /^_?(?:log|\w*[lL]ogger)$/;

/** Whether nobody can tell what a name stands for here: it is handed in, or comes from a module that is not there to be read. */
const isOutOfSight = (value: Value | null): boolean => value === null || (value.kind === "external" && (value.module === GLOBAL || loggerModule.test(value.module)));

const loggerModule = /(?:^|[/@-])log(?:ger|ging)?(?:\.\w+)?$/;

/** Takes out the argument, the property or the hole that brings a value. */
function without(node: TSESTree.Node, call: TSESTree.CallExpression, source: Source): Edit | null {
  for (let current = outermost(node); current.parent; current = outermost(current.parent)) {
    const { parent } = current;
    if (parent.type === "TemplateLiteral") return withoutHole(current, source);
    if (parent.type === "Property" && parent.value === current) return withoutItem(parent.parent.type === "ObjectExpression" ? parent.parent.properties : [], parent, source);
    if (parent === call) return call.arguments[0] === current ? null : withoutItem(call.arguments, current, source);
  }
  return null;
}

function withoutHole(hole: TSESTree.Node, { text }: Source): Edit | null {
  const [start, end] = [text.lastIndexOf("${", hole.range[0]), text.indexOf("}", hole.range[1])];
  return start < 0 || end < 0 ? null : (fixer) => [fixer.replaceTextRange([start, end + 1], "[redacted]")];
}

function withoutItem(items: readonly TSESTree.Node[], item: TSESTree.Node, { text }: Source): Edit | null {
  const index = items.indexOf(item);
  const [before, after] = [items[index - 1], items[index + 1]];
  if (index < 0) return null;
  if (after) return (fixer) => [fixer.removeRange([item.range[0], after.range[0]])];
  if (before) return (fixer) => [fixer.removeRange([before.range[1], item.range[1]])];
  const comma = /^\s*,/.exec(text.slice(item.range[1]));
  return (fixer) => [fixer.removeRange([item.range[0], item.range[1] + (comma?.[0].length ?? 0)])];
}
