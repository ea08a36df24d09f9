import type { TSESTree } from "@typescript-eslint/utils";

import { signatureCall } from "../../knowledge/policies.js";
import { fileFacts } from "../../project/file.js";
import { calleeText } from "../../syntax/callee-text.js";
import { readsOf, variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { contains, isFunction } from "../../syntax/walk.js";
import type { Asked } from "./asked.js";
import { accessOf } from "./authentication.js";
import { permissionAsked } from "./authorization.js";
import { type Entry, entriesIn, nameOfEntryAt } from "../entries/entries.js";
import { looseQueriesIn } from "../queries/loose-queries.js";
import type { Presence } from "../program/presence.js";
import { type Reach, reachOf } from "../entries/reach.js";
import { roleOf } from "../program/file-role.js";

/** A place in a file of the project. */
interface Place {
  /** Absolute. */
  readonly file: string;
  /** From one. */
  readonly line: number;
  /** From one. */
  readonly column: number;
}

/** Whether an endpoint asks something before it acts. */
interface Evidence {
  readonly presence: Presence;
  /** What asks, as its author wrote it; `null` where nothing does, or it is not one expression. */
  readonly by: string | null;
  readonly at: Place | null;
}

/** A way into the application, and what is known of who may take it. */
export interface Endpoint {
  readonly framework: string;
  /** `route`, `action`, `procedure` or `loader`. */
  readonly kind: Entry["kind"];
  /** In capitals; `null` where one function answers several, or the kind knows none. */
  readonly method: string | null;
  /** The path of the URL as the framework writes it; `null` where there is none, or it cannot be told. */
  readonly path: string | null;
  /** The function's own name, or the method that it answers. */
  readonly name: string;
  readonly at: Place;
  /** Whether it changes rows, as far as its queries can be followed. */
  readonly writes: boolean;
  /** Whether it asks who is there. */
  readonly authentication: Evidence;
  /** Whether it asks what they may do. */
  readonly authorization: Evidence;
}

const answering: ReadonlySet<Entry["kind"]> = new Set(["route", "action", "procedure", "loader"]);

const placeOf = (node: TSESTree.Node, source: Source): Place => ({ file: fileFacts(source)?.filename ?? "", line: node.loc.start.line, column: node.loc.start.column + 1 });

function evidenceOf({ presence, node, source }: Asked): Evidence {
  if (!node || presence === "missing") return { presence, by: null, at: null };
  if (isFunction(node)) return { presence, by: null, at: placeOf(node, source) };
  const text = calleeText(node.type === "CallExpression" ? node.callee : node, source);
  return { presence, by: text, at: placeOf(node, source) };
}

/** Whether a test is only about what kind of request it is: each kind may ask by itself. */
const isOfMethod = (test: TSESTree.Node, source: Source): boolean => /\bmethod\b/.test(source.text.slice(...test.range));

/** Whether a question is asked on one way through a handler, and not on all of them. */
function isOnOneWay(node: TSESTree.Node, handler: TSESTree.Node, source: Source): boolean {
  for (let inner = node, outer = node.parent; outer && inner !== handler; inner = outer, outer = outer.parent) {
    if (outer.type === "IfStatement" && inner !== outer.test && !isOfMethod(outer.test, source)) return true;
    if (outer.type === "ConditionalExpression" && inner !== outer.test) return true;
    if (outer.type === "CatchClause") return true;
  }
  return false;
}

/** Who is there, as far as every way through the handler asks. */
function askedOnAllWays(asked: Asked, entry: Entry, source: Source): Asked {
  const { presence, node, source: home } = asked;
  const isWithin = presence === "found" && node !== null && home.ast === source.ast && contains(entry.node, source, (each) => each === node);
  return isWithin && isOnOneWay(node, entry.node, source) ? { ...asked, presence: "unknown" } : asked;
}

/** What checks the sender's signature, in what an endpoint reaches. */
function signatureChecked(functions: Reach["functions"]): string | null {
  for (const { node, source } of functions) {
    const [call] = signatureCall.exec(source.text.slice(...node.range)) ?? [];
    if (call !== undefined) return call;
  }
  return null;
}

function endpointOf(entry: Entry, loose: ReadonlySet<Entry["node"]>, source: Source): Endpoint {
  const { path, authentication, stages } = accessOf(entry, source);
  const permission = permissionAsked(entry, stages, source);
  const authorization: Evidence = permission
    ? evidenceOf({ presence: "found", ...permission })
    : { presence: authentication.presence === "missing" || loose.has(entry.node) ? "missing" : "unknown", by: null, at: null };
  const { sent, functions } = reachOf(entry, source);
  const asked = askedOnAllWays(authentication, entry, source);
  const signed = signatureChecked(functions);
  return {
    framework: entry.framework,
    kind: entry.kind,
    method: entry.method,
    path,
    name: nameOfEntryAt(entry.node, source),
    at: placeOf(entry.node, source),
    writes: sent.some(({ query }) => query.effect === "write"),
    authentication: asked.presence === "found" || signed === null ? evidenceOf(asked) : { presence: "found", by: signed, at: placeOf(entry.node, source) },
    authorization,
  };
}

/** A function that is written before the handler in the same call, and hands on to it. */
function isBeforeHandler({ node, registration, params }: Entry, source: Source): boolean {
  const after = registration?.arguments.some((argument) => argument.range[0] > node.range[1] && (isFunction(argument) || argument.type === "Identifier" || argument.type === "CallExpression"));
  const next = params.next?.type === "Identifier" ? variableOf(params.next, source) : null;
  return after === true && next !== null && readsOf(next).length > 0;
}

/** The ways into the application that a file has, in the order of the text. A helper that is only typed as a handler is none. */
export function endpointsIn(source: Source): readonly Endpoint[] {
  // What tests and fixtures answer, nobody outside can call.
  if (roleOf(source) === "test") return [];
  const entries = entriesIn(source).filter(({ kind, by }) => answering.has(kind) && by !== "type").filter((entry) => !isBeforeHandler(entry, source));
  if (entries.length === 0) return [];
  const loose = new Set(looseQueriesIn(source).map(({ entry }) => entry.node));
  return entries.map((entry) => endpointOf(entry, loose, source));
}
