import type { TSESTree } from "@typescript-eslint/utils";

import { assetAddress, remoteProcedures, standardResponse } from "../../knowledge/http-clients.js";
import { conditionsAt } from "../../syntax/conditions.js";
import { readsOf, variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { type Taken, takenFrom } from "../../syntax/taken.js";
import { memberName, outermost, propertyOf, stringValue, unwrap } from "../../syntax/value.js";
import { ancestor, isFunction } from "../../syntax/walk.js";
import { addressOf } from "./addresses.js";
import { bodyUseOf } from "../entries/body-uses.js";
import { type HttpRole, httpRoleOf, mayBeRefused } from "./http-clients.js";
import { optionsLiteral } from "../program/options.js";

/** A response whose body is taken for what was asked for, whatever the other side answered. */
export interface UncheckedResponse {
  readonly call: TSESTree.CallExpression;
  readonly taken: Taken;
  /** What reads the body: `response.json`. */
  readonly read: TSESTree.MemberExpression;
  /** What it asks of the other side: `GET` when it says nothing; `null` when that cannot be told. */
  readonly method: string | null;
  /** Whether it may only fetch what a browser holds already: bytes, from an address that may be one of `URL.createObjectURL`. */
  readonly mayBeLocal: boolean;
}

const bodyReads: ReadonlySet<string> = new Set(standardResponse.body);
const opaqueReads: ReadonlySet<string> = new Set(standardResponse.opaque);

/** The reads of the body, when nothing else is taken of a response. */
function bodyReadsOf(taken: Taken): TSESTree.MemberExpression[] | null {
  const reads: TSESTree.MemberExpression[] = [];
  for (const { name, target } of taken.fields) {
    const member = outermost(target);
    if (!bodyReads.has(name) || target.type !== "MemberExpression" || member.parent?.type !== "CallExpression" || member.parent.callee !== member) return null;
    reads.push(target);
  }
  return reads.length === 0 ? null : reads;
}

/** Whether an address is that of a file which comes with an app, or of no server at all. */
function isAsset(address: TSESTree.Node | undefined, source: Source): boolean {
  if (!address) return true;
  const inner = unwrap(address);
  const first = inner.type === "NewExpression" ? inner.arguments[0] : inner;
  const text = (first && stringValue(first)) ?? (first?.type === "TemplateLiteral" ? (first.quasis.at(-1)?.value.cooked ?? "") : "");
  return assetAddress.test(text) || addressOf(address, source) === "bundled";
}

/** `x.startsWith("data:")`, `/^blob:/.test(x)`: whether a test that holds says that a text leads to no server; of one of two, both have to. */
function saysLocal(test: TSESTree.Node, isSame: (node: TSESTree.Node) => boolean): boolean {
  const inner = unwrap(test);
  if (inner.type === "LogicalExpression" && inner.operator === "||") return saysLocal(inner.left, isSame) && saysLocal(inner.right, isSame);
  if (inner.type !== "CallExpression" || inner.callee.type !== "MemberExpression") return false;
  const { callee, arguments: [given] } = inner;
  const object = unwrap(callee.object);
  if (memberName(callee) === "startsWith") return isSame(object) && /^(?:data|blob):/i.test(stringValue(given) ?? "");
  return memberName(callee) === "test" && given !== undefined && isSame(unwrap(given)) && object.type === "Literal" && "regex" in object && /^\^(?:data|blob):/i.test(object.regex.pattern);
}

/** Whether the code has asked, before it comes to a call, that the address is one that holds its own bytes. */
function isAskedToBeLocal(call: TSESTree.CallExpression, address: TSESTree.Node, source: Source): boolean {
  const inner = unwrap(address);
  const variable = inner.type === "Identifier" ? variableOf(inner, source) : null;
  if (!variable) return false;
  for (const condition of conditionsAt(call)) {
    if (condition.kind === "test" && condition.holds && saysLocal(condition.test, (node) => node.type === "Identifier" && variableOf(node, source) === variable)) return true;
  }
  return false;
}

function methodOf(call: TSESTree.CallExpression, { optionsAt }: Extract<HttpRole, { kind: "send" }>, source: Source): string | null {
  const given = call.arguments[typeof optionsAt === "number" ? optionsAt : (optionsAt.at(-1) ?? 0)];
  if (!given) return "GET";
  const options = optionsLiteral(given, source);
  const method = options && propertyOf(options, "method");
  if (!options || method === "unknown") return null;
  return method === null ? "GET" : (stringValue(method)?.toUpperCase() ?? null);
}

function isUnchecked(read: TSESTree.MemberExpression, method: string | null, source: Source): boolean {
  const call = outermost(read).parent;
  const use = call && bodyUseOf(call, opaqueReads.has(memberName(read) ?? ""), source);
  // Who prints what was looked up sees an error as well; what was sent was still to be sent.
  return use === "used" || (use === "printed" && method !== "GET");
}

/** Calls of a protocol whose errors come in the body, with status 200. */
const isRemoteProcedure = (call: TSESTree.CallExpression, { text }: Source): boolean => remoteProcedures.test(text.slice(...call.range));

/** What an error comes to in the code around a read of the body, and the variables that hold the body. */
interface Otherwise {
  /** Whether it comes to the same as a fallback, by that text. */
  readonly isSame: (fallback: string) => boolean;
  readonly holders: readonly TSESTree.Identifier[];
}

const declared = (node: TSESTree.Node): TSESTree.Identifier[] => {
  const declarator = ancestor(node, ({ type }) => type === "VariableDeclarator" || type.endsWith("Statement"));
  return declarator?.type === "VariableDeclarator" && declarator.id.type === "Identifier" ? [declarator.id] : [];
};

/** `try { … } catch { return ""; }` */
function returnedInstead(read: TSESTree.MemberExpression, { text }: Source): Otherwise | null {
  const around = ancestor(read, ({ type, parent }) => type === "BlockStatement" && parent.type === "TryStatement" && parent.block.range[0] <= read.range[0] && parent.block.range[1] >= read.range[1]);
  const given = around?.parent?.type === "TryStatement" ? around.parent.handler?.body.body.at(-1) : undefined;
  if (given?.type !== "ReturnStatement" || !given.argument) return null;
  const returned = text.slice(...given.argument.range);
  return { isSame: (fallback) => fallback === returned, holders: declared(read) };
}

/** What a `catch` gives in the place of a body, of which nothing can be taken. */
const nothing = /^(?:null|undefined|\{\s*\})$/;

/** `.then((response) => response.json()).then((data) => …).catch(() => …)` */
function caughtInChain(read: TSESTree.MemberExpression, { text }: Source): Otherwise | null {
  const callback = ancestor(read, isFunction);
  const holders: TSESTree.Identifier[] = [];
  for (let link = callback?.parent; link?.type === "CallExpression"; ) {
    const member: TSESTree.Node | undefined = outermost(link).parent;
    const next: TSESTree.Node | undefined = member?.type === "MemberExpression" ? outermost(member).parent : undefined;
    if (member?.type !== "MemberExpression" || next?.type !== "CallExpression") return null;
    const [given] = next.arguments;
    if (!given || !isFunction(given)) return null;
    if (memberName(member) === "catch") {
      const caught = text.slice(...given.body.range);
      // What a variable takes of the chain falls back as the body does; what a continuation has done, the `catch` has to do as well.
      return holders.length > 0 ? { isSame: (fallback) => caught.includes(`(${fallback})`), holders } : { isSame: (fallback) => nothing.test(caught) || fallback === caught, holders: declared(next) };
    }
    const [parameter] = given.params;
    if (memberName(member) === "then" && parameter?.type === "Identifier") holders.push(parameter);
    link = next;
  }
  return null;
}

/** Whether a body that is none of what was asked for comes to the same as an error: `data?.text || ""`, where an error gives `""` as well, or nothing to take a text of. */
function fallsBackAlike(read: TSESTree.MemberExpression, source: Source): boolean {
  const otherwise = returnedInstead(read, source) ?? caughtInChain(read, source);
  const uses = (otherwise?.holders ?? []).flatMap((holder) => { const variable = variableOf(holder, source); return variable ? readsOf(variable) : []; });
  return otherwise !== null && uses.length > 0 && uses.every((use) => {
    const member = outermost(use).parent;
    const choice = member?.type === "MemberExpression" && member.object === outermost(use) ? outermost(member).parent : null;
    return choice?.type === "LogicalExpression" && choice.operator !== "&&" && otherwise.isSame(source.text.slice(...choice.right.range));
  });
}

/** The response that a call comes to, where its body is used and nobody asks how the other side answered. */
export function uncheckedResponseAt(call: TSESTree.CallExpression, source: Source): UncheckedResponse | null {
  const callee = unwrap(call.callee);
  if (!mayBeRefused(callee, source)) return null;
  const taken = takenFrom(call, source, true);
  const reads = taken && bodyReadsOf(taken);
  const [read] = reads ?? [];
  if (!taken || !reads || !read) return null;
  const role = httpRoleOf(callee, source);
  if (role?.kind !== "send" || !role.client.refused?.includes(role.call) || isAsset(call.arguments[role.addressAt], source)) return null;
  const sentTo = call.arguments[role.addressAt];
  if (sentTo && isAskedToBeLocal(call, sentTo, source)) return null;
  const method = methodOf(call, role, source);
  if (!reads.every((each) => isUnchecked(each, method, source)) || isRemoteProcedure(call, source) || reads.every((each) => fallsBackAlike(each, source))) return null;
  const isOpaque = reads.every((each) => opaqueReads.has(memberName(each) ?? ""));
  const [address] = call.arguments;
  return {
    call,
    taken,
    read,
    method,
    mayBeLocal: isOpaque && call.arguments.length === 1 && address !== undefined && unwrap(address).type !== "TemplateLiteral" && addressOf(address, source) === "unknown",
  };
}
