import { createRule } from "../../create-rule.js";
import { clustersOf } from "../../semantics/schema/groups.js";
import { keepsRecords } from "../../semantics/schema/keys.js";
import { eachTable, locationOf } from "../../semantics/schema/tables.js";

type Options = [{ columns: number }];

/** How many groups a message names. */
const named = 3;

export default createRule<Options, "wide" | "wideGroups">({
  name: "no-wide-table",
  meta: {
    type: "suggestion",
    docs: {
      description: "Disallow tables with more columns than anybody can keep in mind",
      concern: "data-model",
      presets: {},
      urgency: "later",
    },
    messages: {
      wide: "`{{table}}` has {{count}} columns: each change of any of them locks and writes the whole row, and few readers know what it all is. Move what belongs together into tables of its own.",
      wideGroups:
        "`{{table}}` has {{count}} columns: each change of any of them locks and writes the whole row, and few readers know what it all is. Move what belongs together into tables of its own: {{groups}}.",
    },
    schema: [
      {
        type: "object",
        additionalProperties: false,
        properties: { columns: { type: "integer", minimum: 1, description: "How many columns a table may have." } },
      },
    ],
    defaultOptions: [{ columns: 40 }],
    languages: ["js/js", "hardening/prisma", "hardening/sql"],
  },
  create(context, [{ columns: most }]) {
    return eachTable(context, (table) => {
      const count = table.columns.length;
      if (count <= most || keepsRecords(table) || table.holdsDocuments) return;
      const groups = clustersOf(table)
        .slice(0, named)
        .map(({ prefix, columns }) => `\`${prefix}…\` (${columns.length})`)
        .join(", ");
      context.report({
        loc: locationOf(table.at, context.sourceCode),
        messageId: groups === "" ? "wide" : "wideGroups",
        data: { table: table.model, count: String(count), groups },
      });
    });
  },
});
