import type { TSESTree } from "@typescript-eslint/utils";

import { variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { keyName, memberName, unwrap } from "../../syntax/value.js";
import { isFunction, isWithin } from "../../syntax/walk.js";
import type { Level, LoggerStyle } from "./loggers.js";

/** A value in a log call, under the name that it gets among the fields. */
interface Field {
  readonly name: string;
  readonly node: TSESTree.Node;
}

/** The arguments of a call of `console`, or of one that says the same in the same order. */
type Arguments = Pick<TSESTree.CallExpression, "arguments">;

/** What a log call says, taken apart. */
interface Said {
  readonly message: TSESTree.Node;
  readonly fields: readonly Field[];
  /** An object literal that holds fields already. */
  readonly object: TSESTree.ObjectExpression | null;
  readonly error: TSESTree.Identifier | null;
}

const textOf = (node: TSESTree.Node, { text }: Source): string => text.slice(...node.range);

/** Whether an identifier is what a `catch` caught, or what `.catch` hands to its callback. */
export function isCaught(node: TSESTree.Node, source: Source): boolean {
  if (node.type !== "Identifier") return false;
  const [definition] = variableOf(node, source)?.defs ?? [];
  if (definition?.type === "CatchClause") return true;
  if (definition?.type !== "Parameter" || !isFunction(definition.node)) return false;
  const fn = definition.node as TSESTree.ArrowFunctionExpression;
  const call = fn.parent;
  if (fn.params[0] !== definition.name || call.type !== "CallExpression" || call.callee.type !== "MemberExpression") return false;
  const method = memberName(call.callee);
  return (method === "catch" && call.arguments[0] === fn) || (method === "then" && call.arguments[1] === fn);
}

/** Names that people give to errors. They decide under which name one is logged, nothing else. */
const isNamedError = (name: string): boolean => /^(?:e|err|error|ex|exception)$|(?:Err|Error|Exception)$/.test(name);

/** Whether a value is an error, or an object with one among its own. */
export function holdsError(node: TSESTree.Node, source: Source): boolean {
  const inner = unwrap(node);
  if (inner.type === "Identifier") return isCaught(inner, source) || isNamedError(inner.name);
  return inner.type === "ObjectExpression" && inner.properties.some((property) => property.type === "Property" && holdsError(property.value, source));
}

/** A text: a literal, a template, or a sum that has one of them in it. */
export function isText(node: TSESTree.Node): boolean {
  const inner = unwrap(node);
  if (inner.type === "Literal") return typeof inner.value === "string";
  if (inner.type === "TemplateLiteral") return true;
  return inner.type === "BinaryExpression" && inner.operator === "+" && (isText(inner.left) || isText(inner.right));
}

/** The words of a text that are known. */
export function wordsOf(node: TSESTree.Node): string {
  const inner = unwrap(node);
  if (inner.type === "Literal") return String(inner.value);
  if (inner.type === "TemplateLiteral") return inner.quasis.map((quasi) => quasi.value.cooked ?? "").join(" ");
  return inner.type === "BinaryExpression" ? `${wordsOf(inner.left)} ${wordsOf(inner.right)}` : "";
}

/** `%s` and the like, which `console` fills in from the other arguments. */
const hasDirectives = (text: string): boolean => /%[sdifjoOc]/.test(text);

/** Words that say nothing without what they belong to: `order.id` is an `orderId`. */
const vague = new Set(["id", "name", "email", "type", "status", "message", "code", "key", "value", "data", "length", "size", "url", "path", "body", "text", "title", "count"]);

const capitalised = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** The name that a person would give to a value among the fields; `null` for what has none. */
function fieldName(node: TSESTree.Node): string | null {
  const inner = unwrap(node);
  if (inner.type === "Identifier") return inner.name === "undefined" ? null : inner.name;
  if (inner.type === "CallExpression") return isStringified(inner) ? fieldName(inner.arguments[0] as TSESTree.Node) : null;
  if (inner.type !== "MemberExpression" || inner.computed) return null;
  const name = memberName(inner);
  if (name === null || name.startsWith("#")) return null;
  const object = unwrap(inner.object);
  if (object.type === "ThisExpression" || !vague.has(name)) return object.type === "CallExpression" && vague.has(name) ? null : name;
  const owner = fieldName(object);
  if (owner === null) return null;
  return name === "length" || name === "size" ? `${owner.replace(/(?<!s)s$/, "")}Count` : owner + capitalised(name);
}

/** `JSON.stringify(order, null, 2)`: a logger writes JSON by itself. */
const isStringified = ({ callee, arguments: [first] }: TSESTree.CallExpression): boolean =>
  callee.type === "MemberExpression" && callee.object.type === "Identifier" && callee.object.name === "JSON" && memberName(callee) === "stringify" && first !== undefined && first.type !== "SpreadElement";

const valueOf = (node: TSESTree.Node): TSESTree.Node => {
  const inner = unwrap(node);
  return inner.type === "CallExpression" ? (inner.arguments[0] as TSESTree.Node) : inner;
};

/** Takes the arguments apart, or gives up on those that a person would have to think about. */
function readArguments(call: Arguments, source: Source): Said | null {
  const [message, ...rest] = call.arguments;
  if (!message || !isText(message)) return null;
  if (rest.length > 0 && (hasDirectives(wordsOf(message)) || !/[\p{L}]/u.test(wordsOf(message).replace(/\[[^\]]*\]/g, "")))) return null;
  const fields: Field[] = [];
  let object = null as TSESTree.ObjectExpression | null;
  let error = null as TSESTree.Identifier | null;
  for (const argument of rest) {
    const inner = unwrap(argument);
    if (isErrorLike(inner, source) && !error) error = inner;
    else if (inner.type === "ObjectExpression" && !object) object = inner;
    else {
      const name = fieldName(inner);
      if (name === null) return null;
      fields.push({ name, node: valueOf(inner) });
    }
  }
  return new Set(fields.map(({ name }) => name)).size === fields.length ? { message, fields, object, error } : null;
}

const isErrorLike = (node: TSESTree.Node, source: Source): node is TSESTree.Identifier => node.type === "Identifier" && (isCaught(node, source) || isNamedError(node.name));

/** The names that an object literal has, or `null` when it may have others. */
function keysOf(object: TSESTree.ObjectExpression): string[] | null {
  const keys = object.properties.map((property) => (property.type === "Property" ? keyName(property.key, property.computed) : null));
  return keys.includes(null) ? null : (keys as string[]);
}

const isIdentifier = (name: string): boolean => /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name);

const fieldText = ({ name, node }: Field, source: Source): string => {
  const value = textOf(node, source);
  return value === name ? name : `${name}: ${value}`;
};

/** The object with the fields, as code; `null` when a name clashes. An empty text: there are none. */
function fieldsText({ fields, object, error }: Said, style: LoggerStyle, source: Source): string | null {
  const own = object ? keysOf(object) : [];
  const errorField = error && typeof style.error === "object" ? { name: style.error.field, node: error } : null;
  const all = errorField ? [errorField, ...fields] : fields;
  const names = [...all.map(({ name }) => name), ...(own ?? [])];
  if (!own || new Set(names).size < names.length || names.some((name) => style.reserved.includes(name)) || !all.every(({ name }) => isIdentifier(name))) return null;
  const added = all.map((field) => fieldText(field, source)).join(", ");
  if (!object) return added === "" ? "" : `{ ${added} }`;
  if (added === "") return textOf(object, source);
  const inner = textOf(object, source).slice(1, -1).trim();
  if (inner.includes("\n")) return null;
  return inner === "" ? `{ ${added} }` : `{ ${added}, ${inner} }`;
}

/** `"User:"` before a value is `"User"` beside a field. */
function withoutColon(node: TSESTree.Node, source: Source): string | null {
  const text = textOf(node, source);
  const inner = unwrap(node);
  if (inner !== node || (inner.type !== "Literal" && inner.type !== "TemplateLiteral")) return text;
  const quote = text.slice(-1);
  const trimmed = text.slice(0, -1).replace(/\s*(?:(?:[:=]|[-=]>|→)\s*)?$/, "");
  return trimmed.length > 1 ? trimmed + quote : null;
}

/** A message in which braces stand for fields: holes become named ones, other braces are doubled. */
function withPlaceholders(said: Said, source: Source): { message: string; fields: readonly Field[] } | null {
  const inner = unwrap(said.message);
  const doubled = (text: string): string => text.replace(/[{}]/g, "$&$&");
  if (inner.type === "Literal") return { message: doubled(textOf(inner, source)), fields: [] };
  if (inner.type !== "TemplateLiteral") return null;
  if (inner.expressions.length === 0) return { message: doubled(textOf(inner, source)), fields: [] };
  const fields = inner.expressions.map((expression) => ({ name: fieldName(expression), node: valueOf(expression) }));
  if (!fields.every((field): field is Field => field.name !== null)) return null;
  const text = inner.quasis.map((quasi, index) => doubled(quasi.value.cooked ?? "") + (fields[index] ? `{${fields[index].name}}` : "")).join("");
  return { message: JSON.stringify(text), fields };
}

/** `error.stack` where the error may be anything: what was thrown need not be one. */
const stackText = (error: TSESTree.Identifier, source: Source): string => {
  const name = textOf(error, source);
  return `${name} instanceof Error ? ${name}.stack : String(${name})`;
};

/**
 * The arguments that say to a logger what a call says to `console`: nothing dropped, each value where the logger looks for it.
 *
 * @returns the code between the brackets, or `null` when it takes a person to decide.
 */
export function argumentsFor(call: Arguments, level: Level, style: LoggerStyle, source: Source): string | null {
  if (call.arguments.length === 0) return null;
  const [first] = call.arguments;
  const last = call.arguments.at(-1) as TSESTree.Node;
  const isErrorAlone = call.arguments.length === 1 && first !== undefined && isCaught(unwrap(first), source);
  if (style.fields === "values") {
    const isSame = (isErrorAlone && style.anything) || (isText(first as TSESTree.Node) && !hasDirectives(wordsOf(first as TSESTree.Node)));
    return isSame ? source.text.slice((first as TSESTree.Node).range[0], last.range[1]) : null;
  }
  if (isErrorAlone) return style.fields === "first" ? textOf(first, source) : null;
  let said = readArguments(call, source);
  if (!said) return null;
  let message = call.arguments.length > 1 ? withoutColon(said.message, source) : textOf(said.message, source);
  if (style.placeholders) {
    const placed = withPlaceholders(said, source);
    if (!placed) return null;
    if (placed.fields.length > 0 || /[{}]/.test(wordsOf(said.message))) message = placed.message;
    const fields = [...placed.fields, ...said.fields];
    if (new Set(fields.map(({ name }) => name)).size < fields.length) return null;
    said = { ...said, fields };
  }
  if (message === null) return null;
  if (said.error && style.error === "stack" && level !== "error") return null;
  return arranged(said, message, style, source);
}

function arranged(said: Said, message: string, style: LoggerStyle, source: Source): string | null {
  const { error } = said;
  const hasFields = said.fields.length > 0 || said.object !== null;
  if (error && typeof style.error !== "object") {
    if (hasFields || style.error === "none" || !isCaught(error, source)) return null;
    if (style.error === "stack") return `${message}, ${stackText(error, source)}`;
    return style.fields === "first" ? `${error.name}, ${message}` : `${message}, ${error.name}`;
  }
  const fields = fieldsText(said, style, source);
  if (fields === null) return null;
  if (fields === "") return message;
  if (style.fields === "none") return null;
  return style.fields === "first" ? `${fields}, ${message}` : `${message}, ${fields}`;
}

/** Whether comments stand within a call, which would be lost with its arguments. */
export const hasComments = (call: TSESTree.CallExpression, source: Source): boolean => (source.ast.comments ?? []).some((comment) => isWithin(comment as unknown as TSESTree.Node, call));

/** Whether nothing looks at what a call gives back, so that one that gives back something else can take its place. */
export function isForItsEffect(call: TSESTree.CallExpression): boolean {
  let node: TSESTree.Node = call;
  for (let { parent } = call as TSESTree.Node; parent; { parent } = parent) {
    const isPassedOn =
      parent.type === "ChainExpression" || (parent.type === "LogicalExpression" && parent.right === node) || (parent.type === "ConditionalExpression" && parent.test !== node);
    if (!isPassedOn) return parent.type === "ExpressionStatement" || (parent.type === "ArrowFunctionExpression" && parent.body === node && !parent.returnType && parent.parent.type === "CallExpression");
    node = parent;
  }
  return false;
}
