import type { RulePlace } from "./rules.js";

/** What fresh readers said of reports that they read. */
interface Verdicts {
  readonly true: number;
  readonly doubtful: number;
  readonly wrong: number;
}

/** What a rule's page says about how often it is right. */
export interface Reading {
  /** Reports that were read; `null` where nobody but the author has read any. */
  readonly read: Verdicts | null;
  /** What is left of them, or was read of them again, after the causes of wrong ones were mended, where the page says so. */
  readonly left: Verdicts | null;
  readonly applications: number | null;
}

const none: Verdicts = { true: 0, doubtful: 0, wrong: 0 };

const line = /^\*\*Fresh readers:\*\* (?:not yet|no report|(\d+) true, (\d+) doubtful, (\d+) wrong)(?:, on (\d+) applications)?\.(?: Left since: (\d+) true, (\d+) doubtful, (\d+) wrong\.)?$/m;

const verdicts = (numbers: readonly (string | undefined)[]): Verdicts | null => {
  const [right, doubtful, wrong] = numbers;
  return right === undefined ? null : { true: Number(right), doubtful: Number(doubtful), wrong: Number(wrong) };
};

/**
 * The first line under a page's "Precision".
 *
 * @throws when there is none that can be read.
 */
export function readingOf(page: string): Reading {
  const found = line.exec(page);
  if (!found) throw new Error('under "Precision" there is no line such as "**Fresh readers:** 3 true, 1 doubtful, 0 wrong, on 12 applications.", "… no report, on 12 applications." or "… not yet."');
  const [text, ...groups] = found;
  const read = verdicts(groups) ?? (text.includes("no report") ? none : null);
  return { read, left: verdicts(groups.slice(4)), applications: groups[3] === undefined ? null : Number(groups[3]) };
}

const total = ({ true: right, doubtful, wrong }: Verdicts): number => right + doubtful + wrong;

const add = (one: Verdicts, other: Verdicts): Verdicts => ({ true: one.true + other.true, doubtful: one.doubtful + other.doubtful, wrong: one.wrong + other.wrong });

const row = (cells: readonly (string | number)[]): string => `| ${cells.join(" | ")} |`;

const presetOf = ({ docs }: Documented): string => (docs.presets.recommended ? "recommended" : docs.presets.strict ? "strict" : "");

interface Documented extends RulePlace {
  readonly docs: { readonly presets: { readonly recommended?: unknown; readonly strict?: unknown } };
}

/** The table of all rules, and what it comes to. */
export function precisionTable(pages: readonly (readonly [rule: Documented, page: string])[]): string {
  const readings = pages.map(([rule, page]) => [rule, readingOf(page)] as const);
  const rows = readings.map(([rule, { read, left, applications }]) => {
    const link = `[${rule.name}](rules/${rule.name}.md)`;
    const said = read === null ? ["not read", "", "", ""] : total(read) === 0 ? ["no report", "", "", ""] : [total(read), read.true, read.doubtful, read.wrong];
    return row([link, presetOf(rule), ...said, left ? [left.true, left.doubtful, left.wrong].join(" / ") : "", applications ?? ""]);
  });
  const sumOf = (preset: string): Verdicts => readings.filter(([rule]) => presetOf(rule) === preset).reduce((sum, [, { read, left }]) => add(sum, left ?? read ?? none), none);
  const sums = ["recommended", "strict"].map((preset) => {
    const { true: right, doubtful, wrong } = sumOf(preset);
    return `- rules of \`${preset}\`${preset === "strict" ? " alone" : ""}: ${right} true, ${doubtful} doubtful, ${wrong} wrong`;
  });
  return ["", row(["rule", "preset", "read", "true", "doubtful", "wrong", "left since", "applications"]), row(Array.from({ length: 8 }, () => "---")), ...rows, "", "What is reported now, as far as it was read, comes to:", "", ...sums, ""].join("\n");
}
