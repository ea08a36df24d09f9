import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import * as parser from "@typescript-eslint/parser";
import type { ESLint, Linter, Rule } from "eslint";

import strict from "../../configs/strict.js";
import type { HardeningRule } from "../create-rule.js";
import { plugin } from "../plugin.js";
import { isObject } from "../project/json.js";
import { configError, isInstalled, loadEslint, requireConfig } from "./eslint.js";
import { masked, withoutKeys } from "./mask.js";
import type { Excerpt, Remedy } from "./model.js";
import { rowsWithout, type Secrets, secretRules, secretsIn, textWithout } from "./secrets.js";
import { type FileSurvey, type Survey, surveyRule } from "./survey.js";

/** What a rule said about a file, before anything is known of the app around it. */
export interface Report {
  readonly id: string;
  readonly rule: string;
  /** Which of the rule's messages it is. */
  readonly kind: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly message: string;
  readonly excerpt: Excerpt;
  readonly remedy: Remedy;
  /** Whether `recommended` says the same. */
  readonly isUsual: boolean;
}

export interface LintRun {
  readonly reports: readonly Report[];
  /** What rules found to be secret, by the files that it stands in. */
  readonly secrets: ReadonlyMap<string, ReadonlySet<string>>;
  readonly survey: Survey;
  readonly linted: number;
  readonly lines: number;
  readonly suppressedByComment: number;
  readonly suppressedByList: number;
  readonly notes: readonly string[];
  readonly eslint: string;
}

export interface LintOptions {
  readonly root: string;
  readonly files: readonly string[];
  /** Takes the project's own ESLint configuration, which is code that is run. */
  readonly ownConfig: boolean;
  /** The only rules to run; all of them when empty. */
  readonly only: ReadonlySet<string>;
  readonly onProgress: (done: number, total: number) => void;
  readonly signal: AbortSignal;
}

const namespace = plugin.meta.namespace;
const usual = "recommended";
const surveys = "survey";

/** A file larger than this was not written by hand. */
const largest = 1_000_000;

const allRules = plugin.rules as Readonly<Record<string, HardeningRule>>;

/** Where `strict` asks for more than `recommended`, both are run: a report of the latter is surer. */
function usualRules(languageOf: string | undefined): Linter.RulesRecord {
  const rules: Linter.RulesRecord = {};
  for (const [name, { meta }] of Object.entries(allRules)) {
    const { recommended, strict: wider } = meta.docs?.presets ?? {};
    if (!recommended || !(meta.languages ?? ["js/js"]).includes(languageOf ?? "js/js")) continue;
    if (typeof wider !== "string" || typeof recommended !== "string") rules[`${usual}/${name}`] = typeof recommended === "string" ? recommended : [...recommended];
  }
  return rules;
}

/** The rules about secrets where nobody has asked for them: what they find is left out of what others show. */
const watching = (isRun: (name: string) => boolean): Linter.RulesRecord => Object.fromEntries([...secretRules].filter((name) => !isRun(name)).map((name) => [`${surveys}/${name}`, "warn"]));

const hasTwin = new Set(["js/js", ...Object.keys(plugin.languages).map((name) => `${namespace}/${name}`)].flatMap((language) => Object.keys(usualRules(language)).map((id) => id.slice(usual.length + 1))));

function reviewConfig(only: ReadonlySet<string>, off: ReadonlySet<string>, survey: ESLint.Plugin): Linter.Config[] {
  const isWanted = (id: string): boolean => {
    const name = id.slice(id.indexOf("/") + 1);
    return !off.has(name) && (id.startsWith(`${surveys}/`) || only.size === 0 || only.has(name));
  };
  return strict.map((block): Linter.Config => {
    const watched = block.language ? {} : watching((name) => isWanted(name) || off.has(name));
    const rules = { ...block.rules, ...usualRules(block.language), ...watched, [`${surveys}/facts`]: "error" } satisfies Linter.RulesRecord;
    return {
      ...block,
      ...(block.language ? {} : { languageOptions: { parser } }),
      linterOptions: { reportUnusedDisableDirectives: "off" },
      plugins: { ...block.plugins, [usual]: plugin as unknown as ESLint.Plugin, [surveys]: survey },
      rules: Object.fromEntries(Object.entries(rules).filter(([id]) => isWanted(id))),
    };
  });
}

/** Frameworks whose files are code in a file of their own kind. */
const framed = [
  { ending: /\.vue$/, parser: "vue-eslint-parser" },
  { ending: /\.svelte$/, parser: "svelte-eslint-parser" },
  { ending: /\.astro$/, parser: "astro-eslint-parser" },
];

const readable = /\.(?:[cm]?[jt]sx?|prisma|sql)$/;

const remedyOf = ({ fix, suggestions }: Linter.LintMessage): Remedy => (fix ? "fix" : suggestions && suggestions.length > 0 ? "suggestion" : "person");

const short = 240;

export function excerptOf(lines: readonly string[], line: number, endLine: number, file: string): Excerpt {
  const start = Math.max(1, line - 2);
  const end = Math.min(lines.length, Math.min(endLine, line + 6) + 2);
  const whole = masked(lines.slice(start - 1, end).join("\n"), file);
  return { start, lines: whole.split("\n").map((text) => (text.length > short ? `${text.slice(0, short)}…` : text)) };
}

/** A name for what is reported that does not depend on where in the file it is. */
export function identify(seen: Map<string, number>, ...parts: readonly string[]): string {
  const key = parts.join("\0");
  const count = (seen.get(key) ?? 0) + 1;
  seen.set(key, count);
  return createHash("sha256")
    .update(count === 1 ? key : `${key}\0${count}`)
    .digest("hex")
    .slice(0, 12);
}

interface Suppressions {
  readonly [file: string]: Readonly<Record<string, { readonly count: number }>> | undefined;
}

/** ESLint's list of what a team has put off: https://eslint.org/docs/latest/use/suppressions */
function suppressionsIn(root: string, notes: string[]): Suppressions {
  const path = join(root, "eslint-suppressions.json");
  if (!existsSync(path)) return {};
  try {
    const listed: unknown = JSON.parse(readFileSync(path, "utf8"));
    if (isObject(listed)) return listed as Suppressions;
  } catch {
    // Said below.
  }
  notes.push("eslint-suppressions.json cannot be read as ESLint writes it: what it puts off is listed.");
  return {};
}

const ruleOf = (id: string | null, isOwn: boolean): string | null => {
  const [prefix, name = ""] = id?.split(/\/(?=[^/]*$)/) ?? [];
  return (prefix === namespace || (isOwn && prefix?.includes("hardening"))) && Object.hasOwn(allRules, name) ? name : null;
};

/** The rule that threw, by what ESLint says about it. */
const culpritOf = (error: unknown): string | null => /\b(?:hardening|recommended|survey)\/([\w-]+)/.exec(`${(error as { ruleId?: string }).ruleId ?? ""} ${(error as Error).message}`)?.[1] ?? null;

/** What the rules say about a file, out of all that ESLint says. */
export function reportsFrom(file: string, rows: readonly string[], messages: readonly Linter.LintMessage[], isOwn: boolean, secrets: Secrets = secretsIn(rows, messages)): Report[] {
  const shown = messages.length === 0 ? rows : withoutKeys(rowsWithout(secrets, rows).join("\n")).split("\n");
  const seen = new Map<string, number>();
  const usualPlaces = new Set(messages.filter(({ ruleId }) => ruleId?.startsWith(`${usual}/`)).map(({ ruleId, line, column }) => `${ruleId?.slice(usual.length + 1)}:${line}:${column}`));
  const places = new Set<string>();
  return messages.flatMap((message) => {
    const rule = ruleOf(message.ruleId, isOwn);
    const { line, column, endLine = line, endColumn = column } = message;
    // A place is mended once, however much a rule has to say about it.
    const place = `${rule ?? ""}:${line}:${column}`;
    if (rule === null || places.has(place)) return [];
    places.add(place);
    const anchor = (rows[line - 1] ?? "").trim().replace(/\s+/g, " ");
    return [
      {
        id: identify(seen, rule, file, message.messageId ?? "", anchor),
        rule,
        kind: message.messageId ?? "",
        file,
        line,
        column,
        endLine,
        endColumn,
        message: masked(textWithout(secrets.texts, message.message)),
        excerpt: excerptOf(shown, line, endLine, file),
        remedy: remedyOf(message),
        isUsual: isOwn ? message.severity === 2 : !hasTwin.has(rule) || usualPlaces.has(`${rule}:${line}:${column}`),
      },
    ];
  });
}

/** Runs the rules over all files, one after the other, and keeps going where a single one fails. */
export async function lint(options: LintOptions): Promise<LintRun> {
  const { root, only, ownConfig, onProgress, signal } = options;
  const { ESLint: Eslint, version } = await loadEslint();
  if (ownConfig) requireConfig(root, options.files);
  const found = new Map<string, FileSurvey>();
  const survey: ESLint.Plugin = { rules: { ...Object.fromEntries([...secretRules].map((name) => [name, allRules[name] as unknown as Rule.RuleModule])), facts: surveyRule(found) } };
  const eslintWithout = (off: ReadonlySet<string>): ESLint =>
    ownConfig
      ? new Eslint({ cwd: root, overrideConfig: [{ files: ["**/*.{js,jsx,mjs,cjs,ts,tsx,mts,cts}"], plugins: { [surveys]: survey }, rules: { ...watching(() => false), [`${surveys}/facts`]: "warn" } }] })
      : new Eslint({ cwd: root, overrideConfigFile: true, overrideConfig: reviewConfig(only, off, survey) });
  const eslint = eslintWithout(new Set());

  const notes: string[] = [];
  const reports: Report[] = [];
  const secretsOf = new Map<string, ReadonlySet<string>>();
  const suppressions = suppressionsIn(root, notes);
  const unread: string[] = [];
  const unparsed: string[] = [];
  const huge: string[] = [];
  let [linted, lines, byComment, byList, done] = [0, 0, 0, 0, 0];

  // A rule that fails is left out of that one file.
  const resultOf = async (text: string, filePath: string, off: readonly string[] = []): Promise<ESLint.LintResult | undefined> => {
    try {
      const [result] = await (off.length === 0 ? eslint : eslintWithout(new Set(off))).lintText(text, { filePath, warnIgnored: false });
      return result;
    } catch (error) {
      const culprit = culpritOf(error);
      if (ownConfig) throw configError(error, filePath.slice(root.length + 1));
      if (culprit === null || off.includes(culprit)) throw error;
      notes.push(`${culprit} failed on ${filePath.slice(root.length + 1)} and was left out there. Please report this: ${(error as Error).message.split("\n")[0] ?? ""}`);
      return resultOf(text, filePath, [...off, culprit]);
    }
  };

  const collect = (file: string, text: string, { messages, suppressedMessages }: ESLint.LintResult): void => {
    const rows = text.split(/\r?\n/);
    lines += rows.length;
    byComment += suppressedMessages.filter(({ ruleId }) => ruleOf(ruleId, ownConfig) !== null).length;
    const secrets = secretsIn(rows, [...messages, ...suppressedMessages]);
    if (secrets.texts.size > 0) secretsOf.set(file, secrets.texts);
    const found = reportsFrom(file, rows, messages, ownConfig, secrets);
    const kept = found.filter(({ rule }) => found.filter((each) => each.rule === rule).length > (suppressions[file]?.[`${namespace}/${rule}`]?.count ?? 0));
    byList += found.length - kept.length;
    reports.push(...kept);
  };

  const wanted = options.files.filter((file) => readable.test(file) || (ownConfig && framed.some(({ ending }) => ending.test(file))));
  for (const file of wanted) {
    signal.throwIfAborted();
    const path = join(root, file);
    done += 1;
    onProgress(done, wanted.length);
    // Gives a signal, or a terminal, its turn.
    if (done % 20 === 0) await setImmediate();
    let text: string;
    try {
      if (statSync(path).size > largest) {
        huge.push(file);
        continue;
      }
      text = readFileSync(path, "utf8");
    } catch {
      unread.push(file);
      continue;
    }
    const result = await resultOf(text, path);
    if (!result) continue;
    linted += 1;
    if (result.messages.some(({ fatal }) => fatal)) unparsed.push(file);
    collect(file, text, result);
  }

  for (const { ending, parser: name } of framed) {
    const files = options.files.filter((file) => ending.test(file)).length;
    if (files > 0 && !ownConfig) notes.push(`${files} ${files === 1 ? "file" : "files"} ending in ${ending.source.replace(/[\\$]/g, "")} ${files === 1 ? "was" : "were"} not looked at: ${isInstalled(name) ? "run with `--config`, and " : ""}${name} has to be set up in the project's own ESLint configuration for \`--config\`.`);
  }
  const listed = (files: readonly string[]): string => files.slice(0, 3).join(", ") + (files.length > 3 ? ` and ${files.length - 3} more` : "");
  if (unread.length > 0) notes.push(`${unread.length} could not be read: ${listed(unread)}.`);
  if (unparsed.length > 0) notes.push(`${unparsed.length} could not be parsed, and nothing is known about them: ${listed(unparsed)}.`);
  if (huge.length > 0) notes.push(`${huge.length} larger than a megabyte were left out: ${listed(huge)}.`);
  return { reports, secrets: secretsOf, survey: found, linted, lines, suppressedByComment: byComment, suppressedByList: byList, notes, eslint: version };
}
