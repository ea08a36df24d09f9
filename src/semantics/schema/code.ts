import type { TSESTree } from "@typescript-eslint/utils";

import { fileFacts } from "../../project/file.js";
import { resolveSpecifier } from "../../project/resolve.js";
import { variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { memberName, unwrap } from "../../syntax/value.js";
import { originOf, stepsText } from "../provenance.js";
import type { Column, Dialect, Enum, ForeignKey, Key, Place, Schema, Table } from "./model.js";

/** What a module calls a table that another one, or itself, declares. */
export interface Mention {
  readonly name: string;
  /** The module that it comes from; `null` where that cannot be told. */
  readonly file: string | null;
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
}

/** What a module declares. */
export interface CodeSchema {
  readonly declaredWith: string;
  readonly tables: readonly Draft[];
  readonly enums: readonly Enum[];
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
    if (!imported) return { name: inner.name, file: fileOf(source) };
    return { name: imported.name === "default" ? inner.name : imported.name, file: resolved(imported.specifier) };
  }
  const name = inner.type === "MemberExpression" ? memberName(inner) : null;
  if (name === null || inner.type !== "MemberExpression") return null;
  const whole = importOf(inner.object, source);
  return { name, file: whole ? resolved(whole.specifier) : null };
}

/** The table that is meant: in the module that the name comes from, else the only one by that name. */
function meant<T extends Pick<Table, "model" | "at">>({ name, file }: Mention, tables: readonly T[]): T | null {
  const there = tables.filter(({ at }) => at.file === file);
  const named = there.find(({ model }) => model === name);
  if (named) return named;
  const called = tables.filter(({ model }) => model === name);
  const [only, ...others] = called.length > 0 ? called : there;
  return only && others.length === 0 ? only : null;
}

function settled({ to, targetFields, ...key }: LooseKey, tables: readonly Draft[]): ForeignKey {
  const target = to.schema === undefined ? meant(to, tables) : null;
  const nameOf = (field: string): string => target?.columns.find((column) => column.field === field)?.name ?? field;
  const usual = (target?.primaryKey?.columns ?? []).filter((column) => column !== null);
  return { ...key, table: target?.name ?? to.name, schema: target ? target.schema : (to.schema ?? null), targets: targetFields.length > 0 ? targetFields.map(nameOf) : usual };
}

/** The schema that modules declare together. */
export function settle(modules: readonly CodeSchema[]): Schema {
  const drafts = modules.flatMap(({ tables }) => tables);
  const tables = modules.flatMap(({ tables: own, declaredWith }) =>
    own.map((draft): Table => ({ ...draft, declaredWith, foreignKeys: draft.foreignKeys.map((key) => settled(key, drafts)) })),
  );
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
