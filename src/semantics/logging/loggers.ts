import type { TSESTree } from "@typescript-eslint/utils";

import { type Level, type Logger, loggers, type LoggerStyle } from "../../knowledge/loggers.js";
import { fileFacts } from "../../project/file.js";
import { dependsOn, packageOf } from "../../project/package-json.js";
import { packageName } from "../../project/package-name.js";
import { textQuestion } from "../../project/source-texts.js";
import { callsNamed } from "../../syntax/nodes.js";
import { stepsText, type Origin } from "../../syntax/provenance.js";
import type { Source } from "../../syntax/source.js";
import { keyName, memberName, unwrap } from "../../syntax/value.js";
import { type FunctionNode, isFunction } from "../../syntax/walk.js";
import { definitionOf, originOf, type Value } from "../program/provenance.js";
import { losesErrors } from "./muted-loggers.js";

export type { Level, LoggerStyle } from "../../knowledge/loggers.js";

/** A logger, and how it wants to be called. */
export interface KnownLogger {
  /** The library; `null` for one that the project wrote itself. */
  readonly library: string | null;
  /** `null` where it cannot be told from its code how it wants to be called. */
  readonly style: LoggerStyle | null;
  /** The project's own makes `{}` of an error. */
  readonly losesErrors?: boolean;
  /** For a library's logger: where it comes from, and with it the place where it was made. */
  readonly origin?: Origin;
}

interface Instance {
  readonly logger: Logger;
  readonly steps: RegExp;
  readonly with?: string;
  readonly isSaid?: (folder: string) => boolean | null;
}

const byModule = new Map<string, Instance[]>();
for (const logger of loggers) {
  for (const { module, said, ...instance } of logger.instances) {
    const entry: Instance = { logger, ...instance, ...(said && { isSaid: textQuestion(said) }) };
    byModule.set(module, [...(byModule.get(module) ?? []), entry]);
  }
}

/** Whether a logger of the table is what its instances are in the file's project. */
function isThere({ with: needed, isSaid }: Instance, filename: string | undefined): boolean {
  if (needed === undefined) return true;
  if (filename === undefined || !dependsOn(filename, needed)) return false;
  return isSaid === undefined || isSaid(packageOf(filename)?.dir ?? "") === true;
}

/** The logger of a package that an origin is, or `null`. */
function libraryLogger(origin: Origin, source: Source): KnownLogger | null {
  const text = stepsText(origin.steps);
  const filename = fileFacts(source)?.filename;
  const found = byModule.get(origin.module)?.find((entry) => entry.steps.test(text) && isThere(entry, filename));
  if (!found) return null;
  const { logger } = found;
  return { library: logger.name, style: dropsFields(origin) ? { ...logger, fields: "none" } : logger, origin };
}

/** Whether a logger was made with a format that prints its message alone (`printf(({ level, message }) => …)`): its fields would be lost. */
function dropsFields({ creation, createdIn }: Origin): boolean {
  if (!creation || !createdIn || !/\bprintf\s*\(/.test(createdIn.text)) return false;
  return !/\.\.\.|stringify|inspect|\bmeta\b|\bsplat\s*\(/.test(createdIn.text);
}

/** What a value is, when it is a logger: of a package, or an object or instance of the project's own with a method for each level. */
export function loggerOf(value: Value | null, source: Source): KnownLogger | null {
  if (value?.kind === "external") return libraryLogger(value, source);
  if (value?.kind === "instance") return ownLogger((name) => methodOf(value.node, name, value.source), value.source);
  if (value?.kind !== "definition") return null;
  const { node, source: home } = value;
  return node.type === "ObjectExpression" ? ownLogger((name) => propertyNamed(node, name, home), home) : null;
}

/** What an own logger does with a level: it has a function for it, hands it on to a logger of a package, or nobody can tell. */
type Method = FunctionNode | KnownLogger | "opaque";

function methodOf(owner: TSESTree.ClassDeclaration | TSESTree.ClassExpression, name: string, source: Source): Method | null {
  for (const element of owner.body.body) {
    if (element.type !== "MethodDefinition" && element.type !== "PropertyDefinition") continue;
    if (element.static || keyName(element.key, element.computed) !== name) continue;
    return element.value ? methodIn(element.value, name, source) : null;
  }
  return null;
}

function propertyNamed(object: TSESTree.ObjectExpression, name: string, source: Source, hops = 3): Method | null {
  for (const property of object.properties.toReversed()) {
    if (property.type === "Property") {
      if (keyName(property.key, property.computed) === name) return methodIn(property.value, name, source);
      continue;
    }
    const value = hops > 0 ? definitionOf(property.argument, source) : null;
    if (value?.kind === "external") return libraryLogger(value, source);
    const found = value?.kind === "definition" && value.node.type === "ObjectExpression" ? propertyNamed(value.node, name, value.source, hops - 1) : null;
    if (found) return found;
  }
  return null;
}

function methodIn(node: TSESTree.Node, name: string, source: Source): Method {
  const inner = unwrap(node);
  if (isFunction(inner)) return inner;
  // `info: base.info.bind(base)`
  const isBound = inner.type === "CallExpression" && inner.callee.type === "MemberExpression" && memberName(inner.callee) === "bind";
  const value = definitionOf(isBound ? (inner.callee as TSESTree.MemberExpression).object : inner, source);
  if (value?.kind === "definition" && isFunction(value.node) && value.source === source) return value.node;
  if (value?.kind !== "external" || value.steps.at(-1) !== name) return "opaque";
  return libraryLogger({ ...value, steps: value.steps.slice(0, -1) }, source) ?? "opaque";
}

const ownLevels: readonly Level[] = ["trace", "debug", "info", "warn", "error", "fatal"];

const isDelegate = (method: Method | null | undefined): method is KnownLogger => typeof method === "object" && method !== null && "library" in method;

function ownLogger(methodNamed: (name: string) => Method | null, source: Source): KnownLogger | null {
  const infoMethod = methodNamed("info") ? "info" : "log";
  const methods = new Map<Level, { name: string; method: Method }>();
  for (const level of ownLevels) {
    const name = level === "info" ? infoMethod : level;
    const method = methodNamed(name);
    if (method) methods.set(level, { name, method });
  }
  const [info, error] = [methods.get("info"), methods.get("error")];
  if (!info || !error) return null;
  if (isDelegate(info.method)) return handedOn(info.method, methods);

  const signatures = new Map([...methods].map(([level, { method }]) => [level, isDelegate(method) ? null : signatureOf(method, source)]));
  const base = signatures.get("info");
  if (!base) return { library: null, style: null, losesErrors: losesErrors(source) };
  const isAlike = (level: Level): boolean => (level === "error" ? signatures.get(level) !== null : signatures.get(level)?.fields === base.fields);
  const style: LoggerStyle = {
    levels: Object.fromEntries([...methods].filter(([level]) => isAlike(level)).map(([level, { name }]) => [level, name])),
    fields: base.fields,
    error: signatures.get("error")?.takesErrors ? "fields" : "none",
    reserved: [],
    anywhere: true,
  };
  return { library: null, style, losesErrors: losesErrors(source) };
}

function handedOn({ library, style, ...rest }: KnownLogger, methods: ReadonlyMap<Level, { name: string; method: Method }>): KnownLogger {
  const levels = [...methods].filter(([, { method }]) => isDelegate(method) && method.library === library).map(([level, { name }]) => [level, name]);
  return { ...rest, library, style: style && { ...style, levels: Object.fromEntries(levels) as LoggerStyle["levels"] } };
}

interface Signature {
  readonly fields: "last" | "values" | "none";
  readonly takesErrors: boolean;
}

/** How a method of the project's own logger takes message and fields, by its parameters; `null` for any other way than these. */
function signatureOf(fn: FunctionNode | "opaque", source: Source): Signature | null {
  if (fn === "opaque" || fn.async) return null;
  const [message, second, ...others] = fn.params;
  const anyValues = importsLogger(source) ? null : ({ fields: "values", takesErrors: true } as const);
  if (message?.type === "RestElement") return anyValues;
  if (message?.type !== "Identifier" || !isMessage(message)) return null;
  if (!others.every(isOptional)) return null;
  if (!second) return { fields: "none", takesErrors: false };
  if (second.type === "RestElement") return anyValues;
  if (!isOptional(second)) return null;
  const annotation = annotationOf(second);
  return { fields: !annotation || takesAnyFields(annotation, source) ? "last" : "none", takesErrors: !annotation || isOpenType(annotation) };
}

/** Where a library writes in the end, `(...args)` go on to it, in its order and not in that of the console. */
const importsLogger = (source: Source): boolean => source.ast.body.some((statement) => statement.type === "ImportDeclaration" && isLoggerPackage(packageName(statement.source.value)));

const annotationOf = (parameter: TSESTree.Parameter): TSESTree.TypeNode | null => {
  const pattern = parameter.type === "AssignmentPattern" ? parameter.left : parameter;
  return ("typeAnnotation" in pattern && pattern.typeAnnotation?.typeAnnotation) || null;
};

/** In JavaScript every parameter may be left out. */
const isOptional = (parameter: TSESTree.Parameter): boolean =>
  parameter.type === "AssignmentPattern" || parameter.type === "RestElement" || (parameter.type === "Identifier" && (parameter.optional || !parameter.typeAnnotation));

function isMessage({ name, typeAnnotation }: TSESTree.Identifier): boolean {
  const type = typeAnnotation?.typeAnnotation;
  if (!type) return /^(?:m|msg|message|text|event)$/i.test(name);
  return isOpenType(type) || type.type === "TSStringKeyword" || (type.type === "TSUnionType" && type.types.some((part) => part.type === "TSStringKeyword"));
}

const isOpenType = (type: TSESTree.TypeNode): boolean => type.type === "TSAnyKeyword" || type.type === "TSUnknownKeyword";

/** Whether a parameter of this type takes an object with whatever fields: `unknown`, `Record<string, unknown>`, a type of this file that says so. */
function takesAnyFields(type: TSESTree.TypeNode, source: Source, hops = 3): boolean {
  if (isOpenType(type) || type.type === "TSObjectKeyword") return true;
  if (type.type === "TSUnionType") return type.types.some((part) => takesAnyFields(part, source, hops));
  if (type.type === "TSTypeLiteral") return hasOpenIndex(type.members);
  if (type.type !== "TSTypeReference" || type.typeName.type !== "Identifier") return false;
  const [, value] = type.typeArguments?.params ?? [];
  if (type.typeName.name === "Record") return value !== undefined && isOpenType(value);
  const definition = hops > 0 ? definitionOf(type.typeName, source) : null;
  if (definition?.kind !== "typed" || definition.source !== source) return false;
  if (definition.node.type === "TSTypeAliasDeclaration") return takesAnyFields(definition.node.typeAnnotation, source, hops - 1);
  return definition.node.type === "TSInterfaceDeclaration" && hasOpenIndex(definition.node.body.body);
}

const hasOpenIndex = (members: readonly TSESTree.TypeElement[]): boolean =>
  members.every((member) => member.type === "TSIndexSignature" || ("optional" in member && member.optional)) &&
  members.some((member) => member.type === "TSIndexSignature" && member.typeAnnotation && isOpenType(member.typeAnnotation.typeAnnotation));

/** The methods that some logger writes a level with. */
export const loggingMethods: ReadonlySet<string> = new Set(loggers.flatMap(({ levels }) => Object.values(levels)).concat("log"));

/** The logger that a style names: a library of the tables, by its name. */
export const styleNamed = (name: string): KnownLogger | null => {
  const logger = loggers.find((entry) => entry.name.toLowerCase() === name.toLowerCase() || entry.dependencies.includes(name));
  return logger ? { library: logger.name, style: logger } : null;
};

/** The library that one of the dependencies is there for, in the order of the tables. */
export const libraryAmong = (dependencies: { has(name: string): boolean }): Logger | null =>
  loggers.find((logger) => logger.dependencies.some((name) => dependencies.has(name))) ?? null;

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\/]/g, "\\$&");

/** What a file says that uses a library: an import of it or of what is built around it (`pino-http`), or of the class that loggers are made of. */
function useOf({ own, dependencies }: Logger): RegExp {
  if (own) return new RegExp(`\\b${own.name}\\b[^;"']*\\bfrom\\s*["']${escaped(own.module)}["']`);
  return new RegExp(`(?:\\bfrom|\\bimport|\\brequire\\s*\\(|\\bimport\\s*\\()\\s*["'\`][^"'\`\\n]*(?:${dependencies.map(escaped).join("|")})`);
}

const uses = loggers.filter(({ dependencies }) => dependencies.length > 0).map((logger) => ({ logger, isUsed: textQuestion(useOf(logger)) }));

/** The library among the dependencies that the code below a folder uses: one that only stands in the package.json was left there. */
export const libraryUsedIn = (folder: string, dependencies: { has(name: string): boolean }): Logger | null =>
  uses.find(({ logger, isUsed }) => logger.dependencies.some((name) => dependencies.has(name)) && isUsed(folder) !== false)?.logger ?? null;

/** The library that comes with a framework among the dependencies. */
export const libraryOfFramework = (dependencies: { has(name: string): boolean }): Logger | null =>
  loggers.find(({ ofFramework, dependencies: names }) => ofFramework && names.some((name) => dependencies.has(name))) ?? null;

/** The logger of a library by which a file defines something that logs through it, and the module that has it. */
export function loggerOfFile(specifiers: ReadonlySet<string>, source: Source): { readonly logger: Logger; readonly module: string; readonly exported: string } | null {
  for (const logger of loggers) {
    const { inFiles, instances } = logger;
    const found = inFiles && instances.find(({ module }) => specifiers.has(module));
    if (!found) continue;
    const isDefined = callsNamed(source, (name) => inFiles.definedBy.some((path) => path.endsWith(name))).some((call) => {
      const origin = call.type === "CallExpression" ? originOf(call.callee, source) : null;
      return origin?.module === found.module && inFiles.definedBy.includes(stepsText(origin.steps));
    });
    if (isDefined) return { logger, module: found.module, exported: inFiles.exported };
  }
  return null;
}

/** Whether a package is one that loggers come from. */
export const isLoggerPackage = (name: string): boolean => byModule.has(name);
