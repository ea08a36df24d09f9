import type { Node, Root, VisitorKeys } from "../tree.js";

/** The name of a table, column, constraint …, folded to lower case where it is written without quotes. */
export interface SqlName extends Node {
  readonly type: "SqlName";
  readonly schema: string | null;
  readonly text: string;
}

/** `varchar(255)`, `timestamp with time zone`, `public.mood[]`. */
export interface SqlDataType extends Node {
  readonly type: "SqlDataType";
  readonly schema: string | null;
  /** In lower case where it is written without quotes, its words parted by one blank, without what stands in brackets. */
  readonly name: string;
  /** What stands in brackets: sizes, or the words of a MySQL enum, without their quotes. */
  readonly parameters: readonly string[];
  readonly isArray: boolean;
}

/** Anything that is calculated. We do not look into it. */
export interface SqlExpression extends Node {
  readonly type: "SqlExpression";
  /** In one line, words without quotes in lower case. */
  readonly text: string;
}

/** A column, or something calculated, that a key or an index is made of. */
export interface SqlKeyPart extends Node {
  readonly type: "SqlKeyPart";
  /** `null` for something calculated, and for the beginning of a column. */
  readonly column: SqlName | null;
  /** In one line, words without quotes in lower case. */
  readonly text: string;
}

export interface SqlReference extends Node {
  readonly type: "SqlReference";
  readonly table: SqlName;
  /** None where the primary key is meant. */
  readonly columns: readonly SqlName[];
  readonly onDelete: string | null;
  readonly onUpdate: string | null;
}

export type SqlConstraintKind =
  "primary key" | "unique" | "foreign key" | "check" | "exclude" | "index" | "not null" | "null" | "default" | "generated" | "identity" | "other";

/** A constraint of a column or of a table; that of a column has no parts. */
export interface SqlConstraint extends Node {
  readonly type: "SqlConstraint";
  readonly kind: SqlConstraintKind;
  readonly name: SqlName | null;
  readonly parts: readonly SqlKeyPart[];
  readonly references: SqlReference | null;
  /** The default, or the condition. */
  readonly expression: SqlExpression | null;
  /** The index that becomes the constraint: `ADD PRIMARY KEY USING INDEX …`. */
  readonly index: SqlName | null;
}

export interface SqlColumn extends Node {
  readonly type: "SqlColumn";
  readonly name: SqlName;
  /** SQLite can do without. */
  readonly dataType: SqlDataType | null;
  readonly constraints: readonly SqlConstraint[];
}

export interface SqlCreateTable extends Node {
  readonly type: "SqlCreateTable";
  readonly name: SqlName;
  readonly columns: readonly SqlColumn[];
  readonly constraints: readonly SqlConstraint[];
  readonly isTemporary: boolean;
  /** A module of the database keeps its rows: `CREATE VIRTUAL TABLE … USING fts5 (…)`. */
  readonly isVirtual?: true;
  readonly ifNotExists: boolean;
  /** Whether columns come from elsewhere as well: a query, another table, a type. */
  readonly isDerived: boolean;
  /** `ENGINE = …`, in lower case. */
  readonly engine: string | null;
}

export type SqlActionKind =
  | "add column"
  | "drop column"
  | "rename column"
  | "replace column"
  | "set type"
  | "set default"
  | "drop default"
  | "set not null"
  | "drop not null"
  | "add constraint"
  | "drop constraint"
  | "drop primary key"
  | "drop index"
  | "rename constraint"
  | "rename table"
  | "rename index"
  | "set schema"
  | "enable row security"
  | "disable row security"
  | "other";

/** One of the things that an `ALTER TABLE` does. What a kind of action has no use for is `null`. */
export interface SqlAction extends Node {
  readonly type: "SqlAction";
  readonly kind: SqlActionKind;
  /** The column, constraint or index that it is done to. */
  readonly name: SqlName | null;
  /** The new name, or schema. */
  readonly to: SqlName | null;
  readonly column: SqlColumn | null;
  readonly constraint: SqlConstraint | null;
  readonly dataType: SqlDataType | null;
  readonly expression: SqlExpression | null;
}

export interface SqlAlterTable extends Node {
  readonly type: "SqlAlterTable";
  readonly name: SqlName;
  readonly actions: readonly SqlAction[];
}

export interface SqlCreateIndex extends Node {
  readonly type: "SqlCreateIndex";
  readonly name: SqlName | null;
  readonly table: SqlName;
  readonly parts: readonly SqlKeyPart[];
  readonly isUnique: boolean;
  readonly ifNotExists: boolean;
  /** The rows that it is limited to. */
  readonly where: SqlExpression | null;
}

/** `CREATE POLICY` and `ALTER POLICY`. */
export interface SqlPolicy extends Node {
  readonly type: "SqlCreatePolicy" | "SqlAlterPolicy";
  readonly name: SqlName;
  readonly table: SqlName;
  readonly isPermissive: boolean;
  readonly command: "all" | "select" | "insert" | "update" | "delete";
  /** None where the statement says nothing of them. */
  readonly roles: readonly string[];
  readonly using: SqlExpression | null;
  readonly check: SqlExpression | null;
  readonly to: SqlName | null;
}

/** `CREATE TYPE … AS ENUM`, and other types, which have no values. */
export interface SqlCreateType extends Node {
  readonly type: "SqlCreateType";
  readonly name: SqlName;
  readonly values: readonly string[] | null;
}

export interface SqlAlterType extends Node {
  readonly type: "SqlAlterType";
  readonly name: SqlName;
  readonly kind: "add value" | "rename value" | "rename" | "set schema" | "other";
  readonly value: string | null;
  readonly to: string | null;
}

export interface SqlDrop extends Node {
  readonly type: "SqlDrop";
  /** `table`, `index`, `policy`, `materialized view` … */
  readonly object: string;
  readonly names: readonly SqlName[];
  /** The table that a policy or trigger is on. */
  readonly table: SqlName | null;
  /** What depends on it goes as well. */
  readonly isCascade: boolean;
}

/** `ALTER INDEX a RENAME TO b`, `RENAME TABLE a TO b`. */
export interface SqlRename extends Node {
  readonly type: "SqlRename";
  readonly object: "table" | "index";
  readonly name: SqlName;
  readonly to: SqlName;
}

interface SqlCreateView extends Node {
  readonly type: "SqlCreateView";
  readonly name: SqlName;
}

/** `REVOKE ALL … FROM …`: what roles may not touch any more. */
export interface SqlRevoke extends Node {
  readonly type: "SqlRevoke";
  /** Tables; none where it is about all of a schema. */
  readonly names: readonly SqlName[];
  readonly schema: SqlName | null;
  readonly roles: readonly string[];
}

export interface SqlCreateFunction extends Node {
  readonly type: "SqlCreateFunction";
  readonly name: SqlName;
  /** Runs with the rights of whoever made it. */
  readonly isSecurityDefiner: boolean;
  readonly setsSearchPath: boolean;
}

/** A statement that is put together when it runs, in a block. */
export interface SqlExecute extends Node {
  readonly type: "SqlExecute";
  /** What is executed, where it is written out. */
  readonly statements: readonly SqlStatement[];
  /** The rest, in one line: it may do what it speaks of. */
  readonly text: string | null;
}

/** `DO $$ … $$`: the statements that we know in it, as if they ran one after the other. */
export interface SqlBlock extends Node {
  readonly type: "SqlBlock";
  readonly statements: readonly SqlStatement[];
}

/** A statement that says nothing about tables. */
export interface SqlOther extends Node {
  readonly type: "SqlOther";
  /** Its first words, in lower case. */
  readonly command: string;
}

export type SqlStatement =
  | SqlCreateTable
  | SqlAlterTable
  | SqlCreateIndex
  | SqlPolicy
  | SqlCreateType
  | SqlAlterType
  | SqlDrop
  | SqlRename
  | SqlCreateView
  | SqlRevoke
  | SqlCreateFunction
  | SqlExecute
  | SqlBlock
  | SqlOther;

export interface SqlScript extends Root {
  readonly type: "SqlScript";
  readonly statements: readonly SqlStatement[];
}

const policy = ["name", "table", "using", "check", "to"];

export const visitorKeys: VisitorKeys = {
  SqlScript: ["statements"],
  SqlCreateTable: ["name", "columns", "constraints"],
  SqlAlterTable: ["name", "actions"],
  SqlAction: ["name", "to", "column", "constraint", "dataType", "expression"],
  SqlColumn: ["name", "dataType", "constraints"],
  SqlConstraint: ["name", "parts", "references", "expression", "index"],
  SqlReference: ["table", "columns"],
  SqlKeyPart: ["column"],
  SqlCreateIndex: ["name", "table", "parts", "where"],
  SqlCreatePolicy: policy,
  SqlAlterPolicy: policy,
  SqlCreateType: ["name"],
  SqlAlterType: ["name"],
  SqlDrop: ["names", "table"],
  SqlRename: ["name", "to"],
  SqlCreateView: ["name"],
  SqlRevoke: ["names", "schema"],
  SqlCreateFunction: ["name"],
  SqlExecute: ["statements"],
  SqlBlock: ["statements"],
  SqlName: [],
  SqlDataType: [],
  SqlExpression: [],
  SqlOther: [],
};
