import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { dirname, join, sep } from "node:path";

import { currentPass, currentRun } from "./file.js";

/** A file written this short ago, in milliseconds, may be written again within the same tick of the file system's clock. */
const clockTick = 50;

const stamps = new Map<string, { pass: number; stamp: string | null }>();

const listings = new Map<string, { pass: number; names: ReadonlySet<string> | null }>();

const attempt = <T>(read: () => T): T | null => {
  try {
    return read();
  } catch {
    return null;
  }
};

function read(path: string): string | null {
  const text = attempt(() => readFileSync(path, "utf8"));
  return text?.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

/** How many characters of a run's texts are kept. Several questions go through all the code of a project, one after the other. */
const mostKept = 20_000_000;

const kept = { run: -1, length: 0, texts: new Map<string, { readonly stamp: string; readonly text: string }>() };

/** The text of a file as it is by its stamp. */
function textOf(path: string, stamp: string): string | null {
  const run = currentRun();
  if (kept.run !== run) Object.assign(kept, { run, length: 0, texts: new Map() });
  const known = kept.texts.get(path);
  if (known?.stamp === stamp) return known.text;
  const text = read(path);
  const length = kept.length + (text?.length ?? 0) - (known?.text.length ?? 0);
  if (text !== null && length <= mostKept) {
    kept.texts.set(path, { stamp, text });
    kept.length = length;
  }
  return text;
}

function stampNow(path: string): string | null {
  const stats = attempt(() => statSync(path, { throwIfNoEntry: false }));
  if (!stats?.isFile()) return null;
  const stamp = `${stats.mtimeMs}:${stats.ctimeMs}:${stats.size}`;
  return Date.now() - stats.mtimeMs < clockTick ? `${stamp}:${read(path)}` : stamp;
}

/**
 * What tells one content of a file from the next, as of the current pass.
 *
 * @returns `null` for what is not there, is no file, or cannot be looked at.
 */
export function fileStamp(path: string): string | null {
  const pass = currentPass();
  const known = stamps.get(path);
  if (known?.pass === pass) return known.stamp;
  const stamp = stampNow(path);
  stamps.set(path, { pass, stamp });
  return stamp;
}

export const isFile = (path: string): boolean => fileStamp(path) !== null;

/** Whether anything of that path is there. */
export const exists = (path: string): boolean => existsSync(path);

/**
 * Remembers what was read from a file for as long as the file stays as it is.
 *
 * @param read makes the value from the text. What it throws counts as `null`.
 * @param limit how many files to remember; the least recently asked for goes first.
 * @returns a function from path to value, or to `null` for a file that cannot be read.
 */
export function memoByFile<T>(read_: (text: string, path: string) => T | null, limit = Infinity): (path: string) => T | null {
  const known = new Map<string, { stamp: string; value: T | null }>();
  return (path) => {
    const stamp = fileStamp(path);
    const entry = known.get(path);
    if (stamp === null) {
      if (entry) known.delete(path);
      return null;
    }
    if (entry?.stamp === stamp) {
      if (limit !== Infinity) {
        known.delete(path);
        known.set(path, entry);
      }
      return entry.value;
    }
    const text = textOf(path, stamp);
    const value = text === null ? null : attempt(() => read_(text, path));
    known.delete(path);
    known.set(path, { stamp, value });
    if (known.size > limit) known.delete(known.keys().next().value as string);
    return value;
  };
}

/** The text of a file without its byte order mark, or `null` when it cannot be read. */
export const readText: (path: string) => string | null = memoByFile((text) => text, 50);

/** The names in a directory as of the current pass; `null` when it cannot be listed. */
export function entriesOf(directory: string): ReadonlySet<string> | null {
  const pass = currentPass();
  const known = listings.get(directory);
  if (known?.pass === pass) return known.names;
  const names = attempt(() => new Set(readdirSync(directory)));
  listings.set(directory, { pass, names });
  return names;
}

/** Whether a path is the directory or lies below it, by its spelling. */
export const isBelow = (path: string, directory: string): boolean => path === directory || path.startsWith(directory.endsWith(sep) ? directory : directory + sep);

const realPath = (path: string): string | null => attempt(() => realpathSync.native(path));

const realFolders = new Map<string, string | null>();

function realFolder(directory: string): string | null {
  let real = realFolders.get(directory);
  if (real === undefined) realFolders.set(directory, (real = realPath(directory)));
  return real;
}

/** Whether a path lies below the directory once links are followed. */
export function isReallyBelow(path: string, directory: string): boolean {
  const folder = realFolder(directory);
  const real = folder === null ? null : realPath(path);
  return folder !== null && real !== null && isBelow(real, folder);
}

/** A directory and those above it, nearest first, up to and with `last`. */
export function* upwards(directory: string, last: string): Generator<string> {
  for (let current = directory; isBelow(current, last); current = dirname(current)) {
    yield current;
    if (current === last || dirname(current) === current) return;
  }
}

const nearby = new Map<string, { readonly pass: number; readonly file: string | null }>();

/** The nearest file of one of the names, from a directory up to and with `last`; of two in one directory, the name given first. */
export function nearest(names: readonly string[], directory: string, last: string): string | null {
  if (!isBelow(directory, last)) return null;
  const key = `${names.join(" ")} ${last} ${directory}`;
  const pass = currentPass();
  const known = nearby.get(key);
  if (known?.pass === pass) return known.file;
  const listed = entriesOf(directory);
  // A folder is listed once for all names, and nearly always lacks them.
  const own = names.flatMap((name) => (listed?.has(name) === false ? [] : [join(directory, name)])).find((file) => isFile(file));
  const file = own ?? (directory === last || dirname(directory) === directory ? null : nearest(names, dirname(directory), last));
  nearby.set(key, { pass, file });
  return file;
}

/** All files of a name from a directory up to and with `last`, nearest first. */
export function* allAbove(name: string, directory: string, last: string): Generator<string> {
  const names = [name];
  for (let file = nearest(names, directory, last); file !== null; file = dirname(file) === last ? null : nearest(names, dirname(dirname(file)), last)) yield file;
}
