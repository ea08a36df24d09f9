import { createRule } from "../../create-rule.js";
import { isAppCode } from "../../semantics/file-role.js";
import { chanceAt, mayLeaveToChance, mayPretend, type Pretence, pretencesIn, type StandIn, standInAt } from "../../semantics/pretences.js";
import { isForTrial } from "../../semantics/trial-files.js";

type MessageId = "chance" | "otherwise" | "unconfigured" | "pretended";

const losses: Record<Pretence["loss"], string> = {
  money: "orders count as paid, and no money has moved",
  message: "nobody gets anything, and nobody hears of that",
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
      otherwise: "`{{name}}` only does as if, and it is what runs where no other case fits, in production as well: {{loss}}. Throw there, and take the stand-in only where it is asked for.",
      unconfigured: "`{{name}}` only does as if, and it is what runs wherever something is not set up, in production as well: {{loss}}. Throw there, and take the stand-in only where it is asked for.",
      pretended: "`{{name}}` says that it is done and does nothing (\"{{said}}\"): {{loss}}. Do it, or throw until it can be done.",
    },
    schema: [],
  },
  create(context) {
    const source = context.sourceCode;
    if (!isAppCode(source) || isForTrial(source)) return {};
    let standIn: StandIn | null = null;

    return {
      ReturnStatement({ argument }) {
        if (argument && !standIn) standIn = standInAt(argument, source);
      },
      ...(mayLeaveToChance(source) && {
        BinaryExpression(node) {
          const chance = chanceAt(node, source);
          if (chance) context.report({ node: chance.node, messageId: "chance", data: { name: chance.name } });
        },
      }),
      "Program:exit"() {
        if (standIn) context.report({ node: standIn.node, messageId: standIn.when, data: { name: standIn.name, loss: losses.order } });
        if (!mayPretend(source)) return;
        for (const { node, name, said, loss } of pretencesIn(source)) context.report({ node, messageId: "pretended", data: { name, said, loss: losses[loss] } });
      },
    };
  },
});
