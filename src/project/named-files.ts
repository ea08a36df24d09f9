import { readdirSync } from "node:fs";
import { basename, dirname, extname, join, normalize } from "node:path";

import { placesOf } from "../syntax/words.js";
import { memoByFile } from "./disk.js";
import { readJsonc } from "./json.js";
import { specifiersIn } from "./module-record.js";
import { runLinesIn } from "./run-lines.js";

/** More code files than these take longer to look through than an answer is worth. */
const most = 8_000;

const code = /\.[cm]?[jt]sx?$/;
const component = /\.(?:vue|svelte|astro|html|mdx|wasp|ejs|pug|hbs|handlebars|njk|liquid)$/;
const settings = /^(?:\.replit|Dockerfile[\w.-]*|[\w.-]*Dockerfile|Procfile[\w.]*|Makefile|Justfile|.*\.(?:json|jsonc|json5|ya?ml|toml|sh|bash|hcl|tf|conf|ini|service|plist|nix))$/;
const leftOut = /^(?:package-lock|npm-shrinkwrap|composer|pnpm-lock|bun)\.(?:json|ya?ml|lock)$|\.(?:sample|example|template|backup|bak|old)$/;
/** Settings of what looks at files, or writes some, and runs none. */
const ofLookers = /^(?:components|knip|renovate|biome|\.?cspell|typedoc|turbo|lerna|pyrightconfig|\.?coderabbit|\.?gitleaks|\.?(?:eslint|prettier|stylelint|jscpd|markdownlint|c8|nyc)(?:rc)?|\.oxlintrc|sonar-project|codecov|\.?dependency-cruiser|skott)\.(?:jsonc?|ya?ml|toml)$/;
/** The same, where the settings are code. */
const codeOfLookers = /^\.?(?:eslint|prettier|stylelint|knip|commitlint|lint-?staged|tailwind|dependency-cruiser)(?:rc)?(?:\.[\w-]+)*\.[cm]?[jt]s$/;

/** Whether a file has the settings of what looks at the files that it names by patterns, and runs none. */
export const isOfLooker = (file: string): boolean => codeOfLookers.test(basename(file));

/** What tools and people write down about the files that they have looked at. */
const report = /(?:^|[^a-z])(?:audits?|reports?|results?|coverage|findings|baselines?|suppressions|inventory|blueprint|checklist|roadmap|summary|stats|analysis|history|exports?)(?![a-z]).*\.(?:json|jsonc|json5)$/i;
const ofTool = /(?:config|rc)\.\w+$/i;
const isReport = (name: string): boolean => report.test(name) && !ofTool.test(name);

/** Where what is there to be read stands, and tells of files without running them. */
const ofReaders = /^(?:docs?|documentation|data|memory|messages|locales?|i18n|lang|languages|translations|reports?|plans?|fixtures|snapshots|__snapshots__|attached_assets)$/;
const compiler = /^[tj]sconfig[\w.-]*\.json$/;
const aside = /^(?:node_modules|dist|build|out|coverage|vendor|target|\.(?!github$|circleci$|storybook$).*)$/;

/** What a file says of others without importing them. */
export interface Said {
  readonly specifiers: readonly string[];
  /** Paths of files, as they are written. */
  readonly files: readonly string[];
  /** Names of folders whose files are read one by one. */
  readonly folders: readonly string[];
  /** Endings of names of files that are read wherever they are: `entity` for `*.entity.ts`. */
  readonly kinds: readonly string[];
  /** Whether it reads the files that are beside it. */
  readonly readsBeside: boolean;
  /** Folders below which everything is handed out. */
  readonly below: readonly string[];
  /** Whether it goes to other folders, from which it names files. */
  readonly isMoved: boolean;
  /** Whether it says in a comment by which command it is run. */
  readonly isRun: boolean;
  /** Of its specifiers, those of which it hands everything on, or makes something that names nothing in it. */
  readonly asWhole: readonly string[];
}

export const nothing: Said = { specifiers: [], files: [], folders: [], kinds: [], readsBeside: false, below: [], isMoved: false, isRun: false, asWhole: [] };

/** Code that reads files by where they are: what it names of folders is started. */
const readsFolders = /\breaddir(?:Sync)?\s*\(|\bimport\.meta\.glob|\brequire\.context\b|\bautoload(?:\.[cm]?[jt]s)?(?:["'`]|\s*\()|\b(?:fast-?glob|globby|tinyglobby|globSync|loadModules|loadFilesSync|requireDirectory|require-?dir|walkSync)\b|\bglob\s*\(/i;

/** Libraries and hosts that make code of files whose names were read. Uploads and pictures are read to be sent or deleted. */
const loadsRead = /\bimport\.meta\.glob|\brequire\.context\b|\bautoload(?:\.[cm]?[jt]s)?(?:["'`]|\s*\()|\[["']import["']\]|\b(?:loadModules|loadFilesSync|requireDirectory|require-?dir|Worker|fork|pathToFileURL)\b/i;

/** A text without spaces, with or without places that are filled in. */
const quoted = /["'`]((?:\$\{[^{}"'`\n]{0,60}\}|[^"'`\s$]){2,160})["'`]/g;

/** `require(__dirname + "/models/" + name)`: the folder. */
const joined = /\b(?:require|import)\s*\([^"'`\n]{0,80}["'](?:[\w./-]*\/)?([\w-]+)\/["']\s*\+/g;

/** An import by a relative path with places that are filled in: it leads from the file itself. */
const filledImport = /\b(?:import|require)\s*\(\s*(?:\/\*(?:(?!\*\/).)*\*\/\s*)?(?:`(\.{1,2}\/[^`$?\n]*)(\$\{[^`\n]*)`|["'](\.{1,2}\/[^"'?\n]*)["']\s*(\+[^\n)]*))/g;

/** The ending of a file of code, or a choice of such. */
const ending = /\.(?:[cm]?[jt]sx?|\{[^}]*\})$/;

const withoutEnding = (path: string): string => path.replace(ending, "");

/** Whether a file has the settings of the compiler: these say where files are, and start none of those that they name by a pattern. */
export const isOfCompiler = (file: string): boolean => compiler.test(basename(file));

/** Whether a path has the ending of a file of code. */
export const isCodePath = (path: string): boolean => ending.test(path);

/** The last step of a path that is written with slashes. */
const lastOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

/** The name that a specifier or path would give a file, without its ending. */
export const nameIn = (specifier: string): string => withoutEnding(lastOf(specifier));

/** The name of a file, without its ending. */
export const stemOf = (file: string): string => basename(file, extname(file));

/** The folder that a file stands in. */
export const folderAround = (file: string): string => dirname(file);

/** An import with what it names, but for those that are run for their effects. */
const importClause = /\bimport\b([^"'`;()]*)\bfrom\s*["']([^"'\s]+)["']/g;

/** Whether a text has a word outside of a stretch of it. */
const hasWord = (text: string, word: string, [start, end]: readonly [number, number]): boolean => placesOf(word, text).some((at) => at < start || at >= end);

/** How often a text names a module, in one way or another. */
const timesNamed = (text: string, specifier: string): number => [`"${specifier}"`, `'${specifier}'`].reduce((sum, quotes) => sum + text.split(quotes).length - 1, 0);

/** What a text imports and makes nothing of: types, and names that it says nowhere else. */
function unusedIn(text: string): ReadonlySet<string> {
  const unused = new Map<string, number>();
  for (const { 0: clause, 1: names = "", 2: specifier = "", index } of text.matchAll(importClause)) {
    const isType = /^\s*type\s+(?!from\b|,)/.test(names);
    const locals = names.split(/[{},]/).flatMap((part) => (/^\s*type\s/.test(part) ? [] : (part.match(/[\w$]+/g)?.at(-1) ?? [])));
    const isUsed = !isType && locals.some((local) => hasWord(text, local, [index, index + clause.length]));
    if (!isUsed) unused.set(specifier, (unused.get(specifier) ?? 0) + 1);
  }
  return new Set([...unused].flatMap(([specifier, times]) => (timesNamed(text, specifier) > times ? [] : [specifier])));
}

const none: ReadonlySet<string> = new Set();

/** Lines that are a comment and nothing else. */
const commentLines = /^[ \t]*(?:\/\/.*|\*(?:[ \t].*)?|\/\*(?:(?!\*\/).)*(?:\*\/[ \t]*)?)$/gm;

/** Code that imports what it has put together a name for. */
const importsByName = /\b(?:import|require)\s*\(\s*(?!["'][^"'\n]*["']\s*[,)])/;

/** What all code has that imports by a call: most has none, and is not looked through for the ways of doing so. */
const callsForModule = /\b(?:require|import)\s*\(/;

/** What all code has that imports a module, or hands one on, as a whole and by a declaration. */
const declaresWhole = /\b(?:import|export)\s*\*/;

/** Code that asks where it is itself: its paths are of files, where others' may be of addresses. */
const knowsItsPlace = /__dirname|__filename|\bcwd\s*\(|\bimport\.meta\.(?:url|dir|filename|resolve)/;

/** A path that is one of modules by its beginning. */
const moduleStart = /^(?:\.{1,2}\/|[@~#]\/|src\/)/;

/** A line that has to do with folders. */
const lineOfFolders = /\b(?:join|resolve)\s*\(|\breaddir|glob|__dirname|\bimport\.meta\b(?!\.env\b)|cwd|dir(?:s|ectory|ectories)?\b|folders?\b|paths?\b|root|load/i;

/** What stands for several names. */
const filledIn = /\*|\$\{/;

/** The folders before the first and the last place of a path that is filled in. */
function foldersOf(path: string, first: number): string[] {
  const last = Math.max(path.lastIndexOf("*"), path.lastIndexOf("${"));
  const folders = [first, last].map((at) => lastOf(path.slice(0, Math.max(path.lastIndexOf("/", at), 0))));
  return folders.filter((folder) => folder !== "" && !filledIn.test(folder));
}

const lineAround = (text: string, at: number): string => text.slice(text.lastIndexOf("\n", at) + 1, (text.indexOf("\n", at) + 1 || text.length + 1) - 1);

/** Files whose comments are read for a documentation: https://github.com/Surnet/swagger-jsdoc#usage */
const documented = /\bapis["']?\s*:\s*\[(?=\s*["'`])[^\]]*\]/g;

interface FilledFolders {
  readonly isBeside: boolean;
  readonly below: readonly string[];
}

const noFolders: FilledFolders = { isBeside: false, below: [] };

/** The folders of whose files a text imports one or another, by a relative path that is filled in: its own, and those below which they may be. */
function filledFolders(text: string, path: string): FilledFolders {
  const found = [...text.matchAll(filledImport)].flatMap(([, template, hole, start, added]) => {
    const rest = hole ?? added ?? "";
    if (ofOtherKinds.test(rest.replace(/["']\s*$/, ""))) return [];
    const folder = (template ?? start ?? "").replace(/[^/]*$/, "");
    return [folder === "./" && !rest.includes("/") ? null : normalize(join(dirname(path), folder)).replace(/[\\/]$/, "")];
  });
  return { isBeside: found.includes(null), below: [...new Set(found)].filter((folder) => folder !== null) };
}

function saidInCode(written: string, path: string): Said {
  const whole = written.replace(commentLines, "").replace(documented, "");
  const callsModules = callsForModule.test(whole);
  const filled = callsModules ? filledFolders(whole, path) : noFolders;
  const text = callsModules ? whole.replace(filledImport, "(") : whole;
  const imported = specifiersIn(text);
  // What a component makes of an import stands in its template.
  const unused = component.test(path) ? none : unusedIn(text);
  const specifiers = [...imported].filter((specifier) => !unused.has(specifier));
  const reads = readsFolders.test(text);
  const importsNamed = callsModules && importsByName.test(whole);
  const loadsWhatItReads = reads && (importsNamed || loadsRead.test(text));
  const isAboutFiles = reads || importsNamed || knowsItsPlace.test(text);
  const said = { specifiers, files: new Set<string>(), folders: new Set<string>(), kinds: new Set<string>() };
  for (const { 1: named = "", index } of text.matchAll(quoted)) {
    if (imported.has(named)) continue;
    const kind = /\*\.(?![cm]?[jt]sx?$)([\w-]+)\.?(?:\{|[cm]?[jt]s|\*|$)/.exec(named)?.[1];
    if (kind !== undefined) said.kinds.add(kind);
    const isOfModules = moduleStart.test(named) || ending.test(named);
    const open = named.search(filledIn);
    if (open !== -1) {
      if (kind === undefined && (isOfModules || (isAboutFiles && !/^(?:\/api\/|https?:)/.test(named)))) for (const folder of foldersOf(named, open)) said.folders.add(folder);
    } else if (isOfModules || (named.includes("/") && (isAboutFiles || !named.startsWith("/")))) {
      said.files.add(named.replace(/[?#].*$/, ""));
    }
    if (loadsWhatItReads && /^[\w./-]+$/.test(named) && named !== "src" && lineOfFolders.test(lineAround(text, index))) said.folders.add(lastOf(named.replace(/\/$/, "")));
  }
  if (callsModules) for (const [, folder = ""] of text.matchAll(joined)) said.folders.add(folder);
  const readsBeside = filled.isBeside || (loadsWhatItReads && /__dirname|import\.meta\b(?!\.env\b)/.test(text));
  for (const [, scripts = ""] of text.matchAll(loadedScripts)) for (const [, name = ""] of scripts.matchAll(/["'`]([^"'`]+)["'`]/g)) said.files.add(name);
  return { ...nothing, specifiers, files: [...said.files], folders: [...said.folders], kinds: [...said.kinds], readsBeside, below: filled.below, isRun: saysHowItIsRun(written, path), asWhole: callsModules || declaresWhole.test(text) ? asWholeIn(text) : [] };
}

/** The endings of files that nobody runs. */
const ofOtherKinds = /\.(?:css|scss|sass|less|json\w?|ya?ml|toml|html?|mdx?|txt|sql|prisma|graphql|svg|png|jpe?g|gif|webp|ico|woff2?|ttf|pdf|csv|xml|log|lock|env|sh|zip|gz)$/i;

/** Words by which a command or a step is run in another folder. */
const moves = /\b(?:cd|pushd|workdir)\s|\b(?:chdir|cwd|working[-_]?dir(?:ectory)?|rootDir(?:ectory)?|context)["']?\s*[:=(]|\s(?:-C|--cwd|--prefix|--dir|--filter)[\s=]/i;

/** A list is no settings, and what begins with a slash in one and has no ending is an address: the pages that a test opens, say. */
const addressInList = /"\/(?:[^"\n]*\/)?[^"/.\n]*"/g;

const withoutAddresses = (text: string, path: string): string => (path.endsWith(".json") && /^\s*\[/.test(text) ? text.replace(addressInList, '""') : text);

/** Settings and scripts of a shell name files as paths, and functions in them as what comes after a dot. */
function saidInSettings(written: string, path: string): Said {
  const isScript = /\.(?:sh|bash)$/.test(path);
  const text = isScript || /\.ya?ml$/.test(path) ? runLinesIn(written, isScript) : withoutAddresses(written, path);
  const files = new Set<string>();
  const kinds = new Set<string>();
  for (const [word] of text.matchAll(/[\w.@*{}-]+(?:\/[\w.@*{}-]*)*/g)) {
    const kind = /\*\.?([a-z-]+)\.(?:\{|[cm]?[jt]s)/.exec(word)?.[1];
    if (kind !== undefined) kinds.add(kind);
    if (word.includes("*") || !(word.includes("/") || ending.test(word))) continue;
    files.add(word);
    // `src/orders.create`: the function of a file.
    if (!ending.test(word) && !ofOtherKinds.test(word) && lastOf(word).includes(".")) files.add(word.slice(0, word.lastIndexOf(".")));
  }
  const below = basename(path) === "package.json" ? exportedFolders(text).map((folder) => normalize(join(dirname(path), folder)).replace(/[\\/]$/, "")) : [];
  return { ...nothing, files: [...files], kinds: compiler.test(basename(path)) ? [] : [...kinds], below, isMoved: moves.test(text) };
}

const namespaceImport = /\bimport\s*\*\s*as\s+([\w$]+)\s+from\s*["']([^"'\s]+)["']|\b(?:const|let|var)\s+([\w$]+)\s*=\s*(?:await\s+)?(?:require|import)\s*\(\s*["']([^"'\s]+)["']\s*\)/g;
const handedOn = /\bexport\s*\*\s*(?:as\s+[\w$]+\s+)?from\s*["']([^"'\s]+)["']/g;
const loaded = /(\}\s*=\s*(?:await\s+)?|\b(?:const|let|var)\s+[\w$]+\s*=\s*(?:await\s+)?)?\b(?:require|import)\s*\(\s*["']([^"'\s]+)["']\s*\)(\)?\s*\.)?/g;

/** The modules that a text imports without naming all that it takes from them. */
function asWholeIn(text: string): string[] {
  const whole = [...text.matchAll(handedOn)].map(([, specifier = ""]) => specifier);
  for (const { 0: clause, 1: name, 2: specifier, 3: variable, 4: other, index } of text.matchAll(namespaceImport)) {
    const local = name ?? variable ?? "";
    const rest = text.slice(0, index) + text.slice(index + clause.length);
    const isNamed = [...rest.matchAll(new RegExp(`(?<![\\w$])${local.replaceAll("$", "\\$")}(?![\\w$])`, "g"))].every((use) => /^\s*(?:\?\.|\.)\s*[\w$]/.test(rest.slice(use.index + local.length, use.index + local.length + 20)));
    if (!isNamed) whole.push(specifier ?? other ?? "");
  }
  for (const [, before, specifier = "", after] of text.matchAll(loaded)) if (before === undefined && after === undefined) whole.push(specifier);
  return [...new Set(whole)];
}

/** The scripts that a worker of a browser loads: a build writes them without a space, so that texts are hard to tell from what is between them. */
const loadedScripts = /\bimportScripts\s*\(([^()]{0,400})\)/g;

const runner = /(?:^|[\s/`$])(?:node|nodemon|tsx|ts-node(?:-esm)?|vite-node|bun|deno\s+run)\s/;

/** Whether a line of a comment at the top has the command that runs the file. */
function saysHowItIsRun(text: string, path: string): boolean {
  const head = text.slice(0, 4000);
  const stem = stemOf(path);
  if (!head.includes(`${stem}.`)) return false;
  return head.split("\n").some((line) => {
    const at = line.indexOf(`${stem}.`);
    return at > 0 && /^\s*(?:\/\/|\/?\*)/.test(line) && /[\s/]/.test(line.charAt(at - 1)) && /^\.[cm]?[jt]sx?\b/.test(line.slice(at + stem.length)) && runner.test(line.slice(0, at));
  });
}

/** The folders whose files a package hands out by a pattern (`"./*": "./src/*.ts"`), as they are before a build. */
function exportedFolders(text: string): string[] {
  const table = readJsonc(text)?.["exports"];
  const patterns = [...JSON.stringify(table ?? null).matchAll(/"(\.\/[^"*]*)\*[^"]*"(?!:)/g)].map(([, folder = ""]) => folder);
  return [...new Set(patterns.flatMap((folder) => [folder, folder.replace(/^\.\/(?:dist|build|lib)\/(?:esm\/|cjs\/)?/, "./src/")]))];
}

/** What is longer, in characters, is looked through for imports alone where it is code, and is data where it is settings. */
const longest = { code: 2_000_000, settings: 400_000 };

/** What a file of code says of other files; `null` for what cannot be read. */
export const saidByCode = memoByFile((text, path): Said => (text.length > longest.code ? { ...nothing, specifiers: [...specifiersIn(text)], asWhole: [...specifiersIn(text)] } : saidInCode(text, path)));

/** What settings, containers and scripts of a shell say of files; `null` for what cannot be read. */
export const saidBySettings = memoByFile((text, path) => (text.length > longest.settings ? null : saidInSettings(text, path)));

/** A list of what is exported under the names that it has anyway: none of them is used by that. */
const exportList = /\bexport\s*(?:type\s*)?\{(?![^}]*\sas\s)[^}]*\}/g;

/** What is shorter stands in many a file, as a word or not. */
export const shortestWord = 3;

/** The words of a text that may call something: those in comments and in lists of exports do not. */
export function wordsIn(text: string): Set<string> {
  return new Set(text.replace(commentLines, "").replace(exportList, "").match(/[A-Za-z_$][\w$]{2,}/g));
}

/** The files of a workspace, by how they name others. */
export interface Listed {
  readonly code: string[];
  readonly components: string[];
  readonly settings: string[];
}

/** The files below a folder, without what is built or installed; `null` when there is too much code to look through. */
export function listBelow(root: string): Listed | null {
  const listed: Listed = { code: [], components: [], settings: [] };
  const folders = [root];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const isToBeRead = folder.slice(root.length).split(/[\\/]/).some((step) => ofReaders.test(step));
    let entries;
    try {
      entries = readdirSync(folder, { withFileTypes: true });
    } catch {
      continue;
    }
    for (const entry of entries) {
      const { name } = entry;
      if (entry.isDirectory()) {
        if (!aside.test(name)) folders.push(join(folder, name));
      } else if (entry.isFile()) {
        if (code.test(name)) listed.code.push(join(folder, name));
        else if (component.test(name)) listed.components.push(join(folder, name));
        else if (!isToBeRead && settings.test(name) && !leftOut.test(name) && !ofLookers.test(name) && !isReport(name)) listed.settings.push(join(folder, name));
      }
    }
    if (listed.code.length > most) return null;
  }
  return listed;
}

