import { createRule } from "../../create-rule.js";
import { ofBackEnd } from "../../semantics/program/file-role.js";
import { mayStartProcess, processStartAt, shutdownBeside, shutdownHandling } from "../../semantics/deployment/shutdown.js";

type MessageId = "cutOff" | "hooksOff" | "jobsCutOff" | "close";

export default createRule<[], MessageId>({
  name: "require-graceful-shutdown",
  meta: {
    type: "problem",
    docs: {
      description: "Require a server or worker to finish what it is doing when it is told to end",
      concern: "deployment",
      presets: { recommended: "warn", strict: "error" },
      urgency: "next",
    },
    hasSuggestions: true,
    messages: {
      cutOff:
        "Nothing in this app listens for `SIGTERM`, which each deployment and restart sends: requests that are running are cut off, and what they had begun to write may stay half done. Call `close()` when it comes, and exit when the last request is answered.",
      hooksOff:
        "{{framework}} does not listen for `SIGTERM`, which each deployment and restart sends, until it is told to: requests that are running are cut off, and no {{hooks}} runs. Call `{{call}}()` before `listen`.",
      jobsCutOff:
        "Nothing in this app listens for `SIGTERM`, which each deployment and restart sends: jobs that are running are cut off in the middle, and run again from the start once they count as stalled. Call the worker's `close()` when it comes.",
      close: "Write `{{code}}`.",
    },
    schema: [],
  },
  runsIn: ofBackEnd,
  create(context) {
    const source = context.sourceCode;
    if (!mayStartProcess(source)) return {};
    let isReported = false;

    function check(node: Parameters<typeof processStartAt>[0]): void {
      const start = isReported ? null : processStartAt(node, source);
      if (!start || shutdownHandling(start, source) !== "missing") return;
      isReported = true;
      const { ends, said, serves } = start.kind;
      const beside = shutdownBeside(start, source);
      context.report({
        node: node.callee.type === "MemberExpression" ? node.callee.property : node.callee,
        ...("call" in ends
          ? { messageId: "hooksOff", data: { framework: said, hooks: ends.hooks, call: ends.call } }
          : { messageId: serves === "jobs" ? "jobsCutOff" : "cutOff" }),
        suggest: beside && [{ messageId: "close", data: { code: beside.code }, fix: beside.edit }],
      });
    }

    return { CallExpression: check, NewExpression: check };
  },
});
