/** A service that errors are reported to, and that somebody is told by, with what else of an app goes there. */
export interface ErrorTracker {
  readonly name: string;
  /** The packages of a server that report to it. */
  readonly packages: readonly string[];
  /** What some file of the project says where errors are among the things that it is there for. */
  readonly said?: RegExp;
  /** What a file imports to report an error, and how it does; left out where a project makes its own client. */
  readonly reporting?: { readonly imported: string; readonly local: string; readonly method: string };
  /** What takes values along to it: the modules, the global of a page that loads it from elsewhere, and the methods by their last step. */
  readonly takes?: { readonly modules: RegExp; readonly global?: string; readonly methods: readonly string[]; readonly source: string };
  /** What makes it take what is written to the console, with its level: the methods of the console that it does by default, and what else has to be on. */
  readonly console?: readonly { readonly integration: string; readonly methods: readonly string[]; readonly needs?: RegExp; readonly source: string }[];
  /** The page that says that it does not hear of what a `catch` keeps. */
  readonly source: string;
}

const sentryPackages = ["nextjs", "node", "nestjs", "bun", "deno", "aws-serverless", "google-cloud-serverless", "cloudflare", "remix", "react-router", "sveltekit", "nuxt", "astro"];

const highlightPackages = ["node", "next", "nest", "cloudflare"];

export const errorTrackers: readonly ErrorTracker[] = [
  {
    name: "Sentry",
    packages: sentryPackages.map((name) => `@sentry/${name}`),
    reporting: { imported: "*", local: "Sentry", method: "captureException" },
    takes: {
      modules: /^@sentry\//,
      global: "Sentry",
      methods: ["captureMessage", "captureException", "captureEvent", "addBreadcrumb", "setContext", "setExtra", "setExtras", "setTag", "setTags", "setUser"],
      source: "https://docs.sentry.io/platforms/javascript/enriching-events/context/",
    },
    console: [
      {
        integration: "consoleLoggingIntegration",
        methods: ["debug", "info", "warn", "error", "log", "trace"],
        needs: /\benableLogs\s*:\s*(?!false)/,
        source: "https://docs.sentry.io/platforms/javascript/guides/nextjs/logs/#console-logging",
      },
      ...["captureConsoleIntegration", "CaptureConsole"].map((integration) => ({
        integration,
        methods: ["log", "info", "warn", "error", "debug"],
        source: "https://docs.sentry.io/platforms/javascript/guides/node/configuration/integrations/captureconsole/",
      })),
    ],
    source: "https://docs.sentry.io/platforms/javascript/guides/nextjs/capturing-errors/",
  },
  {
    name: "Bugsnag",
    packages: ["@bugsnag/js", "@bugsnag/node"],
    reporting: { imported: "default", local: "Bugsnag", method: "notify" },
    takes: { modules: /^@bugsnag\//, methods: ["notify", "leaveBreadcrumb"], source: "https://docs.bugsnag.com/platforms/javascript/customizing-breadcrumbs" },
    source: "https://docs.bugsnag.com/platforms/nodejs/reporting-handled-errors/",
  },
  {
    name: "Honeybadger",
    packages: ["@honeybadger-io/js"],
    reporting: { imported: "default", local: "Honeybadger", method: "notify" },
    source: "https://docs.honeybadger.io/lib/javascript/errors/reporting-errors/",
  },
  {
    name: "Highlight",
    packages: highlightPackages.map((name) => `@highlight-run/${name}`),
    reporting: { imported: "H", local: "H", method: "consumeError" },
    takes: { modules: /^@highlight-run\//, methods: ["consumeError", "identify", "track"], source: "https://www.highlight.io/docs/sdk/nodejs" },
    source: "https://www.highlight.io/docs/sdk/nodejs",
  },
  { name: "Rollbar", packages: ["rollbar"], source: "https://docs.rollbar.com/docs/nodejs" },
  {
    // It counts visitors first of all.
    name: "PostHog",
    packages: ["posthog-node"],
    said: /\bcaptureException\s*\(/,
    takes: { modules: /^posthog-(?:node|js)$/, methods: ["capture", "identify", "captureException"], source: "https://posthog.com/docs/libraries/node" },
    source: "https://posthog.com/docs/error-tracking/capture",
  },
  // Both trace requests; errors are on the traces of those who put them there.
  { name: "Datadog", packages: ["dd-trace"], said: /\bsetTag\s*\(\s*["']error/, source: "https://docs.datadoghq.com/tracing/opentracing/nodejs" },
  { name: "OpenTelemetry", packages: ["@opentelemetry/api"], said: /\brecordException\s*\(/, source: "https://opentelemetry.io/docs/languages/js/instrumentation/#recording-exceptions" },
];
