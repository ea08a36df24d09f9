import { type Orm, orms, type Part, type Word } from "../../knowledge/orms.js";
import { currentPass, fileFacts } from "../../project/file.js";
import { namesPackage, specifiersOf } from "../../project/named-packages.js";
import { packagesAround } from "../../project/package-json.js";
import { packageName, packageRoot } from "../../project/package-name.js";
import { packagesFor } from "../../project/packages-behind.js";
import type { Origin } from "../../syntax/provenance.js";
import { reachesOut } from "../../syntax/outside.js";
import type { Source as Code } from "../../syntax/source.js";
import { roleOf } from "../program/file-role.js";

/** What stands for a table's name in a path: a member, the first argument of a call, or the first type argument. */
type ModelKind = "member" | "argument" | "type";

interface Step {
  /** `null` for any name. */
  readonly name: string | null;
  readonly model: ModelKind | null;
}

interface Path {
  readonly text: string;
  readonly steps: readonly Step[];
}

const stepPattern = /<#>\(\)|\(#\)|\(\d*\)|#|[\w$]+/g;

function stepOf(text: string): Step {
  if (text === "#") return { name: null, model: "member" };
  if (text === "(#)") return { name: "()", model: "argument" };
  if (text === "<#>()") return { name: "()", model: "type" };
  return { name: text, model: null };
}

const parsePath = (text: string): Path => ({ text, steps: [...text.matchAll(stepPattern)].map(([step]) => stepOf(step)) });

const startsAt = (path: Path, steps: readonly string[], at: number): boolean =>
  at + path.steps.length <= steps.length && path.steps.every(({ name }, index) => name === null || name === steps[at + index]) && isMember(path, steps, at);

/** A `#` stands for a member's name, not for a call. */
const isMember = (path: Path, steps: readonly string[], at: number): boolean =>
  path.steps.every(({ model }, index) => model !== "member" || !/^[([]/.test(steps[at + index] as string));

interface Route {
  readonly path: Path;
  readonly part: string;
}

interface Source {
  readonly orm: Orm;
  readonly route: Route;
}

/** Longer paths first, and a name before any name. */
const byLength = (one: Path, other: Path): number =>
  other.steps.length - one.steps.length || Number(one.steps.some(({ model }) => model === "member")) - Number(other.steps.some(({ model }) => model === "member"));

const sources = new Map<string, Source[]>();
const families = new Map<string, Source[]>();
const routes = new Map<Part, Route[]>();

/** The names of all calls that a query can end with, of those that can begin one, and of those that make a builder send one. */
interface Vocabulary {
  readonly last: Set<string>;
  readonly first: Set<string>;
  readonly running: Set<string>;
  /** Whether a template may be tagged with an object of the library. */
  tags: boolean;
}

const vocabulary = (): Vocabulary => ({ last: new Set(), first: new Set(), running: new Set(), tags: false });

/** What is asked about in every file, and what only in those that a library can have come to. */
const general = vocabulary();
const special = new Map<Orm, Vocabulary>(orms.flatMap((orm) => (orm.commonWords ? [[orm, vocabulary()]] : [])));

/** The same for those libraries whose queries do not throw. */
const answeringWords = new Set<string>();

/** Words to which no row is an error, each with the one to which it is none. */
const gentlerWords = new Map<string, string>();

for (const orm of orms) {
  const { last, first, running } = special.get(orm) ?? general;
  for (const [name, part] of Object.entries(orm.parts)) {
    for (const [module, paths] of Object.entries(part.from ?? {})) {
      const [table, key] = module.endsWith("/*") ? [families, module.slice(0, -2)] : [sources, module];
      const known = table.get(key) ?? [];
      table.set(key, [...known, ...paths.map((path) => ({ orm, route: { path: parsePath(path), part: name } }))]);
    }
    const leads = Object.entries(part.leadsTo ?? {}).map(([path, target]) => ({ path: parsePath(path), part: target }));
    routes.set(part, leads.sort((one, other) => byLength(one.path, other.path)));
    const told = (part.runs ?? orm.runs) === "when-told";
    if (part.tagged) (special.get(orm) ?? general).tags = true;
    for (const [word, { builds }] of Object.entries(part.operations ?? {})) if (!told && builds === undefined) first.add(word);
    if (orm.failure === "returns-error") for (const word of Object.keys({ ...part.operations, ...part.clauses })) answeringWords.add(word);
    for (const [word, { runs, orNone }] of Object.entries(part.clauses ?? {})) {
      last.add(word);
      if (orNone !== undefined) gentlerWords.set(word, orNone);
      if (told && runs) running.add(word);
    }
  }
}

const none: readonly Source[] = [];

function familyOf(module: string): readonly Source[] {
  for (let end = module.lastIndexOf("/"); end > 0; end = module.lastIndexOf("/", end - 1)) {
    const family = families.get(module.slice(0, end));
    if (family) return family;
  }
  return none;
}

const sourcesOf = (module: string): readonly Source[] => sources.get(module) ?? familyOf(module);

/** Whether a package, given with the path within it, hands out clients of a database. */
export const isDatabasePackage = (module: string): boolean => sources.has(module) || familyOf(module).length > 0;

const packagesOf = ({ parts }: Orm): string[] => [...new Set(Object.values(parts).flatMap(({ from = {} }) => Object.keys(from).map(packageRoot)))];

const browserPackages: ReadonlySet<string> = new Set(orms.filter(({ inBrowser }) => inBrowser).flatMap(packagesOf));

/** Whether a file runs in a browser, in a workspace without a client that works there. */
function isFarFromDatabase(source: Code): boolean {
  const facts = roleOf(source) === "client" ? fileFacts(source) : null;
  const declared = facts && packagesAround(facts.filename);
  return declared !== null && ![...browserPackages].some((name) => declared.has(name)) && !namesPackage(browserPackages, source);
}

let lastReach: { readonly ast: Code["ast"]; readonly pass: number; readonly answer: boolean } | null = null;

/** Whether a file can have a client of a database at all, going by what it is and what its workspace declares: a cheap first look. */
export function mayReachDatabase(source: Code): boolean {
  const { ast } = source;
  const pass = currentPass();
  if (lastReach?.ast !== ast || lastReach.pass !== pass) lastReach = { ast, pass, answer: reachesOut(source) && !isFarFromDatabase(source) };
  return lastReach.answer;
}

/** The libraries of common words whose packages an import, or a module behind one, names. */
function specialIn(source: Code): ReadonlySet<Orm> {
  const found = new Set<Orm>();
  for (const module of packagesFor(source, isDatabasePackage)) for (const { orm } of sourcesOf(module)) if (orm.commonWords) found.add(orm);
  return found;
}

/** The vocabularies of sets of libraries, by their names. */
const joinedVocabularies = new Map<string, Vocabulary>();

function vocabularyFor(libraries: ReadonlySet<Orm>): Vocabulary {
  if (libraries.size === 0) return general;
  const key = [...libraries].map(({ name }) => name).sort().join();
  let joined = joinedVocabularies.get(key);
  if (!joined) {
    const parts = [general, ...[...libraries].map((orm) => special.get(orm) ?? general)];
    joined = { last: new Set(parts.flatMap(({ last }) => [...last])), first: new Set(parts.flatMap(({ first }) => [...first])), running: new Set(parts.flatMap(({ running }) => [...running])), tags: parts.some(({ tags }) => tags) };
    joinedVocabularies.set(key, joined);
  }
  return joined;
}

const vocabularies = new WeakMap<Code["ast"], { readonly pass: number; readonly words: Vocabulary }>();

function vocabularyOf(source: Code): Vocabulary {
  const pass = currentPass();
  const known = vocabularies.get(source.ast);
  if (known?.pass === pass) return known.words;
  const words = vocabularyFor(specialIn(source));
  vocabularies.set(source.ast, { pass, words });
  return words;
}

/** The packages that each library of common words comes in. */
const specialPackages = new Map([...special.keys()].map((orm) => [orm, packagesOf(orm)]));

const everyWord = vocabularyFor(new Set(special.keys()));

/** The words of the libraries that a workspace declares, by what it declares. */
const declaredWords = new WeakMap<ReadonlySet<string>, Vocabulary>();

const isSpecial = (specifier: string): boolean => sourcesOf(packageName(specifier)).some(({ orm }) => orm.commonWords);

/** Whether what a package declares does not tell: the file imports what it does not, or is Deno's, which takes packages from addresses. */
const takesUndeclared = (source: Code): boolean => {
  for (const specifier of specifiersOf(source)) if (isSpecial(specifier)) return true;
  return roleOf(source) === "edge";
};

const possible = new WeakMap<Code["ast"], { readonly pass: number; readonly words: Vocabulary }>();

/** The words of all libraries that a file can have come to, going by what its workspace declares. */
function possibleWords(source: Code): Vocabulary {
  const pass = currentPass();
  const known = possible.get(source.ast);
  if (known?.pass === pass) return known.words;
  const facts = fileFacts(source);
  const declared = facts && packagesAround(facts.filename);
  const words = !declared || takesUndeclared(source) ? everyWord : wordsOfDeclared(declared);
  possible.set(source.ast, { pass, words });
  return words;
}

function wordsOfDeclared(declared: ReadonlySet<string>): Vocabulary {
  let words = declaredWords.get(declared);
  if (!words) {
    words = vocabularyFor(new Set([...specialPackages].filter(([, names]) => names.some((name) => declared.has(name))).map(([orm]) => orm)));
    declaredWords.set(declared, words);
  }
  return words;
}

/**
 * Whether a test holds for the words of a file. Most names are nobody's, or those of a library that the workspace does not have, and need
 * no look at what the file imports.
 */
const holds = (source: Code, test: (words: Vocabulary) => boolean): boolean =>
  test(general) || (test(everyWord) && test(possibleWords(source)) && test(vocabularyOf(source)));

/** Whether a call of that name may end a query. Cheap, and true of names that mean something else most of the time. */
export const mayEndQuery = (name: string, source: Code): boolean => holds(source, ({ last, first }) => last.has(name) || first.has(name));

/** Whether a call of that name may begin a query. */
export const mayBeginQuery = (name: string, source: Code): boolean => holds(source, ({ first }) => first.has(name));

/** Whether a template in a file may be a query by its tag. */
export const mayTagQuery = (source: Code): boolean => holds(source, ({ tags }) => tags);

/** Whether a call of that name may tell a builder that is kept in a variable to run. */
export const mayRunQuery = (name: string, source: Code): boolean => holds(source, ({ running }) => running.has(name));

/** Whether a call of that name may end a query that comes to an object with an error, where others would throw. */
export const mayAnswerWithError = (name: string): boolean => answeringWords.has(name);

/** What to ask with instead of a word to which no row is an error; `null` for every other word. */
export const gentlerWord = (name: string): string | null => gentlerWords.get(name) ?? null;

/** A place on the way from a package to a query. */
export interface Located {
  readonly orm: Orm;
  readonly partName: string;
  readonly part: Part;
  /** How many steps lead here. */
  readonly at: number;
  /** How many steps lead to the first object of the library: the client. */
  readonly client: number;
  /** The step that names the table, and how. */
  readonly model: { readonly at: number; readonly kind: ModelKind } | null;
  /** The callback parameter, of those on the way, that a transaction hands out. */
  readonly handle: boolean;
}

const modelIn = (path: Path, at: number): Located["model"] => {
  const index = path.steps.findIndex(({ model }) => model !== null);
  return index === -1 ? null : { at: at + index, kind: path.steps[index]?.model as ModelKind };
};

const opensTransaction = (orm: Orm, partName: string, path: Path): boolean =>
  orm.transactions.some((api) => {
    if (!api.on.includes(partName)) return false;
    return api.as === "callback" ? path.text === `${api.path}(0)` : api.as === "region" && api.handle === "result" && path.text === `${api.begin}()`;
  });

const isHandleType = (orm: Orm, module: string, path: Path): boolean => {
  const types = orm.handleTypes?.[module] ?? orm.handleTypes?.[`${module.slice(0, module.lastIndexOf("/"))}/*`] ?? orm.handleTypes?.[`${module}/*`];
  return types?.includes(path.text) ?? false;
};

function begin({ module, steps }: Pick<Origin, "module" | "steps">): Located | null {
  let best: Source | null = null;
  for (const candidate of sourcesOf(module)) {
    if (startsAt(candidate.route.path, steps, 0) && (!best || byLength(candidate.route.path, best.route.path) < 0)) best = candidate;
  }
  const part = best?.orm.parts[best.route.part];
  if (!best || !part) return null;
  const { orm, route } = best;
  const at = route.path.steps.length;
  return { orm, partName: route.part, part, at, client: at, model: modelIn(route.path, 0), handle: isHandleType(orm, module, route.path) };
}

/**
 * Follows an origin as far as it leads through objects of a database library, and no further than to what a query starts from.
 *
 * @returns the last of these objects, or `null` for an origin that is none.
 */
export function locate(origin: Pick<Origin, "module" | "steps">): Located | null {
  const { steps } = origin;
  let here = begin(origin);
  while (here && here.at < steps.length) {
    const { at, part, orm, partName } = here;
    // A template that is tagged with the object itself.
    if (part.tagged && steps[at] === "()" && at === steps.length - 1) return here;
    const operation = steps[at + 1] === "()" ? operationOf(here, steps[at] as string) : null;
    const row = operation?.gives === undefined ? null : rowAfter(here, steps);
    if (operation && !row) return here;
    if (row) {
      here = row;
      continue;
    }
    const route = routes.get(part)?.find(({ path }) => startsAt(path, steps, at));
    const next = route && orm.parts[route.part];
    if (!next) return here;
    here = {
      ...here,
      partName: route.part,
      part: next,
      at: at + route.path.steps.length,
      model: modelIn(route.path, at) ?? here.model,
      handle: here.handle || opensTransaction(orm, partName, route.path),
    };
  }
  return here;
}

/** The row that a query comes to, where something is done with it after the last word of the query. */
function rowAfter(here: Located, steps: readonly string[]): Located | null {
  let at = here.at + 2;
  while (steps[at + 1] === "()" && clauseOf(here, steps[at] as string)) at += 2;
  const partName = operationOf(here, steps[here.at] as string)?.gives ?? "";
  const part = here.orm.parts[partName];
  if (!part || at >= steps.length) return null;
  const isOfRow = operationOf({ part }, steps[at] as string) !== null || (steps[at] === "then" && steps[at + 1] === "(0)");
  return isOfRow ? { ...here, partName, part, at } : null;
}

const untracedParts = orms.flatMap((orm) =>
  Object.entries(orm.parts).flatMap(([partName, part]) => (part.untraced ? [{ orm, partName, part, module: Object.keys(part.from ?? {})[0] ?? "" }] : [])),
);

/** The part that a statement in SQL is sent by where nothing is known of the object, in a file that imports a driver; `null` without one. */
export function untracedPart(name: string, source: Code): (Located & { readonly module: string }) | null {
  const found = untracedParts.find(({ part, module }) => operationOf({ part }, name)?.sql && specifiersOf(source).has(module));
  return found ? { ...found, at: 0, client: 0, model: null, handle: false } : null;
}

/** The word of a part that begins a query, or continues one. */
export const operationOf = ({ part }: Pick<Located, "part">, name: string): Word | null =>
  part.operations && Object.hasOwn(part.operations, name) ? (part.operations[name] ?? null) : null;

export const clauseOf = ({ part }: Pick<Located, "part">, name: string): Word | null =>
  part.clauses && Object.hasOwn(part.clauses, name) ? (part.clauses[name] ?? null) : null;

/** Whether an origin is a client or another object that queries start from, and nothing that has come of a query. */
export function isDatabaseObject(origin: Pick<Origin, "module" | "steps">): boolean {
  const located = locate(origin);
  return located?.at === origin.steps.length && !located.part.row;
}
