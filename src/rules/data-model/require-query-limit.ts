import { createRule } from "../../create-rule.js";
import { isBackgroundFile } from "../../semantics/entries/background-work.js";
import { serverSide } from "../../semantics/program/file-role.js";
import { type LongList, longListsIn } from "../../semantics/queries/long-lists.js";
import { operationIn } from "../../semantics/queries/query-names.js";
import { reachesOut } from "../../syntax/outside.js";

type MessageId = "endless" | "cut";

const lists = /\.(?:findMany|findAll|findBy|getMany|getRawMany|toArray|exec|execute)\s*\(|\.find\s*\(\s*(?:\)|\{)|\.select\w*\s*\(|\.from\s*\(|\.query\b/;

export default createRule<[], MessageId>({
  name: "require-query-limit",
  meta: {
    type: "suggestion",
    docs: {
      description: "Require queries for lists to say how many rows they want",
      concern: "data-model",
      presets: {},
      urgency: "later",
    },
    messages: {
      endless: "This reads every row of `{{model}}`: fast today, and slower with each that is added. Page through it, with {{limit}}, or have the database add it up.",
      cut: "This gives the first {{rows}} rows of `{{model}}`, and says nothing of the rest. Page through it, with {{limit}}.",
    },
    schema: [],
  },
  runsIn: serverSide,
  create(context) {
    const { sourceCode } = context;
    if (!reachesOut(sourceCode) || !lists.test(sourceCode.text) || isBackgroundFile(sourceCode)) return {};

    function report({ query, limit, stopsAt }: LongList): void {
      const node = operationIn(query);
      const model = query.model ?? "the table";
      if (stopsAt === null) context.report({ node, messageId: "endless", data: { model, limit } });
      else context.report({ node, messageId: "cut", data: { model, limit, rows: stopsAt } });
    }

    return {
      Program() {
        for (const list of longListsIn(sourceCode)) report(list);
      },
    };
  },
});
