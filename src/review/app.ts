import { dirname, join, posix } from "node:path";

import { isObject, type JsonObject } from "../project/json.js";
import { readText } from "../project/disk.js";
import type { Survey, SurveyedEntry } from "./survey.js";

/** A package of the app, by its package.json. */
export interface AppPackage {
  /** From the root, `""` for the root itself. */
  readonly folder: string;
  readonly name: string | null;
  readonly file: string;
  readonly json: JsonObject;
  /** What it needs at run time, with the ranges. */
  readonly dependencies: ReadonlyMap<string, string>;
  readonly devDependencies: ReadonlyMap<string, string>;
  readonly scripts: ReadonlyMap<string, string>;
  /** Those of its own files, without the packages in it. */
  readonly entries: readonly (SurveyedEntry & { readonly file: string })[];
  readonly files: readonly string[];
}

/** A package that is deployed, with the ones of the workspace that it is built on. */
export interface DeployedPackage {
  readonly own: AppPackage;
  readonly entries: number;
  readonly files: readonly string[];
}

/** What the project checks look at. */
export interface App {
  readonly root: string;
  /** From the root, with forward slashes. */
  readonly files: readonly string[];
  /** The files that git keeps; `null` where there is no git. */
  readonly tracked: ReadonlySet<string> | null;
  readonly packages: readonly AppPackage[];
  readonly survey: Survey;
  /** The text of a file, by its path from the root. */
  read(file: string): string | null;
  /** The survey of a file, by its path from the root. */
  surveyOf(file: string): ReturnType<Survey["get"]>;
  /** Whether the text of any code file that is part of the app matches; among the given ones, if any are. */
  says(pattern: RegExp, files?: readonly string[]): boolean;
}

const code = /\.(?:[cm]?[jt]sx?|vue|svelte|astro)$/;

const textsIn = (value: unknown): Map<string, string> =>
  new Map(isObject(value) ? Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === "string") : []);

const folderOf = (file: string): string => (file.includes("/") ? posix.dirname(file) : "");

const isBelow = (file: string, folder: string): boolean => folder === "" || file === folder || file.startsWith(`${folder}/`);

/** Folders whose packages nobody deploys. */
const beside = /(?:^|\/)(?:examples?|templates?|fixtures?|__fixtures__|tests?|__tests__|e2e|docs?|benchmarks?|playgrounds?|demos?|samples?|starters?|(?:demo|example|sample|test)[-_][\w-]+)(?:\/|$)/i;

/** The key of Supabase that pages have: with it, everybody can ask for every table, whether the code names it or not. */
export const pageKey = /SUPABASE_(?:ANON|PUBLISHABLE)\w*KEY|create(?:Pages)?BrowserClient/;

/** The names that the code of an app speaks of, but for where its tables are described. */
export function wordsOf(app: Pick<App, "files" | "surveyOf" | "read">): ReadonlySet<string> {
  const words = new Set<string>();
  for (const file of app.files) {
    const isSchema = (app.surveyOf(file)?.tables.length ?? 0) > 0;
    if (isSchema || !/\.(?:[cm]?[jt]sx?|vue|svelte|astro|json|graphql|gql|html|hbs|ejs|mdx?|py|go|rb|ya?ml)$/.test(file) || /\/(?:migrations?|types?)\/|database\.types|supabase\/types|\.d\.ts$/.test(file)) continue;
    for (const [word] of (app.read(file) ?? "").matchAll(/[A-Za-z_$][\w$]*/g)) words.add(word);
  }
  return words;
}

/** Whether a path belongs to what the app shows or tests itself with, and not to the app. */
export const isBeside = (file: string): boolean => beside.test(file);

export function appOf(root: string, files: readonly string[], survey: Survey, tracked: ReadonlySet<string> | null): App {
  const read = (file: string): string | null => readText(join(root, file));
  const manifests = files.filter((file) => posix.basename(file) === "package.json" && !beside.test(dirname(file)));
  const folders = manifests.map(folderOf).sort((one, other) => other.length - one.length);
  const ownerOf = (file: string): string | undefined => folders.find((folder) => isBelow(file, folder));
  const byFolder = new Map<string, string[]>(folders.map((folder) => [folder, []]));
  for (const file of files) byFolder.get(ownerOf(file) ?? "")?.push(file);
  const surveyOf = (file: string): ReturnType<Survey["get"]> => survey.get(join(root, file));
  const packages = manifests.flatMap((file): AppPackage[] => {
    let json: unknown;
    try {
      json = JSON.parse(read(file) ?? "");
    } catch {
      return [];
    }
    if (!isObject(json)) return [];
    const folder = folderOf(file);
    const own = byFolder.get(folder) ?? [];
    return [
      {
        folder,
        file,
        json,
        name: typeof json["name"] === "string" ? json["name"] : null,
        dependencies: textsIn(json["dependencies"]),
        devDependencies: textsIn(json["devDependencies"]),
        scripts: textsIn(json["scripts"]),
        files: own,
        entries: own.flatMap((each) => (surveyOf(each)?.entries ?? []).map((entry) => ({ ...entry, file: each }))),
      },
    ];
  });
  const isPart = (file: string): boolean => code.test(file) && surveyOf(file)?.role !== "test" && !beside.test(file);
  const says = (pattern: RegExp, among = files): boolean => among.some((file) => isPart(file) && pattern.test(read(file) ?? ""));
  return { root, files, tracked, packages, survey, read, surveyOf, says };
}

/** The packages of the workspace that a package uses, and itself. */
export function packagesBehind(own: AppPackage, { packages }: App): readonly AppPackage[] {
  const found = new Set([own]);
  for (const each of found) {
    for (const other of packages) if (other.name !== null && (each.dependencies.has(other.name) || each.devDependencies.has(other.name))) found.add(other);
  }
  return [...found];
}

/** Whether a package, or one of the workspace that it is built on, depends on any of some others; what the root declares counts for all. */
export const uses = (own: AppPackage, app: App, names: Pick<RegExp, "test">): string | null =>
  [...packagesBehind(own, app), ...app.packages.filter(({ folder }) => folder === "")]
    .flatMap(({ dependencies, devDependencies }) => [...dependencies.keys(), ...devDependencies.keys()])
    .find((name) => names.test(name)) ?? null;

/** A package that others install: it brings no lock and no services of its own. */
export const isLibrary = ({ json }: AppPackage): boolean => json["private"] !== true && ("exports" in json || "main" in json || "module" in json) && "files" in json;

/** The packages that run by themselves and answer requests: those with entries, their own or of what they are built on, that no other one is built on. */
export function deployedPackages(app: App): readonly DeployedPackage[] {
  const behind = app.packages.map((own) => ({ own, parts: packagesBehind(own, app) }));
  return behind
    .filter(({ own }) => !behind.some((other) => other.own !== own && other.parts.includes(own) && !packagesBehind(own, app).includes(other.own)))
    .map(({ own, parts }) => ({ own, entries: parts.reduce((sum, { entries }) => sum + entries.length, 0), files: parts.flatMap(({ files }) => files) }))
    .filter(({ entries }) => entries > 0);
}

/** How many entries make an app the main one of a repository, and which part of that another one has at most to be a small app beside it. */
const small = { entries: 30, part: 0.1 } as const;

/** The files of small apps beside the main one: they share no package with entries with it. */
export function filesAside(app: App): ReadonlySet<string> {
  const deployed = [...deployedPackages(app)].sort((one, other) => other.entries - one.entries);
  const [main] = deployed;
  if (!main || main.entries < small.entries) return new Set();
  const used = new Set(deployed.filter(({ entries }) => entries >= small.part * main.entries).flatMap(({ files }) => files));
  return new Set(deployed.filter(({ entries }) => entries < small.part * main.entries).flatMap(({ own }) => own.files).filter((file) => !used.has(file)));
}

/** The line of a text that matches, from 1; 1 where none does. */
export function lineOf(text: string, pattern: RegExp | string): number {
  const at = typeof pattern === "string" ? text.indexOf(pattern) : text.search(pattern);
  return at === -1 ? 1 : text.slice(0, at).split("\n").length;
}
