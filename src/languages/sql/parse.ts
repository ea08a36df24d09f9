import type { Comment, Fault } from "../tree.js";
import { Cursor, Unreadable } from "./cursor.js";
import { statement } from "./statements.js";
import type { SqlBlock, SqlExecute, SqlOther, SqlScript, SqlStatement } from "./syntax.js";
import { tokenize, type Token } from "./tokens.js";

/** Words that no statement of a table goes on with at the beginning of a line, so that a forgotten semicolon costs one statement. */
const heads: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ["create", new Set(["table", "index", "unique", "policy", "type", "or", "view", "extension", "trigger"])],
  ["alter", new Set(["table", "type", "policy"])],
  ["drop", new Set(["table", "policy", "type"])],
]);

const isWord = (token: Token | undefined, ...words: readonly string[]): boolean => token?.kind === "word" && words.includes(token.text);

const isHead = (tokens: readonly Token[], index: number): boolean => {
  const token = tokens[index];
  const after = tokens[index + 1];
  return token?.kind === "word" && token.isFirst && after?.kind === "word" && heads.get(token.text)?.has(after.text) === true;
};

const programs = new Set(["function", "procedure", "trigger"]);

/** Where the statement that begins at a token ends: at its semicolon, or before the next one begins. */
function endOfStatement(tokens: readonly Token[], from: number, to: number): number {
  const isCreate = isWord(tokens[from], "create");
  const isProgram = isCreate && tokens.slice(from, from + 8).some((token) => token.kind === "word" && programs.has(token.text));
  const isSchema = isCreate && isWord(tokens[from + 1], "schema");
  let depth = 0;
  for (let index = from; index < to; index += 1) {
    const token = tokens[index];
    if (isProgram) {
      // A body without dollars: `BEGIN … END`, as SQLite, MySQL and `BEGIN ATOMIC` have it.
      if (isWord(token, "begin", "case")) depth += 1;
      else if (isWord(token, "end") && depth > 0 && !isWord(tokens[index + 1], "if", "loop", "while", "repeat")) depth -= 1;
    }
    if (token?.kind === "break" && depth === 0) return index;
    if (index > from && depth === 0 && !isSchema && isHead(tokens, index)) return index;
  }
  return to;
}

/** Words that statements begin behind in a block. */
const behind = new Set(["begin", "then", "else", "loop"]);

class Reader {
  readonly comments: Comment[] = [];
  readonly faults: Fault[] = [];
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  script(from = 0, to = this.#text.length): SqlStatement[] {
    return this.#statements(this.#tokens(from, to), false);
  }

  #tokens(from: number, to: number): Token[] {
    const { tokens, comments, faults } = tokenize(this.#text, from, to);
    this.comments.push(...comments);
    this.faults.push(...faults);
    return tokens;
  }

  #statements(tokens: readonly Token[], isBlock: boolean): SqlStatement[] {
    const statements: SqlStatement[] = [];
    for (let from = 0; from < tokens.length; ) {
      if (tokens[from]?.kind === "break") {
        from += 1;
        continue;
      }
      const to = endOfStatement(tokens, from, tokens.length);
      const start = isBlock ? this.#behindProgram(tokens, from, to) : from;
      if (start < to) {
        const read = this.#statement(tokens, start, to);
        if (!isBlock || read.type !== "SqlOther") statements.push(read);
      }
      from = to;
    }
    return statements;
  }

  /** Where, in what stands between two semicolons of a block, a statement of its own begins: behind `IF … THEN`. */
  #behindProgram(tokens: readonly Token[], from: number, to: number): number {
    let start = from;
    let depth = 0;
    for (let index = from; index < to; index += 1) {
      const token = tokens[index];
      if (token?.kind === "mark" && token.text === "(") depth += 1;
      else if (token?.kind === "mark" && token.text === ")") depth -= 1;
      else if (depth === 0 && token?.kind === "word" && behind.has(token.text)) start = index + 1;
    }
    return start;
  }

  #statement(tokens: readonly Token[], from: number, to: number): SqlStatement {
    const faults: Fault[] = [];
    try {
      const program = this.#program(tokens, from, to);
      if (program) return program;
      const cursor = new Cursor(tokens, from, to, faults);
      const read = statement(cursor);
      if (read && !cursor.atEnd) cursor.fault();
      if (read) {
        this.faults.push(...faults);
        return read;
      }
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      this.faults.push(...faults, { message: error.message, range: error.range });
    }
    return this.#other(tokens, from, to);
  }

  #other(tokens: readonly Token[], from: number, to: number): SqlOther {
    const words: string[] = [];
    for (let index = from; index < to && words.length < 3 && tokens[index]?.kind === "word"; index += 1) words.push(tokens[index]?.text ?? "");
    return { type: "SqlOther", command: words.join(" "), range: [tokens[from]?.start ?? 0, tokens[to - 1]?.end ?? 0] };
  }

  /** A block, or what one executes. */
  #program(tokens: readonly Token[], from: number, to: number): SqlBlock | SqlExecute | null {
    const first = tokens[from];
    const last = tokens[to - 1];
    if (!first || !last) return null;
    const range = [first.start, last.end] as const;
    if (isWord(first, "do")) {
      const body = tokens.slice(from, to).find(({ kind }) => kind === "body");
      return body ? { type: "SqlBlock", statements: this.#statements(this.#bodyOf(body), true), range } : null;
    }
    if (!isWord(first, "execute") || isWord(tokens[from + 1], "function", "procedure", "on")) return null;
    const text = tokens[from + 1];
    const isLiteral = to - from === 2 && text !== undefined && (text.kind === "body" || text.kind === "string");
    // A quote in a text is written twice, so that the places in it are not those of the file.
    if (isLiteral && text.end - text.start - text.text.length <= 2 + (text.kind === "body" ? this.#tagLength(text) * 2 - 2 : 0)) {
      return { type: "SqlExecute", statements: this.#statements(this.#bodyOf(text), false), text: null, range };
    }
    return { type: "SqlExecute", statements: [], text: this.#text.slice(...range).replaceAll(/\s+/g, " "), range };
  }

  #tagLength({ start }: Token): number {
    return this.#text.indexOf("$", start + 1) + 1 - start;
  }

  #bodyOf(token: Token): Token[] {
    const margin = token.kind === "body" ? this.#tagLength(token) : 1;
    const from = token.start + margin;
    return this.#tokens(from, from + token.text.length);
  }
}

const byPlace = (one: Fault | Comment, other: Fault | Comment): number => one.range[0] - other.range[0];

/** Reads SQL, whole or half typed. What cannot be read costs the statement, or the column or action of it, that it stands in. */
export function parseSql(text: string): SqlScript {
  const reader = new Reader(text);
  const statements = reader.script();
  return { type: "SqlScript", statements, comments: reader.comments.sort(byPlace), faults: reader.faults.sort(byPlace), range: [0, text.length] };
}

/** Reads the SQL that stands somewhere in another text. */
export const parseSqlIn = (text: string, from: number, to: number): readonly SqlStatement[] => new Reader(text).script(from, to);
