import type { TSESTree } from "@typescript-eslint/utils";

import { readText } from "../../project/disk.js";
import { fileFacts } from "../../project/file.js";
import { resolveSpecifier } from "../../project/resolve.js";
import { variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { memberName, unwrap } from "../../syntax/value.js";
import { enclosingFunction, type FunctionNode, isFunction } from "../../syntax/walk.js";
import { externalCallAt, rejects, waitsToBeRun } from "../calls/external-calls.js";
import { nameOf } from "../calls/http-calls.js";
import { definitionOf } from "../program/provenance.js";
import { type Chain, chainOf, riskOf } from "./rejections.js";

/** A call that leaves the process, itself or in the project's own function that it calls, whose failure nothing in the program sees. */
export interface UnobservedCall {
  readonly node: TSESTree.CallExpression | TSESTree.TaggedTemplateExpression;
  readonly name: string;
  /** What fails in the project's own function; `null` where the call itself does. */
  readonly within: string | null;
  readonly chain: Chain;
}

/** Methods of loggers, emitters and lists: a cheap look, before a callee is followed. */
const told = /^(?:log|trace|debug|verbose|info|warn|error|fatal|emit|on|off|once|push|next)$/;

/** Whether a call tells a logger, an emitter or a list something, and gives no promise. */
export const isTold = (node: TSESTree.CallExpression | TSESTree.TaggedTemplateExpression): boolean => {
  const callee = node.type === "CallExpression" ? unwrap(node.callee) : null;
  return callee?.type === "MemberExpression" && told.test(memberName(callee) ?? "");
};

/** Whether nothing takes a promise that a call may give: a cheap look, before it is asked what the call is. */
export function isDropped(node: TSESTree.CallExpression | TSESTree.TaggedTemplateExpression): boolean {
  if (isTold(node)) return false;
  const { caught, fate } = chainOf(node);
  return !caught && fate === "dropped";
}

/** Whether the text of the module that a name is imported from has an asynchronous function of that name: a cheap look, before it is parsed. */
function isAsyncInItsModule(specifier: TSESTree.ImportSpecifier, source: Source): boolean {
  const filename = fileFacts(source)?.filename;
  const target = filename === undefined ? null : resolveSpecifier(specifier.parent.type === "ImportDeclaration" ? specifier.parent.source.value : "", filename);
  const text = target && "file" in target ? readText(target.file) : null;
  const name = specifier.imported.type === "Identifier" ? specifier.imported.name : null;
  return text !== null && name !== null && new RegExp(`\\basync\\s+function\\s+${name}\\b|\\b${name}\\s*=\\s*async\\b`).test(text);
}

/** Whether a callee may be the project's own asynchronous function: `notify`, `this.notify`, `this.mails.notify`. */
function mayBeOwn(callee: TSESTree.Node, source: Source): boolean {
  if (callee.type === "Identifier") {
    const node = variableOf(callee, source)?.defs[0]?.node;
    return node !== undefined && (node.type === "ImportSpecifier" ? isAsyncInItsModule(node, source) : node.type !== "ImportDefaultSpecifier" && node.type !== "ImportNamespaceSpecifier");
  }
  if (callee.type !== "MemberExpression") return false;
  const object = unwrap(callee.object);
  return object.type === "ThisExpression" || (object.type === "MemberExpression" && object.object.type === "ThisExpression");
}

/** The project's own asynchronous function that a call runs, and the module that it stands in. */
export function ownAsyncFunctionOf(call: TSESTree.CallExpression, source: Source): { readonly fn: FunctionNode; readonly source: Source } | null {
  const callee = unwrap(call.callee);
  const value = mayBeOwn(callee, source) ? definitionOf(callee, source) : null;
  return value?.kind === "definition" && isFunction(value.node) && value.node.async ? { fn: value.node, source: value.source } : null;
}

/** What leaves the process and may fail in the project's own asynchronous function that a call runs. */
function riskWithin(call: TSESTree.CallExpression, source: Source): string | null {
  const own = ownAsyncFunctionOf(call, source);
  const risk = own && riskOf(own.fn, own.source);
  return risk?.external ? risk.name : null;
}

/**
 * The call at a node that leaves the process, if its promise is dropped and nothing observes its rejection. What runs while the module
 * is loaded is left alone: an app that cannot start may end.
 */
export function unobservedCallAt(node: TSESTree.Node, source: Source): UnobservedCall | null {
  if (node.type !== "CallExpression" && node.type !== "TaggedTemplateExpression") return null;
  if (!isDropped(node) || enclosingFunction(node) === null) return null;
  const chain = chainOf(node);
  const call = externalCallAt(node, source);
  if (call) return rejects(call, source) && !(waitsToBeRun(call) && chain.node === node) ? { node: call.node as UnobservedCall["node"], name: call.name, within: null, chain } : null;
  const within = node.type === "CallExpression" ? riskWithin(node, source) : null;
  return within === null ? null : { node, name: nameOf((node as TSESTree.CallExpression).callee, source), within, chain };
}
