import type { TSESTree } from "@typescript-eslint/utils";

import { fileFacts } from "../../project/file.js";
import { majorOf } from "../../project/package-json.js";
import { conditionsAt } from "../../syntax/conditions.js";
import type { Edit } from "../../syntax/edit.js";
import { variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { keyName, memberName, resolveConst, stringValue, unwrap } from "../../syntax/value.js";
import { enclosingFunction, walk } from "../../syntax/walk.js";
import { schemaDefaultAt } from "./config-schemas.js";
import { type EnvRead, nameAskedFor, settingReadAt } from "./env.js";
import { meansMissing } from "../program/missing.js";
import { originOf } from "../program/provenance.js";

/** What a piece of configuration is when nobody has set it. */
export interface ConfigDefault {
  /** The variable or setting, by the name that the environment has for it. */
  readonly name: string;
  readonly host: string;
  /** The text that takes its place, and the node that says so. */
  readonly text: string;
  readonly value: TSESTree.Node;
  /** The variables that are asked as well before the text takes their place, in the order of the code. */
  readonly others?: readonly string[];
  /** How code asks for a value that must be there: with a check that throws, a schema without default, or a method of the reader. */
  readonly requirement: "throw" | "schema" | { readonly method: string };
  /** Writes it that way; `null` where that takes more than a change on the spot. */
  readonly require: Edit | null;
}

/** Names that are worth following to where they come from. */
export type Wanted = (name: string) => boolean;

const replace =
  (node: TSESTree.Node, text: string): Edit =>
  (fixer) => [fixer.replaceText(node, text)];

const quoteOf = (value: TSESTree.Node, source: Source): string => (source.text[value.range[0]] === "'" ? "'" : '"');

function errorFor(name: string, value: TSESTree.Node, source: Source): string {
  const quote = quoteOf(value, source);
  return `throw new Error(${quote}${name} is not set${quote});`;
}

/** Methods of a string that give back the same text, tidied. */
const tidying = new Set(["trim", "trimEnd", "trimStart", "replace", "replaceAll", "toString", "normalize"]);

/** The value that an expression tidies up: `value.trim()`, `String(value)`. */
function tidied(node: TSESTree.Node): TSESTree.Node {
  const inner = unwrap(node);
  if (inner.type !== "CallExpression") return inner;
  const callee = unwrap(inner.callee);
  if (callee.type === "MemberExpression" && tidying.has(memberName(callee) ?? "")) return tidied(callee.object);
  const [argument] = inner.arguments;
  return callee.type === "Identifier" && callee.name === "String" && argument ? tidied(argument) : inner;
}

/** What a variable was given when it was declared, even if it is written again later. */
function firstValueOf(node: TSESTree.Identifier, source: Source): TSESTree.Node | null {
  const variable = variableOf(node, source);
  const definition = variable?.defs.length === 1 ? variable.defs[0] : undefined;
  if (definition?.type !== "Variable") return null;
  const { id, init } = definition.node;
  return id.type === "Identifier" ? init : null;
}

/** The variable of a wanted name that an expression reads, alternatives included: `process.env.A ?? process.env.B`. */
function wantedRead(node: TSESTree.Node, source: Source, wanted: Wanted, hops = 3): EnvRead | null {
  const inner = tidied(node);
  if (inner.type === "LogicalExpression" && inner.operator !== "&&") return wantedRead(inner.left, source, wanted, hops) ?? wantedRead(inner.right, source, wanted, hops);
  const name = nameAskedFor(inner);
  const read = name !== null && wanted(name) ? settingReadAt(inner, source) : null;
  if (read && wanted(read.name)) return read;
  const given = inner.type === "Identifier" && hops > 0 ? firstValueOf(inner, source) : null;
  return given && wantedRead(given, source, wanted, hops - 1);
}

/** Whether an expression has a variable as it is set, before anything takes its place. */
export const isReadOf = (name: string, node: TSESTree.Node, source: Source): boolean => wantedRead(node, source, (wanted) => wanted === name)?.name === name;

/** The names of all variables and settings that are asked in turn: `process.env.A ?? process.env.B`. */
function namesIn(node: TSESTree.Node, source: Source): string[] {
  const inner = tidied(node);
  if (inner.type === "LogicalExpression" && inner.operator !== "&&") return [...namesIn(inner.left, source), ...namesIn(inner.right, source)];
  const read = nameAskedFor(inner) === null ? null : settingReadAt(inner, source);
  return read ? [read.name] : [];
}

/** The text that a value is known to be, const hops included. */
const textOf = (node: TSESTree.Node | null | undefined, source: Source): string | null => (node ? stringValue(resolveConst(node, source)) : null);

function thrown({ name, host }: Pick<EnvRead, "name" | "host">, text: string, value: TSESTree.Node, source: Source): ConfigDefault {
  return { name, host, text, value, requirement: "throw", require: replace(value, `(() => { ${errorFor(name, value, source)} })()`) };
}

/** `process.env.SECRET || "x"`, `process.env.SECRET ?? process.env.OLD_SECRET ?? "x"`. */
function ofOperator(node: TSESTree.LogicalExpression, source: Source, wanted: Wanted): ConfigDefault | null {
  const text = node.operator === "&&" ? null : textOf(node.right, source);
  const read = text === null ? null : wantedRead(node.left, source, wanted);
  if (!read || text === null) return null;
  const method = methodInstead(read, source);
  // `config.get("SECRET") ?? "x"` is `config.getOrThrow("SECRET")`; an alternative that is asked first stays as it is.
  const isAll = method !== null && unwrap(node.left) === read.call;
  if (!isAll) return { ...thrown(read, text, node.right, source), others: namesIn(node.left, source).filter((name) => name !== read.name) };
  return { name: read.name, host: read.host, text, value: node.right, requirement: method.requirement, require: (fixer) => [...method.edit(fixer), fixer.removeRange([node.left.range[1], node.range[1]])] };
}

/** `process.env.SECRET ? process.env.SECRET : "x"`: the test asks for the same variable that one branch gives. */
function ofTernary(node: TSESTree.ConditionalExpression, source: Source, wanted: Wanted): ConfigDefault | null {
  for (const [value, other, holds] of [[node.alternate, node.consequent, false], [node.consequent, node.alternate, true]] as const) {
    const text = textOf(value, source);
    const read = text === null ? null : wantedRead(other, source, wanted);
    if (!read || text === null) continue;
    const isSame = (candidate: TSESTree.Node): boolean => wantedRead(candidate, source, wanted)?.name === read.name;
    if (meansMissing(node.test, holds, isSame)) return thrown(read, text, value, source);
  }
  return null;
}

/** `const { SECRET = "x" } = process.env`, in a parameter as well. */
function ofPattern(node: TSESTree.AssignmentPattern, source: Source, wanted: Wanted): ConfigDefault | null {
  const { parent, left, right } = node;
  if (parent.type !== "Property" || parent.parent.type !== "ObjectPattern" || left.type !== "Identifier") return null;
  const name = keyName(parent.key, parent.computed);
  const text = name !== null && wanted(name) ? textOf(right, source) : null;
  const read = text === null ? null : settingReadAt(left, source);
  return read && text !== null && read.name === name ? thrown(read, text, right, source) : null;
}

/** Whether a place is reached only when the variable is not set. */
function isReachedWithout(name: string, node: TSESTree.Node, source: Source, wanted: Wanted): boolean {
  const isSubject = (candidate: TSESTree.Node): boolean => wantedRead(candidate, source, wanted)?.name === name;
  for (const condition of conditionsAt(node)) if (condition.kind === "test" && meansMissing(condition.test, condition.holds, isSubject)) return true;
  return false;
}

/** `process.env.SECRET ||= "x"`, `if (!secret) secret = "x";`. */
function ofAssignment(node: TSESTree.AssignmentExpression, source: Source, wanted: Wanted): ConfigDefault | null {
  const isDefault = node.operator === "||=" || node.operator === "??=";
  if (!isDefault && node.operator !== "=") return null;
  const text = textOf(node.right, source);
  const read = text === null ? null : wantedRead(node.left, source, wanted);
  if (!read || text === null) return null;
  if (isDefault) return thrown(read, text, node.right, source);
  if (!isReachedWithout(read.name, node, source, wanted)) return null;
  const { parent } = node;
  const edit = parent.type === "ExpressionStatement" ? replace(parent, errorFor(read.name, node.right, source)) : null;
  return { name: read.name, host: read.host, text, value: node.right, requirement: "throw", require: edit };
}

/** `const secret = process.env.SECRET; if (!secret) return "x"; return secret;`. */
function ofReturn(node: TSESTree.ReturnStatement, source: Source, wanted: Wanted): ConfigDefault | null {
  const text = textOf(node.argument, source);
  const fn = text === null ? null : enclosingFunction(node);
  if (!node.argument || text === null || fn?.body.type !== "BlockStatement") return null;
  let read: EnvRead | null = null;
  walk(fn.body, source, (candidate) => {
    if (candidate.type === "ReturnStatement" && candidate !== node && candidate.argument) read ??= wantedRead(candidate.argument, source, wanted);
    return candidate === fn.body || enclosingFunction(candidate) === fn;
  });
  const { name, host } = (read as EnvRead | null) ?? { name: null, host: "" };
  if (name === null || !isReachedWithout(name, node, source, wanted)) return null;
  return { name, host, text, value: node.argument, requirement: "throw", require: replace(node, errorFor(name, node.argument, source)) };
}

/** Turns a call of a reader into the one that throws, where the installed version has it. */
function methodInstead({ call, required }: EnvRead, source: Source): { requirement: { method: string }; edit: Edit } | null {
  const callee = call && unwrap(call.callee);
  const facts = fileFacts(source);
  if (!call || !required || !facts || callee?.type !== "MemberExpression" || callee.computed) return null;
  const module = originOf(call, source)?.module;
  const major = module === undefined ? null : majorOf(facts.filename, module);
  return major !== null && major >= required.since ? { requirement: { method: required.method }, edit: replace(callee.property, required.method) } : null;
}

/** `config.get("SECRET", "x")`, and a helper of the project's own that takes a fallback. */
function ofReader(node: TSESTree.CallExpression, source: Source, wanted: Wanted): ConfigDefault | null {
  const [key, value] = node.arguments;
  const name = key && value ? stringValue(key) : null;
  const text = name !== null && wanted(name) ? textOf(value, source) : null;
  const read = text === null ? null : settingReadAt(node, source);
  if (!key || !value || text === null || read?.fallback !== value) return null;
  const found = { name: read.name, host: read.host, text, value };
  const method = methodInstead(read, source);
  // What throws must not stand in an argument: that is evaluated whether it is needed or not.
  if (!method) return { ...found, requirement: "throw", require: null };
  return { ...found, requirement: method.requirement, require: (fixer) => [...method.edit(fixer), fixer.removeRange([key.range[1], value.range[1]])] };
}

/** The default that a node gives to a variable or setting whose name is wanted. */
export function configDefaultAt(node: TSESTree.Node, source: Source, wanted: Wanted): ConfigDefault | null {
  switch (node.type) {
    case "LogicalExpression":
      return ofOperator(node, source, wanted);
    case "ConditionalExpression":
      return ofTernary(node, source, wanted);
    case "AssignmentPattern":
      return ofPattern(node, source, wanted);
    case "AssignmentExpression":
      return ofAssignment(node, source, wanted);
    case "ReturnStatement":
      return ofReturn(node, source, wanted);
    case "CallExpression":
      return ofReader(node, source, wanted) ?? schemaDefaultAt(node, source, wanted);
    case "Property":
      return schemaDefaultAt(node, source, wanted);
    default:
      return null;
  }
}
