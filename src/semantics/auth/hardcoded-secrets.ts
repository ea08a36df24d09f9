import type { TSESTree } from "@typescript-eslint/utils";

import { keyBuilders, keyMakers, type KeyUse, publicKeys, secretStart, shownNames } from "../../knowledge/hardcoded.js";
import { placeholder } from "../../knowledge/secrets.js";
import { readsOf, variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { keyName, memberName, outermost, propertyOf, resolveConst, stringValue, unwrap } from "../../syntax/value.js";
import { ancestor, isFunction } from "../../syntax/walk.js";
import { isDevelopmentOnly } from "../program/guards.js";
import { nameOf } from "../calls/http-calls.js";
import { optionsLiteral } from "../program/options.js";
import { originOf } from "../program/provenance.js";
import { keysOf, sinkOf } from "./key-sinks.js";
import { secretFallbackAt } from "./secret-fallbacks.js";
import { type SecretText, secretIn, shortestSecret } from "./secret-texts.js";
import { isRehearsalName } from "./secrets.js";

export type { KeyUse } from "../../knowledge/hardcoded.js";

/** A secret that stands in the code, by what shows that it is one. */
export type HardcodedSecret =
  | (SecretText & { readonly node: TSESTree.Node })
  | { readonly fault: "literalKey"; readonly node: TSESTree.Node; readonly callee: string; readonly use: KeyUse };

/** Whether a text is only shown, or stands where samples do; a constant, wherever it is read. */
function isShown(node: TSESTree.Node, source: Source): boolean {
  const { parent } = outermost(node);
  const variable = parent?.type === "VariableDeclarator" && parent.id.type === "Identifier" ? variableOf(parent.id, source) : null;
  const reads = variable ? readsOf(variable) : [];
  return isAmongSamples(node) || (reads.length > 0 && reads.every(isAmongSamples));
}

const isAmongSamples = (node: TSESTree.Node): boolean =>
  ancestor(node, (current) => {
    if (current.type === "JSXAttribute") return current.name.type === "JSXIdentifier" && shownNames.test(current.name.name);
    if (current.type === "Property") return shownNames.test(keyName(current.key, current.computed) ?? "");
    if (current.type === "VariableDeclarator" || current.type === "FunctionDeclaration") return current.id?.type === "Identifier" && isRehearsalName(current.id.name);
    return current.type === "JSXText";
  }) !== null;

/** Whether another rule speaks of the text: it takes the place of a variable that is not set. */
const isFallback = (node: TSESTree.Node, source: Source): boolean => {
  const { parent } = outermost(node);
  return parent !== undefined && secretFallbackAt(parent, source) !== null;
};

/** The secret that a text is, by its own looks. */
export function secretTextAt(node: TSESTree.Literal | TSESTree.TemplateLiteral, source: Source): HardcodedSecret | null {
  if (node.range[1] - node.range[0] < shortestSecret) return null;
  const texts = node.type === "Literal" ? [node.value] : node.quasis.map(({ value }) => value.cooked);
  for (const text of texts) {
    if (typeof text !== "string" || text.length < shortestSecret || !secretStart.test(text)) continue;
    const found = secretIn(text);
    if (found && !isShown(node, source) && !isFallback(node, source)) return { ...found, node };
  }
  return null;
}

/** The literal behind a key: through constants, encoders and key objects, and the first of a list. */
function literalKey(node: TSESTree.Node, source: Source, left = 4): TSESTree.Node | null {
  const inner = resolveConst(node, source);
  if (stringValue(inner) !== null) return inner;
  if (left === 0) return null;
  if (inner.type === "ArrayExpression") return inner.elements[0] ? literalKey(inner.elements[0], source, left - 1) : null;
  if (inner.type === "CallExpression") {
    const callee = unwrap(inner.callee);
    const name = callee.type === "MemberExpression" ? memberName(callee) : callee.type === "Identifier" ? callee.name : null;
    const [first] = inner.arguments;
    return name !== null && keyMakers.has(name) && first && first.type !== "SpreadElement" ? literalKey(first, source, left - 1) : null;
  }
  if (inner.type !== "MemberExpression") return null;
  const object = optionsLiteral(inner.object, source);
  const value = object && propertyOf(object, memberName(inner) ?? "");
  return value && value !== "unknown" ? literalKey(value, source, left - 1) : null;
}

/** The text that a call takes for its key, where that stands in the code. */
export function literalKeyAt(call: TSESTree.CallExpression | TSESTree.NewExpression, source: Source): HardcodedSecret | null {
  const sink = sinkOf(call, source);
  if (!sink || sink.onlyWith?.test(source.text) === false || isDevelopmentOnly(call, source)) return null;
  const callee = unwrap(call.callee);
  const chained = callee.type === "MemberExpression" && unwrap(callee.object).type !== "Identifier" ? (originOf(callee, source)?.steps[0] ?? "") : "";
  for (const given of keysOf(call, sink, source)) {
    const key = isFunction(unwrap(given)) ? null : literalKey(given, source);
    const text = stringValue(key);
    if (!key || text === null || text.trim() === "" || isRehearsalName(nameAround(key)) || (sink.use === "provider" && placeholder.test(text))) continue;
    if (publicKeys.some(({ texts }) => texts.includes(text))) continue;
    // A key that others are to read is none.
    if (/-----BEGIN (?:PUBLIC|CERTIFICATE)|\.(?:pem|key|pub)$/.test(text)) continue;
    return { fault: "literalKey", node: key, callee: keyBuilders.has(chained) ? chained : nameOf(call.callee, source), use: sink.use };
  }
  return null;
}

/** The name of the constant that a text stands in. */
function nameAround(node: TSESTree.Node): string {
  const { parent } = outermost(node);
  if (parent?.type === "VariableDeclarator" && parent.id.type === "Identifier") return parent.id.name;
  return parent?.type === "Property" ? (keyName(parent.key, parent.computed) ?? "") : "";
}
