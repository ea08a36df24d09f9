import type { TSESTree } from "@typescript-eslint/utils";

import { adminPaths, assertions, authorisingText, boundClients, countingWords, hostMethods, identityChecks, openNames, openTables, permissionCalls, personKeys, policyCalls, policyPackages, policyWords, privileges, provingText, publicWords, secretColumns, sentByLink, sharedTables, shownFields, signUpNames } from "../../knowledge/policies.js";
import { variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { memberName, unwrap } from "../../syntax/value.js";
import { ancestor, isFunction } from "../../syntax/walk.js";
import { definitionOf, type Origin } from "../program/provenance.js";

/** Whether a function is called as those are that ask whether somebody may do something. */
export const isPolicyName = (name: string): boolean => policyCalls.some(({ pattern }) => pattern.test(name));

/** Whether a function is called as those are that ask for a permission, and nothing else is. */
export const isPermissionName = (name: string): boolean => permissionCalls.some(({ pattern }) => pattern.test(name));

/** Whether knowing the value of a column is proof enough. */
export const isSecretColumn = (name: string): boolean => secretColumns.test(name);

/** Whether a function is called as those are that ask who is there. */
export const asksWhoIsThere = (name: string): boolean => identityChecks.test(name);

/** Whether a function is called as those are that throw where somebody may not go on. */
export const isAssertionName = (name: string): boolean => assertions.test(name);

/** Whether a column holds the key of the person who acts. */
export const isPersonKey = (column: string): boolean => personKeys.test(column);

/** Whether a column says what somebody may do. */
export const isPrivilege = (column: string): boolean => privileges.test(column);

/** Whether a name or a path is one by which somebody becomes a user. */
export const isSignUpName = (text: string): boolean => signUpNames.test(text);

/** Whether a name or a path is one of what anybody may call. */
export const isOpenName = (text: string): boolean => openNames.test(text);

/** Whether a table is one that strangers write to. */
export const isOpenTable = (table: string): boolean => openTables.test(table);

/** Whether code speaks of more than of who is there: of roles, owners, what they may do. */
export const speaksOfPolicy = (text: string): boolean => policyWords.test(text);

/** Whether code or a name speaks of proof that was sent along: a signature, a shared secret. */
export const speaksOfProof = (text: string): boolean => provingText.test(text);

/** Whether a column, or the value that it must have, says that a row is for everybody. */
export const isPublicWord = (text: string): boolean => publicWords.test(text);

/** Whether a column's name is rather the word for a change that counts. */
export const isCountingWord = (name: string): boolean => countingWords.includes(name);

/** Whether rows of a table are read by others, or found by a link that was sent. */
export const isForOthers = (table: string, effect: "read" | "change"): boolean => sentByLink.test(table) || (effect === "read" && sharedTables.test(table));

/** Whether all of some fields are those that everybody is shown. */
export const areShown = (fields: readonly string[]): boolean => fields.every((field) => shownFields.includes(field));

/** Whether a client is made of who asks. */
export function isBoundClient({ creation, createdIn }: Origin): boolean {
  return creation !== null && createdIn !== null && creation.type === "CallExpression" && boundClients.test(createdIn.text.slice(creation.callee.range[1], creation.range[1]));
}

/** Whether a file's path says that it is for administrators. */
export const isForAdmins = (path: string): boolean => adminPaths.test(path);

/** The name that a call is made by, and what the way to it begins with. */
function calleeOf(call: TSESTree.CallExpression): { name: string | null; root: TSESTree.Node } {
  const callee = unwrap(call.callee);
  let root = callee;
  while (root.type === "MemberExpression" || root.type === "CallExpression") root = unwrap(root.type === "MemberExpression" ? root.object : root.callee);
  return { name: callee.type === "MemberExpression" ? memberName(callee) : callee.type === "Identifier" ? callee.name : null, root };
}

/** Whether a name stands for something of the module, and not for a value that the function around has made or was given. */
function isOfModule(root: TSESTree.Node, source: Source): boolean {
  if (root.type === "ThisExpression") return true;
  if (root.type !== "Identifier") return false;
  const definition = variableOf(root, source)?.defs[0];
  if (!definition) return false;
  if (definition.type === "ImportBinding" || definition.type === "FunctionName") return true;
  return definition.type === "Variable" && ancestor(definition.node, isFunction) === null;
}

/**
 * Whether a call may ask what somebody is allowed to do: by its name, or because the function behind it speaks of such things, or
 * cannot be seen.
 */
export function mayAuthorise(call: TSESTree.CallExpression, source: Source): boolean {
  const { name, root } = calleeOf(call);
  if (name !== null && isPolicyName(name)) return true;
  if (ancestor(call, ({ type }) => type === "CatchClause") || !isOfModule(root, source)) return false;
  const value = definitionOf(call.callee, source);
  if (!value) return name === null || root === unwrap(call.callee) || !hostMethods.test(name);
  if (value.kind === "external") return policyPackages.some(({ modules }) => modules.includes(value.module));
  if (value.kind !== "definition") return true;
  return isFunction(value.node) && authorisingText.test(value.source.text.slice(...value.node.range));
}

const mentionsEnvironment = (node: TSESTree.Node): boolean => {
  const inner = unwrap(node);
  if (inner.type === "TemplateLiteral") return inner.expressions.some(mentionsEnvironment);
  return inner.type === "MemberExpression" && inner.object.type === "MemberExpression" && memberName(inner.object) === "env";
};

/** Whether something that was sent is compared with a secret of the environment. */
export const comparesSecret = (node: TSESTree.Node): boolean =>
  node.type === "BinaryExpression" && /^[!=]==?$/.test(node.operator) && (mentionsEnvironment(node.left) || mentionsEnvironment(node.right));
