/**
 * Measures what `docs/performance.md` says, and writes the tables into it.
 *
 *     npm run performance -- <folder of repositories> [--part rules]... [--repository documenso] [--rounds 5] [--sizes 500,2000,5000] [--files 2000]
 *
 * The parts, all of them if none is named. Each starts processes of its own, one after the other; leave the machine alone meanwhile.
 *
 * - `rules`: `npm run bench` with `recommended` and `strict` on one repository: what each rule costs, in the first round and in later ones.
 * - `growth`: so many files of the repositories, put together in an order that is always the same, linted once in a process of their own, without
 *   rules and with each preset: time of the processor, and the most memory that the process had.
 * - `beside`: the recommended rules of other plugins, installed from the registry for this, on the same files in the same process, in turns.
 * - `modes`: ESLint's command line with `--concurrency` and `--cache` on one repository.
 * - `memory`, `schemas`, `editor`: `npm run bench -- --memory`, `npm run bench:schemas`, `npm run latency`.
 * - `extremes`: files such as nobody writes, made up, each linted once without rules and once with all of `strict`.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { cpus, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import * as parser from "@typescript-eslint/parser";
import { type ESLint, Linter } from "eslint";

import type { BenchSummary } from "./bench.js";
import { extremes } from "./support/extremes.js";
import { between } from "./support/generated.js";
import { lintConfig, pathIn, rulesOf } from "./support/linting.js";
import { sum } from "./support/numbers.js";
import { codeFiles, repositoriesIn, type Repository } from "./support/repositories.js";
import { root } from "./support/rules.js";

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    part: { type: "string", multiple: true, default: [] },
    repository: { type: "string", default: "documenso/documenso" },
    rounds: { type: "string", default: "5" },
    sizes: { type: "string", default: "500,2000,5000" },
    files: { type: "string", default: "2000" },
    /** What a process that this one has started measures. */
    worker: { type: "string" },
    preset: { type: "string", default: "bare" },
    plugins: { type: "string", default: "" },
    extreme: { type: "string", default: "" },
    share: { type: "string", default: "1" },
  },
});

const [given] = positionals;
if (given === undefined) throw new Error("Say which folder holds the repositories.");
const folder = resolve(given);

const own = fileURLToPath(import.meta.url);
const build = pathToFileURL(join(root, "dist/index.js")).href;

type Built = NonNullable<Parameters<typeof lintConfig>[2]>;

async function builtConfig(preset: string): Promise<Linter.Config[]> {
  const { default: built } = (await import(build)) as { default: Built };
  const config = lintConfig(preset === "bare" ? "code-strict" : `code-${preset}`, [], built);
  return preset === "bare" ? config.map((block) => ({ ...block, rules: {} })) : config;
}

/** Files of all repositories, in an order that neither their names nor their number decide. */
function manyFiles(count: number): { repository: Repository; files: string[] }[] {
  const lot = ({ name }: Repository): string => createHash("sha256").update(name).digest("hex");
  const chosen: { repository: Repository; files: string[] }[] = [];
  let left = count;
  for (const repository of repositoriesIn(folder).sort((one, other) => (lot(one) < lot(other) ? -1 : 1))) {
    const files = codeFiles(repository).slice(0, left);
    chosen.push({ repository, files });
    left -= files.length;
    if (left === 0) break;
  }
  return chosen;
}

interface Growth {
  readonly files: number;
  readonly megabytes: number;
  readonly seconds: number;
  readonly peak: number;
}

/** Lints many files once, as a run on the command line does. */
async function grow(preset: string, count: number): Promise<Growth> {
  const config = await builtConfig(preset);
  let [files, bytes] = [0, 0];
  const before = process.cpuUsage();
  for (const { repository, files: names } of manyFiles(count)) {
    const linter = new Linter({ cwd: repository.folder });
    for (const name of names) {
      const filename = pathIn(repository, name);
      const text = readFileSync(filename, "utf8");
      files += 1;
      bytes += text.length;
      linter.verify(text, config, { filename, allowInlineConfig: false });
    }
  }
  const { user, system } = process.cpuUsage(before);
  return { files, megabytes: bytes / 1e6, seconds: (user + system) / 1e6, peak: process.resourceUsage().maxRSS / 2 ** 10 };
}

const neighbours = ["eslint-plugin-security", "eslint-plugin-n", "eslint-plugin-promise", "eslint-plugin-unicorn", "eslint-plugin-sonarjs"];

interface Extremity {
  readonly bare: number;
  readonly strict: number;
  readonly peak: number;
  /** Why ESLint could not lint it: a parser of others that gives up. */
  readonly fault: string | null;
}

/** Lints one made-up file without rules, and with all of them. */
async function strain(name: string, share: number): Promise<Extremity> {
  const extreme = extremes.find((each) => each.name === name);
  if (!extreme) throw new Error(`there is no ${name}`);
  const { default: built } = (await import(build)) as { default: Built };
  const strict = lintConfig("strict", [], built);
  const text = extreme.text(extreme.size * share);
  const seconds = (config: Linter.Config[]): [number, string | null] => {
    const before = process.cpuUsage();
    let fault: string | null = null;
    try {
      fault = new Linter({ cwd: tmpdir() }).verify(text, config, { filename: join(tmpdir(), extreme.filename) }).find(({ fatal }) => fatal)?.message ?? null;
    } catch (error) {
      fault = (error as Error).message.split("\n")[0] ?? "";
    }
    const { user, system } = process.cpuUsage(before);
    return [(user + system) / 1e6, fault];
  };
  const [bare, fault] = seconds(strict.map((block) => ({ ...block, rules: {} })));
  const [withRules, ours] = seconds(strict);
  return { bare, strict: withRules, peak: process.resourceUsage().maxRSS / 2 ** 10, fault: fault ?? ours };
}

interface Beside {
  readonly name: string;
  readonly rules: number;
  readonly milliseconds: number;
  readonly share: number;
}

const recommendedOf = (plugin: ESLint.Plugin): Linter.RulesRecord => {
  const { configs = {} } = plugin;
  const config = (configs["flat/recommended"] ?? configs["recommended"]) as Linter.Config | Linter.Config[];
  return Object.assign({}, ...[config].flat().map(({ rules }) => rules ?? {})) as Linter.RulesRecord;
};

/** Times the rules of several plugins by ESLint's own count, on the same files in turns. */
async function besideOthers(plugins: string, count: number): Promise<Beside[]> {
  const require = createRequire(join(plugins, "package.json"));
  const configs: [name: string, config: Linter.Config[]][] = [["bare", await builtConfig("bare")]];
  for (const preset of ["recommended", "strict"]) configs.push([`eslint-plugin-hardening, \`${preset}\``, await builtConfig(preset)]);
  for (const name of neighbours) {
    const module = (await import(pathToFileURL(require.resolve(name)).href)) as { default: ESLint.Plugin };
    const prefix = name.replace("eslint-plugin-", "");
    const rules = recommendedOf(module.default);
    const isOwn = (rule: string): boolean => rule.startsWith(`${prefix}/`);
    // Some do not let others import it.
    const { version } = JSON.parse(readFileSync(join(plugins, "node_modules", name, "package.json"), "utf8")) as { version: string };
    configs.push([`${name} ${version}`, [{ files: ["**/*.{js,jsx,mjs,cjs,ts,tsx,mts,cts}"], languageOptions: { parser }, plugins: { [prefix]: module.default }, rules: Object.fromEntries(Object.entries(rules).filter(([rule]) => isOwn(rule))) }]]);
  }
  const times = new Map(configs.map(([name]) => [name, 0]));
  let turn = 0;
  for (const { repository, files } of manyFiles(count)) {
    const linter = new Linter({ cwd: repository.folder });
    for (const file of files) {
      const filename = pathIn(repository, file);
      const text = readFileSync(filename, "utf8");
      turn += 1;
      const ofFile = new Map<string, number>();
      try {
        for (let index = 0; index < configs.length; index += 1) {
          const [name, config] = configs[(index + turn) % configs.length] as (typeof configs)[number];
          const verifyOptions: Linter.FixOptions & { stats: true } = { filename, fix: false, stats: true, allowInlineConfig: false };
          linter.verifyAndFix(text, config, verifyOptions);
          const { passes } = linter.getTimes();
          ofFile.set(name, name === "bare" ? sum(passes.map((pass) => pass.total)) : sum(passes.flatMap((pass) => Object.values(pass.rules ?? {}).map(({ total }) => total))));
        }
      } catch {
        // A rule of somebody's has thrown: the file counts for nobody.
        continue;
      }
      for (const [name, time] of ofFile) times.set(name, (times.get(name) ?? 0) + time);
    }
  }
  const bare = times.get("bare") ?? Number.NaN;
  return configs.map(([name, config]) => ({ name, rules: name.startsWith("eslint-plugin-hardening") ? rulesOf(config).length : Object.values(config[0]?.rules ?? {}).filter((entry) => ![entry].flat().some((severity) => severity === "off" || severity === 0)).length, milliseconds: times.get(name) ?? Number.NaN, share: (100 * (times.get(name) ?? Number.NaN)) / bare }));
}

if (options.worker !== undefined) {
  const { worker: what, preset, plugins, files, extreme, share } = options;
  const answer = what === "growth" ? await grow(preset, Number(files)) : what === "extremes" ? await strain(extreme, Number(share)) : await besideOthers(plugins, Number(files));
  console.log(JSON.stringify(answer));
  process.exit();
}

/** Runs a script of ours, and gives its last line. */
function script(file: string, ...args: string[]): string {
  return execFileSync(process.execPath, ["--import", "tsx", "--max-old-space-size=8192", file, ...args], { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"], maxBuffer: 2 ** 26 }).trim();
}

const worker = (what: string, ...args: string[]): unknown => JSON.parse(script(own, folder, "--worker", what, ...args));

const row = (cells: readonly (string | number)[]): string => `| ${cells.join(" | ")} |`;
const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string => [row(head), row(head.map(() => "---")), ...rows.map(row)].join("\n");

const [repository] = repositoriesIn(folder, options.repository);
if (!repository) throw new Error(`there is no ${options.repository}`);

const machine = (): string => `Node ${process.version}, ESLint ${Linter.version}, ${cpus().length} × ${cpus()[0]?.model.trim() ?? "unknown"}`;

/** A temporary folder for as long as something runs. */
function inFolder<Answer>(run: (path: string) => Answer): Answer {
  const path = realpathSync(mkdtempSync(join(tmpdir(), "hardening-performance-")));
  try {
    return run(path);
  } finally {
    rmSync(path, { recursive: true, force: true });
  }
}

const parts: Readonly<Record<string, () => string>> = {
  rules() {
    const [recommended, strict] = ["recommended", "strict"].map((preset) => JSON.parse(script(join(root, "scripts/bench.ts"), repository.folder, "--preset", preset, "--rounds", options.rounds, "--json")) as BenchSummary);
    if (!recommended || !strict) throw new Error("no figures");
    const whole = [recommended, strict].map((each, index) => [index === 0 ? "`recommended`" : "`strict`", Object.keys(each.rules).length, `${each.cold.toFixed(1)} %`, `${each.share} %`, (each.all / each.files).toFixed(2), each.load]);
    const names = Object.keys(strict.rules).sort((one, other) => (strict.rules[other] ?? 0) - (strict.rules[one] ?? 0));
    const cell = ({ rules, bare }: BenchSummary, rule: string): string => (rules[rule] === undefined ? "" : `${rules[rule].toFixed(0)} (${((100 * rules[rule]) / bare).toFixed(2)} %)`);
    return [
      `${strict.repository} at ${strict.commit.slice(0, 8)}: ${strict.files} files, ${strict.rounds} rounds, ${machine()}. Without rules: ${(strict.bare / 1000).toFixed(1)} s.`,
      "",
      table(["preset", "rules", "first round, of bare", "all rounds, of bare: median (least–greatest)", "ms per file", "ms to load"], whole),
      "",
      table(["rule", "`recommended`: ms (of bare)", "`strict`: ms (of bare)"], names.map((rule) => [rule, cell(recommended, rule), cell(strict, rule)])),
    ].join("\n");
  },
  growth() {
    const rows = options.sizes.split(",").map((size) => {
      const [bare, recommended, strict] = ["bare", "recommended", "strict"].map((preset) => worker("growth", "--preset", preset, "--files", size) as Growth);
      if (!bare || !recommended || !strict) throw new Error("no figures");
      const added = ({ seconds }: Growth): string => `${(seconds - bare.seconds).toFixed(1)} (${((100 * (seconds - bare.seconds)) / bare.seconds).toFixed(0)} %)`;
      console.log(size, JSON.stringify({ bare, recommended, strict }));
      return [bare.files, bare.megabytes.toFixed(1), bare.seconds.toFixed(1), added(recommended), added(strict), bare.peak.toFixed(0), recommended.peak.toFixed(0), strict.peak.toFixed(0)];
    });
    return [`${machine()}. Seconds of the processor, each a process that lints all files once; memory in MB.`, "", table(["files", "MB of code", "bare", "`recommended` adds", "`strict` adds", "memory: bare", "`recommended`", "`strict`"], rows)].join("\n");
  },
  beside: () =>
    inFolder((path) => {
      writeFileSync(join(path, "package.json"), JSON.stringify({ name: "neighbours", private: true }));
      // The newest unicorn that this Node runs.
      const [major = 0] = process.versions.node.split(".").map(Number);
      const versions = neighbours.map((name) => (name.endsWith("unicorn") && major < 22 ? `${name}@65` : name));
      execFileSync("npm", ["install", "--no-audit", "--no-fund", "--prefer-offline", `eslint@${Linter.version}`, ...versions], { cwd: path, stdio: ["ignore", "ignore", "inherit"] });
      const figures = worker("beside", "--plugins", path, "--files", options.files) as Beside[];
      const [bare, ...others] = figures;
      return [`${options.files} files, ${machine()}. Without rules: ${((bare?.milliseconds ?? 0) / 1000).toFixed(1)} s.`, "", table(["plugin, its recommended rules", "rules", "ms", "of bare"], others.map(({ name, rules, milliseconds, share }) => [name, rules, milliseconds.toFixed(0), `${share.toFixed(0)} %`]))].join("\n");
    }),
  modes: () =>
    inFolder((path) => {
      const config = join(path, "eslint.config.mjs");
      writeFileSync(config, `import hardening from ${JSON.stringify(build)};\nimport * as parser from ${JSON.stringify(import.meta.resolve("@typescript-eslint/parser"))};\nexport default [{ files: ["**/*.{js,jsx,mjs,cjs,ts,tsx,mts,cts}"], languageOptions: { parser } }, ...hardening.configs.recommended];\n`);
      const time = (...args: string[]): string => {
        const start = performance.now();
        const { status, stderr } = spawnSync(process.execPath, [join(root, "node_modules/eslint/bin/eslint.js"), "--config", config, "--no-inline-config", "--format", "json", "--output-file", join(path, "out.json"), ...args, "."], { cwd: repository.folder, encoding: "utf8" });
        if (status !== 0 && status !== 1) throw new Error(stderr);
        return ((performance.now() - start) / 1000).toFixed(1);
      };
      const cache = ["--cache", "--cache-location", join(path, "cache")];
      const rows = [
        ["one process", time("--concurrency", "off")],
        ["`--concurrency 2`", time("--concurrency", "2")],
        ["`--cache`, the first time", time("--concurrency", "off", ...cache)],
        ["`--cache`, nothing changed", time("--concurrency", "off", ...cache)],
      ];
      return [`${repository.name}, \`recommended\`, ${machine()}. Seconds by the clock, from start to end.`, "", table(["how", "seconds"], rows)].join("\n");
    }),
  memory() {
    const rows = ["recommended", "strict"].map((preset) => {
      const { bare, preset: ours } = JSON.parse(script(join(root, "scripts/bench.ts"), repository.folder, "--memory", "--preset", preset, "--json")) as Record<"bare" | "preset", { held: number; peak: number }>;
      return [`\`${preset}\``, bare.held.toFixed(0), ours.held.toFixed(0), bare.peak.toFixed(0), ours.peak.toFixed(0)];
    });
    return [`${repository.name}, ${machine()}. MB.`, "", table(["preset", "held, bare", "held", "at most, bare", "at most"], rows)].join("\n");
  },
  schemas: () => `\`\`\`text\n${script(join(root, "scripts/bench-schemas.ts"))}\n\`\`\``,
  extremes() {
    const rows = extremes.map(({ name, size, unit }) => {
      const [half, whole] = ["0.5", "1"].map((share) => worker("extremes", "--extreme", name, "--share", share) as Extremity);
      if (!half || !whole) throw new Error("no figures");
      console.log(name, JSON.stringify({ half, whole }));
      return [name, `${size.toLocaleString("en")} ${unit}`, whole.bare.toFixed(1), half.strict.toFixed(1), whole.strict.toFixed(1), whole.peak.toFixed(0), whole.fault ? `ESLint gives up: ${whole.fault}` : ""];
    });
    return [`${machine()}. Seconds of the processor; memory in MB.`, "", table(["file", "size", "no rules", "all rules, half of it", "all rules", "memory", ""], rows)].join("\n");
  },
  editor: () => script(join(root, "scripts/latency.ts")).replace("\n", "\n\n"),
};

const page = join(root, "docs/performance.md");
for (const [name, measure] of Object.entries(parts)) {
  if (options.part.length > 0 && !options.part.includes(name)) continue;
  console.log(`measuring: ${name}`);
  const figures = measure();
  console.log(figures);
  writeFileSync(page, between(readFileSync(page, "utf8"), name, `\n${figures}\n`));
}
