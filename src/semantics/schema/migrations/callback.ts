import type { TSESTree } from "@typescript-eslint/utils";

import type { CallbackMigrations, TableWord } from "../../../knowledge/code-migrations.js";
import type { SqlAction, SqlColumn, SqlConstraint, SqlCreateIndex, SqlName, SqlStatement } from "../../../languages/sql/syntax.js";
import type { Source } from "../../../syntax/source.js";
import { propertyOf, stringValue, unwrap } from "../../../syntax/value.js";
import { isFunction } from "../../../syntax/walk.js";
import { eachChain, statementsIn, type Chain, type Link } from "./chains.js";
import { columnFacts } from "./columns.js";
import { actionAt, alterAt, columnAt, constraintAt, createIndexAt, createTableAt, dropAt, nameAt, partsAt, referenceAt, typeAt, unknownAt } from "./nodes.js";
import { MigrationReader } from "./reader.js";

const textsIn = (node: TSESTree.Node | undefined): string[] => {
  if (node?.type === "ArrayExpression") return node.elements.flatMap((element) => (element ? textsIn(unwrap(element)) : []));
  return stringValue(node) === null ? [] : [stringValue(node) ?? ""];
};

/** What a callback does to its table. */
interface Changes {
  readonly columns: SqlColumn[];
  readonly constraints: SqlConstraint[];
  readonly actions: SqlAction[];
  readonly indexes: SqlCreateIndex[];
  isWhole: boolean;
}

class Reader extends MigrationReader<CallbackMigrations> {
  #textOf(node: TSESTree.Node): string {
    return this.source.text.slice(...node.range);
  }

  protected chain({ links }: Chain): void {
    const schema = links.find(({ name }) => name === "withSchema")?.arguments[0];
    for (const link of links) {
      if (this.entry.raw.includes(link.name)) this.statements.push(...statementsIn(link.arguments[0], this.source));
      else this.#step(link, schema ? stringValue(schema) : null);
    }
  }

  #step({ name, node, arguments: given }: Link, schema: string | null): void {
    const word = Object.hasOwn(this.entry.schema, name) ? this.entry.schema[name] : undefined;
    if (word === undefined || word === "none") return;
    const [first, second] = given;
    const text = stringValue(first);
    if (!first || text === null) {
      this.statements.push(unknownAt(node, this.#textOf(node)));
      return;
    }
    const table = nameAt(text, first, schema);
    if (word === "drop table") this.statements.push(dropAt("table", table, node));
    else if (word === "rename table") this.#rename(table, second, node);
    else if (word === "derive table") this.statements.push(createTableAt(table, [], [], true, node));
    else this.#change(word === "create table", table, second, node);
  }

  #rename(table: SqlName, to: TSESTree.Node | undefined, node: TSESTree.Node): void {
    const text = stringValue(to);
    if (to && text !== null) this.statements.push({ type: "SqlRename", object: "table", name: table, to: nameAt(text, to), range: node.range });
  }

  #change(isNew: boolean, table: SqlName, callback: TSESTree.Node | undefined, node: TSESTree.Node): void {
    const changes: Changes = { columns: [], constraints: [], actions: [], indexes: [], isWhole: isFunction(callback) };
    if (isFunction(callback)) {
      eachChain(
        callback,
        this.source,
        ({ links: [first, ...rest] }) => first && this.#tableStep(first, rest, table, changes, isNew),
        () => {
          changes.isWhole = false;
        },
      );
    }
    if (isNew) this.statements.push(createTableAt(table, changes.columns, changes.constraints, !changes.isWhole, node));
    this.statements.push(...alterAt(table, changes.actions, node), ...changes.indexes);
    if (!isNew && !changes.isWhole) this.statements.push(unknownAt(node, `${table.text} constraint`));
  }

  #tableStep(first: Link, rest: readonly Link[], table: SqlName, changes: Changes, isNew: boolean): void {
    const { types, table: words } = this.entry;
    const hasName = stringValue(first.arguments[0]) !== null || this.entry.counters.includes(first.name);
    if (Object.hasOwn(types, first.name) && hasName) this.#column(first, rest, table, changes, isNew);
    else if (Object.hasOwn(words, first.name)) this.#tableWord(words[first.name] ?? "none", first, rest, table, changes, isNew);
    else changes.isWhole = false;
  }

  #column(first: Link, rest: readonly Link[], table: SqlName, changes: Changes, isNew: boolean): void {
    const { types, counters, column: words } = this.entry;
    const [written, second] = first.arguments;
    const name = stringValue(written) ?? "id";
    const at = written ?? first.node;
    const whole = rest.at(-1)?.node ?? first.node;
    const facts = columnFacts(rest, words, this.source);
    const known = types[first.name] ?? "";
    const type = known === "*" ? (stringValue(second) ?? "") : known;
    const named = (constraint: SqlConstraint): SqlConstraint => {
      const ending = constraint.kind === "unique" ? "unique" : constraint.kind === "foreign key" ? "foreign" : null;
      return ending ? { ...constraint, name: this.#madeName([name], table, ending, whole) } : constraint;
    };
    const own = counters.includes(first.name) ? [constraintAt("primary key", first.node)] : [];
    const column = columnAt(name, type === "" ? null : typeAt(type, first.node), [...own, ...facts.constraints.map(named)], at, whole);
    changes.isWhole &&= facts.isWhole;
    if (isNew) changes.columns.push(column);
    else changes.actions.push(actionAt(facts.isReplaced ? "replace column" : "add column", whole, { name: nameAt(name, at), column }));
    if (facts.isIndexed) changes.indexes.push(createIndexAt(this.#madeName([name], table, "index", whole), table, partsAt([name], at), false, whole));
  }

  #madeName(columns: readonly string[], table: SqlName, kind: keyof CallbackMigrations["endings"], at: TSESTree.Node): SqlName {
    const ending = this.entry.endings[kind];
    return nameAt([table.text, ...(kind === "primary" ? [] : columns), ending].join("_").toLowerCase().replaceAll(/[.\s-]/g, "_"), at);
  }

  /** The name that is written for a key, or that it is given. */
  #keyName({ arguments: [columns, written], node }: Link, table: SqlName, kind: keyof CallbackMigrations["endings"]): SqlName {
    const option = written?.type === "ObjectExpression" ? propertyOf(written, "indexName") : written;
    const text = option && option !== "unknown" ? stringValue(option) : null;
    return text === null ? this.#madeName(textsIn(columns), table, kind, node) : nameAt(text, node);
  }

  #add(constraint: SqlConstraint, node: TSESTree.Node, changes: Changes, isNew: boolean): void {
    if (isNew) changes.constraints.push(constraint);
    else changes.actions.push(actionAt("add constraint", node, { constraint }));
  }

  #tableWord(word: TableWord, link: Link, rest: readonly Link[], table: SqlName, changes: Changes, isNew: boolean): void {
    const { node, arguments: given } = link;
    const [first, second] = given;
    const columns = textsIn(first);
    const add = (constraint: SqlConstraint): void => this.#add(constraint, node, changes, isNew);
    const act = (kind: SqlAction["kind"], name: SqlName, to: SqlName | null = null): void => void changes.actions.push(actionAt(kind, node, { name, to }));
    switch (word) {
      case "drop columns":
        for (const name of given.flatMap(textsIn)) act("drop column", nameAt(name, node));
        return;
      case "rename column":
        if (columns[0] !== undefined && second && stringValue(second) !== null) act("rename column", nameAt(columns[0], node), nameAt(stringValue(second) ?? "", second));
        return;
      case "add primary key":
        if (columns.length > 0) add(constraintAt("primary key", node, { name: this.#keyName(link, table, "primary"), parts: partsAt(columns, node) }));
        else changes.isWhole = false;
        return;
      case "add unique":
        if (columns.length > 0) add(constraintAt("unique", node, { name: this.#keyName(link, table, "unique"), parts: partsAt(columns, node) }));
        else changes.isWhole = false;
        return;
      case "add index":
        if (columns.length > 0) changes.indexes.push(createIndexAt(this.#keyName(link, table, "index"), table, partsAt(columns, node), false, node));
        else changes.isWhole = false;
        return;
      case "add foreign key":
        this.#foreignKey(link, rest, table, changes, isNew);
        return;
      case "drop primary key":
        changes.actions.push(actionAt("drop primary key", node, {}));
        return;
      case "drop unique":
        act("drop constraint", this.#keyName(link, table, "unique"));
        return;
      case "drop index":
        act("drop index", this.#keyName(link, table, "index"));
        return;
      case "drop foreign key":
        act("drop constraint", this.#keyName(link, table, "foreign"));
        return;
      case "set nullable":
      case "drop nullable":
        for (const name of columns) act(word === "set nullable" ? "drop not null" : "set not null", nameAt(name, node));
        return;
      case "timestamps":
        this.#timestamps(link, changes, isNew);
        return;
      case "drop timestamps":
        for (const name of this.#timestampNames(first)) act("drop column", nameAt(name, node));
        return;
      default:
    }
  }

  /** `table.foreign("owner_id").references("users.id").onDelete("CASCADE")` */
  #foreignKey(link: Link, rest: readonly Link[], table: SqlName, changes: Changes, isNew: boolean): void {
    const columns = textsIn(link.arguments[0]);
    const textOf = (name: string): TSESTree.Node | undefined => rest.find((each) => each.name === name)?.arguments[0];
    const written = textsIn(textOf("references"));
    const named = stringValue(textOf("inTable"));
    const [whole = ""] = written;
    const at = whole.lastIndexOf(".");
    const target = named ?? (at > 0 ? whole.slice(0, at) : null);
    if (columns.length === 0 || target === null) {
      changes.isWhole = false;
      return;
    }
    const actionOf = (name: string): string | null => stringValue(textOf(name))?.toLowerCase() ?? null;
    const references = referenceAt(nameAt(target, link.node), named === null ? [whole.slice(at + 1)] : written, link.node, { onDelete: actionOf("onDelete"), onUpdate: actionOf("onUpdate") });
    this.#add(constraintAt("foreign key", link.node, { name: this.#keyName(link, table, "foreign"), parts: partsAt(columns, link.node), references }), link.node, changes, isNew);
  }

  #timestampNames(options: TSESTree.Node | undefined, camel?: TSESTree.Node): readonly string[] {
    const { usual, camel: other } = this.entry.timestamps;
    const said = options?.type === "ObjectExpression" ? propertyOf(options, "useCamelCase") : camel;
    return said && said !== "unknown" && said.type === "Literal" && said.value === true ? other : usual;
  }

  #timestamps({ node, arguments: [first, second, third] }: Link, changes: Changes, isNew: boolean): void {
    const said = first?.type === "ObjectExpression" ? propertyOf(first, "defaultToNow") : second;
    const hasDefault = said && said !== "unknown" && said.type === "Literal" && said.value === true;
    for (const name of this.#timestampNames(first, third)) {
      const constraints = hasDefault ? [constraintAt("not null", node), constraintAt("default", node, { expression: { type: "SqlExpression", text: "now()", range: node.range } })] : [];
      const column = columnAt(name, typeAt("timestamp", node), constraints, node, node);
      if (isNew) changes.columns.push(column);
      else changes.actions.push(actionAt("add column", node, { name: nameAt(name, node), column }));
    }
  }
}

/** What a migration does that is given a table to change. */
export const readCallbacks = (entry: CallbackMigrations, source: Source): readonly SqlStatement[] => new Reader(entry, source).read();
