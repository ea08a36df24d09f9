import { readdirSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";

import manifest from "../../package.json" with { type: "json" };
import { plugin } from "../plugin.js";
import { isObject } from "../project/json.js";
import { type App, appOf, filesAside, pageKey, wordsOf } from "./app.js";
import { authReviewOf, endpointsOf } from "./auth.js";
import { checks, runChecks } from "./checks/index.js";
import { compared, readReview } from "./compare.js";
import { coverageOf } from "./coverage.js";
import { filesOf } from "./files.js";
import { findingFrom, findingOfCheck, mergedOnce, type Surroundings, weighedByBreadth } from "./findings.js";
import { changedSince, commitOf, folderInRepository, trackedFiles } from "./git.js";
import { issuesOf, settled } from "./issues.js";
import { lint, type LintRun } from "./lint.js";
import { withoutKeys } from "./mask.js";
import { schemaUrl } from "./links.js";
import { type Bucket, type Issue, type Review, ReviewError } from "./model.js";
import { planOf } from "./plan.js";
import { bucketNames } from "./ranking.js";
import { reachIn } from "./reach.js";
import { counted } from "./titles.js";
import { isTelling, textWithout } from "./secrets.js";
import { startCheckOf, timingOf, trackerOf } from "./tools.js";

export interface ReviewOptions {
  readonly path: string;
  /** Uses the project's own ESLint configuration. */
  readonly ownConfig: boolean;
  /** Names of rules and checks; all of them when empty. */
  readonly only: readonly string[];
  readonly since: string | null;
  /** A file with an earlier review. */
  readonly compare: string | null;
  readonly onProgress: (done: number, total: number) => void;
  readonly signal: AbortSignal;
}

function folderAt(path: string): string {
  const absolute = resolve(path);
  const stats = statSync(absolute, { throwIfNoEntry: false });
  if (!stats) throw new ReviewError(`There is nothing at ${path}.`);
  if (!stats.isDirectory()) throw new ReviewError(`${path} is a file. A review is of a whole app: give it the folder, ${dirname(path)}.`);
  try {
    readdirSync(absolute);
  } catch (error) {
    throw new ReviewError(`${path} cannot be read: ${(error as Error).message}`, { cause: error });
  }
  return realpathSync(absolute);
}

function wantedOf(only: readonly string[]): ReadonlySet<string> {
  const unknown = only.filter((name) => !Object.hasOwn(plugin.rules, name) && !checks.some((check) => check.name === name));
  if (unknown.length > 0) throw new ReviewError(`No rule or check is called ${unknown.join(" or ")}.`);
  return new Set(only);
}

const isRead = /\.(?:[cm]?[jt]sx?|prisma|sql|vue|svelte|astro)$/;

export const summaryOf = (issues: readonly Issue[]): Review["summary"] => {
  const count = (bucket: Bucket): Review["summary"][Bucket] => ({
    issues: issues.filter((issue) => issue.bucket === bucket).length,
    findings: issues.filter((issue) => issue.bucket === bucket).reduce((sum, issue) => sum + issue.findings.length, 0),
  });
  return { now: count("now"), next: count("next"), wait: count("wait") };
};

/** What the places of an app are judged by. */
function surroundingsOf(app: App, endpoints: Surroundings["endpoints"]): Surroundings {
  const besides = filesAside(app);
  let words: ReadonlySet<string> | null = null;
  return { app, reach: reachIn(app), endpoints, isAside: (file) => besides.has(file), whoUses: (table) => ((words ??= wordsOf(app)).has(table) ? "public" : app.says(pageKey) ? "schema" : "unused") };
}

/** Takes the secrets that rules have found out of a text of a file: its own, and those of others that can be told from what is none. */
function hiding({ secrets }: LintRun): (file: string, text: string) => string {
  const telling = new Set([...secrets.values()].flatMap((texts) => [...texts]).filter(isTelling));
  return (file, text) => textWithout(secrets.get(file) ?? [], textWithout(telling, text));
}

/** Reviews the app in a folder. */
export async function review(options: ReviewOptions): Promise<Review> {
  const started = Date.now();
  const root = folderAt(options.path);
  const previous = options.compare === null ? null : readReview(options.compare);
  const only = wantedOf(options.only);
  const changed = options.since === null ? null : changedSince(root, options.since);
  const { all, linted, unreadable, unsure } = filesOf(root);
  if (!all.some((file) => isRead.test(file)) && !all.includes("package.json")) {
    throw new ReviewError(`There is no JavaScript, TypeScript, Prisma schema or SQL in ${options.path} that git does not ignore: nothing to review.`);
  }

  const run = await lint({ root, files: linted, ownConfig: options.ownConfig, only, onProgress: options.onProgress, signal: options.signal });
  const app = appOf(root, all, run.survey, trackedFiles(root));
  const endpoints = endpointsOf(app);
  const surroundings = surroundingsOf(app, endpoints);
  const hide = hiding(run);
  const reports = mergedOnce(
    run.reports
      .filter(({ file }) => changed === null || changed.has(file))
      .map((report) => ({ ...report, message: hide(report.file, report.message), excerpt: { ...report.excerpt, lines: report.excerpt.lines.map((line) => hide(report.file, line)) } })),
    app,
    (report) => findingFrom(report, surroundings),
  );
  const everything = [...reports.map((report) => findingFrom(report, surroundings)), ...runChecks(app, only, (file, text) => hide(file, withoutKeys(text))).map(findingOfCheck)];
  const { reach } = surroundings;
  const hasEntries = (file: string): boolean => (app.surveyOf(file)?.entries.length ?? 0) > 0;
  const findings = settled(weighedByBreadth(everything, hasEntries, reach.files).filter(({ file }) => changed === null || changed.has(file))).sort((one, other) => other.score - one.score || one.file.localeCompare(other.file) || one.line - other.line);

  const surveys = [...run.survey.values()];
  const entries = surveys.reduce((sum, survey) => sum + survey.entries.length, 0);
  const tables = surveys.reduce((sum, survey) => sum + survey.tables.length, 0);
  const issues = issuesOf(findings, { entryFiles: reach.files, tables });
  const notes: string[] = [...run.notes];
  if (unsure !== null && !options.ownConfig) notes.push(`\`ignores\` of ${unsure} are not all plain texts: what the others leave out was looked at. With \`--config\`, which runs it, they hold.`);
  for (const { file, json } of app.packages) {
    const odd = ["dependencies", "devDependencies", "scripts"].filter((key) => key in json && !isObject(json[key]));
    if (odd.length > 0) notes.push(`${odd.map((key) => `\`${key}\``).join(" and ")} of ${file} ${odd.length === 1 ? "is no object" : "are no objects"}: what rests on ${odd.length === 1 ? "it" : "them"} was left out.`);
  }
  if (unreadable.length > 0) notes.push(`${counted(unreadable.length, "folder")} could not be opened: ${unreadable.slice(0, 3).join(", ")}.`);
  const broken = all.filter((file) => basename(file) === "package.json").length - app.packages.length;
  if (app.packages.length === 0) notes.push(broken > 0 ? "package.json cannot be read as JSON: what rests on dependencies and versions was left out." : "There is no package.json: what rests on dependencies and versions was left out.");
  if (changed !== null) notes.push(`Only what is in the ${counted(changed.size, "file")} that changed since ${options.since ?? ""} is listed.`);

  const name = app.packages.find(({ folder }) => folder === "")?.name ?? basename(root);
  if (previous && previous.target.name !== name) notes.push(`What this is compared with is a review of ${previous.target.name}.`);

  return {
    $schema: schemaUrl,
    version: 1,
    tool: { name: manifest.name, version: manifest.version, eslint: run.eslint, node: process.version },
    target: { name, path: options.path, folder: folderInRepository(root), commit: commitOf(root), since: options.since },
    date: new Date(started).toISOString(),
    seconds: Math.round((Date.now() - started) / 100) / 10,
    size: { files: all.length, linted: run.linted, lines: run.lines, entries, tables, packages: app.packages.length },
    summary: summaryOf(issues),
    issues,
    findings,
    plan: planOf(issues, findings, options.path, app.packages.some(({ dependencies, devDependencies }) => dependencies.has("eslint") || devDependencies.has("eslint"))),
    good: coverageOf(app, endpoints, { tracker: trackerOf(app), timing: timingOf(app), start: startCheckOf(app) }),
    auth: authReviewOf(app, issues, endpoints),
    suppressed: { comments: run.suppressedByComment, list: run.suppressedByList },
    notes,
    comparison: previous && compared(previous, findings, ({ rule, file }) => (only.size === 0 || only.has(rule)) && (changed === null || changed.has(file))),
  };
}

/** Whether a review has anything as urgent as that. */
export const hasUrgent = ({ issues }: Review, limit: "now" | "next"): boolean =>
  issues.some(({ bucket }) => bucketNames.indexOf(bucket) <= bucketNames.indexOf(limit));
