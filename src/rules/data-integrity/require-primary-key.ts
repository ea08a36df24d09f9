import { createRule } from "../../create-rule.js";
import { pairOf } from "../../semantics/schema/duplicates.js";
import { schemaLanguage } from "../../semantics/schema/edits.js";
import { isWithoutKey } from "../../semantics/schema/keys.js";
import type { Table } from "../../semantics/schema/model.js";
import { qualifiedName } from "../../semantics/schema/names.js";
import { eachTable, locationOf } from "../../semantics/schema/tables.js";

/** What gives a table of migrations a key: the two keys of a join, the column that is there for it, or a new one. */
function statement(table: Table): string {
  const add = `ALTER TABLE ${qualifiedName(table)} ADD`;
  const own = pairOf(table) ?? table.columns.filter(({ name, isList }) => name === "id" && !isList);
  return own.length > 0
    ? `: \`${add} PRIMARY KEY (${own.map(({ name }) => name).join(", ")});\`.`
    : `, such as \`${add} COLUMN id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY;\`.`;
}

const remedies = {
  prisma: () => "Give it a field with `@id`, or `@@id` of several.",
  sql: (table: Table) => `Give it a key in a migration${statement(table)}`,
  code: () => "Give it a primary key.",
};

export default createRule<[], "keyless">({
  name: "require-primary-key",
  meta: {
    type: "problem",
    docs: {
      description: "Require a table to have a primary key",
      concern: "data-integrity",
      presets: { recommended: "warn", strict: "error" },
      urgency: "next",
    },
    messages: {
      keyless:
        "Nothing tells two rows of `{{table}}` apart: the same row may be in it twice, and neither can be changed or deleted without the other. {{remedy}}",
    },
    schema: [],
    languages: ["js/js", "hardening/prisma", "hardening/sql"],
  },
  create(context) {
    const source = context.sourceCode;
    return eachTable(context, (table) => {
      if (!isWithoutKey(table)) return;
      const remedy = remedies[schemaLanguage(source)](table);
      context.report({ loc: locationOf(table.at, source), messageId: "keyless", data: { table: table.model, remedy } });
    });
  },
});
