import type { TSESLint, TSESTree } from "@typescript-eslint/utils";

import { fileFacts } from "../../project/file.js";
import { pathInProject } from "../../project/path.js";
import { mayLoad, specifierFor } from "../../project/specifier.js";
import { addImport, addMember, type Edit, type ImportedName, localNameOf, together } from "../../syntax/edit.js";
import { variableNamed } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { keyName, memberName, outermost, unwrap } from "../../syntax/value.js";
import { ancestor, isClass, isFunction, walk } from "../../syntax/walk.js";
import { type ConsoleCall } from "./console-calls.js";
import { roleOf } from "../program/file-role.js";
import { argumentsFor, hasComments, holdsError, isCaught, isForItsEffect } from "./log-arguments.js";
import { type KnownLogger, type Level, loggerOf, loggingMethods } from "./loggers.js";
import { functionFor } from "./log-functions.js";
import { isMuted, isOnlyConsole } from "./muted-loggers.js";
import { isBehind, libraryNeeded, type PlainLogger, plainLogger, projectLogger, type ProjectLogger } from "./project-logger.js";
import { definitionOf, type Value } from "../program/provenance.js";

/** A call that writes to a log through a logger. */
export interface LoggerCall extends KnownLogger {
  readonly node: TSESTree.CallExpression;
  readonly method: string;
  /** `null` for a method that the logger has beside those of its levels. */
  readonly level: Level | null;
}

/** The call of a logger that a node is, whether the logger is a library's or the project's own; `null` for any other call. */
export function loggerCallAt(node: TSESTree.CallExpression, source: Source): LoggerCall | null {
  const callee = unwrap(node.callee);
  if (callee.type !== "MemberExpression" || callee.object.type === "Super") return null;
  const method = memberName(callee);
  if (method === null || !loggingMethods.has(method)) return null;
  const logger = loggerOf(definitionOf(callee.object, source), source);
  if (!logger) return null;
  const level = Object.entries(logger.style?.levels ?? {}).find(([, name]) => name === method)?.[0] as Level | undefined;
  return { ...logger, node, method, level: level ?? null };
}

/** Whether all that is done in a block is to log. */
function onlyLogs(block: TSESTree.BlockStatement, source: Source): boolean {
  const logged: TSESTree.Node[] = [];
  const isMore = walk(block, source, (node) => {
    if (node.type !== "CallExpression") return node.type === "NewExpression" || node.type === "ThrowStatement" ? "stop" : true;
    if (loggerCallAt(node, source) === null) return "stop";
    logged.push(node);
    return false;
  });
  return logged.length > 0 && !isMore;
}

/** Whether a call of the console stands where the logger itself has failed: in the `catch` around its own call, and there is no other way left. */
export function isLastResort({ node }: ConsoleCall, source: Source): boolean {
  const clause = ancestor(node, (around) => around.type === "CatchClause" || isFunction(around));
  return clause?.type === "CatchClause" && onlyLogs(clause.parent.block, source);
}

type Variable = TSESLint.Scope.Variable;
type ClassNode = TSESTree.ClassDeclaration | TSESTree.ClassExpression;

/** A logger that a file holds: `this.logger`, `req.log`, `logger`. */
interface HeldLogger extends KnownLogger {
  /** How it is written. */
  readonly text: string;
  readonly root: Variable | ClassNode;
}

const held = new WeakMap<Source["ast"], readonly HeldLogger[]>();

/** The loggers that a file holds: what it logs through, and what its names or fields say that it could. */
function loggersIn(source: Source): readonly HeldLogger[] {
  const known = held.get(source.ast);
  if (known) return known;
  const found = new Map<string, HeldLogger | null>();
  const add = (text: string, root: Variable | ClassNode, node: TSESTree.Node): void => {
    const key = `${text} ${"body" in root ? root.range[0] : root.defs[0]?.name.range[0]}`;
    if (found.has(key)) return;
    const value = definitionOf(node, source);
    const logger = loggerOf(value, source);
    found.set(key, logger && !(logger.library === null && addsNothing(value, source)) ? { ...logger, text, root } : null);
  };
  for (const scope of source.scopeManager?.scopes ?? []) {
    for (const variable of scope.variables) {
      for (const object of loggedThrough(variable)) add(source.text.slice(...object.range), variable, object);
    }
    if (isClass(scope.block) && scope.type === "class") {
      for (const [name, field] of [...fieldsOf(scope.block), ...inheritedBy(scope.block, source)]) if (/log/i.test(name)) add(`this.${name}`, scope.block, field);
    }
  }
  const loggers = [...found.values()].filter((logger) => logger !== null).sort((a, b) => rank(a) - rank(b));
  held.set(source.ast, loggers);
  return loggers;
}

/** Whether a logger of another module is one by its name alone: the console with a text in front, or silent in production. */
const addsNothing = (value: Value | null, source: Source): boolean => (value?.kind === "definition" || value?.kind === "instance") && value.source !== source && (isMuted(value.source) || isOnlyConsole(value.source));

const isLogging = (node: TSESTree.Node | undefined, object: TSESTree.Node): boolean =>
  node?.type === "MemberExpression" && node.object === object && loggingMethods.has(memberName(node) ?? "") && outermost(node).parent?.type === "CallExpression";

/** The places where something is logged through a variable (`log.info()`), or through what it holds (`req.log.info()`); a name may do, too. */
function* loggedThrough({ defs, name, references }: Variable): Generator<TSESTree.Node> {
  const [definition] = defs;
  if (!definition) return;
  if (definition.type === "Variable" && /log/i.test(name)) yield definition.name;
  for (const { identifier } of references) {
    const object = outermost(identifier);
    const { parent } = object;
    if (isLogging(parent, object)) yield identifier;
    else if (parent?.type === "MemberExpression" && parent.object === object && /log/i.test(memberName(parent) ?? "")) {
      const member = outermost(parent);
      if (isLogging(member.parent, member)) yield parent;
    }
  }
}

/** Fields that a class logs through and does not declare itself. */
function inheritedBy(owner: ClassNode, source: Source): [string, TSESTree.Node][] {
  const found: [string, TSESTree.Node][] = [];
  if (!owner.superClass || !/\bthis\.\w*log/i.test(source.text)) return found;
  walk(owner.body, source, (node) => {
    if (node.type !== "MemberExpression" || node.object.type !== "ThisExpression") return;
    const name = memberName(node);
    if (name !== null && /log/i.test(name) && thisAt(node) === owner) found.push([name, node]);
  });
  return found;
}

/** A field of the class knows where it is, a request's logger knows the request, and the innermost knows most. */
function rank({ root }: HeldLogger): number {
  if ("body" in root) return -Infinity;
  let depth = 0;
  for (let scope: TSESLint.Scope.Scope | null = root.scope; scope; scope = scope.upper) depth += 1;
  return -depth;
}

function* fieldsOf(owner: ClassNode): Generator<[string, TSESTree.Node]> {
  for (const element of owner.body.body) {
    if (element.type === "PropertyDefinition" && !element.static) {
      const name = keyName(element.key, element.computed);
      const value = element.value ?? element.typeAnnotation?.typeAnnotation;
      if (name !== null && value) yield [name, value];
    } else if (element.type === "MethodDefinition" && element.kind === "constructor") {
      for (const parameter of element.value.params) {
        if (parameter.type === "TSParameterProperty" && parameter.parameter.type === "Identifier") yield [parameter.parameter.name, parameter.parameter];
      }
    }
  }
}

/** The class whose instance `this` is at a node. */
function thisAt(node: TSESTree.Node): ClassNode | null {
  const holder = ancestor(
    node,
    (candidate) => candidate.type === "PropertyDefinition" || candidate.type === "StaticBlock" || (isFunction(candidate) && candidate.type !== "ArrowFunctionExpression"),
  );
  const element = holder?.type === "FunctionExpression" ? holder.parent : holder;
  if (element?.type !== "MethodDefinition" && element?.type !== "PropertyDefinition") return null;
  return element.static ? null : (element.parent.parent);
}

/** Whether a logger that the file holds means the same where a node stands, and is there by then. */
function isVisible({ root, text }: HeldLogger, node: TSESTree.Node, source: Source): boolean {
  if ("body" in root) return thisAt(node) === root;
  if (variableNamed((text.split(".")[0] as string), node, source) !== root) return false;
  const [definition] = root.defs;
  if (definition?.type !== "Variable" || definition.name.range[1] < node.range[0]) return definition !== undefined;
  return ancestor(node, isFunction) !== ancestor(definition.name, isFunction);
}

/** The logger that a call should use. */
export interface LoggerAtHand extends KnownLogger {
  /** How to speak of it. */
  readonly said: string;
  /** How to write it at this place, and what that takes; `null` where it cannot be written without more ado. */
  readonly written: Written | null;
}

interface Written {
  readonly text: string;
  readonly bring: Edit;
  /** Whether the file gets something that its author may want elsewhere, or otherwise. */
  readonly isNew: boolean;
}

const nothing: Edit = () => [];

/** The logger that a node could use for a level: one that is in scope, or the project's; `null` when neither is known. */
export function loggerFor(node: TSESTree.Node, source: Source, level: Level = "info"): LoggerAtHand | null {
  const inFile = loggersIn(source).find((logger) => isVisible(logger, node, source));
  if (inFile) return { ...inFile, said: `\`${inFile.text}\``, written: { text: inFile.text, bring: nothing, isNew: false } };
  const logger = projectLogger(source);
  if (!logger || (roleOf(source) === "edge" && !logger.style?.anywhere)) return null;
  const { library, style, losesErrors, file } = logger;
  const known = { library, style, ...(losesErrors !== undefined && { losesErrors }) };
  const specifier = specifierOf(logger, source);
  if (specifier !== null) return { ...known, said: saidOf(logger, specifier, level), written: imported(logger, specifier, node, source) };
  if (file === null) return { ...known, said: nameOf(library), written: logger.own ? madeHere(logger.own, node, source) : null };
  return mayLoad(file, source) ? { ...known, said: saidOf(logger, pathOf(file, source), level), written: null } : null;
}

/** The library for logging that is installed where no logger is at hand, since nothing has set it up. */
export function unusedLibrary(source: Source): string | null {
  const filename = fileFacts(source)?.filename;
  const library = filename === undefined || projectLogger(source) ? null : libraryNeeded(filename);
  return library && nameOf(library);
}

/** How to speak of the logger that the project has settled on, where it is none to log through as it is, and what it lacks. */
export function plainLoggerSaid(source: Source): { readonly said: string; readonly lack: PlainLogger["lack"] } | null {
  const logger = projectLogger(source) ? null : plainLogger(source);
  if (!logger || fileFacts(source)?.filename === logger.file) return null;
  const { file, exported, lack } = logger;
  return { said: `${exported === "default" ? "the logger" : `\`${exported}\``} from \`${specifierFor(file, source) ?? pathOf(file, source)}\``, lack };
}

function pathOf(file: string, source: Source): string {
  const facts = fileFacts(source);
  return facts ? pathInProject({ ...facts, filename: file }) : file;
}

/** Whether the file is the project's logger, or something that it is built on. */
export function isBehindLogger(source: Source): boolean {
  const filename = fileFacts(source)?.filename;
  const logger = projectLogger(source);
  return filename !== undefined && logger !== null && isBehind(filename, logger) === true;
}

const specifiers = new WeakMap<Source["ast"], string | null>();

/** How the file would import the project's logger. */
function specifierOf({ specifier, file }: ProjectLogger, source: Source): string | null {
  if (specifier !== undefined || file === null) return specifier ?? null;
  const known = specifiers.get(source.ast);
  if (known !== undefined) return known;
  const found = specifierFor(file, source);
  specifiers.set(source.ast, found);
  return found;
}

const nameOf = (library: string | null): string => (library?.includes("`") ? library : `\`${library}\``);

function saidOf({ exported, functions }: ProjectLogger, specifier: string, level: Level): string {
  if (functions) return `\`${functionFor(level, functions)}\` from \`${specifier}\``;
  const name = exported === "default" ? "the logger" : exported === null ? "a logger" : `\`${exported}\``;
  return `${name} from \`${specifier}\``;
}

function imported({ exported, ...logger }: ProjectLogger, specifier: string, node: TSESTree.Node, source: Source): Written | null {
  const filename = fileFacts(source)?.filename;
  if (filename === undefined || exported === null || isBehind(filename, { exported, ...logger }) !== false) return null;
  const local = localNameOf(exported, specifier, source) ?? (exported === "default" ? "logger" : exported);
  return broughtIn(specifier, { imported: exported, local }, node, source);
}

const imports = new WeakMap<Source["ast"], Map<string, Edit | null>>();

/** One import serves all calls of a file. */
function importOf(module: string, name: ImportedName, source: Source): Edit | null {
  let inFile = imports.get(source.ast);
  if (!inFile) imports.set(source.ast, (inFile = new Map<string, Edit | null>()));
  const key = `${module} ${name.imported} ${name.local}`;
  const known = inFile.get(key);
  if (known !== undefined) return known;
  const edit = addImport(module, [name], source);
  inFile.set(key, edit);
  return edit;
}

function broughtIn(module: string, name: ImportedName, node: TSESTree.Node, source: Source): Written | null {
  const meant = variableNamed(name.local, node, source)?.defs[0];
  if (meant && meant.type !== "ImportBinding") return null;
  const bring = importOf(module, name, source);
  return bring && { text: name.local, bring, isNew: false };
}

/** A logger of the class's own, as a field; outside of a class, the logger class itself. */
function madeHere({ module, name }: NonNullable<ProjectLogger["own"]>, node: TSESTree.Node, source: Source): Written | null {
  const brought = broughtIn(module, { imported: name, local: localNameOf(name, module, source) ?? name }, node, source);
  if (!brought) return null;
  const owner = thisAt(node);
  if (!owner?.id || [...fieldsOf(owner)].some(([field]) => field === "logger")) return { ...brought, isNew: true };
  const modifiers = isTypeScript(source) ? "private readonly " : "";
  const field = addMember(owner, `${modifiers}logger = new ${brought.text}(${owner.id.name}.name);`, source);
  return { text: "this.logger", bring: together(brought.bring, field), isNew: true };
}

const isTypeScript = (source: Source): boolean => /\.[cm]?tsx?$/.test(fileFacts(source)?.filename ?? "");

const literalMethods: ReadonlySet<string> = new Set(["log", "info", "debug", "warn", "error"]);

/** What a call of the console looks like through a logger. */
export interface Rewritten {
  readonly edit: Edit;
  readonly code: string;
  /** Whether nothing is to be thought over: the line reaches the log as it did before. */
  readonly isSafe: boolean;
}

/** Whether the logger at hand would make nothing of an error that a call of the console writes with its stack. */
export const losesErrorOf = ({ node }: ConsoleCall, { losesErrors }: LoggerAtHand, source: Source): boolean => losesErrors === true && node.arguments.some((argument) => holdsError(argument, source));

/** Writes a call of the console as one of the logger at hand; `null` when it takes a person to do it. */
export function throughLogger(call: ConsoleCall, logger: LoggerAtHand, source: Source): Rewritten | null {
  const { node, method } = call;
  const { style, written } = logger;
  if (losesErrorOf(call, logger, source)) return null;
  if (!style || !written || !literalMethods.has(method) || !isForItsEffect(node)) return null;
  const meant = levelMeant(call, source);
  const name = style.levels[meant];
  const args = name === undefined ? null : argumentsFor(node, meant, style, source);
  if (args === null) return null;
  const code = `${written.text}.${name}(${args})`;
  const isAsBefore = args === source.text.slice((node.arguments[0] as TSESTree.Node).range[0], (node.arguments.at(-1) as TSESTree.Node).range[1]);
  if (!isAsBefore && hasComments(node, source)) return null;
  const edit: Edit = (fixer) => [isAsBefore ? fixer.replaceText(node.callee, `${written.text}.${name}`) : fixer.replaceText(node, code)];
  return { edit: together(written.bring, edit), code, isSafe: !style.buffers && !written.isNew && (written.bring === nothing || !takesTypesOnly(source)) };
}

/** Whether a file takes nothing but types from the project's modules: it may be built by itself, and then has none of them at hand. */
function takesTypesOnly({ ast }: Source): boolean {
  const own = ast.body.filter((statement) => statement.type === "ImportDeclaration" && statement.source.value.startsWith("."));
  return own.length > 0 && own.every((statement) => statement.type === "ImportDeclaration" && isTypesOnly(statement));
}

const isTypesOnly = ({ importKind, specifiers }: TSESTree.ImportDeclaration): boolean =>
  importKind === "type" || (specifiers.length > 0 && specifiers.every((specifier) => specifier.type === "ImportSpecifier" && specifier.importKind === "type"));

/** What a `catch` hands to `console.log` is an error all the same. */
export const levelMeant = ({ node, method, level }: ConsoleCall, source: Source): Level =>
  method === "log" && node.arguments.some((argument) => tellsOfError(unwrap(argument), source)) ? "error" : level;

/** `error`, `error.message`, and a text with one of them in it. */
function tellsOfError(node: TSESTree.Node, source: Source): boolean {
  if (node.type === "TemplateLiteral") return node.expressions.some((part) => tellsOfError(unwrap(part), source));
  if (node.type === "BinaryExpression") return tellsOfError(unwrap(node.left), source) || tellsOfError(unwrap(node.right), source);
  return isCaught(node.type === "MemberExpression" ? unwrap(node.object) : node, source);
}
