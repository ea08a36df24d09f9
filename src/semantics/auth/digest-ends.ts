import type { TSESLint, TSESTree } from "@typescript-eslint/utils";

import { databaseAddress } from "../../knowledge/http-clients.js";
import { readsOf, variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { keyName, memberName, outermost, rootOf, unwrap } from "../../syntax/value.js";
import { ancestor, contains, enclosingFunction, isClass, walk } from "../../syntax/walk.js";
import { httpCallAt } from "../calls/http-calls.js";
import { envReadAt } from "../environment/env.js";
import { callsOf, handedFor } from "../program/handed-values.js";
import { originOf } from "../program/provenance.js";

/** Where a digest ends: in a request to another program, as the key of a cipher, or somewhere that nothing is known of. */
type End = "sent" | "key" | "unknown";

/** A longer way than that is none that we would follow, nor one that parts more often. */
const mostHops = 12;
const mostEnds = 50;

const conversions = /^(?:toString|toUpperCase|toLowerCase|slice|subarray|substring|digest|update)$/;
const writers = /^(?:JSON\.stringify|String|Buffer\.from|encodeURIComponent|btoa)$/;
const containers = /^(?:URLSearchParams|FormData|URL|Uint8Array|Blob)$/;

/** A name for what a row keeps: whoever takes a request by it stores the digest for us. */
const keptAs = /hash|digest/i;

function* ofReads(variable: TSESLint.Scope.Variable | null, source: Source, hops: number): Generator<End> {
  if (!variable) yield "unknown";
  else for (const read of readsOf(variable)) yield* endsOf(read, source, hops);
}

function* ofField(field: TSESTree.MemberExpression, source: Source, hops: number): Generator<End> {
  const owner = ancestor(field, isClass);
  const name = memberName(field);
  const reads: TSESTree.Node[] = [];
  if (owner && field.object.type === "ThisExpression")
    walk(owner, source, (node) => {
      if (node.type === "MemberExpression" && node.object.type === "ThisExpression" && memberName(node) === name && !(node.parent.type === "AssignmentExpression" && node.parent.left === node)) reads.push(node);
    });
  if (reads.length === 0) yield "unknown";
  for (const read of reads) yield* endsOf(read, source, hops);
}

/** What a function gives goes where its calls stand. */
function* ofCalls(node: TSESTree.Node, source: Source, hops: number): Generator<End> {
  const fn = enclosingFunction(node);
  const calls = fn ? callsOf(fn, source) : [];
  if (calls.length === 0) yield "unknown";
  for (const each of calls) yield* endsOf(each.call, each.source, hops);
}

/** `params.append("pass", digest)`: the value goes where its container goes. */
function* inContainer(call: TSESTree.CallExpression, source: Source, hops: number): Generator<End> {
  const callee = unwrap(call.callee);
  const object = callee.type === "MemberExpression" && /^(?:append|set)$/.test(memberName(callee) ?? "") ? rootOf(callee.object) : null;
  const variable = object?.type === "Identifier" ? variableOf(object, source) : null;
  const definition = variable?.defs[0];
  const made = definition?.type === "Variable" && definition.node.init ? unwrap(definition.node.init) : null;
  if (variable && made?.type === "NewExpression" && made.callee.type === "Identifier" && containers.test(made.callee.name)) yield* ofReads(variable, source, hops);
  else yield "unknown";
}

function* asArgument(value: TSESTree.Node, call: TSESTree.CallExpression, source: Source, hops: number): Generator<End> {
  const origin = originOf(call.callee, source);
  const isKey = origin !== null && /^(?:node:)?crypto$/.test(origin.module) && /^create(?:C|Dec)ipheriv$/.test(origin.steps.at(-1) ?? "") && call.arguments[1] === value;
  if (isKey) yield "key";
  else if (httpCallAt(call, source)?.does === "sends") yield databaseAddress.test(source.text.slice(...call.range)) ? "unknown" : "sent";
  else if (writers.test(source.text.slice(...call.callee.range))) yield* endsOf(call, source, hops);
  else yield* inContainer(call, source, hops);
}

function* ofMember(member: TSESTree.MemberExpression, source: Source, hops: number): Generator<End> {
  const name = memberName(member) ?? "";
  const { parent } = outermost(member);
  const isCall = parent?.type === "CallExpression" && parent.callee === outermost(member);
  if (isCall && conversions.test(name)) yield* endsOf(parent, source, hops);
  else if (!isCall || !/^(?:append|set)$/.test(name)) yield "unknown";
}

const unknown: readonly End[] = ["unknown"];

/** Where the value of an expression ends. */
function endsOf(node: TSESTree.Node, source: Source, left: number): Iterable<End> {
  if (left === 0) return unknown;
  const hops = left - 1;
  const value = outermost(node);
  const { parent } = value;
  switch (parent?.type) {
    case "MemberExpression":
      return parent.object === value ? ofMember(parent, source, hops) : unknown;
    case "Property":
      if (parent.value !== value || parent.parent.type !== "ObjectExpression" || keptAs.test(keyName(parent.key, parent.computed) ?? "hash")) return unknown;
      return endsOf(parent.parent, source, hops);
    case "AwaitExpression":
    case "TemplateLiteral":
    case "BinaryExpression":
    case "ArrayExpression":
    case "SpreadElement":
      if (parent.type === "BinaryExpression" && parent.operator !== "+") return unknown;
      return endsOf(parent.type === "SpreadElement" ? parent.parent : parent, source, hops);
    case "NewExpression":
      return parent.callee.type === "Identifier" && containers.test(parent.callee.name) ? endsOf(parent, source, hops) : unknown;
    case "CallExpression":
      return parent.callee === value ? unknown : asArgument(value, parent, source, hops);
    case "VariableDeclarator":
      return ofReads(parent.id.type === "Identifier" ? variableOf(parent.id, source) : null, source, hops);
    case "AssignmentExpression": {
      const target = unwrap(parent.left);
      if (parent.right === value && target.type === "MemberExpression") return ofField(target, source, hops);
      return parent.right === value && target.type === "Identifier" ? ofReads(variableOf(target, source), source, hops) : unknown;
    }
    case "ReturnStatement":
    case "ArrowFunctionExpression":
      return ofCalls(value, source, hops);
    default:
      return unknown;
  }
}

const readsEnvironment = (node: TSESTree.Node, source: Source): boolean => contains(node, source, (part) => envReadAt(part, source) !== null, { nestedFunctions: false });

/** Whether what is hashed is a setting of the app: read from the environment here, or given so by all that call the function around it. */
function isSetting(node: TSESTree.Node, source: Source): boolean {
  if (readsEnvironment(node, source)) return true;
  const inner = unwrap(node);
  const variable = inner.type === "Identifier" ? variableOf(inner, source) : null;
  const handed = variable ? handedFor(variable, source) : [];
  return handed.length > 0 && handed.every((each) => each.value !== null && each.value !== "unknown" && readsEnvironment(each.value, each.source));
}

/** Whether a digest is nobody's stored password: all that becomes of it is sent to a service that wants it in this form, or is the key of a cipher that a setting gives. */
export function isKeptNowhere(digest: TSESTree.Node, hashed: TSESTree.Node, source: Source): boolean {
  let ends = 0;
  for (const end of endsOf(digest, source, mostHops)) {
    ends += 1;
    if (end === "unknown" || (end === "key" && !isSetting(hashed, source)) || ends > mostEnds) return false;
  }
  return ends > 0;
}
