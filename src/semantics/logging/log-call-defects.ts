import type { TSESTree } from "@typescript-eslint/utils";

import { fileFacts } from "../../project/file.js";
import { majorOf, packageOf } from "../../project/package-json.js";
import { textQuestion } from "../../project/source-texts.js";
import type { Edit } from "../../syntax/edit.js";
import { variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { isNullish, keyName, memberName, propertyOf, resolveConst, stringValue, unwrap } from "../../syntax/value.js";
import { argumentsFor, hasComments, isCaught, isText, wordsOf } from "./log-arguments.js";
import { type LoggerStyle, loggingMethods } from "./loggers.js";
import { type LoggerCall, loggerCallAt } from "./logging.js";
import { definitionOf, originOf } from "../program/provenance.js";

type Argument = TSESTree.CallExpressionArgument;

/** A value that a call hands to a logger in a place where the logger does not look for it. */
export interface LogCallDefect {
  /** It is lost, as is whatever stands there or what is no object; it becomes part of the text, is written as `{}`, or loses its stack. */
  readonly kind: "lost" | "ignored" | "text" | "emptied" | "stackless";
  readonly value: TSESTree.Node;
  readonly library: string;
  /** The arguments as the logger wants them, and the change that writes them; `null` where it takes a person. */
  readonly mended: { readonly code: string; readonly edit: Edit } | null;
}

/** What a call of a library's logger hands over in vain; `null` for a call that is as its logger wants it, or cannot be told. */
export function logCallDefectAt(node: TSESTree.CallExpression, source: Source): LogCallDefect | null {
  if (!isDoubtful(node, source)) return null;
  const call = loggerCallAt(node, source);
  if (!call?.style || call.library === null) return null;
  const { style } = call;
  const found = emptiedError(call, style, source) ?? stacklessError(call, style, source) ?? surplusValue(call, style, source);
  return found && { ...found, library: call.library };
}

type Found = Omit<LogCallDefect, "library">;

/** A cheap first look: something stands after the message, or a caught error among the fields. */
function isDoubtful({ callee, arguments: [first, second, third] }: TSESTree.CallExpression, source: Source): boolean {
  const method = unwrap(callee);
  if (!first || method.type !== "MemberExpression" || !loggingMethods.has(memberName(method) ?? "")) return false;
  if (second !== undefined && (isText(first) || (third !== undefined && isText(second)))) return true;
  return [first, second].some((argument) => argument?.type === "ObjectExpression" && errorsIn(argument, source).length > 0);
}

const textOf = (node: TSESTree.Node, { text }: Source): string => text.slice(...node.range);

/** `logger.log("error", message, fields)`: of a logger with such a method, the level stands first. */
function saidIn({ node, method, level, style }: LoggerCall): readonly Argument[] {
  const [first, ...rest] = node.arguments;
  const isLevel = method === "log" && level === null && Object.values(style?.levels ?? {}).includes(stringValue(first) ?? "");
  return isLevel ? rest : node.arguments;
}

function mended({ node }: LoggerCall, said: readonly Argument[], code: string | null, source: Source): LogCallDefect["mended"] {
  const [first, last] = [said[0], node.arguments.at(-1)];
  if (code === null || !first || !last || hasComments(node, source)) return null;
  return { code, edit: (fixer) => [fixer.replaceTextRange([first.range[0], last.range[1]], code)] };
}

// Values after the message

/** How many values the directives of a message take (`%s`, `%o`). */
const directivesOf = (message: TSESTree.Node): number => wordsOf(message).replaceAll("%%", "").match(/%[sdifjoO]/g)?.length ?? 0;

const kinds = { lost: "lost", "lost unless fields": "ignored", text: "text" } as const;

function surplusValue(call: LoggerCall, style: LoggerStyle, source: Source): Found | null {
  const said = saidIn(call);
  if (!style.surplus || said.some((argument) => argument.type === "SpreadElement") || mayHaveOwnWays(call, style, source)) return null;
  const at = said.findIndex(isText);
  const message = said[at];
  if (!message || at > (style.fields === "first" ? 1 : 0)) return null;
  const directives = directivesOf(message);
  const [value, ...others] = said.slice(at + 1 + (style.plainDirectives ? 0 : directives));
  const isTaken = style.surplus === "lost unless fields" && directives === 0 && value && !isPrimitive(value, source);
  const isStack = style.stackAfterMessage && call.level === "error" && value && others.length === 0 && mayBeStack(value, source);
  if (!value || isNullish(value) || isTaken || isStack) return null;
  return { kind: kinds[style.surplus], value, mended: mended(call, said, inItsPlace(call, style, said, at, source), source) };
}

/**
 * The arguments with the values among the fields. An object that stands there already takes them in. Where the logger prints its message
 * alone, of an error it prints that too.
 */
function inItsPlace({ level, node }: LoggerCall, style: LoggerStyle, said: readonly Argument[], at: number, source: Source): string | null {
  const message = said[at];
  const fields = said.slice(0, at);
  const rest = said.slice(at + 1).map((argument) => (style.fields === "none" ? (errorOf(argument, source) ?? argument) : argument));
  if (!message || fields.some((argument) => unwrap(argument).type !== "ObjectExpression")) return null;
  return argumentsFor({ ...node, arguments: [message, ...fields, ...rest] }, level ?? "info", style, source);
}

/** The caught error that a value is the message or the stack of. */
function errorOf(node: TSESTree.Node, source: Source): TSESTree.Identifier | null {
  const inner = unwrap(node);
  if (inner.type !== "MemberExpression" || !/^(?:message|stack)$/.test(memberName(inner) ?? "")) return null;
  const object = unwrap(inner.object);
  return object.type === "Identifier" && isCaught(object, source) ? object : null;
}

const isNamed = ({ origin }: LoggerCall): boolean => origin?.creation?.type === "NewExpression" && origin.creation.arguments.length > 0;

/** Whether a value may be the text of a stack. */
function mayBeStack(node: TSESTree.Node, source: Source): boolean {
  const inner = unwrap(node);
  if (inner.type === "ObjectExpression" || inner.type === "Literal" || isCaught(inner, source)) return false;
  return inner.type !== "MemberExpression" || memberName(inner) === "stack" || !isCaught(unwrap(inner.object), source);
}

const textual: ReadonlySet<string> = new Set(["TSStringKeyword", "TSNumberKeyword", "TSBooleanKeyword"]);

/** Whether a value is surely a text, a number or the like. */
function isPrimitive(node: TSESTree.Node, source: Source): boolean {
  const inner = unwrap(node);
  switch (inner.type) {
    case "Literal":
      return inner.value !== null && !("regex" in inner);
    case "TemplateLiteral":
      return true;
    case "BinaryExpression":
      return isText(inner);
    case "MemberExpression":
      return errorOf(inner, source) !== null;
    case "CallExpression":
      return /^(?:String|JSON\.stringify)$/.test(textOf(inner.callee, source));
    case "Identifier": {
      const [definition] = variableOf(inner, source)?.defs ?? [];
      const annotation = definition?.name.type === "Identifier" ? definition.name.typeAnnotation?.typeAnnotation : undefined;
      return annotation !== undefined && textual.has(annotation.type);
    }
    default:
      return false;
  }
}

// How a logger was made

const asked = new Map<RegExp, (folder: string) => boolean | null>();

/** Whether some file of the project says what a pattern looks for, as far as that can be told. */
function isSaidSomewhere(pattern: RegExp, source: Source): boolean {
  const folder = packageOf(fileFacts(source)?.filename ?? "")?.dir;
  let question = asked.get(pattern);
  if (!question) asked.set(pattern, (question = textQuestion(pattern)));
  return folder === undefined || question(folder) !== false;
}

/** The call that made a logger, past its children. */
function madeBy({ origin }: LoggerCall): { node: TSESTree.CallExpression | TSESTree.NewExpression; source: Source } | null {
  let [creation, source] = [origin?.creation, origin?.createdIn];
  for (let hops = 5; hops > 0 && source && creation?.type === "CallExpression"; hops -= 1) {
    const callee = unwrap(creation.callee);
    if (callee.type !== "MemberExpression" || memberName(callee) !== "child") break;
    const parent = definitionOf(callee.object, source);
    ({ creation, createdIn: source } = parent?.kind === "external" ? parent : { creation: null, createdIn: null });
  }
  return source && (creation?.type === "CallExpression" || creation?.type === "NewExpression") ? { node: creation, source } : null;
}

/** Whether a logger may take its calls otherwise: by what is said where it is made, or in a module that it has its options from. */
function mayHaveOwnWays(call: LoggerCall, { ownWays, surplus, lastMayName }: LoggerStyle, source: Source): boolean {
  if (lastMayName) return !isNamed(call) || (ownWays !== undefined && isSaidSomewhere(ownWays, source));
  const made = madeBy(call);
  if (!made) return surplus === "lost unless fields";
  return ownWays !== undefined && (ownWays.test(made.source.text) || hasForeignOptions(made.node, made.source));
}

/** Whether the options of a logger come from another module of the project. */
function hasForeignOptions({ arguments: [first] }: TSESTree.CallExpression | TSESTree.NewExpression, source: Source): boolean {
  const options = first && resolveConst(first, source);
  if (!options || options.type === "ObjectExpression" || options.type === "Literal" || options.type === "ArrayExpression") return false;
  return originOf(options, source) === null;
}

// Errors

/** The caught errors that stand among fields, under a name. */
const errorsIn = (object: TSESTree.ObjectExpression, source: Source): TSESTree.Property[] =>
  object.properties.filter((property): property is TSESTree.Property => property.type === "Property" && !property.computed && isCaught(unwrap(property.value), source));

function emptiedError(call: LoggerCall, style: LoggerStyle, source: Source): Found | null {
  const said = saidIn(call);
  const object = said[style.fields === "first" ? 0 : 1];
  const names = object?.type === "ObjectExpression" ? namesOfErrors(call, style) : null;
  if (!names || object?.type !== "ObjectExpression") return null;
  const property = errorsIn(object, source).find(({ key }) => !names.includes(keyName(key, false) ?? ""));
  return property ? { kind: "emptied", value: property, mended: renamed(call, property, object, names, source) } : null;
}

/** The names under which a logger keeps an error; `null` where that cannot be told. */
function namesOfErrors(call: LoggerCall, { keptErrors, ownWays }: LoggerStyle): readonly string[] | null {
  const made = keptErrors && madeBy(call);
  if (!made || ownWays?.test(made.source.text)) return null;
  const [first] = made.node.arguments;
  const options = first && resolveConst(first, made.source);
  if (options && options.type !== "ObjectExpression") return null;
  return options && keptErrors.options.some((name) => propertyOf(options, name) !== null) ? null : keptErrors.names;
}

function renamed(call: LoggerCall, property: TSESTree.Property, object: TSESTree.ObjectExpression, names: readonly string[], source: Source): LogCallDefect["mended"] {
  const [name] = names;
  if (name === undefined || object.properties.some((other) => other.type !== "Property" || keyName(other.key, other.computed) === name)) return null;
  const value = textOf(property.value, source);
  const code = value === name ? name : `${name}: ${value}`;
  return { code, edit: (fixer) => [fixer.replaceText(property, code)] };
}

/** An error where a stack belongs, in a version that writes no more of it than its first line. */
function stacklessError(call: LoggerCall, style: LoggerStyle, source: Source): Found | null {
  const { errorItself, ownWays } = style;
  const [, second] = call.node.arguments;
  if (!errorItself || call.method !== style.levels.error || call.node.arguments.length !== 2 || !second || !isCaught(unwrap(second), source)) return null;
  const filename = fileFacts(source)?.filename;
  const major = filename === undefined ? null : majorOf(filename, errorItself.module);
  if (major === null || major >= errorItself.since || (ownWays && isSaidSomewhere(ownWays, source))) return null;
  return { kind: "stackless", value: second, mended: mended(call, call.node.arguments, argumentsFor(call.node, "error", style, source), source) };
}
