import type { TSESTree } from "@typescript-eslint/utils";

import { policyPackages, principalWords } from "../../knowledge/policies.js";
import type { Source } from "../../syntax/source.js";
import { lastNameOf, memberName, unwrap, unwrapAwait } from "../../syntax/value.js";
import { type FunctionNode, isFunction, walk } from "../../syntax/walk.js";
import type { Entry } from "../entries/entries.js";
import type { Stage } from "../entries/route-chains.js";
import { definitionOf } from "../program/provenance.js";
import { type Asked, askedBy, asksCaller, isKnownAuthorization } from "./asked.js";
import { isPermissionName, isPersonKey, isPrivilege } from "./policies.js";
import { denies, endsByError, isDecisive } from "./refusals.js";

const nameOf = (node: TSESTree.Node): string => {
  const inner = unwrapAwait(node);
  return inner.type === "CallExpression" ? nameOf(inner.callee) : lastNameOf(inner);
};

/** Whether an expression is who is asking, a part of it, or the request that tells. */
function isOfCaller(node: TSESTree.Node): boolean {
  const inner = unwrapAwait(node);
  if (inner.type === "CallExpression") return isOfCaller(inner.callee);
  const name = nameOf(inner);
  if (principalWords.test(name) || /^_?(?:req|request|ctx|context|c|roles?)$/.test(name)) return true;
  return inner.type === "MemberExpression" && isOfCaller(inner.object);
}

const throws = (fn: FunctionNode, source: Source): boolean => walk(fn.body, source, (node) => (node.type === "ThrowStatement" ? "stop" : undefined));

/** Whether a call asks for a permission, and somebody is turned away for the answer. */
function isPermissionCall(call: TSESTree.CallExpression, fn: FunctionNode, source: Source): boolean {
  const value = definitionOf(call.callee, source);
  if (value?.kind === "external" && policyPackages.some(({ modules }) => modules.includes(value.module))) return true;
  if (!isPermissionName(nameOf(call)) || value?.kind === "external") return false;
  const asked = value?.kind === "definition" && isFunction(value.node) ? { fn: value.node, source: value.source } : null;
  const isAboutCaller = call.arguments.some(isOfCaller) || (asked !== null && asksCaller(asked.fn, asked.source));
  if (!isAboutCaller) return false;
  const ends = asked !== null && (throws(asked.fn, asked.source) || denies(asked.fn, asked.source)) && endsByError(call, fn, source);
  return ends || isDecisive(call, fn, source);
}

/** `order.userId !== session.user.id`: somebody else's. */
function comparesOwner({ operator, left, right }: TSESTree.BinaryExpression): boolean {
  if (!/^[!=]==?$/.test(operator)) return false;
  return [[left, right], [right, left]].some(([one, other]) => {
    const owner = one && unwrap(one);
    return owner?.type === "MemberExpression" && isPersonKey(memberName(owner) ?? "") && other !== undefined && isOfCaller(other);
  });
}

function asksPermission(node: TSESTree.Node, fn: FunctionNode, source: Source): boolean {
  switch (node.type) {
    case "CallExpression":
      return isPermissionCall(node, fn, source);
    case "MemberExpression":
      return isPrivilege(memberName(node) ?? "") && node.parent.type !== "MemberExpression" && isOfCaller(node.object) && isDecisive(node, fn, source);
    case "BinaryExpression":
      return comparesOwner(node) && isDecisive(node, fn, source);
    default:
      return false;
  }
}

const isPermissionStage = ({ node, source }: Stage): boolean => isKnownAuthorization(node, source) || (isPermissionName(nameOf(node)) && askedBy(node, source).presence === "found");

/**
 * What asks what the caller may do: something that stands before a handler, or a call, a role or an owner in it by which somebody is turned
 * away. A name alone asks nothing.
 *
 * @param stages what stands before the handler.
 */
export function permissionAsked(entry: Entry, stages: readonly Stage[], source: Source): Omit<Asked, "presence"> | null {
  const stage = stages.find(isPermissionStage);
  if (stage) return stage;
  const found: TSESTree.Node[] = [];
  walk(entry.node.body, source, (node) => {
    if (asksPermission(node, entry.node, source)) found.push(node);
    return found.length > 0 ? "stop" : undefined;
  });
  return found[0] ? { node: found[0], source } : null;
}
