import { createRule } from "../../create-rule.js";
import { serverSide } from "../../semantics/program/file-role.js";
import { type LooseQuery, looseQueriesIn, mayHaveLooseQueries } from "../../semantics/queries/loose-queries.js";
import { calleeText, nameOfQuery } from "../../semantics/queries/query-names.js";

type MessageId = "loose" | "unguarded";

/** What tells whose a row is. */
function ownerText({ presence, column, of, isPerson }: LooseQuery["ownership"]): string {
  if (presence !== "found") return "the owner";
  if (isPerson) return of === null ? "its key" : `the \`${of}\` that it points at`;
  if (column !== null) return of === null ? `its \`${column}\`` : `the \`${column}\` of its \`${of}\``;
  return of === null ? "its members" : `the members of its \`${of}\``;
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
        "Anybody who is signed in can {{act}} another user's `{{model}}` by sending its `{{key}}`: `{{principal}}` is only asked whether it is there. Compare {{owner}} with `{{principal}}`, in the filter or before.",
      unguarded:
        "Anybody who is signed in can {{act}} another user's `{{model}}` by sending its `{{key}}`: the guards here ask only whether somebody is signed in. Hand the user on to `{{call}}` and compare {{owner}} with them, or guard the route by whose row it is.",
    },
    schema: [],
  },
  runsIn: serverSide,
  create(context) {
    const { sourceCode } = context;
    if (!mayHaveLooseQueries(sourceCode)) return {};

    function report({ query, key, act, node, through, principal, ownership }: LooseQuery): void {
      const model = query.model ?? "row";
      const owner = ownerText(ownership);
      if (principal !== null) context.report({ node, messageId: "loose", data: { act, model, key, principal, owner } });
      else context.report({ node, messageId: "unguarded", data: { act, model, key, owner, call: through ? calleeText(through.callee, sourceCode) : nameOfQuery(query, sourceCode) } });
    }

    return {
      "Program:exit"() {
        for (const loose of looseQueriesIn(sourceCode)) report(loose);
      },
    };
  },
});
