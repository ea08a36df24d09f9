import { createRule } from "../../create-rule.js";
import { isCatchAll } from "../../semantics/schema/catch-alls.js";
import { eachColumn, locationOf } from "../../semantics/schema/tables.js";

export default createRule<[], "shapeless">({
  name: "no-json-catch-all",
  meta: {
    type: "suggestion",
    docs: {
      description: "Disallow JSON columns that take whatever the code puts there",
      concern: "data-model",
      presets: {},
      urgency: "later",
    },
    messages: {
      shapeless:
        "`{{column}}` of `{{table}}` takes whatever the code puts there: no constraint reaches into it, and old rows keep the shape that the code had then. Make columns of what is always in it, and name the rest for what it is.",
    },
    schema: [],
    languages: ["hardening/prisma", "hardening/sql"],
  },
  create(context) {
    return eachColumn(context, (column, table) => {
      if (!isCatchAll(column, table)) return;
      context.report({ loc: locationOf(column.at, context.sourceCode), messageId: "shapeless", data: { column: column.field, table: table.model } });
    });
  },
});
