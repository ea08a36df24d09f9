import type { TSESTree } from "@typescript-eslint/utils";

import { fileFacts } from "../../project/file.js";
import { calleeText } from "../../syntax/callee-text.js";
import { readsOf, variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { isFunction } from "../../syntax/walk.js";
import type { Asked } from "./asked.js";
import { accessOf } from "./authentication.js";
import { permissionAsked } from "./authorization.js";
import { type Entry, entriesIn, nameOfEntryAt } from "../entries/entries.js";
import { looseQueriesIn } from "../queries/loose-queries.js";
import type { Presence } from "../program/presence.js";
import { reachOf } from "../entries/reach.js";

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

function endpointOf(entry: Entry, loose: ReadonlySet<Entry["node"]>, source: Source): Endpoint {
  const { path, authentication, stages } = accessOf(entry, source);
  const permission = permissionAsked(entry, stages, source);
  const authorization: Evidence = permission
    ? evidenceOf({ presence: "found", ...permission })
    : { presence: authentication.presence === "missing" || loose.has(entry.node) ? "missing" : "unknown", by: null, at: null };
  return {
    framework: entry.framework,
    kind: entry.kind,
    method: entry.method,
    path,
    name: nameOfEntryAt(entry.node, source),
    at: placeOf(entry.node, source),
    writes: reachOf(entry, source).sent.some(({ query }) => query.effect === "write"),
    authentication: evidenceOf(authentication),
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
  const entries = entriesIn(source).filter(({ kind, by }) => answering.has(kind) && by !== "type").filter((entry) => !isBeforeHandler(entry, source));
  if (entries.length === 0) return [];
  const loose = new Set(looseQueriesIn(source).map(({ entry }) => entry.node));
  return entries.map((entry) => endpointOf(entry, loose, source));
}
