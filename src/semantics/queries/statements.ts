import type { TSESTree } from "@typescript-eslint/utils";

import type { QueryKind } from "../../knowledge/orms.js";
import { type Token, tokenize } from "../../languages/sql/tokens.js";
import type { Source } from "../../syntax/source.js";
import { propertyOf, unwrap } from "../../syntax/value.js";
import { type Column, type Columns, settledNode } from "./columns.js";

/** What a statement in SQL says, as far as a query of a library would. */
export interface Statement {
  /** `"raw"` for whatever is none of the four. */
  readonly kind: QueryKind;
  readonly model: string | null;
  readonly filter: Columns | null;
  readonly data: Columns | null;
  /** Whether the number of rows is bounded by a word of its own. */
  readonly limited: boolean;
  readonly ordered: boolean;
}

/** What a statement does to the transaction of its connection. */
export type Control = "begin" | "end" | "savepoint";

/** The values that stand for the parameters of a statement: a list, an object of names, or what is put into a template. */
export type Values = { readonly list: readonly TSESTree.Node[] } | { readonly object: TSESTree.Node | null };

interface Text {
  readonly text: string;
  /** What is put into the text, in order. */
  readonly inserted: readonly TSESTree.Node[];
  readonly node: TSESTree.Node;
}

/** Stands in the text for what is put in, and is no parameter that a person would count up to. */
const firstInserted = 1_000_000;
const inserted = /\$1\d{6}\b/;

/** The text of a literal or a template; `null` for what is put together otherwise. */
function textOf(node: TSESTree.Node, source: Source): Text | null {
  let inner = settledNode(node, source);
  if (inner.type === "TaggedTemplateExpression") inner = inner.quasi;
  if (inner.type === "Literal") return typeof inner.value === "string" ? { text: inner.value, inserted: [], node: inner } : null;
  if (inner.type !== "TemplateLiteral") return null;
  const text = inner.quasis.map(({ value }, index) => (index === 0 ? "" : ` $${String(firstInserted + index - 1)} `) + (value.cooked ?? value.raw)).join("");
  return { text, inserted: inner.expressions, node: inner };
}

const controls: readonly [RegExp, Control][] = [
  [/^\s*(?:begin|start\s+transaction)\b[^;]*(?:;\s*)?$/i, "begin"],
  [/^\s*(?:commit|rollback|end|abort)(?:\s+(?:work|transaction|and\s+(?:no\s+)?chain))*\s*(?:;\s*)?$/i, "end"],
  [/^\s*(?:savepoint|release|rollback\s+(?:work\s+|transaction\s+)?to)\b[^;]*(?:;\s*)?$/i, "savepoint"],
];

/** What the statement in an expression does to the transaction of its connection, if that is all it does. */
export function controlOf(node: TSESTree.Node, source: Source): Control | null {
  const text = textOf(node, source);
  return text && text.inserted.length === 0 ? (controls.find(([pattern]) => pattern.test(text.text))?.[1] ?? null) : null;
}

/** The words that a statement begins with, in capitals. */
export const wordsIn = (node: TSESTree.Node, source: Source): string => /^\s*(start\s+transaction|\w+)/i.exec(textOf(node, source)?.text ?? "")?.[1]?.toUpperCase() ?? "";

const ends = new Set(["group", "order", "limit", "offset", "fetch", "having", "returning", "for", "union", "intersect", "except", "window", "on"]);
const operators = new Set(["=", "<>", "!=", "<", ">", "<=", ">=", "like", "ilike", "in", "is", "between"]);

class Reader {
  private at = 0;
  private readonly tokens: readonly Token[];
  private positional = 0;

  constructor(
    private readonly statement: Text,
    private readonly values: Values,
    private readonly source: Source,
  ) {
    this.tokens = tokenize(statement.text).tokens;
  }

  private get token(): Token | undefined {
    return this.tokens[this.at];
  }

  private isWord(...texts: readonly string[]): boolean {
    return this.token?.kind === "word" && texts.includes(this.token.text);
  }

  /** Whether the statement goes on. */
  private isWithin(): boolean {
    return this.token !== undefined && this.token.kind !== "break" && this.token.kind !== "end";
  }

  private isMark(text: string): boolean {
    return this.token?.kind === "mark" && this.token.text === text;
  }

  private take(...texts: readonly string[]): boolean {
    const found = this.isWord(...texts);
    if (found) this.at += 1;
    return found;
  }

  /** A name, or the last part of a qualified one. */
  private name(): string | null {
    let found: string | null = null;
    while (this.token?.kind === "word" || this.token?.kind === "name") {
      found = this.token.text;
      this.at += 1;
      if (!this.isMark(".")) break;
      this.at += 1;
    }
    // What is put into the text may be any name: `FROM "${schema}"."${table}"`.
    return found !== null && inserted.test(found) ? null : found;
  }

  /** The expression that stands for a parameter, or is put in: `$1`, `?`, `:id`, `@id`, `${id}`. */
  private parameter(): TSESTree.Node | null {
    const next = this.tokens[this.at + 1];
    if (this.isMark("?")) {
      this.at += 1;
      this.positional += 1;
      return this.listed(this.positional - 1);
    }
    if (this.isMark("$") && next?.kind === "number") {
      this.at += 2;
      const index = Number(next.text);
      return index >= firstInserted ? (this.statement.inserted[index - firstInserted] ?? null) : this.listed(index - 1);
    }
    if ((this.isMark(":") || this.isMark("@") || this.isMark("$")) && next?.kind === "word") {
      this.at += 2;
      return this.named(this.statement.text.slice(next.start, next.end));
    }
    return null;
  }

  private listed(index: number): TSESTree.Node | null {
    return "list" in this.values ? (this.values.list[index] ?? null) : null;
  }

  private named(name: string): TSESTree.Node | null {
    const object = "object" in this.values ? this.values.object : (this.values.list[0] ?? null);
    const settled = object && settledNode(object, this.source);
    const value = settled?.type === "ObjectExpression" ? propertyOf(settled, name) : null;
    return value === "unknown" ? null : value;
  }

  private skipParentheses(): void {
    let depth = 0;
    do {
      if (this.isMark("(")) depth += 1;
      if (this.isMark(")")) depth -= 1;
      if (this.isMark("?")) this.positional += 1;
      this.at += 1;
    } while (depth > 0 && this.token);
  }

  /** Goes on to one of some words, past whatever stands in parentheses. */
  private goTo(...words: readonly string[]): boolean {
    while (this.isWithin() && !this.isWord(...words)) {
      if (this.isMark("(")) this.skipParentheses();
      else {
        if (this.isMark("?")) this.positional += 1;
        this.at += 1;
      }
    }
    return this.isWord(...words);
  }

  read(): Statement {
    if (this.take("select")) return this.select();
    if (this.take("insert", "replace")) return this.insert();
    if (this.take("update")) return this.update();
    if (this.take("delete")) return this.delete();
    if (this.take("truncate")) {
      this.take("table");
      return this.done("delete-many", this.name());
    }
    return this.done("raw", null);
  }

  private done(kind: QueryKind, model: string | null, rest: Partial<Statement> = {}): Statement {
    return { kind, model, filter: null, data: null, limited: false, ordered: false, ...rest };
  }

  private select(): Statement {
    const counts = this.isWord("count", "sum", "avg", "min", "max", "exists");
    const isCount = this.isWord("count", "exists");
    if (!this.goTo("from")) return this.done("raw", null);
    this.at += 1;
    const model = this.name();
    // What a function gives is no table's, and how much it gives is its own affair.
    if (model !== null && this.isMark("(")) return this.done("raw", null);
    const filter = this.where();
    const from = this.at;
    const grouped = this.goTo("group");
    this.at = from;
    const ordered = this.goTo("order");
    this.at = from;
    const limited = this.goTo("limit", "fetch");
    const isOne = limited && this.tokens[this.at + 1]?.text === "1";
    const byKey = filter?.keys.some(({ name, path, operator, always }) => always && operator === "equals" && path.length === 0 && /^(?:_?id|uuid)$/i.test(name)) ?? false;
    const kind = counts && !grouped ? (isCount ? "count" : "aggregate") : isOne || byKey ? "read-one" : "read-many";
    return this.done(kind, model, { filter, limited, ordered });
  }

  private where(): Columns | null {
    const from = this.at;
    if (!this.goTo("where", "union", "intersect", "except")) {
      this.at = from;
      return null;
    }
    if (!this.isWord("where")) return null;
    this.at += 1;
    return this.conditions();
  }

  /** `a = $1 AND b IN (…)`: what is compared at the top holds always, unless an OR or a NOT stands anywhere. */
  private conditions(): Columns {
    const keys: Column[] = [];
    const { node } = this.statement;
    const start = this.at;
    let complete = true;
    let always = true;
    for (let last = start; last < this.tokens.length; last += 1) {
      const token = this.tokens[last];
      if (token?.kind === "word" && token.text === "or") always = false;
      if (token?.kind === "word" && token.text === "not" && !/^(?:in|null|like|ilike|between)$/.test(this.tokens[last + 1]?.text ?? "")) always = false;
    }
    while (this.isWithin() && !(this.token?.kind === "word" && ends.has(this.token.text))) {
      const key = this.condition(always);
      if (key) keys.push(key);
      else if (this.take("and", "or", "not")) continue;
      else if (this.isMark("(") && this.tokens[this.at + 1]?.text !== "select") this.at += 1;
      else if (this.isMark("(")) {
        complete = false;
        this.skipParentheses();
      } else if (this.isMark(")")) this.at += 1;
      else {
        complete = false;
        this.parameter();
        this.at += this.isMark("(") ? 0 : 1;
      }
    }
    return { keys: keys.map((key) => ({ ...key, node })), node, complete };
  }

  private condition(always: boolean): Column | null {
    const before = this.at;
    const first = this.token;
    if (first?.kind !== "word" && first?.kind !== "name") return null;
    if (first.kind === "word" && /^(?:and|or|not|exists|select)$/.test(first.text)) return null;
    const name = this.name();
    const not = this.take("not");
    const operator = this.token;
    if (name === null || !operator || !operators.has(operator.text)) {
      this.at = before;
      return null;
    }
    this.at += 1;
    return { name, path: [], ...this.operand(`${not ? "not " : ""}${operator.text}`), always, node: this.statement.node };
  }

  /** What a column is compared with; `null` for what is written in the text. */
  private operand(operator: string): { operator: string; value: TSESTree.Node | null } {
    if (this.take("any")) {
      this.at += 1;
      const value = this.parameter();
      if (this.isMark("::")) this.at += 2;
      while (this.token && !this.isMark(")")) this.at += 1;
      this.at += 1;
      return { operator: "in", value };
    }
    if (this.isMark("(")) {
      const { at, positional } = this;
      this.at += 1;
      const isSelect = this.isWord("select");
      const value = isSelect ? null : this.parameter();
      this.at = at;
      this.positional = positional;
      this.skipParentheses();
      return { operator: isSelect ? "unknown" : operator, value };
    }
    const value = this.parameter();
    if (value === null) {
      if (this.token) this.at += 1;
      if (this.isMark("(")) this.skipParentheses();
    }
    if (this.isMark("::")) this.at += 2;
    return { operator: operator === "=" ? "equals" : operator, value };
  }

  private insert(): Statement {
    this.take("or");
    const replaces = this.take("replace") || this.tokens[this.at - 1]?.text === "replace";
    this.take("ignore", "low_priority", "delayed");
    if (!this.take("into")) return this.done("raw", null);
    const model = this.name();
    const names = this.isMark("(") ? this.names() : [];
    const { node } = this.statement;
    const keys: Column[] = [];
    let rows = 0;
    let complete = names.length > 0;
    const take = this.take("values", "value");
    for (; take && this.isMark("("); rows += 1) {
      this.at += 1;
      for (let index = 0; this.token && !this.isMark(")"); index += 1) {
        const value = this.parameter();
        const name = names[index];
        if (name !== undefined) keys.push({ name, path: [], operator: "set", value, always: true, node });
        while (this.isWithin() && !this.isMark(",") && !this.isMark(")")) {
          if (this.isMark("(")) this.skipParentheses();
          else this.at += 1;
        }
        if (this.isMark(",")) this.at += 1;
      }
      this.at += 1;
      if (this.isMark(",")) this.at += 1;
    }
    if (rows === 0) complete = false;
    const upserts = replaces || this.goTo("conflict", "duplicate");
    return this.done(upserts ? "upsert" : rows === 1 ? "create" : "create-many", model, { data: { keys, node, complete } });
  }

  private names(): string[] {
    const found: string[] = [];
    this.at += 1;
    while (this.token && !this.isMark(")")) {
      if (this.token.kind === "word" || this.token.kind === "name") found.push(this.token.text);
      this.at += 1;
    }
    this.at += 1;
    return found;
  }

  private update(): Statement {
    this.take("only", "ignore");
    const model = this.name();
    if (!this.goTo("set")) return this.done("raw", model);
    this.at += 1;
    const { node } = this.statement;
    const keys: Column[] = [];
    let complete = true;
    while (this.isWithin() && !this.isWord("where", "from", "returning")) {
      const name = this.name();
      if (name === null || !this.isMark("=")) {
        complete = false;
        this.parameter();
        this.at += 1;
        continue;
      }
      this.at += 1;
      const from = this.at;
      const value = this.parameter();
      while (this.isWithin() && !this.isMark(",") && !this.isWord("where", "from", "returning")) {
        if (this.isMark("(")) this.skipParentheses();
        else this.at += 1;
      }
      // stock = stock - $1
      const changes = this.tokens.slice(from, this.at).some(({ text, kind }) => (kind === "word" || kind === "name") && text === name);
      keys.push({ name, path: [], operator: changes ? "change" : "set", value, always: true, node });
      if (this.isMark(",")) this.at += 1;
    }
    return this.done("update-many", model, { data: { keys, node, complete }, filter: this.where() });
  }

  private delete(): Statement {
    if (!this.take("from")) return this.done("raw", null);
    const model = this.name();
    return this.done("delete-many", model, { filter: this.where() });
  }
}

/**
 * Reads a statement in SQL.
 *
 * @returns `null` where its text is put together in a way that cannot be followed.
 */
export function readStatement(node: TSESTree.Node, values: Values, source: Source): Statement | null {
  const text = textOf(node, source);
  return text && new Reader(text, values, source).read();
}

/** The values of a list in the code; none where that cannot be followed. */
export function listOf(node: TSESTree.Node | null, source: Source): Values {
  const settled = node && settledNode(unwrap(node), source);
  if (settled?.type === "ArrayExpression") return { list: settled.elements.flatMap((element) => (element && element.type !== "SpreadElement" ? [element] : [])) };
  return settled?.type === "ObjectExpression" ? { object: settled } : { list: [] };
}
