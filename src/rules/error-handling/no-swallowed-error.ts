import type { TSESTree } from "@typescript-eslint/utils";

import { createRule } from "../../create-rule.js";
import { nameOfEntryAt } from "../../semantics/entries/entries.js";
import { failureDefectAt } from "../../semantics/failures/failure-defects.js";
import { loggedFirst } from "../../semantics/failures/failure-edits.js";
import { failureHandlerOf, headOf, mayLoseError, namesFailures } from "../../semantics/failures/failure-handling.js";
import { serverSide } from "../../semantics/program/file-role.js";

type MessageId = "hangs" | "lost" | "logError";

export default createRule<[], MessageId>({
  name: "no-swallowed-error",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow failures of a request that nobody answers or nobody can look into",
      concern: "error-handling",
      presets: { recommended: "error", strict: "error" },
      urgency: "now",
    },
    hasSuggestions: true,
    messages: {
      hangs: "When something fails before `{{call}}`, this `catch` goes on without an answer, and the client waits until it gives up. Answer with a 500 here, and log the error.",
      lost: "`{{call}}` says {{status}}, and nobody will find out why: the error is neither logged nor reported. Log it before you answer.",
      logError: "Log the error.",
    },
    schema: [],
  },
  runsIn: serverSide,
  create(context) {
    const { sourceCode } = context;
    if (!namesFailures(sourceCode)) return {};

    function look(node: TSESTree.CatchClause | TSESTree.FunctionLike): void {
      if (!mayLoseError(node, sourceCode)) return;
      const handler = failureHandlerOf(node, sourceCode);
      if (!handler) return;
      const defect = failureDefectAt(handler, sourceCode);
      if (defect?.kind === "request left open") {
        context.report({ loc: headOf(handler, sourceCode), messageId: "hangs", data: { call: defect.answer.name } });
      } else if (defect?.kind === "error lost") {
        const { response, status } = defect.lost;
        const fix = loggedFirst(handler, nameOfEntryAt(node, sourceCode), sourceCode);
        context.report({
          loc: headOf(handler, sourceCode),
          messageId: "lost",
          data: { call: response.name, status },
          suggest: fix && [{ messageId: "logError", fix }],
        });
      }
    }

    return { CatchClause: look, ArrowFunctionExpression: look, FunctionExpression: look, FunctionDeclaration: look };
  },
});
