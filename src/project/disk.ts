import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { dirname, join, sep } from "node:path";

import { currentPass } from "./file.js";

/** How long a directory listing may be old, in milliseconds. */
const listingAge = 500;

/** A file written this short ago, in milliseconds, may be written again within the same tick of the file system's clock. */
const clockTick = 50;

const stamps = new Map<string, { pass: number; stamp: string | null }>();

interface Listing {
  readonly at: number;
  /** The last pass in which it was known to be true. */
  pass: number;
  readonly mtime: number | null;
  readonly names: ReadonlySet<string> | null;
}

const listings = new Map<string, Listing>();

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

function stampNow(path: string): string | null {
  const stats = attempt(() => statSync(path, { throwIfNoEntry: false }));
  if (!stats?.isFile()) return null;
  const stamp = `${stats.mtimeMs}:${stats.ctimeMs}:${stats.size}`;
  return Date.now() - stats.mtimeMs < clockTick ? `${stamp}:${read(path)}` : stamp;
}

/**
 * What tells one content of a file from the next.
 *
 * @param since the pass that the answer may be as old as; by default the file is looked at once per linted file.
 * @returns `null` for what is not there, is no file, or cannot be looked at.
 */
export function fileStamp(path: string, since: number = currentPass()): string | null {
  const known = stamps.get(path);
  if (known && known.pass >= since) return known.stamp;
  const stamp = stampNow(path);
  stamps.set(path, { pass: currentPass(), stamp });
  return stamp;
}

/** Whether a file is there now, or was at the given pass. */
export const isFile = (path: string, since?: number): boolean => fileStamp(path, since) !== null;

/** Whether anything of that path is there. */
export const exists = (path: string): boolean => existsSync(path);

/**
 * Remembers what was read from a file for as long as the file stays as it is.
 *
 * @param read makes the value from the text. What it throws counts as `null`.
 * @param limit how many files to remember; the least recently asked for goes first.
 * @returns a function from path to value, or to `null` for a file that cannot be read.
 */
export function memoByFile<T>(read_: (text: string, path: string) => T | null, limit = Infinity): (path: string, since?: number) => T | null {
  const known = new Map<string, { stamp: string; value: T | null }>();
  return (path, since) => {
    const stamp = fileStamp(path, since);
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
    const text = read(path);
    const value = text === null ? null : attempt(() => read_(text, path));
    known.delete(path);
    known.set(path, { stamp, value });
    if (known.size > limit) known.delete(known.keys().next().value as string);
    return value;
  };
}

/** The text of a file without its byte order mark, or `null` when it cannot be read. */
export const readText: (path: string) => string | null = memoByFile((text) => text, 50);

/** When a directory last got or lost a name; `NaN`, which equals nothing, when that is too short ago to tell from the next time. */
function mtimeOf(directory: string): number | null {
  const mtime = attempt(() => statSync(directory, { throwIfNoEntry: false }))?.mtimeMs ?? null;
  return mtime !== null && Date.now() - mtime < clockTick ? NaN : mtime;
}

function list(directory: string): ReadonlySet<string> | null {
  const mtime = mtimeOf(directory);
  const names = attempt(() => new Set(readdirSync(directory)));
  listings.set(directory, { at: Date.now(), pass: currentPass(), mtime, names });
  return names;
}

/** The names in a directory, at most half a second old, or `null` when it cannot be listed. */
export function entriesOf(directory: string): ReadonlySet<string> | null {
  const known = listings.get(directory);
  return known && Date.now() - known.at < listingAge ? known.names : list(directory);
}

/** The names in a directory as they are for the file that is linted now: to look again for what the others do not have. */
export function freshEntriesOf(directory: string): ReadonlySet<string> | null {
  const known = listings.get(directory);
  if (!known) return list(directory);
  if (known.pass === currentPass()) return known.names;
  if (mtimeOf(directory) !== known.mtime) return list(directory);
  known.pass = currentPass();
  return known.names;
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

/** The nearest file of one of the names, from a directory up to and with `last`; of two in one directory, the name given first. */
export function nearest(names: readonly string[], directory: string, last: string): string | null {
  for (const current of upwards(directory, last)) {
    const entries = entriesOf(current);
    const name = names.find((candidate) => entries?.has(candidate) && isFile(join(current, candidate)));
    if (name !== undefined) return join(current, name);
  }
  return null;
}
