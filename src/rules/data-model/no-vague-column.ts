import { createRule } from "../../create-rule.js";
import { eachColumn, locationOf } from "../../semantics/schema/tables.js";
import { exclusiveFlags, isVague, secondOf } from "../../semantics/schema/vagueness.js";

export default createRule<[], "vague" | "second" | "flags">({
  name: "no-vague-column",
  meta: {
    type: "suggestion",
    docs: {
      description: "Disallow columns whose name does not say what they hold",
      concern: "data-model",
      presets: {},
      urgency: "later",
    },
    messages: {
      vague: "Nobody but its author knows what `{{column}}` of `{{table}}` holds, so the next one adds a column for the same, or reads this one as something else. Name it for what is in it.",
      second: "Nobody but its author knows what `{{column}}` has that `{{first}}` has not, and readers of `{{table}}` take one for the other. Name it for what is in it.",
      flags: "{{columns}} exclude each other, and `{{table}}` can have several of them true, or none: each reader decides in its own way what that means. Make them one `{{instead}}` column.",
    },
    schema: [],
    languages: ["js/js", "hardening/prisma", "hardening/sql"],
  },
  create(context) {
    return eachColumn(context, (column, table) => {
      const loc = locationOf(column.at, context.sourceCode);
      const first = secondOf(column, table);
      const { columns, instead } = exclusiveFlags(table);
      if (first) context.report({ loc, messageId: "second", data: { column: column.field, first: first.field, table: table.model } });
      else if (isVague(column, table)) context.report({ loc, messageId: "vague", data: { column: column.field, table: table.model } });
      else if (columns[0] === column) {
        const names = columns.map(({ field }) => `\`${field}\``).join(", ");
        context.report({ loc, messageId: "flags", data: { columns: names, table: table.model, instead } });
      }
    });
  },
});
