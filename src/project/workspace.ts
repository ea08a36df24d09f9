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

/** What a folder and those above it say about the root. */
interface Surroundings {
  readonly at: number;
  /** The nearest folder that defines workspaces or is a repository. */
  readonly root: string | null;
  /** The nearest folder with a package.json. */
  readonly package: string | null;
  /** The outermost folder that is configured for TypeScript or Deno. */
  readonly configured: string | null;
}

const surroundings = new Map<string, Surroundings>();

const has = (directory: string, name: string): boolean => entriesOf(directory)?.has(name) ?? exists(join(directory, name));

function look(directory: string, now: number): Omit<Surroundings, "at"> {
  const home = process.env["HOME"] ?? process.env["USERPROFILE"];
  const parent = dirname(directory);
  if (directory === home || parent === directory) return { root: null, package: null, configured: null };
  const manifest = has(directory, "package.json");
  if ((manifest && workspacesIn(manifestIn(directory)).length > 0) || listsPackages(join(directory, pnpmFile)) || has(directory, ".git")) {
    return { root: directory, package: null, configured: null };
  }
  const above = surroundingsOf(parent, now);
  if (above.root !== null) return above;
  return {
    root: null,
    package: manifest ? directory : above.package,
    configured: above.configured ?? (configFiles.some((name) => has(directory, name)) ? directory : null),
  };
}

function surroundingsOf(directory: string, now: number): Surroundings {
  const known = surroundings.get(directory);
  if (known && now - known.at < rootAge) return known;
  const found = { ...look(directory, now), at: now };
  surroundings.set(directory, found);
  return found;
}

/**
 * The folder that nothing is read outside of: the nearest one that defines workspaces, else that of the repository, else that of the
 * nearest package.json, else the outermost one that is configured for TypeScript or Deno, else the file's own. Never the home folder.
 */
export function workspaceRoot(directory: string): string {
  const found = surroundingsOf(directory, Date.now());
  return found.root ?? found.package ?? found.configured ?? directory;
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
    pnpmWorkspaceAt(join(root, pnpmFile))?.catalogs,
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
