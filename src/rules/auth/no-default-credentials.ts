import { createRule } from "../../create-rule.js";
import { defaultPasswordAt, mayMakeUsers } from "../../semantics/auth/default-credentials.js";
import { ofBackEnd } from "../../semantics/program/file-role.js";
import { isForTrial } from "../../semantics/program/trial-files.js";

export default createRule<[], "known">({
  name: "no-default-credentials",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow accounts with a password that stands in the code",
      concern: "auth",
      presets: { recommended: "error", strict: "error" },
      urgency: "now",
    },
    messages: {
      known: "Every copy of this app has an account with the password that stands here, and whoever reads the code can sign in with it. Read it from the environment, or make one at random and show it once.",
    },
    schema: [],
  },
  runsIn: ofBackEnd,
  create(context) {
    const { sourceCode } = context;
    if (!mayMakeUsers(sourceCode)) return {};
    return {
      CallExpression(node) {
        const password = defaultPasswordAt(node, sourceCode);
        if (password && !isForTrial(sourceCode)) context.report({ node: password.node, messageId: "known" });
      },
    };
  },
});
