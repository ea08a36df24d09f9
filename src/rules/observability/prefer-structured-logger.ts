import { createRule } from "../../create-rule.js";
import { type ConsoleCall, consoleCallAt, isMeant } from "../../semantics/console-calls.js";
import { isServerSide } from "../../semantics/file-role.js";
import { isBehindLogger, loggerFor, throughLogger } from "../../semantics/logging.js";

const methods = ["log", "info", "debug", "trace", "dir", "table", "warn", "error"] as const;

type Method = (typeof methods)[number];
type Options = [{ methods: Method[] }];
type MessageId = "plain" | "plainFile" | "useLogger";

export default createRule<Options, MessageId>({
  name: "prefer-structured-logger",
  meta: {
    type: "suggestion",
    docs: {
      description: "Prefer a structured logger to the console on servers",
      concern: "observability",
      presets: { recommended: "warn", strict: ["error", { methods: [...methods] }] },
      urgency: "next",
    },
    fixable: "code",
    hasSuggestions: true,
    messages: {
      plain: "`{{call}}` writes a line without level, request or fields: nobody can search it or be alerted by it. Log through {{logger}}.",
      plainFile: "What `{{call}}` writes has no level, request or fields: nobody can search it or be alerted by it. Log through a structured logger (calls in this file: {{count}}).",
      useLogger: "Write `{{code}}`.",
    },
    schema: [
      {
        type: "object",
        additionalProperties: false,
        properties: {
          methods: { type: "array", uniqueItems: true, items: { type: "string", enum: [...methods] }, description: "The methods of the console that are reported." },
        },
      },
    ],
    defaultOptions: [{ methods: ["log", "info", "debug", "trace", "dir", "table"] }],
  },
  create(context, [options]) {
    const { sourceCode } = context;
    if (!sourceCode.text.includes("console") || !isServerSide(sourceCode)) return {};

    const wanted = new Set<string>(options.methods);
    const calls: ConsoleCall[] = [];
    return {
      CallExpression(node) {
        const call = consoleCallAt(node, sourceCode);
        if (call && wanted.has(call.method)) calls.push(call);
      },
      "Program:exit"() {
        const plain = calls.filter((call) => !isMeant(call, sourceCode));
        if (plain.length === 0 || isBehindLogger(sourceCode)) return;

        const alone: ConsoleCall[] = [];
        for (const call of plain) {
          const logger = loggerFor(call.node, sourceCode);
          if (!logger) {
            alone.push(call);
            continue;
          }
          const written = throughLogger(call, logger, sourceCode);
          context.report({
            node: call.callee,
            messageId: "plain",
            data: { call: `console.${call.method}`, logger: logger.said },
            fix: written?.isSafe ? written.edit : null,
            suggest: written && !written.isSafe ? [{ messageId: "useLogger", data: { code: written.code }, fix: written.edit }] : [],
          });
        }
        const [first] = alone;
        if (!first) return;
        context.report({ node: first.callee, messageId: "plainFile", data: { call: `console.${first.method}`, count: String(alone.length) } });
      },
    };
  },
});
