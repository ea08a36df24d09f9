import type { TSESTree } from "@typescript-eslint/utils";

import { leavesOut } from "../../knowledge/secrets.js";
import { tokenVerifiers } from "../../knowledge/tokens.js";
import type { Edit } from "../../syntax/edit.js";
import { calledName, hasCallsNamed } from "../../syntax/nodes.js";
import { soleValueOf, variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { keyName, memberName, outermost, stringValue, unwrap } from "../../syntax/value.js";
import { contains, enclosingFunction, isFunction, isWithin, walk } from "../../syntax/walk.js";
import { isNeverReached } from "../failures/cannot-fail.js";
import { consoleCallAt, isMeant, isSwitchedOn } from "./console-calls.js";
import { type CaughtError, caughtBy, type FailureHandler, isOfKnownError, readsOfError, takenBy } from "../failures/failure-handling.js";
import { outerFrame } from "../program/frames.js";
import { isDevelopmentOnly } from "../program/guards.js";
import { logCallDefectAt } from "./log-call-defects.js";
import type { LoggerStyle } from "./loggers.js";
import { loggerCallAt } from "./logging.js";
import { GLOBAL, originOf } from "../program/provenance.js";
import { responsesAt } from "../entries/responses.js";

/** A line of the log that says what an error says, and not where it came from. */
export interface StacklessLog {
  readonly call: TSESTree.CallExpression;
  /** What is logged instead of the error. */
  readonly part: TSESTree.Node;
  /** Whether that is the error itself, made a text there: `${error}`. */
  readonly isWhole: boolean;
  /** What the error is called. */
  readonly error: string;
  /** What the logger takes of it. */
  readonly wanted: string;
  /** Hands the error itself over; `null` where it takes a person to see how. */
  readonly edit: Edit | null;
}

/** How the console wants to be called: anything, in any order. */
const consoleStyle: LoggerStyle = { levels: {}, fields: "values", error: "fields", reserved: [] };

const errorMethods = new Set(["error", "fatal", "log", "critical"]);

/** Whether a file has calls that go by the name of one for errors: a cheap first look. */
export const hasErrorLogs = (source: Source): boolean => hasCallsNamed(source, (name) => errorMethods.has(name));

/** A line for an error. */
interface ErrorLog {
  readonly style: LoggerStyle;
  readonly said: readonly TSESTree.Node[];
  /** Whether an error is written with its stack where it stands within an object as well: otherwise, to log its text there is the best that can be done. */
  readonly takesNested: boolean;
}

/** A call that writes a line for an error, and how it wants the error; `null` for other levels and for loggers that keep nothing but the text. */
function errorLogAt(call: TSESTree.CallExpression, source: Source): ErrorLog | null {
  const callee = unwrap(call.callee);
  if (callee.type !== "MemberExpression" || !errorMethods.has(memberName(callee) ?? "")) return null;
  const toConsole = consoleCallAt(call, source);
  if (toConsole) return toConsole.level === "error" && !isMeant(toConsole, source) ? { style: consoleStyle, said: call.arguments, takesNested: true } : null;
  const logged = loggerCallAt(call, source);
  if (!logged?.style || logged.losesErrors || logged.style.error === "none" || (logged.style.fields === "none" && logged.style.error !== "stack")) return null;
  // A text that the logger drops is a defect of another kind.
  if (logCallDefectAt(call, source)) return null;
  const [first, ...rest] = call.arguments;
  // `logger.log("error", message)`
  const named = logged.method === "log" && logged.level === null ? stringValue(first) : null;
  const isError = named === null ? logged.level === "error" || logged.level === "fatal" : /^(?:error|fatal)$/.test(named);
  return isError ? { style: logged.style, said: named === null ? call.arguments : rest, takesNested: typeof logged.style.error === "object" } : null;
}

/** The expression around a text of the error that is nothing but this text: `error instanceof Error ? error.message : String(error)`. */
function wholeText(part: TSESTree.Node, caught: CaughtError, source: Source): TSESTree.Node {
  let node = outermost(part);
  for (let { parent } = node; parent; { parent } = node) {
    const isPart =
      (parent.type === "ConditionalExpression" && parent.test !== node && caught.isReadIn({ node: parent.test, frame: outerFrame(source.ast, source) })) ||
      (parent.type === "LogicalExpression" && parent.operator !== "&&" && parent.left === node) ||
      (parent.type === "MemberExpression" && parent.object === node && memberName(parent) === "toString") ||
      (parent.type === "CallExpression" && (parent.callee === node || (parent.callee.type === "Identifier" && parent.callee.name === "String")));
    if (!isPart) return node;
    node = outermost(parent);
  }
  return node;
}

/** How the error is handed to a logger that has got its text so far. */
function handing(name: string, said: readonly TSESTree.Node[], text: TSESTree.Node, style: LoggerStyle): Edit | null {
  const [first, last] = [said[0], said.at(-1)];
  if (!first || !last || said.some(({ type }) => type === "SpreadElement")) return null;
  const field = typeof style.error === "object" ? style.error.field : null;
  const property = text.parent?.type === "Property" && text.parent.value === text ? text.parent : null;
  const asField = (own: string): string => (own === name ? name : `${own}: ${name}`);
  if (property && said.includes(property.parent)) {
    const key = field ?? keyName(property.key, property.computed);
    const isTaken = key === null || (property.parent as TSESTree.ObjectExpression).properties.some((other) => other !== property && other.type === "Property" && keyName(other.key, other.computed) === key);
    return isTaken ? null : (fixer) => [fixer.replaceText(property, asField(key))];
  }
  const after = (code: string): Edit => (fixer) => [fixer.insertTextAfter(last, `, ${code}`)];
  if (style.fields === "values") return said.includes(text) && said.length > 1 ? (fixer) => [fixer.replaceText(text, name)] : after(name);
  if (said.length > 1) return null;
  if (style.error === "stack") return after(`${name} instanceof Error ? ${name}.stack : undefined`);
  const code = field === null ? name : `{ ${asField(field)} }`;
  return style.fields === "first" ? (fixer) => [fixer.insertTextBefore(first, `${code}, `)] : after(code);
}

/** The text of the error, or of what was made of it, among the arguments of a log call. */
function textIn(said: readonly TSESTree.Node[], texts: readonly TSESTree.Node[], caught: CaughtError, source: Source): TSESTree.Node | null {
  const own = texts.find((text) => said.some((argument) => isWithin(text, argument)));
  if (own) return own;
  const frame = outerFrame(source.ast, source);
  for (const argument of said) {
    const inner = unwrap(argument);
    const parts = inner.type === "TemplateLiteral" ? inner.expressions : [inner];
    const made = parts.find((part) => part.type === "Identifier" && caught.isReadIn({ node: part, frame }));
    if (made) return made;
  }
  return null;
}

/** The promises whose failure comes to a handler. */
function promisesOf({ node }: FailureHandler, source: Source): TSESTree.Node[] | null {
  if (node.type === "CatchClause") {
    const found: TSESTree.Node[] = [];
    walk(node.parent.block, source, (inner) => {
      if (inner.type === "AwaitExpression") found.push(inner.argument);
      return !isFunction(inner);
    });
    return found;
  }
  const call = outermost(node).parent;
  return call?.type === "CallExpression" && call.callee.type === "MemberExpression" && call.arguments.includes(node as TSESTree.Expression) ? [call.callee.object] : null;
}

/** Whether an error can come from more than one place: when one call of a package is all that fails, the line in the log says which it was. */
function isFromAfar(handler: FailureHandler, source: Source): boolean {
  const promises = promisesOf(handler, source);
  if (promises?.length !== 1) return promises === null || promises.length > 1;
  const only = unwrap(promises[0] as TSESTree.Node);
  const origin = only.type === "CallExpression" ? originOf(only.callee, source) : null;
  return origin === null || (origin.module === GLOBAL && origin.steps[0] !== "fetch");
}

/** Whether a handler is for a failure that is expected: the client is told that it did something wrong, another error is thrown, or it is tried again. */
function isExpected({ node, body }: FailureHandler, caught: CaughtError, source: Source): boolean {
  const frame = outerFrame(node, source);
  if (/attempt|retr(?:y|ies|ying)/i.test(source.text.slice(...body.range))) return true;
  return walk(body, source, (candidate) => {
    if (candidate.type === "ThrowStatement") return isOfKnownError({ node: candidate, frame }, caught) ? false : "stop";
    if (candidate.type !== "CallExpression" && candidate.type !== "NewExpression") return true;
    const [response] = responsesAt(candidate, frame);
    return response && typeof response.statuses !== "string" && response.statuses.every((status) => status >= 400 && status < 500) ? "stop" : true;
  });
}

/** Whether something is taken out of a text on purpose, here or where it was made: with the error itself it would be logged after all. */
function isRedacted(part: TSESTree.Node, source: Source): boolean {
  for (let node: TSESTree.Node | undefined = part; node && !isFunction(node); node = node.parent) if (node.type === "CallExpression" && leavesOut.test(calledName(node) ?? "")) return true;
  const variable = part.type === "Identifier" ? variableOf(part, source) : null;
  const made = variable && soleValueOf(variable);
  return made ? contains(made, source, (node) => node.type === "CallExpression" && leavesOut.test(calledName(node) ?? "")) : false;
}

/** More than these that may fail from afar, and the line in the log does not tell which of them it was. */
const few = 3;

/** Whether a block throws an error of its own, `throw new Error("HTTP 500")`, and little else: the text says it all. */
function throwsItself(handler: FailureHandler, source: Source): boolean {
  const { node } = handler;
  if (node.type !== "CatchClause" || (promisesOf(handler, source)?.length ?? 0) > few) return false;
  return contains(node.parent.block, source, (inner) => inner.type === "ThrowStatement" && inner.argument.type === "NewExpression" && enclosingFunction(inner) === enclosingFunction(node));
}

/** Whether a token is checked, and a token that is not right is answered with nothing. */
function isTurnedAway({ node, body }: FailureHandler, source: Source): boolean {
  if (node.type !== "CatchClause") return false;
  const isChecked = contains(node.parent.block, source, (inner) => {
    const origin = inner.type === "CallExpression" ? originOf(inner.callee, source) : null;
    return origin !== null && tokenVerifiers.some(({ module, calls }) => module === origin.module && calls.includes(origin.steps.filter((step) => step !== "default").join(".")));
  });
  return isChecked && contains(body, source, (inner) => inner.type === "ReturnStatement" && (inner.argument === null || givesNothing(unwrap(inner.argument))));
}

const givesNothing = (value: TSESTree.Node): boolean =>
  (value.type === "Literal" && (value.value === null || value.value === false)) || (value.type === "Identifier" && value.name === "undefined");

/** The first line that a failure handler writes about an error of which it logs, reports, sends and throws on nothing but the text. */
export function stacklessLogIn(handler: FailureHandler, source: Source): StacklessLog | null {
  const { node, body, binding } = handler;
  if (binding?.type !== "Identifier" || handler.kind === "helper") return null;
  const reads = readsOfError(handler, source);
  if (reads.length === 0 || reads.some((read) => takenBy(read) === "more")) return null;
  const caught = caughtBy(handler, source);
  const frame = outerFrame(node, source);
  const texts = reads.filter((read) => takenBy(read) === "text").map((read) => (outermost(read).parent?.type === "MemberExpression" || outermost(read).parent?.type === "CallExpression" ? (outermost(read).parent as TSESTree.Node) : read));
  let found = null as StacklessLog | null;
  walk(body, source, (candidate) => {
    if (candidate.type !== "CallExpression") return true;
    const log = errorLogAt(candidate, source);
    const part = log && textIn(log.said, texts, caught, source);
    if (!log || !part) return true;
    if (!log.takesNested && isNested(part)) return true;
    if (isOfKnownError({ node: candidate, frame }, caught) || isDevelopmentOnly(candidate, source) || isSwitchedOn(candidate) || isRedacted(part, source)) return false;
    found = { call: candidate, part, isWhole: part.type === "Identifier" && part.name === binding.name, error: binding.name, wanted: log.style.error === "stack" ? `${binding.name}.stack` : binding.name, edit: handing(binding.name, log.said, wholeText(part, caught, source), log.style) };
    return "stop";
  });
  return found && !isExpected(handler, caught, source) && isFromAfar(handler, source) && !throwsItself(handler, source) && !isTurnedAway(handler, source) && !isNeverReached(handler, source) ? found : null;
}

const isNested = (part: TSESTree.Node): boolean => {
  for (let node = part.parent; node && node.type !== "CallExpression"; node = node.parent) if (node.type === "Property") return true;
  return false;
};
