import type { TSESTree } from "@typescript-eslint/utils";
import { describe, expect, it } from "vitest";

import { loggers } from "../../../src/knowledge/loggers.js";
import { consoleCallAt, isMeant } from "../../../src/semantics/logging/console-calls.js";
import { type LoggerCall, loggerCallAt, loggerFor } from "../../../src/semantics/logging/logging.js";
import { isBehind, projectLogger } from "../../../src/semantics/logging/project-logger.js";
import type { Source } from "../../../src/syntax/source.js";
import { type Files, makeProject } from "../../support/project.js";
import { find, marked, openText } from "../../support/source.js";

const callIn = (source: Source): TSESTree.CallExpression => marked(source) as TSESTree.CallExpression;

/** The logger call in the marked place, in a project that depends on pino-http. */
function loggerCall(code: string, files: Files = {}): LoggerCall | null {
  const project = makeProject({ "package.json": { dependencies: { "pino-http": "^11" } }, ...files });
  const source = openText(code, { filename: project.path("src/orders.ts"), cwd: project.dir });
  return loggerCallAt(callIn(source), source);
}

const said = (call: LoggerCall | null): string | null => call && `${call.library ?? "own"} ${call.level ?? call.method}`;

describe("the loggers of the table", () => {
  const programs: readonly (readonly [logger: string, code: string, level: string])[] = [
    ["pino", `import pino from "pino"; const log = pino(); __(log.info("x"))`, "info"],
    ["pino", `import { pino } from "pino"; __(pino().child({ a: 1 }).child({ b: 2 }).warn("x"))`, "warn"],
    ["pino", `import type { Logger } from "pino"; export const f = (log: Logger) => __(log.error("x"))`, "error"],
    ["pino", `const pino = require("pino"); const log = pino(); __(log.fatal("x"))`, "fatal"],
    ["pino", `import Fastify from "fastify"; const app = Fastify(); app.get("/", async (request) => { __(request.log.info("x")); })`, "info"],
    ["pino", `import type { FastifyInstance } from "fastify"; export const f = (app: FastifyInstance) => __(app.log.info("x"))`, "info"],
    ["pino", `import express from "express"; const app = express(); app.get("/", (req, res) => { __(req.log.debug("x")); })`, "debug"],
    ["pino", `import { PinoLogger } from "nestjs-pino"; class A { constructor(private log: PinoLogger) {} m() { __(this.log.trace("x")); } }`, "trace"],
    ["pino", `import logger from "@adonisjs/core/services/logger"; __(logger.info("x"))`, "info"],
    ["bunyan", `import bunyan from "bunyan"; const log = bunyan.createLogger({ name: "x" }); __(log.info("x"))`, "info"],
    ["bunyan", `const Logger = require("bunyan"); const log = new Logger({ name: "x" }); __(log.error("x"))`, "error"],
    ["winston", `import winston from "winston"; __(winston.info("x"))`, "info"],
    ["winston", `import * as winston from "winston"; const log = winston.createLogger(); __(log.silly("x"))`, "trace"],
    ["winston", `import { loggers } from "winston"; __(loggers.get("orders").warn("x"))`, "warn"],
    ["winston", `import { Logger } from "winston"; class A { constructor(@Inject("winston") private readonly log: Logger) {} m() { __(this.log.error("x")); } }`, "error"],
    ["Nest's `Logger`", `import { Logger } from "@nestjs/common"; class A { private readonly logger = new Logger(A.name); m() { __(this.logger.log("x")); } }`, "info"],
    ["Nest's `Logger`", `import { Logger } from "@nestjs/common"; __(Logger.verbose("x"))`, "trace"],
    ["LogTape", `import { getLogger } from "@logtape/logtape"; const log = getLogger(["a"]).getChild("b"); __(log.info("x"))`, "info"],
    ["consola", `import { consola } from "consola"; __(consola.info("x"))`, "info"],
    ["consola", `import consola from "consola"; const log = consola.withTag("x"); __(log.error("x"))`, "error"],
    ["tslog", `import { Logger } from "tslog"; const log = new Logger().getSubLogger({ name: "x" }); __(log.debug("x"))`, "debug"],
    ["tslog", `import { Logger } from "tslog"; const log = new Logger().child({ name: "x" }); __(log.warn("x"))`, "warn"],
    ["log4js", `import log4js from "log4js"; const log = log4js.getLogger("x"); __(log.warn("x"))`, "warn"],
    ["Axiom's logger", `import { Logger } from "next-axiom"; const log = new Logger(); __(log.info("x"))`, "info"],
    ["Axiom's logger", `import { withAxiom } from "next-axiom"; export const GET = withAxiom(async (req) => { __(req.log.warn("x")); })`, "warn"],
    ["Axiom's logger", `import { Logger } from "@axiomhq/logging"; const log = new Logger({ transports }); __(log.info("x"))`, "info"],
    ["Powertools' `Logger`", `import { Logger } from "@aws-lambda-powertools/logger"; const log = new Logger(); __(log.critical("x"))`, "fatal"],
    ["Trigger.dev's `logger`", `import { logger } from "@trigger.dev/sdk/v3"; __(logger.log("x"))`, "log"],
  ];

  it.each(programs)("%s: %s", (library, code, level) => expect(said(loggerCall(code))).toBe(`${library} ${level}`));

  /** Those that depend on what the rest of the project says have a test of their own. */
  const byTheirCode = loggers.filter(({ instances }) => !instances.some(({ said: words }) => words));
  it("each have a program", () => expect(new Set(programs.map(([library]) => library))).toEqual(new Set(byTheirCode.map(({ name }) => name))));
  it.each(loggers.map(({ name, source }) => [name, source]))("%s cites a page", (_, source) => expect(source).toMatch(/^https:\/\/[^ ]+$/));

  it.each([
    ["hands Nest's logger over to it", "app.useLogger(app.get(Logger));", "nestjs-pino"],
    ["has a logger that reads its arguments as Nest does", "app.useLogger(app.get(NativeLogger));", "Nest's `Logger`"],
    ["does not hand Nest's logger over", "", "Nest's `Logger`"],
  ])("nestjs-pino, in a project that %s", (_, main, library) => {
    const files = { "package.json": { dependencies: { "nestjs-pino": "^4" } }, "src/main.ts": main };
    const code = `import { Logger } from "@nestjs/common"; class A { private readonly logger = new Logger(A.name); m() { __(this.logger.log("x")); } }`;
    expect(said(loggerCall(code, files))).toBe(`${library} info`);
  });

  it("make no logger of what else their packages export", () => expect(loggerCall(`import { transports } from "winston"; const t = new transports.Console(); __(t.log("x"))`)).toBeNull());
  it("are nobody's request without the middleware", () =>
    expect(loggerCall(`import express from "express"; const app = express(); app.get("/", (req) => { __(req.log.debug("x")); })`, { "package.json": {} })).toBeNull());
  it("are not told by a name", () => expect(loggerCall(`export const f = (logger) => __(logger.info("x"))`)).toBeNull());
  it("leave other methods alone", () => expect(loggerCall(`import pino from "pino"; const log = pino(); __(log.child({}))`)).toBeNull());
});

describe("a logger of the project's own", () => {
  const own = (definition: string, call = `logger.info("x")`): LoggerCall | null => loggerCall(`${definition} __(${call})`);
  const methods = (parameters: string, errorParameters = parameters): string =>
    `const logger = { info: (${parameters}) => {}, warn(${parameters}) {}, error: function (${errorParameters}) {} };`;

  it.each([
    ["an object", methods("message: string, fields?: Record<string, unknown>"), { fields: "last", error: "none" }],
    ["a class", `class Logger { info(message: string, data?: unknown) {} error(message: string, error?: unknown) {} } const logger = new Logger();`, { fields: "last", error: "fields" }],
    ["a class with arrow functions", `class Logger { info = (message: string) => {}; error = (message: string) => {}; } const logger = new Logger();`, { fields: "none", error: "none" }],
    ["values in any number", methods("...args: unknown[]"), { fields: "values", error: "fields" }],
    ["values after a message", methods("message: string, ...rest: any[]"), { fields: "values", error: "fields" }],
    ["a type of its own for the fields", `type Fields = Record<string, unknown>; ${methods("message: string, fields?: Fields")}`, { fields: "last", error: "none" }],
    ["an interface that takes any field", `interface Fields { requestId?: string; [name: string]: unknown } ${methods("message: string, fields?: Fields")}`, { fields: "last", error: "none" }],
    ["a type with set fields", `interface Fields { requestId: string } ${methods("message: string, fields?: Fields")}`, { fields: "none", error: "none" }],
    ["JavaScript", methods("message, data"), { fields: "last", error: "fields" }],
    ["a default", methods("message: string, fields: Record<string, any> = {}"), { fields: "last", error: "none" }],
    ["functions that stand elsewhere", `function info(message: string) {} function error(message: string) {} const logger = { info, error };`, { fields: "none", error: "none" }],
  ])("takes %s", (_, definition, expected) => expect(own(definition)?.style).toMatchObject(expected));

  it.each([
    ["a category first", methods("category: Category, message: string")],
    ["an object first", methods("fields: Fields")],
    ["fields that must be given", methods("message: string, fields: Fields")],
    ["a third parameter that must be given", methods("message: string, fields: unknown, request: Request")],
    ["an answer to wait for", `const logger = { info: async (message: string) => {}, error: async (message: string) => {} };`],
    ["anything, on to a library", `import pino from "pino"; const base = pino(); ${methods("...args: unknown[]")}`],
  ])("is one whose way is not known, with %s", (_, definition) => expect(own(definition)).toMatchObject({ library: null, style: null }));

  it("may hand on to a library", () => {
    const call = own(`import pino from "pino"; const base = pino(); const bound = { info: base.info.bind(base), error: base.error.bind(base) }; const logger = { ...bound, more: 1 };`);
    expect(call).toMatchObject({ library: "pino", level: "info", style: { fields: "first", levels: { info: "info", error: "error" } } });
  });
  it("has only the levels that it has", () => expect(own(methods("message: string"))?.style?.levels).toEqual({ info: "info", warn: "warn", error: "error" }));
  it("needs an error level", () => expect(own(`const logger = { info: (message: string) => {} };`)).toBeNull());
  it("is followed into its file", () =>
    expect(said(loggerCall(`import { logger } from "./logger"; __(logger.info("x"))`, { "src/logger.ts": `export const logger = { info(m: string) {}, error(m: string) {} };` }))).toBe("own info"));
});

describe("the project's logger", () => {
  const pinoModule = `import pino from "pino"; export const logger = pino();`;
  const of = (files: Files, { file = "src/orders.ts", settings = {} }: { file?: string; settings?: Record<string, unknown> } = {}): string | null => {
    const project = makeProject({ "package.json": {}, ...files });
    const logger = projectLogger(openText("", { filename: project.path(file), cwd: project.dir, settings }));
    return logger && [logger.library ?? "own", logger.exported ?? "-", logger.file?.slice(project.dir.length + 1) ?? "-"].join(" ");
  };

  it.each([
    ["lib/logger.ts", { "lib/logger.ts": pinoModule }, "pino logger lib/logger.ts"],
    ["a folder of its own", { "src/server/logging/index.ts": `import winston from "winston"; export default winston.createLogger();` }, "winston default src/server/logging/index.ts"],
    ["a name with its library", { "src/utils/pino-logger.ts": pinoModule }, "pino logger src/utils/pino-logger.ts"],
    ["CommonJS", { "lib/logger.js": `const winston = require("winston"); module.exports = winston.createLogger({});` }, "winston default lib/logger.js"],
    ["one that is passed on", { "lib/logger.ts": `export { logger } from "../platform/log-impl";`, "platform/log-impl.ts": pinoModule }, "pino logger lib/logger.ts"],
    ["a package's own, passed on", { "lib/logger.ts": `export { consola as logger } from "consola";` }, "consola logger lib/logger.ts"],
    ["the nearest", { "src/features/a.ts": "", "src/lib/utils/logger.ts": pinoModule, "lib/logger.ts": pinoModule }, "pino logger lib/logger.ts"],
    ["an own one", { "lib/logger.ts": `export const log = { info(m: string) {}, error(m: string) {} };` }, "own log lib/logger.ts"],
    ["a function that makes one", { "lib/logger.ts": `import pino from "pino"; export function createLogger(name: string) { return pino({ name }); }` }, "own - lib/logger.ts"],
    [
      "a function that writes lines of JSON",
      {
        "src/lib/app-logger.ts": `export function appLog(level: "info" | "error", message: string, fields?: Record<string, unknown>) { const line = { at: Date.now(), level, message, ...fields }; try { const text = JSON.stringify(line); if (level === "error") console.error(text); else console.log(text); } catch {} }`,
      },
      "own appLog src/lib/app-logger.ts",
    ],
    ["one in applog.ts", { "src/utils/applog.ts": `export const log = (severity: string, msg: string) => process.stdout.write(JSON.stringify({ severity, msg }) + "\\n");` }, "own log src/utils/applog.ts"],
    ["an object by that name", { "lib/app-logger.ts": `export const appLog = { info: (message: string) => write("info", message), error: (message: string) => write("error", message) }; const write = (level: string, message: string) => console.log(JSON.stringify({ level, message }));` }, "own appLog lib/app-logger.ts"],
    [
      "Nest's, where another stands in package.json alone",
      { "package.json": { dependencies: { "@nestjs/common": "^11", winston: "^3" } }, "src/mail.service.ts": `import { Injectable, Logger } from "@nestjs/common"; export class Mails { logger = new Logger(Mails.name); }` },
      "Nest's `Logger` - -",
    ],
    [
      "the library that Nest's logger hands on to",
      { "package.json": { dependencies: { "@nestjs/common": "^11", winston: "^3", "nest-winston": "^1" } }, "src/main.ts": `import { Logger } from "@nestjs/common"; import { WinstonModule } from "nest-winston"; app.useLogger(WinstonModule.createLogger({}));` },
      "winston - -",
    ],
    ["the one of two that is used", { "package.json": { dependencies: { pino: "^9", winston: "^3" } }, "src/main.ts": `import winston from "winston"; winston.info("up");` }, "winston - -"],
    [
      "functions for each level that write lines of JSON",
      {
        "src/utils/logger.ts": `function emit(level: "info" | "error", message: string, context?: object) { const entry = { level, message, context }; const write = level === "info" ? console.info : console.error; write(JSON.stringify(entry)); }\nexport function logInfo(message: string, context?: object) { emit("info", message, context); }\nexport function logError(message: string, error: unknown) { emit("error", message, { error }); }`,
      },
      "own logInfo src/utils/logger.ts",
    ],
    [
      "functions for each level that hand a record on",
      { "lib/log.ts": `const emit = (record: object) => { process.stdout.write(JSON.stringify(record) + "\\n"); };\nexport const logWarn = (msg: string, fields: object) => emit({ level: "warn", msg, ...fields });\nexport const logError = (msg: string, fields: object) => emit({ level: "error", msg, ...fields });` },
      "own logWarn lib/log.ts",
    ],
    [
      "functions for each level over a library",
      { "lib/logger.ts": `import pino from "pino"; const root = pino();\nexport const logInfo = (message: string, fields: object) => root.info(fields, message);\nexport const logError = (message: string, error: unknown) => root.error({ err: error }, message);` },
      "own logInfo lib/logger.ts",
    ],
    ["a dependency that some file uses", { "package.json": { dependencies: { winston: "^3" } }, "src/main.ts": `import { createLogger } from "winston"; createLogger().info("up");` }, "winston - -"],
    ["Nest", { "package.json": { dependencies: { "@nestjs/common": "^11" } } }, "Nest's `Logger` - -"],
  ])("is found as %s", (_, files, expected) => expect(of(files as Files)).toBe(expected));

  it.each([
    ["nothing for logging", { "lib/format.ts": "export const logger = 1;" }],
    ["a module by that name that logs nothing", { "lib/logger.ts": "export const logger = (message: string) => message;" }],
    ["a function that writes plain text", { "lib/app-logger.ts": "export const appLog = (level: string, message: string) => console.log(`[${level}] ${message}`);" }],
    ["one that writes in development alone", { "lib/app-logger.ts": `export const appLog = (level: string, message: string) => { if (process.env.NODE_ENV === "development") console.log(JSON.stringify({ level, message })); };` }],
    ["JSON that is no line of a log", { "lib/app-logger.ts": "export const appLog = (orders: object[]) => console.log(JSON.stringify({ orders }));" }],
    ["one for browsers", { "lib/logger.ts": `"use client"; export const logger = { info(m: string) {}, error(m: string) {} };` }],
    ["one for tests", { "tests/utils/logger.ts": pinoModule }],
    ["a dependency for development", { "package.json": { devDependencies: { pino: "^9" } } }],
    ["a dependency that no file uses", { "package.json": { dependencies: { winston: "^3" } }, "src/main.ts": `console.info("up");` }],
    ["functions for each level that write plain text", { "utils/logger.ts": "export const logInfo = (message: string) => console.info(`[info] ${message}`); export const logError = (message: string, error: unknown) => console.error(message, error);" }],
    ["functions for each level that write in development alone", { "utils/logger.ts": `const emit = (level: string, message: string) => { if (process.env.NODE_ENV !== "production") console.log(JSON.stringify({ level, message })); };\nexport const logInfo = (message: string) => emit("info", message);\nexport const logError = (message: string) => emit("error", message);` }],
    ["a package.json that is not valid", { "package.json": "{", "lib/logger.ts": pinoModule }],
  ])("is not found with %s", (_, files) => expect(of(files)).toBeNull());

  it("may stand in a package of the workspace", () => {
    const files = {
      "package.json": { workspaces: ["apps/*", "packages/*"] },
      "apps/api/package.json": { dependencies: { "@shop/lib": "*" } },
      "packages/lib/package.json": { name: "@shop/lib" },
      "packages/lib/utils/logger.ts": pinoModule,
    };
    expect(of(files, { file: "apps/api/src/orders.ts" })).toBe("pino logger packages/lib/utils/logger.ts");
    expect(of({ ...files, "apps/api/package.json": {} }, { file: "apps/api/src/orders.ts" })).toBeNull();
  });
  it("of edge functions is deployed with them", () => {
    const files = { "lib/logger.ts": pinoModule, "supabase/functions/_shared/logger.ts": `export const logger = { info(m: string) {}, error(m: string) {} };` };
    expect(of(files, { file: "supabase/functions/pay/index.ts" })).toBe("own logger supabase/functions/_shared/logger.ts");
    expect(of({ "lib/logger.ts": pinoModule }, { file: "supabase/functions/pay/index.ts" })).toBeNull();
  });
  it("is the one of the settings before all others", () => {
    const files = { "lib/logger.ts": pinoModule, "src/platform/telemetry.ts": `import winston from "winston"; export const log = winston.createLogger();` };
    expect(of(files, { settings: { logger: { module: "./src/platform/telemetry", name: "log" } } })).toBe("winston log src/platform/telemetry.ts");
    expect(of(files, { settings: { logger: { module: "@acme/log", style: "pino" } } })).toBe("pino logger -");
    expect(of(files, { settings: { logger: 3 } })).toBe("pino logger lib/logger.ts");
  });
  it("is seen right after an edit", () => {
    const project = makeProject({ "package.json": {}, "lib/logger.ts": `export const logger = 1;` });
    const now = (): string | null => projectLogger(openText("", { filename: project.path("src/orders.ts"), cwd: project.dir }))?.library ?? null;
    expect(now()).toBeNull();
    project.write({ "lib/logger.ts": pinoModule });
    expect(now()).toBe("pino");
    project.write({ "lib/logger.ts": `import winston from "winston"; export const logger = winston.createLogger();` });
    expect(now()).toBe("winston");
  });
  it("is built on other modules, which cannot import it", () => {
    const project = makeProject({ "package.json": {}, "lib/logger.ts": `import "./env"; ${pinoModule}`, "lib/env.ts": `import "./circle";`, "lib/circle.ts": `import "./logger";`, "lib/other.ts": "" });
    const logger = projectLogger(openText("", { filename: project.path("lib/other.ts"), cwd: project.dir }));
    if (!logger) throw new Error("no logger");
    expect(["lib/logger.ts", "lib/env.ts", "lib/circle.ts", "lib/other.ts"].map((file) => isBehind(project.path(file), logger))).toEqual([true, true, true, false]);
  });
  it("is none for a text that is no file", () => expect(projectLogger(openText("", { filename: "/", cwd: "/" }))).toBeNull());
});

describe("the logger at hand", () => {
  const at = (code: string): string | null => {
    const source = openText(code, { filename: "src/server/orders.ts" });
    return loggerFor(marked(source), source)?.written?.text ?? null;
  };
  const nest = `import { Logger } from "@nestjs/common";`;

  it("is the field", () => expect(at(`${nest} class A { logger = new Logger("a"); m() { [1].map(() => __(1)); } }`)).toBe("this.logger"));
  it("is the field that the constructor declares", () => expect(at(`${nest} class A { constructor(private log: Logger) {} m() { __(1); } }`)).toBe("this.log"));
  it("is a field that it inherits", () =>
    expect(at(`${nest} class Base { protected readonly logger = new Logger("a"); } class A extends Base { m() { this.logger.log("x"); __(1); } }`)).toBe("this.logger"));
  it("is a parameter with a type", () => expect(at(`import type { Logger } from "pino"; export const f = (log: Logger) => { log.info("x"); __(1); }`)).toBe("log"));
  it("is no field in a static method", () => expect(at(`${nest} class A { logger = new Logger("a"); static m() { __(1); } }`)).toBeNull());
  it("is no field of another class", () => expect(at(`${nest} class A { logger = new Logger("a"); } class B { m() { __(1); } }`)).toBeNull());
  it("is the innermost", () => expect(at(`import pino from "pino"; const log = pino(); export const f = () => { const reqLog = log.child({}); return () => __(1); }`)).toBe("reqLog"));
  it("is there by then", () => expect(at(`import pino from "pino"; export const f = () => { __(1); const log = pino(); log.info("x"); }`)).toBeNull());
  it("may stand below the function that uses it", () => expect(at(`import pino from "pino"; export const f = () => __(1); const log = pino();`)).toBe("log"));
  it("is not one that is shadowed", () => expect(at(`import pino from "pino"; const log = pino(); export const f = (log) => __(1);`)).toBeNull());
});

describe("calls of the console", () => {
  const callOf = (code: string): { source: Source; call: ReturnType<typeof consoleCallAt> } => {
    const source = openText(code, { filename: "src/server/orders.ts" });
    return { source, call: consoleCallAt(find(source, (node) => node.type === "CallExpression" && /console/.test(source.text.slice(...node.callee.range))) as TSESTree.CallExpression, source) };
  };

  it.each([
    ["console.log(1)", "log", "info"],
    ["console['debug'](1)", "debug", "debug"],
    ["globalThis.console.warn(1)", "warn", "warn"],
    ["console!.error!(1)", "error", "error"],
  ])("%s", (code, method, level) => expect(callOf(code).call).toMatchObject({ method, level }));

  it.each(["my.console.log(1)", "console.assert(1)", "console[method](1)", "const console = 1; console.log(1)"])("not %s", (code) => expect(callOf(code).call).toBeNull());

  it.each(["// eslint-disable-next-line no-console", "/* eslint-disable-next-line no-alert, no-console -- wanted */", "// biome-ignore lint/suspicious/noConsole: wanted"])("are meant below %s", (comment) => {
    const { source, call } = callOf(`export const f = (x) => {\n  x();\n  ${comment}\n  console.log(x);\n};`);
    expect(call && isMeant(call, source)).toBe(true);
  });
  it.each(["// eslint-disable-next-line no-alert", "// console.log(1)"])("are not meant below %s", (comment) => {
    const { source, call } = callOf(`export const f = (x) => {\n  x();\n  ${comment}\n  console.log(x);\n};`);
    expect(call && isMeant(call, source)).toBe(false);
  });
});
