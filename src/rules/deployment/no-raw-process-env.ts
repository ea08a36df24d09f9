import type { TSESTree } from "@typescript-eslint/utils";

import { createRule } from "../../create-rule.js";
import { saidOf, throughEnvModule, writtenAs } from "../../semantics/environment/env-access.js";
import type { CheckedVariable, EnvSchema } from "../../semantics/environment/env-schema.js";
import { envModuleFor, handedEnvironments, importedEnvironments, isRawEnvironment, isReadOnPurpose, isUnseen, isWrittenIn, mayReadEnvironment, type RawVariable, rawVariablesIn, trustedReadOf } from "../../semantics/environment/raw-env.js";
import { among } from "../../semantics/program/wording.js";

type Options = [{ everywhere: boolean; allow: string[] }];
type MessageId = "bypassed" | "changed" | "unchecked" | "nowhere" | "readThroughModule";

const isAllowed = (name: string, allow: readonly string[]): boolean =>
  allow.some((entry) => (entry.endsWith("*") ? name.startsWith(entry.slice(0, -1)) : name === entry));

const shown = 3;

const listOf = (variables: readonly RawVariable[]): string => among(variables.map(({ name }) => `\`${name}\``), shown);

const isChanged = ({ value }: CheckedVariable): boolean => value === "changed" || value === "converted";

export default createRule<Options, MessageId>({
  name: "no-raw-process-env",
  meta: {
    type: "suggestion",
    docs: {
      description: "Disallow reads of the environment that go past the module which validates it",
      concern: "deployment",
      presets: { strict: "error" },
      urgency: "later",
    },
    fixable: "code",
    hasSuggestions: true,
    messages: {
      bypassed: "`{{read}}` goes past `{{module}}`, which validates `{{name}}`: when it is renamed or dropped there, it is missing here and nobody is told. Read {{instead}}.",
      changed: "`{{read}}` is not what `{{module}}` makes of `{{name}}`: the default or the conversion that it has there is missing here. Read {{instead}}.",
      unchecked: "Nothing checks `{{name}}` at the start: when it is missing or mistyped, `{{read}}` is `undefined` at the first request. Add it to the schema in `{{module}}`, then read {{instead}}.",
      nowhere: "Nothing checks {{names}} at the start: what is missing or mistyped is `undefined` at the first request. Read the environment in one module that validates it.",
      readThroughModule: "Read `{{code}}`.",
    },
    schema: [
      {
        type: "object",
        additionalProperties: false,
        properties: {
          everywhere: { type: "boolean", description: "Whether servers of projects without a module that validates the environment are reported as well." },
          allow: { type: "array", uniqueItems: true, items: { type: "string" }, description: "Variables that may be read anywhere; one that ends in `*` stands for all that begin so." },
        },
      },
    ],
    defaultOptions: [{ everywhere: false, allow: [] }],
  },
  create(context, [{ everywhere, allow }]) {
    const { sourceCode } = context;
    if (!mayReadEnvironment(sourceCode)) return {};
    const schema = envModuleFor(sourceCode);
    if (schema === null || (schema === "none" && !everywhere)) return {};

    const environments: TSESTree.Node[] = [];

    function reportPast({ name, reads, checked, ...rest }: RawVariable, module: EnvSchema): void {
      const [{ node }] = reads;
      const access = throughEnvModule({ name, reads, checked, ...rest }, module, sourceCode);
      const code = access?.code ?? writtenAs(name, module);
      const read = node.type === "Property" ? name : sourceCode.getText(node);
      context.report({
        node,
        messageId: !checked ? "unchecked" : isChanged(checked) ? "changed" : "bypassed",
        data: { name, read, module: saidOf(module, sourceCode), instead: code === null ? "it from there" : `\`${code}\`` },
        fix: access?.isSafe ? access.edit : null,
        suggest: access && !access.isSafe ? [{ messageId: "readThroughModule", data: { code: access.code }, fix: access.edit }] : [],
      });
    }

    return {
      ImportDeclaration(node) {
        environments.push(...importedEnvironments(node, sourceCode));
      },
      MemberExpression(node) {
        if (isRawEnvironment(node, sourceCode)) environments.push(node);
      },
      "Program:exit"() {
        environments.push(...handedEnvironments(sourceCode));
        const unstated = environments.filter((node) => !isReadOnPurpose(node, sourceCode));
        const variables = unstated.length > 0 ? rawVariablesIn(unstated, schema, sourceCode).filter((variable) => !isAllowed(variable.name, allow) && !trustedReadOf(variable)) : [];
        if (schema !== "none") {
          for (const variable of variables) if (!isWrittenIn(variable, schema, sourceCode)) reportPast(variable, schema);
          return;
        }
        const unseen = variables.filter((variable) => isUnseen(variable, sourceCode));
        const [first] = unseen;
        if (first) context.report({ node: first.reads[0].node, messageId: "nowhere", data: { names: listOf(unseen) } });
      },
    };
  },
});
