import type { TSESTree } from "@typescript-eslint/utils";

import { type ErrorText, errorTexts } from "../../knowledge/error-texts.js";
import { isGlobal, soleValueOf, variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { memberName, stringValue, unwrap } from "../../syntax/value.js";
import { contains, type FunctionNode, isFunction, isWithin, returnsOf, walk } from "../../syntax/walk.js";
import { type CaughtError, caughtBy, failureHandlerAt, type FailureHandler, isOfKnownError, writesOf } from "./failure-handling.js";
import { type Frame, frameOfCall, outerFrame, type Placed } from "../program/frames.js";
import { isDevelopmentOnly } from "../program/guards.js";
import { definitionOf, originOf, stepsText } from "../program/provenance.js";
import { type Response, responsesAt } from "../entries/responses.js";

/** Something of a caught error in an answer. */
export interface Detail {
  readonly what: "message" | "stack" | "error";
  /** The expression that brings it. */
  readonly node: TSESTree.Node;
  readonly source: Source;
}

/** An answer with what it tells about a caught error. */
export interface SentDetails {
  readonly response: Response;
  readonly details: readonly [Detail, ...Detail[]];
}

const deepest = 8;

/** Methods of a string whose result still says what it said. */
const keepsText = new Set(["toString", "trim", "slice", "substring", "substr", "concat", "toLowerCase", "toUpperCase", "toLocaleString"]);

const fieldsTelling = new Map<string, Detail["what"]>([["message", "message"], ["stack", "stack"], ["cause", "error"]]);

const callsTelling = new Map<string, Detail["what"]>([["toString", "message"], ["toJSON", "error"]]);

const textOf = (call: TSESTree.CallExpression, source: Source): ErrorText | null => {
  const origin = originOf(call.callee, source);
  return (origin && errorTexts.find((row) => row.module === origin.module && row.call === stepsText(origin.steps))) ?? null;
};

function detailsFinder(caught: CaughtError) {
  const isGuarded = (placed: Placed): boolean => isOfKnownError(placed, caught) || isDevelopmentOnly(placed.node, placed.frame.source);

  const leaf = (what: Detail["what"] | undefined, node: TSESTree.Node, frame: Frame): Detail[] =>
    what === undefined || isGuarded({ node, frame }) ? [] : [{ what, node, source: frame.source }];

  /** What an expression, sent to the client, tells about the error. */
  function detailsIn({ node, frame }: Placed, left = deepest): Detail[] {
    if (left === 0) return [];
    const at = (child: TSESTree.Node | null | undefined): Detail[] => (child ? detailsIn({ node: child, frame }, left) : []);
    const inner = unwrap(node);
    switch (inner.type) {
      case "Identifier":
        return ofName(inner, frame, left - 1);
      case "MemberExpression":
        return ofMember(inner, frame);
      case "CallExpression":
        return ofCall(inner, frame, left - 1);
      case "NewExpression":
        return inner.callee.type === "Identifier" && inner.callee.name === "Error" ? at(inner.arguments[0]) : [];
      case "AwaitExpression":
        return at(inner.argument);
      case "TemplateLiteral":
        return inner.expressions.flatMap(at);
      case "BinaryExpression":
        return inner.operator === "+" ? [...at(inner.left), ...at(inner.right)] : [];
      case "ConditionalExpression":
        return [...at(inner.consequent), ...at(inner.alternate)];
      case "LogicalExpression":
        return inner.operator === "&&" ? at(inner.right) : [...at(inner.left), ...at(inner.right)];
      case "SequenceExpression":
        return at(inner.expressions.at(-1));
      case "ArrayExpression":
        return inner.elements.flatMap((element) => at(element?.type === "SpreadElement" ? element.argument : element));
      case "ObjectExpression":
        return inner.properties.flatMap((property) => at(property.type === "SpreadElement" ? property.argument : property.value));
      default:
        return [];
    }
  }

  function ofName(name: TSESTree.Identifier, frame: Frame, left: number): Detail[] {
    const variable = variableOf(name, frame.source);
    if (!variable) return [];
    const given = frame.given.get(variable);
    if (given) return isGuarded({ node: name, frame }) ? [] : detailsIn(given, left);
    if (caught.is({ node: name, frame })) {
      const value = soleValueOf(variable);
      return value && detailsIn({ node: value, frame }, left).length === 0 ? [] : leaf("error", name, frame);
    }
    const field = caught.fieldOf(name, frame);
    // `let { message } = error; if (isProduction) message = "…";` decides what may be told.
    if (field !== null) return writesOf(variable).length > 0 ? [] : leaf(fieldsTelling.get(field), name, frame);
    const [definition] = variable.defs;
    if (definition?.type !== "Variable") return [];
    const { id, init } = definition.node;
    if (id.type !== "Identifier") return [];
    const values = [...(init ? [init as TSESTree.Node] : []), ...writesOf(variable)];
    const [detail] = values.flatMap((value) => detailsIn({ node: value, frame }, left));
    return detail ? leaf(detail.what, name, frame) : [];
  }

  function ofMember(member: TSESTree.MemberExpression, frame: Frame): Detail[] {
    const name = memberName(member) ?? "";
    const what = fieldsTelling.get(name);
    if (!what || caught.is({ node: member.object, frame })) return leaf(what, member, frame);
    const object = unwrap(member.object);
    // `error.cause.message`
    return object.type === "MemberExpression" && ofMember(object, frame).length > 0 ? leaf(what, member, frame) : [];
  }

  function ofCall(call: TSESTree.CallExpression, frame: Frame, left: number): Detail[] {
    const callee = unwrap(call.callee);
    if (callee.type === "MemberExpression" && caught.is({ node: callee.object, frame })) return leaf(callsTelling.get(memberName(callee) ?? ""), call, frame);
    if (callee.type === "MemberExpression" && keepsText.has(memberName(callee) ?? "")) return detailsIn({ node: callee.object, frame }, left);
    const text = textOf(call, frame.source);
    if (text) return call.arguments.flatMap((argument) => (argument.type === "SpreadElement" ? [] : ofText(text, argument, call, frame, left)));
    return callee.type === "Identifier" ? throughHelper(call, callee, frame, left) : [];
  }

  /** `String(error)` and `inspect(error)` are texts themselves; of `JSON.stringify({ … })` it is the parts that tell something. */
  function ofText({ tells }: ErrorText, argument: TSESTree.Node, call: TSESTree.CallExpression, frame: Frame, left: number): Detail[] {
    if (tells !== "error" && caught.is({ node: argument, frame })) return leaf(tells, call, frame);
    return detailsIn({ node: argument, frame }, left);
  }

  /** `getErrorMessage(error)`: what a function of the project makes of the error. */
  function throughHelper(call: TSESTree.CallExpression, callee: TSESTree.Identifier, frame: Frame, left: number): Detail[] {
    if (!call.arguments.some((argument) => caught.isReadIn({ node: argument, frame }))) return [];
    const definition = definitionOf(callee, frame.source);
    if (definition?.kind !== "definition" || !isFunction(definition.node)) return [];
    const fn = definition.node;
    if (isSifting(fn, definition.source)) return [];
    const within = frameOfCall(call, fn, definition.source, frame);
    const [detail] = returnsOf(fn, definition.source).flatMap((node) => (isGuarded({ node, frame: within }) ? [] : detailsIn({ node, frame: within }, left - 1)));
    return detail ? leaf(detail.what, call, frame) : [];
  }

  return (body: Placed): Detail[] => detailsIn(body);
}

/** Whether a function asks the project's own code what kind of error it has, and gives some kinds a text of its own: it decides what may be told. */
function isSifting(fn: FunctionNode, source: Source): boolean {
  const asksAbout = (test: TSESTree.Node): boolean =>
    contains(test, source, (node) => node.type === "CallExpression" && node.callee.type === "Identifier" && node.arguments.some(({ type }) => type === "Identifier") && !isGlobal(node.callee, source));
  const isText = (node: TSESTree.Node | null): boolean => {
    const only = node?.type === "BlockStatement" ? (node.body.at(-1) ?? null) : node;
    return stringValue(only?.type === "ReturnStatement" ? only.argument : only) !== null;
  };
  return contains(fn.body, source, (node) => (node.type === "IfStatement" || node.type === "ConditionalExpression") && asksAbout(node.test) && isText(node.consequent));
}

const isOwn = (node: TSESTree.Node, handler: FailureHandler, source: Source): boolean => isWithin(node, handler.node) || failureHandlerAt(node, source) === null;

/** Calls that a handler makes in its own body, callbacks in it included, other failure handlers' bodies too: they see this error as well. */
function sendersIn(body: TSESTree.Node, source: Source): TSESTree.Node[] {
  const found: TSESTree.Node[] = [];
  walk(body, source, (node) => {
    if (node.type === "CallExpression" || node.type === "NewExpression" || node.type === "AssignmentExpression" || node.type === "ReturnStatement") found.push(node);
  });
  return found;
}

/**
 * The answers of a failure handler that tell the client about the error, each with what it tells. What a helper makes of the error by
 * itself is left to that helper, where it is a failure handler too or stands in another file.
 */
export function sentDetailsIn(handler: FailureHandler, source: Source): readonly SentDetails[] {
  if (!handler.binding) return [];
  const caught = caughtBy(handler, source);
  const frame = outerFrame(handler.node, source);
  const detailsOf = detailsFinder(caught);
  const found: SentDetails[] = [];
  for (const node of sendersIn(handler.body, source)) {
    if (!caught.isReadIn({ node, frame })) continue;
    for (const response of responsesAt(node, frame)) {
      if (!response.body || isOfKnownError({ node, frame }, caught)) continue;
      const [first, ...rest] = detailsOf(response.body).filter((detail) => detail.source === source && isOwn(detail.node, handler, source));
      if (first) found.push({ response, details: [first, ...rest] });
    }
  }
  return found;
}
