import type { TSESTree } from "@typescript-eslint/utils";

import { createRule } from "../../create-rule.js";
import { ofApp } from "../../semantics/program/file-role.js";
import { namesSessionLibrary, sessionDefectOf, sessionSetUpAt } from "../../semantics/auth/sessions.js";

export default createRule<[], "forgotten">({
  name: "no-memory-session-store",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow sessions that are kept in the memory of one process",
      concern: "auth",
      presets: { recommended: "warn", strict: "error" },
      urgency: "next",
    },
    messages: {
      forgotten:
        "`{{name}}` keeps the sessions in the memory of this process: each deployment signs everybody out, a second instance does not know them, and the memory grows until the process ends. Give it a `store`.",
    },
    schema: [],
  },
  runsIn: ofApp,
  create(context) {
    const { sourceCode } = context;
    if (!namesSessionLibrary(sourceCode)) return {};

    function check(node: TSESTree.CallExpression | TSESTree.NewExpression): void {
      const setUp = sessionSetUpAt(node, sourceCode);
      if (setUp && sessionDefectOf(setUp) === "in-memory") context.report({ node: setUp.node, messageId: "forgotten", data: { name: setUp.name } });
    }

    return { CallExpression: check, NewExpression: check };
  },
});
