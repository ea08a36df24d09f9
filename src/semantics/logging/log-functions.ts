import type { TSESTree } from "@typescript-eslint/utils";

import { callsNamed } from "../../syntax/nodes.js";
import type { Source } from "../../syntax/source.js";
import { keyName, resolveConst, rootOf } from "../../syntax/value.js";
import { type FunctionNode, isFunction, isWithin } from "../../syntax/walk.js";
import { isDevelopmentOnly } from "../program/guards.js";
import { definitionOf } from "../program/provenance.js";

const levelKeys: ReadonlySet<string> = new Set(["level", "severity", "lvl"]);
const messageKeys: ReadonlySet<string> = new Set(["message", "msg", "event"]);

/** Whether a value is a record of a log: it has a level and a message, whatever else is in it. */
function isRecord(node: TSESTree.Node | undefined, source: Source): boolean {
  const value = node && resolveConst(node, source);
  if (value?.type !== "ObjectExpression") return false;
  const keys = value.properties.map((property) => (property.type === "Property" ? keyName(property.key, property.computed) : null) ?? "");
  return keys.some((key) => levelKeys.has(key)) && keys.some((key) => messageKeys.has(key));
}

const isOf = (call: TSESTree.Node, name: string): boolean => {
  const root = call.type === "CallExpression" ? rootOf(call.callee) : null;
  return root?.type === "Identifier" && root.name === name;
};

/** `console.log(…)`, `process.stdout.write(…)` */
const writing = /^(?:log|info|debug|warn|error|write)$/;

/** Whether a function writes a record as one line of JSON, wherever there are real users. */
function writesRecord(fn: FunctionNode, source: Source): boolean {
  const within = (called: (name: string) => boolean): TSESTree.Node[] => callsNamed(source, called).filter((call) => isWithin(call, fn));
  const isJson = within((name) => name === "stringify").some((call) => call.type === "CallExpression" && isOf(call, "JSON") && isRecord(call.arguments[0], source));
  return isJson && within((name) => writing.test(name)).some((call) => (isOf(call, "console") || isOf(call, "process")) && !isDevelopmentOnly(call, source));
}

/** Whether a value is a function that the project logs through: `appLog("error", "payment failed", { orderId })` writes a line of JSON. */
export function isLogFunction(node: TSESTree.Node, source: Source): boolean {
  const value = definitionOf(node, source);
  const fn = isFunction(node) ? node : value?.kind === "definition" && value.source === source ? value.node : null;
  return isFunction(fn) && fn.params.length > 0 && writesRecord(fn, source);
}
