import type { Cursor } from "./cursor.js";
import type { SqlColumn, SqlConstraint, SqlConstraintKind, SqlDataType, SqlExpression, SqlKeyPart, SqlName, SqlReference } from "./syntax.js";
import type { Token } from "./tokens.js";

/** Words that a column's type or default ends at. */
const afterValue = new Set([
  "after",
  "as",
  "auto_increment",
  "autoincrement",
  "check",
  "collate",
  "comment",
  "constraint",
  "deferrable",
  "first",
  "generated",
  "initially",
  "invisible",
  "key",
  "not",
  "null",
  "on",
  "primary",
  "references",
  "storage",
  "unique",
  "using",
  "visible",
]);

const typeWords: readonly (readonly string[])[] = [
  ["double", "precision"],
  ["character", "varying"],
  ["national", "character", "varying"],
  ["national", "character"],
  ["national", "varchar"],
  ["bit", "varying"],
  ["char", "varying"],
  ["long", "varchar"],
];

const zones: readonly (readonly string[])[] = [
  ["with", "time", "zone"],
  ["without", "time", "zone"],
  ["with", "local", "time", "zone"],
];

const intervalFields = new Set(["year", "month", "day", "hour", "minute", "second", "to"]);

/** Whether a column has no type: SQLite can do without. */
const hasNoType = (cursor: Cursor): boolean => !cursor.isName() || (cursor.peek().kind === "word" && afterValue.has(cursor.peek().text));

/** The type of a column. */
export function dataType(cursor: Cursor): SqlDataType {
  const { start } = cursor.peek();
  const words = typeWords.find((each) => cursor.sees(...each));
  const named: Pick<SqlName, "schema" | "text"> = words ? { schema: null, text: words.join(" ") } : cursor.name();
  words?.forEach(() => cursor.take());
  let name = named.text;
  const parameters = cursor.seesMark("(") ? cursor.listed(() => cursor.expression()).map(({ text }) => text.replace(/^'(.*)'$/s, "$1")) : [];
  for (;;) {
    const zone = zones.find((each) => cursor.sees(...each));
    if (zone && cursor.accept(...zone)) name += ` ${zone.join(" ")}`;
    else if (name === "interval" && cursor.seesAny(intervalFields)) cursor.take();
    else if (cursor.sees("unsigned") || cursor.sees("zerofill") || cursor.sees("signed")) name += ` ${cursor.take().text}`;
    else if (cursor.accept("character", "set") || cursor.accept("charset")) cursor.name();
    else break;
  }
  let isArray = cursor.accept("array");
  while (cursor.acceptMark("[")) {
    isArray = true;
    if (!cursor.seesMark("]")) cursor.take();
    cursor.expectMark("]");
  }
  return { type: "SqlDataType", schema: named.schema, name, parameters, isArray, range: cursor.since(start) };
}

/** A part of a key or an index: a column with what may stand behind it, or something calculated. */
function keyPart(cursor: Cursor): SqlKeyPart {
  const { start } = cursor.peek();
  const first = cursor.index;
  const isColumn = cursor.isName() && !cursor.seesMark(".", 1) && !cursor.seesMark("::", 1);
  const isLength = cursor.peek(2).kind === "number" && cursor.seesMark(")", 3);
  let column = isColumn && (!cursor.seesMark("(", 1) || isLength) ? cursor.name() : null;
  if (column && cursor.seesMark("(")) {
    // The beginning of a column, for MySQL. Two rows may still share it.
    cursor.skipBrackets();
    column = null;
  }
  cursor.skipTo(({ kind, text }) => {
    if (kind === "mark" && text === ",") return true;
    // `lower(email)`, `a || b`: more than a column with a collation, an operator class and a direction.
    if (kind === "mark" && text !== "." && text !== "(") column = null;
    return false;
  });
  return { type: "SqlKeyPart", column, text: cursor.textSince(first), range: cursor.since(start) };
}

export const keyParts = (cursor: Cursor): SqlKeyPart[] => cursor.listed(() => keyPart(cursor));

const actions: readonly (readonly string[])[] = [["no", "action"], ["set", "null"], ["set", "default"], ["cascade"], ["restrict"]];

function action(cursor: Cursor): string {
  const words = actions.find((each) => cursor.accept(...each));
  if (!words) cursor.fail("Expected CASCADE, RESTRICT, SET NULL, SET DEFAULT or NO ACTION.");
  if (cursor.seesMark("(")) cursor.skipBrackets();
  return words.join(" ");
}

function references(cursor: Cursor): SqlReference {
  const { start } = cursor.peek();
  cursor.expect("references");
  const table = cursor.name();
  const columns = cursor.seesMark("(") ? cursor.listed(() => cursor.name()) : [];
  let onDelete: string | null = null;
  let onUpdate: string | null = null;
  for (;;) {
    if (cursor.accept("on", "delete")) onDelete = action(cursor);
    else if (cursor.accept("on", "update")) onUpdate = action(cursor);
    else if (!cursor.accept("match", "full") && !cursor.accept("match", "simple") && !cursor.accept("match", "partial")) break;
  }
  return { type: "SqlReference", table, columns, onDelete, onUpdate, range: cursor.since(start) };
}

type Parts = Partial<Pick<SqlConstraint, "name" | "parts" | "references" | "expression" | "index">>;

const constraint = (cursor: Cursor, kind: SqlConstraintKind, start: number, parts: Parts): SqlConstraint => ({
  type: "SqlConstraint",
  kind,
  name: null,
  parts: [],
  references: null,
  expression: null,
  index: null,
  ...parts,
  range: cursor.since(start),
});

const bracketed = (cursor: Cursor): SqlExpression => {
  const { start } = cursor.peek();
  const first = cursor.index;
  cursor.skipBrackets();
  return { type: "SqlExpression", text: cursor.textSince(first).slice(2, -2), range: cursor.since(start) };
};

/** What may stand behind any constraint, and changes nothing of what it says. */
function skipTiming(cursor: Cursor): void {
  while (
    cursor.accept("not", "deferrable") ||
    cursor.accept("deferrable") ||
    cursor.accept("initially", "deferred") ||
    cursor.accept("initially", "immediate") ||
    cursor.accept("not", "valid") ||
    cursor.accept("not", "enforced") ||
    cursor.accept("enforced") ||
    cursor.accept("no", "inherit")
  );
}

const conflictAnswers = new Set(["rollback", "abort", "fail", "ignore", "replace"]);

function skipConflict(cursor: Cursor): void {
  if (cursor.sees("on", "conflict") && cursor.seesAny(conflictAnswers, 2)) for (let each = 0; each < 3; each += 1) cursor.take();
}

/** What a column's constraint is about, or `null` where none comes next. */
function columnConstraint(cursor: Cursor): SqlConstraint | null {
  const { start } = cursor.peek();
  const name = cursor.accept("constraint") ? cursor.name() : null;
  const done = (kind: SqlConstraintKind, parts: Parts = {}): SqlConstraint => {
    skipConflict(cursor);
    const made = constraint(cursor, kind, start, { name, ...parts });
    skipTiming(cursor);
    return made;
  };
  if (cursor.accept("not", "null")) return done("not null");
  if (cursor.accept("null")) return done("null");
  if (cursor.accept("default")) return done("default", { expression: cursor.expression(afterValue) });
  if (cursor.accept("primary", "key")) {
    if (!cursor.accept("asc")) cursor.accept("desc");
    skipConflict(cursor);
    cursor.accept("autoincrement");
    return done("primary key");
  }
  if (cursor.accept("unique")) {
    cursor.accept("key");
    if (cursor.accept("nulls")) {
      cursor.accept("not");
      cursor.expect("distinct");
    }
    return done("unique");
  }
  if (cursor.accept("key")) return done("primary key");
  if (cursor.accept("check")) return done("check", { expression: bracketed(cursor) });
  if (cursor.sees("references")) return done("foreign key", { references: references(cursor) });
  if (cursor.sees("generated") || cursor.sees("as")) {
    if (cursor.accept("generated") && !cursor.accept("always")) cursor.expect("by", "default");
    cursor.expect("as");
    const isIdentity = cursor.accept("identity");
    const expression = cursor.seesMark("(") ? bracketed(cursor) : null;
    if (!cursor.accept("stored")) cursor.accept("virtual");
    return done(isIdentity ? "identity" : "generated", { expression });
  }
  if (cursor.accept("auto_increment") || cursor.accept("autoincrement")) return done("identity");
  if (cursor.accept("on", "update")) return done("other", { expression: cursor.expression(afterValue) });
  if (cursor.accept("comment")) return cursor.take().kind === "string" ? done("other") : cursor.fail("Expected a text.");
  if (cursor.accept("collate") || cursor.accept("storage") || cursor.accept("compression")) {
    cursor.name();
    return done("other");
  }
  if (cursor.accept("visible") || cursor.accept("invisible")) return done("other");
  return name ? cursor.fail("Expected a constraint.") : null;
}

/** A column with its type and constraints. */
export function column(cursor: Cursor): SqlColumn {
  const { start } = cursor.peek();
  if (!cursor.isName()) cursor.fail("Expected a column.");
  const { text, start: from, end } = cursor.take();
  const name: SqlName = { type: "SqlName", schema: null, text: text.slice(0, 63), range: [from, end] };
  const ofType = hasNoType(cursor) ? null : dataType(cursor);
  const constraints: SqlConstraint[] = [];
  for (let next = columnConstraint(cursor); next; next = columnConstraint(cursor)) constraints.push(next);
  return { type: "SqlColumn", name, dataType: ofType, constraints, range: cursor.since(start) };
}

const isMark = (token: Token, mark: string): boolean => token.kind === "mark" && token.text === mark;

/** Whether a constraint or an index of the table comes next, and not a column that is called like one. */
export function seesTableConstraint(cursor: Cursor): boolean {
  const [first, second, third, fourth] = [cursor.peek(), cursor.peek(1), cursor.peek(2), cursor.peek(3)];
  if (first.kind !== "word") return false;
  const isKey = isMark(second, "(") || (cursor.isName(1) && isMark(third, "(") && fourth.kind !== "number") || (second.kind === "name" && cursor.isName(2));
  switch (first.text) {
    case "constraint":
      return cursor.isName(1);
    case "primary":
    case "foreign":
      return second.kind === "word" && second.text === "key";
    case "unique":
      return isKey || (second.kind === "word" && ["key", "index", "nulls", "using"].includes(second.text));
    case "check":
      return isMark(second, "(");
    case "exclude":
      return isMark(second, "(") || (second.kind === "word" && second.text === "using");
    case "key":
    case "index":
      return isKey;
    case "fulltext":
    case "spatial":
      return cursor.isName(1);
    default:
      return false;
  }
}

/** The method, size and the like that may stand behind the columns of a key. */
function skipIndexOptions(cursor: Cursor): void {
  for (;;) {
    if (cursor.accept("using", "btree") || cursor.accept("using", "hash")) continue;
    if (cursor.accept("using", "index", "tablespace")) cursor.name();
    else if (cursor.sees("include") || cursor.sees("with")) {
      cursor.take();
      cursor.skipBrackets();
    } else if (cursor.accept("comment") || cursor.accept("with", "parser")) cursor.take();
    else return;
  }
}

const indexWords = new Set(["key", "index", "fulltext", "spatial"]);

/** A constraint of a table, or an index that MySQL has among them. */
export function tableConstraint(cursor: Cursor): SqlConstraint {
  const { start } = cursor.peek();
  let name = cursor.accept("constraint") && !cursor.sees("primary", "key") && !cursor.sees("foreign", "key") ? cursor.name() : null;
  const done = (kind: SqlConstraintKind, parts: Parts = {}): SqlConstraint => {
    skipIndexOptions(cursor);
    skipConflict(cursor);
    const made = constraint(cursor, kind, start, { name, ...parts });
    skipTiming(cursor);
    return made;
  };
  const columns = (): Parts => {
    if (cursor.accept("using", "index")) return { index: cursor.name() };
    if (cursor.accept("nulls")) {
      cursor.accept("not");
      cursor.expect("distinct");
    }
    if (cursor.isName() && !cursor.sees("using")) name ??= cursor.name();
    if (cursor.accept("using")) cursor.take();
    return { parts: keyParts(cursor) };
  };
  if (cursor.accept("primary", "key")) return done("primary key", columns());
  if (cursor.accept("unique")) {
    if (!cursor.accept("key")) cursor.accept("index");
    return done("unique", columns());
  }
  if (cursor.accept("foreign", "key")) {
    if (!cursor.seesMark("(")) name ??= cursor.name();
    return done("foreign key", { parts: keyParts(cursor), references: references(cursor) });
  }
  if (cursor.accept("check")) return done("check", { expression: bracketed(cursor) });
  if (cursor.accept("not", "null")) return done("other", { expression: cursor.expression() });
  if (cursor.accept("exclude")) {
    if (cursor.accept("using")) cursor.name();
    cursor.skipBrackets();
    if (cursor.accept("where")) cursor.skipBrackets();
    return done("exclude");
  }
  if (!cursor.seesAny(indexWords)) cursor.fail("Expected a constraint.");
  while (cursor.seesAny(indexWords)) cursor.take();
  return done("index", columns());
}
