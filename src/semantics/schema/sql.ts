import type { SqlDrop, SqlScript, SqlStatement } from "../../languages/sql/syntax.js";
import { dialectOf } from "./dialects.js";
import type { ForeignKey, Schema } from "./model.js";
import { Database, nameIn, type Mutable } from "./sql/database.js";
import { createIndex, dropKey, renameKey } from "./sql/keys.js";
import { changePolicy, dropPolicy, guess, revoke } from "./sql/security.js";
import { alterTable, createTable, dropSchema, dropTable, renameTable } from "./sql/tables.js";
import { alterType, createType, dropType } from "./sql/types.js";

/** A migration, read. */
export interface SqlFile {
  readonly file: string;
  readonly script: Pick<SqlScript, "statements">;
}

function run(db: Database, statement: SqlStatement): void {
  switch (statement.type) {
    case "SqlCreateTable":
      createTable(db, statement);
      return;
    case "SqlAlterTable":
      alterTable(db, statement);
      return;
    case "SqlCreateIndex":
      createIndex(db, statement);
      return;
    case "SqlCreatePolicy":
    case "SqlAlterPolicy":
      changePolicy(db, statement);
      return;
    case "SqlDrop":
      drop(db, statement);
      return;
    case "SqlRename":
      if (statement.object === "table") renameTable(db, statement.name, statement.to.text);
      else renameKey(db, statement.name.text, statement.to.text);
      return;
    case "SqlCreateType":
      createType(db, statement);
      return;
    case "SqlAlterType":
      alterType(db, statement);
      return;
    case "SqlRevoke":
      revoke(db, statement);
      return;
    case "SqlOther":
      // Supabase's own recipe: a trigger switches row level security on for each table that is made.
      db.hasTrigger ||= statement.command === "create event trigger";
      return;
    case "SqlBlock":
      for (const inner of statement.statements) run(db, inner);
      return;
    case "SqlExecute":
      for (const inner of statement.statements) run(db, inner);
      if (statement.text !== null) guess(db, statement.text.toLowerCase());
      return;
    default:
  }
}

function drop(db: Database, { object, names, table: on, isCascade }: SqlDrop): void {
  for (const name of names) {
    if (object === "table" || object === "foreign table") dropTable(db, name, isCascade);
    else if (object === "type") dropType(db, name.text, isCascade);
    else if (object === "index") for (const table of db.tables) dropKey(table, name.text);
    else if (object === "policy" && on) dropPolicy(db, name.text, on);
    else if (object === "schema") dropSchema(db, name.text);
  }
}

/** Says what a foreign key leads to as the other table says it. */
function settleKey(key: Mutable<ForeignKey>, db: Database): void {
  const target = db.targetOf(key);
  if (!target) return;
  key.table = target.name;
  key.targets = key.targets.length === 0 ? (target.primaryKey?.columns ?? []).filter((name) => name !== null) : key.targets.map((name) => nameIn(target, name));
}

/**
 * The schema that migrations leave behind when they have run one after the other.
 *
 * @param isWritten whether a tool writes them, from a schema that stands elsewhere.
 */
export function replaySql(files: readonly SqlFile[], isWritten: boolean): Schema {
  const db = new Database(isWritten);
  for (const { file, script } of files) {
    db.file = file;
    for (const statement of script.statements) run(db, statement);
  }
  const { tables, hasTrigger } = db;
  for (const table of tables) {
    if (hasTrigger && table.rowSecurity === "off") table.rowSecurity = "unknown";
    for (const key of table.foreignKeys) settleKey(key, db);
  }
  return { tables, enums: [...db.enums.values()], dialect: dialectOf(tables), hasForeignKeys: true, doubts: db.doubts, dropped: db.dropped };
}
