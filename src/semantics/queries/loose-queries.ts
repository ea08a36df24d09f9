import type { TSESTree } from "@typescript-eslint/utils";

import { webFrameworks } from "../../knowledge/web-frameworks.js";
import { fileFacts } from "../../project/file.js";
import { pathInProject } from "../../project/path.js";
import { soleValueOf, variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { keyName, memberName, propertyOf, stringValue, unwrap } from "../../syntax/value.js";
import { ancestor, isClass, walk } from "../../syntax/walk.js";
import { askedByHandler } from "../auth/asked.js";
import { type Entry, entriesIn } from "../entries/entries.js";
import type { Frame } from "../program/frames.js";
import { gateOf, knowsRequest } from "../auth/nest-guards.js";
import { type Ownership, ownershipOf } from "./ownership.js";
import { areShown, comparesSecret, isBoundClient, isCountingWord, isForAdmins, isForOthers, isPolicyName, isPublicWord, isSecretColumn, mayAuthorise } from "../auth/policies.js";
import { identityAt, type Identity, usesOf } from "../auth/principals.js";
import type { Column, Columns, Query } from "./queries.js";
import { type Reach, reachOf, type Sent } from "../entries/reach.js";
import { type Run, tieOf } from "../entries/request-keys.js";
import { keyPattern } from "./row-keys.js";
import { asksOnlyWhoIsThere, builderOf, chainOf } from "../entries/route-chains.js";
import { isServiceClient } from "../auth/service-clients.js";
import { isBehind, mayDecide } from "../auth/signed-in.js";

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
  /** The handler that leads to it. */
  readonly entry: Entry;
  /** The name under which the handler holds the principal. */
  readonly principal: string | null;
  readonly ownership: Ownership;
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
  if (!reportedKinds.has(query.kind) || (query.rowSecurity && !isServiceClient(query.client)) || query.model === null || !filter) return null;
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
  return { query, key: column.name, act, node, through, entry: run.entry, principal, ownership };
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
  // What the caller's own client gave first, row level security has let through.
  if (reach.sent.some(({ query }) => query.model !== null && isBoundClient(query.client))) return [];
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

/** What builders hand on that says nothing of who asks. */
const services = /^(?:db|prisma|drizzle|logger?|req|request|res|headers)$/;

/** Whether a handler takes more out of its context than services: `({ ctx: { accountId } }) =>`, `ctx.accountId`, all of it. */
function takesFromContext({ node: fn }: Entry, source: Source): boolean {
  return fn.params.some((parameter) => walk(parameter, source, (node) => {
    if (node.type !== "Property" || keyName(node.key, node.computed) !== "ctx") return;
    if (node.value.type === "ObjectPattern") return node.value.properties.every((taken) => taken.type === "Property" && services.test(keyName(taken.key, taken.computed) ?? "")) ? undefined : "stop";
    const variable = node.value.type === "Identifier" ? variableOf(node.value, source) : null;
    return variable?.references.every(({ identifier: { parent } }) => parent.type === "MemberExpression" && services.test(memberName(parent) ?? "")) ? undefined : "stop";
  }));
}

/** Queries of a handler that middleware, or the builder that it is made with, asks who is there for. */
function inChain(entry: Entry, source: Source): LooseQuery[] {
  if (entry.method === "HEAD" || entry.method === "OPTIONS") return [];
  const reach = reachOf(entry, source);
  const found = reach.sent.flatMap((candidate) => looseQuery(candidate, reach, null) ?? []);
  if (found.length === 0 || (built.has(entry.framework) && takesFromContext(entry, source)) || askedByHandler(entry.node, source).presence !== "missing" || has(reach, comparesSecret)) return [];
  if (reach.calls.some(({ node, run }) => mayAuthorise(node, run.frame.source))) return [];
  const chain = chained.has(entry.framework) ? chainOf(entry, source) : builderOf(entry, source);
  return chain && !isForAdmins(chain.path ?? "") && asksOnlyWhoIsThere(chain, source) ? found : [];
}

const chained: ReadonlySet<string> = new Set(["express", "fastify", "hono", "koa"]);
const built: ReadonlySet<string> = new Set(["trpc", "next-safe-action"]);

const inFunctions: ReadonlySet<string> = new Set(["next-route", "next-api", "server-action", "deno"]);

/** The queries of a file's handlers by which whoever is signed in gets at rows by a key of their own choice. */
export function looseQueriesIn(source: Source): LooseQuery[] {
  return entriesIn(source).flatMap((entry) => {
    if (entry.wrapper || (entry.kind !== "route" && entry.kind !== "action" && entry.kind !== "procedure")) return [];
    if ((chained.has(entry.framework) || built.has(entry.framework)) && entry.by === "registration") return oneForEach(inChain(entry, source));
    if (entry.framework === "nest") return oneForEach(inMethod(entry, source));
    return entry.by !== "type" && inFunctions.has(entry.framework) ? oneForEach(inFunction(entry, source)) : [];
  });
}

const paths = webFrameworks.flatMap(({ name, files }) => (inFunctions.has(name) && files ? files.map(({ path }) => path) : []));

const mayTakeInput = /\.(?:query|body|params|param|json|formData|searchParams|nextUrl|input|parsedInput)\b|\bparams\b|["']use server["']|@(?:Param|Body|Query)\(/;

/** What queries end or begin with. */
const mayQuery = /(?:find\w*|delete\w*|update\w*|upsert\w*|select\w*|from|where|execute|destroy|remove\w*|save|first|aggregate)\s*(?:<[^()]*>)?\(|sql`|(?:db|pool|client|conn|knex|sequelize|prisma)\w*\.(?:query|get|all|run|one|any|none|raw)|\$\w+Raw/i;

/** Whether a file's name and text have what such a query needs; cheap. */
export function mayHaveLooseQueries(source: Source): boolean {
  const { text: code } = source;
  const facts = fileFacts(source);
  if (!facts || !mayTakeInput.test(code) || isForAdmins(pathInProject(facts))) return false;
  if (code.includes("@Controller")) return true;
  if (!mayQuery.test(code)) return false;
  if (/\.(?:get|post|put|patch|delete|query|mutation|action)\s*\(/.test(code) && /\b(?:async|await)\b/.test(code) && /import|require/.test(code)) return true;
  return code.includes("await") && (/["']use server["']|\bDeno\.serve\b|\bserve\s*\(/.test(code) || paths.some((path) => path.test(pathInProject(facts))));
}
