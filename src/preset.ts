import type { ESLint, Linter } from "eslint";

import type { Concern } from "./concerns.js";
import type { HardeningRule, PresetEntry, RuleDocs } from "./create-rule.js";
import { plugin } from "./plugin.js";

type PresetName = "recommended" | "strict";

/** Every file that our code rules read. No preset goes without it: a rule without `files` would meet every language. */
const codeFiles = ["**/*.{js,jsx,mjs,cjs,ts,tsx,mts,cts}"];

const allRules = Object.entries<HardeningRule>(plugin.rules);

function block(name: string, entryOf: (docs: RuleDocs) => PresetEntry | undefined): Linter.Config {
  const rules: Linter.RulesRecord = {};
  for (const [rule, { meta }] of allRules) {
    const entry = meta.docs && entryOf(meta.docs);
    if (entry) rules[`${plugin.meta.namespace}/${rule}`] = typeof entry === "string" ? entry : [...entry];
  }
  return { name: `${plugin.meta.namespace}/${name}`, files: codeFiles, plugins: { [plugin.meta.namespace]: plugin as unknown as ESLint.Plugin }, rules };
}

/** The config of a preset: membership, severity and options come from each rule's own metadata. */
export const preset = (name: PresetName): Linter.Config[] => [block(name, (docs) => docs.presets[name])];

/** A preset's rules on code alone, for hosts without ESLint languages (ESLint 8.57, oxlint). */
export const codePreset = (name: PresetName): Linter.Config[] => [block(`code-${name}`, (docs) => docs.presets[name])];

/** All rules of one concern, as `recommended` has them where it has them, else as `strict` does. */
export const concernPreset = (concern: Concern): Linter.Config[] => [
  block(concern, (docs) => (docs.concern === concern ? (docs.presets.recommended ?? docs.presets.strict) : undefined)),
];
