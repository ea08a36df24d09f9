import type { TSESTree } from "@typescript-eslint/utils";

import { accountMakers, dummyPassword, hashNames, keepsUser, passwordHashes, userMakers } from "../../knowledge/passwords.js";
import type { Source } from "../../syntax/source.js";
import { keyName, lastNameOf, outermost, propertyOf, resolveConst, stringValue } from "../../syntax/value.js";
import { ancestor, enclosingFunction } from "../../syntax/walk.js";
import { isDevelopmentOnly } from "../program/guards.js";
import { optionsLiteral } from "../program/options.js";
import { originOf, stepsText } from "../program/provenance.js";
import { isRehearsalName } from "./secrets.js";

/** A password that stands in the code and that an account is made with. */
export interface DefaultPassword {
  readonly node: TSESTree.Node;
}

/** Whether a call hashes a password: by its package, or as the project's own function says. */
function hashesPassword(call: TSESTree.CallExpression, source: Source): boolean {
  const name = lastNameOf(call.callee);
  if (hashNames.test(name)) return true;
  if (!/^hash(?:Sync)?$/.test(name)) return false;
  const origin = originOf(call.callee, source);
  const path = origin && stepsText(origin.steps);
  return passwordHashes.some(({ module, calls, password }) => password === 0 && origin?.module === module && calls.includes(path ?? ""));
}

/** Whether somebody signs in with what a hash is made of: the function keeps it in a row. */
function isKept(call: TSESTree.CallExpression, source: Source): boolean {
  const isCompared = ancestor(call, (node) => node.type === "CallExpression" && /compare|verify|equal/i.test(lastNameOf(node.callee))) !== null;
  if (isCompared) return false;
  const fn = enclosingFunction(call);
  return keepsUser.test(source.text.slice(...(fn ?? source.ast).range));
}

/** Whether what stands around says that nobody real signs in with it. */
const isRehearsal = (node: TSESTree.Node): boolean =>
  ancestor(node, (current) => {
    if (current.type === "VariableDeclarator" || current.type === "FunctionDeclaration") return current.id?.type === "Identifier" && (isRehearsalName(current.id.name) || dummyPassword.test(current.id.name));
    return current.type === "Property" && isRehearsalName(keyName(current.key, current.computed) ?? "");
  }) !== null;

/** The options under a way of names: `createUser({ body: { password } })`. */
function passwordIn(call: TSESTree.CallExpression, at: number, way: readonly string[], source: Source): TSESTree.Node | null {
  let node: TSESTree.Node | null = call.arguments[at] ?? null;
  for (const name of way) {
    const object: TSESTree.ObjectExpression | null = optionsLiteral(node, source);
    const value: TSESTree.Node | "unknown" | null = object && propertyOf(object, name);
    if (!value || value === "unknown") return null;
    node = value;
  }
  return node;
}

/** `register({ username: "admin", password: "…" })`: the project's own function that makes an account, called with all that somebody signs in with. */
function passwordOfOwnMaker(call: TSESTree.CallExpression, source: Source): TSESTree.Node | null {
  const object = accountMakers.test(lastNameOf(call.callee)) ? optionsLiteral(call.arguments[0], source) : null;
  const login = object && ["username", "userName", "email", "login"].map((name) => propertyOf(object, name)).find((value) => value && value !== "unknown");
  const password = object && propertyOf(object, "password");
  return login && login !== "unknown" && stringValue(resolveConst(login, source)) !== null && password && password !== "unknown" ? password : null;
}

/** The password of a literal text that a call makes an account with. */
export function defaultPasswordAt(call: TSESTree.CallExpression, source: Source): DefaultPassword | null {
  let given: TSESTree.Node | null = null;
  if (hashesPassword(call, source)) given = isKept(call, source) ? (call.arguments[0] ?? null) : null;
  else {
    const name = lastNameOf(call.callee);
    const maker = userMakers.find((entry) => entry.call === name);
    const origin = maker ? originOf(call.callee, source) : null;
    if (maker && origin && maker.modules.includes(origin.module) && stepsText(origin.steps).endsWith(maker.path)) given = passwordIn(call, 0, maker.way, source);
    else given = passwordOfOwnMaker(call, source);
  }
  if (!given || given.type === "SpreadElement") return null;
  const literal = resolveConst(given, source);
  const text = stringValue(literal);
  if (text === null || text.trim() === "" || dummyPassword.test(text) || isRehearsal(literal) || isRehearsal(call) || isDevelopmentOnly(call, source)) return null;
  const { parent } = outermost(literal);
  return parent?.type === "LogicalExpression" ? null : { node: literal };
}

/** Whether a file's text hashes a password, or makes an account. */
export const mayMakeUsers = ({ text }: Source): boolean => /hash|createUser|signUp|register|createAccount|createAdmin|addUser/.test(text) && /passw|pwd/i.test(text);
