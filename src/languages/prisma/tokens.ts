import { endOf, endOfWord, type Words } from "../scan.js";
import type { Comment, Fault } from "../tree.js";

export interface Token {
  readonly kind: "word" | "string" | "number" | "mark" | "line" | "end";
  /** The text as it stands there; `"\n"` for any end of a line. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const space = /[^\S\n]+/y;
const lineComment = /\/\/[^\n\r]*/y;
const blockComment = /\/\*[\s\S]*?(?:\*\/|$)/y;
const words: Words = { plain: /[A-Za-z_][\w-]*/y, any: /[\p{L}_][\p{L}\p{N}_-]*/uy };
const number = /-?\d+(?:\.\d+)?/y;
const string = /"(?:\\.|[^"\\\n\r])*"?/y;
const mark = /@@|[@{}()[\]:,=.?!]/y;

class Lexer {
  readonly tokens: Token[] = [];
  readonly comments: Comment[] = [];
  readonly faults: Fault[] = [];
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  run(): this {
    const { length } = this.#text;
    while (this.#at < length) this.#next(this.#text.charAt(this.#at));
    this.#push("end", length);
    return this;
  }

  #push(kind: Token["kind"], end: number): boolean {
    const start = this.#at;
    if (end === start && kind !== "end") return false;
    this.tokens.push({ kind, text: this.#text.slice(start, end), start, end });
    this.#at = end;
    return true;
  }

  #next(first: string): void {
    const text = this.#text;
    const at = this.#at;
    if (first === "\n") this.#push("line", at + 1);
    else if (first === " ") this.#at = endOf(space, text, at);
    else if (first === '"') this.#string(at);
    else if (first === "/") this.#comment(at);
    else if (!this.#push("word", endOfWord(words, text, at)) && !this.#push("mark", endOf(mark, text, at)) && !this.#push("number", endOf(number, text, at))) this.#blank(at);
  }

  #string(start: number): void {
    const end = endOf(string, this.#text, start);
    this.#push("string", end);
    const isClosed = end - start > 1 && this.#text.charAt(end - 1) === '"';
    if (!isClosed) this.faults.push({ message: "This string is not closed.", range: [start, end] });
  }

  #comment(start: number): void {
    const text = this.#text;
    const lineEnd = endOf(lineComment, text, start);
    const end = lineEnd > start ? lineEnd : endOf(blockComment, text, start);
    const range = [start, end] as const;
    this.#at = end;
    if (lineEnd > start) this.comments.push({ type: "Line", value: text.slice(start + 2, end), range, documents: text.startsWith("///", start) });
    else if (end > start) this.comments.push({ type: "Block", value: text.slice(start + 2, end).replace(/\*\/$/, ""), range, documents: false });
    else this.#stray(start);
  }

  /** White space that is no blank, or what means nothing. */
  #blank(start: number): void {
    this.#at = endOf(space, this.#text, start);
    if (this.#at === start) this.#stray(start);
  }

  #stray(start: number): void {
    this.#at = start + 1;
    this.faults.push({ message: `${JSON.stringify(this.#text.charAt(start))} has no meaning here.`, range: [start, this.#at] });
  }
}

/** Cuts a Prisma schema into words and marks. What it does not know is a fault, and left out. */
export const tokenize = (text: string): Pick<Lexer, "tokens" | "comments" | "faults"> => new Lexer(text).run();
