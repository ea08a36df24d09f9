import type { TSESTree } from "@typescript-eslint/utils";

import { rolesByPath, toolSettings } from "../../knowledge/file-roles.js";
import { readText } from "../../project/disk.js";
import { fileFacts } from "../../project/file.js";
import { moduleRecord } from "../../project/module-record.js";
import { loadModule } from "../../project/modules.js";
import { packageOf } from "../../project/package-json.js";
import { pathInProject } from "../../project/path.js";
import { resolveSpecifier } from "../../project/resolve.js";
import { textQuestion, textSearch } from "../../project/source-texts.js";
import { functionName } from "../../syntax/function-name.js";
import type { Source } from "../../syntax/source.js";
import { memberName } from "../../syntax/value.js";
import { enclosingFunction, type FunctionNode, isWithin, walk } from "../../syntax/walk.js";
import { entriesIn } from "../entries/entries.js";
import { isAppCode, roleOf } from "./file-role.js";
import { isDevelopmentOnly } from "./guards.js";
import { usesOf } from "./mentions.js";
import { isForTrial } from "./trial-files.js";

/** Who runs a piece of code, as far as the project's own files show. */
export interface Callers {
  /** Whether a framework runs it, as the file's path or directive says. */
  readonly isOfEntry: boolean;
  /** Whether it runs when its file is loaded, or may be run from then on. */
  readonly isRunOnLoad: boolean;
  /** The other files that import what leads to it; tests and scripts among them. */
  readonly files: readonly string[];
}

/** Methods that a framework calls by their names: https://docs.nestjs.com/fundamentals/lifecycle-events */
const hooks = /^(?:onModuleInit|onApplicationBootstrap|onModuleDestroy|beforeApplicationShutdown|onApplicationShutdown)$/;

/** Whether an identifier only gives a name to something, or passes it out of the module. */
function isDeclared(node: TSESTree.Identifier): boolean {
  const { parent } = node;
  switch (parent.type) {
    case "Property":
      return parent.parent.type === "ObjectPattern" || (parent.key === node && !parent.shorthand);
    case "FunctionDeclaration":
    case "ClassDeclaration":
    case "ImportSpecifier":
    case "ExportSpecifier":
    case "ExportDefaultDeclaration":
    case "TSExportAssignment":
    case "MethodDefinition":
    case "PropertyDefinition":
      return !("value" in parent) || parent.value !== node;
    case "VariableDeclarator":
      return parent.id === node;
    case "MemberExpression":
      return parent.property === node && !parent.computed;
    default:
      return parent.type.startsWith("TS");
  }
}

/** Where a file writes a name, or asks an object for a member of that name. */
function usesIn(source: Source): Map<string, TSESTree.Node[]> {
  const uses = new Map<string, TSESTree.Node[]>();
  const add = (name: string | null, node: TSESTree.Node): void => {
    if (name !== null) uses.set(name, [...(uses.get(name) ?? []), node]);
  };
  walk(source.ast, source, (node) => {
    if (node.type === "MemberExpression") add(memberName(node), node);
    else if (node.type === "Identifier" && !isDeclared(node)) add(node.name, node);
  });
  return uses;
}

/** The name by which a function is run; that of its class for a constructor. */
function nameOf(fn: FunctionNode): string | null {
  const { parent } = fn;
  if (parent.type !== "MethodDefinition" || parent.kind !== "constructor") return functionName(fn);
  return parent.parent.parent.id?.name ?? null;
}

const outward = (node: TSESTree.Node): FunctionNode[] => {
  const found: FunctionNode[] = [];
  for (let fn = enclosingFunction(node); fn; fn = enclosingFunction(fn)) found.push(fn);
  return found;
};

/** The other files of the package that import a file, or what passes it on, and say one of the names. */
export function filesThatUse(names: ReadonlySet<string>, source: Source): readonly string[] {
  const filename = fileFacts(source)?.filename;
  const own = filename === undefined ? null : packageOf(filename);
  if (filename === undefined || !own || names.size === 0) return [];
  const said = [...names].map((name) => name.replace(/\$/g, "\\$&")).join("|");
  const speaks = textSearch(new RegExp(`(?<![\\w$])(?:${said})(?![\\w$])`));
  return speaks(own.dir).filter((file) => file !== filename && importsFile(file, filename));
}

/** Whether a file imports another one, itself or through files that only pass on. */
const importsFile = (file: string, wanted: string, barrels = 2): boolean =>
  moduleRecord(file)?.specifiers.some((specifier) => {
    const target = resolveSpecifier(specifier, file);
    if (!target || !("file" in target)) return false;
    return target.file === wanted || (barrels > 0 && moduleRecord(target.file)?.reexports === true && importsFile(target.file, wanted, barrels - 1));
  }) ?? false;

/** Who runs what stands at the given places. */
export function callersOf(places: readonly TSESTree.Node[], source: Source): Callers {
  const entries = entriesIn(source);
  const uses = usesIn(source);
  const names = new Set<string>();
  const waiting = [...places];
  let [isOfEntry, isRunOnLoad] = [false, false];
  for (let place = waiting.pop(); place; place = waiting.pop()) {
    const around = outward(place);
    const named = around.map(nameOf).filter((name) => name !== null);
    const handlers = entries.filter(({ node }) => isWithin(place, node));
    isOfEntry ||= handlers.some(({ by }) => by === "file" || by === "directive");
    isRunOnLoad ||= named.length === 0 || named.some((name) => hooks.test(name)) || handlers.some(({ by }) => by === "registration" || by === "decorator");
    for (const name of named) {
      if (names.has(name)) continue;
      names.add(name);
      waiting.push(...(uses.get(name) ?? []).filter((use) => !around.some((fn) => nameOf(fn) === name && isWithin(use, fn))));
    }
  }
  return { isOfEntry, isRunOnLoad, files: filesThatUse(names, source) };
}

/** Whether a file is part of what users run. One that starts the app may look like a script. */
function isOfApp(file: string, from: Source): boolean {
  const user = loadModule(file, from);
  const facts = user && fileFacts(user);
  if (!user || !facts || isForTrial(user)) return false;
  return isAppCode(user) || (roleOf(user) === "script" && rolesByPath.find(({ path }) => path.test(pathInProject(facts)))?.role !== "script");
}

/**
 * Whether the function of a module that a place stands in is called in development only, by all other files that use it: routes for looking
 * for mistakes, which `if (process.env.NODE_ENV !== "production")` mounts.
 */
export function isCalledInDevelopmentOnly(place: TSESTree.Node, source: Source): boolean {
  const filename = fileFacts(source)?.filename;
  const fn = outward(place).at(-1);
  const name = fn ? nameOf(fn) : null;
  if (filename === undefined || name === null || (usesIn(source).get(name) ?? []).length > 0) return false;
  const files = filesThatUse(new Set([name]), source);
  return files.length > 0 && files.every((file) => {
    const user = loadModule(file, source);
    const uses = user ? usesOf(name, false, filename, user, file) : [];
    return user !== null && uses.length > 0 && uses.every((use) => isDevelopmentOnly(use, user));
  });
}

const usualEntry = /^(?:server|index|main|app|worker|www)(?:\.server)?\.[cm]?[jt]sx?$/;

/** What loads all files of a folder, whatever they are called. */
const loadsFolders = textQuestion(/\breaddir(?:Sync)?\b[^]{0,600}\b(?:require|import)\s*\(|\bimport\.meta\.glob\b|\brequire\.context\b|["'`](?:require-all|require-dir|require-directory|include-all|express-file-routing|@fastify\/autoload)["'`]/);

/** Whether the app loads a file: another one of it imports it, or it is where the app starts. */
export function isLoaded(source: Source): boolean {
  const filename = fileFacts(source)?.filename;
  const own = filename === undefined ? null : packageOf(filename);
  if (filename === undefined || !own || entriesIn(source).some(({ by }) => by === "file" || by === "directive")) return true;
  const [file = "", folder = ""] = filename.split(/[\\/]/).reverse();
  const name = file.replace(/\.[cm]?[jt]sx?$/, "");
  if (usualEntry.test(file) || (readText(`${own.dir}/package.json`)?.includes(name) ?? false)) return true;
  return loadsFolders(own.dir) !== false || filesThatUse(new Set([name === "index" ? folder : name]), source).some((user) => isOfApp(user, source));
}

/** Whether a file has the settings of a tool that is run from the command line, and the app does not import them. */
export function isForToolAlone(source: Source): boolean {
  const facts = fileFacts(source);
  const path = facts ? pathInProject(facts) : "";
  if (!toolSettings.some((entry) => entry.path.test(path))) return false;
  const stem = path.slice(path.lastIndexOf("/") + 1).replace(/\.[cm]?[jt]s$/, "");
  return !filesThatUse(new Set([stem]), source).some((user) => isOfApp(user, source));
}

/** Whether the app may run what stands at a place, which nobody does who only has tests and scripts. */
export function mayBeRunByApp(place: TSESTree.Node, source: Source): boolean {
  const { isOfEntry, isRunOnLoad, files } = callersOf([place], source);
  return isOfEntry || isRunOnLoad || files.some((file) => isOfApp(file, source));
}

/** Whether the app runs what stands at a place, in a file that it loads. */
export function isRunByApp(place: TSESTree.Node, source: Source): boolean {
  const { isOfEntry, isRunOnLoad, files } = callersOf([place], source);
  return isOfEntry || files.some((file) => isOfApp(file, source)) || (isRunOnLoad && isLoaded(source));
}
