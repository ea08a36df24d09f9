import type { TSESTree } from "@typescript-eslint/utils";

import { besidePassword, chosenWord, digestMakers, fastDigests, leakedPasswordCheck, ownKey, passwordHashes, passwordNames, passwordPackages, passwordProtocol, serviceWords, storedAs } from "../../knowledge/passwords.js";
import { askedOnce } from "../../syntax/asked-once.js";
import { reachesOut, usesGlobal } from "../../syntax/outside.js";
import { readsOf, variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { keyName, memberName, numberValue, outermost, propertyOf, resolveConst, stringValue, unwrap } from "../../syntax/value.js";
import { ancestor, contains, isFunction, walk } from "../../syntax/walk.js";
import { handedFor } from "../program/handed-values.js";
import { optionsLiteral } from "../program/options.js";
import { definitionOf, originOf, stepsText } from "../program/provenance.js";
import { isKeptNowhere } from "./digest-ends.js";
import { holds, isRehearsalName, wordsOf } from "./secrets.js";

/** A way of keeping or comparing a password that gives it away with the database. */
export type WeakPassword =
  | { readonly fault: "fast"; readonly node: TSESTree.Node; readonly digest: string }
  | { readonly fault: "cheap"; readonly node: TSESTree.Node; readonly given: number; readonly least: number; readonly unit: "cost" | "iterations"; readonly isPassword: boolean }
  | { readonly fault: "plain"; readonly node: TSESTree.Node };

const names = new Map<string, boolean>();

/** Whether a name is that of a password which somebody types. */
function isPasswordName(name: string): boolean {
  let known = names.get(name);
  if (known === undefined) {
    const words = wordsOf(name);
    known = !words.some((word) => serviceWords.has(word)) && holds(` ^ ${words.join(" ")} $ `, passwordNames) && !isRehearsalName(name) && !/hash|encrypted|digest|^(?:has|is|no)[A-Z_]/i.test(name);
    names.set(name, known);
  }
  return known;
}

const nameOfValue = (node: TSESTree.Node): string => {
  const inner = unwrap(node);
  if (inner.type === "Identifier") return inner.name;
  return inner.type === "MemberExpression" ? (memberName(inner) ?? "") : "";
};

/** Whether an expression is made of a password: itself, with salt beside it, or as bytes. */
const isOfPassword = (node: TSESTree.Node, source: Source): boolean => namesPassword(node, source) || namesPassword(resolveConst(node, source), source);

const namesPassword = (node: TSESTree.Node, source: Source): boolean =>
  contains(node, source, (part) => (part.type === "Identifier" || part.type === "MemberExpression") && isPasswordName(nameOfValue(part)) && !isOneOfFields(part, node), { nestedFunctions: false });

/** Whether a value is one of several in an object: the digest of all tells whether a request has come before, and is nobody's password. */
function isOneOfFields(part: TSESTree.Node, whole: TSESTree.Node): boolean {
  const object = ancestor(part, (node) => node === whole || node.type === "ObjectExpression");
  return object?.type === "ObjectExpression" && object.properties.some((each) => each.type === "SpreadElement" || !(isPasswordName(keyName(each.key, each.computed) ?? "") || besidePassword.test(keyName(each.key, each.computed) ?? "")));
}

/** The value behind a member of a constant: `KDF.iterations`. */
function settled(node: TSESTree.Node, source: Source): TSESTree.Node {
  const inner = resolveConst(node, source);
  const object = inner.type === "MemberExpression" ? optionsLiteral(inner.object, source) : null;
  const value = object && inner.type === "MemberExpression" ? propertyOf(object, memberName(inner) ?? "") : null;
  return value && value !== "unknown" ? value : inner;
}

function numberOf(node: TSESTree.Node, source: Source): number | null {
  const value = settled(node, source);
  if (value.type === "BinaryExpression" && value.operator === "**") {
    const [base, power] = [numberValue(value.left, source), numberValue(value.right, source)];
    return base === null || power === null ? null : base ** power;
  }
  const text = stringValue(value);
  return text !== null && /^\d+$/.test(text) ? Number(text) : numberValue(value, source);
}

/** Whether a value is surely none that somebody has chosen: a slow hash is used for it as any other. */
function isOfNobody(hashed: TSESTree.Node, source: Source): boolean {
  const isChosen = (node: TSESTree.Node, of: Source): boolean => isOfPassword(node, of) || chosenWord.test(of.text.slice(...node.range));
  if (isChosen(hashed, source) || namesPasswords(source)) return false;
  const inner = unwrap(hashed);
  const variable = inner.type === "Identifier" ? variableOf(inner, source) : null;
  const handed = variable?.defs[0]?.type === "Parameter" ? handedFor(variable, source) : [];
  if (variable?.defs[0]?.type === "Parameter" && handed.length === 0) return false;
  return handed.every(({ value, source: of }) => value !== null && value !== "unknown" && !isChosen(value, of) && !namesPasswords(of));
}

/** `promisify(pbkdf2)(…)`: the function that a call goes to in the end. */
function calleeOf(call: TSESTree.CallExpression, source: Source): TSESTree.Node {
  const callee = resolveConst(call.callee, source);
  if (callee.type !== "CallExpression") return call.callee;
  const made = unwrap(callee.callee);
  const name = made.type === "MemberExpression" ? memberName(made) : made.type === "Identifier" ? made.name : null;
  return name === "promisify" && callee.arguments[0] ? callee.arguments[0] : call.callee;
}

function cheapAt(call: TSESTree.CallExpression, source: Source): WeakPassword | null {
  const origin = originOf(calleeOf(call, source), source);
  const path = origin && stepsText(origin.steps);
  const hash = passwordHashes.find(({ module, calls }) => origin?.module === module && calls.includes(path ?? ""));
  if (!hash) return null;
  const { cost } = hash;
  let given: TSESTree.Node | "unknown" | null | undefined = typeof cost === "number" ? call.arguments[cost] : undefined;
  if (typeof cost !== "number") {
    const options = optionsLiteral(call.arguments[cost.options], source);
    given = options && cost.names.map((name) => propertyOf(options, name)).find((value) => value !== null);
  }
  if (!given || given === "unknown" || isFunction(unwrap(given))) return null;
  const number = numberOf(given, source);
  if (number === null || number >= hash.least || number <= 0) return null;
  const password = hash.password === null ? null : call.arguments[hash.password];
  // What a cipher takes as its password is a key of the app's own, and what an app has made up itself is long enough for any number of rounds.
  const isForCipher = /create(?:C|Dec)ipher|AES/.test(source.text);
  if (hash.unit === "iterations" && (isForCipher || (password && ownKey.test(source.text.slice(...password.range))))) return null;
  if (hash.unit === "cost" && password && isOfNobody(password, source)) return null;
  const isPassword = hash.unit === "cost" || (password !== null && password !== undefined && isOfPassword(password, source));
  return { fault: "cheap", node: given, given: number, least: hash.least, unit: hash.unit, isPassword };
}

/** Whether what a digest gives goes into a slow hash, is only asked about, or is what a protocol of others wants. */
const isBeforeSlowHash = (node: TSESTree.Node, source: Source): boolean => {
  if (leakedPasswordCheck.test(source.text) || passwordProtocol.test(source.text)) return true;
  const fn = ancestor(node, isFunction);
  return contains(fn ?? source.ast, source, (part) => part.type === "CallExpression" && /^(?:bcrypt|argon2?|scrypt|pbkdf2)/i.test(nameOfValue(part.callee.type === "MemberExpression" ? part.callee.object : part.callee)));
};

/** Whether a call hashes what it is given slowly: by a library, or by a function of the project that does. */
function hashesSlowly(call: TSESTree.CallExpression, source: Source): boolean {
  const made = definitionOf(call.callee, source);
  if (made?.kind !== "definition" || !isFunction(made.node)) return false;
  return contains(made.node, made.source, (part) => {
    if (part.type !== "CallExpression") return false;
    const origin = originOf(calleeOf(part, made.source), made.source);
    const path = origin && stepsText(origin.steps);
    return passwordHashes.some(({ module, calls }) => origin?.module === module && calls.includes(path ?? "")) || passwordPackages.some(({ modules, calls }) => modules.includes(origin?.module ?? "") && calls.test(path ?? ""));
  });
}

/** Whether the function around stores a slow hash of the same password, and calls the digest by no name of one: a mark by which a request is known again. */
function isBesideStored(call: TSESTree.CallExpression, hashed: TSESTree.Node, source: Source): boolean {
  const whole = chainOf(call);
  const { parent } = whole;
  if (parent?.type !== "VariableDeclarator" || parent.id.type !== "Identifier" || storedAs.test(parent.id.name)) return false;
  const variable = variableOf(parent.id, source);
  const places = variable ? readsOf(variable) : [];
  const isStoredAs = (place: TSESTree.Node): boolean => {
    const { parent: around } = outermost(place);
    return (around?.type === "Property" && storedAs.test(keyName(around.key, around.computed) ?? "")) || (around?.type === "AssignmentExpression" && around.left.type === "MemberExpression" && storedAs.test(memberName(around.left) ?? ""));
  };
  const fn = ancestor(call, isFunction);
  const inner = unwrap(hashed);
  const password = inner.type === "Identifier" ? variableOf(inner, source) : null;
  if (!fn || !password || places.some(isStoredAs)) return false;
  const isPassword = (node: TSESTree.Node): boolean => node.type === "Identifier" && variableOf(node, source) === password;
  return contains(fn, source, (part) => part.type === "CallExpression" && part.arguments.some((argument) => isPassword(unwrap(argument))) && hashesSlowly(part, source));
}

/** The whole chain that a call begins: `digest.update(password).digest("hex")`. */
function chainOf(node: TSESTree.Node): TSESTree.Node {
  const current = outermost(node);
  const { parent } = current;
  return (parent?.type === "MemberExpression" && parent.object === current) || (parent?.type === "CallExpression" && parent.callee === current) ? chainOf(parent) : current;
}

const isComparison = (node: TSESTree.Node): boolean =>
  (node.type === "BinaryExpression" && /^[!=]==?$/.test(node.operator)) || (node.type === "CallExpression" && /^(?:timingSafeEqual|includes|equals)$/.test(nameOfValue(node.callee)));

/** Whether a digest is kept nowhere, and held against others that are no row's password: whoever has stored those is to blame. */
function isOnlyCompared(call: TSESTree.CallExpression, source: Source): boolean {
  const whole = chainOf(call);
  const { parent } = whole;
  const variable = parent?.type === "VariableDeclarator" && parent.id.type === "Identifier" ? variableOf(parent.id, source) : null;
  const places = variable ? readsOf(variable) : [whole];
  return (
    places.length > 0 &&
    places.every((place) => {
      const comparison = ancestor(place, (node) => isComparison(node) || isFunction(node));
      return comparison !== null && isComparison(comparison) && !contains(comparison, source, (part) => part.type === "MemberExpression" && /pass(?:word|wd)|hash|digest/i.test(memberName(part) ?? "") && !contains(whole, source, (own) => own === part), { nestedFunctions: false });
    })
  );
}

function fastAt(call: TSESTree.CallExpression, source: Source): WeakPassword | null {
  const callee = unwrap(call.callee);
  const [first] = call.arguments;
  if (!first) return null;
  if (callee.type === "MemberExpression" && /^(?:update|write)$/.test(memberName(callee) ?? "")) {
    if (!isOfPassword(first, source)) return null;
    const maker = resolveConst(callee.object, source);
    let start: TSESTree.Node = maker;
    while (start.type === "CallExpression" && start.callee.type === "MemberExpression" && /^(?:update|write)$/.test(memberName(start.callee) ?? "")) start = resolveConst(start.callee.object, source);
    const origin = start.type === "CallExpression" ? originOf(start.callee, source) : null;
    const isDigest = digestMakers.some(({ module, call: name }) => origin?.module === module && stepsText(origin.steps) === name);
    const algorithm = start.type === "CallExpression" && isDigest ? stringValue(start.arguments[0]) : null;
    return algorithm !== null && !isBeforeSlowHash(call, source) && !isOnlyCompared(call, source) && !isKeptNowhere(call, first, source) && !isBesideStored(call, first, source) ? { fault: "fast", node: first, digest: algorithm } : null;
  }
  if (!isOfPassword(first, source)) return null;
  const origin = originOf(callee, source);
  const path = origin && stepsText(origin.steps);
  const isFast = fastDigests.some(({ module, calls }) => origin?.module === module && calls.includes(path ?? ""));
  return isFast && !isBeforeSlowHash(call, source) && !isOnlyCompared(call, source) && !isKeptNowhere(call, first, source) && !isBesideStored(call, first, source) ? { fault: "fast", node: first, digest: (path === "default" ? origin?.module : path) ?? "" } : null;
}

/** Whether an expression is a row's password: a member of what a database or a list of users gave. */
function isStored(node: TSESTree.Node, source: Source): boolean {
  const inner = unwrap(node);
  if (inner.type !== "MemberExpression" || !isPasswordName(memberName(inner) ?? "")) return false;
  const object = unwrap(inner.object);
  return object.type === "Identifier" && /^(?:\w*user|account|member|customer|admin|employee|found|row|doc|record|existing\w*)$/i.test(object.name) && !/input|form|body|dto|data|new|register|env|config/i.test(source.text.slice(...inner.range));
}

const isTyped = (node: TSESTree.Node): boolean => {
  const inner = unwrap(node);
  if (inner.type === "Identifier") return isPasswordName(inner.name);
  return inner.type === "MemberExpression" && isPasswordName(memberName(inner) ?? "") && /^(?:body|query|params|credentials|dto|input|data|loginDto|value)$/i.test(nameOfValue(inner.object));
};

/** Whether a file names a password anywhere: a cheap first look. */
export const namesPasswords = ({ text }: Source): boolean => /pass|pwd/i.test(text);

/** `user.password === req.body.password` */
export function plainComparisonAt(node: TSESTree.BinaryExpression, source: Source): WeakPassword | null {
  if (!/^[!=]==?$/.test(node.operator)) return null;
  const sides = [node.left, node.right];
  const stored = sides.find((side) => isStored(side, source));
  const typed = sides.find((side) => side !== stored && isTyped(side));
  if (!stored || !typed || /confirm|old|new|repeat|again/i.test(source.text.slice(...node.range))) return null;
  const isHashed = walk(ancestor(node, isFunction) ?? source.ast, source, (part) => {
    if (part.type !== "AssignmentExpression" && part.type !== "VariableDeclarator") return true;
    const target = part.type === "AssignmentExpression" ? part.left : part.id;
    const value = part.type === "AssignmentExpression" ? part.right : part.init;
    return value && nameOfValue(target) === nameOfValue(typed) && /hash|digest|md5|sha/i.test(source.text.slice(...value.range)) ? "stop" : true;
  });
  return isHashed || outermost(node).parent?.type === "AssignmentExpression" ? null : { fault: "plain", node };
}

const lastWords = new Set([...passwordHashes, ...fastDigests].flatMap(({ calls }) => calls.map((call) => call.split(".").at(-1) ?? "")));

/** What a file names that brings a function under a name of its own: `import md5 from "md5"`, `promisify(pbkdf2)`. */
const hashNames = /bcrypt|pbkdf2|crypto-js|\bmd5\b|\bsha1\b|js-sha256/i;

const mayName = new RegExp(`createHash|derive(?:Bits|Key)|genSalt|${hashNames.source}`, "i");

/** Whether a file's text names anything that may hash a password. */
export const namesHashes = (source: Source): boolean => (reachesOut(source) || usesGlobal("crypto", source)) && mayName.test(source.text);

const namesHash = askedOnce(({ text }) => hashNames.test(text));

/** A first look at the callee's last word, before anything is followed. */
function mayHash({ callee }: TSESTree.CallExpression, source: Source): boolean {
  const inner = unwrap(callee);
  if (inner.type === "MemberExpression") return lastWords.has(memberName(inner) ?? "");
  return inner.type === "Identifier" && (lastWords.has(inner.name) || namesHash(source));
}

/** What a call does to a password that is too quick to undo. */
export function weakPasswordAt(call: TSESTree.CallExpression, source: Source): WeakPassword | null {
  if (call.arguments.length === 0) return null;
  const isUpdate = call.callee.type === "MemberExpression" && /^(?:update|write)$/.test(memberName(call.callee) ?? "");
  if (isUpdate) return fastAt(call, source);
  return mayHash(call, source) ? (cheapAt(call, source) ?? fastAt(call, source)) : null;
}
