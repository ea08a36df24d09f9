import type { TSESTree } from "@typescript-eslint/utils";

import { type SchemaDefault, schemaDefaults, settingTables } from "../../knowledge/configuration.js";
import type { Edit } from "../../syntax/edit.js";
import { variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { keyName, memberName, outermost, propertyOf, resolveConst, stringValue, unwrap } from "../../syntax/value.js";
import type { ConfigDefault, Wanted } from "./config-defaults.js";
import { isEnvironment } from "./env.js";
import { originOf } from "../program/provenance.js";

const textOf = (node: TSESTree.Node | null | undefined, source: Source): string | null => (node ? stringValue(resolveConst(node, source)) : null);

/** A schema with its whole chain: `z.string().default("x").transform(f)`. */
function wholeChain(node: TSESTree.Node): TSESTree.Node {
  let current = outermost(node);
  for (;;) {
    const { parent } = current;
    if (parent?.type === "MemberExpression" && parent.object === current) current = outermost(parent);
    else if (parent?.type === "CallExpression" && parent.callee === current) current = outermost(parent);
    else return current;
  }
}

const screaming = /^[A-Z][A-Z\d]*(?:_[A-Z\d]+)+$/;

/** Whether a schema's object is given the environment to read: `z.object({ … }).parse(process.env)`, `createEnv({ server: { … } })`. */
function readsEnvironment(object: TSESTree.ObjectExpression, source: Source): boolean {
  const isGiven = (call: TSESTree.Node | undefined): boolean => call?.type === "CallExpression" && call.arguments.some((argument) => isEnvironment(argument, source));
  for (let current: TSESTree.Node = object; current.parent; current = current.parent) {
    if (isGiven(current)) return true;
    if (current.type !== "VariableDeclarator") continue;
    const variable = current.id.type === "Identifier" ? variableOf(current.id, source) : null;
    return variable?.references.some(({ identifier }) => isGiven(wholeChain(identifier)) || isGiven(identifier.parent)) ?? false;
  }
  return false;
}

/** The variable that a schema is written for: the key that it stands under in a schema of the environment. */
function variableOfSchema(schema: TSESTree.Node, source: Source, wanted: Wanted): string | null {
  const { parent } = wholeChain(schema);
  if (parent?.type !== "Property" || parent.parent.type !== "ObjectExpression") return null;
  const name = keyName(parent.key, parent.computed);
  if (name === null || !wanted(name)) return null;
  // Nobody but the environment writes its names like that.
  return screaming.test(name) || readsEnvironment(parent.parent, source) ? name : null;
}

const entryFor = (node: TSESTree.Node, shape: SchemaDefault["shape"], name: string, source: Source): SchemaDefault | null => {
  const candidates = schemaDefaults.filter((entry) => entry.shape === shape && entry.names.includes(name));
  const module = candidates.length > 0 ? originOf(node, source)?.module : undefined;
  return candidates.find((entry) => entry.module === module) ?? null;
};

/** `env.get("SECRET").default("x")` names its variable in the chain before. */
function variableInChain(node: TSESTree.Node): string | null {
  for (let current = unwrap(node); current.type === "CallExpression"; ) {
    const callee = unwrap(current.callee);
    if (callee.type !== "MemberExpression") return null;
    if (memberName(callee) === "get") return stringValue(current.arguments[0]);
    current = unwrap(callee.object);
  }
  return null;
}

const optionalMethods = new Set(["optional", "nullish", "nullable"]);

function withoutMethod(node: TSESTree.CallExpression, callee: TSESTree.MemberExpression, { required }: SchemaDefault): Edit | null {
  if (required?.kind === "replace") return (fixer) => [fixer.replaceTextRange([callee.property.range[0], node.range[1]], required.text)];
  const before = unwrap(callee.object);
  const method = before.type === "CallExpression" ? unwrap(before.callee) : null;
  const isOptional = method?.type === "MemberExpression" && optionalMethods.has(memberName(method) ?? "");
  const start = isOptional ? method.object.range[1] : callee.object.range[1];
  return (fixer) => [fixer.removeRange([start, node.range[1]])];
}

/** The names that each shape of a default goes by, in any package: what is none of them needs no further look. */
const namesOf = (shape: SchemaDefault["shape"]): ReadonlySet<string> => new Set(schemaDefaults.flatMap((entry) => (entry.shape === shape ? entry.names : [])));
const methods = namesOf("method");
const functions = namesOf("argument");
const options = namesOf("option");

const inSchema = (name: string, text: string, value: TSESTree.Node, edit: Edit | null): ConfigDefault => ({ name, host: "schema", text, value, requirement: "schema", require: edit });

/** `z.string().default("x")`. */
function ofMethod(node: TSESTree.CallExpression, callee: TSESTree.MemberExpression, method: string, source: Source, wanted: Wanted): ConfigDefault | null {
  const [value] = node.arguments;
  const text = textOf(value, source);
  const name = text === null ? null : (variableInChain(callee.object) ?? variableOfSchema(node, source, wanted));
  if (!value || text === null || name === null || !wanted(name)) return null;
  const entry = entryFor(callee.object, "method", method, source);
  return entry && inSchema(name, text, value, withoutMethod(node, callee, entry));
}

/** `v.optional(v.string(), "x")`. */
function ofArgument(node: TSESTree.CallExpression, called: string, source: Source, wanted: Wanted): ConfigDefault | null {
  const [schema, value] = node.arguments;
  const text = textOf(value, source);
  const name = text === null ? null : variableOfSchema(node, source, wanted);
  if (!schema || !value || text === null || name === null || !entryFor(node, "argument", called, source)) return null;
  return inSchema(name, text, value, (fixer) => [fixer.replaceText(node, source.text.slice(...schema.range))]);
}

/** `str({ default: "x" })`. */
function ofOption(node: TSESTree.CallExpression, property: TSESTree.Property, source: Source, wanted: Wanted): ConfigDefault | null {
  const text = textOf(property.value, source);
  const name = text === null ? null : variableOfSchema(node, source, wanted);
  const entry = name === null ? null : entryFor(node, "option", keyName(property.key, property.computed) ?? "", source);
  if (!entry || text === null || name === null) return null;
  const { required } = entry;
  const isFree = required?.kind === "rename" && propertyOf(property.parent as TSESTree.ObjectExpression, required.name) === null;
  return inSchema(name, text, property.value, isFree ? (fixer) => [fixer.replaceText(property.key, required.name)] : null);
}

function ofCall(node: TSESTree.CallExpression, source: Source, wanted: Wanted): ConfigDefault | null {
  const callee = unwrap(node.callee);
  const called = callee.type === "MemberExpression" ? memberName(callee) : callee.type === "Identifier" ? callee.name : null;
  if (called === null) return null;
  const ofItself = callee.type === "MemberExpression" && methods.has(called) ? ofMethod(node, callee, called, source, wanted) : null;
  // `z.string().catch("x")` in one of them is `z.catch(z.string(), "x")` in another.
  if (ofItself || functions.has(called)) return ofItself ?? ofArgument(node, called, source, wanted);
  const last = node.arguments.at(-1);
  if (last?.type !== "ObjectExpression") return null;
  for (const property of last.properties) {
    if (property.type === "Property" && options.has(keyName(property.key, property.computed) ?? "")) return ofOption(node, property, source, wanted);
  }
  return null;
}

/** `secret: { env: "SECRET", default: "x" }` and `SECRET: { type: "string", default: "x" }`, for packages that read settings from such a table. */
function ofEntry(node: TSESTree.Property, source: Source, wanted: Wanted): ConfigDefault | null {
  const key = keyName(node.key, node.computed);
  const { parent: entry } = node;
  if (entry.type !== "ObjectExpression" || !settingTables.some(({ fallback }) => fallback === key)) return null;
  const text = textOf(node.value, source);
  if (text === null) return null;
  for (const table of settingTables) {
    if (table.fallback !== key || !source.text.includes(table.module)) continue;
    const variable = table.variable === null ? keyOf(entry) : propertyOf(entry, table.variable);
    const name = typeof variable === "string" ? variable : variable && stringValue(variable);
    if (name && screaming.test(name) && wanted(name)) return { name, host: "schema", text, value: node.value, requirement: "schema", require: null };
  }
  return null;
}

/** The key that an object literal stands under. */
const keyOf = ({ parent }: TSESTree.ObjectExpression): string | null => (parent.type === "Property" ? keyName(parent.key, parent.computed) : null);

/** The default that a schema of the environment gives to a variable of a wanted name. */
export function schemaDefaultAt(node: TSESTree.CallExpression | TSESTree.Property, source: Source, wanted: Wanted): ConfigDefault | null {
  return node.type === "Property" ? ofEntry(node, source, wanted) : ofCall(node, source, wanted);
}
