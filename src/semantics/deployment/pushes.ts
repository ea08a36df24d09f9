import { trialDatabase } from "../../knowledge/deploy-scripts.js";
import { pushCommands } from "../../knowledge/migrations.js";

/** A command that makes a database look like the schema, as it stands in a text. */
export interface PushInText {
  /** The command, without its options but for the one with which it loses data. */
  readonly said: string;
  /** The command that runs migrations instead, without options and as it would be written here. */
  readonly instead: string;
  readonly mended: string;
  readonly start: number;
  readonly end: number;
  /** Whether it goes on at a change that loses data, rather than stop. */
  readonly loses: boolean;
}

const option = String.raw`\s+--?[\w-]+(?:[= ](?![-&])[^\s&|;"']+)?`;

const pushes = pushCommands.map((entry) => ({
  entry,
  pattern: new RegExp(String.raw`\b(?<tool>${entry.tool.source})(?<version>@[\w.^~-]+)?\s+${entry.words.source}(?![\w:-])(?<options>(?:${option})*)`),
}));

/** The commands in a text that push a schema, but for those that are aimed at a database for tests. */
export function pushesIn(text: string): PushInText[] {
  return pushes.flatMap(({ entry: { push, migrate, shared, losing, changing }, pattern }) => {
    const match = pattern.exec(text);
    if (!match?.groups || trialDatabase.test(match[0])) return [];
    const { tool = "", version = "", options = "" } = match.groups;
    if (changing?.test(options) === false) return [];
    const [lossy] = losing?.exec(options) ?? [];
    const kept = [...options.matchAll(new RegExp(option, "g"))].map(([each]) => each).filter((each) => shared.includes(each.trim().split(/[= ]/)[0] ?? ""));
    return [
      {
        said: lossy === undefined ? `${tool} ${push}` : `${tool} ${push} ${lossy}`,
        instead: `${tool} ${migrate}`,
        mended: `${tool}${version} ${migrate}${kept.join("")}`,
        start: match.index,
        end: match.index + match[0].length,
        loses: losing === null || lossy !== undefined,
      },
    ];
  });
}
