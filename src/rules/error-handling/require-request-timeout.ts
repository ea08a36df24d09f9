import type { TSESTree } from "@typescript-eslint/utils";

import { createRule } from "../../create-rule.js";
import { ofServedRequests, roleOf } from "../../semantics/program/file-role.js";
import { isDevelopmentOnly } from "../../semantics/program/guards.js";
import { namesHttpClient } from "../../semantics/calls/http-clients.js";
import { type HttpCall, httpCallAt } from "../../semantics/calls/http-calls.js";

type Options = [{ milliseconds: number }];
type MessageId = "endless" | "endlessClient" | "slow" | "untilKilled" | "addDeadline";

/** Whether a server waits here for somebody else. Of a file that may run in a browser as well, only the address can say so. */
function isServerWaiting({ address }: HttpCall, role: string): boolean {
  return address === "written" || address === "configured" || (role !== "unknown" && address === "unknown");
}

function faultOf({ client, does }: HttpCall, role: string): MessageId {
  if (does === "makes-client") return "endlessClient";
  if (role === "edge") return "untilKilled";
  return client.patience === undefined ? "endless" : "slow";
}

export default createRule<Options, MessageId>({
  name: "require-request-timeout",
  meta: {
    type: "problem",
    docs: {
      description: "Require outgoing HTTP calls to end by themselves",
      concern: "error-handling",
      presets: { recommended: "warn", strict: "error" },
      urgency: "now",
    },
    hasSuggestions: true,
    messages: {
      endless: "When the other side stays silent, `{{call}}` waits for ever, and so does whoever waits for it. Give it a deadline{{enough}}: `{{deadline}}`.",
      endlessClient: "When the other side stays silent, what the client of `{{call}}` sends waits for ever. Give all its calls a deadline: `{{deadline}}`.",
      slow: "When the other side stays silent, `{{call}}` waits up to five minutes for the headers, and as long for each next part of the body. Give it a deadline{{enough}}: `{{deadline}}`.",
      untilKilled: "When the other side stays silent, `{{call}}` waits until the platform ends the whole function. Give it a deadline{{enough}}, and an answer for that case: `{{deadline}}`.",
      addDeadline: "Add `{{deadline}}`.",
    },
    schema: [
      {
        type: "object",
        additionalProperties: false,
        properties: { milliseconds: { type: "integer", minimum: 1, description: "The deadline that the suggestion writes." } },
      },
    ],
    defaultOptions: [{ milliseconds: 10_000 }],
  },
  runsIn: ofServedRequests,
  create(context, [{ milliseconds }]) {
    const source = context.sourceCode;
    if (!namesHttpClient(source)) return {};
    const role = roleOf(source);
    // Nobody can tell the side of a file, and it renders something: it is the browser's more often than not.
    if (role === "unknown" && /x$/.test(context.filename)) return {};

    function check(node: TSESTree.CallExpression | TSESTree.NewExpression): void {
      const call = httpCallAt(node, source);
      // What an instance sends is reported where the instance was made.
      if (!call || call.instance) return;
      if (!isServerWaiting(call, role) || call.deadline !== "missing" || isDevelopmentOnly(node, source)) return;
      const { text: deadline, edit: fix } = call.withDeadline(milliseconds);
      context.report({
        node: node.callee,
        messageId: faultOf(call, role),
        data: { call: call.name, deadline, enough: call.movesFile ? " that is long enough for the whole file" : "" },
        suggest: fix && [{ messageId: "addDeadline", data: { deadline }, fix }],
      });
    }

    return { CallExpression: check, NewExpression: check };
  },
});
