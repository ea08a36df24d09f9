import { concerns } from "../../concerns.js";
import type { Endpoint, Finding, Issue, Review } from "../model.js";
import { bucketNames, buckets } from "../ranking.js";
import { covered, figures, hoursSaid, more, seen, silence, sizeSaid } from "./said.js";

const mostPlaces = 10;

/** Text between backticks, whatever is in it. */
const code = (text: string): string => {
  const plain = text.replace(/\r?\n/g, " ");
  const fence = "`".repeat(Math.max(0, ...[...plain.matchAll(/`+/g)].map(([run]) => run.length)) + 1);
  return fence.length > 1 ? `${fence} ${plain} ${fence}` : `\`${plain}\``;
};

/** What would be read as HTML, or as the end of a cell. */
const prose = (text: string): string =>
  text
    .split(/(`[^`]*`)/)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(/[<>]/g, (sign) => (sign === "<" ? "&lt;" : "&gt;")).replace(/([*_])(?=\S)/g, "\\$1")))
    .join("")
    .replace(/\r?\n/g, " ");

const cell = (text: string): string => text.replace(/\|/g, "\\|");

const row = (cells: readonly string[]): string => `| ${cells.map(cell).join(" | ")} |`;

function excerpt({ excerpt: around, file }: Finding): string[] {
  if (!around) return [];
  const fence = "`".repeat(Math.max(2, ...around.lines.flatMap((line) => [...line.matchAll(/`+/g)].map(([run]) => run.length))) + 1);
  return ["", `${fence}${/\.([a-z]+)$/.exec(file)?.[1] ?? ""}`, ...around.lines, fence];
}

function issue({ title, rule, concern, why, docs, findings, ...rest }: Issue, byId: ReadonlyMap<string, Finding>): string[] {
  const own = findings.flatMap((id) => byId.get(id) ?? []);
  const [first] = own;
  const shown = own.slice(0, mostPlaces);
  // What is said about several places in the same words is said once.
  const places = [...new Set(shown.map(({ message }) => message))].map(
    (message) => `- ${why.startsWith(message) ? "" : `${prose(message)} `}${shown.filter((each) => each.message === message).map(({ file, line }) => code(`${file}:${line}`)).join(", ")}`,
  );
  const left = own.length - shown.length;
  return [
    "",
    `### ${prose(title)}`,
    "",
    prose(why),
    "",
    `*${prose(figures({ title, rule, concern, why, docs, findings, ...rest }))} · ${concerns[concern]} · [${rule}](${docs})*`,
    ...(first ? excerpt(first) : []),
    "",
    ...places,
    ...(left > 0 ? [`- and ${more(left)}`] : []),
  ];
}

const asked = ({ presence, by }: Endpoint["authentication"]): string => (presence === "found" ? (by === null ? "yes" : code(by)) : presence === "missing" ? "**nothing**" : "could not be told");

function auth({ auth: { topics, endpoints }, issues }: Review): string[] {
  if (endpoints.length === 0 && topics.every((topic) => topic.issues.length === 0)) return [];
  const titleOf = (id: string): string => prose(issues.find((each) => each.id === id)?.title ?? "");
  const open = [...endpoints].sort((one, other) => order[one.authentication.presence] - order[other.authentication.presence] || one.file.localeCompare(other.file) || one.line - other.line);
  return [
    "",
    "## Authentication in focus",
    "",
    "What is said here is what these rules found in the places that they understand. It is no proof that the rest is safe.",
    "",
    ...topics.map((topic) => `- **${topic.topic}**: ${topic.issues.length === 0 ? silence(topic) : topic.issues.map(titleOf).join("; ")}`),
    ...(endpoints.length === 0 ? [] : ["", row(["Entry point", "Where", "Writes", "Asks who is there", "Asks what they may do"]), row(["---", "---", "---", "---", "---"])]),
    ...open.map(({ name, method, path, file, line, writes, authentication, authorization }) =>
      row([path === null ? code(name) : code(`${method ?? "any"} ${path}`), code(`${file}:${line}`), writes ? "yes" : "", asked(authentication), asked(authorization)]),
    ),
  ];
}

const order = { missing: 0, unknown: 1, found: 2 } as const;

/** A review as a document that can be kept with the code, or pasted into a pull request. */
export function markdown(review: Review): string {
  const { target, size, summary, date, plan, good, notes, suppressed, comparison } = review;
  const byId = new Map(review.findings.map((finding): [string, Finding] => [finding.id, finding]));
  const out = [
    `# Hardening review of ${prose(target.name)}`,
    "",
    `${date.slice(0, 10)}${target.commit === null ? "" : ` · commit ${code(target.commit.slice(0, 10))}`} · ${sizeSaid(size)}`,
    "",
    row(["", "Issues", "Places"]),
    row(["---", "---", "---"]),
    ...bucketNames.map((bucket) => row([`**${buckets[bucket].title}** ${buckets[bucket].said}`, String(summary[bucket].issues), String(summary[bucket].findings)])),
  ];
  if (comparison) out.push("", `Since the review of ${comparison.date.slice(0, 10)}: ${comparison.fixed.length} fixed, ${comparison.added.length} new, ${comparison.unchanged} unchanged.`);
  for (const bucket of bucketNames) {
    const own = review.issues.filter((each) => each.bucket === bucket);
    out.push("", `## ${buckets[bucket].title}`, ...(own.length === 0 ? ["", "Nothing."] : own.flatMap((each) => issue(each, byId))));
  }
  if (plan.length > 0) {
    out.push("", "## Plan", "", "In the order of the issues: keys that are out, then the doors, then what is lost. Sizes are estimates, from how many places there are and who can mend them.");
    for (const { step, bucket, title, reason, files, change, automatic, size: much, hours, done } of plan) {
      const shown = files.slice(0, mostPlaces).map(code).join(", ");
      out.push(
        "",
        `${step}. **${prose(title)}** (${buckets[bucket].title.toLowerCase()}; ${much}, ${hoursSaid(hours)})`,
        `   - Why here: ${reason}`,
        `   - What to change: ${prose(change)}`,
        `   - Files: ${shown}${files.length > mostPlaces ? ` and ${more(files.length - mostPlaces)}` : ""}`,
        `   - By itself: ${automatic}`,
        `   - Done when this ends with 0: ${code(done)}`,
      );
    }
  }
  out.push(...auth(review));
  const { there, nowhere, untold } = seen(good);
  if (there.length > 0) out.push("", "## In place already", "", ...there.map((each) => `- ${covered(each)}`));
  if (nowhere.length > 0) out.push("", "## Not in place, or not seen", "", ...nowhere.map((each) => `- ${covered(each)}`));
  if (untold.length > 0) out.push("", "## Could not be told", "", ...untold.map((each) => `- ${covered(each)}`));
  if (suppressed.comments + suppressed.list > 0) out.push("", `Put off by the team: ${suppressed.comments} by comment, ${suppressed.list} in eslint-suppressions.json.`);
  if (notes.length > 0) out.push("", "## Not looked at", "", ...notes.map((note) => `- ${prose(note)}`));
  return `${out.join("\n")}\n`;
}
