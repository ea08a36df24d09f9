import type { TSESTree } from "@typescript-eslint/utils";

import { deniesText, limitingNames, optionalNames, principalNames } from "../../knowledge/policies.js";
import { alwaysLeaves } from "../../syntax/conditions.js";
import { readsOf, variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { isNullish, keyName, memberName, stringValue, unwrap, unwrapAwait } from "../../syntax/value.js";
import { ancestor, contains, enclosingFunction, type FunctionNode, isClass, isFunction, isWithin, walk } from "../../syntax/walk.js";
import { isNeverReached } from "../failures/cannot-fail.js";
import { entryOf } from "../entries/entries.js";
import { asksWhoIsThere, isAssertionName, isPolicyName } from "./policies.js";
import { identityAt } from "./principals.js";
import { isFrom, originOf } from "../program/provenance.js";

/** A catch that lets through whom a check could not be made for. */
export interface FailOpen {
  /** How: the check comes out well, the next handler is run, or what stands after the check is. */
  readonly how: "true" | "next" | "on";
  /** What lets them through. */
  readonly node: TSESTree.Node;
  /** The check, as messages call it. */
  readonly check: string;
}

function nameOf(fn: FunctionNode): string {
  if ("id" in fn && fn.id) return fn.id.name;
  const { parent } = fn;
  if (parent.type === "VariableDeclarator" && parent.id.type === "Identifier") return parent.id.name;
  if (parent.type === "MethodDefinition" || parent.type === "Property" || parent.type === "PropertyDefinition") return keyName(parent.key, parent.computed) ?? "";
  return parent.type === "AssignmentExpression" && parent.left.type === "MemberExpression" ? (memberName(parent.left) ?? "") : "";
}

function calledName(node: TSESTree.Node): string {
  const inner = unwrapAwait(node);
  if (inner.type !== "CallExpression") return "";
  const callee = unwrap(inner.callee);
  return callee.type === "MemberExpression" ? (memberName(callee) ?? "") : callee.type === "Identifier" ? callee.name : "";
}

/** The first call in a block that asks who is there, or what they may do. */
function checkIn(block: TSESTree.BlockStatement, source: Source): string | null {
  let found: string | null = null;
  walk(block, source, (node) => {
    if (isFunction(node)) return false;
    if (node.type !== "CallExpression") return true;
    const name = calledName(node);
    if (asksWhoIsThere(name) || isPolicyName(name) || identityAt(node, source) !== null) found ??= name;
    return found === null || "stop";
  });
  return found;
}

/** `next()`, and `return next()`: the handler behind is run, and is told of no error. */
function isNext(call: TSESTree.CallExpression, fn: FunctionNode, source: Source): boolean {
  const callee = unwrap(call.callee);
  if (callee.type === "MemberExpression") return memberName(callee) === "next" && isFrom(originOf(callee, source), "next/server", "NextResponse", "next");
  if (call.arguments.length > 0) return false;
  if (callee.type !== "Identifier") return false;
  const entry = entryOf(fn, source);
  const variable = variableOf(callee, source);
  const isParameter = variable?.defs[0]?.type === "Parameter" && variable.defs[0].node === fn;
  return isParameter && callee.name === "next" && (!entry || entry.params.next !== undefined);
}

/** The call in a statement, through `await` and `return`. */
function callIn(statement: TSESTree.Statement): TSESTree.CallExpression | null {
  const node = statement.type === "ExpressionStatement" ? statement.expression : statement.type === "ReturnStatement" ? statement.argument : null;
  const inner = node && unwrapAwait(node);
  return inner?.type === "CallExpression" ? inner : null;
}

const isTrue = (node: TSESTree.Expression | null): boolean => node !== null && unwrap(node).type === "Literal" && (unwrap(node) as TSESTree.Literal).value === true;

/** What a function denies besides what stands in one of its catches. */
function deniesElsewhere(fn: FunctionNode, { range: [start, end] }: TSESTree.CatchClause, source: Source): boolean {
  return deniesText.test(source.text.slice(fn.range[0], start)) || deniesText.test(source.text.slice(end, fn.range[1]));
}

/** The statements that run after a try, in its own block. */
function after(statement: TSESTree.TryStatement): readonly TSESTree.Statement[] {
  const { parent } = statement;
  return parent.type === "BlockStatement" ? parent.body.slice(parent.body.indexOf(statement) + 1) : [];
}

const answers = /\.(?:status|sendStatus|json|send|end|redirect|writeHead|code)\s*\(|\b(?:redirect|notFound|unauthorized|forbidden|reject|abort|exit|deny|fail)\s*\(|\bResponse\b/;

/** Whether a catch lets through whom a check could not be made for. */
export function failOpenAt(handler: TSESTree.CatchClause, source: Source): FailOpen | null {
  const statement = handler.parent;
  const fn = enclosingFunction(handler);
  if (!fn || statement.finalizer) return null;
  const name = nameOf(fn);
  const open = passesAsTrue(handler, fn, name, source) ?? passesToNext(handler, fn, source) ?? goesOn(handler, source);
  if (!open || isChoice(handler, fn, name, source)) return null;
  return isNeverReached({ kind: "catch", node: handler, body: handler.body, binding: handler.param }, source) ? null : open;
}

/** Whether to let through is a choice that is made: what fails counts or switches, or the code says that it may. */
function isChoice(handler: TSESTree.CatchClause, fn: FunctionNode, name: string, source: Source): boolean {
  const owner = ancestor(fn, isClass);
  if (owner && limitingNames.test(source.text.slice(owner.range[0], owner.body.range[0]))) return true;
  return limitingNames.test(name) || optionalNames.test(`${name} ${commentBefore(fn, source)} ${source.text.slice(...handler.range)}`);
}

const commentBefore = (fn: FunctionNode, { text }: Source): string => /(?:\/\/[^\n]*\n\s*|\/\*[^]{0,400}?\*\/\s*)(?:export\s+)?(?:default\s+)?(?:async\s+)?(?:const\s+\w+\s*=\s*)?$/.exec(text.slice(Math.max(0, fn.range[0] - 600), fn.range[0]))?.[0] ?? "";

function passesAsTrue({ body, parent }: TSESTree.CatchClause, fn: FunctionNode, name: string, source: Source): FailOpen | null {
  const passing = body.body.find((statement) => statement.type === "ReturnStatement" && isTrue(statement.argument));
  if (!passing) return null;
  const check = checkIn(parent.block, source);
  if (check !== null && limitingNames.test(check)) return null;
  if (check === null && !(asksWhoIsThere(name) || name === "canActivate")) return null;
  return { how: "true", node: passing, check: check ?? name };
}

const namesPrincipal = (node: TSESTree.Node | undefined): boolean => node?.type === "MemberExpression" && principalNames.test(memberName(node) ?? "");

/** `req.user = undefined`, `delete ctx.session`, `c.set("user", null)` */
function clearsAt(node: TSESTree.Node): boolean {
  if (node.type === "AssignmentExpression") return namesPrincipal(node.left) && isNullish(node.right);
  if (node.type === "UnaryExpression") return node.operator === "delete" && namesPrincipal(node.argument);
  if (node.type !== "CallExpression" || calledName(node) !== "set") return false;
  const [key, value] = node.arguments;
  return key !== undefined && value !== undefined && principalNames.test(stringValue(key) ?? "") && isNullish(value);
}

/** Whether a catch sees to it that nobody is signed in: others deny what needs somebody. */
const clearsPrincipal = (body: TSESTree.BlockStatement, source: Source): boolean => contains(body, source, clearsAt, { nestedFunctions: false });

/** `catch { isValid = false }`, where what stands behind it leaves by `isValid`: the check has an outcome, and it is not yes. */
const setsOutcome = ({ body, parent }: TSESTree.CatchClause, source: Source): boolean =>
  body.body.some((statement) => {
    const set = statement.type === "ExpressionStatement" && statement.expression.type === "AssignmentExpression" && !isTrue(statement.expression.right) ? statement.expression.left : null;
    const variable = set?.type === "Identifier" ? variableOf(set, source) : null;
    return variable !== null && after(parent).some((next) => next.type === "IfStatement" && alwaysLeaves(next.consequent) && readsOf(variable).some((read) => isWithin(read, next.test)));
  });

function passesToNext(handler: TSESTree.CatchClause, fn: FunctionNode, source: Source): FailOpen | null {
  const { body, parent } = handler;
  const own = body.body.find((statement) => { const call = callIn(statement); return call !== null && isNext(call, fn, source); });
  const leaves = body.body.some(alwaysLeaves) || answers.test(source.text.slice(...body.range));
  const later = own || leaves || setsOutcome(handler, source) ? undefined : after(parent).find((statement) => { const call = callIn(statement); return call !== null && isNext(call, fn, source); });
  const passing = own ?? later;
  if (!passing || clearsPrincipal(body, source) || !deniesElsewhere(fn, handler, source)) return null;
  const check = checkIn(parent.block, source);
  return check === null || limitingNames.test(check) ? null : { how: "next", node: own ?? handler, check };
}

/** `try { assertAdmin(user) } catch {}`, with what only an administrator may do behind it. */
function goesOn({ body, parent }: TSESTree.CatchClause, source: Source): FailOpen | null {
  if (body.body.some(alwaysLeaves) || after(parent).length === 0) return null;
  const isDenied = walk(body, source, (node) => {
    if (isFunction(node)) return false;
    return node.type === "ThrowStatement" || node.type === "ReturnStatement" || node.type === "AssignmentExpression" ? "stop" : undefined;
  });
  const denies = /\b(?:4\d\d|5\d\d)\b|\b(?:redirect|notFound|unauthorized|forbidden|reject|abort|exit|deny|fail|next)\s*\(/i.test(source.text.slice(...body.range));
  if (isDenied || denies) return null;
  const [only, ...more] = parent.block.body;
  if (!only || more.length > 0 || only.type !== "ExpressionStatement") return null;
  const check = calledName(only.expression);
  return isAssertionName(check) ? { how: "on", node: body, check } : null;
}
