import { basename, dirname, extname, relative, sep } from "node:path";

import type { Source } from "../syntax/source.js";
import { isBelow } from "./disk.js";
import { fileFacts } from "./file.js";
import { isObject } from "./json.js";
import { moduleRecord } from "./module-record.js";
import { packageOf, type Package } from "./package-json.js";
import { resolveSpecifier } from "./resolve.js";
import { aliasesIn } from "./tsconfig.js";

const toPosix = (path: string): string => path.split(sep).join("/");

const scriptEnding = /\.[cm]?[jt]sx?$/;

/** The ending that TypeScript emits for that of a source file. */
const emitted = (extension: string): string => extension.replace(/^\.([cm]?)tsx?$/, ".$1js").replace(/^\.jsx$/, ".js");

const isJavaScript = (file: string): boolean => /\.[cm]?jsx?$/.test(file);

/** A JavaScript file that imports TypeScript has somebody who compiles it first. One that does not may be run as it is. */
function leadsToTypeScript(specifier: string, filename: string): boolean {
  const target = resolveSpecifier(specifier, filename);
  return target !== null && "file" in target && !isJavaScript(target.file);
}

/** Whether a file may be JavaScript that is run as it is, and so can load no TypeScript. */
const isOutOfReach = (file: string, filename: string, specifiers: readonly string[]): boolean => isJavaScript(filename) && !isJavaScript(file) && !specifiers.some((specifier) => leadsToTypeScript(specifier, filename));

/** Whether a file could load a module of its own package by some specifier, though it may not be known by which. */
export function mayLoad(file: string, from: Source): boolean {
  const filename = fileFacts(from)?.filename;
  return filename !== undefined && packageOf(filename)?.dir === packageOf(file)?.dir && !isOutOfReach(file, filename, specifiersIn(from));
}

/** The specifiers of a file's import and re-export declarations. */
const specifiersIn = (source: Source): string[] =>
  source.ast.body.flatMap((statement) => ("source" in statement && statement.source?.type === "Literal" && typeof statement.source.value === "string" ? [statement.source.value] : []));

/** The endings of specifiers: none, that of the file, or that of what it is compiled to. */
type Endings = "none" | "source" | "emitted";

/** The endings that specifiers of modules of the project have; `null` when there are none to tell by. */
function endingStyle(specifiers: readonly string[]): Endings | null {
  const local = specifiers.filter((specifier) => /^(?:\.|[@~]\/|#)/.test(specifier) && !/\.(?:json|css|scss|svg|png|graphql|md)$/.test(specifier));
  if (local.length === 0) return null;
  const [written] = local.map((specifier) => scriptEnding.exec(specifier)?.[0]).filter((ending) => ending !== undefined);
  if (written === undefined) return "none";
  return /^\.[cm]?ts/.test(written) ? "source" : "emitted";
}

/** The ways to name a module without its ending: `lib/logger` for `lib/logger/index.ts` where no endings are written. */
function spelled(path: string, style: Endings): string {
  const extension = extname(path);
  const stem = path.slice(0, -extension.length);
  if (style === "source") return path;
  if (style === "emitted") return stem + emitted(extension);
  return basename(stem) === "index" && dirname(stem) !== "." ? dirname(stem) : stem;
}

interface Alias {
  readonly prefix: string;
  readonly specifier: string;
}

function aliasesOf(file: string, folder: string, style: Endings): Alias[] {
  return aliasesIn(folder).flatMap(({ baseUrl, paths }) => {
    const byPath = paths.flatMap(({ prefix, suffix, targets }): Alias[] => {
      if (suffix === null) return targets.some((target) => target === file) ? [{ prefix, specifier: prefix }] : [];
      return targets.flatMap((target) => {
        const [before = "", after = ""] = target.split("*");
        if (!file.startsWith(before) || after !== "") return [];
        return [{ prefix, specifier: prefix + spelled(toPosix(file.slice(before.length)), style) + suffix }];
      });
    });
    const below = baseUrl !== null && isBelow(file, baseUrl) ? [{ prefix: "", specifier: spelled(toPosix(relative(baseUrl, file)), style) }] : [];
    return [...byPath, ...below];
  });
}

function relativeTo(file: string, folder: string, style: Endings): string {
  const path = spelled(toPosix(relative(folder, file)), style);
  return path.startsWith("../") ? path : `./${path}`;
}

/** What a package lets others import, of the names that could mean the file. */
function exportedAs(file: string, { dir, name, json }: Package): string[] {
  if (name === null) return [];
  const path = toPosix(relative(dir, file));
  const stem = spelled(path, "none");
  const { exports } = json;
  const keys = isObject(exports) ? Object.keys(exports).filter((key) => key.startsWith(".")) : [];
  // Where nothing is exported by name, the path is what is on disk.
  const paths = exports === undefined ? [stem] : [...new Set([stem.replace(/^src\//, ""), stem, path])];
  const subpaths = [".", ...paths.map((subpath) => `./${subpath}`)];
  const isOpen = (subpath: string): boolean => {
    if (exports === undefined) return true;
    if (keys.length === 0) return subpath === ".";
    return keys.some((key) => key === subpath || (key.includes("*") && subpath.startsWith(key.slice(0, key.indexOf("*"))) && subpath.endsWith(key.slice(key.indexOf("*") + 1))));
  };
  return subpaths.filter(isOpen).map((subpath) => (subpath === "." ? name : `${name}/${subpath.slice(2)}`));
}

/**
 * How a file would import a module of the workspace, in its own manner: by the alias that its other imports use, relatively, or by the
 * name of the package that it belongs to; with the endings that its other imports have.
 *
 * @returns `null` when no specifier surely leads there.
 */
export function specifierFor(file: string, from: Source): string | null {
  const filename = fileFacts(from)?.filename;
  if (filename === undefined) return null;
  const folder = dirname(filename);
  const leadsThere = (specifier: string): boolean => {
    const target = resolveSpecifier(specifier, filename);
    return target !== null && "file" in target && target.file === file;
  };
  const [own, other] = [packageOf(filename), packageOf(file)];
  if (other && own?.dir !== other.dir) return exportedAs(file, other).find(leadsThere) ?? null;

  const specifiers = specifiersIn(from);
  if (isOutOfReach(file, filename, specifiers)) return null;
  // From JavaScript to JavaScript, what stands on disk leads there, for Node and for bundlers.
  const plain = isJavaScript(filename) && own?.json["type"] === "module" ? "source" : null;
  const style = endingStyle(specifiers) ?? endingStyle(moduleRecord(file)?.specifiers ?? []) ?? plain;
  const aliases = aliasesOf(file, folder, style ?? "none");
  const isUsed = (alias: Alias): boolean => specifiers.some((specifier) => isSpelledBy(specifier, alias, filename));
  // A prefix is a look at the text; what goes by a base folder has to be resolved.
  const byPrefix = aliases.filter((alias) => alias.prefix !== "" && isUsed(alias));
  const used = byPrefix.length > 0 ? byPrefix : aliases.filter(isUsed);
  const unused = aliases.filter((alias) => alias.prefix !== "" && !used.includes(alias));
  // Node's own resolution of ES modules wants endings; nothing here tells whether a bundler takes its place.
  const near = style === null && own?.json["type"] === "module" ? [] : [relativeTo(file, folder, style ?? "none")];
  const asUsed = used.map(({ specifier }) => specifier);
  const asUnused = unused.map(({ specifier }) => specifier);
  const isRelative = near[0]?.startsWith("./") === true || (used.length === 0 && specifiers.some((specifier) => specifier.startsWith("../")));
  const candidates = isRelative ? [...near, ...asUsed, ...asUnused] : [...asUsed, ...asUnused, ...near];
  return candidates.find(leadsThere) ?? null;
}

/** Whether an import of the file goes by an alias: by its prefix, or, where that is empty, as a path below the folder of `baseUrl`. */
function isSpelledBy(specifier: string, { prefix }: Alias, filename: string): boolean {
  if (specifier.startsWith(".") || !specifier.startsWith(prefix)) return false;
  if (prefix !== "") return true;
  const target = resolveSpecifier(specifier, filename);
  return target !== null && "file" in target && toPosix(target.file).includes(`/${specifier}`);
}
