import type { TSESTree } from "@typescript-eslint/utils";

import type {
  SqlAction,
  SqlActionKind,
  SqlColumn,
  SqlConstraint,
  SqlConstraintKind,
  SqlCreateIndex,
  SqlCreateTable,
  SqlDataType,
  SqlDrop,
  SqlExecute,
  SqlExpression,
  SqlKeyPart,
  SqlName,
  SqlReference,
  SqlStatement,
} from "../../../languages/sql/syntax.js";
import type { Range } from "../../../languages/tree.js";

/** Something that stands somewhere. */
interface Placed {
  readonly range: Range;
}

/** A name, with its schema before a dot. */
export function nameAt(text: string, { range }: Placed, schema: string | null = null): SqlName {
  const [own = "", ...outer] = text.split(".").reverse();
  return { type: "SqlName", schema: outer[0] ?? schema, text: own, range };
}

export const expressionAt = (text: string, { range }: Placed): SqlExpression => ({ type: "SqlExpression", text, range });

/** A type as SQL writes it: `varchar(255)`, `text[]`. */
export function typeAt(written: string, { range }: Placed): SqlDataType {
  const [, name = "", sizes = "", list = ""] = /^"?(\w+(?: \w+)*)"?(?: ?\(([^)]*)\))?(?: ?(\[\]))?$/.exec(written.trim().replaceAll(/\s+/g, " ")) ?? [];
  return { type: "SqlDataType", schema: null, name: name.toLowerCase(), parameters: sizes.split(",").map((size) => size.trim()).filter(Boolean), isArray: list !== "", range };
}

const partAt = (column: string, { range }: Placed): SqlKeyPart => ({ type: "SqlKeyPart", column: nameAt(column, { range }), text: column, range });

/** Something calculated that a key is made of. */
export const calculatedPart = (text: string, { range }: Placed): SqlKeyPart => ({ type: "SqlKeyPart", column: null, text: text.toLowerCase(), range });

export const partsAt = (columns: readonly string[], at: Placed): SqlKeyPart[] => columns.map((column) => partAt(column, at));

type ConstraintParts = Partial<Pick<SqlConstraint, "name" | "parts" | "references" | "expression">>;

export const constraintAt = (kind: SqlConstraintKind, { range }: Placed, parts: ConstraintParts = {}): SqlConstraint => ({
  type: "SqlConstraint",
  kind,
  name: null,
  parts: [],
  references: null,
  expression: null,
  index: null,
  ...parts,
  range,
});

export const referenceAt = (table: SqlName, columns: readonly string[], at: Placed, actions: Partial<Pick<SqlReference, "onDelete" | "onUpdate">> = {}): SqlReference => ({
  type: "SqlReference",
  table,
  columns: columns.map((column) => nameAt(column, at)),
  onDelete: null,
  onUpdate: null,
  ...actions,
  range: at.range,
});

export const columnAt = (name: string, dataType: SqlDataType | null, constraints: readonly SqlConstraint[], nameNode: Placed, whole: Placed): SqlColumn => ({
  type: "SqlColumn",
  name: nameAt(name, nameNode),
  dataType,
  constraints,
  range: whole.range,
});

type ActionParts = Partial<Pick<SqlAction, "name" | "to" | "column" | "constraint" | "dataType" | "expression">>;

export const actionAt = (kind: SqlActionKind, { range }: Placed, parts: ActionParts): SqlAction => ({
  type: "SqlAction",
  kind,
  name: null,
  to: null,
  column: null,
  constraint: null,
  dataType: null,
  expression: null,
  ...parts,
  range,
});

export const createTableAt = (name: SqlName, columns: readonly SqlColumn[], constraints: readonly SqlConstraint[], isDerived: boolean, { range }: Placed): SqlCreateTable => ({
  type: "SqlCreateTable",
  name,
  columns,
  constraints,
  isTemporary: false,
  ifNotExists: false,
  isDerived,
  engine: null,
  range,
});

export const createIndexAt = (name: SqlName | null, table: SqlName, parts: readonly SqlKeyPart[], isUnique: boolean, { range }: Placed, where: SqlExpression | null = null): SqlCreateIndex => ({
  type: "SqlCreateIndex",
  name,
  table,
  parts,
  isUnique,
  ifNotExists: false,
  where,
  range,
});

export const dropAt = (object: string, name: SqlName, { range }: Placed): SqlDrop => ({ type: "SqlDrop", object, names: [name], table: null, isCascade: false, range });

export const alterAt = (name: SqlName, actions: readonly SqlAction[], { range }: Placed): SqlStatement[] =>
  actions.length === 0 ? [] : [{ type: "SqlAlterTable", name, actions, range }];

/** What cannot be told: it may do what its text speaks of. */
export const unknownAt = (node: TSESTree.Node, text: string): SqlExecute => ({ type: "SqlExecute", statements: [], text, range: node.range });
