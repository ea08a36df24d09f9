/**
 * Applies every fix to real code, in memory, and looks at what it leaves behind.
 *
 *     npm run fix-check -- <folder of repositories> [--only repo,repo]
 *
 * A fixed file must parse, must not change again in a second run, and must have no type error that it did not have before
 * (with the project's own tsconfig where it can be read; what is declared but not installed does not count). Each
 * suggestion, applied by itself, must leave code that parses.
 */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import type { Linter } from "eslint";

import { lintConfig, linterIn, pathIn } from "./support/linting.js";
import { mutated, parse } from "./support/mutations.js";
import { codeFiles, repositoriesIn, type Repository } from "./support/repositories.js";
import { newTypeErrors } from "./support/type-errors.js";

const { values: options, positionals } = parseArgs({ allowPositionals: true, options: { only: { type: "string", default: "" } } });

const config = lintConfig("strict");

interface Result {
  files: number;
  fixes: number;
  suggestions: number;
  /** Fixed files, with their new text. */
  changed: Map<string, string>;
  problems: string[];
}

const apply = (text: string, { range, text: replacement }: { range: readonly [number, number]; text: string }): string => mutated(text, { kind: "", range, text: replacement });

function checkSuggestions(messages: readonly Linter.LintMessage[], text: string, filename: string, result: Result): void {
  for (const { ruleId, line, suggestions = [] } of messages) {
    for (const { desc, fix } of suggestions) {
      result.suggestions += 1;
      if (!parse(apply(text, fix), filename)) result.problems.push(`${filename}:${line} ${ruleId ?? ""}: "${desc}" does not parse`);
    }
  }
}

function checkFixes(linter: Linter, text: string, filename: string, result: Result): void {
  const verifyOptions = { filename, allowInlineConfig: false };
  const { output } = linter.verifyAndFix(text, config, verifyOptions);
  if (output === text) return;
  result.changed.set(filename, output);
  if (!parse(output, filename)) result.problems.push(`${filename}: does not parse when fixed`);
  else if (linter.verifyAndFix(output, config, verifyOptions).output !== output) result.problems.push(`${filename}: changes again in a second run`);
}

function checkFile(linter: Linter, filename: string, result: Result): void {
  const text = readFileSync(filename, "utf8");
  const messages = linter.verify(text, config, { filename, allowInlineConfig: false });
  if (messages.some(({ fatal }) => fatal)) return;
  result.files += 1;
  result.fixes += messages.filter(({ fix }) => fix).length;
  checkSuggestions(messages, text, filename, result);
  if (messages.some(({ fix }) => fix)) checkFixes(linter, text, filename, result);
}

function check(repository: Repository): Result {
  const linter = linterIn(repository);
  const result: Result = { files: 0, fixes: 0, suggestions: 0, changed: new Map(), problems: [] };
  for (const file of codeFiles(repository)) {
    const filename = pathIn(repository, file);
    try {
      checkFile(linter, filename, result);
    } catch (error) {
      result.problems.push(`${filename}: ${(error as Error).message.split("\n", 1).join("")}`);
    }
  }
  for (const [file, errors] of newTypeErrors(result.changed)) result.problems.push(...errors.map((error) => `${file}: ${error}`));
  return result;
}

const [folder] = positionals;
if (folder === undefined) throw new Error("Say which folder holds the repositories.");

let problems = 0;
for (const repository of repositoriesIn(resolve(folder), options.only)) {
  const result = check(repository);
  problems += result.problems.length;
  console.log(`${repository.name}: ${result.files} files, ${result.fixes} fixes in ${result.changed.size} files, ${result.suggestions} suggestions, ${result.problems.length} problems`);
  for (const problem of result.problems) console.log(`  ${problem.replace(`${repository.folder}/`, "")}`);
}
console.log(`${problems} problems`);
if (problems > 0) process.exitCode = 1;
