import type { TSESTree } from "@typescript-eslint/utils";

import { soleValueOf, variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { keyName, memberName, unwrap } from "../../syntax/value.js";
import { isFunction } from "../../syntax/walk.js";
import type { Presence } from "./presence.js";

const hops = 6;

/** What two ways through the code have in common: `missing` only when it is missing on both. */
const both = (one: Presence, other: Presence): Presence => (one === other ? one : "unknown");

/** Whether one of the options is set later: `options.signal = …`. Whoever else is given the object may do so as well. */
function isSetLater(name: TSESTree.Identifier, options: readonly string[], source: Source): Presence {
  for (const { identifier } of variableOf(name, source)?.references ?? []) {
    const { parent } = identifier;
    if (parent.type === "MemberExpression" && parent.object === identifier) {
      const isWritten = parent.parent.type === "AssignmentExpression" && parent.parent.left === parent;
      const written = memberName(parent);
      if (isWritten && (written === null || options.includes(written))) return written === null ? "unknown" : "found";
    } else if (parent.type === "CallExpression" && parent.arguments[0] === identifier && parent.callee.type === "MemberExpression" && memberName(parent.callee) === "assign") {
      return "unknown";
    }
  }
  return "missing";
}

function inObject(object: TSESTree.ObjectExpression, options: readonly string[], source: Source, left: number): Presence {
  let result: Presence = "missing";
  for (const option of options) {
    // Whatever a spread after it may bring, it is given.
    if (object.properties.some((property) => property.type === "Property" && keyName(property.key, property.computed) === option)) return "found";
  }
  for (const property of object.properties) {
    if (property.type === "SpreadElement") {
      const spread = optionPresence(property.argument, options, source, left - 1);
      if (spread === "found") return "found";
      if (spread === "unknown") result = "unknown";
    } else if (keyName(property.key, property.computed) === null) result = "unknown";
  }
  return result;
}

/**
 * Whether one of several options is given in an options argument: in a literal, through constants, spreads and either side of a
 * condition. What cannot be seen through is `unknown`.
 */
export function optionPresence(node: TSESTree.Node | null | undefined, options: readonly string[], source: Source, left = hops): Presence {
  if (!node) return "missing";
  if (left === 0) return "unknown";
  const inner = unwrap(node);
  switch (inner.type) {
    case "ObjectExpression":
      return inObject(inner, options, source, left);
    case "Literal":
      return "missing";
    case "UnaryExpression":
      return inner.operator === "void" ? "missing" : "unknown";
    case "ConditionalExpression":
      return both(optionPresence(inner.consequent, options, source, left - 1), optionPresence(inner.alternate, options, source, left - 1));
    case "LogicalExpression": {
      const right = optionPresence(inner.right, options, source, left - 1);
      // `...(condition && { signal })`
      return inner.operator === "&&" ? both("missing", right) : both(optionPresence(inner.left, options, source, left - 1), right);
    }
    case "Identifier": {
      if (inner.name === "undefined") return "missing";
      const variable = variableOf(inner, source);
      const value = variable && soleValueOf(variable);
      if (!value || isFunction(value)) return "unknown";
      const later = isSetLater(inner, options, source);
      return later === "missing" ? optionPresence(value, options, source, left - 1) : later;
    }
    default:
      return "unknown";
  }
}

/** The object literal behind an options argument, through constants; `null` when it is made otherwise. */
export function optionsLiteral(node: TSESTree.Node | null | undefined, source: Source, left = hops): TSESTree.ObjectExpression | null {
  if (!node || left === 0) return null;
  const inner = unwrap(node);
  if (inner.type === "ObjectExpression") return inner;
  const variable = inner.type === "Identifier" ? variableOf(inner, source) : null;
  return variable && optionsLiteral(soleValueOf(variable), source, left - 1);
}
