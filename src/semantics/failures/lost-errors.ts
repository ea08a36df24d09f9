import type { TSESTree } from "@typescript-eslint/utils";

import { namedCauses } from "../../knowledge/error-texts.js";
import { cleanups } from "../../knowledge/cleanups.js";
import { healthPaths } from "../../knowledge/servers.js";
import { fileFacts } from "../../project/file.js";
import { pathInProject } from "../../project/path.js";
import { isGlobal } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { keyName, memberName, rootOf, stringValue, unwrap } from "../../syntax/value.js";
import { isFunction, walk } from "../../syntax/walk.js";
import { entryAt, roleOfName } from "../entries/entries.js";
import { type CaughtError, caughtBy, type FailureHandler, isOfKnownError, readsOfError } from "./failure-handling.js";
import { type Frame, lookUp, outerFrame } from "../program/frames.js";
import { isDevelopmentOnly } from "../program/guards.js";
import { definitionOf } from "../program/provenance.js";
import { queryAt } from "../queries/queries.js";
import { type Response, responseAt, responsesAt } from "../entries/responses.js";

/** An answer that says that the server failed, in a handler that lets go of the error. */
export interface LostError {
  readonly response: Response;
  readonly status: number;
}

/** Statuses whose answer is all there is to say: not built, and not ready, which is what a probe asks. */
const telling = new Set([501, 503]);

const cleaning = new Set(cleanups.flatMap(({ methods }) => methods));

/** Globals that tell nobody anything. */
const quietGlobals = new Set(["Array", "Boolean", "Date", "Headers", "JSON", "Math", "Number", "Object", "Promise", "String", "URL", "clearInterval", "clearTimeout"]);

/** Words by which a function may log or report. They only ever make us silent. */
const soundsLikeTelling = /log|report|captur|sentry|track|notify|alert|audit|console|trace|telemetry|metric/i;

/** Whether a name of the error is read to choose what to do, and no more. */
function isOnlyTested(read: TSESTree.Node, top: TSESTree.Node): boolean {
  for (let node = read; node.parent && node !== top; node = node.parent) {
    const { parent } = node;
    if ((parent.type === "IfStatement" || parent.type === "ConditionalExpression") && parent.test === node) return true;
    if ((parent.type === "SwitchStatement" && parent.discriminant === node) || (parent.type === "SwitchCase" && parent.test === node)) return true;
    if (isFunction(parent)) return false;
  }
  return false;
}

/** Whether anything is done with an error of which nobody knows what it is. */
const isUsed = (handler: FailureHandler, caught: CaughtError, frame: Frame): boolean =>
  readsOfError(handler, frame.source).some((read) => !isOnlyTested(read, handler.body) && !isOfKnownError({ node: read, frame }, caught));

/** Whether a call surely tells nobody of the failure. */
function isQuiet(call: TSESTree.CallExpression | TSESTree.NewExpression, source: Source): boolean {
  const callee = unwrap(call.callee);
  if (callee.type === "MemberExpression" && cleaning.has(memberName(callee) ?? "")) return true;
  const root = rootOf(callee);
  if (root.type === "Identifier") {
    if (quietGlobals.has(root.name) && isGlobal(root, source)) return true;
    if (roleOfName(root, source)?.role === "response" && !soundsLikeTelling.test(source.text.slice(...callee.range))) return true;
  }
  return queryAt(call, source) !== null && !soundsLikeTelling.test(source.text.slice(...call.range));
}

/** Whether a helper of the project may log what it is not even given. */
function mayTell(call: TSESTree.Node, source: Source): boolean {
  if (call.type !== "CallExpression" || responseAt(call, source)) return false;
  const definition = definitionOf(call.callee, source);
  return definition?.kind !== "definition" || soundsLikeTelling.test(definition.source.text.slice(...definition.node.range));
}

/** The answers that are sent whatever the error is; `null` where something in the handler may tell of it. */
function quietAnswers(body: TSESTree.Node, caught: CaughtError, frame: Frame): Response[] | null {
  const { source } = frame;
  const found: Response[] = [];
  const isLoud = walk(body, source, (node) => {
    const isKnown = (): boolean => isOfKnownError({ node, frame }, caught) || isDevelopmentOnly(node, source);
    if (node.type === "ThrowStatement") return isKnown() ? false : "stop";
    if (node.type !== "CallExpression" && node.type !== "NewExpression" && node.type !== "AssignmentExpression" && node.type !== "ReturnStatement") return true;
    const responses = responsesAt(node, frame);
    if (responses.length > 0) {
      if (isKnown()) return false;
      if (mayTell(node, source)) return "stop";
      found.push(...responses);
      return false;
    }
    if (node.type === "AssignmentExpression" || node.type === "ReturnStatement") return true;
    if (isQuiet(node, source)) return false;
    return isKnown() ? false : "stop";
  });
  return isLoud ? null : found;
}

/** The answers of a handler that tells nobody of the error, whatever it is; `null` where something in it may. */
export const quietAnswersOf = (handler: FailureHandler, source: Source): readonly Response[] | null =>
  quietAnswers(handler.body, caughtBy(handler, source), outerFrame(handler.node, source));

/** The names in an object that is answered with. */
function keysOf({ body }: Response): string {
  if (!body) return "";
  const { node } = lookUp(body);
  return node.type === "ObjectExpression" ? node.properties.map((property) => (property.type === "Property" ? keyName(property.key, property.computed) : "…")).sort().join() : "";
}

/** Whether a failure is what was asked for: the same fields are answered when nothing fails. */
export function isProbe(response: Response, { node }: FailureHandler, frame: Frame): boolean {
  const keys = keysOf(response);
  if (keys === "" || node.type !== "CatchClause") return false;
  const { block } = node.parent;
  return walk(block, frame.source, (candidate) => {
    if (candidate.type !== "CallExpression" && candidate.type !== "NewExpression") return true;
    return responsesAt(candidate, frame).some((answer) => answer.statuses === "default" && keysOf(answer) === keys) ? "stop" : true;
  });
}

/** Whether a handler is there to be asked whether the server is well, as its file or its path is called. */
function isHealthCheck({ node }: FailureHandler, source: Source): boolean {
  const facts = fileFacts(source);
  if (facts && healthPaths.test(pathInProject(facts))) return true;
  const path = stringValue(entryAt(node, source)?.registration?.arguments[0]);
  return path !== null && healthPaths.test(path);
}

/** Whether only one thing is tried, and the answer says why it fails: "Stripe is not configured". */
function namesItsCause({ node, body }: FailureHandler, { text }: Source): boolean {
  return node.type === "CatchClause" && node.parent.block.body.length === 1 && namedCauses.test(text.slice(...body.range));
}

/** What a failure handler answers when the server failed, where nobody will ever know with what: nothing of the error is logged, reported, sent or thrown on. */
export function lostErrorIn(handler: FailureHandler, source: Source): LostError | null {
  if (handler.kind === "helper") return null;
  const caught = caughtBy(handler, source);
  const frame = outerFrame(handler.node, source);
  if (isUsed(handler, caught, frame) || namesItsCause(handler, source)) return null;
  for (const response of quietAnswers(handler.body, caught, frame) ?? []) {
    if (response.thrown || typeof response.statuses === "string") continue;
    const status = response.statuses.find((candidate) => candidate >= 500 && !telling.has(candidate));
    if (status !== undefined && !isProbe(response, handler, frame) && !isHealthCheck(handler, source)) return { response, status };
  }
  return null;
}
