import type { TSESTree } from "@typescript-eslint/utils";

import { createRule } from "../../create-rule.js";
import { errorCheckFor } from "../../semantics/failures/error-checks.js";
import { existenceReadAt } from "../../semantics/failures/existence-reads.js";
import { ofApp } from "../../semantics/program/file-role.js";
import { mayReturnErrorsIn } from "../../semantics/failures/results.js";

type MessageId = "mistaken" | "mistakenOne" | "uncounted" | "addCheck";

export default createRule<[], MessageId>({
  name: "no-unchecked-existence-read",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow taking a failed read for proof that there is no such row",
      concern: "error-handling",
      presets: { strict: "error" },
      urgency: "now",
    },
    hasSuggestions: true,
    messages: {
      mistaken: "When `{{call}}` fails, there is no data either, and `{{act}}` goes ahead as if there were no such row. Take `error` from the result, and stop when it is there.",
      mistakenOne:
        "When `{{call}}` fails, there is no data either, and `{{act}}` goes ahead as if there were no such row. Ask with `{{orNone}}`, for which no row is no error, take `error` from the result, and stop when it is there.",
      uncounted: "When `{{call}}` fails, `{{count}}` is no number, the limit that it is held against is skipped, and `{{act}}` goes ahead. Take `error` from the result, and stop when it is there.",
      addCheck: "Throw `{{error}}` when `{{call}}` fails.",
    },
    schema: [],
  },
  runsIn: ofApp,
  create(context) {
    const source = context.sourceCode;

    // Of two reads into one name, either tells.
    const told = new Set<TSESTree.Node>();

    function check(node: TSESTree.CallExpression): void {
      const found = existenceReadAt(node, source);
      if (!found || told.has(found.name)) return;
      const { read, act, name, isCount } = found;
      told.add(name);
      const suggestion = errorCheckFor(read, source);
      context.report({
        node: read.call.callee,
        ...(isCount
          ? { messageId: "uncounted", data: { call: read.call.name, act, count: name.name } }
          : read.call.orNone === null
          ? { messageId: "mistaken", data: { call: read.call.name, act } }
          : { messageId: "mistakenOne", data: { call: read.call.name, act, orNone: read.call.orNone } }),
        suggest: suggestion && [{ messageId: "addCheck", data: { call: read.call.name, error: suggestion.error }, fix: suggestion.edit }],
      });
    }

    return {
      Program() {
        mayReturnErrorsIn(source).forEach(check);
      },
    };
  },
});
