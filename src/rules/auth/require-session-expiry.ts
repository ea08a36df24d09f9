import type { TSESTree } from "@typescript-eslint/utils";

import { createRule } from "../../create-rule.js";
import { ofApp } from "../../semantics/program/file-role.js";
import { mayRenewSessions, renewedForEver } from "../../semantics/auth/session-renewal.js";
import { namesSessionLibrary, sessionDefectOf, sessionSetUpAt } from "../../semantics/auth/sessions.js";

type Options = [{ allowRenewal: boolean }];

export default createRule<Options, "endless" | "renewed" | "addExpiry">({
  name: "require-session-expiry",
  meta: {
    type: "problem",
    docs: {
      description: "Require sessions to end",
      concern: "auth",
      presets: { strict: ["error", { allowRenewal: false }] },
      urgency: "now",
    },
    hasSuggestions: true,
    messages: {
      endless: "The sessions of `{{name}}` never end: who takes over a cookie or a shared computer stays signed in. Give them an end: `{{remedy}}`.",
      renewed: "Each visit signs the session anew, and nothing ends it while it is used: who takes over a cookie once can keep it for ever. Carry the time of the sign-in along, and stop renewing after some days.",
      addExpiry: "Add `{{remedy}}`.",
    },
    schema: [
      {
        type: "object",
        additionalProperties: false,
        properties: { allowRenewal: { type: "boolean", description: "Whether a middleware may renew a session with each visit, without any end." } },
      },
    ],
    defaultOptions: [{ allowRenewal: true }],
  },
  runsIn: ofApp,
  create(context, [{ allowRenewal }]) {
    const { sourceCode } = context;
    const [hasLibrary, hasRenewal] = [namesSessionLibrary(sourceCode), !allowRenewal && mayRenewSessions(sourceCode)];
    if (!hasLibrary && !hasRenewal) return {};

    function check(node: TSESTree.CallExpression | TSESTree.NewExpression): void {
      const setUp = hasLibrary ? sessionSetUpAt(node, sourceCode) : null;
      if (setUp && sessionDefectOf(setUp) === "endless") {
        const { name, remedy, edit } = setUp;
        context.report({ node: setUp.node, messageId: "endless", data: { name, remedy }, suggest: edit && [{ messageId: "addExpiry", data: { remedy }, fix: edit }] });
      }
      if (hasRenewal && node.type === "CallExpression" && renewedForEver(node, sourceCode)) context.report({ node: node.callee, messageId: "renewed" });
    }

    return { CallExpression: check, NewExpression: check };
  },
});
