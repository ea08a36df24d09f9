import { RuleCreator } from "@typescript-eslint/utils/eslint-utils";
import type { RuleListener, RuleMetaData, RuleModule } from "@typescript-eslint/utils/ts-eslint";

import manifest from "../package.json" with { type: "json" };
import type { Concern } from "./concerns.js";
import { openFile, type RuleContext } from "./project/file.js";

export type Severity = "warn" | "error";

/** A severity, or a severity with the options that this preset passes. */
export type PresetEntry = Severity | readonly [Severity, ...unknown[]];

export interface RuleDocs {
  /** Starts with Require, Disallow or Prefer; no full stop. */
  description: string;
  concern: Concern;
  /** Where the rule is switched on, and how loudly. Severity per preset is written here and nowhere else. */
  presets: { recommended?: PresetEntry; strict: PresetEntry };
  /** Orders the review, and nothing else. */
  urgency: "now" | "next" | "later";
}

export type HardeningRule<Options extends readonly unknown[] = readonly unknown[], MessageId extends string = string> = RuleModule<MessageId, Options, RuleDocs>;

interface RuleDefinition<Options extends readonly unknown[], MessageId extends string> {
  name: string;
  meta: Omit<RuleMetaData<MessageId, RuleDocs, Options>, "docs"> & { docs: RuleDocs };
  create(context: Readonly<RuleContext<MessageId, Options>>, options: Options): RuleListener;
}

/** The page of a rule. `homepage` in package.json is the one place that decides where pages live. */
export const docsUrl = (name: string): string => `${manifest.homepage}/blob/main/docs/rules/${name}.md`;

const create = RuleCreator<RuleDocs>(docsUrl);

/**
 * Makes an ESLint rule.
 *
 * Beside what typescript-eslint's `RuleCreator` does (page address, default options on ESLint 8 too), it opens the file
 * for the questions of the semantic layer, so that a rule only ever passes `context.sourceCode` on.
 */
export function createRule<Options extends readonly unknown[], MessageId extends string>(
  definition: RuleDefinition<Options, MessageId>,
): HardeningRule<Options, MessageId> & { name: string } {
  return create<Options, MessageId>({
    name: definition.name,
    meta: definition.meta,
    create(context, options) {
      openFile(context);
      return definition.create(context, options);
    },
  });
}
