import { SarifBuilder, SarifResultBuilder, SarifRuleBuilder, SarifRunBuilder } from "node-sarif-builder";

import manifest from "../../../package.json" with { type: "json" };
import { concerns } from "../../concerns.js";
import { subjectOf } from "../findings.js";
import type { Bucket, Review } from "../model.js";

const levels = { now: "error", next: "warning", wait: "note" } as const satisfies Readonly<Record<Bucket, string>>;

/** A path as an address relative to the root of the repository. */
const addressOf = (file: string): string => file.split("/").map(encodeURIComponent).join("/");

/** A review in the Static Analysis Results Interchange Format 2.1.0, for GitHub code scanning and its neighbours. */
export function sarif({ findings, tool }: Review): string {
  const run = new SarifRunBuilder().initSimple({ toolDriverName: tool.name, toolDriverVersion: tool.version, url: manifest.homepage });
  for (const name of [...new Set(findings.map(({ rule }) => rule))].sort()) {
    const { title, description, docs, concern } = subjectOf(name);
    const rule = new SarifRuleBuilder().initSimple({ ruleId: name, shortDescriptionText: title, fullDescriptionText: `${description}.`, helpUri: docs });
    rule.rule.properties = { tags: [concerns[concern]] };
    run.addRule(rule);
  }
  for (const { rule, id, message, file, line, column, endLine, endColumn, bucket, score } of findings) {
    const result = new SarifResultBuilder().initSimple({ ruleId: rule, level: levels[bucket], messageText: message, fileUri: addressOf(file), startLine: line, startColumn: column, endLine, endColumn });
    // Code scanning tells by this which result is which when lines move.
    result.result.partialFingerprints = { "hardening/v1": id };
    result.result.properties = { score, bucket };
    run.addResult(result);
  }
  const builder = new SarifBuilder();
  builder.addRun(run);
  return `${builder.buildSarifJsonString({ indent: true })}\n`;
}
