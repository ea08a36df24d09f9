import type { TSESTree } from "@typescript-eslint/utils";

import { fileFacts } from "../../project/file.js";
import { packageOf } from "../../project/package-json.js";
import { pathInProject } from "../../project/path.js";
import { textQuestion } from "../../project/source-texts.js";
import { soleValueOf, variableNamed, variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { propertyOf, unwrap } from "../../syntax/value.js";
import { isWithin, walk } from "../../syntax/walk.js";
import { accessOf } from "./authentication.js";
import { type Entry, entriesIn, nameOfEntryAt } from "../entries/entries.js";
import { externalCallAt } from "../calls/external-calls.js";
import { lookUp } from "../program/frames.js";
import { isOwnerKey } from "../queries/ownership.js";
import { isOpenName, isOpenTable, isSecretColumn } from "./policies.js";
import { originOf } from "../program/provenance.js";
import type { Query } from "../queries/queries.js";
import { operationIn } from "../queries/query-names.js";
import { type Reach, reachOf, type Sent } from "../entries/reach.js";
import { mountsGuarded } from "../entries/route-chains.js";
import { type Run, tieOf } from "../entries/request-keys.js";
import { keyPattern } from "../queries/row-keys.js";
import { isServiceClient } from "./service-clients.js";

/** An entry that does something for whoever calls it. */
export interface OpenEntry {
  readonly entry: Entry;
  /** What a stranger can do: change or delete rows by their key, add rows for an owner of their choice, send something to whom they like, or write at all. */
  readonly act: "change" | "delete" | "add" | "send" | "write";
  /** What does it. */
  readonly node: TSESTree.Node;
  /** The table, or the call that sends. */
  readonly subject: string;
  /** What the caller chooses. */
  readonly key: string | null;
  /** Why nobody who is not let in should get there. */
  readonly because: "service" | "guarded" | "routes" | "siblings" | "strict";
}

type Act = Pick<OpenEntry, "act" | "node" | "subject" | "key">;

const isTied = (value: TSESTree.Node | null, run: Run): boolean => value !== null && tieOf(value, run) === "request";

/** The reads of a handler whose rows the caller picks. */
const readsByRequest = ({ sent }: Reach): readonly Sent[] =>
  sent.filter(({ query, run }) => query.effect === "read" && (query.filter?.keys.some(({ name, value }) => keyPattern.test(name) && isTied(value, run)) ?? false));

/** Whether a value comes of one of some queries, through const hops. */
function comesOf(value: TSESTree.Node, reads: readonly Sent[], run: Run, left = 5): boolean {
  const { source } = run.frame;
  return walk(value, source, (node) => {
    if (reads.some(({ query }) => isWithin(query.node, node) && node.type === "AwaitExpression")) return "stop";
    if (node.type !== "Identifier" || left === 0) return;
    const variable = variableOf(node, source);
    const definition = variable?.defs[0];
    const made = variable && (soleValueOf(variable) ?? (definition?.type === "Variable" ? definition.node.init : null));
    return made && !isWithin(node, made) && comesOf(made, reads, run, left - 1) ? "stop" : undefined;
  });
}

/** The table of a query as messages name it: a function may be handed it, or go through several. */
function tableOf({ query, run: { frame } }: Sent): string {
  const definition = query.model === null ? null : variableNamed(query.model, query.node, frame.source)?.defs[0];
  const isAny = definition?.type === "Parameter" || (definition?.type === "Variable" && (definition.node.init === null || /^(?:Conditional|Logical)Expression$/.test(definition.node.init.type)));
  return isAny ? "rows" : (query.model ?? "rows");
}

function changeBy(sent: Sent, reads: readonly Sent[]): Act | null {
  const { query, run } = sent;
  if (query.effect !== "write" || query.model === null || !query.filter) return null;
  const own = query.filter.keys.find(({ name, value }) => keyPattern.test(name) && isTied(value, run));
  const found = own ?? query.filter.keys.find(({ name, value }) => keyPattern.test(name) && value !== null && comesOf(value, reads, run));
  const behind = own ? null : reads[0]?.query.filter?.keys.find(({ name }) => keyPattern.test(name));
  const act = query.kind === "delete" || query.kind === "delete-many" ? "delete" : "change";
  return found ? { act, node: operationIn(query), subject: tableOf(sent), key: (behind ?? found).name } : null;
}

function additionBy({ query, run }: Sent): Act | null {
  if (query.effect !== "write" || query.filter || query.model === null || isOpenTable(query.model)) return null;
  const key = query.data?.keys.find(({ name, value }) => isOwnerKey(name) && isTied(value, run));
  return key ? { act: "add", node: operationIn(query), subject: query.model, key: key.name } : null;
}

/** `{ to: email, … }` in what is sent, its address chosen by the caller. */
function addressIn(node: TSESTree.Node, run: Run): string | null {
  const { source } = run.frame;
  let found: string | null = null;
  walk(node, source, (current) => {
    if (current.type !== "ObjectExpression") return;
    for (const name of ["to", "recipients", "bcc"]) {
      const value = propertyOf(current, name);
      if (value !== null && value !== "unknown" && isTied(unwrap(value), run)) found ??= name;
    }
    return found === null ? undefined : "stop";
  });
  return found;
}

/** Whether a call sends something to somebody whom the caller chooses. */
function sendingBy(reach: Reach): Act | null {
  for (const { node, run } of reach.calls) {
    const { source } = run.frame;
    const external = externalCallAt(node, source);
    if (!external || external.kind === "database" || (external.kind === "sdk" && !external.sdk.irrevocable)) continue;
    for (const argument of node.arguments) {
      const key = addressIn(unwrap(argument), run);
      if (key !== null) return { act: "send", node: node.callee, subject: external.name, key };
    }
  }
  return null;
}

/** Whether rows are found by something that only those know who were given it. */
const asksForSecret = ({ sent }: Reach): boolean => sent.some(({ query, run }) => query.filter?.keys.some(({ name, value }) => isSecretColumn(name) && !keyPattern.test(name) && isTied(value, run)) ?? false);

/** Whether a query is sent by a client that may do everything: made here, or handed to the function that sends it. */
function isByService({ query, run: { frame } }: Sent): boolean {
  if (isServiceClient(query.client)) return true;
  const given = lookUp({ node: query.receiver, frame });
  const origin = given.node === query.receiver ? null : originOf(given.node, given.frame.source);
  return origin !== null && isServiceClient(origin);
}

/** What an edge function does for everybody with a client that may do everything. */
function withServiceClient(reach: Reach): Act | null {
  const service = reach.sent.filter(isByService);
  if (service.length === 0 || asksForSecret(reach)) return null;
  const sending = sendingBy(reach);
  if (sending) return sending;
  const reads = readsByRequest(reach);
  const changes = service.flatMap((sent) => changeBy(sent, reads) ?? []);
  return changes.find(({ act }) => act === "delete") ?? changes[0] ?? service.map(additionBy).find((act) => act !== null) ?? null;
}

function firstWrite(reach: Reach): Act | null {
  for (const { query, through, run } of reach.sent) {
    if (query.effect !== "write" || query.model === null) continue;
    if (isOpenTable(query.model)) continue;
    const inHandler = through?.callee ?? (run.frame.top === run.entry.node ? operationIn(query) : null);
    if (inHandler) return { act: "write", node: inHandler, subject: query.model, key: null };
  }
  return null;
}

const destroying: ReadonlySet<Query["kind"]> = new Set(["delete", "delete-many"]);
const changing: ReadonlySet<Query["kind"]> = new Set(["update", "update-many"]);

/** The first rows that a handler deletes, or else changes: what strangers may add, they seldom may take away. */
function firstDestruction(reach: Reach): Act | null {
  if (asksForSecret(reach)) return null;
  for (const [kinds, act] of [[destroying, "delete"], [changing, "change"]] as const) {
    for (const sent of reach.sent) {
      const { query, through, run } = sent;
      if (!kinds.has(query.kind) || query.model === null || isOpenTable(query.model)) continue;
      const inHandler = through?.callee ?? (run.frame.top === run.entry.node ? operationIn(query) : null);
      if (inHandler) return { act, node: inHandler, subject: tableOf(sent), key: null };
    }
  }
  return null;
}

const chained: ReadonlySet<string> = new Set(["express", "hono", "koa", "fastify"]);

/** Whether other routes of the app are behind middleware that asks who is there, or ask it themselves. */
const asksOnOtherRoutes = (entry: Entry, source: Source): boolean =>
  entriesIn(source).some((other) => other !== entry && other.kind === "route" && other.by === "registration" && accessOf(other, source).authentication.presence === "found") || mountsGuarded(source);

const usesGuards = textQuestion(/@UseGuards\(/);

/** Whether the package of a file guards some of its handlers. */
function guardsOthers(source: Source): boolean {
  const facts = fileFacts(source);
  const dir = facts && packageOf(facts.filename)?.dir;
  return source.text.includes("@UseGuards(") || (dir !== null && dir !== undefined && usesGuards(dir) === true);
}

/** What anybody may call by what it is called, or by where it stands. */
function isMeantToBeOpen(entry: Entry, path: string | null, source: Source): boolean {
  const facts = fileFacts(source);
  return isOpenName(`${path ?? ""} ${nameOfEntryAt(entry.node, source)} ${facts ? pathInProject(facts) : ""}`);
}

function openEntry(entry: Entry, source: Source, strict: boolean): OpenEntry | null {
  if (entry.by === "type" || (entry.kind !== "route" && entry.kind !== "action" && entry.kind !== "procedure" && entry.kind !== "loader")) return null;
  if (entry.method === "GET" || entry.method === "HEAD" || entry.method === "OPTIONS") return null;
  const isEdge = entry.framework === "deno";
  const isGuarded = entry.framework === "nest" && entry.method !== null && guardsOthers(source);
  const isChained = chained.has(entry.framework) && entry.by === "registration";
  if (!isEdge && !isGuarded && !isChained && !strict) return null;
  const reach = reachOf(entry, source);
  const service = isEdge ? withServiceClient(reach) : null;
  const destruction = isChained ? firstDestruction(reach) : null;
  const act = service ?? destruction ?? (isGuarded || strict ? firstWrite(reach) : null);
  if (!act) return null;
  const { path, authentication } = accessOf(entry, source);
  if (authentication.presence !== "missing" || isMeantToBeOpen(entry, path, source)) return null;
  if (destruction && asksOnOtherRoutes(entry, source)) return { entry, ...act, because: "routes" };
  if (destruction && !strict) return null;
  return { entry, ...act, act: destruction ? "write" : act.act, because: service ? "service" : isGuarded ? "guarded" : "strict" };
}

/** The entries of a file that change or send something for everybody, though not everybody is meant to be let in. */
export function openEntriesIn(source: Source, strict: boolean): OpenEntry[] {
  const entries = entriesIn(source);
  const open = entries.flatMap((entry) => openEntry(entry, source, strict) ?? []);
  if (!open.some(({ because, entry }) => because === "strict" && entry.framework === "server-action")) return open;
  const isAsked = (entry: Entry): boolean => entry.framework === "server-action" && accessOf(entry, source).authentication.presence === "found";
  return entries.some(isAsked) ? open.map((one) => (one.entry.framework === "server-action" ? { ...one, because: "siblings" as const } : one)) : open;
}

const mayWrite = /\.(?:insert|update|upsert|delete|create|save|remove|set|execute|rpc|send\w*|emails)\b|create|update|delete|remove|fetch\(/;

const registersWrites = /\.(?:post|put|patch|delete|all)\s*\(\s*["'`]/;
const destroys = /\.(?:delete|update|remove|destroy|set|execute|query)\w*\s*\(/;

/** Whether a file's text has what such an entry needs; cheap. */
export function mayHaveOpenEntries(source: Source, strict: boolean): boolean {
  const { text } = source;
  if (!mayWrite.test(text)) return false;
  if (/\bDeno\.serve\b|\bserve\s*\(/.test(text) || text.includes("@Controller")) return true;
  if (registersWrites.test(text) && destroys.test(text)) return true;
  return strict && (/["']use server["']|export\s+(?:async\s+)?(?:function|const)\s+(?:POST|PUT|PATCH|DELETE|action)\b|\.(?:post|put|patch|delete|mutation|action)\s*\(/.test(text) || /pages\/api\//.test(fileFacts(source)?.filename ?? ""));
}
