import type { TSESTree } from "@typescript-eslint/utils";

import type { ObjectDeed } from "../../../knowledge/code-migrations.js";
import type { SqlColumn, SqlConstraint, SqlDataType, SqlExpression, SqlName, SqlReference, SqlStatement } from "../../../languages/sql/syntax.js";
import { keyName, memberName, propertyOf, stringValue, unwrap } from "../../../syntax/value.js";
import { columnAt, constraintAt, createIndexAt, expressionAt, nameAt, partsAt, referenceAt, typeAt } from "./nodes.js";
import { allOf, isFalse, isTrue, isTruthy, ObjectValues, type ObjectNode, type Told } from "./values.js";

/** A column of an object that describes it, with the keys that its options give it. */
export interface Described {
  readonly name: string;
  readonly column: SqlColumn;
  readonly isKey: boolean;
}

/** What is done to the other table's row. */
type Actions = Partial<Pick<SqlReference, "onDelete" | "onUpdate">>;

/** Reads columns, keys and indexes that objects describe. */
export class ObjectTables extends ObjectValues {
  columns(node: TSESTree.Node | null): Told<Described> {
    const { name: word } = this.entry.column;
    if (node?.type === "ArrayExpression") return allOf(node.elements.map((element) => this.named(element)));
    if (node?.type !== "ObjectExpression") return null;
    if (word !== null && propertyOf(node, word) !== null) return allOf([this.named(node)]);
    return allOf(
      node.properties.map((property) => {
        const name = property.type === "Property" ? keyName(property.key, property.computed) : null;
        return property.type === "Property" && name !== null ? this.described(name, property.value, property.key, property) : null;
      }),
    );
  }

  named(node: TSESTree.Node | null): Described | null {
    const object = this.objectOf(node);
    const { name: word } = this.entry.column;
    const at = word === null ? null : this.option(object, word);
    const name = stringValue(at);
    return object && at && name !== null ? this.described(name, object, at, object) : null;
  }

  /** A column, by its name and what is said of it. */
  described(name: string, value: TSESTree.Node, at: TSESTree.Node, whole: TSESTree.Node): Described | null {
    const { column: words, shorthands } = this.entry;
    const inner = this.valueOf(value) ?? value;
    const options = inner.type === "ObjectExpression" ? inner : null;
    if (options?.properties.some(({ type }) => type === "SpreadElement")) return null;
    const written = options ? this.option(options, words.type) : inner;
    const short = stringValue(inner);
    const shorthand = short !== null && Object.hasOwn(shorthands, short) ? shorthands[short] : undefined;
    const dataType = shorthand ? typeAt(shorthand.type, at) : written && this.typeOf(written);
    // What is no type, and no description of a column, is something else.
    if (!options && !dataType) return null;
    const isKey = shorthand?.isKey ?? isTruthy(this.option(options, words.isKey));
    const constraints: SqlConstraint[] = [];
    if (this.#isRequired(options) || isKey) constraints.push(constraintAt("not null", at));
    if (options) constraints.push(...this.#constraintsOf(options, at));
    const isList = words.list !== null && isTrue(this.option(options, words.list));
    return { name, column: columnAt(name, dataType && isList ? { ...dataType, isArray: true } : dataType, constraints, at, whole), isKey };
  }

  #isRequired(options: ObjectNode | null): boolean {
    const { notNull, nullable, isNullable } = this.entry.column;
    if (notNull !== null && isTrue(this.option(options, notNull))) return true;
    const said = nullable === null ? null : this.option(options, nullable);
    return isNullable ? isFalse(said) : !isTrue(said);
  }

  #constraintsOf(options: ObjectNode, at: TSESTree.Node): SqlConstraint[] {
    const { unique, counts, generated, default: preset, references } = this.entry.column;
    const constraints: SqlConstraint[] = [];
    const uniqueness = this.option(options, unique);
    if (isTrue(uniqueness) || stringValue(uniqueness) !== null || uniqueness?.type === "ObjectExpression") constraints.push(constraintAt("unique", at));
    if (counts.some((word) => this.#isSet(options, word))) constraints.push(constraintAt("identity", at));
    if (generated.some((word) => this.#isSet(options, word))) constraints.push(constraintAt("generated", at));
    const value = this.option(options, preset);
    if (value) constraints.push(constraintAt("default", at, { expression: this.expression(value) }));
    const target = this.option(options, references.option) && this.#targetOf(options);
    if (target) constraints.push(constraintAt("foreign key", at, { references: target }));
    return constraints;
  }

  #isSet(options: ObjectNode, word: string): boolean {
    const value = this.option(options, word);
    return value !== null && !isFalse(value);
  }

  expression(node: TSESTree.Node): SqlExpression {
    const text = stringValue(node);
    return expressionAt(text === null ? this.source.text.slice(...node.range) : `'${text}'`, node);
  }

  /** A type by its text, or by its name in the library: `Sequelize.STRING(50)`, `DataTypes.ARRAY(DataTypes.TEXT)`. */
  typeOf(node: TSESTree.Node): SqlDataType | null {
    const text = stringValue(node);
    if (text !== null) return typeAt(this.#typeName(text), node);
    let name: string | null = null;
    let held: TSESTree.Node | null = null;
    for (let current = unwrap(node); ; ) {
      if (current.type === "CallExpression") {
        held = current.arguments[0] ?? null;
        current = unwrap(current.callee);
      } else if (current.type === "MemberExpression") {
        const word = memberName(current);
        name = word !== null && /^[A-Z][A-Z\d_]*$/.test(word) ? word : null;
        current = unwrap(current.object);
      } else {
        if (current.type !== "Identifier" || name === null) return null;
        const inner = name === "ARRAY" && held ? this.typeOf(held) : null;
        return inner ? { ...inner, isArray: true } : typeAt(this.#typeName(name), node);
      }
    }
  }

  #typeName(word: string): string {
    const [, name = word, rest = ""] = /^(\w+)(\W.*)?$/.exec(word) ?? [];
    return Object.hasOwn(this.entry.types, name) ? `${this.entry.types[name] ?? ""}${rest}` : word;
  }

  /** The table that a column, or a key, leads to. */
  #targetOf(object: ObjectNode): SqlReference | null {
    const { column, key } = this.entry;
    const node = this.option(object, column.references.option, ...key.target);
    const inner = this.objectOf(node);
    const actions = this.#actionsIn(object, inner);
    const text = stringValue(node);
    if (text !== null && key.targets.length === 0) return this.#written(text, object, actions);
    const table = this.tableOf(this.option(inner, ...column.references.table)) ?? (inner ? this.tableOf(inner) : text === null ? null : nameAt(text, object));
    if (!table) return null;
    const names = this.option(inner, ...column.references.key) ?? this.option(object, ...key.targets);
    return referenceAt(table, (names && this.names(names)) ?? [], object, actions);
  }

  /** `"users"`, `"users(id)"`, `'"users"'`. */
  #written(text: string, at: ObjectNode, actions: Actions): SqlReference | null {
    const [, before = "", columns = ""] = /^([^(]+)(?:\(([^)]*)\))?$/.exec(text.replaceAll('"', "").trim()) ?? [];
    const table = before.trim();
    return table === "" ? null : referenceAt(nameAt(table, at), columns.split(",").map((each) => each.trim()).filter(Boolean), at, actions);
  }

  #actionsIn(...objects: readonly (ObjectNode | null)[]): Actions {
    const action = (name: string): string | null => objects.map((object) => this.textOf(this.option(object, name))).find((text) => text !== null)?.toLowerCase() ?? null;
    return { onDelete: action("onDelete"), onUpdate: action("onUpdate") };
  }

  #constraint(object: ObjectNode, kind: "unique" | "primary key" | "foreign key", name: string | null = null, columnsAt: TSESTree.Node | null = null): SqlConstraint | null {
    const { columns, name: nameWords } = this.entry.key;
    const names = this.names(columnsAt ?? this.option(object, ...columns));
    const called = name ?? this.textOf(this.option(object, ...nameWords));
    const references = kind === "foreign key" ? this.#targetOf(object) : null;
    if (!names || names.length === 0 || (kind === "foreign key" && !references)) return null;
    return constraintAt(kind, object, { name: called === null ? null : nameAt(called, object), parts: partsAt(names, object), references });
  }

  /** Lists of columns, of objects that have such, or an object of those. */
  #uniquesIn(node: TSESTree.Node | null, at: TSESTree.Node): Told<SqlConstraint> {
    if (!node) return [];
    const names = this.names(node);
    const isKey = (each: readonly string[]): SqlConstraint => constraintAt("unique", at, { parts: partsAt(each, at) });
    if (names) return names.length > 0 ? [isKey(names)] : [];
    const elements = node.type === "ArrayExpression" ? node.elements : node.type === "ObjectExpression" ? node.properties.map((each) => (each.type === "Property" ? each.value : each)) : [null];
    return allOf(
      elements.map((element) => {
        const object = this.objectOf(element);
        const list = object ? null : this.names(element);
        return object ? this.#constraint(object, "unique") : list && isKey(list);
      }),
    );
  }

  /** The keys that a table has beside its columns. */
  tableKeys(object: ObjectNode | null, at: TSESTree.Node): Told<SqlConstraint> {
    const { uniques, foreignKeys, primaryKey } = this.entry.table;
    const unique = this.#uniquesIn(this.option(object, ...uniques), at);
    const foreign = this.objects(this.option(object, ...foreignKeys));
    const primary = this.option(object, ...primaryKey);
    const names = primary && this.names(primary);
    const keys = foreign && allOf(foreign.map((each) => this.#constraint(each, "foreign key")));
    if (!unique || !keys || (primary && !names)) return null;
    return [...(names ? [constraintAt("primary key", at, { parts: partsAt(names, at) })] : []), ...unique, ...keys];
  }

  indexes(table: SqlName, second: TSESTree.Node | null | undefined, node: TSESTree.Node, third?: TSESTree.Node): Told<SqlStatement> {
    if (!second) return [];
    const value = this.valueOf(second);
    const names = this.names(value);
    if (names) return this.#index(table, names, this.objectOf(third), node);
    const objects = this.objects(value);
    const found = objects?.map((each) => {
      const columns = this.names(this.option(each, ...this.entry.key.columns));
      return columns && this.#index(table, columns, each, node);
    });
    return found?.every((each) => each !== null) ? found.flat() : null;
  }

  #index(table: SqlName, columns: readonly string[], options: ObjectNode | null, node: TSESTree.Node): Told<SqlStatement> {
    const { name, unique, where, kind } = this.entry.key;
    const called = this.textOf(this.option(options, ...name)) ?? this.madeName(table, columns);
    const isUnique = isTrue(this.option(options, unique)) || [kind, "indicesType"].some((word) => /^unique$/i.test(this.textOf(this.option(options, word)) ?? ""));
    const condition = this.option(options, where);
    return [createIndexAt(called === null ? null : nameAt(called, node), table, partsAt(columns, node), isUnique, node, condition && this.expression(condition))];
  }

  /** The name of an index that nobody has given one. */
  madeName({ text }: SqlName, columns: readonly string[]): string | null {
    const { indexEnding } = this.entry;
    if (indexEnding === null) return null;
    const name = [text, ...columns, indexEnding].filter(Boolean).join("_");
    return indexEnding === "" ? name.replaceAll(/([a-z\d])([A-Z])/g, "$1_$2").toLowerCase() : name;
  }

  /** Keys of a kind that the call says. */
  plainConstraints(deed: ObjectDeed, second: TSESTree.Node | undefined, node: TSESTree.Node): Told<SqlConstraint> {
    if (deed === "add primary key") {
      const names = this.names(second);
      return names && [constraintAt("primary key", node, { parts: partsAt(names, node) })];
    }
    const objects = this.objects(this.valueOf(second));
    return objects && allOf(objects.map((each) => this.#constraint(each, deed === "add unique" ? "unique" : "foreign key")));
  }

  /** Keys of a kind that an object says: `{ fields: ["email"], type: "unique" }`, or `"email_key", { unique: "email" }`. */
  anyConstraint(second: TSESTree.Node | undefined, third: TSESTree.Node | undefined, node: TSESTree.Node): Told<SqlConstraint> {
    const { kind: word } = this.entry.key;
    const name = this.textOf(second);
    const object = this.objectOf(second) ?? this.objectOf(third);
    const columns = this.valueOf(second)?.type === "ArrayExpression" ? (second ?? null) : null;
    if (!object) return null;
    const kind = this.textOf(this.option(object, word))?.toLowerCase();
    if (kind === "check" || kind === "default") return [];
    if (kind === "unique" || kind === "primary key" || kind === "foreign key") {
      const constraint = this.#constraint(object, kind, name, columns);
      return constraint && [constraint];
    }
    const keys = kind === undefined ? this.tableKeys(object, node) : null;
    return keys && (name === null ? keys : keys.map((key) => ({ ...key, name: nameAt(name, node) })));
  }
}
