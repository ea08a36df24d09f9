import { dirname, isAbsolute, join, resolve } from "node:path";

import { entriesOf, exists, fileStamp, isBelow, memoByFile } from "./disk.js";
import { isObject, stringsOf, type JsonObject } from "./json.js";
import { lazily, require } from "./lazy.js";

const tinyglobby = lazily(() => require("tinyglobby") as typeof import("tinyglobby"));
const yaml = lazily(() => require("yaml") as typeof import("yaml"));

/** How long a found root holds, in milliseconds. */
const rootAge = 5000;

/** How long the list of packages holds, in milliseconds, when it was quick to make. */
const packagesAge = 5000;

/** The package.json of a directory, as an object; `null` when it is not there or not valid. */
export const manifestIn = (directory: string): JsonObject | null => manifestAt(join(directory, "package.json"));

const manifestAt = memoByFile((text) => {
  const json: unknown = JSON.parse(text);
  return isObject(json) ? json : null;
});

interface PnpmWorkspace {
  readonly packages: readonly string[];
  readonly catalogs: ReadonlyMap<string, JsonObject>;
}

const pnpmWorkspaceAt = memoByFile((text): PnpmWorkspace | null => {
  const settings: unknown = yaml()?.parse(text, { logLevel: "silent" });
  return isObject(settings) ? { packages: stringsOf(settings["packages"]), catalogs: catalogsIn(settings) } : null;
});

// pnpm writes settings of single packages into this file as well. Its parser is too heavy to find that out.
const listsPackages = memoByFile((text) => /^["']?packages["']?\s*:/m.test(text));

const pnpmFile = "pnpm-workspace.yaml";

function catalogsIn(settings: JsonObject): Map<string, JsonObject> {
  const named = isObject(settings["catalogs"]) ? Object.entries(settings["catalogs"]) : [];
  return new Map([["default", settings["catalog"]] as const, ...named].filter((entry): entry is [string, JsonObject] => isObject(entry[1])));
}

const workspacesIn = (manifest: JsonObject | null): string[] => {
  const workspaces = manifest?.["workspaces"];
  return isObject(workspaces) ? stringsOf(workspaces["packages"]) : stringsOf(workspaces);
};

const configFiles = ["tsconfig.json", "jsconfig.json", "deno.json", "deno.jsonc"];

const roots = new Map<string, { at: number; root: string }>();

function findRoot(directory: string): string {
  const home = process.env["HOME"] ?? process.env["USERPROFILE"];
  let packageDirectory: string | null = null;
  let configured: string | null = null;
  for (let current = directory; current !== home && dirname(current) !== current; current = dirname(current)) {
    const manifest = exists(join(current, "package.json"));
    if (manifest) packageDirectory ??= current;
    if ((manifest && workspacesIn(manifestIn(current)).length > 0) || listsPackages(join(current, pnpmFile))) return current;
    if (exists(join(current, ".git"))) return current;
    if (configFiles.some((name) => exists(join(current, name)))) configured = current;
  }
  return packageDirectory ?? configured ?? directory;
}

/**
 * The folder that nothing is read outside of: the nearest one that defines workspaces, else that of the repository, else that of the
 * nearest package.json, else the outermost one that is configured for TypeScript or Deno, else the file's own. Never the home folder.
 */
export function workspaceRoot(directory: string): string {
  const now = Date.now();
  const known = roots.get(directory);
  if (known && now - known.at < rootAge) return known.root;
  const root = findRoot(directory);
  roots.set(directory, { at: now, root });
  return root;
}

interface Packages {
  readonly manifests: string;
  readonly until: number;
  readonly directories: ReadonlyMap<string, string>;
}

const packagesByRoot = new Map<string, Packages>();

function findPackages(root: string): Map<string, string> {
  const patterns = [...workspacesIn(manifestIn(root)), ...(listsPackages(join(root, pnpmFile)) ? (pnpmWorkspaceAt(join(root, pnpmFile))?.packages ?? []) : [])]
    .map((pattern) => pattern.replace(/^(!?)(?:\.?\/)+/, "$1").replace(/\/+$/, ""))
    .filter((pattern) => pattern !== "" && !/(?:^|\/)\.\.(?:\/|$)/.test(pattern))
    .map((pattern) => `${pattern}/package.json`);
  const directories = new Map<string, string>();
  if (patterns.length === 0) return directories;
  let found: string[] = [];
  try {
    found = tinyglobby()?.globSync(patterns, { cwd: root, absolute: true, followSymbolicLinks: false, expandDirectories: false, ignore: ["**/node_modules/**"] }) ?? [];
  } catch {
    return directories;
  }
  for (const file of found.map((path) => resolve(path)).sort()) {
    const directory = dirname(file);
    const name = manifestIn(directory)?.["name"];
    if (typeof name === "string" && name !== "" && isBelow(directory, root) && !directories.has(name)) directories.set(name, directory);
  }
  return directories;
}

/** The packages of a workspace: name to folder. A new one is seen after a few seconds, a change of the root's manifest at once. */
export function workspacePackages(root: string): ReadonlyMap<string, string> {
  const manifests = `${fileStamp(join(root, "package.json"))} ${fileStamp(join(root, pnpmFile))}`;
  const started = Date.now();
  const known = packagesByRoot.get(root);
  if (known && known.manifests === manifests && started < known.until) return known.directories;
  const directories = findPackages(root);
  const now = Date.now();
  // In a repository where this takes long it must not take a noticeable share of the time.
  packagesByRoot.set(root, { manifests, until: now + Math.max(packagesAge, (now - started) * 200), directories });
  return directories;
}

/** The range that the workspace's catalog gives a package (`catalog:`, `catalog:react18`), for pnpm and Bun. */
export function catalogRange(root: string, catalog: string, name: string): string | null {
  const manifest = manifestIn(root);
  const sources = [
    entriesOf(root)?.has(pnpmFile) ? pnpmWorkspaceAt(join(root, pnpmFile))?.catalogs : null,
    manifest && catalogsIn(manifest),
    isObject(manifest?.["workspaces"]) ? catalogsIn(manifest["workspaces"]) : null,
  ];
  for (const catalogs of sources) {
    const range = catalogs?.get(catalog || "default")?.[name];
    if (typeof range === "string") return range;
  }
  return null;
}

/** The folder of a file's name. A name that no file has (`<input>`) has none. */
export const folderOf = (filename: string): string | null => (isAbsolute(filename) ? dirname(filename) : null);
