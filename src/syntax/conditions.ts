import type { TSESTree } from "@typescript-eslint/utils";

import { unwrap } from "./value.js";

/** What is known to hold where a node stands: a test with its outcome, or a subject that equals (or not) one of several values. */
export type Condition =
  | { readonly kind: "test"; readonly test: TSESTree.Node; readonly holds: boolean }
  | { readonly kind: "case"; readonly subject: TSESTree.Node; readonly values: readonly TSESTree.Node[]; readonly holds: boolean };

const lastStatement = (statements: readonly TSESTree.Statement[]): TSESTree.Statement | undefined => statements.at(-1);

/** Whether control never runs past the statement: it returns, throws, or leaves the loop or case. */
export function alwaysLeaves(statement: TSESTree.Node | null | undefined): boolean {
  switch (statement?.type) {
    case "ReturnStatement":
    case "ThrowStatement":
    case "ContinueStatement":
    case "BreakStatement":
      return true;
    case "BlockStatement": {
      const last = lastStatement(statement.body);
      return last !== undefined && alwaysLeaves(last);
    }
    case "IfStatement":
      return alwaysLeaves(statement.consequent) && alwaysLeaves(statement.alternate);
    case "TryStatement":
      return alwaysLeaves(statement.finalizer) || (alwaysLeaves(statement.block) && (!statement.handler || alwaysLeaves(statement.handler.body)));
    default:
      return false;
  }
}

/** A test taken apart: what `a && b` and `!a` say of their parts. What a test leaves open (one of two) stays whole. */
export function* conditionsOf(test: TSESTree.Node, holds: boolean): Generator<Condition> {
  const inner = unwrap(test);
  if (inner.type === "UnaryExpression" && inner.operator === "!") {
    yield* conditionsOf(inner.argument, !holds);
  } else if (inner.type === "LogicalExpression" && inner.operator === (holds ? "&&" : "||")) {
    yield* conditionsOf(inner.left, holds);
    yield* conditionsOf(inner.right, holds);
  } else {
    yield { kind: "test", test: inner, holds };
  }
}

function* byEarlierExits(statement: TSESTree.Node, siblings: readonly TSESTree.Node[]): Generator<Condition> {
  for (let index = siblings.indexOf(statement) - 1; index >= 0; index -= 1) {
    const earlier = siblings[index];
    if (earlier?.type !== "IfStatement") continue;
    if (alwaysLeaves(earlier.consequent)) yield* conditionsOf(earlier.test, false);
    else if (alwaysLeaves(earlier.alternate)) yield* conditionsOf(earlier.test, true);
  }
}

function* byCase(switchCase: TSESTree.SwitchCase, { discriminant: subject, cases }: TSESTree.SwitchStatement): Generator<Condition> {
  const values: TSESTree.Node[] = [];
  let isDefault = false;
  for (let index = cases.indexOf(switchCase); index >= 0; index -= 1) {
    const label = cases[index] as TSESTree.SwitchCase;
    if (label !== switchCase && label.consequent.length > 0) {
      if (!alwaysLeaves(lastStatement(label.consequent))) return; // falls through with work of its own: anything may hold
      break;
    }
    if (label.test) values.push(label.test);
    else isDefault = true;
  }
  if (!isDefault) yield { kind: "case", subject, values, holds: true };
  else yield { kind: "case", subject, values: cases.flatMap(({ test }) => (test && !values.includes(test) ? [test] : [])), holds: false };
}

function* between(node: TSESTree.Node, parent: TSESTree.Node): Generator<Condition> {
  switch (parent.type) {
    case "IfStatement":
    case "ConditionalExpression":
      if (node !== parent.test) yield* conditionsOf(parent.test, node === parent.consequent);
      break;
    case "LogicalExpression":
      if (node === parent.right && parent.operator !== "??") yield* conditionsOf(parent.left, parent.operator === "&&");
      break;
    case "WhileStatement":
      if (node === parent.body) yield* conditionsOf(parent.test, true);
      break;
    case "BlockStatement":
    case "Program":
      yield* byEarlierExits(node, parent.body);
      break;
    case "SwitchCase":
      yield* byEarlierExits(node, parent.consequent);
      break;
    case "SwitchStatement":
      if (node.type === "SwitchCase") yield* byCase(node, parent);
      break;
  }
}

/**
 * What holds where a node stands, the nearest first: the tests of the branches around it, and of the exits before it
 * (`if (!user) return;`). Functions on the way do not end the search: who runs a callback has come past the test.
 *
 * @param upTo the node to stop at; the whole file when left out.
 */
export function* conditionsAt(node: TSESTree.Node, upTo?: TSESTree.Node): Generator<Condition> {
  for (let current = node; current.parent && current !== upTo; current = current.parent) yield* between(current, current.parent);
}
