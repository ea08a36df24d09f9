import { execFileSync } from "node:child_process";
import { existsSync, lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** A git checkout, in a folder named `owner+name`. */
export interface Repository {
  /** `owner/name`. */
  name: string;
  folder: string;
}

// A git hook names its own repository in the environment.
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("GIT_")));

const git = (folder: string, ...args: string[]): string => execFileSync("git", ["-C", folder, ...args], { encoding: "utf8", env, maxBuffer: 256 * 1024 * 1024 });

export const commitOf = ({ folder }: Repository): string => git(folder, "rev-parse", "HEAD").trim();

/** The checkouts in a folder, by name; with `only`, those whose name contains one of its words (`shop,acme/blog`). */
export function repositoriesIn(folder: string, only = ""): Repository[] {
  const words = only.toLowerCase().replaceAll("+", "/").split(",").filter(Boolean);
  const repositories = readdirSync(folder)
    .map((entry) => ({ name: entry.replace("+", "/"), folder: join(folder, entry) }))
    .filter((repository) => existsSync(join(repository.folder, ".git")))
    .filter(({ name }) => words.length === 0 || words.some((word) => name.toLowerCase().includes(word)));
  if (repositories.length === 0) throw new Error(`no git checkout in ${folder}${only && ` is called ${only}`}`);
  return repositories.sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** The files with some ending that a repository keeps, relative to it: what git ignores, and links, are left out. */
const filesOf = ({ folder }: Repository, ending: RegExp): string[] =>
  git(folder, "ls-files", "-z")
    .split("\0")
    .filter((file) => ending.test(file))
    .filter((file) => lstatSync(join(folder, file), { throwIfNoEntry: false })?.isFile());

/** The code files that a repository keeps. */
export const codeFiles = (repository: Repository): string[] => filesOf(repository, /\.[cm]?[jt]sx?$/);

/** The schemas and migrations that a repository keeps. */
export const schemaFiles = (repository: Repository): string[] => filesOf(repository, /\.(?:prisma|sql)$/);
