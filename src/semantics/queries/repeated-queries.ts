import type { TSESLint, TSESTree } from "@typescript-eslint/utils";

import { orderingWords } from "../../knowledge/orms.js";
import { conditionsAt } from "../../syntax/conditions.js";
import { fateOf } from "../../syntax/fate.js";
import { promiseMethodOf } from "../../syntax/promises.js";
import { soleValueOf, variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { keyName, memberName, resolveConst, unwrap, unwrapAwait } from "../../syntax/value.js";
import { ancestor, contains, enclosingFunction, type FunctionNode, isClass, isFunction, isWithin, walk } from "../../syntax/walk.js";
import { isBackgroundWork, isSetAside, isWithoutInput } from "../entries/background-work.js";
import { type Column, queriesIn, type Query, queryAt } from "./queries.js";
import { comesFrom, endsEarly, isShortList, type Repetition, repetitionsAround, resultsOf } from "../program/repetition.js";
import { sideOf, transactionAt } from "./transactions.js";
import { schemaOf, tableCalled } from "../schema/tables.js";
import { isKeptTogether } from "./write-sequences.js";

type Variable = TSESLint.Scope.Variable;

/** A query that is sent once for each item of a list, and differs only in the item's key. */
export interface RepeatedQuery {
  readonly query: Query;
  readonly repetition: Repetition;
  /** The column that holds the key, where one is compared. */
  readonly column: string;
  /** What the query asks beside that: the columns whose values differ from item to item as well, and whether there is more that is the same for all. */
  readonly others: { readonly differing: readonly string[]; readonly same: boolean };
  /** What stands in the loop: the query, or the call of the function that sends it. */
  readonly node: TSESTree.CallExpression | TSESTree.TaggedTemplateExpression;
  /** Whether each item waits for other work as well. */
  readonly amongOtherWork: boolean;
  /** How the queries follow each other: one waits for the other, all are sent at once, or they may share the connection of a transaction. */
  readonly timing: "in-turn" | "at-once" | "in-transaction";
}

/** The column that is compared with something that differs from item to item. */
function keyedBy({ filter }: Query, variables: readonly Variable[], source: Source): Column | null {
  return filter?.keys.find(({ operator, value, always }) => always && operator === "equals" && value !== null && comesFrom(value, variables, source)) ?? null;
}

/** What a query asks beside a column, in a loop with these variables. */
function othersThan(column: Column, { filter }: Query, variables: readonly Variable[], source: Source): RepeatedQuery["others"] {
  const others = filter?.keys.filter(({ name }) => name !== column.name) ?? [];
  const differing = others.filter(({ value }) => value !== null && comesFrom(value, variables, source));
  return { differing: differing.map(({ name }) => name), same: differing.length < others.length };
}

/** Whether a list is of rows that are found by all columns of a unique key: of those there is one at most. */
function isOneRow(list: TSESTree.Node, source: Source): boolean {
  const variable = list.type === "Identifier" ? variableOf(list, source) : null;
  const found = variable && soleValueOf(variable);
  const query = found ? queryAt(unwrapAwait(found), source) : null;
  if (query?.kind !== "read-many" || query.model === null || !query.filter) return false;
  const equal = new Set(query.filter.keys.flatMap(({ name, operator, always }) => (always && operator === "equals" ? [name] : [])));
  const schema = equal.size > 0 ? schemaOf(source) : null;
  const table = schema && tableCalled(query.model, schema);
  const isAsked = (name: string | null): boolean => table?.columns.some((column) => column.name === name && (equal.has(column.field) || equal.has(column.name))) === true;
  return table?.uniques.some(({ columns, isPartial }) => !isPartial && columns.length > 0 && columns.every(isAsked)) === true;
}

const isMany = ({ list }: Repetition, source: Source): boolean => !isShortList(list, source) && !isOneRow(unwrap(list), source);

/** The repetition that a column's value differs by, when it is one over a list of unknown length. */
function repetitionFor(node: TSESTree.Node, source: Source, differs: (variables: readonly Variable[]) => boolean): Repetition | null {
  const around = repetitionsAround(node, source);
  if (around === "open" || around.length === 0) return null;
  const repetition = around.find(({ variables }) => differs(variables));
  if (!repetition || !isMany(repetition, source) || endsEarly(repetition, resultsOf(node, source), source)) return null;
  return isBackgroundWork(node, source) || isSetAside(node) || isWithoutInput(node, source) ? null : repetition;
}

/** Whether a row is one of two kinds that the item tells of: `OR` of two columns, which no list of keys stands for. */
const isAlternative = ({ filter }: Query, { variables }: Repetition, source: Source): boolean =>
  filter?.keys.some(({ value, always }) => !always && value !== null && comesFrom(value, variables, source)) ?? false;

const rewrites: ReadonlySet<Query["kind"]> = new Set(["update", "update-many", "upsert", "save", "delete", "delete-many"]);

/** Whether each item writes the row that it has asked for: with one read for all there are as many writes as before. */
const isWrittenEach = ({ model, node }: Query, { body }: Repetition, source: Source): boolean =>
  queriesIn(source).some((other) => rewrites.has(other.kind) && other.model === model && other.node.range[0] > node.range[0] && isWithin(other.node, body));

function timingOf(query: Query, { form }: Repetition, source: Source): RepeatedQuery["timing"] {
  const transaction = transactionAt(query.node, source);
  if (transaction ? sideOf(query, transaction, source) !== "outside" : isKeptTogether(query, source)) return "in-transaction";
  return form === "callback" ? "at-once" : "in-turn";
}

const isBatched = (query: Query, { form }: Repetition): boolean => query.batches && form === "callback";

/** Whether the items are rows of the same table: a row is read again because it may have changed meanwhile. */
function isReadAgain(query: Query, { list }: Repetition, source: Source): boolean {
  const root = firstName(list, source);
  const definition = root && variableOf(root, source)?.defs[0];
  const before = definition?.type === "Variable" && definition.node.init ? queryAt(unwrapAwait(definition.node.init), source) : null;
  return before !== null && before.model !== null && before.model === query.model;
}

/** The name that an expression begins with: `rows` in `(rows ?? []).filter(open)`. */
function firstName(node: TSESTree.Node, source: Source): TSESTree.Identifier | null {
  let found: TSESTree.Identifier | null = null;
  walk(node, source, (current) => {
    if (current.type !== "Identifier") return true;
    found = current;
    return "stop";
  });
  return found;
}

/** Whether the query is for an exception: where something failed, or where a cache has nothing. */
function isExceptional({ node }: Query, { body }: Repetition, source: Source): boolean {
  if (ancestor(node, (current) => current.type === "CatchClause" && isWithin(current, body))) return true;
  for (const condition of conditionsAt(node, body)) if (condition.kind === "test" && asksCache(resolveConst(condition.test, source), source)) return true;
  return false;
}

const asksCache = (test: TSESTree.Node, source: Source): boolean =>
  walk(test, source, (node) => (node.type === "CallExpression" && node.callee.type === "MemberExpression" && /^(?:has|get)$/.test(memberName(node.callee) ?? "") ? "stop" : undefined));

/** Whether of several rows the first by some order is meant: asking for the rows of all items at once does not give that. */
function isFirstOfMany({ calls, node, ordered }: Query, source: Source): boolean {
  if (ordered) return true;
  if (calls.some(({ name }) => orderingWords.has(name))) return true;
  const options = node.type === "CallExpression" && node.arguments[0] ? resolveConst(node.arguments[0], source) : null;
  return options?.type === "ObjectExpression" && options.properties.some((property) => property.type === "Property" && orderingWords.has(keyName(property.key, property.computed) ?? ""));
}

/**
 * Whether each item waits for more than reads of the database: a write, a call that leaves the process, a function that may be either.
 * One query less would not be felt.
 */
function isAmongOtherWork(own: TSESTree.Node, { body }: Repetition, source: Source): boolean {
  return walk(body, source, (node) => {
    if (node.type !== "AwaitExpression") return undefined;
    const awaited = unwrapAwait(node);
    if (awaited === own || (awaited.type !== "CallExpression" && awaited.type !== "TaggedTemplateExpression")) return undefined;
    const query = queryAt(awaited, source);
    if (query) return query.effect === "read" ? undefined : "stop";
    // `Promise.all([…])` does nothing by itself.
    return promiseMethodOf(awaited) === null ? "stop" : undefined;
  });
}

/** A query of one row, or (with `lists`) of all rows that belong to one, by a key that a loop around it brings. */
export function repeatedReadAt(query: Query, lists: boolean, source: Source): RepeatedQuery | null {
  const isList = lists && query.kind === "read-many" && query.limit === "missing" && query.filter?.complete === true;
  if ((query.kind !== "read-one" && !isList) || isFirstOfMany(query, source)) return null;
  const repetition = repetitionFor(query.node, source, (variables) => keyedBy(query, variables, source) !== null);
  const column = repetition && keyedBy(query, repetition.variables, source);
  if (repetition && (isAlternative(query, repetition, source) || isWrittenEach(query, repetition, source) || isReadAgain(query, repetition, source) || isExceptional(query, repetition, source))) return null;
  return repetition && column && !isBatched(query, repetition) ? { query, repetition, column: column.name, others: othersThan(column, query, repetition.variables, source), node: query.node, amongOtherWork: isAmongOtherWork(query.node, repetition, source), timing: timingOf(query, repetition, source) } : null;
}

/** A look at a callee only: whether it may be a function of the same file. */
export const mayBeCalledHere = ({ callee }: TSESTree.CallExpression): boolean =>
  callee.type === "Identifier" || (callee.type === "MemberExpression" && callee.object.type === "ThisExpression");

/** The function of the same file, or method of the same class, that a call runs. */
function calledHere(call: TSESTree.CallExpression, source: Source): FunctionNode | null {
  const callee = unwrap(call.callee);
  if (callee.type === "MemberExpression") return callee.object.type === "ThisExpression" ? methodNamed(memberName(callee), call) : null;
  if (callee.type !== "Identifier") return null;
  const variable = variableOf(callee, source);
  const definition = variable?.defs[0];
  const value = definition?.type === "FunctionName" ? definition.node : variable && soleValueOf(variable);
  return isFunction(value) ? value : null;
}

function methodNamed(name: string | null, at: TSESTree.Node): FunctionNode | null {
  const owner = ancestor(at, isClass);
  const method = owner?.body.body.find((element) => element.type === "MethodDefinition" && keyName(element.key, element.computed) === name);
  return method?.type === "MethodDefinition" && isFunction(method.value) ? method.value : null;
}

/** The parameters that are given something which differs from item to item. */
function parametersGiven(call: TSESTree.CallExpression, fn: FunctionNode, variables: readonly Variable[], source: Source): Variable[] {
  return call.arguments.flatMap((argument, index) => {
    const parameter = fn.params[index];
    if (parameter?.type !== "Identifier" || argument.type === "SpreadElement" || !comesFrom(argument, variables, source)) return [];
    return variableOf(parameter, source) ?? [];
  });
}

/** Whether a query is sent whenever its function is called: no branch or earlier exit stands before it. */
const isAlwaysSent = (query: Query, fn: FunctionNode): boolean => conditionsAt(query.node, fn.body).next().done === true;

/** Whether a function changes rows: asking once for all of them would then not be enough. */
const changesRows = (fn: FunctionNode, source: Source): boolean => queriesIn(source).some(({ node, effect }) => effect !== "read" && isWithin(node, fn));

/** A call, in a loop, of a function of the same file whose query of one row is keyed by what the call gives it. */
export function repeatedCallAt(call: TSESTree.CallExpression, source: Source): RepeatedQuery | null {
  const fn = calledHere(call, source);
  if (!fn || isWithin(call, fn) || changesRows(fn, source)) return null;
  let found: { query: Query; column: Column; given: readonly Variable[] } | null = null;
  const repetition = repetitionFor(call, source, (variables) => {
    const given = parametersGiven(call, fn, variables, source);
    if (given.length === 0) return false;
    for (const query of queriesIn(source)) {
      if (query.kind !== "read-one" || enclosingFunction(query.node) !== fn || !isAlwaysSent(query, fn)) continue;
      const column = keyedBy(query, given, source);
      if (column) found ??= { query, column, given };
    }
    return found !== null;
  });
  const sent = found as { query: Query; column: Column; given: readonly Variable[] } | null;
  return repetition && sent && !isBatched(sent.query, repetition) ? { query: sent.query, repetition, column: sent.column.name, others: othersThan(sent.column, sent.query, sent.given, source), node: call, amongOtherWork: isAmongOtherWork(call, repetition, source), timing: timingOf(sent.query, repetition, source) } : null;
}

const isUnused = (query: Query): boolean => {
  const fate = fateOf(query.node);
  if (fate === "dropped" || (query.setsEach && isOneOfList(query.node))) return true;
  return fate === "awaited" && ancestor(query.node, ({ type }) => type !== "AwaitExpression" && type !== "ChainExpression")?.type === "ExpressionStatement";
};

/** `await Promise.all(items.map((item) => …));`, whose result nobody takes. */
function isOneOfList(node: TSESTree.Node): boolean {
  const fn = node.parent;
  const map = fn?.type === "ArrowFunctionExpression" && fn.body === node ? fn.parent : null;
  const all = map?.type === "CallExpression" && map.arguments[0] === fn ? map.parent : null;
  return all?.type === "CallExpression" && all.parent.type === "AwaitExpression" && all.parent.parent.type === "ExpressionStatement";
}

/** Whether one statement could do for all items what a write does for one: rows of one table, and nobody waits for each. */
function isBulkable(query: Query, variables: readonly Variable[], source: Source): Column | null {
  if (query.kind === "create") {
    const { data } = query;
    const isFlat = data?.complete === true && data.keys.every(({ value }) => value === null || unwrap(value).type !== "ObjectExpression");
    return (isFlat && data.keys.find(({ value }) => value !== null && comesFrom(value, variables, source))) || null;
  }
  if (query.kind !== "update" && query.kind !== "update-many" && query.kind !== "delete" && query.kind !== "delete-many") return null;
  if (query.data && (!query.data.complete || (!query.setsEach && query.data.keys.some(({ value }) => value !== null && comesFrom(value, variables, source))))) return null;
  const { filter } = query;
  const differing = filter?.keys.filter(({ value }) => value !== null && comesFrom(value, variables, source)) ?? [];
  return filter?.complete && differing.length === 1 ? keyedBy(query, variables, source) : null;
}

/** Whether anything else is waited for on the way: each write then marks how far the work has come. */
const isPartOfMore = ({ node }: Query, { body }: Repetition, source: Source): boolean =>
  walk(body, source, (current) => (current.type === "AwaitExpression" && !isWithin(node, current) ? "stop" : undefined));

/** Whether an error is over with its item: the `catch` neither passes it on nor ends the loop. */
function isLetGo({ handler }: TSESTree.TryStatement, { form }: Repetition, source: Source): boolean {
  const leaves = form === "callback" ? /^ThrowStatement$/ : /^(?:Throw|Return|Break)Statement$/;
  return handler !== null && !contains(handler.body, source, ({ type }) => leaves.test(type), { nestedFunctions: false });
}

/** Whether each item has a `catch` of its own, so that one that fails keeps no other from being written: one statement would fail for all. */
const isForItself = ({ node }: Query, repetition: Repetition, source: Source): boolean =>
  ancestor(node, (around) => around.type === "TryStatement" && isWithin(around, repetition.body) && isWithin(node, around.block) && isLetGo(around, repetition, source)) !== null;

/** A write of one row in a loop that one statement could do for all of them. */
export function repeatedWriteAt(query: Query, source: Source): RepeatedQuery | null {
  if (query.effect !== "write" || !isUnused(query) || transactionAt(query.node, source)?.form === "list") return null;
  const repetition = repetitionFor(query.node, source, (variables) => isBulkable(query, variables, source) !== null);
  const column = repetition && isBulkable(query, repetition.variables, source);
  if (!repetition || !column || isPartOfMore(query, repetition, source)) return null;
  const timing = timingOf(query, repetition, source);
  // Within a transaction an error is nobody's own.
  if (timing !== "in-transaction" && isForItself(query, repetition, source)) return null;
  return { query, repetition, column: column.name, others: { differing: [], same: false }, node: query.node, amongOtherWork: false, timing };
}
