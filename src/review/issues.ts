import { createHash } from "node:crypto";
import { posix } from "node:path";

import { subjectOf } from "./findings.js";
import type { Bucket, Finding, Issue } from "./model.js";
import { bucketNames, exposures, impacts, thresholds, waitingOf } from "./ranking.js";
import { among } from "../semantics/program/wording.js";
import { isSaidBy } from "./said.js";
import { counted, titlesByKind } from "./titles.js";

/** What is missing once in a project, and the rules that report each place where that shows. */
const rootCauses: Readonly<Record<string, readonly string[]>> = {
  "require-logger": ["prefer-structured-logger"],
  "require-migrations": [],
};

/** Rules that report the same habit: who takes the error from a result once does it for both. */
const habits: Readonly<Record<string, string>> = { "no-unchecked-existence-read": "no-unchecked-result-error" };

const isBelow = (file: string, folder: string): boolean => folder === "." || file.startsWith(`${folder}/`);

/** The finding of a check that explains a finding of a rule. */
const causeOf = (finding: Finding, checks: readonly Finding[]): Finding | undefined =>
  checks.find((check) => rootCauses[check.rule]?.includes(finding.rule) && isBelow(finding.file, posix.dirname(check.file)));

/** How near to a bucket a finding must be to join others of its rule there: who mends those mends it as well. */
const near = 0.8;

/** The findings with the buckets that they have among the others of their rule. */
export function settled(findings: readonly Finding[]): Finding[] {
  const has = new Set(findings.map(({ rule, bucket }) => `${rule} ${bucket}`));
  return findings.map((finding) => {
    const upper = finding.bucket === "wait" ? "next" : "now";
    const joins = finding.bucket !== "now" && has.has(`${finding.rule} ${upper}`) && finding.score >= near * thresholds[upper];
    return joins ? { ...finding, bucket: upper } : finding;
  });
}

/** Findings that go away with one change, or with the same change made in several places. */
function grouped(findings: readonly Finding[]): Finding[][] {
  const checks = findings.filter(({ source }) => source === "check");
  const groups = new Map<string, Finding[]>();
  const has = new Set(findings.map(({ rule, bucket }) => `${rule} ${bucket}`));
  for (const finding of findings) {
    const cause = finding.source === "rule" ? causeOf(finding, checks) : undefined;
    const habit = `${habits[finding.rule] ?? ""} ${finding.bucket}`;
    const key = cause ? `${cause.rule} ${cause.bucket}` : has.has(habit) ? habit : `${finding.rule} ${finding.bucket}`;
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  return [...groups.values()];
}

const bySource = { check: 0, rule: 1 } as const;

/** The title of a finding's own kind, where that is more to the point than its rule's. */
const kindTitle = ({ rule, message }: Finding): string | null => Object.entries(titlesByKind[rule] ?? {}).find(([kind]) => isSaidBy(rule, kind, message))?.[1] ?? null;

const worstFirst = (one: Finding, other: Finding): number =>
  bySource[one.source] - bySource[other.source] || Number(one.rule in habits) - Number(other.rule in habits) || other.score - one.score || Number(kindTitle(other) !== null) - Number(kindTitle(one) !== null) || other.reachedFrom - one.reachedFrom || one.file.localeCompare(other.file) || one.line - other.line;

/** The places of an issue, as one would say them. */
function placesOf(findings: readonly Finding[]): string {
  const said = ({ entry, file }: Finding): string => (entry === null ? `\`${file}\`` : `\`${entry}\` in \`${file}\``);
  const [first] = findings;
  if (!first) return "";
  if (findings.length === 1) return `It is ${exposures[first.exposure].said}: ${said(first)}.`;
  const files = new Set(findings.map(({ file }) => file)).size;
  const others = [...new Set(findings.map(said))].filter((each) => each !== said(first));
  const head = `${counted(findings.length, "place")} in ${counted(files, "file")}. The worst is ${exposures[first.exposure].said}: ${said(first)}.`;
  return others.length === 0 ? head : `${head} Then ${among(others, 2)}.`;
}

function whyOf(findings: readonly Finding[], entryFiles: number, tables: number): string {
  const [first] = findings;
  if (!first) return "";
  const { urgency, concern } = subjectOf(first.rule);
  const said: string[] = [];
  const rules = findings.filter(({ source }) => source === "rule");
  if (first.source === "check") {
    said.push(first.message);
    if (rules.length > 0) said.push(`It shows in ${counted(rules.length, "place")} in ${counted(new Set(rules.map(({ file }) => file)).size, "file")}.`);
    else if (findings.length > 1) said.push(`The same goes for ${counted(findings.length - 1, "other place")}.`);
  } else said.push(placesOf(findings));
  const most = rules.reduce((max, each) => Math.max(max, each.reachedFrom), 0);
  const shared = rules.find(({ reachedFrom }) => reachedFrom === most);
  if (shared && most > 1 && !/^(?:everywhere|known|schema|public|unused)$/.test(first.exposure)) said.push(`What is in \`${shared.file}\` is used by ${most} of the ${counted(entryFiles, "file")} that answer requests.`);
  said.push(`Until then ${impacts[first.impact].said}.`);
  if (waitingOf(first.impact, first.exposure) > 1 && tables > 0) said.push("Each row that is stored meanwhile has to be mended as well, so it is cheapest now.");
  if (urgency === "later" && (concern === "data-model" || first.rule === "require-foreign-key-index")) said.push("It hurts when the app grows, not before.");
  return said.join(" ");
}

/** Keys that are out come before everything else: who has one needs no flaw of the app. */
const isOut = ({ exposure }: Issue): boolean => exposure === "known";

/** What the rest of an issue's places has for a title, where the worst are in a bucket above. */
const lesser: Readonly<Record<Bucket, string>> = { now: "", next: ", where less depends on it", wait: ", where little depends on it" };

/** The issues with titles of their own. */
function titled(issues: readonly Issue[]): Issue[] {
  const seen = new Set<string>();
  return issues.map((issue) => (seen.size === seen.add(issue.title).size ? { ...issue, title: issue.title + lesser[issue.bucket] } : issue));
}

const issueId = (rule: string, bucket: Bucket): string => createHash("sha256").update(`${rule}\0${bucket}`).digest("hex").slice(0, 12);

/** What the owner decides about, the most urgent first. */
export function issuesOf(findings: readonly Finding[], size: { readonly entryFiles: number; readonly tables: number }): Issue[] {
  const issues = grouped(findings)
    .map((group): Issue | null => {
      const sorted = [...group].sort(worstFirst);
      const [first] = sorted;
      if (!first) return null;
      const { title, concern, docs } = subjectOf(first.rule);
      const worst = sorted.reduce((one, other) => (other.score > one.score ? other : one));
      return {
        id: issueId(first.rule, first.bucket),
        rule: first.rule,
        title: kindTitle(first) ?? title,
        concern,
        impact: worst.impact,
        exposure: worst.exposure,
        certainty: worst.certainty,
        urgency: worst.urgency,
        waiting: waitingOf(worst.impact, worst.exposure),
        extent: worst.extent,
        score: worst.score,
        bucket: first.bucket,
        why: whyOf(sorted, size.entryFiles, size.tables),
        docs,
        findings: sorted.map(({ id }) => id),
        files: new Set(sorted.map(({ file }) => file)).size,
      };
    })
    .filter((issue) => issue !== null)
    .sort((one, other) => bucketNames.indexOf(one.bucket) - bucketNames.indexOf(other.bucket) || Number(isOut(other)) - Number(isOut(one)) || other.score - one.score || other.certainty - one.certainty || other.findings.length - one.findings.length || one.rule.localeCompare(other.rule));
  return titled(issues);
}
