import type {
  SqlAction,
  SqlAlterTable,
  SqlAlterType,
  SqlColumn,
  SqlConstraint,
  SqlCreateIndex,
  SqlCreateTable,
  SqlCreateType,
  SqlDataType,
  SqlDrop,
  SqlKeyPart,
  SqlName,
  SqlPolicy,
  SqlRevoke,
  SqlScript,
  SqlStatement,
} from "../../languages/sql/syntax.js";
import type { Node } from "../../languages/tree.js";
import { dialectOf } from "./dialects.js";
import { familyOf, type Column, type Enum, type ForeignKey, type Key, type Place, type Policy, type Schema, type Table } from "./model.js";

/** A migration, read. */
export interface SqlFile {
  readonly file: string;
  readonly script: SqlScript;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K] };

type MutableTable = Omit<Mutable<Table>, "columns" | "foreignKeys" | "policies"> & {
  columns: Mutable<Column>[];
  foreignKeys: Mutable<ForeignKey>[];
  policies: Mutable<Policy>[];
};

/** Where Postgres puts what is not said to belong elsewhere. */
const usual = "public";

const schemaOf = ({ schema }: Pick<SqlName, "schema">): string | null => (schema === usual ? null : schema);

const columnsOf = (parts: readonly SqlKeyPart[]): (string | null)[] => parts.map(({ column }) => column?.text ?? null);

/** The tables after each statement of the migrations has run, in order. */
class Replay {
  readonly #tables = new Map<string, MutableTable>();
  readonly #enums = new Map<string, Mutable<Enum>>();
  readonly #isWritten: boolean;
  #file = "";
  #hasTrigger = false;

  constructor(isWritten: boolean) {
    this.#isWritten = isWritten;
  }

  run(files: readonly SqlFile[]): Schema {
    for (const { file, script } of files) {
      this.#file = file;
      for (const statement of script.statements) this.#run(statement);
    }
    const tables = [...this.#tables.values()];
    for (const table of tables) {
      if (this.#hasTrigger && table.rowSecurity === "off") table.rowSecurity = "unknown";
      for (const key of table.foreignKeys) if (key.targets.length === 0) key.targets = this.#primaryKeyOf(key);
    }
    return { tables, enums: [...this.#enums.values()], dialect: dialectOf(tables), hasForeignKeys: true };
  }

  #primaryKeyOf({ table, schema }: ForeignKey): string[] {
    return (this.#tables.get(this.#keyOf({ schema, text: table }))?.primaryKey?.columns ?? []).filter((name) => name !== null);
  }

  #place({ range }: Node): Place {
    return { file: this.#file, range };
  }

  #keyOf(name: Pick<SqlName, "schema" | "text">): string {
    return `${schemaOf(name) ?? usual}.${name.text}`;
  }

  #find(name: Pick<SqlName, "schema" | "text">): MutableTable | undefined {
    return this.#tables.get(this.#keyOf(name));
  }

  /** A table by its name, made up where the statement that makes it is not in our hands. */
  #tableOf(name: SqlName): MutableTable {
    return this.#find(name) ?? this.#add(name, false);
  }

  #add(name: SqlName, isComplete: boolean): MutableTable {
    const table: MutableTable = {
      name: name.text,
      schema: schemaOf(name),
      model: name.text,
      columns: [],
      primaryKey: null,
      uniques: [],
      indexes: [],
      foreignKeys: [],
      rowSecurity: isComplete ? "off" : "unknown",
      policies: [],
      at: this.#place(name),
      createdAt: isComplete && !this.#isWritten ? this.#place(name) : null,
      isComplete,
      isWritten: this.#isWritten,
    };
    this.#tables.set(this.#keyOf(name), table);
    return table;
  }

  #run(statement: SqlStatement): void {
    switch (statement.type) {
      case "SqlCreateTable":
        this.#createTable(statement);
        return;
      case "SqlAlterTable":
        this.#alterTable(statement);
        return;
      case "SqlCreateIndex":
        this.#createIndex(statement);
        return;
      case "SqlCreatePolicy":
      case "SqlAlterPolicy":
        this.#policy(statement);
        return;
      case "SqlDrop":
        this.#drop(statement);
        return;
      case "SqlRename":
        if (statement.object === "table") this.#renameTable(statement.name, statement.to.text);
        else this.#renameKey(statement.name.text, statement.to.text);
        return;
      case "SqlCreateType":
        this.#createEnum(statement);
        return;
      case "SqlAlterType":
        this.#alterEnum(statement);
        return;
      case "SqlRevoke":
        this.#revoke(statement);
        return;
      case "SqlOther":
        // Supabase's own recipe: a trigger switches it on for each table that is made.
        this.#hasTrigger ||= statement.command === "create event trigger";
        return;
      case "SqlBlock":
        for (const inner of statement.statements) this.#run(inner);
        return;
      case "SqlExecute":
        for (const inner of statement.statements) this.#run(inner);
        if (statement.text !== null) this.#guess(statement.text.toLowerCase());
        return;
      default:
    }
  }

  /** What visitors may not touch needs no policy. */
  #revoke({ names, schema, roles }: SqlRevoke): void {
    if (!["anon", "authenticated"].every((role) => roles.includes(role))) return;
    const all = [...this.#tables.values()];
    const tables = schema ? all.filter((table) => (table.schema ?? usual) === schema.text) : names.map((name) => this.#find(name));
    for (const table of tables) if (table?.rowSecurity === "off") table.rowSecurity = "unknown";
  }

  #createEnum({ name, values }: SqlCreateType): void {
    if (values) this.#enums.set(name.text, { name: name.text, values: [...values], at: this.#place(name) });
  }

  #alterEnum({ name, kind, value, to }: SqlAlterType): void {
    const type = this.#enums.get(name.text);
    if (!type) return;
    if (kind === "add value" && value !== null) type.values.push(value);
    if (kind === "rename value") type.values = type.values.map((each) => (each === value ? (to ?? each) : each));
    if (kind === "rename" && to !== null) {
      this.#enums.delete(type.name);
      type.name = to;
      this.#enums.set(to, type);
    }
  }

  /** A statement that is put together when it runs: whatever it may do to a table makes that unknown. */
  #guess(text: string): void {
    const all = [...this.#tables.values()];
    const named = all.filter(({ name }) => new RegExp(`\\b${name}\\b`, "i").test(text));
    const tables = named.length > 0 ? named : all;
    for (const table of tables) {
      if (text.includes("row level security")) table.rowSecurity = table.rowSecurity === "on" && text.includes("enable") ? "on" : "unknown";
      if (text.includes("policy") && text.includes("drop")) table.policies = [];
      if (/\b(?:add|unique|primary|index|constraint)\b/.test(text)) table.isComplete = false;
    }
  }

  #createTable(statement: SqlCreateTable): void {
    const { name, isTemporary, isDerived } = statement;
    if (isTemporary) return;
    // A second statement for a table that is there does nothing, or fails.
    if (this.#find(name)?.isComplete === true) return;
    const known = this.#find(name);
    const table = this.#add(name, !isDerived);
    if (known) Object.assign(table, { policies: known.policies, rowSecurity: known.rowSecurity === "unknown" ? "off" : known.rowSecurity });
    for (const column of statement.columns) this.#addColumn(table, column);
    for (const constraint of statement.constraints) this.#addConstraint(table, constraint);
  }

  #addColumn(table: MutableTable, column: SqlColumn): void {
    const name = column.name.text;
    if (table.columns.some((each) => each.name === name)) return;
    table.columns.push(this.#columnOf(column));
    for (const constraint of column.constraints) this.#addConstraint(table, constraint, name);
  }

  #columnOf(column: SqlColumn): Mutable<Column> {
    const { name, dataType, constraints } = column;
    const has = (...kinds: SqlConstraint["kind"][]): boolean => constraints.some(({ kind }) => kinds.includes(kind));
    const isSerial = dataType !== null && /serial/.test(dataType.name);
    return {
      name: name.text,
      field: name.text,
      ...this.#typeOf(dataType),
      isNullable: !has("not null", "primary key", "identity") && !isSerial,
      default: constraints.find(({ kind }) => kind === "default")?.expression?.text ?? null,
      isGenerated: has("identity", "generated") || isSerial,
      at: this.#place(name),
      whole: this.#place(column),
    };
  }

  #typeOf(dataType: SqlDataType | null): Pick<Column, "type" | "family" | "isList"> {
    if (!dataType) return { type: "", family: "other", isList: false };
    const { name, parameters, isArray } = dataType;
    const isFlag = name === "tinyint" && parameters[0] === "1";
    const family = this.#enums.has(name) ? "enum" : isFlag ? "boolean" : familyOf(name);
    return { type: name, family, isList: isArray };
  }

  #addConstraint(table: MutableTable, constraint: SqlConstraint, column?: string): void {
    const { kind, name, references, index } = constraint;
    const parts = column === undefined ? constraint.parts : [];
    const used = index && [...table.uniques, ...table.indexes].find((key) => key.name === index.text);
    const columns = used ? used.columns : column === undefined ? columnsOf(parts) : [column];
    const key: Key = {
      name: name?.text ?? null,
      columns,
      parts: used ? used.parts : column === undefined ? parts.map(({ text }) => text) : [column],
      isPartial: false,
      at: this.#place(constraint),
    };
    const named = (ending: string): string => key.name ?? [table.name, ...(ending === "pkey" ? [] : columns), ending].join("_");
    if (kind === "primary key") {
      table.primaryKey = { ...key, name: named("pkey") };
      for (const each of table.columns) if (columns.includes(each.name)) each.isNullable = false;
    } else if (kind === "unique") table.uniques.push({ ...key, name: named("key") });
    else if (kind === "index") table.indexes.push(key);
    else if (kind === "foreign key" && references) {
      const { table: target, columns: targets, onDelete, onUpdate } = references;
      table.foreignKeys.push({
        name: named("fkey"),
        columns: columns.filter((each) => each !== null),
        table: target.text,
        schema: schemaOf(target),
        targets: targets.map(({ text }) => text),
        onDelete,
        onUpdate,
        at: key.at,
      });
    }
  }

  #alterTable({ name, actions }: SqlAlterTable): void {
    for (const action of actions) this.#alter(this.#tableOf(name), name, action);
  }

  #alter(table: MutableTable, name: SqlName, action: SqlAction): void {
    const subject = action.name?.text ?? "";
    const column = table.columns.find((each) => each.name === subject);
    switch (action.kind) {
      case "add column":
        if (action.column) this.#addColumn(table, action.column);
        return;
      case "replace column":
        if (column && action.column) {
          Object.assign(column, this.#columnOf(action.column));
          this.#renameColumn(table, subject, action.column.name.text);
        }
        return;
      case "drop column":
        this.#dropColumn(table, subject);
        return;
      case "rename column":
        this.#renameColumn(table, subject, action.to?.text ?? subject);
        return;
      case "set type":
        if (column) Object.assign(column, this.#typeOf(action.dataType));
        return;
      case "set default":
        if (column) column.default = action.expression?.text ?? null;
        return;
      case "drop default":
        if (column) column.default = null;
        return;
      case "set not null":
        if (column) column.isNullable = false;
        return;
      case "drop not null":
        if (column) column.isNullable = true;
        return;
      case "add constraint":
        if (action.constraint) this.#addConstraint(table, action.constraint);
        return;
      case "drop constraint":
      case "drop index":
        this.#dropKey(table, subject);
        return;
      case "drop primary key":
        table.primaryKey = null;
        return;
      case "rename constraint":
      case "rename index":
        this.#renameKey(subject, action.to?.text ?? subject);
        return;
      case "rename table":
        this.#renameTable(name, action.to?.text ?? table.name);
        return;
      case "set schema":
        this.#move(table, { schema: action.to?.text ?? null, text: table.name });
        return;
      case "enable row security":
        table.rowSecurity = "on";
        return;
      case "disable row security":
        table.rowSecurity = "off";
        return;
      case "other":
    }
  }

  #dropColumn(table: MutableTable, name: string): void {
    const isFree = ({ columns }: { readonly columns: readonly (string | null)[] }): boolean => !columns.includes(name);
    table.columns = table.columns.filter((each) => each.name !== name);
    table.uniques = table.uniques.filter(isFree);
    table.indexes = table.indexes.filter(isFree);
    table.foreignKeys = table.foreignKeys.filter(isFree);
    if (table.primaryKey && !isFree(table.primaryKey)) table.primaryKey = null;
  }

  #renameColumn(table: MutableTable, from: string, to: string): void {
    if (from === to) return;
    const renamed = <T extends string | null>(names: readonly T[]): T[] => names.map((each) => (each === from ? (to as T) : each));
    const inKey = (key: Key): Key => ({ ...key, columns: renamed(key.columns), parts: renamed(key.parts) });
    for (const column of table.columns) if (column.name === from) Object.assign(column, { name: to, field: to });
    table.primaryKey &&= inKey(table.primaryKey);
    table.uniques = table.uniques.map(inKey);
    table.indexes = table.indexes.map(inKey);
    for (const key of table.foreignKeys) key.columns = renamed(key.columns);
    for (const key of this.#keysTo(table)) key.targets = renamed(key.targets);
  }

  #keysTo(table: MutableTable): Mutable<ForeignKey>[] {
    return [...this.#tables.values()].flatMap(({ foreignKeys }) => foreignKeys.filter((key) => key.table === table.name && key.schema === table.schema));
  }

  #dropKey(table: MutableTable, name: string): void {
    const isOther = (key: { readonly name: string | null }): boolean => key.name !== name;
    table.uniques = table.uniques.filter(isOther);
    table.indexes = table.indexes.filter(isOther);
    table.foreignKeys = table.foreignKeys.filter(isOther);
    if (table.primaryKey?.name === name) table.primaryKey = null;
  }

  #renameKey(from: string, to: string): void {
    const inKey = <T extends { readonly name: string | null }>(key: T): T => (key.name === from ? { ...key, name: to } : key);
    for (const table of this.#tables.values()) {
      table.primaryKey &&= inKey(table.primaryKey);
      table.uniques = table.uniques.map(inKey);
      table.indexes = table.indexes.map(inKey);
      table.foreignKeys = table.foreignKeys.map(inKey);
    }
  }

  #renameTable(name: SqlName, to: string): void {
    const table = this.#find(name);
    if (table) this.#move(table, { schema: table.schema, text: to });
  }

  #move(table: MutableTable, to: Pick<SqlName, "schema" | "text">): void {
    const keys = this.#keysTo(table);
    this.#tables.delete(this.#keyOf({ schema: table.schema, text: table.name }));
    Object.assign(table, { name: to.text, model: to.text, schema: schemaOf(to) });
    this.#tables.set(this.#keyOf(to), table);
    for (const key of keys) Object.assign(key, { table: table.name, schema: table.schema });
  }

  #createIndex(statement: SqlCreateIndex): void {
    const { name, table: on, parts, isUnique, where } = statement;
    const table = this.#tableOf(on);
    const key: Key = {
      name: name?.text ?? [table.name, ...columnsOf(parts).map((column) => column ?? "expr"), "idx"].join("_"),
      columns: columnsOf(parts),
      parts: parts.map(({ text }) => text),
      isPartial: where !== null,
      at: this.#place(statement),
    };
    const keys = isUnique ? table.uniques : table.indexes;
    if (!keys.some((each) => each.name === key.name)) keys.push(key);
  }

  #policy(statement: SqlPolicy): void {
    const { type, name, table: on, roles, using, check, to } = statement;
    const table = this.#tableOf(on);
    const known = table.policies.find((each) => each.name === name.text);
    const parts = {
      ...(roles.length > 0 && { roles }),
      ...(using && { using: using.text }),
      ...(check && { check: check.text }),
    };
    if (type === "SqlAlterPolicy") {
      if (known) Object.assign(known, parts, { name: to?.text ?? known.name }, to ? {} : { at: this.#place(name) });
    } else if (!known) {
      const { isPermissive, command } = statement;
      table.policies.push({ name: name.text, command, isPermissive, roles: ["public"], using: null, check: null, ...parts, at: this.#place(name) } as Mutable<Policy>);
    }
  }

  #drop({ object, names, table: on, isCascade }: SqlDrop): void {
    for (const name of names) {
      if (object === "table" || object === "foreign table") this.#dropTable(name, isCascade);
      else if (object === "type") this.#enums.delete(name.text);
      else if (object === "index") for (const table of this.#tables.values()) this.#dropKey(table, name.text);
      else if (object === "policy" && on) {
        const table = this.#find(on);
        if (table) table.policies = table.policies.filter((each) => each.name !== name.text);
      } else if (object === "schema") {
        const dropped = [...this.#tables.values()].filter(({ schema }) => (schema ?? usual) === name.text);
        for (const { schema, name: text } of dropped) this.#tables.delete(this.#keyOf({ schema, text }));
      }
    }
  }

  /** Without CASCADE, keys to it stay: SQLite drops a table to put a new one of its name in its place. */
  #dropTable(name: SqlName, isCascade: boolean): void {
    const table = this.#find(name);
    if (!table) return;
    this.#tables.delete(this.#keyOf(name));
    if (!isCascade) return;
    for (const other of this.#tables.values()) {
      other.foreignKeys = other.foreignKeys.filter((key) => key.table !== table.name || key.schema !== table.schema);
    }
  }
}

/**
 * The schema that migrations leave behind when they have run one after the other.
 *
 * @param isWritten whether a tool writes them, from a schema that stands elsewhere.
 */
export const replaySql = (files: readonly SqlFile[], isWritten: boolean): Schema => new Replay(isWritten).run(files);
