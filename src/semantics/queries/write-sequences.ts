import type { TSESLint, TSESTree } from "@typescript-eslint/utils";

import { transactionDecorators } from "../../knowledge/orms.js";
import { currentPass } from "../../project/file.js";
import { alwaysLeaves } from "../../syntax/conditions.js";
import { fateOf } from "../../syntax/fate.js";
import { calledName } from "../../syntax/nodes.js";
import { promiseMethodOf } from "../../syntax/promises.js";
import { readsOf, variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { takenFrom } from "../../syntax/taken.js";
import { keyName, memberName, outermost, unwrap } from "../../syntax/value.js";
import { ancestor, type FunctionNode, isClass, isFunction, isWithin, walk } from "../../syntax/walk.js";
import { isHealed } from "./healed-rows.js";
import { isAwaited, isConditional, isExclusive, sharedFunction } from "../program/one-run.js";
import { originOf } from "../program/provenance.js";
import { queryAt, type Query } from "./queries.js";
import { holdersOf, isNew, keyPattern, memberOf, takesKeyOf } from "./row-keys.js";
import { schemaOf, tableCalled } from "../schema/tables.js";
import { isDetailRow, isHistory, isHistoryOf, isOwnerColumn, isSideRow } from "./side-rows.js";
import { mayTakePart, transactionAt } from "./transactions.js";

type Variable = TSESLint.Scope.Variable;

/** Two writes of one run of a function that belong together, and that nothing keeps together. */
export interface WritePair {
  readonly first: Query;
  readonly later: Query;
  /** The innermost function that runs both. */
  readonly fn: FunctionNode;
  /** How the library keeps or drops both, in a sentence. */
  readonly together: string;
  /** Half of it may be meant to stay: failures are settled one by one, or what is left is never seen. */
  readonly tolerated: boolean;
}

const isCreate = (query: Query, source: Source): boolean => {
  const { kind } = query;
  if (kind === "save") return query.data !== null && isNew(query.data.node, source);
  return kind === "create" || kind === "create-many";
};

const isDelete = ({ kind }: Query): boolean => kind === "delete" || kind === "delete-many";

/** Whether a failure of the write is meant to be got over: its own try ends without a word to the caller. */
function isOptional(later: Query, first: Query): boolean {
  if (fateOf(later.node) === "chained") return true;
  for (let node: TSESTree.Node = later.node; node.parent && !isFunction(node.parent); node = node.parent) {
    const parent: TSESTree.Node = node.parent;
    if (parent.type === "CatchClause") return true;
    if (parent.type !== "TryStatement" || node !== parent.block || !parent.handler) continue;
    const { body } = parent.handler;
    if (isWithin(first.node, parent) ? body.body.length === 0 : !body.body.some(alwaysLeaves)) return true;
  }
  return false;
}

/** `if (error) console.warn(…)`: the error comes back as a value, is asked for, and nothing ends for it. */
function isToleratedError(later: Query, source: Source): boolean {
  if (later.failure !== "returns-error") return false;
  const taken = takenFrom(later.node, source, true);
  const tests = (taken?.fields ?? []).flatMap(({ name, target }) => {
    const variable = name === "error" && target.type === "Identifier" ? variableOf(target, source) : null;
    return variable ? readsOf(variable).map((read) => ancestor(read, (node) => node.type === "IfStatement" || isFunction(node))) : [];
  });
  return tests.length > 0 && tests.every((test) => test?.type === "IfStatement" && !alwaysLeaves(test.consequent) && !(test.alternate && alwaysLeaves(test.alternate)));
}

/** Whether each item is let fail by itself: `Promise.allSettled(items.map(…))`. */
const isSettledOneByOne = ({ node }: Query): boolean =>
  ancestor(node, (current) => promiseMethodOf(current) === "allSettled") !== null;

/** Whether the function takes back what the first write did: a delete from the same table after it. */
const isTakenBack = (first: Query, fn: FunctionNode, source: Source): boolean =>
  writesIn(source).some((query) => isDelete(query) && query.model !== null && query.model === first.model && query.node.range[0] > first.node.range[1] && isWithin(query.node, fn));

/** Whether a query goes through something that a caller, or the function that runs this callback, may have opened a transaction on. */
function mayJoinCaller(query: Query, source: Source): boolean {
  return query.hasTransactions && (query.throughHandle || isHandedIn(query.receiver, source, 3) || isRebuilt(query.node) || isAskedFor(query.receiver) || mayTakePart(query, source));
}

const aboutTransactions = /transaction|atomic|unitOfWork/i;

/** `this.prisma.txClient().user`: a client that is asked for where a transaction may be under way. */
function isAskedFor(node: TSESTree.Node): boolean {
  const inner = unwrap(node);
  if (inner.type === "MemberExpression") return isAskedFor(inner.object);
  if (inner.type !== "CallExpression") return false;
  const callee = unwrap(inner.callee);
  return /^(?:get|current|use)?_?(?:tx|trx|transaction)/i.test(calledName(inner) ?? "") || (callee.type === "MemberExpression" && isAskedFor(callee.object));
}

/** Whether a class makes instances of itself for transactions: `repository.withTransaction(tx)`. */
function isRebuilt(node: TSESTree.Node): boolean {
  const owner = ancestor(node, isClass);
  return owner?.body.body.some((member) => member.type === "MethodDefinition" && aboutTransactions.test(keyName(member.key, member.computed) ?? "")) ?? false;
}

function isHandedIn(node: TSESTree.Node, source: Source, hops: number): boolean {
  const inner = unwrap(node);
  if (inner.type === "LogicalExpression") return isHandedIn(inner.left, source, hops) || isHandedIn(inner.right, source, hops);
  if (inner.type === "ConditionalExpression") return isHandedIn(inner.consequent, source, hops) || isHandedIn(inner.alternate, source, hops);
  if (inner.type === "CallExpression" && inner.callee.type === "MemberExpression") return isHandedIn(inner.callee.object, source, hops);
  const found = memberOf(inner);
  const definition = found && variableOf(found.root, source)?.defs[0];
  if (!definition || hops === 0) return false;
  if (definition.type === "Variable") return definition.node.init !== null && isHandedIn(definition.node.init, source, hops - 1);
  if (definition.type !== "Parameter") return false;
  // What a framework hands to its callbacks as a context has the client itself in it.
  return inner.type === "Identifier" || outermost(definition.node).parent?.type !== "CallExpression";
}

function isDecorated(fn: FunctionNode, source: Source): boolean {
  const method = fn.parent;
  if (method.type !== "MethodDefinition") return false;
  return method.decorators.some(({ expression }) => {
    const origin = originOf(expression.type === "CallExpression" ? expression.callee : expression, source);
    return origin !== null && transactionDecorators.some((names) => names[origin.module]?.includes(origin.steps.join(".")));
  });
}

/** Whether a query stands in a transaction, or may. */
export const isKeptTogether = (query: Query, source: Source): boolean =>
  mayJoinCaller(query, source) || transactionAt(query.node, source) !== null || ancestor(query.node, isSaidToBe) !== null;

/** A call of the project's own that, by its name, runs its callback in a transaction. */
const isSaidToBe = (node: TSESTree.Node): boolean => {
  if (node.type !== "CallExpression") return false;
  const callee = unwrap(node.callee);
  const name = callee.type === "Identifier" ? callee.name : callee.type === "MemberExpression" ? memberName(callee) : null;
  return name !== null && aboutTransactions.test(name);
};

const isSamePlace = (one: Query, other: Query): boolean => one.orm === other.orm && one.client.module === other.client.module;

const writeWords = /\.(?:create|bulkCreate|insert|save|delete|destroy|remove|soft)|\b(?:insert\s+into|delete\s+from)\b/i;

const memos = new WeakMap<Source["ast"], { pass: number; writes: readonly Query[] }>();

/** The creates and deletes of a file. */
function writesIn(source: Source): readonly Query[] {
  const pass = currentPass();
  const known = memos.get(source.ast);
  if (known?.pass === pass) return known.writes;
  const writes: Query[] = [];
  walk(source.ast, source, (node) => {
    const query = (node.type === "CallExpression" || node.type === "TaggedTemplateExpression") && writeWords.test(source.text.slice(...node.range)) ? queryAt(node, source) : null;
    if (query && (isCreate(query, source) || isDelete(query))) writes.push(query);
  });
  writes.sort((one, other) => one.node.range[0] - other.node.range[0]);
  memos.set(source.ast, { pass, writes });
  return writes;
}

/** Whether code can choose the key of a row that it adds, instead of the database: a text, or a UUID. */
function hasFreeKey({ model }: Query, source: Source): boolean {
  const schema = model === null ? null : schemaOf(source);
  const table = schema && model !== null ? tableCalled(model, schema) : null;
  const [key, ...more] = table?.primaryKey?.columns ?? [];
  const family = table?.columns.find(({ name }) => name === key)?.family;
  return more.length === 0 && (family === "uuid" || family === "text");
}

/** How two creates are kept together of which the later one takes the key of the earlier; `null` where their driver cannot. */
function togetherWithKey(first: Query, later: Query, source: Source): string | null {
  if (!later.inListsOnly) return later.atomicCreate;
  if (first.data?.keys.some(({ name }) => name === "id")) return later.atomic;
  return hasFreeKey(first, source) ? later.atomicCreate : null;
}

/** Creates whose later one takes the key of the row that the earlier one made. */
function* dependentCreates(source: Source): Generator<WritePair> {
  const creates = writesIn(source).filter((query) => !isDelete(query) && !isSideRow(query.model) && isAwaited(query.node));
  if (creates.length < 2) return;
  for (const first of creates) {
    const holders = holdersOf(first, source);
    if (holders.length === 0 || isKeptTogether(first, source)) continue;
    for (const later of creates) {
      if (later.node.range[0] < first.node.range[1] || !isSamePlace(first, later) || isHistoryOf(later.model, first.model)) continue;
      const fn = sharedFunction(first.node, later.node);
      if (!fn || !takesKeyOf(first, holders, later, source)) continue;
      if (isOptional(later, first) || isKeptTogether(later, source) || isTakenBack(first, fn, source) || isDecorated(fn, source)) continue;
      const together = togetherWithKey(first, later, source);
      if (together === null || isHealed(later, fn, source)) continue;
      yield { first, later, fn, together, tolerated: isDetailRow(first.model) || isSettledOneByOne(later) || isToleratedError(later, source) };
    }
  }
}

/** What rows are picked by, or belong to: the variable, and the text of what is read of it. */
function keysOf(query: Query, source: Source): Map<string, Variable> {
  const keys = new Map<string, Variable>();
  for (const { name, value } of (isDelete(query) ? query.filter : query.data)?.keys ?? []) {
    const root = value && keyPattern.test(name) && !isOwnerColumn(name) ? memberOf(value)?.root : null;
    const variable = root && variableOf(root, source);
    if (value && variable) keys.set(source.text.slice(...value.range), variable);
  }
  return keys;
}

const sharesKey = (one: ReadonlyMap<string, Variable>, other: ReadonlyMap<string, Variable>): boolean => [...one].some(([text, variable]) => other.get(text) === variable);

/** Writes of one kind, to different tables, that are about the same row of another. */
function* sameSubject(source: Source, test: (query: Query) => boolean): Generator<WritePair> {
  const writes = writesIn(source).filter((query) => test(query) && query.model !== null && !isSideRow(query.model) && !isHistory(query.model) && isAwaited(query.node));
  for (const [index, first] of writes.entries()) {
    const keys = keysOf(first, source);
    if (keys.size === 0) continue;
    for (const later of writes.slice(index + 1)) {
      if (later.model === first.model || !isSamePlace(first, later) || !sharesKey(keys, keysOf(later, source))) continue;
      const fn = sharedFunction(first.node, later.node);
      if (!fn || isExclusive(first.node, later.node) || isOptional(later, first) || isOptional(first, later)) continue;
      // A row that is created only where it is missing will be there the next time.
      if (!isDelete(first) && (isConditional(first.node, later.node) || isConditional(later.node, first.node))) continue;
      const { atomic: together } = later;
      if (together === null || isKeptTogether(first, source) || isKeptTogether(later, source) || isTakenBack(first, fn, source) || isDecorated(fn, source)) continue;
      yield { first, later, fn, together, tolerated: false };
    }
  }
}

/** One pair of each function, one that cannot be meant if there is one: a transaction around it mends the others as well. */
function firstOfEach(pairs: Iterable<WritePair>): WritePair[] {
  const found = new Map<FunctionNode, WritePair>();
  for (const pair of pairs) {
    const known = found.get(pair.fn);
    const isEarlier = known?.tolerated === pair.tolerated && pair.later.node.range[0] < known.later.node.range[0];
    if (!known || isEarlier || (known.tolerated && !pair.tolerated)) found.set(pair.fn, pair);
  }
  return [...found.values()];
}

/** Creates of which a later one takes the key of the row that an earlier one made, outside any transaction. */
export const dependentCreatesIn = (source: Source): WritePair[] => firstOfEach(dependentCreates(source));

/** Creates in different tables about the same row, outside any transaction. */
export const parallelCreatesIn = (source: Source): WritePair[] => firstOfEach(sameSubject(source, (query) => !isDelete(query)));

/** Deletes from different tables about the same row, outside any transaction. */
export const parallelDeletesIn = (source: Source): WritePair[] => firstOfEach(sameSubject(source, isDelete));
