import { endOf, endOfWord, type Words } from "../scan.js";
import type { Comment, Fault } from "../tree.js";

export interface Token {
  /** `word` without quotes, `name` with; `body` between dollar quotes; `break` where a statement ends. */
  readonly kind: "word" | "name" | "string" | "body" | "number" | "mark" | "break" | "end";
  /** A word in lower case; a name, string or body without its quotes. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Whether it is the first of its line. */
  readonly isFirst: boolean;
}

export interface Tokens {
  readonly tokens: Token[];
  readonly comments: Comment[];
  readonly faults: Fault[];
}

const blank = /\s+/y;
const printable = /[!-~]/;
const words: Words = { plain: /[A-Za-z_][\w$]*/y, any: /[\p{L}_][\p{L}\p{N}_$]*/uy };
const numeral = /(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const dollar = /\$(?:[\p{L}_][\p{L}\p{N}_]*)?\$/uy;
const cast = /::|<=|>=|<>|!=|\|\||->>|->|:=|=>/y;

/** What drizzle-kit writes between two statements. */
const breakpoint = "> statement-breakpoint";

/** Where the comment that begins here ends. Comments in comments count. */
function endOfComment(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    if (text.startsWith("/*", at)) {
      depth += 1;
      at += 1;
    } else if (text.startsWith("*/", at)) {
      depth -= 1;
      at += 1;
      if (depth === 0) return at + 1;
    }
  }
  return text.length;
}

/** Where a quoted text ends whose opening quote stands here; `null` when it does not. */
function endOfQuoted(text: string, from: number, quote: string, hasEscapes: boolean): number | null {
  for (let at = from + 1; at < text.length; at += 1) {
    const character = text[at];
    if (hasEscapes && character === "\\") at += 1;
    else if (character === quote) {
      if (text[at + 1] !== quote) return at + 1;
      at += 1;
    }
  }
  return null;
}

const lineEnd = (text: string, from: number): number => {
  const found = text.indexOf("\n", from);
  return found === -1 ? text.length : found;
};

/** Cuts SQL into words and marks, as Postgres does; with backticks and escapes, as MySQL does, from the first backtick on. */
class Lexer {
  readonly tokens: Token[] = [];
  readonly comments: Comment[] = [];
  readonly faults: Fault[] = [];
  readonly #text: string;
  readonly #stop: number;
  #at: number;
  #isFirst = true;
  #isMySql = false;
  /** The first token of the statement that is being read. */
  #statement = 0;

  constructor(text: string, from: number, to: number) {
    this.#text = text;
    this.#at = from;
    this.#stop = to;
  }

  run(): Tokens {
    while (this.#at < this.#stop) this.#next();
    return this;
  }

  #push(kind: Token["kind"], text: string, start: number): void {
    this.tokens.push({ kind, text, start, end: this.#at, isFirst: this.#isFirst });
    this.#isFirst = false;
    if (kind === "break") this.#skipData();
  }

  /** The rows after `COPY … FROM stdin`, up to `\.` on a line of its own. */
  #skipData(): void {
    const first = this.tokens[this.#statement];
    const isCopy = first?.kind === "word" && first.text === "copy" && this.tokens.slice(this.#statement).some(({ kind, text }) => kind === "word" && text === "stdin");
    this.#statement = this.tokens.length;
    if (!isCopy) return;
    const found = this.#text.indexOf("\n\\.", this.#at);
    this.#at = found === -1 ? this.#stop : found + "\n\\.".length;
  }

  #comment(type: Comment["type"], value: string, start: number): void {
    this.comments.push({ type, value, range: [start, this.#at], documents: false });
    if (value.startsWith(breakpoint)) this.#push("break", "", start);
  }

  #next(): void {
    const text = this.#text;
    const start = this.#at;
    const character = text.charAt(start);
    const isBlank = character === " " || character === "\n";
    const filled = isBlank || !printable.test(character) ? endOf(blank, text, start) : start;
    if (filled > start) {
      this.#at = filled;
      this.#isFirst ||= text.slice(start, filled).includes("\n");
    } else if (text.startsWith("--", start) || (this.#isMySql && character === "#")) {
      this.#at = Math.min(lineEnd(text, start), this.#stop);
      this.#comment("Line", text.slice(start + (character === "#" ? 1 : 2), this.#at).replace(/\r$/, ""), start);
    } else if (text.startsWith("/*", start)) {
      this.#at = Math.min(endOfComment(text, start), this.#stop);
      this.#comment("Block", text.slice(start + 2, this.#at).replace(/\*\/$/, ""), start);
    } else if (character === "\\" && this.#isFirst) {
      this.#at = lineEnd(text, start);
    } else if (character === "'") {
      this.#quoted("string", start, start, this.#isMySql);
    } else if (character === '"') {
      this.#quoted("name", start, start, false);
    } else if (character === "`") {
      this.#isMySql = true;
      this.#quoted("name", start, start, false);
    } else {
      this.#plain(start, character);
    }
  }

  #plain(start: number, character: string): void {
    const text = this.#text;
    const wordEnd = endOfWord(words, text, start);
    const numberEnd = wordEnd === start ? endOf(numeral, text, start) : start;
    const tagEnd = character === "$" ? endOf(dollar, text, start) : start;
    if (wordEnd > start) this.#word(start, wordEnd);
    else if (numberEnd > start) {
      this.#at = numberEnd;
      this.#push("number", text.slice(start, numberEnd), start);
    } else if (tagEnd > start) this.#body(start, text.slice(start, tagEnd));
    else this.#mark(start);
  }

  /** A word; or the letter before a string, as in `E'a\nb'`. */
  #word(start: number, end: number): void {
    const word = this.#text.slice(start, end);
    if (this.#text[end] === "'" && /^[ebxn]$/i.test(word)) {
      this.#quoted("string", start, end, /e/i.test(word) || this.#isMySql);
    } else {
      this.#at = end;
      this.#push("word", word.toLowerCase(), start);
    }
  }

  #body(start: number, tag: string): void {
    const from = start + tag.length;
    const close = this.#text.indexOf(tag, from);
    const isClosed = close !== -1 && close + tag.length <= this.#stop;
    if (!isClosed) this.faults.push({ message: `This ${tag} is not closed.`, range: [start, from] });
    this.#at = isClosed ? close + tag.length : this.#stop;
    this.#push("body", this.#text.slice(from, isClosed ? close : this.#stop), start);
  }

  #mark(start: number): void {
    const text = this.#text;
    this.#at = Math.max(endOf(cast, text, start), start + 1);
    const mark = text.slice(start, this.#at);
    this.#push(mark === ";" ? "break" : "mark", mark, start);
  }

  #quoted(kind: "string" | "name", start: number, open: number, hasEscapes: boolean): void {
    const quote = this.#text.charAt(open);
    const close = endOfQuoted(this.#text, open, quote, hasEscapes);
    if (close === null || close > this.#stop) {
      this.faults.push({ message: `This ${quote} is not closed.`, range: [start, open + 1] });
      // Half typed: what the quote was to hold ends with its line.
      this.#at = Math.min(lineEnd(this.#text, open), this.#stop);
      this.#push(kind, this.#text.slice(open + 1, this.#at), start);
      return;
    }
    this.#at = close;
    this.#push(kind, this.#text.slice(open + 1, close - 1).replaceAll(quote + quote, quote), start);
  }
}

/** The words and marks of a part of a text. */
export function tokenize(text: string, from = 0, to = text.length): Tokens {
  return new Lexer(text, from, to).run();
}
