import { createRule } from "../../create-rule.js";
import { serverSide } from "../../semantics/program/file-role.js";
import { type LooseQuery, looseQueriesIn, mayHaveLooseQueries } from "../../semantics/queries/loose-queries.js";
import { policyHelperFor } from "../../semantics/queries/policy-helpers.js";
import { isPersonKey } from "../../semantics/auth/policies.js";
import { nameOfQuery } from "../../semantics/queries/query-names.js";
import { calleeText } from "../../syntax/callee-text.js";

type MessageId = "loose" | "unguarded";

/** What tells whose a row is. */
function ownerText({ presence, column, of, isPerson }: LooseQuery["ownership"]): string {
  if (presence !== "found") return "its owner";
  if (isPerson) return of === null ? "its key" : `the key of the \`${of}\` row that it leads to`;
  if (column !== null) return of === null ? `its \`${column}\`` : `the \`${column}\` of its \`${of}\``;
  return of === null ? "its members" : `the members of its \`${of}\``;
}

/** What of who is signed in that is held against. */
function signedInText({ presence, column, isPerson }: LooseQuery["ownership"]): string {
  if (presence !== "found" || (column === null && !isPerson)) return "who is signed in";
  return isPerson || (column !== null && isPersonKey(column)) ? "the id of who is signed in" : "that of who is signed in";
}

export default createRule<[], MessageId>({
  name: "require-authorization",
  meta: {
    type: "problem",
    docs: {
      description: "Require that who is signed in may see or change the row whose key they send",
      concern: "auth",
      presets: { recommended: "error", strict: "error" },
      urgency: "now",
    },
    messages: {
      loose:
        "Anybody who is signed in can {{act}} another user's `{{model}}` by sending its `{{key}}`: `{{principal}}` is only asked whether it is there. {{remedy}}.",
      unguarded:
        "Anybody who is signed in can {{act}} another user's `{{model}}` by sending its `{{key}}`: the guards here ask only whether somebody is signed in. Hand the user on to `{{call}}` and compare {{owner}} with them, or guard the route by whose row it is.",
    },
    schema: [],
  },
  runsIn: serverSide,
  create(context) {
    const { sourceCode } = context;
    if (!mayHaveLooseQueries(sourceCode)) return {};

    function report(loose: LooseQuery): void {
      const { query, key, node, through, principal, ownership } = loose;
      const model = query.model ?? "row";
      const owner = ownerText(ownership);
      const act = query.kind.startsWith("delete") ? "delete" : loose.act;
      const helper = principal === null ? null : policyHelperFor(loose, sourceCode);
      const remedy = helper === null ? `Compare ${owner} with ${signedInText(ownership)}, in the filter or before` : `Ask \`${helper}\` first, as other code does`;
      if (principal !== null) context.report({ node, messageId: "loose", data: { act, model, key, principal, remedy } });
      else context.report({ node, messageId: "unguarded", data: { act, model, key, owner, call: through ? calleeText(through.callee, sourceCode) : nameOfQuery(query, sourceCode) } });
    }

    return {
      "Program:exit"() {
        for (const loose of looseQueriesIn(sourceCode)) report(loose);
      },
    };
  },
});
