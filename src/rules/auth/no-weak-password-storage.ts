import { createRule } from "../../create-rule.js";
import { isAppCode, roleOf } from "../../semantics/program/file-role.js";
import { namesHashes, namesPasswords, plainComparisonAt, type WeakPassword, weakPasswordAt } from "../../semantics/auth/password-storage.js";

type Options = [{ anyKey: boolean }];

export default createRule<Options, WeakPassword["fault"]>({
  name: "no-weak-password-storage",
  looksAtValues: true,
  meta: {
    type: "problem",
    docs: {
      description: "Disallow passwords that are kept plain, or hashed so fast that they can be tried out",
      concern: "auth",
      presets: { recommended: "warn", strict: ["error", { anyKey: true }] },
      urgency: "now",
    },
    messages: {
      fast: "`{{digest}}` is made to be fast: who gets the table tries out all common passwords in minutes. Hash passwords with `bcrypt`, `scrypt` or `argon2`, and those that are there at their owners' next sign-in.",
      cheap: "With {{given}} {{unit}}, who gets the table can try out passwords quickly. Use at least {{least}}, and hash anew what is there at the next sign-in.",
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

    function report(weak: WeakPassword | null): void {
      // What a file is for takes longer to tell than what it does with passwords.
      if (!weak || !isAppCode(sourceCode) || roleOf(sourceCode) === "client") return;
      const { fault, node } = weak;
      if (weak.fault === "cheap") {
        if (!weak.isPassword && !anyKey) return;
        const unit = weak.unit === "cost" ? "rounds" : "iterations";
        context.report({ node, messageId: fault, data: { given: String(weak.given), least: String(weak.least), unit } });
      } else context.report({ node, messageId: fault, data: weak.fault === "fast" ? { digest: weak.digest } : {} });
    }

    return {
      ...(namesHashes(sourceCode) && { CallExpression: (node) => report(weakPasswordAt(node, sourceCode)) }),
      ...(namesPasswords(sourceCode) && { BinaryExpression: (node) => report(plainComparisonAt(node, sourceCode)) }),
    };
  },
});
