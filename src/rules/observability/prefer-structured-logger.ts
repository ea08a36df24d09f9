import { createRule } from "../../create-rule.js";
import { type ConsoleCall, consoleCallAt, isMeant, usesConsole } from "../../semantics/logging/console-calls.js";
import { isCollected } from "../../semantics/logging/collected-console.js";
import { serverSide } from "../../semantics/program/file-role.js";
import { isBehindLogger, isLastResort, levelMeant, type LoggerAtHand, loggerFor, losesErrorOf, plainLoggerSaid, throughLogger, unusedLibrary } from "../../semantics/logging/logging.js";

const methods = ["log", "info", "debug", "trace", "dir", "table", "warn", "error"] as const;

type Method = (typeof methods)[number];
type Options = [{ methods: Method[]; callsWithoutLogger: number }];
type MessageId = "plain" | "lossy" | "plainFile" | "plainFileUnused" | "plainFileOwn" | "plainFileMuted" | "plainFileFlushed" | "useLogger";

export default createRule<Options, MessageId>({
  name: "prefer-structured-logger",
  meta: {
    type: "suggestion",
    docs: {
      description: "Prefer a structured logger to the console on servers",
      concern: "observability",
      presets: { recommended: "warn", strict: ["error", { methods: [...methods], callsWithoutLogger: 1 }] },
      urgency: "next",
    },
    fixable: "code",
    hasSuggestions: true,
    messages: {
      plain: "`{{call}}` writes a line of text, not fields that a log can be filtered by (request, user, order). Log through {{logger}}.",
      lossy:
        "`{{call}}` writes a line of text, not fields that a log can be filtered by (request, user, order). Have {{logger}} write the message and stack of an error, of which its `JSON.stringify` makes `{}`; then log through it.",
      plainFile:
        "What `{{call}}` writes is a line of text, not fields that a log can be filtered by (request, user, order). No structured logger is at hand: add one to the project first, and log through it (calls in this file: {{count}}).",
      plainFileUnused:
        "What `{{call}}` writes is a line of text, not fields that a log can be filtered by (request, user, order). {{library}} is installed, but nothing uses it: make a logger of it first, and log through that (calls in this file: {{count}}).",
      plainFileOwn:
        "What `{{call}}` writes is a line of text, not fields that a log can be filtered by (request, user, order). So does {{logger}}: have that write fields, and log through it (calls in this file: {{count}}).",
      plainFileMuted:
        "What `{{call}}` writes is a line of text, not fields that a log can be filtered by (request, user, order). {{logger}} drops lines in production: have it write them there, as fields, and log through it (calls in this file: {{count}}).",
      plainFileFlushed:
        "What `{{call}}` writes is a line of text, not fields that a log can be filtered by (request, user, order). Log through {{logger}}, and flush it before the function ends (calls in this file: {{count}}).",
      useLogger: "Write `{{code}}`.",
    },
    schema: [
      {
        type: "object",
        additionalProperties: false,
        properties: {
          methods: { type: "array", uniqueItems: true, items: { type: "string", enum: [...methods] }, description: "The methods of the console that are reported." },
          callsWithoutLogger: {
            type: "integer",
            minimum: 1,
            description: "How often a file writes to the console before it is reported in a project that has no logger.",
          },
        },
      },
    ],
    defaultOptions: [{ methods: ["log", "info", "debug", "trace", "dir", "table"], callsWithoutLogger: 3 }],
  },
  runsIn: serverSide,
  create(context, [options]) {
    const { sourceCode } = context;
    if (!usesConsole(sourceCode)) return {};

    const wanted = new Set<string>(options.methods);
    const calls: ConsoleCall[] = [];
    return {
      CallExpression(node) {
        const call = consoleCallAt(node, sourceCode);
        if (call && wanted.has(call.method)) calls.push(call);
      },
      "Program:exit"() {
        const plain = calls.filter((call) => !isMeant(call, sourceCode) && !isLastResort(call, sourceCode) && !isCollected(call, sourceCode));
        if (plain.length === 0 || isBehindLogger(sourceCode)) return;

        const loggers = plain.map((call) => ({ call, logger: loggerFor(call.node, sourceCode, levelMeant(call, sourceCode)) }));
        const suggestion = (call: ConsoleCall, logger: LoggerAtHand) => {
          const written = throughLogger(call, logger, sourceCode);
          return { written, suggest: written && !written.isSafe ? [{ messageId: "useLogger" as const, data: { code: written.code }, fix: written.edit }] : [] };
        };

        for (const { call, logger } of loggers) {
          if (!logger || logger.style?.buffers) continue;
          const { written, suggest } = suggestion(call, logger);
          const data = { call: `console.${call.method}`, logger: logger.said };
          context.report({ node: call.callee, messageId: losesErrorOf(call, logger, sourceCode) ? "lossy" : "plain", data, fix: written?.isSafe ? written.edit : null, suggest });
        }

        const together = loggers.filter(({ logger }) => !logger || logger.style?.buffers);
        const [first] = together;
        if (!first) return;
        const { call, logger } = first;
        if (!logger && together.length < options.callsWithoutLogger) return;
        const data = { call: `console.${call.method}`, count: String(together.length) };
        const library = logger ? null : unusedLibrary(sourceCode);
        const own = logger || library !== null ? null : plainLoggerSaid(sourceCode);
        const report = logger
          ? ({ messageId: "plainFileFlushed", data: { ...data, logger: logger.said }, suggest: suggestion(call, logger).suggest } as const)
          : library !== null
            ? ({ messageId: "plainFileUnused", data: { ...data, library } } as const)
            : own
              ? ({ messageId: own.lack === "production" ? "plainFileMuted" : "plainFileOwn", data: { ...data, logger: own.said } } as const)
              : ({ messageId: "plainFile", data } as const);
        context.report({ node: call.callee, ...report });
      },
    };
  },
});
