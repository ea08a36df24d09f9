/** What keeps a process running for users, and how such a process is told to end. */

export interface LongRunning {
  /** Its name in messages. */
  readonly said: string;
  readonly modules: readonly string[];
  /** What starts it, as provenance gives it: a call, or `new`. */
  readonly starts: readonly string[];
  /** What it does when a signal ends it at once. */
  readonly serves: "requests" | "jobs";
  /** What ends it in order: `close` of what the start gives back or was called on, which tells by a callback or a promise when it is done; or a call that has the framework listen for signals, and the hooks that it then runs. */
  readonly ends: { readonly close: "result" | "receiver"; readonly tells: "callback" | "promise" } | { readonly call: string; readonly hooks: string };
  readonly source: string;
}

export const longRunning: readonly LongRunning[] = [
  {
    said: "Express",
    modules: ["express"],
    starts: ["default().listen()", "().listen()"],
    serves: "requests",
    ends: { close: "result", tells: "callback" },
    source: "https://expressjs.com/en/advanced/healthcheck-graceful-shutdown.html",
  },
  {
    said: "Node",
    modules: ["http", "https", "node:http", "node:https", "http2", "node:http2"],
    starts: ["createServer().listen()", "default.createServer().listen()", "Server().listen()", "default.Server().listen()", "createSecureServer().listen()", "default.createSecureServer().listen()"],
    serves: "requests",
    ends: { close: "result", tells: "callback" },
    source: "https://nodejs.org/api/http.html#serverclosecallback",
  },
  { said: "Koa", modules: ["koa"], starts: ["default().listen()", "().listen()"], serves: "requests", ends: { close: "result", tells: "callback" }, source: "https://koajs.com/#app-listen-" },
  {
    said: "Fastify",
    modules: ["fastify"],
    starts: ["default().listen()", "().listen()", "fastify().listen()"],
    serves: "requests",
    ends: { close: "receiver", tells: "promise" },
    source: "https://fastify.dev/docs/latest/Reference/Server/#close",
  },
  { said: "Hono", modules: ["@hono/node-server"], starts: ["serve()"], serves: "requests", ends: { close: "result", tells: "callback" }, source: "https://hono.dev/docs/getting-started/nodejs" },
  {
    said: "Nest",
    modules: ["@nestjs/core"],
    starts: ["NestFactory.create().listen()"],
    serves: "requests",
    ends: { call: "enableShutdownHooks", hooks: "`onModuleDestroy` or `onApplicationShutdown`" },
    source: "https://docs.nestjs.com/fundamentals/lifecycle-events#application-shutdown",
  },
  { said: "BullMQ", modules: ["bullmq"], starts: ["Worker()"], serves: "jobs", ends: { close: "result", tells: "promise" }, source: "https://docs.bullmq.io/guide/workers/graceful-shutdown" },
];

/** What stands in code that sees to the end of a process. */
export const shutdownSigns = /\bSIG(?:TERM|INT|HUP|QUIT)\b|\benableShutdownHooks\b|graceful(?:ly)?[-_ ]?(?:shut|exit|stop|terminat|clos)|\bclose-?with-?grace\b|\bon(?:Signal|Shutdown)\b|\bshutdownHandler/i;

/** Packages that listen for signals by themselves, or help to. */
export const shutdownPackages: readonly { readonly name: string; readonly source: string }[] = [
  { name: "@godaddy/terminus", source: "https://github.com/godaddy/terminus" },
  { name: "http-graceful-shutdown", source: "https://github.com/sebhildebrandt/http-graceful-shutdown" },
  { name: "http-terminator", source: "https://github.com/gajus/http-terminator" },
  { name: "lightship", source: "https://github.com/gajus/lightship" },
  { name: "stoppable", source: "https://github.com/hunterloftis/stoppable" },
  { name: "close-with-grace", source: "https://github.com/mcollina/close-with-grace" },
  { name: "fastify-graceful-shutdown", source: "https://github.com/hemerajs/fastify-graceful-shutdown" },
  { name: "express-graceful-exit", source: "https://github.com/emostar/express-graceful-exit" },
  { name: "node-graceful", source: "https://github.com/mrbar42/node-graceful" },
  { name: "fastify-cli", source: "https://github.com/fastify/fastify-cli" },
];

/** What tells that the package is deployed as functions, or runs on its user's own machine. */
export const withoutSignals: { readonly files: readonly string[]; readonly packages: readonly string[]; readonly source: readonly string[] } = {
  files: ["vercel.json", "serverless.yml", "serverless.ts", "netlify.toml", "wrangler.toml", "wrangler.jsonc", "samconfig.toml", "template.yaml", "firebase.json"],
  packages: ["electron", "serverless-http", "@vendia/serverless-express", "aws-serverless-express", "@codegenie/serverless-express", "@fastify/aws-lambda", "firebase-functions", "vscode", "@types/vscode"],
  source: [
    "https://vercel.com/docs/frameworks/backend/express",
    "https://www.serverless.com/framework/docs/providers/aws/guide/serverless.yml",
    "https://www.electronjs.org/docs/latest/tutorial/process-model",
    "https://github.com/CodeGenieApp/serverless-express",
  ],
};

/** Files that a framework loads into its own server, which listens for signals, finishes what is running and then ends the process. */
export const startedByFramework: { readonly framework: string; readonly file: RegExp; readonly source: readonly string[] } = {
  framework: "next",
  file: /(?:^|[\\/])instrumentation(?:[-.]node)?\.[cm]?[jt]s$/,
  source: ["https://nextjs.org/docs/app/guides/instrumentation", "https://github.com/vercel/next.js/pull/60059"],
};

/**
 * The ends of paths, of files and of routes, that ask whether a server is well: that the answer is a failure is what was asked for. A folder of
 * that name may be about people's health.
 *
 * source: https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/
 */
export const healthPaths = /(?:^|[/_.-])(?:health(?:z|-?checks?)?|readyz?|readiness|livez?|liveness|ping|heartbeat)(?:\/(?:route|index|\+server))?(?:\.(?:controller|handler|routes?|router|service|server|get))?(?:\.[cm]?[jt]sx?)?$/i;
