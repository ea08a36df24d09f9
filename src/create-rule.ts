import type { TSESTree } from "@typescript-eslint/utils";
import type { RuleListener, RuleMetaData, RuleModule } from "@typescript-eslint/utils/ts-eslint";

import manifest from "../package.json" with { type: "json" };
import type { Concern } from "./concerns.js";
import { type LintedFile, openFile, type RuleContext } from "./project/file.js";
import { isLeftOverAt } from "./semantics/program/left-over.js";
import { type FileRole, isRoleKnown, roleOf } from "./semantics/program/file-role.js";
import { settingsFault } from "./settings.js";
import { isSelfContained } from "./syntax/outside.js";

type Severity = "warn" | "error";

/** A severity, or a severity with the options that this preset passes. */
export type PresetEntry = Severity | readonly [Severity, ...unknown[]];

export interface RuleDocs {
  /** Starts with Require, Disallow or Prefer; no full stop. */
  description: string;
  concern: Concern;
  /** Where the rule is switched on, and how loudly: nowhere, where it is right too seldom. Severity per preset is written here and nowhere else. */
  presets: { recommended?: PresetEntry; strict?: PresetEntry };
  /** Orders the review, and nothing else. */
  urgency: "now" | "next" | "later";
  /** What a collection of labelled cases files the defect under, where the rule's name does not say it: a concern and a failure mode. */
  failureMode?: `${Concern}/${string}`;
}

export type HardeningRule<Options extends readonly unknown[] = readonly unknown[], MessageId extends string = string> = Omit<
  RuleModule<MessageId, Options, RuleDocs>,
  "defaultOptions"
>;

interface RuleDefinition<Options extends readonly unknown[], MessageId extends string> {
  name: string;
  meta: Omit<RuleMetaData<MessageId, RuleDocs, Options>, "docs"> & { docs: RuleDocs };
  /** Whether it looks at what a file says by itself: texts and values that stand there. Most look at what comes from outside, or may fail. */
  looksAtValues?: true;
  /** What a file must be for, so that the rule looks at it; any, where nothing is said. */
  runsIn?: ReadonlySet<FileRole>;
  /** Whether what it reports does harm in a file that nothing leads to as well, as a key does that everybody can read. */
  mattersAnywhere?: true;
  create(context: LintedFile<MessageId, Options>, options: Options): RuleListener;
}

/** The page of a rule. `homepage` in package.json is the one place that decides where pages live. */
export const docsUrl = (name: string): string => `${manifest.homepage}/blob/main/docs/rules/${name}.md`;

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null && !Array.isArray(value);

/** The user's options on top of the defaults: ESLint before 9.15 leaves that to the rule. */
const withDefaults = <Options extends readonly unknown[]>(defaults: Options, given: readonly unknown[]): Options =>
  defaults.map((value, index) => {
    const own = given[index];
    if (own === undefined) return value;
    return isObject(value) && isObject(own) ? { ...value, ...own } : own;
  }) as unknown as Options;

const noListener: RuleListener = {};

/** The settings that were looked at last. A run hands out the same ones for file after file. */
let accepted: unknown;

/** @throws TypeError for settings that say what nobody understands, in words that ESLint shows and ends with. */
function refuseFaults(settings: unknown): void {
  if (settings === undefined || settings === accepted) return;
  const fault = settingsFault(settings);
  if (fault !== null) throw new TypeError(`${fault}.`);
  accepted = settings;
}

/** What was found out about the file that is linted, for all rules. */
let opened: { readonly ast: unknown; readonly isSelfContained: boolean } | null = null;

/** Opens a file for the questions of the semantic layer, once for all rules, and takes a first look at it. */
function open(context: Readonly<RuleContext>): boolean {
  const { sourceCode } = context;
  // Oxlint hands out the same source code for all files.
  if (opened?.ast !== sourceCode.ast) {
    refuseFaults(context.settings["hardening"]);
    openFile(context);
    opened = { ast: sourceCode.ast, isSelfContained: isSelfContained(sourceCode) };
  }
  return opened.isSelfContained;
}

type Place = Pick<Partial<TSESTree.Node>, "range"> | null;

/** Where what is reported begins. */
function startOf(descriptor: object, sourceCode: Readonly<RuleContext>["sourceCode"]): number {
  const { node, loc } = descriptor as { node?: Place; loc?: TSESTree.SourceLocation | TSESTree.Position };
  if (loc === undefined) return node?.range?.[0] ?? -1;
  return sourceCode.getIndexFromLoc("start" in loc ? loc.start : loc);
}

const isSame = (one: readonly unknown[], other: readonly unknown[]): boolean => one.length === other.length && one.every((value, index) => value === other[index]);

/**
 * Makes an ESLint rule: adds the address of its page, fills in the default options, and opens the file for the questions of the
 * semantic layer, so that a rule only ever passes `context.sourceCode` on. A file that neither has anything from outside nor can fail is
 * not shown to rules but those that look at values. What a rule reports in a file that nothing leads to, or in
 * a function that nobody calls, goes nowhere.
 *
 * typescript-eslint's `RuleCreator` would do the first two, and clone the defaults for each rule and file, which costs a file that
 * has nothing to do with the rules more than the rules themselves.
 */
export function createRule<Options extends readonly unknown[], MessageId extends string>(
  definition: RuleDefinition<Options, MessageId>,
): HardeningRule<Options, MessageId> & { name: string } {
  const { name, meta, runsIn, looksAtValues = false, mattersAnywhere = false } = definition;
  const defaults = (meta.defaultOptions ?? []) as unknown as Options;
  // A run hands the same options to the rule for file after file, in a new list each time.
  let last = { given: [] as readonly unknown[], options: defaults };
  return {
    name,
    meta: { ...meta, docs: { ...meta.docs, url: docsUrl(name) } },
    create(context) {
      if (open(context) && !looksAtValues) return noListener;
      const { sourceCode, filename } = context;
      // What a file is for takes longer to tell than that a rule finds nothing of its own in it.
      if (runsIn && isRoleKnown(sourceCode) && !runsIn.has(roleOf(sourceCode))) return noListener;
      const given = context.options;
      if (!isSame(given, last.given)) last = { given, options: withDefaults(defaults, given) };
      const report: typeof context.report = (descriptor) => {
        if (mattersAnywhere || !isLeftOverAt(startOf(descriptor, sourceCode), sourceCode)) context.report(descriptor);
      };
      const listener = definition.create({ sourceCode, filename, report }, last.options);
      return runsIn && Object.keys(listener).length > 0 && !runsIn.has(roleOf(sourceCode)) ? noListener : listener;
    },
  };
}
