import type { TSESTree } from "@typescript-eslint/utils";

import type { RecordSchema } from "../../knowledge/schemas.js";
import type { Source } from "../../syntax/source.js";
import { keyName, memberName, propertyOf, resolveConst, stringValue, unwrap } from "../../syntax/value.js";
import { isFunction, walk } from "../../syntax/walk.js";
import { definitionOf } from "../program/provenance.js";
import { keyOf, mentionOf, placeOf, plainColumn, wordOf, type CodeSchema, type Draft, type LooseKey, type Mention } from "./code.js";
import { familyOf, type Column, type Key } from "./model.js";
import { wordsOf } from "./names.js";

type ObjectNode = TSESTree.ObjectExpression;

const isTrue = (node: TSESTree.Node | null): boolean => node?.type === "Literal" && node.value === true;
const isFalse = (node: TSESTree.Node | null): boolean => node?.type === "Literal" && node.value === false;

interface Parts {
  readonly columns: Column[];
  readonly keyColumns: string[];
  readonly uniques: Key[];
  readonly indexes: Key[];
  readonly foreignKeys: LooseKey[];
  isWhole: boolean;
}

/** Reads one table, in the module that its object stands in. */
class Reader {
  readonly #entry: RecordSchema;
  readonly #source: Source;

  constructor(entry: RecordSchema, source: Source) {
    this.#entry = entry;
    this.#source = source;
  }

  read(object: ObjectNode, aliases: readonly string[]): Draft | null {
    const { table: words, opaque } = this.#entry;
    const named = this.#option(object, words.model);
    const model = stringValue(named);
    const columns = this.#objectAt(object, words.columns);
    if (!named || model === null || !columns) return null;
    const isWhole = !opaque.some((name) => propertyOf(object, name) !== null);
    const parts: Parts = { columns: [], keyColumns: [], uniques: [], indexes: [], foreignKeys: [], isWhole };
    this.#eachIn(columns, parts, (field, options, property) => this.#column(field, options, property, parts));
    const relations = this.#option(object, words.relations);
    if (relations?.type === "ObjectExpression") this.#eachIn(relations, parts, (field, options, property) => this.#relation(field, options, property, parts));
    else if (relations) parts.isWhole = false;
    this.#keys(this.#option(object, words.uniques), true, parts);
    this.#keys(this.#option(object, words.indexes), false, parts);
    const at = placeOf(named, this.#source);
    return {
      name: stringValue(this.#option(object, words.name)) ?? wordsOf(model).join("_"),
      schema: stringValue(this.#option(object, words.schema)),
      model,
      aliases,
      columns: parts.columns,
      primaryKey: parts.keyColumns.length > 0 ? keyOf(parts.keyColumns, at) : null,
      uniques: parts.uniques,
      indexes: parts.indexes,
      foreignKeys: parts.foreignKeys,
      rowSecurity: "unknown",
      policies: [],
      at,
      createdAt: null,
      isComplete: parts.isWhole,
      isWritten: false,
    };
  }

  #option(object: ObjectNode | null, name: string): TSESTree.Node | null {
    const value = object && propertyOf(object, name);
    return value === "unknown" || value === null ? null : resolveConst(value, this.#source);
  }

  #objectAt(object: ObjectNode, name: string): ObjectNode | null {
    const value = this.#option(object, name);
    return value?.type === "ObjectExpression" ? value : null;
  }

  /** Visits what an object describes, name by name; what is spread or comes from elsewhere cannot be told. */
  #eachIn(object: ObjectNode, parts: Parts, visit: (field: string, options: ObjectNode, property: TSESTree.Property) => void): void {
    for (const property of object.properties) {
      const field = property.type === "Property" ? keyName(property.key, property.computed) : null;
      const options = property.type === "Property" ? resolveConst(property.value, this.#source) : null;
      if (property.type !== "Property" || field === null || options?.type !== "ObjectExpression") parts.isWhole = false;
      else {
        if (options.properties.some(({ type }) => type === "SpreadElement")) parts.isWhole = false;
        visit(field, options, property);
      }
    }
  }

  /** A type by its text, or by the class of the language that stands for it. */
  #typeOf(node: TSESTree.Node | null): Pick<Column, "type" | "family"> {
    const { types } = this.#entry;
    const name = node?.type === "Identifier" && Object.hasOwn(types, node.name) ? types[node.name] : undefined;
    const type = stringValue(node) ?? name ?? "";
    return { type, family: familyOf(type) };
  }

  #column(field: string, options: ObjectNode, property: TSESTree.Property, parts: Parts): void {
    const { column: words } = this.#entry;
    const isKey = isTrue(this.#option(options, words.isKey));
    const kept = Object.entries(words.kept).find(([word]) => isTrue(this.#option(options, word)))?.[1];
    const generated = this.#option(options, words.generated);
    const preset = this.#option(options, words.default);
    const at = placeOf(property.key, this.#source);
    const isUuid = stringValue(generated) === "uuid";
    const column: Column = {
      ...plainColumn(field, at, placeOf(property, this.#source)),
      ...(isUuid ? { type: "uuid", family: "uuid" } : kept ? { type: kept.type, family: familyOf(kept.type) } : this.#typeOf(this.#option(options, words.type))),
      name: stringValue(this.#option(options, words.name)) ?? field,
      isList: isTrue(this.#option(options, words.list)),
      isNullable: !isKey && (kept?.isNullable === true || isTrue(this.#option(options, words.nullable))),
      default: preset ? (stringValue(preset) ?? this.#source.text.slice(...preset.range)) : null,
      isGenerated: kept !== undefined || (generated !== null && !isFalse(generated)),
    };
    parts.columns.push(column);
    if (isKey) parts.keyColumns.push(column.name);
    if (isTrue(this.#option(options, words.unique))) parts.uniques.push(keyOf([column.name], at));
    const reference = this.#objectAt(options, words.reference.option);
    const to = reference && this.#mention(this.#option(reference, words.reference.target));
    if (to) parts.foreignKeys.push({ name: null, columns: [column.name], to, targetFields: [], ...this.#actions(reference), at });
  }

  /** A table by its name, its schema, or a function that gives either back. */
  #mention(node: TSESTree.Node | null): Mention | null {
    if (!node) return null;
    const text = stringValue(node);
    if (text !== null) return { name: text, file: null };
    if (isFunction(node)) return node.body.type === "BlockStatement" ? null : this.#mention(unwrap(node.body));
    return mentionOf(node, this.#source);
  }

  #actions(options: ObjectNode | null): Pick<LooseKey, "onDelete" | "onUpdate"> {
    const action = (name: string): string | null => stringValue(this.#option(options, name))?.toLowerCase() ?? null;
    return { onDelete: action("onDelete"), onUpdate: action("onUpdate") };
  }

  #relation(field: string, options: ObjectNode, property: TSESTree.Property, parts: Parts): void {
    const { relation: words } = this.#entry;
    const kind = stringValue(this.#option(options, words.kind)) ?? "";
    const owns = Object.hasOwn(words.owners, kind) ? words.owners[kind] : undefined;
    const join = this.#option(options, words.join);
    if (!owns || (owns === "named" && (!join || isFalse(join)))) return;
    const ends = join?.type === "ArrayExpression" ? join.elements : [join];
    const at = placeOf(property.key, this.#source);
    const targets: string[] = [];
    const names = ends.map((end) => {
      const object = end?.type === "ObjectExpression" ? end : null;
      const target = stringValue(this.#option(object, words.joinTarget));
      if (target !== null) targets.push(target);
      return stringValue(this.#option(object, words.joinName)) ?? `${field}${(target ?? "id").replace(/^./, (letter) => letter.toUpperCase())}`;
    });
    const isNullable = !isFalse(this.#option(options, words.nullable));
    for (const name of names) if (!parts.columns.some((column) => column.name === name)) parts.columns.push({ ...plainColumn(field, at, placeOf(property, this.#source)), name, isNullable });
    if (isTrue(this.#option(options, words.isKey))) parts.keyColumns.push(...names);
    if (owns === "named") parts.uniques.push(keyOf(names, at));
    const to = this.#mention(this.#option(options, words.target));
    if (to && !isFalse(this.#option(options, words.loose))) parts.foreignKeys.push({ name: null, columns: names, to, targetFields: targets, ...this.#actions(options), at });
    else parts.isWhole = false;
  }

  #keys(list: TSESTree.Node | null, areUnique: boolean, parts: Parts): void {
    if (!list) return;
    const { key: words } = this.#entry;
    const nameOf = (text: string): string => parts.columns.find(({ field }) => field === text)?.name ?? text;
    for (const element of list.type === "ArrayExpression" ? list.elements : [null]) {
      const options = element?.type === "ObjectExpression" ? element : null;
      const given = this.#option(options, words.columns);
      const inner = given && isFunction(given) && given.body.type !== "BlockStatement" ? unwrap(given.body) : given;
      const names = inner?.type === "ArrayExpression" ? inner.elements.map((each) => stringValue(each) ?? (each?.type === "MemberExpression" ? memberName(each) : null)) : [];
      if (!options || names.length === 0) {
        parts.isWhole = false;
        continue;
      }
      const isPartial = this.#option(options, words.isPartial) !== null;
      const columns = names.map((name) => (name === null ? null : nameOf(name)));
      const key = keyOf(columns, placeOf(options, this.#source), { name: stringValue(this.#option(options, words.name)), isPartial });
      (areUnique || isTrue(this.#option(options, words.unique)) ? parts.uniques : parts.indexes).push(key);
    }
  }
}

/** What a module declares by objects that a class of the library is made of, which may stand in another module. */
export function readRecords(entry: RecordSchema, source: Source): CodeSchema {
  const tables: Draft[] = [];
  let leans = false;
  walk(source.ast, source, (node) => {
    const [given] = node.type === "NewExpression" ? node.arguments : [];
    if (node.type !== "NewExpression" || !given || wordOf(node.callee, entry.modules, source) !== entry.maker) return;
    const holder = node.parent.type === "VariableDeclarator" && node.parent.id.type === "Identifier" ? [node.parent.id.name] : [];
    const own = resolveConst(given, source);
    const value = own.type === "ObjectExpression" ? { node: own, source } : definitionOf(given, source);
    if (!value || !("node" in value) || value.node.type !== "ObjectExpression") return;
    leans ||= value.source !== source;
    const table = new Reader(entry, value.source).read(value.node, holder);
    if (table) tables.push(table);
  });
  return { declaredWith: entry.name, tables, enums: [], dialect: null, leans };
}
