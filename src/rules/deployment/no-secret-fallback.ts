import type { TSESTree } from "@typescript-eslint/utils";

import { createRule } from "../../create-rule.js";
import { isLeftOverAt } from "../../semantics/program/left-over.js";
import { among } from "../../semantics/program/wording.js";
import { mayHaveSecretFallbacks, type SecretFallback, secretFallbackAt } from "../../semantics/auth/secret-fallbacks.js";

type Options = [{ allowPlaceholders: boolean }];
type MessageId = "known" | "made" | "empty" | "open" | "placeholder" | "requireValue";

const losses: Record<SecretFallback["use"], string> = {
  signing: "anybody who has read this code can forge the sessions and tokens that it signs",
  encryption: "anybody who has read this code can decrypt what it protects",
  password: "anybody who has read this code knows the password",
  shared: "anybody who has read this code knows it too",
  gate: "it is a password of this app, and anybody who has read this code knows it",
  credential: "the app starts as if all were well, and its calls fail or run on an account that nobody meant",
};

const lossOf = ({ use, signs }: SecretFallback): string => (use === "signing" && signs === "other" ? "anybody who has read this code can forge what it signs" : losses[use]);

function remedyOf({ requirement }: SecretFallback): string {
  if (requirement === "throw") return "Throw when it is missing.";
  if (requirement === "schema") return "Leave the default out, so that the start fails when it is missing.";
  return `Ask for it with \`${requirement.method}\`, which throws when it is missing.`;
}

/** The variables without which the text takes their place. */
function unsetOf({ name, others = [] }: SecretFallback): string {
  const [first = "", ...more] = [name, ...others].map((each) => `\`${each}\``);
  return more.length === 0 ? `${first} is not set` : more.length === 1 ? `neither ${first} nor ${more.join("")} is set` : `none of ${among([first, ...more])} is set`;
}

function described(fallback: SecretFallback): { messageId: MessageId; data: Record<string, string> } {
  const { filler, openTo, isMadeKey, isMade } = fallback;
  const unset = unsetOf(fallback);
  const remedy = remedyOf(fallback);
  if (openTo !== null) return { messageId: "open", data: { unset, callee: openTo, remedy } };
  if (filler) return { messageId: filler, data: { unset, remedy } };
  if (isMadeKey) return { messageId: "made", data: { unset, remedy } };
  const replaced = isMade ? " Where it is in use, replace it: it stays in the history of this code." : "";
  return { messageId: "known", data: { unset, loss: lossOf(fallback), remedy: `${remedy}${replaced}` } };
}

export default createRule<Options, MessageId>({
  name: "no-secret-fallback",
  mattersAnywhere: true,
  meta: {
    type: "problem",
    docs: {
      description: "Disallow secrets that fall back on a value in the code when the environment has none",
      concern: "deployment",
      presets: { recommended: "error", strict: ["error", { allowPlaceholders: false }] },
      urgency: "now",
    },
    hasSuggestions: true,
    messages: {
      known: "Where {{unset}}, production runs on the value written here: {{loss}}. {{remedy}}",
      made: "Where {{unset}}, this value takes its place, and it looks like a real secret: whoever reads this code, or a copy of its history, has it. Revoke it. {{remedy}}",
      open: "Where {{unset}}, an empty text takes its place, which `{{callee}}` takes for a key as any other: anybody can sign with that. {{remedy}}",
      empty: "Where {{unset}}, an empty text takes its place: what is signed, encrypted or compared with that fails, or protects nothing. {{remedy}}",
      placeholder: "Where {{unset}}, the app starts as if it were, and fails when it is needed. {{remedy}}",
      requireValue: "Make `{{name}}` required.",
    },
    schema: [
      {
        type: "object",
        additionalProperties: false,
        properties: { allowPlaceholders: { type: "boolean", description: "Whether a secret of the app's own may fall back on an empty text, and a credential for another service on one that says that it is none." } },
      },
    ],
    defaultOptions: [{ allowPlaceholders: true }],
  },
  create(context, [{ allowPlaceholders }]) {
    const { sourceCode } = context;
    if (!mayHaveSecretFallbacks(sourceCode)) return {};

    function visit(node: TSESTree.Node): void {
      const fallback = secretFallbackAt(node, sourceCode);
      if (!fallback || (fallback.filler && allowPlaceholders)) return;
      if (!fallback.isMadeKey && isLeftOverAt(fallback.value.range[0], sourceCode)) return;

      const { name, value, require } = fallback;
      context.report({
        node: value,
        ...described(fallback),
        suggest: require && [{ messageId: "requireValue", data: { name }, fix: require }],
      });
    }

    return {
      LogicalExpression: visit,
      ConditionalExpression: visit,
      AssignmentPattern: visit,
      AssignmentExpression: visit,
      ReturnStatement: visit,
      CallExpression: visit,
      Property: visit,
    };
  },
});
