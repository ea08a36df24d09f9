import type { Fault, Range } from "../tree.js";
import type { SqlExpression, SqlName } from "./syntax.js";
import type { Token } from "./tokens.js";

/** Something stands where it cannot be understood. It costs the statement, or the element of a list, that it stands in. */
export class Unreadable extends Error {
  readonly range: Range;

  constructor(message: string, { start, end }: Pick<Token, "start" | "end">) {
    super(message);
    this.range = [start, end];
  }
}

/** Postgres cuts names off here. */
const longestName = 63;

const opening = new Set(["(", "["]);
const closing = new Set([")", "]"]);

/** Walks the tokens of one statement. */
export class Cursor {
  readonly faults: Fault[];
  readonly #tokens: readonly Token[];
  readonly #stop: number;
  #index: number;

  constructor(tokens: readonly Token[], from: number, to: number, faults: Fault[]) {
    this.#tokens = tokens;
    this.#index = from;
    this.#stop = to;
    this.faults = faults;
  }

  /** The token to come; beyond the statement, an empty one. */
  peek(ahead = 0): Token {
    const index = this.#index + ahead;
    const token = index < this.#stop ? this.#tokens[index] : undefined;
    return token ?? { kind: "end", text: "", start: this.end, end: this.end, isFirst: false };
  }

  take(): Token {
    const token = this.peek();
    if (token.kind !== "end") this.#index += 1;
    return token;
  }

  /** Where the last token that was taken ends. */
  get end(): number {
    return this.#tokens[this.#index - 1]?.end ?? 0;
  }

  get atEnd(): boolean {
    return this.#index >= this.#stop;
  }

  /** From a place on to the end of what was passed; where nothing was since, that end, which lies within whatever is being read. */
  since(start: number): Range {
    return [Math.min(start, this.end), this.end];
  }

  /** Whether words without quotes come next. */
  sees(...words: readonly string[]): boolean {
    return words.every((word, ahead) => {
      const token = this.peek(ahead);
      return token.kind === "word" && token.text === word;
    });
  }

  /** Whether one of some words comes next. */
  seesAny(words: ReadonlySet<string>, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === "word" && words.has(token.text);
  }

  accept(...words: readonly string[]): boolean {
    if (!this.sees(...words)) return false;
    this.#index += words.length;
    return true;
  }

  expect(...words: readonly string[]): void {
    if (!this.accept(...words)) this.fail(`Expected ${words.join(" ").toUpperCase()}.`);
  }

  seesMark(mark: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === "mark" && token.text === mark;
  }

  acceptMark(mark: string): boolean {
    if (!this.seesMark(mark)) return false;
    this.#index += 1;
    return true;
  }

  expectMark(mark: string): void {
    if (!this.acceptMark(mark)) this.fail(`Expected ${mark}.`);
  }

  fail(message: string): never {
    throw new Unreadable(message, this.peek());
  }

  isName(ahead = 0): boolean {
    const { kind } = this.peek(ahead);
    return kind === "word" || kind === "name";
  }

  /** A name with its schema: `public."User"`. */
  name(): SqlName {
    const { start } = this.peek();
    const parts = [this.#part()];
    while (this.seesMark(".") && this.isName(1)) {
      this.#index += 1;
      parts.push(this.#part());
    }
    return { type: "SqlName", schema: parts.at(-2) ?? null, text: parts.at(-1) ?? "", range: this.since(start) };
  }

  #part(): string {
    if (!this.isName()) this.fail("Expected a name.");
    return this.take().text.slice(0, longestName);
  }

  /** Passes what is left up to a mark, or one of some words, outside of any brackets; or up to the end. */
  skipTo(isStop: (token: Token) => boolean): void {
    let depth = 0;
    for (;;) {
      const token = this.peek();
      if (token.kind === "end") return;
      if (token.kind === "mark") {
        if (depth === 0 && closing.has(token.text)) return;
        if (opening.has(token.text)) depth += 1;
        else if (closing.has(token.text)) depth -= 1;
      }
      if (depth === 0 && isStop(token)) return;
      this.#index += 1;
    }
  }

  /** Passes a bracket, all that is in it, and the one that closes it. */
  skipBrackets(): void {
    this.expectMark("(");
    this.skipTo(() => false);
    this.expectMark(")");
  }

  /** Something calculated: at least one token, up to a comma, a closing bracket or one of some words. */
  expression(stops?: ReadonlySet<string>): SqlExpression {
    const first = this.#index;
    const { kind, start } = this.peek();
    if (kind === "end" || this.seesMark(",") || this.seesMark(")")) this.fail("Expected an expression.");
    let isFirst = !this.seesMark("(");
    this.skipTo((token) => {
      if (isFirst) {
        isFirst = false;
        return false;
      }
      return (token.kind === "mark" && token.text === ",") || (token.kind === "word" && stops?.has(token.text) === true);
    });
    return { type: "SqlExpression", text: this.textSince(first), range: this.since(start) };
  }

  /** What was passed since a token, in one line. */
  textSince(first: number): string {
    return this.#tokens
      .slice(first, this.#index)
      .map(({ kind, text }) => (kind === "string" ? `'${text.replaceAll("'", "''")}'` : kind === "name" ? `"${text}"` : text))
      .join(" ");
  }

  get index(): number {
    return this.#index;
  }

  /** What stands in brackets, between commas. An item that cannot be read costs itself. */
  listed<T>(item: () => T): T[] {
    const items: T[] = [];
    this.expectMark("(");
    while (!this.acceptMark(")")) {
      if (this.atEnd) this.fail("Expected ).");
      if (this.acceptMark(",")) continue;
      const before = this.#index;
      this.attempt(items, item);
      // A bracket of another kind, that nothing has opened.
      if (this.#index === before) this.#index += 1;
    }
    return items;
  }

  /** Reads an item, up to the next comma or closing bracket. */
  attempt<T>(items: T[], item: () => T): void {
    try {
      items.push(item());
      if (!this.atEnd && !this.seesMark(",") && !this.seesMark(")")) this.fault();
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      this.faults.push({ message: error.message, range: error.range });
    }
    this.skipTo(({ kind, text }) => kind === "mark" && text === ",");
  }

  fault(message = `${JSON.stringify(this.peek().text)} was not expected here.`): void {
    const { start, end } = this.peek();
    this.faults.push({ message, range: [start, end] });
  }
}
