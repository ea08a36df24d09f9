import type { TSESTree } from "@typescript-eslint/utils";

import type { Source } from "../../syntax/source.js";
import { memberName, outermost, unwrap } from "../../syntax/value.js";
import { type FunctionNode, isFunction, walk } from "../../syntax/walk.js";
import { type Entry, entriesIn, entryOf } from "../entries/entries.js";
import { type ProjectErrorHandler, projectErrorHandler } from "../entries/error-handlers.js";
import { type ExternalCall, externalCallAt, rejects } from "../calls/external-calls.js";
import { chainOf, gathererOf, isGuarded } from "./rejections.js";

/** An entry of which nothing in the project says what happens when the calls in it fail. */
export interface UnansweredFailure {
  readonly entry: Entry;
  /** Never empty. */
  readonly calls: readonly [ExternalCall, ...ExternalCall[]];
  readonly handler: ProjectErrorHandler;
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

/** The entries of a file whose calls fail without anything in the project that answers: no `catch`, no wrapper, no error handler. */
export function unansweredFailuresIn(source: Source): readonly UnansweredFailure[] {
  return entriesIn(source).flatMap((entry) => {
    const [first, ...others] = isBare(entry) ? callsIn(entry, source) : [];
    if (!first) return [];
    const handler = projectErrorHandler(entry, source);
    // Where nothing was changed, a line in the log and a 500 are all that anybody would write.
    if (handler.logs && [first, ...others].every(isLookUp)) return [];
    return handler.presence === "missing" ? [{ entry, calls: [first, ...others] as const, handler }] : [];
  });
}
