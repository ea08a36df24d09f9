import type { TSESTree } from "@typescript-eslint/utils";

import { createRule } from "../../create-rule.js";
import { fieldStateAt, isAllThereIs, mayKeepState, moduleStateAt, type ProcessState } from "../../semantics/deployment/process-state.js";
import { ofServedRequests } from "../../semantics/program/file-role.js";

type MessageId = "limit" | "session" | "revocation" | "code" | "once" | "lock";

export default createRule<[], MessageId>({
  name: "no-in-memory-state",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow keeping in the memory of one process what all instances have to agree on",
      concern: "deployment",
      presets: { recommended: "warn", strict: "error" },
      urgency: "next",
    },
    messages: {
      limit: "`{{name}}` counts in the memory of one process: each instance has a count of its own, and each deployment begins at zero, so the limit does not hold. Count in a store that all instances share, such as Redis or the database.",
      session: "`{{name}}` is in the memory of one process: the next deployment signs everybody out, and a second instance knows nobody. Keep it in a store that all instances share, such as Redis or the database.",
      revocation: "`{{name}}` is in the memory of one process: after the next deployment, and in every other instance, what was revoked is let in again. Keep it in a store that all instances share, such as Redis or the database.",
      code: "`{{name}}` is in the memory of one process: a code that was sent before a deployment, or by another instance, is refused. Keep it, with its expiry, in a store that all instances share, such as Redis or the database.",
      once: "`{{name}}` is in the memory of one process: what another instance has handled, or this one before a deployment, is handled again. Keep it in the database, under a unique key.",
      lock: "`{{name}}` is in the memory of one process: another instance does not see what is locked here, and does the same at the same time. Lock in the database, or in a store that all instances share.",
    },
    schema: [],
  },
  runsIn: ofServedRequests,
  create(context) {
    const source = context.sourceCode;
    if (!mayKeepState(source)) return {};
    const fields: TSESTree.PropertyDefinition[] = [];
    const uses: TSESTree.MemberExpression[] = [];

    function report(state: ProcessState | null): void {
      if (state && isAllThereIs(state, source)) context.report({ node: state.node, messageId: state.purpose, data: { name: state.name } });
    }

    return {
      VariableDeclarator(node) {
        report(moduleStateAt(node, source));
      },
      PropertyDefinition(node) {
        fields.push(node);
      },
      MemberExpression(node) {
        uses.push(node);
      },
      "Program:exit"() {
        for (const field of fields) report(fieldStateAt(field, uses, source));
      },
    };
  },
});
