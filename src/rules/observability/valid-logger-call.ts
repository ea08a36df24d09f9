import type { TSESTree } from "@typescript-eslint/utils";

import { createRule } from "../../create-rule.js";
import { ofBackEnd } from "../../semantics/program/file-role.js";
import { type LogCallDefect, logCallDefectAt } from "../../semantics/logging/log-call-defects.js";
import { loggingMethods } from "../../semantics/logging/loggers.js";
import { callsNamed } from "../../syntax/nodes.js";
import { reachesOut } from "../../syntax/outside.js";

type MessageId = LogCallDefect["kind"];

/** What to do where the call cannot be written out in one line. */
const advices: Readonly<Record<MessageId, string>> = {
  lost: "Put it into an object before the message.",
  ignored: "Put it into an object after the message.",
  text: "Put it into an object before the message.",
  emptied: "Log it under a name that has one, or give the logger one for it.",
  stackless: "Hand over its `stack`.",
};

/** What a sentence can quote: a line, and not a long one. */
const isQuotable = (code: string): boolean => code.length <= 80 && !/[\n`]/.test(code);

export default createRule<[], MessageId>({
  name: "valid-logger-call",
  meta: {
    type: "problem",
    docs: {
      description: "Require calls of a logger to hand it values where it looks for them",
      concern: "observability",
      presets: { recommended: "error", strict: "error" },
      urgency: "next",
    },
    fixable: "code",
    messages: {
      lost: "`{{value}}` never reaches the log: {{library}} drops what follows the message, but for what a `%s` or `%o` takes. {{advice}}",
      ignored: "`{{value}}` never reaches the log: {{library}} takes nothing but an object with fields after the message. {{advice}}",
      text: "`{{value}}` becomes part of the text, where nothing can filter by it: {{library}} looks for fields before the message. {{advice}}",
      emptied: "`{{value}}` is logged without message and stack: JSON leaves both out, and {{library}} has no serializer for an error of that name. {{advice}}",
      stackless: "The stack of `{{value}}` never reaches the log: in this version {{library}} takes it as text. {{advice}}",
    },
    schema: [],
  },
  runsIn: ofBackEnd,
  create(context) {
    const source = context.sourceCode;
    if (!reachesOut(source)) return {};

    function check(node: TSESTree.CallExpression): void {
      const defect = logCallDefectAt(node, source);
      if (!defect) return;
      const { kind, library, mended, value } = defect;
      const text = source.getText(value);
      const advice = mended && isQuotable(mended.code) ? `Write \`${mended.code}\`.` : advices[kind];
      context.report({ node: value, messageId: kind, data: { value: isQuotable(text) ? text : "…", library, advice }, fix: mended?.edit ?? null });
    }

    return {
      Program() {
        for (const node of callsNamed(source, (name) => loggingMethods.has(name))) if (node.type === "CallExpression") check(node);
      },
    };
  },
});
