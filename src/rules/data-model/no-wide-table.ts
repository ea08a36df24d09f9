import { createRule } from "../../create-rule.js";
import { clustersOf } from "../../semantics/schema/groups.js";
import { keepsRecords } from "../../semantics/schema/keys.js";
import { eachTable, locationOf } from "../../semantics/schema/tables.js";

type Options = [{ columns: number; group: number }];

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
      wide: "`{{table}}` has {{count}} columns: few readers know what it all is, and nothing says which of them are filled in together. Move what belongs together into tables of its own.",
      wideGroups:
        "`{{table}}` has {{count}} columns: {{groups}}. A row can have some of each, and nothing says which of them are filled in together. Move what belongs together into tables of its own.",
    },
    schema: [
      {
        type: "object",
        additionalProperties: false,
        properties: {
          columns: { type: "integer", minimum: 1, description: "How many columns a table may have." },
          group: { type: "integer", minimum: 0, description: "How many of them have to have names that begin alike, and belong together." },
        },
      },
    ],
    defaultOptions: [{ columns: 40, group: 10 }],
    languages: ["js/js", "hardening/prisma", "hardening/sql"],
  },
  create(context, [{ columns: most, group }]) {
    return eachTable(context, (table) => {
      const count = table.columns.length;
      if (count <= most || keepsRecords(table) || table.holdsDocuments) return;
      const clusters = clustersOf(table);
      // What does not fall apart by itself is one thing, however much there is to say of it.
      if ((clusters[0]?.columns.length ?? 0) < group) return;
      const groups = clusters
        .slice(0, named)
        .map(({ prefix, columns }, index) => `${columns.length}${index === 0 ? " of them begin" : ""} with \`${prefix}\``)
        .join(", ");
      context.report({
        loc: locationOf(table.at, context.sourceCode),
        messageId: groups === "" ? "wide" : "wideGroups",
        data: { table: table.model, count: String(count), groups },
      });
    });
  },
});
