import type { TSESTree } from "@typescript-eslint/utils";

import type { ObjectDeed, ObjectMigrations } from "../../../knowledge/code-migrations.js";
import type { SqlAction, SqlConstraint, SqlName, SqlStatement } from "../../../languages/sql/syntax.js";
import type { Source } from "../../../syntax/source.js";
import { stringValue } from "../../../syntax/value.js";
import { statementsIn, type Chain, type Link } from "./chains.js";
import { ObjectTables, type Described } from "./described.js";
import { actionAt, alterAt, constraintAt, createTableAt, dropAt, nameAt, partsAt, unknownAt } from "./nodes.js";
import { MigrationReader } from "./reader.js";
import { allOf, isFalse, isTrue, type ObjectNode, type Told } from "./values.js";

/** Adds actions to a table's change. */
type Act = (...actions: readonly SqlAction[]) => true;

/** What brings no keys by itself. */
const plain: ReadonlySet<ObjectDeed> = new Set(["add column", "add columns", "replace column", "replace columns", "change column", "drop columns", "rename column", "drop table", "create table"]);

class Reader extends MigrationReader<ObjectMigrations> {
  readonly #tables: ObjectTables;

  constructor(entry: ObjectMigrations, source: Source) {
    super(entry, source);
    this.#tables = new ObjectTables(entry, source);
  }

  protected chain({ links }: Chain): void {
    const { raw, calls } = this.entry;
    for (const link of links) {
      if (raw.includes(link.name)) this.statements.push(...statementsIn(link.arguments[0], this.source));
      else if (Object.hasOwn(calls, link.name)) this.#step(link, calls[link.name] ?? "none");
    }
  }

  /** What a call may do of which it cannot be told what it does: to a table that it names, to that one. */
  #unknown({ node }: Link, deed: ObjectDeed, table: SqlName | null): void {
    const text = this.source.text.slice(...node.range);
    const isPlain = plain.has(deed) && !text.includes(this.entry.column.references.option);
    if (table && !deed.endsWith(" table")) this.statements.push(...alterAt(table, [actionAt("other", node, {})], node));
    this.statements.push(unknownAt(node, `${text}${isPlain ? "" : " constraint"}`));
  }

  #step(link: Link, deed: ObjectDeed): void {
    const [first, second, third] = link.arguments;
    if (deed === "create type") this.#createType(link);
    else if (deed === "create table") this.#create(link);
    else if (deed !== "none") {
      const table = this.#tables.tableOf(first);
      if (!table || !this.#change(deed, table, second, third, link)) this.#unknown(link, deed, table);
    }
  }

  #createType({ node, arguments: [name, values] }: Link): void {
    const text = this.#tables.textOf(name);
    if (name && text !== null) this.statements.push({ type: "SqlCreateType", name: nameAt(text, name), values: this.#tables.names(values), range: node.range });
  }

  #create(link: Link): void {
    const [first, second, third] = link.arguments;
    const { table: words } = this.entry;
    const whole = this.#tables.objectOf(first);
    const own = this.#tables.option(whole, words.columns);
    const settings = own ? whole : this.#tables.objectOf(third);
    const schema = this.#tables.textOf(this.#tables.option(settings, words.schema));
    const named = this.#tables.tableOf(first);
    if (!named) { this.#unknown(link, "create table", null); return; }
    const name = { ...named, schema: named.schema ?? schema };
    const columns = this.#tables.columns(own ?? this.#tables.valueOf(second));
    const keyed = this.#tables.objectOf(this.#tables.option(settings, "constraints")) ?? settings;
    const keys = this.#tables.tableKeys(keyed, link.node);
    const indexes = this.#tables.indexes(name, this.#tables.option(settings, ...words.indexes), link.node);
    const all = columns ?? [];
    const primary = all.filter(({ isKey }) => isKey).map((each) => each.name);
    const constraints = [...(primary.length > 0 ? [constraintAt("primary key", link.node, { parts: partsAt(primary, link.node) })] : []), ...(keys ?? [])];
    const isWhole = columns !== null && keys !== null && indexes !== null;
    this.statements.push(createTableAt(name, all.map(({ column }) => column), constraints, !isWhole, link.node), ...(indexes ?? []));
  }

  /** Whether it could be told what a call changes. */
  #change(deed: ObjectDeed, table: SqlName, second: TSESTree.Node | undefined, third: TSESTree.Node | undefined, link: Link): boolean {
    const { node } = link;
    const act: Act = (...actions) => {
      this.statements.push(...alterAt(table, actions, node));
      return true;
    };
    switch (deed) {
      case "drop table":
        this.statements.push(dropAt("table", table, node));
        return true;
      case "rename table": {
        const to = this.#tables.tableOf(second);
        if (to) this.statements.push({ type: "SqlRename", object: "table", name: table, to, range: node.range });
        return to !== null;
      }
      case "add column":
      case "add columns": {
        const name = deed === "add column" ? this.#tables.textOf(second) : null;
        const columns = name === null ? this.#tables.columns(this.#tables.valueOf(second)) : second && third ? allOf([this.#tables.described(name, third, second, node)]) : null;
        return columns !== null && act(...columns.flatMap((each) => this.#added(each, node)));
      }
      case "replace column":
        return this.#replace(second, third, node, act);
      case "replace columns": {
        const objects = this.#tables.objects(this.#tables.valueOf(second));
        return objects?.every((each) => this.#replace(this.#tables.option(each, "oldColumn"), this.#tables.option(each, "newColumn"), node, act)) ?? false;
      }
      case "change column":
        return this.#alter(this.#tables.textOf(second), this.#tables.objectOf(third), node, act);
      case "drop columns": {
        const names = this.#tables.names(second);
        return names !== null && act(...names.map((name) => actionAt("drop column", node, { name: nameAt(name, node) })));
      }
      case "rename column": {
        const [from, to] = [this.#tables.textOf(second), this.#tables.textOf(third) ?? this.#tables.textOf(this.#tables.option(this.#tables.objectOf(third), "name"))];
        return from !== null && to !== null && act(actionAt("rename column", node, { name: nameAt(from, node), to: nameAt(to, node) }));
      }
      case "drop primary key":
        return act(actionAt("drop primary key", node, {}));
      case "drop constraint":
      case "drop index":
        return this.#drop(deed, table, second, third, node, act);
      case "add index": {
        const indexes = this.#tables.indexes(table, second, node, third);
        if (indexes) this.statements.push(...indexes);
        return indexes !== null;
      }
      default: {
        const constraints = this.#added(deed === "add constraint" ? this.#tables.anyConstraint(second, third, node) : this.#tables.plainConstraints(deed, second, node), node);
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
    const name = this.#tables.textOf(from) ?? this.#tables.textOf(this.#tables.option(this.#tables.objectOf(from), "name"));
    const object = this.#tables.valueOf(to);
    if (name === null || !from || !object) return false;
    const described = this.entry.column.name === null ? this.#tables.described(name, object, from, node) : this.#tables.named(object);
    // What a change says of keys is added to those that are there.
    const keys = described?.column.constraints.filter(({ kind }) => kind === "unique" || kind === "foreign key") ?? [];
    const placed = keys.map((constraint) => actionAt("add constraint", node, { constraint: { ...constraint, parts: partsAt([described?.name ?? name], node) } }));
    return described !== null && act(actionAt("replace column", node, { name: nameAt(name, node), column: described.column }), ...placed);
  }

  #alter(name: string | null, options: ObjectNode | null, node: TSESTree.Node, act: Act): boolean {
    if (name === null || !options) return false;
    const { column: words } = this.entry;
    const named = nameAt(name, node);
    const type = this.#tables.option(options, words.type);
    const preset = this.#tables.option(options, words.default);
    const required = words.notNull === null ? null : this.#tables.option(options, words.notNull);
    const isFree = isFalse(required) || (words.nullable !== null && isTrue(this.#tables.option(options, words.nullable)));
    const isNothing = preset?.type === "Literal" && preset.value === null;
    return act(
      ...(type ? [actionAt("set type", node, { name: named, dataType: this.#tables.typeOf(type) })] : []),
      ...(preset ? [actionAt(isNothing ? "drop default" : "set default", node, { name: named, expression: this.#tables.expression(preset) })] : []),
      ...(isTrue(required) ? [actionAt("set not null", node, { name: named })] : []),
      ...(isFree ? [actionAt("drop not null", node, { name: named })] : []),
    );
  }

  /** A key that goes by its name, or by its columns where the name is made of those. */
  #drop(deed: "drop constraint" | "drop index", table: SqlName, second: TSESTree.Node | undefined, third: TSESTree.Node | undefined, node: TSESTree.Node, act: Act): boolean {
    const object = this.#tables.objectOf(second);
    const said = this.#tables.textOf(this.#tables.option(object ?? this.#tables.objectOf(third), ...this.entry.key.name));
    const value = this.#tables.valueOf(second);
    const columns = value?.type === "ArrayExpression" ? this.#tables.names(value) : null;
    const name = said ?? (columns ? this.#tables.madeName(table, columns) : stringValue(value));
    return name !== null && act(actionAt(deed, node, { name: nameAt(name, node) }));
  }
}

/** What a migration does whose calls are handed objects. */
export const readObjectMigrations = (entry: ObjectMigrations, source: Source): readonly SqlStatement[] => new Reader(entry, source).read();
