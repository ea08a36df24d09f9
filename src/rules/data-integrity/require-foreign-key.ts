import { createRule } from "../../create-rule.js";
import { referenceInCode } from "../../semantics/schema/declared.js";
import { isDeleted } from "../../semantics/schema/deletions.js";
import { looseReference, usualDeletion } from "../../semantics/schema/references.js";
import { hasRows } from "../../semantics/schema/rows.js";
import { eachColumn, isPrismaFile, locationOf } from "../../semantics/schema/tables.js";

const inPrisma = { cascade: "Cascade", "set null": "SetNull" } as const;

export default createRule<[], "loose" | "looseField" | "looseInCode">({
  name: "require-foreign-key",
  meta: {
    type: "problem",
    docs: {
      description: "Require a foreign key, or a relation, for a column that names the rows of another table",
      concern: "data-integrity",
      presets: { strict: "error" },
      urgency: "next",
    },
    messages: {
      loose:
        "`{{column}}` names a row of `{{target}}`, and no foreign key ties the two, as it does in other tables: when that row is deleted, this one is left behind and names nothing. Add a migration with `FOREIGN KEY ({{column}}) REFERENCES {{target}}{{action}}`.",
      looseField:
        "`{{column}}` names a row of `{{target}}`, and no foreign key ties the two, as it does in other tables: when that row is deleted, this one is left behind and names nothing. Add a relation with `@relation(fields: [{{column}}], references: [{{key}}]{{action}})`.",
      looseInCode: "`{{column}}` names a row of `{{target}}`, and no foreign key ties the two, as it does in other tables: when that row is deleted, this one is left behind and names nothing. Add `{{reference}}`.",
    },
    schema: [],
    languages: ["js/js", "hardening/prisma", "hardening/sql"],
  },
  create(context) {
    const source = context.sourceCode;
    return eachColumn(context, (column, table, schema) => {
      const target = looseReference(column, table, schema);
      if (!target || !isDeleted(target, schema, source) || !hasRows(table, source)) return;
      const loc = locationOf(column.at, source);
      const action = usualDeletion(column, target, schema);
      const reference = referenceInCode(column, table, target, action);
      const key = target.primaryKey?.columns[0] ?? "";
      if (reference !== null) {
        context.report({ loc, messageId: "looseInCode", data: { column: column.field, target: target.model, reference } });
      } else if (isPrismaFile(source)) {
        const field = target.columns.find(({ name }) => name === key)?.field ?? key;
        context.report({ loc, messageId: "looseField", data: { column: column.field, target: target.model, key: field, action: action === null ? "" : `, onDelete: ${inPrisma[action]}` } });
      } else {
        context.report({ loc, messageId: "loose", data: { column: column.name, target: target.name, action: action === null ? "" : ` ON DELETE ${action.toUpperCase()}` } });
      }
    });
  },
});
