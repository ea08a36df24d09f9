import { basename, extname, join } from "node:path";

import { entriesOf } from "./disk.js";
import { currentRun } from "./file.js";
import { isTakenBack, migrationFolder, migrationsRunIn } from "./schema-files.js";

/** Folders whose SQL runs on no database that anybody uses. */
const aside = /^(?:node_modules|dist|build|coverage|vendor|tests?|__tests__|fixtures|\..*)$/i;

const deepest = 5;

const none: ReadonlySet<string> = new Set();

/** @param ordered what a tool runs by itself, of the folder and of those that it stands in. */
function* filesIn(folder: string, left: number, ordered: ReadonlySet<string> = none): Generator<string> {
  const names = entriesOf(folder) ?? none;
  const run = migrationFolder.test(basename(folder)) || names.has("meta") ? new Set([...ordered, ...migrationsRunIn(folder)]) : ordered;
  for (const name of names) {
    const path = join(folder, name);
    if (name.endsWith(".sql")) {
      if (!run.has(path) && !isTakenBack(name)) yield path;
    } else if (left > 0 && extname(name) === "" && !aside.test(name)) yield* filesIn(path, left - 1, run);
  }
}

const byFolder = new Map<string, { readonly run: number; readonly files: readonly string[] }>();

/** The files of SQL of a project that no tool runs as migrations, one after the other: people run them by hand. */
export function looseSqlBelow(folder: string): readonly string[] {
  const run = currentRun();
  const known = byFolder.get(folder);
  if (known?.run === run) return known.files;
  const files = [...filesIn(folder, deepest)];
  byFolder.set(folder, { run, files });
  return files;
}
