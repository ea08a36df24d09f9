import type { ESLint, Linter } from "eslint";

import type { Concern } from "./concerns.js";
import type { HardeningRule, PresetEntry, RuleDocs } from "./create-rule.js";
import { plugin } from "./plugin.js";

type PresetName = "recommended" | "strict";
type EntryOf = (docs: RuleDocs) => PresetEntry | undefined;

const { namespace } = plugin.meta;

/** Every file that our code rules read. No preset goes without it: a rule without `files` would meet every language. */
const codeFiles = ["**/*.{js,jsx,mjs,cjs,ts,tsx,mts,cts}"];
const codeLanguage = "js/js";

/** Rules that fall over files that are no code, or take them for code, where somebody's config has them without `files`. */
const fragile: Linter.RulesRecord = { "react-hooks/rules-of-hooks": "off", "@typescript-eslint/naming-convention": "off", "prettier/prettier": "off" };

const allRules = Object.entries<HardeningRule>(plugin.rules);

/** The rules of a preset that read files of a language. */
function rulesFor(language: string, entryOf: EntryOf): Linter.RulesRecord {
  const rules: Linter.RulesRecord = {};
  for (const [rule, { meta }] of allRules) {
    const entry = meta.docs && (meta.languages ?? [codeLanguage]).includes(language) && entryOf(meta.docs);
    if (entry) rules[`${namespace}/${rule}`] = typeof entry === "string" ? entry : [...entry];
  }
  return rules;
}

const plugins = { [namespace]: plugin as unknown as ESLint.Plugin };

const codeBlock = (name: string, entryOf: EntryOf): Linter.Config => ({
  name: `${namespace}/${name}`,
  files: codeFiles,
  plugins,
  rules: rulesFor(codeLanguage, entryOf),
});

/** A block for each of the languages that this plugin brings. */
const schemaBlocks = (name: string, entryOf: EntryOf): Linter.Config[] =>
  Object.keys(plugin.languages).map((ending) => {
    const language = `${namespace}/${ending}`;
    return { name: `${namespace}/${name}/${ending}`, files: [`**/*.${ending}`], language, plugins, rules: { ...fragile, ...rulesFor(language, entryOf) } };
  });

/** The config of a preset: membership, severity and options come from each rule's own metadata. */
export const preset = (name: PresetName): Linter.Config[] => {
  const entryOf: EntryOf = (docs) => docs.presets[name];
  return [codeBlock(name, entryOf), ...schemaBlocks(name, entryOf)];
};

/** A preset's rules on code alone, for hosts without ESLint languages (ESLint before 9.15, oxlint). */
export const codePreset = (name: PresetName): Linter.Config[] => [codeBlock(`code-${name}`, (docs) => docs.presets[name])];

/** All rules of one concern, as `recommended` has them where it has them, else as `strict` does. */
export const concernPreset = (concern: Concern): Linter.Config[] => {
  const entryOf: EntryOf = (docs) => (docs.concern === concern ? (docs.presets.recommended ?? docs.presets.strict) : undefined);
  const isOurs = (rule: string): boolean => rule.startsWith(`${namespace}/`);
  // A host without languages can use a concern that has no rule for them.
  return [codeBlock(concern, entryOf), ...schemaBlocks(concern, entryOf).filter(({ rules = {} }) => Object.keys(rules).some(isOurs))];
};

/** Plugins of the user's own that read files which are not code. A second instance of one would be a config error, so we bring none. */
export interface ProjectFilePlugins {
  /** `@eslint/json`, for package.json. */
  readonly json?: ESLint.Plugin;
  /** `eslint-plugin-yml`, for workflows and compose files. */
  readonly yml?: ESLint.Plugin;
}

const projectFileBlocks = [
  { plugin: "json", language: "json/json", files: ["**/package.json"] },
  { plugin: "yml", language: "yml/yaml", files: ["**/.github/workflows/*.{yml,yaml}", "**/{docker-,}compose*.{yml,yaml}"] },
] as const;

/**
 * The rules of a preset on the files of a project that say how it is built, deployed and started.
 *
 * @param given the plugins for their languages that the user has; files of a language without one are left alone.
 * @throws TypeError when something is given that is no such plugin.
 */
export function projectFiles(given: ProjectFilePlugins, name: PresetName = "recommended"): Linter.Config[] {
  return projectFileBlocks.flatMap(({ plugin: prefix, language, files }) => {
    const brought = given[prefix];
    if (brought === undefined) return [];
    const [, dialect = ""] = language.split("/");
    if (!Object.hasOwn(brought.languages ?? {}, dialect)) throw new TypeError(`projectFiles: \`${prefix}\` is no plugin with the language "${dialect}".`);
    const rules = rulesFor(language, (docs) => docs.presets[name]);
    return [{ name: `${namespace}/${name}/${prefix}`, files: [...files], language, plugins: { ...plugins, [prefix]: brought }, rules }];
  });
}
