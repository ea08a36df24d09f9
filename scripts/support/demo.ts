import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as parser from "@typescript-eslint/parser";
import { Linter } from "eslint";
import { globSync } from "tinyglobby";

import type { DocumentedRule } from "./rules.js";

const app = "examples/shop";

interface Finding extends Linter.LintMessage {
  readonly file: string;
}

function recommendedOf(rules: readonly DocumentedRule[]): Linter.Config {
  const entries = rules.flatMap(({ name, docs }) => (docs.presets.recommended ? [[`hardening/${name}`, docs.presets.recommended]] : []));
  return {
    files: ["**/*.{js,mjs,ts,tsx}"],
    languageOptions: { parser },
    plugins: { hardening: { rules: Object.fromEntries(rules.map(({ name, rule }) => [name, rule])) } as never },
    rules: Object.fromEntries(entries) as Linter.RulesRecord,
  };
}

function findingsIn(folder: string, rules: readonly DocumentedRule[]): Finding[] {
  const cwd = join(folder, app);
  const linter = new Linter({ cwd });
  const config = recommendedOf(rules);
  const files = globSync("**/*.{js,mjs,ts,tsx}", { cwd, ignore: ["eslint.config.js"] }).sort();
  return files.flatMap((file) => linter.verify(readFileSync(join(cwd, file), "utf8"), config, join(cwd, file)).map((message) => ({ ...message, file })));
}

const line = ({ file, line: row, column, severity, message, ruleId }: Finding): string =>
  `${app}/${file}:${row}:${column}\n  ${severity === 2 ? "error  " : "warning"}  ${message}  ${ruleId ?? ""}`;

/** What `recommended` says about the demo app, the first report of each rule in full; `null` where there is no demo app. */
export function demoReport(folder: string, rules: readonly DocumentedRule[]): string | null {
  if (!existsSync(join(folder, app))) return null;
  const findings = findingsIn(folder, rules);
  const first = findings.filter((finding, index) => findings.findIndex(({ ruleId }) => ruleId === finding.ruleId) === index);
  const files = new Set(findings.map(({ file }) => file)).size;
  return ["", "```text", ...first.map(line), "", `${findings.length} problems in ${files} files of the demo app`, "```", ""].join("\n");
}
