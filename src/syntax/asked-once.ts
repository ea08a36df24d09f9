import type { Source } from "./source.js";

/**
 * A question about the whole of a file that is asked at many of its places, or by several rules: it is answered once for the file that
 * was asked about last.
 */
export function askedOnce<Answer>(answerFor: (source: Source) => Answer): (source: Source) => Answer {
  let last: { readonly ast: Source["ast"]; readonly answer: Answer } | null = null;
  return (source) => {
    if (last?.ast !== source.ast) last = { ast: source.ast, answer: answerFor(source) };
    return last.answer;
  };
}
