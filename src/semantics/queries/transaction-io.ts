import type { TSESTree } from "@typescript-eslint/utils";

import { advisoryLocks } from "../../knowledge/conflicts.js";
import { fateOf } from "../../syntax/fate.js";
import { isGlobal } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { isFunction, isWithin, walk } from "../../syntax/walk.js";
import { externalCallAt } from "../calls/external-calls.js";
import { nameOf } from "../calls/http-calls.js";
import { runsWithin } from "./outer-clients.js";
import { originOf } from "../program/provenance.js";
import { queriesIn } from "./queries.js";
import { gathererOf } from "../failures/rejections.js";
import { type Transaction, transactionAt } from "./transactions.js";
import { ownAsyncFunctionOf } from "../failures/unobserved-calls.js";

/** Something other than the database that a transaction waits for. */
export interface TransactionWait {
  readonly kind: "service" | "timer";
  readonly node: TSESTree.Node;
  /** What is called in the transaction. */
  readonly name: string;
  /** What the project's own function that is called there waits for; `null` where the call itself leaves the process. */
  readonly within: string | null;
  readonly transaction: Transaction;
}

/** The transaction that code runs in, where its beginning is there to be seen and the database holds it open meanwhile. */
function openTransactionAt(node: TSESTree.Node, source: Source): Transaction | null {
  const transaction = transactionAt(node, source);
  if (!transaction?.call || transaction.form === "list" || transaction.form === "given") return null;
  return runsWithin(node, transaction) ? transaction : null;
}

/** Whether the code goes on only when a promise has come to its end. */
function isWaitedFor(node: TSESTree.Node): boolean {
  const fate = fateOf(node);
  return fate === "awaited" || fate === "returned" || (fate === "passed" && gathererOf(node) !== null);
}

/** A call of another service by a client of HTTP or a vendor's package. */
function serviceCallAt(node: TSESTree.Node, source: Source): string | null {
  const call = externalCallAt(node, source);
  if (!call || call.kind === "database" || (call.kind === "http" && call.address === "bundled")) return null;
  return call.name;
}

/** What the project's own function that a call runs waits for of another service, wherever it stands in the workspace. */
function serviceBehind(call: TSESTree.CallExpression, source: Source): string | null {
  const own = ownAsyncFunctionOf(call, source);
  if (!own) return null;
  let found: string | null = null;
  walk(own.fn.body, own.source, (node) => {
    if (isFunction(node)) return false;
    if (node.type !== "CallExpression" && node.type !== "TaggedTemplateExpression") return true;
    found = isWaitedFor(node) ? serviceCallAt(node, own.source) : null;
    return found === null ? true : "stop";
  });
  return found;
}

/** `new Promise((resolve) => setTimeout(resolve, 100))`, and `setTimeout(100)` of `node:timers/promises`. */
function isTimer(node: TSESTree.Node, source: Source): boolean {
  if (node.type === "NewExpression") {
    const [executor] = node.arguments;
    if (node.callee.type !== "Identifier" || node.callee.name !== "Promise" || !isFunction(executor) || !isGlobal(node.callee, source)) return false;
    const body = executor.body.type === "BlockStatement" && executor.body.body.length === 1 ? executor.body.body[0] : executor.body;
    const call = body?.type === "ExpressionStatement" ? body.expression : body;
    return call?.type === "CallExpression" && call.callee.type === "Identifier" && call.callee.name === "setTimeout" && isGlobal(call.callee, source);
  }
  if (node.type !== "CallExpression" || node.callee.type === "Super") return false;
  const name = nameOf(node.callee, source);
  return name.endsWith("setTimeout") && /^(?:node:)?timers\/promises$/.test(originOf(node.callee, source)?.module ?? "");
}

/** Whether a transaction has begun with a lock of its author's own, and changed no row since: it is there so that the wait is done by one at a time. */
function isForTheWait(node: TSESTree.Node, { region }: Transaction, source: Source): boolean {
  const textOf = ({ range: [start, end] }: TSESTree.Node): string => source.text.slice(start, end);
  if (!advisoryLocks.test(source.text.slice(region.range[0], node.range[0]))) return false;
  const before = queriesIn(source).filter((query) => isWithin(query.node, region) && query.node.range[1] <= node.range[0]);
  return before.every((query) => query.effect === "read" || advisoryLocks.test(textOf(query.node)));
}

/** What the code at a node waits for while a transaction is open, that is no query of it. */
export function transactionWaitAt(node: TSESTree.CallExpression | TSESTree.NewExpression | TSESTree.TaggedTemplateExpression, source: Source): TransactionWait | null {
  const transaction = isWaitedFor(node) ? openTransactionAt(node, source) : null;
  if (!transaction || isForTheWait(node, transaction, source)) return null;
  if (isTimer(node, source)) return { kind: "timer", node, name: "", within: null, transaction };
  if (node.type === "NewExpression") return null;
  const callee = node.type === "CallExpression" ? node.callee : node.tag;
  const service = serviceCallAt(node, source);
  if (service !== null) return { kind: "service", node: callee, name: service, within: null, transaction };
  const within = node.type === "CallExpression" ? serviceBehind(node, source) : null;
  return within === null ? null : { kind: "service", node: callee, name: nameOf(callee, source), within, transaction };
}
