import { createRule } from "../../create-rule.js";
import { ofApp, roleOf } from "../../semantics/program/file-role.js";
import { namesPublicSecret, publicSecretAt, readsEnvironment } from "../../semantics/auth/public-secrets.js";

export default createRule<[], "name" | "file">({
  name: "no-public-secret",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow secrets in what a browser gets",
      concern: "deployment",
      presets: { strict: "error" },
      urgency: "now",
    },
    messages: {
      name: "A name that begins with `{{prefix}}` is written into the script that every visitor gets, so that all can read `{{name}}`. Rename it, read it on the server alone, and replace the secret.",
      file: "This file runs in a browser: `{{name}}` is missing there, or in a script that every visitor can read. Let the server use it, and call the server.",
    },
    schema: [],
  },
  runsIn: ofApp,
  create(context) {
    const { sourceCode } = context;
    if (!readsEnvironment(sourceCode) || (!namesPublicSecret(sourceCode) && roleOf(sourceCode) !== "client")) return {};
    const seen = new Set<string>();
    return {
      MemberExpression(node) {
        const secret = publicSecretAt(node, sourceCode);
        if (!secret || seen.size === seen.add(secret.name).size) return;
        const { by, name, prefix } = secret;
        context.report({ node, messageId: by, data: by === "name" ? { name, prefix } : { name } });
      },
    };
  },
});
