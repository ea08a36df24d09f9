import { createRule } from "../../create-rule.js";
import { serverSide } from "../../semantics/program/file-role.js";
import { echoedPasswordsIn, sentRowsIn } from "../../semantics/queries/sent-rows.js";
import { among } from "../../semantics/program/wording.js";
import { reachesOut } from "../../syntax/outside.js";

const longest = 60;

function inOneLine(text: string): string {
  const line = text.replaceAll(/\s+/g, " ");
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}

/** Rows come later, and who sends them waits for them or hands the promise on. */
const mayWait = /\b(?:async|await|then)\b|@Controller|query\s*\(/;

const timesOver = (times: number): string => (times > 1 ? ` (${String(times)} times in this file)` : "");

export default createRule<[{ echoes: boolean }], "whole" | "brought" | "echoed">({
  name: "no-sensitive-response",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow answers with whole rows that have passwords or tokens in them",
      concern: "auth",
      presets: { recommended: "error", strict: "error" },
      urgency: "now",
    },
    messages: {
      whole: "`{{value}}` is a whole row of `{{model}}`, and the answer carries {{columns}} with it{{more}} to whoever can read that. Leave out what is not needed: `{{instead}}`.",
      brought: "`{{value}}` brings `{{relation}}` along, a whole row of `{{model}}`, and the answer carries {{columns}} with it{{more}} to whoever can read that. Leave out what is not needed: `{{instead}}`.",
      echoed: "The password that somebody has typed in is sent back to the form{{more}}, where the page and recordings of sessions show it. Leave it out, and let them type it again.",
    },
    schema: [
      {
        type: "object",
        additionalProperties: false,
        properties: { echoes: { type: "boolean", description: "Whether passwords count that an action gives back to its form." } },
      },
    ],
    defaultOptions: [{ echoes: false }],
  },
  runsIn: serverSide,
  create(context, [{ echoes }]) {
    const source = context.sourceCode;
    if (!echoes && !(reachesOut(source) && mayWait.test(source.text))) return {};
    return {
      Program() {
        const [echoed, ...others] = echoes ? echoedPasswordsIn(source) : [];
        if (echoed) context.report({ node: echoed, messageId: "echoed", data: { more: timesOver(others.length + 1) } });
        for (const { row, times } of sentRowsIn(source)) {
          context.report({
            node: row.node,
            messageId: row.relation === null ? "whole" : "brought",
            data: {
              value: inOneLine(source.getText(row.node)),
              model: row.model,
              ...(row.relation !== null && { relation: row.relation }),
              columns: among(row.columns.map((column) => `\`${column}\``)),
              more: timesOver(times),
              instead: row.instead,
            },
          });
        }
      },
    };
  },
});
