import type { TSESTree } from "@typescript-eslint/utils";

import { createRule } from "../../create-rule.js";
import { isAppCode, isServerSide, roleOf } from "../../semantics/program/file-role.js";
import { namesHttpClient } from "../../semantics/calls/http-clients.js";
import { statusCheckFor } from "../../semantics/calls/status-checks.js";
import { type UncheckedResponse, uncheckedResponseAt } from "../../semantics/calls/unchecked-responses.js";

type Options = [{ browserReads: boolean }];
type MessageId = "unchecked" | "addCheck";

export default createRule<Options, MessageId>({
  name: "require-response-status-check",
  meta: {
    type: "problem",
    docs: {
      description: "Require to look at a response's status before its body is used",
      concern: "error-handling",
      presets: { strict: ["error", { browserReads: true }] },
      urgency: "next",
    },
    hasSuggestions: true,
    messages: {
      unchecked: "`{{call}}` does not fail when the other side answers 404 or 500, and `{{read}}` takes the error's body for the data. Look at the response's `ok` first.",
      addCheck: "Throw unless `{{asks}}`.",
    },
    schema: [
      {
        type: "object",
        additionalProperties: false,
        properties: { browserReads: { type: "boolean", description: "Whether what a browser only reads (GET) is reported as well." } },
      },
    ],
    defaultOptions: [{ browserReads: false }],
  },
  create(context, [{ browserReads }]) {
    const source = context.sourceCode;
    if (!namesHttpClient(source)) return {};

    /** What a browser only shows is a smaller matter than what it has done; a file of which nobody can tell the side may be a script. */
    function isOfInterest({ method, mayBeLocal }: UncheckedResponse): boolean {
      if (isServerSide(source)) return true;
      const isClient = roleOf(source) === "client";
      return browserReads ? isAppCode(source) && !(isClient && mayBeLocal) : isClient && method !== null && method !== "GET";
    }

    function check(node: TSESTree.CallExpression): void {
      const response = uncheckedResponseAt(node, source);
      if (!response || !isOfInterest(response)) return;
      const suggestion = statusCheckFor(response, source);
      context.report({
        node: node.callee,
        messageId: "unchecked",
        data: { call: source.getText(node.callee), read: source.getText(response.read) },
        suggest: suggestion && [{ messageId: "addCheck", data: { asks: suggestion.asks }, fix: suggestion.edit }],
      });
    }

    return { CallExpression: check };
  },
});
