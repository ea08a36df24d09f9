import { detailRowWords, ownerWords, sideRowWords } from "../../knowledge/side-work.js";

/** The words of a name: `serviceTicketEvents`, `service_ticket_events`. */
const wordsOf = (name: string): string[] => name.replaceAll(/([a-z\d])([A-Z])/g, "$1_$2").toLowerCase().split(/[^a-z\d]+/).filter(Boolean);

/** Whether a table, by the last word of its name, keeps rows that only tell about others: logs, notifications, tokens. */
export function isSideRow(model: string | null): boolean {
  const words = model === null ? [] : wordsOf(model);
  return sideRowWords.has(words.at(-1) ?? "") || words.includes("audit");
}

/** Whether a table, by the last word of its name, keeps what is only ever reached through the row it is a part of: without that, nobody sees it. */
export const isDetailRow = (model: string | null): boolean => detailRowWords.has(wordsOf(model ?? "").at(-1) ?? "");

const singular = (word: string): string => word.replace(/ies$/, "y").replace(/s$/, "");

/** Whether a table, by its name, keeps what happened to the rows of another: `order_events` for `orders`. */
export function isHistoryOf(model: string | null, of: string | null): boolean {
  if (model === null || of === null) return false;
  const words = wordsOf(model).map(singular);
  return words.pop() === "event" && words.join() === wordsOf(of).map(singular).join();
}

/** Whether a table, by its name, keeps what has happened. */
export const isHistory = (model: string | null): boolean => model !== null && singular(wordsOf(model).at(-1) ?? "") === "event" && wordsOf(model).length > 1;

/** Whether a column, by its name, says who a row belongs to, or who made it. */
export const isOwnerColumn = (name: string): boolean => wordsOf(name).some((word) => ownerWords.has(word));
