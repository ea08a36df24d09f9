import { createRule } from "../../create-rule.js";
import { failOpenAt } from "../../semantics/auth/fail-open.js";
import { ofServedRequests } from "../../semantics/program/file-role.js";

type MessageId = "passes" | "continues" | "ignored" | "deny";

export default createRule<[], MessageId>({
  name: "no-fail-open-catch",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow letting a request through when its check fails",
      concern: "auth",
      presets: { recommended: "error", strict: "error" },
      urgency: "now",
    },
    hasSuggestions: true,
    messages: {
      passes: "When `{{check}}` throws, the answer is yes: whoever makes it fail is let in. Give back `false`, or let the error go on.",
      continues: "When `{{check}}` throws, the request goes on as if it had been allowed. Answer with a 401 here, or hand the error to `next`.",
      ignored: "When `{{check}}` throws, what only those may do whom it lets through is done all the same. Leave the function here, or take the `try` away.",
      deny: "Give back `false`.",
    },
    schema: [],
  },
  runsIn: ofServedRequests,
  create(context) {
    const { sourceCode } = context;
    if (!sourceCode.text.includes("catch")) return {};
    return {
      CatchClause(node) {
        const open = failOpenAt(node, sourceCode);
        if (!open) return;
        const { how, check, node: place } = open;
        const data = { check };
        if (how === "next") context.report({ node: place, messageId: "continues", data });
        else if (how === "on") context.report({ node: place, messageId: "ignored", data });
        else context.report({ node: place, messageId: "passes", data, suggest: [{ messageId: "deny", fix: (fixer) => fixer.replaceText(place, "return false;") }] });
      },
    };
  },
});
