import type { TSESTree } from "@typescript-eslint/utils";

import { createRule } from "../../create-rule.js";
import { isDataFile } from "../../semantics/deployment/deploy-scripts.js";
import { isAppCode } from "../../semantics/program/file-role.js";
import { isPushedByDesign, mayCallSync, mayHaveSyncOption, openSyncAt, schemaPushesIn, schemaSyncAt } from "../../semantics/deployment/schema-sync.js";
import { calleeText } from "../../syntax/callee-text.js";

type Options = [{ creation: boolean }];
type MessageId = "on" | "onUnless" | "drops" | "dropsUnless" | "changes" | "rebuilds" | "creates" | "pushed" | "pushedUnseen" | "turnOff" | "migrate";

export default createRule<Options, MessageId>({
  name: "no-schema-sync",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow changing the tables of production to whatever the code says",
      concern: "deployment",
      presets: { recommended: "error", strict: ["error", { creation: true }] },
      urgency: "now",
    },
    hasSuggestions: true,
    messages: {
      on: "With `{{option}}` on, {{library}} changes the tables to what the code says whenever the app starts: a renamed field drops its column, and what is in it. Turn it off, and run migrations.",
      onUnless:
        "`{{option}}` is on wherever `{{variable}}` is not set, production included: {{library}} then changes the tables to what the code says whenever the app starts, and a renamed field drops its column, and what is in it. Let it be off unless told otherwise, and run migrations.",
      drops: "With `{{option}}` on, {{library}} drops every table whenever the app starts, rows included. Turn it off.",
      dropsUnless: "`{{option}}` is on wherever `{{variable}}` is not set, production included: {{library}} then drops every table whenever the app starts, rows included. Let it be off unless told otherwise.",
      changes: "`{{call}}` changes every table to what the code says whenever this runs: a renamed field drops its column, and what is in it. Run migrations instead.",
      rebuilds: "`{{call}}` with `{{option}}` {{effect}} whenever this runs, rows included. Run migrations instead.",
      creates: "`{{call}}` makes tables that are missing and changes none that is there: the next column that the code expects will not be in production. Run migrations instead.",
      pushed: "`{{command}}` in {{place}} makes the database of production look like the schema, without a migration that anybody has looked at: a renamed field drops its column, and what is in it. Run `{{instead}}`.",
      pushedUnseen: "`{{command}}` in {{place}} changes the database of production without a migration that anybody has looked at, before the new code runs, and stops there at a change that would lose data. Give the database a baseline once, and run `{{instead}}`.",
      turnOff: "Turn `{{option}}` off.",
      migrate: "Run `{{mended}}`.",
    },
    schema: [
      {
        type: "object",
        additionalProperties: false,
        properties: { creation: { type: "boolean", description: "Whether calls that only make missing tables are reported as well." } },
      },
    ],
    defaultOptions: [{ creation: false }],
    languages: ["js/js", "json/json", "yml/yaml"],
  },
  create(context, [{ creation }]) {
    const source = context.sourceCode;

    function reportPushes(): void {
      for (const { said, instead, mended, loses, script, range } of isPushedByDesign(source) ? [] : schemaPushesIn(source)) {
        const [start, end] = range;
        context.report({
          loc: { start: source.getLocFromIndex(start), end: source.getLocFromIndex(end) },
          messageId: loses ? "pushed" : "pushedUnseen",
          data: { command: said, place: script.said, instead },
          suggest: [{ messageId: "migrate", data: { mended }, fix: (fixer) => fixer.replaceTextRange([start, end], mended) }],
        });
      }
    }

    function checkOption(node: TSESTree.Property): void {
      const open = openSyncAt(node, source);
      if (!open) return;
      const { library, option, drops, value, unless: variable } = open;
      context.report({
        node: value,
        ...(variable === null ? { messageId: drops ? "drops" : "on", data: { option, library } } : { messageId: drops ? "dropsUnless" : "onUnless", data: { option, library, variable } }),
        suggest: [{ messageId: "turnOff", data: { option }, fix: (fixer) => fixer.replaceText(value, "false") }],
      });
    }

    function checkCall(node: TSESTree.CallExpression): void {
      const sync = schemaSyncAt(node, source);
      if (!sync || (!sync.rebuilds && !creation)) return;
      const { method, rebuilds } = sync;
      const call = calleeText(method, source);
      if (!rebuilds) {
        context.report({ node: method.property, messageId: "creates", data: { call } });
        return;
      }
      if (rebuilds === "always") {
        context.report({ node: method.property, messageId: "changes", data: { call } });
        return;
      }
      const { name: option, property } = rebuilds;
      const effect = option === "force" ? "drops every table and makes it again" : "changes every table to what its model says, and drops columns that it does not name";
      context.report({
        node: property,
        messageId: "rebuilds",
        data: { call, option, effect },
        suggest: [{ messageId: "turnOff", data: { option }, fix: (fixer) => fixer.replaceText(property.value, "false") }],
      });
    }

    if (isDataFile(source)) return { "Program:exit": reportPushes, "Document:exit": reportPushes };
    const [hasOption, hasCall] = [mayHaveSyncOption(source), mayCallSync(source)];
    if ((!hasOption && !hasCall) || !isAppCode(source)) return {};
    return { ...(hasOption && { Property: checkOption }), ...(hasCall && { CallExpression: checkCall }) };
  },
});
