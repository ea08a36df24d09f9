import { createRule } from "../../create-rule.js";
import type { Policy } from "../../semantics/schema/model.js";
import { type PolicyTest, testFor } from "../../semantics/schema/policy-tests.js";
import { isServed, openingOf, trustsOwnWord } from "../../semantics/schema/row-security.js";
import { eachPolicy, locationOf } from "../../semantics/schema/tables.js";

type Options = [{ insert: boolean }];
type MessageId = "open" | "openToAll" | "openInsert" | "openInsertToAll" | "forgeable";

const deeds = { all: "add, change and delete rows", update: "change every row", delete: "delete every row", insert: "add rows", select: "read every row" };

/** What a policy may say instead: by a column that is there for it, as the project's other policies do, or by a role. */
function adviceFor({ command }: Policy, { of, condition, origin }: PolicyTest): string {
  const clause = `\`${command === "insert" ? "WITH CHECK" : "USING"} (${condition})\``;
  const asOthers = origin === "policies" ? ", as other policies do" : "";
  if (of === "person") return `who may: ${clause}${asOthers}`;
  return origin === "guess" ? `whose rows, by the column that tells: ${clause}` : `whose rows: ${clause}${asOthers}`;
}

export default createRule<Options, MessageId>({
  name: "no-permissive-rls-policy",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow policies that let everybody change every row",
      concern: "data-integrity",
      presets: { recommended: "error", strict: ["error", { insert: true }] },
      urgency: "now",
    },
    messages: {
      openToAll:
        "This policy lets anybody {{deed}} of `{{table}}`, without signing in. In a new migration, drop it for one that says {{advice}}; or who: `TO service_role`.",
      open:
        "This policy lets anybody who signs in {{deed}} of `{{table}}`. In a new migration, drop it for one that says {{advice}}.",
      openInsertToAll:
        "This policy lets anybody add rows to `{{table}}`, without signing in. In a new migration, drop it for one that says {{advice}}; or who: `TO service_role`.",
      openInsert:
        "This policy lets anybody who signs in add rows to `{{table}}`. In a new migration, drop it for one that says {{advice}}.",
      forgeable:
        "This policy of `{{table}}` trusts `user_metadata`, which all users can write for themselves. Keep in `app_metadata`, or in a table, what decides who may do what.",
    },
    schema: [
      {
        type: "object",
        additionalProperties: false,
        properties: { insert: { type: "boolean", description: "Whether to report policies that let everybody add rows." } },
      },
    ],
    defaultOptions: [{ insert: false }],
    languages: ["hardening/sql"],
  },
  create(context, [{ insert }]) {
    const source = context.sourceCode;

    function faultIn(policy: Policy): MessageId | null {
      if (trustsOwnWord(policy)) return "forgeable";
      const opening = openingOf(policy);
      if (!opening || (opening.command === "insert" && !insert)) return null;
      if (opening.command === "insert") return opening.isAnonymous ? "openInsertToAll" : "openInsert";
      return opening.isAnonymous ? "openToAll" : "open";
    }

    return eachPolicy(context, (policy, table, schema) => {
      if (table.rowSecurity === "off" || !isServed(table, source)) return;
      const messageId = faultIn(policy);
      if (!messageId) return;
      const data = { table: table.name, advice: adviceFor(policy, testFor(table, schema)), deed: deeds[policy.command] };
      context.report({ loc: locationOf(policy.at, source), messageId, data });
    });
  },
});
