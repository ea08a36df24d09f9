import type { TSESTree } from "@typescript-eslint/utils";

import { createRule } from "../../create-rule.js";
import { answeredFirst, asLoop, waitedForAtOnce } from "../../semantics/failures/async-callback-edits.js";
import { isListMethod, mayTakeAsyncCallback } from "../../semantics/failures/async-callbacks.js";
import { ofApp } from "../../semantics/program/file-role.js";
import { unhandledFailure } from "../../semantics/failures/last-resorts.js";
import { asyncCallbackDefectAt } from "../../semantics/failures/promise-defects.js";
import { openWaitIn } from "../../semantics/failures/rejections.js";
import { callsNamed } from "../../syntax/nodes.js";

type MessageId = "lost" | "truthy" | "unsorted" | "useLoop" | "useAll" | "useAnswers";

export default createRule<[], MessageId>({
  name: "no-async-array-callback",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow asynchronous callbacks that an array's method does not wait for",
      concern: "error-handling",
      presets: { recommended: "error", strict: "error" },
      urgency: "now",
    },
    hasSuggestions: true,
    messages: {
      lost: "`{{method}}` does not wait for this function: the code after it runs before the work is done, and a failure in it {{failure}}. Use `for … of` with `await`, or `await Promise.all(….map(…))`.",
      truthy: "`{{method}}` takes the promise of this function for a yes, whatever it comes to: {{outcome}}. Await the answers with `Promise.all(….map(…))` first.",
      unsorted: "`{{method}}` cannot compare by a promise: {{outcome}}. Await what it compares by first.",
      useLoop: "Do it in a loop, one item after the other.",
      useAll: "Await all items at once with `Promise.all`.",
      useAnswers: "Await the answers with `Promise.all`, then ask for `{{method}}`.",
    },
    schema: [],
  },
  runsIn: ofApp,
  create(context) {
    const source = context.sourceCode;

    function check(node: TSESTree.CallExpression): void {
      if (!mayTakeAsyncCallback(node)) return;
      const callback = asyncCallbackDefectAt(node, source);
      if (!callback) return;

      const { callee, method, outcome, takes } = callback;
      const [loop, all, answers] = [asLoop(callback, source), waitedForAtOnce(callback), answeredFirst(callback)];
      context.report({
        node: callee.property,
        ...(takes === "answers" ? { messageId: "truthy", data: { method, outcome } } : takes === "order" ? { messageId: "unsorted", data: { method, outcome } } : { messageId: "lost", data: { method, failure: openWaitIn(callback.fn, source) ? unhandledFailure(source) : "comes to nobody" } }),
        suggest: [
          ...(loop ? [{ messageId: "useLoop" as const, fix: loop }] : []),
          ...(all ? [{ messageId: "useAll" as const, fix: all }] : []),
          ...(answers ? [{ messageId: "useAnswers" as const, data: { method }, fix: answers }] : []),
        ],
      });
    }

    return {
      Program() {
        for (const node of callsNamed(source, isListMethod)) if (node.type === "CallExpression") check(node);
      },
    };
  },
});
