import type { TSESTree } from "@typescript-eslint/utils";

import type { Source } from "./source.js";
import { memberName, unwrap } from "./value.js";
import { type FunctionNode, isFunction, walk } from "./walk.js";

export type CallNode = TSESTree.CallExpression | TSESTree.TaggedTemplateExpression;

/** What questions are asked about again and again, found in one go through a file. */
interface Nodes {
  readonly calls: readonly CallNode[];
  readonly functions: readonly FunctionNode[];
  readonly throws: readonly TSESTree.ThrowStatement[];
  /** Places in `calls`, by the name that a call goes by. */
  named: ReadonlyMap<string, readonly number[]> | null;
}

/** ESLint 9 and later list the steps of their own way through a file before they ask a rule. */
interface Stepping {
  traverse?(): Iterable<{ readonly kind: number; readonly phase?: number; readonly target: unknown }>;
}

const visitStep = 1;
const enterPhase = 1;

function visitAll(source: Source, visit: (node: TSESTree.Node) => void): void {
  const steps = (source as Stepping).traverse?.();
  if (!steps) {
    walk(source.ast, source, visit);
    return;
  }
  for (const { kind, phase, target } of steps) if (kind === visitStep && phase === enterPhase) visit(target as TSESTree.Node);
}

function read(source: Source): Nodes {
  const calls: CallNode[] = [];
  const functions: FunctionNode[] = [];
  const throws: TSESTree.ThrowStatement[] = [];
  visitAll(source, (node) => {
    if (node.type === "CallExpression" || node.type === "TaggedTemplateExpression") calls.push(node);
    else if (isFunction(node)) functions.push(node);
    else if (node.type === "ThrowStatement") throws.push(node);
  });
  return { calls, functions, throws, named: null };
}

const known = new WeakMap<Source["ast"], Nodes>();

// Most questions in a row are about one file.
let last: { readonly ast: Source["ast"]; readonly nodes: Nodes } | null = null;

function nodesOf(source: Source): Nodes {
  const { ast } = source;
  if (last?.ast === ast) return last.nodes;
  let nodes = known.get(ast);
  if (!nodes) known.set(ast, (nodes = read(source)));
  last = { ast, nodes };
  return nodes;
}

/** All calls of a file and templates with a tag, the outer before the inner, in the order of the text. */
export const callsIn = (source: Source): readonly CallNode[] => nodesOf(source).calls;

/** All functions of a file, the outer before the inner, in the order of the text. */
export const functionsIn = (source: Source): readonly FunctionNode[] => nodesOf(source).functions;

/** All `throw` statements of a file, in the order of the text. */
export const throwsIn = (source: Source): readonly TSESTree.ThrowStatement[] => nodesOf(source).throws;

/** The name that a call goes by: that of the method, or of the function. */
export function calledName(node: CallNode): string | null {
  const callee = unwrap(node.type === "CallExpression" ? node.callee : node.tag);
  if (callee.type === "MemberExpression") return memberName(callee);
  return callee.type === "Identifier" ? callee.name : null;
}

function byName(calls: readonly CallNode[]): ReadonlyMap<string, readonly number[]> {
  const named = new Map<string, number[]>();
  for (const [place, call] of calls.entries()) {
    const name = calledName(call);
    if (name === null) continue;
    const places = named.get(name);
    if (places) places.push(place);
    else named.set(name, [place]);
  }
  return named;
}

function namesOf(source: Source): ReadonlyMap<string, readonly number[]> {
  const nodes = nodesOf(source);
  return (nodes.named ??= byName(nodes.calls));
}

/**
 * The calls of a file that go by a name that passes a test, in the same order as all of them. A file has many calls and few names: the
 * test is asked once per name.
 */
export function callsNamed(source: Source, test: (name: string) => boolean): CallNode[] {
  const places: number[] = [];
  for (const [name, ofName] of namesOf(source)) if (test(name)) places.push(...ofName);
  const { calls } = nodesOf(source);
  return places.sort((one, other) => one - other).map((place) => calls[place] as CallNode);
}

/** Whether a file has so many calls, one if nothing is said, by names that pass a test: a cheap first look. */
export function hasCallsNamed(source: Source, test: (name: string) => boolean, least = 1): boolean {
  let left = least;
  for (const [name, { length }] of namesOf(source)) if (test(name) && (left -= length) <= 0) return true;
  return false;
}
