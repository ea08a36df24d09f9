import type { Concern } from "../concerns.js";
import type { Finding, Issue, WorkPackage } from "./model.js";
import { bucketNames } from "./ranking.js";
import { counted } from "./titles.js";

/** What unlocks or protects the rest comes first: doors are shut, then one learns to see, then what is stored is put right, and so on. */
const order: readonly { readonly concern: Concern; readonly reason: string }[] = [
  { concern: "auth", reason: "First the doors: whatever else is mended is worth little while strangers get at the data." },
  { concern: "deployment", reason: "What ships and how it is configured protects every change that follows." },
  { concern: "observability", reason: "With errors and logs in sight, the changes that follow can be seen to work." },
  { concern: "data-integrity", reason: "Rows that are stored wrongly stay wrong: the sooner, the fewer." },
  { concern: "error-handling", reason: "With the data safe, the app learns to fail for one request and not for everybody." },
  { concern: "data-model", reason: "What only makes the app slower to change comes last." },
];

/** Minutes for each place: applied by a tool, applied at a click and read, or thought about. */
const minutes = { fix: 1, suggestion: 6, person: 20 } as const;

const sizeOf = (hours: number): WorkPackage["size"] => (hours <= 3 ? "small" : hours <= 12 ? "medium" : "large");

const rank = (concern: Concern): number => order.findIndex((each) => each.concern === concern);

/** Work that opens doors, whatever its concern, is the first of its bucket. */
const isDoor = ({ impact }: Issue): boolean => impact === "takeover";

function automaticOf(findings: readonly Finding[]): string {
  const count = (remedy: Finding["remedy"]): number => findings.filter((each) => each.remedy === remedy && each.source === "rule").length;
  const [fixed, clicked, thought] = [count("fix"), count("suggestion"), count("person") + findings.filter(({ source }) => source === "check").length];
  const said = [
    fixed > 0 && `\`eslint --fix\` mends ${fixed === findings.length ? "all of it" : `${fixed} of ${findings.length}`}`,
    clicked > 0 && `an editor writes ${fixed === 0 && clicked === findings.length ? "each of them" : clicked} at a click`,
    thought > 0 && `${thought === findings.length ? "all of it takes" : `${counted(thought, "place")} ${thought === 1 ? "takes" : "take"}`} a person`,
  ];
  return `${said.filter((each) => each !== false).join("; ")}.`.replace(/^./, (letter) => letter.toUpperCase());
}

/**
 * The work of fix now and fix next, in an order in which each piece protects or unlocks what follows.
 *
 * @param path what the review was called with, for the command that shows that a piece is done.
 */
export function planOf(issues: readonly Issue[], findings: readonly Finding[], path: string): WorkPackage[] {
  const byId = new Map(findings.map((finding) => [finding.id, finding]));
  const due = issues.filter(({ bucket }) => bucket !== "wait");
  const sorted = [...due].sort(
    (one, other) =>
      bucketNames.indexOf(one.bucket) - bucketNames.indexOf(other.bucket) || Number(isDoor(other)) - Number(isDoor(one)) || rank(one.concern) - rank(other.concern) || other.score - one.score,
  );
  return sorted.map((issue, index): WorkPackage => {
    const own = issue.findings.flatMap((id) => byId.get(id) ?? []);
    const [first] = own;
    const reason = isDoor(issue) ? order[0]?.reason : order.find(({ concern }) => concern === issue.concern)?.reason;
    const total = own.reduce((sum, { remedy }) => sum + minutes[remedy], 30);
    const hours = Math.round(total / 30) / 2;
    const rules = [...new Set(own.map(({ rule }) => rule))];
    return {
      step: index + 1,
      bucket: issue.bucket,
      title: issue.title,
      concern: issue.concern,
      reason: reason ?? "",
      issues: [issue.id],
      files: [...new Set(own.map(({ file }) => file))],
      change: `${first?.message ?? ""}${own.length > 1 ? ` The same goes for ${counted(own.length - 1, "other place")}.` : ""}`,
      automatic: automaticOf(own),
      size: sizeOf(hours),
      hours,
      done: `npx eslint-plugin-hardening ${path} ${rules.map((rule) => `--only ${rule}`).join(" ")} --fail-on ${issue.bucket}`,
    };
  });
}
