import type { TSESTree } from "@typescript-eslint/utils";

import { conditionsAt } from "../../syntax/conditions.js";
import { variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { memberName, outermost, rootOf, unwrap } from "../../syntax/value.js";
import { contains, isFunction, isWithin } from "../../syntax/walk.js";
import { isConditional, isExclusive, sharedFunction } from "../program/one-run.js";
import { settledNode } from "./columns.js";
import { type Query, queriesIn } from "./queries.js";
import { isSameValue } from "./same-values.js";

/** The values that the rows of a create are given in a column, as far as they are always given any. */
const valuesOf = ({ data }: Query, name: string): TSESTree.Node[] =>
  (data?.keys ?? []).flatMap((key) => (key.name === name && key.path.length === 0 && key.always && key.value ? [key.value] : []));

/** Whether an expression is the same each time that code comes past it, however often it runs a part of itself. */
function isSteady(node: TSESTree.Node, around: TSESTree.Node | null, source: Source): boolean {
  const inner = unwrap(node);
  if (inner.type === "Literal") return true;
  const root = rootOf(inner);
  if ((inner.type !== "Identifier" && inner.type !== "MemberExpression") || root.type !== "Identifier") return inner.type === "MemberExpression" && root.type === "ThisExpression";
  for (let current: TSESTree.Node = inner; current.type === "MemberExpression"; current = unwrap(current.object)) if (current.computed) return false;
  const variable = variableOf(root, source);
  return variable !== null && variable.references.every((reference) => !reference.isWrite() || reference.init === true) && variable.defs.every(({ name }) => around === null || !isWithin(name, around));
}

const isRead = ({ kind }: Query): boolean => kind === "read-one" || kind === "read-many" || kind === "count";

const leaving = new Set(["ReturnStatement", "BreakStatement", "ThrowStatement"]);

/** Whether a loop is left once it has come past a node; one that counts tries again where it may be left. */
function isLeftAfter(node: TSESTree.Node, loop: TSESTree.Node, source: Source): boolean {
  for (let current = node; current.parent && current !== loop; current = current.parent) {
    if (leaving.has(current.type)) return true;
    const last = current.parent.type === "BlockStatement" ? current.parent.body.at(-1) : undefined;
    if (last && leaving.has(last.type)) return true;
  }
  return loop.type === "ForStatement" && contains(loop.body, source, ({ type, range }) => (type === "ReturnStatement" || type === "BreakStatement") && range[0] > node.range[1]);
}

const walking = new Set(["map", "forEach", "flatMap"]);

/** Whether a function is run for each item of a list. */
function isForEach(node: TSESTree.Node): boolean {
  const whole = isFunction(node) ? outermost(node) : null;
  const call = whole?.parent;
  if (!whole || call?.type !== "CallExpression") return false;
  const callee = unwrap(call.callee);
  return callee.type === "MemberExpression" && call.arguments[0] === whole && walking.has(memberName(callee) ?? "");
}

/** The code around a create that runs it for each item of a list, or each number, the innermost first. */
function* repeatersOf({ node }: Query, source: Source): Generator<TSESTree.Node> {
  for (let current: TSESTree.Node | undefined = node.parent; current; current = current.parent) {
    if (isFunction(current) && !isForEach(current)) return;
    const isLoop = (current.type === "ForOfStatement" || current.type === "ForInStatement" || current.type === "ForStatement") && isWithin(node, current.body);
    if (isFunction(current) || (isLoop && !isLeftAfter(node, current, source))) yield current;
  }
}

/** What maps a list to the rows of a create: `items.map((item) => ({ … }))`. */
function mapperOf({ data }: Query, source: Source): TSESTree.Node | null {
  const rows = data && settledNode(data.node, source);
  const mapper = rows?.type === "CallExpression" ? rows.arguments[0] : undefined;
  return mapper && isForEach(mapper) ? mapper : null;
}

/** Whether one create adds several rows that have the same values in some columns: for each item of a list, or in a list. */
function addsAlike(create: Query, names: readonly string[], source: Source): boolean {
  const isSame = (around: TSESTree.Node): boolean =>
    names.every((name) => {
      const values = valuesOf(create, name);
      return values.length > 0 && values.every((value) => isSteady(value, around, source));
    });
  const mapper = mapperOf(create, source);
  if (mapper && isSame(mapper)) return true;
  const rows = create.data && settledNode(create.data.node, source);
  if (rows?.type === "ArrayExpression" && rows.elements.length > 1) {
    return names.every((name) => {
      const [first, ...others] = valuesOf(create, name);
      return first !== undefined && others.length === rows.elements.length - 1 && isSteady(first, null, source) && others.every((other) => isSameValue(first, other, source));
    });
  }
  const reads = queriesIn(source).filter((query) => isRead(query) && query.model === create.model);
  for (const loop of repeatersOf(create, source)) {
    // Whoever asks before each adds one at most.
    if (reads.some(({ node }) => isWithin(node, loop)) || isUnderCondition(create.node, loop)) return false;
    if (isSame(loop)) return true;
  }
  return false;
}

/** Whether a loop runs a node for some of its items only. */
const isUnderCondition = (node: TSESTree.Node, loop: TSESTree.Node): boolean => {
  const body = "body" in loop ? (loop.body as TSESTree.Node) : loop;
  for (let current = node.parent; current && current !== body && current !== loop; current = current.parent) {
    if (current.type === "IfStatement" || current.type === "ConditionalExpression" || current.type === "LogicalExpression" || current.type === "SwitchCase" || current.type === "CatchClause") return true;
  }
  return false;
};

/** Whether what holds at one place does not hold at the other: tests that are each other's opposite, or for two values of one thing. */
function isRuledOut(one: TSESTree.Node, other: TSESTree.Node, { text }: Source): boolean {
  const textOf = (node: TSESTree.Node): string => text.slice(...node.range);
  const known = [...conditionsAt(one)].flatMap((condition) => (condition.kind === "test" ? [condition] : []));
  return [...conditionsAt(other)].some(
    (condition) =>
      condition.kind === "test" &&
      known.some(({ test, holds }) => {
        if (textOf(test) === textOf(condition.test)) return holds !== condition.holds;
        if (!holds || !condition.holds || test.type !== "BinaryExpression" || condition.test.type !== "BinaryExpression") return false;
        return test.operator.startsWith("==") && condition.test.operator.startsWith("==") && textOf(test.left) === textOf(condition.test.left);
      }),
  );
}

/** Whether one run may come past two creates, with the same values in some columns, and without asking in between. */
function addAlike(one: Query, other: Query, names: readonly string[], source: Source): boolean {
  if (sharedFunction(one.node, other.node) === null || isExclusive(one.node, other.node) || isRuledOut(one.node, other.node, source)) return false;
  if (isConditional(one.node, other.node) && isConditional(other.node, one.node)) return false;
  const isAsked = queriesIn(source).some((query) => isRead(query) && query.model === one.model && query.node.range[0] > one.node.range[1] && query.node.range[1] < other.node.range[0]);
  if (isAsked) return false;
  return names.every((name) => {
    const [first, second] = [valuesOf(one, name)[0], valuesOf(other, name)[0]];
    return first !== undefined && second !== undefined && isSteady(first, null, source) && isSteady(second, null, source) && isSameValue(first, second, source);
  });
}

/** Whether some of the creates, all of one table, add several rows on purpose that have the same values in some columns: no key could be made of those. */
export const areAlikeOnPurpose = (creates: readonly Query[], names: readonly string[], source: Source): boolean =>
  creates.some((one, index) => addsAlike(one, names, source) || creates.slice(index + 1).some((other) => addAlike(one, other, names, source)));
