import type { TSESLint, TSESTree } from "@typescript-eslint/utils";

import { soleValueOf, variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { keyName, propertyOf, unwrap } from "../../syntax/value.js";
import type { FunctionNode } from "../../syntax/walk.js";

type Variable = TSESLint.Scope.Variable;

/** Code as it runs for one call: which file it stands in, and what its parameters were given. */
export interface Frame {
  readonly source: Source;
  /** The function that is run, or whatever else the questions asked here do not look beyond. */
  readonly top: TSESTree.Node;
  readonly given: ReadonlyMap<Variable, Placed>;
}

/** An expression, and where to read the names in it. */
export interface Placed {
  readonly node: TSESTree.Node;
  readonly frame: Frame;
}

export const outerFrame = (top: TSESTree.Node, source: Source): Frame => ({ source, top, given: new Map() });

function bind(pattern: TSESTree.Node, value: Placed | null, own: { source: Source; frame: Frame; given: Map<Variable, Placed> }): void {
  switch (pattern.type) {
    case "TSParameterProperty":
      bind(pattern.parameter, value, own);
      break;
    case "AssignmentPattern":
      bind(pattern.left, value ?? { node: pattern.right, frame: own.frame }, own);
      break;
    case "Identifier": {
      const variable = value && variableOf(pattern, own.source);
      if (variable) own.given.set(variable, value);
      break;
    }
    case "ObjectPattern": {
      const object = value && unwrap(value.node);
      if (!value || object?.type !== "ObjectExpression") return;
      for (const property of pattern.properties) {
        if (property.type !== "Property") continue;
        const key = keyName(property.key, property.computed);
        const found = key === null ? "unknown" : propertyOf(object, key);
        if (found !== "unknown") bind(property.value, found && { node: found, frame: value.frame }, own);
      }
      break;
    }
  }
}

/** The frame in which a function runs for a call. What cannot be told of an argument is not in it. */
export function frameOfCall(call: TSESTree.CallExpression | TSESTree.NewExpression, fn: FunctionNode, source: Source, caller: Frame): Frame {
  const given = new Map<Variable, Placed>();
  const frame: Frame = { source, top: fn, given };
  const spread = call.arguments.findIndex((argument) => argument.type === "SpreadElement");
  for (const [index, parameter] of fn.params.entries()) {
    if (spread !== -1 && index >= spread) break;
    const argument = call.arguments[index];
    bind(parameter, argument ? { node: argument, frame: caller } : null, { source, frame, given });
  }
  return frame;
}

/**
 * The expression behind a name: what the call gave for a parameter, or what a variable was made with; type syntax taken away.
 * A name that is neither stays itself.
 */
export function lookUp({ node, frame }: Placed, hops = 8): Placed {
  const inner = unwrap(node);
  if (inner.type !== "Identifier" || hops === 0) return { node: inner, frame };
  const variable = variableOf(inner, frame.source);
  const given = variable && frame.given.get(variable);
  if (given) return lookUp(given, hops - 1);
  const value = variable && soleValueOf(variable);
  return value ? lookUp({ node: value, frame }, hops - 1) : { node: inner, frame };
}
