import type { TSESTree } from "@typescript-eslint/utils";

import { denyingWords, leavingCalls, principalParts, principalWords, strangerWords } from "../../knowledge/policies.js";
import { alwaysLeaves, conditionsAt } from "../../syntax/conditions.js";
import { readsOf, variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { lastNameOf, memberName, outermost, rootOf, unwrap, unwrapAwait } from "../../syntax/value.js";
import { ancestor, enclosingFunction, type FunctionNode, isFunction, isWithin, walk } from "../../syntax/walk.js";
import { definitionOf } from "../program/provenance.js";
import { asksWhoIsThere, isAssertionName, isPermissionName } from "./policies.js";

/** Whether a text stands in a line of a log, which keeps nobody out. */
function isLogged(node: TSESTree.Node): boolean {
  const call = ancestor(node, ({ type }) => type === "CallExpression" || /Statement$/.test(type));
  const root = call?.type === "CallExpression" ? rootOf(call.callee) : null;
  return root?.type === "Identifier" && /console|log/i.test(root.name);
}

/** Whether a node answers that somebody may not, or throws an error that says so: `401`, `"UNAUTHORIZED"`, `ForbiddenException`. */
function isDenial(node: TSESTree.Node): boolean {
  switch (node.type) {
    case "Literal":
      // `response.status === 401` is what somebody else answered.
      if (node.parent.type === "BinaryExpression" || node.parent.type === "SwitchCase" || node.parent.type === "ImportDeclaration") return false;
      return node.value === 401 || node.value === 403 || (typeof node.value === "string" && denyingWords.test(node.value) && !isLogged(node));
    case "TemplateElement":
      return denyingWords.test(node.value.raw) && !isLogged(node);
    case "Identifier":
      return denyingWords.test(node.name) && node.parent.type !== "VariableDeclarator" && node.parent.type !== "BinaryExpression";
    default:
      return false;
  }
}

/** Whether a test is met by who is there, and by nobody else. */
const isPresence = (test: TSESTree.Node): boolean => {
  const inner = unwrap(test);
  const root = rootOf(inner);
  const name = inner.type === "MemberExpression" ? (memberName(inner) ?? "") : "";
  return (inner.type === "Identifier" || inner.type === "MemberExpression") && root.type === "Identifier" && principalWords.test(`${root.name} ${name}`) && !/error|denied|response|fail|invalid/i.test(`${root.name} ${name}`);
};

/** Whether code runs for those only who are there: `if (req.user) {…}`. Nobody is turned away by it who is nobody. */
function isForSomebody(node: TSESTree.Node, fn: FunctionNode): boolean {
  for (const condition of conditionsAt(node, fn)) if (condition.kind === "test" && condition.holds && isPresence(condition.test)) return true;
  return false;
}

const denials = new WeakMap<FunctionNode, boolean>();

/** Whether a function denies somebody something, by what it answers or throws. */
export function denies(fn: FunctionNode, source: Source): boolean {
  let is = denials.get(fn);
  if (is === undefined) denials.set(fn, (is = walk(fn.body, source, (node) => (isDenial(node) && !isForSomebody(node, fn) ? "stop" : undefined))));
  return is;
}

/** `401` and what says the same: who is there has not been told. */
function isAskedFor(node: TSESTree.Node): boolean {
  if (node.type === "Literal") return node.value === 401 || (typeof node.value === "string" && strangerWords.test(node.value));
  if (node.type === "TemplateElement") return strangerWords.test(node.value.raw);
  return node.type === "Identifier" && strangerWords.test(node.name);
}

/** Whether a denial goes by the request itself (an address, a header), and not by what was found for it: a `403` may be about a subscription that has run out. */
function isByRequest(node: TSESTree.Node, fn: FunctionNode, source: Source): boolean {
  const [request] = fn.params;
  const variable = request?.type === "Identifier" ? variableOf(request, source) : null;
  if (!variable) return false;
  const uses = readsOf(variable);
  const condition = ancestor(node, ({ type }) => type === "IfStatement");
  return condition?.type === "IfStatement" && uses.some((use) => isWithin(use, condition.test));
}

/** Whether a function turns away whom it does not know, going by what it answers or throws. */
export const deniesStrangers = (fn: FunctionNode, source: Source): boolean =>
  denies(fn, source) && walk(fn.body, source, (node) => (isDenial(node) && (isAskedFor(node) || isByRequest(node, fn, source)) ? "stop" : undefined));

/** `next()`, `return next()` and what else only hands on. */
const isHandingOn = (node: TSESTree.Node | null): boolean => {
  const call = node && unwrapAwait(node);
  return call?.type === "CallExpression" && call.callee.type === "Identifier" && call.callee.name === "next" && call.arguments.every((argument) => unwrap(argument).type === "ObjectExpression");
};

/** Whether control does not run past a statement, exits by a call (`redirect("/sign-in")`) counted. */
function leaves(statement: TSESTree.Node | null | undefined): boolean {
  if (!statement) return false;
  if (alwaysLeaves(statement)) {
    const last = statement.type === "BlockStatement" ? statement.body.at(-1) : statement;
    return last?.type !== "ReturnStatement" || !isHandingOn(last.argument);
  }
  const statements = statement.type === "BlockStatement" ? statement.body : [statement];
  return statements.some((each) => {
    const call = each.type === "ExpressionStatement" ? unwrapAwait(each.expression) : null;
    return call?.type === "CallExpression" && (leavingCalls.test(lastNameOf(call.callee)) || (lastNameOf(call.callee) === "next" && !isHandingOn(call)));
  });
}

/** Whether statements come after one, in its block or in those around. */
function isFollowed(statement: TSESTree.Node, fn: FunctionNode): boolean {
  for (let current: TSESTree.Node = statement; current !== fn && current.parent && !isFunction(current); current = current.parent) {
    const { parent } = current;
    const list: readonly TSESTree.Node[] = parent.type === "BlockStatement" ? parent.body : parent.type === "SwitchCase" ? parent.consequent : [];
    if (list.length > 0 && list.at(-1) !== current) return true;
  }
  return false;
}

/** Whether an error of what stands in a `try` is caught and forgotten: what comes after runs all the same. */
function isForgiven(node: TSESTree.Node, fn: FunctionNode, source: Source): boolean {
  for (let current: TSESTree.Node = node; current !== fn && current.parent; current = current.parent) {
    const { parent } = current;
    if (parent.type === "MemberExpression" && parent.object === current && memberName(parent) === "catch") return true;
    if (parent.type !== "TryStatement" || parent.block !== current || !parent.handler) continue;
    const { body } = parent.handler;
    if (walk(body, source, (each) => (isDenial(each) ? "stop" : undefined)) || leaves(body)) return false;
    return isFollowed(parent, fn) || walk(body, source, (each) => (each.type === "CallExpression" && isHandingOn(each) ? "stop" : undefined));
  }
  return false;
}

/** Whether an error that a call throws ends what its function does. */
export const endsByError = (call: TSESTree.Node, fn: FunctionNode, source: Source): boolean => !isForgiven(call, fn, source);

interface Search {
  readonly source: Source;
  readonly fn: FunctionNode;
  readonly seen: Set<TSESTree.Node>;
}

/** Whether who is asking has to be there for a value to be read: `session.user.id`. */
export function isNeeded(node: TSESTree.MemberExpression, fn: FunctionNode, source: Source): boolean {
  if (node.optional || !principalParts.test(memberName(node) ?? "")) return false;
  const inner = unwrap(node.object);
  const name = inner.type === "MemberExpression" ? memberName(inner) : inner.type === "Identifier" ? inner.name : null;
  return name !== null && principalWords.test(name) && endsByError(node, fn, source) && !isForSomebody(node, fn);
}

/** Whether a test turns somebody away on one of its sides. */
function turnsAwayBy({ test, consequent, alternate }: TSESTree.IfStatement): boolean {
  return (leaves(consequent) && !isPresence(test)) || leaves(alternate);
}

/** Whether a call by such a name says of a value that it is there, or that it may. */
const isHeldAgainst = (name: string): boolean => name === "Boolean" || isAssertionName(name) || isPermissionName(name) || asksWhoIsThere(name) || /^(?:assert|invariant)/.test(name);

/** Whether somebody is turned away by what comes of an expression: a test that leaves, or a part that has to be there. */
function decides(node: TSESTree.Node, search: Search, left = 16): boolean {
  const whole = outermost(node);
  const { parent } = whole;
  if (!parent || left === 0 || whole === search.fn.body || search.seen.has(whole)) return false;
  search.seen.add(whole);
  const on = (next: TSESTree.Node): boolean => decides(next, search, left - 1);
  switch (parent.type) {
    case "MemberExpression":
      return parent.object === whole && (isNeeded(parent, search.fn, search.source) || on(parent));
    case "AwaitExpression":
    case "UnaryExpression":
    case "BinaryExpression":
    case "LogicalExpression":
    case "TemplateLiteral":
    case "ArrayExpression":
    case "ConditionalExpression":
      return on(parent);
    case "CallExpression":
      return parent.callee === whole ? on(parent) : isHeldAgainst(lastNameOf(parent.callee)) && (on(parent) || isAssertionName(lastNameOf(parent.callee)));
    case "IfStatement":
      return parent.test === whole && turnsAwayBy(parent);
    case "VariableDeclarator":
      return parent.init === whole && areReadsDeciding(parent.id, search, left - 1);
    case "AssignmentExpression":
      return parent.right === whole && parent.left.type === "Identifier" && areReadsDeciding(parent.left, search, left - 1);
    default:
      return false;
  }
}

function areReadsDeciding(pattern: TSESTree.Node, search: Search, left: number): boolean {
  return walk(pattern, search.source, (node) => {
    if (node.type === "TSTypeAnnotation") return false;
    if (node.type !== "Identifier" || (node.parent.type === "Property" && node.parent.key === node && !node.parent.shorthand)) return true;
    const variable = variableOf(node, search.source);
    return variable && readsOf(variable).some((read) => isWithin(read, search.fn) && decides(read, search, left)) ? "stop" : true;
  });
}

/** Whether a function turns somebody away by what an expression in it comes to: nothing, no, an error. */
export const isDecisive = (node: TSESTree.Node, fn: FunctionNode, source: Source): boolean => !isForSomebody(node, fn) && decides(node, { source, fn, seen: new Set() });

/** The same for a value that it takes out of what it is given: `({ ctx: { user } }) =>`. */
export const isTakenDecisive = (pattern: TSESTree.Node, fn: FunctionNode, source: Source): boolean => areReadsDeciding(pattern, { source, fn, seen: new Set() }, 15);

/** Whether a return belongs to a function, or to one that it makes and gives back. */
function isOwnReturn(statement: TSESTree.ReturnStatement, fn: FunctionNode): boolean {
  const around = enclosingFunction(statement);
  if (around === fn) return true;
  const holder = around && outermost(around).parent;
  return holder?.type === "ReturnStatement" ? isOwnReturn(holder, fn) : holder === fn;
}

/** A return that does more than to hand on. */
function isAnswer(statement: TSESTree.ReturnStatement): boolean {
  const { argument, parent } = statement;
  if (argument) return !isFunction(unwrap(argument)) && !isHandingOn(argument) && !(argument.type === "Identifier" && argument.name === "undefined");
  const siblings: readonly TSESTree.Node[] = parent.type === "BlockStatement" ? parent.body : [];
  const before = siblings[siblings.indexOf(statement) - 1];
  return before?.type !== "ExpressionStatement" || !isHandingOn(before.expression);
}

const answers = /^(?:status|sendStatus|json|send|end|redirect|writeHead|render|code)$/;

/** `res.status(410)`, `ctx.throw()`, `next(error)`. */
function isAnswering(call: TSESTree.CallExpression): boolean {
  const name = lastNameOf(call.callee);
  if (leavingCalls.test(name)) return true;
  if (unwrap(call.callee).type === "Identifier") return name === "next" && !isHandingOn(call);
  return answers.test(name) && !isLogged(call);
}

/** What middleware is given: the request, the answer, and what runs the next one. */
const isGiven = (argument: TSESTree.Node): boolean => {
  const inner = unwrap(argument);
  return inner.type === "Identifier" && /^_?(?:req|request|res|response|reply|ctx|context|event|c|next|done)$/.test(inner.name);
};

/** Whether a function runs later than what stands around it, when the answer is sent or an event comes: `res.end = function () {…}`. */
export function isRunLater(node: TSESTree.Node): boolean {
  if (!isFunction(node)) return false;
  const { parent } = node;
  if (parent.type === "AssignmentExpression") return parent.left.type === "MemberExpression";
  return parent.type === "CallExpression" && parent.callee !== node && /^(?:on|once|addListener|addEventListener|setTimeout|setInterval|setImmediate|onFinished)$/.test(lastNameOf(parent.callee));
}

/** A way through more functions than this is none that we would follow. */
const deepest = 3;

/**
 * Whether a function that runs before a handler may keep somebody out, however: it answers, throws, or hands the request to what may. One
 * that cannot asks nobody anything, whatever it reads.
 */
export const mayTurnAway = (fn: FunctionNode, source: Source): boolean => mayEnd(fn, source, deepest);

function mayEnd(fn: FunctionNode, source: Source, left: number): boolean {
  if (left === 0) return true;
  return walk(fn.body, source, (node) => {
    if (isRunLater(node)) return false;
    switch (node.type) {
      case "ThrowStatement":
        return endsByError(node, fn, source) ? "stop" : undefined;
      case "ReturnStatement":
        // What a helper gives back is for its caller to judge.
        return left === deepest && isOwnReturn(node, fn) && isAnswer(node) ? "stop" : undefined;
      case "CallExpression":
        return isAnswering(node) || mayCallTurnAway(node, fn, source, left) ? "stop" : undefined;
      case "AssignmentExpression":
        // `ctx.status = 410`.
        return node.left.type === "MemberExpression" && /^(?:status|statusCode|body)$/.test(memberName(node.left) ?? "") ? "stop" : undefined;
      default:
        return isDenial(node) ? "stop" : undefined;
    }
  });
}

function mayCallTurnAway(call: TSESTree.CallExpression, fn: FunctionNode, source: Source, left: number): boolean {
  const value = definitionOf(call.callee, source);
  const isHanded = call.arguments.some(isGiven);
  if (value?.kind === "definition" && isFunction(value.node)) {
    if (value.node === fn) return false;
    if (isHanded) return mayEnd(value.node, value.source, left - 1);
    return endsByError(call, fn, source) && walk(value.node.body, value.source, (node) => (node.type === "ThrowStatement" ? "stop" : undefined));
  }
  const callee = unwrap(call.callee);
  const isNext = callee.type === "Identifier" && callee.name === "next";
  return value === null && isHanded && !isNext;
}
