import type { TSESTree } from "@typescript-eslint/utils";

import { createRule } from "../../create-rule.js";
import { isBackgroundFile } from "../../semantics/entries/background-work.js";
import { type CheckThenInsert, checkThenInsertsIn } from "../../semantics/queries/check-then-inserts.js";
import { mayReachDatabase } from "../../semantics/queries/databases.js";
import { ofRequests } from "../../semantics/program/file-role.js";
import { operationIn } from "../../semantics/queries/query-names.js";
import { schemaOf } from "../../semantics/schema/tables.js";
import { uniqueIn } from "../../semantics/schema/uniqueness.js";
import { hasCallsNamed } from "../../syntax/nodes.js";

type Options = [{ unknownTables: boolean; partial: boolean }];
type MessageId = "free" | "partial" | "unknown";

const reads = /^(?:find\w*|select|count|exists?|exec|first|get\w*|query)$/;
const creates = /^(?:create|createMany|createManyAndReturn|insert\w*|save|bulkCreate)$/;

/** The last word of what is called: where the row is added. */
const wordOf = (node: TSESTree.Node): TSESTree.Node => (node.type === "MemberExpression" ? node.property : node);

const listed = (columns: readonly string[]): string => columns.map((column) => `\`${column}\``).join(" and ");

export default createRule<Options, MessageId>({
  name: "no-check-then-insert",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow adding a row because a read has found none, where nothing keeps a second one away",
      concern: "data-integrity",
      presets: { recommended: "warn", strict: ["error", { unknownTables: true, partial: true }] },
      urgency: "next",
    },
    messages: {
      free: "Two requests at once both find no `{{model}}` with this {{columns}}, and both add one: nothing in the schema keeps the second away. {{unique}}, and answer its error.",
      partial: "Two requests at once both find no such `{{model}}` with this {{columns}}, and both add one: nothing in the schema keeps the second away. Add a unique index for the rows that are asked for, or lock what they belong to.",
      unknown: "Two requests at once both find no `{{model}}` with this {{columns}}, and both add one, unless the database keeps it unique. Make sure that it does, and answer its error here.",
    },
    schema: [
      {
        type: "object",
        additionalProperties: false,
        properties: {
          unknownTables: { type: "boolean", description: "Whether to report tables of which no schema says what is unique in them." },
          partial: { type: "boolean", description: "Whether to report reads that ask for a part of the rows only (not deleted, still open), which a plain constraint does not fit." },
        },
      },
    ],
    defaultOptions: [{ unknownTables: false, partial: false }],
  },
  runsIn: ofRequests,
  create(context, [{ unknownTables, partial }]) {
    const { sourceCode } = context;
    const { text } = sourceCode;
    if (!text.includes("await") || !hasCallsNamed(sourceCode, (name) => creates.test(name)) || !(hasCallsNamed(sourceCode, (name) => reads.test(name)) || text.includes(".query")) || !mayReachDatabase(sourceCode) || isBackgroundFile(sourceCode)) return {};

    function report({ create, columns, table, unique, isPartial }: CheckThenInsert): void {
      const node = wordOf(operationIn(create));
      const model = create.model ?? "row";
      if (isPartial && !partial) return;
      if (unique === "missing" && isPartial) context.report({ node, messageId: "partial", data: { model, columns: listed(columns) } });
      else if (unique === "missing" && table) context.report({ node, messageId: "free", data: { model, columns: listed(columns), unique: uniqueIn(table, columns, schemaOf(sourceCode)?.dialect ?? null) } });
      else if (unknownTables) context.report({ node, messageId: "unknown", data: { model, columns: listed(columns) } });
    }

    return {
      Program() {
        for (const pair of checkThenInsertsIn(sourceCode)) report(pair);
      },
    };
  },
});
