import { styleText } from "node:util";

import { concerns } from "../../concerns.js";
import type { Bucket, Finding, Issue, Review } from "../model.js";
import { bucketNames, buckets } from "../ranking.js";
import { counted } from "../titles.js";
import { covered, figures, hoursSaid, more, seen, sizeSaid } from "./said.js";

export interface FormatOptions {
  readonly colour: boolean;
  readonly width: number;
  /** Whether only some rules were asked: what has nothing is left out then. */
  readonly isPartial?: boolean;
  /** The command that writes the whole review; `null` where it is written already. */
  readonly whole?: string | null;
}

type Style = Parameters<typeof styleText>[0];

const colours: Readonly<Record<Bucket, Style>> = { now: ["bold", "red"], next: ["bold", "yellow"], wait: ["bold", "cyan"] };

const most = { now: 12, next: 10, wait: 0 } as const;

/** Breaks a text at spaces. */
function wrapped(text: string, width: number, indent: string): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    if (line !== "" && line.length + word.length + 1 > width - indent.length) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  lines.push(line);
  return lines.map((each) => indent + each).join("\n");
}

/** How many files of a check are named. */
const mostFiles = 4;

/** The files that a check speaks of, as far as it does not name them itself. What is missing in a package stands in no file. */
function filesOf({ why, findings }: Issue, byId: ReadonlyMap<string, Finding>): string[] {
  const own = findings.flatMap((id) => byId.get(id) ?? []).filter(({ source, file }) => source === "check" && !/(?:^|\/)package\.json$/.test(file) && !why.includes(`\`${file}\``));
  const files = [...new Set(own.map(({ file, line }) => (line > 1 ? `${file}:${line}` : file)))];
  return [...files.slice(0, mostFiles), ...(files.length > mostFiles ? [`and ${more(files.length - mostFiles)}`] : [])];
}

/** A review for the terminal: what matters, and where to go on reading. */
export function terminal(review: Review, options: FormatOptions): string {
  const paint = (style: Style, text: string): string => (options.colour ? styleText(style, text, { validateStream: false }) : text);
  const width = Math.min(Math.max(options.width, 60), 110);
  const byId = new Map(review.findings.map((finding): [string, Finding] => [finding.id, finding]));
  const { size, target, summary } = review;
  const out: string[] = [];
  out.push(paint("bold", `Hardening review of ${target.name}`));
  out.push(
    paint("dim", `${sizeSaid(size)}${review.seconds > 0 ? ` in ${review.seconds} s` : ""}`),
  );
  if (options.isPartial && review.issues.length === 0) out.push("", "Nothing.");
  for (const bucket of bucketNames) {
    const issues = review.issues.filter((issue) => issue.bucket === bucket);
    if (options.isPartial && issues.length === 0) continue;
    out.push("", `${paint(colours[bucket], buckets[bucket].title)} ${paint("dim", `${buckets[bucket].said} · ${counted(issues.length, "issue")}, ${counted(summary[bucket].findings, "place")}`)}`);
    if (issues.length === 0) out.push("  Nothing.");
    for (const issue of issues.slice(0, most[bucket])) {
      const first = byId.get(issue.findings[0] ?? "");
      out.push("", `  ${paint("bold", issue.title)} ${paint("dim", `${concerns[issue.concern]} · ${issue.rule}`)}`);
      out.push(wrapped(issue.why, width, "  "));
      if (first?.source === "rule") out.push(paint("dim", `  ${first.file}:${first.line}`), wrapped(first.message, width, "    "));
      else out.push(...filesOf(issue, byId).map((file) => paint("dim", `  ${file}`)));
      out.push(paint("dim", wrapped(figures(issue), width, "  ")));
    }
    const rest = issues.slice(most[bucket]);
    if (rest.length > 0) out.push("", wrapped(`${most[bucket] > 0 ? `and ${counted(rest.length, "more issue")}: ` : ""}${rest.map(({ rule, findings }) => `${rule} (${findings.length})`).join(", ")}`, width, "  "));
  }
  if (review.plan.length > 0) {
    out.push("", `${paint("bold", "Plan")} ${paint("dim", "in the order of the issues; sizes are estimates")}`);
    for (const { step, title, size: much, hours } of review.plan.slice(0, 8)) out.push(wrapped(`${step}. ${title}: ${much}, ${hoursSaid(hours)}`, width, "  "));
    if (review.plan.length > 8) out.push(paint("dim", `      and ${more(review.plan.length - 8)} steps`));
  }
  const { there, nowhere, untold } = seen(review.good);
  if (there.length > 0) out.push("", paint("bold", "In place already"), ...there.map((each) => wrapped(covered(each), width, "  ")));
  if (nowhere.length > 0) out.push("", paint("bold", "Not in place, or not seen"), ...nowhere.map((each) => wrapped(covered(each), width, "  ")));
  if (untold.length > 0) out.push("", paint("bold", "Could not be told"), ...untold.map((each) => wrapped(covered(each), width, "  ")));
  if (review.comparison) {
    const { fixed, added, unchanged, date } = review.comparison;
    out.push("", `${paint("bold", "Since the review of")} ${date.slice(0, 10)}: ${fixed.length} fixed, ${added.length} new, ${unchanged} unchanged.`);
  }
  const { comments, list } = review.suppressed;
  if (comments + list > 0) out.push("", paint("dim", `Put off by the team: ${comments} by comment, ${list} in eslint-suppressions.json.`));
  if (review.notes.length > 0) out.push("", paint("bold", "Not looked at"), ...review.notes.map((note) => wrapped(note, width, "  ")));
  const command = options.whole === undefined ? `npx eslint-plugin-hardening ${target.path} --format html --output review.html` : options.whole;
  if (command !== null) out.push("", paint("dim", `The whole review, with the plan and every place: ${command}`));
  out.push("");
  return out.join("\n");
}
