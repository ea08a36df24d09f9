import type { Concern } from "../../concerns.js";
import type { RuleDocs } from "../../create-rule.js";
import type { App } from "../app.js";
import type { Exposure, Impact } from "../model.js";

/** What a check found out about the project. */
export interface CheckReport {
  /** The file that is to be changed, or that shows it. */
  readonly file: string;
  readonly line?: number;
  /** What will go wrong, then what to do, with the evidence. Never a value of a variable of the environment. */
  readonly message: string;
  readonly exposure?: Exposure;
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
  /** The share that was true of what it said about real apps. */
  readonly certainty: number;
  run(app: App): Iterable<CheckReport>;
}
