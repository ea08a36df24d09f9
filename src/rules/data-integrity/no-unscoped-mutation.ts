import { createRule } from "../../create-rule.js";
import { mayReachDatabase } from "../../semantics/queries/databases.js";
import { ofRequests } from "../../semantics/program/file-role.js";
import { operationIn } from "../../semantics/queries/query-names.js";
import { type UnscopedMutation, unscopedMutationsIn } from "../../semantics/queries/unscoped-mutations.js";
import { hasCallsNamed } from "../../syntax/nodes.js";

type MessageId = "unscoped";

const changes = /^(?:delete\w*|del|destroy|update\w*)$/;
const statements = /\b(?:delete\s+from|update\s+\S+\s+set)\b/i;

export default createRule<[], MessageId>({
  name: "no-unscoped-mutation",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow updates and deletes that do not say which rows they mean",
      concern: "data-integrity",
      presets: { recommended: "error", strict: "error" },
      urgency: "now",
    },
    messages: {
      unscoped: "This {{act}} every row of `{{model}}`. Say which rows are meant; where all are, do it in a function whose name says so (`resetAll`).",
    },
    schema: [],
  },
  runsIn: ofRequests,
  create(context) {
    const { sourceCode } = context;
    if (!(hasCallsNamed(sourceCode, (name) => changes.test(name)) || statements.test(sourceCode.text)) || !mayReachDatabase(sourceCode)) return {};

    const report = ({ query, act, model }: UnscopedMutation): void => context.report({ node: operationIn(query), messageId: "unscoped", data: { act, model } });

    return {
      Program() {
        for (const mutation of unscopedMutationsIn(sourceCode)) report(mutation);
      },
    };
  },
});
