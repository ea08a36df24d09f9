import { SarifBuilder, SarifResultBuilder, SarifRuleBuilder, SarifRunBuilder } from "node-sarif-builder";

import manifest from "../../../package.json" with { type: "json" };
import { concerns } from "../../concerns.js";
import { subjectOf } from "../findings.js";
import type { Bucket, Review } from "../model.js";

const levels = { now: "error", next: "warning", wait: "note" } as const satisfies Readonly<Record<Bucket, string>>;

/** What code scanners call languages. The builder knows endings by other tools' lists, and takes `.ts` for a format of translations. */
const languages: readonly (readonly [ending: RegExp, language: string])[] = [
  [/\.[cm]?tsx?$/, "TypeScript"],
  [/\.[cm]?jsx?$/, "JavaScript"],
  [/\.sql$/, "SQL"],
  [/\.prisma$/, "Prisma"],
];

const sourceRoot = "%SRCROOT%";

interface ArtifactLocation {
  uri?: string;
  uriBaseId?: string;
}

interface Run {
  originalUriBaseIds?: Readonly<Record<string, unknown>>;
  artifacts?: { sourceLanguage?: string; location?: ArtifactLocation }[];
  results?: { locations?: { physicalLocation?: { artifactLocation?: ArtifactLocation } }[] }[];
}

/** Says what each file is written in, and that addresses are relative to the root of the repository. */
function completed(run: Run): void {
  run.originalUriBaseIds = { [sourceRoot]: { description: { text: "The root of the repository." } } };
  for (const artifact of run.artifacts ?? []) {
    const language = languages.find(([ending]) => ending.test(artifact.location?.uri ?? ""))?.[1];
    if (language === undefined) delete artifact.sourceLanguage;
    else artifact.sourceLanguage = language;
  }
  const locations = [...(run.artifacts ?? []).map(({ location }) => location), ...(run.results ?? []).flatMap(({ locations = [] }) => locations.map(({ physicalLocation }) => physicalLocation?.artifactLocation))];
  for (const location of locations) if (location?.uri !== undefined) location.uriBaseId = sourceRoot;
}

/** A path as an address relative to the root of the repository. */
const addressOf = (file: string): string => file.split("/").map(encodeURIComponent).join("/");

/** A review in the Static Analysis Results Interchange Format 2.1.0, for GitHub code scanning and its neighbours. */
export function sarif({ findings, tool, target }: Review): string {
  const run = new SarifRunBuilder().initSimple({ toolDriverName: tool.name, toolDriverVersion: tool.version, url: manifest.homepage });
  for (const name of [...new Set(findings.map(({ rule }) => rule))].sort()) {
    const { title, description, docs, concern } = subjectOf(name);
    const rule = new SarifRuleBuilder().initSimple({ ruleId: name, shortDescriptionText: title, fullDescriptionText: `${description}.`, helpUri: docs });
    rule.rule.properties = { tags: [concerns[concern]] };
    run.addRule(rule);
  }
  for (const { rule, id, message, file, line, column, endLine, endColumn, bucket, score } of findings) {
    const result = new SarifResultBuilder().initSimple({ ruleId: rule, level: levels[bucket], messageText: message, fileUri: addressOf(target.folder === "" ? file : `${target.folder}/${file}`), startLine: line, startColumn: column, endLine, endColumn });
    // Code scanning tells by this which result is which when lines move.
    result.result.partialFingerprints = { "hardening/v1": id };
    result.result.properties = { score, bucket };
    run.addResult(result);
  }
  const builder = new SarifBuilder();
  builder.addRun(run);
  const log = JSON.parse(builder.buildSarifJsonString()) as { runs: Run[] };
  log.runs.forEach(completed);
  return `${JSON.stringify(log, null, 2)}\n`;
}
