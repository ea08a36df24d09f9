import { createRule } from "../../create-rule.js";
import { addModelAttribute, schemaLanguage } from "../../semantics/schema/edits.js";
import { unindexedKey } from "../../semantics/schema/indexes.js";
import { qualifiedName } from "../../semantics/schema/names.js";
import { eachColumn, locationOf } from "../../semantics/schema/tables.js";

type MessageId = "scanned" | "addIndex";

const remedies = {
  prisma: (_table: string, column: string) => `Add \`@@index([${column}])\`.`,
  sql: (table: string, column: string) => `Add a migration with \`CREATE INDEX ON ${table} (${column});\`.`,
  code: () => "Give it an index.",
};

export default createRule<[], MessageId>({
  name: "require-foreign-key-index",
  meta: {
    type: "suggestion",
    docs: {
      description: "Require an index on a column that names the rows of another table",
      concern: "data-integrity",
      presets: { strict: "error" },
      urgency: "later",
    },
    hasSuggestions: true,
    messages: {
      scanned: "No index begins with `{{column}}`: the database reads all of `{{table}}` to find the rows of one `{{target}}`, and again whenever one is deleted. {{remedy}}",
      addIndex: "Add `{{index}}`.",
    },
    schema: [],
    languages: ["js/js", "hardening/prisma", "hardening/sql"],
  },
  create(context) {
    const source = context.sourceCode;
    const language = schemaLanguage(source);
    return eachColumn(context, (column, table, schema) => {
      const key = unindexedKey(column, table, schema);
      if (!key) return;
      const target = schema.tables.find(({ name }) => name === key.table)?.model ?? key.table;
      const index = `@@index([${column.field}])`;
      const fix = addModelAttribute(table, index, source);
      context.report({
        loc: locationOf(column.at, source),
        messageId: "scanned",
        data: { column: column.field, table: table.model, target, remedy: remedies[language](qualifiedName(table), column.field) },
        suggest: fix && [{ messageId: "addIndex", data: { index }, fix }],
      });
    });
  },
});
