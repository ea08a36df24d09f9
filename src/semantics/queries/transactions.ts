import type { TSESLint, TSESTree } from "@typescript-eslint/utils";

import { type Orm, orms, type TransactionApi } from "../../knowledge/orms.js";
import { currentPass, fileFacts } from "../../project/file.js";
import { packageOf } from "../../project/package-json.js";
import { textQuestion } from "../../project/source-texts.js";
import { askedOnce } from "../../syntax/asked-once.js";
import { alwaysLeaves } from "../../syntax/conditions.js";
import { hasCallsNamed } from "../../syntax/nodes.js";
import { soleValueOf, variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { memberName, outermost, propertyOf, resolveConst, unwrap } from "../../syntax/value.js";
import { type FunctionNode, isFunction, isWithin, walk } from "../../syntax/walk.js";
import { type Located, locate, mayReachDatabase } from "./databases.js";
import { originOf } from "../program/provenance.js";
import type { Query } from "./queries.js";
import { type Control, controlOf, wordsIn } from "./statements.js";

type Variable = TSESLint.Scope.Variable;

/** A stretch of code whose queries belong together. */
export interface Transaction {
  readonly orm: string;
  /** A callback, a list of queries, what lies between two calls, or a function that is given the handle of its caller's transaction. */
  readonly form: "callback" | "list" | "region" | "given";
  /** The variable that queries must go through; `null` where a list is given, or where the callback does not take it. */
  readonly handle: Variable | null;
  /** The option that every query must pass the handle on by, where that is how it takes part. */
  readonly option: string | null;
  /** The code that runs in the transaction: the callback, the list, the body that the region lies in. */
  readonly region: TSESTree.Node;
  /** The call that opens it, where that is in this file. */
  readonly call: TSESTree.CallExpression | null;
  /** Which queries take part without a handle: those of the object that opened it, or all of the library. */
  readonly shared?: "object" | "connection" | null;
  /** What a project says whose queries take part without the option. */
  readonly unless?: RegExp | undefined;
}

type ApiOf<As extends TransactionApi["as"]> = Extract<TransactionApi, { as: As }>;

const ormNamed = (name: string): Orm | undefined => orms.find((orm) => orm.name === name);

const apis = orms.flatMap(({ transactions }) => transactions);

const lastOf = (path: string): string => path.slice(path.lastIndexOf(".") + 1);

const openers = new Set(apis.flatMap((api) => (api.as === "statements" ? [] : lastOf(api.as === "region" ? api.begin : api.path))));

/** The calls that send statements in SQL. */
const senders = new Set(apis.flatMap((api) => (api.as === "statements" ? api.path : [])));

/** A text that begins with the words for a transaction. */
const controlPattern = /["'`]\s*(?:begin|start\s+transaction|commit|rollback|end|savepoint)\b/i;

/** Whether a text of a file begins with the words for a transaction. */
const saysControl = askedOnce(({ text }) => controlPattern.test(text));

/** A cheap look at a file: whether a call in it is named as one that opens a transaction. */
export const mayOpenTransaction = (source: Source): boolean => (hasCallsNamed(source, (name) => openers.has(name)) || saysControl(source)) && mayReachDatabase(source);

const calledName = (call: TSESTree.CallExpression): string | null => {
  const callee = unwrap(call.callee);
  return callee.type === "MemberExpression" ? memberName(callee) : null;
};

interface Opened<As extends TransactionApi["as"]> {
  readonly orm: Orm;
  readonly api: ApiOf<As>;
}

/** The transaction API that a call is, if its object comes from a database library. */
function opened<As extends TransactionApi["as"]>(call: TSESTree.CallExpression, as: As, source: Source): Opened<As> | null {
  const name = calledName(call);
  if (name === null || !openers.has(name)) return null;
  const owner = objectOf(call, source);
  if (!owner) return null;
  const api = owner.orm.transactions.find((candidate): candidate is ApiOf<As> => {
    if (candidate.as !== as || !candidate.on.includes(owner.partName)) return false;
    return lastOf(candidate.as === "region" ? candidate.begin : candidate.path) === name;
  });
  return api ? { orm: owner.orm, api } : null;
}

function objectOf(call: TSESTree.CallExpression, source: Source): Located | null {
  const callee = unwrap(call.callee);
  const origin = callee.type === "MemberExpression" ? originOf(callee.object, source) : null;
  const located = origin && locate(origin);
  return located && located.at === origin.steps.length ? located : null;
}

const parameterOf = (fn: FunctionNode, source: Source): Variable | null => {
  const [first] = fn.params;
  return first?.type === "Identifier" ? variableOf(first, source) : null;
};

function ofCallback(fn: FunctionNode, source: Source): Transaction | null {
  const argument = outermost(fn);
  const call = argument.parent;
  if (call?.type !== "CallExpression" || call.callee === argument) return null;
  const found = opened(call, "callback", source);
  if (!found) return null;
  const { option = null, unless } = found.api;
  const handle = parameterOf(fn, source) ?? (found.api.handle === "object" ? rootVariable(call.callee, source) : null);
  return { orm: found.orm.name, form: "callback", handle, option, region: fn, call, unless, shared: found.api.handle === "connection" ? "connection" : null };
}

/** A function that is given the handle of a transaction: by its type, or through a function of the project that opens one. */
function ofParameters(fn: FunctionNode, source: Source): Transaction | null {
  for (const variable of source.scopeManager?.getDeclaredVariables(fn) ?? []) {
    const [definition] = variable.defs;
    const name = definition?.type === "Parameter" ? definition.name : null;
    const origin = name?.type === "Identifier" ? originOf(name, source) : null;
    const located = origin && locate(origin);
    if (!located?.handle || located.at !== origin?.steps.length) continue;
    const { parent } = outermost(fn);
    const call = parent?.type === "CallExpression" && parent.callee !== fn ? parent : null;
    const option = located.orm.transactions.flatMap((api) => ("option" in api ? (api.option ?? []) : []))[0] ?? null;
    return { orm: located.orm.name, form: call ? "callback" : "given", handle: variable, option, region: fn, call };
  }
  return null;
}

interface Regions {
  readonly begins: readonly { readonly call: TSESTree.CallExpression; readonly orm: Orm; readonly api: ApiOf<"region"> | ApiOf<"statements">; readonly handle: Variable | null }[];
  readonly ends: readonly TSESTree.CallExpression[];
}

const regions = new WeakMap<FunctionNode, { pass: number; value: Regions }>();

const regionApis = apis.filter((api): api is ApiOf<"region"> => api.as === "region");

const endNames = new Set(regionApis.flatMap(({ end }) => end));

const rootVariable = (node: TSESTree.Node, source: Source): Variable | null => {
  const root = rootOf(node);
  return root.type === "Identifier" ? variableOf(root, source) : null;
};

/** A statement that begins, ends or divides the transaction of a connection, and what it is sent through. */
interface ControlStatement {
  readonly does: Control;
  readonly text: string;
  readonly owner: Located;
  /** `null` where the object is none whose statements follow each other on one connection. */
  readonly api: ApiOf<"statements"> | null;
}

/** The statement about a transaction that a call sends, if it does. */
function controlAt(call: TSESTree.CallExpression, source: Source): ControlStatement | null {
  const [first] = call.arguments;
  if (!first || !senders.has(calledName(call) ?? "")) return null;
  const object = resolveConst(first, source);
  const text = object.type === "ObjectExpression" ? propertyOf(object, "text") : first;
  const does = text && text !== "unknown" ? controlOf(text, source) : null;
  const owner = does && objectOf(call, source);
  if (!owner) return null;
  const api = owner.orm.transactions.find((candidate): candidate is ApiOf<"statements"> => candidate.as === "statements" && candidate.on.includes(owner.partName));
  return { does, text: wordsIn(text as TSESTree.Node, source), owner, api: api ?? null };
}

/** A statement about a transaction that is sent to a pool, which gives each query whichever connection is free. */
export interface PooledControl {
  /** The statement, as its author wrote it. */
  readonly statement: string;
  /** What takes a connection of the pool. */
  readonly take: string;
}

/** The statement about a transaction that a call sends to a pool, if it does. */
export function pooledControlAt(call: TSESTree.CallExpression, source: Source): PooledControl | null {
  const control = saysControl(source) ? controlAt(call, source) : null;
  if (!control?.owner.part.pooled) return null;
  const take = Object.keys(control.owner.part.leadsTo ?? {}).find((path) => path.endsWith("()")) ?? "connect()";
  return { statement: control.text, take };
}

/** The variable that what a call comes to is kept in. */
function resultOf(call: TSESTree.CallExpression, source: Source): Variable | null {
  let value = outermost(call);
  while (value.parent?.type === "AwaitExpression") value = outermost(value.parent);
  const { parent } = value;
  const target = parent?.type === "VariableDeclarator" ? parent.id : parent?.type === "AssignmentExpression" ? parent.left : null;
  return target?.type === "Identifier" ? variableOf(target, source) : null;
}

function regionsIn(fn: FunctionNode, source: Source): Regions {
  const pass = currentPass();
  const known = regions.get(fn);
  if (known?.pass === pass) return known.value;
  const begins: Regions["begins"][number][] = [];
  const ends: TSESTree.CallExpression[] = [];
  const says = saysControl(source);
  if (says || regionApis.some(({ begin }) => source.text.includes(begin))) {
    walk(fn.body, source, (node) => {
      if (isFunction(node)) return false;
      if (node.type !== "CallExpression") return true;
      if (endNames.has(calledName(node) ?? "")) ends.push(node);
      const control = says ? controlAt(node, source) : null;
      if (control?.does === "end") ends.push(node);
      if (control?.does === "begin" && control.api) begins.push({ call: node, orm: control.owner.orm, api: control.api, handle: rootVariable(node.callee, source) });
      const found = opened(node, "region", source);
      const isResult = found?.api.handle === "result";
      if (found && !(isResult && node.arguments.some((argument) => isFunction(unwrap(argument))))) {
        begins.push({ call: node, orm: found.orm, api: found.api, handle: isResult ? resultOf(node, source) : rootVariable(node.callee, source) });
      }
      return true;
    });
  }
  const value = { begins, ends };
  regions.set(fn, { pass, value });
  return value;
}

/** Whether whoever comes past a node never gets to the other one: `if (!order) { await runner.rollbackTransaction(); return; }`. */
function leavesBefore(node: TSESTree.Node, other: TSESTree.Node): boolean {
  for (let current = node; current.parent && !isFunction(current) && !isWithin(other, current.parent); current = current.parent) {
    const isBranch = current.parent.type === "IfStatement" || current.parent.type === "CatchClause";
    if (isBranch && alwaysLeaves(current)) return true;
  }
  return false;
}

function ofRegion(fn: FunctionNode, node: TSESTree.Node, source: Source): Transaction | null {
  const { begins, ends } = regionsIn(fn, source);
  const begin = begins.findLast(({ call }) => call.range[1] <= node.range[0]);
  if (!begin || !ends.some((end) => end.range[0] >= node.range[1])) return null;
  if (ends.some((end) => end.range[0] >= begin.call.range[1] && end.range[1] <= node.range[0] && !leavesBefore(end, node))) return null;
  const { api, call, handle } = begin;
  const region = { orm: begin.orm.name, form: "region", handle, region: fn.body, call } as const;
  if (api.as === "statements") return { ...region, option: null, shared: "object" };
  return { ...region, option: api.option ?? null, unless: api.unless, shared: api.handle === "object" && api.option === undefined ? "object" : null };
}

/** The call that runs a list of queries, when an expression is the list, or goes into it. */
function listCall(node: TSESTree.Node, source: Source): TSESTree.CallExpression | null {
  const whole = outermost(node);
  const parent = whole.parent;
  if (parent?.type === "CallExpression" && parent.arguments[0] === whole) return opened(parent, "list", source) ? parent : null;
  if (parent?.type === "SpreadElement" && parent.parent.type === "ArrayExpression") return listCall(parent.parent, source);
  return null;
}

/** A list that is kept in a variable before it is run. */
function listOfVariable(variable: Variable | null, source: Source): TSESTree.CallExpression | null {
  for (const { identifier } of variable?.references ?? []) {
    const call = listCall(identifier, source);
    if (call) return call;
  }
  return null;
}

function ofList(node: TSESTree.Node, source: Source): Transaction | null {
  if (isFunction(unwrap(node))) return null;
  const parent = outermost(node).parent;
  let call = listCall(node, source);
  if (!call && parent?.type === "VariableDeclarator" && parent.id.type === "Identifier") call = listOfVariable(variableOf(parent.id, source), source);
  if (!call && parent?.type === "CallExpression" && calledName(parent) === "push") call = listOfVariable(rootVariable(parent.callee, source), source);
  const found = call && opened(call, "list", source);
  return found ? { orm: found.orm.name, form: "list", handle: null, option: null, region: node, call } : null;
}

/** The innermost transaction that code runs in, as far as its file tells. */
export function transactionAt(node: TSESTree.Node, source: Source): Transaction | null {
  for (let current: TSESTree.Node | undefined = node; current; current = current.parent) {
    const found = isFunction(current) ? (ofCallback(current, source) ?? ofRegion(current, node, source) ?? ofParameters(current, source)) : ofList(current, source);
    if (found) return found;
  }
  return null;
}

/** What a chain of members and calls begins at. */
function rootOf(node: TSESTree.Node): TSESTree.Node {
  let current = unwrap(node);
  for (;;) {
    if (current.type === "MemberExpression") current = unwrap(current.object);
    else if (current.type === "CallExpression") current = unwrap(current.callee);
    else if (current.type === "TaggedTemplateExpression") current = unwrap(current.tag);
    else if (current.type === "AwaitExpression") current = unwrap(current.argument);
    else return current;
  }
}

/** The variables that a query goes through, from the one that its chain begins at back to where that was made. */
function variablesBehind(node: TSESTree.Node, source: Source): Variable[] {
  const found: Variable[] = [];
  for (let variable = rootVariable(node, source); variable && !found.includes(variable); ) {
    found.push(variable);
    const value = soleValueOf(variable);
    variable = value && rootVariable(value, source);
  }
  return found;
}

/** Whether a query goes through the object that the transaction was opened by: `this.client`. */
function isOpener({ receiver }: Query, { call }: Transaction, { text }: Source): boolean {
  const callee = call && unwrap(call.callee);
  return callee?.type === "MemberExpression" && text.slice(...callee.object.range) === text.slice(...receiver.range);
}

/** Whether a query is given the handle among its options; those that come from elsewhere may have it. */
function passesOption({ node, calls, operation, optionsAt, remembers }: Query, option: string): "handle" | "outside" | "unknown" {
  const call = calls.find(({ name }) => name === operation)?.node ?? node;
  if (remembers) return "unknown";
  if (optionsAt === null || call.type !== "CallExpression") return "outside";
  if (call.arguments.slice(0, optionsAt + 1).some(({ type }) => type === "SpreadElement")) return "unknown";
  const options = call.arguments[optionsAt];
  if (!options) return "outside";
  const value = unwrap(options);
  const found = value.type === "ObjectExpression" ? propertyOf(value, option) : "unknown";
  return found === null ? "outside" : found === "unknown" ? "unknown" : "handle";
}

const saidQuestions = new Map<RegExp, (folder: string) => boolean | null>();

/** Whether the project lets queries take part in a transaction that they are not told of, or may. */
function takesPartUntold(unless: RegExp | undefined, source: Source): boolean {
  if (!unless) return false;
  const filename = fileFacts(source)?.filename;
  const own = filename === undefined ? null : packageOf(filename);
  if (unless.test(source.text)) return true;
  let question = saidQuestions.get(unless);
  if (!question) saidQuestions.set(unless, (question = textQuestion(unless)));
  return own !== null && question(own.dir) !== false;
}

/**
 * Whether a query that stands in a transaction takes part in it.
 *
 * @returns `"handle"` when it goes through the handle, `"outside"` when it goes through another client of the same library.
 */
export function sideOf(query: Query, transaction: Transaction, source: Source): "handle" | "outside" | "unknown" {
  if (transaction.form === "list" || query.throughHandle) return "handle";
  const variables = variablesBehind(query.receiver, source);
  if (transaction.handle && variables.includes(transaction.handle)) return "handle";
  if (query.orm !== transaction.orm) return "unknown";
  if (transaction.shared === "connection" || (transaction.shared === "object" && isOpener(query, transaction, source))) return "handle";
  if (transaction.option !== null) {
    const side = passesOption(query, transaction.option);
    return side === "outside" && takesPartUntold(transaction.unless, source) ? "unknown" : side;
  }
  // Whoever calls a function in there may give it the handle.
  const isGiven = variables.some(({ defs: [definition] }) => definition?.type === "Parameter" && isWithin(definition.name, transaction.region));
  return isGiven ? "unknown" : "outside";
}

/** Whether a query may take part in a transaction that its caller has opened, by what it is given or by what the project says. */
export const mayTakePart = (query: Query, source: Source): boolean =>
  ormNamed(query.orm)?.transactions.some((api) => {
    if (!("option" in api)) return false;
    return passesOption(query, api.option) !== "outside" || takesPartUntold(api.unless, source);
  }) ?? false;
