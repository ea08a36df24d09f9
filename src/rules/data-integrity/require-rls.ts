import { createRule } from "../../create-rule.js";
import { isSecuredByHand, isServed } from "../../semantics/schema/row-security.js";
import { eachCreatedTable, locationOf } from "../../semantics/schema/tables.js";

export default createRule<[], "open">({
  name: "require-rls",
  meta: {
    type: "problem",
    docs: {
      description: "Require row level security on every table that Supabase serves",
      concern: "data-integrity",
      presets: { recommended: "error", strict: "error" },
      urgency: "now",
    },
    messages: {
      open:
        "`{{table}}` has no row level security: whoever has the key that is in the page can read, change and delete all of its rows. Add a migration with `ALTER TABLE {{table}} ENABLE ROW LEVEL SECURITY;` and a policy for those who may: without one, nobody reaches a row.",
    },
    schema: [],
    languages: ["hardening/sql"],
  },
  create(context) {
    const source = context.sourceCode;
    return eachCreatedTable(context, (table) => {
      if (table.rowSecurity !== "off" || !table.createdAt || !isServed(table, source) || isSecuredByHand(table, source)) return;
      const name = table.schema === null ? table.name : `${table.schema}.${table.name}`;
      context.report({ loc: locationOf(table.createdAt, source), messageId: "open", data: { table: name } });
    });
  },
});
