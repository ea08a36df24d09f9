import type { TSESTree } from "@typescript-eslint/utils";

import { variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { keyName, memberName, outermost, propertyOf, stringValue, unwrap } from "../../syntax/value.js";
import { enclosingFunction, isFunction } from "../../syntax/walk.js";
import { entryOf } from "../entries/entries.js";
import { optionsLiteral } from "../program/options.js";

/** What reads a body whole, or throws it away: a deadline for all of it does no harm. */
const whole = new Set(["json", "text", "arrayBuffer", "blob", "bytes", "formData", "dump", "cancel", "destroy"]);

const tests = new Set(["UnaryExpression", "IfStatement", "BinaryExpression", "WhileStatement"]);

/** Whether `response.body`, at a place where it is read, goes on as a stream. */
function isStream(body: TSESTree.Node): boolean {
  const node = outermost(body);
  const { parent } = node;
  if (!parent || tests.has(parent.type)) return false;
  if (parent.type === "LogicalExpression" && parent.left === node && parent.operator !== "??") return false;
  if (parent.type === "ConditionalExpression" && parent.test === node) return false;
  return !(parent.type === "MemberExpression" && parent.object === node && whole.has(memberName(parent) ?? ""));
}

/** The places that give the response of a call a name: `const response = await …`, `.then((response) => …)`, `const { body } = await …`. */
export function namesOf(call: TSESTree.Node): TSESTree.Node[] {
  let node = outermost(call);
  const { parent } = node;
  if (parent?.type === "MemberExpression" && memberName(parent) === "then" && parent.parent.type === "CallExpression") {
    const [callback] = parent.parent.arguments;
    const inner = callback && unwrap(callback);
    return isFunction(inner) && inner.params[0] ? [inner.params[0]] : [];
  }
  if (parent?.type === "AwaitExpression") node = outermost(parent);
  if (node.parent?.type === "VariableDeclarator") return [node.parent.id];
  if (node.parent?.type === "AssignmentExpression") return [node.parent.left];
  return [];
}

function streamsFrom(name: TSESTree.Node, source: Source): boolean {
  if (name.type === "ObjectPattern") {
    const body = name.properties.find((property) => property.type === "Property" && keyName(property.key, property.computed) === "body");
    if (body?.type !== "Property" || body.value.type !== "Identifier") return false;
    return variableOf(body.value, source)?.references.some(({ identifier }) => identifier !== body.value && isStream(identifier)) ?? false;
  }
  if (name.type !== "Identifier") return false;
  return (
    variableOf(name, source)?.references.some(({ identifier }) => {
      const { parent } = identifier;
      return parent.type === "MemberExpression" && parent.object === identifier && memberName(parent) === "body" && isStream(parent);
    }) ?? false
  );
}

/** Whether the body of the request says that the answer is to come in pieces: `stream: true`, or a flag that may be so. */
function asksForStream(options: TSESTree.ObjectExpression, source: Source): boolean {
  for (const option of ["body", "json", "data", "params"]) {
    const value = propertyOf(options, option);
    if (value !== null && value !== "unknown" && hasStreamFlag(value, source)) return true;
  }
  return false;
}

function hasStreamFlag(node: TSESTree.Node, source: Source): boolean {
  const inner = unwrap(node);
  const isStringified = inner.type === "CallExpression" && inner.callee.type === "MemberExpression" && memberName(inner.callee) === "stringify";
  const object = optionsLiteral(isStringified ? inner.arguments[0] : inner, source);
  const flag = object && propertyOf(object, "stream");
  if (!flag || flag === "unknown") return false;
  const value = unwrap(flag);
  return value.type !== "Literal" || value.value === true;
}

/**
 * Whether the answer of a call is read piece by piece: server-sent events, a model's words, a file that is passed on. A deadline
 * for the whole of it would cut it off.
 *
 * @param given the arguments that may hold options or the body of the request.
 */
export function isStreamed(call: TSESTree.CallExpression | TSESTree.NewExpression, given: readonly TSESTree.Node[], source: Source): boolean {
  for (const argument of given) {
    const options = optionsLiteral(argument, source);
    if (!options) continue;
    if (hasStreamFlag(options, source) || asksForStream(options, source)) return true;
    const [duplex, responseType] = [propertyOf(options, "duplex"), propertyOf(options, "responseType")];
    if (duplex !== null && duplex !== "unknown") return true;
    if (responseType !== null && responseType !== "unknown" && stringValue(responseType) === "stream") return true;
    if (/["'`]text\/event-stream["'`]/i.test(source.text.slice(...options.range))) return true;
  }
  return namesOf(call).some((name) => streamsFrom(name, source)) || readsBodyAtOnce(call) || answersRequest(call, source);
}

/** `(await fetch(url)).body` */
function readsBodyAtOnce(call: TSESTree.Node): boolean {
  let node = outermost(call);
  if (node.parent?.type === "AwaitExpression") node = outermost(node.parent);
  const { parent } = node;
  return parent?.type === "MemberExpression" && parent.object === node && memberName(parent) === "body" && isStream(parent);
}

/** Whether an entry answers with the response itself, which then passes its body on as it comes. */
function answersRequest(call: TSESTree.Node, source: Source): boolean {
  const fn = enclosingFunction(call);
  if (!fn || !entryOf(fn, source)) return false;
  const isReturned = (node: TSESTree.Node): boolean => {
    const outer = outermost(node);
    const { parent } = outer;
    if (parent?.type === "AwaitExpression") return isReturned(parent);
    return parent?.type === "ReturnStatement" || parent === fn;
  };
  return isReturned(call) || namesOf(call).some((name) => name.type === "Identifier" && (variableOf(name, source)?.references.some(({ identifier }) => isReturned(identifier)) ?? false));
}
