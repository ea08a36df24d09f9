import type { TSESTree } from "@typescript-eslint/utils";

import type { Source } from "../../syntax/source.js";
import { unwrap } from "../../syntax/value.js";
import { contains, enclosingFunction } from "../../syntax/walk.js";
import { isBackgroundWork } from "../entries/background-work.js";
import { entryOf } from "../entries/entries.js";
import { type ProjectTracker, trackerOf } from "./error-trackers.js";
import { externalCallAt, rejects } from "../calls/external-calls.js";
import { type FailureHandler, isTextRead, readsOfError } from "./failure-handling.js";
import { outerFrame } from "../program/frames.js";
import { isProbe, quietAnswersOf } from "./lost-errors.js";
import { mutationIn } from "../calls/mutations.js";
import { waitsIn } from "./rejections.js";

/** Statuses by which a failure tells that what was asked for may not be had: to look for it is to find out. */
const refusals = new Set([401, 403, 404, 410, 501, 503]);

/** Whether a `try` stands at the top of its function, and is what the function is there for. */
function isAtTop(statement: TSESTree.TryStatement): boolean {
  const block = statement.parent;
  return block.type === "BlockStatement" && block.body.slice(block.body.indexOf(statement) + 1).every(({ type }) => type === "ReturnStatement");
}

/** Whether something may fail in a block that is nobody's fault: a database, another service. */
function mayBreak(block: TSESTree.BlockStatement, source: Source): boolean {
  for (const awaited of waitsIn(block, source)) {
    const call = externalCallAt(unwrap(awaited), source);
    if (call && rejects(call, source)) return true;
  }
  return mutationIn(block, source) !== null;
}

const givesBack = (body: TSESTree.Node, source: Source): boolean =>
  contains(body, source, (node) => node.type === "ReturnStatement" && node.argument !== null, { nestedFunctions: false });

/** The tracker that does not hear of a failure in an entry, or in work that a clock or a queue starts: it is answered, and neither logged, reported nor thrown on. */
export function unheardBy(handler: FailureHandler, source: Source): ProjectTracker | null {
  const { node: clause, body } = handler;
  if (clause.type !== "CatchClause" || !isAtTop(clause.parent)) return null;
  const fn = enclosingFunction(clause);
  if (!fn || fn.body !== clause.parent.parent || readsOfError(handler, source).some((read) => !isTextRead(read))) return null;
  const tracker = trackerOf(source);
  if (!tracker) return null;
  const isBackground = isBackgroundWork(clause, source);
  const entry = entryOf(fn, source);
  if (!isBackground && (!entry || entry.kind === "error-handler")) return null;
  const answers = quietAnswersOf(handler, source);
  if (!answers || (answers.length === 0 && !isBackground && !givesBack(body, source))) return null;
  if (answers.some(({ statuses }) => typeof statuses !== "string" && statuses.some((status) => refusals.has(status)))) return null;
  const frame = outerFrame(clause, source);
  if (answers.some((answer) => isProbe(answer, handler, frame))) return null;
  return mayBreak(clause.parent.block, source) ? tracker : null;
}
