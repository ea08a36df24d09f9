import type { TSESTree } from "@typescript-eslint/utils";

import { createRule } from "../../create-rule.js";
import { ofBackEnd } from "../../semantics/program/file-role.js";
import { mayLog, sensitiveLogAt } from "../../semantics/logging/sensitive-logs.js";
import type { SensitiveValue } from "../../semantics/logging/sensitive-values.js";
import { callsNamed } from "../../syntax/nodes.js";

type Options = [{ personal: boolean }];
type MessageId = SensitiveValue["kind"] | "leaveOut";

export default createRule<Options, MessageId>({
  name: "no-sensitive-log",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow writing secrets into logs",
      concern: "observability",
      presets: { recommended: "error", strict: ["error", { personal: true }] },
      urgency: "now",
    },
    hasSuggestions: true,
    messages: {
      secret: "`{{value}}` is written into the log as it is, and whoever can read logs can use it. Leave it out, or log only that it is there.",
      environment: "`{{value}}` holds all secrets of this deployment, and whoever can read logs can use them. Log the settings that you need, by name.",
      headers: "`{{value}}` holds cookies and credentials of whoever sent the request, and whoever can read logs can use them. Log the headers that you need, by name.",
      cookies: "`{{value}}` holds the session of whoever sent the request, and whoever can read logs can go on with it. Leave it out.",
      credentials: "`{{value}}` is what people sign in with, passwords included, and it stays readable in the log. Log the fields that you need, by name.",
      session: "`{{value}}` holds the tokens of a session, and whoever can read logs can go on with it. Log whose session it is.",
      link: "`{{value}}` makes a link that lets in whoever has it, and it is written into the log. Log whom the link is for.",
      personal: "`{{value}}` tells who somebody is, and stays readable in the log for as long as that is kept. Log an id by which you can find them.",
      leaveOut: "Leave it out.",
    },
    schema: [
      {
        type: "object",
        additionalProperties: false,
        properties: { personal: { type: "boolean", description: "Whether personal data counts as well: e-mail addresses, phone numbers, dates of birth." } },
      },
    ],
    defaultOptions: [{ personal: false }],
  },
  runsIn: ofBackEnd,
  create(context, [options]) {
    const source = context.sourceCode;

    function check(node: TSESTree.CallExpression): void {
      const log = sensitiveLogAt(node, source, options);
      if (!log) return;
      context.report({
        node: log.node,
        messageId: log.kind,
        data: { value: source.getText(log.node) },
        suggest: log.without && [{ messageId: "leaveOut", fix: log.without }],
      });
    }

    return {
      Program() {
        for (const node of callsNamed(source, mayLog)) if (node.type === "CallExpression") check(node);
      },
    };
  },
});
