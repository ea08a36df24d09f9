import { createRule } from "../../create-rule.js";
import { mayReachDatabase } from "../../semantics/queries/databases.js";
import { ofRequests } from "../../semantics/program/file-role.js";
import { type ReadModifyWrite, readModifyWritesIn } from "../../semantics/queries/read-modify-writes.js";
import { hasCallsNamed } from "../../syntax/nodes.js";

type MessageId = "lost" | "writeChange";

const reads = /^(?:find(?:[A-Z]\w*)?|select\w*|query|getOne\w*)$/;
const changes = /^(?:update\w*|save|set)$/;

export default createRule<[], MessageId>({
  name: "no-read-modify-write",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow writing back a number that was read and changed in the code",
      concern: "data-integrity",
      presets: { recommended: "warn", strict: "error" },
      urgency: "next",
    },
    hasSuggestions: true,
    messages: {
      lost: "Two requests at once read the same {{columns}}, and the one that writes last undoes the change of the other. {{instead}}.",
      writeChange: "Write `{{value}}`.",
    },
    schema: [],
  },
  runsIn: ofRequests,
  create(context) {
    const { sourceCode } = context;
    const { text } = sourceCode;
    if (!text.includes("await") || !hasCallsNamed(sourceCode, (name) => changes.test(name)) || !hasCallsNamed(sourceCode, (name) => reads.test(name)) || !mayReachDatabase(sourceCode)) return {};

    function report({ write, node, instead, value }: ReadModifyWrite, all: readonly ReadModifyWrite[]): void {
      const columns = all.filter((other) => other.write === write).map(({ column }) => `\`${column}\``);
      context.report({
        node,
        messageId: "lost",
        data: { columns: columns.join(" and "), instead },
        suggest: value === null ? null : [{ messageId: "writeChange", data: { value }, fix: (fixer) => fixer.replaceText(node, value) }],
      });
    }

    return {
      Program() {
        const writes = new Set<unknown>();
        const defects = readModifyWritesIn(sourceCode);
        for (const defect of defects) if (writes.size !== writes.add(defect.write).size) report(defect, defects);
      },
    };
  },
});
