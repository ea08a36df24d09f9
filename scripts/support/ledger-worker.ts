/** Lints one repository, in a process of its own. */
import { readFileSync } from "node:fs";

import type { RepositoryRun } from "./ledger.js";
import { lintConfig, linterIn, lintText, namespace, pathIn, readBy } from "./linting.js";
import { codeFiles, commitOf, schemaFiles, type Repository } from "./repositories.js";

export interface Job {
  repository: Repository;
  preset: string;
  rules: string[];
}

function run({ repository, preset, rules }: Job): RepositoryRun {
  const config = lintConfig(preset, rules);
  const linter = linterIn(repository);
  const reads = readBy(config);
  const files = codeFiles(repository);
  const linted = [...(reads.code ? files : []), ...(reads.schemas ? schemaFiles(repository) : [])];
  const result: RepositoryRun = { name: repository.name, commit: commitOf(repository), files: files.length, unparsed: 0, crashes: [], reports: [] };
  for (const file of linted) {
    const filename = pathIn(repository, file);
    const { messages, crashes } = lintText(linter, config, readFileSync(filename, "utf8"), filename);
    if (messages.some(({ fatal }) => fatal)) result.unparsed += 1;
    result.crashes.push(...crashes.map(({ rule, error }) => ({ rule, file, stack: error.stack ?? error.message })));
    for (const { ruleId, line, endLine = line, column, message } of messages) {
      if (ruleId?.startsWith(namespace)) result.reports.push({ rule: ruleId.slice(namespace.length), repository: repository.name, file, line, endLine, column, message });
    }
  }
  return result;
}

process.once("message", (job) => {
  process.send?.(run(job as Job), () => process.disconnect());
});
