import { createRule } from "../../create-rule.js";
import { serverSide } from "../../semantics/program/file-role.js";
import { type FilteredList, filteredListsIn } from "../../semantics/queries/long-lists.js";
import { reachesOut } from "../../syntax/outside.js";

type MessageId = FilteredList["does"];

const takesPart = /\.(?:filter|find|findLast|some)\s*\(|\.length\b/;
const lists = /\.(?:findMany|findAll|findBy|getMany|getRawMany|toArray|exec|execute)\s*\(|\.find\s*\(\s*(?:\)|\{)|\.select\w*\s*\(|\.from\s*\(|\.query\b/;

export default createRule<[], MessageId>({
  name: "no-filter-after-fetch",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow reading a whole table for a part of its rows",
      concern: "data-model",
      presets: { strict: "error" },
      urgency: "next",
    },
    messages: {
      pick: "Every row of `{{model}}` is read, and most are thrown away here: slower with each row that is added. Move the condition into the query.",
      find: "Every row of `{{model}}` is read to find one: slower with each row that is added. Ask the database for that row.",
      count: "Every row of `{{model}}` is read to be counted: slower with each row that is added. Have the database count them.",
    },
    schema: [],
  },
  runsIn: serverSide,
  create(context) {
    const { sourceCode } = context;
    const { text } = sourceCode;
    if (!reachesOut(sourceCode) || !text.includes("await") || !takesPart.test(text) || !lists.test(text)) return {};

    const report = ({ query, node, does }: FilteredList): void => context.report({ node, messageId: does, data: { model: query.model ?? "the table" } });

    return {
      Program() {
        for (const list of filteredListsIn(sourceCode)) report(list);
      },
    };
  },
});
