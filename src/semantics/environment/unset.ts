import type { TSESTree } from "@typescript-eslint/utils";

import type { Source } from "../../syntax/source.js";
import { resolveConst } from "../../syntax/value.js";
import { envReadAt } from "./env.js";

/** What an expression comes to where its variables are not set. */
export interface Unset {
  readonly value: string | number | boolean | null | undefined;
  /** The variable that would make it something else; `null` where none has a say. */
  readonly variable: string | null;
}

const places = /\b(?:\w*_?ENV|\w*environment|stage|(?:is|in)_?(?:dev|prod|test|local)\w*|(?:dev|prod|test)mode|development|production|staging|local|test|debug)\b/i;

/** Whether an expression asks where the code runs: `NODE_ENV !== "production"`, `isDev`. It is another in each of the places. */
export function mentionsPlace(node: TSESTree.Node, source: Source): boolean {
  const text = source.text.slice(...resolveConst(node, source).range).replace(/\b(?:process|Deno|Bun|meta)\.env\b/g, "");
  return places.test(text) || /NODE_ENV|is(?:Dev|Prod|Test|Local)/.test(text);
}

const constant = (value: Unset["value"]): Unset => ({ value, variable: null });

const joined = (value: Unset["value"], ...parts: readonly Unset[]): Unset => ({ value, variable: parts.find(({ variable }) => variable !== null)?.variable ?? null });

function ofLogical({ operator, left, right }: TSESTree.LogicalExpression, source: Source): Unset | null {
  const first = whenUnset(left, source);
  if (!first) return null;
  const isTaken = operator === "&&" ? !first.value : operator === "||" ? Boolean(first.value) : first.value !== undefined && first.value !== null;
  if (isTaken) return first;
  const second = whenUnset(right, source);
  return second && joined(second.value, first, second);
}

function ofComparison({ operator, left, right }: TSESTree.BinaryExpression, source: Source): Unset | null {
  const [first, second] = [left, right].map((side) => whenUnset(side, source));
  if (!first || !second || !/^[!=]==?$/.test(operator)) return null;
  const isSame = first.value === second.value || (operator.length === 2 && (first.value ?? null) === (second.value ?? null));
  return joined(operator.startsWith("=") === isSame, first, second);
}

/** The value of an expression of constants and variables of the environment where none of the variables is set; `null` for what cannot be told. */
export function whenUnset(node: TSESTree.Node, source: Source): Unset | null {
  const inner = resolveConst(node, source);
  switch (inner.type) {
    case "Literal":
      return typeof inner.value === "object" ? null : constant(inner.value as Unset["value"]);
    case "UnaryExpression": {
      const operand = inner.operator === "!" ? whenUnset(inner.argument, source) : null;
      return operand && joined(!operand.value, operand);
    }
    case "LogicalExpression":
      return ofLogical(inner, source);
    case "BinaryExpression":
      return inner.left.type === "PrivateIdentifier" ? null : ofComparison(inner, source);
    case "ConditionalExpression": {
      const test = whenUnset(inner.test, source);
      const taken = test && whenUnset(test.value ? inner.consequent : inner.alternate, source);
      return taken && joined(taken.value, test, taken);
    }
    case "CallExpression":
    case "MemberExpression":
    case "Identifier":
      return ofRead(inner, source);
    default:
      return null;
  }
}

function ofRead(node: TSESTree.Node, source: Source): Unset | null {
  const read = envReadAt(node, source);
  if (!read || read.validated) return null;
  // A fallback that stands beside the read is part of the expression around it.
  const given = read.call?.arguments.find((argument) => argument === read.fallback);
  if (!given) return { value: undefined, variable: read.name };
  const fallback = whenUnset(given, source);
  return fallback && { value: fallback.value, variable: read.name };
}

