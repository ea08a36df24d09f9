import type { TSESTree } from "@typescript-eslint/utils";

import { createRule } from "../../create-rule.js";
import { ofApp } from "../../semantics/program/file-role.js";
import { harmOf, outerQueryAt, outerWriteBehind } from "../../semantics/queries/outer-clients.js";
import { nameOfQuery, operationIn } from "../../semantics/queries/query-names.js";
import { throughHandle, throughText } from "../../semantics/queries/transaction-handles.js";
import { mayOpenTransaction, pooledControlAt } from "../../semantics/queries/transactions.js";
import { calleeText } from "../../syntax/callee-text.js";
import { enclosingFunction } from "../../syntax/walk.js";

type MessageId = "outerWrite" | "outerRead" | "outerFirst" | "outerBlind" | "outerCall" | "pooled" | "useHandle";

const messages = { stays: "outerWrite", blind: "outerBlind", "blind-and-waits": "outerRead", waits: "outerFirst" } as const satisfies Record<string, MessageId>;

export default createRule<[], MessageId>({
  name: "no-outer-client-in-transaction",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow queries inside a transaction that go around it",
      concern: "data-integrity",
      presets: { recommended: "error", strict: "error" },
      urgency: "now",
    },
    hasSuggestions: true,
    messages: {
      outerWrite: "`{{query}}` takes no part in this transaction: when that is rolled back, this write stays. Write through {{handle}}.",
      outerRead:
        "`{{query}}` takes no part in this transaction: it does not see what that has written, and needs a second connection while the first is held. Read through {{handle}}.",
      outerFirst: "`{{query}}` takes no part in this transaction: it needs a second connection while the first is held, so enough requests at once wait for one another for ever. Read through {{handle}}.",
      outerBlind: "`{{query}}` takes no part in this transaction: it does not see what that has written to `{{model}}`. Read through {{handle}}.",
      outerCall: "`{{call}}` writes by `{{query}}`, which takes no part in this transaction: when that is rolled back, the write stays. Let it write through {{handle}}.",
      pooled:
        "A pool sends each query over whichever connection is free: `{{statement}}` goes over one, and the statements that belong to it over others. Take a connection with `{{take}}`, and send all of them through that.",
      useHandle: "Go through `{{handle}}`.",
    },
    schema: [],
  },
  runsIn: ofApp,
  create(context) {
    const source = context.sourceCode;
    if (!mayOpenTransaction(source)) return {};

    function checkQuery(node: TSESTree.CallExpression | TSESTree.TaggedTemplateExpression): void {
      const outer = outerQueryAt(node, source);
      const harm = outer && harmOf(outer, source);
      if (!outer || !harm) return;
      const { query, transaction } = outer;
      const mended = throughHandle(outer, source);
      context.report({
        node: operationIn(query),
        messageId: messages[harm],
        data: { query: nameOfQuery(query, source), handle: throughText(transaction), ...(harm === "blind" && { model: query.model ?? "" }) },
        suggest: mended && [{ messageId: "useHandle", data: { handle: mended.text }, fix: mended.edit }],
      });
    }

    const pooled = new Set<unknown>();

    function checkPool(node: TSESTree.CallExpression): void {
      const control = pooledControlAt(node, source);
      const fn = control && enclosingFunction(node);
      if (!control || pooled.size === pooled.add(fn).size) return;
      context.report({ node: node.callee, messageId: "pooled", data: { statement: control.statement, take: control.take } });
    }

    return {
      TaggedTemplateExpression: checkQuery,
      CallExpression(node) {
        checkQuery(node);
        checkPool(node);
        const outer = outerWriteBehind(node, source);
        if (!outer) return;
        const data = { call: calleeText(node.callee, source), query: nameOfQuery(outer.query, source), handle: throughText(outer.transaction) };
        context.report({ node: node.callee, messageId: "outerCall", data });
      },
    };
  },
});
