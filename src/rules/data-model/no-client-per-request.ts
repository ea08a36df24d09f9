import type { TSESTree } from "@typescript-eslint/utils";

import { createRule } from "../../create-rule.js";
import { type FileRole } from "../../semantics/program/file-role.js";
import { isMadeOnReload, mayMakeClient, namesConnectionPool, repeatedClientAt } from "../../semantics/queries/repeated-clients.js";

type Options = [{ reloads: boolean }];
type MessageId = "open" | "ended" | "reloaded" | "hoist";

/** On an edge, a request has a process of its own. */
const longLived: ReadonlySet<FileRole> = new Set<FileRole>(["server", "migration", "config", "unknown"]);

export default createRule<Options, MessageId>({
  name: "no-client-per-request",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow database clients and pools that are made anew for each request",
      concern: "data-model",
      presets: { recommended: "error", strict: "error" },
      urgency: "next",
    },
    hasSuggestions: true,
    messages: {
      open: "Each request makes another `{{call}}` with connections of its own, which stay open: under load the database refuses new ones. Make it once, outside of the handler.",
      ended: "Each request opens and closes connections of its own by `{{call}}`, and waits for them; enough requests at once use up what the database allows. Make it once, outside of the handler, and leave it open.",
      reloaded: "In development each reload runs this module again, and each run makes another `{{call}}` whose connections stay open. Keep it on `globalThis` outside of production.",
      hoist: "Make `{{name}}` once, outside of the handler.",
    },
    schema: [
      {
        type: "object",
        additionalProperties: false,
        properties: { reloads: { type: "boolean", description: "Whether to report clients that each reload of a module in development makes again." } },
      },
    ],
    defaultOptions: [{ reloads: false }],
  },
  runsIn: longLived,
  create(context, [{ reloads }]) {
    const { sourceCode } = context;
    if (!namesConnectionPool(sourceCode)) return {};

    function check(node: TSESTree.CallExpression | TSESTree.NewExpression): void {
      if (!mayMakeClient(node, sourceCode)) return;
      const client = repeatedClientAt(node, sourceCode);
      const data = { call: sourceCode.getText(node.callee) };
      if (client) {
        const { hoist } = client;
        const suggest = hoist && [{ messageId: "hoist" as const, data: { name: hoist.name }, fix: hoist.edit }];
        context.report({ node: node.callee, messageId: client.isEnded ? "ended" : "open", data, suggest });
      } else if (reloads && isMadeOnReload(node, sourceCode)) {
        context.report({ node: node.callee, messageId: "reloaded", data });
      }
    }

    return { CallExpression: check, NewExpression: check };
  },
});
