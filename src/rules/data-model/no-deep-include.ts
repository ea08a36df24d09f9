import { createRule } from "../../create-rule.js";
import { mayReachDatabase } from "../../semantics/queries/databases.js";
import { type Inclusion, inclusionsIn } from "../../semantics/queries/deep-includes.js";
import { ofRequests } from "../../semantics/program/file-role.js";
import { operationIn } from "../../semantics/queries/query-names.js";

type Options = [{ depth: number; joins: number }];
type MessageId = "deep" | "wide";

const brings = /\b(?:include|with|relations|populate)\s*:|\.(?:left|right|inner|full|cross)?Join\w*\s*\(|\.populate\s*\(|\.select\s*\(\s*["'`]|\.(?:innerJoin|leftJoin|join)\s*\(\s*[a-z]\w*\s*,/;

export default createRule<Options, MessageId>({
  name: "no-deep-include",
  meta: {
    type: "suggestion",
    docs: {
      description: "Disallow queries that bring lists of lists through too many tables",
      concern: "data-model",
      presets: { strict: "error" },
      urgency: "later",
    },
    messages: {
      deep: "This query goes {{depth}} relations deep (`{{way}}`), with lists in lists: it reads more with each row of each. Ask for the inner lists in a query of their own, or have the database add them up.",
      wide: "This query joins {{joins}} tables: nobody can say any more which index it uses, or why a row is missing. Split it, or make a view of it.",
    },
    schema: [
      {
        type: "object",
        additionalProperties: false,
        properties: {
          depth: { type: "integer", minimum: 1, description: "How many relations deep a query may go." },
          joins: { type: "integer", minimum: 1, description: "How many tables a query may join." },
        },
      },
    ],
    defaultOptions: [{ depth: 3, joins: 6 }],
  },
  runsIn: ofRequests,
  create(context, [{ depth, joins }]) {
    const { sourceCode } = context;
    if (!brings.test(sourceCode.text) || !mayReachDatabase(sourceCode)) return {};

    function report({ query, way, node, lists, joins: joined }: Inclusion): void {
      if (way.length > depth && lists > 1) context.report({ node, messageId: "deep", data: { depth: String(way.length), way: way.join(".") } });
      else if (joined > joins) context.report({ node: operationIn(query), messageId: "wide", data: { joins: String(joined) } });
    }

    return {
      Program() {
        for (const inclusion of inclusionsIn(sourceCode)) report(inclusion);
      },
    };
  },
});
