import { createRule } from "../../create-rule.js";
import { isAppCode } from "../../semantics/program/file-role.js";
import { chanceAt, leavesToChance, mayBeStandIn, mayLeaveToChance, mayPretend, type Pretence, pretencesIn, type StandIn, standInAt } from "../../semantics/deployment/pretences.js";
import { isForTrial } from "../../semantics/program/trial-files.js";

type MessageId = "chance" | "otherwise" | "unconfigured" | "pretended" | "silent" | "unreported";

const losses: Record<Pretence["loss"], string> = {
  money: "what counts as paid from here on has moved no money",
  message: "its callers go on as if it had been sent",
  proof: "whoever asks is let through",
  order: "the caller goes on as if it were done",
};

export default createRule<[], MessageId>({
  name: "no-mock-in-production",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow code that says it has done what it only pretends to do",
      concern: "deployment",
      presets: { recommended: "warn", strict: "error" },
      urgency: "now",
    },
    messages: {
      chance: "`Math.random()` decides how `{{name}}` turns out: users are told that it worked, or that it failed, and neither is so. Ask the service that knows, or throw until there is one.",
      otherwise: "`{{name}}` only pretends, and it is what runs where no other case fits, in production as well: {{loss}}. Throw there, let no setting fall back on it, and take it only where it is asked for.",
      unconfigured: "`{{name}}` only pretends, and it is what runs wherever something is not set up, in production as well: {{loss}}. Throw there, let no setting fall back on it, and take it only where it is asked for.",
      pretended: "`{{name}}` answers as if it were done, and it is not (\"{{said}}\"): {{loss}}. Do it, or throw until it can be done.",
      unreported: "`{{name}}` does not send what it is called to send (\"{{said}}\"), and nobody is told. Send it, or take it out with its calls; to throw here would break the work that it reports on.",
      silent: "`{{name}}` does nothing, and does not fail (\"{{said}}\"): {{loss}}. Do it, or throw until it can be done.",
    },
    schema: [],
  },
  create(context) {
    const source = context.sourceCode;
    const standIns: StandIn[] = [];
    // Most files have nothing of it, and are not asked what they are to the app.
    const isOfApp = (): boolean => isAppCode(source) && !isForTrial(source);

    return {
      ReturnStatement({ argument }) {
        const standIn = argument && mayBeStandIn(argument) && isOfApp() ? standInAt(argument, source) : null;
        if (standIn) standIns.push(standIn);
      },
      ...(mayLeaveToChance(source) && {
        BinaryExpression(node) {
          const chance = leavesToChance(node) && isOfApp() ? chanceAt(node, source) : null;
          if (chance) context.report({ node: chance.node, messageId: "chance", data: { name: chance.name } });
        },
      }),
      "Program:exit"() {
        // One setting leads to all of them.
        const standIn = standIns.find(({ isChance }) => isChance) ?? standIns[0];
        if (standIn) context.report({ node: standIn.node, messageId: standIn.when, data: { name: standIn.name, loss: losses[standIn.loss] } });
        if (!mayPretend(source) || !isOfApp()) return;
        for (const { node, name, said, loss, answers, isReport } of pretencesIn(source)) {
          if (isReport) context.report({ node, messageId: "unreported", data: { name, said } });
          else context.report({ node, messageId: answers ? "pretended" : "silent", data: { name, said, loss: losses[loss] } });
        }
      },
    };
  },
});
