import { createRule } from "../../create-rule.js";
import { isAppCode, roleOf } from "../../semantics/file-role.js";
import { plainComparisonAt, type WeakPassword, weakPasswordAt } from "../../semantics/password-storage.js";

type Options = [{ anyKey: boolean }];

const hints = ["crypt", "pbkdf2", "PBKDF2", "md5", "MD5", "sha", "SHA", "subtle", "password", "Password", "passwd"];

export default createRule<Options, WeakPassword["fault"]>({
  name: "no-weak-password-storage",
  looksAtValues: true,
  meta: {
    type: "problem",
    docs: {
      description: "Disallow passwords that are kept plain, or hashed so fast that they can be tried out",
      concern: "auth",
      presets: { recommended: "error", strict: ["error", { anyKey: true }] },
      urgency: "now",
    },
    messages: {
      fast: "`{{digest}}` is made to be fast: who gets the table tries out all common passwords in minutes. Hash passwords with `bcrypt`, `scrypt` or `argon2`.",
      cheap: "With {{given}} {{unit}}, who gets the table can try out passwords quickly. Use at least {{least}}.",
      plain: "A password that can be compared like this is stored as it was typed: who sees the table has all of them. Store a hash of `bcrypt`, `scrypt` or `argon2`, and compare with its own function.",
    },
    schema: [
      {
        type: "object",
        additionalProperties: false,
        properties: { anyKey: { type: "boolean", description: "Whether to report few iterations for what is not called a password, too." } },
      },
    ],
    defaultOptions: [{ anyKey: false }],
  },
  create(context, [{ anyKey }]) {
    const { sourceCode } = context;
    if (!hints.some((hint) => sourceCode.text.includes(hint)) || !isAppCode(sourceCode) || roleOf(sourceCode) === "client") return {};

    function report(weak: WeakPassword | null): void {
      if (!weak) return;
      const { fault, node } = weak;
      if (weak.fault === "cheap") {
        if (!weak.isPassword && !anyKey) return;
        const unit = weak.unit === "cost" ? "rounds" : "iterations";
        context.report({ node, messageId: fault, data: { given: String(weak.given), least: String(weak.least), unit } });
      } else context.report({ node, messageId: fault, data: weak.fault === "fast" ? { digest: weak.digest } : {} });
    }

    return {
      CallExpression: (node) => report(weakPasswordAt(node, sourceCode)),
      BinaryExpression: (node) => report(plainComparisonAt(node, sourceCode)),
    };
  },
});
