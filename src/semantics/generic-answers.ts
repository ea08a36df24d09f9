import type { TSESTree } from "@typescript-eslint/utils";

import { type Edit, insertStatementBefore, together } from "../syntax/edit.js";
import { readsOf, variableOf } from "../syntax/scope.js";
import type { Source } from "../syntax/source.js";
import { memberName, outermost, stringValue, unwrap } from "../syntax/value.js";
import { contains, isWithin } from "../syntax/walk.js";
import type { Detail, SentDetails } from "./error-details.js";
import { type FailureHandler, isErrorKept } from "./failure-handling.js";

const general = "Internal server error";

/** The whole text that a detail is a part of, type syntax and fallbacks included, and the text that the author has for want of one. */
function textAround(detail: TSESTree.Node, isMade: (test: TSESTree.Node) => boolean): { node: TSESTree.Node; fallback: string | null } {
  let node = outermost(detail);
  let fallback: string | null = null;
  const other = (candidate: TSESTree.Node): void => {
    if (stringValue(candidate)) fallback = stringValue(candidate);
  };
  for (let parent = node.parent; parent; parent = node.parent) {
    if (parent.type === "LogicalExpression") other(parent.right);
    else if (parent.type === "ConditionalExpression" && parent.test !== node && isMade(parent.test)) other(parent.consequent === node ? parent.alternate : parent.consequent);
    else if (parent.type === "TemplateLiteral" || (parent.type === "BinaryExpression" && parent.operator === "+")) fallback = null;
    else if (!isTextOf(parent, node)) break;
    node = outermost(parent);
  }
  return { node, fallback };
}

/** `String(error)`, `error.message.slice(0, 200)` */
const isTextOf = (parent: TSESTree.Node, node: TSESTree.Node): boolean => {
  if (parent.type === "MemberExpression") return parent.object === node && parent.parent.type === "CallExpression" && parent.parent.callee === parent;
  if (parent.type !== "CallExpression") return false;
  return parent.callee === node || (parent.callee.type === "Identifier" && parent.callee.name === "String");
};

/** The object literal's property or spread that has the node as its value. */
const propertyAround = (node: TSESTree.Node): TSESTree.Property | TSESTree.SpreadElement | null => {
  const { parent } = node;
  if (parent?.type === "SpreadElement") return parent.parent.type === "ObjectExpression" ? parent : null;
  return parent?.type === "Property" && parent.parent.type === "ObjectExpression" && parent.value === node ? parent : null;
};

/** Takes a property out of its object, with the comma that parts it from its neighbour. */
function removal(property: TSESTree.Property | TSESTree.SpreadElement): Edit | null {
  const { properties } = property.parent as TSESTree.ObjectExpression;
  const index = properties.indexOf(property);
  const [before, after] = [properties[index - 1], properties[index + 1]];
  if (before) return (fixer) => [fixer.removeRange([before.range[1], property.range[1]])];
  return after ? (fixer) => [fixer.removeRange([property.range[0], after.range[0]])] : null;
}

/** A whole body is JSON where it was an object: in `res.json(error)` and `JSON.stringify(error)`. */
const isJson = (node: TSESTree.Node): boolean => {
  const call = node.parent;
  if (call?.type !== "CallExpression" || call.callee.type !== "MemberExpression") return false;
  return /^(?:json|stringify)$/.test(memberName(call.callee) ?? "");
};

interface Replacement {
  readonly edit: Edit;
  /** What is no longer there. */
  readonly gone: readonly TSESTree.Node[];
}

function replacement({ what, node: detail }: Detail, source: Source): Replacement | null {
  const { node, fallback } = textAround(detail, (test) => contains(test, source, (inner) => inner.type === "Identifier" && source.text.slice(...detail.range).startsWith(inner.name)));
  const unused = declarationLeft(detail, source);
  if (unused === "unknown") return null;
  const also: Edit[] = unused ? [(fixer) => [fixer.removeRange(lineOf(unused, source))]] : [];
  const gone = unused ? [node, unused] : [node];
  const property = propertyAround(node);
  const text = JSON.stringify(fallback ?? general);
  if (property && (what === "stack" || property.type === "SpreadElement")) {
    const edit = removal(property);
    return edit && { edit: together(edit, ...also), gone: [...gone, property] };
  }
  const written = property?.type === "Property" && property.shorthand ? `${source.text.slice(...property.key.range)}: ${text}` : what === "error" && !property && isJson(node) ? `{ error: ${text} }` : text;
  return { edit: together((fixer) => [fixer.replaceText(node, written)], ...also), gone };
}

/** The declaration of a name that nothing else would read; `"unknown"` when taking it away is not as simple as that. */
function declarationLeft(detail: TSESTree.Node, source: Source): TSESTree.VariableDeclaration | "unknown" | null {
  const name = unwrap(detail);
  const variable = name.type === "Identifier" ? variableOf(name, source) : null;
  const definition = variable?.defs[0];
  if (!variable || definition?.type !== "Variable" || readsOf(variable).length > 1) return null;
  const { init, id, parent } = definition.node as TSESTree.VariableDeclarator;
  const isAlone = parent.declarations.length === 1 && parent.parent.type === "BlockStatement" && id.type === "Identifier" && variable.references.length === 2;
  const calls = (node: TSESTree.Node): boolean => node.type === "CallExpression" && !(node.callee.type === "Identifier" && node.callee.name === "String");
  return isAlone && init && !contains(init, source, calls) && parent.type === "VariableDeclaration" ? parent : "unknown";
}

function lineOf({ range: [start, end] }: TSESTree.Node, { text }: Source): [number, number] {
  const rest = /^[\t ]*\r?\n[\t ]*/.exec(text.slice(end))?.[0] ?? "";
  return [start, end + rest.length];
}

/** Logs the error first thing in its handler. */
function logging({ binding, body }: FailureHandler, source: Source): Edit | null {
  if (binding?.type !== "Identifier") return null;
  const text = `console.error(${binding.name});`;
  if (body.type !== "BlockStatement") {
    const start = source.text.lastIndexOf("=>", body.range[0]) + 2;
    return (fixer) => [fixer.insertTextAfterRange([start, start], ` { ${text} return`), fixer.insertTextAfterRange([body.parent!.range[1], body.parent!.range[1]], "; }")];
  }
  const [first] = body.body;
  return first ? insertStatementBefore(first, text, source) : null;
}

/**
 * Answers with a text that says nothing about the error, and logs the error where its handler does not keep it by itself.
 *
 * @returns `null` where that is not simple enough to be left to a machine.
 */
export function withoutDetails({ details }: SentDetails, handler: FailureHandler, source: Source): Edit | null {
  if (handler.binding?.type !== "Identifier") return null;
  const replacements: Replacement[] = [];
  for (const detail of details) {
    if (detail.source !== source || !isWithin(detail.node, handler.body)) return null;
    if (replacements.some(({ gone: [first] }) => first && isWithin(detail.node, first))) continue;
    const found = replacement(detail, source);
    if (!found) return null;
    replacements.push(found);
  }
  const gone = replacements.flatMap((found) => found.gone);
  const log = isErrorKept(handler, source, gone) ? together() : logging(handler, source);
  return log && together(log, ...replacements.map(({ edit }) => edit));
}
