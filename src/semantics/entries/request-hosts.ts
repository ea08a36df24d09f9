import type { TSESTree } from "@typescript-eslint/utils";

import { hostHeaders, hostMembers, trustedLink } from "../../knowledge/request-hosts.js";
import { readsOf, variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { memberName, outermost, resolveConst, stringValue, unwrap } from "../../syntax/value.js";
import { enclosingFunction, type FunctionNode, returnsOf } from "../../syntax/walk.js";
import { isEnvironment } from "../environment/env.js";
import { isDevelopmentOnly } from "../program/guards.js";
import { originOf } from "../program/provenance.js";
import { responseAt } from "./responses.js";

/** A link with something to trust in it, on a host that whoever sends the request has named. */
export interface ForeignLink {
  readonly node: TSESTree.Node;
  /** What names the host, as its author wrote it. */
  readonly host: string;
}

/** Whether a file's text reads the host of a request. */
export const readsHost = ({ text }: Source): boolean => /\.host(?:name)?\b|["'`](?:x-forwarded-)?host["'`]/i.test(text) && trustedLink.test(text);

/** Whether an expression begins at what a handler is given, or at the headers of the request that is being answered. */
function isOfRequest(node: TSESTree.Node, source: Source): boolean {
  let current = resolveConst(node, source);
  while (current.type === "MemberExpression" || current.type === "CallExpression" || current.type === "AwaitExpression") {
    if (current.type === "AwaitExpression") current = resolveConst(current.argument, source);
    else if (current.type === "MemberExpression") current = resolveConst(current.object, source);
    else {
      if (originOf(current.callee, source)?.module === "next/headers") return true;
      current = resolveConst(current.callee, source);
    }
  }
  return current.type === "Identifier" && variableOf(current, source)?.defs[0]?.type === "Parameter";
}

/** What names the host of a request in an expression: `req.headers.host`, `req.get("host")`, `headers().get("x-forwarded-host")`. */
function hostIn(node: TSESTree.Node, source: Source, left = 4): TSESTree.Node | null {
  const inner = resolveConst(node, source);
  if (left === 0) return null;
  if (inner.type === "LogicalExpression") {
    // Where the app has an address of its own, the host is not asked for.
    const first = hostIn(inner.left, source, left - 1);
    const ownFirst = first === null && mentionsOwnAddress(inner.left, source);
    return ownFirst ? null : (first ?? hostIn(inner.right, source, left - 1));
  }
  if (inner.type === "MemberExpression") {
    const object = unwrap(inner.object);
    const name = memberName(inner)?.toLowerCase() ?? "";
    const isHeader = object.type === "MemberExpression" && memberName(object) === "headers" && hostHeaders.has(name);
    return (isHeader || (hostMembers.has(name) && object.type === "Identifier" && /^(?:req|request)$/.test(object.name))) && isOfRequest(object, source) ? inner : null;
  }
  if (inner.type !== "CallExpression") return null;
  const callee = unwrap(inner.callee);
  if (callee.type !== "MemberExpression" || !/^(?:get|header)$/.test(memberName(callee) ?? "")) return null;
  return hostHeaders.has(stringValue(inner.arguments[0])?.toLowerCase() ?? "") && isOfRequest(callee.object, source) ? inner : null;
}

const mentionsOwnAddress = (node: TSESTree.Node, source: Source): boolean => {
  const inner = resolveConst(node, source);
  return inner.type === "MemberExpression" && isEnvironment(inner.object, source);
};

interface Part {
  readonly text: string;
  readonly node: TSESTree.Node | null;
}

/** The parts of a text that is put together, in their order. */
function* partsOf(node: TSESTree.Node, source: Source): Generator<Part> {
  const inner = unwrap(node);
  if (inner.type === "BinaryExpression" && inner.operator === "+") {
    yield* partsOf(inner.left, source);
    yield* partsOf(inner.right, source);
  } else if (inner.type === "TemplateLiteral") {
    for (const [index, { value }] of inner.quasis.entries()) {
      yield { text: value.raw, node: null };
      const hole = inner.expressions[index];
      if (hole) yield { text: "", node: hole };
    }
  } else yield { text: stringValue(inner) ?? "", node: stringValue(inner) === null ? inner : null };
}

/** Whether a text is a part of a longer one, which is looked at as a whole. */
const isPart = (node: TSESTree.Node): boolean => node.parent?.type === "BinaryExpression" && node.parent.operator === "+";

/** Whether a function draws what its caller sees: a component, or a page that a server renders. */
const isDrawing = (fn: FunctionNode, source: Source): boolean =>
  (fn.body.type !== "BlockStatement" ? [fn.body] : returnsOf(fn, source)).some((value) => /^JSX(?:Element|Fragment)$/.test(unwrap(value).type));

/** Whether a link goes back to whoever has sent the request, and to nobody else: in the answer, or on the page that is drawn for them. */
function goesBack(node: TSESTree.Node, source: Source, left = 3): boolean {
  const fn = enclosingFunction(node);
  if (fn && isDrawing(fn, source)) return true;
  for (let current = outermost(node); current.parent; current = outermost(current.parent)) {
    const { parent } = current;
    if (parent.type === "VariableDeclarator") {
      const variable = parent.id.type === "Identifier" && left > 0 ? variableOf(parent.id, source) : null;
      const reads = variable ? readsOf(variable) : [];
      return reads.length > 0 && reads.every((read) => goesBack(read, source, left - 1));
    }
    if (parent.type === "CallExpression" || parent.type === "NewExpression") return parent.callee !== current && responseAt(parent, source) !== null;
    if (!/^(?:Property|ObjectExpression|ArrayExpression|ConditionalExpression|LogicalExpression|TemplateLiteral)$/.test(parent.type)) return false;
  }
  return false;
}

/** The link that a text is, where it lets in whoever opens it and the request names its host. */
export function foreignLinkAt(node: TSESTree.BinaryExpression | TSESTree.TemplateLiteral, source: Source): ForeignLink | null {
  if (isPart(node) || (node.type === "BinaryExpression" && node.operator !== "+")) return null;
  const parts = [...partsOf(node, source)];
  const at = parts.findIndex((part) => part.node !== null && hostIn(part.node, source) !== null);
  const place = parts[at]?.node;
  if (!place || !/(?:\/\/|:\/\/\s*)$/.test(parts.slice(0, at).map(({ text }, index) => (text === "" && parts[index]?.node ? "…" : text)).join(""))) return null;
  const rest = parts.slice(at + 1).map(({ text }) => text).join("…");
  if (!trustedLink.test(rest.split(/[\s"'<>]/)[0] ?? "")) return null;
  const host = hostIn(place, source);
  return host === null || goesBack(node, source) || isDevelopmentOnly(host, source) || isDevelopmentOnly(node, source) ? null : { node: place, host: source.text.slice(...host.range) };
}
