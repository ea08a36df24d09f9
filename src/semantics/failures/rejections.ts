import type { TSESTree } from "@typescript-eslint/utils";

import { remoteModules } from "../../knowledge/promise-consumers.js";
import { type Fate, fateOf } from "../../syntax/fate.js";
import { gathererAround } from "../../syntax/promises.js";
import { soleValueOf, variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { memberName, outermost, unwrap } from "../../syntax/value.js";
import { childrenOf, type FunctionNode, isClass, isFunction } from "../../syntax/walk.js";
import { externalCallAt, rejects } from "../calls/external-calls.js";
import { nameOf } from "../calls/http-calls.js";
import { definitionOf, GLOBAL, originOf, stepsText } from "../program/provenance.js";

/** A promise at the end of its chain: `fetch(url).then(read)` of `fetch(url)`. */
export interface Chain {
  /** The whole chain. */
  readonly node: TSESTree.Node;
  /** Whether a rejection has somewhere to go on the way: `.catch(…)`, or a second callback of `.then`. */
  readonly caught: boolean;
  /** What becomes of the chain's promise. */
  readonly fate: Fate;
}

const isNothing = (node: TSESTree.Node | undefined): boolean =>
  node === undefined || (node.type === "Literal" && node.value === null) || (node.type === "Identifier" && node.name === "undefined");

/** Whether a call of a promise's method takes care of its rejection. */
function catches(call: TSESTree.CallExpression, method: string): boolean {
  if (method === "catch") return !isNothing(call.arguments[0]);
  return method === "then" && !isNothing(call.arguments[1]);
}

/** Follows a promise along the calls of `.then` and its kin, up to whatever takes it. */
export function chainOf(promise: TSESTree.Node): Chain {
  let node = promise;
  let caught = false;
  for (;;) {
    const fate = fateOf(node);
    if (fate !== "chained") return { node, caught, fate };
    const member = outermost(node).parent;
    const call = member && outermost(member).parent;
    if (member?.type !== "MemberExpression" || call?.type !== "CallExpression" || unwrap(call.callee) !== member) return { node, caught, fate: "passed" };
    caught ||= catches(call, memberName(member) ?? "");
    node = call;
  }
}

/** `Promise.all` and its kin, which reject when one of the promises does that they are given: their call around one, or `null`. */
export function gathererOf(promise: TSESTree.Node): TSESTree.CallExpression | null {
  const list = outermost(promise).parent;
  const gatherer = gathererAround(list?.type === "ArrayExpression" ? list : promise);
  return gatherer && gatherers.has(`Promise.${gatherer.method}`) ? gatherer.call : null;
}

/** Whether a failure in the block of a `try` comes to an end there: a `catch` that only throws on is none. */
export const isGuarding = ({ handler }: TSESTree.TryStatement): boolean => handler !== null && !alwaysThrows(handler.body);

function alwaysThrows({ body }: TSESTree.BlockStatement): boolean {
  const last = body.at(-1);
  return last?.type === "ThrowStatement";
}

/** Whether a `catch` has something of its own to say to a failure, and be it before it throws on. */
const isAnswering = ({ handler }: TSESTree.TryStatement): boolean => handler !== null && !(handler.body.body.length === 1 && alwaysThrows(handler.body));

/** Whether a node stands in a `try` of its own function that keeps failures, or (with `"answered"`) that has an answer to them at least. */
export function isGuarded(node: TSESTree.Node, as: "kept" | "answered" = "kept"): boolean {
  const counts = as === "kept" ? isGuarding : isAnswering;
  for (let current = node; current.parent && !isFunction(current); current = current.parent) {
    const { parent } = current;
    if (parent.type === "CatchClause") return true;
    if (parent.type === "TryStatement" && (parent.finalizer === current || (parent.block === current && counts(parent)))) return true;
  }
  return false;
}

/** What a function or block waits for, or gives back as its own promise, outside of any `try` that keeps failures. */
export function* waitsIn(node: TSESTree.Node, source: Source): Generator<TSESTree.Node> {
  switch (node.type) {
    case "TryStatement":
      if (!isGuarding(node)) yield* waitsIn(node.block, source);
      return;
    case "AwaitExpression":
      yield node.argument;
      break;
    case "ReturnStatement":
      if (node.argument && unwrap(node.argument).type === "CallExpression") yield node.argument;
      break;
  }
  for (const child of childrenOf(node, source)) if (!isFunction(child) && !isClass(child)) yield* waitsIn(child, source);
}

/** What may make a function's promise reject. */
export interface Risk {
  /** What fails, as its author calls it: a call that leaves the process, a function of the project, the first of several that nothing is known of. */
  readonly name: string;
  /** Whether it leaves the process, here or in a function of the project that is waited for. */
  readonly external: boolean;
}

/** What is known of an expression that is waited for: it cannot reject, one may well do, or it cannot be told. */
type Verdict = "safe" | "unknown" | Risk;

const deepest = 4;

const worst = (verdicts: readonly Verdict[]): Verdict => verdicts.find((verdict) => typeof verdict === "object") ?? (verdicts.includes("unknown") ? "unknown" : "safe");

const gatherers: ReadonlySet<string> = new Set(["Promise.all", "Promise.race", "Promise.any"]);
const neverReject = new Set(["Promise.allSettled", "Promise.resolve"]);

function ofMethod(call: TSESTree.CallExpression, source: Source, left: number): Verdict | null {
  const callee = unwrap(call.callee);
  if (callee.type !== "MemberExpression") return null;
  const method = memberName(callee) ?? "";
  if (method !== "then" && method !== "catch" && method !== "finally") return null;
  return catches(call, method) ? "safe" : verdictOn(callee.object, source, left);
}

function ofHost(call: TSESTree.CallExpression, source: Source, left: number): Verdict | null {
  const origin = originOf(call.callee, source);
  if (!origin || origin.module === "timers/promises") return origin && "safe";
  if (remoteModules.has(origin.module)) return { name: nameOf(call.callee, source), external: true };
  if (origin.module !== GLOBAL) return null;
  const name = stepsText(origin.steps);
  if (neverReject.has(name)) return "safe";
  const [list] = call.arguments;
  if (!gatherers.has(name) || !list) return null;
  const given = unwrap(list);
  return given.type === "ArrayExpression" ? worst(given.elements.flatMap((each) => (each ? [verdictOn(each, source, left)] : []))) : ofMapped(given, source, left);
}

/** `ids.map(async (id) => …)`: as its callback. */
function ofMapped(node: TSESTree.Node, source: Source, left: number): Verdict {
  const callback = node.type === "CallExpression" && node.callee.type === "MemberExpression" && memberName(node.callee) === "map" ? node.arguments[0] : undefined;
  return isFunction(callback) ? verdictOnFunction(callback, source, left - 1) : "unknown";
}

function ofCalled(call: TSESTree.CallExpression, source: Source, left: number): Verdict {
  if (left === 0) return "unknown";
  const value = definitionOf(call.callee, source);
  if (value?.kind !== "definition" || !isFunction(value.node)) return "unknown";
  const verdict = verdictOnFunction(value.node, value.source, left - 1);
  return typeof verdict === "object" ? { ...verdict, name: nameOf(call.callee, source) } : verdict;
}

function verdictOn(node: TSESTree.Node, source: Source, left: number): Verdict {
  const inner = unwrap(node);
  switch (inner.type) {
    case "CallExpression":
    case "TaggedTemplateExpression": {
      const external = externalCallAt(inner, source);
      if (external) return rejects(external, source) ? { name: external.name, external: true } : "safe";
      if (inner.type !== "CallExpression") return "unknown";
      return ofMethod(inner, source, left) ?? ofHost(inner, source, left) ?? ofCalled(inner, source, left);
    }
    case "NewExpression":
      return inner.callee.type === "Identifier" && inner.callee.name === "Promise" && isFunction(inner.arguments[0]) && inner.arguments[0].params.length < 2 ? "safe" : "unknown";
    case "ConditionalExpression":
      return worst([verdictOn(inner.consequent, source, left), verdictOn(inner.alternate, source, left)]);
    case "LogicalExpression":
      return worst([verdictOn(inner.left, source, left), verdictOn(inner.right, source, left)]);
    case "Identifier": {
      const variable = variableOf(inner, source);
      const value = variable && soleValueOf(variable);
      return value && left > 0 ? verdictOn(value, source, left - 1) : "unknown";
    }
    case "ImportExpression":
    case "Literal":
    case "ObjectExpression":
      return "safe";
    default:
      return "unknown";
  }
}

/** A call by its callee, anything else as it is written. */
function calledIn(node: TSESTree.Node, source: Source): string {
  const inner = unwrap(node);
  return nameOf(inner.type === "CallExpression" ? inner.callee : inner, source);
}

const asked = new Set<FunctionNode>();

/** A function of which nothing is known but that it waits for several things is as likely to fail as one that calls out itself. */
function verdictOnFunction(fn: FunctionNode, source: Source, left: number): Verdict {
  if (asked.has(fn)) return "safe";
  asked.add(fn);
  try {
    const waits = fn.body.type === "BlockStatement" ? [...waitsIn(fn.body, source)] : [fn.body.type === "AwaitExpression" ? fn.body.argument : fn.body];
    const verdicts = waits.map((node) => ({ node, verdict: verdictOn(node, source, left) }));
    const real = worst(verdicts.map(({ verdict }) => verdict));
    if (typeof real === "object") return real;
    const unknown = new Set(verdicts.flatMap(({ node, verdict }) => (verdict === "unknown" ? [calledIn(node, source)] : [])));
    const [first] = unknown;
    return first === undefined ? "safe" : unknown.size > 1 ? { name: first, external: false } : "unknown";
  } finally {
    asked.delete(fn);
  }
}

/**
 * What may make the promise of a function reject, where that is more than a guess: a call that leaves the process, in it or in a function
 * of the project that it waits for; or two calls of which nothing is known. `null` for one that keeps its failures.
 */
export function riskOf(fn: FunctionNode, source: Source): Risk | null {
  const verdict = verdictOnFunction(fn, source, deepest);
  return typeof verdict === "object" ? verdict : null;
}

/** Something that a function waits for outside of any `try` that keeps failures, and that may reject as far as is known. */
export interface OpenWait {
  readonly node: TSESTree.Node;
  readonly name: string;
}

/**
 * The first thing that a function waits for, or gives back as its own promise, whose rejection leaves the function. Unlike for
 * {@link riskOf}, a call of which nothing is known counts as one that may reject; one that is known to keep its failures does not.
 *
 * @param isHarmless names calls that cannot reject for reasons of their own.
 */
export function openWaitIn(fn: FunctionNode, source: Source, isHarmless: (call: TSESTree.CallExpression) => boolean = () => false): OpenWait | null {
  const waits = fn.body.type === "BlockStatement" ? waitsIn(fn.body, source) : [fn.body.type === "AwaitExpression" ? fn.body.argument : fn.body];
  for (const wait of waits) {
    const node = unwrap(wait);
    if (node.type === "CallExpression" && isHarmless(node)) continue;
    const verdict = verdictOn(node, source, deepest);
    if (typeof verdict === "object") return { node, name: verdict.name };
    const isAwaited = outermost(node).parent?.type === "AwaitExpression";
    if (verdict === "unknown" && isAwaited && node.type === "CallExpression") return { node, name: calledIn(node, source) };
  }
  return null;
}
