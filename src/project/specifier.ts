import { basename, dirname, extname, join, relative, sep } from "node:path";

import type { Source } from "../syntax/source.js";
import { isBelow } from "./disk.js";
import { fileFacts } from "./file.js";
import { isObject } from "./json.js";
import { moduleRecord } from "./modules.js";
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

/** The specifiers of a file's import and re-export declarations. */
const specifiersIn = (source: Source): string[] =>
  source.ast.body.flatMap((statement) => ("source" in statement && statement.source?.type === "Literal" && typeof statement.source.value === "string" ? [statement.source.value] : []));

/** The endings that specifiers of modules of the project have: none, that of the file, or that of what it is compiled to. */
function endingStyle(specifiers: readonly string[]): "none" | "source" | "emitted" | null {
  const local = specifiers.filter((specifier) => /^(?:\.|[@~]\/|#)/.test(specifier) && !/\.(?:json|css|scss|svg|png|graphql|md)$/.test(specifier));
  if (local.length === 0) return null;
  const [written] = local.map((specifier) => scriptEnding.exec(specifier)?.[0]).filter((ending) => ending !== undefined);
  if (written === undefined) return "none";
  return /^\.[cm]?ts/.test(written) ? "source" : "emitted";
}

/** The ways to name a module without its ending: `lib/logger` for `lib/logger/index.ts` where no endings are written. */
function spelled(path: string, style: "none" | "source" | "emitted"): string {
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

function aliasesOf(file: string, folder: string, style: "none" | "source" | "emitted"): Alias[] {
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

function relativeTo(file: string, folder: string, style: "none" | "source" | "emitted"): string {
  const path = spelled(toPosix(relative(folder, file)), style);
  return path.startsWith("../") ? path : `./${path}`;
}

/** What a package lets others import, of the names that could mean the file. */
function exportedAs(file: string, { dir, name, json }: Package): string[] {
  if (name === null) return [];
  const path = toPosix(relative(dir, file));
  const stem = spelled(path, "none");
  const subpaths = ["", ...new Set([stem, stem.replace(/^src\//, ""), path])].map((subpath) => (subpath === "" ? "." : `./${subpath}`));
  const { exports } = json;
  const keys = isObject(exports) ? Object.keys(exports).filter((key) => key.startsWith(".")) : [];
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
  if (isJavaScript(filename) && !isJavaScript(file) && !specifiers.some((specifier) => leadsToTypeScript(specifier, filename))) return null;
  const style = endingStyle(specifiers) ?? endingStyle(moduleRecord(file)?.specifiers ?? []);
  // Node's own resolution of ES modules wants endings; nothing here tells whether a bundler takes its place.
  const isStrict = style === null && own?.json["type"] === "module";
  const aliases = aliasesOf(file, folder, style ?? "none");
  const isUsed = ({ prefix }: Alias): boolean =>
    specifiers.some((specifier) => {
      if (specifier.startsWith(".") || !specifier.startsWith(prefix)) return false;
      const target = prefix === "" ? resolveSpecifier(specifier, filename) : null;
      return prefix !== "" || (target !== null && "file" in target && toPosix(join(sep, target.file)).includes(`/${specifier}`));
    });
  const used = aliases.filter(isUsed);
  const unused = aliases.filter((alias) => alias.prefix !== "" && !used.includes(alias));
  const near = isStrict ? [] : [relativeTo(file, folder, style ?? "none")];
  const climbs = specifiers.some((specifier) => specifier.startsWith("../"));
  const isNear = near[0]?.startsWith("./") === true;
  const bySpelling = used.length > 0 && !isNear ? [...used.map(({ specifier }) => specifier), ...near] : climbs || isNear ? [...near, ...used.map(({ specifier }) => specifier)] : [...unused.map(({ specifier }) => specifier), ...near];
  return [...bySpelling, ...unused.map(({ specifier }) => specifier)].find(leadsThere) ?? null;
}
