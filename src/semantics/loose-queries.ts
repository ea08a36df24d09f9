import type { TSESLint, TSESTree } from "@typescript-eslint/utils";

import { webFrameworks } from "../knowledge/web-frameworks.js";
import { fileFacts } from "../project/file.js";
import { pathInProject } from "../project/path.js";
import { conditionsAt } from "../syntax/conditions.js";
import { soleValueOf, variableOf } from "../syntax/scope.js";
import type { Source } from "../syntax/source.js";
import { keyName, memberName, propertyOf, stringValue, unwrap } from "../syntax/value.js";
import { ancestor, type FunctionNode, isClass, isFunction, isWithin, walk } from "../syntax/walk.js";
import { type Entry, entriesIn } from "./entries.js";
import { type Frame, frameOfCall, outerFrame } from "./frames.js";
import { gateOf, knowsRequest } from "./nest-guards.js";
import { type Ownership, ownershipOf } from "./ownership.js";
import { areShown, comparesSecret, isBoundClient, isCountingWord, isForAdmins, isForOthers, isPolicyName, isPublicWord, isSecretColumn, mayAuthorise } from "./policies.js";
import { identityAt, type Identity, usesOf } from "./principals.js";
import { definitionOf } from "./provenance.js";
import { isExclusive } from "./one-run.js";
import { type Column, type Columns, type Query, queryAt } from "./queries.js";
import { type Run, tieOf } from "./request-keys.js";
import { keyPattern } from "./row-keys.js";
import { transactionAt } from "./transactions.js";

/** A query that gives whoever is signed in the row whose key they send. */
export interface LooseQuery {
  readonly query: Query;
  /** The column that the sender of the request chooses. */
  readonly key: string;
  /** What the sender can do to the row. */
  readonly act: "read" | "change";
  /** What hands the key over: a condition of the query, or an argument of the call that leads to it. */
  readonly node: TSESTree.Node;
  /** The call in the handler that leads to the query, where that stands elsewhere. */
  readonly through: TSESTree.CallExpression | null;
  /** The name under which the handler holds the principal. */
  readonly principal: string | null;
  readonly ownership: Ownership;
}

/** A query that a handler sends, and the way to it. */
interface Sent {
  readonly query: Query;
  readonly run: Run;
  readonly through: TSESTree.CallExpression | null;
}

/** A call that is no query. */
interface Call {
  readonly node: TSESTree.CallExpression;
  readonly run: Run;
  readonly through: TSESTree.CallExpression | null;
  readonly isFollowed: boolean;
}

/** Everything that runs when a handler is called, as far as it was followed. */
interface Reach {
  readonly sent: readonly Sent[];
  readonly calls: readonly Call[];
  readonly functions: readonly { readonly node: FunctionNode; readonly source: Source }[];
}

/** A way through more functions than this is none that we would follow. */
const deepest = 3;

/** The function that a call runs, where the project's own code shows it. */
function calledFunction(call: TSESTree.CallExpression, { entry, frame: { source } }: Run): { node: FunctionNode; source: Source } | null {
  const callee = unwrap(call.callee);
  if (call.arguments.some(({ type }) => type === "SpreadElement")) return null;
  if (callee.type === "Identifier") {
    const variable = variableOf(callee, source);
    const definition = variable?.defs[0];
    const node = definition?.type === "FunctionName" ? definition.node : variable && soleValueOf(variable);
    return isFunction(node) ? { node, source } : null;
  }
  if (entry.by !== "decorator" || callee.type !== "MemberExpression") return null;
  let root: TSESTree.Node = callee;
  while (root.type === "MemberExpression") root = unwrap(root.object);
  if (root.type !== "ThisExpression") return null;
  const value = definitionOf(callee, source);
  return value?.kind === "definition" && isFunction(value.node) ? { node: value.node, source: value.source } : null;
}

function reachOf(entry: Entry, source: Source): Reach {
  const sent: Sent[] = [];
  const calls: Call[] = [];
  const functions: { node: FunctionNode; source: Source }[] = [];

  function visit(run: Run, through: TSESTree.CallExpression | null, depth: number): void {
    const { frame } = run;
    const fn = frame.top as FunctionNode;
    functions.push({ node: fn, source: frame.source });
    walk(fn.body, frame.source, (node) => {
      const query = queryAt(node, frame.source);
      if (query) sent.push({ query, run, through });
      if (query || node.type !== "CallExpression") return;
      const called = depth < deepest ? calledFunction(node, run) : null;
      const isFollowed = called !== null && !(called.source === source && identityAt(node, source)) && !functions.some(({ node: known }) => known === called.node);
      calls.push({ node, run, through, isFollowed });
      if (isFollowed) visit({ entry, frame: frameOfCall(node, called.node, called.source, frame) }, through ?? node, depth + 1);
    });
  }

  visit({ entry, frame: outerFrame(entry.node, source) }, null, 0);
  return { sent, calls, functions };
}

const reportedKinds: ReadonlySet<string> = new Set(["read-one", "read-many", "update", "update-many", "upsert", "delete", "delete-many"]);

/** What other statements put into the object that a filter is read from; `null` where that cannot be told. */
function additionsTo(filter: Columns, run: Run): { name: string; value: TSESTree.Node }[] | null {
  const { node } = filter;
  const inner = unwrap(node);
  if (inner.type !== "Identifier") return null;
  const variable = variableOf(inner, run.frame.source);
  const made = variable && soleValueOf(variable);
  if (!variable || !made || unwrap(made).type !== "ObjectExpression") return null;
  if ((unwrap(made) as TSESTree.ObjectExpression).properties.some(({ type }) => type === "SpreadElement")) return null;
  const added: { name: string; value: TSESTree.Node }[] = [];
  for (const { identifier } of variable.references) {
    const member = identifier.parent;
    if (member.type !== "MemberExpression" || member.object !== identifier) continue;
    const name = memberName(member);
    if (name === null || member.parent.type !== "AssignmentExpression" || member.parent.left !== member) return null;
    added.push({ name, value: member.parent.right });
  }
  return added;
}

interface Condition {
  readonly name: string;
  readonly value: TSESTree.Node | null;
}

/** All conditions of a filter; `null` where some may not be seen. */
function conditionsIn(filter: Columns, run: Run): readonly Condition[] | null {
  if (filter.complete) return filter.keys;
  const [only] = filter.keys;
  // A key without a column around it.
  if (only && filter.keys.length === 1 && only.value === filter.node) return filter.keys;
  const added = additionsTo(filter, run);
  return added && [...filter.keys, ...added];
}

const text = (node: TSESTree.Node | null): string => stringValue(node) ?? (node && unwrap(node).type === "MemberExpression" ? (memberName(unwrap(node) as TSESTree.MemberExpression) ?? "") : "");

/** `{ increment: 1 }`. */
function isCount(value: TSESTree.Node | null): boolean {
  const inner = value && unwrap(value);
  return inner?.type === "ObjectExpression" && inner.properties.length > 0 && inner.properties.every((property) => property.type === "Property" && isCountingWord(keyName(property.key, property.computed) ?? ""));
}

/** Whether all that is written is a count: views, votes, downloads. */
const onlyCounts = ({ data }: Query): boolean => data !== null && data.complete && data.keys.length > 0 && data.keys.every(({ value }) => isCount(value));

/** The fields that a query asks for by name; `null` for all of a row. */
function selectedFields({ node }: Query): readonly string[] | null {
  const options = node.type === "CallExpression" ? node.arguments[0] : undefined;
  const select = options?.type === "ObjectExpression" ? propertyOf(options, "select") : null;
  if (!select || select === "unknown" || select.type !== "ObjectExpression") return null;
  return select.properties.map((property) => (property.type === "Property" ? (keyName(property.key, property.computed) ?? "") : ""));
}

/** Whether a query says by itself that it is for everybody, or speaks through a client that is somebody's. */
function isOpen(query: Query): boolean {
  const effect = query.effect === "read" ? "read" : "change";
  const fields = effect === "read" ? selectedFields(query) : null;
  return onlyCounts(query) || isForOthers(query.model ?? "", effect) || (fields !== null && areShown(fields)) || isBoundClient(query.client);
}

/** The column of a query that the sender of the request chooses, where nothing else that could be somebody's picks the rows. */
function looseKey({ query, run }: Sent): Column | null {
  const { filter } = query;
  if (!reportedKinds.has(query.kind) || query.rowSecurity || query.model === null || !filter) return null;
  const conditions = conditionsIn(filter, run);
  if (!conditions) return null;
  const key = filter.keys.find(({ name, operator, value, always }) => always && value !== null && (operator === "equals" || operator === "in") && keyPattern.test(name) && tieOf(value, run) === "request");
  if (!key) return null;
  if (isOpen(query)) return null;
  const isHarmless = conditions.every(({ name, value }) => {
    const tie = value ? tieOf(value, run) : "fixed";
    if (tie === "other") return false;
    return tie === "request" ? !isSecretColumn(name) : !isPublicWord(name) && !isPublicWord(text(value));
  });
  return isHarmless ? key : null;
}

/** The expression in the handler that a value comes from. */
function inHandler(node: TSESTree.Node, frame: Frame, hops = 8): TSESTree.Node | null {
  let inner = unwrap(node);
  while (inner.type === "MemberExpression") inner = unwrap(inner.object);
  const variable = inner.type === "Identifier" ? variableOf(inner, frame.source) : null;
  const given = variable && frame.given.get(variable);
  if (!given || hops === 0) return null;
  return given.frame.given.size === 0 ? given.node : inHandler(given.node, given.frame, hops - 1);
}

/** Whether what leads to a query also writes: a row that was read by its key and is saved, or one that belongs to it. */
const isWritten = ({ query, through }: Sent, { sent }: Reach): boolean =>
  sent.some((other) => other.through === through && writingKinds.has(other.query.kind) && (through !== null || other.query.model === query.model));

const writingKinds: ReadonlySet<string> = new Set(["save", "update", "update-many", "delete", "delete-many"]);

function looseQuery(sent: Sent, reach: Reach, principal: string | null): LooseQuery | null {
  const column = looseKey(sent);
  if (!column) return null;
  const { query, run, through } = sent;
  const ownership = ownershipOf(query, run.frame.source);
  if (ownership.presence === "missing") return null;
  const act = query.effect === "write" || isWritten(sent, reach) ? "change" : "read";
  const node = through ? (inHandler(column.value ?? column.node, run.frame) ?? through.callee) : column.node;
  return { query, key: column.name, act, node, through, principal, ownership };
}

/** One query for each model, a write before a read. */
function oneForEach(found: readonly LooseQuery[]): LooseQuery[] {
  const byModel = new Map<string, LooseQuery>();
  for (const loose of found) {
    const known = byModel.get(loose.query.model ?? "");
    if (!known || (known.query.effect === "read" && loose.query.effect === "write")) byModel.set(loose.query.model ?? "", loose);
  }
  return [...byModel.values()];
}

function mentions(node: TSESTree.Node, variables: ReadonlySet<TSESLint.Scope.Variable>, source: Source): boolean {
  return walk(node, source, (current) => {
    const variable = current.type === "Identifier" ? variableOf(current, source) : null;
    return variable && variables.has(variable) ? "stop" : undefined;
  });
}

/** `redirect("/sign-in")` and its kin do not return. */
const leavesByCall = (node: TSESTree.Node, source: Source): boolean =>
  walk(node, source, (current) =>
    current.type === "CallExpression" && current.callee.type === "Identifier" && /^(?:redirect|permanentRedirect|notFound|unauthorized|forbidden)$/.test(current.callee.name) ? "stop" : undefined,
  );

/** Whether somebody is signed in, when a test comes out one way. */
function saysSignedIn(test: TSESTree.Node, holds: boolean, variables: Identity["variables"], source: Source): boolean {
  const inner = unwrap(test);
  const on = (node: TSESTree.Node, so = holds): boolean => saysSignedIn(node, so, variables, source);
  switch (inner.type) {
    case "UnaryExpression":
      return inner.operator === "!" && on(inner.argument, !holds);
    case "LogicalExpression":
      return inner.operator === (holds ? "&&" : "||") && (on(inner.left) || on(inner.right));
    case "BinaryExpression":
      if (!mentions(inner, variables, source)) return false;
      return holds === (inner.operator === "!==" || inner.operator === "!=" || inner.operator === "in");
    case "Identifier":
    case "MemberExpression":
      return holds && mentions(inner, variables, source);
    default:
      return false;
  }
}

/** Whether a node is only reached by who is signed in. */
function isBehind(identity: Identity, node: TSESTree.Node, source: Source): boolean {
  const { call, variables, throws } = identity;
  if (call.range[1] > node.range[0]) return false;
  if (throws) return isWithin(node, blockAround(call));
  for (const condition of conditionsAt(node)) if (condition.kind === "test" && saysSignedIn(condition.test, condition.holds, variables, source)) return true;
  for (let current = node; current.parent; current = current.parent) {
    if (current.parent.type !== "BlockStatement") continue;
    for (const statement of current.parent.body) {
      if (statement === current) break;
      if (statement.type === "IfStatement" && leavesByCall(statement.consequent, source) && saysSignedIn(statement.test, false, variables, source)) return true;
    }
  }
  return false;
}

/** The statements among which a node stands, those of a `try` counted to those around. */
function blockAround(node: TSESTree.Node): TSESTree.Node {
  let block = ancestor(node, ({ type }) => type === "BlockStatement" || type === "SwitchCase") ?? node;
  while (block.parent?.type === "TryStatement") block = ancestor(block.parent, ({ type }) => type === "BlockStatement" || type === "SwitchCase") ?? block.parent;
  return block;
}

const onRequest = /user|session|auth|account|tenant|team|member/i;

/** Whether the handler is given the principal along with the request. */
function readsRequestsUser({ node, params }: Entry, source: Source): boolean {
  const request = params.request;
  const variable = request?.type === "Identifier" ? variableOf(request, source) : null;
  if (!request) return false;
  if (!variable) return request.type !== "ObjectPattern" || walk(request, source, (current) => (current.type === "Identifier" && onRequest.test(current.name) ? "stop" : undefined));
  return walk(node.body, source, (current) => {
    if (current.type !== "MemberExpression") return;
    const object = unwrap(current.object);
    return object.type === "Identifier" && variableOf(object, source) === variable && onRequest.test(memberName(current) ?? "user") ? "stop" : undefined;
  });
}

/** Whether what stands at one place of a handler may decide about a query at another: it is run with it, and not after a write is done. */
function mayDecide(node: TSESTree.Node, query: TSESTree.Node, isWrite: boolean, source: Source): boolean {
  if (isWithin(node, query) || isWithin(query, node)) return true;
  if (node.range[0] < query.range[0]) return !isExclusive(node, query);
  if (isExclusive(query, node)) return false;
  return !isWrite || transactionAt(query, source) !== null;
}

/** Who asks for a query, where all that the handler wants to know is that somebody does. */
function identityBefore(sent: Sent, reach: Reach, source: Source): Identity | null {
  const at = sent.through ?? sent.query.node;
  const isWrite = sent.query.effect === "write";
  const decides = (node: TSESTree.Node): boolean => mayDecide(node, at, isWrite, source);

  const identities: Identity[] = [];
  for (const { node, run, through, isFollowed } of reach.calls) {
    if (!decides(through ?? node)) continue;
    const its = run.frame.source;
    const found = identityAt(node, its);
    if (found === "unknown") return null;
    if (found) identities.push(usesOf(node, found, its, through ? () => true : decides));
    else if (isFollowed ? isPolicyCall(node) : mayAuthorise(node, its)) return null;
  }
  if (identities.some(({ onlyTested }) => !onlyTested)) return null;
  return identities.find((known) => isBehind(known, at, source)) ?? null;
}

const has = (reach: Reach, test: (node: TSESTree.Node) => boolean): boolean =>
  reach.functions.some(({ node, source }) => walk(node.body, source, (current) => (test(current) ? "stop" : undefined)));

/** Queries of a handler that is exported as it is, and asks who is there by itself. */
function inFunction(entry: Entry, source: Source): LooseQuery[] {
  const reach = reachOf(entry, source);
  const sent = reach.sent.filter((candidate) => looseKey(candidate) !== null);
  if (sent.length === 0 || readsRequestsUser(entry, source) || has(reach, comparesSecret)) return [];
  return sent.flatMap((candidate) => {
    const identity = identityBefore(candidate, reach, source);
    return (identity && looseQuery(candidate, reach, identity.name)) ?? [];
  });
}

function isPolicyCall({ callee }: TSESTree.CallExpression): boolean {
  const inner = unwrap(callee);
  const name = inner.type === "MemberExpression" ? memberName(inner) : inner.type === "Identifier" ? inner.name : null;
  return name !== null && isPolicyName(name);
}

/** Queries of a method of a decorated class, whose guards ask who is there. */
function inMethod(entry: Entry, source: Source): LooseQuery[] {
  const reach = reachOf(entry, source);
  const found = reach.sent.flatMap((candidate) => looseQuery(candidate, reach, null) ?? []);
  if (found.length === 0 || reach.calls.some(({ node }) => isPolicyCall(node))) return [];
  if (gateOf(entry, source) !== "authentication") return [];
  const owners = new Map(reach.functions.flatMap(({ node, source: its }) => {
    const owner = ancestor(node, isClass);
    return owner ? [[owner, its] as const] : [];
  }));
  return [...owners].some(([owner, its]) => knowsRequest(owner, its)) ? [] : found;
}

const inFunctions: ReadonlySet<string> = new Set(["next-route", "next-api", "server-action"]);

/** The queries of a file's handlers by which whoever is signed in gets at rows by a key of their own choice. */
export function looseQueriesIn(source: Source): LooseQuery[] {
  return entriesIn(source).flatMap((entry) => {
    if (entry.wrapper || (entry.kind !== "route" && entry.kind !== "action")) return [];
    if (entry.framework === "nest") return oneForEach(inMethod(entry, source));
    return entry.by !== "type" && inFunctions.has(entry.framework) ? oneForEach(inFunction(entry, source)) : [];
  });
}

const paths = webFrameworks.flatMap(({ name, files }) => (inFunctions.has(name) && files ? files.map(({ path }) => path) : []));

const mayTakeInput = /\.(?:query|body|params|json|formData|searchParams|nextUrl)\b|\bparams\b|["']use server["']|@(?:Param|Body|Query)\(/;

/** Whether a file's name and text have what such a query needs; cheap. */
export function mayHaveLooseQueries(source: Source): boolean {
  const { text: code } = source;
  const facts = fileFacts(source);
  if (!facts || !mayTakeInput.test(code) || isForAdmins(pathInProject(facts))) return false;
  if (code.includes("@Controller")) return true;
  return code.includes("await") && (/["']use server["']/.test(code) || paths.some((path) => path.test(pathInProject(facts))));
}
