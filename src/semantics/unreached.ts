import { entryFiles, readingFrameworks, startedFolders, startedNames } from "../knowledge/entry-files.js";
import { type FileRole, rolesByPath } from "../knowledge/file-roles.js";
import { fileStamp, isBelow } from "../project/disk.js";
import { currentRun, fileFacts } from "../project/file.js";
import { matchesGlobs } from "../project/globs.js";
import { stringsOf } from "../project/json.js";
import { folderAround, isOfCompiler, type Listed, listBelow, nameIn, nothing, type Said, saidByCode, saidBySettings, stemOf } from "../project/named-files.js";
import { packageOf } from "../project/package-json.js";
import { pathInProject } from "../project/path.js";
import { resolveSpecifier } from "../project/resolve.js";
import { folderOf, workspaceRoot } from "../project/workspace.js";
import type { Source } from "../syntax/source.js";

/** Fewer files than these are no app of which one could say what leads where. */
const fewest = 8;

/** A group of files that nothing leads to and that is greater than this has a start that we do not see. */
const greatestGroup = 12;

/** The same goes for a package of whose files this share seems to be left over. */
const greatestShare = 0.6;

/** How long an answer about a workspace holds, in milliseconds. */
const age = 30_000;

/** A file of code, as what starts it sees it. */
interface Place {
  /** From the folder of its package. */
  readonly path: string;
  /** The folder of its package. */
  readonly dir: string;
  readonly declared: ReadonlyMap<string, string>;
  /** What the path alone says. */
  readonly role: FileRole | null;
}

function placeOf(file: string, root: string): Place {
  const own = packageOf(file);
  const dir = own?.dir ?? root;
  const path = file.slice(dir.length + 1).replaceAll("\\", "/");
  return { path, dir, declared: own?.dependencies ?? new Map(), role: rolesByPath.find((entry) => entry.path.test(path))?.role ?? null };
}

/** What developers run by hand, or tools read. */
const ofTools: ReadonlySet<FileRole | null> = new Set(["config", "script", "seed", "migration", "test"]);

/** Names of what is run to try something out, and then no more. */
const triedOut = /^(?:tests?|debug|check|try|demo|te?mp|scratch|examples?|playground)(?:[-_.]|$)/;

/** Whether a file is started by its path or name. Tests start nothing that users get to see. */
function isStarted({ path, declared, role }: Place): boolean {
  if (role === "test") return false;
  if (ofTools.has(role) || readingFrameworks.some((name) => declared.has(name))) return true;
  if (startedNames.test(stemOf(path)) && /^(?:[^/]+\/)?(?:src\/|lib\/|source\/)?[^/]+$/.test(path)) return true;
  return startedFolders.test(path) || entryFiles.some((entry) => entry.path.test(path) && (entry.framework === null || declared.has(entry.framework)));
}

/** A search from what is started through what each file imports and names. */
class Search {
  readonly places: ReadonlyMap<string, Place>;
  readonly #listed: Listed;
  readonly #byStem = new Map<string, string[]>();
  readonly #reached = new Set<string>();
  readonly #waiting: string[] = [];
  // What is read from folders, without being named file by file.
  readonly #folders = new Set<string>();
  readonly #directories = new Set<string>();
  readonly #below = new Set<string>();
  readonly #kinds = new Set<string>();

  constructor(listed: Listed, root: string) {
    this.#listed = listed;
    this.places = new Map(listed.code.map((file) => [file, placeOf(file, root)]));
    for (const file of listed.code) {
      const stem = stemOf(file);
      // A folder's index goes by the name of the folder as well.
      for (const name of stem === "index" ? [stem, stemOf(folderAround(file))] : [stem]) this.#byStem.set(name, [...(this.#byStem.get(name) ?? []), file]);
    }
  }

  /** The files that nothing leads to. */
  unreached(): Set<string> {
    for (const file of this.#listed.settings) this.#follow(file, saidBySettings(file) ?? nothing);
    for (const file of this.#listed.components) this.#follow(file, saidByCode(file) ?? nothing);
    for (const [file, place] of this.places) if (isStarted(place) || (place.role === null && !triedOut.test(stemOf(file)) && saidByCode(file)?.isRun)) this.#reach(file);
    do {
      for (let file = this.#waiting.pop(); file !== undefined; file = this.#waiting.pop()) this.#follow(file, saidByCode(file) ?? nothing);
      for (const [file, place] of this.places) if (place.role !== "test" && this.#isRead(file, place)) this.#reach(file);
    } while (this.#waiting.length > 0);
    return new Set([...this.places].flatMap(([file, { role }]) => (this.#reached.has(file) || role === "test" ? [] : [file])));
  }

  #reach(file: string): void {
    if (this.#reached.has(file) || !this.places.has(file)) return;
    this.#reached.add(file);
    this.#waiting.push(file);
  }

  #reachNamed(name: string, by: string): void {
    for (const file of this.#byStem.get(name) ?? []) if (file !== by) this.#reach(file);
  }

  #follow(file: string, said: Said): void {
    for (const specifier of said.specifiers) {
      const target = resolveSpecifier(specifier, file);
      if (target === null) this.#reachNamed(nameIn(specifier), file);
      else if ("file" in target) this.#reach(target.file);
    }
    for (const name of said.files) this.#reachNamed(name, file);
    for (const kind of said.kinds) this.#kinds.add(kind);
    for (const folder of said.below) this.#below.add(folder);
    // Tools go through folders to look at files, not to run them.
    if (ofTools.has(this.places.get(file)?.role ?? null) || isOfCompiler(file)) return;
    for (const folder of said.folders) this.#folders.add(folder);
    if (said.readsBeside) this.#directories.add(folderAround(file));
  }

  #isRead(file: string, { path }: Place): boolean {
    if (this.#reached.has(file)) return true;
    if (this.#directories.has(folderAround(file)) || [...this.#below].some((folder) => isBelow(file, folder))) return true;
    const steps = path.split("/");
    const name = steps.pop() ?? "";
    return steps.some((step) => this.#folders.has(step)) || [...this.#kinds].some((kind) => name.includes(`.${kind}.`));
  }
}

/** The files that hang together by imports, among those that are left over. */
function groupsOf(left: ReadonlySet<string>): Map<string, ReadonlySet<string>> {
  const groups = new Map([...left].map((file) => [file, new Set([file])]));
  for (const file of left) {
    for (const specifier of saidByCode(file)?.specifiers ?? []) {
      const target = resolveSpecifier(specifier, file);
      const other = target && "file" in target ? groups.get(target.file) : undefined;
      const own = groups.get(file);
      if (!own || !other || own === other) continue;
      for (const each of other) groups.set(each, own.add(each));
    }
  }
  return groups;
}

/** The files of a workspace that nothing leads to, as far as that can be told. */
function unreachedOf(listed: Listed | null, root: string): ReadonlySet<string> {
  if (!listed || listed.code.length < fewest) return new Set();
  const search = new Search(listed, root);
  const left = search.unreached();
  const groups = groupsOf(left);
  const inPackage = (files: Iterable<string>): Map<string, number> => {
    const counts = new Map<string, number>();
    for (const file of files) {
      const dir = search.places.get(file)?.dir ?? root;
      counts.set(dir, (counts.get(dir) ?? 0) + 1);
    }
    return counts;
  };
  const [all, over] = [inPackage(search.places.keys()), inPackage(left)];
  return new Set(
    [...left].filter((file) => {
      const dir = search.places.get(file)?.dir ?? root;
      const count = all.get(dir) ?? 0;
      return (groups.get(file)?.size ?? 0) <= greatestGroup && count >= fewest && (over.get(dir) ?? 0) <= count * greatestShare;
    }),
  );
}

interface Known {
  readonly at: number;
  readonly run: number;
  /** What all files looked like, so that an answer is made anew only when one has changed. */
  readonly stamps: string;
  readonly files: ReadonlySet<string>;
}

const known = new Map<string, Known>();

function unreachedIn(root: string): ReadonlySet<string> {
  const before = known.get(root);
  const run = currentRun();
  if (before && (before.run === run || Date.now() - before.at <= age)) return before.files;
  const listed = listBelow(root);
  const stamps = listed === null ? "" : [...listed.code, ...listed.components, ...listed.settings].map((file) => `${file} ${fileStamp(file) ?? ""}`).join("\n");
  const files = before?.stamps === stamps ? before.files : unreachedOf(listed, root);
  known.set(root, { at: Date.now(), run, stamps, files });
  return files;
}

/**
 * Whether nothing leads to a file: no module that is started imports it, no other text names it, and no framework finds it by its path. Such
 * a file is left over from what was before, or waits for what is to come, and what it does happens to nobody.
 *
 * @returns `false` as well for what cannot be told. What is written now counts after half a minute.
 */
export function isUnreached(source: Source): boolean {
  const facts = fileFacts(source);
  const folder = facts && folderOf(facts.filename);
  if (facts === null || folder === null || matchesGlobs(pathInProject(facts), stringsOf(facts.settings["entries"]))) return false;
  return unreachedIn(workspaceRoot(folder)).has(facts.filename);
}
