import { extname, join } from "node:path";

import { entriesOf } from "./disk.js";
import { currentRun } from "./file.js";

/** Folders whose SQL runs by itself, or not on a database that anybody uses. */
const aside = /^(?:node_modules|migrations?|drizzle|dist|build|coverage|vendor|tests?|__tests__|fixtures|\..*)$/i;

const deepest = 3;

function* filesIn(folder: string, left: number): Generator<string> {
  for (const name of entriesOf(folder) ?? []) {
    if (name.endsWith(".sql")) yield join(folder, name);
    else if (left > 0 && extname(name) === "" && !aside.test(name)) yield* filesIn(join(folder, name), left - 1);
  }
}

const byFolder = new Map<string, { readonly run: number; readonly files: readonly string[] }>();

/** The files of SQL of a project that are no migrations: people run them by hand. */
export function looseSqlBelow(folder: string): readonly string[] {
  const run = currentRun();
  const known = byFolder.get(folder);
  if (known?.run === run) return known.files;
  const files = [...filesIn(folder, deepest)];
  byFolder.set(folder, { run, files });
  return files;
}
