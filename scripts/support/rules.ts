import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

import { concernNames, type Concern } from "../../src/concerns.js";
import type { HardeningRule, RuleDocs } from "../../src/create-rule.js";

/** The project itself. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

/** Where a rule lives: the folder is its concern, the file its name. */
export interface RulePlace {
  concern: Concern;
  name: string;
}

/** A rule with the documentation that its file carries. */
export interface DocumentedRule extends RulePlace {
  rule: HardeningRule;
  docs: RuleDocs;
}

const namesIn = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((file) => file.endsWith(".ts"))
        .map((file) => file.slice(0, -".ts".length))
    : [];

const byName = (one: RulePlace, other: RulePlace): number => (one.name < other.name ? -1 : 1);

/** All rule files of a project, by name. */
export const rulePlaces = (folder = root): RulePlace[] =>
  concernNames.flatMap((concern) => namesIn(join(folder, "src/rules", concern)).map((name) => ({ concern, name }))).sort(byName);

/** Loads a rule from its own file, so that an index out of step does no harm. */
async function loadRule(folder: string, place: RulePlace): Promise<DocumentedRule> {
  const file = join(folder, "src/rules", place.concern, `${place.name}.ts`);
  const { default: rule } = (await import(pathToFileURL(file).href)) as { default?: HardeningRule };
  const docs = rule?.meta.docs;
  if (!rule || !docs) throw new Error(`${file} does not export a rule made by createRule`);
  if (docs.concern !== place.concern) throw new Error(`${file} says that its concern is ${docs.concern}`);
  return { ...place, rule, docs };
}

/** All rules of a project, by name. */
export const loadRules = (folder = root): Promise<DocumentedRule[]> => Promise.all(rulePlaces(folder).map((place) => loadRule(folder, place)));
