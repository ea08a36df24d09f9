/** A service that errors are reported to, and that somebody is told by. */
export interface ErrorTracker {
  readonly name: string;
  /** The packages of a server that report to it. */
  readonly packages: readonly string[];
  /** What some file of the project says where errors are among the things that it is there for. */
  readonly said?: RegExp;
  /** What a file imports to report an error, and how it does; left out where a project makes its own client. */
  readonly reporting?: { readonly imported: string; readonly local: string; readonly method: string };
  /** The page that says that it does not hear of what a `catch` keeps. */
  readonly source: string;
}

const sentryPackages = ["nextjs", "node", "nestjs", "bun", "deno", "aws-serverless", "google-cloud-serverless", "cloudflare", "remix", "react-router", "sveltekit", "nuxt", "astro"];

export const errorTrackers: readonly ErrorTracker[] = [
  {
    name: "Sentry",
    packages: sentryPackages.map((name) => `@sentry/${name}`),
    reporting: { imported: "*", local: "Sentry", method: "captureException" },
    source: "https://docs.sentry.io/platforms/javascript/guides/nextjs/capturing-errors/",
  },
  {
    name: "Bugsnag",
    packages: ["@bugsnag/js", "@bugsnag/node"],
    reporting: { imported: "default", local: "Bugsnag", method: "notify" },
    source: "https://docs.bugsnag.com/platforms/nodejs/reporting-handled-errors/",
  },
  {
    name: "Honeybadger",
    packages: ["@honeybadger-io/js"],
    reporting: { imported: "default", local: "Honeybadger", method: "notify" },
    source: "https://docs.honeybadger.io/lib/javascript/errors/reporting-errors/",
  },
  { name: "Rollbar", packages: ["rollbar"], source: "https://rollbar.com/docs/notifier/node_rollbar/" },
  // It counts visitors first of all.
  { name: "PostHog", packages: ["posthog-node"], said: /\bcaptureException\s*\(/, source: "https://posthog.com/docs/error-tracking/capture" },
  // Both trace requests; errors are on the traces of those who put them there.
  { name: "Datadog", packages: ["dd-trace"], said: /\bsetTag\s*\(\s*["']error/, source: "https://docs.datadoghq.com/tracing/opentracing/nodejs" },
  { name: "OpenTelemetry", packages: ["@opentelemetry/api"], said: /\brecordException\s*\(/, source: "https://opentelemetry.io/docs/languages/js/instrumentation/#recording-exceptions" },
];
