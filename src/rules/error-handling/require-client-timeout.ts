import type { TSESTree } from "@typescript-eslint/utils";

import { createRule } from "../../create-rule.js";
import { endlessClientAt, namesPatientClient } from "../../semantics/calls/client-timeouts.js";
import { ofBackEnd } from "../../semantics/program/file-role.js";
import { isDevelopmentOnly } from "../../semantics/program/guards.js";

type Options = [{ milliseconds: number; every: boolean }];
type MessageId = "endless" | "patient" | "told" | "addLimit";

export default createRule<Options, MessageId>({
  name: "require-client-timeout",
  meta: {
    type: "problem",
    docs: {
      description: "Require clients of databases, caches and mail servers to give up",
      concern: "error-handling",
      presets: { recommended: "warn", strict: ["error", { every: true }] },
      urgency: "next",
    },
    hasSuggestions: true,
    messages: {
      endless: "{{when}}, what `{{call}}` makes waits for ever. Give it a limit: `{{limit}}`.",
      patient: "{{when}}, what `{{call}}` makes waits {{patience}}. Give it a shorter limit: `{{limit}}`.",
      told: "{{when}}, what `{{call}}` makes waits for ever: `{{option}}` says so. Write `{{limit}}`.",
      addLimit: "Write `{{limit}}`.",
    },
    schema: [
      {
        type: "object",
        additionalProperties: false,
        properties: {
          milliseconds: { type: "integer", minimum: 1, description: "The limit that the suggestion writes." },
          every: { type: "boolean", description: "Whether waits for queries and commands, and very long ones, are reported as well." },
        },
      },
    ],
    defaultOptions: [{ milliseconds: 10_000, every: false }],
  },
  runsIn: ofBackEnd,
  create(context, [{ milliseconds, every }]) {
    const source = context.sourceCode;
    if (!namesPatientClient(source)) return {};

    function check(node: TSESTree.CallExpression | TSESTree.NewExpression): void {
      const client = endlessClientAt(node, every, source);
      if (!client || isDevelopmentOnly(node, source)) return;
      const { limit: wait, told } = client;
      const { when, patience } = wait;
      const { text: limit, edit } = client.withLimit(milliseconds);
      const call = source.getText(node.callee);
      const suggest = edit && [{ messageId: "addLimit" as const, data: { limit }, fix: edit }];
      if (told) context.report({ node: told.value, messageId: "told", data: { when, call, limit, option: told.option }, suggest });
      else if (patience === null) context.report({ node: node.callee, messageId: "endless", data: { when, call, limit }, suggest });
      else context.report({ node: node.callee, messageId: "patient", data: { when, call, limit, patience }, suggest });
    }

    return { CallExpression: check, NewExpression: check };
  },
});
