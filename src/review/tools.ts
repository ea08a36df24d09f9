import { browserTrackers, type ProjectTool, requestLoggers, trackingTools } from "../knowledge/project-tools.js";
import { type App, type AppPackage, uses } from "./app.js";

/** The tool of a table that a package, or one that it is built on, depends on. */
export const toolOf = (own: AppPackage, app: App, tools: readonly ProjectTool[]): string | null => tools.find(({ packages }) => uses(own, app, packages) !== null)?.name ?? null;

/** Who is told about the errors of a package's server. */
export const serverTrackerOf = (own: AppPackage, app: App): string | null =>
  trackingTools.find(({ packages }) => uses(own, app, { test: (name) => packages.test(name) && !browserTrackers.test(name) }) !== null)?.name ?? null;

const anywhere = (app: App, tools: readonly ProjectTool[]): string | null => app.packages.map((each) => toolOf(each, app, tools)).find((name) => name !== null) ?? null;

/** Who is told about the app's errors. */
export const trackerOf = (app: App): string | null => anywhere(app, trackingTools);

/** What records how long requests take. */
export const timingOf = (app: App): string | null =>
  anywhere(app, requestLoggers) ?? anywhere(app, trackingTools.filter(({ name }) => /^(?:OpenTelemetry|Datadog|New Relic|Sentry|Elastic APM|AppSignal|Application Insights|Encore)$/.test(name)));
