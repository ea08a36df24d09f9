/**
 * What a package among a project's dependencies says about the project as a whole. A name that matches too much makes a check silent,
 * which is the side to err on.
 */
export interface ProjectTool {
  readonly name: string;
  /** The whole name of a package. */
  readonly packages: RegExp;
  readonly source: string;
}

/** Who is told about errors. */
export const trackingTools: readonly ProjectTool[] = [
  { name: "Sentry", packages: /^@sentry\/|^@micro-sentry\/|^raven$/, source: "https://docs.sentry.io/platforms/javascript/" },
  { name: "OpenTelemetry", packages: /^@opentelemetry\/|^@vercel\/otel$|^@azure\/monitor-opentelemetry/, source: "https://opentelemetry.io/docs/languages/js/" },
  { name: "Datadog", packages: /^dd-trace$|^@datadog\//, source: "https://docs.datadoghq.com/error_tracking/" },
  { name: "New Relic", packages: /^newrelic$|^@newrelic\//, source: "https://docs.newrelic.com/docs/apm/agents/nodejs-agent/" },
  { name: "Bugsnag", packages: /^@bugsnag\//, source: "https://docs.bugsnag.com/platforms/javascript/" },
  { name: "Honeybadger", packages: /^@honeybadger-io\//, source: "https://docs.honeybadger.io/lib/javascript/" },
  { name: "Rollbar", packages: /^rollbar$/, source: "https://docs.rollbar.com/docs/nodejs" },
  { name: "Airbrake", packages: /^@airbrake\//, source: "https://docs.airbrake.io/docs/platforms/node-js/" },
  { name: "PostHog", packages: /^posthog-(?:js|node)$|^@posthog\//, source: "https://posthog.com/docs/error-tracking" },
  { name: "Highlight", packages: /^@highlight-run\/|^highlight\.run$/, source: "https://www.highlight.io/docs/getting-started/server/js/overview" },
  { name: "Application Insights", packages: /^applicationinsights$|^@microsoft\/applicationinsights/, source: "https://learn.microsoft.com/azure/azure-monitor/app/nodejs" },
  { name: "Elastic APM", packages: /^elastic-apm-node$|^@elastic\/apm/, source: "https://www.elastic.co/docs/reference/apm/agents/nodejs" },
  { name: "AppSignal", packages: /^@appsignal\//, source: "https://docs.appsignal.com/nodejs.html" },
  { name: "Axiom", packages: /^@axiomhq\/|^next-axiom$/, source: "https://axiom.co/docs/send-data/nextjs" },
  { name: "Better Stack", packages: /^@logtail\/|^@betterstack\//, source: "https://betterstack.com/docs/logs/javascript/" },
  { name: "LogRocket", packages: /^logrocket$/, source: "https://docs.logrocket.com/docs" },
  { name: "Baselime", packages: /^@baselime\//, source: "https://github.com/baselime/node-opentelemetry" },
  { name: "Raygun", packages: /^raygun/, source: "https://raygun.com/documentation/language-guides/javascript/" },
  { name: "TrackJS", packages: /^trackjs$/, source: "https://docs.trackjs.com/" },
  { name: "Google Cloud Error Reporting", packages: /^@google-cloud\/(?:error-reporting|trace-agent)$/, source: "https://cloud.google.com/error-reporting/docs/setup/nodejs" },
  { name: "Firebase Crashlytics", packages: /crashlytics/, source: "https://firebase.google.com/docs/crashlytics" },
  { name: "AWS X-Ray", packages: /^aws-xray-sdk/, source: "https://docs.aws.amazon.com/xray/latest/devguide/xray-sdk-nodejs.html" },
  { name: "GlitchTip", packages: /glitchtip/, source: "https://glitchtip.com/sdkdocs/" },
  { name: "Encore", packages: /^encore\.dev$/, source: "https://encore.dev/docs/ts/observability/tracing" },
];

/** Those of them that are told about what happens in a browser, and nothing of the server. */
export const browserTrackers = /^(?:posthog-js|logrocket|trackjs|@sentry\/(?:browser|react|vue|svelte)|@micro-sentry\/browser|@datadog\/browser-[\w-]+)$/;

/** Loggers with levels. */
export const loggingTools: readonly ProjectTool[] = [
  {
    name: "a logger",
    packages:
      /^(?:pino|winston|bunyan|log4js|loglevel|signale|tslog|consola|roarr|tracer|caterpillar|ts-log|lambda-log|evlog|adze|loglayer|next-logger|express-winston|nest-winston|nestjs-pino|fastify|electron-log|npmlog|bole|diary|logform|winston-.*|pino-.*|@logtape\/.*|@axiomhq\/.*|next-axiom|@logtail\/.*|@aws-lambda-powertools\/logger|@google-cloud\/logging.*|@nestjs\/common|@adonisjs\/.*|@feathersjs\/.*|@strapi\/.*|@highlight-run\/.*|@datadog\/.*|encore\.dev|@trigger\.dev\/.*|@wasp.*|@overleaf\/logger|@sentry\/.*|debug|effect)$/,
    source: "https://12factor.net/logs",
  },
];

/** What writes down how long each request took. */
export const requestLoggers: readonly ProjectTool[] = [
  { name: "a request logger", packages: /^(?:morgan|pino-http|nestjs-pino|express-pino-logger|express-winston|koa-logger|koa-pino-logger|koa-morgan|hono-pino|express-bunyan-logger|@google-cloud\/logging-.*|nest-morgan|evlog|@fastify\/request-.*|fastify)$/, source: "https://expressjs.com/en/resources/middleware/morgan.html" },
  { name: "metrics", packages: /^(?:prom-client|express-prom-bundle|@willsoto\/nestjs-prometheus|fastify-metrics|swagger-stats|hot-shots|node-statsd|statsd-client|express-status-monitor|response-time|lightship-metrics|appmetrics|@hono\/prometheus|koa-prometheus.*|nest-prometheus|nestjs-prometheus)$/, source: "https://github.com/siimon/prom-client" },
];

/** What makes sure that the environment is complete. */
export const environmentTools: readonly ProjectTool[] = [
  { name: "a validator of the environment", packages: /^(?:@t3-oss\/env-.*|envalid|env-var|envsafe|znv|convict|dotenv-safe|env-schema|@julr\/vite-plugin-validate-env|valid-env|typed-env|ts-dotenv|@adonisjs\/env|encore\.dev|varlock|nest-typed-config|@fastify\/env|nestjs-zod-config|@keyv\/env|@lifeomic\/env)$/, source: "https://github.com/t3-oss/t3-env" },
];

/** Platforms, by the file that describes a deployment to them. */
export interface DeploymentPlatform {
  readonly name: string;
  readonly file: RegExp;
  /** Makes an environment of its own for each branch or pull request. */
  readonly previews: boolean;
  readonly source: string;
}

export const deploymentPlatforms: readonly DeploymentPlatform[] = [
  { name: "Vercel", file: /(?:^|\/)vercel\.json$/, previews: true, source: "https://vercel.com/docs/deployments/environments#preview-environment-pre-production" },
  { name: "Netlify", file: /(?:^|\/)netlify\.toml$/, previews: true, source: "https://docs.netlify.com/site-deploys/deploy-previews/" },
  { name: "Render", file: /(?:^|\/)render\.ya?ml$/, previews: false, source: "https://render.com/docs/service-previews" },
  { name: "Fly.io", file: /(?:^|\/)fly(?:\.[\w-]+)?\.toml$/, previews: false, source: "https://fly.io/docs/reference/configuration/" },
  { name: "Railway", file: /(?:^|\/)railway\.(?:json|toml)$/, previews: false, source: "https://docs.railway.com/environments" },
  { name: "Heroku", file: /(?:^|\/)(?:Procfile|app\.json|heroku\.yml)$/, previews: false, source: "https://devcenter.heroku.com/articles/release-phase" },
  { name: "App Engine", file: /(?:^|\/)app\.ya?ml$/, previews: false, source: "https://cloud.google.com/appengine/docs/standard/reference/app-yaml" },
  { name: "Cloudflare", file: /(?:^|\/)wrangler\.(?:toml|jsonc?)$/, previews: false, source: "https://developers.cloudflare.com/workers/wrangler/environments/" },
  { name: "DigitalOcean", file: /(?:^|\/)\.do\/\w+\.ya?ml$/, previews: false, source: "https://docs.digitalocean.com/products/app-platform/reference/app-spec/" },
];
