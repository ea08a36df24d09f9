import { dirname, join } from "node:path";

import { entriesOf, isFile, nearest, upwards } from "./disk.js";
import { packageOf } from "./package-json.js";
import { workspaceRoot } from "./workspace.js";

/** The nearest file by one of some names, from a file's folder up to the root of its workspace. */
export function fileAbove(filename: string, names: readonly string[]): string | null {
  const folder = dirname(filename);
  return nearest(names, folder, workspaceRoot(folder));
}

/** Whether a file by one of some names stands in a file's folder or above, up to the root of its workspace. */
export const isBelowFile = (filename: string, names: readonly string[]): boolean => fileAbove(filename, names) !== null;

/** The first file of several names that stands at the root of a file's package; names may lead into its folders. */
export function rootFile(filename: string, names: readonly string[]): string | null {
  const dir = packageOf(filename)?.dir;
  return dir === undefined ? null : (names.map((name) => join(dir, name)).find((path) => isFile(path)) ?? null);
}

/** The files by some name around a file: beside it and its folders, up to its package, and in the folders that stand there. */
export function filesAround(filename: string, name: RegExp): string[] {
  const own = packageOf(filename);
  if (!own) return [];
  const found = new Set<string>();
  for (const folder of upwards(dirname(filename), own.dir)) {
    for (const entry of entriesOf(folder) ?? []) {
      if (name.test(entry)) found.add(join(folder, entry));
      else if (!entry.includes(".") && entry !== "node_modules") for (const inner of entriesOf(join(folder, entry)) ?? []) if (name.test(inner)) found.add(join(folder, entry, inner));
    }
  }
  return [...found];
}
