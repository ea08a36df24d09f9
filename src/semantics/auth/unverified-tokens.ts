import type { TSESTree } from "@typescript-eslint/utils";

import { choosesByKeySince, ignoresExpiry, lifetimeClaims, publicKeyName, tokenDecoders, tokenSigners, tokenVerifiers, unsignedTaken, verifyingText } from "../../knowledge/tokens.js";
import { fileFacts } from "../../project/file.js";
import { majorOf, packageOf } from "../../project/package-json.js";
import { textQuestion } from "../../project/source-texts.js";
import { readsOf, variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { keyName, memberName, outermost, propertyOf, resolveConst, stringValue, unwrap } from "../../syntax/value.js";
import { ancestor, isFunction, walk } from "../../syntax/walk.js";
import { roleOf } from "../program/file-role.js";
import { nameOf } from "../calls/http-calls.js";
import { handedFor } from "../program/handed-values.js";
import { optionPresence, optionsLiteral } from "../program/options.js";
import { originOf, stepsText } from "../program/provenance.js";

type Call = TSESTree.CallExpression | TSESTree.NewExpression;

/** A token that the code takes for what it says, though anybody may have written it, or its time is over. */
export interface UnverifiedToken {
  readonly fault: "decoded" | "unsigned" | "expired" | "confused";
  readonly node: TSESTree.Node;
  readonly name: string;
  /** Whether it is clear that the token came with a request, and that nothing else in the project checks it. */
  readonly isSure: boolean;
}

const inTable = (callee: TSESTree.Node, table: readonly { readonly module: string; readonly calls: readonly string[] }[], source: Source): number => {
  const origin = originOf(callee, source);
  const path = origin && stepsText(origin.steps);
  return table.findIndex(({ module, calls }) => origin?.module === module && calls.some((call) => call === path || `${call}()` === path || call === `${path}()`));
};

const verifies = new WeakMap<Source["ast"], boolean>();

/** Whether a file checks the signature of any token. */
function fileVerifies(source: Source): boolean {
  let known = verifies.get(source.ast);
  if (known === undefined) {
    known =
      verifyingText.test(source.text) &&
      walk(source.ast, source, (node) => {
        if (node.type !== "CallExpression" && node.type !== "NewExpression") return true;
        const name = unwrap(node.callee);
        const last = name.type === "MemberExpression" ? memberName(name) : name.type === "Identifier" ? name.name : "";
        return /verif|jwks|introspect|validate\w*token/i.test(last ?? "") || inTable(node.callee, tokenVerifiers, source) >= 0 ? "stop" : true;
      });
    verifies.set(source.ast, known);
  }
  return known;
}

const projectVerifies = textQuestion(verifyingText);

function isVerifiedInProject(source: Source): boolean {
  const filename = fileFacts(source)?.filename;
  const dir = filename === undefined ? undefined : packageOf(filename)?.dir;
  return dir === undefined || projectVerifies(dir) !== false;
}

/** Whether an expression is a part of a request: a header, a cookie, a parameter of the handler's own. */
function isOfRequest(node: TSESTree.Node, source: Source, hops = 8): boolean {
  const inner = resolveConst(node, source);
  if (hops === 0) return false;
  if (inner.type === "AwaitExpression") return isOfRequest(inner.argument, source, hops - 1);
  if (inner.type === "CallExpression") {
    const isHost = /^(?:cookies|headers)$/.test(source.text.slice(...inner.callee.range));
    return isHost || isOfRequest(inner.callee, source, hops - 1) || inner.arguments.some((argument) => isOfRequest(argument, source, hops - 1));
  }
  if (inner.type === "LogicalExpression") return isOfRequest(inner.left, source, hops - 1) || isOfRequest(inner.right, source, hops - 1);
  if (inner.type === "MemberExpression") return /(?:^|\.)(?:headers|cookies|authorization|query|body)\b/i.test(source.text.slice(...inner.range)) || isOfRequest(inner.object, source, hops - 1);
  return false;
}

/** Whether what holds a token is called one: the text of another service's answer is not. */
const isCalledToken = (node: TSESTree.Node, source: Source): boolean => /token|jwt|auth|session|bearer|credential|^[a-z]$/i.test(source.text.slice(...node.range)) || stringValue(node) !== null;

/** Whether a function says by its name that it only takes a token apart: whoever calls it knows. */
const isForDecoding = (call: Call): boolean =>
  ancestor(call, (node) => {
    if (!isFunction(node)) return false;
    const { parent } = node;
    const id = node.id ?? (parent.type === "VariableDeclarator" ? parent.id : parent.type === "MethodDefinition" || parent.type === "Property" ? parent.key : null);
    return id?.type === "Identifier" && /decode|parse|peek|unverified|unsafe|inspect|extract/i.test(id.name);
  }) !== null;

/** Where the code of a browser is kept, whatever it imports. */
const isBrowserFolder = (source: Source): boolean => /(?:^|[\\/])(?:client|frontend|browser|mobile)[\\/]/.test(fileFacts(source)?.filename ?? "");

/** Names of tokens that another service has handed over itself, and of what is asked only when it ends. */
const handedOver = /id_?token|access_?token|refresh_?token|sso/i;

/** Claims that only say when a token ends, or which key has signed it. */
const harmless = new Set([...lifetimeClaims, "iat", "nbf", "header", "kid", "iss", "alg"]);

/** The names of the claims that are read off what a call gives back; `null` where the whole is handed on. */
function claimsRead(call: Call, source: Source): string[] | null {
  let node: TSESTree.Node = outermost(call);
  for (;;) {
    const { parent } = node;
    if (parent?.type === "AwaitExpression" || parent?.type === "LogicalExpression") node = outermost(parent);
    else break;
  }
  const { parent } = node;
  if (parent?.type === "MemberExpression" && parent.object === node) return [memberName(parent) ?? "?"];
  if (parent?.type === "ExpressionStatement") return [];
  if (parent?.type !== "VariableDeclarator") return null;
  if (parent.id.type === "ObjectPattern") {
    return parent.id.properties.map((property) => (property.type === "Property" ? (keyName(property.key, property.computed) ?? "?") : "?"));
  }
  const variable = parent.id.type === "Identifier" ? variableOf(parent.id, source) : null;
  if (!variable) return null;
  const claims: string[] = [];
  const reads = readsOf(variable);
  if (reads.length === 0) return null;
  for (const read of reads) {
    const use = outermost(read).parent;
    const member = use?.type === "MemberExpression" && use.object === outermost(read) ? use : null;
    const inner = member && memberName(member) === "payload" ? outermost(member).parent : null;
    if (inner?.type === "MemberExpression") claims.push(memberName(inner) ?? "?");
    else if (member) claims.push(memberName(member) ?? "?");
    else if (!isTested(read)) return null;
  }
  return claims;
}

/** `if (!decoded)`, `decoded && …`, `typeof decoded` */
function isTested(node: TSESTree.Node): boolean {
  const { parent } = outermost(node);
  return parent?.type === "UnaryExpression" || parent?.type === "IfStatement" || parent?.type === "LogicalExpression" || parent?.type === "BinaryExpression" || parent?.type === "ConditionalExpression";
}

const isDecorator = (node: TSESTree.Node): boolean =>
  ancestor(node, (current) => current.type === "CallExpression" && current.callee.type === "Identifier" && current.callee.name === "createParamDecorator") !== null;

function decodedBy(call: Call, source: Source): UnverifiedToken | null {
  if (inTable(call.callee, tokenDecoders, source) < 0) return null;
  const [token] = call.arguments;
  const role = roleOf(source);
  if (!token || role === "edge" || role === "unknown" || isBrowserFolder(source) || fileVerifies(source) || isDecorator(call) || isForDecoding(call)) return null;
  const written = source.text.slice(...token.range);
  const isRequest = isOfRequest(token, source);
  if ((!isRequest && handedOver.test(written)) || !(isRequest || isCalledToken(token, source))) return null;
  const claims = claimsRead(call, source);
  if (claims?.every((name) => harmless.has(name)) && !(isRequest && claims.length === 0)) return null;
  const isSure = claims !== null && claims.length > 0 && isRequest && !isVerifiedInProject(source);
  return { fault: "decoded", node: call.callee, name: nameOf(call.callee, source), isSure };
}

const isNone = (node: TSESTree.Node | null): boolean => (stringValue(node) ?? "").toLowerCase() === "none";

/** Where options let in, or make, tokens that nobody has signed. */
function unsignedIn(options: TSESTree.ObjectExpression, source: Source): TSESTree.Node | null {
  for (const name of ["algorithm", "algorithms", "alg"]) {
    const given = propertyOf(options, name);
    if (!given || given === "unknown") continue;
    const value = resolveConst(given, source);
    if (isNone(value)) return given;
    const none = value.type === "ArrayExpression" ? value.elements.find((element) => element && isNone(resolveConst(element, source))) : null;
    if (none) return none;
  }
  return null;
}

/** `ignoreExpiration: true` */
function ignoredExpiryIn(options: TSESTree.ObjectExpression): TSESTree.Node | null {
  const given = propertyOf(options, ignoresExpiry);
  if (!given || given === "unknown") return null;
  const value = unwrap(given);
  return value.type === "Literal" && value.value === true ? given.parent ?? given : null;
}

/** Whether a major of the library in use lets the token choose how a public key is taken. */
function isConfusable(module: string, source: Source): boolean {
  const filename = fileFacts(source)?.filename;
  const major = filename === undefined || module !== choosesByKeySince.module ? null : majorOf(filename, module);
  return major !== null && major < choosesByKeySince.major;
}

const isPublicKey = (node: TSESTree.Node, source: Source): boolean => [node, resolveConst(node, source)].some(({ range }) => publicKeyName.test(source.text.slice(...range)));

function loosely(call: Call, source: Source): UnverifiedToken | null {
  const index = inTable(call.callee, tokenVerifiers, source);
  const verifier = tokenVerifiers[index];
  const name = nameOf(call.callee, source);
  if (!verifier) {
    const signer = tokenSigners[inTable(call.callee, tokenSigners, source)];
    const made = signer && signer.options !== null ? optionsLiteral(call.arguments[signer.options], source) : null;
    const unsigned = made && unsignedIn(made, source);
    return unsigned && !isTakenByNobody(source) ? { fault: "unsigned", node: unsigned, name, isSure: true } : null;
  }
  const given = call.arguments[verifier.options];
  const options = optionsLiteral(given, source);
  const unsigned = options && unsignedIn(options, source);
  if (unsigned) return isSettingTakenApart(call, verifier.key, source) ? null : { fault: "unsigned", node: unsigned, name, isSure: true };
  const expired = options && ignoredExpiryIn(options);
  if (expired) return isForEndedToken(call, source) || isEndAsked(call, source) ? null : { fault: "expired", node: expired, name, isSure: true };
  const key = call.arguments[verifier.key];
  const hasAlgorithms = given && !isFunction(unwrap(given)) ? optionPresence(given, ["algorithms"], source) : "missing";
  const confused = key && hasAlgorithms === "missing" && isPublicKey(key, source) && isConfusable(verifier.module, source);
  return confused ? { fault: "confused", node: call.callee, name, isSure: true } : null;
}

const takesUnsigned = textQuestion(unsignedTaken);

/** Whether tokens that nobody has signed let nobody in: the project verifies with a key, and neither takes unsigned ones anywhere nor only decodes. */
function isTakenByNobody(source: Source): boolean {
  const filename = fileFacts(source)?.filename;
  const dir = filename === undefined ? undefined : packageOf(filename)?.dir;
  return dir !== undefined && projectVerifies(dir) === true && takesUnsigned(dir) === false;
}

/** `settings.get("…")`, `process.env.…`: what whoever runs the app has written. */
const isSetting = (node: TSESTree.Node, source: Source): boolean => /(?:^|\.)(?:settings?|config|env)\b/i.test(source.text.slice(...resolveConst(node, source).range)) && !isOfRequest(node, source);

/** Whether a token is only taken apart, without any key, and is a setting of the app in all calls: nobody brings it. */
function isSettingTakenApart(call: Call, key: number, source: Source): boolean {
  const [token] = call.arguments;
  const given = call.arguments[key];
  if (!token || !given || stringValue(given) !== "") return false;
  const inner = unwrap(token);
  const variable = inner.type === "Identifier" ? variableOf(inner, source) : null;
  const handed = variable ? handedFor(variable, source) : [];
  return isSetting(token, source) || (handed.length > 0 && handed.every(({ value, source: of }) => value !== null && value !== "unknown" && isSetting(value, of)));
}

/** Whether the file asks itself when a token ends, of what it has verified: `claims.exp * 1000 < Date.now()`. */
const isEndAsked = (call: Call, source: Source): boolean =>
  walk(source.ast, source, (node) => {
    if (node === call) return false;
    const isRead =
      (node.type === "MemberExpression" && memberName(node) === "exp" && !(node.parent.type === "AssignmentExpression" && node.parent.left === node)) ||
      (node.type === "Property" && node.parent.type === "ObjectPattern" && keyName(node.key, node.computed) === "exp");
    return isRead ? "stop" : true;
  });

/** Whether a token is taken after its end on purpose: it is renewed with another one, or its session is ended. */
const isForEndedToken = (call: Call, source: Source): boolean =>
  ancestor(call, (node) => isFunction(node) && /refresh|renew|logout|sign_?out|revoke|expired|blacklist/i.test(source.text.slice(Math.max(0, node.range[0] - 60), Math.min(node.range[1], node.range[0] + 2_000)))) !== null;

/** The token that a call reads or checks without knowing who has signed it. */
export const unverifiedTokenAt = (call: Call, source: Source): UnverifiedToken | null => decodedBy(call, source) ?? loosely(call, source);
