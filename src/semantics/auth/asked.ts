import type { TSESTree } from "@typescript-eslint/utils";

import { type Middleware, middlewares, passingWrappers } from "../../knowledge/auth-middleware.js";
import { authorisingText, forgeryChecks, turnsAwayText } from "../../knowledge/policies.js";
import { credentialNames, principalFields } from "../../knowledge/principals.js";
import { currentPass } from "../../project/file.js";
import { variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { keyName, lastNameOf, memberName, resolveConst, stringValue, unwrap, unwrapAwait } from "../../syntax/value.js";
import { type FunctionNode, isClass, isFunction, walk } from "../../syntax/walk.js";
import { declaredAs } from "../program/declarations.js";
import { comparesSecret, isPolicyName, speaksOfPolicy, speaksOfProof } from "./policies.js";
import type { Presence } from "../program/presence.js";
import { identityOfApi } from "./principals.js";
import { denies, deniesStrangers, endsByError, isDecisive, isNeeded, isRunLater, isTakenDecisive, mayTurnAway } from "./refusals.js";
import { comparesOwnSecret } from "./shared-secrets.js";
import { definitionOf, GLOBAL, originOf, stepsText, type Value } from "../program/provenance.js";

/** Whether something is asked, and where: the node that asks, or the one that may. */
export interface Asked {
  readonly presence: Presence;
  readonly node: TSESTree.Node | null;
  readonly source: Source;
}

const rank: Readonly<Record<Presence, number>> = { found: 2, unknown: 1, missing: 0 };

/** Of several answers the strongest: what one of them finds is found, and what none can tell is not missing. */
export const strongest = (first: Asked, ...others: readonly Asked[]): Asked => others.reduce((best, other) => (rank[other.presence] > rank[best.presence] ? other : best), first);

/** A way through more functions than this is none that we would follow. */
const deepest = 3;

/** The members and calls that lead from a name to an expression: `session.userId` of `req.session?.userId`, `get(user)` of `c.get("user")`. */
function wayFrom(node: TSESTree.Node): { root: TSESTree.Identifier; way: string } | null {
  let way = "";
  let inner = unwrap(node);
  for (;;) {
    if (inner.type === "MemberExpression") {
      const name = memberName(inner);
      if (name === null) return null;
      way = way === "" || way.startsWith("(") ? `${name}${way}` : `${name}.${way}`;
      inner = unwrap(inner.object);
    } else if (inner.type === "CallExpression") {
      way = `(${stringValue(inner.arguments[0]) ?? ""})${way === "" ? "" : `.${way}`}`;
      inner = unwrap(inner.callee);
    } else {
      return inner.type === "Identifier" ? { root: inner, way } : null;
    }
  }
}

/** Names under which functions are given the request, and what may carry it. */
const requestNames = /^_{0,2}(?:req|request|ctx|context|c|locals)$|(?:Req|Request|Ctx|Context|_req|_request)$/;
const carrierNames = /^(?:opts|options|args|event|evt|e|info|input|data)$/;

/** Whether a name is a parameter under which a function is given the request. */
function isRequestParameter(name: TSESTree.Identifier, way: string, source: Source): boolean {
  const definition = variableOf(name, source)?.defs[0];
  if (definition?.type !== "Parameter") return false;
  // `c` is the context of Hono, and what a list hands over.
  if (name.name === "c") return /^(?:get|var|req|env)\b/.test(way);
  return requestNames.test(name.name) || (carrierNames.test(name.name) && /^(?:ctx|context|req|request|locals)\b/.test(way));
}

const fieldPatterns = principalFields.map(({ fields }) => fields);

/** Whether the way from a name leads to who is asking, off what a handler or middleware was given. */
const leadsToPrincipal = (root: TSESTree.Identifier, way: string, source: Source): boolean =>
  isRequestParameter(root, way, source) && !/^(?:(?:body|query|params|input|parsedInput)\b|user_?agent)/i.test(way) && fieldPatterns.some((pattern) => pattern.test(way));

/** Whether an expression reads who is asking. */
function readsPrincipal(node: TSESTree.MemberExpression, source: Source): boolean {
  const read = wayFrom(node);
  const isWritten = node.parent.type === "AssignmentExpression" && node.parent.left === node;
  return read !== null && !isWritten && leadsToPrincipal(read.root, read.way, source);
}

/** What takes who is asking out of the request: the name in `const { user } = req`. */
function principalTaken({ id, init }: TSESTree.VariableDeclarator, source: Source): TSESTree.Node | null {
  const read = id.type === "ObjectPattern" && init ? wayFrom(init) : null;
  if (!read || id.type !== "ObjectPattern") return null;
  const taken = id.properties.find((property): property is TSESTree.Property => {
    const name = property.type === "Property" ? keyName(property.key, property.computed) : null;
    return name !== null && leadsToPrincipal(read.root, read.way === "" ? name : `${read.way}.${name}`, source);
  });
  return taken?.value ?? null;
}

const takesPrincipal = /^(?:user|currentUser|session|auth|userId|account|principal)$/;

/** `async ({ ctx: { user } }) =>`, `({ session }) =>`: who is asking, taken out of what a function is given. */
const isTaken = (fn: FunctionNode, source: Source): TSESTree.Node | null => {
  let found: TSESTree.Node | null = null;
  for (const parameter of fn.params) {
    if (parameter.type !== "ObjectPattern") continue;
    walk(parameter, source, (node) => {
      if (node.type === "TSTypeAnnotation") return false;
      if (node.type === "Property" && node.key.type === "Identifier" && takesPrincipal.test(node.key.name)) found ??= node;
      return !found || "stop";
    });
  }
  return found;
};

/** What an object is called, and what it was made by: `jar cookies` of `const jar = await cookies()`. */
function namesOf(node: TSESTree.Node, source: Source): string {
  const object = unwrapAwait(node);
  if (object.type === "CallExpression") return lastNameOf(object.callee);
  if (object.type === "MemberExpression") return memberName(object) ?? "";
  if (object.type !== "Identifier") return "";
  const made = unwrapAwait(resolveConst(object, source));
  return made.type === "CallExpression" ? `${object.name} ${lastNameOf(made.callee)}` : object.name;
}

/** Whether an expression reads what the caller shows to be let in: a header, a cookie. */
function readsCredential(node: TSESTree.Node, source: Source): boolean {
  if (node.type === "CallExpression") {
    const callee = unwrap(node.callee);
    const name = stringValue(node.arguments.find((argument) => stringValue(argument) !== null));
    if (callee.type === "Identifier") return /^get(?:Cookie|Header|RequestHeader|SignedCookie)s?$/.test(callee.name) && (name === null || credentialNames.test(name));
    if (callee.type !== "MemberExpression") return false;
    const method = memberName(callee) ?? "";
    const of = namesOf(callee.object, source);
    if (method === "header") return name === null || credentialNames.test(name);
    if (method !== "get" || !/header|cookie/i.test(of)) return false;
    return /cookie/i.test(of) || name === null || credentialNames.test(name);
  }
  if (node.type !== "MemberExpression") return false;
  const object = unwrap(node.object);
  const of = object.type === "MemberExpression" ? memberName(object) : null;
  if (of !== "headers" && of !== "cookies" && of !== "signedCookies") return false;
  const name = memberName(node);
  // `headers.get` is judged by its call.
  return name === null || (name !== "get" && name !== "has" && (of !== "headers" || credentialNames.test(name)));
}

const tableOf = ({ module, steps }: { module: string; steps: readonly string[] }): Middleware | null => {
  const path = stepsText(steps);
  return middlewares.find(({ modules, calls }) => modules.includes(module) && (calls === "any" || calls.includes(path))) ?? null;
};

/** Whether an argument hands over the request, or what carries it. */
const isRequest = (argument: TSESTree.Node): boolean => {
  const inner = unwrap(argument);
  if (inner.type === "MemberExpression") return memberName(inner) === "headers" || memberName(inner) === "cookies";
  return inner.type === "Identifier" && /^_?(?:req|request|ctx|context|event|c|headers)$/.test(inner.name);
};

/**
 * What a piece of code comes to, in steps: nothing is asked, none can tell, what the caller shows is read, who is asking is known, and who
 * is nobody is turned away.
 */
type Grade = 0 | 1 | 2 | 3 | 4;

interface Heard {
  readonly grade: Grade;
  readonly node: TSESTree.Node | null;
  readonly source: Source;
}

const louder = (one: Heard, other: Heard): Heard => (other.grade > one.grade ? other : one);

const memo = new WeakMap<TSESTree.Node, { readonly pass: number; readonly left: number; readonly heard: Heard }>();

/**
 * What a function asks about who is there, or what they may do: by what it calls, reads and compares, and what the project's own functions
 * that it calls do.
 */
function heardIn(fn: FunctionNode, source: Source, left = deepest): Heard {
  const known = memo.get(fn);
  if (known?.pass === currentPass() && known.left >= left) return known.heard;
  // A circle ends here.
  memo.set(fn, { pass: currentPass(), left, heard: { grade: 0, node: null, source } });
  const heard = searched(fn, source, left);
  memo.set(fn, { pass: currentPass(), left, heard });
  return heard;
}

/** Whether a function asks who is there, or reads what they show, whatever comes of it. */
export const asksCaller = (fn: FunctionNode, source: Source): boolean => heardIn(fn, source).grade >= 2;

/** Whether middleware of a package asks what somebody may do. */
export function isKnownAuthorization(node: TSESTree.Node, source: Source): boolean {
  const inner = unwrap(node);
  const origin = originOf(inner, source) ?? definitionOf(inner, source);
  return origin !== null && "steps" in origin && tableOf(origin)?.asks === "authorization";
}

/** Of what was heard, what is evidence: who is asking is known, and nobody is turned away. */
const askedOf = ({ grade, node, source }: Heard): Asked => ({ presence: grade === 4 ? "found" : grade > 0 ? "unknown" : "missing", node, source });

/** What a function asks that is given the request: it may be given who is asking along with it. */
export function askedByHandler(fn: FunctionNode, source: Source): Asked {
  const taken = isTaken(fn, source);
  if (taken) return { presence: denies(fn, source) || isTakenDecisive(taken, fn, source) ? "found" : "unknown", node: taken, source };
  const asked = askedOf(heardIn(fn, source));
  return asked.presence === "missing" && turnsAwayText.test(source.text.slice(...fn.range)) && asksOutOfSight(fn, source) ? { ...asked, presence: "unknown" } : asked;
}

/** The same for what runs before a handler: what lets everybody through asks nobody, whatever it reads, and what turns strangers away may ask in a way of its own. */
function askedByStage(fn: FunctionNode, source: Source): Asked {
  const asked = askedByHandler(fn, source);
  if (asked.presence === "missing" && deniesStrangers(fn, source)) return { ...asked, presence: "unknown", node: fn };
  return asked.presence === "unknown" && !mayTurnAway(fn, source) ? { ...asked, presence: "missing" } : asked;
}

/** Whether a function of another file is called that cannot be looked into: whoever turns callers away may go by its answer. */
const asksOutOfSight = (fn: FunctionNode, source: Source): boolean =>
  walk(fn.body, source, (node) => {
    if (node.type !== "CallExpression" || node.callee.type !== "Identifier") return;
    const isImported = variableOf(node.callee, source)?.defs[0]?.type === "ImportBinding";
    return isImported && definitionOf(node.callee, source) === null ? "stop" : undefined;
  });

function searched(fn: FunctionNode, source: Source, left: number): Heard {
  let best: Heard = { grade: 0, node: null, source };
  walk(fn.body, source, (node) => {
    if (isRunLater(node)) return false;
    best = louder(best, heardAt(node, fn, source, left));
    return best.grade < 4 || "stop";
  });
  return best;
}

function heardAt(node: TSESTree.Node, fn: FunctionNode, source: Source, left: number): Heard {
  const as = (grade: Grade): Heard => ({ grade, node, source });
  /** Who is asking is known here: whether somebody is turned away for it. */
  const known = (): Heard => as(denies(fn, source) || isDecisive(node, fn, source) ? 4 : 3);
  switch (node.type) {
    case "MemberExpression":
      return readsPrincipal(node, source) ? (isNeeded(node, fn, source) ? as(4) : known()) : as(readsCredential(node, source) ? 2 : 0);
    case "VariableDeclarator": {
      const taken = principalTaken(node, source);
      if (!taken) return as(0);
      return { grade: denies(fn, source) || isTakenDecisive(taken, fn, source) ? 4 : 3, node: taken, source };
    }
    case "BinaryExpression":
      return comparesOwnSecret(node, source) ? known() : as(comparesSecret(node) && isDecisive(node, fn, source) ? 1 : 0);
    case "CallExpression":
      return readsCredential(node, source) ? as(2) : heardByCall(node, fn, source, left);
    default:
      return as(0);
  }
}

function heardByCall(call: TSESTree.CallExpression, fn: FunctionNode, source: Source, left: number): Heard {
  const identity = identityOfApi(call, source);
  const isEnding = identity !== null && ((identity === "throwing" && endsByError(call, fn, source)) || denies(fn, source) || isDecisive(call, fn, source));
  if (isEnding) return { grade: 4, node: call, source };
  return { grade: Math.max(identity ? 3 : 0, heardByCallee(call, fn, source, left)) as Grade, node: call, source };
}

function heardByCallee(call: TSESTree.CallExpression, fn: FunctionNode, source: Source, left: number): Grade {
  const callee = unwrap(call.callee);
  if (forgeryChecks.test(lastNameOf(callee))) return 0;
  const value = definitionOf(callee, source);
  if (value?.kind === "external") {
    // What nobody declares is the host's, or comes from where we do not see it.
    const isAsking = value.module === GLOBAL ? value.steps.length === 1 && mayAsk(call, callee, null, source) : isPolicyName(lastNameOf(callee));
    return isAsking ? 1 : 0;
  }
  if (value?.kind !== "definition" || !isFunction(value.node)) return mayAsk(call, callee, value, source) ? 1 : 0;
  const text = value.source.text.slice(...value.node.range);
  const isProof = speaksOfProof(text);
  if (!isProof && !authorisingText.test(text)) return 0;
  // Whatever its name says: who asks nothing of the request, and is given nothing of it, does not know who is there.
  const grade = left === 0 ? 1 : answeredTo(call, heardIn(value.node, value.source, left - 1).grade, fn, source);
  return Math.max(isProof ? 1 : 0, grade) as Grade;
}

/** What a function of the project's own that is called has heard, for whoever calls it: they may turn away who is nobody to it. */
function answeredTo(call: TSESTree.CallExpression, grade: Grade, fn: FunctionNode, source: Source): Grade {
  if (grade === 4) return endsByError(call, fn, source) || isDecisive(call, fn, source) ? 4 : 3;
  if (grade < 2) return grade;
  const isSession = grade === 3 || /session|user|auth|account|member|admin/i.test(lastNameOf(call.callee));
  return isSession && isDecisive(call, fn, source) ? 4 : grade;
}

/** Whether a call that cannot be followed may be one that asks. */
function mayAsk(call: TSESTree.CallExpression, callee: TSESTree.Node, value: Value | null, source: Source): boolean {
  const name = lastNameOf(callee);
  if (isPolicyName(name) || authorisingText.test(name) || speaksOfProof(name)) return true;
  // What a function is handed to run asks nothing that is not asked where it stands.
  const isHanded = callee.type === "Identifier" && variableOf(callee, source)?.defs[0]?.type === "Parameter";
  return !value && !isHanded && call.arguments.some(isRequest);
}

const nothingAsked = (node: TSESTree.Node, source: Source): Asked => ({ presence: "missing", node, source });

/**
 * What an expression asks that is handed over to run before a handler: middleware by name, made by a call, or written on the spot.
 */
export function askedBy(node: TSESTree.Node, source: Source, left = deepest): Asked {
  const inner = unwrap(node);
  const as = (presence: Presence): Asked => ({ presence, node: inner, source });
  if (left === 0) return as("unknown");
  if (forgeryChecks.test(lastNameOf(inner.type === "CallExpression" ? inner.callee : inner))) return as("missing");
  if (isFunction(inner)) return askedByStage(inner, source);
  if (inner.type === "ArrayExpression") return strongest(nothingAsked(inner, source), ...inner.elements.flatMap((element) => (element ? [askedBy(element, source, left)] : [])));
  if (stringValue(inner) !== null || inner.type === "ObjectExpression") return as("missing");
  const origin = originOf(inner, source) ?? definitionOf(inner, source);
  const entry = origin && "steps" in origin ? tableOf(origin) : null;
  if (entry) return as(entry.asks === "nothing" ? "missing" : "found");
  if (origin && "kind" in origin && origin.kind === "definition") {
    if (isFunction(origin.node)) return within(askedByStage(origin.node, origin.source), inner, source);
    if (isClass(origin.node)) return within(askedByClass(origin.node, origin.source), inner, source);
  }
  if (inner.type === "CallExpression") return askedByFactory(inner, source, left);
  const declared = inner.type === "Identifier" ? declaredAs(inner, source) : null;
  return declared && declared.node !== inner ? within(askedBy(declared.node, declared.source, left - 1), inner, source) : as("unknown");
}

/** Middleware of Nest is a class with a method `use`. */
function askedByClass(node: TSESTree.ClassDeclaration | TSESTree.ClassExpression, source: Source): Asked {
  const method = node.body.body.find((element) => element.type === "MethodDefinition" && element.key.type === "Identifier" && element.key.name === "use");
  return method?.type === "MethodDefinition" && isFunction(method.value) && !node.superClass ? askedByStage(method.value, source) : { presence: "unknown", node, source };
}

/** What was found elsewhere, said of the place that leads there. */
const within = ({ presence }: Asked, node: TSESTree.Node, source: Source): Asked => ({ presence, node, source });

/** Whether a wrapper, or one that it hands on to, answers some callers that they may not: these were asked for something, a token in the query, say. */
function turnsAway(wrapper: FunctionNode, source: Source, left = deepest): boolean {
  if (turnsAwayText.test(source.text.slice(...wrapper.range))) return true;
  return left > 0 && walk(wrapper.body, source, (node) => {
    if (node.type !== "CallExpression") return;
    const value = definitionOf(node.callee, source);
    return value?.kind === "definition" && value.node !== wrapper && isFunction(value.node) && turnsAway(value.node, value.source, left - 1) ? "stop" : undefined;
  });
}

/** `requireRole("admin")`, `t.middleware(fn)`, `asyncHandler(protect)`. */
function askedByFactory(call: TSESTree.CallExpression, source: Source, left: number): Asked {
  const value = definitionOf(call.callee, source);
  if (value?.kind === "definition" && isFunction(value.node)) {
    const made = strongest(askedByStage(value.node, value.source), { presence: turnsAway(value.node, value.source) ? "unknown" : "missing", node: call, source });
    const handed = call.arguments.filter((argument) => isHandedFunction(argument, source)).map((argument) => askedBy(argument, source, left - 1));
    return within(strongest(made, ...handed), call, source);
  }
  if (value?.kind === "external") {
    const handed = call.arguments.filter((argument) => isHandedFunction(argument, source));
    const own: Asked = { presence: passingWrappers.some(({ module }) => module === value.module) ? "missing" : "unknown", node: call, source };
    return within(strongest(own, ...handed.map((argument) => askedBy(argument, source, left - 1))), call, source);
  }
  return { presence: "unknown", node: call, source };
}

function isHandedFunction(argument: TSESTree.Node, source: Source): boolean {
  const inner = unwrap(argument);
  if (isFunction(inner)) return true;
  if (inner.type !== "Identifier") return false;
  const value = definitionOf(inner, source);
  return value?.kind === "definition" && isFunction(value.node);
}

/** Whether what runs before a handler asks whether somebody is signed in, and nothing more. */
export function isPlainCheck(node: TSESTree.Node, source: Source, left = deepest): boolean {
  const inner = unwrap(node);
  if (left === 0) return false;
  if (isFunction(inner)) return !speaksOfPolicy(source.text.slice(...inner.range));
  if (inner.type === "ArrayExpression") return inner.elements.every((element) => element === null || askedBy(element, source).presence === "missing" || isPlainCheck(element, source, left));
  const value = definitionOf(inner, source);
  const entry = value?.kind === "external" ? tableOf(value) : null;
  if (entry) return entry.asks === "authentication";
  if (value?.kind === "definition" && isFunction(value.node)) return !speaksOfPolicy(lastNameOf(inner)) && !speaksOfPolicy(value.source.text.slice(...value.node.range));
  if (inner.type === "CallExpression") {
    const called = definitionOf(inner.callee, source);
    if (called?.kind === "definition") return inner.arguments.length === 0 && isFunction(called.node) && !speaksOfPolicy(called.source.text.slice(...called.node.range));
    const handed = inner.arguments.filter((argument) => isHandedFunction(argument, source));
    return handed.length > 0 && handed.every((argument) => isPlainCheck(argument, source, left - 1));
  }
  const declared = inner.type === "Identifier" ? declaredAs(inner, source) : null;
  return declared !== null && declared.node !== inner && isPlainCheck(declared.node, declared.source, left - 1);
}
