import type { TSESTree } from "@typescript-eslint/utils";

import { assertions, failureField } from "../../knowledge/answers.js";
import { isGlobal, readsOf, variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { keyName, lastNameOf, memberName, outermost, unwrap } from "../../syntax/value.js";
import { isFunction } from "../../syntax/walk.js";

/**
 * What code does with an answer that may be an error: asks what it is (`tested`), leaves that to somebody else (`passed`), takes it for
 * what was wanted (`used`), shows it to whoever reads the console (`printed`), or nothing at all (`dropped`).
 */
export type BodyUse = "tested" | "passed" | "used" | "printed" | "dropped";

/** An answer at hand, or a part of it. */
interface Part {
  readonly isWhole: boolean;
  /** Bytes, which say nothing of what they are. */
  readonly isOpaque: boolean;
}

const order: readonly BodyUse[] = ["tested", "passed", "used", "printed", "dropped"];

const strongest = (uses: readonly BodyUse[]): BodyUse => order.find((use) => uses.includes(use)) ?? "dropped";

/** What becomes of an answer that an expression, or its promise, comes to. */
export const bodyUseOf = (node: TSESTree.Node, isOpaque: boolean, source: Source): BodyUse => follow(node, { isWhole: true, isOpaque }, source, 16);

function follow(node: TSESTree.Node, part: Part, source: Source, left: number): BodyUse {
  const value = outermost(node);
  const { parent } = value;
  if (!parent || left === 0) return "passed";
  const next = (): BodyUse => follow(parent, part, source, left - 1);
  switch (parent.type) {
    case "AwaitExpression":
      return next();
    case "ExpressionStatement":
      return "dropped";
    case "MemberExpression":
      return parent.object === value ? ofMember(parent, part, source, left) : "used";
    case "VariableDeclarator":
      return intoPattern(parent.id, part, source, left);
    case "AssignmentExpression":
      return parent.right === value ? intoPattern(parent.left, part, source, left) : "passed";
    case "LogicalExpression":
      return parent.left === value && parent.operator === "&&" ? "tested" : next();
    case "ConditionalExpression":
      return parent.test === value ? "tested" : next();
    case "IfStatement":
    case "WhileStatement":
    case "DoWhileStatement":
    case "SwitchStatement":
      return "tested";
    case "UnaryExpression":
      return parent.operator === "void" ? "dropped" : "tested";
    case "BinaryExpression":
      return parent.operator === "+" ? "used" : "tested";
    case "CallExpression":
    case "NewExpression":
      return parent.callee === value ? "used" : ofArgument(parent, value, part, source);
    case "ArrowFunctionExpression":
      return parent.body === value ? ofReturn(parent, part, source, left) : "passed";
    case "ReturnStatement":
      return ofReturnStatement(parent, part, source, left);
    case "TemplateLiteral":
    case "ForOfStatement":
      return "used";
    default:
      return passed(part);
  }
}

/** Whoever is given an answer as a whole may ask what it is; a piece of it, or its bytes, no longer tell. */
const passed = ({ isWhole, isOpaque }: Part): BodyUse => (isWhole && !isOpaque ? "passed" : "used");

function ofMember(member: TSESTree.MemberExpression, part: Part, source: Source, left: number): BodyUse {
  const name = memberName(member);
  const callee = outermost(member);
  const call = callee.parent;
  if (call?.type !== "CallExpression" || call.callee !== callee) {
    if (part.isWhole && name !== null && (failureField.test(name) || (part.isOpaque && name !== "buffer"))) return "tested";
    return follow(member, { ...part, isWhole: false }, source, left - 1);
  }
  if (name === "catch" || name === "finally") return follow(call, part, source, left - 1);
  if (name === "then") return ofContinuation(call, part, source, left);
  // What is called on a piece that is not there throws; of a text there is always something.
  return part.isWhole || isOptional(member) ? follow(call, { ...part, isWhole: false }, source, left - 1) : "used";
}

const isOptional = (node: TSESTree.Node): boolean => {
  const inner = unwrap(node);
  return inner.type === "MemberExpression" ? inner.optional || isOptional(inner.object) : inner.type === "CallExpression" && isOptional(inner.callee);
};

function ofContinuation(call: TSESTree.CallExpression, part: Part, source: Source, left: number): BodyUse {
  const [first] = call.arguments;
  if (!first) return follow(call, part, source, left - 1);
  if (!isFunction(first)) return passed(part);
  const [parameter] = first.params;
  return parameter ? intoPattern(parameter, part, source, left) : "dropped";
}

/** What a callback of `.then` returns is what the call comes to; any other function gives it to whoever calls it. */
function ofReturn(fn: TSESTree.Node, part: Part, source: Source, left: number): BodyUse {
  const whole = outermost(fn);
  const call = whole.parent;
  const callee = call?.type === "CallExpression" && call.arguments.includes(whole as TSESTree.Expression) ? unwrap(call.callee) : null;
  const isContinuation = callee?.type === "MemberExpression" && /^(?:then|catch|finally)$/.test(memberName(callee) ?? "");
  return isContinuation && call ? follow(call, part, source, left - 1) : passed(part);
}

function ofReturnStatement(statement: TSESTree.ReturnStatement, part: Part, source: Source, left: number): BodyUse {
  let fn: TSESTree.Node | undefined = statement.parent;
  while (fn && !isFunction(fn)) fn = fn.parent;
  return fn ? ofReturn(fn, part, source, left) : "passed";
}

/** The name of what is called: `parse` of `schema.parse`. */
const isConsole = (callee: TSESTree.Node, source: Source): boolean => {
  const inner = unwrap(callee);
  return inner.type === "MemberExpression" && inner.object.type === "Identifier" && inner.object.name === "console" && isGlobal(inner.object, source);
};

function ofArgument(call: TSESTree.CallExpression | TSESTree.NewExpression, value: TSESTree.Node, part: Part, source: Source): BodyUse {
  if (assertions.test(lastNameOf(call.callee))) return "tested";
  return call.arguments.includes(value as TSESTree.Expression) && isConsole(call.callee, source) ? "printed" : passed(part);
}

function intoPattern(pattern: TSESTree.Node, part: Part, source: Source, left: number): BodyUse {
  switch (pattern.type) {
    case "AssignmentPattern":
      return intoPattern(pattern.left, part, source, left - 1);
    case "TSAsExpression":
      return intoPattern(pattern.expression, part, source, left - 1);
    case "Identifier": {
      const variable = variableOf(pattern, source);
      if (!variable || variable.scope.type === "global" || left === 0) return "passed";
      return strongest(readsOf(variable).map((read) => follow(read, part, source, left - 1)));
    }
    case "ObjectPattern":
      return strongest(pattern.properties.map((property) => ofProperty(property, part, source, left)));
    case "ArrayPattern":
      return strongest(pattern.elements.map((element) => (element ? intoPattern(element, { ...part, isWhole: false }, source, left - 1) : "dropped")));
    default:
      return passed(part);
  }
}

function ofProperty(property: TSESTree.Property | TSESTree.RestElement, part: Part, source: Source, left: number): BodyUse {
  if (property.type === "RestElement") return intoPattern(property.argument, part, source, left - 1);
  const name = keyName(property.key, property.computed);
  if (part.isWhole && name !== null && failureField.test(name)) return "tested";
  const use = intoPattern(property.value, { ...part, isWhole: false }, source, left - 1);
  // What is taken and not read was still wanted.
  return use === "dropped" ? "used" : use;
}
