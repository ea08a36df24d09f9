import type { Key, Schema } from "../../src/semantics/schema/model.js";

/** What a schema says, one line a fact: the same from our model and from Prisma's own engine. */
type Facts = string[];

interface DmmfField {
  name: string;
  dbName?: string | null;
  kind: "scalar" | "enum" | "object" | "unsupported";
  type: string;
  isList: boolean;
  isRequired: boolean;
  hasDefaultValue: boolean;
  relationFromFields?: string[];
  relationToFields?: string[];
  relationOnDelete?: string;
  relationOnUpdate?: string;
}

interface Dmmf {
  datamodel: {
    enums: { name: string; values: { name: string }[] }[];
    models: { name: string; dbName: string | null; fields: DmmfField[] }[];
    types: { name: string }[];
    indexes: { model: string; type: "id" | "normal" | "unique" | "fulltext"; dbName?: string; fields: { name: string }[] }[];
  };
}

const fact = (...parts: unknown[]): string => parts.map((part) => (Array.isArray(part) ? `(${part.join(",")})` : String(part))).join(" ");

/** The facts of our own model. What Prisma has no type for is no part of its own. */
export function ourFacts({ tables, enums }: Schema): Facts {
  const key = (table: string, kind: string, { columns }: Key): string => fact(kind, table, columns);
  return [
    ...enums.map(({ name, values }) => fact("enum", name, values)),
    ...tables.flatMap((table) => [
      fact("model", table.model, table.name),
      ...table.columns
        .filter(({ type }) => /^\w+$/.test(type))
        .map((column) => fact("column", table.model, column.field, column.name, column.type, column.isList, column.isNullable, column.default !== null)),
      ...(table.primaryKey ? [key(table.model, "id", table.primaryKey)] : []),
      ...table.uniques.map((each) => key(table.model, "unique", each)),
      ...table.indexes.map((each) => key(table.model, each.isPartial ? "fulltext" : "normal", each)),
      ...table.foreignKeys.map((each) => fact("relation", table.model, each.columns, each.table, each.targets, each.onDelete, each.onUpdate)),
    ]),
  ].sort();
}

/** The facts of Prisma's own model, as `get_dmmf` gives it. */
export function dmmfFacts(json: string): Facts {
  const { enums, models, indexes } = (JSON.parse(json) as Dmmf).datamodel;
  const columnsOf = (model: string, names: readonly string[] = []): string[] => {
    const fields = models.find(({ name }) => name === model)?.fields ?? [];
    return names.map((name) => fields.find((field) => field.name === name)?.dbName ?? name);
  };
  const action = (word: string | undefined): string | null => word?.replaceAll(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase() ?? null;
  return [
    ...enums.map(({ name, values }) => fact("enum", name, values.map((value) => value.name))),
    ...models.flatMap(({ name, dbName, fields }) => [
      fact("model", name, dbName ?? name),
      ...fields
        .filter(({ kind }) => kind === "scalar" || kind === "enum")
        .map((field) => fact("column", name, field.name, field.dbName ?? field.name, field.type, field.isList, !field.isRequired, field.hasDefaultValue)),
      ...fields.flatMap((field) => {
        const { type, relationFromFields: from = [], relationToFields: to, relationOnDelete, relationOnUpdate } = field;
        if (from.length === 0) return [];
        const target = models.find((model) => model.name === type);
        return [fact("relation", name, columnsOf(name, from), target?.dbName ?? type, columnsOf(type, to), action(relationOnDelete), action(relationOnUpdate))];
      }),
    ]),
    ...indexes.map(({ model, type, fields }) =>
      fact(
        type,
        model,
        columnsOf(
          model,
          fields.map(({ name }) => name),
        ),
      ),
    ),
  ].sort();
}
