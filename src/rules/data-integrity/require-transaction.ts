import type { TSESTree } from "@typescript-eslint/utils";

import { createRule } from "../../create-rule.js";
import { isBackgroundFile } from "../../semantics/entries/background-work.js";
import { mayReachDatabase } from "../../semantics/queries/databases.js";
import { ofRequests } from "../../semantics/program/file-role.js";
import { operationIn } from "../../semantics/queries/query-names.js";
import { dependentCreatesIn, parallelCreatesIn, parallelDeletesIn, type WritePair } from "../../semantics/queries/write-sequences.js";
import { hasCallsNamed } from "../../syntax/nodes.js";

type Options = [{ creates: boolean; deletes: boolean; tolerated: boolean }];
type MessageId = "orphan" | "creates" | "deletes";

const statements = /\binsert\s+into\b/gi;
const creating: ReadonlySet<string> = new Set(["create", "createMany", "createManyAndReturn", "bulkCreate", "insert", "insertOne", "insertMany", "save"]);
const deleting: ReadonlySet<string> = new Set(["delete", "deleteOne", "deleteMany", "destroy", "remove", "softDelete", "softRemove"]);

const saysTwice = (pattern: RegExp, text: string): boolean => (text.match(pattern)?.length ?? 0) > 1;

/** The last word of what is called: where the write is read. */
const wordOf = (node: TSESTree.Node): TSESTree.Node => (node.type === "MemberExpression" ? node.property : node);

export default createRule<Options, MessageId>({
  name: "require-transaction",
  meta: {
    type: "problem",
    docs: {
      description: "Require a transaction around writes that are only right together",
      concern: "data-integrity",
      presets: { recommended: "warn", strict: ["error", { deletes: true, tolerated: true }] },
      urgency: "next",
    },
    messages: {
      orphan: "When this fails, the `{{first}}` row that was created before stays behind without its `{{later}}`. {{atomic}}",
      creates: "When this fails, the `{{first}}` row for the same key has been created and `{{later}}` has not. {{atomic}}",
      deletes: "When this fails, the `{{first}}` rows are gone and those of `{{later}}` are not. {{atomic}}",
    },
    schema: [
      {
        type: "object",
        additionalProperties: false,
        properties: {
          creates: { type: "boolean", description: "Whether to report creates in different tables that are given the same key." },
          deletes: { type: "boolean", description: "Whether to report deletes from different tables that pick their rows by the same key." },
          tolerated: { type: "boolean", description: "Whether to report rows left behind where that may be meant: each is let fail by itself, or is never seen without the other." },
        },
      },
    ],
    defaultOptions: [{ creates: false, deletes: false, tolerated: false }],
  },
  runsIn: ofRequests,
  create(context, [options]) {
    const { sourceCode } = context;
    const { text } = sourceCode;
    const mayCreate = hasCallsNamed(sourceCode, (name) => creating.has(name), 2) || saysTwice(statements, text);
    // What cleans up by a clock does so again the next time.
    const mayDelete = options.deletes && hasCallsNamed(sourceCode, (name) => deleting.has(name), 2) && !isBackgroundFile(sourceCode);
    if ((!mayCreate && !mayDelete) || !mayReachDatabase(sourceCode)) return {};

    function report(messageId: MessageId, { first, later, together }: WritePair): void {
      const data = { first: first.model ?? "first", later: later.model ?? "second", atomic: together };
      context.report({ node: wordOf(operationIn(later)), messageId, data });
    }

    return {
      Program() {
        const reported = new Set<unknown>();
        const all: [MessageId, WritePair[]][] = [
          ["orphan", mayCreate ? dependentCreatesIn(sourceCode).filter(({ tolerated }) => options.tolerated || !tolerated) : []],
          ["creates", mayCreate && options.creates ? parallelCreatesIn(sourceCode) : []],
          ["deletes", mayDelete ? parallelDeletesIn(sourceCode) : []],
        ];
        for (const [messageId, pairs] of all) {
          for (const pair of pairs) if (reported.size !== reported.add(pair.fn).size) report(messageId, pair);
        }
      },
    };
  },
});
