import { createRule } from "../../create-rule.js";
import { lastingDuplicatesOf, ownerColumnOf } from "../../semantics/schema/duplicates.js";
import { addModelAttribute, schemaLanguage } from "../../semantics/schema/edits.js";
import { qualifiedName } from "../../semantics/schema/names.js";
import { eachColumn, locationOf } from "../../semantics/schema/tables.js";

type MessageId = "pair" | "address" | "secret" | "makeUnique";

const remedies = {
  prisma: (_table: string, columns: string) => `Add \`@@unique([${columns}])\``,
  sql: (table: string, columns: string) => `Add a migration with \`CREATE UNIQUE INDEX ON ${table} (${columns});\``,
  code: (_table: string, columns: string) => `Make \`${columns}\` unique`,
};

export default createRule<[], MessageId>({
  name: "require-unique-constraint",
  meta: {
    type: "problem",
    docs: {
      description: "Require what one row is found by to be unique in the database",
      concern: "data-integrity",
      presets: { strict: "error" },
      urgency: "next",
    },
    hasSuggestions: true,
    messages: {
      pair: "Nothing keeps the same {{columns}} from being in `{{table}}` twice: two requests at once add both rows, and lists and counts show both. {{remedy}}",
      address: "Nothing keeps two rows of `{{table}}` from having the same {{columns}}: the page at that address then shows either of them. {{remedy}}",
      secret: "Nothing keeps two rows of `{{table}}` from having the same {{columns}}, and each request that carries one reads the whole table to find it. {{remedy}}",
      makeUnique: "Add `{{unique}}`.",
    },
    schema: [],
    languages: ["js/js", "hardening/prisma", "hardening/sql"],
  },
  create(context) {
    const source = context.sourceCode;
    return eachColumn(context, (column, table) => {
      const found = lastingDuplicatesOf(table, source).find(({ columns: [first] }) => first === column);
      if (!found) return;
      const names = found.columns.map(({ field }) => field);
      const unique = `@@unique([${names.join(", ")}])`;
      // An address may be free in each team, and that is for its author to say.
      const owner = found.kind === "address" ? ownerColumnOf(table) : null;
      const fix = owner === null ? addModelAttribute(table, unique, source) : null;
      const remedyFor = (columns: readonly string[]): string => remedies[schemaLanguage(source)](qualifiedName(table), columns.join(", "));
      const remedy = owner === null ? `${remedyFor(names)}.` : `${remedyFor([owner, ...names])}, or without \`${owner}\` where the address does not say whose it is.`;
      context.report({
        loc: locationOf(column.at, source),
        messageId: found.kind,
        data: { table: table.model, columns: names.map((name) => `\`${name}\``).join(" and "), remedy },
        suggest: fix && [{ messageId: "makeUnique", data: { unique }, fix }],
      });
    });
  },
});
