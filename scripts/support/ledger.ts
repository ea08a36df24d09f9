import { createHash } from "node:crypto";

/** What a run over one repository found. */
export interface RepositoryRun {
  name: string;
  commit: string;
  files: number;
  /** Files that the parser refuses. */
  unparsed: number;
  crashes: { rule: string; file: string; stack: string }[];
  reports: Report[];
}

export interface Report {
  rule: string;
  repository: string;
  file: string;
  line: number;
  endLine: number;
  column: number;
  message: string;
}

interface RepositoryEntry {
  commit: string;
  files: number;
  unparsed: number;
  crashes: number;
}

/** Counts of one preset, and nothing of the code that was counted. */
export interface PresetLedger {
  repositories: Record<string, RepositoryEntry>;
  /** Reports per rule and repository. What was not run is missing, so a zero was counted. */
  rules: Record<string, Record<string, number>>;
}

/** `ledger.json`: a preset's name to its counts. */
export type Ledger = Record<string, PresetLedger>;

const sorted = <T>(record: Record<string, T>): Record<string, T> => Object.fromEntries(Object.entries(record).sort(([one], [other]) => (one < other ? -1 : 1)));

function count(reports: readonly Report[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { rule } of reports) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return counts;
}

/**
 * Enters what was run into what is known.
 *
 * @param rules the rules that were run; the counts of others stay as they are.
 * @param known the rules that exist; entries of others go.
 */
export function enter(ledger: PresetLedger | undefined, runs: readonly RepositoryRun[], rules: readonly string[], known: readonly string[]): PresetLedger {
  const repositories = { ...ledger?.repositories };
  const counts = Object.fromEntries(known.map((rule) => [rule, { ...ledger?.rules[rule] }]));
  for (const { name, commit, files, unparsed, crashes, reports } of runs) {
    const before = repositories[name]?.commit ?? commit;
    if (rules.length < known.length && before !== commit) throw new Error(`${name} has moved to another commit: run all rules on it`);
    repositories[name] = { commit, files, unparsed, crashes: crashes.length };
    const found = count(reports);
    for (const rule of rules) counts[rule] = { ...counts[rule], [name]: found.get(rule) ?? 0 };
  }
  return { repositories: sorted(repositories), rules: sorted(Object.fromEntries(Object.entries(counts).map(([rule, entry]) => [rule, sorted(entry)]))) };
}

/** A random choice that the seed decides, and that more or fewer reports elsewhere leave as it is. */
export function sample(reports: readonly Report[], size: number, seed: number): Report[] {
  const lot = ({ rule, repository, file, line, column }: Report): string =>
    createHash("sha256")
      .update([seed, rule, repository, file, line, column].join("\0"))
      .digest("hex");
  return reports
    .map((report) => [lot(report), report] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .slice(0, size)
    .map(([, report]) => report);
}

const around = 12;

/** A report as a reader wants it: where, what is said, and the lines around it. */
export function excerpt({ repository, file, line, endLine, message }: Report, text: string, commit: string): string {
  const first = Math.max(line - around, 1);
  const lines = text
    .split("\n")
    .slice(first - 1, endLine + around)
    .map((code, index) => `${first + index >= line && first + index <= endLine ? ">" : " "} ${String(first + index).padStart(4)}  ${code}`);
  const address = `https://github.com/${repository}/blob/${commit}/${file}#L${line}`;
  return [`${repository} ${file}:${line}`, "", message, "", address, "", "````", ...lines, "````", "", "Verdict:", ""].join("\n");
}
