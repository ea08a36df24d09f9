import { createRule } from "../../create-rule.js";
import { changeType, schemaLanguage } from "../../semantics/schema/edits.js";
import { holdsMoney } from "../../semantics/schema/money.js";
import { eachColumn, locationOf } from "../../semantics/schema/tables.js";
import { isSummed } from "../../semantics/schema/uses.js";

type MessageId = "inexact" | "useDecimal";

const remedies = {
  prisma: "Make it `Decimal`, or an `Int` of cents.",
  sql: "Change it in a migration to `numeric(12, 2)`, or to an integer of cents.",
  code: "Make it a decimal, or an integer of cents.",
};

export default createRule<[], MessageId>({
  name: "no-float-money",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow sums of money in floating-point columns",
      concern: "data-integrity",
      presets: {},
      urgency: "next",
    },
    hasSuggestions: true,
    messages: {
      inexact: "`{{column}}` keeps money in a float, which has no 0.10: sums over `{{table}}` come out a cent off, and two equal amounts are not equal. {{remedy}}",
      useDecimal: "Make it `Decimal`.",
    },
    schema: [],
    languages: ["js/js", "hardening/prisma", "hardening/sql"],
  },
  create(context) {
    const source = context.sourceCode;
    return eachColumn(context, (column, table, { dialect }) => {
      // SQLite has nothing else for fractions.
      if (column.family !== "float" || column.isList || dialect === "sqlite" || !holdsMoney(column, table) || !isSummed(column, source)) return;
      // What says which kind of float it is does not fit a decimal, and MongoDB has none.
      const hasNative = source.text.slice(...column.whole.range).includes("@db.");
      const fix = hasNative || dialect === "mongodb" ? null : changeType(column, "Decimal", source);
      context.report({
        loc: locationOf(column.at, source),
        messageId: "inexact",
        data: { column: column.field, table: table.model, remedy: remedies[schemaLanguage(source)] },
        suggest: fix && [{ messageId: "useDecimal", fix }],
      });
    });
  },
});
