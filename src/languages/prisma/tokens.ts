import type { Comment, Fault } from "../tree.js";

export interface Token {
  readonly kind: "word" | "string" | "number" | "mark" | "line" | "end";
  /** The text as it stands there; `"\n"` for any end of a line. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const patterns: readonly [kind: Token["kind"] | "space" | "line comment" | "block comment", pattern: RegExp][] = [
  ["space", /[^\S\n]+/y],
  ["line", /\n/y],
  ["line comment", /\/\/[^\n\r]*/y],
  ["block comment", /\/\*[\s\S]*?(?:\*\/|$)/y],
  ["word", /[\p{L}_][\p{L}\p{N}_-]*/uy],
  ["number", /-?\d+(?:\.\d+)?/y],
  ["string", /"(?:\\.|[^"\\\n\r])*"?/y],
  ["mark", /@@|[@{}()[\]:,=.?!]/y],
];

/** Cuts a Prisma schema into words and marks. What it does not know is a fault, and left out. */
export function tokenize(text: string): { tokens: Token[]; comments: Comment[]; faults: Fault[] } {
  const tokens: Token[] = [];
  const comments: Comment[] = [];
  const faults: Fault[] = [];
  let at = 0;

  const next = (): void => {
    for (const [kind, pattern] of patterns) {
      pattern.lastIndex = at;
      const found = pattern.exec(text)?.[0];
      if (found === undefined) continue;
      const start = at;
      at += found.length;
      const range = [start, at] as const;
      if (kind === "line comment") comments.push({ type: "Line", value: found.slice(2), range, documents: found.startsWith("///") });
      else if (kind === "block comment") comments.push({ type: "Block", value: found.slice(2).replace(/\*\/$/, ""), range, documents: false });
      else if (kind !== "space") tokens.push({ kind, text: found, start, end: at });
      if (kind === "string" && !/^".*"$/s.test(found)) faults.push({ message: "This string is not closed.", range });
      return;
    }
    faults.push({ message: `${JSON.stringify(text.charAt(at))} has no meaning here.`, range: [at, at + 1] });
    at += 1;
  };

  while (at < text.length) next();
  tokens.push({ kind: "end", text: "", start: text.length, end: text.length });
  return { tokens, comments, faults };
}
