/**
 * What the rules cost, measured with ESLint's own `stats` in one process.
 *
 *     npm run bench -- <repository> [--rounds 5] [--preset recommended] [--rule name]... [--json]
 *     npm run bench -- <repository> --memory [--preset recommended]
 *
 * - It is the built plugin that is measured, as users have it; the npm script builds it first.
 * - *Bare* is ESLint's own total for a run without rules: parsing, scopes, traversal.
 * - A rule's time is what ESLint counts for its `create` and its listeners in a run with the preset. What several rules
 *   share is counted for the one that asks first. ESLint's stopwatch itself is in these times.
 * - A percentage is the rules' time over the bare time of the same round. Both runs of a file follow one another, in
 *   turns, so that a busy machine slows both.
 * - Figures are medians over the rounds, with the least and the greatest. The first round reads what rules look up in
 *   other files, and is the one that a command-line run has.
 *
 * Also the time to load the plugin, each in a process of its own, and what all rules together cost on files in which there is
 * nothing for them to look at, beside what ESLint counts for as many rules that do nothing.
 *
 * With `--memory`, nothing is timed: all files are linted once without rules and once with them, each in a process of its own. *Held* is
 * the heap after a full collection at the end, *peak* the most that the process had of the machine's memory, garbage included.
 */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { Linter } from "eslint";

import { lintConfig, rulesOf } from "./support/linting.js";
import { median, spread, sum } from "./support/numbers.js";
import { codeFiles, commitOf, repositoriesIn } from "./support/repositories.js";
import { root } from "./support/rules.js";

interface Times {
  total: number;
  rules: Map<string, number>;
}

interface Round {
  bare: number;
  rules: Map<string, number>;
  /** Files on which a rule threw. They count for nothing. */
  crashes: number;
}

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: "string", default: "5" }, preset: { type: "string", default: "recommended" }, rule: { type: "string", multiple: true, default: [] }, memory: { type: "boolean", default: false }, json: { type: "boolean", default: false }, held: { type: "string" } },
});

const [path] = positionals;
if (path === undefined) throw new Error("Say which repository to measure on.");

const folder = resolve(path);
const repository = repositoriesIn(dirname(folder), basename(folder)).find((each) => each.folder === folder);
if (!repository) throw new Error(`${folder} is no git checkout`);

const build = pathToFileURL(join(root, "dist/index.js")).href;
const { default: built } = (await import(build)) as { default: NonNullable<Parameters<typeof lintConfig>[2]> };

const linter = new Linter({ cwd: folder });
const preset = lintConfig(options.preset, options.rule, built);
const bare = preset.map((block): Linter.Config => ({ ...block, rules: {} }));

function lint(config: Linter.Config[], text: string, filename: string): Times {
  const verifyOptions: Linter.FixOptions & { stats: true } = { filename, fix: false, stats: true, allowInlineConfig: false };
  linter.verifyAndFix(text, config, verifyOptions);
  const passes = linter.getTimes().passes;
  const rules = passes.flatMap((pass) => Object.entries(pass.rules ?? {}));
  return { total: sum(passes.map((pass) => pass.total)), rules: new Map(rules.map(([rule, { total }]) => [rule, total])) };
}

function lintBoth(text: string, filename: string, bareFirst: boolean): { bare: Times; preset: Times } {
  if (!bareFirst) return { preset: lint(preset, text, filename), bare: lint(bare, text, filename) };
  return { bare: lint(bare, text, filename), preset: lint(preset, text, filename) };
}

function runRound(files: readonly [filename: string, text: string][], round: number): Round {
  const result: Round = { bare: 0, rules: new Map(), crashes: 0 };
  for (const [index, [filename, text]] of files.entries()) {
    try {
      const times = lintBoth(text, filename, (index + round) % 2 === 0);
      result.bare += times.bare.total;
      for (const [rule, time] of times.preset.rules) result.rules.set(rule, (result.rules.get(rule) ?? 0) + time);
    } catch {
      result.crashes += 1;
    }
  }
  return result;
}

const percent = (part: number, whole: number): number => (100 * part) / whole;

/** What the rounds come to, as data: times in milliseconds, shares in percent of bare. */
function summary(rounds: readonly Round[]): BenchSummary {
  const all = rounds.map((round) => sum(round.rules.values()));
  const timesOf = (rule: string): number[] => rounds.map((round) => round.rules.get(`hardening/${rule}`) ?? 0);
  const [first] = rounds;
  return {
    repository: repository?.name ?? "",
    commit: repository ? commitOf(repository) : "",
    files: files.length,
    rounds: rounds.length,
    bare: median(rounds.map((round) => round.bare)),
    all: median(all),
    share: spread(rounds.map((round, index) => percent(all[index] ?? 0, round.bare)), 1),
    cold: first ? percent(sum(first.rules.values()), first.bare) : Number.NaN,
    rules: Object.fromEntries(rulesOf(preset).map((rule) => [rule, median(timesOf(rule))])),
    crashes: sum(rounds.map((round) => round.crashes)),
    load: spread(loadTimes(11), 0),
  };
}

export interface BenchSummary {
  readonly repository: string;
  readonly commit: string;
  readonly files: number;
  readonly rounds: number;
  readonly bare: number;
  readonly all: number;
  readonly share: string;
  /** The share of the first round, which is what a run on the command line has. */
  readonly cold: number;
  readonly rules: Readonly<Record<string, number>>;
  readonly crashes: number;
  readonly load: string;
}

function printRounds(rounds: readonly Round[]): void {
  const all = rounds.map((round) => sum(round.rules.values()));
  const shares = rounds.map((round, index) => percent(all[index] ?? 0, round.bare));
  const rows = rulesOf(preset)
    .map((rule) => ({ rule, times: rounds.map((round) => round.rules.get(`hardening/${rule}`) ?? 0) }))
    .sort((one, other) => median(other.times) - median(one.times))
    .map(({ rule, times }) => [rule, spread(times, 1), spread(times.map((time, index) => percent(time, rounds[index]?.bare ?? 0)), 2)]);
  const table = [["rule", "ms", "% of bare"], ...rows, ["all rules", spread(all, 1), spread(shares, 2)], ["bare", spread(rounds.map((round) => round.bare), 0), ""]];
  const widths = [0, 1, 2].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  for (const row of table) console.log(row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ").trimEnd());
  console.log(`first round: ${(shares[0] ?? Number.NaN).toFixed(2)} % of bare`);
}

/** Milliseconds to load the built plugin. */
function loadTimes(runs: number): number[] {
  const program = `const start = performance.now(); await import(${JSON.stringify(build)}); console.log(performance.now() - start);`;
  return Array.from({ length: runs }, () => Number(execFileSync(process.execPath, ["--input-type=module", "--eval", program], { encoding: "utf8" })));
}

/** As many rules as the preset has, of which none does anything. */
const noRules = Object.fromEntries(rulesOf(preset).map((name) => [name, { meta: { schema: [] }, create: () => ({}) }]));
const nothing: Linter.Config[] = [{ ...bare[0], plugins: { nothing: { rules: noRules } }, rules: Object.fromEntries(rulesOf(preset).map((name) => [`nothing/${name}`, "error"])) }];

/** Microseconds that all rules of a configuration together take on a text with nothing in it for them. */
function idleTimes(config: Linter.Config[], text: string, runs: number): number[] {
  const time = (run: number): number => 1000 * sum(lint(config, text, join(folder, `src/idle-${run}.ts`)).rules.values());
  for (let run = 0; run < runs; run += 1) time(run);
  return Array.from({ length: runs }, (_, run) => time(runs + run));
}

const idleTexts = {
  "one line": "export const answer = 42;\n",
  "200 lines": Array.from({ length: 50 }, (_, index) => `export function area${index}(width: number, height: number): number {\n  const whole = width * height;\n  return whole / ${index + 2};\n}\n`).join(""),
};

/** What a process holds, and has at most, in megabytes: with the rules of the preset, or without. */
function memoryWith(held: "preset" | "bare"): { held: number; peak: number } {
  const args = [...process.execArgv, "--expose-gc", fileURLToPath(import.meta.url), folder, "--preset", options.preset, "--held", held];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" })) as { held: number; peak: number };
}

const files = codeFiles(repository).map((file): [string, string] => [join(folder, file), readFileSync(join(folder, file), "utf8")]);

if (options.held !== undefined) {
  for (const [filename, text] of files) linter.verify(text, options.held === "bare" ? bare : preset, { filename, allowInlineConfig: false });
  globalThis.gc?.();
  console.log(JSON.stringify({ held: process.memoryUsage().heapUsed / 2 ** 20, peak: process.resourceUsage().maxRSS / 2 ** 10 }));
  process.exit();
}

const log = options.json ? (): void => undefined : console.log;

log(`${repository.name} at ${commitOf(repository)}: ${files.length} files, ${options.preset}, ${options.rounds} rounds, ESLint ${Linter.version}, Node ${process.version}`);

if (options.memory) {
  const [without, with_] = [memoryWith("bare"), memoryWith("preset")];
  if (options.json) {
    console.log(JSON.stringify({ bare: without, preset: with_ }));
    process.exit();
  }
  for (const [name, { held, peak }] of Object.entries({ bare: without, preset: with_ })) console.log(`${name}: ${held.toFixed(0)} MB held, ${peak.toFixed(0)} MB at most`);
  console.log(`the rules hold ${(with_.held - without.held).toFixed(0)} MB, and the process had ${(with_.peak - without.peak).toFixed(0)} MB more at most`);
  process.exit();
}

const rounds = Array.from({ length: Number(options.rounds) }, (_, index) => {
  const round = runRound(files, index);
  log(`round ${index + 1}: bare ${round.bare.toFixed(0)} ms, rules ${sum(round.rules.values()).toFixed(0)} ms, ${round.crashes} crashes`);
  return round;
});
if (options.json) {
  console.log(JSON.stringify(summary(rounds)));
  process.exit();
}
printRounds(rounds);

console.log(`loading the plugin: ${spread(loadTimes(11), 1)} ms`);
for (const [name, text] of Object.entries(idleTexts)) {
  const [all, none] = [preset, nothing].map((config) => median(idleTimes(config, text, 3000)).toFixed(1));
  console.log(`all rules on nothing to see, ${name}: ${all} µs, of which as many rules that do nothing take ${none} µs`);
}
