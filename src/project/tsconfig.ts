import { dirname, extname, join, resolve } from "node:path";

import { fileStamp, isBelow, memoByFile, nearest } from "./disk.js";
import { currentPass } from "./file.js";
import { isObject, readJsonc, stringsOf, type JsonObject } from "./json.js";
import { packageRoot } from "./package-name.js";
import { manifestIn, workspacePackages, workspaceRoot } from "./workspace.js";

export interface Aliases {
  /** The folder that bare specifiers are looked up in, if any. */
  readonly baseUrl: string | null;
  /** The `paths`, best first. */
  readonly paths: readonly PathAlias[];
}

interface PathAlias {
  /** What stands before and after the `*`; without one, the whole specifier and `null`. */
  readonly prefix: string;
  readonly suffix: string | null;
  /** Absolute, with a `*` where the pattern has one. */
  readonly targets: readonly string[];
}

interface Config {
  readonly extends: readonly string[];
  readonly references: readonly string[];
  readonly baseUrl: string | null;
  readonly paths: JsonObject | null;
}

interface Effective {
  readonly baseUrl: string | null;
  readonly paths: { readonly folder: string; readonly patterns: JsonObject } | null;
}

const configAt = memoByFile((text): Config | null => {
  const json = readJsonc(text);
  if (!json) return null;
  const options = isObject(json["compilerOptions"]) ? json["compilerOptions"] : {};
  const references = Array.isArray(json["references"]) ? json["references"] : [];
  return {
    extends: stringsOf(json["extends"]),
    references: references.flatMap((reference: unknown) => (isObject(reference) ? stringsOf(reference["path"]) : [])),
    baseUrl: typeof options["baseUrl"] === "string" ? options["baseUrl"] : null,
    paths: isObject(options["paths"]) ? options["paths"] : null,
  };
});

/** Reads one configuration with what it extends, and keeps the list of the files that had a say, missing ones included. */
class Reading {
  readonly seen = new Map<string, string | null>();

  constructor(
    private readonly root: string,
    private readonly folder: string,
  ) {}

  private look(file: string): boolean {
    if (!isBelow(file, this.root)) return false;
    const stamp = fileStamp(file);
    this.seen.set(file, stamp);
    return stamp !== null;
  }

  private locate(specifier: string, from: string): string | null {
    if (/^\.{0,2}\//.test(specifier) || specifier === "." || specifier === "..") {
      const path = resolve(from, specifier);
      return [path, `${path}.json`, join(path, "tsconfig.json")].find((file) => this.look(file)) ?? null;
    }
    const name = packageRoot(specifier);
    const folder = workspacePackages(this.root).get(name);
    if (folder === undefined) return null;
    const main = manifestIn(folder)?.["tsconfig"];
    const path = join(folder, specifier === name ? (typeof main === "string" ? main : "tsconfig.json") : specifier.slice(name.length + 1));
    return [path, `${path}.json`, join(path, "tsconfig.json")].find((file) => this.look(file)) ?? null;
  }

  private absolute(path: string, from: string): string {
    return path.startsWith("${configDir}") ? join(this.folder, path.slice("${configDir}".length)) : resolve(from, path);
  }

  effective(file: string, stack: readonly string[] = []): Effective {
    const config = !stack.includes(file) && this.look(file) ? configAt(file) : null;
    const folder = dirname(file);
    let baseUrl: Effective["baseUrl"] = null;
    let paths: Effective["paths"] = null;
    for (const specifier of config?.extends ?? []) {
      const parent = this.locate(specifier, folder);
      const inherited = parent === null ? null : this.effective(parent, [...stack, file]);
      baseUrl = inherited?.baseUrl ?? baseUrl;
      paths = inherited?.paths ?? paths;
    }
    return {
      baseUrl: config && config.baseUrl !== null ? this.absolute(config.baseUrl, folder) : baseUrl,
      paths: config?.paths ? { folder, patterns: config.paths } : paths,
    };
  }

  aliases({ baseUrl, paths }: Effective): Aliases {
    const found = Object.entries(paths?.patterns ?? {}).map(([pattern, targets]): PathAlias => {
      const [prefix = "", ...rest] = pattern.split("*");
      return { prefix, suffix: rest.length > 0 ? rest.join("*") : null, targets: stringsOf(targets).map((target) => this.absolute(target, baseUrl ?? paths?.folder ?? this.folder)) };
    });
    const weight = ({ prefix, suffix }: PathAlias): number => (suffix === null ? Infinity : prefix.length);
    return { baseUrl, paths: found.sort((a, b) => weight(b) - weight(a) || 0) };
  }

  /** The aliases of a configuration; of the projects that it refers to, where it has no paths of its own. */
  all(file: string): Aliases[] {
    const own = this.effective(file);
    const aliases = own.paths || own.baseUrl !== null ? [this.aliases(own)] : [];
    if (own.paths) return aliases;
    for (const reference of configAt(file)?.references ?? []) {
      const path = resolve(dirname(file), reference);
      const project = extname(path) === ".json" ? path : join(path, "tsconfig.json");
      const effective = project === file ? null : this.effective(project);
      if (effective?.paths) aliases.push(this.aliases(effective));
    }
    return aliases;
  }
}

interface Known {
  /** The last pass in which it was compared with the disk. */
  pass: number;
  readonly seen: ReadonlyMap<string, string | null>;
  readonly aliases: readonly Aliases[];
}

const known = new Map<string, Known>();

const none: readonly Aliases[] = [];

const upToDate = (seen: ReadonlyMap<string, string | null>): boolean => [...seen].every(([file, stamp]) => fileStamp(file) === stamp);

/** Where the aliases of a folder stand. */
export const pathFiles = ["tsconfig.json", "jsconfig.json"];

/**
 * What the nearest tsconfig.json or jsconfig.json says of the specifiers in a folder's files, the configurations that it extends included.
 * Whatever of it is missing or not valid is left out.
 *
 * @returns the same list for as long as none of these files changes.
 */
export function aliasesIn(folder: string): readonly Aliases[] {
  // The imports of one file ask one after the other.
  if (last.folder === folder && last.pass === currentPass()) return last.aliases;
  last = { folder, pass: currentPass(), aliases: lookUp(folder) };
  return last.aliases;
}

let last: { readonly folder: string; readonly pass: number; readonly aliases: readonly Aliases[] } = { folder: "", pass: -1, aliases: none };

function lookUp(folder: string): readonly Aliases[] {
  const root = workspaceRoot(folder);
  const file = nearest(pathFiles, folder, root);
  if (file === null) return none;
  const entry = known.get(file);
  if (entry && (entry.pass === currentPass() || upToDate(entry.seen))) {
    entry.pass = currentPass();
    return entry.aliases;
  }
  const reading = new Reading(root, dirname(file));
  const aliases = reading.all(file);
  known.set(file, { pass: currentPass(), seen: reading.seen, aliases });
  return aliases;
}

/** The paths that a specifier may stand for, best first. */
export function aliasTargets(specifier: string, { paths }: Aliases): string[] {
  return paths.flatMap(({ prefix, suffix, targets }) => {
    if (suffix === null) return specifier === prefix ? targets : [];
    if (specifier.length < prefix.length + suffix.length || !specifier.startsWith(prefix) || !specifier.endsWith(suffix)) return [];
    const matched = specifier.slice(prefix.length, specifier.length - suffix.length);
    return targets.map((target) => target.replace("*", () => matched));
  });
}

