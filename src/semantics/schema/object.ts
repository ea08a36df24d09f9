import type { TSESTree } from "@typescript-eslint/utils";

import type { ObjectSchema } from "../../knowledge/schemas.js";
import { variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { keyName, memberName, propertyOf, resolveConst, stringValue, unwrap } from "../../syntax/value.js";
import { ancestor, isClass, walk } from "../../syntax/walk.js";
import { fileOf, keyOf, mentionOf, placeOf, plainColumn, wordOf, type CodeSchema, type Draft, type Link, type LooseKey, type Mention } from "./code.js";
import { familyOf, type Column, type Key } from "./model.js";
import { isTruthy } from "./migrations/values.js";
import { pluralOf } from "./names.js";

type ObjectNode = TSESTree.ObjectExpression;

const isObject = (node: TSESTree.Node | null | undefined): node is ObjectNode => node?.type === "ObjectExpression";

function option(options: ObjectNode | null, name: string): TSESTree.Node | null {
  const value = options && propertyOf(options, name);
  return value === "unknown" || value === null ? null : unwrap(value);
}

const booleanIn = (options: ObjectNode | null, name: string): boolean | null => {
  const value = option(options, name);
  return value?.type === "Literal" && typeof value.value === "boolean" ? value.value : null;
};

/** A type of a column: `DataTypes.STRING(50)`, `DataTypes.INTEGER.UNSIGNED`. */
interface Type {
  readonly name: string;
  readonly first: TSESTree.Node | null;
}

interface Parts {
  readonly columns: Column[];
  readonly keyColumns: string[];
  readonly uniques: Key[];
  readonly foreignKeys: LooseKey[];
}

/** Reads what one module declares. */
class Reader {
  readonly #entry: ObjectSchema;
  readonly #source: Source;
  readonly #tables: Draft[] = [];
  readonly #links: Link[] = [];
  #isWhole = true;

  constructor(entry: ObjectSchema, source: Source) {
    this.#entry = entry;
    this.#source = source;
  }

  read(): CodeSchema {
    walk(this.#source.ast, this.#source, (node) => {
      if (node.type === "CallExpression" && node.callee.type === "MemberExpression") this.#call(node, node.callee);
    });
    return { declaredWith: this.#entry.name, tables: this.#tables, enums: [], links: this.#links, dialect: null, leans: false };
  }

  #call(node: TSESTree.CallExpression, callee: TSESTree.MemberExpression): void {
    const name = memberName(callee);
    if (name === null) return;
    const table = Object.hasOwn(this.#entry.tables, name) ? this.#entry.tables[name] : undefined;
    const link = Object.hasOwn(this.#entry.links, name) ? this.#entry.links[name] : undefined;
    if (table) this.#table(node, callee, table);
    else if (link) this.#link(node, callee, link);
  }

  #objectAt(node: TSESTree.Node | undefined): ObjectNode | null {
    const inner = node && resolveConst(node, this.#source);
    return isObject(inner) ? inner : null;
  }

  #table(node: TSESTree.CallExpression, callee: TSESTree.MemberExpression, { name, columns: columnsAt, options: optionsAt }: ObjectSchema["tables"][string]): void {
    const attributes = this.#objectAt(node.arguments[columnsAt]);
    const named = name === undefined ? callee.object : node.arguments[name];
    const options = this.#objectAt(node.arguments[optionsAt]);
    if (!attributes || !named || !this.#hasTypes(attributes)) return;
    const { table: words } = this.#entry;
    const holder = node.parent.type === "VariableDeclarator" && node.parent.id.type === "Identifier" ? node.parent.id : null;
    const spoken = name === undefined ? (named.type === "Identifier" ? named.name : this.#className(named)) : stringValue(named);
    const model = stringValue(option(options, words.model)) ?? spoken ?? holder?.name;
    if (model === undefined) return;
    this.#isWhole = true;
    const at = placeOf(named, this.#source);
    const parts: Parts = { columns: [], keyColumns: [], uniques: [], foreignKeys: [] };
    this.#columns(attributes, parts);
    this.#added(options, at, parts);
    const indexes = this.#indexes(options, parts);
    this.#tables.push({
      name: stringValue(option(options, words.name)) ?? (booleanIn(options, words.isFrozen) ? model : pluralOf(model)),
      schema: stringValue(option(options, words.schema)),
      model,
      aliases: [spoken, holder?.name].filter((alias) => typeof alias === "string"),
      columns: parts.columns,
      primaryKey: keyOf(parts.keyColumns, at),
      uniques: parts.uniques,
      indexes,
      foreignKeys: parts.foreignKeys,
      rowSecurity: "unknown",
      policies: [],
      at,
      createdAt: null,
      isComplete: this.#isWhole,
      isWritten: false,
    });
  }

  #className(node: TSESTree.Node): string | null {
    const owner = node.type === "ThisExpression" || node.type === "Super" ? ancestor(node, isClass) : null;
    return owner && isClass(owner) ? (owner.id?.name ?? null) : null;
  }

  /** Whether any of an object's values is a type of the library. */
  #hasTypes(object: ObjectNode): boolean {
    return object.properties.some((property) => property.type === "Property" && this.#typeAt(property.value) !== null);
  }

  #typeAt(node: TSESTree.Node): Type | null {
    const inner = unwrap(node);
    if (isObject(inner)) {
      const type = option(inner, this.#entry.column.type);
      return type && !isObject(type) ? this.#typeAt(type) : null;
    }
    let found: Type | null = null;
    let first: TSESTree.Node | null = null;
    for (let current: TSESTree.Node = inner; ; ) {
      if (current.type === "CallExpression") {
        first = current.arguments[0] ?? null;
        current = unwrap(current.callee);
      } else if (current.type === "MemberExpression") {
        const name = memberName(current);
        found = name !== null && /^[A-Z][A-Z\d_]*$/.test(name) ? { name, first } : null;
        current = unwrap(current.object);
      } else {
        return found && current.type === "Identifier" && this.#isLibrary(current) ? found : null;
      }
    }
  }

  /** Models that are made by a function are handed the library. */
  #isLibrary(node: TSESTree.Identifier): boolean {
    return variableOf(node, this.#source)?.defs[0]?.type === "Parameter" || wordOf(node, this.#entry.modules, this.#source) !== null;
  }

  #columns(object: ObjectNode, parts: Parts): void {
    const groups = new Map<string, { columns: string[]; at: Key["at"] }>();
    for (const property of object.properties) {
      const field = property.type === "Property" ? keyName(property.key, property.computed) : null;
      const type = property.type === "Property" ? this.#typeAt(property.value) : null;
      if (property.type !== "Property" || field === null || !type) this.#isWhole = false;
      else this.#column(field, property, type, parts, groups);
    }
    for (const [name, { columns, at }] of groups) parts.uniques.push(keyOf(columns, at, { name }));
  }

  #column(field: string, property: TSESTree.Property, type: Type, parts: Parts, groups: Map<string, { columns: string[]; at: Key["at"] }>): void {
    const { column: words, types, list } = this.#entry;
    const held = type.name === list && type.first ? this.#typeAt(type.first) : null;
    const { name: word } = held ?? type;
    const known = Object.hasOwn(types, word) ? types[word] : undefined;
    if (known === "none") return;
    const value = unwrap(property.value);
    const options = isObject(value) ? value : null;
    if (options?.properties.some(({ type: kind }) => kind === "SpreadElement")) this.#isWhole = false;
    const isKey = isTruthy(option(options, words.isKey));
    const preset = option(options, words.default);
    const at = placeOf(property.key, this.#source);
    const column: Column = {
      ...plainColumn(field, at, placeOf(property, this.#source)),
      name: stringValue(option(options, words.name)) ?? field,
      type: word.toLowerCase(),
      family: known ?? familyOf(word),
      isList: type.name === list,
      isNullable: !isKey && booleanIn(options, words.nullable) !== false,
      default: preset ? (stringValue(preset) ?? this.#source.text.slice(...preset.range)) : null,
      isGenerated: booleanIn(options, words.generated) === true,
    };
    parts.columns.push(column);
    if (isKey) parts.keyColumns.push(column.name);
    this.#unique(column, option(options, words.unique), parts, groups);
    const reference = option(options, words.references.option);
    if (reference) this.#reference(column, reference, options, parts);
  }

  /** Columns whose `unique` is of one name are unique together. */
  #unique({ name, at }: Column, value: TSESTree.Node | null, { uniques }: Parts, groups: Map<string, { columns: string[]; at: Key["at"] }>): void {
    if (!value) return;
    const group = stringValue(value) ?? (isObject(value) ? stringValue(option(value, "name")) : null);
    if (group !== null) groups.set(group, { columns: [...(groups.get(group)?.columns ?? []), name], at });
    else if (isObject(value) || (value.type === "Literal" && value.value === true)) uniques.push(keyOf([name], at));
  }

  #actions(options: ObjectNode | null): Pick<LooseKey, "onDelete" | "onUpdate"> {
    const action = (name: string): string | null => stringValue(option(options, name))?.toLowerCase() ?? null;
    return { onDelete: action("onDelete"), onUpdate: action("onUpdate") };
  }

  /** A table by its model, or by its name in the database. */
  #mention(node: TSESTree.Node | null): Mention | null {
    if (!node) return null;
    const text = stringValue(node) ?? (isObject(node) ? stringValue(option(node, this.#entry.table.name)) : null);
    if (text !== null) return { name: text, file: null };
    const own = this.#className(node);
    return own === null ? mentionOf(node, this.#source) : { name: own, file: fileOf(this.#source), isLocal: true };
  }

  #reference(column: Column, reference: TSESTree.Node, options: ObjectNode | null, { foreignKeys }: Parts): void {
    const { references } = this.#entry.column;
    const end = isObject(reference) ? reference : null;
    const to = end && this.#mention(option(end, references.table));
    const key = stringValue(option(end, references.key));
    foreignKeys.push({
      name: null,
      columns: [column.name],
      to: to ?? { name: "", file: null },
      targetFields: key === null ? [] : [key],
      ...this.#actions(options),
      at: column.at,
    });
  }

  /** The columns that a table has without anybody writing them. */
  #added(options: ObjectNode | null, at: Column["at"], { columns, keyColumns }: Parts): void {
    const add = (field: string, rest: Partial<Column>): void => {
      if (!columns.some((column) => column.field === field)) columns.push({ ...plainColumn(field, at, at), isGenerated: true, ...rest });
    };
    if (keyColumns.length === 0) {
      if (!columns.some(({ field }) => field === "id")) columns.unshift({ ...plainColumn("id", at, at), type: "integer", family: "integer", isNullable: false, isGenerated: true });
      keyColumns.push("id");
    }
    for (const { option: name, byDefault, columns: fields } of this.#entry.table.adds) {
      const value = option(options, name);
      const isOn = booleanIn(options, name) ?? (value === null ? byDefault : null);
      for (const field of fields) {
        const renamed = option(options, field);
        if (isOn && booleanIn(options, field) !== false) add(stringValue(renamed) ?? field, { type: "timestamp", family: "time", isNullable: !byDefault });
      }
    }
  }

  #indexes(options: ObjectNode | null, { columns, uniques }: Parts): Key[] {
    const { option: name, columns: fields, unique, name: called, isPartial } = this.#entry.table.indexes;
    const list = option(options, name);
    if (!list) return [];
    if (list.type !== "ArrayExpression") {
      this.#isWhole = false;
      return [];
    }
    return list.elements.flatMap((element) => {
      const index = element && unwrap(element);
      const parts = isObject(index) ? option(index, fields) : null;
      if (!isObject(index) || parts?.type !== "ArrayExpression") {
        this.#isWhole = false;
        return [];
      }
      const names = parts.elements.map((part) => {
        const inner = part && unwrap(part);
        const text = stringValue(isObject(inner) ? option(inner, "name") : inner);
        return columns.find((column) => column.field === text)?.name ?? text;
      });
      const texts = parts.elements.map((part, at) => names[at] ?? (part ? this.#source.text.slice(...part.range).toLowerCase() : ""));
      const key = keyOf(names, placeOf(index, this.#source), { name: stringValue(option(index, called)), parts: texts, isPartial: option(index, isPartial) !== null });
      if (booleanIn(index, unique) !== true) return [key];
      uniques.push(key);
      return [];
    });
  }

  /** `Order.belongsTo(Customer, { foreignKey: "customerId" })` */
  #link(node: TSESTree.CallExpression, callee: TSESTree.MemberExpression, kind: ObjectSchema["links"][string]): void {
    const { link: words } = this.#entry;
    const options = this.#objectAt(node.arguments[1]);
    const own = this.#mention(callee.object);
    const other = node.arguments[0] ? this.#mention(unwrap(node.arguments[0])) : null;
    if (!own || !other) return;
    const fieldIn = (name: string): string | null => {
      const value = option(options, name);
      return stringValue(isObject(value) ? option(value, words.columnName) : value);
    };
    const shared = { ...this.#actions(options), isLoose: booleanIn(options, words.loose) === false, isOptional: kind === "between", at: placeOf(callee, this.#source) };
    const as = stringValue(option(options, words.as));
    if (kind === "own") this.#links.push({ ...shared, owner: own, to: other, field: fieldIn(words.column), as });
    else if (kind === "other") this.#links.push({ ...shared, owner: other, to: own, field: fieldIn(words.column), as: null });
    else {
      const through = option(options, words.between);
      const owner = this.#mention(isObject(through) ? option(through, "model") : through);
      if (!owner) return;
      this.#links.push({ ...shared, owner, to: own, field: fieldIn(words.column), as: null }, { ...shared, owner, to: other, field: fieldIn(words.other), as: null });
    }
  }
}

/** What a module declares by objects. */
export const readObjects = (entry: ObjectSchema, source: Source): CodeSchema => new Reader(entry, source).read();
