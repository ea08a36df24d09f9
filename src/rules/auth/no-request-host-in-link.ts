import type { TSESTree } from "@typescript-eslint/utils";

import { createRule } from "../../create-rule.js";
import { ofApp } from "../../semantics/program/file-role.js";
import { foreignLinkAt, readsHost } from "../../semantics/entries/request-hosts.js";

export default createRule<[], "foreign">({
  name: "no-request-host-in-link",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow links that let somebody in on a host that a request has named",
      concern: "auth",
      presets: { recommended: "warn", strict: "error" },
      urgency: "next",
      failureMode: "auth/weak-recovery",
    },
    messages: {
      foreign: "Whoever sends the request fills in `{{host}}`: the link can lead its reader, with what lets them in, to a server of somebody else. Build it on an address from the environment.",
    },
    schema: [],
  },
  runsIn: ofApp,
  create(context) {
    const { sourceCode } = context;
    if (!readsHost(sourceCode)) return {};
    const check = (node: TSESTree.BinaryExpression | TSESTree.TemplateLiteral): void => {
      const link = foreignLinkAt(node, sourceCode);
      if (link) context.report({ node: link.node, messageId: "foreign", data: { host: link.host } });
    };
    return { BinaryExpression: check, TemplateLiteral: check };
  },
});
