import { basename, dirname, extname, join, relative, resolve, sep } from "node:path";

import { entriesOf, fileStamp, isBelow, isFile, isReallyBelow, memoByFile, nearest } from "./disk.js";
import { currentPass } from "./file.js";
import { generatedPackage } from "./generated.js";
import { isObject, readJsonc, type JsonObject } from "./json.js";
import { lazily, require } from "./lazy.js";
import { packageName, packageRoot } from "./package-name.js";
import { packageOf } from "./package-json.js";
import { aliasesIn, aliasTargets, pathFiles, type Aliases } from "./tsconfig.js";
import { folderOf, manifestIn, workspacePackages, workspaceRoot } from "./workspace.js";

const resolveExports = lazily(() => require("resolve.exports") as typeof import("resolve.exports"));

/** A module of the workspace by its absolute path, or a package by its normalised name with the path within it. */
export type Resolution = { readonly file: string } | { readonly package: string };

const extensions = [".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs"];

/** What may stand on disk for the extension in the specifier. */
const writtenFor: Readonly<Record<string, readonly string[]>> = {
  ".js": [".ts", ".tsx", ".js", ".jsx"],
  ".jsx": [".tsx", ".jsx"],
  ".mjs": [".mts", ".mjs"],
  ".cjs": [".cts", ".cjs"],
};

// Asked one after the other: in one go, the order in the package would decide, and that begins with the type declarations.
const conditions: readonly (readonly string[])[] = [
  ["source", "development", "import", "module", "node"],
  ["import", "module", "node"],
  ["require", "node"],
  ["types", "import", "require"],
];

const isDeclaration = (path: string): boolean => /\.d\.[cm]?ts$/.test(path);

function among(path: string, suffixes: readonly string[]): Resolution | null {
  const stem = basename(path);
  const names = entriesOf(dirname(path));
  const suffix = names ? suffixes.find((candidate) => names.has(stem + candidate) && !isDeclaration(stem + candidate) && isFile(path + candidate)) : undefined;
  return suffix === undefined ? null : { file: path + suffix };
}

/** What a path without its extension, with another one, or of a folder stands for. */
function moduleAt(path: string, root: string, { folder = false } = {}): Resolution | null {
  if (!isBelow(path, root)) return null;
  const generated = generatedPackage(path, root);
  if (generated !== null) return { package: generated };
  const index = (): Resolution | null => (entriesOf(path) ? among(join(path, "index"), extensions) : null);
  if (folder || path === root) return index();
  const extension = extname(path);
  const written = writtenFor[extension] ?? (extensions.includes(extension) ? [extension] : null);
  return (written && among(path.slice(0, -extension.length), written)) ?? among(path, extensions) ?? index();
}

const builtFolder = /^(?:dist|build|lib|out)\/(.*)$/;
const builtFormat = /^(?:esm|cjs|es|types|src)\//;

/** What a package's manifest points to: the source where the manifest points to what a build will make of it. */
function sourceAt(target: string, directory: string, root: string, isMain: boolean): Resolution | null {
  const path = join(directory, target);
  if (/\.[cm]?tsx?$/.test(path) && !isDeclaration(path)) {
    const found = moduleAt(path, root);
    if (found) return found;
  }
  const built = builtFolder.exec(relative(directory, path).split(sep).join("/"))?.[1];
  if (built !== undefined) {
    const stem = built.replace(/(?:\.d)?\.[cm]?[jt]sx?$/, "");
    const stems = [...new Set([stem, stem.replace(builtFormat, "")])];
    const candidates = [...stems.map((each) => join("src", each)), ...stems, ...(isMain ? [join("src", "index"), "index"] : [])];
    for (const candidate of candidates) {
      const found = moduleAt(join(directory, candidate), root);
      if (found) return found;
    }
  }
  return moduleAt(isDeclaration(path) ? path.replace(/\.d\.([cm]?)ts$/, ".$1js") : path, root);
}

/** The targets that a table of conditions gives a specifier, the preferred ones first. */
function targetsOf(manifest: JsonObject, specifier: string, field: "exports" | "imports"): string[] {
  const found = new Set<string>();
  for (const wanted of conditions) {
    try {
      for (const target of resolveExports()?.[field](manifest, specifier, { unsafe: true, conditions: wanted }) ?? []) found.add(target);
    } catch {
      // resolve.exports throws for what the table does not have.
    }
  }
  return [...found];
}

function inPackage(directory: string, name: string, specifier: string, root: string): Resolution | null {
  const manifest = manifestIn(directory);
  if (!manifest) return null;
  const subpath = specifier.slice(name.length + 1);
  const exported = manifest["exports"] === undefined ? [] : targetsOf(manifest, specifier, "exports");
  for (const target of exported) {
    const found = sourceAt(target, directory, root, subpath === "");
    if (found) return found;
  }
  if (subpath !== "") return sourceAt(subpath, directory, root, false) ?? moduleAt(join(directory, "src", subpath), root);
  for (const field of ["source", "module", "main", "types", "typings"]) {
    const target = manifest[field];
    const found = typeof target === "string" ? sourceAt(target, directory, root, true) : null;
    if (found) return found;
  }
  return moduleAt(directory, root, { folder: true }) ?? moduleAt(join(directory, "src"), root, { folder: true });
}

interface ImportMap {
  readonly imports: Readonly<Record<string, string>>;
  readonly elsewhere: string | null;
}

const importMapAt = memoByFile((text): ImportMap | null => {
  const json = readJsonc(text);
  if (!json) return null;
  const imports = isObject(json["imports"]) ? Object.entries(json["imports"]).filter((entry): entry is [string, string] => typeof entry[1] === "string") : [];
  return { imports: Object.fromEntries(imports), elsewhere: typeof json["importMap"] === "string" ? json["importMap"] : null };
});

const mapFiles = ["deno.json", "deno.jsonc", "import_map.json"];

/** The imports that a map has, its own or those of the file that it names; with the folder that they are relative to. */
function importsOf(file: string, root: string): { imports: ImportMap["imports"]; folder: string } | null {
  const own = importMapAt(file);
  const elsewhere = own && own.elsewhere !== null ? resolve(dirname(file), own.elsewhere) : file;
  const map = elsewhere === file ? own : isBelow(elsewhere, root) ? importMapAt(elsewhere) : null;
  return map && Object.keys(map.imports).length > 0 ? { imports: map.imports, folder: dirname(elsewhere) } : null;
}

/** What Deno's nearest import map writes for a specifier. */
function mapped(specifier: string, folder: string, root: string): { target: string; folder: string } | null {
  for (let file = nearest(mapFiles, folder, root); file !== null; file = dirname(file) === root ? null : nearest(mapFiles, dirname(dirname(file)), root)) {
    const siblings = mapFiles.map((name) => join(dirname(file), name));
    const map = siblings.map((sibling) => importsOf(sibling, root)).find((candidate) => candidate !== null);
    if (!map) continue;
    const prefix = Object.keys(map.imports)
      .filter((key) => key === specifier || (key.endsWith("/") && specifier.startsWith(key)))
      .sort((a, b) => b.length - a.length)[0];
    return prefix === undefined ? null : { target: `${map.imports[prefix]}${specifier.slice(prefix.length)}`, folder: map.folder };
  }
  return null;
}

const isRelative = (specifier: string): boolean => /^\.{1,2}(?:\/|$)/.test(specifier);

function relativeModule(specifier: string, folder: string, root: string): Resolution | null {
  const path = specifier.replace(/[?#].*$/, "");
  return moduleAt(resolve(folder, path), root, { folder: /(?:^|\/)\.{0,2}$/.test(path) });
}

/** Whether the first step of a specifier is in a folder: most bare specifiers are packages, and asking for each would cost. */
function startsIn(folder: string, specifier: string): boolean {
  const names = entriesOf(folder);
  const end = specifier.indexOf("/");
  if (!names || end !== -1) return names?.has(specifier.slice(0, end)) ?? false;
  return ["", ...extensions].some((extension) => names.has(specifier + extension));
}

function aliasedModule(specifier: string, aliases: readonly Aliases[], root: string): Resolution | null {
  for (const config of aliases) {
    for (const target of aliasTargets(specifier, config)) {
      const directory = isBelow(target, root) && manifestIn(target) ? target : null;
      const found = moduleAt(target, root) ?? (directory && inPackage(directory, ".", ".", root));
      if (found) return found;
    }
    if (config.baseUrl === null || !startsIn(config.baseUrl, specifier)) continue;
    const found = moduleAt(join(config.baseUrl, specifier), root);
    if (found) return found;
  }
  return null;
}

/** Names that a registry takes, and addresses and schemes of platforms (`bun:sqlite`, `deno.land/std/…`, `$env/dynamic/private`). */
const isPackage = (name: string): boolean => /^(?:\$env\/|(?:@[\w~-][\w.~-]*\/)?[\w-][\w.~:-]*(?:\/|$))/.test(name) && !/^(?:data|file|virtual|blob):/.test(name);

function registryPackage(specifier: string): Resolution | null {
  const name = packageName(specifier);
  return isPackage(name) ? { package: name } : null;
}

function workspaceModule(specifier: string, folder: string, root: string): Resolution | null | undefined {
  const name = packageRoot(specifier);
  const own = packageOf(join(folder, "package.json"));
  const directory = workspacePackages(root).get(name) ?? (own?.name === name && own.json["exports"] !== undefined ? own.dir : undefined);
  if (directory === undefined) return undefined;
  const found = inPackage(directory, name, specifier, root);
  const declared = own?.dependencies.get(name);
  // An app of the workspace may be called as the package that it is about.
  return found ?? (declared !== undefined && /^[\^~]?\d/.test(declared) ? undefined : null);
}

function subpathImport(specifier: string, folder: string, root: string): Resolution | null {
  const own = packageOf(join(folder, "package.json"));
  for (const target of own && isObject(own.json["imports"]) ? targetsOf(own.json, specifier, "imports") : []) {
    if (!isRelative(target)) return bare(target, folder, root);
    const found = own && sourceAt(target, own.dir, root, false);
    if (found) return found;
  }
  return null;
}

function bare(specifier: string, folder: string, root: string): Resolution | null {
  const local = workspaceModule(specifier, folder, root);
  if (local !== undefined) return local;
  return registryPackage(specifier);
}

function find(specifier: string, folder: string, root: string): Resolution | null {
  if (isRelative(specifier)) return relativeModule(specifier, folder, root);
  if (specifier === "" || specifier.startsWith("/")) return null;
  const map = mapped(specifier, folder, root);
  if (map) return isRelative(map.target) ? relativeModule(map.target, map.folder, root) : bare(map.target, map.folder, root);
  const aliased = aliasedModule(specifier, aliasesIn(folder), root);
  if (aliased) return aliased;
  return specifier.startsWith("#") ? subpathImport(specifier, folder, root) : bare(specifier, folder, root);
}

const allowed = new Map<string, { readonly stamp: string | null; readonly answer: boolean }>();

function isAllowed(file: string, root: string): boolean {
  const stamp = fileStamp(file);
  const key = `${root} ${file}`;
  const known = allowed.get(key);
  if (known?.stamp === stamp) return known.answer;
  const answer = !file.split(sep).includes("node_modules") && isReallyBelow(file, root);
  allowed.set(key, { stamp, answer });
  return answer;
}

interface Known {
  readonly pass: number;
  readonly resolution: Resolution | null;
}

/** By folder, what a path leads to from there; by what a folder's surroundings say, what a bare specifier does. */
const byFolder = new Map<string, Map<string, Known>>();
const bySurroundings = new Map<string, Map<string, Known>>();

const keys = new Map<string, { readonly pass: number; readonly key: string }>();

/** All that a folder has to say of bare specifiers: most folders of a package say the same. */
function surroundingsOf(folder: string, pass: number): string {
  const known = keys.get(folder);
  if (known?.pass === pass) return known.key;
  const root = workspaceRoot(folder);
  const key = [root, ...[["package.json"], mapFiles, pathFiles].map((names) => nearest(names, folder, root))].join(" ");
  keys.set(folder, { pass, key });
  return key;
}

function knownFrom(folder: string, specifier: string, pass: number): Map<string, Known> {
  const [all, key] = isRelative(specifier) ? [byFolder, folder] : [bySurroundings, surroundingsOf(folder, pass)];
  let known = all.get(key);
  if (!known) all.set(key, (known = new Map<string, Known>()));
  return known;
}

/**
 * Says what an import leads to, from its text and the files of the workspace.
 *
 * @param specifier what stands in the import.
 * @param fromFile the absolute path of the file that imports.
 * @returns `null` for what should be in the workspace and is not, for what is no module, and for an alias that nothing maps.
 */
export function resolveSpecifier(specifier: string, fromFile: string): Resolution | null {
  const folder = folderOf(fromFile);
  if (folder === null) return isRelative(specifier) ? null : registryPackage(specifier);
  const pass = currentPass();
  const fromHere = knownFrom(folder, specifier, pass);
  const known = fromHere.get(specifier);
  if (known?.pass === pass) return known.resolution;
  const root = workspaceRoot(folder);
  const found = find(specifier, folder, root);
  const resolution = found && "file" in found && !isAllowed(found.file, root) ? null : found;
  fromHere.set(specifier, { pass, resolution });
  return resolution;
}
