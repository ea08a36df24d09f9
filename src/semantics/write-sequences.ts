import type { TSESLint, TSESTree } from "@typescript-eslint/utils";

import { transactionDecorators } from "../knowledge/orms.js";
import { currentPass } from "../project/file.js";
import { alwaysLeaves } from "../syntax/conditions.js";
import { fateOf } from "../syntax/fate.js";
import { soleValueOf, variableOf } from "../syntax/scope.js";
import type { Source } from "../syntax/source.js";
import { keyName, memberName, outermost, unwrap } from "../syntax/value.js";
import { ancestor, enclosingFunction, type FunctionNode, isFunction, isWithin, walk } from "../syntax/walk.js";
import { settledNode } from "./columns.js";
import { isDatabaseObject } from "./databases.js";
import { originOf } from "./provenance.js";
import { queryAt, type Query } from "./queries.js";
import { isHistoryOf, isSideRow } from "./side-rows.js";
import { transactionAt } from "./transactions.js";

type Variable = TSESLint.Scope.Variable;

/** Two writes of one run of a function that belong together, and that nothing keeps together. */
export interface WritePair {
  readonly first: Query;
  readonly later: Query;
  /** The innermost function that runs both. */
  readonly fn: FunctionNode;
}

const isCreate = (query: Query, source: Source): boolean => {
  const { kind } = query;
  if (kind === "save") return query.data !== null && isNew(query.data.node, source);
  return kind === "create" || kind === "create-many";
};

/** Whether an entity that is saved was made here, and so is in no table yet. */
function isNew(node: TSESTree.Node, source: Source, hops = 3): boolean {
  const inner = settledNode(node, source);
  if (inner.type === "NewExpression") return true;
  if (inner.type === "ObjectExpression") return inner.properties.every((property) => property.type === "Property" && !keyPattern.test(keyName(property.key, property.computed) ?? "id"));
  if (inner.type !== "CallExpression" || inner.callee.type !== "MemberExpression") return false;
  const [callback] = inner.arguments;
  const results = callback && isFunction(callback) && memberName(inner.callee) === "map" ? resultsOf(callback, source) : [];
  if (results.length > 0) return hops > 0 && results.every((result) => isNew(result, source, hops - 1));
  const origin = memberName(inner.callee) === "create" ? originOf(inner.callee.object, source) : null;
  return origin !== null && isDatabaseObject(origin);
}


const isDelete = ({ kind }: Query): boolean => kind === "delete" || kind === "delete-many";

/** Callbacks that run as part of the function around them, and no later. */
const runsInPlace = new Set(["map", "flatMap", "forEach", "filter", "reduce", "then", "for"]);

/** Whether a function is run where it stands: for each item of a list, or at once. */
function isInPlace(fn: FunctionNode): boolean {
  const value = outermost(fn);
  const call = value.parent;
  if (call?.type !== "CallExpression") return false;
  if (call.callee === value) return isAwaited(call);
  const callee = unwrap(call.callee);
  return callee.type === "MemberExpression" && call.arguments[0] === value && runsInPlace.has(memberName(callee) ?? "");
}

/** Whether code waits for a promise, by itself or in a list of them; a promise that is handed to somebody else may be waited for by nobody. */
function isAwaited(node: TSESTree.Node): boolean {
  const fate = fateOf(node);
  if (fate !== "passed") return fate !== "dropped" && fate !== "chained";
  const holder = outermost(node).parent;
  if (holder?.type === "ArrayExpression") return isAwaited(holder);
  if (holder?.type === "CallExpression") {
    const callee = unwrap(holder.callee);
    return callee.type === "MemberExpression" && callee.object.type === "Identifier" && callee.object.name === "Promise";
  }
  return true;
}

/** The functions that a node runs in, the innermost first, as far as each is run by the next. */
function functionsAround(node: TSESTree.Node): FunctionNode[] {
  const found: FunctionNode[] = [];
  for (let fn = enclosingFunction(node); fn; fn = enclosingFunction(fn)) {
    found.push(fn);
    if (!isInPlace(fn)) break;
  }
  return found;
}

const sharedFunction = (one: TSESTree.Node, other: TSESTree.Node): FunctionNode | null => {
  const around = functionsAround(other);
  return functionsAround(one).find((fn) => around.includes(fn)) ?? null;
};

/** A variable that a row is kept in, and the place from which on it surely is. */
interface Holder {
  readonly variable: Variable;
  /** Whether the variable is the key itself: `const { id } = await …`. */
  readonly isKey: boolean;
  /** The block in which the variable surely holds it; `null` for wherever it can be seen. */
  readonly within: TSESTree.Node | null;
}

const keyPattern = /^(?:_?id|uuid|pk)$|(?:Id|ID|_id|Uuid|_uuid)$/;

function holdersIn(pattern: TSESTree.Node, source: Source, within: TSESTree.Node | null): Holder[] {
  const found: Holder[] = [];
  walk(pattern, source, (node) => {
    if (node.type !== "Identifier" || (node.parent.type === "Property" && node.parent.key === node && !node.parent.shorthand)) return true;
    const variable = variableOf(node, source);
    const key = node.parent.type === "Property" ? keyName(node.parent.key, node.parent.computed) : null;
    if (variable) found.push({ variable, isKey: key !== null && keyPattern.test(key), within });
    return true;
  });
  return found;
}

/** The variables that hold the row that a create gives back, or that a save is given. */
function holdersOf(query: Query, source: Source): Holder[] {
  let value = outermost(query.node);
  let pattern: TSESTree.Node | null = null;
  for (;;) {
    const parent = value.parent;
    if (parent?.type === "AwaitExpression") value = outermost(parent);
    else if (parent?.type === "MemberExpression" && parent.object === value && parent.computed) value = outermost(parent);
    else if (parent?.type === "ArrayExpression" && parent.parent.type === "CallExpression" && isAwaited(value)) {
      const target = targetOf(parent.parent);
      const position = parent.elements.indexOf(value as TSESTree.Expression);
      pattern = target?.type === "ArrayPattern" ? (target.elements[position] ?? null) : null;
      return pattern ? holdersIn(pattern, source, null) : [];
    } else break;
  }
  const parent = value.parent;
  const given = givenEntity(query, source);
  if (parent?.type === "VariableDeclarator" && parent.init === value) return [...holdersIn(parent.id, source, null), ...given];
  if (parent?.type === "AssignmentExpression" && parent.right === value && parent.left.type === "Identifier" && parent.parent.type === "ExpressionStatement") {
    return [...holdersIn(parent.left, source, parent.parent.parent), ...given];
  }
  return given;
}

/** The pattern that the awaited result of a call goes into. */
function targetOf(call: TSESTree.CallExpression): TSESTree.Node | null {
  let value = outermost(call);
  while (value.parent?.type === "AwaitExpression") value = outermost(value.parent);
  return value.parent?.type === "VariableDeclarator" && value.parent.init === value ? value.parent.id : null;
}

/** An entity object gets its key when it is saved. */
function givenEntity(query: Query, source: Source): Holder[] {
  const [first] = query.rowsAsKeys && query.node.type === "CallExpression" ? query.node.arguments : [];
  const variable = first?.type === "Identifier" ? variableOf(first, source) : null;
  return variable?.defs[0]?.type === "Variable" ? [{ variable, isKey: false, within: null }] : [];
}

/** A column that is given a value: its name, the value, and whether it stands in an object within the row. */
interface Given {
  readonly name: string;
  readonly value: TSESTree.Node;
  readonly nested: boolean;
}

/** All columns in what a write is given: of objects, lists, what lists are mapped to, and what is put into a variable by and by. */
function* columnsGiven(node: TSESTree.Node, source: Source, nested = false, hops = 6): Generator<Given> {
  if (hops === 0) return;
  if (node.type === "Identifier") yield* columnsAdded(node, source, nested, hops);
  const inner = settledNode(node, source);
  switch (inner.type) {
    case "ObjectExpression":
      for (const property of inner.properties) {
        if (property.type === "SpreadElement") {
          yield* columnsGiven(property.argument, source, nested, hops - 1);
          continue;
        }
        const value = unwrap(property.value);
        yield { name: keyName(property.key, property.computed) ?? "", value, nested };
        if (value.type === "ObjectExpression") yield* columnsGiven(value, source, true, hops - 1);
      }
      break;
    case "ArrayExpression":
      for (const element of inner.elements) if (element) yield* columnsGiven(element.type === "SpreadElement" ? element.argument : element, source, nested, hops - 1);
      break;
    case "ConditionalExpression":
      yield* columnsGiven(inner.consequent, source, nested, hops - 1);
      yield* columnsGiven(inner.alternate, source, nested, hops - 1);
      break;
    case "LogicalExpression":
      yield* columnsGiven(inner.right, source, nested, hops - 1);
      break;
    case "AwaitExpression":
      yield* columnsGiven(inner.argument, source, nested, hops - 1);
      break;
    case "CallExpression":
      for (const argument of inner.arguments) {
        if (!isFunction(argument)) yield* inner.callee.type === "MemberExpression" && memberName(inner.callee) === "create" ? columnsGiven(argument, source, nested, hops - 1) : [];
        else for (const result of resultsOf(argument, source)) yield* columnsGiven(result, source, nested, hops - 1);
      }
      break;
  }
}

/** `rows.push({ … })`, `row.orderId = order.id`. */
function* columnsAdded(name: TSESTree.Identifier, source: Source, nested: boolean, hops: number): Generator<Given> {
  for (const { identifier } of variableOf(name, source)?.references ?? []) {
    const member = identifier.parent;
    if (member.type !== "MemberExpression" || member.object !== identifier) continue;
    const { parent } = member;
    if (parent.type === "AssignmentExpression" && parent.left === member) yield { name: memberName(member) ?? "", value: unwrap(parent.right), nested };
    if (parent.type === "CallExpression" && parent.callee === member && memberName(member) === "push") {
      for (const argument of parent.arguments) yield* columnsGiven(argument, source, nested, hops - 1);
    }
  }
}

function resultsOf(fn: FunctionNode, source: Source): TSESTree.Node[] {
  if (fn.body.type !== "BlockStatement") return [fn.body];
  const found: TSESTree.Node[] = [];
  walk(fn.body, source, (node) => {
    if (isFunction(node)) return false;
    if (node.type === "ReturnStatement" && node.argument) found.push(node.argument);
    return true;
  });
  return found;
}

/** The variable that a chain of members begins at, and the last member's name. */
function memberOf(node: TSESTree.Node): { root: TSESTree.Identifier; last: string | null } | null {
  let current = unwrap(node);
  const last = current.type === "MemberExpression" ? memberName(current) : null;
  while (current.type === "MemberExpression") current = unwrap(current.object);
  return current.type === "Identifier" ? { root: current, last } : null;
}

/** Whether a value is the key of the row in a holder. */
function isKeyOf(value: TSESTree.Node, holders: readonly Holder[], row: Query, source: Source, hops = 3): boolean {
  const inner = unwrap(value);
  if (inner.type === "LogicalExpression" && inner.operator !== "&&") return isKeyOf(inner.left, holders, row, source, hops);
  const found = memberOf(inner);
  const variable = found && variableOf(found.root, source);
  if (!found || !variable) return false;
  const holder = holders.find((candidate) => candidate.variable === variable && (!candidate.within || isWithin(inner, candidate.within)));
  if (holder && found.last === null) return holder.isKey || row.rowsAsKeys;
  if (holder) return keyPattern.test(found.last ?? "") && (found.last === "id" || !isWritten(found.last as string, row));
  const alias = hops > 0 && found.last === null ? soleValueOf(variable) : null;
  return alias ? isKeyOf(alias, holders, row, source, hops - 1) : false;
}

/** Whether the code itself chose the value of a column: reading it back says nothing new. */
const isWritten = (name: string, { data }: Query): boolean => data?.keys.some((column) => column.name === name) ?? false;

/** Whether a write is given the key of a row that another has made. */
function takesKeyOf(row: Query, holders: readonly Holder[], later: Query, source: Source): boolean {
  const data = later.data?.node;
  if (!data) return false;
  for (const { name, value, nested } of columnsGiven(data, source)) {
    if ((!nested || name === "id") && isKeyOf(value, holders, row, source)) return true;
  }
  return false;
}

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

/** Whether the function takes back what the first write did: a delete from the same table after it. */
const isTakenBack = (first: Query, fn: FunctionNode, source: Source): boolean =>
  writesIn(source).some((query) => isDelete(query) && query.model !== null && query.model === first.model && query.node.range[0] > first.node.range[1] && isWithin(query.node, fn));

/** Whether a query goes through something that a caller, or the function that runs this callback, may have opened a transaction on. */
function mayJoinCaller(query: Query, source: Source): boolean {
  return query.hasTransactions && (query.throughHandle || isHandedIn(query.receiver, source, 3));
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
const isKeptTogether = (query: Query, source: Source): boolean =>
  mayJoinCaller(query, source) || transactionAt(query.node, source) !== null || ancestor(query.node, isSaidToBe) !== null;

/** A call of the project's own that, by its name, runs its callback in a transaction. */
const isSaidToBe = (node: TSESTree.Node): boolean => {
  if (node.type !== "CallExpression") return false;
  const callee = unwrap(node.callee);
  const name = callee.type === "Identifier" ? callee.name : callee.type === "MemberExpression" ? memberName(callee) : null;
  return name !== null && /transaction|atomic|unitOfWork/i.test(name);
};

/** Whether one of two branches rules the other out, or the first leaves the function before the later is reached. */
function isExclusive(first: TSESTree.Node, later: TSESTree.Node): boolean {
  let node = first;
  for (; node.parent && !isWithin(later, node.parent); node = node.parent) if (alwaysLeaves(node)) return true;
  const parent: TSESTree.Node | undefined = node.parent;
  switch (parent?.type) {
    case "IfStatement":
    case "ConditionalExpression":
      return node !== parent.test;
    case "SwitchStatement":
      return true;
    case "TryStatement":
      return node === parent.block && parent.handler !== null && isWithin(later, parent.handler);
    default:
      return alwaysLeaves(node);
  }
}

const isSamePlace = (one: Query, other: Query): boolean => one.orm === other.orm && one.client.module === other.client.module;

const writeWords = /\.(?:create|insert|save|delete|remove|soft)/;

const memos = new WeakMap<Source["ast"], { pass: number; writes: readonly Query[] }>();

/** The creates and deletes of a file. */
function writesIn(source: Source): readonly Query[] {
  const pass = currentPass();
  const known = memos.get(source.ast);
  if (known?.pass === pass) return known.writes;
  const writes: Query[] = [];
  walk(source.ast, source, (node) => {
    const query = node.type === "CallExpression" && writeWords.test(source.text.slice(...node.range)) ? queryAt(node, source) : null;
    if (query && (isCreate(query, source) || isDelete(query))) writes.push(query);
  });
  writes.sort((one, other) => one.node.range[0] - other.node.range[0]);
  memos.set(source.ast, { pass, writes });
  return writes;
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
      yield { first, later, fn };
    }
  }
}

/** The texts of what rows are picked by, or set to, where these are no literals. */
function keysOf({ filter, data, kind }: Query, source: Source): Set<string> {
  const columns = (kind === "delete" || kind === "delete-many" ? filter : data)?.keys ?? [];
  const keys = columns.flatMap(({ name, value }) => (value && keyPattern.test(name) && memberOf(value) ? source.text.slice(...value.range) : []));
  return new Set(keys);
}

/** Writes of one kind, to different tables, that are about the same row of another. */
function* sameSubject(source: Source, test: (query: Query) => boolean): Generator<WritePair> {
  const writes = writesIn(source).filter((query) => test(query) && query.model !== null && !isSideRow(query.model) && isAwaited(query.node));
  for (const [index, first] of writes.entries()) {
    const keys = keysOf(first, source);
    if (keys.size === 0) continue;
    for (const later of writes.slice(index + 1)) {
      if (later.model === first.model || !isSamePlace(first, later) || ![...keysOf(later, source)].some((key) => keys.has(key))) continue;
      const fn = sharedFunction(first.node, later.node);
      if (!fn || isExclusive(first.node, later.node) || isOptional(later, first) || isOptional(first, later)) continue;
      if (isKeptTogether(first, source) || isKeptTogether(later, source) || isTakenBack(first, fn, source) || isDecorated(fn, source)) continue;
      yield { first, later, fn };
    }
  }
}

/** One pair of each function: a transaction around it mends the others as well. */
function firstOfEach(pairs: Iterable<WritePair>): WritePair[] {
  const found = new Map<FunctionNode, WritePair>();
  for (const pair of pairs) {
    const known = found.get(pair.fn);
    if (!known || pair.later.node.range[0] < known.later.node.range[0]) found.set(pair.fn, pair);
  }
  return [...found.values()];
}

/** Creates of which a later one takes the key of the row that an earlier one made, outside any transaction. */
export const dependentCreatesIn = (source: Source): WritePair[] => firstOfEach(dependentCreates(source));

/** Creates in different tables about the same row, outside any transaction. */
export const parallelCreatesIn = (source: Source): WritePair[] => firstOfEach(sameSubject(source, (query) => !isDelete(query)));

/** Deletes from different tables about the same row, outside any transaction. */
export const parallelDeletesIn = (source: Source): WritePair[] => firstOfEach(sameSubject(source, isDelete));
