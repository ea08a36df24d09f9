import { createRule } from "../../create-rule.js";
import { mayReachDatabase } from "../../semantics/queries/databases.js";
import { ofRequests } from "../../semantics/program/file-role.js";
import { mayFilterByUndefined, type UndefinedFilter, undefinedFiltersIn } from "../../semantics/queries/undefined-filters.js";
import { hasCallsNamed } from "../../syntax/nodes.js";

type MessageId = "everybody" | "others" | "all";

const filtering = /^(?:find\w*By|delete|softDelete|update|count\w*)$/;

const actOf = ({ query: { effect, kind } }: UndefinedFilter): string => (effect !== "write" ? "reads" : kind.startsWith("delete") ? "deletes" : "changes");

export default createRule<[], MessageId>({
  name: "no-undefined-filter",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow filters that mean everybody's rows as soon as a value is missing",
      concern: "data-integrity",
      presets: { strict: "error" },
      urgency: "now",
    },
    messages: {
      everybody: "Without `{{value}}`, the condition on `{{column}}` is left out, and this {{act}} the `{{model}}` rows of everybody. Require it, or throw where it is missing.",
      others: "Callers may leave `{{value}}` out, and the condition on `{{column}}` with it: this then {{act}} `{{model}}` rows whoever they belong to. Require it, or throw where it is missing.",
      all: "Without `{{value}}`, nothing is left of the filter, and this {{act}} every `{{model}}` row. Throw where it is missing.",
    },
    schema: [],
  },
  runsIn: ofRequests,
  create(context) {
    const { sourceCode } = context;
    if (!(sourceCode.text.includes("where") || hasCallsNamed(sourceCode, (name) => filtering.test(name))) || !mayReachDatabase(sourceCode) || !mayFilterByUndefined(sourceCode)) return {};

    function report(defect: UndefinedFilter): void {
      const { query, column, value, node, isAll } = defect;
      const data = { value, column, act: actOf(defect), model: query.model ?? "its" };
      if (isAll && query.effect === "write") context.report({ node, messageId: "all", data: { value: data.value, act: data.act, model: data.model } });
      else context.report({ node, messageId: defect.isSeen ? "everybody" : "others", data });
    }

    return {
      Program() {
        for (const defect of undefinedFiltersIn(sourceCode)) report(defect);
      },
    };
  },
});
