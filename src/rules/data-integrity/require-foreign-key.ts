import { createRule } from "../../create-rule.js";
import { referenceInCode } from "../../semantics/schema/declared.js";
import { looseReference } from "../../semantics/schema/references.js";
import { eachColumn, isPrismaFile, locationOf } from "../../semantics/schema/tables.js";

export default createRule<[], "loose" | "looseField" | "looseInCode">({
  name: "require-foreign-key",
  meta: {
    type: "problem",
    docs: {
      description: "Require a foreign key, or a relation, for a column that names the rows of another table",
      concern: "data-integrity",
      presets: {},
      urgency: "next",
    },
    messages: {
      loose:
        "Nothing keeps the row of `{{target}}` there that `{{column}}` names: when it is deleted, or never was, this one names nothing. Add a migration with `FOREIGN KEY ({{column}}) REFERENCES {{target}}`.",
      looseField:
        "Nothing keeps the row of `{{target}}` there that `{{column}}` names: when it is deleted, or never was, this one names nothing. Add a relation with `@relation(fields: [{{column}}], references: [{{key}}])`.",
      looseInCode: "Nothing keeps the row of `{{target}}` there that `{{column}}` names: when it is deleted, or never was, this one names nothing. Add `{{reference}}`.",
    },
    schema: [],
    languages: ["js/js", "hardening/prisma", "hardening/sql"],
  },
  create(context) {
    const source = context.sourceCode;
    return eachColumn(context, (column, table, schema) => {
      const target = looseReference(column, table, schema);
      if (!target) return;
      const loc = locationOf(column.at, source);
      const reference = referenceInCode(column, table, target);
      const key = target.primaryKey?.columns[0] ?? "";
      if (reference !== null) {
        context.report({ loc, messageId: "looseInCode", data: { column: column.field, target: target.model, reference } });
      } else if (isPrismaFile(source)) {
        const field = target.columns.find(({ name }) => name === key)?.field ?? key;
        context.report({ loc, messageId: "looseField", data: { column: column.field, target: target.model, key: field } });
      } else {
        context.report({ loc, messageId: "loose", data: { column: column.name, target: target.name } });
      }
    });
  },
});
