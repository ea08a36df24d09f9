import { among } from "../semantics/program/wording.js";
import type { App } from "./app.js";
import type { Coverage, Endpoint, Evidence } from "./model.js";
import type { StartCheck } from "./tools.js";
import { namedColumns } from "./named-columns.js";

const errorHandling = "error-handling";

/** What is there or not, rather than so many times. */
const questions = { environment: "The environment is checked at the start", tracker: "Errors reach a tracker", timing: "Response times are recorded" } as const;

/** Whether a topic is answered by yes or no. */
export const isQuestion = (topic: string): boolean => Object.values<string>(questions).includes(topic);

/** What is in place already, out of how much there is; topics that the app does not have are left out. */
export function coverageOf(app: App, endpoints: readonly Endpoint[], tools: { readonly tracker: string | null; readonly timing: string | null; readonly start: StartCheck }): Coverage[] {
  const { tracker, timing, start } = tools;
  const surveys = [...app.survey.values()];
  const sum = (pick: (survey: (typeof surveys)[number]) => number): number => surveys.reduce((total, survey) => total + pick(survey), 0);
  const tables = surveys.flatMap((survey) => survey.tables);
  const keyed = tables.filter(({ hasKey }) => hasKey);
  // What is only altered or written to somewhere was made out of sight, with or without a key.
  const unmade = tables.filter(({ hasKey, isComplete }) => !hasKey && !isComplete);
  const calls = { found: sum(({ calls }) => calls.found), missing: sum(({ calls }) => calls.missing), unknown: sum(({ calls }) => calls.unknown) };
  const logged = { structured: sum(({ logged }) => logged.structured), plain: sum(({ logged }) => logged.plain + logged.console) };
  const asked = (what: "authentication" | "authorization", presence: Evidence["presence"]): number => endpoints.filter((endpoint) => endpoint[what].presence === presence).length;
  const evidence = (topic: string, what: "authentication" | "authorization"): Coverage => ({
    topic,
    concern: "auth",
    found: asked(what, "found"),
    total: asked(what, "found") + asked(what, "missing"),
    unknown: asked(what, "unknown"),
    note: null,
  });
  const files = app.files.filter((file) => /\.[cm]?[jt]sx?$/.test(file) && (app.surveyOf(file)?.role ?? "test") !== "test");
  const leftover = files.filter((file) => app.surveyOf(file)?.isLeftover);
  const hasServer = surveys.some(({ entries }) => entries.length > 0);
  const columns = namedColumns(app);
  const all: Coverage[] = [
    evidence("Entry points that ask who is calling", "authentication"),
    evidence("Entry points that ask what the caller may do", "authorization"),
    { topic: "Tables with a primary key", concern: "data-integrity", found: keyed.length, total: keyed.length + tables.filter(({ hasKey, isComplete }) => !hasKey && isComplete).length, unknown: unmade.length, note: unmade.length === 0 ? null : `nothing here creates ${among(unmade.map(({ name }) => name), 5)}` },
    { topic: "Columns that code names", concern: "data-model", found: columns?.named ?? 0, total: columns?.total ?? 0, unknown: 0, note: columns && columns.others.length > 0 ? `not ${among(columns.others, 5)}` : null },
    { topic: "Calls to other services with a deadline", concern: errorHandling, found: calls.found, total: calls.found + calls.missing, unknown: calls.unknown, note: null },
    { topic: "Lines of the server's log that are structured", concern: "observability", found: logged.structured, total: logged.structured + logged.plain, unknown: 0, note: null },
    { topic: questions.environment, concern: "deployment", found: start.whole === null ? 0 : 1, total: hasServer ? 1 : 0, unknown: 0, note: start.whole ?? (start.single === null ? null : `only single variables, as in ${start.single}`) },
    { topic: questions.tracker, concern: "observability", found: tracker === null ? 0 : 1, total: hasServer ? 1 : 0, unknown: 0, note: tracker },
    { topic: "Files that something leads to", concern: "deployment", found: files.length - leftover.length, total: leftover.length === 0 ? 0 : files.length, unknown: 0, note: leftover.length === 0 ? null : `nothing is reported in ${among(leftover, 5)}` },
    { topic: questions.timing, concern: "observability", found: timing === null ? 0 : 1, total: hasServer ? 1 : 0, unknown: 0, note: timing },
  ];
  return all.filter(({ total, unknown }) => total + unknown > 0);
}
