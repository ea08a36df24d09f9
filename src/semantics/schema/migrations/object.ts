import type { TSESTree } from "@typescript-eslint/utils";

import type { ObjectDeed, ObjectMigrations } from "../../../knowledge/code-migrations.js";
import type { SqlAction, SqlColumn, SqlConstraint, SqlDataType, SqlExpression, SqlName, SqlReference, SqlStatement } from "../../../languages/sql/syntax.js";
import type { Source } from "../../../syntax/source.js";
import { keyName, memberName, propertyOf, resolveConst, stringValue, unwrap } from "../../../syntax/value.js";
import { eachChain, statementsIn, upIn, type Chain, type Link } from "./chains.js";
import { actionAt, alterAt, columnAt, constraintAt, createIndexAt, createTableAt, dropAt, expressionAt, nameAt, partsAt, referenceAt, typeAt, unknownAt } from "./nodes.js";

type ObjectNode = TSESTree.ObjectExpression;

/** A column of an object that describes it, with the keys that its options give it. */
interface Described {
  readonly name: string;
  readonly column: SqlColumn;
  readonly isKey: boolean;
}

/** What is done to the other table's row. */
type Actions = Partial<Pick<SqlReference, "onDelete" | "onUpdate">>;

/** Adds actions to a table's change. */
type Act = (...actions: readonly SqlAction[]) => true;

/** What a part of a call says; `null` where it cannot be told. */
type Told<T> = readonly T[] | null;

const isTrue = (node: TSESTree.Node | null): boolean => node?.type === "Literal" && node.value === true;
const isFalse = (node: TSESTree.Node | null): boolean => node?.type === "Literal" && node.value === false;

/** All of a list, or `null` where one of it cannot be told. */
const allOf = <T>(items: readonly (T | null)[]): Told<T> => (items.every((item): item is T => item !== null) ? items : null);

/** What brings no keys by itself. */
const plain: ReadonlySet<ObjectDeed> = new Set(["add column", "add columns", "replace column", "replace columns", "change column", "drop columns", "rename column", "drop table", "create table"]);

/** Reads what one migration does. */
class Reader {
  readonly #entry: ObjectMigrations;
  readonly #source: Source;
  readonly #statements: SqlStatement[] = [];

  constructor(entry: ObjectMigrations, source: Source) {
    this.#entry = entry;
    this.#source = source;
  }

  read(): readonly SqlStatement[] {
    const up = upIn(this.#source);
    if (up) {
      eachChain(
        up,
        this.#source,
        (chain) => this.#chain(chain),
        (node) => this.#statements.push(unknownAt(node, "constraint")),
      );
    }
    return this.#statements;
  }

  #chain({ links }: Chain): void {
    const { raw, calls } = this.#entry;
    for (const link of links) {
      if (raw.includes(link.name)) this.#statements.push(...statementsIn(link.arguments[0], this.#source));
      else if (Object.hasOwn(calls, link.name)) this.#step(link, calls[link.name] ?? "none");
    }
  }

  /** What an expression is, as far as the file tells, out of the class that it is wrapped in. */
  #valueOf(node: TSESTree.Node | null | undefined): TSESTree.Node | null {
    if (!node) return null;
    const inner = resolveConst(node, this.#source);
    const { wrappers } = this.#entry;
    const isWrapped = inner.type === "NewExpression" && inner.callee.type === "Identifier" && wrappers.includes(inner.callee.name);
    return isWrapped ? this.#valueOf(inner.arguments[0]) : inner;
  }

  #objectOf(node: TSESTree.Node | null | undefined): ObjectNode | null {
    const value = this.#valueOf(node);
    return value?.type === "ObjectExpression" ? value : null;
  }

  #textOf(node: TSESTree.Node | null | undefined): string | null {
    return stringValue(this.#valueOf(node));
  }

  #option(object: ObjectNode | null, ...names: readonly string[]): TSESTree.Node | null {
    for (const name of names) {
      const value = object && propertyOf(object, name);
      if (value && value !== "unknown") return this.#valueOf(value);
    }
    return null;
  }

  /** A table by its name, or by an object with its name and its schema. */
  #tableOf(node: TSESTree.Node | null | undefined): SqlName | null {
    const value = this.#valueOf(node);
    const text = stringValue(value);
    if (value && text !== null) return nameAt(text, value);
    const object = this.#objectOf(value);
    const name = this.#textOf(this.#option(object, ...this.#entry.table.name));
    return object && name !== null ? nameAt(name, object, this.#textOf(this.#option(object, this.#entry.table.schema))) : null;
  }

  #names(node: TSESTree.Node | null | undefined): Told<string> {
    const value = this.#valueOf(node);
    if (value?.type === "ArrayExpression") {
      return allOf(
        value.elements.map((element) => {
          const inner = this.#valueOf(element);
          const object = this.#objectOf(inner);
          // A column of a key, with how it is sorted; a key has columns of its own.
          return stringValue(inner) ?? (this.#option(object, ...this.#entry.key.columns) ? null : this.#textOf(this.#option(object, "name")));
        }),
      );
    }
    const text = stringValue(value);
    return text === null ? null : [text];
  }

  /** The objects of a list, of the values of an object, or one by itself. */
  #objects(node: TSESTree.Node | null): Told<ObjectNode> {
    if (!node) return [];
    if (node.type === "ArrayExpression") return allOf(node.elements.map((element) => this.#objectOf(element)));
    const object = this.#objectOf(node);
    return object && [object];
  }

  /** What a call may do of which it cannot be told what it does: to a table that it names, to that one. */
  #unknown({ node }: Link, deed: ObjectDeed, table: SqlName | null): void {
    const text = this.#source.text.slice(...node.range);
    const isPlain = plain.has(deed) && !text.includes(this.#entry.column.references.option);
    if (table && !deed.endsWith(" table")) this.#statements.push(...alterAt(table, [actionAt("other", node, {})], node));
    this.#statements.push(unknownAt(node, `${text}${isPlain ? "" : " constraint"}`));
  }

  #step(link: Link, deed: ObjectDeed): void {
    const [first, second, third] = link.arguments;
    if (deed === "create type") this.#createType(link);
    else if (deed === "create table") this.#create(link);
    else if (deed !== "none") {
      const table = this.#tableOf(first);
      if (!table || !this.#change(deed, table, second, third, link)) this.#unknown(link, deed, table);
    }
  }

  #createType({ node, arguments: [name, values] }: Link): void {
    const text = this.#textOf(name);
    if (name && text !== null) this.#statements.push({ type: "SqlCreateType", name: nameAt(text, name), values: this.#names(values), range: node.range });
  }

  #create(link: Link): void {
    const [first, second, third] = link.arguments;
    const { table: words } = this.#entry;
    const whole = this.#objectOf(first);
    const own = this.#option(whole, words.columns);
    const settings = own ? whole : this.#objectOf(third);
    const schema = this.#textOf(this.#option(settings, words.schema));
    const named = this.#tableOf(first);
    if (!named) { this.#unknown(link, "create table", null); return; }
    const name = { ...named, schema: named.schema ?? schema };
    const columns = this.#columns(own ?? this.#valueOf(second));
    const keyed = this.#objectOf(this.#option(settings, "constraints")) ?? settings;
    const keys = this.#tableKeys(keyed, link.node);
    const indexes = this.#indexes(name, this.#option(settings, ...words.indexes), link.node);
    const all = columns ?? [];
    const primary = all.filter(({ isKey }) => isKey).map((each) => each.name);
    const constraints = [...(primary.length > 0 ? [constraintAt("primary key", link.node, { parts: partsAt(primary, link.node) })] : []), ...(keys ?? [])];
    const isWhole = columns !== null && keys !== null && indexes !== null;
    this.#statements.push(createTableAt(name, all.map(({ column }) => column), constraints, !isWhole, link.node), ...(indexes ?? []));
  }

  /** The keys that a table has beside its columns. */
  #tableKeys(object: ObjectNode | null, at: TSESTree.Node): Told<SqlConstraint> {
    const { uniques, foreignKeys, primaryKey } = this.#entry.table;
    const unique = this.#uniquesIn(this.#option(object, ...uniques), at);
    const foreign = this.#objects(this.#option(object, ...foreignKeys));
    const primary = this.#option(object, ...primaryKey);
    const names = primary && this.#names(primary);
    const keys = foreign && allOf(foreign.map((each) => this.#constraint(each, "foreign key")));
    if (!unique || !keys || (primary && !names)) return null;
    return [...(names ? [constraintAt("primary key", at, { parts: partsAt(names, at) })] : []), ...unique, ...keys];
  }

  /** Lists of columns, of objects that have such, or an object of those. */
  #uniquesIn(node: TSESTree.Node | null, at: TSESTree.Node): Told<SqlConstraint> {
    if (!node) return [];
    const names = this.#names(node);
    const isKey = (each: readonly string[]): SqlConstraint => constraintAt("unique", at, { parts: partsAt(each, at) });
    if (names) return names.length > 0 ? [isKey(names)] : [];
    const elements = node.type === "ArrayExpression" ? node.elements : node.type === "ObjectExpression" ? node.properties.map((each) => (each.type === "Property" ? each.value : each)) : [null];
    return allOf(
      elements.map((element) => {
        const object = this.#objectOf(element);
        const list = object ? null : this.#names(element);
        return object ? this.#constraint(object, "unique") : list && isKey(list);
      }),
    );
  }

  #constraint(object: ObjectNode, kind: "unique" | "primary key" | "foreign key", name: string | null = null, columnsAt: TSESTree.Node | null = null): SqlConstraint | null {
    const { columns, name: nameWords } = this.#entry.key;
    const names = this.#names(columnsAt ?? this.#option(object, ...columns));
    const called = name ?? this.#textOf(this.#option(object, ...nameWords));
    const references = kind === "foreign key" ? this.#targetOf(object) : null;
    if (!names || names.length === 0 || (kind === "foreign key" && !references)) return null;
    return constraintAt(kind, object, { name: called === null ? null : nameAt(called, object), parts: partsAt(names, object), references });
  }

  #actionsIn(...objects: readonly (ObjectNode | null)[]): Actions {
    const action = (name: string): string | null => objects.map((object) => this.#textOf(this.#option(object, name))).find((text) => text !== null)?.toLowerCase() ?? null;
    return { onDelete: action("onDelete"), onUpdate: action("onUpdate") };
  }

  /** `"users"`, `"users(id)"`, `'"users"'`. */
  #written(text: string, at: ObjectNode, actions: Actions): SqlReference | null {
    const [, table = "", columns = ""] = /^\s*([^(]+?)\s*(?:\(([^)]*)\))?\s*$/.exec(text.replaceAll('"', "")) ?? [];
    return table === "" ? null : referenceAt(nameAt(table, at), columns.split(",").map((each) => each.trim()).filter(Boolean), at, actions);
  }

  /** The table that a column, or a key, leads to. */
  #targetOf(object: ObjectNode): SqlReference | null {
    const { column, key } = this.#entry;
    const node = this.#option(object, column.references.option, ...key.target);
    const inner = this.#objectOf(node);
    const actions = this.#actionsIn(object, inner);
    const text = stringValue(node);
    if (text !== null && key.targets.length === 0) return this.#written(text, object, actions);
    const table = this.#tableOf(this.#option(inner, ...column.references.table)) ?? (inner ? this.#tableOf(inner) : text === null ? null : nameAt(text, object));
    if (!table) return null;
    const names = this.#option(inner, ...column.references.key) ?? this.#option(object, ...key.targets);
    return referenceAt(table, (names && this.#names(names)) ?? [], object, actions);
  }

  #columns(node: TSESTree.Node | null): Told<Described> {
    const { name: word } = this.#entry.column;
    if (node?.type === "ArrayExpression") return allOf(node.elements.map((element) => this.#named(element)));
    if (node?.type !== "ObjectExpression") return null;
    if (word !== null && propertyOf(node, word) !== null) return allOf([this.#named(node)]);
    return allOf(
      node.properties.map((property) => {
        const name = property.type === "Property" ? keyName(property.key, property.computed) : null;
        return property.type === "Property" && name !== null ? this.#described(name, property.value, property.key, property) : null;
      }),
    );
  }

  #named(node: TSESTree.Node | null): Described | null {
    const object = this.#objectOf(node);
    const { name: word } = this.#entry.column;
    const at = word === null ? null : this.#option(object, word);
    const name = stringValue(at);
    return object && at && name !== null ? this.#described(name, object, at, object) : null;
  }

  /** A column, by its name and what is said of it. */
  #described(name: string, value: TSESTree.Node, at: TSESTree.Node, whole: TSESTree.Node): Described | null {
    const { column: words, shorthands } = this.#entry;
    const inner = this.#valueOf(value) ?? value;
    const options = inner.type === "ObjectExpression" ? inner : null;
    if (options?.properties.some(({ type }) => type === "SpreadElement")) return null;
    const written = options ? this.#option(options, words.type) : inner;
    const short = stringValue(inner);
    const shorthand = short !== null && Object.hasOwn(shorthands, short) ? shorthands[short] : undefined;
    const dataType = shorthand ? typeAt(shorthand.type, at) : written && this.#typeOf(written);
    // What is no type, and no description of a column, is something else.
    if (!options && !dataType) return null;
    const isKey = shorthand?.isKey ?? isTrue(this.#option(options, words.isKey));
    const constraints: SqlConstraint[] = [];
    if (this.#isRequired(options) || isKey) constraints.push(constraintAt("not null", at));
    if (options) constraints.push(...this.#constraintsOf(options, at));
    const isList = words.list !== null && isTrue(this.#option(options, words.list));
    return { name, column: columnAt(name, dataType && isList ? { ...dataType, isArray: true } : dataType, constraints, at, whole), isKey };
  }

  #isRequired(options: ObjectNode | null): boolean {
    const { notNull, nullable, isNullable } = this.#entry.column;
    if (notNull !== null && isTrue(this.#option(options, notNull))) return true;
    const said = nullable === null ? null : this.#option(options, nullable);
    return isNullable ? isFalse(said) : !isTrue(said);
  }

  #constraintsOf(options: ObjectNode, at: TSESTree.Node): SqlConstraint[] {
    const { unique, counts, generated, default: preset, references } = this.#entry.column;
    const constraints: SqlConstraint[] = [];
    const uniqueness = this.#option(options, unique);
    if (isTrue(uniqueness) || stringValue(uniqueness) !== null || uniqueness?.type === "ObjectExpression") constraints.push(constraintAt("unique", at));
    if (counts.some((word) => this.#isSet(options, word))) constraints.push(constraintAt("identity", at));
    if (generated.some((word) => this.#isSet(options, word))) constraints.push(constraintAt("generated", at));
    const value = this.#option(options, preset);
    if (value) constraints.push(constraintAt("default", at, { expression: this.#expression(value) }));
    const target = this.#option(options, references.option) && this.#targetOf(options);
    if (target) constraints.push(constraintAt("foreign key", at, { references: target }));
    return constraints;
  }

  #isSet(options: ObjectNode, word: string): boolean {
    const value = this.#option(options, word);
    return value !== null && !isFalse(value);
  }

  #expression(node: TSESTree.Node): SqlExpression {
    const text = stringValue(node);
    return expressionAt(text === null ? this.#source.text.slice(...node.range) : `'${text}'`, node);
  }

  /** A type by its text, or by its name in the library: `Sequelize.STRING(50)`, `DataTypes.ARRAY(DataTypes.TEXT)`. */
  #typeOf(node: TSESTree.Node): SqlDataType | null {
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
        const inner = name === "ARRAY" && held ? this.#typeOf(held) : null;
        return inner ? { ...inner, isArray: true } : typeAt(this.#typeName(name), node);
      }
    }
  }

  #typeName(word: string): string {
    const [, name = word, rest = ""] = /^(\w+)(.*)$/.exec(word) ?? [];
    return Object.hasOwn(this.#entry.types, name) ? `${this.#entry.types[name] ?? ""}${rest}` : word;
  }

  /** Whether it could be told what a call changes. */
  #change(deed: ObjectDeed, table: SqlName, second: TSESTree.Node | undefined, third: TSESTree.Node | undefined, link: Link): boolean {
    const { node } = link;
    const act: Act = (...actions) => {
      this.#statements.push(...alterAt(table, actions, node));
      return true;
    };
    switch (deed) {
      case "drop table":
        this.#statements.push(dropAt("table", table, node));
        return true;
      case "rename table": {
        const to = this.#tableOf(second);
        if (to) this.#statements.push({ type: "SqlRename", object: "table", name: table, to, range: node.range });
        return to !== null;
      }
      case "add column":
      case "add columns": {
        const name = deed === "add column" ? this.#textOf(second) : null;
        const columns = name === null ? this.#columns(this.#valueOf(second)) : second && third ? allOf([this.#described(name, third, second, node)]) : null;
        return columns !== null && act(...columns.flatMap((each) => this.#added(each, node)));
      }
      case "replace column":
        return this.#replace(second, third, node, act);
      case "replace columns": {
        const objects = this.#objects(this.#valueOf(second));
        return objects?.every((each) => this.#replace(this.#option(each, "oldColumn"), this.#option(each, "newColumn"), node, act)) ?? false;
      }
      case "change column":
        return this.#alter(this.#textOf(second), this.#objectOf(third), node, act);
      case "drop columns": {
        const names = this.#names(second);
        return names !== null && act(...names.map((name) => actionAt("drop column", node, { name: nameAt(name, node) })));
      }
      case "rename column": {
        const [from, to] = [this.#textOf(second), this.#textOf(third) ?? this.#textOf(this.#option(this.#objectOf(third), "name"))];
        return from !== null && to !== null && act(actionAt("rename column", node, { name: nameAt(from, node), to: nameAt(to, node) }));
      }
      case "drop primary key":
        return act(actionAt("drop primary key", node, {}));
      case "drop constraint":
      case "drop index":
        return this.#drop(deed, table, second, third, node, act);
      case "add index": {
        const indexes = this.#indexes(table, second, node, third);
        if (indexes) this.#statements.push(...indexes);
        return indexes !== null;
      }
      default: {
        const constraints = this.#added(deed === "add constraint" ? this.#anyConstraint(second, third, node) : this.#plainConstraints(deed, second, node), node);
        return constraints !== null && act(...constraints);
      }
    }
  }

  #added(what: Described, node: TSESTree.Node): SqlAction[];
  #added(what: Told<SqlConstraint>, node: TSESTree.Node): Told<SqlAction>;
  #added(what: Described | Told<SqlConstraint>, node: TSESTree.Node): Told<SqlAction> {
    if (what === null) return null;
    if ("length" in what) return what.map((constraint) => actionAt("add constraint", node, { constraint }));
    const own = actionAt("add column", node, { name: nameAt(what.name, node), column: what.column });
    const key = what.isKey ? [actionAt("add constraint", node, { constraint: constraintAt("primary key", node, { parts: partsAt([what.name], node) }) })] : [];
    return [own, ...key];
  }

  #replace(from: TSESTree.Node | null | undefined, to: TSESTree.Node | null | undefined, node: TSESTree.Node, act: Act): boolean {
    const name = this.#textOf(from) ?? this.#textOf(this.#option(this.#objectOf(from), "name"));
    const object = this.#valueOf(to);
    if (name === null || !from || !object) return false;
    const described = this.#entry.column.name === null ? this.#described(name, object, from, node) : this.#named(object);
    // What a change says of keys is added to those that are there.
    const keys = described?.column.constraints.filter(({ kind }) => kind === "unique" || kind === "foreign key") ?? [];
    const placed = keys.map((constraint) => actionAt("add constraint", node, { constraint: { ...constraint, parts: partsAt([described?.name ?? name], node) } }));
    return described !== null && act(actionAt("replace column", node, { name: nameAt(name, node), column: described.column }), ...placed);
  }

  #alter(name: string | null, options: ObjectNode | null, node: TSESTree.Node, act: Act): boolean {
    if (name === null || !options) return false;
    const { column: words } = this.#entry;
    const named = nameAt(name, node);
    const type = this.#option(options, words.type);
    const preset = this.#option(options, words.default);
    const required = words.notNull === null ? null : this.#option(options, words.notNull);
    const isFree = isFalse(required) || (words.nullable !== null && isTrue(this.#option(options, words.nullable)));
    const isNothing = preset?.type === "Literal" && preset.value === null;
    return act(
      ...(type ? [actionAt("set type", node, { name: named, dataType: this.#typeOf(type) })] : []),
      ...(preset ? [actionAt(isNothing ? "drop default" : "set default", node, { name: named, expression: this.#expression(preset) })] : []),
      ...(isTrue(required) ? [actionAt("set not null", node, { name: named })] : []),
      ...(isFree ? [actionAt("drop not null", node, { name: named })] : []),
    );
  }

  /** A key that goes by its name, or by its columns where the name is made of those. */
  #drop(deed: "drop constraint" | "drop index", table: SqlName, second: TSESTree.Node | undefined, third: TSESTree.Node | undefined, node: TSESTree.Node, act: Act): boolean {
    const object = this.#objectOf(second);
    const said = this.#textOf(this.#option(object ?? this.#objectOf(third), ...this.#entry.key.name));
    const value = this.#valueOf(second);
    const columns = value?.type === "ArrayExpression" ? this.#names(value) : null;
    const name = said ?? (columns ? this.#madeName(table, columns) : stringValue(value));
    return name !== null && act(actionAt(deed, node, { name: nameAt(name, node) }));
  }

  /** The name of an index that nobody has given one. */
  #madeName({ text }: SqlName, columns: readonly string[]): string | null {
    const { indexEnding } = this.#entry;
    if (indexEnding === null) return null;
    const name = [text, ...columns, indexEnding].filter(Boolean).join("_");
    return indexEnding === "" ? name.replaceAll(/([a-z\d])([A-Z])/g, "$1_$2").toLowerCase() : name;
  }

  #indexes(table: SqlName, second: TSESTree.Node | null | undefined, node: TSESTree.Node, third?: TSESTree.Node): Told<SqlStatement> {
    if (!second) return [];
    const value = this.#valueOf(second);
    const names = this.#names(value);
    if (names) return this.#index(table, names, this.#objectOf(third), node);
    const objects = this.#objects(value);
    const found = objects?.map((each) => {
      const columns = this.#names(this.#option(each, ...this.#entry.key.columns));
      return columns && this.#index(table, columns, each, node);
    });
    return found?.every((each) => each !== null) ? found.flat() : null;
  }

  #index(table: SqlName, columns: readonly string[], options: ObjectNode | null, node: TSESTree.Node): Told<SqlStatement> {
    const { name, unique, where, kind } = this.#entry.key;
    const called = this.#textOf(this.#option(options, ...name)) ?? this.#madeName(table, columns);
    const isUnique = isTrue(this.#option(options, unique)) || [kind, "indicesType"].some((word) => /^unique$/i.test(this.#textOf(this.#option(options, word)) ?? ""));
    const condition = this.#option(options, where);
    return [createIndexAt(called === null ? null : nameAt(called, node), table, partsAt(columns, node), isUnique, node, condition && this.#expression(condition))];
  }

  /** Keys of a kind that the call says. */
  #plainConstraints(deed: ObjectDeed, second: TSESTree.Node | undefined, node: TSESTree.Node): Told<SqlConstraint> {
    if (deed === "add primary key") {
      const names = this.#names(second);
      return names && [constraintAt("primary key", node, { parts: partsAt(names, node) })];
    }
    const objects = this.#objects(this.#valueOf(second));
    return objects && allOf(objects.map((each) => this.#constraint(each, deed === "add unique" ? "unique" : "foreign key")));
  }

  /** Keys of a kind that an object says: `{ fields: ["email"], type: "unique" }`, or `"email_key", { unique: "email" }`. */
  #anyConstraint(second: TSESTree.Node | undefined, third: TSESTree.Node | undefined, node: TSESTree.Node): Told<SqlConstraint> {
    const { kind: word } = this.#entry.key;
    const name = this.#textOf(second);
    const object = this.#objectOf(second) ?? this.#objectOf(third);
    const columns = this.#valueOf(second)?.type === "ArrayExpression" ? (second ?? null) : null;
    if (!object) return null;
    const kind = this.#textOf(this.#option(object, word))?.toLowerCase();
    if (kind === "check" || kind === "default") return [];
    if (kind === "unique" || kind === "primary key" || kind === "foreign key") {
      const constraint = this.#constraint(object, kind, name, columns);
      return constraint && [constraint];
    }
    const keys = kind === undefined ? this.#tableKeys(object, node) : null;
    return keys && (name === null ? keys : keys.map((key) => ({ ...key, name: nameAt(name, node) })));
  }
}

/** What a migration does whose calls are handed objects. */
export const readObjectMigrations = (entry: ObjectMigrations, source: Source): readonly SqlStatement[] => new Reader(entry, source).read();
