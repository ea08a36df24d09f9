import type { Concern } from "../concerns.js";
import type { PresetEntry, RuleDocs } from "../create-rule.js";
import type { Bucket, Exposure, Impact } from "./model.js";
import { nothingSaid, type Said } from "./said.js";

/** How much is lost, on a scale of ten, and how to say it. */
export const impacts: Readonly<Record<Impact, { weight: number; said: string }>> = {
  takeover: { weight: 10, said: "somebody gets at what is not theirs" },
  "data-loss": { weight: 9, said: "data is lost or contradicts itself" },
  money: { weight: 9, said: "amounts of money are wrong" },
  outage: { weight: 5.4, said: "requests fail or hang" },
  disclosure: { weight: 4.5, said: "strangers learn how the app is built" },
  privacy: { weight: 3, said: "personal data is kept where nobody looks after it" },
  blindness: { weight: 5.4, said: "something breaks and nobody hears of it" },
  abuse: { weight: 5.4, said: "limits hold nobody back, and what was done once is done again" },
  foothold: { weight: 3, said: "whoever gets in by another way gets further" },
  drag: { weight: 3, said: "each change takes longer and risks more" },
};

/** How much of that a place lets through, and how to say it. */
export const exposures: Readonly<Record<Exposure, { weight: number; said: string }>> = {
  public: { weight: 1, said: "reachable without signing in" },
  known: { weight: 1, said: "known to whoever has ever seen the code" },
  everywhere: { weight: 0.95, said: "a matter of the whole app" },
  shared: { weight: 0.9, said: "in code that many request handlers use" },
  entry: { weight: 0.85, said: "in code that answers requests" },
  schema: { weight: 0.7, said: "in the schema of the database" },
  reached: { weight: 0.75, said: "in code that request handlers use" },
  job: { weight: 0.6, said: "in a background job" },
  server: { weight: 0.55, said: "in server code" },
  unknown: { weight: 0.4, said: "in code whose side could not be told" },
  client: { weight: 0.35, said: "in the browser" },
  aside: { weight: 0.3, said: "in a small app beside the main one" },
  unused: { weight: 0.2, said: "in what nothing uses" },
  script: { weight: 0.1, said: "in a script" },
};

const later: Readonly<Record<RuleDocs["urgency"], RuleDocs["urgency"]>> = { now: "next", next: "later", later: "later" };

/** How soon a report is to be looked at. What only `strict` looks for is for those who have done the rest. */
export const urgencyOf = (urgency: RuleDocs["urgency"], isUsual: boolean): RuleDocs["urgency"] => (isUsual ? urgency : later[urgency]);

/** What each day of waiting adds: rows that are stored wrongly have to be mended one by one. */
const urgencies: Readonly<Record<RuleDocs["urgency"], number>> = { now: 1, next: 0.65, later: 0.35 };

const byConcern: Readonly<Record<Concern, Impact>> = {
  "error-handling": "outage",
  "data-integrity": "data-loss",
  observability: "blindness",
  auth: "takeover",
  "data-model": "drag",
  deployment: "outage",
};

/** Rules whose defects cost something else than the rest of their concern do. */
export const impactByRule: Readonly<Record<string, Impact>> = {
  "no-error-details-in-response": "disclosure",
  "no-detached-promise-in-handler": "blindness",
  "no-float-money": "money",
  "no-hardcoded-secret": "takeover",
  "no-in-memory-state": "abuse",
  // Nothing is half done by it: what waits holds a connection, and rows that others want.
  "no-io-in-transaction": "outage",
  "no-memory-session-store": "outage",
  "no-n-plus-one": "outage",
  "no-permissive-rls-policy": "takeover",
  "no-raw-process-env": "drag",
  "no-schema-sync": "data-loss",
  "no-secret-fallback": "takeover",
  "no-sensitive-log": "takeover",
  "no-silent-catch": "blindness",
  "no-swallowed-error": "blindness",
  "no-unawaited-query": "data-loss",
  "no-undefined-filter": "takeover",
  "no-unchecked-existence-read": "data-loss",
  "no-unchecked-result-error": "data-loss",
  "prefer-structured-logger": "drag",
  "require-error-object-in-log": "drag",
  "require-foreign-key-index": "drag",
  "require-not-null": "drag",
  "require-rls": "takeover",
  "require-secure-cookie": "foothold",
  "require-session-expiry": "foothold",
};

/** Where what only `strict` looks for costs something else: an empty text in the place of a secret lets nobody in, and neither does a name in a log. */
const widerImpact: Readonly<Record<string, Impact>> = { "no-secret-fallback": "outage", "no-sensitive-log": "privacy" };

/** Where a report says that what is lost is another thing than with the other reports of its rule. */
const impactBySaying: Readonly<Record<string, readonly { readonly says: (said: Said) => boolean; readonly impact: Impact }[]>> = {
  // Services that send mail, or sign somebody in: nothing of the app's own is lost.
  "no-unchecked-result-error": [{ says: ({ data: { library } }) => library !== undefined && !/^(?:Supabase|PostgREST)\b/.test(library), impact: "blindness" }],
  // Not what people sign in with: what a mail finds them by.
  "require-unique-login": [{ says: ({ kind }) => kind === "sought", impact: "drag" }],
  "no-in-memory-state": [{ says: ({ kind }) => kind === "session" || kind === "code", impact: "outage" }],
  // A request can be sent again; whoever ordered a job is gone by then.
  "require-graceful-shutdown": [{ says: ({ kind }) => kind === "jobsCutOff", impact: "data-loss" }],
  "no-secret-fallback": [
    // The key of another service opens nothing here, and what guards a sign-in through another service guards only that.
    { says: ({ data: { loss = "" } }) => loss.includes("its calls fail"), impact: "outage" },
    { says: ({ data: { unset = "" } }) => /STATE|CSRF/.test(unset), impact: "foothold" },
  ],
};

/**
 * What goes wrong.
 *
 * @param isUsual whether `recommended` reports the same.
 */
export const impactOf = (rule: string, concern: Concern, isUsual = true, said = nothingSaid): Impact =>
  impactBySaying[rule]?.find(({ says }) => says(said))?.impact ?? (isUsual ? null : widerImpact[rule]) ?? impactByRule[rule] ?? byConcern[concern];

/** Tables and numbers that can be made again, or that nobody acts on. */
const lightTables = /log|view|visit|click|upload|histor|notif|analytic|stat|metric|task|todo|draft|invit|note|feedback|conversation|chat|message|event|activit|session|cache|preference|setting|receipt|reaction|bookmark|tag/i;
const lightNumbers = /^(?:total|num)_?|_?count(?:er)?s?$|views?|clicks?|opens?|opened|sent|hits|usage|stats?|likes?|downloads?|plays|streak/i;
const heavyNumbers = /balance|credit|stock|quantity|inventory|seat|price|amount|point|budget|quota|paid|refund/i;

const wordIn = (text = "", pattern = /\w+/): string => pattern.exec(text)?.at(-1) ?? "";

/** What a report of a rule about rows speaks of. */
const subjects: Readonly<Record<string, { readonly name: (said: Said) => string; readonly light: RegExp; readonly heavy?: RegExp }>> = {
  "require-transaction": { name: ({ kind, data: { later } }) => (kind === "deletes" ? "" : wordIn(later)), light: lightTables },
  "no-check-then-insert": { name: ({ data: { model } }) => wordIn(model), light: lightTables },
  "no-unchecked-existence-read": { name: ({ data: { call } }) => wordIn(call, /from\(\s*["'`](\w+)/), light: lightTables },
  "no-unchecked-result-error": { name: ({ data: { call } }) => wordIn(call, /from\(\s*["'`](\w+)/), light: lightTables },
  "no-read-modify-write": { name: ({ data: { columns } }) => wordIn(columns), light: lightNumbers, heavy: heavyNumbers },
};

/** Reports about one thing that an app may do without, by the kind of their message. */
const lightKinds: Readonly<Record<string, readonly string[]>> = {
  // An empty key: what needs it does not work where it is not set, and the rest does.
  "no-secret-fallback": ["placeholder", "empty"],
  // The platform sees to it that nothing hangs for long.
  "require-request-timeout": ["untilKilled"],
};

/** Whether a report is about rows that little rests on, or about one thing that an app may do without. */
export function isLight(rule: string, said: Said): boolean {
  if (lightKinds[rule]?.includes(said.kind)) return true;
  const subject = subjects[rule];
  const name = subject?.name(said) ?? "";
  return subject !== undefined && name !== "" && subject.light.test(name) && !subject.heavy?.test(name);
}

/** How much of the whole weight counts where a report is about rows that little rests on, or where an app of many handlers fails in very few of them. */
export const extents = { whole: 1, halfMade: 0.8, little: 0.4 } as const;

/** Kinds of reports about something new that is left incomplete: it can be seen and taken away, and nothing that was there is lost. */
const halfMade: Readonly<Record<string, readonly string[]>> = { "require-transaction": ["orphan", "creates"] };

/** Whether a report is about what is begun and not finished, rather than about what was there before. */
export const isHalfMade = (rule: string, { kind }: Said): boolean => halfMade[rule]?.includes(kind) ?? false;

/** Failures, unlike doors and rows, that weigh by how many handlers have them. */
const byBreadth: ReadonlySet<Impact> = new Set(["outage", "blindness", "disclosure", "privacy"]);

/**
 * Whether failures are in very few of an app's handlers.
 *
 * @param affected how many files with entries have them
 * @param files how many there are
 */
export const isNarrow = (impact: Impact, affected: number, files: number): boolean => byBreadth.has(impact) && files >= 30 && affected / files < 0.02;

/** The share of true reports that a rule must have shown, read one by one on apps that it had not seen, to stand at its level. */
const bars = { error: 0.95, warn: 0.9, strict: 0.7 } as const;

const severityOf = (entry: PresetEntry): "warn" | "error" => (typeof entry === "string" ? entry : entry[0]);

/**
 * How sure a report is, by what its rule had to show.
 *
 * @param isUsual whether `recommended` reports the same; what only `strict` looks for is held to a lower bar.
 */
export function certaintyOf({ presets: { recommended } }: Pick<RuleDocs, "presets">, isUsual: boolean): number {
  return recommended && isUsual ? bars[severityOf(recommended)] : bars.strict;
}

/** What a schema lets in has to be mended row by row later, and a table is the harder to change the more it holds. */
export function waitingOf(impact: Impact, exposure: Exposure): number {
  if (exposure !== "schema") return 1;
  return impact === "data-loss" || impact === "money" ? 1.15 : 1;
}

/** How much a defect matters, from 0 to about 10. */
export const scoreOf = (weights: { impact: Impact; exposure: Exposure; certainty: number; urgency: RuleDocs["urgency"]; waiting: number; extent: number }): number =>
  Math.round(impacts[weights.impact].weight * exposures[weights.exposure].weight * weights.certainty * urgencies[weights.urgency] * weights.waiting * weights.extent * 100) / 100;

/** From which score on something is to be done now, and next. */
export const thresholds = { now: 4.5, next: 2 } as const;

export const bucketOf = (score: number): Bucket => (score >= thresholds.now ? "now" : score >= thresholds.next ? "next" : "wait");

export const buckets: Readonly<Record<Bucket, { title: string; said: string }>> = {
  now: { title: "Fix now", said: "before more people use the app" },
  next: { title: "Fix next", said: "in the coming weeks, in the order of the plan" },
  wait: { title: "Can wait", said: "known, and no reason to stop" },
};

export const bucketNames = ["now", "next", "wait"] as const;
