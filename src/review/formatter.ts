import { readFileSync } from "node:fs";
import { basename, relative, sep } from "node:path";
import type { ESLint } from "eslint";

import manifest from "../../package.json" with { type: "json" };
import { appOf } from "./app.js";
import { findingFrom, type Surroundings } from "./findings.js";
import { terminal } from "./formats/terminal.js";
import { issuesOf, settled } from "./issues.js";
import { schemaUrl } from "./links.js";
import { reportsFrom } from "./lint.js";
import type { Review } from "./model.js";
import { planOf } from "./plan.js";
import { summaryOf } from "./review.js";

function rowsOf({ source, filePath }: ESLint.LintResult): string[] {
  try {
    return (source ?? readFileSync(filePath, "utf8")).split(/\r?\n/);
  } catch {
    return [];
  }
}

/**
 * The review as a formatter of ESLint: what its run reported, ranked. It knows no more of the app than that: no project checks, and not who
 * can reach a place.
 */
export default function format(results: readonly ESLint.LintResult[], { cwd }: Pick<ESLint.LintResultData, "cwd">): string {
  const pathOf = (path: string): string => relative(cwd, path).split(sep).join("/");
  const surroundings: Surroundings = { app: appOf(cwd, [], new Map(), null), reach: { files: 0, countAt: () => 0 }, endpoints: [], isAside: () => false, whoUses: () => "public" };
  const findings = settled(results
    .flatMap((result) => reportsFrom(pathOf(result.filePath), rowsOf(result), result.messages, true))
    .map((report) => findingFrom(report, surroundings)))
    .sort((one, other) => other.score - one.score);
  const issues = issuesOf(findings, { entryFiles: 0, tables: 0 });
  const others = results.flatMap(({ messages }) => messages).length - findings.length;
  const review: Review = {
    $schema: schemaUrl,
    version: 1,
    tool: { name: manifest.name, version: manifest.version, eslint: "", node: process.version },
    target: { name: basename(cwd), path: ".", folder: "", commit: null, since: null },
    date: new Date().toISOString(),
    seconds: 0,
    size: { files: results.length, linted: results.length, lines: 0, entries: 0, tables: 0, packages: 0 },
    summary: summaryOf(issues),
    issues,
    findings,
    plan: planOf(issues, findings, ".", true),
    good: [],
    auth: { topics: [], endpoints: [] },
    suppressed: { comments: 0, list: 0 },
    notes: others > 0 ? [`ESLint reported ${others} more, of other rules.`] : [],
    comparison: null,
  };
  return terminal(review, { colour: process.stdout.isTTY, width: process.stdout.columns || 100 });
}
