import { createRule } from "../../create-rule.js";
import { addModelAttribute, schemaLanguage } from "../../semantics/schema/edits.js";
import { scannedKeysOf } from "../../semantics/schema/indexes.js";
import { qualifiedName } from "../../semantics/schema/names.js";
import { eachTable, locationOf } from "../../semantics/schema/tables.js";
import { among } from "../../semantics/program/wording.js";

type MessageId = "scanned" | "scannedEach" | "addIndex";

const remedies = {
  prisma: (_table: string, columns: readonly string[]) => `Add ${listOf(columns.map((column) => `@@index([${column}])`))}.`,
  sql: (table: string, columns: readonly string[]) => `Add a migration with ${listOf(columns.map((column) => `CREATE INDEX ON ${table} (${column});`))}.`,
  code: (_table: string, columns: readonly string[]) => (columns.length === 1 ? "Give it an index." : "Give each an index."),
};

/** How many columns a message names. */
const named = 4;

const listOf = (names: readonly string[]): string => among(names.map((name) => `\`${name}\``), named);

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
      scanned: "No index begins with `{{column}}`, by which code finds rows of `{{table}}`: the database reads all of them to find those of one `{{target}}`, and again whenever one is deleted. {{remedy}}",
      scannedEach:
        "Code finds rows of `{{table}}` by {{columns}}, and no index begins with either: the database reads the whole table each time, and again whenever a row that one of them names is deleted. {{remedy}}",
      addIndex: "Add {{index}}.",
    },
    schema: [],
    languages: ["js/js", "hardening/prisma", "hardening/sql"],
  },
  create(context) {
    const source = context.sourceCode;
    const language = schemaLanguage(source);
    return eachTable(context, (table, schema) => {
      const found = scannedKeysOf(table, schema, source);
      const [first] = found;
      if (!first) return;
      const names = found.map(({ column }) => column.field);
      const indexes = names.map((name) => `@@index([${name}])`);
      const fix = addModelAttribute(table, indexes, source);
      const isHere = first.column.at.file === table.at.file;
      context.report({
        loc: locationOf(isHere ? first.column.at : table.at, source),
        messageId: found.length === 1 ? "scanned" : "scannedEach",
        data: {
          column: first.column.field,
          columns: listOf(names),
          table: table.model,
          target: schema.tables.find(({ name }) => name === first.key.table)?.model ?? first.key.table,
          remedy: remedies[language](qualifiedName(table), names),
        },
        suggest: fix && [{ messageId: "addIndex", data: { index: listOf(indexes) }, fix }],
      });
    });
  },
});
