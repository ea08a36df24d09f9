import type { Cursor } from "./cursor.js";
import { column, dataType, keyParts, seesTableConstraint, tableConstraint } from "./elements.js";
import type {
  SqlAction,
  SqlActionKind,
  SqlAlterTable,
  SqlAlterType,
  SqlColumn,
  SqlConstraint,
  SqlCreateFunction,
  SqlCreateIndex,
  SqlCreateTable,
  SqlCreateType,
  SqlDrop,
  SqlName,
  SqlPolicy,
  SqlRename,
  SqlRevoke,
  SqlStatement,
} from "./syntax.js";

const isComma = ({ kind, text }: { kind: string; text: string }): boolean => kind === "mark" && text === ",";

const ifNotExists = (cursor: Cursor): boolean => cursor.accept("if", "not", "exists");

const tableWords = new Set(["global", "local", "temp", "temporary", "unlogged", "foreign", "external"]);

function createTable(cursor: Cursor, start: number, isTemporary: boolean): SqlCreateTable {
  const exists = ifNotExists(cursor);
  const name = cursor.name();
  const columns: SqlColumn[] = [];
  const constraints: SqlConstraint[] = [];
  const query = cursor.peek(1);
  let isDerived = !cursor.seesMark("(") || (query.kind === "word" && query.text === "select");
  if (!isDerived) {
    cursor.listed(() => {
      // SQLite does without commas between them.
      if (seesTableConstraint(cursor)) while (seesTableConstraint(cursor)) constraints.push(tableConstraint(cursor));
      else if (cursor.sees("like") && cursor.isName(1)) {
        isDerived = true;
        cursor.skipTo(isComma);
      } else columns.push(column(cursor));
    });
  }
  let engine: string | null = null;
  while (!cursor.atEnd) {
    if (cursor.accept("engine")) {
      cursor.acceptMark("=");
      engine = cursor.peek().text.toLowerCase();
    }
    isDerived ||= cursor.sees("as") || cursor.sees("select") || cursor.sees("inherits") || cursor.sees("partition", "of");
    cursor.take();
  }
  return { type: "SqlCreateTable", name, columns, constraints, isTemporary, ifNotExists: exists, isDerived, engine, range: cursor.since(start) };
}

/** SQLite's tables of other kinds: their columns take no words that we would read. */
function createVirtualTable(cursor: Cursor, start: number): SqlCreateTable {
  const exists = ifNotExists(cursor);
  const name = cursor.name();
  cursor.skipTo(() => false);
  return { type: "SqlCreateTable", name, columns: [], constraints: [], isTemporary: false, isVirtual: true, ifNotExists: exists, isDerived: true, engine: null, range: cursor.since(start) };
}

type ActionParts = Partial<Pick<SqlAction, "name" | "to" | "column" | "constraint" | "dataType" | "expression">>;

const alterColumn = (cursor: Cursor): [SqlActionKind, ActionParts] => {
  cursor.accept("column");
  const name = cursor.name();
  if (cursor.accept("set", "data", "type") || cursor.accept("type")) {
    const ofType = dataType(cursor);
    cursor.skipTo(isComma);
    return ["set type", { name, dataType: ofType }];
  }
  if (cursor.accept("set", "default")) return ["set default", { name, expression: cursor.expression() }];
  if (cursor.accept("drop", "default")) return ["drop default", { name }];
  if (cursor.accept("set", "not", "null")) return ["set not null", { name }];
  if (cursor.accept("drop", "not", "null")) return ["drop not null", { name }];
  cursor.skipTo(isComma);
  return ["other", { name }];
};

const add = (cursor: Cursor): [SqlActionKind, ActionParts] => {
  if (seesTableConstraint(cursor)) return ["add constraint", { constraint: tableConstraint(cursor) }];
  cursor.accept("column");
  ifNotExists(cursor);
  const added = column(cursor);
  skipPosition(cursor);
  return ["add column", { name: added.name, column: added }];
};

function skipPosition(cursor: Cursor): void {
  if (!cursor.accept("first") && cursor.accept("after")) cursor.name();
}

const drop = (cursor: Cursor): [SqlActionKind, ActionParts] => {
  if (cursor.accept("primary", "key")) return ["drop primary key", {}];
  const isConstraint = cursor.accept("constraint") || cursor.accept("foreign", "key") || (cursor.sees("check") && cursor.isName(1) && cursor.accept("check"));
  const isIndex = !isConstraint && (cursor.sees("index") || cursor.sees("key")) && cursor.isName(1) && cursor.take().kind === "word";
  if (!isConstraint && !isIndex) cursor.accept("column");
  cursor.accept("if", "exists");
  const name = cursor.name();
  if (!cursor.accept("cascade")) cursor.accept("restrict");
  return [isConstraint ? "drop constraint" : isIndex ? "drop index" : "drop column", { name }];
};

const rename = (cursor: Cursor): [SqlActionKind, ActionParts] => {
  if (cursor.accept("to") || cursor.accept("as")) return ["rename table", { to: cursor.name() }];
  const kind = cursor.accept("constraint") ? "rename constraint" : cursor.accept("index") || cursor.accept("key") ? "rename index" : "rename column";
  cursor.accept("column");
  const name = cursor.name();
  if (kind === "rename column" && cursor.atEnd) return ["rename table", { to: name }];
  cursor.expect("to");
  return [kind, { name, to: cursor.name() }];
};

const rowSecurity: readonly [words: readonly string[], kind: SqlActionKind][] = [
  [["enable", "row", "level", "security"], "enable row security"],
  [["disable", "row", "level", "security"], "disable row security"],
];

function actionParts(cursor: Cursor): [SqlActionKind, ActionParts] {
  if (cursor.accept("add")) return add(cursor);
  if (cursor.accept("drop")) return drop(cursor);
  if (cursor.sees("alter") && !cursor.sees("alter", "constraint") && !cursor.sees("alter", "index")) {
    cursor.take();
    return alterColumn(cursor);
  }
  if (cursor.accept("rename")) return rename(cursor);
  if (cursor.accept("modify")) {
    cursor.accept("column");
    const replaced = column(cursor);
    skipPosition(cursor);
    return ["replace column", { name: replaced.name, column: replaced }];
  }
  if (cursor.accept("change")) {
    cursor.accept("column");
    const name = cursor.name();
    const replaced = column(cursor);
    skipPosition(cursor);
    return ["replace column", { name, column: replaced }];
  }
  if (cursor.accept("set", "schema")) return ["set schema", { to: cursor.name() }];
  const security = rowSecurity.find(([words]) => cursor.accept(...words));
  if (security) return [security[1], {}];
  cursor.skipTo(isComma);
  return ["other", {}];
}

function action(cursor: Cursor, read = actionParts): SqlAction {
  const { start } = cursor.peek();
  const [kind, parts] = read(cursor);
  const nothing = { name: null, to: null, column: null, constraint: null, dataType: null, expression: null };
  return { type: "SqlAction", kind, ...nothing, ...parts, range: cursor.since(start) };
}

function alterTable(cursor: Cursor, start: number): SqlAlterTable {
  cursor.accept("if", "exists");
  cursor.accept("only");
  const name = cursor.name();
  cursor.acceptMark("*");
  const actions: SqlAction[] = [];
  do {
    // MySQL: `ADD (a int, b int)`.
    if (cursor.sees("add") && cursor.seesMark("(", 1)) {
      cursor.take();
      actions.push(...cursor.listed(() => action(cursor, add)));
    } else {
      cursor.attempt(actions, () => action(cursor));
    }
  } while (cursor.acceptMark(","));
  return { type: "SqlAlterTable", name, actions, range: cursor.since(start) };
}

function createIndex(cursor: Cursor, start: number, isUnique: boolean): SqlCreateIndex {
  cursor.accept("concurrently");
  const exists = ifNotExists(cursor);
  const name = cursor.sees("on") ? null : cursor.name();
  cursor.expect("on");
  cursor.accept("only");
  const table = cursor.name();
  if (cursor.accept("using")) cursor.name();
  const parts = keyParts(cursor);
  cursor.skipTo(({ kind, text }) => kind === "word" && text === "where");
  const where = cursor.accept("where") ? cursor.expression() : null;
  return { type: "SqlCreateIndex", name, table, parts, isUnique, ifNotExists: exists, where, range: cursor.since(start) };
}

const commands = new Set(["all", "select", "insert", "update", "delete"]);

function policy(cursor: Cursor, start: number, type: SqlPolicy["type"]): SqlPolicy {
  const name = cursor.name();
  cursor.expect("on");
  const table = cursor.name();
  let to: SqlName | null = null;
  let isPermissive = true;
  let command: SqlPolicy["command"] = "all";
  const roles: string[] = [];
  let using: SqlPolicy["using"] = null;
  let check: SqlPolicy["check"] = null;
  const inBrackets = (): SqlPolicy["using"] => {
    cursor.expectMark("(");
    const expression = cursor.expression();
    cursor.expectMark(")");
    return expression;
  };
  while (!cursor.atEnd) {
    if (cursor.accept("rename", "to")) to = cursor.name();
    else if (cursor.accept("as")) isPermissive = cursor.take().text !== "restrictive";
    else if (cursor.sees("for") && cursor.seesAny(commands, 1)) {
      cursor.take();
      command = cursor.take().text as SqlPolicy["command"];
    } else if (cursor.accept("to")) {
      do roles.push(cursor.name().text);
      while (cursor.acceptMark(","));
    } else if (cursor.accept("using")) using = inBrackets();
    else if (cursor.accept("with", "check")) check = inBrackets();
    else cursor.fail(`${JSON.stringify(cursor.peek().text)} was not expected here.`);
  }
  return { type, name, table, isPermissive, command, roles, using, check, to, range: cursor.since(start) };
}

function createType(cursor: Cursor, start: number): SqlCreateType {
  const name = cursor.name();
  const isEnum = cursor.accept("as", "enum");
  const values = isEnum ? cursor.listed(() => (cursor.peek().kind === "string" ? cursor.take().text : cursor.fail("Expected a text."))) : null;
  cursor.skipTo(() => false);
  return { type: "SqlCreateType", name, values, range: cursor.since(start) };
}

function alterType(cursor: Cursor, start: number): SqlAlterType {
  const name = cursor.name();
  const text = (): string => cursor.take().text;
  let parts: Pick<SqlAlterType, "kind"> & Partial<SqlAlterType> = { kind: "other" };
  if (cursor.accept("add", "value")) {
    ifNotExists(cursor);
    parts = { kind: "add value", value: text() };
  } else if (cursor.accept("rename", "value")) {
    const value = text();
    cursor.expect("to");
    parts = { kind: "rename value", value, to: text() };
  } else if (cursor.accept("rename", "to")) parts = { kind: "rename", to: cursor.name().text };
  else if (cursor.accept("set", "schema")) parts = { kind: "set schema", to: cursor.name().text };
  cursor.skipTo(() => false);
  return { type: "SqlAlterType", name, value: null, to: null, ...parts, range: cursor.since(start) };
}

const objects: readonly (readonly string[])[] = [
  ["materialized", "view"],
  ["foreign", "table"],
  ["temporary", "table"],
  ["event", "trigger"],
  ["table"],
  ["view"],
  ["index"],
  ["policy"],
  ["type"],
  ["trigger"],
  ["schema"],
  ["function"],
  ["procedure"],
  ["sequence"],
  ["domain"],
  ["extension"],
  ["rule"],
  ["database"],
];

function dropObjects(cursor: Cursor, start: number): SqlDrop | null {
  const words = objects.find((each) => cursor.accept(...each));
  if (!words) return null;
  cursor.accept("concurrently");
  cursor.accept("if", "exists");
  const names: SqlName[] = [];
  do {
    names.push(cursor.name());
    if (cursor.seesMark("(")) cursor.skipBrackets();
  } while (cursor.acceptMark(","));
  const table = cursor.accept("on") ? cursor.name() : null;
  const isCascade = cursor.accept("cascade");
  cursor.skipTo(() => false);
  return { type: "SqlDrop", object: words.join(" "), names, table, isCascade, range: cursor.since(start) };
}

function createFunction(cursor: Cursor, start: number): SqlCreateFunction {
  const name = cursor.name();
  if (cursor.seesMark("(")) cursor.skipBrackets();
  let isSecurityDefiner = false;
  let setsSearchPath = false;
  while (!cursor.atEnd) {
    isSecurityDefiner ||= cursor.sees("security", "definer");
    setsSearchPath ||= cursor.sees("set", "search_path");
    cursor.take();
  }
  return { type: "SqlCreateFunction", name, isSecurityDefiner, setsSearchPath, range: cursor.since(start) };
}

function create(cursor: Cursor, start: number): SqlStatement | null {
  cursor.accept("or", "replace");
  let isTemporary = false;
  while (cursor.seesAny(tableWords)) isTemporary = cursor.take().text.startsWith("temp") || isTemporary;
  if (cursor.accept("table")) return createTable(cursor, start, isTemporary);
  if (cursor.accept("virtual", "table")) return createVirtualTable(cursor, start);
  if (cursor.accept("unique", "index")) return createIndex(cursor, start, true);
  if (cursor.accept("fulltext", "index") || cursor.accept("spatial", "index") || cursor.accept("index")) return createIndex(cursor, start, false);
  if (cursor.accept("policy")) return policy(cursor, start, "SqlCreatePolicy");
  if (cursor.accept("type")) return createType(cursor, start);
  if (cursor.accept("function") || cursor.accept("procedure")) return createFunction(cursor, start);
  if (cursor.accept("recursive", "view") || cursor.accept("view") || cursor.accept("materialized", "view")) {
    ifNotExists(cursor);
    const name = cursor.name();
    cursor.skipTo(() => false);
    return { type: "SqlCreateView", name, range: cursor.since(start) };
  }
  return null;
}

const renamed = (cursor: Cursor, object: SqlRename["object"], start: number): SqlRename | null => {
  cursor.accept("if", "exists");
  const name = cursor.name();
  if (!cursor.accept("rename", "to") && !cursor.accept("to")) return null;
  return { type: "SqlRename", object, name, to: cursor.name(), range: cursor.since(start) };
};

/** What takes all from roles, of tables; anything else that is revoked leaves tables as they are. */
function revoke(cursor: Cursor, start: number): SqlRevoke | null {
  if (!cursor.accept("all")) return null;
  cursor.accept("privileges");
  cursor.expect("on");
  const isSchema = cursor.accept("all", "tables", "in", "schema");
  // `ON FUNCTION f() …`, `ON SCHEMA s …`: another kind of thing, by the word before its name.
  if (!isSchema && !cursor.accept("table") && cursor.isName(1) && cursor.peek(1).text !== "from") return null;
  const names: SqlName[] = [];
  do names.push(cursor.name());
  while (cursor.acceptMark(","));
  cursor.expect("from");
  const roles: string[] = [];
  do roles.push(cursor.name().text);
  while (cursor.acceptMark(","));
  cursor.skipTo(() => false);
  return { type: "SqlRevoke", names: isSchema ? [] : names, schema: isSchema ? (names[0] ?? null) : null, roles, range: cursor.since(start) };
}

/** A statement that says something about tables; `null` for any other. */
export function statement(cursor: Cursor): SqlStatement | null {
  const { start } = cursor.peek();
  if (cursor.accept("create")) return create(cursor, start);
  if (cursor.accept("alter", "table") || cursor.accept("alter", "foreign", "table")) return alterTable(cursor, start);
  if (cursor.accept("alter", "index")) return renamed(cursor, "index", start);
  if (cursor.accept("rename", "table")) return renamed(cursor, "table", start);
  if (cursor.accept("alter", "policy")) return policy(cursor, start, "SqlAlterPolicy");
  if (cursor.accept("alter", "type")) return alterType(cursor, start);
  if (cursor.accept("revoke")) return revoke(cursor, start);
  return cursor.accept("drop") ? dropObjects(cursor, start) : null;
}
