import type { TSESTree } from "@typescript-eslint/utils";

import { createRule } from "../../create-rule.js";
import { ofApp } from "../../semantics/program/file-role.js";
import { unrunQueryAt } from "../../semantics/failures/promise-defects.js";
import { nameOfQuery, operationIn } from "../../semantics/queries/query-names.js";
import { awaited } from "../../syntax/awaiting.js";
import { reachesOut } from "../../syntax/outside.js";
import { mayBeQueriesIn } from "../../semantics/queries/queries.js";

type MessageId = "unrun" | "awaitQuery";

export default createRule<[], MessageId>({
  name: "no-unawaited-query",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow database queries that are built and never run",
      concern: "error-handling",
      presets: { recommended: "error", strict: "error" },
      urgency: "now",
    },
    hasSuggestions: true,
    messages: {
      unrun: "`{{query}}` only describes a query: {{library}} sends it when it is awaited, and nothing awaits this one, so it never runs. Await it.",
      awaitQuery: "Await `{{query}}`.",
    },
    schema: [],
  },
  runsIn: ofApp,
  create(context) {
    const source = context.sourceCode;
    if (!reachesOut(source)) return {};

    function check(node: TSESTree.CallExpression | TSESTree.TaggedTemplateExpression): void {
      const query = unrunQueryAt(node, source);
      if (!query) return;
      const data = { query: nameOfQuery(query, source), library: query.orm };
      const fix = awaited(query.node, source);
      context.report({
        node: operationIn(query),
        messageId: "unrun",
        data,
        suggest: fix && [{ messageId: "awaitQuery", data: { query: data.query }, fix }],
      });
    }

    return {
      Program() {
        mayBeQueriesIn(source).forEach(check);
      },
    };
  },
});
