import { createRule } from "../../create-rule.js";
import { earlyReturnAt, mayReturnEarly } from "../../semantics/failures/early-returns.js";
import { ofApp } from "../../semantics/program/file-role.js";

type MessageId = "uncaught" | "unfinished" | "addAwait";

export default createRule<[], MessageId>({
  name: "require-await-in-try",
  meta: {
    type: "problem",
    docs: {
      description: "Require a promise that is returned within `try` to be awaited there",
      concern: "error-handling",
      presets: { recommended: "warn", strict: "error" },
      urgency: "later",
    },
    hasSuggestions: true,
    messages: {
      uncaught: "This `return` does not wait for `{{call}}`, so the `catch` misses its failure. Write `return await`.",
      unfinished: "This `return` does not wait for `{{call}}`, so `finally` runs before it is done. Write `return await`.",
      addAwait: "Await `{{call}}` within the `try`.",
    },
    schema: [],
  },
  runsIn: ofApp,
  create(context) {
    const source = context.sourceCode;
    if (!source.text.includes("try")) return {};
    return {
      ReturnStatement(node) {
        if (!mayReturnEarly(node)) return;
        const early = earlyReturnAt(node, source);
        if (!early) return;

        const { call, misses, name, promise } = early;
        context.report({
          node: call.type === "CallExpression" ? call.callee : call.tag,
          messageId: misses === "catch" ? "uncaught" : "unfinished",
          data: { call: name },
          suggest: [{ messageId: "addAwait", data: { call: name }, fix: (fixer) => fixer.insertTextBefore(promise, "await ") }],
        });
      },
    };
  },
});
