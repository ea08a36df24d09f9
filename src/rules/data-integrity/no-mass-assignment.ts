import { createRule } from "../../create-rule.js";
import { mayReachDatabase } from "../../semantics/queries/databases.js";
import { ofServedRequests } from "../../semantics/program/file-role.js";
import { type MassAssignment, massAssignmentsIn, mayAssignBodies } from "../../semantics/queries/mass-assignments.js";

type MessageId = "assigned";

export default createRule<[], MessageId>({
  name: "no-mass-assignment",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow writing a request's body to a row as it came",
      concern: "data-integrity",
      presets: { recommended: "warn", strict: "error" },
      urgency: "now",
    },
    messages: {
      assigned: "`{{body}}` is written as it came: whoever sends the request sets any column of `{{model}}`{{column}}. Write the fields that may be sent, or parse it with a schema that drops the rest.",
    },
    schema: [],
  },
  runsIn: ofServedRequests,
  create(context) {
    const { sourceCode } = context;
    if (!mayAssignBodies(sourceCode) || !mayReachDatabase(sourceCode)) return {};

    function report({ node, body, query, column }: MassAssignment): void {
      const data = { body, model: query.model ?? "the table", column: column === null ? "" : `, \`${column}\` included` };
      context.report({ node, messageId: "assigned", data });
    }

    return {
      "Program:exit"() {
        for (const assignment of massAssignmentsIn(sourceCode)) report(assignment);
      },
    };
  },
});
