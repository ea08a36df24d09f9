import type { Fault, Range } from "../tree.js";
import type {
  PrismaArgument,
  PrismaAttribute,
  PrismaBlock,
  PrismaBlockAttribute,
  PrismaEnumValue,
  PrismaField,
  PrismaFieldType,
  PrismaName,
  PrismaSchema,
  PrismaSetting,
  PrismaString,
  PrismaValue,
} from "./syntax.js";
import { tokenize, type Token } from "./tokens.js";

const blockTypes = {
  model: "PrismaModel",
  view: "PrismaView",
  type: "PrismaType",
  enum: "PrismaEnum",
  datasource: "PrismaDatasource",
  generator: "PrismaGenerator",
} as const;

type Keyword = keyof typeof blockTypes;

const isKeyword = (text: string): text is Keyword => Object.hasOwn(blockTypes, text);

const end: Token = { kind: "end", text: "", start: 0, end: 0 };

/** What a string says; its text without the quotes where it says nothing that can be understood. */
function contentOf(text: string): string {
  if (!text.includes("\\") && text.length > 1 && text.endsWith('"')) return text.slice(1, -1);
  try {
    return JSON.parse(text) as string;
  } catch {
    return text.replace(/^"|"$/g, "");
  }
}

/**
 * Reads a Prisma schema into a tree. Half-typed text costs what it stands in, a value, a field or a block, and is told of in `faults`.
 *
 * The tokens are read with one look ahead; a line is the unit to begin afresh at.
 */
class Parser {
  readonly faults: Fault[];
  readonly #tokens: readonly Token[];
  #index = 0;

  constructor(tokens: readonly Token[], faults: Fault[]) {
    this.#tokens = tokens;
    this.faults = faults;
  }

  #peek(ahead = 0): Token {
    return this.#tokens[this.#index + ahead] ?? this.#tokens.at(-1) ?? end;
  }

  #take(): Token {
    const token = this.#peek();
    if (token.kind !== "end") this.#index += 1;
    return token;
  }

  /** Where the last token that was taken ends. */
  get #end(): number {
    return this.#tokens[this.#index - 1]?.end ?? 0;
  }

  #is(text: string): boolean {
    const token = this.#peek();
    return token.kind === "mark" && token.text === text;
  }

  #accept(text: string): boolean {
    if (!this.#is(text)) return false;
    this.#index += 1;
    return true;
  }

  #atLineEnd(): boolean {
    const { kind } = this.#peek();
    return kind === "line" || kind === "end";
  }

  #fault(message: string, { start, end: stop }: Pick<Token, "start" | "end"> = this.#peek()): void {
    this.faults.push({ message, range: [start, stop] });
  }

  #skipEmptyLines(): void {
    while (this.#peek().kind === "line") this.#index += 1;
  }

  /** Leaves what is left of a line alone, but for the mark that closes the block. */
  #skipLine(): void {
    while (!this.#atLineEnd() && !this.#is("}")) this.#index += 1;
  }

  /** `model User {` at the beginning of a line: a block that begins, even where the one before was not closed. */
  #beginsBlock(ahead = 0): boolean {
    const after = this.#peek(ahead + 2);
    return after.kind === "mark" && after.text === "{" && this.#peek(ahead + 1).kind === "word" && isKeyword(this.#peek(ahead).text);
  }

  schema(): PrismaBlock[] {
    const blocks: PrismaBlock[] = [];
    for (;;) {
      this.#skipEmptyLines();
      const { kind, text } = this.#peek();
      if (kind === "end") return blocks;
      if (isKeyword(text)) {
        blocks.push(this.#block(text));
        if (!this.#atLineEnd() && !this.#beginsBlock()) this.#strayLine();
      } else {
        this.#strayLine();
      }
    }
  }

  #strayLine(): void {
    this.#fault("Expected a model, view, type, enum, datasource or generator.");
    while (!this.#atLineEnd()) this.#index += 1;
  }

  #block(keyword: Keyword): PrismaBlock {
    const { start } = this.#take();
    const name = this.#peek().kind === "word" ? this.#name() : null;
    if (!name) this.#fault(`This ${keyword} has no name.`);
    const members = this.#members(keyword, () => this.#member(keyword));
    return { type: blockTypes[keyword], name, members, range: [start, this.#end] } as PrismaBlock;
  }

  #member(keyword: Keyword): PrismaBlock["members"][number] | null {
    if (keyword === "datasource" || keyword === "generator") return this.#setting();
    return keyword === "enum" ? this.#enumValueOrAttribute() : this.#fieldOrAttribute();
  }

  #members<T>(keyword: Keyword, member: () => T | null): T[] {
    const members: T[] = [];
    if (!this.#accept("{")) {
      this.#fault(`Expected the { of this ${keyword}.`);
      this.#skipLine();
      return members;
    }
    for (;;) {
      this.#skipEmptyLines();
      if (this.#accept("}")) return members;
      if (this.#peek().kind === "end" || this.#beginsBlock()) {
        this.#fault(`This ${keyword} is not closed.`);
        return members;
      }
      const from = this.#index;
      const read = member();
      if (read) members.push(read);
      if (!this.#atLineEnd() && !this.#is("}")) this.#fault(`${JSON.stringify(this.#peek().text)} was not expected here.`);
      this.#skipLine();
      if (this.#index === from) this.#index += 1;
    }
  }

  #name(): PrismaName {
    const { text, start, end: stop } = this.#take();
    return { type: "PrismaName", text, range: [start, stop] };
  }

  #fieldOrAttribute(): PrismaField | PrismaBlockAttribute | null {
    if (this.#is("@@")) return this.#attribute("PrismaBlockAttribute");
    if (this.#peek().kind !== "word") return null;
    const name = this.#name();
    this.#accept(":");
    const fieldType = this.#fieldType();
    if (!fieldType) this.#fault(`\`${name.text}\` has no type.`, { start: name.range[0], end: name.range[1] });
    const attributes = this.#attributes();
    return { type: "PrismaField", name, fieldType, attributes, range: [name.range[0], this.#end] };
  }

  #fieldType(): PrismaFieldType | null {
    const first = this.#peek();
    const isOldList = first.text === "[" && this.#peek(1).kind === "word" && this.#peek(2).text === "]";
    if (first.kind !== "word" && !isOldList) return null;
    if (isOldList) this.#index += 1;
    const name = this.#take().text;
    if (isOldList) this.#index += 1;
    const unsupported = this.#is("(") ? (this.#arguments().find(({ value }) => value?.type === "PrismaString")?.value as PrismaString | undefined) : undefined;
    let isList = isOldList;
    let isOptional = false;
    for (;;) {
      if (this.#is("[") && this.#peek(1).text === "]") {
        isList = true;
        this.#index += 2;
      } else if (this.#accept("?")) isOptional = true;
      else if (!this.#accept("!")) break;
    }
    return { type: "PrismaFieldType", name, unsupported: unsupported ?? null, isList, isOptional, range: [first.start, this.#end] };
  }

  #enumValueOrAttribute(): PrismaEnumValue | PrismaBlockAttribute | null {
    if (this.#is("@@")) return this.#attribute("PrismaBlockAttribute");
    if (this.#peek().kind !== "word") return null;
    const name = this.#name();
    const attributes = this.#attributes();
    return { type: "PrismaEnumValue", name, attributes, range: [name.range[0], this.#end] };
  }

  #setting(): PrismaSetting | null {
    if (this.#peek().kind !== "word") return null;
    const name = this.#name();
    if (!this.#accept("=")) this.#fault(`Expected = after \`${name.text}\`.`);
    const value = this.#value();
    if (!value) this.#fault(`\`${name.text}\` has no value.`, { start: name.range[0], end: name.range[1] });
    return { type: "PrismaSetting", name, value, range: [name.range[0], this.#end] };
  }

  #attributes(): PrismaAttribute[] {
    const attributes: PrismaAttribute[] = [];
    while (this.#is("@")) {
      const attribute = this.#attribute("PrismaAttribute");
      if (attribute) attributes.push(attribute);
    }
    return attributes;
  }

  #attribute<T extends string>(type: T): { type: T; name: PrismaName; arguments: PrismaArgument[]; range: Range } | null {
    const { start } = this.#take();
    const first = this.#peek();
    if (first.kind !== "word") {
      this.#fault("This attribute has no name.");
      return null;
    }
    const text = this.#path();
    const name: PrismaName = { type: "PrismaName", text, range: [first.start, this.#end] };
    const args = this.#is("(") ? this.#arguments() : [];
    return { type, name, arguments: args, range: [start, this.#end] };
  }

  /** `db.VarChar`, and as far as it is written. */
  #path(): string {
    let path = this.#take().text;
    while (this.#is(".") && this.#peek(1).kind === "word") {
      this.#index += 1;
      path += `.${this.#take().text}`;
    }
    if (this.#is(".")) {
      this.#fault("Expected a name after the dot.");
      this.#index += 1;
    }
    return path;
  }

  #arguments(): PrismaArgument[] {
    return this.#listed(")", () => {
      const { kind, start } = this.#peek();
      const isNamed = kind === "word" && this.#peek(1).text === ":";
      const name = isNamed ? this.#name() : null;
      if (isNamed) this.#accept(":");
      const value = this.#value();
      if (!value && !name) return null;
      if (!value && name) this.#fault(`\`${name.text}\` has no value.`, { start: name.range[0], end: name.range[1] });
      return { type: "PrismaArgument", name, value, range: [start, this.#end] };
    });
  }

  /** Whether the next line is one of its own, and not the continuation of something in brackets. */
  #beginsMember(): boolean {
    const [first, second] = [this.#peek(), this.#peek(1)];
    if (first.kind === "end" || first.text === "}" || first.text === "@@" || this.#beginsBlock()) return true;
    return first.kind === "word" && (second.kind === "word" || second.text === "=");
  }

  /** What stands between brackets, over several lines if it likes. */
  #listed<T>(close: ")" | "]", item: () => T | null): T[] {
    const open = this.#take();
    const items: T[] = [];
    for (;;) {
      const isNewLine = this.#peek().kind === "line";
      const before = this.#index;
      this.#skipEmptyLines();
      if (this.#accept(close)) return items;
      if (this.#peek().kind === "end" || (isNewLine && this.#beginsMember())) {
        this.#index = before;
        this.#fault(`Expected ${close} for this ${open.text}.`, open);
        return items;
      }
      if (this.#accept(",")) continue;
      const read = item();
      if (read) items.push(read);
      else if (this.#is(")") || this.#is("]") || this.#is("@@") || this.#is("@") || this.#is("}")) {
        this.#fault(`Expected ${close} for this ${open.text}.`, open);
        return items;
      } else {
        this.#fault(`${JSON.stringify(this.#peek().text)} was not expected here.`);
        this.#index += 1;
      }
    }
  }

  #value(): PrismaValue | null {
    const { kind, text, start, end: stop } = this.#peek();
    if (kind === "string") {
      this.#index += 1;
      return { type: "PrismaString", value: contentOf(text), range: [start, stop] };
    }
    if (kind === "number") {
      this.#index += 1;
      return { type: "PrismaNumber", value: Number(text), range: [start, stop] };
    }
    if (text === "[" && kind === "mark") return { type: "PrismaList", items: this.#listed("]", () => this.#value()), range: [start, this.#end] };
    if (kind !== "word") return null;
    const name = this.#path();
    if (!this.#is("(")) return { type: "PrismaReference", name, range: [start, this.#end] };
    return { type: "PrismaCall", name, arguments: this.#arguments(), range: [start, this.#end] };
  }
}

/** Reads a Prisma schema, whole or half typed. */
export function parsePrisma(text: string): PrismaSchema {
  const { tokens, comments, faults } = tokenize(text);
  const parser = new Parser(tokens, faults);
  return { type: "PrismaSchema", blocks: parser.schema(), comments, faults: faults.sort((one, other) => one.range[0] - other.range[0]), range: [0, text.length] };
}
