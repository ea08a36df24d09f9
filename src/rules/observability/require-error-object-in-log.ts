import type { TSESTree } from "@typescript-eslint/utils";

import { createRule } from "../../create-rule.js";
import { failureHandlerOf, mayLogError } from "../../semantics/failures/failure-handling.js";
import { serverSide } from "../../semantics/program/file-role.js";
import { hasErrorLogs, stacklessLogIn } from "../../semantics/logging/stackless-logs.js";

type MessageId = "stackless" | "stacklessText" | "passError";

export default createRule<[], MessageId>({
  name: "require-error-object-in-log",
  meta: {
    type: "suggestion",
    docs: {
      description: "Require a log of a caught error to be given the error itself",
      concern: "observability",
      presets: { recommended: "warn", strict: "warn" },
      urgency: "next",
    },
    hasSuggestions: true,
    messages: {
      stackless: "The log keeps what the error says, and its stack is lost: `{{part}}` has neither stack nor cause. Pass `{{wanted}}` as well.",
      stacklessText: "The log keeps what the error says, and its stack is lost: written into a text, `{{part}}` gives neither stack nor cause. Pass `{{wanted}}` as well.",
      passError: "Pass `{{error}}` to the log.",
    },
    schema: [],
  },
  runsIn: serverSide,
  create(context) {
    const { sourceCode } = context;
    if (!hasErrorLogs(sourceCode)) return {};

    function look(node: TSESTree.CatchClause | TSESTree.FunctionLike): void {
      if (!mayLogError(node, sourceCode)) return;
      const handler = failureHandlerOf(node, sourceCode);
      const log = handler && stacklessLogIn(handler, sourceCode);
      if (!log) return;
      const data = { part: sourceCode.getText(log.part), wanted: log.wanted };
      context.report({ node: log.part, messageId: log.isWhole ? "stacklessText" : "stackless", data, suggest: log.edit && [{ messageId: "passError", data: { error: log.error }, fix: log.edit }] });
    }

    return { CatchClause: look, ArrowFunctionExpression: look, FunctionExpression: look, FunctionDeclaration: look };
  },
});
