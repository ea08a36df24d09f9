import type { TSESTree } from "@typescript-eslint/utils";

import {
  type Act,
  acts,
  chanceWords,
  confessions,
  failureKey,
  failureWord,
  idleCalls,
  idlePackages,
  otherActs,
  outcomeName,
  reportWords,
  seriousWords,
  standInMode,
  standInName,
  statusKey,
  successKey,
  successWord,
  waiting,
} from "../../knowledge/pretences.js";
import { fileFacts } from "../../project/file.js";
import { pathInProject } from "../../project/path.js";
import { type Condition, conditionsAt } from "../../syntax/conditions.js";
import { functionName } from "../../syntax/function-name.js";
import { usesGlobal } from "../../syntax/outside.js";
import { isGlobal, variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { keyName, memberName, outermost, rootOf, stringValue, unwrap, unwrapAwait } from "../../syntax/value.js";
import { ancestor, contains, enclosingFunction, type FunctionNode, isFunction, walk } from "../../syntax/walk.js";
import { isRunByApp } from "../program/callers.js";
import { isDevelopmentOnly } from "../program/guards.js";
import { definitionOf, GLOBAL, originOf } from "../program/provenance.js";
import { queryAt } from "../queries/queries.js";

/** A function that says that it has done something, and whose author says that it has not. */
export interface Pretence {
  readonly name: string;
  readonly loss: Act["loss"];
  /** What claims it: the answer, or the function's name where it answers nothing. */
  readonly node: TSESTree.Node;
  /** The author's words. */
  readonly said: string;
  /** Whether it answers, rather than only end. */
  readonly answers: boolean;
  /** Whether it only tells others how the app is doing, so that to throw would break what it tells of. */
  readonly isReport: boolean;
}

const wordsOf = (name: string): string[] => name.replace(/([a-z\d])([A-Z])/g, "$1 $2").toLowerCase().split(/[^a-z\d]+/).filter((word) => word !== "");

/** What a function does that others rely on, going by its name. */
function actOf(name: string): Act | null {
  const words = wordsOf(name);
  if (words.length === 0 || otherActs.has(words[0] as string)) return null;
  // What is verified of a payment is the payment.
  const [money] = acts;
  if (money && words.some((word) => money.words.includes(word))) return money;
  for (const word of words) {
    const act = acts.find((entry) => entry.words.includes(word));
    if (act) return act;
  }
  return null;
}

/** What a handler does that goes by its method alone. */
const done: Act = { words: [], loss: "order", source: "https://cwe.mitre.org/data/definitions/393.html" };

/** What the handler `POST` of a file does, by the last folder that says something: to send, or anything else. */
function actOfRoute(source: Source): Act {
  const facts = fileFacts(source);
  const folder = facts && pathInProject(facts).split("/").slice(0, -1).findLast((step) => /^[\w-]+$/.test(step));
  const act = folder ? actOf(folder) : null;
  return act?.loss === "message" ? act : done;
}

/** Words that every such comment has one of. */
const telling = /\breal|\bactual|prod|mock|simulat|fake|dummy|stub|placeholder|for now|temporarily|at the moment|todo|fixme/i;

const isConfession = ({ value }: TSESTree.Comment): boolean => telling.test(value) && confessions.some(({ says }) => says.test(value));

/** The comments in which somebody says that the real thing is still to come. */
const confessionsIn = ({ ast }: Source): { readonly at: TSESTree.Comment; readonly said: string }[] => (ast.comments ?? []).filter(isConfession).map((at) => ({ at, said: sentenceOf(at.value) }));

const longest = 90;

function sentenceOf(comment: string): string {
  const line = comment.split("\n").map((each) => each.replace(/^\s*\*?\s*/, "").trim()).find((each) => confessions.some(({ says }) => says.test(each))) ?? comment.trim();
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}

/** Whether a file has anything of it to look at: a first look at its comments and names. */
export const mayPretend = ({ ast }: Source): boolean => (ast.comments ?? []).some(isConfession);

/** The functions of a file that pretend. */
export function pretencesIn(source: Source): Pretence[] {
  const said = confessionsIn(source);
  if (said.length === 0) return [];
  const found = new Map<FunctionNode, Pretence>();
  for (const { at, said: words } of said) {
    const fn = innermostAround(at, source);
    if (!fn || found.has(fn)) continue;
    const pretence = pretenceOf(fn, words, source);
    if (pretence) found.set(fn, pretence);
  }
  return [...found.values()];
}

/** The innermost function that a comment stands in. */
function innermostAround({ range }: TSESTree.Comment, source: Source): FunctionNode | null {
  let innermost: FunctionNode | null = null;
  walk(source.ast, source, (node) => {
    if (node.range[0] > range[0] || node.range[1] < range[1]) return node.type === "Program";
    if (isFunction(node) && node.body.range[0] <= range[0]) innermost = node;
    return true;
  });
  return innermost;
}

function pretenceOf(fn: FunctionNode, said: string, source: Source): Pretence | null {
  const name = functionName(fn);
  const act = name === null || standInName.test(name) ? null : name === "POST" ? actOfRoute(source) : actOf(name);
  if (name === null || !act || fn.body.type !== "BlockStatement" || isDevelopmentOnly(fn, source)) return null;
  if (works(fn, act, source)) return null;
  const claim = claimOf(fn, act, source);
  if (!claim || !isRunByApp(fn.body, source)) return null;
  return { name, loss: act.loss, node: claim, said, answers: claim !== nameNodeOf(fn), isReport: act.loss === "message" && wordsOf(name).some((word) => reportWords.has(word)) };
}

const isThis = (node: TSESTree.Node): boolean => node.type === "ThisExpression";

const nameAt = (node: TSESTree.Node): string | null => {
  const inner = unwrap(node);
  return inner.type === "Identifier" ? inner.name : inner.type === "MemberExpression" ? memberName(inner) : null;
};

/** Whether a call goes to a log: through a name that says so. */
const isLogging = ({ callee }: TSESTree.CallExpression, source: Source): boolean => {
  const inner = unwrap(callee);
  const text = source.text.slice(...inner.range);
  return /^(?:this\.|super\.)?#?(?:_?\w*log(?:ger)?\w*|console)\b/i.test(text) || /\.(?:logger|log)\.\w+$/i.test(text);
};

/** What an awaited value waits for, when that is only time. */
function isPause(node: TSESTree.Node, source: Source): boolean {
  const inner = unwrap(node);
  if (inner.type === "CallExpression") return waiting.test(nameAt(inner.callee) ?? "") || isLogging(inner, source);
  return inner.type === "NewExpression" && inner.callee.type === "Identifier" && inner.callee.name === "Promise" && source.text.slice(...inner.range).includes("setTimeout");
}

/** What a handler reads of its request, and what a form gives: no work. */
const reading: ReadonlySet<string> = new Set(["json", "text", "formData", "param", "params", "query", "body"]);

/** Whether a call may do something outside the function: it is waited for, it belongs to a package, or to something that the class was given. */
function isWork(node: TSESTree.CallExpression, act: Act, source: Source): boolean {
  const callee = unwrap(node.callee);
  if (isLogging(node, source) || isPause(node, source)) return false;
  // Rows are written about what was not done; a message that is kept for its reader was.
  if (queryAt(node, source)) return act.loss === "message" || act === done;
  const name = nameAt(callee);
  if (name !== null && reading.has(name)) return false;
  const root = rootOf(callee);
  if (isThis(root)) {
    // `this.validate(x)` is the class's own; `this.stripe.charge(x)` is not.
    const isOwn = callee.type === "MemberExpression" && isThis(unwrap(callee.object));
    return !isOwn || outermost(node).parent?.type === "AwaitExpression" || outermost(node).parent?.type === "ReturnStatement";
  }
  if (root.type !== "Identifier") return false;
  const origin = originOf(callee, source);
  if (origin && origin.module !== GLOBAL) return !idlePackages.has(origin.module) && !idleCalls.test(name ?? "");
  if (isGlobal(root, source)) return name === "fetch" || (node.callee.type === "Identifier" && outermost(node).parent?.type === "AwaitExpression");
  const isImported = variableOf(root, source)?.defs.some(({ type }) => type === "ImportBinding") ?? false;
  return isImported || outermost(node).parent?.type === "AwaitExpression" || (callee.type === "Identifier" && outermost(node).parent?.type === "ReturnStatement");
}

function works(fn: FunctionNode, act: Act, source: Source): boolean {
  return contains(fn.body, source, (node) => {
    switch (node.type) {
      case "CallExpression":
        return isWork(node, act, source);
      case "NewExpression": {
        // An error, a date or a promise is no service.
        const isKnown = node.callee.type === "Identifier" && isGlobal(node.callee, source);
        return !isKnown && !/Error|Exception|Response$/.test(nameAt(node.callee) ?? "");
      }
      case "AwaitExpression": {
        const inner = unwrap(node.argument);
        return inner.type !== "CallExpression" && !isPause(inner, source);
      }
      default:
        return false;
    }
  });
}

/** What an answer says about how it went: well, badly, or nothing. */
function tenorOf(node: TSESTree.Node): "success" | "failure" | null {
  const value = unwrapAwait(node);
  if (value.type === "Literal") {
    if (value.value === true) return "success";
    return value.value === false || value.raw === "null" ? "failure" : null;
  }
  if (value.type === "CallExpression") {
    // `Response.json({ … })`, `new Response(JSON.stringify({ … }))`, `c.json({ … })`
    const [body, status] = value.arguments;
    const isFailed = status && /\b[45]\d\d\b/.test(JSON.stringify(status, (key, each: unknown) => (key === "parent" || key === "loc" || key === "range" ? undefined : each)));
    return body && !isFailed ? tenorOf(body) : null;
  }
  if (value.type === "NewExpression") return value.arguments[0] ? tenorOf(value.arguments[0]) : null;
  if (value.type !== "ObjectExpression") return null;
  let tenor: "success" | "failure" | null = null;
  for (const property of value.properties) {
    const key = property.type === "Property" ? keyName(property.key, property.computed) : null;
    if (property.type !== "Property" || key === null) continue;
    const given = unwrap(property.value);
    const text = stringValue(given);
    if (given.type === "Literal" && typeof given.value === "boolean" && successKey.test(key)) {
      if (!given.value) return "failure";
      tenor = "success";
    } else if (failureKey.test(key) && !(given.type === "Literal" && given.raw === "null") && !(given.type === "Identifier" && given.name === "undefined")) return "failure";
    else if (text !== null && statusKey.test(key)) tenor = failureWord.test(text) ? "failure" : successWord.test(text) ? "success" : tenor;
    else if (text !== null && /^message$/.test(key) && failureWord.test(text)) return "failure";
  }
  return tenor;
}

/** The part of an answer that says that it went well. */
function claimIn(node: TSESTree.Node): TSESTree.Node {
  const value = unwrapAwait(node);
  if (value.type === "ObjectExpression") {
    for (const property of value.properties) {
      const key = property.type === "Property" ? (keyName(property.key, property.computed) ?? "") : "";
      if (property.type === "Property" && (successKey.test(key) || statusKey.test(key)) && unwrap(property.value).type === "Literal") return property;
    }
  }
  const [body] = value.type === "CallExpression" || value.type === "NewExpression" ? value.arguments : [];
  return body ? claimIn(body) : value;
}

/** What of a function says that the work was done: an answer, or that it ends without one. */
function claimOf(fn: FunctionNode, act: Act, source: Source): TSESTree.Node | null {
  const body = fn.body as TSESTree.BlockStatement;
  const returns: TSESTree.ReturnStatement[] = [];
  walk(body, source, (node) => {
    if (isFunction(node)) return false;
    if (node.type === "ReturnStatement") returns.push(node);
    return true;
  });
  const answers = returns.filter(({ argument }) => argument !== null && !(argument.type === "Identifier" && argument.name === "undefined"));
  // What says no to some of what it is asked has looked at it.
  const isOfCatch = (statement: TSESTree.Node): boolean => ancestor(statement, ({ type }) => type === "CatchClause") !== null;
  if (act.loss === "proof" && answers.some((statement) => tenorOf(statement.argument as TSESTree.Node) === "failure" && !isOfCatch(statement))) return null;
  const good = answers.find((statement) => tenorOf(statement.argument as TSESTree.Node) === "success" && !isOfCatch(statement));
  if (good) return claimIn(good.argument as TSESTree.Node);
  const last = body.body.at(-1);
  const isSilent = answers.length === 0 && last?.type !== "ThrowStatement" && act.loss !== "proof";
  if (!isSilent || contains(body, source, ({ type }) => type === "ThrowStatement")) return null;
  return body.body.length > 0 ? nameNodeOf(fn) : null;
}

function nameNodeOf(fn: FunctionNode): TSESTree.Node | null {
  if (fn.type !== "ArrowFunctionExpression" && fn.id) return fn.id;
  const holder = outermost(fn).parent;
  if (holder?.type === "VariableDeclarator") return holder.id;
  return holder?.type === "MethodDefinition" || holder?.type === "Property" || holder?.type === "PropertyDefinition" ? holder.key : null;
}

// What chance decides

/** Whether a file may leave something to chance. */
export const mayLeaveToChance = (source: Source): boolean => usesGlobal("Math", source) && source.text.includes("Math.random()");

const isRandom = (node: TSESTree.Node): boolean => {
  const call = unwrap(node);
  const callee = call.type === "CallExpression" ? unwrap(call.callee) : null;
  return callee?.type === "MemberExpression" && callee.object.type === "Identifier" && callee.object.name === "Math" && memberName(callee) === "random";
};

/** Whether a branch answers that it went well, or badly. A plain `false` or `null` may leave a sample out. */
function isOutcome(branch: TSESTree.Node | null): boolean {
  if (branch?.type === "ReturnStatement") return isOutcome(branch.argument);
  if (branch?.type === "BlockStatement") return branch.body.some(isOutcome);
  if (!branch || branch.type.endsWith("Statement")) return false;
  return unwrapAwait(branch).type !== "Literal" && tenorOf(branch) !== null;
}

/** The name of what a function is given to: `refundTool` of `const refundTool = tool(async () => …)`. */
function holderOf(node: TSESTree.Node): string | null {
  const declarator = ancestor(node, ({ type }) => type === "VariableDeclarator");
  return declarator?.type === "VariableDeclarator" ? nameAt(declarator.id) : null;
}

/** Whether a comparison is one of `Math.random()`. */
export const leavesToChance = ({ operator, left, right }: TSESTree.BinaryExpression): boolean => /^[<>]=?$/.test(operator) && (isRandom(left) || isRandom(right));

/** The outcome that a comparison of `Math.random()` decides, by its name, or by what the branches say. */
export function chanceAt(node: TSESTree.BinaryExpression, source: Source): { readonly node: TSESTree.Node; readonly name: string } | null {
  if (!leavesToChance(node)) return null;
  const fn = enclosingFunction(node);
  const fnName = fn && functionName(fn);
  if (fnName !== null && standInName.test(fnName)) return null;
  const whole = outermost(node);
  const { parent } = whole;
  const name = nameOfOutcome(whole);
  const decides = name !== null || ((parent?.type === "IfStatement" || parent?.type === "ConditionalExpression") && parent.test === whole && [parent.consequent, parent.alternate].some(isOutcome));
  if (!decides || isMeantToBeChance(node, source) || isDevelopmentOnly(node, source) || isAskedFor(node, source) || isShow(source) || !isRunByApp(node, source)) return null;
  return { node, name: name ?? fnName ?? holderOf(node) ?? "the answer" };
}

/** Whether chance is what the code around is there for, by the names of its functions, the route that it answers and its file. */
function isMeantToBeChance(node: TSESTree.Node, source: Source): boolean {
  const facts = fileFacts(source);
  const names = [facts ? pathInProject(facts).replace(/\.\w+$/, "") : ""];
  for (let fn = enclosingFunction(node); fn; fn = enclosingFunction(fn)) {
    const call = outermost(fn).parent;
    const route = call?.type === "CallExpression" ? stringValue(call.arguments[0]) : null;
    names.push(functionName(fn) ?? "", route ?? "");
  }
  const words = names.flatMap(wordsOf);
  return words.some((word) => chanceWords.has(word)) && !words.some((word) => seriousWords.has(word));
}

/** Whether a file says of itself that it shows how something would be. */
const isShow = ({ ast }: Source): boolean => (ast.comments ?? []).some(({ value }) => /\bdemos?\b|\bmocked\b|\bRNG\b/i.test(value));

function nameOfOutcome(whole: TSESTree.Node): string | null {
  const { parent } = whole;
  const target = parent?.type === "VariableDeclarator" ? parent.id : parent?.type === "AssignmentExpression" && parent.right === whole ? parent.left : null;
  const name = parent?.type === "Property" && parent.value === whole ? keyName(parent.key, parent.computed) : target && nameAt(target);
  return name != null && outcomeName.test(name) ? name : null;
}

/** Whether a condition on the way names the stand-in: whoever meets it has asked for it. */
function isAskedFor(node: TSESTree.Node, source: Source): boolean {
  for (const condition of conditionsAt(node)) {
    const asked = condition.kind === "test" ? [condition.test] : [condition.subject, ...(condition.holds ? condition.values : [])];
    if (asked.some(({ range }) => standInMode.test(source.text.slice(...range)))) return true;
  }
  return false;
}

// Stand-ins that are taken where nothing else fits

/** A call of a function that only does as if, where nobody has asked for that. */
export interface StandIn {
  readonly node: TSESTree.Node;
  readonly name: string;
  /** What leads there: no other case fits, or something is not set up. */
  readonly when: "otherwise" | "unconfigured";
  readonly loss: Act["loss"];
  /** Whether it even leaves to chance how it goes. */
  readonly isChance: boolean;
}

/** Whether a test that comes out as said means that something is missing: `!client`, `!key || !secret`. */
function isAbout(condition: Condition): "otherwise" | "unconfigured" | null {
  if (condition.kind === "case") return condition.holds ? null : "otherwise";
  const test = unwrap(condition.test);
  if (!condition.holds) return test.type === "Identifier" || test.type === "MemberExpression" ? "unconfigured" : "otherwise";
  const operands = (node: TSESTree.Node): TSESTree.Node[] => {
    const inner = unwrap(node);
    return inner.type === "LogicalExpression" && inner.operator === "||" ? [...operands(inner.left), ...operands(inner.right)] : [inner];
  };
  return operands(test).every((each) => each.type === "UnaryExpression" && each.operator === "!") ? "unconfigured" : null;
}

const otherOrder: Act = { loss: "order", words: [], source: "" };

/** Whether a value is the call of a stand-in, by its name: a cheap first look. */
export function mayBeStandIn(node: TSESTree.Node): boolean {
  const call = unwrapAwait(node);
  return call.type === "CallExpression" && standInName.test(nameAt(call.callee) ?? "");
}

/** The stand-in that a returned call is, where production comes to it. */
export function standInAt(node: TSESTree.Node, source: Source): StandIn | null {
  const call = unwrapAwait(node);
  const name = call.type === "CallExpression" ? nameAt(call.callee) : null;
  if (call.type !== "CallExpression" || name === null || !standInName.test(name)) return null;
  const around = enclosingFunction(call);
  const outer = around && functionName(around);
  if (!around || outer === null || standInName.test(outer) || isDevelopmentOnly(call, source) || isAskedFor(call, source)) return null;
  const whens = [...conditionsAt(call, around)].map(isAbout);
  const [when] = whens;
  if (when == null || whens.includes(null)) return null;
  const definition = definitionOf(call.callee, source);
  if (definition?.kind !== "definition" || !isFunction(definition.node)) return null;
  const { node: fn, source: there } = definition;
  const act = actOf(name.replace(standInName, "")) ?? otherOrder;
  if (works(fn, act, there) || !saysSo(fn, there) || !isRunByApp(call, source)) return null;
  return { node: call.callee, name, when, loss: act.loss, isChance: contains(fn.body, there, (each) => each.type === "BinaryExpression" && leavesToChance(each)) };
}

/** Whether a function answers that something went well. */
const saysSo = (fn: FunctionNode, source: Source): boolean =>
  contains(fn.body, source, (node) => node.type === "ReturnStatement" && node.argument !== null && tenorOf(node.argument) === "success") || tenorOf(fn.body) === "success";
