import type { TSESTree } from "@typescript-eslint/utils";

import {
  asksIfStarted,
  browserBundlers,
  browserFolders,
  browserFrameworks,
  clientEnding,
  clientEndings,
  clientImports,
  edgePaths,
  type FileRole,
  fullStackFrameworks,
  longRunning,
  pageImports,
  promptImports,
  rolesByPath,
  samplePaths,
  saysUsage,
  serverFrameworks,
  serverComponentPaths,
  serverImports,
  serverNames,
  serverPaths,
  setUpCommands,
  startsFile,
  testImports,
  triedOut,
  weakClientPath,
  weakServerPath,
} from "../../knowledge/file-roles.js";
import { readText } from "../../project/disk.js";
import { currentPass, fileFacts, type FileFacts } from "../../project/file.js";
import { matchesGlobs } from "../../project/globs.js";
import { isObject } from "../../project/json.js";
import { moduleRecord } from "../../project/module-record.js";
import { dependsOn, packageOf } from "../../project/package-json.js";
import { packageName } from "../../project/package-name.js";
import { pathInProject } from "../../project/path.js";
import { resolveSpecifier } from "../../project/resolve.js";
import { usesGlobal } from "../../syntax/outside.js";
import type { Source } from "../../syntax/source.js";
import { stringValue, unwrap } from "../../syntax/value.js";
import { secretNamed } from "../auth/secrets.js";

export type { FileRole } from "../../knowledge/file-roles.js";

const roles = new WeakMap<Source["ast"], FileRole>();

/**
 * Where a file runs, or what it is for: told from `settings.hardening.roles`, its path, directives, imports and the
 * host's globals that it uses. `"unknown"` is an answer, and means: do not take it for a server.
 */
export function roleOf(source: Source): FileRole {
  const known = roles.get(source.ast);
  if (known) return known;
  const role = computeRole(source);
  roles.set(source.ast, role);
  return role;
}

/** Whether somebody has asked before what the file is for, so that the answer costs nothing. */
export const isRoleKnown = ({ ast }: Source): boolean => roles.has(ast);

/** Files that surely run on a server: a long-running one, a function, or an edge runtime. */
export const serverSide: ReadonlySet<FileRole> = new Set<FileRole>(["server", "edge"]);

/** Files that may be part of what users run: all but tests, seeds, scripts and generated code. */
export const ofApp: ReadonlySet<FileRole> = new Set<FileRole>(["server", "edge", "unknown", "client", "migration", "config"]);

/** The same, but for what runs in a browser. */
export const ofBackEnd: ReadonlySet<FileRole> = new Set([...ofApp].filter((role) => role !== "client"));

/** Files that may run while somebody waits: neither migrations nor settings of tools. */
export const ofRequests: ReadonlySet<FileRole> = new Set([...ofApp].filter((role) => role !== "migration" && role !== "config"));

/** The same, but for what runs in a browser. */
export const ofServedRequests: ReadonlySet<FileRole> = new Set([...ofRequests].filter((role) => role !== "client"));

/** Whether a file surely runs on a server: a long-running one, a function, or an edge runtime. */
export const isServerSide = (source: Source): boolean => serverSide.has(roleOf(source));

/** Whether a file is for what is run: anything but tests and generated code. A key in a script is out as well. */
export const isHandWritten = (source: Source): boolean => !/^(?:test|generated)$/.test(roleOf(source));

/** Whether a file may be part of what users run: anything but tests, seeds, scripts and generated code. */
export const isAppCode = (source: Source): boolean => ofApp.has(roleOf(source));

function computeRole(source: Source): FileRole {
  const facts = fileFacts(source);
  const path = facts ? pathInProject(facts) : "";
  return (
    (facts && fromSettings(facts, path)) ??
    (isGenerated(source) ? "generated" : null) ??
    rolesByPath.find((entry) => entry.path.test(path))?.role ??
    (facts && isOfClientBundle(facts, path) ? "client" : null) ??
    fromDirective(source) ??
    (edgePaths.some((entry) => entry.path.test(path)) || usesEdgeRuntime(source) ? "edge" : null) ??
    (/\.(?:vue|svelte|astro)$/.test(path) ? "client" : null) ??
    (serverPaths.some((entry) => entry.path.test(path)) ? "server" : null) ??
    (isScript(source) || isTriedOut(source, path) || isByHand(source) || (facts && (isOfCommand(facts) || isOfSetUp(facts))) ? "script" : null) ??
    fromImports(source) ??
    (facts && readsSecret(source, facts) ? "server" : null) ??
    // A server that drives a browser writes functions for that browser.
    (weakServerPath.test(path) ? null : fromGlobals(source)) ??
    (facts && isServerComponent(facts, path) ? "server" : null) ??
    (facts && fromPackage(facts, path)) ??
    (facts && !path.endsWith("x") && importsServerModule(source, facts) ? "server" : null) ??
    fromWeakPath(path)
  );
}

/** Whether a schema is one of tests, of examples or of what a tool writes, going by its path: no app has a database of it. */
export function isSampleSchema(facts: FileFacts): boolean {
  const path = pathInProject(facts);
  const role = fromSettings(facts, path) ?? rolesByPath.find((entry) => entry.path.test(path))?.role;
  return role === "test" || role === "generated" || samplePaths.test(path);
}

function fromSettings({ settings }: FileFacts, path: string): FileRole | null {
  const configured = settings["roles"];
  if (typeof configured !== "object" || configured === null) return null;
  for (const [role, globs] of Object.entries(configured)) {
    const list: unknown[] = Array.isArray(globs) ? globs : [globs];
    if (matchesGlobs(path, list.filter((glob) => typeof glob === "string"))) return role as FileRole;
  }
  return null;
}

const isGenerated = (source: Source): boolean => /@generated\b|\b(?:auto-?generated|do not (?:edit|modify))\b/i.test(leadingComments(source)) || isMinified(source.text);

/** Nobody writes longer lines of code. */
const longestLine = 2_000;

/** Whether most of a text stands on lines that are too long to read, and is code: drawings and fonts in a text have few of its signs. */
function isMinified(text: string): boolean {
  if (text.length <= longestLine) return false;
  let [long, signs] = [0, 0];
  for (let start = 0, end = 0; start < text.length; start = end + 1) {
    end = text.indexOf("\n", start);
    if (end === -1) end = text.length;
    if (end - start <= longestLine) continue;
    long += end - start;
    signs = Math.max(signs, (text.slice(start, start + longestLine).match(/[;{}()=,]/g)?.length ?? 0) / longestLine);
  }
  return long * 2 > text.length && signs > 0.05;
}

function leadingComments({ text }: Source): string {
  const match = /^\s*(?:(?:\/\/[^\n]*\n\s*)|(?:\/\*[^]{0,2000}?\*\/\s*))+/.exec(text.slice(0, 3_000));
  return match?.[0] ?? "";
}

/** Whether a framework of the package puts a module into the page alone, by the ending of its name. */
const isOfClientBundle = ({ filename }: FileFacts, path: string): boolean => clientEnding.test(path) && clientEndings.some(({ framework }) => dependsOn(filename, framework));

function fromDirective({ ast }: Source): FileRole | null {
  for (const statement of ast.body) {
    if (statement.type !== "ExpressionStatement" || statement.expression.type !== "Literal") return null;
    if (statement.expression.value === "use client") return "client";
    if (statement.expression.value === "use server") return "server";
  }
  return null;
}

function usesEdgeRuntime(source: Source): boolean {
  if (usesGlobal("Deno", source) && /\bDeno\.(?:serve|env|readTextFile|Command)\b/.test(source.text)) return true;
  return source.ast.body.some((statement) => {
    if (statement.type !== "ExportNamedDeclaration" || statement.declaration?.type !== "VariableDeclaration") return false;
    return statement.declaration.declarations.some(
      ({ id, init }) => id.type === "Identifier" && id.name === "runtime" && /^(?:experimental-)?edge$/.test(stringValue(init) ?? ""),
    );
  });
}

/** A file that runs once, from top to bottom: nothing is exported, something is called, and nothing is left listening. */
function isScript({ ast, text }: Source): boolean {
  if (text.startsWith("#!")) return true;
  let calls = false;
  const own = new Set<string>();
  for (const statement of ast.body) {
    if (statement.type.startsWith("Export") || statement.type === "TSExportAssignment") return false;
    if (statement.type === "FunctionDeclaration") own.add(statement.id.name);
    if (statement.type === "VariableDeclaration") {
      for (const { id, init } of statement.declarations) {
        if (id.type === "Identifier") own.add(id.name);
        calls ||= init?.type === "AwaitExpression";
      }
    }
  }
  if (longRunning.test(text) || /\bmodule\.exports\b|^exports\.\w/m.test(text)) return false;
  for (const statement of ast.body) {
    if (statement.type !== "ExpressionStatement") continue;
    let expression = unwrap(statement.expression);
    if (expression.type === "AwaitExpression") calls = true;
    while (expression.type === "CallExpression" && expression.callee.type === "MemberExpression") expression = unwrap(expression.callee.object);
    if (expression.type !== "CallExpression") continue;
    const callee = unwrap(expression.callee);
    // What is called on the spot and waits for nothing is how scripts of a page keep their names to themselves.
    calls ||= ((callee.type === "ArrowFunctionExpression" || callee.type === "FunctionExpression") && callee.async) || (callee.type === "Identifier" && own.has(callee.name));
  }
  return calls || /\bprocess\.argv\b/.test(text);
}

/** A file that is called as what is tried out, and can be started: that others could import its functions as well makes it no part of an app. */
const isTriedOut = ({ text }: Source, path: string): boolean => triedOut.test(path.slice(path.lastIndexOf("/") + 1)) && asksIfStarted.test(text) && !longRunning.test(text);

/** Whether a file that can be started says how, and only that, or asks whoever has started it. */
const isByHand = (source: Source): boolean =>
  !longRunning.test(source.text) &&
  ((asksIfStarted.test(source.text) && saysUsage.test(leadingComments(source))) || (/prompts|enquirer|inquirer|clack/.test(source.text) && importsOf(source).some(({ module }) => promptImports.some((entry) => entry.module.test(module)))));

const setUps = new WeakMap<object, ReadonlySet<string>>();

/** Whether a command of the package that sets up a checkout, or writes code, starts a file. */
function isOfSetUp({ filename }: FileFacts): boolean {
  const own = packageOf(filename);
  const scripts = own?.json["scripts"];
  if (!own || !isObject(scripts)) return false;
  let files = setUps.get(scripts);
  if (!files) {
    const commands = Object.entries(scripts).flatMap(([name, command]) => (setUpCommands.test(name) && typeof command === "string" ? [command] : []));
    setUps.set(scripts, (files = new Set(commands.flatMap((command) => [...command.matchAll(startsFile)].map(([, file = ""]) => file)))));
  }
  return files.size > 0 && files.has(filename.slice(own.dir.length + 1).replaceAll("\\", "/"));
}

interface Import {
  readonly module: string;
  readonly names: readonly string[];
}

function importsOf({ ast }: Source): Import[] {
  const found: Import[] = [];
  for (const statement of ast.body) {
    if (statement.type === "ImportDeclaration") {
      if (statement.importKind === "type") continue;
      const values = statement.specifiers.filter((specifier) => specifier.type !== "ImportSpecifier" || specifier.importKind !== "type");
      if (values.length === 0 && statement.specifiers.length > 0) continue;
      found.push({ module: packageName(statement.source.value), names: values.map(importedName) });
    } else if (statement.type === "VariableDeclaration") {
      for (const { init } of statement.declarations) {
        const call = init && unwrap(init);
        if (call?.type !== "CallExpression" || call.callee.type !== "Identifier" || call.callee.name !== "require") continue;
        const module = stringValue(call.arguments[0]);
        if (module !== null) found.push({ module: packageName(module), names: ["*"] });
      }
    }
  }
  return found;
}

function importedName(specifier: TSESTree.ImportClause): string {
  if (specifier.type !== "ImportSpecifier") return "*";
  return specifier.imported.type === "Identifier" ? specifier.imported.name : specifier.imported.value;
}

/** Node's own modules that no browser build brings a stand-in for. */
const nodeModules = new Set(
  "async_hooks child_process cluster crypto dgram dns fs fs/promises http http2 https net os perf_hooks process stream stream/promises tls v8 vm worker_threads zlib".split(" "),
);

function fromImports(source: Source): FileRole | null {
  const imports = importsOf(source);
  const isClientName = ({ module, names }: Import): boolean => {
    const known = clientImports.get(module);
    return known === "*" || (known !== undefined && names.some((name) => known.has(name)));
  };
  if (imports.some(({ module }) => testImports.has(module))) return "test";
  if (imports.some((entry) => pageImports.has(entry.module) || (entry.module === "react" && isClientName(entry)))) return "client";
  if (imports.some(({ module, names }) => isServerPackage(module) || names.some((name) => serverNames.get(module)?.has(name)))) return "server";
  return imports.some(isClientName) ? "client" : null;
}

/** `window`, `document` and the like, where nothing in the file declares them and `typeof` does not ask for them. */
function fromGlobals({ scopeManager, text }: Source): FileRole | null {
  const globals = scopeManager?.scopes[0];
  if (!globals) return null;
  const isBrowserName = (name: string): boolean => name === "window" || name === "document" || name === "localStorage" || name === "sessionStorage";
  const used = globals.through.some(({ identifier }) => identifier.type === "Identifier" && isBrowserName(identifier.name) && identifier.parent.type === "MemberExpression");
  return used && !/\btypeof\s+(?:window|document)\b/.test(text) ? "client" : null;
}

const isServerPackage = (module: string): boolean => serverImports.has(module) || nodeModules.has(module);

/** Whether a module names a server's package itself, or passes on from one that does: a barrel is as good as what it gathers. */
function isServerModule(file: string, barrels = 2): boolean {
  const record = moduleRecord(file);
  // Whatever a browser calls of a server action stays on the server.
  if (!record || record.serverActions) return false;
  if (record.specifiers.map(packageName).some((name) => isServerPackage(name) || serverNames.has(name))) return true;
  return record.reexports && barrels > 0 && record.specifiers.some((specifier) => {
    const target = resolveSpecifier(specifier, file);
    return target !== null && "file" in target && isServerModule(target.file, barrels - 1);
  });
}

const serverModules = new Map<string, { readonly pass: number; readonly answer: boolean }>();

function isKnownServerModule(file: string): boolean {
  const pass = currentPass();
  const known = serverModules.get(file);
  if (known?.pass === pass) return known.answer;
  const answer = isServerModule(file);
  serverModules.set(file, { pass, answer });
  return answer;
}

/** Whether the file imports values from a module of the workspace that runs on a server only (`@/lib/prisma`, `@acme/db`). */
const importsServerModule = ({ ast }: Source, { filename }: FileFacts): boolean =>
  ast.body.some((statement) => {
    if (statement.type !== "ImportDeclaration" || statement.importKind === "type") return false;
    const target = resolveSpecifier(statement.source.value, filename);
    return target !== null && "file" in target && isKnownServerModule(target.file);
  });

/** Whether the package of a file is run by hand: it has commands, and no server that they could start. */
function isOfCommand({ filename }: FileFacts): boolean {
  const manifest = packageOf(filename)?.json;
  if (!manifest || (typeof manifest["bin"] !== "string" && !isObject(manifest["bin"]))) return false;
  const dependencies = manifest["dependencies"];
  return !isObject(dependencies) || ![...serverFrameworks, ...fullStackFrameworks].some((name) => name in dependencies);
}

/** Whether the file of a framework with both sides reads a secret of the environment: that is never there in the browser. */
const readsSecret = ({ text }: Source, { filename }: FileFacts): boolean =>
  text.includes("process.env.") &&
  [...text.matchAll(/\bprocess\.env\.([A-Z][A-Z\d_]+)/g)].some(([, name = ""]) => secretNamed(name) !== null) &&
  fullStackFrameworks.some((framework) => dependsOn(filename, framework));

const isServerComponent = ({ filename }: FileFacts, path: string): boolean =>
  serverComponentPaths.some((entry) => entry.path.test(path) && dependsOn(filename, entry.framework));

/** Whether a bundler puts a file into the page, in a package that has a server as well. */
function isBundled(filename: string, has: (names: readonly string[]) => boolean): boolean {
  const dir = packageOf(filename)?.dir;
  if (dir === undefined) return false;
  const path = filename.slice(dir.length + 1).replaceAll("\\", "/");
  return browserFolders.some(({ bundler, folder, page }) => path.startsWith(folder) && !weakServerPath.test(path) && has([bundler]) && (!page || page.text.test(readText(`${dir}/${page.file}`) ?? "")));
}

/** What its package is for, when the file itself does not tell: an API server, or an app in the browser. */
function fromPackage({ filename }: FileFacts, path: string): FileRole | null {
  const manifest = packageOf(filename)?.json;
  if (!manifest) return null;
  const own = [manifest["dependencies"], manifest["devDependencies"]].filter(isObject);
  const has = (names: readonly string[]): boolean => own.some((dependencies) => names.some((name) => name in dependencies));
  const [server, browser] = [has(serverFrameworks), has(browserFrameworks) && has(browserBundlers)];
  if (has(fullStackFrameworks)) return null;
  if (server && browser) return isBundled(filename, has) ? "client" : null;
  if (server === browser) return null;
  if (server) return weakClientPath.test(path) ? null : "server";
  return weakServerPath.test(path) ? null : "client";
}

function fromWeakPath(path: string): FileRole {
  const [server, client] = [weakServerPath.test(path), weakClientPath.test(path)];
  if (server === client || path.endsWith("x")) return "unknown";
  return server ? "server" : "client";
}
