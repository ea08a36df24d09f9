import { copiedNames, copyFolders, entryFiles, readingFrameworks, startedFolders, startedNames } from "../../knowledge/entry-files.js";
import { type FileRole, rolesByPath, triedOut } from "../../knowledge/file-roles.js";
import { deployedFolders as deployedBy, hostSettings } from "../../knowledge/serverless.js";
import { fileStamp, isBelow, readText } from "../../project/disk.js";
import { currentRun, fileFacts } from "../../project/file.js";
import { matchesGlobs } from "../../project/globs.js";
import { isObject, readJsonc, stringsOf } from "../../project/json.js";
import { moduleRecord } from "../../project/module-record.js";
import { folderAround, isCodePath, isOfCompiler, isOfLooker, type Listed, listBelow, nameIn, nothing, type Said, saidByCode, saidBySettings, shortestWord, stemOf, wordsIn } from "../../project/named-files.js";
import { packageOf } from "../../project/package-json.js";
import { pathInProject } from "../../project/path.js";
import { resolveSpecifier } from "../../project/resolve.js";
import { folderOf, workspacePackages, workspaceRoot } from "../../project/workspace.js";
import type { Source } from "../../syntax/source.js";

/** Fewer files than these are no app of which one could say what leads where. */
const fewest = 8;

/**
 * A group of files that nothing leads to may have a start that we do not see when it is greater than this. What begins with files that only
 * export things has none, as others would have to start these. Of a great group, no more than this share may be imported by none: pages
 * are, which a framework finds.
 */
const greatestGroup = { ofAny: 12, ofFewHeads: 60, shareOfHeads: 0.1 };

/** The same goes for a package of whose files this share seems to be left over. */
const greatestShare = 0.6;

/** Of more files than these that have a name, a text that has no more than their name means none. */
const mostOfName = 5;

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
  /** Whether its package is a copy of an app, or a library that nobody has. */
  readonly isAside: boolean;
  /** Whether it stands in a folder for copies, so that nobody wonders that nothing leads to it. */
  readonly isKept: boolean;
}

function placeOf(file: string, root: string, aside: readonly string[]): Place {
  const own = packageOf(file);
  const dir = own?.dir ?? root;
  const path = file.slice(dir.length + 1).replaceAll("\\", "/");
  return { path, dir, declared: own?.dependencies ?? new Map(), role: rolesByPath.find((entry) => entry.path.test(path))?.role ?? null, isAside: aside.some((folder) => isBelow(file, folder)), isKept: path.split("/").slice(0, -1).some((step) => copyFolders.test(step)) };
}

/**
 * Copies of apps that somebody keeps beside what is run: a folder with its own package.json, outside of the workspace's packages, that
 * stands in one which says that it is for copies, and is named by no settings.
 */
function copiesIn({ settings }: Listed, root: string): string[] {
  const packages = new Set(workspacePackages(root).values());
  const copies = settings.flatMap((file) => {
    const dir = folderAround(file);
    if (!/[\\/]package\.json$/.test(file) || dir === root || packages.has(dir)) return [];
    for (let kept = dir; kept !== root && isBelow(kept, root); kept = folderAround(kept)) {
      const name = kept.slice(folderAround(kept).length + 1);
      if (copyFolders.test(name)) return [{ dir, kept, name }];
    }
    return [];
  });
  return copies.filter(({ kept, name }) => !settings.some((file) => !isBelow(file, kept) && !isOfCompiler(file) && readText(file)?.includes(name))).map(({ dir }) => dir);
}

/** What says in a package's folder that it is run: scripts by these names, and settings of whatever puts it on a host. */
const runningScript = /^(?:start|dev|serve|deploy|preview|watch|worker)(?=:|$)/;
const runningSettings = /(?:^|[\\/])(?:[^\\/]*Dockerfile[^\\/]*|Procfile[^\\/]*|\.replit|[^\\/]+\.(?:ya?ml|toml|tf|hcl|sh|service))$/;

/** Whether a package is there for other packages of its workspace, and for nothing else. */
function isOnlyLibrary(dir: string, { settings }: Listed): boolean {
  const { json } = packageOf(`${dir}/package.json`) ?? {};
  if (!json || json["private"] !== true || json["bin"] !== undefined || !["main", "module", "exports"].some((field) => json[field] !== undefined)) return false;
  const scripts = isObject(json["scripts"]) ? Object.keys(json["scripts"]) : [];
  return !scripts.some((name) => runningScript.test(name)) && !settings.some((file) => isBelow(file, dir) && runningSettings.test(file));
}

/** Libraries of the workspace that nobody has: no package.json and no other settings name one, and no code outside imports it or speaks of its folder. */
function unusedLibrariesIn(listed: Listed, root: string): string[] {
  return [...workspacePackages(root)].flatMap(([name, dir]) => {
    if (dir === root || !isOnlyLibrary(dir, listed)) return [];
    const path = dir.slice(root.length + 1).replaceAll("\\", "/");
    const isOutside = (file: string): boolean => !isBelow(file, dir);
    const isNamed = listed.settings.some((file) => isOutside(file) && !isOfCompiler(file) && [name, path].some((word) => readText(file)?.includes(word)));
    const imports = (file: string): boolean => saidByCode(file)?.specifiers.some((specifier) => specifier === name || specifier.startsWith(`${name}/`)) ?? true;
    const isUsed = isNamed || [...listed.code, ...listed.components].some((file) => isOutside(file) && (readText(file)?.includes(`${path}/`) === true || imports(file)));
    return isUsed ? [] : [dir];
  });
}

/** What developers run by hand, or tools read. */
const ofTools: ReadonlySet<FileRole | null> = new Set(["config", "script", "seed", "migration", "test"]);

/** Whether developers run a file by hand, when they want to. What it leads to is not used because of that. */
const isByHand = ({ path, role }: Place): boolean => role === "script" || /(?:^|\/)scripts?\//.test(path);

/** Whether a framework starts a file by its path, which begins at the framework's own folder: what a copy of an app keeps there is read by none. */
const isEntry = ({ path, declared }: Place): boolean =>
  entryFiles.some((entry) => {
    if (entry.framework !== null && !declared.has(entry.framework)) return false;
    const at = path.search(entry.path);
    return at !== -1 && !path.slice(0, at).split("/").some((step) => copyFolders.test(step));
  });

/** Whether a path may start a file at all: it does not for tests, which start nothing that users get to see, nor for copies and what is run by hand. */
const mayStart = (place: Place): boolean => place.role !== "test" && !place.isAside && !isByHand(place) && !copiedNames.test(stemOf(place.path));

/** Whether a file is started by its path or name, whatever else is. */
function isStarted(place: Place): boolean {
  const { path, declared, role } = place;
  if (!mayStart(place)) return false;
  // In a package's own folder, what goes by such a name is run by hand, or by what names it.
  if (role === "seed" || role === "migration") return path.includes("/");
  if (ofTools.has(role) || readingFrameworks.some((name) => declared.has(name))) return true;
  if (startedNames.test(stemOf(path)) && /^(?:[^/]+\/)?(?:src\/|lib\/|source\/)?[^/]+$/.test(path)) return true;
  return isEntry(place);
}

/** The steps of a path from where it may be the same in what is built and in what it is built of. */
function stepsOf(path: string): string[] {
  const steps = path.split("/").filter((step) => !/^(?:\.{0,2}|[@~#])$/.test(step));
  const name = nameIn(steps.pop() ?? "");
  const first = steps.findIndex((step) => !/^(?:dist|build|out|lib|esm|cjs|src|public)$/.test(step));
  return [...(first === -1 ? [] : steps.slice(first)), name];
}

/** How many steps two paths have in common, from their ends. */
function stepsInCommon(one: readonly string[], other: readonly string[]): number {
  let count = 0;
  while (count < one.length && count < other.length && one.at(-1 - count) === other.at(-1 - count)) count += 1;
  return count;
}

/** A search from what is started through what each file imports and names. */
class Search {
  readonly places: ReadonlyMap<string, Place>;
  readonly #listed: Listed;
  readonly #root: string;
  readonly #byStem = new Map<string, string[]>();
  readonly #reached = new Set<string>();
  // What something starts by a name or path, whoever imports it besides.
  readonly #started = new Set<string>();
  readonly #waiting: string[] = [];
  // What is read from folders, without being named file by file; of a folder's name, the packages that have the code which says so.
  readonly #folders = new Map<string, Set<string>>();
  readonly #directories = new Set<string>();
  readonly #below = new Set<string>();
  readonly #kinds = new Set<string>();

  constructor(listed: Listed, root: string) {
    this.#root = root;
    const aside = [...copiesIn(listed, root), ...unusedLibrariesIn(listed, root)];
    const isOutside = (file: string): boolean => !aside.some((folder) => isBelow(file, folder));
    this.#listed = { ...listed, settings: listed.settings.filter(isOutside), components: listed.components.filter(isOutside) };
    this.places = new Map(listed.code.map((file) => [file, placeOf(file, root, aside)]));
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
    for (const [file, place] of this.places) if (isStarted(place) || (place.role === null && !place.isAside && !triedOut.test(stemOf(file)) && saidByCode(file)?.isRun)) this.#start(file);
    this.#goOn();
    for (const file of this.#ofStartedFolders()) this.#start(file);
    this.#goOn();
    return new Set([...this.places].flatMap(([file, place]) => (this.#reached.has(file) || place.role === "test" || (isByHand(place) && !place.isAside) ? [] : [file])));
  }

  /** Follows what was reached, and what that leads to. */
  #goOn(): void {
    do {
      for (let file = this.#waiting.pop(); file !== undefined; file = this.#waiting.pop()) this.#follow(file, saidByCode(file) ?? nothing);
      for (const [file, place] of this.places) if (place.role !== "test" && !this.#reached.has(file) && this.#isOfReadFolder(file)) this.#reach(file);
    } while (this.#waiting.length > 0);
  }

  /** The files of folders whose files are each started by themselves: not of those of which most files are imported, as a list of jobs does. */
  #ofStartedFolders(): string[] {
    const folders = new Map<string, string[]>();
    for (const [file, place] of this.places) {
      if (!mayStart(place) || !startedFolders.test(place.path)) continue;
      const folder = folderAround(file);
      folders.set(folder, [...(folders.get(folder) ?? []), file]);
    }
    return [...folders.values()].flatMap((files) => {
      const imported = files.filter((file) => this.#reached.has(file)).length;
      return imported > 1 && imported * 2 >= files.length ? [] : files;
    });
  }

  /** The files that nothing but imports of what they name leads to. */
  onlyImported(): Set<string> {
    const whole = new Set<string>();
    for (const file of this.#reached) for (const target of targetsOf(file, saidByCode(file)?.asWhole)) whole.add(target);
    return new Set([...this.#reached].filter((file) => !this.#started.has(file) && !whole.has(file) && !this.#isOfReadFolder(file)));
  }

  #start(file: string): void {
    this.#started.add(file);
    this.#reach(file);
  }

  #reach(file: string): void {
    if (this.#reached.has(file) || !this.places.has(file)) return;
    this.#reached.add(file);
    this.#waiting.push(file);
  }

  /** Of files that differ in nothing but their ending, each bundler takes the one that it prefers. */
  #reachAs(target: string): void {
    this.#reach(target);
    for (const file of this.#byStem.get(stemOf(target)) ?? []) if (stemOf(file) === stemOf(target) && folderAround(file) === folderAround(target)) this.#reach(file);
  }

  #reachBeside(path: string, by: string): void {
    for (const file of this.#byStem.get(nameIn(path)) ?? []) if (file !== by && folderAround(file) === folderAround(by)) this.#start(file);
  }

  /** Whether a path is the whole of a file's, from the folder of what names it or from one above that, as in what a build makes of it. */
  #isWholePath(steps: readonly string[], file: string, by: string): boolean {
    for (let dir = folderAround(by); isBelow(dir, this.#root); dir = folderAround(dir)) {
      if (!isBelow(file, dir)) continue;
      const own = stepsOf(file.slice(dir.length + 1).replaceAll("\\", "/"));
      if ([own, own.at(-1) === "index" ? own.slice(0, -1) : own].some(({ length }) => length === steps.length && stepsInCommon(steps, own.slice(0, length)) === length)) return true;
    }
    return false;
  }

  /** A path in a text leads to the files that have the most of its steps; one without the ending of code must be the whole of a file's. */
  #reachNamed(path: string, by: string, { isMoved, isWhole }: { readonly isMoved: boolean; readonly isWhole: boolean }): void {
    const steps = stepsOf(path);
    // Those that a package starts by that name stand where it can be seen.
    if (steps.length === 1 && steps[0] === "index") {
      this.#reachBeside(path, by);
      return;
    }
    let most = isWhole ? steps.length : 1;
    let found: string[] = [];
    for (const file of this.#byStem.get(steps.at(-1) ?? "") ?? []) {
      const place = this.places.get(file);
      if (file === by || place?.role === "test" || place?.isAside) continue;
      const own = file.split(/[\\/]/).map((step, at, { length }) => (at === length - 1 ? stemOf(step) : step));
      const count = Math.max(stepsInCommon(steps, own), own.at(-1) === "index" ? stepsInCommon(steps, own.slice(0, -1)) : 0);
      if (count < most) continue;
      if (count > most) found = [];
      most = count;
      found.push(file);
    }
    const isVague = most === 1 && found.length > mostOfName;
    const whole = found.filter((file) => this.#isWholePath(steps, file, by));
    for (const file of whole.length > 0 && (!isMoved || isVague) ? whole : isVague ? [] : found) this.#start(file);
    if (isVague) this.#reachBeside(path, by);
  }

  #follow(file: string, said: Said): void {
    if (this.places.get(file)?.role === "script" && triedOut.test(stemOf(file))) return;
    for (const specifier of said.specifiers) {
      const target = resolveSpecifier(specifier, file);
      if (target === null) this.#reachNamed(specifier, file, { isMoved: true, isWhole: false });
      else if ("file" in target) this.#reachAs(target.file);
    }
    // What looks at files imports its own, and runs none that it names.
    if (isOfLooker(file)) return;
    for (const path of said.files) this.#reachNamed(path, file, { isMoved: said.isMoved, isWhole: !isCodePath(path) });
    const role = this.places.get(file)?.role ?? null;
    // What is built speaks of folders that stood elsewhere.
    if (role === "generated") return;
    for (const kind of said.kinds) this.#kinds.add(kind);
    for (const folder of said.below) this.#below.add(folder);
    // Tools go through folders to look at files, not to run them.
    if (ofTools.has(role) || isOfCompiler(file)) return;
    const dir = this.places.get(file)?.dir ?? folderAround(file);
    for (const folder of said.folders) this.#folders.set(folder, (this.#folders.get(folder) ?? new Set()).add(dir));
    if (said.readsBeside) this.#directories.add(folderAround(file));
  }

  #isOfReadFolder(file: string): boolean {
    if (this.#directories.has(folderAround(file)) || [...this.#below].some((folder) => isBelow(file, folder))) return true;
    const steps = (this.places.get(file)?.path ?? "").split("/");
    const name = steps.pop() ?? "";
    return steps.some((step) => [...(this.#folders.get(step) ?? [])].some((dir) => isBelow(file, dir))) || [...this.#kinds].some((kind) => name.includes(`.${kind}.`));
  }
}

const importedBy = (file: string): string[] => targetsOf(file, saidByCode(file)?.specifiers);

function targetsOf(file: string, specifiers: readonly string[] = []): string[] {
  return specifiers.flatMap((specifier) => {
    const target = resolveSpecifier(specifier, file);
    return target && "file" in target && target.file !== file ? [target.file] : [];
  });
}

/** The files that hang together by imports, among those that are left over. */
function groupsOf(left: ReadonlySet<string>): Map<string, ReadonlySet<string>> {
  const groups = new Map([...left].map((file) => [file, new Set([file])]));
  for (const file of left) {
    for (const target of importedBy(file)) {
      const other = groups.get(target);
      const own = groups.get(file);
      if (!own || !other || own === other) continue;
      for (const each of other) groups.set(each, own.add(each));
    }
  }
  return groups;
}

/** What a platform calls by name stands among the exports; of CommonJS, the text has to tell. */
const handsOutHandler = /\bexports\b[^\n]*\bhandler\b/;

/** Whether somebody may start a file that no other one imports: by its name, or as it has nothing that others could import it for. */
function isStart(file: string): boolean {
  const stem = stemOf(file);
  if (triedOut.test(stem)) return false;
  if ((startedNames.test(stem) && stem !== "index") || saidByCode(file)?.isRun) return true;
  const exported = moduleRecord(file)?.exports;
  if (!exported) return handsOutHandler.test(readText(file) ?? "");
  return exported.has("handler") || (!/\.d\.[cm]?ts$/.test(file) && [...exported].every((word) => word === "export"));
}

const comments = /\/\*[^]*?\*\/|\/\/.*/g;
const handsOn = /\bexport\s*(?:type\s*)?(?:\*(?:\s*as\s+[\w$]+)?|\{[^{}]*\})\s*from\s*["'][^"'\n]+["']\s*;?/g;

/** Whether a file does nothing but hand on what others export: it is there to be imported, and no framework's page. */
const isBarrel = (file: string): boolean => moduleRecord(file)?.reexports === true && (readText(file) ?? "").replace(comments, "").replace(handsOn, "").trim() === "";

/** Whether somebody may start a group of files that hang together, by one that none of the others imports. */
function mayBeStarted(group: ReadonlySet<string>): boolean {
  if (group.size <= greatestGroup.ofAny) return false;
  const imported = new Set<string>();
  for (const file of group) for (const target of importedBy(file)) imported.add(target);
  const heads = [...group].filter((file) => !imported.has(file));
  if (heads.some(isStart)) return true;
  return group.size > greatestGroup.ofFewHeads && heads.filter((file) => !isBarrel(file)).length > group.size * greatestGroup.shareOfHeads;
}

/** What leads where in a workspace. */
export interface Reach {
  /** The files that nothing leads to, as far as that can be told. */
  readonly unreached: ReadonlySet<string>;
  /** Whether something leads to a file, and to most of its package. */
  isTold(file: string): boolean;
  /** Whether other files name all that they take from a file, and nothing else starts it. */
  isOnlyImported(file: string): boolean;
  /** Whether another file that something leads to has a word. */
  isSaidElsewhere(word: string, file: string): boolean;
  /** The other files that something leads to and that have a word; `null` where these are many, or it cannot be told. */
  filesThatSay(word: string, file: string): readonly string[] | null;
}

/** The folders that settings name for the services of a host: none where there are no settings, `null` where one has no folder. */
function foldersOfServices(dir: string): string[] | null {
  const { file, folder, service } = deployedBy.services;
  const text = readText(`${dir}/${file}`);
  if (text === null) return [];
  const folders = [...text.matchAll(folder)].map(([, name = ""]) => name);
  return folders.length > 0 && folders.length === (text.match(service)?.length ?? 0) ? folders : null;
}

/** The folder whose build settings hand out: none where there are no settings, `null` where they say something else. */
function foldersOfOutput(dir: string): string[] | null {
  const { file, key, others } = deployedBy.output;
  const text = readText(`${dir}/${file}`);
  if (text === null) return [];
  const json = readJsonc(text);
  const output = json?.[key];
  const folder = typeof output === "string" ? /^(?:\.\/)?([\w-][\w.-]*)\//.exec(output)?.[1] : undefined;
  return folder === undefined || others.some((other) => json?.[other] !== undefined) ? null : [folder];
}

/** The folders of a package that are put on hosts, where all settings that say how it is run name one. */
function deployedFolders(dir: string, { settings }: Listed): string[] {
  const [services, output] = [foldersOfServices(dir), foldersOfOutput(dir)];
  if (!services || !output || settings.some((file) => folderAround(file) === dir && hostSettings.test(nameIn(file)))) return [];
  return [...services, ...output].map((folder) => `${dir}/${folder}`);
}

const unknown: Reach = { unreached: new Set(), isTold: () => false, isOnlyImported: () => false, isSaidElsewhere: () => true, filesThatSay: () => null };

/** What stands in more files than these is not looked for in each of them. */
const mostThatSay = 6;

/** The words of files, each with the files that have it, or `null` where many do. */
function wordsOf(files: Iterable<string>): Map<string, readonly string[] | null> {
  const words = new Map<string, string[] | null>();
  for (const file of files) {
    for (const word of wordsIn(readText(file) ?? "")) {
      const known = words.get(word);
      if (known === undefined) words.set(word, [file]);
      else if (known !== null && known.push(file) > mostThatSay) words.set(word, null);
    }
  }
  return words;
}

function reachOf(listed: Listed | null, root: string): Reach {
  if (!listed || listed.code.length < fewest) return unknown;
  const search = new Search(listed, root);
  const left = search.unreached();
  const groups = groupsOf(left);
  const started = new Set([...new Set(groups.values())].filter((group) => mayBeStarted(group)));
  const dirOf = (file: string): string => search.places.get(file)?.dir ?? root;
  const inPackage = (files: Iterable<string>): Map<string, number> => {
    const counts = new Map<string, number>();
    for (const file of files) if (!search.places.get(file)?.isKept) counts.set(dirOf(file), (counts.get(dirOf(file)) ?? 0) + 1);
    return counts;
  };
  const [all, over] = [inPackage(search.places.keys()), inPackage(left)];
  const deployed = new Map<string, readonly string[]>();
  const isPackageTold = (dir: string): boolean => (all.get(dir) ?? 0) >= fewest && (over.get(dir) ?? 0) <= (all.get(dir) ?? 0) * greatestShare;
  // What most of a package is left over from is told by nothing but where the rest is deployed.
  const isDeployedWithout = (file: string): boolean => {
    const dir = dirOf(file);
    const folders = deployed.get(dir) ?? deployedFolders(dir, listed);
    deployed.set(dir, folders);
    return folders.length > 0 && !folders.some((folder) => isBelow(file, folder));
  };
  const unreached = new Set(
    [...left].filter((file) => {
      if (search.places.get(file)?.isAside) return true;
      const group = groups.get(file);
      return group !== undefined && !started.has(group) && (isPackageTold(dirOf(file)) || isDeployedWithout(file));
    }),
  );
  let onlyImported: ReadonlySet<string> | null = null;
  let words: ReadonlyMap<string, readonly string[] | null> | null = null;
  const speaking = function* (): Generator<string> {
    for (const [file, { role }] of search.places) if (role !== "test" && !unreached.has(file)) yield file;
    yield* listed.components;
    yield* listed.settings;
  };
  const filesThatSay = (word: string, file: string): readonly string[] | null => {
    if (word.length < shortestWord) return null;
    const files = (words ??= wordsOf(speaking())).get(word);
    return files === null ? null : (files ?? []).filter((each) => each !== file);
  };
  return {
    unreached,
    isTold: (file) => search.places.has(file) && !left.has(file) && isPackageTold(dirOf(file)),
    isOnlyImported: (file) => (onlyImported ??= search.onlyImported()).has(file),
    isSaidElsewhere: (word, file) => filesThatSay(word, file)?.length !== 0,
    filesThatSay,
  };
}

interface Known {
  readonly at: number;
  readonly run: number;
  /** What all files looked like, so that an answer is made anew only when one has changed. */
  readonly stamps: string;
  readonly reach: Reach;
}

const known = new Map<string, Known>();

function reachIn(root: string): Reach {
  const before = known.get(root);
  const run = currentRun();
  if (before && (before.run === run || Date.now() - before.at <= age)) return before.reach;
  const listed = listBelow(root);
  const stamps = listed === null ? "" : [...listed.code, ...listed.components, ...listed.settings].map((file) => `${file} ${fileStamp(file) ?? ""}`).join("\n");
  const reach = before?.stamps === stamps ? before.reach : reachOf(listed, root);
  known.set(root, { at: Date.now(), run, stamps, reach });
  return reach;
}

/** What leads where around a file; `null` for what is on no disk, or started as the settings say. */
export function reachAround(source: Source): Reach | null {
  const facts = fileFacts(source);
  const folder = facts && folderOf(facts.filename);
  if (facts === null || folder === null || matchesGlobs(pathInProject(facts), stringsOf(facts.settings["entries"]))) return null;
  return reachIn(workspaceRoot(folder));
}

/**
 * Whether nothing leads to a file: no module that is started imports it, no other text names it, and no framework finds it by its path. Such
 * a file is left over from what was before, or waits for what is to come, and what it does happens to nobody.
 *
 * @returns `false` as well for what cannot be told. What is written now counts after half a minute.
 */
export function isUnreached(source: Source): boolean {
  const facts = fileFacts(source);
  return facts !== null && reachAround(source)?.unreached.has(facts.filename) === true;
}
