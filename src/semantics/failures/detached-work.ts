import type { TSESTree } from "@typescript-eslint/utils";

import { conditionsAt } from "../../syntax/conditions.js";
import { promiseMethodOf } from "../../syntax/promises.js";
import type { Source } from "../../syntax/source.js";
import { memberName, outermost, unwrap } from "../../syntax/value.js";
import { contains, enclosingFunction, type FunctionNode, isFunction, walk } from "../../syntax/walk.js";
import { type Entry, entryOf } from "../entries/entries.js";
import { type ExternalCall, externalCallAt, rejects, waitsToBeRun } from "../calls/external-calls.js";
import { nameOf } from "../calls/http-calls.js";
import { meansMissing } from "../program/missing.js";
import { mayBeFunction, type Platform, platformOf } from "../entries/platforms.js";
import { type Chain, chainOf, gathererOf } from "./rejections.js";
import { isTold, ownAsyncFunctionOf, unobservedCallAt } from "./unobserved-calls.js";

type Call = TSESTree.CallExpression | TSESTree.TaggedTemplateExpression;

/** Work that a handler starts and does not wait for. */
export interface DetachedWork {
  readonly node: Call;
  readonly name: string;
  readonly chain: Chain;
  readonly entry: Entry;
  /** The platform that ends the handler with its answer; `null` where nothing tells of one, and the failure comes to nobody either. */
  readonly platform: Platform | null;
}

const inPlace = new Set(["map", "flatMap", "forEach", "filter", "reduce", "some", "every", "find"]);

/** Whether a function is run where it stands: by a method of a list, or called on the spot. */
function isRunInPlace(fn: FunctionNode): boolean {
  const whole = outermost(fn);
  const call = whole.parent;
  if (call?.type !== "CallExpression") return false;
  const callee = unwrap(call.callee);
  return callee === fn || (callee.type === "MemberExpression" && call.arguments[0] === whole && inPlace.has(memberName(callee) ?? ""));
}

/** The entry that a node runs in while its answer is made. */
function entryAround(node: TSESTree.Node, source: Source): Entry | null {
  for (let fn = enclosingFunction(node); fn; fn = enclosingFunction(fn)) {
    const entry = entryOf(fn, source);
    if (entry) return entry;
    if (!isRunInPlace(fn)) return null;
  }
  return null;
}

/** Words of an answer that is still being written while the handler's work goes on. */
const streaming = /Stream\b|\.readable\b|event-stream|\.pipe\(|PassThrough/;

const isStreaming = (entry: Entry, { text }: Source): boolean => streaming.test(text.slice(...entry.node.range));

/** Whether a request goes to the machine that the code runs on, where production has nobody who answers: it is left over from looking for a fault. */
const isToOwnMachine = (call: ExternalCall): boolean => call.kind === "http" && call.address === "local";

/** Whether a call of another process gives a promise of its own work. */
function externalNameAt(node: TSESTree.Node, source: Source): string | null {
  const call = externalCallAt(node, source);
  if (!call || isToOwnMachine(call)) return null;
  const isRun = !waitsToBeRun(call) || chainOf(node).node !== node || outermost(node).parent?.type === "AwaitExpression";
  return isRun && (call.failure === "returns-error" || rejects(call, source)) ? call.name : null;
}

/** Whether a function's own promise waits for that of a call in it. */
function isWaitedFor(node: TSESTree.Node): boolean {
  const { node: promise, fate } = chainOf(node);
  if (fate === "awaited" || fate === "returned") return true;
  const gathering = gathererOf(promise);
  return gathering !== null && isWaitedFor(gathering);
}

/** The call that a function is given to, or that calls it on the spot. */
const callAround = (fn: FunctionNode): TSESTree.Node => outermost(fn).parent ?? fn;

/** What a function waits for that leaves the process, in itself or in functions of the project that it waits for. */
function externalWithin(fn: FunctionNode, source: Source, left: number): string | null {
  let found: string | null = null;
  walk(fn.body, source, (node) => {
    if (isFunction(node)) return isRunInPlace(node) && isWaitedFor(callAround(node));
    if (node.type !== "CallExpression" && node.type !== "TaggedTemplateExpression") return true;
    if (!isWaitedFor(node)) return true;
    found = externalNameAt(node, source) ?? externalOfOwn(node, source, left - 1);
    return found === null ? true : "stop";
  });
  return found;
}

function externalOfOwn(node: Call, source: Source, left: number): string | null {
  if (left < 0 || node.type !== "CallExpression") return null;
  const callee = unwrap(node.callee);
  if (isFunction(callee)) return callee.async ? externalWithin(callee, source, left) : null;
  const own = ownAsyncFunctionOf(node, source);
  return own && externalWithin(own.fn, own.source, left);
}

/** Another level of functions is seldom needed, and costs a module each. */
const levels = 2;

/** The name of a dropped call whose work leaves the process: by itself, in a function of the project, or in what is gathered by it. */
function workOf(node: Call, source: Source): string | null {
  const external = externalNameAt(node, source);
  if (external !== null || node.type !== "CallExpression") return external;
  const within = externalOfOwn(node, source, levels);
  if (within !== null) return isFunction(unwrap(node.callee)) ? within : nameOf(node.callee, source);
  const [list] = node.arguments;
  const reaches = (inner: TSESTree.Node): boolean => inner.type === "CallExpression" && (externalNameAt(inner, source) ?? externalOfOwn(inner, source, levels - 1)) !== null;
  return list && isGatherer(node) && contains(list, source, reaches) ? nameOf(node.callee, source) : null;
}

const isGatherer = (call: TSESTree.CallExpression): boolean => /^(?:all|allSettled|any|race)$/.test(promiseMethodOf(call) ?? "");

/** Where there is nothing to hand work over to: `if (runtime?.waitUntil) runtime.waitUntil(work()); else work();` */
function isWithoutKeeper(node: TSESTree.Node): boolean {
  const isKeeper = (tested: TSESTree.Node): boolean => tested.type === "MemberExpression" && memberName(tested) === "waitUntil";
  for (const condition of conditionsAt(node)) if (condition.kind === "test" && meansMissing(condition.test, condition.holds, isKeeper)) return true;
  return false;
}

/** The name of a dropped call whose failure comes to nobody. */
function unobservedNameAt(node: Call, source: Source): string | null {
  const external = externalCallAt(node, source);
  return external && isToOwnMachine(external) ? null : (unobservedCallAt(node, source)?.name ?? null);
}

/** A cheap look at a call, before anything is followed: whether nothing waits for a promise that it may give. */
export const mayBeDetached = (node: Call): boolean => !isTold(node) && chainOf(node).fate === "dropped" && enclosingFunction(node) !== null;

/**
 * The work that a call starts in a handler and that nothing waits for, before the answer goes out. On a platform that runs handlers as
 * functions it may be cut off, though its failure be caught; elsewhere it counts where its failure comes to nobody.
 */
export function detachedWorkAt(node: TSESTree.Node, source: Source): DetachedWork | null {
  if ((node.type !== "CallExpression" && node.type !== "TaggedTemplateExpression") || !mayBeDetached(node)) return null;
  const entry = entryAround(node, source);
  if (!entry || entry.kind === "error-handler" || !mayBeFunction(entry) || isStreaming(entry, source) || isWithoutKeeper(node)) return null;
  const chain = chainOf(node);
  const platform = platformOf(entry, source);
  const name = platform ? workOf(node, source) : unobservedNameAt(node, source);
  return name === null ? null : { node, name, chain, entry, platform };
}
