import type {
  PrismaArgument,
  PrismaAttribute,
  PrismaBlockAttribute,
  PrismaConfiguration,
  PrismaField,
  PrismaModel,
  PrismaSchema,
  PrismaValue,
} from "../../languages/prisma/syntax.js";
import type { Node } from "../../languages/tree.js";
import { familyOf, type Column, type Dialect, type Enum, type ForeignKey, type Key, type Place, type Schema, type Table } from "./model.js";

/** A file of a schema, read. */
export interface PrismaFile {
  readonly file: string;
  readonly schema: PrismaSchema;
}

type Attribute = PrismaAttribute | PrismaBlockAttribute;

interface Named<T> {
  readonly file: string;
  readonly block: T;
}

const place = (file: string, { range }: Node): Place => ({ file, range });

const attributeOf = (attributes: readonly Attribute[], name: string): Attribute | undefined => attributes.find((attribute) => attribute.name.text === name);

/** An argument by its name, or the one without a name in its place. */
function argumentOf({ arguments: given }: { readonly arguments: readonly PrismaArgument[] }, name: string, position?: number): PrismaValue | null {
  const named = given.find((argument) => argument.name?.text === name);
  if (named) return named.value;
  const positional = position === undefined ? undefined : given[position];
  return positional?.name === null ? positional.value : null;
}

const textOf = (value: PrismaValue | null): string | null => (value?.type === "PrismaString" ? value.value : value?.type === "PrismaReference" ? value.name : null);

/** The fields that a list names, `title(sort: Desc)` among them; a single one may stand without its brackets. */
function fieldsIn(value: PrismaValue | null): string[] {
  if (!value) return [];
  const items = value.type === "PrismaList" ? value.items : [value];
  return items.flatMap((item) => (item.type === "PrismaReference" || item.type === "PrismaCall" ? [item.name] : []));
}

const kebab = (word: string): string => word.replaceAll(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();

class Reader {
  readonly #files: readonly PrismaFile[];
  readonly #models = new Map<string, Named<PrismaModel>>();
  readonly #enums = new Map<string, Enum>();
  readonly #types = new Set<string>();
  /** Where comments name the type of the field below them, for what generates TypeScript's types of it. */
  readonly #shapes = new Map<string, readonly number[]>();
  readonly #columnNames = new Map<PrismaModel, ReadonlyMap<string, string>>();
  #dialect: Dialect | null = null;
  #hasForeignKeys = true;

  constructor(files: readonly PrismaFile[]) {
    this.#files = files;
  }

  read(): Schema {
    for (const { file, schema } of this.#files) {
      const shapes = schema.comments.filter(({ documents, value }) => documents && /^[^\w[]*\[.+\]/.test(value));
      this.#shapes.set(
        file,
        shapes.map(({ range }) => range[0]),
      );
    }
    for (const { file, schema } of this.#files) {
      const saidToBeView = schema.comments.filter(({ documents, value }) => documents && /^\W*@view\b/.test(value)).map(({ range }) => range[0]);
      let from = 0;
      for (const block of schema.blocks) {
        this.#note(file, block, saidToBeView.some((at) => at >= from && at < block.range[0]));
        [, from] = block.range;
      }
    }
    const tables = [...this.#models.values()].map((model) => this.#table(model));
    return { tables, enums: [...this.#enums.values()], dialect: this.#dialect, hasForeignKeys: this.#hasForeignKeys };
  }

  /** A view is no table, whether Prisma knows of it or its author only says so. */
  #note(file: string, block: PrismaSchema["blocks"][number], isView: boolean): void {
    if (block.type === "PrismaDatasource") this.#datasource(block);
    const name = block.name?.text;
    if (name === undefined) return;
    if (block.type === "PrismaType" || block.type === "PrismaView" || isView) this.#types.add(name);
    else if (block.type === "PrismaModel") this.#models.set(name, { file, block });
    else if (block.type === "PrismaEnum") {
      const values = block.members.flatMap((member) => (member.type === "PrismaEnumValue" ? [member.name.text] : []));
      this.#enums.set(name, { name, values, at: place(file, block.name ?? block) });
    }
  }

  #datasource({ members }: PrismaConfiguration): void {
    const setting = (name: string): string | null => textOf(members.find((member) => member.name.text === name)?.value ?? null);
    const provider = setting("provider");
    this.#dialect = provider === "postgres" ? "postgresql" : (provider as Dialect | null);
    this.#hasForeignKeys = setting("relationMode") !== "prisma" && setting("referentialIntegrity") !== "prisma" && provider !== "mongodb";
  }

  #table({ file, block }: Named<PrismaModel>): Table {
    const fields = block.members.filter((member) => member.type === "PrismaField");
    const attributes = block.members.filter((member) => member.type === "PrismaBlockAttribute");
    const columnNames = this.#columnNamesOf(block);
    const toColumns = (names: readonly string[]): string[] => names.map((name) => columnNames.get(name) ?? name);
    const key = (attribute: Attribute, names: readonly string[]): Key => ({
      name: textOf(argumentOf(attribute, "map")) ?? textOf(argumentOf(attribute, "name")),
      columns: toColumns(names),
      parts: toColumns(names),
      isPartial: argumentOf(attribute, "where") !== null,
      at: place(file, attribute),
    });
    const keysCalled = (single: string, several: string): Key[] => [
      ...fields.flatMap((field) => {
        const attribute = attributeOf(field.attributes, single);
        return attribute ? [key(attribute, [field.name.text])] : [];
      }),
      ...attributes.filter(({ name }) => name.text === several).map((attribute) => key(attribute, fieldsIn(argumentOf(attribute, "fields", 0)))),
    ];
    const model = block.name?.text ?? "";
    return {
      name: this.#nameOf(model, attributes),
      schema: textOf((attributeOf(attributes, "schema") ?? { arguments: [] }).arguments[0]?.value ?? null),
      model,
      columns: this.#columns(file, block),
      primaryKey: keysCalled("id", "id")[0] ?? null,
      uniques: keysCalled("unique", "unique"),
      indexes: [...keysCalled("index", "index"), ...keysCalled("fulltext", "fulltext").map((each) => ({ ...each, isPartial: true }))],
      foreignKeys: fields.flatMap((field) => this.#foreignKey(file, field, toColumns)),
      rowSecurity: "unknown",
      policies: [],
      at: place(file, block.name ?? block),
      createdAt: null,
      isComplete: true,
      // What Prisma cannot use is mostly what a library keeps in the same database.
      isWritten: attributeOf(attributes, "ignore") !== undefined,
    };
  }

  /** What the database calls the fields of a model. */
  #columnNamesOf(block: PrismaModel): ReadonlyMap<string, string> {
    const known = this.#columnNames.get(block);
    if (known) return known;
    const names = new Map(block.members.flatMap((member) => (member.type === "PrismaField" ? [[member.name.text, this.#nameOf(member.name.text, member.attributes)] as const] : [])));
    this.#columnNames.set(block, names);
    return names;
  }

  #columns(file: string, { members, range }: PrismaModel): Column[] {
    const columns: Column[] = [];
    let [from] = range;
    for (const member of members) {
      if (member.type === "PrismaField") columns.push(...this.#column(file, member, from));
      [, from] = member.range;
    }
    return columns;
  }

  #nameOf(name: string, attributes: readonly Attribute[]): string {
    const map = attributeOf(attributes, "map");
    return (map && textOf(argumentOf(map, "name", 0))) ?? name;
  }

  #column(file: string, field: PrismaField, from: number): Column[] {
    const { fieldType, attributes } = field;
    // A relation is no column, and neither is what is still to be written.
    if (!fieldType || this.#models.has(fieldType.name) || this.#types.has(fieldType.name)) return [];
    const preset = attributeOf(attributes, "default");
    const value = preset && argumentOf(preset, "value", 0);
    const native = attributes.find(({ name }) => name.text.startsWith("db."))?.name.text.slice(3);
    const type = fieldType.unsupported?.value ?? fieldType.name;
    const ofType = familyOf(type);
    return [
      {
        name: this.#nameOf(field.name.text, attributes),
        field: field.name.text,
        type,
        family: this.#enums.has(type) ? "enum" : native !== undefined && /^uuid$/i.test(native) ? "uuid" : ofType,
        isList: fieldType.isList,
        isNullable: fieldType.isOptional,
        default: value ? defaultText(value) : null,
        isGenerated: attributeOf(attributes, "updatedAt") !== undefined || value?.type === "PrismaCall",
        isShaped: this.#shapes.get(file)?.some((at) => at >= from && at < field.range[0]) ?? false,
        at: place(file, field.name),
        whole: place(file, field),
      },
    ];
  }

  #foreignKey(file: string, field: PrismaField, toColumns: (names: readonly string[]) => string[]): ForeignKey[] {
    const relation = attributeOf(field.attributes, "relation");
    const columns = relation ? fieldsIn(argumentOf(relation, "fields")) : [];
    const target = this.#models.get(field.fieldType?.name ?? "")?.block;
    if (!relation || columns.length === 0 || !field.fieldType) return [];
    const action = (name: string): string | null => {
      const word = textOf(argumentOf(relation, name));
      return word === null ? null : kebab(word);
    };
    const targetAttributes = target?.members.filter((member) => member.type === "PrismaBlockAttribute") ?? [];
    return [
      {
        name: textOf(argumentOf(relation, "map")),
        columns: toColumns(columns),
        table: this.#nameOf(field.fieldType.name, targetAttributes),
        schema: null,
        targets: fieldsIn(argumentOf(relation, "references")).map((name) => (target && this.#columnNamesOf(target).get(name)) ?? name),
        onDelete: action("onDelete"),
        onUpdate: action("onUpdate"),
        at: place(file, field.name),
      },
    ];
  }
}

function defaultText(value: PrismaValue): string {
  switch (value.type) {
    case "PrismaString":
      return value.value;
    case "PrismaNumber":
      return String(value.value);
    case "PrismaReference":
      return value.name;
    case "PrismaCall":
      return `${value.name}()`;
    case "PrismaList":
      return `[${value.items.map(defaultText).join(", ")}]`;
  }
}

/** The schema that Prisma files declare together. */
export const readPrisma = (files: readonly PrismaFile[]): Schema => new Reader(files).read();
