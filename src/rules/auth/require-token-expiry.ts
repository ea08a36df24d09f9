import type { TSESTree } from "@typescript-eslint/utils";

import { createRule } from "../../create-rule.js";
import { ofBackEnd } from "../../semantics/program/file-role.js";
import { issuedTokenAt, namesTokens } from "../../semantics/auth/tokens.js";
import { reachesOut } from "../../syntax/outside.js";

export default createRule<[{ allowImpersonal: boolean }], "endless" | "impersonal" | "addExpiry">({
  name: "require-token-expiry",
  meta: {
    type: "problem",
    docs: {
      description: "Require signed tokens to expire",
      concern: "auth",
      presets: { recommended: "error", strict: "error" },
      urgency: "now",
    },
    hasSuggestions: true,
    messages: {
      endless: "The token of `{{name}}` is good for ever: whoever gets hold of it once stays signed in until the key is changed for everybody. Let it end: `{{remedy}}`.",
      impersonal: "The token of `{{name}}` is good for ever: whoever gets hold of it once can use it until the key is changed for everybody. Let it end: `{{remedy}}`.",
      addExpiry: "Add `{{remedy}}`.",
    },
    schema: [
      {
        type: "object",
        additionalProperties: false,
        properties: { allowImpersonal: { type: "boolean", description: "Whether a token may live for ever that names no user of the app, or that is signed with the key of another service." } },
      },
    ],
    defaultOptions: [{ allowImpersonal: true }],
  },
  runsIn: ofBackEnd,
  create(context, [{ allowImpersonal }]) {
    const { sourceCode } = context;
    if (!namesTokens(sourceCode) || !reachesOut(sourceCode)) return {};

    function check(node: TSESTree.CallExpression | TSESTree.NewExpression): void {
      const token = issuedTokenAt(node, sourceCode);
      if (token?.expiry !== "missing" || (allowImpersonal && !token.isIdentity)) return;
      const { name, remedy, edit, isIdentity } = token;
      context.report({ node: token.node, messageId: isIdentity ? "endless" : "impersonal", data: { name, remedy }, suggest: edit && [{ messageId: "addExpiry", data: { remedy }, fix: edit }] });
    }

    return { CallExpression: check, NewExpression: check };
  },
});
