import type { TSESTree } from "@typescript-eslint/utils";

import { ownAddressWords } from "../../knowledge/deadlines.js";
import { variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { keyName, memberName, stringValue, unwrap } from "../../syntax/value.js";
import { ancestor, type FunctionNode, isClass, isFunction } from "../../syntax/walk.js";
import { constantOf } from "../program/constants.js";
import { definitionOf } from "../program/provenance.js";

/**
 * Where a request goes: to the `own` app (its address, or no address at all), to the `local` machine, to a file that is `bundled`
 * with the app, to an address that a bundler puts into what runs in a `browser`, to one that is `written` out or comes from the
 * server's `configured` environment, or somewhere that cannot be told.
 */
export type Address = "own" | "local" | "bundled" | "browser" | "written" | "configured" | "unknown";

const hops = 6;

/** `NEXT_PUBLIC_APP_URL`, `getBaseUrl` as lower-case words. */
const wordsOf = (name: string): string[] =>
  name
    .replaceAll(/([a-z\d])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .split(/[\W_]+/)
    .filter((word) => word !== "");

/** Whether a name means the app's own address. It silences one call and says nothing else. */
function namesOwnAddress(name: string): boolean {
  const { last, before, certain } = ownAddressWords;
  const words = wordsOf(name);
  const isConfiguration = /^[A-Z\d_]+$|^get/.test(name);
  return words.length > 1 && words.some((word) => last.has(word)) && words.every((word) => last.has(word) || before.has(word)) && (isConfiguration || words.some((word) => certain.has(word)));
}

function ofText(text: string): Address {
  if (/^(?:data|blob|file):/i.test(text)) return "bundled";
  if (/^https?:\/\/(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\])(?:[:/]|$)/i.test(text)) return "local";
  if (/^(?:https?:)?\/\/[^/]/i.test(text)) return "written";
  return "own";
}

/** A template or a sum: what stands first decides, the protocol left out. */
function ofParts(first: string, next: TSESTree.Node | undefined, source: Source, left: number): Address {
  const isPrefix = first === "" || /^(?:https?:)?\/\/$/i.test(first);
  if (!isPrefix || !next) return ofText(first);
  return addressOf(next, source, left - 1);
}

const isMetaUrl = (node: TSESTree.MemberExpression): boolean => node.object.type === "MetaProperty" && memberName(node) === "url";

/** `process.env.X`, `import.meta.env.X`, `env.X`: the name that is read. */
function environmentName(node: TSESTree.MemberExpression): string | null {
  const object = unwrap(node.object);
  const holder = object.type === "MemberExpression" ? memberName(object) : object.type === "Identifier" ? object.name : null;
  return holder !== null && /^\w*env$/i.test(holder) ? memberName(node) : null;
}

/** What is read from the request at hand: `request.nextUrl.origin`, `req.headers.host`, `window.location.origin`. */
const requestPart = /(?:nextUrl|location|req|request)\b.*\.(?:origin|host|hostname|url|href|protocol)$|headers(?:\(\))?\)?\.(?:get\(["'](?:x-forwarded-)?(?:host|origin)["']\)|host|origin)$/;

function ofConfigured(name: string): Address {
  if (/^(?:VITE|REACT_APP|EXPO_PUBLIC|GATSBY)_/.test(name)) return "browser";
  if (namesOwnAddress(name)) return "own";
  return /^(?:NEXT_PUBLIC|NUXT_PUBLIC|PUBLIC)_/.test(name) ? "unknown" : "configured";
}

/** `this.baseUrl`, where the class gives it a value and nothing else does. */
function fieldValue(node: TSESTree.MemberExpression): TSESTree.Node | null {
  const owner = node.object.type === "ThisExpression" ? ancestor(node, isClass) : null;
  const field = owner?.body.body.find((element) => element.type === "PropertyDefinition" && keyName(element.key, element.computed) === memberName(node));
  return field?.type === "PropertyDefinition" ? field.value : null;
}

function ofMember(node: TSESTree.MemberExpression, source: Source, left: number): Address {
  if (isMetaUrl(node)) return "bundled";
  const field = fieldValue(node);
  if (field) return addressOf(field, source, left - 1);
  const name = environmentName(node);
  if (name !== null) return ofConfigured(name);
  if (requestPart.test(source.text.slice(...node.range))) return "own";
  const read = memberName(node) ?? "";
  if (/^(?:href|origin|host)$/.test(read)) return addressOf(node.object, source, left - 1);
  return namesOwnAddress(read) ? "own" : "unknown";
}

/** A name that is read from the environment, or from the request, by taking it apart: `const { APP_URL } = process.env`. */
const isTakenFromConfiguration = (declarator: TSESTree.Node, source: Source): boolean =>
  declarator.type === "VariableDeclarator" &&
  declarator.id.type === "ObjectPattern" &&
  declarator.init !== null &&
  /\benv\b|headers|nextUrl|location/.test(source.text.slice(...declarator.init.range));

function ofName(node: TSESTree.Identifier, source: Source, left: number): Address {
  const [definition] = variableOf(node, source)?.defs ?? [];
  if (definition && isTakenFromConfiguration(definition.node, source)) return ofConfigured(node.name);
  const constant = constantOf(node, source);
  if (constant && !isFunction(constant.node)) {
    const address = addressOf(constant.node, constant.source, left - 1);
    if (address !== "unknown") return address;
  }
  return namesOwnAddress(node.name) ? "own" : "unknown";
}

function ofCall(node: TSESTree.CallExpression, source: Source, left: number): Address {
  const callee = unwrap(node.callee);
  const [first] = node.arguments;
  const name = callee.type === "Identifier" ? callee.name : callee.type === "MemberExpression" ? memberName(callee) : null;
  // What a canvas or a browser's memory holds comes from no server.
  if (name === "toDataURL" || name === "createObjectURL") return "bundled";
  if (requestPart.test(source.text.slice(...node.range))) return "own";
  if (name !== null && /^(?:String|encodeURI|URL)$/.test(name) && first) return addressOf(first, source, left - 1);
  if (callee.type === "MemberExpression" && /^(?:toString|trim|replace|replaceAll|concat)$/.test(name ?? "")) return addressOf(callee.object, source, left - 1);
  const key = stringValue(first);
  // `Deno.env.get("X")`, `env("X")`, `config.getOrThrow("X")`
  if (key !== null && /^(?:get|getOrThrow|env|requireEnv|getEnv)$/.test(name ?? "") && /^[A-Z][A-Z\d_]+$/.test(key)) return ofConfigured(key);
  if (name !== null && namesOwnAddress(name)) return "own";
  const made = definitionOf(callee, source);
  if (made?.kind !== "definition" || !isFunction(made.node) || made.node.params.length > 0) return "unknown";
  return ofReturned(made.node, made.source, left);
}

/** What a function without parameters gives back: `const apiUrl = () => process.env.INTERNAL_API_URL ?? process.env.BASE_URL`. */
function ofReturned(fn: FunctionNode, source: Source, left: number): Address {
  if (fn.body.type !== "BlockStatement") return addressOf(fn.body, source, left - 1);
  const [only, ...more] = fn.body.body.filter(({ type }) => type === "ReturnStatement");
  return only?.type === "ReturnStatement" && only.argument && more.length === 0 ? addressOf(only.argument, source, left - 1) : "unknown";
}

/** Of two possible addresses: a browser's or the app's own where one of them is, not the one for development, else what both are. */
function either(one: Address, other: Address): Address {
  for (const decisive of ["browser", "own"] as const) if (one === decisive || other === decisive) return decisive;
  if (one === "local" || other === "local") return one === "local" ? other : one;
  if (one === "unknown" || other === "unknown") return "unknown";
  return one === "configured" || other === "configured" ? "configured" : one;
}

/** Where a request to an address goes, as far as the expression tells: through constants, templates, `new URL` and configuration. */
export function addressOf(node: TSESTree.Node, source: Source, left = hops): Address {
  if (left === 0) return "unknown";
  const inner = unwrap(node);
  const text = stringValue(inner);
  if (text !== null) return ofText(text);
  switch (inner.type) {
    case "TemplateLiteral":
      return ofParts(inner.quasis[0]?.value.cooked ?? "", inner.expressions[0], source, left);
    case "BinaryExpression": {
      if (inner.operator !== "+") return "unknown";
      const first = stringValue(inner.left);
      return first === null ? addressOf(inner.left, source, left - 1) : ofParts(first, inner.right, source, left);
    }
    case "NewExpression": {
      const [address, base] = inner.arguments;
      if (inner.callee.type !== "Identifier" || inner.callee.name !== "URL" || !address) return "unknown";
      const path = stringValue(address);
      return base && (path === null || ofText(path) !== "written") ? addressOf(base, source, left - 1) : addressOf(address, source, left - 1);
    }
    case "MemberExpression":
      return ofMember(inner, source, left);
    case "Identifier":
      return ofName(inner, source, left);
    case "CallExpression":
      return ofCall(inner, source, left);
    case "AwaitExpression":
      return addressOf(inner.argument, source, left - 1);
    case "LogicalExpression":
      // `process.env.API_URL ?? ""`
      if (stringValue(inner.right) === "") return addressOf(inner.left, source, left - 1);
      return either(addressOf(inner.left, source, left - 1), addressOf(inner.right, source, left - 1));
    case "ConditionalExpression":
      return either(addressOf(inner.consequent, source, left - 1), addressOf(inner.alternate, source, left - 1));
    default:
      return "unknown";
  }
}
