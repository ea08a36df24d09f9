import type { TSESTree } from "@typescript-eslint/utils";

import { type Edit, insertStatementBefore, together } from "../../syntax/edit.js";
import { readsOf, variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { memberName, outermost, stringValue, unwrap } from "../../syntax/value.js";
import { contains, isWithin } from "../../syntax/walk.js";
import type { Detail, SentDetails } from "./error-details.js";
import { caughtBy, type FailureHandler, isErrorKept } from "./failure-handling.js";
import { outerFrame } from "../program/frames.js";

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
    else if (parent.type === "TemplateLiteral" || (parent.type === "BinaryExpression" && parent.operator === "+")) fallback = textBefore(node, parent);
    else if (!isTextOf(parent, node)) break;
    node = outermost(parent);
  }
  return { node, fallback };
}

/** "Could not save" of `Could not save: ${error.message}`. */
function textBefore(node: TSESTree.Node, whole: TSESTree.TemplateLiteral | TSESTree.BinaryExpression): string | null {
  const isLast = whole.type === "TemplateLiteral" ? whole.expressions.length === 1 && whole.quasis[1]?.value.cooked === "" : whole.right === node;
  const text = whole.type === "TemplateLiteral" ? whole.quasis[0]?.value.cooked : stringValue(whole.left);
  return (isLast && text?.replace(/[\s:–—(-]+$/, "")) || null;
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
  readonly gone: TSESTree.Node;
  readonly removes: boolean;
}

/** A page or picture with the detail in it is not to be replaced by a sentence. */
const isMarkup = (node: TSESTree.Node, source: Source): boolean => contains(node, source, (inner) => inner.type === "TemplateElement" && inner.value.raw.includes("</"));

function replacement({ what, node: detail }: Detail, isMade: (node: TSESTree.Node) => boolean, source: Source): Replacement | null {
  const { node, fallback } = textAround(detail, isMade);
  if (isMarkup(node, source)) return null;
  const property = propertyAround(node);
  if (property && (what === "stack" || property.type === "SpreadElement")) {
    const edit = removal(property);
    return edit && { edit, gone: property, removes: true };
  }
  const text = JSON.stringify(fallback ?? general);
  const isShorthand = property?.type === "Property" && property.shorthand;
  const isWhole = what === "error" && !property && isJson(node);
  const written = isShorthand ? `${source.text.slice(...property.key.range)}: ${text}` : isWhole ? `{ error: ${text} }` : text;
  return { edit: (fixer) => [fixer.replaceText(isShorthand ? property : node, written)], gone: property ?? node, removes: false };
}

/** The declarations of names that nothing reads once the nodes are gone; `null` when taking one away is not as simple as that. */
function declarationsLeft(details: readonly Detail[], gone: readonly TSESTree.Node[], source: Source): TSESTree.VariableDeclaration[] | null {
  const left = new Set<TSESTree.VariableDeclaration>();
  for (const { node } of details) {
    const name = unwrap(node);
    const variable = name.type === "Identifier" ? variableOf(name, source) : null;
    const definition = variable?.defs[0];
    if (!variable || definition?.type !== "Variable") continue;
    const reads = readsOf(variable);
    if (!reads.every((read) => gone.some((outer) => isWithin(read, outer)))) continue;
    const { init, id, parent } = definition.node;
    const isAlone = parent.declarations.length === 1 && parent.parent.type === "BlockStatement" && id.type === "Identifier";
    const isWrittenOnce = variable.references.length === reads.length + 1;
    if (!init || !isAlone || !isWrittenOnce || contains(init, source, isForeignCall) || isMarkup(init, source)) return null;
    left.add(parent);
  }
  return [...left];
}

/** A call that does something, or that an import is needed for. */
const isForeignCall = (node: TSESTree.Node): boolean => node.type === "CallExpression" && !(node.callee.type === "Identifier" && node.callee.name === "String");

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
    return (fixer) => [fixer.insertTextAfterRange([start, start], ` { ${text} return`), fixer.insertTextAfterRange([body.parent.range[1], body.parent.range[1]], "; }")];
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
  const caught = caughtBy(handler, source);
  const frame = outerFrame(handler.node, source);
  let replacements: Replacement[] = [];
  for (const detail of details) {
    if (!isWithin(detail.node, handler.body)) return null;
    if (replacements.some(({ gone }) => isWithin(detail.node, gone))) continue;
    const found = replacement(detail, (node) => caught.isReadIn({ node, frame }), source);
    if (!found) return null;
    replacements = [...replacements.filter(({ gone }) => !isWithin(gone, found.gone)), found];
  }
  // Two properties taken out of one object may share a comma.
  if (replacements.filter(({ removes }) => removes).length > 1) return null;
  const gone = replacements.map((found) => found.gone);
  const left = declarationsLeft(details, gone, source);
  if (!left) return null;
  const log = isErrorKept(handler, source, [...gone, ...left]) ? together() : logging(handler, source);
  const removals = left.map((declaration): Edit => (fixer) => [fixer.removeRange(lineOf(declaration, source))]);
  return log && together(log, ...removals, ...replacements.map(({ edit }) => edit));
}
