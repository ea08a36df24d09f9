import type { TSESTree } from "@typescript-eslint/utils";

import { createRule } from "../../create-rule.js";
import type { Detail } from "../../semantics/failures/error-details.js";
import { failureDefectAt } from "../../semantics/failures/failure-defects.js";
import { failureHandlerOf, mayHandleFailure, namesFailures } from "../../semantics/failures/failure-handling.js";
import { isCalledInDevelopmentOnly } from "../../semantics/program/callers.js";
import { serverSide } from "../../semantics/program/file-role.js";
import { withoutDetails } from "../../semantics/failures/generic-answers.js";
import { hearsOnlyOwn } from "../../semantics/failures/foreign-texts.js";
import { isDevelopmentOnly } from "../../semantics/program/guards.js";
import { isFailure, isTelltale, type Response } from "../../semantics/entries/responses.js";
import { isBehindSharedSecret } from "../../semantics/auth/shared-secrets.js";

type Options = [{ answers: "failures" | "all" }];
type MessageId = "message" | "stack" | "error" | "middleware" | "answerGenerally";

export default createRule<Options, MessageId>({
  name: "no-error-details-in-response",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow answering with what a caught error says",
      concern: "error-handling",
      presets: { recommended: "error", strict: ["error", { answers: "all" }] },
      urgency: "now",
    },
    hasSuggestions: true,
    messages: {
      message:
        "`{{call}}` tells the client what `{{detail}}` says: with an unexpected error that is your database, your files or another service speaking. Answer with a text of your own: the error belongs in the log.",
      stack: "`{{call}}` sends the stack trace in `{{detail}}`: your files and packages, for anyone to read. Answer with a text of your own: the error belongs in the log.",
      error: "`{{call}}` sends all that a library has put on `{{detail}}`: queries, settings, headers of requests. Answer with a text of your own: the error belongs in the log.",
      middleware: "`{{call}}` answers every failure with its stack trace: your files and packages, for anyone to read. Use it in development only.",
      answerGenerally: "Answer without `{{detail}}`.",
    },
    schema: [
      {
        type: "object",
        additionalProperties: false,
        properties: {
          answers: {
            type: "string",
            enum: ["failures", "all"],
            description: "Which answers are looked at: those that say that the server failed, or also client errors, thrown HTTP exceptions and whatever else is sent from a catch.",
          },
        },
      },
    ],
    defaultOptions: [{ answers: "failures" }],
  },
  runsIn: serverSide,
  create(context, [{ answers }]) {
    const { sourceCode } = context;
    if (!namesFailures(sourceCode)) return {};

    const reported = new Set<TSESTree.Node>();

    const counts = (response: Response, { what }: Detail): boolean =>
      (answers === "all" || (!response.thrown && (what === "stack" || isFailure(response, sourceCode)))) && !isBehindSharedSecret(response.node, sourceCode);

    function look(node: TSESTree.CatchClause | TSESTree.FunctionLike): void {
      if (!mayHandleFailure(node, sourceCode)) return;
      const handler = failureHandlerOf(node, sourceCode);
      if (!handler?.binding) return;
      const defect = failureDefectAt(handler, sourceCode);
      for (const sent of defect?.kind === "details sent" ? defect.sent : []) {
        const detail = sent.details.find((candidate) => counts(sent.response, candidate));
        if (!detail || reported.has(detail.node)) continue;
        if (detail.what === "message" && hearsOnlyOwn(handler, sourceCode)) continue;
        if (isCalledInDevelopmentOnly(detail.node, sourceCode)) return;
        reported.add(detail.node);

        const data = { call: sent.response.name, detail: sourceCode.getText(detail.node) };
        const fix = withoutDetails(sent, handler, sourceCode);
        context.report({ node: detail.node, messageId: detail.what, data, suggest: fix && [{ messageId: "answerGenerally", data, fix }] });
      }
    }

    function lookAtCall(call: TSESTree.CallExpression): void {
      if (call.arguments.length > 1 || !isTelltale(call, sourceCode) || isDevelopmentOnly(call, sourceCode)) return;
      context.report({ node: call, messageId: "middleware", data: { call: sourceCode.getText(call) } });
    }

    return {
      ...(sourceCode.text.includes("errorhandler") && { CallExpression: lookAtCall }),
      CatchClause: look,
      ArrowFunctionExpression: look,
      FunctionExpression: look,
      FunctionDeclaration: look,
    };
  },
});
