import type { SqlAction, SqlColumn, SqlConstraint, SqlKeyPart, SqlName, SqlReference, SqlStatement } from "../../src/languages/sql/syntax.js";
import { parsedType } from "./postgres-types.js";

/** What a statement says, one line a fact: the same from our reader and from PostgreSQL's own parser. */
export type Facts = string[];

const fact = (...parts: unknown[]): string => parts.map((part) => (Array.isArray(part) ? `(${part.join(",")})` : String(part))).join(" ");

// --- ours

const nameOf = (name: SqlName | null): string => (name ? [name.schema, name.text].filter(Boolean).join(".") : "-");
const partsOf = (parts: readonly SqlKeyPart[]): string[] => parts.map(({ column }) => column?.text ?? "expression");
const action = (words: string | null): string => (words === null || words === "no action" ? "no action" : words);
const referenceOf = ({ table, columns, onDelete, onUpdate }: SqlReference): string =>
  fact(nameOf(table), columns.map(({ text }) => text), action(onDelete), action(onUpdate));

const typeOf = ({ dataType }: Pick<SqlColumn, "dataType">): string => {
  if (!dataType) return "-";
  const name = parsedType(dataType.name);
  return [dataType.schema, name].filter(Boolean).join(".") + (dataType.isArray ? "[]" : "");
};

const constraintFact = (where: string, { kind, name, parts, references, index, expression }: SqlConstraint): string =>
  fact(where, kind, nameOf(name), partsOf(parts), references ? referenceOf(references) : "-", nameOf(index), kind === "check" || kind === "default" ? expression !== null : "-");

const silent = new Set(["null", "other"]);

const columnFacts = (table: string, column: SqlColumn): Facts => [
  fact("column", table, column.name.text, typeOf(column)),
  ...column.constraints.filter(({ kind }) => !silent.has(kind)).map((constraint) => constraintFact(fact("column", table, column.name.text), constraint)),
];

function actionFacts(table: string, { kind, name, to, column, constraint, dataType, expression }: SqlAction): Facts {
  if (kind === "other") return [];
  if (column) return [fact(kind, table), ...columnFacts(table, column)];
  if (constraint) return [constraintFact(fact(kind, table), constraint)];
  return [fact(kind, table, nameOf(name), nameOf(to), dataType ? typeOf({ dataType }) : "-", expression !== null)];
}

/** The facts of our own tree. */
export function ourFacts(statements: readonly SqlStatement[]): Facts {
  return statements.flatMap((statement): Facts => {
    switch (statement.type) {
      case "SqlCreateTable": {
        const table = nameOf(statement.name);
        return [
          fact("table", table, statement.isTemporary, statement.ifNotExists),
          ...statement.columns.flatMap((column) => columnFacts(table, column)),
          ...statement.constraints.map((constraint) => constraintFact(fact("table", table), constraint)),
        ];
      }
      case "SqlAlterTable":
        return statement.actions.flatMap((each) => actionFacts(nameOf(statement.name), each));
      case "SqlCreateIndex":
        return [fact("index", nameOf(statement.name), nameOf(statement.table), statement.isUnique, partsOf(statement.parts), statement.where !== null)];
      case "SqlCreatePolicy":
      case "SqlAlterPolicy": {
        const { type, name, table, isPermissive, command, roles, using, check, to } = statement;
        if (to) return [fact("rename policy", name.text, nameOf(table), nameOf(to))];
        const isNew = type === "SqlCreatePolicy";
        return [fact(type, name.text, nameOf(table), isNew ? isPermissive : "-", isNew ? command : "-", isNew && roles.length === 0 ? ["public"] : roles, using !== null, check !== null)];
      }
      case "SqlCreateType":
        return statement.values ? [fact("enum", nameOf(statement.name), statement.values)] : [];
      case "SqlAlterType":
        return statement.kind === "add value" || statement.kind === "rename value" ? [fact(statement.kind, nameOf(statement.name), statement.value, statement.to)] : statement.kind === "rename" ? [fact("rename type", nameOf(statement.name), statement.to)] : [];
      case "SqlDrop":
        return statement.names.map((name) => fact("drop", statement.object, nameOf(name), nameOf(statement.table)));
      case "SqlRename":
        return [fact("rename", statement.object, nameOf(statement.name), nameOf(statement.to))];
      case "SqlCreateFunction":
        return [fact("function", nameOf(statement.name), statement.isSecurityDefiner, statement.setsSearchPath)];
      default:
        return [];
    }
  });
}

// --- PostgreSQL's

/* eslint-disable @typescript-eslint/no-explicit-any, @typescript-eslint/no-unsafe-argument, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-return -- its tree has no types that are worth having */
const text = (node: any): string => node?.String?.sval ?? "";
const texts = (nodes: any): string[] => (nodes ?? []).map(text);
const relation = (node: any): string => [node?.schemaname, node?.relname].filter(Boolean).join(".");
const qualified = (nodes: any): string => texts(nodes).slice(-2).join(".");
const pgActions: Record<string, string> = { a: "no action", r: "restrict", c: "cascade", n: "set null", d: "set default" };

const pgType = (node: any): string => {
  const [schema, ...rest] = texts(node?.names).slice(-2);
  const name = rest.length === 0 ? schema : schema === "pg_catalog" ? rest[0] : `${String(schema)}.${String(rest[0])}`;
  return `${String(name)}${node?.arrayBounds ? "[]" : ""}`;
};

const pgKinds: Record<string, string> = {
  CONSTR_PRIMARY: "primary key",
  CONSTR_UNIQUE: "unique",
  CONSTR_FOREIGN: "foreign key",
  CONSTR_CHECK: "check",
  CONSTR_EXCLUSION: "exclude",
  CONSTR_NOTNULL: "not null",
  CONSTR_DEFAULT: "default",
  CONSTR_IDENTITY: "identity",
  CONSTR_GENERATED: "generated",
};

function pgConstraint(where: string, node: any): Facts {
  const kind = pgKinds[node.contype];
  if (kind === undefined) return [];
  const keys = kind === "exclude" ? [] : texts(node.keys ?? node.fk_attrs);
  const reference = node.pktable
    ? fact(relation(node.pktable), texts(node.pk_attrs), pgActions[node.fk_del_action ?? "a"], pgActions[node.fk_upd_action ?? "a"])
    : "-";
  return [fact(where, kind, node.conname ?? "-", keys, reference, node.indexname ?? "-", kind === "check" || kind === "default" ? Boolean(node.raw_expr) : "-")];
}

const pgColumn = (table: string, node: any): Facts => [
  fact("column", table, node.colname, pgType(node.typeName)),
  ...(node.constraints ?? []).flatMap((each: any) => pgConstraint(fact("column", table, node.colname), each.Constraint)),
];

function pgAction(table: string, node: any): Facts {
  const name = node.name ?? "-";
  const simple = (kind: string, hasExpression = false): Facts => [fact(kind, table, name, "-", "-", hasExpression)];
  switch (node.subtype) {
    case "AT_AddColumn":
      return [fact("add column", table), ...pgColumn(table, node.def.ColumnDef)];
    case "AT_DropColumn":
      return simple("drop column");
    case "AT_ColumnDefault":
      return node.def ? simple("set default", true) : simple("drop default");
    case "AT_SetNotNull":
      return simple("set not null");
    case "AT_DropNotNull":
      return simple("drop not null");
    case "AT_AlterColumnType":
      return [fact("set type", table, name, "-", pgType(node.def.ColumnDef.typeName), false)];
    case "AT_AddConstraint":
      return pgConstraint(fact("add constraint", table), node.def.Constraint);
    case "AT_DropConstraint":
      return simple("drop constraint");
    case "AT_EnableRowSecurity":
      return simple("enable row security");
    case "AT_DisableRowSecurity":
      return simple("disable row security");
    default:
      return [];
  }
}

const pgObjects: Record<string, string> = {
  OBJECT_TABLE: "table",
  OBJECT_FOREIGN_TABLE: "foreign table",
  OBJECT_VIEW: "view",
  OBJECT_MATVIEW: "materialized view",
  OBJECT_INDEX: "index",
  OBJECT_TYPE: "type",
  OBJECT_POLICY: "policy",
  OBJECT_TRIGGER: "trigger",
  OBJECT_SCHEMA: "schema",
  OBJECT_FUNCTION: "function",
  OBJECT_PROCEDURE: "procedure",
  OBJECT_SEQUENCE: "sequence",
  OBJECT_DOMAIN: "domain",
  OBJECT_EXTENSION: "extension",
  OBJECT_EVENT_TRIGGER: "event trigger",
  OBJECT_RULE: "rule",
};

function pgDropped(object: string, node: any): Facts {
  const names: string[] = object === "type" || object === "domain" ? texts(node.TypeName?.names) : node.ObjectWithArgs ? texts(node.ObjectWithArgs.objname) : node.List ? texts(node.List.items) : [text(node)];
  const isOnTable = object === "policy" || object === "trigger" || object === "rule";
  return [fact("drop", object, isOnTable ? names.at(-1) : names.slice(-2).join("."), isOnTable ? names.slice(0, -1).slice(-2).join(".") : "-")];
}

const pgRole = (node: any): string => node.RoleSpec.rolename ?? node.RoleSpec.roletype.replace("ROLESPEC_", "").toLowerCase();

function pgStatement(node: any): Facts {
  const [[kind, it]] = Object.entries<any>(node) as [[string, any]];
  switch (kind) {
    case "CreateForeignTableStmt":
    case "CreateStmt": {
      const create = kind === "CreateStmt" ? it : it.base;
      const table = relation(create.relation);
      const elements = create.tableElts ?? [];
      return [
        fact("table", table, create.relation.relpersistence === "t", Boolean(create.if_not_exists)),
        ...elements.flatMap((each: any) => (each.ColumnDef ? pgColumn(table, each.ColumnDef) : [])),
        ...elements.flatMap((each: any) => (each.Constraint ? pgConstraint(fact("table", table), each.Constraint) : [])),
      ];
    }
    case "CreateTableAsStmt":
      return it.objtype === "OBJECT_TABLE" ? [fact("table", relation(it.into.rel), it.into.rel.relpersistence === "t", Boolean(it.if_not_exists))] : [];
    case "AlterTableStmt":
      return it.objtype === "OBJECT_TABLE" ? it.cmds.flatMap((each: any) => pgAction(relation(it.relation), each.AlterTableCmd)) : [];
    case "RenameStmt": {
      const table = relation(it.relation);
      if (it.renameType === "OBJECT_COLUMN" && it.relationType === "OBJECT_TABLE") return [fact("rename column", table, it.subname, it.newname, "-", false)];
      if (it.renameType === "OBJECT_TABLE") return [fact("rename table", table, "-", it.newname, "-", false)];
      if (it.renameType === "OBJECT_TABCONSTRAINT") return [fact("rename constraint", table, it.subname, it.newname, "-", false)];
      if (it.renameType === "OBJECT_INDEX") return [fact("rename", "index", table, it.newname)];
      if (it.renameType === "OBJECT_POLICY") return [fact("rename policy", it.subname, table, it.newname)];
      return it.renameType === "OBJECT_TYPE" ? [fact("rename type", qualified(it.object.List.items), it.newname)] : [];
    }
    case "AlterObjectSchemaStmt":
      return it.objectType === "OBJECT_TABLE" ? [fact("set schema", relation(it.relation), "-", it.newschema, "-", false)] : [];
    case "IndexStmt":
      return [
        fact("index", it.idxname ?? "-", relation(it.relation), Boolean(it.unique), (it.indexParams ?? []).map((each: any) => each.IndexElem.name ?? "expression"), Boolean(it.whereClause)),
      ];
    case "CreatePolicyStmt":
      return [fact("SqlCreatePolicy", it.policy_name, relation(it.table), Boolean(it.permissive), it.cmd_name, it.roles.map(pgRole), Boolean(it.qual), Boolean(it.with_check))];
    case "AlterPolicyStmt":
      return [fact("SqlAlterPolicy", it.policy_name, relation(it.table), "-", "-", (it.roles ?? []).map(pgRole), Boolean(it.qual), Boolean(it.with_check))];
    case "CreateEnumStmt":
      return [fact("enum", qualified(it.typeName), texts(it.vals))];
    case "AlterEnumStmt":
      return [it.oldVal ? fact("rename value", qualified(it.typeName), it.oldVal, it.newVal) : fact("add value", qualified(it.typeName), it.newVal, null)];
    case "DropStmt":
      return pgObjects[it.removeType] ? it.objects.flatMap((each: any) => pgDropped(pgObjects[it.removeType] as string, each)) : [];
    case "CreateFunctionStmt": {
      const options: any[] = (it.options ?? []).map((each: any) => each.DefElem);
      const isDefiner = options.some((each) => each.defname === "security" && each.arg.Boolean.boolval === true);
      const hasPath = options.some((each) => each.defname === "set" && each.arg.VariableSetStmt?.name === "search_path");
      return [fact("function", qualified(it.funcname), isDefiner, hasPath)];
    }
    default:
      return [];
  }
}

/** The facts of PostgreSQL's own tree, as libpg-query gives it. */
export const postgresFacts = (tree: unknown): Facts => ((tree as any).stmts ?? []).flatMap((each: any) => pgStatement(each.stmt));
/* eslint-enable */
