import type { TSESTree } from "@typescript-eslint/utils";

import { fileFacts } from "../../project/file.js";
import { resolveSpecifier } from "../../project/resolve.js";
import { variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { memberName, unwrap } from "../../syntax/value.js";
import { originOf, stepsText } from "../program/provenance.js";
import type { Column, Dialect, Enum, ForeignKey, Key, Place, Schema, Table } from "./model.js";
import { wordsOf } from "./names.js";

/** What a module calls a table that another one, or itself, declares. */
export interface Mention {
  readonly name: string;
  /** The module that it comes from; `null` where that cannot be told. */
  readonly file: string | null;
  /** It stands in the module itself, or comes there as a parameter. */
  readonly isLocal?: true;
  /** The schema of a table that the platform brings. */
  readonly schema?: string;
}

/** A foreign key whose other end is still a name in the code. */
export interface LooseKey extends Omit<ForeignKey, "table" | "schema" | "targets"> {
  readonly to: Mention;
  /** In the code. */
  readonly targetFields: readonly string[];
}

/** A table as its module declares it. */
export interface Draft extends Omit<Table, "foreignKeys" | "declaredWith"> {
  readonly foreignKeys: readonly LooseKey[];
  /** What else the code calls it. */
  readonly aliases?: readonly string[];
}

/** What ties two tables together, wherever they are declared. */
export interface Link {
  /** The table with the column. */
  readonly owner: Mention;
  readonly to: Mention;
  /** What the column is called in the code; `null` for what the other table's name makes it. */
  readonly field: string | null;
  /** What the other table is called here. */
  readonly as: string | null;
  readonly onDelete: string | null;
  readonly onUpdate: string | null;
  /** Whether the database is to know nothing of it. */
  readonly isLoose: boolean;
  /** Whether the table with the column may be one that nobody declares. */
  readonly isOptional: boolean;
  readonly at: Place;
}

/** What a module declares. */
export interface CodeSchema {
  readonly declaredWith: string;
  readonly tables: readonly Draft[];
  readonly enums: readonly Enum[];
  readonly links?: readonly Link[];
  readonly dialect: Dialect | null;
  /** Some of it comes from other modules, which may change by themselves. */
  readonly leans: boolean;
}

/** The file of a source. */
export const fileOf = (source: Source): string => fileFacts(source)?.filename ?? "";

export const placeOf = (node: TSESTree.Node, source: Source): Place => ({ file: fileOf(source), range: node.range });

interface Imported {
  readonly name: string;
  readonly specifier: string;
}

/** What an identifier imports, by the name that the other module has for it; `"*"` for all of it. */
export function importOf(node: TSESTree.Node, source: Source): Imported | null {
  if (node.type !== "Identifier") return null;
  const [definition] = variableOf(node, source)?.defs ?? [];
  if (definition?.type !== "ImportBinding" || definition.parent.type !== "ImportDeclaration") return null;
  const specifier = definition.parent.source.value;
  const { node: binding } = definition;
  if (binding.type === "ImportNamespaceSpecifier") return { name: "*", specifier };
  if (binding.type !== "ImportSpecifier") return { name: "default", specifier };
  return { name: binding.imported.type === "Identifier" ? binding.imported.name : binding.imported.value, specifier };
}

/** What a name is to a library, by its steps from one of the library's modules; `null` for everything else. */
export function wordOf(node: TSESTree.Node, modules: RegExp, source: Source): string | null {
  const inner = unwrap(node);
  const direct = importOf(inner, source);
  if (direct && modules.test(direct.specifier)) return direct.name;
  if (inner.type === "MemberExpression") {
    const whole = importOf(inner.object, source);
    if (whole && modules.test(whole.specifier)) return whole.name === "*" || whole.name === "default" ? memberName(inner) : `${whole.name}.${memberName(inner) ?? ""}`;
  }
  const origin = originOf(inner, source);
  return origin && modules.test(origin.module) ? stepsText(origin.steps) : null;
}

/** The table that an expression names: `users`, `schema.users`. */
export function mentionOf(node: TSESTree.Node, source: Source): Mention | null {
  const inner = unwrap(node);
  const imported = importOf(inner, source);
  const resolved = (specifier: string): string | null => {
    const target = resolveSpecifier(specifier, fileOf(source));
    return target && "file" in target ? target.file : null;
  };
  if (inner.type === "Identifier") {
    if (!imported) return { name: inner.name, file: fileOf(source), isLocal: true };
    return { name: imported.name === "default" ? inner.name : imported.name, file: resolved(imported.specifier) };
  }
  const name = inner.type === "MemberExpression" ? memberName(inner) : null;
  if (name === null || inner.type !== "MemberExpression") return null;
  const whole = importOf(inner.object, source);
  return { name, file: whole ? resolved(whole.specifier) : null };
}

/** The table that is meant: in the module that the name comes from, else the only one by that name. */
function meant<T extends Pick<Draft, "model" | "at" | "aliases">>({ name, file, isLocal }: Mention, tables: readonly T[]): T | null {
  const isCalled = ({ model, aliases }: T): boolean => model === name || (aliases?.includes(name) ?? false);
  const there = tables.filter(({ at }) => at.file === file);
  const named = there.find(isCalled);
  if (named) return named;
  const called = tables.filter(isCalled);
  const [only, ...others] = called.length > 0 || isLocal ? called : there;
  return only && others.length === 0 ? only : null;
}

function settled({ to, targetFields, ...key }: LooseKey, tables: readonly Draft[]): ForeignKey {
  const target = to.schema === undefined ? meant(to, tables) : null;
  const nameOf = (field: string): string => target?.columns.find((column) => column.field === field)?.name ?? field;
  const usual = (target?.primaryKey?.columns ?? []).filter((column) => column !== null);
  return { ...key, table: target?.name ?? to.name, schema: target ? target.schema : (to.schema ?? null), targets: targetFields.length > 0 ? targetFields.map(nameOf) : usual };
}

const isSame = (one: string, other: string): boolean => wordsOf(one).join() === wordsOf(other).join();

/** A table with what a link gives it. */
function linked(table: Draft, { to, field, as, onDelete, onUpdate, isLoose, at }: Link, target: Draft | null): Draft {
  // Whoever wants no foreign key has been asked already.
  if (isLoose) return { ...table, isComplete: false };
  const key = target?.columns.find(({ name }) => name === target.primaryKey?.columns[0])?.field ?? "id";
  const wanted = field ?? `${as ?? target?.model ?? to.name}_${key}`;
  const known = table.columns.find((column) => column.field === wanted) ?? table.columns.find((column) => isSame(column.field, wanted) || isSame(column.name, wanted));
  const column = known ?? plainColumn(wanted, at, at);
  return {
    ...table,
    columns: known ? table.columns : [...table.columns, column],
    foreignKeys: [...table.foreignKeys, { name: null, columns: [column.name], to, targetFields: [], onDelete, onUpdate, at }],
  };
}

/** The tables of modules, with what links between them give them. Where it cannot be told what is linked, none of them is known to be whole. */
function linkedTables(modules: readonly CodeSchema[]): Draft[] {
  const drafts = modules.flatMap(({ tables }) => tables);
  for (const link of modules.flatMap(({ links = [] }) => links)) {
    const owner = meant(link.owner, drafts);
    if (owner) drafts[drafts.indexOf(owner)] = linked(owner, link, meant(link.to, drafts));
    else if (!link.isOptional) return drafts.map((draft) => ({ ...draft, isComplete: false }));
  }
  return drafts;
}

/** Where two modules declare one table, it cannot be told which of them is the one that is used. */
function oncePerTable(drafts: readonly Draft[]): Draft[] {
  const isSame = (one: Draft, other: Draft): boolean => one.name === other.name && one.schema === other.schema;
  return drafts.map((draft) => (drafts.some((other) => other !== draft && isSame(draft, other)) ? { ...draft, isComplete: false } : draft));
}

function finished({ aliases: _aliases, ...draft }: Draft, declaredWith: string, drafts: readonly Draft[]): Table {
  const keys = draft.foreignKeys.map((key) => settled(key, drafts));
  const isNew = (key: ForeignKey, index: number): boolean => keys.findIndex((other) => other.table === key.table && other.columns.join() === key.columns.join()) === index;
  return { ...draft, declaredWith, foreignKeys: keys.filter(isNew) };
}

/**
 * The schema that modules declare together.
 *
 * @param isChanged whether a table of an ORM may be changed by code that nobody can read: it is not known to be whole.
 */
export function settle(modules: readonly CodeSchema[], isChanged: (orm: string, table: Pick<Draft, "name">) => boolean): Schema {
  const tables = [...new Set(modules.map(({ declaredWith }) => declaredWith))].flatMap((name) => {
    const drafts = oncePerTable(linkedTables(modules.filter(({ declaredWith }) => declaredWith === name)));
    return drafts.map((draft) => finished(isChanged(name, draft) ? { ...draft, isComplete: false } : draft, name, drafts));
  });
  const dialects = new Set(modules.map(({ dialect }) => dialect).filter((dialect) => dialect !== null));
  return { tables, enums: modules.flatMap(({ enums }) => enums), dialect: dialects.size === 1 ? ([...dialects][0] ?? null) : null, hasForeignKeys: true };
}

/** A key of columns. */
export const keyOf = (columns: readonly (string | null)[], at: Place, rest: Partial<Key> = {}): Key => ({
  name: null,
  columns,
  parts: columns.map((column) => column ?? ""),
  isPartial: false,
  at,
  ...rest,
});

/** A column about which nothing is known but its name. */
export const plainColumn = (field: string, at: Place, whole: Place): Column => ({
  name: field,
  field,
  type: "",
  family: "other",
  isList: false,
  isNullable: true,
  default: null,
  isGenerated: false,
  at,
  whole,
});
