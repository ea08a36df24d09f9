import { type ErrorHandling, errorHandlings } from "../../knowledge/error-handlers.js";
import { fileFacts } from "../../project/file.js";
import { dependsOn, majorOf, packageOf } from "../../project/package-json.js";
import { textQuestion } from "../../project/source-texts.js";
import type { Source } from "../../syntax/source.js";
import type { Entry } from "./entries.js";
import type { Presence } from "../program/presence.js";

/** What a framework knows of error handlers, and whether the project has one. */
export interface ProjectErrorHandler {
  readonly presence: Presence;
  /** The framework, and what to write, in messages. */
  readonly said: string;
  readonly place: string;
  /** Whether the framework logs a failure by itself, and answers with 500. */
  readonly logs: boolean;
  /** Whether the project takes failures to a place of its own, which does not hear of these. */
  readonly isMissed: boolean;
}

const rows = errorHandlings.map((handling) => ({ handling, hasSign: textQuestion(handling.sign), hasStart: handling.start ? textQuestion(handling.start) : null, collects: handling.collects ? textQuestion(handling.collects) : null }));

const unknown: ProjectErrorHandler = { presence: "unknown", said: "", place: "", logs: false, isMissed: false };

/** Whether rejections come to an error handler at all, and so are a question of having one. */
function comesToHandler({ since }: ErrorHandling, filename: string): boolean {
  const major = since ? majorOf(filename, since.module) : null;
  return !since || major === null || major >= since.major;
}

/**
 * Whether the project says for all entries of a framework what happens when one of them fails. It reads the code of the package for
 * signs of that, so ask for it last.
 */
export function projectErrorHandler({ framework }: Entry, source: Source): ProjectErrorHandler {
  const filename = fileFacts(source)?.filename;
  const row = rows.find(({ handling }) => handling.framework === framework);
  const own = filename === undefined ? null : packageOf(filename);
  if (!row || filename === undefined) return unknown;
  const { handling, hasSign, hasStart, collects } = row;
  if (!comesToHandler(handling, filename)) return unknown;
  const { said, place, logs = false } = handling;
  if (handling.sign.test(source.text) || handling.packages?.some((name) => dependsOn(filename, name))) return { presence: "found", said, place, logs, isMissed: false };
  if (handling.start && !handling.start.test(source.text) && (!own || hasStart?.(own.dir) !== true)) return unknown;
  const sign = own && !handling.own ? hasSign(own.dir) : false;
  return { presence: sign === null ? "unknown" : sign ? "found" : "missing", said, place, logs, isMissed: own !== null && collects?.(own.dir) === true };
}
