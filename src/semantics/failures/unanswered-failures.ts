import type { TSESTree } from "@typescript-eslint/utils";

import type { Source } from "../../syntax/source.js";
import { lastNameOf, memberName, outermost, unwrap } from "../../syntax/value.js";
import { type FunctionNode, isFunction, walk } from "../../syntax/walk.js";
import { type Entry, entriesIn, entryOf } from "../entries/entries.js";
import { type ProjectErrorHandler, projectErrorHandler } from "../entries/error-handlers.js";
import { type ExternalCall, externalCallAt, rejects } from "../calls/external-calls.js";
import { isExclusive } from "../program/one-run.js";
import { transactionAt } from "../queries/transactions.js";
import { chainOf, gathererOf, isGuarded } from "./rejections.js";

/** An entry of which nothing in the project says what happens when the calls in it fail. */
export interface UnansweredFailure {
  readonly entry: Entry;
  /** Never empty. */
  readonly calls: readonly [ExternalCall, ...ExternalCall[]];
  readonly handler: ProjectErrorHandler;
  /** Two calls that change something, one after the other: when the second fails, what the first has done stays. */
  readonly half: readonly [ExternalCall, ExternalCall] | null;
}

/** Methods that pass on to their caller what their callback throws, or rejects with. */
const passingOn = new Set(["map", "flatMap", "forEach", "filter", "reduce", "some", "every", "find", "then", "finally", "$transaction", "transaction"]);

/** Whether what fails in a function within the entry comes out of the call that the function is given to. */
function isPassedOn(fn: FunctionNode): boolean {
  const whole = outermost(fn);
  const call = whole.parent;
  if (call?.type !== "CallExpression") return false;
  if (unwrap(call.callee) === fn) return true;
  const callee = unwrap(call.callee);
  return callee.type === "MemberExpression" && passingOn.has(memberName(callee) ?? "") && call.arguments[0] === whole;
}

/** Whether a failure at a node leaves the entry as it is, as far as can be told. */
function leavesEntry(node: TSESTree.Node, { node: top }: Entry): boolean {
  let current = node;
  for (;;) {
    const { node: promise, caught, fate } = chainOf(current);
    const isTaken = fate === "awaited" || fate === "returned";
    const gathering = isTaken ? null : gathererOf(promise);
    if (caught || isGuarded(promise, "answered") || (!isTaken && !gathering)) return false;
    if (gathering) {
      current = gathering;
      continue;
    }
    let fn: TSESTree.Node | undefined = promise.parent;
    while (fn && !isFunction(fn)) fn = fn.parent;
    if (!fn || fn === top) return fn === top;
    if (!isPassedOn(fn)) return false;
    current = outermost(fn).parent as TSESTree.CallExpression;
  }
}

function callsIn(entry: Entry, source: Source): ExternalCall[] {
  const calls: ExternalCall[] = [];
  walk(entry.node.body, source, (node) => {
    if (isFunction(node) && entryOf(node, source)) return false;
    if (node.type !== "CallExpression" && node.type !== "TaggedTemplateExpression") return true;
    if (!leavesEntry(node, entry)) return true;
    const call = externalCallAt(node, source);
    if (call && rejects(call, source)) calls.push(call);
    return true;
  });
  return calls.sort((one, other) => one.node.range[0] - other.node.range[0]);
}

/** Whether an entry is one that the framework runs as it stands here: what a wrapper does with failures, only the wrapper knows. */
const isBare = ({ wrapper, by, kind }: Entry): boolean => wrapper === null && by !== "type" && kind !== "error-handler";

/** Whether a call only reads from a database. */
const isLookUp = (call: ExternalCall): boolean => call.kind === "database" && call.query.effect === "read";

const writing = /\bmethod\s*:\s*["'`](?!GET|HEAD)/i;
const writingMethod = /^(?:post|put|patch|delete)$/;

/** Whether a call changes something outside of the process. */
function changes(call: ExternalCall, source: Source): boolean {
  if (call.kind !== "http") return !isLookUp(call);
  return call.node.type === "CallExpression" && (writingMethod.test(lastNameOf(call.node.callee)) || writing.test(source.text.slice(...call.node.range)));
}

/** The call that opens the transaction which another one is part of. */
const transactionOf = (call: ExternalCall, source: Source): TSESTree.Node | null => transactionAt(call.node, source)?.call ?? null;

/** The first two calls that change something, one after the other, and not in one transaction. */
function halfOf(calls: readonly ExternalCall[], source: Source): readonly [ExternalCall, ExternalCall] | null {
  const changing = calls.filter((call) => changes(call, source));
  for (const [index, first] of changing.entries()) {
    const transaction = transactionOf(first, source);
    const second = changing.slice(index + 1).find((call) => !isExclusive(first.node, call.node) && (transaction === null || transaction !== transactionOf(call, source)));
    if (second) return [first, second];
  }
  return null;
}

/** The entries of a file whose calls fail without anything in the project that answers: no `catch`, no wrapper, no error handler. */
export function unansweredFailuresIn(source: Source): readonly UnansweredFailure[] {
  return entriesIn(source).flatMap((entry) => {
    const [first, ...others] = isBare(entry) ? callsIn(entry, source) : [];
    if (!first) return [];
    const handler = projectErrorHandler(entry, source);
    if (handler.presence !== "missing") return [];
    // Where nothing is left half done, and nobody else waits to hear of it, a line in the log and a 500 are all that anybody would write.
    const half = handler.logs && !handler.isMissed ? halfOf([first, ...others], source) : null;
    if (handler.logs && (handler.isMissed ? [first, ...others].every(isLookUp) : !half)) return [];
    return [{ entry, calls: [first, ...others] as const, handler, half }];
  });
}
