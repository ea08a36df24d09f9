import { createRule } from "../../create-rule.js";

export default createRule<[], "fault">({
  name: "require-env-validation",
  meta: {
    type: "problem",
    docs: {
      description: "Require env validation",
      concern: "deployment",
      presets: { strict: "error" },
      urgency: "later",
    },
    messages: {
      fault: "TODO: what will happen, then what to write.",
    },
    schema: [],
    defaultOptions: [],
  },
  create(context) {
    return {
      DebuggerStatement(node) {
        context.report({ node, messageId: "fault" });
      },
    };
  },
});
