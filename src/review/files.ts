import { existsSync, type Dirent, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import ignore, { type Ignore } from "ignore";

import { manifestIn } from "../project/workspace.js";
import { stringsOf } from "../project/json.js";
import { ignoredByConfig } from "./flat-ignores.js";

/** The files of an app, relative to its root and with forward slashes. */
export interface Listing {
  /** Everything that git keeps, or would keep. */
  readonly all: readonly string[];
  /** What ESLint would look at, of these. */
  readonly linted: readonly string[];
  readonly unreadable: readonly string[];
  /** The configuration that may leave out more than could be read; `null` where there is none. */
  readonly unsure: string | null;
}

/** Patterns, and the folder that they are relative to. */
interface Scope {
  readonly folder: string;
  readonly patterns: Ignore;
}

/** What is never part of an app, whatever a `.gitignore` says. */
const aside: ReadonlySet<string> = new Set([".git", "node_modules", ".next", ".nuxt", ".svelte-kit", ".turbo", ".vercel", ".yarn"]);

const slashed = (path: string): string => (sep === "/" ? path : path.split(sep).join("/"));

const textOf = (file: string): string | null => {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
};

function scopeOf(folder: string): Scope | null {
  const text = textOf(join(folder, ".gitignore"));
  return text === null ? null : { folder, patterns: ignore().add(text) };
}

/** What the folders above say, up to the root of the repository. */
function scopesAbove(folder: string): Scope[] {
  const found: Scope[] = [];
  if (existsSync(join(folder, ".git"))) return found;
  for (let current = dirname(folder); current !== dirname(current); current = dirname(current)) {
    const scope = scopeOf(current);
    if (scope) found.unshift(scope);
    if (existsSync(join(current, ".git"))) return found;
  }
  return [];
}

/** Whether git leaves a path out: the nearest pattern that speaks of it decides. */
function isLeftOut(path: string, isFolder: boolean, scopes: readonly Scope[]): boolean {
  let out = false;
  for (const { folder, patterns } of scopes) {
    const { ignored, unignored } = patterns.test(slashed(relative(folder, path)) + (isFolder ? "/" : ""));
    if (ignored) out = true;
    else if (unignored) out = false;
  }
  return out;
}

/** The patterns for ESLint alone, as far as they can be read without running anything. */
function lintIgnores(root: string, patterns: readonly string[]): Ignore {
  const listed = textOf(join(root, ".eslintignore")) ?? "";
  return ignore().add(listed).add(stringsOf(manifestIn(root)?.["eslintIgnore"])).add(patterns);
}

/** All files below a folder, but for what git or ESLint is told to leave out. Links are not followed. */
export function filesOf(root: string): Listing {
  const all: string[] = [];
  const unreadable: string[] = [];
  const visit = (folder: string, above: readonly Scope[]): void => {
    const own = scopeOf(folder);
    const scopes = own ? [...above, own] : above;
    let entries: Dirent[];
    try {
      entries = readdirSync(folder, { withFileTypes: true });
    } catch {
      unreadable.push(slashed(relative(root, folder)) || ".");
      return;
    }
    for (const entry of entries) {
      const path = join(folder, entry.name);
      if (aside.has(entry.name) || (!entry.isDirectory() && !entry.isFile()) || isLeftOut(path, entry.isDirectory(), scopes)) continue;
      if (entry.isDirectory()) visit(path, scopes);
      else all.push(slashed(relative(root, path)));
    }
  };
  visit(root, scopesAbove(root));
  all.sort();
  const config = ignoredByConfig(root);
  const ignores = lintIgnores(root, config?.patterns ?? []);
  return { all, linted: all.filter((file) => !ignores.ignores(file)), unreadable, unsure: config && !config.isWhole ? config.name : null };
}
