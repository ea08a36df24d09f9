import type { TSESTree } from "@typescript-eslint/utils";

import { createRule } from "../../create-rule.js";
import { nameOfEntryAt } from "../../semantics/entries/entries.js";
import { failureDefectAt } from "../../semantics/failures/failure-defects.js";
import { loggedFirst, reportedFirst } from "../../semantics/failures/failure-edits.js";
import { failureHandlerOf, headOf } from "../../semantics/failures/failure-handling.js";
import { serverSide } from "../../semantics/program/file-role.js";

type MessageId = "unheard" | "report" | "logError";

export default createRule<[], MessageId>({
  name: "require-error-capture",
  meta: {
    type: "suggestion",
    docs: {
      description: "Require errors that a handler answers for to reach the log or the error tracker",
      concern: "observability",
      presets: { recommended: "warn", strict: "warn" },
      urgency: "next",
    },
    hasSuggestions: true,
    messages: {
      unheard: "{{tracker}} hears of what is thrown, and this `catch` keeps it: the client gets its answer, and nobody else learns that something broke. Report the error, or log it.",
      report: "Report the error to {{tracker}}.",
      logError: "Log the error.",
    },
    schema: [],
  },
  runsIn: serverSide,
  create(context) {
    const { sourceCode } = context;
    if (!sourceCode.text.includes("catch")) return {};

    return {
      CatchClause(node: TSESTree.CatchClause) {
        if (node.body.body.length === 0) return;
        const handler = failureHandlerOf(node, sourceCode);
        if (!handler) return;
        const defect = failureDefectAt(handler, sourceCode);
        if (defect?.kind !== "unheard") return;
        const data = { tracker: defect.tracker.name };
        const report = reportedFirst(handler, defect.tracker, sourceCode);
        const log = loggedFirst(handler, nameOfEntryAt(node, sourceCode), sourceCode);
        context.report({
          loc: headOf(handler, sourceCode),
          messageId: "unheard",
          data,
          suggest: [...(report ? [{ messageId: "report" as const, data, fix: report }] : []), ...(log ? [{ messageId: "logError" as const, fix: log }] : [])],
        });
      },
    };
  },
});
