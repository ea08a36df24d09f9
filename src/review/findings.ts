import type { RuleDocs } from "../create-rule.js";
import { plugin } from "../plugin.js";
import type { App } from "./app.js";
import { type CheckFinding, checks } from "./checks/index.js";
import type { Report } from "./lint.js";
import type { Endpoint, Exposure, Finding, Impact } from "./model.js";
import { bucketOf, certaintyOf, extents, impactOf, isHalfMade, isLight, isNarrow, scoreOf, urgencyOf, waitingOf } from "./ranking.js";
import type { Reach } from "./reach.js";
import { saidIn } from "./said.js";
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
  return { title: titleOf(docs.description, name), description: docs.description, docs: docs.url ?? "", concern: docs.concern, impact: impactOf(name, docs.concern), urgency: docs.urgency };
}

const background = /(?:^|\/)(?:jobs?|cron|workers?|queues?|tasks?|trigger|inngest|consumers?|processors?)\/|[.-](?:job|cron|worker|queue|task|processor)\.[cm]?[jt]s$/i;

/** Defects that are there for every request, wherever in the app they are written: whoever knows such a secret needs no handler. */
const isAppWide = (report: Report): boolean => {
  const { rule, isUsual } = report;
  const { concern } = subjectOf(rule);
  const said = saidIn(report);
  // The tables are changed when the app starts, whatever it is asked for.
  if (rule === "no-schema-sync") return true;
  return concern === "deployment" && impactOf(rule, concern, isUsual, said) === "takeover" && !/knows it\b|knows the password/.test(said.data["loss"] ?? "");
};

/** Keys of other services, and passwords of their databases, that stand in the code: who has them needs nothing of the app. */
const isOut = ({ rule, kind }: Report): boolean => rule === "no-hardcoded-secret" && /^(?:token|privateKey|serviceRole|address)$/.test(kind);

/** Files that somebody has put aside, and left there. */
const leftOver = /\.(?:backup|bak|old|orig|deprecated)(?:\/|\.[cm]?[jt]sx?$)|[_-](?:old|bak|deprecated)(?:\/|\.[cm]?[jt]sx?$)/i;

const aside: ReadonlySet<FileSurvey["role"]> = new Set(["test", "seed", "script", "generated", "config"]);

function entryAround(line: number, survey: FileSurvey | undefined): SurveyedEntry | null {
  const around = (survey?.entries ?? []).filter((entry) => entry.line <= line && line <= entry.endLine);
  return around.sort((one, other) => one.endLine - one.line - (other.endLine - other.line))[0] ?? null;
}

export interface Surroundings {
  readonly app: App;
  readonly reach: Reach;
  readonly endpoints: readonly Endpoint[];
  /** Whether a file belongs to a small app beside the main one. */
  readonly isAside: (file: string) => boolean;
  /** Who gets at a table that lets strangers in: they do, where pages have the key that opens it. */
  readonly whoUses: (table: string) => "public" | "schema" | "unused";
}

/** How many files with entries must lead to a place for it to be shared. */
const shared = 5;

/** The table that a report about a schema speaks of. */
const tableOf = (message: string): string | null => /`"?(?:\w+\.)?(\w+)"?`/.exec(message)?.[1] ?? null;

function exposureOf(report: Report, entry: SurveyedEntry | null, count: number, { app, endpoints, isAside, whoUses }: Surroundings): Exposure {
  const { rule, file, message } = report;
  const { concern } = subjectOf(rule);
  const impact = impactOf(rule, concern, report.isUsual, saidIn(report));
  const survey = app.surveyOf(file);
  if (/\.(?:prisma|sql)$/.test(file)) {
    // What a schema lets strangers do, they do without the app; to a table that nothing uses, it matters little.
    if (impact !== "takeover") return "schema";
    const table = tableOf(message);
    return table === null ? "public" : whoUses(table);
  }
  // Only a formatter knows no more than the report.
  if (!survey) return "server";
  if (isOut(report) && survey.role !== "test") return "known";
  if (aside.has(survey.role)) return "script";
  if (leftOver.test(file)) return "unused";
  // An account with a known password is open to everybody, whoever makes it.
  if (rule === "no-default-credentials") return "public";
  if (survey.tables.length > 0 && /^data-/.test(concern) && !entry) return "schema";
  if (isAppWide(report)) return survey.role === "client" ? "client" : "everywhere";
  if (impact !== "takeover" && isAside(file)) return "aside";
  // Who is not signed in gets at things or learns them; what merely fails does so for everybody, and a log is read by others.
  const isDoor = concern !== "observability" && /^(?:takeover|disclosure)$/.test(impact);
  if (entry) return isDoor && endpoints.some((endpoint) => endpoint.authentication.presence === "missing" && endpoint.file === file && endpoint.line === entry.line) ? "public" : "entry";
  if (survey.role === "client") return "client";
  if (background.test(file)) return "job";
  if (count >= shared) return "shared";
  return count > 0 ? "reached" : survey.role === "unknown" ? "unknown" : "server";
}

/** Tables of work that is to be done: they are emptied, or can be filled again. */
const isOfJobs = (line: number, file: string, app: App): boolean =>
  [...(app.surveyOf(file)?.tables ?? [])].some((table, index, tables) => table.line <= line && line < (tables[index + 1]?.line ?? Infinity) && table.columns.some(({ name }) => /^(?:attempts?|retry_?count|retries|last_?attempted\w*|locked_?(?:at|by))$/i.test(name)));

/** A report of a rule, with what the app around it says about how much it matters. */
export function findingFrom(report: Report, surroundings: Surroundings): Finding {
  const { app, reach } = surroundings;
  const { concern, urgency } = subjectOf(report.rule);
  const said = saidIn(report);
  const impact = impactOf(report.rule, concern, report.isUsual, said);
  const docs = rules[report.rule]?.meta.docs;
  const entry = entryAround(report.line, app.surveyOf(report.file));
  const count = reach.countAt(report.file, report.line);
  const exposure = exposureOf(report, entry, count, surroundings);
  const certainty = docs ? certaintyOf(docs, report.isUsual) : 1;
  const isLittle = isLight(report.rule, said) || (exposure === "schema" && isOfJobs(report.line, report.file, app));
  const extent = isLittle ? extents.little : isHalfMade(report.rule, said) ? extents.halfMade : extents.whole;
  const { isUsual: _, kind: __, ...rest } = report;
  const due = urgencyOf(urgency, report.isUsual && docs?.presets.recommended !== undefined);
  const finding = { ...rest, source: "rule", concern, impact, exposure, urgency: due, entry: entry && !/^(?:Request|handler)$/.test(entry.name) ? entry.name : null, reachedFrom: count, certainty, extent } as const;
  const score = scoreOf({ impact, exposure, certainty, urgency: due, waiting: waitingOf(impact, exposure), extent });
  return { ...finding, score, bucket: bucketOf(score) };
}

/**
 * The findings, with less weight for failures that are in very few of an app's many handlers.
 *
 * @param hasEntries whether a file has entries
 * @param files how many have
 */
export function weighedByBreadth(findings: readonly Finding[], hasEntries: (file: string) => boolean, files: number): Finding[] {
  const affected = new Map<string, { readonly entries: Set<string>; most: number }>();
  for (const { rule, file, reachedFrom } of findings) {
    const own = affected.get(rule) ?? { entries: new Set<string>(), most: 0 };
    if (hasEntries(file)) own.entries.add(file);
    own.most = Math.max(own.most, reachedFrom);
    affected.set(rule, own);
  }
  return findings.map((finding) => {
    const own = affected.get(finding.rule);
    if (!own || finding.source === "check" || finding.extent < extents.whole || !isNarrow(finding.impact, Math.max(own.entries.size, own.most), files)) return finding;
    const score = Math.round(finding.score * extents.little * 100) / 100;
    return { ...finding, extent: extents.little, score, bucket: bucketOf(score) };
  });
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
  const score = scoreOf({ impact, exposure, certainty, urgency, waiting: waitingOf(impact, exposure), extent: extents.whole });
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
    urgency,
    extent: extents.whole,
    score,
    bucket: bucketOf(score),
  };
}
