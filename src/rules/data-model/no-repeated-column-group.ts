import { createRule } from "../../create-rule.js";
import { repeatedColumns } from "../../semantics/schema/groups.js";
import type { Column } from "../../semantics/schema/model.js";
import { eachColumn, locationOf } from "../../semantics/schema/tables.js";

/** `image1`, `image2` and `image3`; the ends of a longer row. */
function namesOf(columns: readonly Column[]): string {
  const names = columns.map(({ field }) => `\`${field}\``);
  const last = names.pop() ?? "";
  return names.length > 3 ? `${names[0] ?? ""} to ${last}` : `${names.join(", ")} and ${last}`;
}

export default createRule<[], "repeated">({
  name: "no-repeated-column-group",
  meta: {
    type: "suggestion",
    docs: {
      description: "Disallow lists that are spread over numbered columns",
      concern: "data-model",
      presets: { strict: "error" },
      urgency: "later",
    },
    messages: {
      repeated:
        "{{columns}} are a list of `{{table}}` with a column for each place: one more needs a migration, and each search has to look into all of them. Make them rows of a table of their own.",
    },
    schema: [],
    languages: ["js/js", "hardening/prisma", "hardening/sql"],
  },
  create(context) {
    return eachColumn(context, (column, table) => {
      const group = repeatedColumns(table).find(([first]) => first === column);
      if (!group) return;
      context.report({ loc: locationOf(column.at, context.sourceCode), messageId: "repeated", data: { columns: namesOf(group), table: table.model } });
    });
  },
});
