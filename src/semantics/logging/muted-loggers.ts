import type { TSESTree } from "@typescript-eslint/utils";

import { functionName } from "../../syntax/function-name.js";
import { callsIn } from "../../syntax/nodes.js";
import type { Source } from "../../syntax/source.js";
import { isNullish, memberName, unwrap } from "../../syntax/value.js";
import { type FunctionNode, isFunction, walk } from "../../syntax/walk.js";
import { isDevelopmentOnly } from "../program/guards.js";

const isConsole = (node: TSESTree.CallExpression): boolean => {
  const callee = unwrap(node.callee);
  return callee.type === "MemberExpression" && callee.object.type === "Identifier" && callee.object.name === "console" && memberName(callee) !== "error";
};

function consoleCallsIn(fn: FunctionNode, source: Source): TSESTree.CallExpression[] {
  const found: TSESTree.CallExpression[] = [];
  walk(fn.body, source, (node) => {
    if (node.type === "CallExpression" && isConsole(node)) found.push(node);
  });
  return found;
}

const asksForLevel = /^_?(?:should|can|is|may)_?(?:log|write|level|enabled)\w*$/i;

/** `if (!this.isDevelopment) return level === "warn" || level === "error";` */
const onlyTroubleInProduction = /(?:development|production|\bisDev\b|\bisProd\b)[^]{0,160}\breturn\b[^;]{0,80}\bwarn\w*\b[^;]{0,60}\berror\b/i;

/** What makes more of a line than text for the console: fields, another way out, or what a module brings that is not here. */
const structure = /\bJSON\.stringify\b|\bstd(?:out|err)\b|\bfetch\s*\(|\bsendBeacon\b|^\s*import\s(?!type\b)|\brequire\s*\(|\bimport\s*\(|^\s*export\s[^;]*?\bfrom\b/m;

/** Whether a module's own logger is the console with a text in front: no fields, and no other place to write to. */
export const isOnlyConsole = (source: Source): boolean => !structure.test(source.text) && callsIn(source).some((call) => call.type === "CallExpression" && isOfConsole(call));

const isOfConsole = ({ callee }: TSESTree.CallExpression): boolean => callee.type === "MemberExpression" && callee.object.type === "Identifier" && callee.object.name === "console";

/** What keeps something of an error: its own members, a library or function that writes errors, arguments that go on to the console as they are. */
const keepingErrors =
  /\binstanceof\s+\w*Error\b|\.stack\b|\b(?:e|err|error|ex|cause|exception)\??\.message\b|isNativeError|\bisError\b|serializ|\binspect\b|getOwnPropertyNames|\bconsole\s*(?:\.\w+|\[[^\]]*\])\s*\([^;]*\.\.\./i;

/** Whether a call may write an error as a person would want to read it: the console is handed more than a text, or a replacer looks at each value. */
function mayKeepError(call: TSESTree.CallExpression): boolean {
  if (isOfConsole(call)) return call.arguments.length > 1;
  const [, replacer] = call.arguments;
  return replacer !== undefined && !isNullish(replacer) && call.callee.type === "MemberExpression" && memberName(call.callee) === "stringify";
}

/**
 * Whether a module's own logger writes its values by `JSON.stringify` and nothing else, which makes `{}` of an error: message and stack are
 * not enumerable. https://developer.mozilla.org/en-US/docs/Web/JavaScript/Reference/Global_Objects/JSON/stringify#description
 */
export const losesErrors = (source: Source): boolean =>
  /\bJSON\.stringify\b/.test(source.text) && !keepingErrors.test(source.text) && !callsIn(source).some((call) => call.type === "CallExpression" && mayKeepError(call));

/** Whether a module's own logger drops what is no warning and no error in production: to write through it is to delete the line. */
export function isMuted(source: Source): boolean {
  if (!/NODE_ENV|production|development/i.test(source.text)) return false;
  return walk(source.ast, source, (node) => {
    if (!isFunction(node)) return true;
    const name = functionName(node) ?? "";
    if (asksForLevel.test(name)) return onlyTroubleInProduction.test(source.text.slice(...node.body.range)) ? "stop" : true;
    if (name !== "info" && name !== "log") return true;
    const calls = consoleCallsIn(node, source);
    return calls.length > 0 && calls.every((call) => isDevelopmentOnly(call, source)) ? "stop" : true;
  });
}
