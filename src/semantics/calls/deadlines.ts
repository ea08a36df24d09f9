import type { TSESTree } from "@typescript-eslint/utils";

import { limitedJobs, waitingForAll } from "../../knowledge/deadlines.js";
import { currentPass } from "../../project/file.js";
import { callsIn } from "../../syntax/nodes.js";
import { readsOf, variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { memberName, outermost, unwrap } from "../../syntax/value.js";
import { ancestor, enclosingFunction, type FunctionNode, isFunction, walk } from "../../syntax/walk.js";
import { definitionOf, GLOBAL, originOf, stepsText } from "../program/provenance.js";

type Call = TSESTree.CallExpression | TSESTree.NewExpression;

const deepest = 6;

const observers = new Set(["then", "catch", "finally"]);

/** A name that promises a deadline silences the one call that is handed to it. */
const deadlineName = /time_?d?_?out|deadline|abortable|withAbort|^race$/i;

const ends = /\bPromise\s*\.\s*(?:race|any)\b|\bAbort(?:Signal|Controller)\b|\bclearTimeout\b/;

function isWaitingForAll(call: Call, source: Source): boolean {
  const callee = unwrap(call.callee);
  if (callee.type === "MemberExpression" && memberName(callee) === "push") return true;
  const origin = originOf(callee, source);
  return origin !== null && waitingForAll.some(({ module, calls }) => (module ?? GLOBAL) === origin.module && calls.includes(stepsText(origin.steps)));
}

/** Whether a function ends what it is given: it says so, or the project's own definition of it does. */
function isEnding(call: Call, source: Source): boolean {
  const callee = unwrap(call.callee);
  const name = callee.type === "Identifier" ? callee.name : callee.type === "MemberExpression" ? memberName(callee) : null;
  if (name !== null && deadlineName.test(name)) return true;
  if (originOf(callee, source)) return /^Promise\.(?:race|any)$/.test(source.text.slice(...callee.range));
  const found = definitionOf(callee, source);
  return found?.kind === "definition" && isFunction(found.node) && ends.test(found.source.text.slice(...found.node.range));
}

/** The promise that a call becomes with all that observes it: `fetch(url).then(…).catch(…)`. */
function observed(call: TSESTree.Node): TSESTree.Node {
  let node = outermost(call);
  for (;;) {
    const { parent } = node;
    const isObserved = parent?.type === "MemberExpression" && parent.object === node && observers.has(memberName(parent) ?? "") && parent.parent.type === "CallExpression";
    if (!isObserved) return node;
    node = outermost(parent.parent);
  }
}

/** What is given to a call: the argument itself, or the array around it. */
function receiving(node: TSESTree.Node): Call | null {
  const argument = node.parent?.type === "ArrayExpression" ? outermost(node.parent) : node;
  const call = argument.parent;
  const isGiven = (call?.type === "CallExpression" || call?.type === "NewExpression") && call.callee !== argument;
  return isGiven ? call : null;
}

function isFunctionEnded(fn: FunctionNode, source: Source, left: number): boolean {
  const node = outermost(fn);
  const { parent } = node;
  if (parent?.type === "CallExpression" && parent.callee === node) return isEndedFromOutside(parent, source, left - 1);
  const receiver = receiving(node);
  if (receiver) return isEnding(receiver, source) || isEndedFromOutside(receiver, source, left - 1);
  const name = fn.type === "FunctionDeclaration" ? fn.id : parent?.type === "VariableDeclarator" && parent.id.type === "Identifier" ? parent.id : null;
  const variable = name && variableOf(name, source);
  if (!variable) return false;
  const isExported = /^Export/.test((fn.type === "FunctionDeclaration" ? fn.parent : parent?.parent?.parent)?.type ?? "");
  const calls = readsOf(variable).map(({ parent: reader }) => reader);
  return !isExported && calls.length > 0 && calls.every((call) => call.type === "CallExpression" && isEndedFromOutside(call, source, left - 1));
}

/**
 * Whether somebody else sees to it that a call ends: it is raced, or given to a function that may do so, or it runs in a
 * function that is. A promise that is handed to what we do not know is theirs to end.
 */
export function isEndedFromOutside(call: TSESTree.Node, source: Source, left = deepest): boolean {
  if (left === 0) return false;
  const node = observed(call);
  const receiver = receiving(node);
  if (receiver) {
    if (isEnding(receiver, source) || !isWaitingForAll(receiver, source)) return true;
    return isEndedFromOutside(receiver, source, left - 1);
  }
  const { parent } = node;
  if (parent?.type === "VariableDeclarator" && parent.id.type === "Identifier") {
    const variable = variableOf(parent.id, source);
    if (variable && readsOf(variable).some((read) => receiving(outermost(read)) && isEndedFromOutside(read, source, left - 1))) return true;
  }
  if (parent?.type === "MemberExpression" && memberName(parent) === "pipe" && parent.parent.type === "CallExpression") {
    if (parent.parent.arguments.some((operator) => operator.type === "CallExpression" && isEnding(operator, source))) return true;
    return isEndedFromOutside(parent.parent, source, left - 1);
  }
  const fn = enclosingFunction(node);
  return fn !== null && isFunctionEnded(fn, source, left);
}

const jobs = new WeakMap<Source["ast"], { pass: number; limited: boolean }>();

/** Whether a file defines a job that its runner ends by itself. */
export function definesLimitedJob(source: Source): boolean {
  const wanted = limitedJobs.filter(({ module }) => source.text.includes(module.split("/").slice(0, 2).join("/")));
  if (wanted.length === 0) return false;
  const known = jobs.get(source.ast);
  if (known?.pass === currentPass()) return known.limited;
  const limited = callsIn(source).some((node) => {
    const origin = node.type === "CallExpression" ? originOf(node.callee, source) : null;
    return origin !== null && wanted.some(({ module, definedBy }) => module === origin.module && definedBy.includes(stepsText(origin.steps)));
  });
  jobs.set(source.ast, { pass: currentPass(), limited });
  return limited;
}

const written = new WeakMap<Source["ast"], ReadonlySet<string>>();

/** The names of all members that a file writes: `axios.defaults.timeout = 5_000` writes `timeout`. */
export function writtenMembers(source: Source): ReadonlySet<string> {
  let names = written.get(source.ast);
  if (!names) {
    const found = new Set<string>();
    walk(source.ast, source, (node) => {
      const name = node.type === "AssignmentExpression" && node.left.type === "MemberExpression" ? memberName(node.left) : null;
      if (name !== null) found.add(name);
    });
    written.set(source.ast, (names = found));
  }
  return names;
}

/** Whether one of the methods is called on what a call gives back, at once or by its name later. */
export function isContinuedBy(call: TSESTree.Node, methods: readonly string[], source: Source): boolean {
  for (let node = outermost(call); ; ) {
    const { parent } = node;
    if (parent?.type === "MemberExpression" && parent.object === node) {
      if (methods.includes(memberName(parent) ?? "")) return true;
      if (parent.parent.type !== "CallExpression") return false;
      node = outermost(parent.parent);
      continue;
    }
    const name = parent?.type === "VariableDeclarator" ? parent.id : parent?.type === "AssignmentExpression" ? parent.left : null;
    if (name?.type !== "Identifier") return false;
    const reads = variableOf(name, source)?.references.map(({ identifier }) => identifier.parent) ?? [];
    return reads.some((reader) => reader.type === "MemberExpression" && methods.includes(memberName(reader) ?? ""));
  }
}

/** Whether what a call gives back leaves our sight: it is returned, or given to somebody who may continue it. */
export const leavesSight = (call: TSESTree.Node): boolean => {
  const node = outermost(call);
  return node.parent?.type === "ReturnStatement" || receiving(node) !== null || ancestor(node, isFunction)?.body === node;
};
