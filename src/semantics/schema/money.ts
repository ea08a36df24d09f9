import { moneyEndings, moneyTables, moneyWords, perhapsMoneyWords, quoteTables, rateWords } from "../../knowledge/columns.js";
import type { Column, Table } from "./model.js";
import { wordsOf } from "./names.js";

/** The word that a name is about, without what only says more of it. */
function headOf(words: readonly string[]): string {
  const isEnding = (word: string, index: number): boolean => index > 0 && moneyEndings.has(word) && !words.slice(index + 1).some((each) => !moneyEndings.has(each));
  return words.filter((word, index) => !isEnding(word, index)).at(-1) ?? "";
}

/** Whether a column starts as a part of one: 0.05. */
const startsAsShare = ({ default: value }: Column): boolean => value !== null && Number(value) > 0 && Number(value) < 1;

const isSurely = ({ field }: Column): boolean => moneyWords.has(headOf(wordsOf(field)));

const isAboutMoney = ({ model, columns }: Table): boolean =>
  wordsOf(model).some((word) => moneyTables.has(word)) || columns.some((column) => wordsOf(column.field).includes("currency") || isSurely(column));

/** Whether a column holds a sum of money that somebody owes or owns, by its name and what its table is about. */
export function holdsMoney(column: Column, table: Table): boolean {
  const words = wordsOf(column.field);
  if (words.some((word) => rateWords.has(word)) || startsAsShare(column) || wordsOf(table.model).some((word) => quoteTables.has(word))) return false;
  return isSurely(column) || (perhapsMoneyWords.has(headOf(words)) && isAboutMoney(table));
}
