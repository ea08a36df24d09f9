import { join } from "node:path";

import { browserTrackers, type ProjectTool, requestLoggers, trackingTools } from "../knowledge/project-tools.js";
import { type App, type AppPackage, deployedPackages, isBeside, packagesBehind, uses } from "./app.js";

/** The tool of a table that a package, or one that it is built on, depends on. */
export const toolOf = (own: AppPackage, app: App, tools: readonly ProjectTool[]): string | null => tools.find(({ packages }) => uses(own, app, packages) !== null)?.name ?? null;

const isOfServer = (file: string, app: App): boolean => /^(?:server|edge)$/.test(app.surveyOf(file)?.role ?? "");

/** Who is told about the errors of a package's server. What counts visits as well is told only where code does so. */
export const serverTrackerOf = (own: AppPackage, app: App): string | null =>
  trackingTools.find(
    ({ packages, calls }) =>
      uses(own, app, { test: (name) => packages.test(name) && !browserTrackers.test(name) }) !== null && (!calls || app.says(calls, packagesBehind(own, app).flatMap(({ files }) => files.filter((file) => isOfServer(file, app))))),
  )?.name ?? null;

const anywhere = (app: App, tools: readonly ProjectTool[]): string | null => app.packages.map((each) => toolOf(each, app, tools)).find((name) => name !== null) ?? null;

/** What no start loads. */
const aside: ReadonlySet<string> = new Set(["test", "script", "seed", "generated", "client", "migration"]);

/** Files that begin something by themselves: what runs the app, and what a framework loads by its name. */
const beginning = /(?:^|\/)(?:index|main|server|app|start|bootstrap|worker|instrumentation|next\.config|nuxt\.config)\.[cm]?[jt]s$/;

/** What is known of a check of the environment at the start. */
export interface StartCheck {
  /** Where the environment as a whole is checked; `null` where it is not. */
  readonly whole: string | null;
  /** Where single variables are. */
  readonly single: string | null;
}

/** What checks the environment at the start: a file that something loads, and that asks for all of it before anything else runs. */
export function startCheckOf(app: App): StartCheck {
  const surveyed = app.files.flatMap((file) => {
    const survey = app.surveyOf(file);
    return survey && !survey.isLeftover && !aside.has(survey.role) && !isBeside(file) ? [{ file, survey }] : [];
  });
  const imported = new Set(surveyed.flatMap(({ survey }) => survey.imports.map((each) => each.file)));
  const loaded = surveyed.filter(({ file, survey }) => survey.entries.length > 0 || beginning.test(file) || imported.has(join(app.root, file)));
  const called = new Set(loaded.flatMap(({ survey }) => survey.startChecks.calls));
  const wholes = loaded.filter(({ survey: { startChecks } }) => startChecks.onLoad === "whole" || startChecks.checkers.some((name) => called.has(name)));
  const [whole = null] = wholes.map(({ file }) => file);
  return { whole, single: loaded.find(({ survey }) => survey.startChecks.onLoad === "single")?.file ?? null };
}

/** Who is told about the errors of the app's servers, the one with the most entries first. */
export const trackerOf = (app: App): string | null =>
  [...deployedPackages(app)]
    .sort((one, other) => other.entries - one.entries)
    .map(({ own }) => serverTrackerOf(own, app))
    .find((name) => name !== null) ?? null;

/** What records how long requests take. */
export const timingOf = (app: App): string | null =>
  anywhere(app, requestLoggers) ?? anywhere(app, trackingTools.filter(({ name }) => /^(?:OpenTelemetry|Datadog|New Relic|Sentry|Elastic APM|AppSignal|Application Insights|Encore)$/.test(name)));
