import type { TSESTree } from "@typescript-eslint/utils";

import {
  keyBuilders,
  keyMakers,
  type KeySink,
  keySinks,
  type KeyUse,
  privateKey,
  publicKeys,
  sampleHost,
  samplePassword,
  sampleSecret,
  secretStart,
  shownNames,
  signedToken,
  tokenShapes,
} from "../../knowledge/hardcoded.js";
import { placeholder } from "../../knowledge/secrets.js";
import { isObject } from "../../project/json.js";
import { namesModule } from "../../project/named-packages.js";
import { reachesOut } from "../../syntax/outside.js";
import { readsOf, variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { keyName, memberName, outermost, propertyOf, resolveConst, stringValue, unwrap } from "../../syntax/value.js";
import { ancestor, isFunction } from "../../syntax/walk.js";
import { isDevelopmentOnly } from "../program/guards.js";
import { nameOf } from "../calls/http-calls.js";
import { optionsLiteral } from "../program/options.js";
import { originOf, stepsText } from "../program/provenance.js";
import { secretFallbackAt } from "./secret-fallbacks.js";
import { hasForeignPassword, isRehearsalName } from "./secrets.js";

export type { KeyUse } from "../../knowledge/hardcoded.js";

/** A secret that stands in the code, by what shows that it is one. */
export type HardcodedSecret =
  | (SecretText & { readonly node: TSESTree.Node })
  | { readonly fault: "literalKey"; readonly node: TSESTree.Node; readonly callee: string; readonly use: KeyUse };

const sinkModules: ReadonlySet<string> = new Set(keySinks.map(({ module }) => module));

const shortestSecret = 20;

/** How much of a line of a file is looked at. */
const longestRow = 20_000;

/** Whether a file's text names a package that works with a key. */
export const mayUseKey = (source: Source): boolean => reachesOut(source) && namesModule(sinkModules, source);

/** Whether a text is made of enough different signs for a secret, and of none that samples are made of. */
const isSecretText = (text: string): boolean => !sampleSecret.test(text) && new Set(text).size >= 10;

/** Whether a text is only shown, or stands where samples do; a constant, wherever it is read. */
function isShown(node: TSESTree.Node, source: Source): boolean {
  const { parent } = outermost(node);
  const variable = parent?.type === "VariableDeclarator" && parent.id.type === "Identifier" ? variableOf(parent.id, source) : null;
  const reads = variable ? readsOf(variable) : [];
  return isAmongSamples(node) || (reads.length > 0 && reads.every(isAmongSamples));
}

const isAmongSamples = (node: TSESTree.Node): boolean =>
  ancestor(node, (current) => {
    if (current.type === "JSXAttribute") return current.name.type === "JSXIdentifier" && shownNames.test(current.name.name);
    if (current.type === "Property") return shownNames.test(keyName(current.key, current.computed) ?? "");
    if (current.type === "VariableDeclarator" || current.type === "FunctionDeclaration") return current.id?.type === "Identifier" && isRehearsalName(current.id.name);
    return current.type === "JSXText";
  }) !== null;

/** Whether another rule speaks of the text: it takes the place of a variable that is not set. */
const isFallback = (node: TSESTree.Node, source: Source): boolean => {
  const { parent } = outermost(node);
  return parent !== undefined && secretFallbackAt(parent, source) !== null;
};

/** What a signed token says about itself. */
function claimsOf(part: string): Record<string, unknown> | null {
  try {
    const claims: unknown = JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
    return isObject(claims) ? claims : null;
  } catch {
    return null;
  }
}

/** Whether a text is a key of Supabase that passes by its policies. The keys of its local stack are the same for all. */
function isServiceRole(text: string): boolean {
  const claims = claimsOf(signedToken.exec(text)?.[1] ?? "");
  return claims?.["role"] === "service_role" && claims["iss"] !== "supabase-demo";
}

function addressIn(text: string): string | null {
  if (!hasForeignPassword(text)) return null;
  const [, user = "", password = "", host = ""] = /^[a-z][\w+.-]*:\/\/([^\s/:@]*):([^\s@]+)@([^\s/?#,]+)/i.exec(text) ?? [];
  return samplePassword.test(password) || sampleSecret.test(`${user} ${password}`) || sampleHost.test(host) ? null : host;
}

/** What a text is that looks like a secret, and nothing like a sample. */
export type SecretText = { readonly fault: "token"; readonly service: string } | { readonly fault: "privateKey" } | { readonly fault: "serviceRole" } | { readonly fault: "address"; readonly host: string };

function readText(text: string): SecretText | null {
  if (privateKey.test(text)) return sampleSecret.test(text.slice(0, 200)) ? null : { fault: "privateKey" };
  if (isServiceRole(text)) return { fault: "serviceRole" };
  const token = tokenShapes.find(({ shape }) => isSecretText(shape.exec(text)?.[0] ?? ""));
  if (token) return { fault: "token", service: token.service };
  const host = addressIn(text);
  return host === null ? null : { fault: "address", host };
}

/** The secrets that stand in a text which is no code, by their lines from 1; a key is known by the line that it begins on. */
export function secretsInText(text: string): { readonly line: number; readonly secret: SecretText }[] {
  if (!secretStart.test(text)) return [];
  const rows = text.split("\n");
  return rows.flatMap((row, index) => {
    if (row.length < shortestSecret || !secretStart.test(row)) return [];
    const part = row.slice(0, longestRow) + (/PRIVATE KEY-----\s*$/.test(row) ? `\n${rows[index + 1]?.trim() ?? ""}` : "");
    // An address is one from its beginning.
    const address = /[a-z][\w+.-]*:\/\/[^\s/:@"'`]*:[^\s@"'`]+@[^\s"'`]+/i.exec(part)?.[0];
    const secret = readText(part) ?? (address === undefined ? null : readText(address));
    return secret ? [{ line: index + 1, secret }] : [];
  });
}

/** The secret that a text is, by its own looks. */
export function secretTextAt(node: TSESTree.Literal | TSESTree.TemplateLiteral, source: Source): HardcodedSecret | null {
  if (node.range[1] - node.range[0] < shortestSecret) return null;
  const texts = node.type === "Literal" ? [node.value] : node.quasis.map(({ value }) => value.cooked);
  for (const text of texts) {
    if (typeof text !== "string" || text.length < shortestSecret || !secretStart.test(text)) continue;
    const found = readText(text);
    if (found && !isShown(node, source) && !isFallback(node, source)) return { ...found, node };
  }
  return null;
}

/** The literal behind a key: through constants, encoders and key objects, and the first of a list. */
function literalKey(node: TSESTree.Node, source: Source, left = 4): TSESTree.Node | null {
  const inner = resolveConst(node, source);
  if (stringValue(inner) !== null) return inner;
  if (left === 0) return null;
  if (inner.type === "ArrayExpression") return inner.elements[0] ? literalKey(inner.elements[0], source, left - 1) : null;
  if (inner.type === "CallExpression") {
    const callee = unwrap(inner.callee);
    const name = callee.type === "MemberExpression" ? memberName(callee) : callee.type === "Identifier" ? callee.name : null;
    const [first] = inner.arguments;
    return name !== null && keyMakers.has(name) && first && first.type !== "SpreadElement" ? literalKey(first, source, left - 1) : null;
  }
  if (inner.type !== "MemberExpression") return null;
  const object = optionsLiteral(inner.object, source);
  const value = object && propertyOf(object, memberName(inner) ?? "");
  return value && value !== "unknown" ? literalKey(value, source, left - 1) : null;
}

/** `new SignJWT(claims).setIssuedAt().sign` is `SignJWT().sign`: what a builder is told on the way does not matter. */
const shortened = (steps: readonly string[]): string => (keyBuilders.has(steps[0] ?? "") ? `${steps[0] ?? ""}().${steps.at(-1) ?? ""}` : stepsText(steps));

function sinkOf(call: TSESTree.CallExpression | TSESTree.NewExpression, source: Source): KeySink | null {
  const origin = originOf(call.callee, source);
  const path = origin && shortened(origin.steps);
  const direct = keySinks.find(({ module, calls }) => calls && origin?.module === module && calls.includes(path ?? ""));
  if (direct) return direct;
  const [first] = call.arguments;
  const given = first && first.type !== "SpreadElement" && call.callee.type === "MemberExpression" && memberName(call.callee) === "register" ? originOf(first, source) : null;
  return given && stepsText(given.steps) === "default" ? (keySinks.find(({ module, calls }) => !calls && module === given.module) ?? null) : null;
}

/** The keys that stand in a call: one, or options of several names. */
function keysOf({ arguments: given }: TSESTree.CallExpression | TSESTree.NewExpression, { key }: KeySink, source: Source): TSESTree.Node[] {
  if (given.some(({ type }) => type === "SpreadElement")) return [];
  if (typeof key === "number") return given[key] ? [given[key]] : [];
  const options = optionsLiteral(key.options < 0 ? given.at(-1) : given[key.options], source);
  return options ? key.names.flatMap((name) => propertyOf(options, name) ?? []).filter((value) => value !== "unknown") : [];
}

/** The text that a call takes for its key, where that stands in the code. */
export function literalKeyAt(call: TSESTree.CallExpression | TSESTree.NewExpression, source: Source): HardcodedSecret | null {
  const sink = sinkOf(call, source);
  if (!sink || sink.onlyWith?.test(source.text) === false || isDevelopmentOnly(call, source)) return null;
  const callee = unwrap(call.callee);
  const chained = callee.type === "MemberExpression" && unwrap(callee.object).type !== "Identifier" ? (originOf(callee, source)?.steps[0] ?? "") : "";
  for (const given of keysOf(call, sink, source)) {
    const key = isFunction(unwrap(given)) ? null : literalKey(given, source);
    const text = stringValue(key);
    if (!key || text === null || text.trim() === "" || isRehearsalName(nameAround(key)) || (sink.use === "provider" && placeholder.test(text))) continue;
    if (publicKeys.some(({ texts }) => texts.includes(text))) continue;
    // A key that others are to read is none.
    if (/-----BEGIN (?:PUBLIC|CERTIFICATE)|\.(?:pem|key|pub)$/.test(text)) continue;
    return { fault: "literalKey", node: key, callee: keyBuilders.has(chained) ? chained : nameOf(call.callee, source), use: sink.use };
  }
  return null;
}

/** The name of the constant that a text stands in. */
function nameAround(node: TSESTree.Node): string {
  const { parent } = outermost(node);
  if (parent?.type === "VariableDeclarator" && parent.id.type === "Identifier") return parent.id.name;
  return parent?.type === "Property" ? (keyName(parent.key, parent.computed) ?? "") : "";
}
