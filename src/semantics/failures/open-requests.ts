import type { TSESLint, TSESTree } from "@typescript-eslint/utils";

import { waitsForAnswer } from "../../knowledge/web-frameworks.js";
import { alwaysLeaves } from "../../syntax/conditions.js";
import { readsOf, variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { unwrap } from "../../syntax/value.js";
import { ancestor, contains, enclosingFunction, type FunctionNode, isFunction, isWithin, walk } from "../../syntax/walk.js";
import { type Entry, entryOf } from "../entries/entries.js";
import type { FailureHandler } from "./failure-handling.js";
import { type Response, responseAt } from "../entries/responses.js";

type Variable = TSESLint.Scope.Variable;

/** Ways of answering bit by bit, or of looking whether something was answered: too much for what is asked here. */
const streams = /\.pipe\(|pipeline\(|\.write\(|writeHead|flushHeaders|headersSent|writableEnded|process\.exit|\.hijack\(/;

const nameOf = (parameter: TSESTree.Parameter | undefined): TSESTree.Identifier | null => {
  const inner = parameter?.type === "AssignmentPattern" ? parameter.left : parameter;
  return inner?.type === "Identifier" ? inner : null;
};

/** The function or name within an entry that a read is part of: `fail` in `const fail = () => res.status(500).end()`. */
function closureAround(read: TSESTree.Node, top: FunctionNode, source: Source): readonly Variable[] {
  for (let node = read; node.parent && node !== top; node = node.parent) {
    if (node.type === "FunctionDeclaration") return source.scopeManager?.getDeclaredVariables(node).slice(0, 1) ?? [];
    if (node.type !== "VariableDeclarator" || !node.init) continue;
    const init = unwrap(node.init);
    if (isFunction(init) || init === read) return source.scopeManager?.getDeclaredVariables(node) ?? [];
  }
  return [];
}

/** Where an entry may answer, or pass the request on: whatever has to do with the response, and what calls that. */
function mentionsIn({ node, params }: Entry, source: Source): TSESTree.Node[] {
  const names = new Set([params.response, params.next].map(nameOf).flatMap((name) => (name ? (variableOf(name, source) ?? []) : [])));
  const mentions: TSESTree.Node[] = [];
  for (const variable of names) {
    for (const read of readsOf(variable)) {
      mentions.push(read);
      for (const closure of closureAround(read, node, source)) names.add(closure);
    }
  }
  return mentions;
}

/** Whether control can come from the end of a catch to a node behind it. */
function isReachable(node: TSESTree.Node, clause: TSESTree.CatchClause): boolean {
  if (isWithin(node, clause.body)) return true;
  const common = ancestor(clause, (candidate) => isWithin(node, candidate));
  if (!common) return false;
  if (common.type === "TryStatement") return common.finalizer !== null && isWithin(node, common.finalizer);
  if (node.range[0] < clause.range[0] || alwaysLeaves(clause.body)) return false;
  if (common.type === "SwitchStatement") {
    const own = common.cases.find((label) => isWithin(clause, label));
    return !alwaysLeaves(own?.consequent.at(-1));
  }
  return common.type !== "IfStatement" && common.type !== "ConditionalExpression";
}

const isLoop = (node: TSESTree.Node): boolean => /^(?:For|While|DoWhile)/.test(node.type);

/** Whether a return statement of a clause gives a value back, which a caller may answer with. */
const givesBack = (clause: TSESTree.CatchClause, source: Source): boolean =>
  contains(clause.body, source, (node) => node.type === "ReturnStatement" && node.argument !== null, { nestedFunctions: false });

/** The last answer in the block that is tried, when something before it may fail. */
function answerIn(block: TSESTree.BlockStatement, source: Source): Response | null {
  let isAwaited = false as boolean;
  let last = null as Response | null;
  walk(block, source, (node) => {
    if (isFunction(node)) return false;
    if (node.type === "AwaitExpression") isAwaited = true;
    if (node.type === "CallExpression") last = responseAt(node, source) ?? last;
    return true;
  });
  return isAwaited ? last : null;
}

/**
 * The answer that a request waits for without end when a `catch` is run: the framework sends what the handler sends and nothing else,
 * the block that is tried would have answered, and neither the `catch` nor what follows does.
 */
export function unansweredAfter({ kind, node: clause }: FailureHandler, source: Source): Response | null {
  if (kind !== "catch" || clause.type !== "CatchClause") return null;
  const fn = enclosingFunction(clause);
  const { block } = clause.parent;
  if (!fn || streams.test(source.text.slice(...fn.body.range))) return null;
  const entry = entryOf(fn, source);
  if (entry?.kind !== "route" || !waitsForAnswer.has(entry.framework) || !nameOf(entry.params.response)) return null;
  if (ancestor(clause, (node) => isLoop(node) && isWithin(node, fn.body)) || (entry.by === "type" && givesBack(clause, source))) return null;
  const answer = answerIn(block, source);
  if (!answer) return null;
  if (mentionsIn(entry, source).some((mention) => isReachable(mention, clause))) return null;
  const throws = contains(fn.body, source, (node) => node.type === "ThrowStatement" && isReachable(node, clause), { nestedFunctions: false });
  return throws ? null : answer;
}
