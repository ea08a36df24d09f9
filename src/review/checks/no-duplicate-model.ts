import type { App } from "../app.js";
import { among } from "../../semantics/program/wording.js";
import type { SurveyedTable } from "../survey.js";
import type { Check } from "./check.js";

/** What every table has. */
const usual = /^(?:id|uuid|created_?(?:at|by|on)|updated_?(?:at|by|on)|deleted_?(?:at|by)|name|description|user_?id|organi[sz]ation_?id|team_?id|tenant_?id|workspace_?id|status|type|is_?active|active|notes?|metadata|order|sort_?order|position)$/i;

/** Tables that are copies on purpose. */
const copies = /archiv|histor|backup|audit|log|snapshot|version|revision|draft|temp|tmp|staging|legacy|old|_v\d|deleted|template|translation/i;

const least = 6;

interface Placed extends SurveyedTable {
  readonly file: string;
}

const wordsOf = ({ columns }: SurveyedTable): Set<string> => new Set(columns.map(({ name, type }) => `${name.toLowerCase()} ${type.toLowerCase()}`));

const own = (words: ReadonlySet<string>): string[] => [...words].filter((word) => !usual.test(word.split(" ")[0] ?? ""));

const wordsIn = (name: string): string[] => name.replace(/([a-z])([A-Z])/g, "$1_$2").toLowerCase().replace(/s$/, "").split("_").filter(Boolean);

/** Whether two names end in the same word, or one is part of the other: two kinds of a thing, and meant so. */
const isKindOf = (one: string, other: string): boolean => wordsIn(one).at(-1) === wordsIn(other).at(-1) || wordsIn(one).join("").includes(wordsIn(other).join(""));

const tablesOf = (app: App): Placed[] => app.files.flatMap((file) => (app.surveyOf(file)?.tables ?? []).map((table) => ({ ...table, file })));

export const noDuplicateModel: Check = {
  name: "no-duplicate-model",
  title: "Two tables for one thing",
  description: "Disallow a second table with the columns of the first",
  concern: "data-model",
  impact: "drag",
  urgency: "next",
  read: null,
  *run(app) {
    const tables = tablesOf(app).filter(({ isComplete, name }) => isComplete && !copies.test(name));
    for (const [index, table] of tables.entries()) {
      const words = wordsOf(table);
      if (own(words).length < least) continue;
      for (const other of tables.slice(index + 1)) {
        if (isKindOf(table.name, other.name) || isKindOf(other.name, table.name) || other.file.split("/")[0] !== table.file.split("/")[0]) continue;
        const theirs = wordsOf(other);
        const shared = own(words).filter((word) => theirs.has(word));
        if (shared.length < least || shared.length < Math.max(own(words).length, own(theirs).length)) continue;
        const names = shared.map((word) => `\`${word.split(" ")[0] ?? ""}\``);
        yield { file: other.file, line: other.line, message: `\`${other.name}\` and \`${table.name}\` have ${shared.length} columns in common (${among(names, 3)}): each change has to be made twice, and one of them is forgotten. Keep one table, with a column that tells the two kinds apart.` };
      }
    }
  },
};
