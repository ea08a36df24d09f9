import type { TSESLint, TSESTree } from "@typescript-eslint/utils";

import { secretHeaders, secretParameter, sessionsWithTokens, signingIn, tokenLabel } from "../../knowledge/secrets.js";
import { fileFacts } from "../../project/file.js";
import { pathInProject } from "../../project/path.js";
import { readsOf, soleValueOf, variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { keyName, memberName, propertyOf, stringValue, unwrap, unwrapAwait } from "../../syntax/value.js";
import { isFunction } from "../../syntax/walk.js";
import { entryAt, nameOfEntryAt, roleOfName } from "../entries/entries.js";
import { envReadAt, isEnvironment } from "../environment/env.js";
import { originOf, stepsText } from "../program/provenance.js";
import { isPersonalName, isSecretValueName, secretNamed, tellsAboutSecret } from "../auth/secrets.js";

/** A value that nobody should read who may read the logs. */
export interface SensitiveValue {
  readonly kind: "secret" | "environment" | "headers" | "cookies" | "credentials" | "session" | "link" | "personal";
  /** The smallest expression that brings it. */
  readonly node: TSESTree.Node;
}

/** How far to follow an expression, and what to look for in it. */
interface Look {
  readonly hops: number;
  /** Whether what is known of a person counts, beside what lets somebody in. */
  readonly personal: boolean;
}

const further = ({ hops, personal }: Look): Look => ({ hops: hops - 1, personal });

/** What is sensitive of an expression that is written out somewhere: in texts, objects, lists, as JSON; `null` for what only tells about it. */
export const sensitiveValueIn = (node: TSESTree.Node, source: Source, { personal = false } = {}): SensitiveValue | null => within(node, source, { hops: 5, personal });

function within(node: TSESTree.Node, source: Source, look: Look): SensitiveValue | null {
  if (look.hops === 0) return null;
  const inner = unwrapAwait(node);
  const inAny = (nodes: readonly (TSESTree.Node | null)[]): SensitiveValue | null => {
    for (const each of nodes) {
      const found = each && within(each, source, look);
      if (found) return found;
    }
    return null;
  };
  switch (inner.type) {
    case "Identifier":
      return ofName(inner, source, look);
    case "MemberExpression":
      return ofMember(inner, source, look);
    case "TemplateLiteral":
      return ofLink(inner, source) ?? inAny(inner.expressions) ?? inner.expressions.map((hole, index) => labelled(inner.quasis[index]?.value.raw ?? "", hole, source)).find((value) => value !== null) ?? null;
    case "BinaryExpression":
      return inner.operator === "+" ? inAny([inner.left, inner.right]) : null;
    case "ConditionalExpression":
      return inAny([inner.consequent, inner.alternate]);
    case "LogicalExpression":
      return inner.operator === "&&" ? within(inner.right, source, look) : inAny([inner.left, inner.right]);
    case "ArrayExpression":
      return inAny(inner.elements);
    case "SpreadElement":
      return within(inner.argument, source, look);
    case "ObjectExpression":
      return inAny(inner.properties.map((property) => (property.type === "Property" ? property.value : property))) ?? underSecretKey(inner, source);
    case "CallExpression":
      return ofCall(inner, source, look);
    case "NewExpression":
      return isError(inner) ? inAny(inner.arguments.slice(0, 1)) : null;
    default:
      return null;
  }
}

/** The text of an error goes wherever the error goes. */
const isError = ({ callee }: TSESTree.NewExpression): boolean => callee.type === "Identifier" && /Error$/.test(callee.name);

/** `{ password: typed }`: what a key of the object calls a secret, where the value comes from outside under a name that says nothing. */
function underSecretKey({ properties }: TSESTree.ObjectExpression, source: Source): SensitiveValue | null {
  for (const property of properties) {
    if (property.type !== "Property" || property.computed || property.value.type !== "Identifier") continue;
    const key = keyName(property.key, property.computed);
    if (key === null || !isSecretValueName(key) || tellsAboutSecret(property.value.name)) continue;
    const variable = variableOf(property.value, source);
    const [definition] = variable?.defs ?? [];
    const isGiven = !definition || (definition.type === "Parameter" && !isOtherwise(definition.name, null));
    if (isGiven && property.value.name !== "undefined") return found("secret", property.value);
  }
  return null;
}

const enumLike = /(?:^|_)(?:errors?|err|codes?|labels?|messages?|msgs?|strings?|texts?|t|i18n|translations?|schema|shape|fields?|types?|config|settings|options|columns?|formState|touched|dirty|count|usage|stats?|flags?|features?|checks?|results?|validations?)$/i;

/** Whether the object that a member is read from holds words, rules or answers about what its members are called after. */
function isAboutNames(object: TSESTree.Node): boolean {
  const inner = unwrap(object);
  const name = inner.type === "Identifier" ? inner.name : inner.type === "MemberExpression" ? memberName(inner) : null;
  return name === null ? inner.type !== "ThisExpression" && inner.type !== "CallExpression" : enumLike.test(name.replace(/([a-z])([A-Z])/g, "$1_$2")) || /^[A-Z]/.test(name);
}

const found = (kind: SensitiveValue["kind"], node: TSESTree.Node): SensitiveValue => ({ kind, node });

/** What is left of a secret under these names is the secret. */
const wholeOf = /^(?:raw|value|plain|plaintext|plainText)$/;

/** `error.message` of an object that is written out in the file: what stands under that key. */
function underKey(member: TSESTree.MemberExpression, name: string, source: Source, look: Look): SensitiveValue | null {
  const object = unwrap(member.object);
  const variable = object.type === "Identifier" ? variableOf(object, source) : null;
  const value = variable && unchangedObject(variable);
  const property = value && propertyOf(value, name);
  return property && property !== "unknown" ? at(within(property, source, further(look)), member) : null;
}

/** The object that a name was given and that nothing is set in or taken out of afterwards. */
function unchangedObject(variable: TSESLint.Scope.Variable): TSESTree.ObjectExpression | null {
  const value = soleValueOf(variable);
  const object = value && unwrap(value);
  if (object?.type !== "ObjectExpression") return null;
  const changes = ({ parent }: TSESTree.Node): boolean => {
    const place = parent?.type === "MemberExpression" ? parent.parent : undefined;
    return (place?.type === "AssignmentExpression" && place.left === parent) || (place?.type === "UnaryExpression" && place.operator === "delete");
  };
  return readsOf(variable).some(changes) ? null : object;
}

function ofMember(member: TSESTree.MemberExpression, source: Source, look: Look): SensitiveValue | null {
  const name = memberName(member);
  if (name === null) return null;
  const text = source.text.slice(...member.range);
  if (/\benv\b/i.test(text)) {
    if (isEnvironment(member, source)) return found("environment", member);
    const read = /^[A-Z][A-Z\d_]+$/.test(name) && secretNamed(name) ? envReadAt(member, source) : null;
    return read ? found("secret", member) : null;
  }
  const ofRequest = ofRequestMember(member, name, source);
  if (ofRequest) return ofRequest;
  if (name === "session" && isSession(member, source)) return found("session", member);
  if (wholeOf.test(name)) {
    const object = unwrap(member.object);
    return object.type === "Identifier" && isSecretValueName(object.name) ? at(ofName(object, source, look), member) : null;
  }
  const inFile = underKey(member, name, source, look);
  if (inFile) return inFile;
  if (/^[A-Z\d_]+$/.test(name) || isAboutNames(member.object)) return null;
  if (isSecretValueName(name)) return found("secret", member);
  return look.personal && isPersonalName(name) ? found("personal", member) : null;
}

/** The request that a name is, in a handler: Node's, with headers as a plain object, or the Fetch API's. */
function requestOf(node: TSESTree.Node, source: Source): "node" | "fetch" | null {
  const inner = unwrap(node);
  const role = inner.type === "Identifier" ? roleOfName(inner, source) : null;
  if (role?.role !== "request") return null;
  return /^(?:express|next-api|fastify|koa|nest|node)$/.test(role.entry.framework) ? "node" : "fetch";
}

function ofRequestMember(member: TSESTree.MemberExpression, name: string, source: Source): SensitiveValue | null {
  if (name === "headers" || name === "cookies") {
    // What a browser asks before a request has neither cookies nor credentials. https://fetch.spec.whatwg.org/#cors-preflight-fetch
    if (requestOf(member.object, source) === null || entryAt(member, source)?.method === "OPTIONS") return null;
    return found(name, member);
  }
  if (name === "body") return requestOf(member.object, source) === "node" && isForSigningIn(member, source) ? found("credentials", member) : null;
  const object = unwrap(member.object);
  if (!secretHeaders.has(name.toLowerCase()) || object.type !== "MemberExpression" || memberName(object) !== "headers") return null;
  return requestOf(object.object, source) === null ? null : found("secret", member);
}

const isForSigningIn = (node: TSESTree.Node, source: Source): boolean => {
  const facts = fileFacts(source);
  const words = nameOfEntryAt(node, source).replace(/([a-z])([A-Z])/g, "$1-$2").replaceAll(" ", "-");
  return signingIn.test(words) || (facts !== null && signingIn.test(pathInProject(facts).replace(/\.\w+$/, "")));
};

/** A link that lets in whoever has it. */
function ofLink({ quasis, expressions }: TSESTree.TemplateLiteral, source: Source): SensitiveValue | null {
  const at = expressions.findIndex((hole, index) => secretParameter.test(quasis[index]?.value.raw ?? "") && isPlainValue(hole));
  const hole = expressions[at];
  return hole && !/mask|redact|hidden|\bslice|\bsubstr/i.test(source.text.slice(...hole.range)) ? found("link", hole) : null;
}

/** A value called token, behind words that say what it opens: `` `reset token ${token}` ``. */
export function labelled(words: string, node: TSESTree.Node, source: Source): SensitiveValue | null {
  const inner = unwrap(node);
  // What another service answered is a token when it went well, and the log is for when it did not.
  if (inner.type === "Identifier" && isAnswer(inner, source)) return null;
  const name = inner.type === "Identifier" ? inner.name : inner.type === "MemberExpression" ? memberName(inner) : null;
  return name !== null && /(?:^t|T)oken$/.test(name) && tokenLabel.test(words) ? found("secret", inner) : null;
}

function isAnswer(name: TSESTree.Identifier, source: Source): boolean {
  const variable = variableOf(name, source);
  const value = variable && soleValueOf(variable);
  const call = value && unwrapAwait(value);
  const callee = call?.type === "CallExpression" ? unwrap(call.callee) : null;
  return callee?.type === "MemberExpression" && /^(?:json|text)$/.test(memberName(callee) ?? "");
}

/** A name, a member, or one of them written for a link. */
function isPlainValue(node: TSESTree.Node): boolean {
  const inner = unwrapAwait(node);
  if (inner.type === "CallExpression") return unwrap(inner.callee).type === "Identifier" && /^encodeURI(?:Component)?$/.test((unwrap(inner.callee) as TSESTree.Identifier).name) && isPlainValue(inner.arguments[0] ?? inner.callee);
  return inner.type === "Identifier" || inner.type === "MemberExpression";
}

const maskers = /hash|mask|redact|encrypt|digest|hmac|sanit|obfus|truncate|hide|strip|omit|compare|verify|valid|check|^(?:is|has|count|find|exists)/i;

function ofName(name: TSESTree.Identifier, source: Source, look: Look): SensitiveValue | null {
  const variable = variableOf(name, source);
  const [definition] = variable?.defs ?? [];
  if (!variable || !definition) return isSecretValueName(name.name) ? found("secret", name) : null;
  if (definition.type === "ImportBinding" || definition.type === "FunctionName" || definition.type === "ClassName") return null;
  const value = soleValueOf(variable);
  const init = value && unwrapAwait(value);
  if (init && (isFunction(init) || init.type === "Literal")) return null;
  if (init?.type === "ObjectExpression") return unchangedObject(variable) && at(within(init, source, further(look)), name);
  const isNamed = isSecretValueName(name.name);
  if (init && isKnownPart(init)) return at(within(init, source, further(look)), name);
  if (isNamed) return isOtherwise(definition.name, init) || isKeptUnder(variable) ? null : found("secret", name);
  if (isSession(name, source)) return found("session", name);
  return look.personal && isPersonalName(name.name) && isPlainText(definition, init) ? found("personal", name) : null;
}

const isText = (name: TSESTree.Node): boolean => name.type === "Identifier" && name.typeAnnotation?.typeAnnotation.type === "TSStringKeyword";

/** Whether a name stands for a text as far as the file says: handed in as one, or taken from an object. A message that is sent is called `email`, too. */
const isPlainText = (definition: TSESLint.Scope.Definition, init: TSESTree.Node | null): boolean =>
  definition.type === "Parameter" ? isText(definition.name) : definition.type === "Variable" && definition.node.id.type === "ObjectPattern" && init === null;

/** `store.getSecret(secretKey)`: what a secret is kept under, and not the secret. */
const isKeptUnder = (variable: TSESLint.Scope.Variable): boolean =>
  readsOf(variable).some(({ parent: call }) => {
    const callee = call.type === "CallExpression" ? unwrap(call.callee) : null;
    const called = callee?.type === "Identifier" ? callee.name : callee?.type === "MemberExpression" ? memberName(callee) : null;
    return called !== null && /^(?:get|set|put|read|write|load|has|delete|remove)\w*(?:Secret|Credential|Key|Token)s?$/.test(called);
  });

const at = (value: SensitiveValue | null, node: TSESTree.Node): SensitiveValue | null => value && { ...value, node };

/** What can be looked into: texts, choices, reads of the environment and of requests. */
const isKnownPart = (node: TSESTree.Node): boolean =>
  node.type === "TemplateLiteral" || node.type === "ConditionalExpression" || node.type === "LogicalExpression" || node.type === "MemberExpression" || (node.type === "CallExpression" && isReading(node));

const isReading = ({ callee }: TSESTree.CallExpression): boolean => {
  const inner = unwrap(callee);
  return inner.type === "MemberExpression" && /^(?:get|header|slice|substring|substr|trim|toString|fromEntries|stringify)$/.test(memberName(inner) ?? "");
};

/** Whether a name that sounds like a secret's is of another type, or was given something else. */
function isOtherwise(name: TSESTree.Node, init: TSESTree.Node | null): boolean {
  const type = name.type === "Identifier" ? name.typeAnnotation?.typeAnnotation.type : undefined;
  if (type !== undefined && type !== "TSStringKeyword" && type !== "TSUnionType" && type !== "TSAnyKeyword" && type !== "TSUnknownKeyword") return true;
  if (!init) return false;
  if (init.type === "CallExpression") {
    const callee = unwrap(init.callee);
    const called = callee.type === "Identifier" ? callee.name : callee.type === "MemberExpression" ? memberName(callee) : null;
    return called === null || maskers.test(called) || /^(?:create|findFirst|findUnique|insert|update|upsert|delete|query|useState|useRef|form|field|prompt|getElementById|querySelector)/.test(called);
  }
  return init.type === "UnaryExpression" || init.type === "BinaryExpression" || init.type === "NewExpression" || init.type === "ArrayExpression";
}

/** Methods that bring a session, in a text: a cheap first look. */
const bringsSession = /\.auth\s*\.(?:get|sign|refresh|set|exchange|verify)/;

function isSession(node: TSESTree.Node, source: Source): boolean {
  if (!bringsSession.test(source.text)) return false;
  const origin = originOf(node, source);
  return origin !== null && sessionsWithTokens.some(({ modules, steps }) => modules.includes(origin.module) && steps.test(stepsText(origin.steps)));
}

/** How many characters of a secret may be shown so that people can tell which one it is: what a machine made is much longer than a password or a code, and begins with what all of its kind begin with. */
const mostShown = { made: 20, chosen: 8 } as const;

/** Whether people choose or type it. */
function isChosen(node: TSESTree.Node): boolean {
  const inner = unwrap(node);
  // String(token)
  const [first] = inner.type === "CallExpression" ? inner.arguments : [];
  if (first) return isChosen(first);
  return /pass|phrase|pin$|code|otp|mnemonic|seed/i.test((inner.type === "Identifier" ? inner.name : inner.type === "MemberExpression" ? memberName(inner) : null) ?? "");
}

function ofCall(call: TSESTree.CallExpression, source: Source, look: Look): SensitiveValue | null {
  const callee = unwrap(call.callee);
  const [first] = call.arguments;
  if (callee.type === "Identifier") return callee.name === "String" && first ? within(first, source, look) : null;
  if (callee.type !== "MemberExpression") return null;
  const name = memberName(callee);
  const object = unwrap(callee.object);
  switch (name) {
    case "stringify":
      return first ? asJson(first, source, look) : null;
    case "inspect":
      return first ? within(first, source, look) : null;
    case "toString":
    case "valueOf":
    case "trim":
      return within(object, source, look);
    case "replace":
      return isSomeText(first) ? within(object, source, look) : null;
    case "slice":
    case "substring":
    case "substr":
      return isPart(call, object) ? null : within(object, source, look);
    case "fromEntries":
      return first && isEntriesOfHeaders(first, source, look) ? found("headers", call) : null;
    case "get":
    case "header":
      return ofHeader(call, object, source);
    default:
      return null;
  }
}

/** Of the headers of the Fetch API, JSON has nothing. */
function asJson(node: TSESTree.Node, source: Source, look: Look): SensitiveValue | null {
  const value = within(node, source, look);
  const inner = value && unwrap(value.node);
  const isEmpty = value?.kind === "headers" && inner?.type === "MemberExpression" && requestOf(inner.object, source) === "fetch";
  return isEmpty ? null : value;
}

/** `Object.fromEntries(request.headers)`, with or without `.entries()`: an object of its own, which JSON has all of. */
function isEntriesOfHeaders(node: TSESTree.Node, source: Source, look: Look): boolean {
  const inner = unwrap(node);
  const callee = inner.type === "CallExpression" ? unwrap(inner.callee) : null;
  const object = callee?.type === "MemberExpression" && memberName(callee) === "entries" ? callee.object : inner;
  return within(object, source, look)?.kind === "headers";
}

function ofHeader(call: TSESTree.CallExpression, object: TSESTree.Node, source: Source): SensitiveValue | null {
  const name = stringValue(call.arguments[0]);
  if (name === null) return null;
  const inner = unwrap(object);
  if (secretHeaders.has(name.toLowerCase())) {
    const request = inner.type === "MemberExpression" && memberName(inner) === "headers" ? inner.object : inner;
    return requestOf(request, source) === null ? null : found("secret", call);
  }
  return /^[A-Z][A-Z\d_]+$/.test(name) && secretNamed(name) && envReadAt(call, source) ? found("secret", call) : null;
}

/** Whether a pattern means a text that is written out (`"Bearer "`, `/\./g`), so that what is replaced is little of a secret. */
function isSomeText(node: TSESTree.Node | undefined): boolean {
  const pattern = node && unwrap(node);
  if (pattern?.type !== "Literal") return false;
  return "regex" in pattern ? /^\^?(?:[\w \-/:]|\\[.\-/])+\$?$/.test(pattern.regex.pattern) : typeof pattern.value === "string";
}

/** Whether no more than a few characters are shown. */
function isPart({ arguments: [from, to] }: TSESTree.CallExpression, object: TSESTree.Node): boolean {
  const [start, end] = [numberOf(from), numberOf(to)];
  if (start === null) return false;
  const most = isChosen(object) ? mostShown.chosen : mostShown.made;
  if (start < 0) return -start <= most;
  return end !== null && Math.abs(end - start) <= most;
}

function numberOf(node: TSESTree.Node | undefined): number | null {
  if (!node) return null;
  const inner = unwrap(node);
  if (inner.type === "UnaryExpression" && inner.operator === "-") {
    const value = numberOf(inner.argument);
    return value === null ? null : -value;
  }
  return inner.type === "Literal" && typeof inner.value === "number" ? inner.value : null;
}
