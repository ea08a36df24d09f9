import type { TSESTree } from "@typescript-eslint/utils";

import { createRule } from "../../create-rule.js";
import { isAppCode, isHandWritten } from "../../semantics/program/file-role.js";
import { type HardcodedSecret, type KeyUse, literalKeyAt, secretTextAt } from "../../semantics/auth/hardcoded-secrets.js";
import { mayUseKey } from "../../semantics/auth/key-sinks.js";
import { isForTrial } from "../../semantics/program/trial-files.js";

const harms: Record<KeyUse, string> = {
  tokens: "can make a token for any user",
  sessions: "can forge sessions",
  numbers: "can sign the number of a session, and has only to guess one",
  messages: "can sign as this app",
  webhooks: "can send events that this app takes for the service's",
  data: "can read and forge what it protects",
  provider: "can pass for this app",
};

export default createRule<[], HardcodedSecret["fault"]>({
  name: "no-hardcoded-secret",
  looksAtValues: true,
  mattersAnywhere: true,
  meta: {
    type: "problem",
    docs: {
      description: "Disallow secrets that stand in the code",
      concern: "deployment",
      presets: { recommended: "error", strict: "error" },
      urgency: "now",
    },
    messages: {
      token: "Whoever reads this code, or a copy of its history, can use this key of {{service}}. Revoke it, and read a new one from the environment.",
      privateKey: "Whoever reads this code, or a copy of its history, has this private key. Replace it, and read the new one from the environment.",
      serviceRole: "This key passes by all row level security, and whoever reads this code, or a copy of its history, has it. Roll it, and read the new one from the environment.",
      address: "Whoever reads this code, or a copy of its history, can sign in at `{{host}}` with the password in this address. Change it, and read the address from the environment.",
      literalKey: "The key of `{{callee}}` stands in the code: whoever has read it {{harm}}. Read it from the environment, and throw when it is missing.",
    },
    schema: [],
  },
  create(context) {
    const { sourceCode } = context;
    if (!/["'`]/.test(sourceCode.text)) return {};
    const seen = new Set<TSESTree.Node>();

    function report(secret: HardcodedSecret | null): void {
      // What a file is for takes longer to tell than what stands in it.
      if (!secret || seen.size === seen.add(secret.node).size) return;
      // The app's own keys matter where the app runs; a key that somebody else has made works for whoever reads it, in a script as well.
      if (!(secret.fault === "literalKey" ? isAppCode : isHandWritten)(sourceCode) || isForTrial(sourceCode)) return;
      const { node, fault } = secret;
      const data = "service" in secret ? { service: secret.service } : "host" in secret ? { host: secret.host } : "use" in secret ? { callee: secret.callee, harm: harms[secret.use] } : {};
      context.report({ node, messageId: fault, data });
    }

    const text = (node: TSESTree.Literal | TSESTree.TemplateLiteral): void => report(secretTextAt(node, sourceCode));
    const call = (node: TSESTree.CallExpression | TSESTree.NewExpression): void => report(literalKeyAt(node, sourceCode));
    return { Literal: text, TemplateLiteral: text, ...(mayUseKey(sourceCode) && { CallExpression: call, NewExpression: call }) };
  },
});
