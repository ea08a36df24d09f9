import type { TSESTree } from "@typescript-eslint/utils";

import { alwaysLeaves } from "../../syntax/conditions.js";
import { readsOf, soleValueOf, variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { unwrap } from "../../syntax/value.js";
import { isFunction } from "../../syntax/walk.js";

/** What an expression comes to: a value, or nothing that can be told. */
type Value = { readonly is: unknown } | null;

/** The places where what is not there is read, and what is read in its stead: `null`, no rows, a count of none. */
interface Names {
  readonly reads: ReadonlySet<TSESTree.Node>;
  readonly as: unknown;
}

const known = (is: unknown): Value => ({ is });

const comparisons: Readonly<Record<string, (left: never, right: never) => boolean>> = {
  "==": (left, right) => left == right,
  "!=": (left, right) => left != right,
  "===": (left, right) => left === right,
  "!==": (left, right) => left !== right,
  "<": (left, right) => left < right,
  "<=": (left, right) => left <= right,
  ">": (left, right) => left > right,
  ">=": (left, right) => left >= right,
};

/**
 * What an expression comes to when some names stand for what is not there: enough for the ways in which code asks whether something is.
 */
function valueOf(node: TSESTree.Node, absent: Names, source: Source, left = 6): Value {
  const inner = unwrap(node);
  if (absent.reads.has(inner)) return known(absent.as);
  switch (inner.type) {
    case "Literal":
      return known(inner.value);
    case "Identifier": {
      if (inner.name === "undefined") return known(undefined);
      const variable = variableOf(inner, source);
      const value = variable && left > 0 ? soleValueOf(variable) : null;
      return value && valueOf(value, absent, source, left - 1);
    }
    case "UnaryExpression": {
      const value = inner.operator === "!" ? valueOf(inner.argument, absent, source, left) : null;
      return value && known(!value.is);
    }
    case "MemberExpression":
      return ofMember(inner, absent, source, left);
    case "CallExpression": {
      if (inner.callee.type === "Identifier" && inner.callee.name === "Boolean" && inner.arguments[0]) {
        const value = valueOf(inner.arguments[0], absent, source, left);
        return value && known(Boolean(value.is));
      }
      // `rows?.some(…)`: nothing is called on what is not there.
      const callee = unwrap(inner.callee);
      const object = callee.type === "MemberExpression" && (callee.optional || isShort(callee.object)) ? valueOf(callee.object, absent, source, left) : null;
      return object && (object.is ?? null) === null ? known(undefined) : null;
    }
    case "ArrayExpression":
      return inner.elements.length === 0 ? known([]) : null;
    case "LogicalExpression":
      return ofLogical(inner, absent, source, left);
    case "BinaryExpression": {
      const compare = comparisons[inner.operator];
      const [one, other] = [valueOf(inner.left, absent, source, left), valueOf(inner.right, absent, source, left)];
      if (compare && one && other) return known(compare(one.is as never, other.is as never));
      // Nothing is no more, and no less, than any number; `null` counts as zero, and a limit is more than that.
      const isNothing = [one, other].some((side) => side?.is === undefined && side !== null);
      return isNothing && /^[<>]=?$/.test(inner.operator) ? known(false) : absent.as === null && isBelowLimit(inner, one, other) ? known(/^</.test(inner.operator)) : null;
    }
    default:
      return null;
  }
}

/** `count >= limit`, where `count` is `null`: whatever the limit is, it is not reached. */
const isBelowLimit = ({ operator }: TSESTree.BinaryExpression, left: Value, right: Value): boolean =>
  /^[<>]=?$/.test(operator) && left !== null && (left.is === null || left.is === 0) && right === null;

const isShort = (node: TSESTree.Node): boolean => {
  const inner = unwrap(node);
  return inner.type === "MemberExpression" ? inner.optional || isShort(inner.object) : inner.type === "CallExpression" && (inner.optional || isShort(inner.callee));
};

function ofMember(node: TSESTree.MemberExpression, absent: Names, source: Source, left: number): Value {
  const object = valueOf(node.object, absent, source, left);
  if (!object) return null;
  if ((object.is ?? null) === null) return node.optional || isShort(node.object) ? known(undefined) : null;
  const isLength = Array.isArray(object.is) && node.property.type === "Identifier" && node.property.name === "length";
  return isLength ? known(0) : null;
}

function ofLogical({ left: one, right: other, operator }: TSESTree.LogicalExpression, absent: Names, source: Source, left: number): Value {
  const value = valueOf(one, absent, source, left);
  const second = (): Value => valueOf(other, absent, source, left);
  if (value) {
    const goesOn = operator === "&&" ? Boolean(value.is) : operator === "||" ? !value.is : (value.is ?? null) === null;
    return goesOn ? second() : value;
  }
  // `a && false` is false, whatever `a` is.
  const last = operator === "??" ? null : second();
  return last && Boolean(last.is) === (operator === "||") ? known(last.is) : null;
}

/** The test that a read takes part in, as a whole. */
function testAround(read: TSESTree.Node): TSESTree.IfStatement | TSESTree.ConditionalExpression | null {
  for (let node = read; node.parent && !isFunction(node.parent); node = node.parent) {
    const { parent } = node;
    if ((parent.type === "IfStatement" || parent.type === "ConditionalExpression") && parent.test === node) return parent;
    if (parent.type.endsWith("Statement") || parent.type === "VariableDeclarator") return null;
  }
  return null;
}

const isError = (statement: TSESTree.Node, { text }: Source): boolean => {
  const last = statement.type === "BlockStatement" ? statement.body.at(-1) : statement;
  if (last?.type === "ThrowStatement") return true;
  return last?.type === "ReturnStatement" && /\b[45]\d\d\b|\berror\b|success: false|ok: false/i.test(text.slice(...last.range));
};

/** The statements that come after one in its list, and run only when that one lets control through. */
function after(statement: TSESTree.Node): readonly TSESTree.Node[] {
  const { parent } = statement;
  const list: readonly TSESTree.Node[] = parent?.type === "BlockStatement" || parent?.type === "Program" ? parent.body : parent?.type === "SwitchCase" ? parent.consequent : [];
  return list.slice(list.indexOf(statement) + 1);
}

function pathsOf(test: TSESTree.IfStatement | TSESTree.ConditionalExpression, outcome: boolean, source: Source): readonly TSESTree.Node[] {
  const [taken, other] = outcome ? [test.consequent, test.alternate] : [test.alternate, test.consequent];
  if (test.type === "ConditionalExpression") return taken ? [taken] : [];
  // Whoever turns an absent row away has thought of it.
  if (taken && isError(taken, source)) return [];
  return [...(taken ? [taken] : []), ...(other && alwaysLeaves(other) && !alwaysLeaves(taken) ? after(test) : [])];
}

/** The code that only runs when a variable holds nothing: the branches for it, and what comes after an exit for there being something. */
export function pathsOfAbsence(name: TSESTree.Identifier, source: Source): readonly TSESTree.Node[] {
  const variable = variableOf(name, source);
  return variable ? pathsWithout(readsOf(variable), null, source) : [];
}

/** The same for expressions that all come to one thing: the code that only runs when that is `null`, or whatever else stands for nothing. */
export function pathsWithout(reads: readonly TSESTree.Node[], as: unknown, source: Source): readonly TSESTree.Node[] {
  const absent = { reads: new Set(reads), as };
  const tests = new Set([...reads, ...aliasesOf(reads, source)].flatMap((read) => testAround(read) ?? []));
  return [...tests].flatMap((test) => {
    const outcome = valueOf(test.test, absent, source);
    return outcome ? pathsOf(test, Boolean(outcome.is), source) : [];
  });
}

/** The reads of constants that are made of the variable: `const exists = Boolean(row)`, `const first = rows?.[0]`. */
function aliasesOf(reads: readonly TSESTree.Node[], source: Source): TSESTree.Identifier[] {
  return reads.flatMap((read) => {
    let node: TSESTree.Node = read;
    while (node.parent && !node.parent.type.endsWith("Statement") && node.parent.type !== "VariableDeclarator" && !isFunction(node.parent)) node = node.parent;
    const declarator = node.parent;
    if (declarator?.type !== "VariableDeclarator" || declarator.init !== node || declarator.id.type !== "Identifier") return [];
    const alias = variableOf(declarator.id, source);
    return alias && soleValueOf(alias) ? readsOf(alias) : [];
  });
}
