import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { dirname, join, sep } from "node:path";

import { currentPass } from "./file.js";

/** A pause between two looks at the disk, in milliseconds, in which somebody may have changed it; and how long to go on without one. */
const pause = 250;
const longestBurst = 30_000;

/** A file written this short ago, in milliseconds, may be written again within the same tick of the file system's clock. */
const clockTick = 50;

const stamps = new Map<string, { pass: number; stamp: string | null }>();

interface Listing {
  readonly burst: number;
  /** The last pass in which it was known to be true. */
  pass: number;
  readonly mtime: number | null;
  readonly names: ReadonlySet<string> | null;
}

const listings = new Map<string, Listing>();

let lookedAt = 0;
let burst = { number: 0, pass: 0, at: 0 };

/**
 * The current run of looks at the disk: its number, and the pass that it began in. A run over a whole repository must not look at every
 * file around again for each file that it lints; an editor lints after a pause.
 */
export function currentBurst(): Readonly<{ number: number; pass: number }> {
  const now = Date.now();
  if (Math.abs(now - lookedAt) > pause || Math.abs(now - burst.at) > longestBurst) burst = { number: burst.number + 1, pass: currentPass(), at: now };
  lookedAt = now;
  return burst;
}

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
  listings.set(directory, { burst: currentBurst().number, pass: currentPass(), mtime, names });
  return names;
}

/** The names in a directory as they were when the current run of looks began or later; `null` when it cannot be listed. */
export function entriesOf(directory: string): ReadonlySet<string> | null {
  const known = listings.get(directory);
  return known?.burst === currentBurst().number ? known.names : list(directory);
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

const nearby = new Map<string, { readonly burst: number; readonly file: string | null }>();

/**
 * The nearest file of one of the names, from a directory up to and with `last`; of two in one directory, the name given first. A nearer
 * one that is new is seen when the current run of looks is over.
 */
export function nearest(names: readonly string[], directory: string, last: string): string | null {
  if (!isBelow(directory, last)) return null;
  const key = `${names.join(" ")} ${last} ${directory}`;
  const burstNow = currentBurst().number;
  const known = nearby.get(key);
  if (known?.burst === burstNow && (known.file === null || isFile(known.file))) return known.file;
  const own = names.map((name) => join(directory, name)).find((file) => isFile(file));
  const file = own ?? (directory === last || dirname(directory) === directory ? null : nearest(names, dirname(directory), last));
  nearby.set(key, { burst: burstNow, file });
  return file;
}

/** All files of a name from a directory up to and with `last`, nearest first. */
export function* allAbove(name: string, directory: string, last: string): Generator<string> {
  const names = [name];
  for (let file = nearest(names, directory, last); file !== null; file = dirname(file) === last ? null : nearest(names, dirname(dirname(file)), last)) yield file;
}
