import { dirname, join } from "node:path";

import { allAbove, isFile, memoByFile, nearest, upwards } from "./disk.js";
import { currentPass } from "./file.js";
import { isObject, type JsonObject } from "./json.js";
import { packageRoot } from "./package-name.js";
import { catalogRange, folderOf, manifestIn, workspacePackages, workspaceRoot } from "./workspace.js";

export interface Package {
  /** The folder of the package.json. */
  readonly dir: string;
  readonly name: string | null;
  readonly json: JsonObject;
  /** Name to declared range: what the package declares, of every kind, then what the folders above it up to the workspace's root do. */
  readonly dependencies: ReadonlyMap<string, string>;
}

const kinds = ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"];

interface Known {
  readonly pass: number;
  readonly manifests: readonly JsonObject[];
  readonly value: Package | null;
}

const packages = new Map<string, Known>();

const byFolder = new Map<string, { readonly pass: number; readonly value: Package | null }>();

function declaredIn(manifest: JsonObject): [string, string][] {
  return kinds.flatMap((kind) => {
    const declared = manifest[kind];
    return isObject(declared) ? Object.entries(declared).filter((entry): entry is [string, string] => typeof entry[1] === "string") : [];
  });
}

/** The valid manifests from a folder up to the root, nearest first. */
function manifestsFrom(dir: string, root: string): JsonObject[] {
  const manifests: JsonObject[] = [];
  for (const file of allAbove("package.json", dir, root)) {
    const manifest = manifestIn(dirname(file));
    if (manifest) manifests.push(manifest);
  }
  return manifests;
}

function readPackage(dir: string, manifests: readonly JsonObject[]): Package | null {
  const json = manifestIn(dir);
  if (!json) return null;
  const dependencies = new Map<string, string>();
  for (const [name, range] of manifests.flatMap(declaredIn)) if (!dependencies.has(name)) dependencies.set(name, range);
  return { dir, name: typeof json["name"] === "string" ? json["name"] : null, json, dependencies };
}

/**
 * The package that a file belongs to.
 *
 * @returns the same object for as long as no package.json changes that it comes from; `null` when there is none within the workspace,
 * or the nearest one is not valid.
 */
export function packageOf(filename: string): Package | null {
  const folder = folderOf(filename);
  if (folder === null) return null;
  const known = byFolder.get(folder);
  if (known?.pass === currentPass()) return known.value;
  const root = workspaceRoot(folder);
  const file = nearest(["package.json"], folder, root);
  const value = file === null ? null : packageAt(file, root);
  byFolder.set(folder, { pass: currentPass(), value });
  return value;
}

function packageAt(file: string, root: string): Package | null {
  const known = packages.get(file);
  if (known?.pass === currentPass()) return known.value;
  const dir = dirname(file);
  const manifests = manifestsFrom(dir, root);
  const unchanged = known?.manifests.length === manifests.length && manifests.every((manifest, index) => manifest === known.manifests[index]);
  const value = unchanged ? known.value : readPackage(dir, manifests);
  packages.set(file, { pass: currentPass(), manifests, value });
  return value;
}

const declaredAnywhere = new Map<string, { readonly pass: number; readonly names: ReadonlySet<string> }>();

/**
 * The names of all packages that a file's package and the others of its workspace declare.
 *
 * @returns the same set for all files of a package in a pass; `null` when the file belongs to no package.
 */
export function packagesAround(filename: string): ReadonlySet<string> | null {
  const own = packageOf(filename);
  if (!own) return null;
  const known = declaredAnywhere.get(own.dir);
  if (known?.pass === currentPass()) return known.names;
  const others = [...workspacePackages(workspaceRoot(own.dir)).values()].flatMap((dir) => declaredIn(manifestIn(dir) ?? {}));
  const names = new Set([...own.dependencies.keys(), ...others.map(([name]) => name)]);
  declaredAnywhere.set(own.dir, { pass: currentPass(), names });
  return names;
}

/** Whether a file's package, or its workspace's root, declares a dependency of that name. `false` as well when nothing is known. */
export const dependsOn = (filename: string, name: string): boolean => packageOf(filename)?.dependencies.has(packageRoot(name)) ?? false;

const installedMajorAt = memoByFile((text) => {
  const json: unknown = JSON.parse(text);
  const found = isObject(json) && typeof json["version"] === "string" ? /^\d+/.exec(json["version"]) : null;
  return found && Number(found[0]);
});

/** The major versions at which the parts of a range begin; none for what is no range of versions. */
function majorsIn(range: string): number[] {
  const versions = /^npm:(?:@[^@]+|[^@]+)@(.*)$/.exec(range)?.[1] ?? range;
  const majors = versions.split("||").map((part) => /^\s*(?:(?:[\^~=v]|>=?)\s*)?v?(\d+)(?:\.[\dx*]|\s|-|$)/.exec(part)?.[1]);
  return majors.every((major) => major !== undefined) ? majors.map(Number) : [];
}

/** The range that decides: a package that fits several versions, or any above one, gets the one that the workspace's root asks for. */
function decidingRange(own: string, name: string, root: string): string {
  if (!/\|\||^\s*>/.test(own)) return own;
  return declaredIn(manifestIn(root) ?? {}).find(([declared]) => declared === name)?.[1] ?? own;
}

/**
 * The major version of a package that a file gets: the installed one, else the smallest that the declared range allows.
 *
 * @returns `null` when neither says (`latest`, `workspace:*`, a repository).
 */
export function majorOf(filename: string, packageName: string): number | null {
  const folder = folderOf(filename);
  if (folder === null) return null;
  const root = workspaceRoot(folder);
  const name = packageRoot(packageName);
  for (const current of upwards(folder, root)) {
    const file = join(current, "node_modules", name, "package.json");
    if (isFile(file)) return installedMajorAt(file);
  }
  const own = packageOf(filename)?.dependencies.get(name);
  if (own === undefined) return null;
  const declared = decidingRange(own, name, root);
  const range = declared.startsWith("catalog:") ? catalogRange(root, declared.slice("catalog:".length).trim(), name) : declared;
  const majors = range === null ? [] : majorsIn(range);
  return majors.length === 0 ? null : Math.min(...majors);
}
