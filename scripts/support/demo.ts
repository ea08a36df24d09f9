import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as parser from "@typescript-eslint/parser";
import { Linter } from "eslint";
import { globSync } from "tinyglobby";

import { prisma } from "../../src/languages/prisma/language.js";
import { sql } from "../../src/languages/sql/language.js";
import type { DocumentedRule } from "./rules.js";

const app = "examples/shop";

interface Finding extends Linter.LintMessage {
  readonly file: string;
}

const codeLanguage = "js/js";
const schemaLanguages = { prisma, sql };

function recommendedFor(language: string, rules: readonly DocumentedRule[]): Pick<Linter.Config, "plugins" | "rules"> {
  const own = rules.filter(({ rule }) => (rule.meta.languages ?? [codeLanguage]).includes(language));
  const entries = own.flatMap(({ name, docs }) => (docs.presets.recommended ? [[`hardening/${name}`, docs.presets.recommended]] : []));
  const plugin = { languages: schemaLanguages, rules: Object.fromEntries(own.map(({ name, rule }) => [name, rule])) };
  return { plugins: { hardening: plugin as never }, rules: Object.fromEntries(entries) as Linter.RulesRecord };
}

/** The preset as the rules' own files have it: their index may be out of step. */
const recommendedOf = (rules: readonly DocumentedRule[]): Linter.Config[] => [
  { files: ["**/*.{js,mjs,ts,tsx}"], languageOptions: { parser }, ...recommendedFor(codeLanguage, rules) },
  ...Object.keys(schemaLanguages).map((ending) => {
    const language = `hardening/${ending}`;
    return { files: [`**/*.${ending}`], language, ...recommendedFor(language, rules) };
  }),
];

function findingsIn(folder: string, rules: readonly DocumentedRule[]): Finding[] {
  const cwd = join(folder, app);
  const linter = new Linter({ cwd });
  const config = recommendedOf(rules);
  const files = globSync("**/*.{js,mjs,ts,tsx,prisma,sql}", { cwd, ignore: ["eslint.config.js"] }).sort();
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
