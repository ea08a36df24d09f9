import type { TSESTree } from "@typescript-eslint/utils";

import { createRule } from "../../create-rule.js";
import { awaitedByCaller, caughtAndLogged, guarded } from "../../semantics/failures/failure-edits.js";
import { serverSide } from "../../semantics/program/file-role.js";
import { unhandledFate, type UnhandledFate } from "../../semantics/failures/last-resorts.js";
import type { LostCallback } from "../../semantics/failures/lost-callbacks.js";
import { mayLoseRejection, promiseDefectAt } from "../../semantics/failures/promise-defects.js";
import { mayBeStray, strayThrowAt } from "../../semantics/failures/stray-throws.js";
import { type UnansweredFailure, unansweredFailuresIn } from "../../semantics/failures/unanswered-failures.js";
import type { UnobservedCall } from "../../semantics/failures/unobserved-calls.js";
import { callsIn, throwsIn } from "../../syntax/nodes.js";

type Options = [{ explicit: boolean }];
type MessageId = "dropped" | "deep" | "implicit" | "half" | "ignored" | "unawaited" | "thrown" | "addAwait" | "addCatch" | "addTry";

const outcomes: Record<UnhandledFate, string> = {
  ends: "and Node ends the process for it",
  ended: "and the project's handler of `unhandledRejection` ends the process for it",
  heard: "and only the project's handler of `unhandledRejection` hears of it",
  unknown: "and what it was to do stays undone",
};

const calleeOf = (node: TSESTree.CallExpression | TSESTree.NewExpression | TSESTree.TaggedTemplateExpression): TSESTree.Node =>
  node.type === "TaggedTemplateExpression" ? node.tag : node.callee;

function othersSaid(count: number): string {
  if (count === 0) return "";
  return count === 1 ? " (or the other call)" : ` (or one of ${count} other calls)`;
}

export default createRule<Options, MessageId>({
  name: "no-unhandled-external-call",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow external calls whose failure nothing handles",
      concern: "error-handling",
      presets: { recommended: "error", strict: ["error", { explicit: true }] },
      urgency: "now",
    },
    hasSuggestions: true,
    messages: {
      dropped: "Nothing handles a failure of `{{call}}`, {{outcome}}. Await it, or give it a `.catch(…)`.",
      deep: "Nothing handles a failure of `{{within}}` in `{{call}}`, {{outcome}}. Await it, or give it a `.catch(…)`.",
      ignored: "`{{consumer}}` does not wait for this function, so nothing handles a failure of `{{call}}`, {{outcome}}. Catch it within the function.",
      unawaited: "Nothing waits for this function, so nothing handles a failure of `{{call}}`, {{outcome}}. Catch it within the function, or await the function.",
      thrown: "What is thrown in a callback of `{{call}}` reaches no `catch`, {{outcome}}. Answer with the error, or hand it on.",
      implicit: "When `{{call}}`{{others}} fails, nothing in this handler or the project says what happens, so {{framework}} does. Handle it here, or for all handlers with {{place}}.",
      half: "When `{{call}}` fails, what `{{before}}` has done stays, and {{framework}} only logs the failure and answers with 500. Catch it here, and undo that or keep what is still to be done.",
      addAwait: "Await `{{call}}`.",
      addCatch: "Catch and log what `{{call}}` rejects with.",
      addTry: "Catch and log what fails in the function.",
    },
    schema: [
      {
        type: "object",
        additionalProperties: false,
        properties: {
          explicit: { type: "boolean", description: "Whether a call in a handler is reported as well that only the framework's default answer to failures stands behind." },
        },
      },
    ],
    defaultOptions: [{ explicit: false }],
  },
  runsIn: serverSide,
  create(context, [{ explicit }]) {
    const source = context.sourceCode;
    const outcome = (): string => outcomes[unhandledFate(source)];

    function reportDropped({ node, name, within, chain }: UnobservedCall): void {
      const data = { call: name };
      const awaiting = awaitedByCaller(chain.node as TSESTree.Expression, source);
      context.report({
        node: calleeOf(node),
        messageId: within === null ? "dropped" : "deep",
        data: { call: name, outcome: outcome(), ...(within !== null && { within }) },
        suggest: [...(awaiting ? [{ messageId: "addAwait" as const, data, fix: awaiting }] : []), { messageId: "addCatch", data, fix: caughtAndLogged(chain.node, name, source) }],
      });
    }

    /** `async`, with which a function begins that is called on the spot: all of it would be too much to mark. */
    const headOf = ({ loc: { start } }: TSESTree.Node): TSESTree.SourceLocation => ({ start, end: { line: start.line, column: start.column + "async".length } });

    function reportLost({ fn, at, consumer, risk: { name: call } }: LostCallback): void {
      const fix = guarded(fn, call, source);
      context.report({
        loc: consumer === null ? headOf(at) : at.loc,
        messageId: consumer === null ? "unawaited" : "ignored",
        data: { call, consumer: consumer ?? "", outcome: outcome() },
        suggest: fix && [{ messageId: "addTry", fix }],
      });
    }

    function check(node: TSESTree.CallExpression | TSESTree.TaggedTemplateExpression): void {
      if (!mayLoseRejection(node)) return;
      const defect = promiseDefectAt(node, source);
      if (defect?.kind === "unobserved") reportDropped(defect.call);
      else if (defect?.kind === "lost") reportLost(defect.callback);
    }

    function reportImplicit({ calls: [first, ...others], handler, half }: UnansweredFailure): void {
      if (half) {
        const [before, call] = half;
        context.report({ node: calleeOf(call.node), messageId: "half", data: { call: call.name, before: before.name, framework: handler.said } });
        return;
      }
      context.report({
        node: calleeOf(first.node),
        messageId: "implicit",
        data: { call: first.name, others: othersSaid(others.length), framework: handler.said, place: handler.place },
      });
    }

    function checkThrow(node: TSESTree.ThrowStatement): void {
      const stray = mayBeStray(node) ? strayThrowAt(node, source) : null;
      if (stray) context.report({ node, messageId: "thrown", data: { call: stray.call, outcome: outcome() } });
    }

    return {
      Program() {
        callsIn(source).forEach(check);
        throwsIn(source).forEach(checkThrow);
        if (explicit) unansweredFailuresIn(source).forEach(reportImplicit);
      },
    };
  },
});
