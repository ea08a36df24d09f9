import { posix } from "node:path";

import { readJsonc, stringsOf, isObject, type JsonObject } from "../project/json.js";
import type { App, AppPackage } from "./app.js";

/** A package manager, and how it is told to run something. */
interface Manager {
  readonly name: string;
  /** What it writes down versions in. */
  readonly lock: RegExp;
  /** How it installs what is written down: https://docs.npmjs.com/cli/commands/npm-ci and its neighbours. */
  readonly install: RegExp;
  /** A script of package.json. */
  readonly script: (name: string) => string;
  /** A command of an installed package. */
  readonly tool: (command: string) => string;
}

const npm: Manager = { name: "npm", lock: /(?:^|\/)(?:package-lock|npm-shrinkwrap)\.json$/, install: /\bnpm\s+(?:ci|i|install)\b/, script: (name) => (name === "test" ? "npm test" : `npm run ${name}`), tool: (command) => `npx ${command}` };

const managers: readonly Manager[] = [
  npm,
  { name: "pnpm", lock: /(?:^|\/)pnpm-lock\.yaml$/, install: /\bpnpm\s+(?:i|install)\b/, script: (name) => `pnpm ${name === "test" ? "test" : `run ${name}`}`, tool: (command) => `pnpm exec ${command}` },
  { name: "yarn", lock: /(?:^|\/)yarn\.lock$/, install: /\byarn(?:\s+install\b|\s*$)/m, script: (name) => `yarn ${name}`, tool: (command) => `yarn ${command}` },
  { name: "bun", lock: /(?:^|\/)bun\.lockb?$/, install: /\bbun\s+(?:i|install)\b/, script: (name) => `bun run ${name}`, tool: (command) => `bunx ${command}` },
];

/** The package manager of a package: the one that is named in package.json, or whose lock it has; of several, the one that workflows install with, and npm, which is always there. */
function managerOf(own: AppPackage, app: App): Manager {
  const { files, packages } = app;
  const named = [own, ...packages.filter(({ folder }) => folder === "")].flatMap(({ json }) => stringsOf(json["packageManager"]));
  const byName = managers.find(({ name }) => named.some((text) => text.startsWith(`${name}@`)));
  if (byName) return byName;
  const inFolder = (folder: string): Manager[] => managers.filter(({ lock }) => files.some((file) => lock.test(file) && (posix.dirname(file) === (folder || "."))));
  const nearest = inFolder(own.folder);
  const found = nearest.length > 0 ? nearest : inFolder("");
  if (found.length < 2) return found[0] ?? npm;
  const workflows = files.filter((file) => /^\.github\/workflows\/|(?:^|\/)Dockerfile$/.test(file)).map((file) => app.read(file) ?? "");
  const installing = found.filter(({ install }) => workflows.some((text) => install.test(text)));
  return (installing.length === 1 ? installing[0] : undefined) ?? (found.includes(npm) ? npm : found[0]) ?? npm;
}

/** What has no check behind it: the script that `npm init` writes, and those that only say something. */
const empty = /no test specified|^(?:echo\b[^&|;]*|exit \d+|true)(?:&&\s*exit \d+)?$/;

const eslintConfig = /(?:^|\/)(?:\.eslintrc(?:\.\w+)?|eslint\.config\.[cm]?[jt]s)$/;

const rangeOf = ({ dependencies, devDependencies }: AppPackage, name: string): string | null => devDependencies.get(name) ?? dependencies.get(name) ?? null;

/** The first version that a range allows, as far as it is a plain one. */
function leastOf(range: string | null): readonly [major: number, minor: number] | null {
  const [, major, minor = "0"] = /^[\^~>=v\s]*(\d+)(?:\.(\d+))?/.exec(range ?? "") ?? [];
  return major === undefined ? null : [Number(major), Number(minor)];
}

/** Whether a script can do what it is for, as far as that can be told: `next lint` asks questions where ESLint is not set up, and is gone since Next 16. */
function works(script: string, own: AppPackage, { files }: App): boolean {
  if (empty.test(script.trim())) return false;
  const hasConfig = files.some((file) => eslintConfig.test(file)) || "eslintConfig" in own.json;
  if (/\bnext lint\b/.test(script)) return hasConfig && (leastOf(rangeOf(own, "next"))?.[0] ?? 0) < 16;
  return !/\beslint\b/.test(script) || hasConfig;
}

/** Whether a configuration of the compiler has files of its own, or only points at others. */
const isOnlyReferences = (config: JsonObject): boolean => Array.isArray(config["files"]) && config["files"].length === 0 && config["include"] === undefined;

/** The command that looks at types; `null` where there is no compiler, or nothing tells what it should look at. */
function typeCheckOf(own: AppPackage, app: App): string | null {
  const file = own.folder === "" ? "tsconfig.json" : `${own.folder}/tsconfig.json`;
  const root = app.packages.find(({ folder }) => folder === "");
  const range = rangeOf(own, "typescript") ?? (root ? rangeOf(root, "typescript") : null);
  const config = app.files.includes(file) && range !== null ? readJsonc(app.read(file) ?? "") : null;
  if (!config) return null;
  if (!isOnlyReferences(config)) return "tsc --noEmit";
  const references = Array.isArray(config["references"]) ? config["references"].filter(isObject).flatMap(({ path }) => stringsOf(path)) : [];
  const [first] = references;
  if (first === undefined) return null;
  // `--build` takes `--noEmit` since 5.6: https://devblogs.microsoft.com/typescript/announcing-typescript-5-6/
  const [major, minor] = leastOf(range) ?? [0, 0];
  return major > 5 || (major === 5 && minor >= 6) ? "tsc -b --noEmit" : `tsc --noEmit -p ${posix.normalize(first)}`;
}

/** The commands that check a package, as its own package manager runs them: scripts that are there and work, and the compiler where no script runs it. */
export function checkCommandsOf(own: AppPackage, app: App): string[] {
  const manager = managerOf(own, app);
  const names = ["typecheck", "type-check", "check-types", "check:types", "lint", "test", "build"].filter((name) => works(own.scripts.get(name) ?? "exit 0", own, app));
  const isTyped = names.some((name) => /types?|-check/.test(name) || /\btsc\b/.test(own.scripts.get(name) ?? ""));
  const typeCheck = isTyped ? null : typeCheckOf(own, app);
  return [...(typeCheck === null ? [] : [manager.tool(typeCheck)]), ...names.map(manager.script)];
}
