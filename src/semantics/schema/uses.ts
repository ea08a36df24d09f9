import { textQuestion } from "../../project/source-texts.js";
import type { Source } from "../../syntax/source.js";
import { codeBeside } from "./code-beside.js";
import type { Column } from "./model.js";

const questions = new Map<string, (folder: string) => boolean | null>();

/** Whether the code of the project that a file belongs to has something, by its text. Where there is too much to look through, it has not. */
function isWritten(patterns: readonly string[], source: Source): boolean {
  const folder = codeBeside(source);
  if (folder === null) return false;
  const pattern = patterns.join("|");
  const question = questions.get(pattern) ?? textQuestion(new RegExp(pattern, "i"));
  questions.set(pattern, question);
  return question(folder) === true;
}

/** A name as code has it, and as SQL does. */
const either = ({ field, name }: Column): string => (field === name ? field : `(?:${field}|${name})`);

const quote = "[\"'`]?";

const number = String.raw`\(?(?:Number\(|parseFloat\()?`;

/** Whether what a column holds is added up somewhere: in a query, or in code. */
export function isSummed(column: Column, source: Source): boolean {
  const name = either(column);
  return isWritten(
    [
      // _sum: { amount: true }, sum(payments.amount), amount: { increment: 5 }
      String.raw`_sum\s*:\s*\{[^}]*\b${name}\b`,
      String.raw`\bsum\(\s*${quote}(?:\w+\.)?${quote}${name}\b`,
      String.raw`\b${name}\s*:\s*\{\s*(?:increment|decrement)\b`,
      String.raw`\.(?:increment|decrement)\([^;]{0,40}["'\x60]${name}["'\x60]`,
      // lines.reduce((sum, line) => sum + line.amount, 0), total += line.amount
      String.raw`\breduce\([^;]{0,80}\+\s*${number}[\w$]+\??\.${name}\b`,
      String.raw`\+=\s*${number}[\w$]+\??\.${name}\b`,
    ],
    source,
  );
}
