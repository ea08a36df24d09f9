import type { TSESTree } from "@typescript-eslint/utils";

import { createRule } from "../../create-rule.js";
import { isLoaded } from "../../semantics/program/callers.js";
import { ofApp } from "../../semantics/program/file-role.js";
import { passedToNext } from "../../semantics/entries/handler-edits.js";
import { unhandledFate, type UnhandledFate } from "../../semantics/failures/last-resorts.js";
import { type LostHandler, losingFrameworkOf, lostHandlersAt } from "../../semantics/failures/lost-handlers.js";

type MessageId = "lost" | "passOn";

const outcomes: Record<UnhandledFate, string> = { ends: ", and Node ends the process", ended: ", and the project's handler of `unhandledRejection` ends the process", heard: "", unknown: "" };

const waitedFor = (node: TSESTree.Node): TSESTree.Node => (node.type === "CallExpression" ? node.callee : node);

export default createRule<[], MessageId>({
  name: "require-async-handler-wrapper",
  meta: {
    type: "problem",
    docs: {
      description: "Require asynchronous handlers to pass their failures on, where the framework does not look at promises",
      concern: "error-handling",
      presets: { recommended: "error", strict: "error" },
      urgency: "now",
    },
    hasSuggestions: true,
    messages: {
      lost: "{{framework}} does not look at the promise of this handler: when `{{call}}` fails, the request stays without an answer{{outcome}}. Pass the failure to `next`, or wrap the handler in a function that does.",
      passOn: "Pass failures on to `next`.",
    },
    schema: [],
  },
  runsIn: ofApp,
  create(context) {
    const source = context.sourceCode;
    const framework = losingFrameworkOf(source);
    if (!framework) return {};
    const reported = new Set<LostHandler["fn"]>();

    function report({ fn, at, source: home, wait, framework: said }: LostHandler): void {
      if (reported.has(fn)) return;
      reported.add(fn);
      if (!isLoaded(source)) return;
      const isHere = home.ast === source.ast;
      const fix = isHere ? passedToNext(fn, source) : null;
      context.report({
        node: isHere ? waitedFor(wait.node) : at,
        messageId: "lost",
        data: { framework: said, call: wait.name, outcome: outcomes[unhandledFate(source)] },
        suggest: fix && [{ messageId: "passOn", fix }],
      });
    }

    return {
      CallExpression(node) {
        lostHandlersAt(node, framework, source).forEach(report);
      },
    };
  },
});
