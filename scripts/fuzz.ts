/**
 * Runs every rule on code that nobody wrote: real files with a piece taken out, moved or replaced, as long as they parse, and real schemas and
 * migrations that end anywhere, or have a part missing.
 *
 *     npm run fuzz -- <folder of repositories> [--only repo,repo] [--per-file 3] [--seed 1] [--only-schemas] [--out .ledger/fuzz]
 *
 * No rule may throw. What makes one throw is kept, made as small as it gets, in a folder outside version control.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { extname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import type { Linter } from "eslint";

import { lintConfig, linterIn, lintText, pathIn, rulesOf, type Crash } from "./support/linting.js";
import { mutated, mutationsOf, parse, randomFrom, smallest, type Mutation } from "./support/mutations.js";
import { codeFiles, repositoriesIn, schemaFiles } from "./support/repositories.js";
import { root } from "./support/rules.js";

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: "string", default: "" },
    "per-file": { type: "string", default: "3" },
    seed: { type: "string", default: "1" },
    "only-schemas": { type: "boolean", default: false },
    out: { type: "string", default: join(root, ".ledger/fuzz") },
  },
});

const config = lintConfig("strict");
const perFile = Number(options["per-file"]);
const random = randomFrom(Number(options.seed));
const counts = { files: 0, unparsed: 0, mutants: 0, discarded: 0, schemas: 0, truncated: 0, exceptions: 0 };
const kinds = new Map<string, number>();
const kept = new Set<string>();

const oneOf = <T>(values: readonly T[]): T | undefined => values[Math.floor(random() * values.length)];

function keep(linter: Linter, crash: Crash, text: string, filename: string): void {
  counts.exceptions += 1;
  const where = crash.error.stack?.split("\n").find((line) => line.trim().startsWith("at ")) ?? "";
  const known = `${crash.rule} ${where}`;
  if (kept.has(known)) return;
  kept.add(known);
  const throwsAlike = (candidate: string): boolean => lintText(linter, config, candidate, filename).crashes.some(({ rule }) => rule === crash.rule);
  const file = join(options.out, `${crash.rule.replace("/", "-")}-${kept.size}${extname(filename)}`);
  const stack = (crash.error.stack ?? crash.error.message).replaceAll("*/", "* /");
  writeFileSync(file, `${smallest(text, filename, throwsAlike)}\n/*\n${filename}\n${stack}\n*/\n`);
  console.log(`${crash.rule} throws: ${file}`);
}

/** Lints a text with every rule. */
function run(linter: Linter, text: string, filename: string): { parsed: boolean } {
  const { messages, crashes } = lintText(linter, config, text, filename);
  for (const crash of crashes) keep(linter, crash, text, filename);
  return { parsed: !messages.some(({ fatal }) => fatal) };
}

/** Every kind of change is as likely as the others, however often a file offers it. */
function someMutant(mutations: ReadonlyMap<string, Mutation[]>, text: string, filename: string): { kind: string; text: string } | null {
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const mutation = oneOf(mutations.get(oneOf([...mutations.keys()]) ?? "") ?? []);
    if (!mutation) return null;
    const mutant = mutated(text, mutation);
    if (parse(mutant, filename)) return { kind: mutation.kind, text: mutant };
    counts.discarded += 1;
  }
  return null;
}

function fuzz(linter: Linter, text: string, filename: string): void {
  counts.files += 1;
  const tree = parse(text, filename);
  if (!tree || !run(linter, text, filename).parsed) {
    counts.unparsed += 1;
    return;
  }
  const mutations = mutationsOf(text, tree, random);
  for (let count = 0; count < perFile; count += 1) {
    const mutant = someMutant(mutations, text, filename);
    if (!mutant) continue;
    counts.mutants += 1;
    kinds.set(mutant.kind, (kinds.get(mutant.kind) ?? 0) + 1);
    run(linter, mutant.text, filename);
  }
}

/** Schemas are read however broken they are, so that any part may be missing. */
function fuzzSchema(linter: Linter, text: string, filename: string): void {
  counts.schemas += 1;
  run(linter, text, filename);
  for (let count = 0; count < perFile; count += 1) {
    const [one, other] = [Math.floor(random() * text.length), Math.floor(random() * text.length)];
    counts.truncated += 2;
    run(linter, text.slice(0, one), filename);
    run(linter, text.slice(0, Math.min(one, other)) + text.slice(Math.max(one, other)), filename);
  }
}

const [folder] = positionals;
if (folder === undefined) throw new Error("Say which folder holds the repositories.");
mkdirSync(options.out, { recursive: true });

for (const repository of repositoriesIn(resolve(folder), options.only)) {
  const linter = linterIn(repository);
  const before = { ...counts };
  for (const file of options["only-schemas"] ? [] : codeFiles(repository)) fuzz(linter, readFileSync(pathIn(repository, file), "utf8"), pathIn(repository, file));
  for (const file of schemaFiles(repository)) fuzzSchema(linter, readFileSync(pathIn(repository, file), "utf8"), pathIn(repository, file));
  console.log(`${repository.name}: ${counts.files - before.files} files, ${counts.mutants - before.mutants} mutants, ${counts.schemas - before.schemas} schemas, ${counts.truncated - before.truncated} cut, ${counts.exceptions - before.exceptions} exceptions`);
}

for (const [kind, count] of [...kinds].sort(([, one], [, other]) => other - one)) console.log(`  ${kind}: ${count}`);
console.log(`${rulesOf(config).length} rules, ${counts.files} files (${counts.unparsed} unparsed), ${counts.mutants} mutants (${counts.discarded} more did not parse), ${counts.schemas} schemas and migrations, ${counts.truncated} of them cut, ${counts.exceptions} exceptions of ${kept.size} kinds`);
if (counts.exceptions > 0) process.exitCode = 1;
