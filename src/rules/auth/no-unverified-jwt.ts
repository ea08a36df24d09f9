import type { TSESTree } from "@typescript-eslint/utils";

import { createRule } from "../../create-rule.js";
import { ofBackEnd } from "../../semantics/program/file-role.js";
import { namesTokens } from "../../semantics/auth/tokens.js";
import { unverifiedTokenAt } from "../../semantics/auth/unverified-tokens.js";
import { reachesOut } from "../../syntax/outside.js";

type Options = [{ onlySure: boolean }];

export default createRule<Options, "decoded" | "unsigned" | "expired" | "confused">({
  name: "no-unverified-jwt",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow trust in tokens that nobody has checked",
      concern: "auth",
      presets: { recommended: "error", strict: ["error", { onlySure: false }] },
      urgency: "now",
    },
    messages: {
      decoded: "`{{name}}` reads what the token says without asking who has signed it, so anybody can write one that says they are somebody else. Verify it with the key first.",
      unsigned: "With `none` among the algorithms, `{{name}}` takes and makes tokens that nobody has signed: anybody can write one. Name the algorithm that your key is for.",
      expired: "`{{name}}` lets tokens in whose time is over, so one that was stolen or taken away still works. Leave `ignoreExpiration` out.",
      confused: "`{{name}}` is given a public key and no algorithms, and this version lets the token choose: one that is signed with the public key itself passes. Name them: `{ algorithms: [\"RS256\"] }`.",
    },
    schema: [
      {
        type: "object",
        additionalProperties: false,
        properties: {
          onlySure: { type: "boolean", description: "Whether to report a decoded token only where it has come with a request and nothing in the project verifies tokens." },
        },
      },
    ],
    defaultOptions: [{ onlySure: true }],
  },
  runsIn: ofBackEnd,
  create(context, [{ onlySure }]) {
    const { sourceCode } = context;
    if (!namesTokens(sourceCode) || !reachesOut(sourceCode)) return {};

    function check(node: TSESTree.CallExpression | TSESTree.NewExpression): void {
      const token = unverifiedTokenAt(node, sourceCode);
      if (token && (token.isSure || !onlySure)) context.report({ node: token.node, messageId: token.fault, data: { name: token.name } });
    }

    return { CallExpression: check, NewExpression: check };
  },
});
