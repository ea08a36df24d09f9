import { createRule } from "../../create-rule.js";
import { ofApp } from "../../semantics/program/file-role.js";
import { looseTokensIn, namesResetTokens } from "../../semantics/queries/reset-tokens.js";

export default createRule<[], "reusable">({
  name: "require-reset-token-invalidation",
  meta: {
    type: "problem",
    docs: {
      description: "Require the token of a mailed link to end when it is used",
      concern: "auth",
      presets: { recommended: "error", strict: "error" },
      urgency: "now",
    },
    messages: {
      reusable: "`{{column}}` still works after `{{granted}}` is set: who finds the link later, in a mailbox or a log, can use it again. Clear `{{column}}` in the same write, or delete its row.",
    },
    schema: [],
  },
  runsIn: ofApp,
  create(context) {
    const { sourceCode } = context;
    if (!namesResetTokens(sourceCode)) return {};
    return {
      "Program:exit"() {
        for (const { fault, node, column, granted } of looseTokensIn(sourceCode)) if (fault === "reusable") context.report({ node, messageId: fault, data: { column, granted } });
      },
    };
  },
});
