import type { Linter } from "eslint";

import { cut, cutLines } from "./mask.js";

/** Rules whose reports stand at a secret: what they point at is shown nowhere, whatever it is called. */
export const secretRules: ReadonlySet<string> = new Set(["no-hardcoded-secret", "no-secret-fallback", "no-default-credentials", "no-weak-password-storage"]);

/** The secrets of a file that rules have found. */
export interface Secrets {
  /** Where they stand in its text, without their quotes. */
  readonly spans: readonly (readonly [start: number, end: number])[];
  readonly texts: ReadonlySet<string>;
}

const literal = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\[^])*`/g;

/** Names of algorithms and encodings, which are in every program. */
const isMethod = (text: string): boolean => /^(?:(?:rsa-)?(?:md|sha-?)\d+(?:[-/_]\d+)?|hex|base64(?:url)?|utf-?8|latin1|ascii|binary|aes-?\d+-\w+|[HRPE]S(?:256|384|512))$/i.test(text);

/** Where the texts of a piece of code stand, without quotes and without what is put into them. */
function textSpans(code: string, from: number): [number, number][] {
  return [...code.matchAll(literal)].flatMap(({ 0: whole, index }) => {
    let at = from + index + 1;
    return whole.slice(1, -1).split(/(\$\{[^}]*\})/).flatMap((part): [number, number][] => {
      const start = at;
      at += part.length;
      return part === "" || part.startsWith("${") || isMethod(part) ? [] : [[start, at]];
    });
  });
}

/** Where the values stand that a piece of code means by its names, as far as they are texts of the same file. */
function namedSpans(code: string, text: string): [number, number][] {
  const names = new Set(code.replaceAll(literal, "").match(/[A-Za-z_$][\w$]*/g));
  return [...names].flatMap((name) =>
    [...text.matchAll(new RegExp(`\\b(?:const|let|var)\\s+${name.replaceAll("$", "\\$")}\\b[^=;\\n]*=\\s*(?=["'\`])`, "g"))].flatMap(({ 0: whole, index }) => {
      const at = index + whole.length;
      const [value = ""] = new RegExp(literal.source).exec(text.slice(at, at + 10_000)) ?? [];
      return textSpans(value, at);
    }),
  );
}

/** The secrets that reports about a file point at. */
export function secretsIn(rows: readonly string[], messages: readonly Linter.LintMessage[]): Secrets {
  const own = messages.filter(({ ruleId }) => secretRules.has(ruleId?.slice(ruleId.lastIndexOf("/") + 1) ?? ""));
  if (own.length === 0) return { spans: [], texts: new Set() };
  const text = rows.join("\n");
  const starts = [0];
  for (const row of rows) starts.push((starts.at(-1) ?? 0) + row.length + 1);
  const spans = own.flatMap(({ line, column, endLine = line, endColumn = column }) => {
    const start = (starts[line - 1] ?? 0) + column - 1;
    let end = (starts[endLine - 1] ?? 0) + endColumn - 1;
    // One of several keys of a list stands for all of them.
    if (/\[\s*$/.test(text.slice(Math.max(0, start - 20), start))) end = Math.max(end, text.indexOf("]", end));
    const code = text.slice(start, end);
    return [...textSpans(code, start), ...namedSpans(code, text)];
  });
  const sorted = [...new Map(spans.map((span) => [span[0], span])).values()].sort(([one], [other]) => one - other);
  return { spans: sorted, texts: new Set(sorted.map(([start, end]) => text.slice(start, end)).filter((each) => each.length >= 3)) };
}

/** The lines of a file, without the secrets that rules have found in it. */
export function rowsWithout({ spans }: Secrets, rows: readonly string[]): readonly string[] {
  if (spans.length === 0) return rows;
  const text = rows.join("\n");
  let result = "";
  let from = 0;
  for (const [start, end] of spans) {
    if (start < from) continue;
    result += text.slice(from, start) + cutLines(text.slice(start, end));
    from = end;
  }
  return (result + text.slice(from)).split("\n");
}

/** What a secret must have to be told from a word of a sentence, where it stands without quotes. */
const isNoWord = (text: string): boolean => text.length >= 8 && /\d|[^\w\s]/.test(text);

/** Secrets that are told from names and other texts in any file: `postgres` and `password` are not. */
export const isTelling = (secret: string): boolean => secret.length >= 8 && (secret.length >= 12 || !/^[a-z]+$/i.test(secret));

/** A text without some secrets, wherever they stand between quotes, or can be told from words. */
export function textWithout(secrets: Iterable<string>, text: string): string {
  let result = text;
  for (const secret of secrets) {
    if (!result.includes(secret)) continue;
    if (isNoWord(secret)) result = result.replaceAll(secret, () => cutLines(secret));
    // Between backticks stand the names of code as well.
    else for (const quote of isTelling(secret) ? ['"', "'", "`"] : ['"', "'"]) result = result.replaceAll(quote + secret + quote, () => quote + cut(secret) + quote);
  }
  return result;
}
