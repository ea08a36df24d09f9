import type { TSESTree } from "@typescript-eslint/utils";

import { createRule } from "../../create-rule.js";
import { keptForAfter } from "../../semantics/failures/detached-edits.js";
import { type DetachedWork, mayBeDetached } from "../../semantics/failures/detached-work.js";
import { awaitedByCaller } from "../../semantics/failures/failure-edits.js";
import { serverSide } from "../../semantics/program/file-role.js";
import { unhandledFailure } from "../../semantics/failures/last-resorts.js";
import { detachedDefectAt } from "../../semantics/failures/promise-defects.js";
import { reachesOut } from "../../syntax/outside.js";
import { callsIn } from "../../syntax/nodes.js";

const othersSaid = (count: number): string => (count === 0 ? "" : ` (here, and ${count === 1 ? "once" : `${count} times`} more in this file)`);

type MessageId = "frozen" | "forgotten" | "addAwait" | "useAfter";

export default createRule<[], MessageId>({
  name: "no-detached-promise-in-handler",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow work in a handler that nothing waits for before the answer goes out",
      concern: "error-handling",
      presets: { recommended: "error", strict: "error" },
      urgency: "now",
    },
    hasSuggestions: true,
    messages: {
      frozen: "Nothing waits for `{{call}}`{{others}}: once the answer is out, {{platform}} may stop this function, and the work is cut off. Await it{{keeper}}.",
      forgotten: "Nothing waits for `{{call}}`{{others}}: the answer goes out before it is done, its failure {{failure}}, and where handlers run as functions it may be cut off. Await it{{keeper}}.",
      addAwait: "Await `{{call}}`.",
      useAfter: "Run `{{call}}` when the answer is out, with `{{after}}`.",
    },
    schema: [],
  },
  runsIn: serverSide,
  create(context) {
    const source = context.sourceCode;
    if (!reachesOut(source) && !source.text.includes("fetch")) return {};

    /** By what is called: one report tells of all calls in the file. */
    const found = new Map<string, DetachedWork[]>();

    function check(node: TSESTree.CallExpression | TSESTree.TaggedTemplateExpression): void {
      if (!mayBeDetached(node)) return;
      const work = detachedDefectAt(node, source);
      if (work) found.set(work.name, [...(found.get(work.name) ?? []), work]);
    }

    function report([work, ...others]: readonly DetachedWork[]): void {
      if (!work) return;
      const { name: call, chain, node, platform } = work;
      const after = keptForAfter(work, source);
      const awaiting = awaitedByCaller(chain.node as TSESTree.Expression, source);
      const place = after ? `\`${after.name}(…)\`` : platform?.keeper;
      const data = { call, others: othersSaid(others.length), keeper: place ? `, or hand it to ${place}` : "" };
      context.report({
        node: node.type === "CallExpression" ? node.callee : node.tag,
        ...(platform ? { messageId: "frozen", data: { ...data, platform: platform.said } } : { messageId: "forgotten", data: { ...data, failure: unhandledFailure(source) } }),
        suggest: [
          ...(after ? [{ messageId: "useAfter" as const, data: { call, after: after.name }, fix: after.fix }] : []),
          ...(awaiting ? [{ messageId: "addAwait" as const, data: { call }, fix: awaiting }] : []),
        ],
      });
    }

    return {
      Program() {
        callsIn(source).forEach(check);
        for (const works of found.values()) report(works);
      },
    };
  },
});
