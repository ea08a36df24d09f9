import type { TSESTree } from "@typescript-eslint/utils";

import { files } from "../../knowledge/http-clients.js";
import { calledName } from "../../syntax/nodes.js";
import { readsOf, variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { lastNameOf, memberName, outermost, propertyOf, resolveConst, stringValue, unwrap, unwrapAwait } from "../../syntax/value.js";
import { optionsLiteral } from "../program/options.js";
import { namesOf } from "./streams.js";

/** Whether a value is a file, or the bytes of one. */
function isFile(node: TSESTree.Node, source: Source): boolean {
  const value = unwrapAwait(resolveConst(unwrapAwait(unwrap(node)), source));
  if (value.type === "NewExpression") return files.made.has(lastNameOf(value.callee));
  return value.type === "CallExpression" && (files.made.has(calledName(value) ?? "") || isRead(value));
}

/** `response.arrayBuffer()` */
const isRead = (node: TSESTree.Node): boolean => {
  const callee = node.type === "CallExpression" ? unwrap(node.callee) : null;
  return callee?.type === "MemberExpression" && files.read.has(memberName(callee) ?? "");
};

/** `form.append("invoice", pdf, "invoice.pdf")`: what has a name of its own is a file. */
const appendsFile = (name: TSESTree.Node, source: Source): boolean => {
  const member = outermost(name).parent;
  if (member?.type !== "MemberExpression" || memberName(member) !== "append" || member.parent.type !== "CallExpression") return false;
  const [, value, filename] = member.parent.arguments;
  return filename !== undefined || (value !== undefined && isFile(value, source));
};

/** Whether what is sent is a file, or a form that has one; what a form that was handed in has is not known, and files are what such forms are for. */
function sendsFile(body: TSESTree.Node, source: Source): boolean {
  const value = unwrap(body);
  if (value.type !== "Identifier") return isFile(value, source);
  const variable = variableOf(value, source);
  const [definition] = variable?.defs ?? [];
  if (!variable || !definition) return false;
  if (definition.type === "Parameter" && definition.name.type === "Identifier") {
    const type = definition.name.typeAnnotation?.typeAnnotation;
    return type !== undefined && /^(?:FormData|Blob|File|Buffer|ReadStream)$/.test(source.text.slice(...type.range));
  }
  return isFile(value, source) || readsOf(variable).some((read) => appendsFile(read, source));
}

/** Whether a response's body is read as bytes, by a name of the response or at once. */
function givesFile(call: TSESTree.Node, source: Source): boolean {
  const isReadOf = (response: TSESTree.Node): boolean => {
    const member = outermost(response).parent;
    return member?.type === "MemberExpression" && member.object === outermost(response) && isRead(outermost(member).parent ?? member);
  };
  const awaited = outermost(call).parent?.type === "AwaitExpression" ? outermost(call).parent : null;
  if (isReadOf(call) || (awaited && isReadOf(awaited))) return true;
  return namesOf(call).some((name) => name.type === "Identifier" && (variableOf(name, source)?.references.some(({ identifier }) => isReadOf(identifier)) ?? false));
}

/** Whether a whole file goes out with a call, or comes back. */
export function movesFile(call: TSESTree.CallExpression, source: Source): boolean {
  for (const argument of call.arguments) {
    const options = optionsLiteral(argument, source);
    const told = (name: string): TSESTree.Node | null => {
      const value = options && propertyOf(options, name);
      return value === "unknown" ? null : value;
    };
    if (files.asked.has(stringValue(told("responseType"))?.toLowerCase() ?? "")) return true;
    if ([options ? null : argument, told("body"), told("data"), told("formData")].some((body) => body && sendsFile(body, source))) return true;
  }
  return givesFile(call, source);
}
