import type { TSESTree } from "@typescript-eslint/utils";

import { unwrap } from "../../syntax/value.js";

type Subject = (node: TSESTree.Node) => boolean;

const isNothing = (node: TSESTree.Node): boolean => {
  const inner = unwrap(node);
  if (inner.type === "Identifier") return inner.name === "undefined";
  return inner.type === "Literal" && (inner.value === null || inner.value === "" || inner.value === "undefined");
};

function ofComparison(test: TSESTree.BinaryExpression, holds: boolean, isSubject: Subject): boolean {
  const equal = /^===?$/.test(test.operator);
  if (!equal && !/^!==?$/.test(test.operator)) return false;
  for (const [side, value] of [[test.left, test.right], [test.right, test.left]] as const) {
    const inner = unwrap(side);
    const subject = inner.type === "UnaryExpression" && inner.operator === "typeof" ? unwrap(inner.argument) : inner;
    if (isSubject(subject) && isNothing(value)) return equal === holds;
  }
  return false;
}

/**
 * Whether a test that comes out as said means that a value is not there: `!secret`, `secret === undefined`, `secret == null`. For one
 * of several alternatives (`!a || !b`) it is enough to be among them.
 */
export function meansMissing(test: TSESTree.Node, holds: boolean, isSubject: Subject): boolean {
  const inner = unwrap(test);
  if (isSubject(inner)) return !holds;
  switch (inner.type) {
    case "UnaryExpression":
      return inner.operator === "!" && meansMissing(inner.argument, !holds, isSubject);
    case "LogicalExpression":
      return meansMissing(inner.left, holds, isSubject) || meansMissing(inner.right, holds, isSubject);
    case "BinaryExpression":
      return inner.left.type !== "PrivateIdentifier" && ofComparison(inner, holds, isSubject);
    default:
      return false;
  }
}
