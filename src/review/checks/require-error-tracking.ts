import { trackingTools } from "../../knowledge/project-tools.js";
import { deployedPackages, isLibrary } from "../app.js";
import { among } from "../../semantics/wording.js";
import { toolOf } from "../tools.js";
import type { Check } from "./check.js";

/** An app of its own that reports errors: scripts of trackers, and modules that are fetched rather than installed. */
const said = /@sentry\b|\bsentry\.io\b|\bcaptureException\s*\(|\b(?:bugsnag|rollbar|newrelic|dd-trace|opentelemetry|honeybadger|logrocket|posthog)\b/i;

/** How many entry points make a service. */
const least = 3;

export const requireErrorTracking: Check = {
  name: "require-error-tracking",
  title: "Nobody is told when something breaks",
  description: "Require a service that is told about errors in production",
  concern: "observability",
  impact: "blindness",
  urgency: "now",
  read: { true: 4, doubtful: 7, wrong: 1, mended: 1 },
  *run(app) {
    const shared = app.packages.find(({ folder }) => folder === "")?.files ?? [];
    const untold = deployedPackages(app).filter(({ own, entries, files }) => entries >= least && !isLibrary(own) && toolOf(own, app, trackingTools) === null && !app.says(said, [...files, ...shared]));
    const [first, ...others] = [...untold].sort((one, other) => other.entries - one.entries);
    if (!first) return;
    const names = [first, ...others].map(({ own }) => `\`${own.name ?? own.folder}\``);
    const where = app.packages.length > 1 ? ` of ${among(names, 3)}` : "";
    yield {
      file: first.own.file,
      line: 1,
      message: `No error tracker or OpenTelemetry is among the dependencies${where}: when a request fails there, you learn of it from whoever writes to you. Add one (Sentry, PostHog, OpenTelemetry …).`,
    };
  },
};
