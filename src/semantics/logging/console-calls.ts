import type { TSESTree } from "@typescript-eslint/utils";

import { askedOnce } from "../../syntax/asked-once.js";
import { reachesOut, usesGlobal } from "../../syntax/outside.js";
import { isGlobal, soleValueOf, variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { keyName, memberName, resolveConst, stringValue, unwrap } from "../../syntax/value.js";
import { ancestor, contains, enclosingFunction, type FunctionNode, isClass, isFunction } from "../../syntax/walk.js";
import { conditionsAt } from "../../syntax/conditions.js";
import { entryAt, entryOf } from "../entries/entries.js";
import { isDevelopmentOnly } from "../program/guards.js";
import type { Level } from "./loggers.js";

/** A call that writes to the host's console. */
export interface ConsoleCall {
  readonly node: TSESTree.CallExpression;
  readonly callee: TSESTree.MemberExpression;
  readonly method: string;
  readonly level: Level;
}

const levels: ReadonlyMap<string, Level> = new Map<string, Level>([
  ["log", "info"],
  ["info", "info"],
  ["debug", "debug"],
  ["trace", "trace"],
  ["dir", "debug"],
  ["table", "debug"],
  ["warn", "warn"],
  ["error", "error"],
]);

/** Whether a file may write to the host's console: a cheap first look. */
export const usesConsole = (source: Source): boolean => usesGlobal("console", source) || (reachesOut(source) && /\bglobal(?:This)?\b/.test(source.text));

/** The call of the host's `console` that a node is, or `null`. */
export function consoleCallAt(node: TSESTree.CallExpression, source: Source): ConsoleCall | null {
  const callee = unwrap(node.callee);
  if (callee.type !== "MemberExpression") return null;
  const method = memberName(callee);
  const level = method === null ? undefined : levels.get(method);
  if (method === null || level === undefined) return null;
  const object = unwrap(callee.object);
  const isConsole = object.type === "Identifier" ? object.name === "console" && isGlobal(object, source) : isHostsConsole(object, source);
  return isConsole ? { node, callee, method, level } : null;
}

const isHostsConsole = (node: TSESTree.Node, source: Source): boolean =>
  node.type === "MemberExpression" &&
  memberName(node) === "console" &&
  node.object.type === "Identifier" &&
  (node.object.name === "globalThis" || node.object.name === "global") &&
  isGlobal(node.object, source);

/**
 * Whether a call of the console is meant as one: on a developer's machine, as a banner of the start or the last words of a process, as
 * a line of JSON for a collector, in a function that is the project's own way of logging, in the page of a browser that a server drives,
 * or under a comment that says so.
 */
export const isMeant = (call: ConsoleCall, source: Source): boolean =>
  isInPage(call.node, source) ||
  isForCollector(call, source) ||
  isForReader(call) ||
  isOfProcess(call, source) ||
  isWithinLogger(call.node) ||
  isAtStart(call, source) ||
  isAtEnd(call.node, source) ||
  isStated(call.node, source) ||
  isSwitchedOn(call.node) ||
  isDevelopmentOnly(call.node, source);

/** Switches that make a level by hand: `if (verbose)`, `if (Calculator.ENABLE_LOGGING)`, `process.env.PRISMA_DEBUG &&`, `if (DEBUG_IMPORT === "1")`. */
const switchName = /^(?:(?:is|enable[ds]?|use|show|should|with|log)?_?(?:\w+_)?(?:debug|verbose|trac(?:e|ing)|log(?:s|ging)?)(?:_?(?:mode|enabled?|logs?|logging|level))?|debug_\w+)$/i;

const switchedOn = /^(?:1|true|on|yes|debug|verbose)$/i;

/** Whether a condition asks for such a switch, by itself or held against the text that turns it on. */
function asksForSwitch(test: TSESTree.Node): boolean {
  const inner = unwrap(test);
  if (inner.type === "LogicalExpression" && inner.operator === "&&") return asksForSwitch(inner.left) || asksForSwitch(inner.right);
  if (inner.type === "BinaryExpression" && /^===?$/.test(inner.operator)) {
    const [name, value] = stringValue(inner.right) === null && inner.right.type !== "Literal" ? [inner.right, inner.left] : [inner.left, inner.right];
    return switchedOn.test(stringValue(value) ?? (value.type === "Literal" ? String(value.value) : "")) && asksForSwitch(name);
  }
  const name = inner.type === "Identifier" ? inner.name : inner.type === "MemberExpression" ? memberName(inner) : null;
  return name !== null && switchName.test(name.replace(/^_+/, ""));
}

/** Whether a line is only written while somebody looks for a mistake, by a switch for that. */
export function isSwitchedOn(node: TSESTree.Node): boolean {
  for (const condition of conditionsAt(node)) if (condition.kind === "test" && condition.holds && asksForSwitch(condition.test)) return true;
  return false;
}

/** Functions that a driven browser runs in its page, whatever file they stand in. */
const pageMethods: ReadonlySet<string> = new Set(["evaluate", "evaluateHandle", "evaluateOnNewDocument", "addInitScript", "waitForFunction", "$eval", "$$eval", "evaluateAll"]);

const mentionsBrowser = askedOnce(({ text }) => /\b(?:document|window)\b/.test(text));
const mentionsHook = askedOnce(({ text }) => /use[A-Z]/.test(text));

function isInPage(node: TSESTree.Node, source: Source): boolean {
  for (let fn = enclosingFunction(node); fn; fn = enclosingFunction(fn)) {
    const call = callWith(fn);
    if (call && unwrap(call.callee).type === "MemberExpression" && pageMethods.has(calledMethod(call) ?? "")) return true;
    if (mentionsBrowser(source) && contains(fn, source, (inner) => isBrowserGlobal(inner, source), { nestedFunctions: false })) return true;
    if (isOfComponent(fn, source)) return true;
  }
  return false;
}

/** Whether a function runs where a component does that keeps state: it is one, is handed to a hook, or to an element's event. */
function isOfComponent(fn: FunctionNode, source: Source): boolean {
  if (fn.parent.type === "JSXExpressionContainer" && fn.parent.parent.type === "JSXAttribute") return true;
  const isHook = (node: TSESTree.Node): boolean => node.type === "CallExpression" && node.callee.type === "Identifier" && hookName.test(node.callee.name);
  return isHook(fn.parent) || (mentionsHook(source) && contains(fn, source, isHook, { nestedFunctions: false }));
}

/** Hooks of React that no server component has. */
const hookName = /^use(?:State|Effect|LayoutEffect|Reducer|Ref|Callback|Memo|Context|Transition|Navigate|Fetcher|Submit|Router)$/;

const isBrowserGlobal = (node: TSESTree.Node, source: Source): boolean =>
  node.type === "MemberExpression" && node.object.type === "Identifier" && (node.object.name === "document" || node.object.name === "window") && isGlobal(node.object, source);

/** The keys that a record for a collector has, whatever else is in it. */
const recordKeys: ReadonlySet<string> = new Set(["level", "severity", "message", "msg", "event"]);

const isRecord = (node: TSESTree.Node): boolean =>
  node.type === "ObjectExpression" && node.properties.some((property) => property.type === "Property" && recordKeys.has(keyName(property.key, property.computed) ?? ""));

/** `console.log(JSON.stringify(record))` on one line, `console.log({ level, message })`: that is structured already. */
function isForCollector({ node: { arguments: args } }: ConsoleCall, source: Source): boolean {
  const [only] = args;
  if (args.length !== 1 || !only || only.type === "SpreadElement") return false;
  const inner = unwrap(only);
  if (inner.type !== "CallExpression") return isRecord(inner);
  const callee = unwrap(inner.callee);
  const isJson = callee.type === "MemberExpression" && callee.object.type === "Identifier" && callee.object.name === "JSON" && memberName(callee) === "stringify";
  const [value, , indent] = inner.arguments;
  if (!isJson || !value || indent) return false;
  const written = resolveConst(value, source);
  return written.type !== "ObjectExpression" || isRecord(written) || written.properties.length > 2;
}

/** A text of several lines is laid out for somebody at a terminal. */
const isForReader = ({ node: { arguments: args } }: ConsoleCall): boolean =>
  args.some((argument) => argument.type === "TemplateLiteral" && argument.quasis.filter(({ value }) => value.raw.includes("\n")).length > 0 && argument.quasis.map(({ value }) => value.raw).join("").split("\n").length > 3);

const ofProcess = /\b(?:connected|initiali[sz](?:ing|ed)|setting up|shutting down|(?:service|server|worker|client|monitor|connection|process|replica|replication|cache|queue|scheduler)\b.*\b(?:start(?:ing|ed)|stopp(?:ing|ed)|enabled|disabled|ready|running))\b/i;

/** A text that has nothing of the request in it, and says how the process itself is doing: its client is connected, a service has started. */
function isOfProcess({ node }: ConsoleCall, source: Source): boolean {
  const [text] = node.arguments;
  return node.arguments.length === 1 && text !== undefined && ofProcess.test(stringValue(text) ?? "") && entryAt(node, source) === null;
}

const sinkName = /^(?:_?(?:log|debug|trace|info|warn|error|print|dump)(?:[A-Z_]\w*)?|\w*(?:Log|Logger|Trace))$/;

function nameOf(fn: FunctionNode): string | null {
  if (fn.type !== "ArrowFunctionExpression" && fn.id) return fn.id.name;
  const { parent } = fn;
  // `const tap = (label) => (value) => …`
  if (parent.type === "ArrowFunctionExpression") return nameOf(parent);
  if (parent.type === "VariableDeclarator") return parent.id.type === "Identifier" ? parent.id.name : null;
  if (parent.type === "Property" || parent.type === "MethodDefinition" || parent.type === "PropertyDefinition") return keyName(parent.key, parent.computed);
  return null;
}

/** Whether a call stands in what the project logs through: `const log = (message) => console.log(…)`, a method of a class `Logger`. */
function isWithinLogger(node: TSESTree.Node): boolean {
  const fn = enclosingFunction(node);
  if (!fn) return false;
  if (sinkName.test(nameOf(fn) ?? "") && fn.params.length > 0) return true;
  const owner = ancestor(fn, isClass);
  if (!isClass(owner)) return false;
  const bases = [...owner.implements.map(({ expression }) => expression), ...(owner.superClass ? [owner.superClass] : [])];
  return [owner.id, ...bases].some((name) => name?.type === "Identifier" && /(?:Log|Logging|Logger|Exporter|Transport|Reporter)$/.test(name.name));
}

const calledMethod = (node: TSESTree.Node): string | null => {
  const callee = node.type === "CallExpression" ? unwrap(node.callee) : null;
  if (callee?.type === "MemberExpression") return memberName(callee);
  return callee?.type === "Identifier" ? callee.name : null;
};

/** The call that a function is handed to. */
function callWith(fn: FunctionNode): TSESTree.CallExpression | null {
  const { parent } = fn;
  return parent.type === "CallExpression" && parent.arguments.includes(fn as never) ? parent : null;
}

const isListening = (node: TSESTree.Node): boolean => /^(?:listen|serve)$/.test(calledMethod(node) ?? "");

/** Functions that a process runs once, by the names that everybody gives them. */
const startName = /^(?:start|startup|boot|bootstrap|init|initiali[sz]e|main|setup|constructor|onModuleInit|onApplicationBootstrap|afterInit)$/;

/** What follows on a promise while the module is loaded: `sequelize.authenticate().then(() => …)`. */
function isAfterLoading(call: TSESTree.CallExpression): boolean {
  return /^(?:then|catch|finally)$/.test(calledMethod(call) ?? "") && enclosingFunction(call) === null;
}

/** Names of calls that run what they are given later, and again. */
const laterName = /^(?:set(?:Interval|Timeout|Immediate)|on|once|schedule|cron|every|after|task|job|worker|queue|handler?)/i;

/** `once("db", () => connect())`, while the module is loaded: a function that is told nothing, and makes something. */
function isFactory(fn: FunctionNode): boolean {
  const call = callWith(fn);
  return fn.params.length === 0 && !fn.async && call?.callee.type === "Identifier" && !laterName.test(call.callee.name) && enclosingFunction(call) === null;
}

/** Whether a function is only ever run while its module is loaded: called there, handed to a call there, or run by a function that is. */
function runsOnce(fn: FunctionNode, source: Source, hops = 2): boolean {
  if (isFactory(fn)) return true;
  if (entryOf(fn, source)) return false;
  const name = fn.type === "FunctionDeclaration" ? fn.id : fn.parent.type === "VariableDeclarator" && fn.parent.id.type === "Identifier" ? fn.parent.id : null;
  const declaration = fn.type === "FunctionDeclaration" ? fn.parent : fn.parent.parent?.parent;
  const variable = name && declaration?.type !== "ExportNamedDeclaration" && declaration?.type !== "ExportDefaultDeclaration" ? variableOf(name, source) : null;
  const uses = variable?.references.filter(({ init }) => init !== true) ?? [];
  return (
    uses.length > 0 &&
    uses.every(({ identifier }) => {
      const { parent } = identifier;
      if (parent.type !== "CallExpression") return false;
      // `emitter.on("order", handle)`
      if (parent.callee !== identifier && unwrap(parent.callee).type === "MemberExpression" && laterName.test(calledMethod(parent) ?? "")) return false;
      const around = enclosingFunction(identifier);
      return around === null || (hops > 0 && parent.callee === identifier && runsOnce(around, source, hops - 1));
    })
  );
}

const ofStart =
  /listen|start|launch|run|ready|boot|init|load|connect|config|environ|\benv\b|server|\bport\b|version|mode|using|enabled|disabled|regist|mount|https?:|set ?up|missing|not (?:set|found|defined|provided)|skip|fallback|default|deprecat|warn|required|worker|cron|schedul|queue|shut/i;

/** Whether a line that is written while the module is loaded tells somebody something. A bare value, or one word about nothing, was left over from looking for a mistake. */
function tellsOfStart({ arguments: args }: TSESTree.CallExpression, source: Source): boolean {
  const isText = ({ type, range }: TSESTree.Node): boolean => type === "BinaryExpression" || /["'`]/.test(source.text.charAt(range[0]));
  const said = args.map((argument) => source.text.slice(...argument.range)).join(" ");
  return args.length === 0 || (args.some(isText) && (/\w\W+\w/.test(said) || ofStart.test(said)));
}

/** A banner: while the module is loaded or an instance is made, in a function that starts the process, in the callback of `listen`, of its `listening` event, or in the body of the function that calls it. */
function isAtStart({ node }: ConsoleCall, source: Source): boolean {
  const fn = enclosingFunction(node);
  if (!fn) return tellsOfStart(node, source);
  if ((startName.test(nameOf(fn) ?? "") && (fn.params.length === 0 || isConstructor(fn))) || runsOnce(fn, source)) return true;
  const call = callWith(fn);
  if (call && isAfterLoading(call)) return true;
  if (call && ((isListening(call) && call.arguments[0] !== fn) || (/^(?:on|once)$/.test(calledMethod(call) ?? "") && stringValue(call.arguments[0]) === "listening"))) return true;
  if (isHandler(fn) || !/\b(?:listen|serve)\b/.test(source.text)) return false;
  return contains(fn.body, source, isListening, { nestedFunctions: false });
}

const isConstructor = ({ parent }: FunctionNode): boolean => parent.type === "MethodDefinition" && parent.kind === "constructor";

/** A function that is called for each request has parameters, and starts nothing. */
const isHandler = (fn: FunctionNode): boolean => fn.params.length > 1;

const lastWords = /^(?:SIG[A-Z]+\d?|exit|beforeExit|disconnect|uncaughtException|unhandledRejection|uncaughtExceptionMonitor|warning)$/;

/** The last words of a process: in a handler of a signal, or in a function that is one. */
function isAtEnd(node: TSESTree.Node, source: Source): boolean {
  for (let fn = enclosingFunction(node); fn; fn = enclosingFunction(fn)) {
    const call = callWith(fn);
    if (call && isProcessHandler(call)) return true;
    const variable = fn.type === "FunctionDeclaration" && fn.id ? variableOf(fn.id, source) : fn.parent.type === "VariableDeclarator" && fn.parent.id.type === "Identifier" ? variableOf(fn.parent.id, source) : null;
    if (!variable || (fn.type !== "FunctionDeclaration" && soleValueOf(variable) !== fn)) continue;
    if (variable.references.some(({ identifier }) => isHandedToProcess(identifier))) return true;
  }
  return false;
}

const isProcessHandler = (call: TSESTree.CallExpression): boolean => {
  const callee = unwrap(call.callee);
  if (callee.type !== "MemberExpression" || callee.object.type !== "Identifier" || callee.object.name !== "process") return false;
  const [event] = call.arguments;
  const name = stringValue(event);
  return /^(?:on|once|addListener)$/.test(memberName(callee) ?? "") && (name === null || lastWords.test(name));
};

/** `process.on("SIGTERM", shutdown)`, and `process.on("SIGTERM", () => shutdown("SIGTERM"))`. */
function isHandedToProcess(identifier: TSESTree.Node): boolean {
  for (let node: TSESTree.Node | undefined = identifier.parent; node; node = node.parent) {
    if (node.type === "CallExpression" && isProcessHandler(node)) return true;
    if (node.type === "FunctionDeclaration" || node.type === "Program") return false;
    if (isFunction(node) && !callWith(node)) return false;
  }
  return false;
}

const disabling = /^\s*(?:eslint|oxlint)-disable(-next-line|-line)?\b(?:(?=[^]*\bno-console\b)|\s*(?:--|$))|^\s*biome-ignore\s+lint\/suspicious\/noConsole/;

/** Whether a comment of the author's tells a linter that this use of the console is wanted. */
function isStated(node: TSESTree.Node, source: Source): boolean {
  const places = [node, enclosingFunction(node)].flatMap((place) => (place ? [place.loc.start.line] : []));
  return (source.ast.comments ?? []).some((comment) => {
    if (places.includes(comment.loc.end.line + 1) && /\bconsole\b(?!\.\w+\()/.test(comment.value)) return true;
    const match = disabling.exec(comment.value);
    if (!match || comment.range[0] > node.range[1] + 200) return false;
    const scope = match[1];
    if (match[0].includes("biome") || scope === "-next-line") return comment.loc.end.line + 1 === node.loc.start.line;
    if (scope === "-line") return comment.loc.start.line === node.loc.start.line;
    return /no-console/.test(comment.value) && comment.range[0] < node.range[0];
  });
}
