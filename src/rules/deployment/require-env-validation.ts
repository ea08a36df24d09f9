import type { TSESTree } from "@typescript-eslint/utils";

import { createRule } from "../../create-rule.js";
import { mayReadSettings, trustedSettingAt } from "../../semantics/environment/config-service.js";
import { isCheckedSomewhere } from "../../semantics/environment/env-checks.js";
import { saidOf } from "../../semantics/environment/env-access.js";
import { isSaidElsewhere } from "../../semantics/environment/env-repeats.js";
import type { EnvSchema } from "../../semantics/environment/env-schema.js";
import type { EnvTrust } from "../../semantics/environment/env-trust.js";
import { envModuleFor, handedEnvironments, importedEnvironments, isRawEnvironment, mayReadEnvironment, rawVariablesIn, trustedReadOf } from "../../semantics/environment/raw-env.js";
import { isForTrial } from "../../semantics/program/trial-files.js";
import type { Edit } from "../../syntax/edit.js";

type MessageId = "asserted" | "text" | "number" | "option" | "askForIt";

export default createRule<[], MessageId>({
  name: "require-env-validation",
  meta: {
    type: "problem",
    docs: {
      description: "Require variables of the environment to be checked before code relies on them",
      concern: "deployment",
      presets: { strict: "error" },
      urgency: "later",
    },
    hasSuggestions: true,
    messages: {
      asserted: "`{{read}}` tells the compiler that `{{name}}` is there, and nothing makes sure of it: where it is not set, `undefined` goes on from here. {{remedy}}",
      text: "Nothing checks `{{name}}`: where it is not set, this text says `undefined` in its place. {{remedy}}",
      number: "Nothing checks `{{name}}`: where it is not set, or no number, `{{read}}` is `NaN`, and every comparison with it is false. {{remedy}}",
      option: "Nothing checks `{{name}}`: where it is not set, `undefined` goes on from here. {{remedy}}",
      askForIt: "Write `{{code}}`, which throws when there is no value.",
    },
    schema: [],
  },
  create(context) {
    const source = context.sourceCode;
    const [hasEnvironment, hasService] = [mayReadEnvironment(source), mayReadSettings(source)];
    if ((!hasEnvironment && !hasService) || isForTrial(source)) return {};
    const schema = envModuleFor(source);
    if (schema === null) return {};
    const environments: TSESTree.Node[] = [];

    function report(name: string, { kind, node }: EnvTrust, mended: { readonly code: string; readonly edit: Edit } | null = null): void {
      if (isCheckedSomewhere(name, source) || isSaidElsewhere(name, source)) return;
      context.report({
        node,
        messageId: kind,
        data: { name, read: source.getText(node), remedy: schema === "none" ? "Check it before it is used, with a schema or a `throw` that names it." : `Add it to the schema in \`${saidOf(schema as EnvSchema, source)}\`, and read it from there.` },
        suggest: mended && [{ messageId: "askForIt", data: { code: mended.code }, fix: mended.edit }],
      });
    }

    return {
      ...(hasEnvironment && {
        ImportDeclaration(node) {
          environments.push(...importedEnvironments(node, source));
        },
        MemberExpression(node) {
          if (isRawEnvironment(node, source)) environments.push(node);
        },
        "Program:exit"() {
          environments.push(...handedEnvironments(source));
          for (const variable of environments.length > 0 ? rawVariablesIn(environments, schema, source) : []) {
            const trust = trustedReadOf(variable);
            if (trust) report(variable.name, trust);
          }
        },
      }),
      ...(hasService && {
        CallExpression(node) {
          const setting = trustedSettingAt(node, source);
          if (setting) report(setting.name, setting.trust, setting.mended);
        },
      }),
    };
  },
});
