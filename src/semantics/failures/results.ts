import type { TSESTree } from "@typescript-eslint/utils";

import { answerContents, answerFields, harmless, type ResultApi, resultApis, undoing } from "../../knowledge/result-errors.js";
import { calleeText } from "../../syntax/callee-text.js";
import { hasCommentAt } from "../../syntax/comments.js";
import { alwaysLeaves } from "../../syntax/conditions.js";
import { callsIn, callsNamed } from "../../syntax/nodes.js";
import { importsModule, reachesOut } from "../../syntax/outside.js";
import { readsOf, variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { type Taken, takenFrom } from "../../syntax/taken.js";
import { keyName, memberName, outermost, propertyOf, resolveConst, stringValue, unwrap } from "../../syntax/value.js";
import { isFunction } from "../../syntax/walk.js";
import { gentlerWord, mayAnswerWithError } from "../queries/databases.js";
import { originOf, stepsText } from "../program/provenance.js";
import { type Query, queryAt } from "../queries/queries.js";
import { operationIn } from "../queries/query-names.js";

/** A call that does not throw when it fails: it comes to an object with an `error`. */
interface ResultCall {
  readonly node: TSESTree.CallExpression;
  /** What is called, as the smallest node that tells of it, and as messages name it. */
  readonly callee: TSESTree.Node;
  readonly name: string;
  readonly library: string;
  /** What a failure means: something was not done, or not found out. */
  readonly effect: "write" | "read" | "check";
  readonly promised: boolean;
  /** The fields that tell of a failure. */
  readonly fields: readonly string[];
  /** Whether the error can be thrown as it is. */
  readonly throwable: boolean;
  /** What to ask with instead, where to find no row is an error as well: `.maybeSingle()`. */
  readonly orNone: string | null;
}

/** A result whose error nobody reads. */
export interface IgnoredResult {
  readonly call: ResultCall;
  readonly taken: Taken;
  /** The variable that takes the error, where there is one, which nothing reads. */
  readonly unread: TSESTree.Identifier | null;
  /** Whether a `catch` stands ready that this failure will not come to. */
  readonly caught: boolean;
}

function isOwner({ owner }: ResultApi, path: string, called: string): boolean {
  if (owner === "*") return path.length > called.length;
  if (owner === "") return path === called;
  return path.startsWith(`${owner}.`);
}

function hasOption(call: TSESTree.CallExpression, { when }: ResultApi): boolean {
  if (!when) return true;
  const argument = call.arguments[when.argument];
  const options = argument && unwrap(argument);
  const value = options?.type === "ObjectExpression" ? propertyOf(options, when.option) : null;
  return value !== null && value !== "unknown" && value.type === "Literal" && value.value === when.value;
}

/** Whether a call is of a kind that returns its failure: by its name, or because it takes more than what all kinds do. */
function isOfKind(call: TSESTree.CallExpression, { kinds, when }: ResultApi, source: Source): boolean {
  if (!kinds) return true;
  const [first] = call.arguments;
  if (first && kinds.names.includes(stringValue(resolveConst(first, source)) ?? "")) return true;
  const options = call.arguments[when?.argument ?? 1];
  const given = options && unwrap(options);
  const isShared = (property: TSESTree.ObjectLiteralElement): boolean => property.type === "Property" && kinds.shared.includes(keyName(property.key, property.computed) ?? "");
  return given?.type === "ObjectExpression" && !given.properties.every(isShared);
}

/** The name under which the package exports what an identifier was imported as. */
function importedName(callee: TSESTree.Identifier, source: Source): string {
  const specifier = variableOf(callee, source)?.defs[0]?.node;
  return specifier?.type === "ImportSpecifier" && specifier.imported.type === "Identifier" ? specifier.imported.name : callee.name;
}

/** The modules whose calls stand alone. */
const tableNames: ReadonlySet<string> = new Set(resultApis.flatMap(({ calls }) => calls));

const bareModules = [...new Set(resultApis.flatMap(({ owner, module }) => (owner === "" ? [module] : [])))];

/** Whether a callee is called as one of the calls of the table is: a cheap look, before it is followed to its package. */
function isNamedInTable(callee: TSESTree.Node, source: Source): boolean {
  if (callee.type === "Identifier") {
    if (!bareModules.some((module) => importsModule(module, source))) return false;
    const name = importedName(callee, source);
    return resultApis.some(({ owner, calls }) => owner === "" && calls.includes(name));
  }
  const name = callee.type === "MemberExpression" ? memberName(callee) : null;
  if (callee.type !== "MemberExpression" || name === null || !tableNames.has(name)) return false;
  const object = unwrap(callee.object);
  const owner = object.type === "MemberExpression" ? memberName(object) : object.type === "Identifier" ? object.name : "";
  return resultApis.some(({ calls, on }) => calls.includes(name) && (!on || on.includes(owner ?? "")));
}

const isCall = (node: TSESTree.Node): node is TSESTree.CallExpression => node.type === "CallExpression";

/** The calls of a file that go by the name of one which returns its failure: a cheap look. */
export function mayReturnErrorsIn(source: Source): TSESTree.CallExpression[] {
  if (!reachesOut(source)) return [];
  // What is imported by another name is called by that.
  const mayBeRenamed = bareModules.some((module) => importsModule(module, source));
  return (mayBeRenamed ? callsIn(source) : callsNamed(source, (name) => mayAnswerWithError(name) || tableNames.has(name))).filter(isCall);
}

function ofPackage(node: TSESTree.CallExpression, source: Source): ResultCall | null {
  const callee = unwrap(node.callee);
  if (!isNamedInTable(callee, source)) return null;
  const origin = originOf(callee, source);
  const last = origin?.steps.at(-1);
  if (!origin || last === undefined) return null;
  const path = stepsText(origin.steps);
  const api = resultApis.find((each) => each.module === origin.module && each.calls.includes(last) && isOwner(each, path, last));
  if (!api || (api.on && !api.on.includes(origin.steps.at(-2) ?? "")) || !hasOption(node, api) || !isOfKind(node, api, source)) return null;
  const { name: library, promised, fields, throwable } = api;
  return { node, callee, name: calleeText(callee, source), library, effect: api.effect === "checks" ? "check" : "write", promised, fields, throwable, orNone: null };
}

/** Whether the client was told to throw. */
function throwsByOption({ client: { creation, createdIn } }: Query): boolean {
  return creation !== null && createdIn !== null && createdIn.text.slice(...creation.range).includes("throwOnError");
}

function ofQuery(query: Query, source: Source): ResultCall | null {
  if (query.failure !== "returns-error" || query.node.type !== "CallExpression" || throwsByOption(query)) return null;
  const callee = operationIn(query);
  const orNone = gentlerWord(query.calls.at(-1)?.name ?? "");
  return {
    node: query.node,
    callee,
    name: calleeText(callee, source),
    library: query.orm,
    effect: query.effect === "write" ? "write" : "read",
    promised: true,
    fields: answerFields,
    throwable: true,
    orNone: orNone === null ? null : `.${orNone}()`,
  };
}

/** The call at a node that returns its failure as a value, if it is one. */
function resultCallAt(node: TSESTree.CallExpression, source: Source): ResultCall | null {
  const query = queryAt(node, source);
  return query ? ofQuery(query, source) : ofPackage(node, source);
}

const resultFields = new Set([...answerFields, ...answerContents, ...resultApis.flatMap(({ fields }) => fields)]);

const immediateCalls = new Set(resultApis.flatMap(({ calls, promised }) => (promised ? [] : calls)));

/** What is taken of a call that goes by the name of one that returns its failure, where a result could be taken so: a look at this file only. */
function takenAsResult(node: TSESTree.CallExpression, source: Source): Taken | null {
  const callee = unwrap(node.callee);
  const name = callee.type === "MemberExpression" ? memberName(callee) : null;
  if (!(name !== null && mayAnswerWithError(name)) && !isNamedInTable(callee, source)) return null;
  const taken = takenFrom(node, source, name === null || !immediateCalls.has(name));
  if (!taken?.fields.every((field) => resultFields.has(field.name))) return null;
  return taken.fields.some((field) => field.name === "error" && unreadName(field.target, source) === null) ? null : taken;
}

/** Whether code asks for the data, and has an answer to there being none: `if (!data) return …`, `data ? … : …`. */
function answersAbsence(target: TSESTree.Node, source: Source): boolean {
  if (target.type === "MemberExpression") return isAnswered(target);
  if (target.type === "AssignmentPattern") return answersAbsence(target.left, source);
  if (target.type === "ObjectPattern") return target.properties.some((each) => each.type === "Property" && answersAbsence(each.value, source));
  if (target.type === "ArrayPattern") return target.elements.some((each) => each !== null && answersAbsence(each, source));
  const variable = target.type === "Identifier" ? variableOf(target, source) : null;
  return variable !== null && readsOf(variable).some((read) => isAnswered(read) || isAnsweredByOtherName(read, source));
}

/** `row = data; if (!row) return;` */
function isAnsweredByOtherName(read: TSESTree.Node, source: Source): boolean {
  const { parent } = outermost(read);
  const name = parent?.type === "AssignmentExpression" ? parent.left : parent?.type === "VariableDeclarator" ? parent.id : null;
  const variable = name?.type === "Identifier" && name !== read ? variableOf(name, source) : null;
  return variable !== null && readsOf(variable).some((other) => isAnswered(other));
}

const isNothing = (node: TSESTree.Node): boolean => (node.type === "Literal" && (node.value === null || node.value === 0)) || (node.type === "Identifier" && node.name === "undefined");

/** Whether an expression stands in a test that has something to do when it is not there. */
function isAnswered(read: TSESTree.Node): boolean {
  let negated = false;
  for (let node = read; node.parent; node = node.parent) {
    const { parent } = node;
    switch (parent.type) {
      case "MemberExpression":
        if (parent.object !== node) return false;
        break;
      case "UnaryExpression":
        if (parent.operator === "!") negated = !negated;
        break;
      case "BinaryExpression":
        if (isNothing(parent.left) || isNothing(parent.right)) negated = /^(?:==|===|<|<=)$/.test(parent.operator);
        break;
      case "CallExpression":
        if (parent.callee !== node) return false;
        break;
      case "IfStatement":
        return parent.test === node && (negated || parent.alternate !== null || alwaysLeaves(parent.consequent));
      case "ConditionalExpression":
        return parent.test === node;
      case "ChainExpression":
      case "LogicalExpression":
      case "TSNonNullExpression":
      case "TSAsExpression":
        break;
      default:
        return false;
    }
  }
  return false;
}

/** The `catch` of the `try` that stands around a node, in its own function. */
function handlerAround(node: TSESTree.Node): TSESTree.CatchClause | null {
  for (let current = node; current.parent && !isFunction(current); current = current.parent) {
    if (current.parent.type === "TryStatement" && current.parent.block === current && current.parent.handler) return current.parent.handler;
  }
  return null;
}

/** What a comment says of a failure that does not matter. */
const deliberate = /best[- ]?effort|fire[- ]and[- ]forget|ignor(?:e|ing|ed) (?:the |any |all )?(?:errors?|failures?|result)|(?:errors?|failures?) (?:is|are) (?:ignored|fine|ok)|non[- ]?(?:critical|blocking|fatal|essential)|not (?:critical|fatal)/i;

/** Whether control leaves a branch by throwing, or a branch for an error by whichever way. */
const endsInFailure = ({ test, consequent }: TSESTree.IfStatement, { text }: Source): boolean => {
  const last = consequent.type === "BlockStatement" ? consequent.body.at(-1) : consequent;
  return last?.type === "ThrowStatement" || (alwaysLeaves(consequent) && /err|fail/i.test(text.slice(...test.range)));
};

/** Whether something is undone on the way out of another failure, which is the one that counts: in a `catch`, or before a `throw`. */
function isCleanup({ operation }: Query, node: TSESTree.Node, source: Source): boolean {
  if (!undoing.includes(operation)) return false;
  for (let current = node; current.parent && !isFunction(current); current = current.parent) {
    const { parent } = current;
    if (parent.type === "CatchClause" || (parent.type === "TryStatement" && parent.finalizer === current)) return true;
    if (parent.type === "IfStatement" && parent.consequent === current && endsInFailure(parent, source)) return true;
  }
  return false;
}

/** Whether the `catch` around it has nothing to say to any failure. */
function isShrugged(node: TSESTree.Node): boolean {
  const handler = handlerAround(node);
  return handler !== null && handler.body.body.length === 0;
}

/** What is lost with a query's failure; `null` where a failure and an empty answer come to the same, on purpose (who is signed in?). */
function effectOfQuery({ effect, kind, operation, calls }: Query, takesData: boolean, source: Source): ResultCall["effect"] | null {
  if (harmless.includes(operation)) return null;
  if (operation === "rpc" || operation === "invoke") return takesData ? "read" : "write";
  if (effect === "write") return "write";
  if (kind !== "other") return "read";
  const [first] = calls;
  const origin = first?.node.type === "CallExpression" ? originOf(first.node.callee, source) : null;
  return origin?.steps.includes("storage") ? "read" : null;
}

/** Whether a value is written out as a whole: nothing of it comes from outside. */
function isWrittenOut(node: TSESTree.Node | null | undefined, source: Source): boolean {
  const value = node && resolveConst(node, source);
  switch (value?.type) {
    case "Literal":
      return true;
    case "TemplateLiteral":
      return value.expressions.length === 0;
    case "UnaryExpression":
      return isWrittenOut(value.argument, source);
    case "ArrayExpression":
      return value.elements.every((element) => isWrittenOut(element, source));
    case "ObjectExpression":
      return value.properties.every((property) => property.type === "Property" && !property.computed && isWrittenOut(property.value, source));
    default:
      return false;
  }
}

/** A result whose error nobody reads, and whether there being no data has an answer. */
function unreadResultAt(node: TSESTree.Node, source: Source): { readonly result: IgnoredResult; readonly isAnswered: boolean } | null {
  const taken = node.type === "CallExpression" ? takenAsResult(node, source) : null;
  const call = taken && resultCallAt(node as TSESTree.CallExpression, source);
  if (!call) return null;
  const query = queryAt(node, source);
  // A query that nothing awaits does not fail: it never runs.
  if (taken.floating && query?.lazy === true) return null;
  const telling = taken.fields.filter(({ name }) => call.fields.includes(name));
  const [unread = null] = telling.map(({ target }) => unreadName(target, source));
  if (telling.length > 0 && (telling.length > 1 || unread === null)) return null;
  const data = taken.fields.filter((field) => !telling.includes(field));
  const effect = query ? effectOfQuery(query, data.length > 0, source) : call.effect;
  // Where nobody takes what a read has found, nothing is lost with it.
  if (effect === null || (effect === "check" && data.length > 0) || (effect === "read" && taken.fields.length === 0)) return null;
  if (effect === "check" && isWrittenOut(call.node.arguments[0], source)) return null;
  if ((query && isCleanup(query, node, source)) || isShrugged(node) || hasCommentAt(node, deliberate, source)) return null;
  const result = { call: { ...call, effect }, taken, unread, caught: handlerAround(node) !== null };
  return { result, isAnswered: data.some(({ target }) => answersAbsence(target, source)) };
}

/** The result at a node whose error nobody reads, as far as that is certain. */
export function ignoredResultAt(node: TSESTree.Node, source: Source): IgnoredResult | null {
  const unread = unreadResultAt(node, source);
  return unread && !unread.isAnswered ? unread.result : null;
}

/** A read whose error nobody reads, while there being no data has an answer: a failure gets that answer as well. */
export function answeredReadAt(node: TSESTree.Node, source: Source): IgnoredResult | null {
  const unread = unreadResultAt(node, source);
  return unread?.isAnswered && unread.result.call.effect === "read" ? unread.result : null;
}

/** The name that takes a field, when nothing reads it. */
function unreadName(target: TSESTree.Node, source: Source): TSESTree.Identifier | null {
  const variable = target.type === "Identifier" ? variableOf(target, source) : null;
  return target.type === "Identifier" && variable && readsOf(variable).length === 0 ? target : null;
}
