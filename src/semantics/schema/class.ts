import type { TSESTree } from "@typescript-eslint/utils";

import type { ClassSchema } from "../../knowledge/schemas.js";
import type { Source } from "../../syntax/source.js";
import { keyName, memberName, propertyOf, stringValue, unwrap } from "../../syntax/value.js";
import { isClass, isFunction } from "../../syntax/walk.js";
import { definitionOf } from "../program/provenance.js";
import { importOf, keyOf, mentionOf, placeOf, plainColumn, wordOf, type CodeSchema, type Draft, type LooseKey, type Mention } from "./code.js";
import { familyOf, type Column, type Family, type Key } from "./model.js";
import { wordsOf } from "./names.js";

type ClassNode = TSESTree.ClassDeclaration | TSESTree.ClassExpression;

/** A decorator of the library. */
interface Mark {
  readonly word: string;
  readonly arguments: readonly TSESTree.Node[];
  readonly node: TSESTree.Decorator;
}

/** A relation, whose column may be declared beside it, or nowhere. */
interface Relation {
  readonly field: string;
  readonly columns: readonly string[];
  readonly isUnique: boolean;
  /** `null` where the project does without. */
  readonly key: LooseKey | null;
  readonly isNullable: boolean;
  readonly isKey: boolean;
  readonly property: TSESTree.PropertyDefinition;
  readonly source: Source;
}

interface Members {
  readonly columns: Column[];
  readonly keyColumns: string[];
  readonly uniques: Key[];
  readonly indexes: Key[];
  readonly foreignKeys: LooseKey[];
  readonly relations: Relation[];
}

const snake = (name: string): string => wordsOf(name).join("_");

const optionsIn = (nodes: readonly TSESTree.Node[]): TSESTree.ObjectExpression | null => nodes.map(unwrap).find((node) => node.type === "ObjectExpression") ?? null;

function option(options: TSESTree.ObjectExpression | null, name: string): TSESTree.Node | null {
  const value = options && propertyOf(options, name);
  return value === "unknown" ? null : value;
}

const isTrue = (node: TSESTree.Node | null): boolean => node?.type === "Literal" && node.value === true;
const isFalse = (node: TSESTree.Node | null): boolean => node?.type === "Literal" && node.value === false;

/** What a callback such as `() => User` names, or a text. */
function namedBy(node: TSESTree.Node | undefined, source: Source): Mention | null {
  if (!node) return null;
  const inner = unwrap(node);
  const text = stringValue(inner);
  if (text !== null) return { name: text, file: null };
  return isFunction(inner) && inner.body.type !== "BlockStatement" ? mentionOf(inner.body, source) : null;
}

const annotated: Readonly<Record<string, Family>> = { TSStringKeyword: "text", TSNumberKeyword: "integer", TSBooleanKeyword: "boolean", TSBigIntKeyword: "integer" };

const named: Readonly<Record<string, Family>> = { Date: "time", Buffer: "binary" };

/** What a field's annotation stands for. */
function annotatedFamily(node: TSESTree.TypeNode | undefined): Family {
  if (!node) return "other";
  if (node.type === "TSUnionType") {
    const rest = node.types.filter(({ type }) => type !== "TSNullKeyword" && type !== "TSUndefinedKeyword");
    return rest.length === 1 ? annotatedFamily(rest[0]) : "other";
  }
  const known = node.type === "TSTypeReference" && node.typeName.type === "Identifier" && Object.hasOwn(named, node.typeName.name) ? named[node.typeName.name] : annotated[node.type];
  return known ?? "other";
}

/** The name of a type that is a text, or a member of what the library has for types: `DataType.STRING(50)`. */
function typeName(node: TSESTree.Node | null | undefined): string | null {
  const text = stringValue(node);
  if (text !== null || !node) return text;
  let inner = unwrap(node);
  while (inner.type === "CallExpression" || (inner.type === "MemberExpression" && inner.object.type !== "Identifier")) inner = unwrap(inner.type === "CallExpression" ? inner.callee : inner.object);
  return inner.type === "MemberExpression" ? memberName(inner) : null;
}

/** Reads what one module declares. */
class Reader {
  readonly #entry: ClassSchema;
  readonly #source: Source;
  #leans = false;
  #isWhole = true;

  constructor(entry: ClassSchema, source: Source) {
    this.#entry = entry;
    this.#source = source;
  }

  read(): CodeSchema {
    const classes = this.#source.ast.body.flatMap((statement) => {
      const declaration = statement.type === "ExportNamedDeclaration" || statement.type === "ExportDefaultDeclaration" ? statement.declaration : statement;
      return declaration?.type === "ClassDeclaration" ? [declaration] : [];
    });
    const tables = classes.flatMap((node) => this.#table(node) ?? []);
    return { declaredWith: this.#entry.name, tables, enums: [], dialect: null, leans: this.#leans };
  }

  #marks(decorators: readonly TSESTree.Decorator[], source: Source): Mark[] {
    return decorators.flatMap((node) => {
      const expression = unwrap(node.expression);
      const callee = expression.type === "CallExpression" ? expression.callee : expression;
      const word = wordOf(callee, this.#entry.modules, source);
      return word === null ? [] : [{ word: word.replace(/\(\)$/, ""), arguments: expression.type === "CallExpression" ? expression.arguments : [], node }];
    });
  }

  #table(node: TSESTree.ClassDeclaration): Draft | null {
    const { tables, options, shared, naming } = this.#entry;
    const marks = this.#marks(node.decorators, this.#source);
    const own = marks.find(({ word }) => tables.includes(word));
    if (!own || !node.id) return null;
    this.#isWhole = !marks.some(({ word }) => shared.includes(word));
    const members = this.#members(node, this.#source);
    const settings = optionsIn(own.arguments);
    this.#added(settings, placeOf(node.id, this.#source), members);
    const columns = this.#withRelations(members);
    for (const mark of marks) this.#classKey(mark, members);
    return {
      name: own.arguments.map(stringValue).find((text) => text !== null) ?? stringValue(option(settings, options.table)) ?? (naming === "snake" ? snake(node.id.name) : node.id.name),
      schema: stringValue(option(settings, options.schema)),
      model: node.id.name,
      columns,
      primaryKey: members.keyColumns.length > 0 ? keyOf(members.keyColumns, placeOf(node.id, this.#source)) : null,
      uniques: members.uniques,
      indexes: members.indexes,
      foreignKeys: members.foreignKeys,
      rowSecurity: "unknown",
      policies: [],
      at: placeOf(node.id, this.#source),
      createdAt: null,
      isComplete: this.#isWhole,
      isWritten: false,
    };
  }

  /** What a class declares, with what the classes that it extends do. */
  #members(node: ClassNode, source: Source, depth = 5): Members {
    const inherited = node.superClass ? this.#inherited(node.superClass, source, depth) : null;
    const members = inherited ?? { columns: [], keyColumns: [], uniques: [], indexes: [], foreignKeys: [], relations: [] };
    for (const member of node.body.body) if (member.type === "PropertyDefinition") this.#member(member, members, source);
    return members;
  }

  #inherited(node: TSESTree.Node, source: Source, depth: number): Members | null {
    const word = wordOf(node, this.#entry.modules, source);
    if (word !== null && this.#entry.bases.includes(word)) return null;
    const value = depth > 0 ? definitionOf(node, source) : null;
    if (value?.kind !== "definition" || !isClass(value.node)) {
      this.#isWhole = false;
      return null;
    }
    this.#leans ||= value.source !== this.#source;
    if (this.#marks(value.node.decorators, value.source).some(({ word: each }) => this.#entry.shared.includes(each))) this.#isWhole = false;
    return this.#members(value.node, value.source, depth - 1);
  }

  #member(property: TSESTree.PropertyDefinition, members: Members, source: Source): void {
    const field = keyName(property.key, property.computed);
    if (field === null || property.decorators.length === 0) return;
    const marks = this.#marks(property.decorators, source);
    if (marks.length === 0) {
      // A decorator of the project's own may make a column, or a key.
      if (property.decorators.some((decorator) => this.#isOwn(decorator, source))) this.#isWhole = false;
      return;
    }
    const { columns, relations, keys } = this.#entry;
    const declared = marks.find(({ word }) => Object.hasOwn(columns, word));
    const relation = marks.find(({ word }) => Object.hasOwn(relations, word));
    if (declared) this.#column(field, property, declared, marks, members, source);
    else if (relation) this.#relation(field, property, relation, marks, members, source);
    for (const mark of marks) if (Object.hasOwn(keys, mark.word)) this.#key(mark, [field], members, source);
  }

  #isOwn({ expression }: TSESTree.Decorator, source: Source): boolean {
    const inner = unwrap(expression);
    const imported = importOf(inner.type === "CallExpression" ? inner.callee : inner, source);
    return imported === null || /^[.~@#]\/|^\.\./.test(imported.specifier);
  }

  #column(field: string, property: TSESTree.PropertyDefinition, mark: Mark, marks: readonly Mark[], members: Members, source: Source): void {
    const { columns, options: words, generated, references } = this.#entry;
    const word = columns[mark.word] ?? {};
    const options = optionsIn(mark.arguments);
    const first = mark.arguments[0] && unwrap(mark.arguments[0]);
    // A class of its own, whose columns are this table's.
    if (first && isFunction(first)) {
      this.#isWhole = false;
      return;
    }
    const value = option(options, words.default);
    const type = this.#typeOf(word, typeName(first) ?? typeName(option(options, words.type)), property);
    if (type === null) return;
    const name = stringValue(option(options, words.name)) ?? field;
    const column: Column = {
      ...plainColumn(field, placeOf(property.key, source), placeOf(property, source)),
      ...type,
      name,
      isList: this.#entry.lists.includes(type.type) || isTrue(option(options, words.list)),
      isNullable: this.#isNullable(word, options, marks),
      default: value ? (stringValue(value) ?? source.text.slice(...value.range)) : null,
      isGenerated: word.isGenerated === true || option(options, words.isGenerated) !== null || marks.some((each) => generated.includes(each.word)),
    };
    if (options?.properties.some(({ type: kind }) => kind === "SpreadElement")) this.#isWhole = false;
    const known = members.columns.findIndex((each) => each.field === field);
    if (known === -1) members.columns.push(column);
    else members.columns[known] = column;
    if (word.isKey || isTrue(option(options, words.isKey)) || marks.some((each) => this.#entry.keyMarks.includes(each.word))) members.keyColumns.push(name);
    if (isTrue(option(options, words.unique))) members.uniques.push(keyOf([name], column.at));
    for (const reference of marks.filter((each) => references.includes(each.word))) {
      const to = namedBy(reference.arguments[0], source);
      if (to) members.foreignKeys.push({ name: null, columns: [name], to, targetFields: [], ...this.#actions(optionsIn(reference.arguments)), at: column.at });
    }
  }

  #isNullable(word: ClassSchema["columns"][string], options: TSESTree.ObjectExpression | null, marks: readonly Mark[]): boolean {
    const { options: words, keyMarks, nullableMarks, isNullable } = this.#entry;
    if (word.isNullable) return true;
    if (word.isKey || marks.some((each) => keyMarks.includes(each.word))) return false;
    const mark = marks.find((each) => nullableMarks.includes(each.word));
    const said = mark ? (mark.arguments[0] ?? null) : option(options, words.nullable);
    return mark && !said ? true : isTrue(said) || (isNullable && word.isGenerated !== true && !isFalse(said));
  }

  /** The columns that a table has without anybody writing them. */
  #added(settings: TSESTree.ObjectExpression | null, at: Column["at"], { columns, keyColumns }: Members): void {
    for (const { option: name, byDefault, columns: fields, type } of this.#entry.adds) {
      const isKey = name === null;
      if (isKey ? keyColumns.length > 0 : !(byDefault ? !isFalse(option(settings, name)) : isTrue(option(settings, name)))) continue;
      for (const field of fields) {
        if (!columns.some((column) => column.field === field)) columns.push({ ...plainColumn(field, at, at), type, family: familyOf(type), isNullable: !byDefault, isGenerated: true });
        if (isKey) keyColumns.push(field);
      }
    }
  }

  #typeOf(word: ClassSchema["columns"][string], written: string | null, { typeAnnotation }: TSESTree.PropertyDefinition): Pick<Column, "type" | "family"> | null {
    const own = written !== null && word.types && Object.hasOwn(word.types, written) ? word.types[written] : written;
    const type = own ?? word.type;
    if (type === undefined) return { type: "", family: annotatedFamily(typeAnnotation?.typeAnnotation) };
    const known = Object.hasOwn(this.#entry.types, type) ? this.#entry.types[type] : undefined;
    return known === "none" ? null : { type, family: known ?? familyOf(type) };
  }

  #actions(options: TSESTree.ObjectExpression | null): Pick<LooseKey, "onDelete" | "onUpdate"> {
    const action = (name: string): string | null => stringValue(option(options, name))?.toLowerCase() ?? null;
    return { onDelete: action("onDelete"), onUpdate: action("onUpdate") };
  }

  #relation(field: string, property: TSESTree.PropertyDefinition, mark: Mark, marks: readonly Mark[], members: Members, source: Source): void {
    const { relations, joins, options: words, loose, columns } = this.#entry;
    const { owns, isUnique = false } = relations[mark.word] ?? { owns: "named" };
    const join = marks.find(({ word }) => word === joins.decorator);
    if (owns === "named" && !join) return;
    const given = join?.arguments[0] && unwrap(join.arguments[0]);
    const ends = given?.type === "ArrayExpression" ? given.elements.filter((each) => each !== null) : [given];
    const parts = ends.map((end) => {
      const options = end?.type === "ObjectExpression" ? end : null;
      const target = stringValue(option(options, joins.target));
      const name = stringValue(option(options, joins.name)) ?? `${field}${(target ?? "id").replace(/^./, (letter) => letter.toUpperCase())}`;
      return { name, target };
    });
    const options = optionsIn(mark.arguments);
    const to = namedBy(mark.arguments[0], source);
    const key: LooseKey | null =
      !to || isFalse(option(options, loose))
        ? null
        : { name: null, columns: [], to, targetFields: parts.flatMap(({ target }) => target ?? []), ...this.#actions(options), at: placeOf(property.key, source) };
    members.relations.push({
      field,
      columns: parts.map(({ name }) => name),
      isUnique,
      key,
      isNullable: !isFalse(option(options, words.nullable)),
      isKey: isTrue(option(options, words.isKey)) || marks.some(({ word }) => Object.hasOwn(columns, word) && columns[word]?.isKey === true),
      property,
      source,
    });
  }

  /** The columns of a table, with those that only its relations speak of. */
  #withRelations(members: Members): Column[] {
    const columns = [...members.columns];
    for (const { field, columns: names, isUnique, key, isNullable, isKey, property, source } of members.relations) {
      const own = names.map((name) => {
        // However the project turns fields into names, it does it for both.
        const same = columns.find((column) => column.name === name) ?? columns.find((column) => wordsOf(column.name).join() === wordsOf(name).join());
        if (same) return same;
        const at = placeOf(property.key, source);
        const made: Column = { ...plainColumn(field, at, placeOf(property, source)), name, isNullable };
        columns.push(made);
        return made;
      });
      const ownNames = own.map(({ name }) => name);
      if (key) members.foreignKeys.push({ ...key, columns: ownNames });
      else this.#isWhole = false;
      if (isUnique) members.uniques.push(keyOf(ownNames, placeOf(property.key, source)));
      if (isKey) members.keyColumns.push(...ownNames);
    }
    return columns;
  }

  #nameOf(field: string, { columns, relations }: Members): string {
    return columns.find((column) => column.field === field)?.name ?? relations.find((relation) => relation.field === field)?.columns[0] ?? field;
  }

  #classKey(mark: Mark, members: Members): void {
    if (!Object.hasOwn(this.#entry.keys, mark.word)) return;
    const [list] = mark.arguments.map(unwrap).flatMap((node) => {
      const inner = isFunction(node) && node.body.type !== "BlockStatement" ? unwrap(node.body) : node;
      return inner.type === "ArrayExpression" ? [inner] : [];
    });
    const fields = list?.elements.flatMap((element) => {
      const inner = element && unwrap(element);
      return stringValue(inner) ?? (inner?.type === "MemberExpression" ? (memberName(inner) ?? []) : []);
    });
    if (fields && fields.length > 0) this.#key(mark, fields, members, this.#source);
    else this.#isWhole = false;
  }

  #key(mark: Mark, fields: readonly string[], members: Members, source: Source): void {
    const options = optionsIn(mark.arguments);
    const isUnique = this.#entry.keys[mark.word] === "unique" || isTrue(option(options, this.#entry.options.unique));
    const name = mark.arguments.map(stringValue).find((text) => text !== null) ?? null;
    const isPartial = option(options, this.#entry.options.isPartial) !== null;
    const columns = fields.map((field) => this.#nameOf(field, members));
    (isUnique ? members.uniques : members.indexes).push(keyOf(columns, placeOf(mark.node, source), { name, isPartial }));
  }
}

/** What a module declares by classes. */
export const readClasses = (entry: ClassSchema, source: Source): CodeSchema => new Reader(entry, source).read();
