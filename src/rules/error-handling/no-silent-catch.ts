import type { TSESTree } from "@typescript-eslint/utils";

import { createRule } from "../../create-rule.js";
import { failureDefectAt } from "../../semantics/failures/failure-defects.js";
import { loggedFirst } from "../../semantics/failures/failure-edits.js";
import { failureHandlerOf, headOf, isEmpty } from "../../semantics/failures/failure-handling.js";
import { isAppCode, isServerSide } from "../../semantics/program/file-role.js";

type Options = [{ around: "changes" | "everything" }];
type MessageId = "change" | "call" | "logError";

export default createRule<Options, MessageId>({
  name: "no-silent-catch",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow empty handlers of failures that nobody would hear of",
      concern: "error-handling",
      presets: { strict: "error" },
      urgency: "next",
    },
    hasSuggestions: true,
    messages: {
      change: "When `{{call}}` fails, what it was to do stays undone, and nobody hears of it. Log the error here, or say in a comment why it may fail.",
      call: "When `{{call}}` fails, nobody hears of it. Log the error here, or say in a comment why it may fail.",
      logError: "Log the error.",
    },
    schema: [
      {
        type: "object",
        additionalProperties: false,
        properties: {
          around: {
            type: "string",
            enum: ["changes", "everything"],
            description: "Which empty handlers are reported: those on a server around a change to a database or another service, or those around anything that is awaited, wherever the app runs.",
          },
        },
      },
    ],
    defaultOptions: [{ around: "changes" }],
  },
  create(context, [{ around }]) {
    const { sourceCode } = context;
    if (!sourceCode.text.includes("catch")) return {};

    const isLookedAt = (): boolean => (around === "everything" ? isAppCode(sourceCode) : isServerSide(sourceCode));

    function look(node: TSESTree.CatchClause | TSESTree.ArrowFunctionExpression | TSESTree.FunctionExpression): void {
      if (!isEmpty(node) || !isLookedAt()) return;
      const handler = failureHandlerOf(node, sourceCode);
      if (!handler) return;
      const defect = failureDefectAt(handler, sourceCode);
      if (defect?.kind !== "silence") return;
      const { call, changes } = defect.silence;
      if (!changes && around === "changes") return;
      const fix = loggedFirst(handler, call, sourceCode);
      context.report({
        loc: headOf(handler, sourceCode),
        messageId: changes ? "change" : "call",
        data: { call },
        suggest: fix && [{ messageId: "logError", fix }],
      });
    }

    return { CatchClause: look, ArrowFunctionExpression: look, FunctionExpression: look };
  },
});
