import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";

import { ReviewError } from "./model.js";

/** What git would run on behalf of a repository's own configuration stays off. */
const quiet = ["-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "--no-optional-locks", "--no-pager"];

const env = (): NodeJS.ProcessEnv => ({ ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("GIT_"))), GIT_TERMINAL_PROMPT: "0" });

const git = (root: string, ...args: readonly string[]): string =>
  execFileSync("git", [...quiet, "-C", root, ...args], { encoding: "utf8", env: env(), maxBuffer: 512 * 1024 * 1024, stdio: ["ignore", "pipe", "pipe"] });

/** The root of the repository that a folder is in; `null` where it is in none. */
export function repositoryOf(folder: string): string | null {
  for (let current = folder; ; current = dirname(current)) {
    if (existsSync(join(current, ".git"))) return current;
    if (dirname(current) === current) return null;
  }
}

const isRepository = (folder: string): boolean => repositoryOf(folder) !== null;

/** Where a folder is in its repository, with forward slashes; `""` for the root, and where there is none. */
export const folderInRepository = (folder: string): string => relative(repositoryOf(folder) ?? folder, folder).split(sep).join("/");

const listed = (text: string): ReadonlySet<string> => new Set(text.split("\0").filter(Boolean));

/** The files that git keeps below a folder, relative to it; `null` where there is no git. */
export function trackedFiles(root: string): ReadonlySet<string> | null {
  if (!isRepository(root)) return null;
  try {
    return listed(git(root, "ls-files", "-z"));
  } catch {
    return null;
  }
}

/** The commit that is checked out; `null` where there is none. */
export function commitOf(root: string): string | null {
  try {
    return isRepository(root) ? git(root, "rev-parse", "HEAD").trim() : null;
  } catch {
    return null;
  }
}

/** The files that differ from what they were at a commit, branch or tag, new ones included. */
export function changedSince(root: string, ref: string): ReadonlySet<string> {
  if (!isRepository(root)) throw new ReviewError("`--since` compares with git, and this is no git repository.");
  if (ref.startsWith("-")) throw new ReviewError(`\`${ref}\` is no commit, branch or tag.`);
  try {
    git(root, "rev-parse", "--verify", "--quiet", `${ref}^{commit}`);
  } catch {
    throw new ReviewError(`git knows no commit, branch or tag called \`${ref}\`. In CI, fetch it first (\`fetch-depth: 0\`).`);
  }
  const changed = listed(git(root, "diff", "--no-ext-diff", "--no-textconv", "--name-only", "--relative", "-z", "--diff-filter=d", "--merge-base", ref, "--"));
  const added = listed(git(root, "ls-files", "--others", "--exclude-standard", "-z"));
  return new Set([...changed, ...added]);
}
