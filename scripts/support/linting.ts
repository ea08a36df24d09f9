import { join } from "node:path";
import * as parser from "@typescript-eslint/parser";
import { Linter } from "eslint";

import hardening from "../../src/index.js";
import { plugin } from "../../src/plugin.js";
import type { Repository } from "./repositories.js";

export const namespace = "hardening/";

type Plugin = typeof hardening;

const isPreset = (name: string, { configs }: Plugin): name is keyof Plugin["configs"] => Object.hasOwn(configs, name);

/** A preset of ours, from the sources or a build, with a parser that reads all code, and with only some of its rules if any are named. */
export function lintConfig(preset: string, only: readonly string[] = [], from: Plugin = hardening): Linter.Config[] {
  if (!isPreset(preset, from)) throw new Error(`"${preset}" is not a preset. These are: ${Object.keys(from.configs).join(", ")}.`);
  const unknown = only.filter((rule) => !Object.hasOwn(plugin.rules, rule));
  if (unknown.length > 0) throw new Error(`no such rule: ${unknown.join(", ")}`);
  const blocks = from.configs[preset].map((block): Linter.Config => ({
    ...block,
    languageOptions: { parser },
    linterOptions: { reportUnusedDisableDirectives: "off" },
    rules: Object.fromEntries(
      Object.entries(block.rules ?? {}).filter(([rule]) => rule.startsWith(namespace) && (only.length === 0 || only.includes(rule.slice(namespace.length)))),
    ),
  }));
  return blocks;
}

/** The rules that a config switches on, by name and without our prefix. */
export const rulesOf = (config: readonly Linter.Config[]): string[] =>
  [...new Set(config.flatMap((block) => Object.keys(block.rules ?? {})))].map((rule) => rule.slice(namespace.length)).sort();

/** Whether a config has rules for code, and for schema files. */
export function readBy(config: readonly Linter.Config[]): { code: boolean; schemas: boolean } {
  const used = config.filter(({ rules = {} }) => Object.keys(rules).length > 0).map(({ language = "" }) => language.startsWith(namespace));
  return { code: used.includes(false), schemas: used.includes(true) };
}

const without = (config: readonly Linter.Config[], rule: string): Linter.Config[] =>
  config.map((block) => ({ ...block, rules: Object.fromEntries(Object.entries(block.rules ?? {}).filter(([id]) => id !== rule)) }));

/** A rule that threw. */
export interface Crash {
  rule: string;
  error: Error;
}

export interface Outcome {
  messages: Linter.LintMessage[];
  crashes: Crash[];
}

/** ESLint puts the rule on what a listener throws, and only into the message of what `create` throws. */
function culprit(error: Error & { ruleId?: string }): string {
  return error.ruleId ?? /^Error while loading rule '([^']+)'/.exec(error.message)?.[1] ?? "unknown";
}

/** Lints a text as if it were a file of the repository. A rule that throws is recorded, and the others go on without it. */
export function lintText(linter: Linter, config: readonly Linter.Config[], text: string, filename: string): Outcome {
  try {
    return { messages: linter.verify(text, [...config], { filename, allowInlineConfig: false }), crashes: [] };
  } catch (error) {
    const crash = { rule: culprit(error as Error), error: error as Error };
    const rest = without(config, crash.rule);
    const goesOn = rulesOf(rest).length < rulesOf(config).length;
    const { messages, crashes } = goesOn ? lintText(linter, rest, text, filename) : { messages: [], crashes: [] };
    return { messages, crashes: [crash, ...crashes] };
  }
}

export const linterIn = ({ folder }: Repository): Linter => new Linter({ cwd: folder });

export const pathIn = ({ folder }: Repository, file: string): string => join(folder, file);
