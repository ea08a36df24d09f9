import { join } from "node:path";

import type { RuleDocs } from "../create-rule.js";
import { plugin } from "../plugin.js";
import type { App } from "./app.js";
import { type CheckFinding, checks } from "./checks/index.js";
import type { Report } from "./lint.js";
import type { Endpoint, Exposure, Finding, Impact } from "./model.js";
import { bucketOf, certaintyOf, impactOf, scoreOf, waitingOf } from "./ranking.js";
import type { FileSurvey, SurveyedEntry } from "./survey.js";
import { counted, titleOf } from "./titles.js";

/** What a rule or a check says of itself, as far as the review asks. */
export interface Subject {
  readonly title: string;
  readonly description: string;
  readonly docs: string;
  readonly concern: RuleDocs["concern"];
  readonly impact: Impact;
  readonly urgency: RuleDocs["urgency"];
}

const rules = plugin.rules as Readonly<Record<string, { readonly meta: { readonly docs?: RuleDocs & { readonly url?: string } } }>>;

/** A rule or check by its name. */
export function subjectOf(name: string): Subject {
  const check = checks.find((each) => each.name === name);
  if (check) return check;
  const docs = rules[name]?.meta.docs;
  if (!docs) throw new Error(`no rule or check is called ${name}`);
  return { title: titleOf(docs.description), description: docs.description, docs: docs.url ?? "", concern: docs.concern, impact: impactOf(name, docs.concern), urgency: docs.urgency };
}

/** For each file, the files with entries that lead to it. */
export function reachedFrom(app: App): ReadonlyMap<string, ReadonlySet<string>> {
  const reached = new Map<string, Set<string>>();
  for (const [start, { entries }] of app.survey) {
    if (entries.length === 0) continue;
    const seen = new Set([start]);
    for (const file of seen) {
      for (const target of app.survey.get(file)?.imports ?? []) if (app.survey.has(target)) seen.add(target);
      if (seen.size > 1_500) break;
    }
    for (const file of seen) if (file !== start) reached.set(file, (reached.get(file) ?? new Set()).add(start));
  }
  return reached;
}

const background = /(?:^|\/)(?:jobs?|cron|workers?|queues?|tasks?|trigger|inngest|consumers?|processors?)\/|[.-](?:job|cron|worker|queue|task|processor)\.[cm]?[jt]s$/i;

/** Defects that are there for every request, wherever in the app they are written. */
const isAppWide = ({ rule, isUsual }: Report): boolean => {
  const { concern } = subjectOf(rule);
  return concern === "deployment" && impactOf(rule, concern, isUsual) === "takeover";
};

const aside: ReadonlySet<FileSurvey["role"]> = new Set(["test", "seed", "script", "generated", "config"]);

function entryAround(line: number, survey: FileSurvey | undefined): SurveyedEntry | null {
  const around = (survey?.entries ?? []).filter((entry) => entry.line <= line && line <= entry.endLine);
  return around.sort((one, other) => one.endLine - one.line - (other.endLine - other.line))[0] ?? null;
}

interface Surroundings {
  readonly app: App;
  readonly reached: ReadonlyMap<string, ReadonlySet<string>>;
  readonly endpoints: readonly Endpoint[];
}

function exposureOf(report: Report, entry: SurveyedEntry | null, { app, reached, endpoints }: Surroundings): Exposure {
  const { rule, file } = report;
  const survey = app.surveyOf(file);
  // What a schema lets strangers do, they do without the app.
  if (/\.(?:prisma|sql)$/.test(file)) return impactOf(rule, subjectOf(rule).concern) === "takeover" ? "public" : "schema";
  // Only a formatter knows no more than the report.
  if (!survey) return "server";
  if (aside.has(survey.role)) return "script";
  if (survey.tables.length > 0 && /^data-/.test(subjectOf(rule).concern) && !entry) return "schema";
  if (isAppWide(report)) return survey.role === "client" ? "client" : "everywhere";
  // Who is not signed in gets at things or learns them; what merely fails does so for everybody, and a log is read by others.
  const { concern } = subjectOf(rule);
  const isDoor = concern !== "observability" && /^(?:takeover|disclosure)$/.test(impactOf(rule, concern, report.isUsual));
  if (entry) return isDoor && endpoints.some((endpoint) => endpoint.authentication.presence === "missing" && endpoint.file === file && endpoint.line === entry.line) ? "public" : "entry";
  if (survey.role === "client") return "client";
  if (background.test(file)) return "job";
  return reached.has(join(app.root, file)) ? "reached" : survey.role === "unknown" ? "unknown" : "server";
}

/** A report of a rule, with what the app around it says about how much it matters. */
export function findingFrom(report: Report, surroundings: Surroundings): Finding {
  const { app, reached } = surroundings;
  const { concern, urgency } = subjectOf(report.rule);
  const impact = impactOf(report.rule, concern, report.isUsual);
  const docs = rules[report.rule]?.meta.docs;
  const entry = entryAround(report.line, app.surveyOf(report.file));
  const exposure = exposureOf(report, entry, surroundings);
  const certainty = docs ? certaintyOf(docs, report.isUsual) : 1;
  const score = scoreOf({ impact, exposure, certainty, urgency, waiting: waitingOf(impact, exposure) });
  const { isUsual: _, kind: __, ...rest } = report;
  return { ...rest, source: "rule", concern, impact, exposure, entry: entry && !/^(?:Request|handler)$/.test(entry.name) ? entry.name : null, reachedFrom: reached.get(join(app.root, report.file))?.size ?? 0, certainty, score, bucket: bucketOf(score) };
}

/** What is missing once in an app, and shows wherever it would have helped. */
const missingOnce: Readonly<Record<string, string>> = { "no-unhandled-external-call": "implicit" };

/** The reports, but for those that one change for the whole package mends: of these, the worst one stands for all. */
export function mergedOnce(reports: readonly Report[], app: App, judge: (report: Report) => Pick<Finding, "score" | "reachedFrom">): Report[] {
  const ownerOf = (file: string): string => app.packages.find(({ files }) => files.includes(file))?.folder ?? "";
  const groups = new Map<string, Report[]>();
  for (const report of reports) {
    if (missingOnce[report.rule] !== report.kind) continue;
    const key = `${report.rule} ${ownerOf(report.file)}`;
    groups.set(key, [...(groups.get(key) ?? []), report]);
  }
  const kept = new Map<Report, string>();
  for (const group of groups.values()) {
    const [first] = group.map((report) => ({ report, ...judge(report) })).sort((one, other) => other.score - one.score || other.reachedFrom - one.reachedFrom);
    if (first) kept.set(first.report, group.length === 1 ? "" : ` It shows in ${counted(group.length - 1, "other place")} as well.`);
  }
  return reports.flatMap((report) => {
    if (missingOnce[report.rule] !== report.kind) return [report];
    const more = kept.get(report);
    return more === undefined ? [] : [{ ...report, message: report.message + more }];
  });
}

/** A report of a project check, in the same shape. */
export function findingOfCheck({ report, check, ...place }: CheckFinding): Finding {
  const { concern, impact, urgency, certainty } = check;
  const { exposure = "everywhere" } = report;
  const score = scoreOf({ impact, exposure, certainty, urgency, waiting: waitingOf(impact, exposure) });
  return {
    ...place,
    rule: check.name,
    source: "check",
    concern,
    file: report.file,
    line: report.line ?? 1,
    column: 1,
    endLine: report.line ?? 1,
    endColumn: 1,
    message: report.message,
    remedy: "person",
    impact,
    exposure,
    entry: null,
    reachedFrom: 0,
    certainty,
    score,
    bucket: bucketOf(score),
  };
}
