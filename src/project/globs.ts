import { lazily, require } from "./lazy.js";

const picomatch = lazily(() => require("picomatch") as typeof import("picomatch"));

const matchers = new Map<string, (path: string) => boolean>();

function matcherOf(glob: string): (path: string) => boolean {
  let matcher = matchers.get(glob);
  if (!matcher) {
    try {
      matcher = picomatch()?.(glob.replace(/^\.\//, ""), { dot: true }) ?? (() => false);
    } catch {
      matcher = () => false;
    }
    matchers.set(glob, matcher);
  }
  return matcher;
}

/**
 * Whether a path matches one of the globs that a user wrote.
 *
 * @param path as the globs see it: relative to the folder that they are relative to. Backslashes count as slashes.
 */
export function matchesGlobs(path: string, globs: readonly string[]): boolean {
  if (globs.length === 0) return false;
  const posix = path.replaceAll("\\", "/");
  return globs.some((glob) => matcherOf(glob)(posix));
}
