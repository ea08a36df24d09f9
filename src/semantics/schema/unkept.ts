import { readText } from "../../project/disk.js";
import type { Place, Table } from "./model.js";
import { wordsOf } from "./names.js";

/** What a comment says of a column, or a table, that is to have no foreign key. */
const stated = /\b(?:no|without|not an?) (?:db )?(?:fks?|foreign[ -]keys?|relations?)\b|\bforeign[ -]key[ -]free\b|\b(?:scalar|soft|loose|logical|weak) (?:fks?|foreign[ -]keys?|ids?|references?|relations?)\b|\bcross[ -]?(?:db|database)\b/i;

const isComment = (line: string): boolean => /^\s*(?:\/\/|--|\*|\/\*)/.test(line);

const commentIn = (line: string): string => /(?:\/\/|--|\/\*)(.*)$/.exec(line)?.[1] ?? "";

/** The comments beside a declaration: on its own lines, and on those right above it. */
function commentsAt({ file, range }: Place): string {
  const text = readText(file);
  if (text === null) return "";
  const start = text.lastIndexOf("\n", range[0]) + 1;
  const end = text.indexOf("\n", range[1]);
  const above = text.slice(0, start).split("\n").slice(0, -1);
  let first = above.length;
  while (first > 0 && isComment(above[first - 1] ?? "")) first -= 1;
  const own = text.slice(start, end === -1 ? undefined : end).split("\n");
  return [...above.slice(first), ...own].map(commentIn).join(" ");
}

/** Whether its author says, above a table or beside a column of it, that what it names is not to be kept: what holds for one holds for the next. */
export const isSaidToBeLoose = (table: Table): boolean => [table.at, ...table.columns.map(({ whole }) => whole)].some((place) => stated.test(commentsAt(place)));

/** Whether rows of a table are also known by a number that another service gives them: `gmailLabelId` beside the `id` of a label. */
export function isKnownElsewhere({ columns }: Table, stem: string): boolean {
  return columns.some(({ field }) => {
    const words = wordsOf(field);
    return words.length > 2 && words.at(-1) === "id" && words.slice(1, -1).join("") === stem;
  });
}
