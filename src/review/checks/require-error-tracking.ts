import { counted } from "../titles.js";
import { trackerOf } from "../tools.js";
import type { Check } from "./check.js";
import { mainPackage } from "./servers.js";

/** An app of its own that reports errors: scripts of trackers, and modules that are fetched rather than installed. */
const said = /@sentry\b|\bsentry\.io\b|\bcaptureException\s*\(|\b(?:bugsnag|rollbar|newrelic|dd-trace|opentelemetry|honeybadger|logrocket|posthog)\b/i;

export const requireErrorTracking: Check = {
  name: "require-error-tracking",
  title: "Nobody is told when something breaks",
  description: "Require a service that is told about errors in production",
  concern: "observability",
  impact: "blindness",
  urgency: "now",
  certainty: 0.9,
  *run(app) {
    const own = mainPackage(app);
    if (!own || own.entries.length < 3 || trackerOf(app) !== null || app.says(said)) return;
    const all = app.packages.reduce((sum, { entries }) => sum + entries.length, 0);
    yield {
      file: own.file,
      line: 1,
      message: `No error tracker or OpenTelemetry is among the dependencies: when one of at least ${counted(all, "entry point")} fails, you learn of it from whoever writes to you. Add one (Sentry, PostHog, OpenTelemetry …).`,
    };
  },
};
