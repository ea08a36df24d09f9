import type { Concern } from "../../concerns.js";
import type { RuleDocs } from "../../create-rule.js";
import type { App } from "../app.js";
import type { Exposure, Impact } from "../model.js";
import type { Purpose } from "./purpose.js";

/** What a check found out about the project. */
export interface CheckReport {
  /** The file that is to be changed, or that shows it. */
  readonly file: string;
  readonly line?: number;
  /** What will go wrong, then what to do, with the evidence. Never a value of a variable of the environment. */
  readonly message: string;
  readonly exposure?: Exposure;
}

/** What a reader who had not written a check found when he read each of its reports on real apps, of those that it still makes. */
export interface Precision {
  readonly true: number;
  /** True, and a senior engineer might not ask for it there. */
  readonly doubtful: number;
  readonly wrong: number;
  /** How many more were doubtful or wrong, and have a cause that is gone since. */
  readonly gone: number;
}

/** How many reports a figure has to rest on. */
const enough = 5;

/** What a check is worth of which too little was read. */
const unproven = 0.7;

/** As sure as the surest rules. */
const most = 0.95;

/** The share that was true, a doubtful report for a half. */
export function certaintyFrom(read: Precision | null): number {
  const count = read ? read.true + read.doubtful + read.wrong : 0;
  return read && count >= enough ? Math.min(most, Math.round(((read.true + read.doubtful / 2) / count) * 100) / 100) : unproven;
}

/** A question about a project as a whole, which no single file could answer. */
export interface Check {
  readonly name: string;
  /** What is wrong. */
  readonly title: string;
  /** What it asks for: starts with Require or Disallow; no full stop. */
  readonly description: string;
  readonly concern: Concern;
  readonly impact: Impact;
  readonly urgency: RuleDocs["urgency"];
  /** What was found when its reports were read; `null` where nobody but its author has read any. */
  readonly read: Precision | null;
  /** Repositories for which it asks too much: nobody operates them, or others do. */
  readonly silentOn?: readonly Purpose[];
  run(app: App): Iterable<CheckReport>;
}
