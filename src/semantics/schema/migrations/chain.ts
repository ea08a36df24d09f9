import type { TSESTree } from "@typescript-eslint/utils";

import type { ChainMigrations, ChainWord } from "../../../knowledge/code-migrations.js";
import type { SqlAction, SqlColumn, SqlConstraint, SqlDataType, SqlExpression, SqlKeyPart, SqlName, SqlStatement } from "../../../languages/sql/syntax.js";
import type { Source } from "../../../syntax/source.js";
import { memberName, stringValue, unwrap } from "../../../syntax/value.js";
import { isFunction } from "../../../syntax/walk.js";
import { chainOf, statementsIn, type Chain, type Link } from "./chains.js";
import { columnFacts, type ColumnFacts } from "./columns.js";
import { actionAt, alterAt, calculatedPart, columnAt, constraintAt, createIndexAt, createTableAt, dropAt, expressionAt, nameAt, partsAt, referenceAt, typeAt, unknownAt } from "./nodes.js";
import { MigrationReader } from "./reader.js";

const textsIn = (node: TSESTree.Node | undefined): string[] =>
  node?.type === "ArrayExpression" ? node.elements.flatMap((element) => stringValue(element && unwrap(element)) ?? []) : [stringValue(node)].filter((text) => text !== null);

/** A column by its name, without what says how it is sorted: `"created_at desc"`. */
const sorted = (name: string): string => name.split(" ")[0] ?? name;

/** The text of SQL that is written in a tagged template. */
const taggedText = (node: TSESTree.Node | undefined): string | null =>
  node?.type === "TaggedTemplateExpression" && node.quasi.expressions.length === 0 ? (node.quasi.quasis[0]?.value.raw ?? null) : null;

/** The calls on the parameter of a callback: `(column) => column.notNull()`. */
function callsIn(node: TSESTree.Node | undefined): readonly Link[] | null {
  if (!isFunction(node) || node.body.type === "BlockStatement") return null;
  const body = unwrap(node.body);
  if (body.type === "Identifier") return [];
  return body.type === "CallExpression" ? (chainOf(body)?.links ?? null) : null;
}

/** What the calls of a chain add up to. */
interface Parts {
  readonly columns: SqlColumn[];
  readonly constraints: SqlConstraint[];
  readonly actions: SqlAction[];
  readonly keyParts: SqlKeyPart[];
  values: readonly string[] | null;
  on: SqlName | null;
  where: SqlExpression | null;
  isUnique: boolean;
  isWhole: boolean;
}

class Reader extends MigrationReader<ChainMigrations> {
  /** `` sql`…`.execute(db) ``, or a function of the project's own. */
  protected override elsewhere(node: TSESTree.CallExpression): void {
    const callee = unwrap(node.callee);
    const run = callee.type === "MemberExpression" ? unwrap(callee.object) : null;
    if (run?.type === "TaggedTemplateExpression" || (run?.type === "CallExpression" && this.#isRaw(run))) {
      this.statements.push(...statementsIn(run.type === "CallExpression" ? run.arguments[0] : run, this.source));
    } else super.elsewhere(node);
  }

  #isRaw({ callee }: TSESTree.CallExpression): boolean {
    const name = callee.type === "MemberExpression" ? memberName(callee) : callee.type === "Identifier" ? callee.name : null;
    return name !== null && this.entry.raw.includes(name);
  }

  protected chain({ links, node }: Chain): void {
    const at = links.findIndex(({ name }) => Object.hasOwn(this.entry.schema, name));
    const first = links[at];
    const kind = first && this.entry.schema[first.name];
    if (!first || kind === undefined || kind === "none") return;
    const [named] = first.arguments;
    const text = stringValue(named);
    if (!named || text === null) {
      this.statements.push(unknownAt(node, this.source.text.slice(...node.range)));
      return;
    }
    const schema = stringValue(links.find(({ name }) => name === "withSchema")?.arguments[0]);
    const name = nameAt(text, named, schema);
    const parts: Parts = { columns: [], constraints: [], actions: [], keyParts: [], values: null, on: null, where: null, isUnique: false, isWhole: true };
    for (const link of links.slice(at + 1)) this.#part(link, kind === "create table", schema, parts);
    if (kind === "create table") this.statements.push(createTableAt(name, parts.columns, parts.constraints, !parts.isWhole, node));
    else if (kind === "alter table") this.statements.push(...alterAt(name, parts.actions, node));
    else if (kind === "create index" && parts.on && parts.keyParts.length > 0) this.statements.push(createIndexAt(name, parts.on, parts.keyParts, parts.isUnique, node, parts.where));
    else if (kind === "create type") this.statements.push({ type: "SqlCreateType", name, values: parts.values, range: node.range });
    else if (kind.startsWith("drop ")) this.statements.push(dropAt(kind.slice(5), name, node));
  }

  #typeOf(node: TSESTree.Node | undefined): SqlDataType | null {
    const text = stringValue(node) ?? taggedText(node);
    return node && text !== null ? typeAt(text, node) : null;
  }

  #part(link: Link, isNew: boolean, schema: string | null, parts: Parts): void {
    const word: ChainWord | undefined = Object.hasOwn(this.entry.calls, link.name) ? this.entry.calls[link.name] : undefined;
    const { node, arguments: given } = link;
    const [first, second, third] = given;
    const text = stringValue(first);
    const name = nameAt(text ?? "", first ?? node);
    const act = (kind: SqlAction["kind"], more: Partial<SqlAction> = {}): void => void parts.actions.push(actionAt(kind, node, { name, ...more }));
    const add = (constraint: SqlConstraint): void => {
      if (isNew) parts.constraints.push(constraint);
      else act("add constraint", { constraint });
    };
    switch (word) {
      case "add column":
      case "replace column": {
        const column = this.#column(link, parts);
        if (!column) parts.isWhole = false;
        else if (isNew) parts.columns.push(column);
        else act(word, { column });
        return;
      }
      case "alter column":
        this.#change(link, parts);
        return;
      case "drop column":
      case "drop constraint":
        act(word);
        return;
      case "rename column":
        if (second) act(word, { to: nameAt(stringValue(second) ?? "", second) });
        return;
      case "rename table":
        act(word, { to: name });
        return;
      case "set schema":
        act(word, { to: name });
        return;
      case "add primary key":
      case "add unique":
        add(constraintAt(word === "add unique" ? "unique" : "primary key", node, { name, parts: partsAt(textsIn(second), node) }));
        return;
      case "add foreign key": {
        const actions = actionsOf(given[4], this.entry);
        const target = stringValue(third);
        if (target === null) parts.isWhole = false;
        else add(constraintAt("foreign key", node, { name, parts: partsAt(textsIn(second), node), references: referenceAt(nameAt(target, node, schema), textsIn(given[3]), node, actions) }));
        return;
      }
      case "on":
        parts.on = nameAt(text ?? "", first ?? node, schema);
        return;
      case "columns":
        parts.keyParts.push(...partsAt(textsIn(first).map(sorted), node));
        return;
      case "expression":
        parts.keyParts.push(calculatedPart(taggedText(first) ?? this.source.text.slice(...node.range), node));
        return;
      case "unique":
        parts.isUnique = true;
        return;
      case "where":
        parts.where = expressionAt(this.source.text.slice(...(first ?? node).range), node);
        return;
      case "enum":
        parts.values = textsIn(first);
        return;
      case "derive":
        parts.isWhole = false;
        return;
      default:
        // A function of the project's own, which adds what it adds.
        if (link.name === "$call") parts.isWhole = false;
    }
  }

  #column({ arguments: [named, type, callback], node }: Link, parts: Parts): SqlColumn | null {
    const text = stringValue(named);
    const calls = callback ? callsIn(callback) : [];
    if (!named || text === null) return null;
    const facts: ColumnFacts | null = calls && columnFacts(calls, this.entry.column, this.source);
    parts.isWhole &&= facts?.isWhole ?? false;
    return columnAt(text, this.#typeOf(type), facts?.constraints ?? [], named, node);
  }

  /** `alterColumn("email", (column) => column.setNotNull())` */
  #change({ arguments: [named, callback], node }: Link, parts: Parts): void {
    const text = stringValue(named);
    const calls = callsIn(callback);
    if (!named || text === null || !calls) return;
    for (const { name, arguments: [value] } of calls) {
      const kind = Object.hasOwn(this.entry.change, name) ? this.entry.change[name] : undefined;
      if (!kind) continue;
      const expression = kind === "set default" && value ? expressionAt(this.source.text.slice(...value.range), value) : null;
      parts.actions.push(actionAt(kind, node, { name: nameAt(text, named), dataType: kind === "set type" ? this.#typeOf(value) : null, expression }));
    }
  }
}

/** What happens to a row whose other end goes: `(key) => key.onDelete("cascade")`. */
function actionsOf(callback: TSESTree.Node | undefined, { column: words }: ChainMigrations): { onDelete: string | null; onUpdate: string | null } {
  const calls = callsIn(callback) ?? [];
  const textOf = (word: "on delete" | "on update"): string | null => stringValue(calls.find(({ name }) => Object.hasOwn(words, name) && words[name] === word)?.arguments[0])?.toLowerCase() ?? null;
  return { onDelete: textOf("on delete"), onUpdate: textOf("on update") };
}

/** What a migration does that is a row of chains. */
export const readChains = (entry: ChainMigrations, source: Source): readonly SqlStatement[] => new Reader(entry, source).read();
