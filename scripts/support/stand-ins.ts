import type { SqlScript, SqlStatement } from "../../src/languages/sql/syntax.js";

const names = (statements: readonly SqlStatement[]): string[] =>
  statements.flatMap((statement) => {
    if (statement.type === "SqlBlock" || statement.type === "SqlExecute") return names(statement.statements);
    return statement.type === "SqlCreateTable" || statement.type === "SqlCreateView" || statement.type === "SqlCreateFunction" ? [statement.name.text] : [];
  });

/** The tables, views and functions that migrations make. */
export const madeBy = (scripts: readonly SqlScript[]): ReadonlySet<string> => new Set(scripts.flatMap(({ statements }) => names(statements)));

const typeOf = (column: string): string => (/(?:^|_)id$/.test(column) ? "uuid" : /_at$/.test(column) ? "timestamptz" : /^(?:is|has)_/.test(column) ? "boolean" : "text");

const last = (name: string): string => name.split(".").at(-1)?.replaceAll('"', "") ?? name;

/** The table that a statement is about. */
const subject = (statement: SqlStatement): string | null => {
  if (statement.type === "SqlAlterTable") return statement.name.text;
  return statement.type === "SqlCreateIndex" || statement.type === "SqlCreatePolicy" ? statement.table.text : null;
};

const missing: readonly [message: RegExp, write: (parts: readonly string[], statement: SqlStatement, stood: ReadonlySet<string>) => string | null][] = [
  [/^relation "([\w.]+)" does not exist$/, ([table = ""]) => `CREATE TABLE ${table} (id uuid PRIMARY KEY)`],
  [/^column "(\w+)" of relation "(\w+)" does not exist$/, ([column = "", table = ""], _, stood) => (stood.has(table) ? `ALTER TABLE ${table} ADD COLUMN ${column} ${typeOf(column)}` : null)],
  [/^column "(\w+)" (?:named in key |referenced in foreign key constraint )?does not exist$/, ([column = ""], statement, stood) => {
    const table = subject(statement);
    return table !== null && stood.has(table) ? `ALTER TABLE ${table} ADD COLUMN ${column} ${typeOf(column)}` : null;
  }],
  [/^function ([\w.]+)\(([\w ,]*)\) does not exist$/, ([name = "", types = ""], statement) => {
    const parameters = types.replaceAll("unknown", "text");
    if (statement.type === "SqlOther" && statement.command.startsWith("create trigger")) return `CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$`;
    const type = /^(?:is|has|can)_/.test(last(name)) ? "boolean" : "uuid";
    return `CREATE FUNCTION ${name}(${parameters}) RETURNS ${type} LANGUAGE sql STABLE AS $$ SELECT NULL::${type} $$`;
  }],
  [/^type "(\w+)" does not exist$/, ([type = ""]) => `CREATE TYPE ${type} AS ENUM ()`],
];

/**
 * What has to be there for a statement to run, where the repository does not have what made it: the least that will do.
 *
 * @param made what its migrations make by themselves.
 * @param stood the tables that something stands in for already.
 */
export function standIn(message: string, statement: SqlStatement, made: ReadonlySet<string>, stood: Set<string>): string | null {
  for (const [pattern, write] of missing) {
    const [, ...parts] = pattern.exec(message) ?? [];
    const [name] = parts;
    if (name === undefined) continue;
    const sql = write(parts, statement, stood);
    if (sql?.startsWith("ALTER")) return sql;
    if (made.has(last(name))) return null;
    if (sql?.startsWith("CREATE TABLE")) stood.add(last(name));
    return sql;
  }
  return null;
}
