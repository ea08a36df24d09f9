import { loggerEntryFile, loggerExports, loggerFactories, loggerFile, loggerFolder, loggerFolders, loggerFunctions, type Logger, type LoggerStyle } from "../../knowledge/loggers.js";
import { deployedWith, modulesByConvention } from "../../project/conventions.js";
import { fileStamp } from "../../project/disk.js";
import { currentPass, fileFacts } from "../../project/file.js";
import { moduleRecord } from "../../project/module-record.js";
import { loadModule } from "../../project/modules.js";
import { modulesBehind } from "../../project/modules-behind.js";
import { specifiersOf } from "../../project/named-packages.js";
import { packageOf } from "../../project/package-json.js";
import { resolveSpecifier } from "../../project/resolve.js";
import { folderOf, workspacePackages, workspaceRoot } from "../../project/workspace.js";
import { exportsNamed } from "../../syntax/exports.js";
import type { Source } from "../../syntax/source.js";
import { filesThatUse } from "../program/callers.js";
import { roleOf } from "../program/file-role.js";
import { functionFor, isLogFunction, type LevelFunctions, levelFunctionsOf } from "./log-functions.js";
import { isLoggerPackage, type KnownLogger, libraryAmong, libraryUsedIn, libraryOfFramework, loggerOf, loggerOfFile, styleNamed } from "./loggers.js";
import { isMuted, isOnlyConsole, losesErrors } from "./muted-loggers.js";
import { definitionOf, type Value } from "../program/provenance.js";

/** The logger that a project has for all its files. */
export interface ProjectLogger extends KnownLogger {
  /** The module that has it; `null` when all that is known is a dependency. */
  readonly file: string | null;
  /** The name that the module exports it under; `null` when there is a function that makes one, or nothing that could be told. */
  readonly exported: string | null;
  /** The functions that the module exports instead of one logger, one for each level. */
  readonly functions?: LevelFunctions;
  /** How every file imports it, where that is known. */
  readonly specifier?: string;
  /** The class that a file can make its own logger of. */
  readonly own?: Logger["own"];
}

const found = new Map<string, { pass: number; logger: ProjectLogger | null }>();

function ofFile(source: Source): ProjectLogger | null {
  const found = loggerOfFile(specifiersOf(source), source);
  return found && { library: found.logger.name, style: found.logger, file: null, exported: found.exported, specifier: found.module };
}

/**
 * The logger that a file could use: that of what it makes, as of a task that another service runs, else the one in the settings, else what
 * its package exports from a module for logging, else such a module of a workspace package that it depends on, else the library among its
 * dependencies.
 */
export function projectLogger(source: Source): ProjectLogger | null {
  const facts = fileFacts(source);
  if (!facts) return null;
  const own = ofFile(source);
  if (own) return own;
  const home = deployedWith(facts.filename);
  if (home === null) return fromSettings(source);
  const known = found.get(home.dir);
  if (known?.pass === currentPass()) return known.logger;
  const logger = fromSettings(source) ?? inFolder(home.dir, source) ?? (home.isPackage ? inWorkspace(facts.filename, source) ?? amongDependencies(facts.filename) : null);
  found.set(home.dir, { pass: currentPass(), logger });
  return logger;
}

const convention = { folders: loggerFolders, file: loggerFile, ownFolder: loggerFolder, entry: loggerEntryFile };

function fromSettings(source: Source): ProjectLogger | null {
  const facts = fileFacts(source);
  const configured = facts?.settings["logger"];
  if (typeof configured !== "object" || configured === null) return null;
  const { module, name = "logger", style } = configured as Record<string, unknown>;
  if (typeof module !== "string" || typeof name !== "string" || !facts) return null;
  const isPath = module.startsWith("./");
  const target = resolveSpecifier(module, isPath ? `${facts.cwd}/package.json` : facts.filename);
  const file = target && "file" in target ? target.file : null;
  const named = typeof style === "string" ? styleNamed(style) : isStyle(style) ? { library: null, style } : null;
  const logger = named ?? (file === null ? null : exportedLogger(name, file, source));
  if (isPath && file === null) return null;
  return { library: logger?.library ?? null, style: logger?.style ?? null, file, exported: name, ...(!isPath && { specifier: module }) };
}

const isStyle = (style: unknown): style is LoggerStyle =>
  typeof style === "object" && style !== null && ["levels", "fields", "error", "reserved"].every((column) => column in style);

function inFolder(dir: string, from: Source): ProjectLogger | null {
  let fallback: ProjectLogger | null = null;
  for (const file of modulesByConvention(dir, convention)) {
    const logger = inModule(file, from);
    if (logger?.exported) return logger;
    fallback ??= logger;
  }
  return fallback;
}

/** How long an answer about a module holds that stays as it is, in milliseconds: it may rest on others. */
const age = 500;

const modules = new Map<string, { stamp: string | null; at: number; logger: ProjectLogger | null }>();

function inModule(file: string, from: Source): ProjectLogger | null {
  const stamp = fileStamp(file);
  const known = modules.get(file);
  if (known && known.stamp === stamp && Date.now() - known.at < age) return known.logger;
  const logger = readModule(file, from);
  modules.set(file, { stamp, at: Date.now(), logger });
  return logger;
}

function readModule(file: string, from: Source): ProjectLogger | null {
  const source = loadModule(file, from);
  const role = source && roleOf(source);
  if (!source || role === "client" || role === "test" || role === "script" || role === "generated") return null;
  const isOfNoUse = isMuted(source) || isOnlyConsole(source);
  const hasPackage = moduleRecord(file)?.specifiers.some(isLoggerPackage) ?? false;
  for (const exported of loggerExports) {
    const logger = exportedLogger(exported, file, from);
    if (logger?.library === null && isOfNoUse) return null;
    if (logger) return { ...logger, file, exported };
  }
  const functions = levelFunctionsOf(source);
  if (functions) return { library: null, style: null, losesErrors: losesErrors(source), file, exported: functionFor("info", functions) ?? null, functions };
  const written = loggerFunctions.find((name) => exportsNamed(name, source).some((each) => each.kind === "own" && isLogFunction(each.node, source)));
  if (written !== undefined) return { library: null, style: null, losesErrors: losesErrors(source), file, exported: written };
  const makesOne = loggerFactories.some((name) => exportsNamed(name, source).length > 0);
  return hasPackage || (makesOne && !isOfNoUse) ? { library: null, style: null, file, exported: null } : null;
}

/** A module that a project logs through, whose logger adds nothing to the console as it is. */
export interface PlainLogger {
  readonly file: string;
  readonly exported: string;
  readonly lack: "fields" | "production";
}

/** From so many files on, a project has settled on its logger. */
const fewestUsers = 3;

const plain = new Map<string, { pass: number; logger: PlainLogger | null }>();

/** The logger that a project's files log through, where it writes text for the console only, or is silent in production: it is the place to mend. */
export function plainLogger(source: Source): PlainLogger | null {
  const facts = fileFacts(source);
  const home = facts && deployedWith(facts.filename);
  if (!home) return null;
  const known = plain.get(home.dir);
  if (known?.pass === currentPass()) return known.logger;
  const logger = modulesByConvention(home.dir, convention).map((file) => readPlain(file, source)).find((each) => each !== null) ?? null;
  plain.set(home.dir, { pass: currentPass(), logger });
  return logger;
}

function readPlain(file: string, from: Source): PlainLogger | null {
  const source = loadModule(file, from);
  const role = source && roleOf(source);
  if (!source || role === "client" || role === "test" || role === "script" || role === "generated") return null;
  const lack = isMuted(source) ? "production" : isOnlyConsole(source) ? "fields" : null;
  const exported = lack && loggerExports.find((name) => exportedLogger(name, file, from)?.library === null);
  return lack && exported && filesThatUse(new Set([exported]), source).length >= fewestUsers ? { file, exported, lack } : null;
}

function exportedLogger(name: string, file: string, from: Source, hops = 3): KnownLogger | null {
  const source = loadModule(file, from);
  for (const candidate of source && hops > 0 ? exportsNamed(name, source) : []) {
    if (candidate.kind === "own") {
      const logger = loggerOf(definitionOf(candidate.node, source as Source), source as Source);
      if (logger) return logger;
      continue;
    }
    const target = resolveSpecifier(candidate.specifier, file);
    if (target && "file" in target) {
      const logger = exportedLogger(candidate.name, target.file, from, hops - 1);
      if (logger) return logger;
    } else if (target) {
      const value: Value = { kind: "external", module: target.package, steps: [candidate.name], creation: null, createdIn: null, declaredAs: null };
      const logger = loggerOf(value, source as Source);
      if (logger) return logger;
    }
  }
  return null;
}

const forLogging = /(?:^|[/@-])(?:log|logs|logger|logging|observability|telemetry|o11y)$/i;

function inWorkspace(filename: string, from: Source): ProjectLogger | null {
  const own = packageOf(filename);
  const packages = workspacePackages(workspaceRoot(folderOf(filename) ?? filename));
  if (!own || packages.size === 0) return null;
  const used = [...own.dependencies.keys()].filter((name) => packages.has(name) && name !== own.name);
  for (const name of used.filter((candidate) => forLogging.test(candidate))) {
    const target = resolveSpecifier(name, filename);
    const logger = target && "file" in target ? inModule(target.file, from) : null;
    if (logger) return { ...logger, specifier: name };
  }
  for (const name of used) {
    const logger = inFolder(packages.get(name) as string, from);
    if (logger?.exported) return logger;
  }
  return null;
}

function neededBy(json: Record<string, unknown> | undefined): ReadonlySet<string> {
  const declared = json?.["dependencies"];
  return new Set(typeof declared === "object" && declared !== null ? Object.keys(declared) : []);
}

function amongDependencies(filename: string): ProjectLogger | null {
  const own = packageOf(filename);
  const logger = own && (libraryUsedIn(own.dir, neededBy(own.json)) ?? libraryOfFramework(own.dependencies));
  return logger && { library: logger.name, style: logger, file: null, exported: null, ...(logger.own && { own: logger.own }) };
}

/** The library for logging that a file's package needs; where the project has no logger, nothing uses it yet. */
export const libraryNeeded = (filename: string): string | null => libraryAmong(neededBy(packageOf(filename)?.json))?.name ?? null;

/** Whether a logger is built on a file, so that the file cannot import it: `"unknown"` when there is too much behind the logger to tell. */
export function isBehind(filename: string, logger: ProjectLogger): boolean | "unknown" {
  if (logger.file === null) return false;
  if (logger.file === filename) return true;
  return modulesBehind(logger.file)?.has(filename) ?? "unknown";
}
