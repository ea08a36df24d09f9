import { createRule } from "../../create-rule.js";
import { serverSide } from "../../semantics/program/file-role.js";
import { mayHaveWebhooks, unsignedWebhooksIn } from "../../semantics/auth/unsigned-webhooks.js";

type MessageId = "payment" | "unsigned" | "unknown";

export default createRule<[], MessageId>({
  name: "require-webhook-signature",
  meta: {
    type: "problem",
    docs: {
      description: "Require that a webhook verifies who has sent an event before it acts on it",
      concern: "auth",
      presets: { recommended: "error", strict: "error" },
      urgency: "now",
    },
    messages: {
      payment: "Anybody can post an event of {{provider}} that says that something was paid, and `{{table}}` is changed by it. Verify it first: `{{verify}}`.",
      unsigned: "Anybody can post an event of {{provider}} that never happened, and `{{table}}` is changed by it. Verify it first: `{{verify}}`.",
      unknown: "Anybody can post an event that never happened, and `{{table}}` is changed by it. Verify the sender's signature, or compare a shared secret, first.",
    },
    schema: [],
  },
  runsIn: serverSide,
  create(context) {
    const { sourceCode } = context;
    if (!mayHaveWebhooks(sourceCode)) return {};
    return {
      "Program:exit"() {
        for (const { node, table, provider } of unsignedWebhooksIn(sourceCode)) {
          if (provider) context.report({ node, messageId: provider.isPayment ? "payment" : "unsigned", data: { table, provider: provider.name, verify: provider.verify } });
          else context.report({ node, messageId: "unknown", data: { table } });
        }
      },
    };
  },
});
