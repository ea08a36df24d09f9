import type { TSESTree } from "@typescript-eslint/utils";

import { sdkVerbs } from "../../knowledge/sdks.js";
import { readsOf, variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { memberName, outermost, propertyOf, stringValue, unwrap } from "../../syntax/value.js";
import { isFunction } from "../../syntax/walk.js";
import { type ExternalCall, externalCallAt, rejects } from "./external-calls.js";
import { nameOf } from "./http-calls.js";
import { optionsLiteral } from "../program/options.js";
import { definitionOf } from "../program/provenance.js";
import { waitsIn } from "../failures/rejections.js";

/** Something that is changed outside of the process, and may fail to be: a write to a database, an e-mail, a webhook. */
export interface Mutation {
  /** The call as its author wrote it, in the block that was asked about. */
  readonly name: string;
  readonly node: TSESTree.Node;
}

const changingMethods = /^(?:post|put|patch|delete|del)$/i;

/** Rows that may as well be lost: they are made again, or only ever looked at by whoever looks for trouble. */
const expendable = /cache|logs?$/i;

const answerFields = new Set(["ok", "status", "statusText"]);

/** Whether nobody takes what a call gives, but for whether it worked: what is asked for may have something in its stead. */
function isForItsEffect(node: TSESTree.Node, source: Source): boolean {
  const awaiting = outermost(node).parent;
  if (awaiting?.type === "ReturnStatement" || awaiting?.type === "ArrowFunctionExpression") return true;
  const parent = awaiting?.type === "AwaitExpression" ? outermost(awaiting).parent : awaiting;
  if (parent?.type === "ExpressionStatement" || parent?.type === "ArrayExpression" || parent?.type === "ReturnStatement") return true;
  if (parent?.type !== "VariableDeclarator" || parent.id.type !== "Identifier") return false;
  const variable = variableOf(parent.id, source);
  return variable !== null && readsOf(variable).every((read) => read.parent.type === "MemberExpression" && answerFields.has(memberName(read.parent) ?? ""));
}

/** Whether an HTTP call asks the other side to change something. */
function changesByHttp(node: TSESTree.CallExpression | TSESTree.NewExpression, source: Source): boolean {
  const callee = unwrap(node.callee);
  if (callee.type === "MemberExpression" && changingMethods.test(memberName(callee) ?? "")) return true;
  return node.arguments.some((argument) => {
    const options = optionsLiteral(argument, source);
    const method = options ? propertyOf(options, "method") : null;
    return method !== null && method !== "unknown" && changingMethods.test(stringValue(method) ?? "");
  });
}

function isMutation(call: ExternalCall, source: Source): boolean {
  if (!rejects(call, source)) return false;
  if (call.kind === "database") return call.query.effect === "write" && !expendable.test(call.query.model ?? "");
  if (!isForItsEffect(call.node, source)) return false;
  if (call.kind === "http") return changesByHttp(call.node, source) && !/log|track|analytic|metric|event/i.test(source.text.slice(...call.node.range));
  return sdkVerbs.test(call.name.split(".").at(-1) ?? "");
}

/** `Promise.all([save(), send()])`, `save().then(…)`: the calls that it stands for. */
function partsOf(call: TSESTree.CallExpression): readonly TSESTree.Node[] | null {
  const callee = unwrap(call.callee);
  if (callee.type !== "MemberExpression") return null;
  const method = memberName(callee) ?? "";
  if (method === "then" || method === "finally") return call.arguments.length > 1 ? [] : [callee.object];
  if (method === "catch") return [];
  if (callee.object.type !== "Identifier" || callee.object.name !== "Promise") return null;
  const [list] = call.arguments;
  return (method === "all" || method === "race") && list?.type === "ArrayExpression" ? list.elements.flatMap((element) => element ?? []) : [];
}

/** Functions of the project that are looked into, one within the other. */
const deepest = 2;

/** What an expression that is waited for changes, as its author calls it; `null` for what changes nothing, as far as can be told. */
function changeBy(node: TSESTree.Node, source: Source, left: number): string | null {
  const inner = unwrap(node);
  if (inner.type !== "CallExpression" && inner.type !== "TaggedTemplateExpression") return null;
  const external = externalCallAt(inner, source);
  if (external) return isMutation(external, source) ? external.name : null;
  if (inner.type !== "CallExpression") return null;
  const parts = partsOf(inner);
  if (parts) return firstOf(parts, source, left);
  const definition = left > 0 ? definitionOf(inner.callee, source) : null;
  if (definition?.kind !== "definition" || !isFunction(definition.node)) return null;
  const { body } = definition.node;
  const waits = body.type === "BlockStatement" ? waitsIn(body, definition.source) : [body.type === "AwaitExpression" ? body.argument : body];
  return firstOf(waits, definition.source, left - 1) === null ? null : nameOf(unwrap(inner.callee), source);
}

function firstOf(nodes: Iterable<TSESTree.Node>, source: Source, left: number): string | null {
  for (const node of nodes) {
    const name = changeBy(node, source, left);
    if (name !== null) return name;
  }
  return null;
}

/** The change that an expression stands for, when it is one. */
export function mutationAt(node: TSESTree.Node, source: Source): Mutation | null {
  const name = changeBy(node, source, deepest);
  return name === null ? null : { name, node };
}

/** The first change outside of the process that a block waits for, and whose failure leaves the block. */
export function mutationIn(block: TSESTree.Node, source: Source): Mutation | null {
  for (const awaited of waitsIn(block, source)) {
    const mutation = mutationAt(awaited, source);
    if (mutation) return mutation;
  }
  return null;
}
