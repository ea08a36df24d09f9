import type { TSESTree } from "@typescript-eslint/utils";

import { functionName } from "../syntax/function-name.js";
import type { Source } from "../syntax/source.js";
import { memberName, unwrap } from "../syntax/value.js";
import { type FunctionNode, isFunction, walk } from "../syntax/walk.js";
import { isDevelopmentOnly } from "./guards.js";

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
