import { createRule } from "../../create-rule.js";
import { uniqueInCode } from "../../semantics/schema/declared.js";
import { sharedLogin } from "../../semantics/schema/logins.js";
import { eachTable, isPrismaFile, locationOf } from "../../semantics/schema/tables.js";

type MessageId = "shared" | "sought" | "makeUnique";

export default createRule<[], MessageId>({
  name: "require-unique-login",
  meta: {
    type: "problem",
    docs: {
      description: "Require what people sign in with to be unique in the database",
      concern: "data-integrity",
      presets: { recommended: "error", strict: "error" },
      urgency: "now",
    },
    hasSuggestions: true,
    messages: {
      shared:
        "Nothing keeps two rows of `{{table}}` from having the same `{{column}}`: two sign-ups at once make two accounts, and the next sign-in finds either. {{remedy}}",
      sought:
        "Code finds one row of `{{table}}` by its `{{column}}`, and nothing keeps two of them from having the same: two sign-ups at once make two accounts, and what is meant for one of them goes to either. {{remedy}}",
      makeUnique: "Add `{{unique}}`.",
    },
    schema: [],
    languages: ["js/js", "hardening/prisma", "hardening/sql"],
  },
  create(context) {
    return eachTable(context, (table) => {
      const login = sharedLogin(table, context.sourceCode);
      if (!login) return;
      const { column, isOnly } = login;
      const unique = isPrismaFile(context.sourceCode) ? { text: " @unique", append: true } : uniqueInCode(table);
      const index = `CREATE UNIQUE INDEX ON ${table.name} (lower(${column.name}));`;
      context.report({
        loc: locationOf(column.at, context.sourceCode),
        messageId: isOnly ? "shared" : "sought",
        data: { table: table.model, column: column.field, remedy: unique ? `Make it \`${unique.text.trim()}\`.` : `Add a migration: \`${index}\`` },
        suggest: unique?.append
          ? [{ messageId: "makeUnique", data: { unique: unique.text.trim() }, fix: (fixer) => fixer.insertTextAfterRange([...column.whole.range], unique.text) }]
          : null,
      });
    });
  },
});
