import type { Concern } from "../concerns.js";

/** What goes wrong when nobody acts, the worst first. */
export type Impact = "takeover" | "data-loss" | "money" | "outage" | "disclosure" | "privacy" | "blindness" | "abuse" | "foothold" | "drag";

/** Who can bring it about. */
export type Exposure = "public" | "known" | "everywhere" | "shared" | "entry" | "schema" | "reached" | "job" | "server" | "unknown" | "client" | "aside" | "unused" | "script";

export type Bucket = "now" | "next" | "wait";

/** Who can mend it: `eslint --fix` by itself, an editor at a click, or a person. */
export type Remedy = "fix" | "suggestion" | "person";

/** Some lines of a file, with what looks like a key left out. */
export interface Excerpt {
  /** The number of the first line. */
  readonly start: number;
  readonly lines: readonly string[];
}

/** One report of a rule or of a project check. */
export interface Finding {
  /** Stays the same when lines move, and when the same text is reported again. */
  readonly id: string;
  /** Without prefix. */
  readonly rule: string;
  readonly source: "rule" | "check";
  readonly concern: Concern;
  /** From the root of what was reviewed, with forward slashes. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly message: string;
  readonly excerpt: Excerpt | null;
  readonly remedy: Remedy;
  readonly exposure: Exposure;
  /** What it runs in: `POST`, `createOrder`; `null` where that is no entry. */
  readonly entry: string | null;
  /** How many files with entries lead to its file. */
  readonly reachedFrom: number;
  readonly impact: Impact;
  /** How sure a report of its kind is: the share that was true when people read them. */
  readonly certainty: number;
  /** How soon a report of its kind is to be looked at. */
  readonly urgency: "now" | "next" | "later";
  /** Less than 1 where it is about rows that little rests on, or about very few of many handlers. */
  readonly extent: number;
  readonly score: number;
  readonly bucket: Bucket;
}

/** What the owner has to decide about: findings with one cause. */
export interface Issue {
  readonly id: string;
  /** The rule or check that stands for it. */
  readonly rule: string;
  readonly title: string;
  readonly concern: Concern;
  readonly impact: Impact;
  readonly exposure: Exposure;
  readonly certainty: number;
  readonly urgency: Finding["urgency"];
  /** More than 1 where each day makes it dearer. */
  readonly waiting: number;
  /** Less than 1 where it is about little of the app. */
  readonly extent: number;
  readonly score: number;
  readonly bucket: Bucket;
  /** In words about this app. */
  readonly why: string;
  readonly docs: string;
  /** Ids, the worst first. */
  readonly findings: readonly string[];
  readonly files: number;
}

/** A piece of work that can be handed to somebody. */
export interface WorkPackage {
  readonly step: number;
  readonly bucket: Bucket;
  readonly title: string;
  readonly concern: Concern;
  /** Why it comes at this place. */
  readonly reason: string;
  readonly issues: readonly string[];
  readonly files: readonly string[];
  readonly change: string;
  /** What `eslint --fix` does of it, and an editor at a click. */
  readonly automatic: string;
  /** An estimate, from how many places there are and who can mend them. */
  readonly size: "small" | "medium" | "large";
  readonly hours: number;
  /** Exits with 0 when the work is done. */
  readonly done: string;
}

/** Something that is in place, out of how much there is. */
export interface Coverage {
  readonly topic: string;
  readonly concern: Concern;
  readonly found: number;
  readonly total: number;
  /** Where it could not be told. */
  readonly unknown: number;
  readonly note: string | null;
}

/** Somewhere that the outside world comes in. */
export interface Endpoint {
  readonly file: string;
  readonly line: number;
  readonly name: string;
  readonly framework: string;
  readonly method: string | null;
  readonly path: string | null;
  /** Whether it changes rows, as far as its queries can be followed. */
  readonly writes: boolean;
  /** Whether it asks who is there. */
  readonly authentication: Evidence;
  /** Whether it asks what they may do. */
  readonly authorization: Evidence;
}

/** Whether something is there, and what says so, as its author wrote it. */
export interface Evidence {
  readonly presence: "found" | "missing" | "unknown";
  readonly by: string | null;
}

/** A part of authentication, with what was found about it. */
export interface AuthTopic {
  readonly topic: string;
  readonly issues: readonly string[];
  /** How many places of the code are about it, as far as they are understood: where there are none, that nothing was found says nothing. */
  readonly understood: number;
  /** How many more are, of which it could not be told. */
  readonly unknown: number;
}

export interface AuthReview {
  readonly topics: readonly AuthTopic[];
  readonly endpoints: readonly Endpoint[];
}

/** A review of an app: everything that its formats show. */
export interface Review {
  readonly $schema: string;
  readonly version: 1;
  readonly tool: { readonly name: string; readonly version: string; readonly eslint: string; readonly node: string };
  readonly target: { readonly name: string; readonly path: string; readonly folder: string; readonly commit: string | null; readonly since: string | null };
  readonly date: string;
  readonly seconds: number;
  readonly size: { readonly files: number; readonly linted: number; readonly lines: number; readonly entries: number; readonly tables: number; readonly packages: number };
  readonly summary: Readonly<Record<Bucket, { readonly issues: number; readonly findings: number }>>;
  readonly issues: readonly Issue[];
  readonly findings: readonly Finding[];
  readonly plan: readonly WorkPackage[];
  readonly good: readonly Coverage[];
  readonly auth: AuthReview;
  /** What somebody said is fine, by comment or in ESLint's list of suppressions. */
  readonly suppressed: { readonly comments: number; readonly list: number };
  /** What was not looked at, and why. */
  readonly notes: readonly string[];
  readonly comparison: Comparison | null;
}

/** Against an earlier review of the same app. */
export interface Comparison {
  readonly date: string;
  /** Findings that are gone, as they were. */
  readonly fixed: readonly { readonly id: string; readonly rule: string; readonly file: string; readonly line: number }[];
  /** Ids. */
  readonly added: readonly string[];
  readonly unchanged: number;
}

/** What stops a review, in words for whoever ran it. */
export class ReviewError extends Error {
  override readonly name = "ReviewError";
}
