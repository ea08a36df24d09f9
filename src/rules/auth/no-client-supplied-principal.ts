import { createRule } from "../../create-rule.js";
import { claimedPrincipalsIn, mayClaimPrincipals } from "../../semantics/auth/claimed-principals.js";
import { isServerSide, ofServedRequests } from "../../semantics/program/file-role.js";

type Options = [{ everywhere: boolean }];
type MessageId = "owner" | "privilege";

export default createRule<Options, MessageId>({
  name: "no-client-supplied-principal",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow believing a request about who sends it, or what they may do",
      concern: "auth",
      presets: { recommended: "error", strict: ["error", { everywhere: true }] },
      urgency: "now",
    },
    messages: {
      owner: "Anybody who is signed in can write `{{subject}}` in another user's name: `{{column}}` is what the request says, and `{{principal}}` is only asked whether it is there. Take it from `{{principal}}`.",
      privilege: "Whoever sends the request chooses their own `{{column}}` in `{{subject}}`. Write it out here, or take it from where only administrators set it.",
    },
    schema: [
      {
        type: "object",
        additionalProperties: false,
        properties: { everywhere: { type: "boolean", description: "Whether to report a role that is taken from a request wherever nothing around asks who may give it, and not only at sign-up." } },
      },
    ],
    defaultOptions: [{ everywhere: false }],
  },
  runsIn: ofServedRequests,
  create(context, [{ everywhere }]) {
    const { sourceCode } = context;
    // A line without anything around it is nobody's client.
    if ((!everywhere && !isServerSide(sourceCode)) || !mayClaimPrincipals(sourceCode, everywhere)) return {};
    return {
      "Program:exit"() {
        for (const { kind, node, column, subject, principal } of claimedPrincipalsIn(sourceCode, everywhere)) {
          context.report({ node, messageId: kind, data: { column, subject, principal: principal ?? "" } });
        }
      },
    };
  },
});
