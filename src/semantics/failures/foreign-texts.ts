import type { TSESLint, TSESTree } from "@typescript-eslint/utils";

import { callingMethods, failureFields, gatheringCalls, plainCalls, plainGlobals, plainMethods, promiseMethods, requestParts, requestReads } from "../../knowledge/plain-calls.js";
import { validators } from "../../knowledge/request-input.js";
import { isGlobal, variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { keyName, memberName, rootOf, unwrap } from "../../syntax/value.js";
import { ancestor, childrenOf, contains, enclosingFunction, type FunctionNode, isFunction, isWithin } from "../../syntax/walk.js";
import { isHarmlessCall } from "./cannot-fail.js";
import { isDatabasePackage } from "../queries/databases.js";
import { roleOfName } from "../entries/entries.js";
import { externalCallAt, staysLocal } from "../calls/external-calls.js";
import { type FailureHandler, writesOf } from "./failure-handling.js";
import { definitionOf, GLOBAL, originOf, stepsText } from "../program/provenance.js";

type Call = TSESTree.CallExpression | TSESTree.NewExpression;
type Variable = TSESLint.Scope.Variable;

/** A text that comes from further away is not looked for. */
const deepest = 4;

const validating: ReadonlyMap<string, readonly string[]> = new Map(
  [...validators, { modules: ["drizzle-zod", "drizzle-orm/zod"], calls: ["parse", "safeParse", "parseAsync", "safeParseAsync"] }].flatMap(({ modules, calls }) => modules.map((module) => [module, calls] as const)),
);

/** Whether a name holds a failure, or a part of what one says: what a `catch` was given, `const { error } = …`. */
function holdsFailure(name: TSESTree.Identifier, source: Source, seen: Set<Variable>): boolean {
  const variable = variableOf(name, source);
  const definition = variable?.defs[0];
  if (definition?.type === "CatchClause") return true;
  // Two variables that are made of one another hold what they are given elsewhere.
  if (!variable || definition?.type !== "Variable" || seen.has(variable)) return false;
  const { parent } = definition.name;
  if (parent.type === "Property") return failureFields.has(keyName(parent.key, parent.computed) ?? "");
  const { id, init } = definition.node;
  const values = [...(init !== null && definition.name === id ? [init as TSESTree.Node] : []), ...writesOf(variable)].filter((value) => !isWithin(name, value));
  seen.add(variable);
  return values.some((value) => tellsOfFailure(value, source, seen));
}

/** Whether an expression may say what another failure says. */
function tellsOfFailure(node: TSESTree.Node, source: Source, seen = new Set<Variable>()): boolean {
  return contains(node, source, (part) => {
    if (part.type === "AwaitExpression" || part.type === "TaggedTemplateExpression") return true;
    if (part.type === "MemberExpression") return failureFields.has(memberName(part) ?? "");
    return part.type === "Identifier" && part.parent.type !== "MemberExpression" && holdsFailure(part, source, seen);
  });
}

/** `throw new Error("…")`: an error with a text that stands in the code. */
const isOwnError = ({ argument }: TSESTree.ThrowStatement, source: Source): boolean => {
  const thrown = unwrap(argument);
  return thrown.type === "NewExpression" && thrown.arguments.every((part) => !tellsOfFailure(part, source));
};

/** Whether what a `catch` was given may leave it again, as it is or as a part of another error. */
const throwsOn = (handler: TSESTree.CatchClause, source: Source): boolean =>
  contains(handler.body, source, (node) => node.type === "ThrowStatement" && !isOwnError(node, source)) ||
  contains(handler.body, source, (node) => node.type === "CallExpression" && unwrap(node.callee).type === "Identifier" && node.arguments.some((part) => tellsOfFailure(part, source)));

/** The arguments of a chain of calls. */
function argumentsAlong(call: Call): TSESTree.Node[] {
  const found: TSESTree.Node[] = [];
  for (let node: TSESTree.Node = call; ; ) {
    if (node.type === "CallExpression" || node.type === "NewExpression") {
      found.push(...node.arguments);
      node = unwrap(node.callee);
    } else if (node.type === "MemberExpression") node = unwrap(node.object);
    else return found;
  }
}

/** Whether the promises that are waited for are made on the spot. */
function isMadeHere(list: TSESTree.Node): boolean {
  const given = unwrap(list);
  return given.type === "CallExpression" || (given.type === "ArrayExpression" && given.elements.every((each) => each !== null && unwrap(each).type === "CallExpression"));
}

/** `Object.keys`, `new Set().has`; what a map holds may be anything. */
const isPlainGlobal = ([first = "", ...rest]: readonly string[]): boolean => plainGlobals.has(first) && rest.length < 3 && !rest.slice(1).includes("()");

/** Whether nothing is called on the way from a root to its member. */
function isMemberOf(callee: TSESTree.Node, root: TSESTree.Node): boolean {
  let node = unwrap(callee);
  while (node.type === "MemberExpression") node = unwrap(node.object);
  return node === root;
}

function ofHost(call: Call, root: TSESTree.Node, source: Source): boolean {
  if (root.type === "NewExpression") return isMemberOf(call.callee, root) && ofHost(root, rootOf(root.callee), source);
  if (root.type !== "Identifier") return false;
  if (isMemberOf(call.callee, root) && isGlobal(root, source) && plainGlobals.has(root.name)) return true;
  const origin = originOf(call.callee, source);
  if (origin?.module !== GLOBAL) return false;
  const name = stepsText(origin.steps);
  return isPlainGlobal(origin.steps) || plainCalls.has(name) || (gatheringCalls.has(name) && call.arguments.every(isMadeHere));
}

function ofPackage(call: Call, source: Source): boolean {
  const callee = unwrap(call.callee);
  const origin = originOf(callee, source);
  // A client is made without a word to its database.
  if (origin && origin.steps.length === 1 && isDatabasePackage(origin.module) && call.parent.type !== "AwaitExpression") return true;
  const name = callee.type === "MemberExpression" ? memberName(callee) : null;
  if (callee.type !== "MemberExpression" || name === null || ![...validating.values()].some((calls) => calls.includes(name))) return false;
  const schema = definitionOf(callee.object, source);
  return schema?.kind === "external" && (validating.get(schema.module)?.includes(name) ?? false);
}

/** `req.headers.get("…")`, `await req.json()`: what a request says is its sender's. */
function isOfRequest(call: Call, root: TSESTree.Node, source: Source): boolean {
  let node = unwrap(call.callee);
  if (node.type !== "MemberExpression" || !requestReads.has(memberName(node) ?? "")) return false;
  for (node = unwrap(node.object); node.type === "MemberExpression"; node = unwrap(node.object)) if (!requestParts.has(memberName(node) ?? "")) return false;
  return node === root && node.type === "Identifier" && roleOfName(node, source)?.role === "request";
}

/** Whether a function that is handed over by name may say what the project's own code does not. */
function isForeignFunction(name: TSESTree.Node, source: Source, left: number): boolean {
  const inner = unwrap(name);
  if (isFunction(inner)) return isForeign(inner, source, left);
  if (inner.type === "Identifier" && isGlobal(inner, source)) return !plainGlobals.has(inner.name);
  const value = left > 0 ? definitionOf(inner, source) : null;
  return value?.kind !== "definition" || !isFunction(value.node) || !speaksItself(value.node, value.source, left - 1);
}

/** Whether a name is a parameter, or a part of one. */
function isHandedIn(name: TSESTree.Identifier, source: Source): boolean {
  const definition = variableOf(name, source)?.defs[0];
  if (definition?.type === "Parameter") return true;
  if (definition?.type !== "Variable" || definition.node.id.type !== "ObjectPattern" || !definition.node.init) return false;
  const init = unwrap(definition.node.init);
  const from = init.type === "LogicalExpression" ? unwrap(init.left) : init;
  return from.type === "Identifier" && variableOf(from, source)?.defs[0]?.type === "Parameter";
}

/** `const expected = getKey();`: a function that somebody handed in, and whose answer is there at once, reads what the process has. */
function isAnsweredAtOnce(call: Call, source: Source): boolean {
  if (call.arguments.length > 0 || call.callee.type !== "Identifier" || !isHandedIn(call.callee, source)) return false;
  const fn = enclosingFunction(call);
  return fn?.body.type === "BlockStatement" && !fn.async && ancestor(call, ({ type }) => type === "ReturnStatement" || type === "BlockStatement")?.type === "BlockStatement";
}

function ofProject(call: Call, source: Source, left: number): boolean {
  if (left === 0 || call.type !== "CallExpression") return false;
  const value = definitionOf(call.callee, source);
  if (value?.kind === "external") return value.module === GLOBAL && isPlainGlobal(value.steps);
  if (value?.kind !== "definition" || !isFunction(value.node)) return false;
  // What it is told of another failure must not come back as an error.
  if (call.arguments.some((part) => tellsOfFailure(part, source)) && contains(value.node, value.source, ({ type }) => type === "ThrowStatement")) return false;
  return speaksItself(value.node, value.source, left - 1);
}

const asked = new Set<FunctionNode>();

function speaksItself(fn: FunctionNode, source: Source, left: number): boolean {
  if (asked.has(fn) || fn.generator) return !fn.generator;
  asked.add(fn);
  try {
    return !isForeign(fn.body, source, left);
  } finally {
    asked.delete(fn);
  }
}

function isForeignCall(call: Call, source: Source, left: number): boolean {
  const rest = (nodes: readonly TSESTree.Node[]): boolean => nodes.some((node) => isForeign(node, source, left));
  // A client that gives its failures back throws where its answer is not what code takes it for.
  if (call.type === "CallExpression" && externalCallAt(call, source)) return true;
  const root = rootOf(call.callee);
  const callee = unwrap(call.callee);
  const method = callee.type === "MemberExpression" ? (memberName(callee) ?? "") : "";
  if (callee.type === "MemberExpression" && (promiseMethods.has(method) || (plainMethods.has(method) && call.parent.type !== "AwaitExpression"))) {
    const [first, ...others] = call.arguments;
    const calls = callingMethods.has(method) || promiseMethods.has(method);
    return rest([callee.object, ...others]) || (first !== undefined && (calls ? isForeignFunction(first, source, left) : isForeign(first, source, left)));
  }
  const isOwn =
    isHarmlessCall(call, source) || ofHost(call, root, source) || isOfRequest(call, root, source) || (call.type === "CallExpression" && staysLocal(call, source)) || ofPackage(call, source) || isAnsweredAtOnce(call, source) || ofProject(call, source, left);
  return !isOwn || rest(argumentsAlong(call));
}

/** `import("node:dns")`: it is there, or the app was never built. */
const isModule = (node: TSESTree.Node): boolean => node.type === "ImportExpression" && node.source.type === "Literal";

/** Whether a failure in code may say what the project's own code does not. */
function isForeign(code: TSESTree.Node, source: Source, left: number): boolean {
  switch (code.type) {
    case "CallExpression":
    case "NewExpression":
      return isForeignCall(code, source, left);
    case "AwaitExpression":
      return isModule(unwrap(code.argument)) ? false : unwrap(code.argument).type !== "CallExpression" || isForeign(code.argument, source, left);
    case "ThrowStatement":
      if (!isOwnError(code, source)) return true;
      return (unwrap(code.argument) as TSESTree.NewExpression).arguments.some((part) => isForeign(part, source, left));
    case "ForOfStatement":
      if (code.await) return true;
      break;
    case "TaggedTemplateExpression":
    case "YieldExpression":
    case "ImportExpression":
      return true;
    case "TryStatement": {
      const { block, handler, finalizer } = code;
      const isKept = handler !== null && !throwsOn(handler, source) && !givesPromise(block, source);
      const parts = [...(isKept ? [] : [block]), ...(handler ? [handler.body] : []), ...(finalizer ? [finalizer] : [])];
      return parts.some((part) => isForeign(part, source, left));
    }
  }
  return childrenOf(code, source).some((child) => isForeign(child, source, left));
}

/** `try { return load(); }`: it fails where it is waited for. */
const givesPromise = (block: TSESTree.BlockStatement, source: Source): boolean =>
  contains(block, source, (node) => {
    const given = node.type === "ReturnStatement" && node.argument ? unwrap(node.argument) : null;
    return given?.type === "CallExpression" && !isHarmlessCall(given, source);
  });

/**
 * Whether all that a `catch` may be given was written in the project, or tells whoever asked what is wrong with the request: nothing that
 * is tried leaves the process, or its failure is kept, replaced by an error with a text of its own, or comes back as a value.
 */
export const hearsOnlyOwn = ({ node }: FailureHandler, source: Source): boolean => node.type === "CatchClause" && !isForeign(node.parent.block, source, deepest);
