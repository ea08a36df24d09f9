import type { TSESTree } from "@typescript-eslint/utils";

import { comparisons, keyMakers } from "../../knowledge/hardcoded.js";
import { readsOf, variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { keyName, lastNameOf, memberName, outermost, resolveConst, stringValue, unwrap } from "../../syntax/value.js";
import { ancestor, contains, isClass } from "../../syntax/walk.js";
import { nameOf } from "../calls/http-calls.js";
import { type KeySink, keysDeclared, keysOf, sinkOf, sinkOfDeclared } from "./key-sinks.js";

/**
 * Where a secret comes to in its file: a call for which it is the key; a comparison with a header of a request, behind words
 * (`Bearer ${secret}`); the headers of a request of the app's own; or anything else.
 */
export type SecretEnd = { readonly as: "key"; readonly sink: KeySink; readonly callee: string } | { readonly as: "header" | "sent" | "unknown" };

const unknown: readonly SecretEnd[] = [{ as: "unknown" }];

/** A secret is handed on more often than this by nobody. */
const deepest = 8;

/** Whether a call compares its arguments, by its name. */
export const isComparison = (call: TSESTree.CallExpression): boolean => comparisons.test(lastNameOf(call.callee));

/** Whether an expression is a header of a request, by what it is made of. */
const isHeader = (node: TSESTree.Node, source: Source): boolean =>
  contains(resolveConst(node, source), source, (part) => /header|authori[sz]ation/i.test(part.type === "Identifier" ? part.name : (stringValue(part) ?? "")));

/** The call that takes a node for its key, itself or among its options, or the library for whose options it stands in an object. */
function keyCallAround(node: TSESTree.Node, source: Source): SecretEnd | null {
  let current = outermost(node);
  for (let left = 4; left > 0 && current.parent; left -= 1, current = outermost(current.parent)) {
    const { parent } = current;
    const object = unwrap(current);
    const declared = object.type === "ObjectExpression" ? sinkOfDeclared(object, source) : null;
    if (declared && keysDeclared(object as TSESTree.ObjectExpression, declared).some((key) => contains(key, source, (part) => part === unwrap(node)))) return { as: "key", sink: declared, callee: declared.module };
    if (parent.type !== "CallExpression" && parent.type !== "NewExpression") {
      if (/^(?:Property|ObjectExpression|ArrayExpression)$/.test(parent.type)) continue;
      return null;
    }
    const sink = sinkOf(parent, source);
    const isKey = sink !== null && keysOf(parent, sink, source).some((key) => contains(key, source, (part) => part === unwrap(node)));
    return sink && isKey ? { as: "key", sink, callee: nameOf(parent.callee, source) } : null;
  }
  return null;
}

/** Whether a property has the headers of a request. */
const isOfHeaders = (node: TSESTree.Node | undefined): boolean => node?.type === "Property" && keyName(node.key, node.computed) === "headers";

/** Whether a variable holds headers, and nothing else becomes of it: `const headers = { … }; fetch(url, { headers })`. */
const holdsHeaders = (name: TSESTree.Identifier, source: Source): boolean => {
  const variable = variableOf(name, source);
  const reads = variable ? readsOf(variable).filter(({ parent }) => !(parent.type === "MemberExpression" && parent.parent.type === "AssignmentExpression" && parent.parent.left === parent)) : [];
  return reads.length > 0 && reads.every(({ parent }) => isOfHeaders(parent));
};

/** Whether a value is sent along with a request of the app's own: whoever gets it checks it. */
const isSent = (node: TSESTree.Node, source: Source): boolean =>
  ancestor(node, (around) => {
    if (around.type !== "ObjectExpression") return false;
    const { parent } = outermost(around);
    return isOfHeaders(parent) || (parent?.type === "VariableDeclarator" && parent.id.type === "Identifier" && holdsHeaders(parent.id, source));
  }) !== null;

class Search {
  constructor(readonly source: Source) {}

  /** @param isBehindWords whether the secret is the end of a text that begins with words and a blank. */
  from(node: TSESTree.Node, isBehindWords: boolean, left: number): readonly SecretEnd[] {
    const whole = outermost(node);
    const { parent } = whole;
    if (!parent || left === 0) return unknown;
    const on = (next: TSESTree.Node, behind = isBehindWords): readonly SecretEnd[] => this.from(next, behind, left - 1);
    switch (parent.type) {
      case "LogicalExpression":
      case "AwaitExpression":
        return on(parent);
      case "ConditionalExpression":
        return parent.test === whole ? [] : on(parent);
      case "UnaryExpression":
      case "IfStatement":
        return [];
      case "VariableDeclarator":
        return parent.init === whole && parent.id.type === "Identifier" && parent.parent.parent.type !== "ExportNamedDeclaration" ? this.#ofReads(parent.id, isBehindWords, left) : unknown;
      case "PropertyDefinition":
        return parent.key.type === "Identifier" || parent.key.type === "PrivateIdentifier" ? this.#ofField(parent, parent.key.name, isBehindWords, left) : unknown;
      case "AssignmentExpression": {
        const { left: target } = parent;
        if (parent.right !== whole) return [];
        if (target.type === "Identifier") return this.#ofReads(target, isBehindWords, left);
        return target.type === "MemberExpression" && target.object.type === "ThisExpression" ? this.#ofField(target, memberName(target) ?? "", isBehindWords, left) : unknown;
      }
      case "AssignmentPattern":
        return parent.left.type === "Identifier" ? this.#ofReads(parent.left, isBehindWords, left) : unknown;
      case "TemplateLiteral": {
        const [first, ...rest] = parent.quasis;
        const isLast = parent.expressions.at(-1) === whole && rest.at(-1)?.value.raw === "";
        return isLast && parent.expressions.length === 1 && /\S\s$/.test(first?.value.raw ?? "") ? on(parent, true) : unknown;
      }
      case "BinaryExpression":
        if (parent.operator === "+") return parent.right === whole && /\S\s$/.test(stringValue(parent.left) ?? "") ? on(parent, true) : unknown;
        return /^[!=]==?$/.test(parent.operator) ? this.#ofComparison(parent.left === whole ? parent.right : parent.left, isBehindWords) : unknown;
      case "MemberExpression":
        return parent.object === whole && memberName(parent) === "length" ? [] : unknown;
      default:
        return this.#ofCall(whole, isBehindWords, left);
    }
  }

  #ofCall(whole: TSESTree.Node, isBehindWords: boolean, left: number): readonly SecretEnd[] {
    const end = isSent(whole, this.source) ? ({ as: "sent" } as const) : keyCallAround(whole, this.source);
    if (end) return [end];
    const call = whole.parent;
    if (call?.type !== "CallExpression" || call.callee === whole) return unknown;
    if (isComparison(call)) return this.#ofComparison(call.arguments.find((argument) => argument !== whole), isBehindWords);
    return keyMakers.has(lastNameOf(call.callee)) ? this.from(call, isBehindWords, left - 1) : unknown;
  }

  #ofComparison(other: TSESTree.Node | undefined, isBehindWords: boolean): readonly SecretEnd[] {
    return isBehindWords && other && isHeader(other, this.source) ? [{ as: "header" }] : unknown;
  }

  #ofReads(name: TSESTree.Identifier, isBehindWords: boolean, left: number): readonly SecretEnd[] {
    const variable = variableOf(name, this.source);
    return variable ? readsOf(variable).flatMap((read) => this.from(read, isBehindWords, left - 1)) : unknown;
  }

  #ofField(place: TSESTree.Node, name: string, isBehindWords: boolean, left: number): readonly SecretEnd[] {
    const owner = ancestor(place, isClass);
    const ends: SecretEnd[] = [];
    if (!owner) return unknown;
    contains(owner, this.source, (node) => {
      const isRead = node.type === "MemberExpression" && node !== place && node.object.type === "ThisExpression" && memberName(node) === name;
      if (isRead) ends.push(...this.from(node, isBehindWords, left - 1));
      return false;
    });
    return ends;
  }
}

/** Where what an expression gives comes to. Tests of it are no end. */
export const endsOf = (node: TSESTree.Node, source: Source): readonly SecretEnd[] =>
  node.type === "AssignmentPattern" ? new Search(source).from(node.right, false, deepest) : new Search(source).from(node, false, deepest);
