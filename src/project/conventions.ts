import { basename, join, sep } from "node:path";

import { entriesOf } from "./disk.js";
import { packageOf } from "./package-json.js";

/** Where apps keep a module of some kind, and how they call it. */
export interface Convention {
  /** The folders to look into, and into those among them that stand in one of them. */
  readonly folders: ReadonlySet<string>;
  readonly file: RegExp;
  /** Folders for nothing else, in which a module by a general name counts as well. */
  readonly ownFolder: RegExp;
  readonly entry: RegExp;
}

const deepest = 5;

/** The modules below a folder that a convention names, the nearest first. */
export function modulesByConvention(directory: string, { folders, file, ownFolder, entry }: Convention): string[] {
  const found: string[] = [];
  let level = [directory];
  for (let depth = 0; depth < deepest && level.length > 0; depth += 1) {
    const next: string[] = [];
    for (const folder of level) {
      const isOwn = depth > 0 && ownFolder.test(basename(folder));
      for (const name of entriesOf(folder) ?? []) {
        if (folders.has(name)) next.push(join(folder, name));
        else if (file.test(name) || (isOwn && entry.test(name))) found.push(join(folder, name));
      }
    }
    level = next;
  }
  return found;
}

const functionsFolder = `${sep}supabase${sep}functions${sep}`;

/**
 * The folder that a file is deployed with, whose modules it can import: that of its package, or that of edge functions, which are
 * deployed without the package around them.
 */
export function deployedWith(filename: string): { dir: string; isPackage: boolean } | null {
  const functions = filename.indexOf(functionsFolder);
  if (functions !== -1) return { dir: filename.slice(0, functions + functionsFolder.length - 1), isPackage: false };
  const own = packageOf(filename);
  return own && { dir: own.dir, isPackage: true };
}
