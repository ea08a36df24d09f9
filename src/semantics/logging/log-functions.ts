import type { TSESTree } from "@typescript-eslint/utils";

import { levelFunctions } from "../../knowledge/loggers.js";
import { exportsNamed } from "../../syntax/exports.js";
import { callsIn } from "../../syntax/nodes.js";
import type { Source } from "../../syntax/source.js";
import { keyName, memberName, resolveConst, rootOf, unwrap } from "../../syntax/value.js";
import { contains, type FunctionNode, isFunction, isWithin } from "../../syntax/walk.js";
import { isDevelopmentOnly } from "../program/guards.js";
import { definitionOf } from "../program/provenance.js";
import { type Level, loggerOf } from "./loggers.js";

const levelKeys: ReadonlySet<string> = new Set(["level", "severity", "lvl"]);
const messageKeys: ReadonlySet<string> = new Set(["message", "msg", "event"]);

/** Whether a value is a record of a log: it has a level and a message, whatever else is in it. */
function isRecord(node: TSESTree.Node | undefined, source: Source): boolean {
  const value = node && resolveConst(node, source);
  if (value?.type !== "ObjectExpression") return false;
  const keys = value.properties.map((property) => (property.type === "Property" ? keyName(property.key, property.computed) : null) ?? "");
  return keys.some((key) => levelKeys.has(key)) && keys.some((key) => messageKeys.has(key));
}

const isOf = (node: TSESTree.Node, name: string): boolean => {
  const root = rootOf(node);
  return root.type === "Identifier" && root.name === name;
};

/** `console.log`, also as a value (`level === "error" ? console.error : console.log`), and `process.stdout`. */
function isOutlet(node: TSESTree.Node, source: Source): boolean {
  if (node.type !== "MemberExpression" || node.object.type !== "Identifier") return false;
  const { name } = node.object;
  return (name === "console" || (name === "process" && /^std(?:out|err)$/.test(memberName(node) ?? ""))) && !isDevelopmentOnly(node, source);
}

const functionBehind = (node: TSESTree.Node, source: Source): FunctionNode | null => {
  const value = definitionOf(node, source);
  return value?.kind === "definition" && value.source === source && isFunction(value.node) ? value.node : null;
};

/** Whether a function writes a record as one line of JSON, wherever there are real users: by itself, or by another of its module that it may hand the record to. */
function writesRecord(fn: FunctionNode, source: Source, isGiven = false, hops = 2): boolean {
  const calls = callsIn(source).filter((call): call is TSESTree.CallExpression => call.type === "CallExpression" && isWithin(call, fn));
  const isJson = calls.some(({ callee, arguments: args }) => isOf(callee, "JSON") && (isGiven || isRecord(args[0], source)));
  if (isJson && contains(fn.body, source, (node) => isOutlet(node, source))) return true;
  return (
    hops > 0 &&
    calls.some((call) => {
      if (call.callee.type !== "Identifier" || isDevelopmentOnly(call, source)) return false;
      const inner = functionBehind(call.callee, source);
      return inner !== null && inner !== fn && writesRecord(inner, source, isGiven || call.arguments.some((argument) => isRecord(argument, source)), hops - 1);
    })
  );
}

/** Whether a function hands on to a logger of a library. */
const logsThroughLibrary = (fn: FunctionNode, source: Source): boolean =>
  callsIn(source).some((call) => {
    const callee = call.type === "CallExpression" && isWithin(call, fn) ? unwrap(call.callee) : null;
    return callee?.type === "MemberExpression" && (loggerOf(definitionOf(callee.object, source), source)?.library ?? null) !== null;
  });

const functionOf = (node: TSESTree.Node, source: Source): FunctionNode | null => (isFunction(node) ? node : functionBehind(node, source));

/** Whether a value is a function that the project logs through: `appLog("error", "payment failed", { orderId })` writes a line of JSON. */
export function isLogFunction(node: TSESTree.Node, source: Source): boolean {
  const fn = functionOf(node, source);
  return fn !== null && fn.params.length > 0 && writesRecord(fn, source);
}

/** The functions of a project that log, one for each level. */
export type LevelFunctions = Readonly<Partial<Record<Level, string>>>;

const isForLevel = (name: string, source: Source): boolean =>
  exportsNamed(name, source).some((each) => {
    const fn = each.kind === "own" ? functionOf(each.node, source) : null;
    return fn !== null && fn.params.length > 0 && (writesRecord(fn, source) || logsThroughLibrary(fn, source));
  });

/** The functions that a module exports to log through, where it has some for more than one level: `logInfo("paid", { orderId })`, `logError("payment failed", error)`. */
export function levelFunctionsOf(source: Source): LevelFunctions | null {
  const found = Object.entries(levelFunctions).flatMap(([level, names]) => {
    const name = names.find((candidate) => isForLevel(candidate, source));
    return name === undefined ? [] : [[level, name] as const];
  });
  return found.length > 1 ? Object.fromEntries(found) : null;
}

/** The function of a set that fits a level: its own, else the nearest. */
export const functionFor = (level: Level, functions: LevelFunctions): string | undefined =>
  functions[level] ?? (level === "fatal" ? functions.error : level === "trace" ? functions.debug : undefined) ?? functions.info ?? functions.warn ?? functions.error;
