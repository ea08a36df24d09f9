import { createRule } from "../../create-rule.js";
import { ofApp } from "../../semantics/program/file-role.js";
import { looseTokensIn, namesResetTokens } from "../../semantics/queries/reset-tokens.js";

export default createRule<[], "ageless" | "endless">({
  name: "require-reset-token-expiry",
  meta: {
    type: "problem",
    docs: {
      description: "Require the token of a mailed link to end after some time",
      concern: "auth",
      presets: { recommended: "error", strict: "error" },
      urgency: "now",
    },
    messages: {
      ageless: "Nothing asks how old `{{column}}` is before `{{granted}}` is set: a link that was mailed years ago still works. Store when it ends, and ask for that in the same query.",
      endless: "Nothing says when `{{column}}` ends: a link that was mailed years ago still works. Store when it ends beside it, and ask for that when it is used.",
    },
    schema: [],
  },
  runsIn: ofApp,
  create(context) {
    const { sourceCode } = context;
    if (!namesResetTokens(sourceCode)) return {};
    return {
      "Program:exit"() {
        for (const { fault, node, column, granted } of looseTokensIn(sourceCode)) {
          if (fault === "ageless") context.report({ node, messageId: fault, data: { column, granted } });
          if (fault === "endless") context.report({ node, messageId: fault, data: { column } });
        }
      },
    };
  },
});
