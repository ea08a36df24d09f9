import { alertChannels } from "../../knowledge/project-tools.js";
import { type App, type DeployedPackage, deployedPackages, isLibrary } from "../app.js";
import { among } from "../../semantics/program/wording.js";
import { serverTrackerOf } from "../tools.js";
import type { Check } from "./check.js";

/** An app of its own that reports errors: scripts of trackers, and modules that are fetched rather than installed. */
const said = /@sentry\b|\bsentry\.io\b|\bcaptureException\s*\(|\b(?:bugsnag|rollbar|newrelic|dd-trace|opentelemetry|honeybadger)\b/i;

/** How many entry points make a service. */
const least = 3;

/** The packages whose errors nobody is told about, the one with the most entries first. */
export function untoldPackages(app: App): DeployedPackage[] {
  const shared = app.packages.find(({ folder }) => folder === "")?.files ?? [];
  return deployedPackages(app)
    .filter(({ own, entries, files }) => entries >= least && !isLibrary(own) && serverTrackerOf(own, app) === null && !app.says(said, [...files, ...shared].filter((file) => app.surveyOf(file)?.role !== "client")))
    .sort((one, other) => other.entries - one.entries);
}

export const requireErrorTracking: Check = {
  name: "require-error-tracking",
  title: "Nobody is told when something breaks",
  description: "Require a service that is told about errors in production",
  concern: "observability",
  impact: "blindness",
  urgency: "now",
  read: { true: 18, doubtful: 0, wrong: 0, gone: 0 },
  silentOn: ["training", "product"],
  *run(app) {
    const [first, ...others] = untoldPackages(app);
    if (!first) return;
    const names = [first, ...others].map(({ own }) => `\`${own.name ?? own.folder}\``);
    const where = app.packages.length > 1 ? ` of ${among(names, 3)}` : "";
    if (app.says(alertChannels, first.files)) {
      yield {
        file: first.own.file,
        exposure: "server",
        message: `No error tracker for a server, and no OpenTelemetry, is among the dependencies${where}: code sends messages to a room where somebody thought of it, and of a failure that nobody foresaw you learn from whoever writes to you. Add one (Sentry, PostHog, OpenTelemetry …).`,
      };
      return;
    }
    yield {
      file: first.own.file,
      message: `No error tracker for a server, and no OpenTelemetry, is among the dependencies${where}: when a request fails there, you learn of it from whoever writes to you. Add one (Sentry, PostHog, OpenTelemetry …).`,
    };
  },
};
