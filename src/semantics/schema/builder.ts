import type { TSESTree } from "@typescript-eslint/utils";

import type { BuilderSchema } from "../../knowledge/schemas.js";
import type { Source } from "../../syntax/source.js";
import { keyName, memberName, propertyOf, stringValue, unwrap } from "../../syntax/value.js";
import { isFunction } from "../../syntax/walk.js";
import { definitionOf } from "../program/provenance.js";
import { fileOf, importOf, keyOf, mentionOf, placeOf, plainColumn, wordOf, type CodeSchema, type Draft, type LooseKey, type Mention } from "./code.js";
import { familyOf, type Column, type Dialect, type Enum, type Family, type Key, type Policy } from "./model.js";

type Arguments = readonly TSESTree.CallExpressionArgument[];

interface Call {
  /** `null` for the first one, which makes what the others change. */
  readonly name: string | null;
  readonly node: TSESTree.CallExpression;
}

/** A chain of calls, from the first: `text("a").notNull()`. */
interface Chain {
  readonly callee: TSESTree.Node;
  readonly first: TSESTree.CallExpression;
  readonly calls: readonly Call[];
}

function chainOf(node: TSESTree.Node): Chain | null {
  const calls: Call[] = [];
  let current = unwrap(node);
  while (current.type === "CallExpression") {
    const callee = unwrap(current.callee);
    const inner = callee.type === "MemberExpression" ? unwrap(callee.object) : null;
    if (callee.type !== "MemberExpression" || inner?.type !== "CallExpression") return { callee, first: current, calls: calls.reverse() };
    calls.push({ name: memberName(callee), node: current });
    current = inner;
  }
  return null;
}

/** What a function gives back, where that is one expression. */
function resultOf(node: TSESTree.Node): TSESTree.Node | null {
  if (!isFunction(node)) return null;
  if (node.body.type !== "BlockStatement") return unwrap(node.body);
  const last = node.body.body.at(-1);
  return last?.type === "ReturnStatement" && last.argument && node.body.body.length === 1 ? unwrap(last.argument) : null;
}

const words = (name: string): string => name.replaceAll(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();

interface Built {
  readonly column: Column;
  readonly isUnique: boolean;
  readonly isKey: boolean;
  readonly uniqueName: string | null;
  readonly references: LooseKey | null;
}

/** Reads what one module declares. */
class Reader {
  readonly #entry: BuilderSchema;
  readonly #source: Source;
  readonly #tables: Draft[] = [];
  readonly #enums: Enum[] = [];
  #dialect: Dialect | null = null;
  #leans = false;
  #isWhole = true;

  constructor(entry: BuilderSchema, source: Source) {
    this.#entry = entry;
    this.#source = source;
  }

  read(): CodeSchema {
    for (const statement of this.#source.ast.body) {
      const declaration = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
      if (declaration?.type !== "VariableDeclaration") continue;
      for (const { id, init } of declaration.declarations) if (id.type === "Identifier" && init) this.#declaration(id, init);
    }
    return { declaredWith: this.#entry.name, tables: this.#tables, enums: this.#enums, dialect: this.#dialect, leans: this.#leans };
  }

  #word(node: TSESTree.Node, source: Source): string | null {
    return wordOf(node, this.#entry.modules, source);
  }

  #declaration(id: TSESTree.Identifier, init: TSESTree.Node): void {
    const chain = chainOf(init);
    const word = chain && this.#word(chain.callee, this.#source);
    if (!chain || word === null) return;
    const entry = Object.hasOwn(this.#entry.tables, word) ? this.#entry.tables[word] : undefined;
    if (entry) {
      this.#dialect ??= entry.dialect;
      this.#table(id, chain);
    } else if (this.#entry.enums.includes(word)) {
      const name = stringValue(chain.first.arguments[0]);
      const values = unwrap(chain.first.arguments[1] ?? chain.first);
      if (name !== null) {
        const texts = values.type === "ArrayExpression" ? values.elements.flatMap((each) => stringValue(each) ?? []) : [];
        this.#enums.push({ name, values: texts, at: placeOf(id, this.#source) });
      }
    }
  }

  /** The schema of the database that a table is in: `pgSchema("billing").table(…)`. */
  #schemaOf(callee: TSESTree.Node): string | null {
    if (callee.type !== "MemberExpression") return null;
    const maker = definitionOf(callee.object, this.#source);
    const creation = maker?.kind === "external" ? maker.creation : null;
    const name = creation?.type === "CallExpression" ? stringValue(creation.arguments[0]) : null;
    return name === "public" ? null : name;
  }

  #table(id: TSESTree.Identifier, { callee, first, calls }: Chain): void {
    const source = this.#source;
    const [name, columns, extra] = first.arguments;
    const written = stringValue(name);
    this.#isWhole = columns !== undefined;
    const built = columns ? this.#columns(columns, source) : [];
    const own = built.find(({ isKey }) => isKey)?.column;
    const draft = {
      name: written ?? id.name,
      schema: this.#schemaOf(callee),
      model: id.name,
      columns: built.map(({ column }) => column),
      primaryKey: own ? keyOf([own.name], own.at) : null,
      uniques: built.flatMap(({ column, isUnique, uniqueName }) => (isUnique ? [keyOf([column.name], column.at, { name: uniqueName })] : [])),
      indexes: [] as Key[],
      foreignKeys: built.flatMap(({ references }) => references ?? []),
      rowSecurity: calls.some((call) => call.name === this.#entry.rowSecurity) ? ("on" as const) : ("unknown" as const),
      policies: [] as Policy[],
      at: placeOf(id, source),
      createdAt: null,
      isComplete: this.#isWhole,
      isWritten: false,
    };
    if (extra && !this.#extra(extra, draft)) draft.isComplete = false;
    this.#tables.push(draft);
  }

  /** The columns of an object, or of what a callback gives back. Where some cannot be told, the table is not whole. */
  #columns(node: TSESTree.Node, source: Source): Built[] {
    const inner = unwrap(node);
    const object = resultOf(inner) ?? inner;
    if (object.type !== "ObjectExpression") return this.#columnsElsewhere(object, source);
    return object.properties.flatMap((property) => {
      if (property.type === "SpreadElement") return this.#columns(property.argument, source);
      const field = keyName(property.key, property.computed);
      const column = field === null ? null : this.#column(field, property, source);
      this.#isWhole &&= column !== null;
      return column ?? [];
    });
  }

  #columnsElsewhere(node: TSESTree.Node, source: Source): Built[] {
    const callee = node.type === "CallExpression" ? node.callee : node;
    const value = callee.type === "Identifier" || callee.type === "MemberExpression" ? definitionOf(callee, source) : null;
    const found = value?.kind === "definition" ? value : null;
    const object = found && (node.type === "CallExpression" ? resultOf(found.node) : unwrap(found.node));
    if (!found || object?.type !== "ObjectExpression") {
      this.#isWhole = false;
      return [];
    }
    this.#leans ||= found.source !== this.#source;
    return this.#columns(object, found.source);
  }

  #column(field: string, property: TSESTree.Property, source: Source): Built | null {
    const chain = chainOf(property.value);
    if (!chain) return null;
    const type = this.#typeOf(chain, source);
    return type && this.#built(field, property, chain, type, source);
  }

  #built(field: string, property: TSESTree.Property, { first, calls }: Chain, type: Pick<Column, "type" | "family">, source: Source): Built {
    const { columns } = this.#entry;
    const called = (name: string): TSESTree.CallExpression | undefined => calls.findLast((call) => call.name === name)?.node;
    const name = stringValue(first.arguments[0]) ?? field;
    const value = called(columns.default)?.arguments[0];
    const isGenerated = columns.generatedTypes.includes(type.type);
    const column: Column = {
      ...plainColumn(field, placeOf(property.key, source), placeOf(property, source)),
      ...type,
      name,
      isList: called(columns.list) !== undefined,
      isNullable: !isGenerated && !columns.notNull.some((word) => called(word)),
      default: value ? (stringValue(value) ?? source.text.slice(...value.range)) : null,
      isGenerated: isGenerated || columns.generated.some((word) => called(word)),
    };
    const unique = called(columns.unique);
    const reference = called(columns.references);
    return {
      column,
      isUnique: unique !== undefined,
      uniqueName: stringValue(unique?.arguments[0]),
      isKey: called(columns.primaryKey) !== undefined,
      references: reference ? this.#reference(column, reference, source) : null,
    };
  }

  /** The type of a column by the call that makes it; `null` for a call of which nothing is known. */
  #typeOf({ callee, first }: Chain, source: Source): Pick<Column, "type" | "family"> | null {
    const { families, modes } = this.#entry.columns;
    const direct = this.#builderName(callee, source);
    if (direct === null) return null;
    if (direct.endsWith("()")) return { type: direct, family: this.#entry.enums.includes(direct.slice(0, -2)) ? "enum" : "other" };
    const options = first.arguments.map(unwrap).find((argument) => argument.type === "ObjectExpression");
    const mode = options?.type === "ObjectExpression" ? propertyOf(options, "mode") : null;
    const word = mode && mode !== "unknown" ? stringValue(mode) : null;
    const type = words(direct);
    const family: Family = (Object.hasOwn(families, direct) ? families[direct] : undefined) ?? familyOf(type);
    const held = word !== null && Object.hasOwn(modes, word) && (family === "integer" || family === "text") ? modes[word] : undefined;
    return { type: held ?? type, family: held ?? family };
  }

  #builderName(callee: TSESTree.Node, source: Source): string | null {
    // `(t) => ({ id: t.uuid() })`
    if (callee.type === "MemberExpression" && callee.object.type === "Identifier" && this.#isBuilders(callee.object)) return memberName(callee);
    const word = this.#word(callee, source);
    if (word === null) return null;
    const isOwn = word.endsWith("()") && [...this.#entry.enums, ...this.#entry.types].includes(word.slice(0, -2));
    return isOwn || /^\w+$/.test(word) ? word : null;
  }

  #isBuilders(node: TSESTree.Identifier): boolean {
    for (let current: TSESTree.Node | undefined = node.parent; current; current = current.parent) {
      if (isFunction(current)) return current.params.some((parameter) => parameter.type === "Identifier" && parameter.name === node.name);
    }
    return false;
  }

  #actions(options: TSESTree.Node | undefined): Pick<LooseKey, "onDelete" | "onUpdate"> {
    const inner = options && unwrap(options);
    const action = (name: string): string | null => {
      const value = inner?.type === "ObjectExpression" ? propertyOf(inner, name) : null;
      return value && value !== "unknown" ? stringValue(value) : null;
    };
    return { onDelete: action("onDelete"), onUpdate: action("onUpdate") };
  }

  #mention(node: TSESTree.Node, source: Source): Mention | null {
    const imported = importOf(node, source);
    const given = imported && this.#entry.given[imported.specifier]?.[imported.name];
    return given ? { ...given, file: null } : mentionOf(node, source);
  }

  /** `.references(() => users.id, { onDelete: "cascade" })` */
  #reference(column: Column, { arguments: [target, options] }: TSESTree.CallExpression, source: Source): LooseKey {
    const end = target ? unwrap(resultOf(unwrap(target)) ?? target) : null;
    const field = end?.type === "MemberExpression" ? memberName(end) : null;
    const to = end?.type === "MemberExpression" ? this.#mention(end.object, source) : null;
    return {
      name: null,
      columns: [column.name],
      to: to ?? { name: "", file: null },
      targetFields: field === null ? [] : [field],
      ...this.#actions(options),
      at: column.at,
    };
  }

  /** The keys of a table's last argument. Whether all of it could be told. */
  #extra(node: TSESTree.Node, draft: Parts): boolean {
    const result = resultOf(unwrap(node)) ?? this.#blockResult(unwrap(node));
    if (result?.type === "ObjectExpression") {
      return result.properties.map((property) => property.type === "Property" && this.#key(property.value, draft)).every(Boolean);
    }
    if (result?.type !== "ArrayExpression") return false;
    return result.elements.map((element) => element !== null && element.type !== "SpreadElement" && this.#key(element, draft)).every(Boolean);
  }

  #blockResult(node: TSESTree.Node): TSESTree.Node | null {
    if (!isFunction(node) || node.body.type !== "BlockStatement") return null;
    const last = node.body.body.at(-1);
    return last?.type === "ReturnStatement" && last.argument ? unwrap(last.argument) : null;
  }

  #key(node: TSESTree.Node, draft: Parts): boolean {
    const chain = chainOf(node);
    const word = chain && this.#word(chain.callee, this.#source);
    const kind = word !== null && Object.hasOwn(this.#entry.keys, word) ? this.#entry.keys[word] : undefined;
    if (!chain || !kind) return false;
    if (kind === "other") return true;
    const at = placeOf(node, this.#source);
    const [given] = chain.first.arguments;
    const options = given && unwrap(given);
    if (kind === "foreign") return this.#foreignKey(chain, options, draft);
    if (kind === "policy") return this.#policy(chain, draft);
    const parts = kind === "primary" && options?.type !== "ObjectExpression" ? chain.first.arguments : this.#partsOf(chain, options);
    const columns = parts.map((part) => this.#columnAt(part, draft));
    const key = keyOf(columns, at, {
      name: options?.type === "ObjectExpression" ? this.#textIn(options, "name") : stringValue(options),
      parts: parts.map((part, index) => columns[index] ?? this.#textOf(part, draft)),
      isPartial: chain.calls.some(({ name }) => name === "where"),
    });
    if (kind === "primary") draft.primaryKey = key;
    else (kind === "unique" ? draft.uniques : draft.indexes).push(key);
    return parts.length > 0;
  }

  /** `pgPolicy("own", { for: "update", to: authenticatedRole, using: sql`…` })` */
  #policy({ first }: Chain, draft: Parts): boolean {
    const name = stringValue(first.arguments[0]);
    const given = first.arguments[1] && unwrap(first.arguments[1]);
    const options = given?.type === "ObjectExpression" ? given : null;
    if (name === null || !options) return false;
    const { permissive, command, roles, using, check } = this.#entry.policy;
    const text = (word: string): string | null => {
      const value = propertyOf(options, word);
      return value && value !== "unknown" ? this.#textOf(value, draft).replaceAll(/^sql`|`$/g, "") : null;
    };
    const to = propertyOf(options, roles);
    const named = to && to !== "unknown" ? this.#rolesIn(to) : ["public"];
    draft.policies.push({
      name,
      command: (this.#textIn(options, command) ?? "all") as Policy["command"],
      roles: named,
      isPermissive: this.#textIn(options, permissive) !== "restrictive",
      using: text(using),
      check: text(check),
      at: placeOf(first, this.#source),
    });
    return true;
  }

  /** Roles by their names, or by what is imported for them: `serviceRole`. */
  #rolesIn(node: TSESTree.Node): string[] {
    const inner = unwrap(node);
    if (inner.type === "ArrayExpression") return inner.elements.flatMap((each) => (each ? this.#rolesIn(each) : []));
    const imported = importOf(inner, this.#source)?.name ?? "";
    return [stringValue(inner) ?? this.#entry.roles[imported] ?? this.#source.text.slice(...inner.range)];
  }

  #textIn(options: TSESTree.ObjectExpression, name: string): string | null {
    const value = propertyOf(options, name);
    return value === "unknown" ? null : stringValue(value);
  }

  #listIn(options: TSESTree.ObjectExpression, name: string): TSESTree.Node[] {
    const value = propertyOf(options, name);
    const list = value && value !== "unknown" ? unwrap(value) : null;
    return list?.type === "ArrayExpression" ? list.elements.filter((element) => element !== null) : [];
  }

  /** What a key is made of: `{ columns: […] }`, or the arguments of `on` and `using`. */
  #partsOf({ calls }: Chain, options: TSESTree.Node | undefined): Arguments | TSESTree.Node[] {
    if (options?.type === "ObjectExpression") return this.#listIn(options, "columns");
    const on = calls.find(({ name }) => name === "on" || name === "onOnly" || name === "using");
    if (!on) return [];
    return on.name === "using" ? on.node.arguments.slice(1) : on.node.arguments;
  }

  /** The column that `table.email`, or `table.email.asc()`, is. */
  #columnAt(node: TSESTree.Node, { columns }: Pick<Draft, "columns">): string | null {
    let inner = unwrap(node);
    while (inner.type === "CallExpression" && inner.callee.type === "MemberExpression") inner = unwrap(inner.callee.object);
    const field = inner.type === "MemberExpression" ? memberName(inner) : null;
    return columns.find((column) => column.field === field)?.name ?? null;
  }

  /** Something calculated, with columns by their names in the database. */
  #textOf(node: TSESTree.Node, { columns }: Pick<Draft, "columns">): string {
    const text = this.#source.text.slice(...node.range);
    return text.replaceAll(/\w+\.(\w+)/g, (whole, field: string) => columns.find((column) => column.field === field)?.name ?? whole).toLowerCase();
  }

  /** `foreignKey({ columns: [table.a], foreignColumns: [users.id] }).onDelete("cascade")` */
  #foreignKey({ first, calls }: Chain, options: TSESTree.Node | undefined, draft: Parts): boolean {
    if (options?.type !== "ObjectExpression") return false;
    const columns = this.#listIn(options, "columns").flatMap((each) => this.#columnAt(each, draft) ?? []);
    const targets = this.#listIn(options, "foreignColumns").map(unwrap);
    const [target] = targets;
    if (columns.length === 0 || target?.type !== "MemberExpression") return false;
    const action = (name: string): string | null => stringValue(calls.find((call) => call.name === name)?.node.arguments[0]);
    // A table that leads to itself speaks of itself by the callback's parameter.
    const own = target.object.type === "Identifier" && this.#isBuilders(target.object);
    draft.foreignKeys.push({
      name: this.#textIn(options, "name"),
      columns,
      to: (own ? null : this.#mention(target.object, this.#source)) ?? { name: draft.model, file: fileOf(this.#source) },
      targetFields: targets.flatMap((each) => (each.type === "MemberExpression" ? (memberName(each) ?? []) : [])),
      onDelete: action("onDelete"),
      onUpdate: action("onUpdate"),
      at: placeOf(first, this.#source),
    });
    return true;
  }
}

type Parts = Pick<Draft, "columns" | "model"> & { primaryKey: Key | null; uniques: Key[]; indexes: Key[]; foreignKeys: LooseKey[]; policies: Policy[] };

/** What a module declares by calls. */
export const readBuilder = (entry: BuilderSchema, source: Source): CodeSchema => new Reader(entry, source).read();
