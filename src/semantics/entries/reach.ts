import type { TSESTree } from "@typescript-eslint/utils";

import { currentPass } from "../../project/file.js";
import { soleValueOf, variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { unwrap } from "../../syntax/value.js";
import { type FunctionNode, isFunction, walk } from "../../syntax/walk.js";
import type { Entry } from "./entries.js";
import { frameOfCall, outerFrame } from "../program/frames.js";
import { identityAt } from "../auth/principals.js";
import { definitionOf } from "../program/provenance.js";
import { type Query, queryAt } from "../queries/queries.js";
import type { Run } from "./request-keys.js";

/** A query that a handler sends, and the way to it. */
export interface Sent {
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
export interface Reach {
  readonly sent: readonly Sent[];
  readonly calls: readonly Call[];
  readonly functions: readonly { readonly node: FunctionNode; readonly source: Source; readonly run: Run }[];
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

const known = new WeakMap<Entry, { readonly pass: number; readonly reach: Reach }>();

/** Everything that a handler runs, its own functions and, in classes, those of injected ones. */
export function reachOf(entry: Entry, source: Source): Reach {
  const before = known.get(entry);
  if (before?.pass === currentPass()) return before.reach;
  const reach = followed(entry, source);
  known.set(entry, { pass: currentPass(), reach });
  return reach;
}

function followed(entry: Entry, source: Source): Reach {
  const sent: Sent[] = [];
  const calls: Call[] = [];
  const functions: { node: FunctionNode; source: Source; run: Run }[] = [];

  function visit(run: Run, through: TSESTree.CallExpression | null, depth: number): void {
    const { frame } = run;
    const fn = frame.top as FunctionNode;
    functions.push({ node: fn, source: frame.source, run });
    walk(fn.body, frame.source, (node) => {
      const asked = queryAt(node, frame.source);
      // Who is there may be asked of the database's own client.
      const query = asked?.model === null && node.type === "CallExpression" && identityAt(node, frame.source) ? null : asked;
      if (query) sent.push({ query, run, through });
      if (query || node.type !== "CallExpression") return;
      const called = depth < deepest ? calledFunction(node, run) : null;
      const isFollowed = called !== null && !(called.source === source && identityAt(node, source)) && !functions.some(({ node: visited }) => visited === called.node);
      calls.push({ node, run, through, isFollowed });
      if (isFollowed) visit({ entry, frame: frameOfCall(node, called.node, called.source, frame) }, through ?? node, depth + 1);
    });
  }

  visit({ entry, frame: outerFrame(entry.node, source) }, null, 0);
  return { sent, calls, functions };
}
