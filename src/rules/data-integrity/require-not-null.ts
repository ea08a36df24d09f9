import { createRule } from "../../create-rule.js";
import { makeRequired, schemaLanguage } from "../../semantics/schema/edits.js";
import type { Column, Table } from "../../semantics/schema/model.js";
import { qualifiedName } from "../../semantics/schema/names.js";
import { needlesslyNullable } from "../../semantics/schema/nullability.js";
import { eachTable, locationOf } from "../../semantics/schema/tables.js";
import { together } from "../../syntax/edit.js";

type MessageId = "nullable" | "makeRequired";

/** How many columns a message names. */
const named = 4;

function namesOf(columns: readonly Column[]): string {
  const names = columns.slice(0, named).map(({ field }) => `\`${field}\``);
  const more = columns.length - names.length;
  const last = more > 0 ? `${more} more` : (names.pop() ?? "");
  return names.length > 0 ? `${names.join(", ")} and ${last}` : last;
}

const remedies = {
  prisma: () => "Take the `?` away.",
  sql: (table: Table, [first]: readonly Column[]) =>
    `Fill what is null in a migration, then \`ALTER TABLE ${qualifiedName(table)} ALTER COLUMN ${first?.name ?? ""} SET NOT NULL;\` for each.`,
  code: () => "Say that they are not.",
};

export default createRule<[], MessageId>({
  name: "require-not-null",
  meta: {
    type: "suggestion",
    docs: {
      description: "Require columns that always have a value to say so",
      concern: "data-integrity",
      presets: {},
      urgency: "later",
    },
    hasSuggestions: true,
    messages: {
      nullable: "`{{table}}` lets {{columns}} be null, and means nothing by it: a filter passes such a row over, and code that counts on a value fails. {{remedy}}",
      makeRequired: "Take the `?` from {{columns}}.",
    },
    schema: [],
    languages: ["js/js", "hardening/prisma", "hardening/sql"],
  },
  create(context) {
    const source = context.sourceCode;
    return eachTable(context, (table) => {
      const columns = needlesslyNullable(table);
      if (columns.length === 0) return;
      const edits = columns.map((column) => makeRequired(column, source)).filter((edit) => edit !== null);
      const names = namesOf(columns);
      context.report({
        loc: locationOf(table.at, source),
        messageId: "nullable",
        data: { table: table.model, columns: names, remedy: remedies[schemaLanguage(source)](table, columns) },
        suggest: edits.length === columns.length ? [{ messageId: "makeRequired", data: { columns: names }, fix: together(...edits) }] : null,
      });
    });
  },
});
