import { createRule } from "../../create-rule.js";
import { isAppCode, roleOf } from "../../semantics/program/file-role.js";
import { guessableValueAt } from "../../semantics/auth/guessable-values.js";
import { enclosingFunction } from "../../syntax/walk.js";

export default createRule<[], "random" | "time">({
  name: "no-insecure-random-token",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow tokens, passwords and codes that can be guessed",
      concern: "auth",
      presets: { strict: "error" },
      urgency: "now",
    },
    messages: {
      random: "`Math.random` is not made for secrets: who sees a few of its values can compute the others, and {{name}} with them. Use `{{better}}`.",
      time: "The time is no secret: who knows about when {{name}} was made has few values to try. Use `{{better}}`.",
    },
    schema: [],
  },
  create(context) {
    const { sourceCode } = context;
    const { text } = sourceCode;
    if ((!text.includes("Math.random") && !text.includes("Date.now")) || !isAppCode(sourceCode) || roleOf(sourceCode) === "migration") return {};
    const seen = new Set<string>();
    return {
      CallExpression(node) {
        const value = guessableValueAt(node, sourceCode);
        // A password is made of several random numbers: one report is enough.
        if (!value || seen.size === seen.add(`${value.name} ${(enclosingFunction(node) ?? sourceCode.ast).range.join()}`).size) return;
        const better = roleOf(sourceCode) !== "server" ? "crypto.getRandomValues" : value.isCode ? "crypto.randomInt" : "crypto.randomBytes";
        context.report({ node: node.callee, messageId: value.by, data: { name: value.isMaker ? `what \`${value.name}\` gives` : `\`${value.name}\``, better } });
      },
    };
  },
});
