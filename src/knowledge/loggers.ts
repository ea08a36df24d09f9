export type Level = "trace" | "debug" | "info" | "warn" | "error" | "fatal";

/** How a logger wants to be called. A team's own logger is described in the same words. */
export interface LoggerStyle {
  /** The method that writes each level. */
  readonly levels: Readonly<Partial<Record<Level, string>>>;
  /** Where fields stand: in an object before the message, in one after it, as values of any kind and number after it, or nowhere. */
  readonly fields: "first" | "last" | "values" | "none";
  /** Where a caught error goes so that its stack is kept: under a name among the fields, in their place, as a stack after the message, or nowhere. */
  readonly error: { readonly field: string } | "fields" | "stack" | "none";
  /** Names that the logger itself writes. A field of that name would take their place, or theirs its own. */
  readonly reserved: readonly string[];
  /** Whether it takes a value of any kind without a message, as the console does. */
  readonly anything?: true;
  /** Whether `{name}` in a message stands for the field of that name. */
  readonly placeholders?: true;
  /** Whether the logger itself runs outside Node as well: edge runtimes, Deno. */
  readonly anywhere?: true;
  /**
   * What becomes of a value after the message that no directive of the message (`%s`) takes: it is lost, lost unless it is an object with
   * fields, or written as part of the text. Left out where the logger writes whatever it is given.
   */
  readonly surplus?: "lost" | "lost unless fields" | "text";
  /** Whether a directive is printed as it stands, and nothing takes what follows the message. */
  readonly plainDirectives?: true;
  /** What says that a logger takes its arguments, or writes errors, in a way of its own: words in the file that makes it. */
  readonly ownWays?: RegExp;
  /** The names under which an error among the fields is kept, unless one of the options says otherwise: JSON makes `{}` of it under any other. */
  readonly keptErrors?: { readonly names: readonly string[]; readonly options: readonly string[] };
  /** The package and the major version since which an error itself is as good as its stack. */
  readonly errorItself?: { readonly module: string; readonly since: number };
  /** Whether a logger that was made without a name takes the last argument for it. */
  readonly lastMayName?: true;
  /** Whether the text of a stack may stand after the message of an error all the same. */
  readonly stackAfterMessage?: true;
  /** Whether lines for debugging are written unless somebody turns them off. */
  readonly writesDebug?: true;
  /** Whether what is written waits in memory until somebody calls `flush`: a function that ends before that loses it. */
  readonly buffers?: true;
}

/** Something that is a logger: the steps from a module's export to it. */
interface LoggerInstance {
  readonly module: string;
  readonly steps: RegExp;
  /** The package that puts the logger there. Without it in the project, there is none. */
  readonly with?: string;
  /** What some file of the project says when it is so. */
  readonly said?: RegExp;
}

export interface Logger extends LoggerStyle {
  readonly name: string;
  readonly instances: readonly LoggerInstance[];
  /** The class that any file makes its own logger of, where that is how the library is meant. */
  readonly own?: { readonly module: string; readonly name: string };
  /** Packages that an app depends on for no other reason than to log through them. */
  readonly dependencies: readonly string[];
  /** What its package calls it, where it is for what a file defines by some calls of that package: elsewhere nobody reads it. */
  readonly inFiles?: { readonly exported: string; readonly definedBy: readonly string[] };
  /** It comes with a framework: a package that needs that in whatever way (a peer, for tests) has it too. */
  readonly ofFramework?: true;
  readonly source: string;
}

const levels = { trace: "trace", debug: "debug", info: "info", warn: "warn", error: "error", fatal: "fatal" } as const;

export const loggers: readonly Logger[] = [
  {
    name: "pino",
    instances: [
      { module: "pino", steps: /^(?:default|pino|Logger|BaseLogger)\(\)(?:\.child\(\))*$/ },
      { module: "nestjs-pino", steps: /^PinoLogger\(\)$/ },
      { module: "fastify", steps: /^(?:(?:default|fastify|Fastify)\(\)(?:\.\w+\(\d\))*|FastifyInstance\(\)|FastifyRequest\(\)|FastifyReply\(\)|FastifyBaseLogger\(\))(?:\.log)?(?:\.child\(\))*$/ },
      { module: "express", steps: /(?:\(0\)|^Request\(\))\.log$/, with: "pino-http" },
      { module: "@adonisjs/core/services/logger", steps: /^default$/ },
    ],
    dependencies: ["pino"],
    levels,
    fields: "first",
    error: { field: "err" },
    reserved: ["level", "time", "pid", "hostname", "msg", "v"],
    surplus: "lost",
    ownWays: /\blogMethod\b/,
    keptErrors: { names: ["err"], options: ["serializers", "formatters", "errorKey"] },
    source: "https://github.com/pinojs/pino/blob/main/docs/api.md#logging-method-parameters",
  },
  {
    name: "bunyan",
    instances: [{ module: "bunyan", steps: /^(?:createLogger|default|Logger)\(\)(?:\.child\(\))*$/ }],
    dependencies: ["bunyan"],
    levels,
    fields: "first",
    error: "fields",
    reserved: ["v", "level", "name", "hostname", "pid", "time", "msg", "src"],
    surplus: "text",
    keptErrors: { names: [], options: ["serializers"] },
    source: "https://github.com/trentm/node-bunyan#log-method-api",
  },
  {
    name: "winston",
    instances: [
      { module: "winston", steps: /^(?:default|\*|createLogger\(\)|Logger\(\)|(?:Container\(\)|loggers)\.(?:get|add)\(\))(?:\.child\(\))*$/ },
      { module: "nest-winston", steps: /^WinstonLogger\(\)$/ },
    ],
    dependencies: ["winston", "nest-winston"],
    levels: { trace: "silly", debug: "debug", info: "info", warn: "warn", error: "error" },
    fields: "last",
    // An error in the place of the metadata keeps message and stack; as one of the fields, JSON would make `{}` of it.
    error: "fields",
    reserved: ["level", "message", "stack", "cause", "timestamp"],
    surplus: "lost unless fields",
    plainDirectives: true,
    // A format of the app's own may read what the logger leaves aside (`Symbol.for("splat")`).
    ownWays: /\bsplat\b|\bformat\s*\(/i,
    source: "https://github.com/winstonjs/winston#creating-your-own-logger",
  },
  {
    name: "nestjs-pino",
    instances: [{ module: "@nestjs/common", steps: /^Logger\(\)$/, with: "nestjs-pino", said: /\buseLogger\s*\(\s*\w+\s*\.\s*get\(\s*Logger\b/ }],
    own: { module: "@nestjs/common", name: "Logger" },
    dependencies: [],
    writesDebug: true,
    levels: { trace: "verbose", debug: "debug", info: "log", warn: "warn", error: "error", fatal: "fatal" },
    fields: "first",
    error: { field: "err" },
    reserved: ["level", "time", "pid", "hostname", "msg", "v", "context", "req", "res"],
    surplus: "lost",
    ownWays: /\blogMethod\b/,
    lastMayName: true,
    stackAfterMessage: true,
    source: "https://github.com/iamolegga/nestjs-pino#nestjs-loggerservice-interface-breaking-change",
  },
  {
    name: "Nest's `Logger`",
    instances: [
      { module: "@nestjs/common", steps: /^(?:Logger|ConsoleLogger|LoggerService)(?:\(\))?$/ },
      { module: "nestjs-pino", steps: /^Logger\(\)$/ },
    ],
    own: { module: "@nestjs/common", name: "Logger" },
    dependencies: ["@nestjs/common"],
    ofFramework: true,
    writesDebug: true,
    levels: { trace: "verbose", debug: "debug", info: "log", warn: "warn", error: "error", fatal: "fatal" },
    fields: "none",
    error: "stack",
    reserved: [],
    // An own logger in its place may take an error as it likes.
    ownWays: /\buseLogger\s*\(|\bNestFactory\s*\.\s*create[^;]*\blogger\b/,
    errorItself: { module: "@nestjs/common", since: 11 },
    source: "https://docs.nestjs.com/techniques/logger",
  },
  {
    name: "LogTape",
    instances: [{ module: "@logtape/logtape", steps: /^(?:getLogger|Logger)\(\)(?:\.(?:getChild|with)\(\))*$/ }],
    dependencies: ["@logtape/logtape"],
    levels,
    fields: "last",
    error: { field: "error" },
    reserved: [],
    placeholders: true,
    anywhere: true,
    surplus: "lost unless fields",
    source: "https://logtape.org/manual/struct",
  },
  {
    name: "consola",
    instances: [
      {
        module: "consola",
        steps: /^(?:default|\*|consola|createConsola\(\)|ConsolaInstance\(\)|(?:consola\.)?(?:create|withTag|withDefaults|withScope)\(\))(?:\.(?:create|withTag|withDefaults|withScope)\(\))*$/,
      },
    ],
    dependencies: [],
    levels,
    fields: "values",
    error: "fields",
    reserved: [],
    anywhere: true,
    anything: true,
    source: "https://github.com/unjs/consola#readme",
  },
  {
    name: "tslog",
    instances: [{ module: "tslog", steps: /^Logger\(\)(?:\.(?:getSubLogger|child)\(\))*$/ }],
    dependencies: ["tslog"],
    writesDebug: true,
    levels,
    fields: "values",
    error: "fields",
    reserved: [],
    anywhere: true,
    source: "https://github.com/fullstack-build/tslog#log-levels",
  },
  {
    name: "log4js",
    instances: [{ module: "log4js", steps: /^(?:getLogger|Logger)\(\)$/ }],
    dependencies: ["log4js"],
    levels,
    fields: "values",
    error: "fields",
    reserved: [],
    anything: true,
    source: "https://log4js-node.github.io/log4js-node/api.html",
  },
  {
    name: "Axiom's logger",
    instances: [
      { module: "@axiomhq/logging", steps: /^Logger\(\)(?:\.with\(\))*$/ },
      { module: "next-axiom", steps: /^(?:log|Logger\(\)|AxiomRequest\(\)\.log|withAxiom\(0\)\.log)(?:\.with\(\))*$/ },
    ],
    dependencies: ["@axiomhq/logging", "next-axiom"],
    levels: { debug: "debug", info: "info", warn: "warn", error: "error" },
    fields: "last",
    error: { field: "error" },
    reserved: ["level", "message", "_time"],
    anywhere: true,
    buffers: true,
    source: "https://axiom.co/docs/send-data/nextjs",
  },
  {
    name: "Powertools' `Logger`",
    instances: [{ module: "@aws-lambda-powertools/logger", steps: /^Logger\(\)(?:\.createChild\(\))*$/ }],
    dependencies: ["@aws-lambda-powertools/logger"],
    levels: { trace: "trace", debug: "debug", info: "info", warn: "warn", error: "error", fatal: "critical" },
    fields: "last",
    error: { field: "error" },
    reserved: ["level", "message", "timestamp", "service"],
    source: "https://docs.aws.amazon.com/powertools/typescript/latest/features/logger/#logging-errors",
  },
  {
    name: "Trigger.dev's `logger`",
    instances: [
      { module: "@trigger.dev/sdk", steps: /^logger$/ },
      { module: "@trigger.dev/sdk/v3", steps: /^logger$/ },
    ],
    // It writes within a task only.
    dependencies: [],
    inFiles: { exported: "logger", definedBy: ["task", "schemaTask", "schedules.task"] },
    levels: { trace: "trace", debug: "debug", info: "info", warn: "warn", error: "error" },
    fields: "last",
    error: { field: "error" },
    reserved: [],
    source: "https://trigger.dev/docs/logging",
  },
];

/** Folders in which apps keep the module with their logger, and how that module is called. What it exports decides, not its name. */
export const loggerFolders: ReadonlySet<string> = new Set([
  "_shared",
  "api",
  "app",
  "axiom",
  "backend",
  "common",
  "config",
  "core",
  "functions",
  "helpers",
  "infra",
  "infrastructure",
  "lib",
  "libs",
  "log",
  "logger",
  "logging",
  "modules",
  "monitoring",
  "observability",
  "server",
  "services",
  "shared",
  "src",
  "telemetry",
  "util",
  "utils",
]);

export const loggerFile = /^(?:(?:app|application|server|structured|json|pino|winston)?[-_.]?(?:logger|logging|log)|pino|winston|logtape|axiom)(?:[-_.](?:server|service|util|utils))?\.[cm]?[jt]s$/i;

/** Within a folder for nothing but logging, these count as well. */
export const loggerFolder = /^(?:logger|logging|log|axiom)$/;
export const loggerEntryFile = /^(?:index|server)\.[cm]?[jt]s$/;

/** The names that such a module gives its logger, the most telling first. */
export const loggerExports: readonly string[] = ["logger", "log", "default", "Logger", "serverLogger", "appLogger", "rootLogger", "appLog", "applog"];

/** The names of a function that is the logger itself, and is told the level: `appLog("error", "payment failed", { orderId })`. */
export const loggerFunctions: readonly string[] = ["appLog", "applog", "structuredLog", "logStructured", "jsonLog", "logJson", "writeLog", "logEvent", "log", "logger", "default"];

/** And of functions that are one for each level: `logError("payment failed", error)`. */
export const levelFunctions: Readonly<Partial<Record<Level, readonly string[]>>> = {
  debug: ["logDebug", "debug"],
  info: ["logInfo", "info"],
  warn: ["logWarn", "logWarning", "warn"],
  error: ["logError", "error"],
};

/** And what it calls a function that makes one. */
export const loggerFactories: readonly string[] = ["createLogger", "getLogger", "makeLogger", "createServerLogger"];
