import type { TSESTree } from "@typescript-eslint/utils";

import { settingTables } from "../../knowledge/configuration.js";
import { schemaAnswers, schemaConversions, schemaDefaults, type SchemaReader, schemaReaders, type TextSchema, textSchemas } from "../../knowledge/environment.js";
import { fileStamp, readText } from "../../project/disk.js";
import { loadModule } from "../../project/modules.js";
import { modulesBehind } from "../../project/modules-behind.js";
import { exportsNamed } from "../../syntax/exports.js";
import { callsIn } from "../../syntax/nodes.js";
import { variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { isNullish, keyName, lastNameOf, memberName, propertyOf, resolveConst, stringValue, unwrap } from "../../syntax/value.js";
import { contains, type FunctionNode, isClass, isFunction, returnsOf, walk } from "../../syntax/walk.js";
import { settledBy } from "./env-chains.js";
import { envModuleOf } from "./env-module.js";
import { isEnvironment } from "./env.js";
import { originOf } from "../program/provenance.js";

/** A variable that a project validates at the start. */
export interface CheckedVariable {
  /**
   * What the project reads in the place of the text: the same text, the same or nothing, the text made into something else, a value even
   * where there is no text, or what cannot be told.
   */
  readonly value: "text" | "optional text" | "converted" | "changed" | "unknown";
  /** Whether it makes something else than a text of it. */
  readonly isConverted: boolean;
  /** The text that stands for a missing one, and the one that it is held against, where that is all that becomes of it. */
  readonly flag?: Flag;
  /** How others read it, where that is not by its own name: `config.mail.key`, `config.get("mail.key")`. */
  readonly writtenAs?: string;
}

/** A text with a default, `z.string().default("off")`, or what comes of comparing it: `….transform((text) => text === "on")`. */
interface Flag {
  readonly otherwise: string;
  readonly on: string | null;
}

/** What the env module of a project validates, and how others read it. */
export interface EnvSchema {
  readonly file: string;
  readonly variables: ReadonlyMap<string, CheckedVariable>;
  /** The export that holds the values; `null` when that could not be told. */
  readonly exported: string | null;
  /** Whether the export is a function that has to be called for them. */
  readonly isFunction: boolean;
}

type Table = TSESTree.ObjectExpression;

const screaming = /^[A-Z][A-Z\d]*(?:_[A-Z\d]+)*$/;

const schemas = new Map<string, { stamp: string | null; schema: EnvSchema | null }>();

/** What the env module of the file's package validates; `null` when there is no such module, or its schema cannot be read. */
export function envSchemaOf(source: Source): EnvSchema | null {
  const found = envModuleOf(source);
  if (!found) return null;
  const { file } = found;
  const stamp = fileStamp(file);
  const known = schemas.get(file);
  if (known && known.stamp === stamp) return known.schema;
  const module = loadModule(file, source);
  const read = module && readSchema(file, module);
  // A module that is told by what it does has to hand on what it has validated, or it is a check on the way to something else.
  const isOne = read !== null && (found.isUsual || read.exported !== null || [...read.variables.values()].some(({ writtenAs }) => writtenAs !== undefined));
  const schema = isOne ? read : null;
  schemas.set(file, { stamp, schema });
  return schema;
}

/** Whether the env module, or a module that it is made of, names a variable anywhere; `true` when there is too much behind it to tell. */
export function isNamedByEnvModule(name: string, { file }: EnvSchema): boolean {
  const word = new RegExp(`\\b${name}\\b`);
  const files = modulesBehind(file);
  return files === null || [...files].some((behind) => word.test(readText(behind) ?? ""));
}

function readSchema(file: string, source: Source): EnvSchema {
  const exported = exportedEnvironment(source);
  const variables = new Map<string, CheckedVariable>();
  for (const table of tablesIn(source)) {
    for (const property of table.properties) {
      const name = property.type === "Property" ? keyName(property.key, property.computed) : null;
      if (property.type !== "Property" || name === null) continue;
      const variable = variableOfSchema(name, property.value, exported?.tables.has(table) ? exported.call : null, source);
      // Two schemas of one variable say that it depends.
      variables.set(name, variables.has(name) ? { value: "unknown", isConverted: false } : variable);
    }
  }
  for (const [name, variable] of fieldsIn(source)) variables.set(name, variable);
  if (exported === null) for (const [name, writtenAs] of namesGivenIn(source)) variables.set(name, { value: "unknown", isConverted: false, writtenAs });
  return { file, variables, exported: exported?.name ?? null, isFunction: exported?.isFunction ?? false };
}

/** The name of a library's function that a call is one of: `string` of `z.string()`, and what follows it: `min`, `optional`. */
function namesOf(call: TSESTree.Node, source: Source): { module: string; names: readonly string[] } | null {
  const inner = unwrap(call);
  if (inner.type !== "CallExpression") return null;
  const origin = originOf(inner.callee, source);
  if (!origin) return null;
  const names = origin.steps.filter((step) => step !== "()");
  return { module: origin.module, names: /^(?:z|v|default|\*)$/.test(names[0] ?? "") ? names.slice(1) : names };
}

function readerAt(node: TSESTree.Node, source: Source): { call: TSESTree.CallExpression; reader: SchemaReader } | null {
  const call = unwrap(node);
  if (call.type !== "CallExpression" || !schemaReaders.some(({ name }) => call.callee.type === "Identifier" || memberNameOf(call.callee) === name)) return null;
  const origin = namesOf(call, source);
  const reader = schemaReaders.find(({ module, name }) => module === origin?.module && origin.names.length < 2 && (origin.names[0] ?? "default") === name);
  return reader ? { call, reader } : null;
}

const memberNameOf = (node: TSESTree.Node): string | null => (node.type === "MemberExpression" ? memberName(node) : null);

const asTable = (node: TSESTree.Node | "unknown" | null | undefined, source: Source): Table[] => {
  const value = node && node !== "unknown" ? resolveConst(node, source) : null;
  return value?.type === "ObjectExpression" ? [value] : [];
};

function tablesOf({ call, reader }: { call: TSESTree.CallExpression; reader: SchemaReader }, source: Source): Table[] {
  const { table } = reader;
  if (typeof table === "number") return asTable(call.arguments[table], source);
  const [options] = asTable(call.arguments[0], source);
  return options ? table.flatMap((name) => asTable(propertyOf(options, name), source)) : [];
}

/** `z.object({ … })`, `Joi.object({ … })`: objects with variables for keys. */
function objectSchemaAt(node: TSESTree.Node, source: Source): Table | null {
  const call = unwrap(node);
  if (call.type !== "CallExpression" || !/^(?:object|strictObject|looseObject)$/.test(memberNameOf(call.callee) ?? (call.callee.type === "Identifier" ? call.callee.name : ""))) return null;
  const [table] = asTable(call.arguments[0], source);
  const isOfVariables = table?.properties.some((property) => property.type === "Property" && screaming.test(keyName(property.key, property.computed) ?? ""));
  return table && isOfVariables ? table : null;
}

function tablesIn(source: Source): Set<Table> {
  const tables = new Set<Table>();
  for (const node of callsIn(source)) {
    if (node.type !== "CallExpression") continue;
    const reader = readerAt(node, source);
    const object = reader ? null : objectSchemaAt(node, source);
    for (const table of reader ? tablesOf(reader, source) : object ? [object] : []) tables.add(table);
  }
  return tables;
}

/** The fields of a class that validates its own instance: what is handed on by itself, and what becomes something else on the way. */
function fieldsIn(source: Source): Map<string, CheckedVariable> {
  const fields = new Map<string, CheckedVariable>();
  walk(source.ast, source, (node) => {
    if (node.type !== "PropertyDefinition" || node.static || !isClass(node.parent.parent)) return;
    const name = keyName(node.key, node.computed);
    if (name === null || !screaming.test(name) || !node.value) return;
    const value = unwrap(node.value);
    fields.set(name, { value: value.type === "MemberExpression" && memberName(value) === name ? "unknown" : "changed", isConverted: false });
  });
  return fields;
}

interface Exported {
  readonly name: string;
  readonly isFunction: boolean;
  /** The call that makes the values, and the tables that decide each of them. */
  readonly call: TSESTree.CallExpression | null;
  readonly tables: ReadonlySet<Table>;
}

/** The call that an exported value is made by, with the tables that it reads by; `null` for whatever is more complicated. */
function readingAt(node: TSESTree.Node, source: Source): Pick<Exported, "call" | "tables"> | null {
  const reader = readerAt(node, source);
  if (reader) return { call: reader.call, tables: new Set(tablesOf(reader, source)) };
  const call = unwrap(node);
  if (call.type !== "CallExpression" || !call.arguments.some((argument) => isEnvironment(argument, source))) return null;
  // `schema.parse(process.env)`, and `parse(schema, process.env)`.
  const name = memberNameOf(call.callee);
  const schema = name === "parse" && call.arguments.length > 1 ? call.arguments[0] : name === "parse" && call.callee.type === "MemberExpression" ? call.callee.object : null;
  const table = schema && objectSchemaAt(resolveConst(schema, source), source);
  return { call, tables: new Set(table ? [table] : []) };
}

const answering = new Set(schemaAnswers.flatMap(({ methods }) => methods));

/** The call that makes the values themselves, and no answer that has them in it: `schema.safeParse(process.env)`. */
function valuesAt(node: TSESTree.Node, source: Source): Pick<Exported, "call" | "tables"> | null {
  const reading = readingAt(node, source);
  return reading?.call && !answering.has(lastNameOf(reading.call.callee)) ? reading : null;
}

/** What holds the values among what a check answers: `result.data`, `const { value } = schema.validate(process.env)`. */
const answers = /^(?:data|value|output|env)$/;

/** Whether a value is what a call made of the environment, or has all of it: `parsed.data`, `{ ...parsed.data, isLocal }`. */
function holdsReading(node: TSESTree.Node, source: Source): boolean {
  const value = resolveConst(node, source);
  switch (value.type) {
    case "MemberExpression":
      return answers.test(memberName(value) ?? "") && readingAt(resolveConst(value.object, source), source) !== null;
    case "ObjectExpression":
      return value.properties.some((property) => property.type === "SpreadElement" && (holdsReading(property.argument, source) || valuesAt(resolveConst(property.argument, source), source) !== null));
    case "Identifier": {
      const [definition] = variableOf(value, source)?.defs ?? [];
      const declarator = definition?.node;
      if (declarator?.type !== "VariableDeclarator" || declarator.id.type !== "ObjectPattern" || !declarator.init) return false;
      const isAnswer = declarator.id.properties.some(
        (property) => property.type === "Property" && property.value.type === "Identifier" && property.value.name === value.name && answers.test(keyName(property.key, property.computed) ?? ""),
      );
      return isAnswer && readingAt(resolveConst(declarator.init, source), source) !== null;
    }
    default:
      return false;
  }
}

function exportedEnvironment(source: Source): Exported | null {
  const none = { call: null, tables: new Set<Table>() };
  let named: Exported | null = null;
  for (const name of [...exportedNames(source), "default"]) {
    for (const candidate of exportsNamed(name, source)) {
      if (candidate.kind !== "own") continue;
      const value = declaredFunction(candidate.node, source) ?? resolveConst(candidate.node, source);
      const values = valuesAt(value, source);
      if (values) return { name, isFunction: false, ...values };
      if (holdsReading(value, source)) return { name, isFunction: false, ...none };
      if (isFunction(value) && handsItOn(value, source)) return { name, isFunction: true, ...none };
      if (readingAt(value, source)) continue;
      // What goes by the name that all of them give it, or is an instance of the class with the checks.
      if (name === "env" || (name === "default" && value.type === "NewExpression")) named ??= { name, isFunction: false, ...none };
    }
  }
  return named;
}

function declaredFunction(node: TSESTree.Node, source: Source): FunctionNode | null {
  const definition = node.type === "Identifier" ? variableOf(node, source)?.defs[0]?.node : node;
  return definition?.type === "FunctionDeclaration" ? definition : null;
}

/** Whether a function that is called as it is hands back the values, and nothing besides. */
function handsItOn(fn: FunctionNode, source: Source): boolean {
  if (fn.async || fn.generator || fn.params.some((parameter) => parameter.type === "Identifier" && !parameter.optional)) return false;
  const results = returnsOf(fn, source);
  return results.length > 0 && results.every((result) => isOfValues(result, source));
}

function isOfValues(node: TSESTree.Node, source: Source, hops = 2): boolean {
  const value = resolveConst(node, source);
  if (valuesAt(value, source) || holdsReading(value, source)) return true;
  if (value.type === "AssignmentExpression") return isOfValues(value.right, source, hops);
  if (value.type !== "Identifier" || hops === 0) return false;
  // What keeps them from the first call on.
  const given = (variableOf(value, source)?.references ?? []).flatMap(({ writeExpr }) => (writeExpr && !isNullish(writeExpr) ? [writeExpr] : []));
  return given.length > 0 && given.every((each) => isOfValues(each, source, hops - 1));
}

/** How far below an exported object a value may stand. */
const deepest = 3;

/** The variables that a module hands on under names of its own, with what others write to read them. */
function namesGivenIn(source: Source): Map<string, string> {
  const given = new Map<string, string>();
  for (const name of [...exportedNames(source), "default"]) {
    for (const candidate of exportsNamed(name, source)) {
      if (candidate.kind !== "own") continue;
      const local = name !== "default" ? name : candidate.node.type === "Identifier" ? candidate.node.name : "config";
      collectNames(resolveConst(candidate.node, source), local, source, given);
    }
  }
  return given;
}

function collectNames(value: TSESTree.Node, code: string, source: Source, given: Map<string, string>, depth = 0): void {
  const table = settingTableAt(value, source);
  if (table) {
    collectSettings(table.object, table.variable, [], `${code}.get`, source, given);
    return;
  }
  const name = variableHeldBy(value, source);
  if (name !== null) {
    if (!given.has(name)) given.set(name, code);
    return;
  }
  if (value.type !== "ObjectExpression" || depth >= deepest) return;
  for (const property of value.properties) {
    const key = property.type === "Property" ? keyName(property.key, property.computed) : null;
    if (property.type === "Property" && key !== null) collectNames(resolveConst(property.value, source), `${code}.${key}`, source, given, depth + 1);
  }
}

/** The variable that an expression holds after a check: `env.get("PORT").required().asPortNumber()`, `checked.PORT`. */
function variableHeldBy(value: TSESTree.Node, source: Source): string | null {
  if (value.type === "MemberExpression") {
    const name = memberName(value);
    return name !== null && screaming.test(name) && (valuesAt(resolveConst(value.object, source), source) !== null || holdsReading(value.object, source)) ? name : null;
  }
  return settledBy(value, source);
}

/** `convict({ … })`: the table of a package that reads the environment by one. */
function settingTableAt(value: TSESTree.Node, source: Source): { object: Table; variable: string } | null {
  if (value.type !== "CallExpression") return null;
  const module = originOf(value.callee, source)?.module;
  const entry = settingTables.find((each) => each.module === module && each.variable !== null);
  const [object] = entry ? asTable(value.arguments[0], source) : [];
  return entry?.variable && object ? { object, variable: entry.variable } : null;
}

function collectSettings(object: Table, variable: string, path: readonly string[], read: string, source: Source, given: Map<string, string>): void {
  const [named] = asText(propertyOf(object, variable), source);
  if (named !== undefined) {
    given.set(named, `${read}("${path.join(".")}")`);
    return;
  }
  for (const property of object.properties) {
    const key = property.type === "Property" ? keyName(property.key, property.computed) : null;
    const [inner] = property.type === "Property" && key !== null ? asTable(property.value, source) : [];
    if (inner && key !== null) collectSettings(inner, variable, [...path, key], read, source, given);
  }
}

const asText = (node: TSESTree.Node | "unknown" | null, source: Source): string[] => {
  const text = node && node !== "unknown" ? stringValue(resolveConst(node, source)) : null;
  return text === null ? [] : [text];
};

function exportedNames({ ast }: Source): string[] {
  return ast.body.flatMap((statement) => {
    if (statement.type !== "ExportNamedDeclaration") return [];
    const specifiers = statement.specifiers.map(({ exported }) => (exported.type === "Identifier" ? exported.name : exported.value));
    const { declaration } = statement;
    if (declaration?.type === "FunctionDeclaration" && declaration.id) return [declaration.id.name];
    const declared = declaration?.type === "VariableDeclaration" ? declaration.declarations.flatMap(({ id }) => (id.type === "Identifier" ? [id.name] : [])) : [];
    return [...specifiers, ...declared];
  });
}

const saysOneOf = (words: readonly string[]): RegExp => new RegExp(`\\b(?:${words.join("|")})\\s*[(:.]`);
const defaults = saysOneOf(schemaDefaults);
const conversions = saysOneOf(schemaConversions);

/** `transform((text) => text ?? "eu")` */
const ownDefault = /\?\?\s*(?!undefined\b|null\b)|\|\|\s*[\d"'`]/;

/** What the words of a schema say that it does to a text, if they do. */
function changeSaidBy(text: string): "converted" | "changed" | null {
  if (defaults.test(text)) return "changed";
  if (!conversions.test(text)) return null;
  return ownDefault.test(text) ? "changed" : "converted";
}

function variableOfSchema(name: string, value: TSESTree.Node, call: TSESTree.CallExpression | null, source: Source): CheckedVariable {
  const schema = resolveConst(value, source);
  if (call && !isHandedOn(name, call, source)) return { value: "changed", isConverted: false };
  const text = source.text.slice(...schema.range);
  const change = changeSaidBy(text);
  const flag = change === "changed" ? flagIn(schema, source) : null;
  if (change) return { value: change, isConverted: conversions.test(text), ...(flag && { flag }) };
  const kind = call && textKind(schema, source);
  if (!call || kind === null || (kind === "optional text" && changesEmptyTexts(call, source))) return { value: "unknown", isConverted: false };
  return { value: kind, isConverted: false };
}

/** Whether a variable that is held against a text where it is read raw comes out as it would by the schema, also where nobody has set it. */
export function comesToSame({ flag, isConverted }: CheckedVariable, text: string): boolean {
  if (!flag || flag.otherwise === text) return false;
  return isConverted ? flag.on === text : flag.on === null;
}

function flagIn(schema: TSESTree.Node, source: Source): Flag | null {
  const calls = methodsOf(schema);
  const [otherwise, ...others] = calls.flatMap(({ name, given }) => (schemaDefaults.includes(name) ? [given && stringValue(resolveConst(given, source))] : []));
  const [on, ...more] = calls.flatMap(({ name, given }) => (schemaConversions.includes(name) ? [given && comparedIn(given)] : []));
  if (typeof otherwise !== "string" || others.length > 0 || on === null || more.length > 0) return null;
  return { otherwise, on: on ?? null };
}

/** The methods of a chain, each with what it is given first. */
function methodsOf(schema: TSESTree.Node): { name: string; given: TSESTree.Node | null }[] {
  const call = unwrap(schema);
  if (call.type !== "CallExpression") return [];
  const callee = unwrap(call.callee);
  return [{ name: lastNameOf(callee), given: call.arguments[0] ?? null }, ...(callee.type === "MemberExpression" ? methodsOf(callee.object) : [])];
}

/** The text that a function holds what it is given against, where that is all that it does: `(text) => text === "on"`. */
function comparedIn(node: TSESTree.Node): string | null {
  const [parameter] = isFunction(node) ? node.params : [];
  const test = isFunction(node) && node.body.type !== "BlockStatement" ? unwrap(node.body) : null;
  if (parameter?.type !== "Identifier" || test?.type !== "BinaryExpression" || !/^===?$/.test(test.operator)) return null;
  return test.left.type === "Identifier" && test.left.name === parameter.name ? stringValue(test.right) : null;
}

/** Options of a reader that has been told about each variable by itself, and the texts that it takes for none. */
const optionOf = (call: TSESTree.CallExpression, names: readonly string[], source: Source): TSESTree.Node | "unknown" | null => {
  const [options] = asTable(call.arguments[0], source);
  const found = options ? names.map((name) => propertyOf(options, name)).find((value) => value !== null) : null;
  return found ?? null;
};

/** Whether the environment's own value is what is validated: `runtimeEnv: { URL: process.env.URL ?? preview }` has another in mind. */
function isHandedOn(name: string, call: TSESTree.CallExpression, source: Source): boolean {
  if (optionOf(call, ["createFinalSchema", "transform"], source) !== null) return false;
  const given = optionOf(call, ["runtimeEnv", "runtimeEnvStrict", "experimental__runtimeEnv"], source);
  const table = given && given !== "unknown" ? unwrap(given) : null;
  if (table?.type !== "ObjectExpression") return given !== "unknown";
  const value = propertyOf(table, name);
  if (value === null || value === "unknown") return true;
  const read = unwrap(value);
  return read.type === "MemberExpression" && memberName(read) === name && isEnvironment(read.object, source);
}

function changesEmptyTexts(call: TSESTree.CallExpression, source: Source): boolean {
  const option = optionOf(call, ["emptyStringAsUndefined"], source);
  return option !== null && !(option !== "unknown" && option.type === "Literal" && option.value === false);
}

/** What a schema makes of a text: that text, that or nothing, or something else (`null`). */
function textKind(node: TSESTree.Node, source: Source): "text" | "optional text" | null {
  const call = resolveConst(node, source);
  const origin = namesOf(call, source);
  const library = textSchemas.find(({ module }) => module === origin?.module);
  const [start, ...more] = origin?.names ?? [];
  if (!library || start === undefined || call.type !== "CallExpression") return null;
  if (library.joins.includes(start)) return isChecked(call, library, source) ? "text" : null;
  if (library.optional.includes(start)) return call.arguments.length === 1 && textKind(call.arguments[0] as TSESTree.Node, source) ? "optional text" : null;
  if (!library.starts.includes(start) || more.some((name) => !library.checks.includes(name) && !library.optional.includes(name)) || hasOptions(call, source)) return null;
  return more.some((name) => library.optional.includes(name)) ? "optional text" : "text";
}

/** `pipe(string(), minLength(1))`: a text, and nothing but checks. */
function isChecked({ arguments: args }: TSESTree.CallExpression, library: TextSchema, source: Source): boolean {
  const [first, ...rest] = args;
  if (!first || textKind(first, source) !== "text") return false;
  return rest.every((check) => library.checks.includes(namesOf(check, source)?.names[0] ?? ""));
}

/** Options by which a check of a text may change it, narrow its type, or let it be missing. */
const hasOptions = (call: TSESTree.CallExpression, source: Source): boolean =>
  contains(call, source, (node) => node.type === "Property" && /^(?:normalize|choices|requiredWhen|allowEmpty|input)$/.test(keyName(node.key, node.computed) ?? ""));
