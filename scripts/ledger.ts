/**
 * Counts what a preset reports on real repositories, and draws a sample of the reports for reading.
 *
 *     npm run ledger -- <folder of repositories> [--preset strict|recommended] [--rule name]... [--only repo,repo]
 *                       [--sample 30] [--seed 1] [--out .ledger]
 *
 * The folder holds git checkouts, in folders named `owner+name`. All of their code files are linted with
 * typescript-eslint's parser, without types and without regard to disable comments. The counts go to `ledger.json`, which
 * is kept; the sample has other people's code in it and goes to a folder outside version control.
 */
import { fork } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { enter, excerpt, sample, type Ledger, type Report, type RepositoryRun } from "./support/ledger.js";
import type { Job } from "./support/ledger-worker.js";
import { lintConfig, rulesOf } from "./support/linting.js";
import { repositoriesIn, type Repository } from "./support/repositories.js";
import { root } from "./support/rules.js";

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    preset: { type: "string", default: "strict" },
    rule: { type: "string", multiple: true, default: [] },
    only: { type: "string", default: "" },
    sample: { type: "string", default: "30" },
    seed: { type: "string", default: "1" },
    out: { type: "string", default: join(root, ".ledger") },
    ledger: { type: "string", default: join(root, "ledger.json") },
  },
});

const worker = fileURLToPath(new URL("support/ledger-worker.ts", import.meta.url));
const processes = 2;

function runIn(repository: Repository): Promise<RepositoryRun> {
  return new Promise((done, fail) => {
    const child = fork(worker, { execArgv: ["--import", "tsx", "--max-old-space-size=4096"], cwd: root });
    child.once("message", (run) => done(run as RepositoryRun));
    child.once("exit", (code) => fail(new Error(`${repository.name}: the run ended with code ${code}`)));
    child.send({ repository, preset: options.preset, rules: options.rule } satisfies Job);
  });
}

async function runAll(repositories: readonly Repository[]): Promise<RepositoryRun[]> {
  const runs: RepositoryRun[] = [];
  const waiting = repositories.values();
  const next = async (): Promise<void> => {
    for (const repository of waiting) {
      const run = await runIn(repository);
      runs.push(run);
      console.log(`${run.name}: ${run.files} files, ${run.unparsed} unparsed, ${run.crashes.length} crashes, ${run.reports.length} reports`);
    }
  };
  await Promise.all(Array.from({ length: processes }, next));
  return runs.sort((one, other) => (one.name < other.name ? -1 : 1));
}

function writeSample(rule: string, reports: readonly Report[], repositories: readonly Repository[], runs: readonly RepositoryRun[]): void {
  const chosen = sample(reports, Number(options.sample), Number(options.seed));
  const excerpts = chosen.map((report, index) => {
    const { folder = "" } = repositories.find(({ name }) => name === report.repository) ?? {};
    const { commit = "" } = runs.find(({ name }) => name === report.repository) ?? {};
    return `## ${index + 1}. ${excerpt(report, readFileSync(join(folder, report.file), "utf8"), commit)}`;
  });
  const head = `# ${rule} (${options.preset}): ${chosen.length} of ${reports.length}, seed ${options.seed}\n`;
  writeFileSync(join(options.out, `${rule}.md`), [head, ...excerpts].join("\n"));
}

const [folder] = positionals;
if (folder === undefined) throw new Error("Say which folder holds the repositories.");

const known = rulesOf(lintConfig(options.preset));
const rules = rulesOf(lintConfig(options.preset, options.rule));
const repositories = repositoriesIn(resolve(folder), options.only);
const runs = await runAll(repositories);

const ledger = existsSync(options.ledger) ? (JSON.parse(readFileSync(options.ledger, "utf8")) as Ledger) : {};
const entered: Ledger = { ...ledger, [options.preset]: enter(ledger[options.preset], runs, rules, known) };
writeFileSync(options.ledger, `${JSON.stringify(entered, null, 2)}\n`);

mkdirSync(options.out, { recursive: true });
const reports = runs.flatMap((run) => run.reports);
for (const rule of rules) {
  const own = reports.filter((report) => report.rule === rule);
  writeSample(rule, own, repositories, runs);
  console.log(`${rule}: ${own.length} reports in ${new Set(own.map((report) => report.repository)).size} repositories`);
}

const crashes = runs.flatMap((run) => run.crashes.map(({ rule, file, stack }) => `${run.name} ${file}: ${rule}\n${stack}\n`));
writeFileSync(join(options.out, "crashes.txt"), crashes.join("\n"));
console.log(`${crashes.length} crashes`);
if (crashes.length > 0) process.exitCode = 1;
