import type { Concern } from "../concerns.js";
import type { Finding, Issue, WorkPackage } from "./model.js";
import { counted } from "./titles.js";

/** What a piece of work protects or unlocks. */
const reasons: Readonly<Record<Concern, string>> = {
  auth: "The doors: whatever else is mended is worth little while strangers get at the data.",
  deployment: "What ships, and how it is configured, is the ground that everything else stands on.",
  observability: "With errors and logs in sight, the changes that follow can be seen to work.",
  "data-integrity": "Rows that are stored wrongly stay wrong: the sooner, the fewer.",
  "error-handling": "The app learns to fail for one request and not for everybody.",
  "data-model": "It makes the app slower to change, and nothing else waits for it.",
};

/** Why it comes where it does: who is in with a key needs no door, and doors come before all else, whatever their concern. */
function reasonFor({ rule, exposure, impact, concern }: Issue): string {
  if (rule === "require-ci-checks") return "It protects every change that follows.";
  if (exposure === "known") return "Keys that are out: who has one needs no flaw of the app, and it ends only when a new one is made.";
  return reasons[impact === "takeover" ? "auth" : concern];
}

/** Checks that are worth an hour before all else: each change that follows is safer for them. */
const protecting: ReadonlySet<string> = new Set(["require-ci-checks", "require-error-tracking"]);

/** Keys that are out, then what protects the changes that follow, then the issues as they stand. */
const turnOf = ({ exposure, rule, bucket }: Issue): number => (bucket === "next" ? 3 : exposure === "known" ? 0 : protecting.has(rule) ? 1 : 2);

/** Minutes for each place: applied by a tool, applied at a click and read, or thought about. */
const minutes = { fix: 1, suggestion: 6, person: 20 } as const;

/** A path, or another word, as a shell takes it. */
export const quoted = (path: string): string => (/^[\w./@+:~-]+$/.test(path) ? path : `"${path.replaceAll(/["$`\\]/g, "\\$&")}"`);

const sizeOf = (hours: number): WorkPackage["size"] => (hours <= 3 ? "small" : hours <= 12 ? "medium" : "large");

function automaticOf(findings: readonly Finding[], hasEslint: boolean): string {
  const count = (remedy: Finding["remedy"]): number => findings.filter((each) => each.remedy === remedy && each.source === "rule").length;
  const [fixed, clicked, thought] = [count("fix"), count("suggestion"), count("person") + findings.filter(({ source }) => source === "check").length];
  const tool = hasEslint ? "`eslint --fix`" : "`eslint --fix` (once `npx eslint-plugin-hardening init` has set it up)";
  const said = [
    fixed > 0 && `${tool} mends ${fixed === findings.length ? "all of it" : `${fixed} of ${findings.length}`}`,
    clicked > 0 && `an editor writes ${fixed === 0 && clicked === findings.length ? "each of them" : clicked} at a click`,
    thought > 0 && `${thought === findings.length ? "all of it takes" : `${counted(thought, "place")} ${thought === 1 ? "takes" : "take"}`} a person`,
  ];
  return `${said.filter((each) => each !== false).join("; ")}.`.replace(/^./, (letter) => letter.toUpperCase());
}

/**
 * The work of fix now and fix next: what protects the rest first, then in the order of the issues.
 *
 * @param path what the review was called with, for the command that shows that a piece is done.
 * @param hasEslint whether the project runs ESLint already
 */
export function planOf(issues: readonly Issue[], findings: readonly Finding[], path: string, hasEslint: boolean): WorkPackage[] {
  const byId = new Map(findings.map((finding) => [finding.id, finding]));
  const due = issues.filter(({ bucket }) => bucket !== "wait").sort((one, other) => turnOf(one) - turnOf(other));
  return due.map((issue, index): WorkPackage => {
    const own = issue.findings.flatMap((id) => byId.get(id) ?? []);
    const [first] = own;
    const total = own.reduce((sum, { remedy }) => sum + minutes[remedy], 30);
    const hours = Math.round(total / 30) / 2;
    const rules = [...new Set(own.map(({ rule }) => rule))];
    return {
      step: index + 1,
      bucket: issue.bucket,
      title: issue.title,
      concern: issue.concern,
      reason: reasonFor(issue),
      issues: [issue.id],
      files: [...new Set(own.map(({ file }) => file))],
      change: `${first?.message ?? ""}${own.length > 1 ? ` The same goes for ${counted(own.length - 1, "other place")}.` : ""}`,
      automatic: automaticOf(own, hasEslint),
      size: sizeOf(hours),
      hours,
      done: `npx eslint-plugin-hardening ${quoted(path)} ${rules.map((rule) => `--only ${rule}`).join(" ")} --fail-on ${issue.bucket}`,
    };
  });
}
