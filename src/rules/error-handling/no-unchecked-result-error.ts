import type { TSESTree } from "@typescript-eslint/utils";

import { createRule } from "../../create-rule.js";
import { errorCheckFor } from "../../semantics/failures/error-checks.js";
import { ofApp } from "../../semantics/program/file-role.js";
import { ignoredDefectAt } from "../../semantics/failures/promise-defects.js";
import { mayReturnErrorsIn } from "../../semantics/failures/results.js";

type Options = [{ reads: boolean }];
type MessageId = "ignored" | "uncaught" | "unread" | "misread" | "pointless" | "addCheck";

export default createRule<Options, MessageId>({
  name: "no-unchecked-result-error",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow ignoring errors that come back as values",
      concern: "error-handling",
      presets: { recommended: "warn", strict: ["error", { reads: true }] },
      urgency: "next",
    },
    hasSuggestions: true,
    messages: {
      ignored: "`{{call}}` does not throw when it fails: {{library}} returns the error, and nothing reads it, so the app goes on as if it had worked. Take `error` from the result, and throw or log it.",
      uncaught: "`{{call}}` does not throw when it fails: {{library}} returns the error, which this `catch` will not see, and the app goes on as if it had worked. Take `error` from the result, and throw or log it.",
      unread: "`{{error}}` is what {{library}} returns when `{{call}}` fails, and nothing reads it, so the app goes on as if it had worked. Throw or log it.",
      misread: "`{{call}}` does not throw when it fails: {{library}} returns the error, and nothing reads it, so an outage looks as if nothing had been found. Take `error` from the result and handle it.",
      pointless: "`{{call}}` tells in its result whether the input is valid, and nothing takes the result, so anything is let through. Read `success`, or call `parse`, which throws.",
      addCheck: "Throw `{{error}}` when `{{call}}` fails.",
    },
    schema: [
      {
        type: "object",
        additionalProperties: false,
        properties: { reads: { type: "boolean", description: "Whether reads are reported as well, whose failure looks like an empty answer." } },
      },
    ],
    defaultOptions: [{ reads: false }],
  },
  runsIn: ofApp,
  create(context, [{ reads }]) {
    const source = context.sourceCode;

    function messageOf(effect: string, isUnread: boolean, isCaught: boolean): MessageId {
      if (effect === "check") return "pointless";
      if (isUnread) return "unread";
      if (effect === "read") return "misread";
      return isCaught ? "uncaught" : "ignored";
    }

    function check(node: TSESTree.CallExpression): void {
      const ignored = ignoredDefectAt(node, source);
      if (!ignored) return;
      const { call, unread, caught } = ignored;
      if (call.effect === "read" && !reads) return;
      const suggestion = errorCheckFor(ignored, source);
      context.report({
        node: unread ?? call.callee,
        messageId: messageOf(call.effect, unread !== null, caught),
        data: { call: call.name, library: call.library, error: unread?.name ?? "error" },
        suggest: suggestion && [{ messageId: "addCheck", data: { call: call.name, error: suggestion.error }, fix: suggestion.edit }],
      });
    }

    return {
      Program() {
        mayReturnErrorsIn(source).forEach(check);
      },
    };
  },
});
