/**
 * What a package among a project's dependencies says about the project as a whole. A name that matches too much makes a check silent,
 * which is the side to err on.
 */
export interface ProjectTool {
  readonly name: string;
  /** The whole name of a package. */
  readonly packages: RegExp;
  /** What stands in the code of a server where it is told of errors, if it is for other things as well. */
  readonly calls?: RegExp;
  readonly source: string;
}

/** Who is told about errors. */
export const trackingTools: readonly ProjectTool[] = [
  { name: "Sentry", packages: /^@sentry\/|^@micro-sentry\/|^@hono\/sentry$|^raven(?:-js)?$/, source: "https://docs.sentry.io/platforms/javascript/" },
  { name: "OpenTelemetry", packages: /^@opentelemetry\/|^@vercel\/otel$|^@hono\/otel$|^@elysiajs\/opentelemetry$|^@azure\/monitor-opentelemetry/, source: "https://opentelemetry.io/docs/languages/js/" },
  { name: "Datadog", packages: /^dd-trace$|^@datadog\/(?:browser-(?:logs|rum)|mobile-)/, source: "https://docs.datadoghq.com/error_tracking/" },
  { name: "New Relic", packages: /^newrelic$|^@newrelic\/(?:apollo-server-plugin|aws-sdk|browser-agent|koa|next|superagent)$/, source: "https://docs.newrelic.com/docs/apm/agents/nodejs-agent/" },
  { name: "Bugsnag", packages: /^@bugsnag\/(?!cli$|source-maps$)|^bugsnag(?:-js)?$/, source: "https://docs.bugsnag.com/platforms/javascript/" },
  { name: "Honeybadger", packages: /^@honeybadger-io\/(?!webpack$|[\w-]+-plugin$|plugin-core$)|^honeybadger(?:-js)?$/, source: "https://docs.honeybadger.io/lib/javascript/" },
  { name: "Rollbar", packages: /^rollbar$|^@rollbar\//, source: "https://docs.rollbar.com/docs/nodejs" },
  { name: "Airbrake", packages: /^@airbrake\/|^airbrake(?:-js)?$/, source: "https://docs.airbrake.io/docs/platforms/node-js/" },
  { name: "PostHog", packages: /^posthog-(?:js|js-lite|node|react-native)$|^@posthog\/(?:convex|nextjs|nuxt|react)$/, calls: /\bcaptureException(?:Immediate)?\s*\(|\benableExceptionAutocapture\s*:\s*true|\bsetup(?:Express|Koa|Fastify|Nest)\w*ErrorHandler\b|\bPostHogInterceptor\b/, source: "https://posthog.com/docs/error-tracking/installation/node" },
  { name: "Highlight", packages: /^@highlight-run\/|^highlight\.run$/, source: "https://www.highlight.io/docs/getting-started/server/js/overview" },
  { name: "Application Insights", packages: /^applicationinsights$|^@microsoft\/applicationinsights/, source: "https://learn.microsoft.com/azure/azure-monitor/app/nodejs" },
  { name: "Elastic APM", packages: /^elastic-apm-node$|^@elastic\/(?:apm-rum|opentelemetry-node)/, source: "https://www.elastic.co/docs/reference/apm/agents/nodejs" },
  { name: "AppSignal", packages: /^@appsignal\//, source: "https://docs.appsignal.com/nodejs.html" },
  { name: "Axiom", packages: /^@axiomhq\/|^next-axiom$/, source: "https://axiom.co/docs/send-data/nextjs" },
  { name: "Better Stack", packages: /^@logtail\/|^@betterstack\//, source: "https://betterstack.com/docs/logs/javascript/" },
  { name: "LogRocket", packages: /^logrocket$/, source: "https://docs.logrocket.com/docs" },
  { name: "Baselime", packages: /^@baselime\//, source: "https://github.com/baselime/node-opentelemetry" },
  { name: "Raygun", packages: /^raygun/, source: "https://raygun.com/documentation/language-guides/javascript/" },
  { name: "TrackJS", packages: /^trackjs(?:-node|-nextjs)?$/, source: "https://docs.trackjs.com/" },
  { name: "Google Cloud Error Reporting", packages: /^@google-cloud\/(?:error-reporting|trace-agent)$/, source: "https://cloud.google.com/error-reporting/docs/setup/nodejs" },
  { name: "Firebase Crashlytics", packages: /crashlytics/, source: "https://firebase.google.com/docs/crashlytics" },
  { name: "AWS X-Ray", packages: /^aws-xray-sdk/, source: "https://docs.aws.amazon.com/xray/latest/devguide/xray-sdk-nodejs.html" },
  { name: "Encore", packages: /^encore\.dev$/, source: "https://encore.dev/docs/ts/observability/tracing" },
];

/** Those of them that are told about what happens in a browser or on a phone, and nothing of the server. */
export const browserTrackers =
  /^(?:airbrake-js|bugsnag-js|highlight\.run|honeybadger-js|logrocket|posthog-(?:js|js-lite|react-native)|raven-js|raygun4(?:js|reactnative)|trackjs|[\w@/-]*crashlytics|@airbrake\/browser|@appsignal\/(?:angular|ember|javascript|preact|react|stimulus|vue)|@bugsnag\/(?:browser|expo|react-native|web-worker)|@datadog\/(?:browser|mobile)-[\w-]+|@elastic\/apm-rum[\w-]*|@highlight-run\/react|@honeybadger-io\/(?:react|react-native|vue)|@logtail\/browser|@micro-sentry\/browser|@microsoft\/applicationinsights-[\w-]+|@newrelic\/browser-agent|@posthog\/react|@rollbar\/react|@sentry\/(?:angular|angular-ivy|browser|capacitor|electron|ember|react|react-native|solid|svelte|vue))$/;

/** Addresses of rooms and pagers that code writes to by itself, where it foresaw that something may fail. */
export const alertChannels = /\b(?:\w*_)?(?:SLACK|DISCORD|TEAMS)_(?:\w*_)?(?:WEB)?HOOK\w*|\bhooks\.slack\.com\/|\bdiscord(?:app)?\.com\/api\/webhooks\/|\bevents\.pagerduty\.com\b/;

/** Loggers with levels. */
export const loggingTools: readonly ProjectTool[] = [
  {
    name: "a logger",
    packages:
      /^(?:pino|winston|bunyan|log4js|loglevel|signale|tslog|consola|roarr|tracer|caterpillar|ts-log|lambda-log|evlog|adze|loglayer|next-logger|express-winston|nest-winston|nestjs-pino|fastify|electron-log|npmlog|bole|diary|logform|winston-.*|pino-.*|@logtape\/.*|@axiomhq\/.*|next-axiom|@logtail\/.*|@aws-lambda-powertools\/logger|@google-cloud\/logging.*|@nestjs\/common|@adonisjs\/.*|@feathersjs\/.*|@strapi\/.*|@highlight-run\/.*|encore\.dev|@trigger\.dev\/.*|@hapi\/good|@logdna\/logger|@bogeychan\/elysia-logger|hono-pino|koa-pino-logger|@sentry\/.*|debug|effect)$/,
    source: "https://12factor.net/logs",
  },
];

/** What writes down how long each request took. */
export const requestLoggers: readonly ProjectTool[] = [
  { name: "a request logger", packages: /^(?:morgan|pino-http|nestjs-pino|express-pino-logger|express-winston|koa-logger|koa-pino-logger|koa-morgan|hono-pino|express-bunyan-logger|@google-cloud\/logging-.*|nest-morgan|evlog|morgan-body|express-requests-logger|@hapi\/good|@tinyhttp\/logger|@bogeychan\/elysia-logger|logestic|@logtape\/(?:express|fastify|hono|koa)|@logtail\/koa)$/, source: "https://expressjs.com/en/resources/middleware/morgan.html" },
  { name: "metrics", packages: /^(?:prom-client|express-prom-bundle|@willsoto\/nestjs-prometheus|fastify-metrics|swagger-stats|hot-shots|node-statsd|statsd-client|express-status-monitor|response-time|appmetrics|@hono\/prometheus|@elysiajs\/server-timing|koa-prometheus.*|nest-prometheus|nestjs-prometheus)$/, source: "https://github.com/siimon/prom-client" },
];

/** What makes sure that the environment is complete. */
export const environmentTools: readonly ProjectTool[] = [
  { name: "a validator of the environment", packages: /^(?:@t3-oss\/env-.*|envalid|env-var|envsafe|znv|convict|dotenv-safe|env-schema|@julr\/vite-plugin-validate-env|valid-env|typed-env|ts-dotenv|@adonisjs\/env|arkenv|encore\.dev|varlock|nest-typed-config|@fastify\/env|fastify-env)$/, source: "https://github.com/t3-oss/t3-env" },
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
  { name: "Vercel", file: /(?:^|\/)vercel\.(?:json|toml|[cm]?[jt]s)$/, previews: true, source: "https://vercel.com/docs/deployments/environments#preview-environment-pre-production" },
  { name: "Netlify", file: /(?:^|\/)netlify\.toml$/, previews: true, source: "https://docs.netlify.com/site-deploys/deploy-previews/" },
  { name: "Render", file: /(?:^|\/)render\.ya?ml$/, previews: false, source: "https://render.com/docs/service-previews" },
  { name: "Fly.io", file: /(?:^|\/)fly(?:\.[\w-]+)?\.toml$/, previews: false, source: "https://fly.io/docs/reference/configuration/" },
  { name: "Railway", file: /(?:^|\/)(?:railway\.(?:json|toml)|\.railway\/railway\.ts)$/, previews: false, source: "https://docs.railway.com/infrastructure-as-code" },
  // `app.json` is what Expo calls its own settings.
  { name: "Heroku", file: /(?:^|\/)(?:Procfile|heroku\.yml)$/, previews: false, source: "https://devcenter.heroku.com/articles/release-phase" },
  { name: "App Engine", file: /(?:^|\/)(?<!\.do\/)app\.ya?ml$/, previews: false, source: "https://cloud.google.com/appengine/docs/standard/reference/app-yaml" },
  { name: "Cloudflare", file: /(?:^|\/)wrangler\.(?:toml|jsonc?)$/, previews: false, source: "https://developers.cloudflare.com/workers/wrangler/environments/" },
  { name: "DigitalOcean", file: /(?:^|\/)\.do\/[\w.-]+\.ya?ml$/, previews: false, source: "https://docs.digitalocean.com/products/app-platform/reference/app-spec/" },
];
