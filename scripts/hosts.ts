/**
 * Lints the same files in every set-up that people have, from the packed tarball, and writes what came of it into `docs/hosts.md`.
 *
 *     npm run hosts [-- <repository>...] [--only <part of a host's name>] [--keep]
 *
 * The files are a sample whose findings are written down beside it (`tests/apps/hosts`), and the demo app. A host that reads a file must
 * report in it what the first of the hosts does, word for word. Oxlint and that first host are also run over whole repositories, if any are
 * named. It takes several minutes, and installs some hundred megabytes from the registry into a folder that goes when it ends; with `--keep` it stays. With `--only`, nothing is written.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import type { ESLint, Linter } from "eslint";

import { between } from "./support/generated.js";
import { hosts, installations, type Host, type Installation } from "./support/hosts.js";
import { namespace } from "./support/linting.js";
import { codeFiles, commitOf, repositoriesIn, type Repository } from "./support/repositories.js";
import { root } from "./support/rules.js";

interface Finding {
  readonly file: string;
  /** `12:5 rule`. */
  readonly at: string;
  readonly message: string;
  /** What would be written by a fix or a suggestion. */
  readonly edits: string;
}

interface Lint {
  readonly files: readonly string[];
  readonly findings: readonly Finding[];
  /** Files that could not be read there, with why. */
  readonly unread: ReadonlyMap<string, string>;
}

const { values: options, positionals } = parseArgs({ allowPositionals: true, options: { only: { type: "string", default: "" }, keep: { type: "boolean", default: false } } });

const folder = mkdtempSync(join(tmpdir(), "hardening-hosts-"));
const [reference] = hosts;
if (!reference) throw new Error("There are no hosts.");

const npm = (cwd: string, ...args: string[]): string => execFileSync("npm", args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, npm_config_loglevel: "error" } });

function write(cwd: string, files: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, file)), { recursive: true });
    writeFileSync(join(cwd, file), text);
  }
}

const install = (cwd: string, packages: readonly string[]): string => npm(cwd, "install", "--no-audit", "--no-fund", "--prefer-offline", ...packages);

npm(root, "run", "--silent", "build");
npm(root, "pack", "--ignore-scripts", "--pack-destination", folder);
const tarball = join(folder, readdirSync(folder).find((file) => file.endsWith(".tgz")) ?? "");

const installed = new Map<string, string>();

/** A project with the packages of a host, and with all that is linted. */
function projectOf(name: keyof typeof installations): string {
  const known = installed.get(name);
  if (known !== undefined) return known;
  const cwd = join(folder, name);
  const { packages }: Installation = installations[name];
  write(cwd, { "package.json": JSON.stringify({ name: "host", private: true, type: "module" }) });
  console.log(`installing ${name}`);
  install(cwd, [tarball, ...Object.entries(packages).map(([dependency, range]) => `${dependency}@${range}`)]);
  cpSync(join(root, "tests/apps/hosts"), join(cwd, "app"), { recursive: true });
  rmSync(join(cwd, "app/findings.json"));
  cpSync(join(root, "examples/shop"), join(cwd, "shop"), { recursive: true });
  rmSync(join(cwd, "shop/eslint.config.js"));
  installed.set(name, cwd);
  return cwd;
}

/** The program of a Node, installed when it is first asked for. */
function nodeOf({ node }: Host): string {
  if (node === undefined) return process.execPath;
  const cwd = join(folder, `node-${node}`);
  const program = join(cwd, "node_modules/node/bin/node");
  if (!installed.has(cwd)) {
    write(cwd, { "package.json": JSON.stringify({ name: "node", private: true }) });
    install(cwd, [`node@${node}`]);
    installed.set(cwd, program);
  }
  return program;
}

const versionIn = (cwd: string, name: string): string => (JSON.parse(readFileSync(join(cwd, "node_modules", name, "package.json"), "utf8")) as { version: string }).version;

const configText = ({ preset, config }: Host): string =>
  `import hardening from "eslint-plugin-hardening";\n${config ?? ""}export default [{ linterOptions: { reportUnusedDisableDirectives: "off" } }, ...${config?.includes("const before") ? "before" : "[]"}, ...hardening.configs["${preset}"], ...${config?.includes("const after") ? "after" : "[]"}];\n`;

const editsOf = ({ fix, suggestions = [] }: Linter.LintMessage): string => JSON.stringify([fix ?? null, suggestions.map((suggestion) => [suggestion.desc, suggestion.fix])]);

/** Runs a program that may end with 1 because of what it found. */
function output(program: string, args: readonly string[], cwd: string): string {
  const { stdout, stderr, status } = spawnSync(program, args, { cwd, encoding: "utf8", maxBuffer: 2 ** 29 });
  if (status !== 0 && status !== 1) throw new Error(`${args.join(" ")}\n${stderr || stdout}`);
  return stdout;
}

function lintWithEslint(host: Host, project: string, cwd = project, targets: readonly string[] = ["app", "shop"]): Lint {
  const config = join(project, "eslint.config.mjs");
  writeFileSync(config, configText(host));
  const args = [join(project, "node_modules/eslint/bin/eslint.js"), "--format", "json", ...(cwd === project ? [] : ["--config", config]), ...targets];
  const results = JSON.parse(output(nodeOf(host), args, cwd)) as ESLint.LintResult[];
  const unread = new Map<string, string>();
  const findings = results.flatMap(({ filePath, messages }) => {
    const file = relative(cwd, filePath);
    const fatal = messages.find((message) => message.fatal);
    if (fatal) unread.set(file, fatal.message);
    return messages
      .filter(({ ruleId }) => ruleId?.startsWith(namespace))
      .map((message): Finding => ({ file, at: `${message.line}:${message.column} ${message.ruleId?.slice(namespace.length) ?? ""}`, message: message.message, edits: editsOf(message) }));
  });
  return { files: results.map(({ filePath }) => relative(cwd, filePath)), findings, unread };
}

interface OxlintReport {
  readonly diagnostics: readonly { message: string; code?: string; filename: string; labels: readonly { span: { line: number; column: number } }[] }[];
}

function lintWithOxlint({ preset }: Host, project: string, cwd = project, targets: readonly string[] = ["app", "shop"]): Lint {
  const config = join(project, "oxlint.config.mjs");
  writeFileSync(
    config,
    `import hardening from "eslint-plugin-hardening";\nimport { defineConfig } from "oxlint";\n\nconst [{ rules }] = hardening.configs["${preset}"];\n\nexport default defineConfig({ plugins: [], categories: { correctness: "off" }, jsPlugins: ["eslint-plugin-hardening"], rules });\n`,
  );
  const text = output(join(project, "node_modules/.bin/oxlint"), ["--config", config, "--disable-nested-config", "--format", "json", ...targets], cwd);
  const findings: Finding[] = [];
  const unread = new Map<string, string>();
  for (const { code, filename, message, labels } of (JSON.parse(text) as OxlintReport).diagnostics) {
    const [, rule] = /^hardening\((.+)\)$/.exec(code ?? "") ?? [];
    const { line = 0, column = 0 } = labels[0]?.span ?? {};
    if (rule === undefined) unread.set(filename, message);
    else findings.push({ file: filename, at: `${line}:${column} ${rule}`, message, edits: "" });
  }
  return { files: [], findings, unread };
}

const lint = (host: Host, project: string, cwd?: string, targets?: readonly string[]): Lint => (host.config === null ? lintWithOxlint : lintWithEslint)(host, project, cwd, targets);

/** What one of two has and the other has not, line by line. */
function differences(expected: readonly Finding[], found: readonly Finding[], withEdits: boolean): string[] {
  const line = ({ file, at, message, edits }: Finding): string => `${file}:${at}: ${message}${withEdits ? ` ${edits}` : ""}`;
  const [one, other] = [expected, found].map((findings) => findings.map(line));
  return [...(one ?? []).filter((each) => !other?.includes(each)).map((each) => `missing ${each}`), ...(other ?? []).filter((each) => !one?.includes(each)).map((each) => `added ${each}`)].sort();
}

interface Row {
  readonly host: Host;
  readonly node: string;
  readonly versions: string;
  readonly files: number;
  readonly findings: number;
  readonly differences: readonly string[];
}

const written = Object.entries(JSON.parse(readFileSync(join(root, "tests/apps/hosts/findings.json"), "utf8")) as Record<string, string[]>);

let known: Lint | undefined;

function run(host: Host): Row {
  const project = projectOf(host.in);
  const { findings: all, files, unread } = lint(host, project);
  const read = (file: string): boolean => host.reads.test(file);
  const findings = all.filter(({ file }) => read(file));
  known ??= { files: files.filter(read), findings, unread };
  const wanted = written.flatMap(([file, each]) => (read(`app/${file}`) ? each.map((at) => `app/${file}:${at}`) : []));
  const inSample = findings.filter(({ file }) => file.startsWith("app/")).map(({ file, at }) => `${file}:${at}`);
  const framed = !host.reads.test("a.js");
  const fromDemo = (each: readonly Finding[]): Finding[] => (framed ? [] : each.filter(({ file }) => read(file)));
  return {
    host,
    node: execFileSync(nodeOf(host), ["--version"], { encoding: "utf8" }).trim().slice(1),
    versions: host.shows.map((name) => `${name} ${versionIn(project, name)}`).join(", "),
    files: framed ? files.filter(read).length : known.files.filter(read).length,
    findings: findings.length,
    differences: [
      ...wanted.filter((each) => !inSample.includes(each)).map((each) => `missing ${each}`),
      ...inSample.filter((each) => !wanted.includes(each)).map((each) => `added ${each}`),
      ...differences(fromDemo(known.findings), fromDemo(findings), host.config !== null),
      ...[...unread].filter(([file]) => read(file)).map(([file, why]) => `unread ${file}: ${why}`),
    ],
  };
}

const consumer = `import hardening, { type HardeningSettings, type RuleOptions } from "eslint-plugin-hardening";
import { defineConfig } from "eslint/config";

export default defineConfig([
  hardening.configs.recommended,
  ...hardening.configs.strict,
  {
    plugins: { hardening },
    extends: ["hardening/auth"],
    settings: { hardening: { roles: { script: ["tools/**"] } } satisfies HardeningSettings },
    rules: { "hardening/require-upload-limits": ["error", { megabytes: 25 }] } satisfies RuleOptions,
  },
]);
`;

/** Whether a config that uses our types compiles, with the compiler that is there. */
function checkTypes(name: keyof typeof installations): { compiler: string; complaint: string } | null {
  const { compiler }: Installation = installations[name];
  if (compiler === undefined) return null;
  const cwd = projectOf(name);
  writeFileSync(join(cwd, "consumer.ts"), consumer);
  const { stdout } = spawnSync(process.execPath, [join(cwd, "node_modules", compiler, "bin/tsc"), "--noEmit", "--strict", "--ignoreConfig", "--module", "nodenext", "--skipLibCheck", "consumer.ts"].filter((argument) => argument !== "--ignoreConfig" || !versionIn(cwd, compiler).startsWith("5.")), { cwd, encoding: "utf8" });
  return { compiler: `TypeScript ${versionIn(cwd, compiler)}`, complaint: stdout.trim() };
}

interface RepositoryRow {
  readonly repository: Repository;
  readonly commit: string;
  readonly files: number;
  readonly unread: number;
  readonly findings: number;
  readonly rules: number;
  readonly differences: readonly string[];
}

/** Oxlint beside ESLint on the code of a whole repository. Both look at disable comments; what git ignores is left out. */
function compareOn(repository: Repository, oxlint: Host): RepositoryRow {
  const files = codeFiles(repository);
  const tracked = new Set(files);
  const { folder: cwd } = repository;
  const targets = [...new Set(files.map((file) => file.split("/")[0] ?? file))];
  const eslint = lint({ ...main(), preset: "code-strict" }, projectOf("eslint10"), cwd, targets);
  const other = lint(oxlint, projectOf("oxlint"), cwd, targets);
  const unread = new Set([...eslint.unread.keys(), ...other.unread.keys()]);
  const ofBoth = ({ findings }: Lint): Finding[] => findings.filter(({ file }) => tracked.has(file) && !unread.has(file));
  const found = ofBoth(eslint);
  return { repository, commit: commitOf(repository), files: files.length, unread: unread.size, findings: found.length, rules: new Set(found.map(({ at }) => at.split(" ")[1])).size, differences: differences(found, ofBoth(other), false) };
}

const main = (): Host => {
  const host = hosts.find(({ name }) => name.startsWith("Node "));
  if (!host) throw new Error("no host");
  const { node: _node, ...rest } = host;
  return rest;
};

const row = (cells: readonly (string | number)[]): string => `| ${cells.join(" | ")} |`;
const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string => [row(head), row(head.map(() => "---")), ...rows.map(row)].join("\n");
const verdict = (different: readonly string[]): string => (different.length === 0 ? "the same" : `${different.length} differ`);

function tell(name: string, different: readonly string[]): void {
  console.log(`${name}: ${verdict(different)}`);
  for (const each of different.slice(0, 20)) console.log(`  ${each}`);
}

try {
  const chosen = hosts.filter((host) => host === reference || host.name.includes(options.only));
  const rows = chosen.map((host) => {
    const result = run(host);
    tell(`${host.name} (${result.versions}, Node ${result.node}): ${result.files} files, ${result.findings} findings`, result.differences);
    return result;
  });

  const names = Object.keys(installations) as (keyof typeof installations)[];
  const types = options.only ? [] : names.flatMap((name) => checkTypes(name) ?? []);
  for (const { compiler, complaint } of types) console.log(`${compiler}: ${complaint || "compiles"}`);

  const oxlint = hosts.find(({ config }) => config === null);
  const repositories = positionals.map((path) => {
    const [repository] = repositoriesIn(dirname(resolve(path)), basename(path));
    if (!repository || !oxlint) throw new Error(`${path} is no git checkout`);
    const result = compareOn(repository, oxlint);
    tell(`oxlint on ${repository.name}, ${result.files} files, ${result.unread} unread, ${result.findings} findings of ${result.rules} rules`, result.differences);
    return result;
  });

  const failures = [...rows, ...repositories].filter((each) => each.differences.length > 0).length + types.filter(({ complaint }) => complaint).length;
  if (!options.only) {
    const page = join(root, "docs/hosts.md");
    const hostTable = table(["host", "versions", "Node", "config", "files", "findings", "beside the first"], rows.map(({ host, versions, node, files, findings, differences: different }) => [host.name, versions, node, `\`${host.preset}\``, files, findings, verdict(different)]));
    const typeList = [...new Map(types.map((each) => [each.compiler, each])).values()].map(({ compiler, complaint }) => `- ${compiler}${complaint ? `: does not (${complaint.split("\n")[0] ?? ""})` : ""}`).join("\n");
    let text = between(between(readFileSync(page, "utf8"), "hosts", `\n${hostTable}\n`), "types", `\n${typeList}\n`);
    if (repositories.length > 0) {
      const cells = repositories.map((each) => [each.repository.name, each.commit.slice(0, 8), each.files, each.unread, each.rules, each.findings, verdict(each.differences)]);
      text = between(text, "oxlint", `\n${table(["repository", "commit", "files", "left out", "rules that report", "findings", "beside ESLint"], cells)}\n`);
    }
    writeFileSync(page, text);
  }
  console.log(failures === 0 ? "the same everywhere" : `${failures} differ`);
  if (failures > 0) process.exitCode = 1;
} finally {
  if (options.keep) console.log(folder);
  else rmSync(folder, { recursive: true, force: true });
}
