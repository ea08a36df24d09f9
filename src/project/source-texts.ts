import { join, relative } from "node:path";

import { entriesOf, memoByFile } from "./disk.js";
import { currentRun } from "./file.js";

const code = /\.[cm]?[jt]sx?$/;
const aside = /^(?:node_modules|dist|build|out|coverage|public|static|vendor|tests?|__tests__|__mocks__|fixtures|e2e|generated|\..*)$/;
const beside = /\.(?:test|spec|stories|d)\.[cm]?[jt]sx?$/;

/** More files than these are more than a question about the project may read. */
const most = 6_000;

const lists = new Map<string, { run: number; files: readonly string[] | null }>();

/** The code files below a folder, but for tests and what is built; `null` when there are too many. */
function filesBelow(folder: string, intoPackages = true): readonly string[] | null {
  const run = currentRun();
  const key = intoPackages ? folder : `${folder} `;
  const known = lists.get(key);
  if (known?.run === run) return known.files;
  const files: string[] = [];
  const folders = [folder];
  for (let current = folders.pop(); current !== undefined && files.length <= most; current = folders.pop()) {
    for (const name of entriesOf(current) ?? []) {
      if (code.test(name)) {
        if (!beside.test(name)) files.push(join(current, name));
      } else if (!aside.test(name) && !name.includes(".")) {
        const inner = join(current, name);
        if (intoPackages || entriesOf(inner)?.has("package.json") !== true) folders.push(inner);
      }
    }
  }
  const answer = files.length > most ? null : files;
  lists.set(key, { run, files: answer });
  return answer;
}

/**
 * Makes a question about the text of a project's code: whether any file below a folder matches.
 *
 * @returns `null` when there are too many files to tell. The answer holds for the current run.
 */
export function textQuestion(pattern: RegExp): (folder: string) => boolean | null {
  const matches = memoByFile((text) => pattern.test(text));
  const answers = new Map<string, { run: number; answer: boolean | null }>();
  return (folder) => {
    const run = currentRun();
    const known = answers.get(folder);
    if (known?.run === run) return known.answer;
    const answer = filesBelow(folder)?.some((file) => matches(file) === true) ?? null;
    answers.set(folder, { run, answer });
    return answer;
  };
}

/**
 * Makes a search for the code files of a package, without the packages below it, whose text matches.
 *
 * @returns the files in order; none when there are too many to look through. The answer holds for the current run.
 */
export function textSearch(pattern: RegExp): (folder: string) => readonly string[] {
  const matches = memoByFile((text) => pattern.test(text));
  const answers = new Map<string, { run: number; files: readonly string[] }>();
  return (folder) => {
    const run = currentRun();
    const known = answers.get(folder);
    if (known?.run === run) return known.files;
    const files = (filesBelow(folder, false) ?? []).filter((file) => matches(file) === true).sort();
    answers.set(folder, { run, files });
    return files;
  };
}

/**
 * Makes a collection of what the text of a project's code says: all that is found in any file below a folder.
 *
 * @param intoPackages whether what stands in the packages below the folder counts as well.
 * @param isAsked which files are looked into, by their paths from the folder, with forward slashes.
 * @returns `null` when there are too many files to look through. The answer holds for the current run.
 */
export function textCollection(find: (text: string) => Iterable<string>, intoPackages = false, isAsked: (path: string) => boolean = () => true): (folder: string) => ReadonlySet<string> | null {
  const foundIn = memoByFile((text) => [...find(text)]);
  const answers = new Map<string, { run: number; found: ReadonlySet<string> | null }>();
  return (folder) => {
    const run = currentRun();
    const known = answers.get(folder);
    if (known?.run === run) return known.found;
    const files = filesBelow(folder, intoPackages)?.filter((file) => isAsked(relative(folder, file).replaceAll("\\", "/"))) ?? null;
    const found = files && new Set(files.flatMap((file) => foundIn(file) ?? []));
    answers.set(folder, { run, found });
    return found;
  };
}

/**
 * Makes an index of what the text of a package's code says: where each of the things that are found is said.
 *
 * @param intoPackages whether what stands in the packages below the folder counts as well.
 * @returns nothing when there are too many files to look through. The answer holds for the current run.
 */
export function textIndex(find: (text: string) => Iterable<string>, intoPackages = false): (folder: string) => ReadonlyMap<string, readonly string[]> {
  const foundIn = memoByFile((text) => [...new Set(find(text))]);
  const answers = new Map<string, { run: number; index: ReadonlyMap<string, readonly string[]> }>();
  return (folder) => {
    const run = currentRun();
    const known = answers.get(folder);
    if (known?.run === run) return known.index;
    const index = new Map<string, string[]>();
    for (const file of filesBelow(folder, intoPackages) ?? []) {
      for (const each of foundIn(file) ?? []) {
        const files = index.get(each);
        if (files) files.push(file);
        else index.set(each, [file]);
      }
    }
    answers.set(folder, { run, index });
    return index;
  };
}
