import type { TSESTree } from "@typescript-eslint/utils";

import { createRule } from "../../create-rule.js";
import { ofApp } from "../../semantics/program/file-role.js";
import { transactionWaitAt } from "../../semantics/queries/transaction-io.js";
import { mayOpenTransaction } from "../../semantics/queries/transactions.js";

type MessageId = "service" | "behind" | "timer";

export default createRule<[], MessageId>({
  name: "no-io-in-transaction",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow waiting for other services while a transaction is open",
      concern: "data-integrity",
      presets: { recommended: "warn", strict: "error" },
      urgency: "next",
    },
    messages: {
      service:
        "The transaction holds a connection and its locks while `{{call}}` waits for another service: when that is slow, so is everybody who needs these rows, and a rollback does not take back what it did. Call it before the transaction begins, or after it has committed.",
      behind:
        "The transaction holds a connection and its locks while `{{call}}` waits for `{{within}}`, another service: when that is slow, so is everybody who needs these rows, and a rollback does not take back what it did. Call it before the transaction begins, or after it has committed.",
      timer: "The transaction holds a connection and its locks while this timer runs, and everybody who needs these rows waits with it. Wait before the transaction begins, or after it has committed.",
    },
    schema: [],
  },
  runsIn: ofApp,
  create(context) {
    const { sourceCode } = context;
    if (!mayOpenTransaction(sourceCode)) return {};

    const reported = new Set<TSESTree.Node>();

    function check(node: TSESTree.CallExpression | TSESTree.NewExpression | TSESTree.TaggedTemplateExpression): void {
      const wait = transactionWaitAt(node, sourceCode);
      // What is moved out of a transaction is moved at once.
      if (!wait || reported.has(wait.transaction.region)) return;
      reported.add(wait.transaction.region);
      const { kind, name, within } = wait;
      if (kind === "timer") context.report({ node: wait.node, messageId: "timer" });
      else if (within === null) context.report({ node: wait.node, messageId: "service", data: { call: name } });
      else context.report({ node: wait.node, messageId: "behind", data: { call: name, within } });
    }

    return { CallExpression: check, NewExpression: check, TaggedTemplateExpression: check };
  },
});
