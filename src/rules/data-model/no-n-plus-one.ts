import type { TSESTree } from "@typescript-eslint/utils";

import { createRule } from "../../create-rule.js";
import { isBackgroundFile } from "../../semantics/entries/background-work.js";
import { serverSide } from "../../semantics/program/file-role.js";
import { operationIn } from "../../semantics/queries/query-names.js";
import { mayBeQuery, queryAt } from "../../semantics/queries/queries.js";
import { mayBeCalledHere, repeatedCallAt, repeatedReadAt, type RepeatedQuery, repeatedWriteAt } from "../../semantics/queries/repeated-queries.js";
import { repetitionsAround } from "../../semantics/program/repetition.js";
import { reachesOut } from "../../syntax/outside.js";

type Options = [{ writes: boolean; otherWork: boolean; lists: boolean }];
type MessageId = "read" | "call" | "write";

const repeats = /\bfor\s*(?:await\s*)?\(|\.(?:map|flatMap|forEach)\s*\(/;

const costOfReads: Readonly<Record<RepeatedQuery["timing"], string>> = {
  "in-turn": "waits for a hundred queries",
  "at-once": "sends a hundred queries at once, and they take the connections that other requests need",
  "in-transaction": "waits for a hundred queries",
};

const costOfWrites: Readonly<Record<RepeatedQuery["timing"], string>> = {
  "in-turn": ", and a failure half way leaves the rest undone",
  "at-once": ", and where one fails, others are written all the same",
  "in-transaction": ": a list of a hundred waits for a hundred statements",
};

/** What the one query has to ask as well, and what tells its rows apart. */
function othersSaid({ differing, same }: RepeatedQuery["others"]): string {
  const apart = differing.length === 0 ? "" : `, and tell them apart by ${differing.map((name) => `\`${name}\``).join(" and ")}`;
  return `${same ? " beside its other conditions" : ""}${apart}`;
}

/** The last word of what is called. */
function wordOf(node: TSESTree.Node): TSESTree.Node {
  if (node.type === "CallExpression") return wordOf(node.callee);
  return node.type === "MemberExpression" ? node.property : node;
}

export default createRule<Options, MessageId>({
  name: "no-n-plus-one",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow a query for each item of a list where one query could ask for all of them",
      concern: "data-model",
      presets: { strict: ["error", { writes: true, otherWork: true, lists: true }] },
      urgency: "next",
    },
    messages: {
      read: "Each item of `{{list}}` costs a round trip to the database: a list of a hundred {{cost}}. Read the `{{model}}` rows once, before the loop, with `{{among}}`{{others}}.",
      call: "`{{name}}` asks the database for one `{{model}}` row, and runs for each item of `{{list}}`: a list of a hundred {{cost}}. Read the rows once, before the loop, with `{{among}}`{{others}}.",
      write: "Each item of `{{list}}` costs a round trip to the database{{cost}}. Write the `{{model}}` rows in one statement.",
    },
    schema: [
      {
        type: "object",
        additionalProperties: false,
        properties: {
          writes: { type: "boolean", description: "Whether to report writes in loops that one statement could do for all items." },
          lists: { type: "boolean", description: "Whether to report reads in loops of all rows that belong to the item, beside reads of one row." },
          otherWork: { type: "boolean", description: "Whether to report reads in loops whose items wait for other work as well: writes, calls of other services." },
        },
      },
    ],
    defaultOptions: [{ writes: false, otherWork: false, lists: false }],
  },
  runsIn: serverSide,
  create(context, [{ writes, otherWork, lists }]) {
    const { sourceCode } = context;
    if (!reachesOut(sourceCode) || !repeats.test(sourceCode.text) || isBackgroundFile(sourceCode)) return {};

    const reported = new Set<string>();

    function report(messageId: MessageId, { query, repetition, column, others, node, amongOtherWork, timing }: RepeatedQuery): void {
      if (amongOtherWork && !otherWork) return;
      // Whoever asks for all items of a loop at once rewrites it as a whole.
      const key = repetition.node.range.join();
      if (reported.size === reported.add(key).size) return;

      const word = wordOf(messageId === "call" ? node : operationIn(query));
      const list = sourceCode.getText(repetition.list).replaceAll(/\s+/g, " ");
      const data = {
        name: sourceCode.getText(word),
        model: query.model ?? "wanted",
        list: list.length > 40 ? `${list.slice(0, 39)}…` : list,
        among: query.among.replace("{column}", column),
        cost: (messageId === "write" ? costOfWrites : costOfReads)[timing] + (amongOtherWork ? ", beside the other work that each waits for" : ""),
        others: othersSaid(others),
      };
      context.report({ node: word, messageId, data });
    }

    return {
      CallExpression(node) {
        if (!mayBeQuery(node, sourceCode) && !mayBeCalledHere(node)) return;
        const around = repetitionsAround(node, sourceCode);
        if (around === "open" || around.length === 0) return;
        const query = queryAt(node, sourceCode);
        const read = query && repeatedReadAt(query, lists, sourceCode);
        const write = query && !read && writes ? repeatedWriteAt(query, sourceCode) : null;
        const call = query ? null : repeatedCallAt(node, sourceCode);
        if (read) report("read", read);
        else if (write) report("write", write);
        else if (call) report("call", call);
      },
    };
  },
});
