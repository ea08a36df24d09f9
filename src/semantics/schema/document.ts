import type { TSESTree } from "@typescript-eslint/utils";

import type { DocumentSchema } from "../../knowledge/schemas.js";
import { variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { keyName, memberName, propertyOf, resolveConst, stringValue, unwrap } from "../../syntax/value.js";
import { isClass, walk } from "../../syntax/walk.js";
import { keyOf, placeOf, plainColumn, wordOf, type CodeSchema, type Draft, type LooseKey } from "./code.js";
import type { Column, Key, Place } from "./model.js";
import { pluralOf } from "./names.js";

type ObjectNode = TSESTree.ObjectExpression;

const isObject = (node: TSESTree.Node | null | undefined): node is ObjectNode => node?.type === "ObjectExpression";

function option(options: ObjectNode | null, name: string): TSESTree.Node | null {
  const value = options && propertyOf(options, name);
  return value === "unknown" || value === null ? null : unwrap(value);
}

const isTrue = (node: TSESTree.Node | null): boolean => node?.type === "Literal" && node.value === true;

/** Whether a field must have a value: `true`, or `[true, "why"]`. */
const isRequired = (node: TSESTree.Node | null): boolean => isTrue(node) || (node?.type === "ArrayExpression" && isTrue(node.elements[0] ?? null));

/** What a schema declares, before it has a name. */
interface Parts {
  readonly columns: Column[];
  readonly uniques: Key[];
  readonly indexes: Key[];
  readonly foreignKeys: LooseKey[];
  isWhole: boolean;
}

/** Where a field is declared, and the annotation of one of a class. */
interface Spot {
  readonly at: Place;
  readonly whole: Place;
  readonly annotation?: TSESTree.TypeNode | undefined;
}

const partsOf = (isWhole: boolean): Parts => ({ columns: [], uniques: [], indexes: [], foreignKeys: [], isWhole });

type Type = Pick<Column, "type" | "family" | "isList" | "isShaped">;

/** Reads what one module declares. */
class Reader {
  readonly #entry: DocumentSchema;
  readonly #source: Source;
  readonly #calls: TSESTree.CallExpression[] = [];

  constructor(entry: DocumentSchema, source: Source) {
    this.#entry = entry;
    this.#source = source;
  }

  read(): CodeSchema {
    walk(this.#source.ast, this.#source, (node) => {
      if (node.type === "CallExpression") this.#calls.push(node);
    });
    const tables = this.#calls.flatMap((call) => this.#table(call) ?? this.#classTable(call) ?? []);
    return { declaredWith: this.#entry.name, tables, enums: [], dialect: tables.length > 0 ? "mongodb" : null, leans: false };
  }

  #isWord(node: TSESTree.Node, word: string): boolean {
    const found = wordOf(node, this.#entry.modules, this.#source);
    return found === word || found?.endsWith(`.${word}`) === true;
  }

  /** `model("User", userSchema)` */
  #table({ callee, arguments: [named, given, collection] }: TSESTree.CallExpression): Draft | null {
    const model = stringValue(named);
    if (!named || !given || model === null || !this.#isWord(callee, this.#entry.model)) return null;
    const creation = unwrap(resolveConst(given, this.#source));
    if (creation.type !== "NewExpression" || !this.#isWord(creation.callee, this.#entry.schema)) return null;
    const fields = creation.arguments[0] && unwrap(resolveConst(creation.arguments[0], this.#source));
    const settings = creation.arguments[1] && unwrap(resolveConst(creation.arguments[1], this.#source));
    const options = isObject(settings) ? settings : null;
    if (!isObject(fields)) return null;
    const parts = partsOf(!settings || options !== null);
    this.#fields(fields, parts);
    return this.#draft(model, stringValue(collection), placeOf(named, this.#source), options, given.type === "Identifier" ? given.name : null, parts);
  }

  /** A table of a model, of what is declared and what is called on its schema by the name that it has. */
  #draft(model: string, collection: string | null, at: Place, options: ObjectNode | null, schemaName: string | null, parts: Parts): Draft {
    const { key, options: words } = this.#entry;
    if (!parts.columns.some(({ name }) => name === key)) parts.columns.unshift({ ...plainColumn(key, at, at), type: "ObjectId", isNullable: false, isGenerated: true });
    this.#added(options, at, parts);
    if (schemaName !== null) this.#methods(schemaName, parts);
    return {
      name: collection ?? stringValue(option(options, words.name)) ?? pluralOf(model.toLowerCase()),
      schema: null,
      model,
      columns: parts.columns,
      uniques: parts.uniques,
      indexes: parts.indexes,
      foreignKeys: parts.foreignKeys,
      primaryKey: keyOf([key], at),
      rowSecurity: "unknown",
      policies: [],
      at,
      createdAt: null,
      isComplete: parts.isWhole,
      isWritten: false,
      holdsDocuments: true,
    };
  }

  /** `export const UserSchema = SchemaFactory.createForClass(User)` */
  #classTable(call: TSESTree.CallExpression): Draft | null {
    const { classes, key } = this.#entry;
    const [given] = call.arguments;
    if (given?.type !== "Identifier" || wordOf(call.callee, this.#entry.modules, this.#source) !== classes.factory) return null;
    const node = variableOf(given, this.#source)?.defs[0]?.node;
    if (!isClass(node) || !node.id) return null;
    const mark = this.#marked(node.decorators, classes.schema);
    const settings = mark && unwrap(mark);
    const options = isObject(settings) ? settings : null;
    const own = option(options, key);
    // What has no key of its own is part of another document.
    if (own?.type === "Literal" && own.value === false) return null;
    const isOwn = !node.superClass || wordOf(node.superClass, this.#entry.modules, this.#source) !== null;
    const parts = partsOf((!settings || options !== null) && isOwn);
    for (const member of node.body.body) if (member.type === "PropertyDefinition") this.#member(member, parts);
    const name = call.parent.type === "VariableDeclarator" && call.parent.id.type === "Identifier" ? call.parent.id.name : null;
    return this.#draft(node.id.name, null, placeOf(node.id, this.#source), options, name, parts);
  }

  /** What a decorator is given; `undefined` where it is not there. */
  #marked(decorators: readonly TSESTree.Decorator[], word: string): TSESTree.Node | null | undefined {
    for (const { expression } of decorators) {
      const inner = unwrap(expression);
      if (inner.type === "CallExpression" && wordOf(inner.callee, this.#entry.modules, this.#source) === word) return inner.arguments[0] ?? null;
    }
    return undefined;
  }

  #member(member: TSESTree.PropertyDefinition, parts: Parts): void {
    const field = keyName(member.key, member.computed);
    const given = this.#marked(member.decorators, this.#entry.classes.field);
    if (given === undefined) return;
    if (field === null) parts.isWhole = false;
    else this.#field(field, given, { at: placeOf(member.key, this.#source), whole: placeOf(member, this.#source), annotation: member.typeAnnotation?.typeAnnotation }, parts);
  }

  #fields(object: ObjectNode, parts: Parts): void {
    for (const property of object.properties) {
      const field = property.type === "Property" ? keyName(property.key, property.computed) : null;
      if (property.type !== "Property" || field === null) parts.isWhole = false;
      else this.#field(field, property.value, { at: placeOf(property.key, this.#source), whole: placeOf(property, this.#source) }, parts);
    }
  }

  #field(field: string, given: TSESTree.Node | null, { at, whole, annotation }: Spot, parts: Parts): void {
    const { field: words } = this.#entry;
    const value = given && unwrap(resolveConst(given, this.#source));
    const isClassField = annotation !== undefined || given === null;
    const options = isObject(value) && (isClassField || this.#isTyped(value)) ? value : null;
    if (isObject(value) && value.properties.some(({ type }) => type === "SpreadElement")) parts.isWhole = false;
    const said = options ? option(options, words.type) : value;
    const type = said || !isClassField ? this.#typeOf(said) : this.#annotated(annotation);
    const preset = option(options, words.default);
    const column: Column = {
      ...plainColumn(field, at, whole),
      ...type,
      isNullable: !isRequired(option(options, words.required)),
      default: preset ? (stringValue(preset) ?? this.#source.text.slice(...preset.range)) : null,
    };
    parts.columns.push(column);
    this.#keys(column, options, parts);
    const reference = option(this.#innermost(options, value), words.reference);
    const target = reference && stringValue(reference);
    if (target) parts.foreignKeys.push({ name: null, columns: [field], to: { name: target, file: null }, targetFields: [], onDelete: null, onUpdate: null, at });
  }

  #keys({ name, at }: Column, options: ObjectNode | null, { uniques, indexes }: Parts): void {
    const { field: words, options: settings } = this.#entry;
    const index = option(options, words.index);
    const isPartial = isObject(index) && option(index, settings.partial) !== null;
    const unique = option(options, words.unique);
    const isUnique = isRequired(unique) || (isObject(index) && isTrue(option(index, words.unique)));
    if (isUnique) uniques.push(keyOf([name], at, { isPartial }));
    else if (isTrue(index) || isObject(index) || stringValue(index) !== null) indexes.push(keyOf([name], at, { isPartial }));
  }

  /** Whether an object says of which type a field is, and is not a document in the document: that may have a field of the name `type`. */
  #isTyped(object: ObjectNode): boolean {
    const type = option(object, this.#entry.field.type);
    return type !== null && !(isObject(type) && this.#isTyped(type));
  }

  /** The options of what a list holds: `[{ type: ObjectId, ref: "User" }]`. */
  #innermost(options: ObjectNode | null, value: TSESTree.Node | null): ObjectNode | null {
    const list = options ? option(options, this.#entry.field.type) : value;
    const first = list?.type === "ArrayExpression" && list.elements[0] ? unwrap(list.elements[0]) : null;
    return isObject(first) && this.#isTyped(first) ? first : options;
  }

  /** What the annotation of a field stands for: `string`, `Date`. */
  #annotated(node: TSESTree.TypeNode | undefined): Type {
    const { annotations, types } = this.#entry.classes;
    const name = node?.type === "TSTypeReference" && node.typeName.type === "Identifier" ? node.typeName.name : "";
    const word = (node && Object.hasOwn(annotations, node.type) ? annotations[node.type] : undefined) ?? (types.includes(name) ? name : "");
    return { type: word, family: (Object.hasOwn(this.#entry.types, word) ? this.#entry.types[word] : undefined) ?? "other", isList: node?.type === "TSArrayType" };
  }

  #typeOf(node: TSESTree.Node | null): Type {
    const inner = node && unwrap(resolveConst(node, this.#source));
    if (inner?.type === "ArrayExpression") {
      const first = inner.elements[0] ? unwrap(inner.elements[0]) : null;
      const held = isObject(first) && this.#isTyped(first) ? option(first, this.#entry.field.type) : first;
      return { ...this.#typeOf(held), isList: true };
    }
    if (isObject(inner) || inner?.type === "NewExpression") {
      const isEmpty = isObject(inner) && inner.properties.length === 0;
      return { type: "Object", family: "json", isList: false, isShaped: !isEmpty };
    }
    const word = stringValue(inner) ?? (inner?.type === "MemberExpression" ? memberName(inner) : inner?.type === "Identifier" ? inner.name : null) ?? "";
    return { type: word, family: (Object.hasOwn(this.#entry.types, word) ? this.#entry.types[word] : undefined) ?? "other", isList: false };
  }

  /** The columns that a table has without anybody writing them. */
  #added(options: ObjectNode | null, at: Column["at"], { columns }: Parts): void {
    const value = option(options, this.#entry.options.timestamps);
    if (!isTrue(value) && !isObject(value)) return;
    for (const field of this.#entry.timestamps) {
      const said = isObject(value) ? option(value, field) : null;
      if (said?.type === "Literal" && said.value === false) continue;
      const name = stringValue(said) ?? field;
      if (columns.some((column) => column.name === name)) continue;
      columns.push({ ...plainColumn(name, at, at), type: "Date", family: "time", isNullable: false, isGenerated: true });
    }
  }

  /** What is called on a schema after it is made: `userSchema.index({ email: 1 }, { unique: true })`. */
  #methods(name: string, parts: Parts): void {
    const { index, opaque } = this.#entry;
    for (const call of this.#calls) {
      const { callee } = call;
      if (callee.type !== "MemberExpression" || callee.object.type !== "Identifier" || callee.object.name !== name) continue;
      const method = memberName(callee) ?? "";
      if (method === index) this.#index(call, parts);
      else if (opaque.includes(method)) parts.isWhole = false;
    }
  }

  #index(call: TSESTree.CallExpression, parts: Parts): void {
    const [given, settings] = call.arguments.map(unwrap);
    const options = isObject(settings) ? settings : null;
    const names = isObject(given) ? given.properties.map((property) => (property.type === "Property" ? keyName(property.key, property.computed) : null)) : [];
    if (names.length === 0) parts.isWhole = false;
    const isPartial = option(options, this.#entry.options.partial) !== null;
    const key = keyOf(names, placeOf(call, this.#source), { isPartial });
    (isTrue(option(options, this.#entry.field.unique)) ? parts.uniques : parts.indexes).push(key);
  }
}

/** What a module declares by schemas of documents. */
export const readDocuments = (entry: DocumentSchema, source: Source): CodeSchema => new Reader(entry, source).read();
