import type { TSESLint, TSESTree } from "@typescript-eslint/utils";

import type { Failure, ListDriver, Place, QueryKind, Runs, Word } from "../../knowledge/orms.js";
import { currentPass } from "../../project/file.js";
import { type Fate, fateOf } from "../../syntax/fate.js";
import { variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { calledName, callsIn, callsNamed } from "../../syntax/nodes.js";
import { memberName, numberValue, outermost, resolveConst, stringValue, unwrap } from "../../syntax/value.js";
import { isFunction } from "../../syntax/walk.js";
import { at, type Columns, conditionsOf, dataOf, isAggregated, joined, settledNode } from "./columns.js";
import { clauseOf, type Located, locate, mayBeginQuery, mayEndQuery, mayRunQuery, mayTagQuery, operationOf, mayReachDatabase, untracedPart } from "./databases.js";
import type { Presence } from "../program/presence.js";
import { definitionOf, GLOBAL, type Origin, originOf } from "../program/provenance.js";
import { listOf, readStatement, type Statement, type Values } from "./statements.js";

export type { Column, Columns } from "./columns.js";

type QueryNode = TSESTree.CallExpression | TSESTree.TaggedTemplateExpression;

/** One call in the chain of a query. */
interface QueryCall {
  readonly name: string;
  readonly node: QueryNode;
}

/** A query to a database: `prisma.user.findMany(…)`, `supabase.from("users").select().eq(…)`, `db.select().from(users).where(…)`. */
export interface Query {
  /** The library, by its name in messages. */
  readonly orm: string;
  /** The outermost call of the chain. */
  readonly node: QueryNode;
  /** The calls of the chain, in the order of the text. */
  readonly calls: readonly QueryCall[];
  /** The expression that the chain begins at: `prisma`, `this.repository`, `createClient(…)`. */
  readonly receiver: TSESTree.Node;
  /** Where the receiver comes from; its `creation` is the place where the client was made. */
  readonly client: Origin;
  /** The table as it is written: delegate, table name, entity; `null` where the query names none or it cannot be told. */
  readonly model: string | null;
  /** The call that says what is done: `findMany`, `update`, `rpc`. */
  readonly operation: string;
  readonly kind: QueryKind;
  /** Whether rows may change. */
  readonly effect: "read" | "write" | "unknown";
  /** The columns that pick the rows, `null` when every row is meant. */
  readonly filter: Columns | null;
  /** The columns that are written, `null` when none are. */
  readonly data: Columns | null;
  /** Whether the number of rows is bounded. */
  readonly limit: Presence;
  readonly runs: Runs;
  /** Whether nothing is sent by the call itself: it must be awaited, or told to run. */
  readonly lazy: boolean;
  /** Whether the chain may go on from here: with conditions, and a limit. */
  readonly open: boolean;
  readonly failure: Failure;
  /** Whether calls that are made at the same time are sent as one query. */
  readonly batches: boolean;
  /** Whether the rows are picked by a key that the database keeps unique. */
  readonly byKey: boolean;
  /** How the library asks for the rows whose column holds any of several values; `{column}` is the column. */
  readonly among: string;
  /** How the library writes several tables so that all or nothing is kept, in a sentence; and creates rows that need each other. `null` where its driver cannot. */
  readonly atomic: string | null;
  readonly atomicCreate: string | null;
  /** Whether the driver keeps no transaction open between two queries: none can use what another has given. */
  readonly inListsOnly: boolean;
  /** Whether one statement can give each of many rows values of its own. */
  readonly setsEach: boolean;
  /** Whether a statement in SQL puts the rows in order. */
  readonly ordered: boolean;
  /** Whether a transaction of the library leaves its connection to others between its queries. */
  readonly sharesConnections: boolean;
  /** Whether the library has transactions that code can open. */
  readonly hasTransactions: boolean;
  /** Whether a row itself may stand where its key is meant. */
  readonly rowsAsKeys: boolean;
  /** Whether the database decides whose rows the query may touch. */
  readonly rowSecurity: boolean;
  /** Whether the query goes through the handle of a transaction, as far as the way to its client tells. */
  readonly throughHandle: boolean;
  /** Where the options of the query stand in the call of its operation; `null` where they have no place. */
  readonly optionsAt: number | null;
  /** Whether it is called on a row, to change that. */
  readonly ofRow: boolean;
  /** Whether a row that was read in a transaction is what it is called on, and takes part in that without a word. */
  readonly remembers: boolean;
}

interface Link {
  /** A member's name, or `()`. */
  readonly step: string;
  readonly node: TSESTree.Node;
}

/** The members and calls of a chain, in the order of the text, and what they begin at. */
function chainOf(node: TSESTree.Node): { base: TSESTree.Node; links: readonly Link[] } {
  const links: Link[] = [];
  for (let inner = unwrap(node); ; ) {
    if (inner.type === "CallExpression") {
      links.unshift({ step: "()", node: inner });
      inner = unwrap(inner.callee);
    } else if (inner.type === "TaggedTemplateExpression") {
      links.unshift({ step: "()", node: inner });
      inner = unwrap(inner.tag);
    } else if (inner.type === "MemberExpression" && inner.object.type !== "Super") {
      links.unshift({ step: memberName(inner) ?? "", node: inner });
      inner = unwrap(inner.object);
    } else {
      return { base: inner, links };
    }
  }
}

/** The steps of an origin that stand in one chain. Those before lie behind a variable, a field, another file. */
interface Way {
  /** The first step of the chain's own. */
  readonly start: number;
  /** The expression that has come the steps before. */
  readonly base: TSESTree.Node;
  nodeAt(step: number): TSESTree.Node | undefined;
}

function wayTo(node: TSESTree.Node, steps: readonly string[], floor: number): Way {
  const { base, links } = chainOf(node);
  let index = links.length;
  let start = steps.length;
  for (; index > 0 && start > floor && links[index - 1]?.step === steps[start - 1]; start -= 1) index -= 1;
  return { start, base: links[index - 1]?.node ?? base, nodeAt: (step) => (step < start ? undefined : links[index + step - start]?.node) };
}

interface Spoken {
  readonly name: string;
  readonly word: Word;
  readonly node: QueryNode;
}

const isCall = (node: TSESTree.Node): node is TSESTree.CallExpression => node.type === "CallExpression";

const asList = (places: Place | readonly Place[] | undefined): readonly Place[] => (places === undefined ? [] : typeof places === "string" ? [places] : places);

const effects: Readonly<Partial<Record<QueryKind, "read" | "write">>> = {
  "read-one": "read",
  "read-many": "read",
  count: "read",
  aggregate: "read",
  create: "write",
  "create-many": "write",
  update: "write",
  "update-many": "write",
  upsert: "write",
  save: "write",
  delete: "write",
  "delete-many": "write",
};

/** A name as the module has it that it comes from: `import { orders as ordersTable }`. */
function importedName(name: TSESTree.Identifier, source: Source): string {
  const specifier = variableOf(name, source)?.defs[0]?.node;
  return specifier?.type === "ImportSpecifier" && specifier.imported.type === "Identifier" && specifier.imported.name !== "default" ? specifier.imported.name : name.name;
}

/** `User` in `Repository<User>`, `users` in `schema.users`, `"users"`. */
function nameIn(node: TSESTree.Node, source: Source): string | null {
  const inner = unwrap(node);
  if (inner.type === "TSTypeReference") return inner.typeName.type === "Identifier" ? inner.typeName.name : null;
  if (inner.type === "MemberExpression") return memberName(inner);
  // "orders as o"
  const text = stringValue(settledNode(inner, source))?.split(/\s+as\s+/i)[0] ?? null;
  return text ?? (inner.type === "Identifier" ? importedName(inner, source) : null);
}

const startsLikeSql = /^\s*(?:select|insert|update|delete|with|truncate|replace|merge|call|begin|commit|rollback|create|alter|drop)\b/i;

/** Whether a template begins with a word of SQL: a look at the text only. */
const isSqlTemplate = ({ quasi }: TSESTree.TaggedTemplateExpression): boolean => startsLikeSql.test(quasi.quasis[0]?.value.raw ?? "");

/** The first word of raw SQL tells a read from a write. */
function effectOfSql(node: QueryNode, source: Source): Query["effect"] {
  let text: TSESTree.Node | undefined = node.type === "TaggedTemplateExpression" ? node.quasi : node.arguments[0];
  text = text && settledNode(text, source);
  if (text?.type === "TaggedTemplateExpression") text = text.quasi;
  const start = text?.type === "TemplateLiteral" ? text.quasis[0]?.value.raw : text && stringValue(text);
  const word = /^[\s(]*(\w+)/.exec(start ?? "")?.[1]?.toLowerCase();
  if (word === undefined) return "unknown";
  if (/^(?:insert|update|delete|merge|truncate|drop|alter|create)$/.test(word)) return "write";
  return /^(?:select|show|explain)$/.test(word) ? "read" : "unknown";
}

/** Whether the answer goes to a callback in the way of Node: `connection.query(sql, (error, rows) => …)`. */
export function takesCallback(node: TSESTree.Node, source: Source): boolean {
  const last = "arguments" in node ? node.arguments.at(-1) : undefined;
  if (!last) return false;
  const value = resolveConst(last, source);
  if (isFunction(value) || (value.type === "Identifier" && /^(?:cb|callback|done|next)$/.test(value.name))) return true;
  return value.type === "Identifier" && variableOf(value, source)?.defs[0]?.type === "FunctionName";
}

/** The word that says what a query does. What is built may begin with any word; then it is one of its own, or the one that runs it. */
function tellingWord(words: readonly Spoken[], located: Located): Spoken | undefined {
  const begins = words.find(({ word }) => word.kind);
  if (!isTold(located) && !located.part.anyOrder) return begins;
  const telling = words.find(({ word, name }) => word.kind && (clauseOf(located, name)?.kind ?? !clauseOf(located, name)));
  return telling ?? (located.part.anyOrder ? begins : words.find(({ word }) => word.runs));
}

interface Reading {
  readonly located: Located;
  readonly steps: readonly string[];
  readonly way: Way;
  readonly words: readonly Spoken[];
  /** What other statements add, where the query or its builder is kept in a variable. */
  readonly more: readonly Spoken[];
  /** Whether somebody else may have added something. */
  readonly open: boolean;
  readonly receiver: TSESTree.Node;
  readonly client: Origin;
  readonly source: Source;
}

/** The argument or type argument that names the table: in this chain, or in the one that made what this one begins at. */
function nodeNaming(model: NonNullable<Located["model"]>, way: Way, client: Origin, source: Source, hops = 3): { node: TSESTree.Node; source: Source } | null {
  const node = way.nodeAt(model.at);
  if (node) return node.type === "CallExpression" && node.arguments[0] ? { node: node.arguments[0], source } : null;
  const { declaredAs, creation, createdIn, steps } = client;
  const named = model.kind === "type" && declaredAs?.type === "TSTypeReference" ? declaredAs.typeArguments?.params[0] : undefined;
  if (named) return { node: named, source };
  if (hops === 0 || creation?.type !== "CallExpression" || !createdIn) return null;
  const before = wayTo(creation, steps.slice(0, steps.lastIndexOf("()") + 1), 0);
  const origin = originOf(before.base, createdIn);
  return origin && nodeNaming(model, before, origin, createdIn, hops - 1);
}

/** An entity that was made, and not sent yet. */
interface Built {
  readonly data: TSESTree.Node | null;
  readonly model: string | null;
}

function builtBy(call: TSESTree.CallExpression, source: Source): Built | null {
  const origin = originOf(call.callee, source);
  const steps = origin ? [...origin.steps, "()"] : [];
  const located = origin && locate({ module: origin.module, steps });
  if (!located || located.at !== steps.length - 2) return null;
  const word = operationOf(located, steps[located.at] ?? "");
  if (!word?.builds) return null;
  const data = at(call, word.builds, source);
  return { data: data === "unknown" ? null : data, model: modelOfBuilder(call, word, located, origin, source) };
}

function modelOfBuilder(call: TSESTree.CallExpression, word: Word, located: Located, origin: Origin, source: Source): string | null {
  const named = word.model ? at(call, word.model, source) : null;
  if (named && named !== "unknown") return nameIn(named, source);
  if (!located.model) return null;
  const way = wayTo(call, [...origin.steps, "()"], located.client);
  const begin = receiverOf(way, located, origin, source);
  const found = begin && nodeNaming(located.model, way, begin.client, source);
  return found && nameIn(found.node, found.source);
}

/** The statement that an expression is a part of, in its own function. */
const statementOf = (node: TSESTree.Node): TSESTree.Node => {
  let current = node;
  while (current.parent && !/Statement$|Declaration$|^Program$|^SwitchCase$/.test(current.type) && !isFunction(current)) current = current.parent;
  return current;
};

/** The arguments that stand for the parameters of a statement. */
function restOf(call: TSESTree.CallExpression, from: number, source: Source): Values {
  const [first, ...more] = call.arguments.slice(from);
  const isOne = first !== undefined && more.length === 0 && /^(?:Array|Object)Expression$/.test(settledNode(first, source).type);
  return isOne ? listOf(first, source) : { list: call.arguments.slice(from) };
}

/** What stands in the first of some places; where a text is wanted, no object of options. */
function firstAt(places: Place | readonly Place[], call: TSESTree.CallExpression, source: Source, isText: boolean): TSESTree.Node | null {
  for (const place of asList(places)) {
    const found = at(call, place, source);
    if (found && found !== "unknown" && !(isText && settledNode(found, source).type === "ObjectExpression")) return found;
  }
  return null;
}

/** The call of that name in a chain, or in the one that made what this one begins at. */
function callNamed(name: string, node: TSESTree.Node, { creation }: Origin): TSESTree.CallExpression | null {
  for (const chain of [node, creation]) {
    const links = chain ? chainOf(chain).links : [];
    const call = links[links.findIndex(({ step }) => step === name) + 1]?.node;
    if (call?.type === "CallExpression" && links.some(({ step }) => step === name)) return call;
  }
  return null;
}

/** Where an advice calls the client, with what it is usually called. */
const clientPlace = /\{client:(\w+)\}/;

/** Says what a chain means once its words are known. Whatever is not asked for is not computed. */
class SpokenQuery implements Query {
  readonly orm: string;
  readonly node: QueryNode;
  readonly calls: readonly QueryCall[];
  readonly operation: string;
  readonly kind: QueryKind;
  readonly runs: Runs;
  readonly failure: Failure;
  readonly throughHandle: boolean;

  readonly receiver: TSESTree.Node;
  readonly client: Origin;

  constructor(private readonly reading: Reading) {
    const { located, words, receiver, client } = reading;
    const { orm, part } = located;
    const [first] = words as [Spoken, ...Spoken[]];
    this.orm = orm.name;
    this.node = (words.at(-1) as Spoken).node;
    this.calls = words.map(({ name, node }) => ({ name, node }));
    this.operation = (tellingWord(words, located) ?? first).name;
    const isSent = words.some(({ word, node }) => word.runs === true || (orm.takesCallbacks === true && takesCallback(node, reading.source)));
    this.runs = isSent ? "at-once" : (part.runs ?? orm.runs);
    this.failure = words.findLast(({ word }) => word.failure)?.word.failure ?? part.failure ?? orm.failure;
    this.throughHandle = located.handle || words.some(({ word }) => word.joins !== undefined);
    this.receiver = receiver;
    this.client = client;
    this.kind = this.kindOfWords();
  }

  private get source(): Source {
    return this.reading.source;
  }

  private get words(): readonly Spoken[] {
    return this.reading.words;
  }

  /** The words of the chain and those of other statements, in the order of the text. */
  private get all(): readonly Spoken[] {
    const { words, more } = this.reading;
    return more.length === 0 ? words : [...words, ...more].sort((one, other) => one.node.range[1] - other.node.range[1]);
  }

  private kindOfWords(): QueryKind {
    let kind = this.kindSoFar();
    const { statement } = this;
    for (const { word, node } of this.all) {
      kind = (word.sql && statement ? statement.kind : word.kind) ?? kind;
      if (word.fields && isCall(node)) {
        const fields = at(node, word.fields, this.source);
        if (fields && fields !== "unknown" && isAggregated(fields, this.reading.located.orm, this.source)) kind = "aggregate";
      }
      if (word.unless && isCall(node)) {
        const option = at(node, word.unless.option, this.source);
        if (option && option !== "unknown" && unwrap(option).type === "Literal" && (unwrap(option) as TSESTree.Literal).value === true) kind = word.unless.kind;
      }
    }
    if (kind === "read-many" && (this.all.some(({ word }) => word.one) || this.takesOne())) return "read-one";
    if (kind === "save" && (this.newRow !== null || (this.stored && this.builtFrom(this.stored)))) return "create";
    return kind;
  }

  private read: { readonly statement: Statement | null } | null = null;

  /** The statement in SQL that the query sends, where its text can be followed. */
  private get statement(): Statement | null {
    this.read ??= { statement: this.statementHere() };
    return this.read.statement;
  }

  private statementHere(): Statement | null {
    const spoken = this.words.find(({ word }) => word.sql);
    const sql = spoken?.word.sql;
    if (!spoken || !sql) return null;
    const { source } = this;
    const { node } = spoken;
    if (node.type === "TaggedTemplateExpression") return readStatement(node, { list: [] }, source);
    const call = sql.of === undefined ? node : callNamed(sql.of, this.node, this.reading.client);
    const text = call && sql.text !== "tagged" ? firstAt(sql.text, call, source, true) : null;
    if (!text) return null;
    const values: Values = sql.values === "rest" ? restOf(node, sql.of === undefined ? 1 : 0, source) : listOf(sql.values === undefined ? null : firstAt(sql.values, node, source, false), source);
    return readStatement(text, values, source);
  }

  /** What a builder that comes from elsewhere has been told to do. */
  private kindSoFar(): QueryKind {
    const { located, steps, way } = this.reading;
    let kind: QueryKind = "other";
    for (let step = located.at; step < way.start; step += 2) {
      const name = steps[step] as string;
      kind = (step === located.at ? operationOf(located, name) : clauseOf(located, name))?.kind ?? kind;
    }
    return kind;
  }

  /** Whether no more than one row is asked for: `.limit(1)`, `take: 1`. */
  private takesOne(): boolean {
    return this.all.some(({ word, node }) => {
      if (!word.limit || !isCall(node) || node.arguments.length > 1) return false;
      const limit = at(node, word.limit, this.source);
      return limit !== null && limit !== "unknown" && numberValue(limit, this.source) === 1;
    });
  }

  get effect(): Query["effect"] {
    const told = this.words.find(({ word }) => word.effect)?.word.effect ?? effects[this.kind];
    if (told) return told;
    return this.kind === "raw" && this.words.every(({ word }) => word.sql?.of === undefined) ? effectOfSql(this.words[0]?.node as QueryNode, this.source) : "unknown";
  }

  get batches(): boolean {
    return this.words.some(({ word }) => word.batches);
  }

  get byKey(): boolean {
    return this.words.some(({ word }) => word.byKey);
  }

  get among(): string {
    return this.reading.located.orm.among;
  }

  private get listDriver(): ListDriver | undefined {
    return this.reading.located.orm.lists?.find(({ modules }) => modules.includes(this.client.module));
  }

  get inListsOnly(): boolean {
    return this.listDriver !== undefined;
  }

  get atomic(): string | null {
    const advice = (this.listDriver ?? this.reading.located.orm).atomic;
    return advice === null ? null : this.asCalledHere(advice);
  }

  get atomicCreate(): string | null {
    const { orm } = this.reading.located;
    const advice = this.listDriver ? this.listDriver.atomicCreate : (orm.atomicCreate ?? orm.atomic);
    return advice === null ? null : this.asCalledHere(advice);
  }

  /** With the file's own name for the client instead of the usual one: `db.$transaction(…)`. */
  private asCalledHere(advice: string): string {
    const client = unwrap(this.receiver);
    const isName = client.type === "Identifier" || (client.type === "MemberExpression" && client.object.type === "ThisExpression" && !client.computed);
    return advice.replace(clientPlace, (_, usual: string) => (isName ? this.source.text.slice(...client.range) : usual));
  }

  get setsEach(): boolean {
    return this.reading.located.orm.setsEach === true;
  }

  get ordered(): boolean {
    return this.statement?.ordered ?? false;
  }

  get sharesConnections(): boolean {
    return this.reading.located.orm.holdsNoConnection === true;
  }

  get hasTransactions(): boolean {
    return this.reading.located.orm.transactions.length > 0;
  }

  get rowsAsKeys(): boolean {
    return this.reading.located.orm.rowsAsKeys === true;
  }

  get rowSecurity(): boolean {
    return this.reading.located.orm.rowSecurity === true;
  }

  get optionsAt(): number | null {
    return tellingWord(this.words, this.reading.located)?.word.options ?? null;
  }

  get ofRow(): boolean {
    return this.reading.located.part.row === true;
  }

  get remembers(): boolean {
    const { located, client } = this.reading;
    return this.ofRow && located.orm.rowsRemember === true && client.creation?.type === "CallExpression" && /\bsession\b/.test(textOf(client.creation, client.createdIn ?? this.source));
  }

  get lazy(): boolean {
    return this.runs !== "at-once";
  }

  get open(): boolean {
    return Object.values(this.reading.located.part.clauses ?? {}).some(({ limit }) => limit) && !this.words.some(({ word }) => word.runs);
  }

  get model(): string | null {
    for (const { word, node } of this.all.toReversed()) {
      if (!word.model || !isCall(node) || (word.modelOptional && !this.isEntity(node))) continue;
      const named = at(node, word.model, this.source);
      if (named && named !== "unknown") return nameIn(named, this.source);
    }
    const stored = this.kind === "create" || this.kind === "save" ? this.stored : null;
    return this.statement?.model ?? this.modelOnTheWay() ?? (stored && (this.builtFrom(stored)?.model ?? null));
  }

  /** Whether the first argument is the class of an entity, where it might be an entity itself. */
  private isEntity(call: TSESTree.CallExpression): boolean {
    const [first, second] = call.arguments;
    if (!second || first?.type !== "Identifier") return false;
    const definition = variableOf(first, this.source)?.defs[0]?.type;
    return definition === "ImportBinding" || definition === "ClassName";
  }

  /** The table that was named on the way to the operation: `prisma.user`, `from("users")`, `Repository<User>`. */
  private modelOnTheWay(): string | null {
    const { located, receiver, client } = this.reading;
    if (located.model?.kind === "member") return this.reading.steps[located.model.at] ?? null;
    if (located.model) {
      const named = nodeNaming(located.model, this.reading.way, client, this.source);
      if (named) return nameIn(named.node, named.source);
    }
    // A class that is its own table: `User.find()`, and a row of it, `(await User.findOne(…)).save()`.
    if (located.partName === "model") return lastName(isClassItself(receiver) ? chainOf(receiver).base : receiver);
    const creation = this.newRow ?? client.creation;
    return located.part.row && creation && creation.type !== "TaggedTemplateExpression" ? classOfRow(creation) : null;
  }

  get filter(): Columns | null {
    const parts: Columns[] = [];
    if (this.statement?.filter) parts.push(this.statement.filter);
    for (const { word, node } of this.all) {
      if (!word.filter || !isCall(node)) continue;
      const shifted = word.modelOptional && !this.isEntity(node);
      const read = shifted ? null : conditionsOf(node, word.filter, this.reading.located.orm, this.source);
      if (!read) continue;
      const always = statementOf(node).parent === statementOf(this.node).parent;
      parts.push(always ? read : asAlternatives(read));
    }
    const found = joined(parts);
    const all = found && this.all.some(({ word }) => word.alternative) ? asAlternatives(found) : found;
    return this.reading.open ? { keys: all?.keys ?? [], node: all?.node ?? this.node, complete: false } : all;
  }

  /** The call that made a row which is in no table before it is saved: `new User({ … })`, `User.build({ … })`. */
  private get newRow(): TSESTree.NewExpression | TSESTree.CallExpression | null {
    const { located, client, receiver } = this.reading;
    if (!located.part.row || (client.createdIn !== null && client.createdIn !== this.source)) return null;
    const creation = client.creation ?? settledNode(receiver, this.source);
    if (creation.type === "NewExpression") return creation;
    const callee = creation.type === "CallExpression" ? unwrap(creation.callee) : null;
    const name = callee?.type === "MemberExpression" ? memberName(callee) : null;
    const builds = name !== null && Object.values(located.orm.parts).some((part) => operationOf({ part }, name)?.builds !== undefined);
    return builds && creation.type === "CallExpression" ? creation : null;
  }

  get data(): Columns | null {
    const parts: Columns[] = [];
    if (this.statement?.data) parts.push(this.statement.data);
    const given = this.operation === "save" ? this.newRow?.arguments[0] : undefined;
    if (given) parts.push(this.readData(given));
    for (const { word, node } of this.all) {
      if (!isCall(node)) continue;
      for (const place of asList(word.data)) {
        const shifted = word.modelOptional === true && !this.isEntity(node) ? (`0${place.slice(1)}` as Place) : place;
        const value = at(node, shifted, this.source);
        if (value === "unknown") parts.push({ keys: [], node, complete: false });
        else if (value) parts.push(this.readData(value));
      }
    }
    return joined(parts);
  }

  private readData(value: TSESTree.Node): Columns {
    return dataOf(this.builtFrom(value)?.data ?? value, this.reading.located.orm, this.source);
  }

  /** What an entity was built from, if that can be seen: `repository.create({ … })`. */
  private builtFrom(value: TSESTree.Node): Built | null {
    const call = settledNode(value, this.source);
    return isCall(call) && call.callee.type === "MemberExpression" ? builtBy(call, this.source) : null;
  }

  /** The entity that is saved, or whatever else the first place for data holds. */
  private get stored(): TSESTree.Node | null {
    const { word, node } = this.words[0] as Spoken;
    const [place] = asList(word.data);
    if (!place || !isCall(node)) return null;
    const value = at(node, word.modelOptional && !this.isEntity(node) ? "0" : place, this.source);
    return value === "unknown" ? null : value;
  }

  get limit(): Presence {
    if (this.kind === "read-one" || this.statement?.limited) return "found";
    let presence: Presence = this.reading.open ? "unknown" : "missing";
    for (const { word, node } of this.all) {
      const value = word.limit && isCall(node) ? at(node, word.limit, this.source) : null;
      if (value === "unknown") presence = "unknown";
      else if (value) return "found";
    }
    return presence;
  }
}

const textOf = (node: TSESTree.Node, { text }: Source): string => text.slice(...node.range);

const asAlternatives = (read: Columns): Columns => ({ ...read, keys: read.keys.map((key) => ({ ...key, always: false })) });

/** Whether a chain begins at the class of a model: `User.scope("open")`. */
const isClassItself = (receiver: TSESTree.Node): boolean => {
  const { base } = chainOf(receiver);
  return base.type === "Identifier" && /^[A-Z]/.test(base.name);
};

/** `User`, `this.users`, `db.User`. */
function lastName(node: TSESTree.Node): string | null {
  const inner = unwrap(node);
  if (inner.type === "MemberExpression") return memberName(inner);
  return inner.type === "Identifier" ? inner.name : null;
}

/** The class that a row was made from, or asked of: `new User()`, `User.findOne(…).sort(…)`. */
function classOfRow(creation: TSESTree.CallExpression | TSESTree.NewExpression): string | null {
  if (creation.type === "NewExpression") return lastName(creation.callee);
  let node: TSESTree.Node = creation;
  while (node.type === "CallExpression") {
    const callee = unwrap(node.callee);
    if (callee.type !== "MemberExpression") return lastName(callee);
    node = unwrap(callee.object);
  }
  return lastName(node);
}

/** Whether queries are built until a word of its own tells them to run. */
const isTold = ({ part, orm }: Located): boolean => (part.runs ?? orm.runs) === "when-told";

/** The words of a chain from the operation on; `null` when one of them is not known, or does not stand in the chain. */
function wordsOf(located: Located, steps: readonly string[], way: Way, whole: QueryNode): Spoken[] | null {
  const words: Spoken[] = [];
  const { tagged } = located.part;
  if (tagged && located.at === steps.length - 1) return whole.type === "TaggedTemplateExpression" ? [{ name: "sql", word: tagged, node: whole }] : null;
  for (let step = isTold(located) ? Math.max(located.at, way.start) : located.at; step < steps.length; step += 2) {
    const name = steps[step] as string;
    const word = (words.length === 0 ? operationOf(located, name) : null) ?? (step > located.at ? clauseOf(located, name) : null);
    const call = step < way.start ? undefined : way.nodeAt(step + 1);
    if (!word || (call?.type !== "CallExpression" && call?.type !== "TaggedTemplateExpression")) return null;
    words.push({ name, word, node: call });
  }
  return words;
}

/** The call that goes on from a node: `.eq(…)` after `.select()`. */
function nextCall(node: TSESTree.Node): { name: string; node: TSESTree.CallExpression } | null {
  const whole = outermost(node);
  const member = whole.parent;
  if (member?.type !== "MemberExpression" || member.object !== whole) return null;
  const callee = outermost(member);
  const name = memberName(member);
  return callee.parent?.type === "CallExpression" && callee.parent.callee === callee && name !== null ? { name, node: callee.parent } : null;
}

/** The variable that holds a query or a builder, if one does. */
function variableHolding(node: TSESTree.Node, source: Source): TSESLint.Scope.Variable | null {
  const { parent } = outermost(node);
  const target = parent?.type === "VariableDeclarator" ? parent.id : parent?.type === "AssignmentExpression" ? parent.left : node;
  return target.type === "Identifier" ? variableOf(target, source) : null;
}

/** The words that a builder was made with. */
function wordsBefore(variable: TSESLint.Scope.Variable, located: Located): Spoken[] {
  const [definition] = variable.defs;
  const call = definition?.type === "Variable" && definition.node.init ? unwrap(definition.node.init) : null;
  const found: Spoken[] = [];
  const links = call?.type === "CallExpression" ? chainOf(call).links : [];
  for (let index = links.length - 2; index >= 0; index -= 2) {
    const name = links[index]?.step ?? "";
    const node = links[index + 1]?.node;
    const word = clauseOf(located, name) ?? operationOf(located, name);
    if (!word || node?.type !== "CallExpression") break;
    found.unshift({ name, word, node });
    if (!clauseOf(located, name)) break;
  }
  return found;
}

/** What other statements add to a query that is kept in a variable: `query = query.eq(…)`, `builder.andWhere(…)`. */
function additionsTo(variable: TSESLint.Scope.Variable, located: Located, own: readonly Spoken[]): Spoken[] {
  const found: Spoken[] = [];
  for (const { identifier } of variable.references) {
    for (let next = nextCall(identifier); next; next = nextCall(next.node)) {
      const word = clauseOf(located, next.name);
      if (!word) break;
      const { node } = next;
      if (!own.some((spoken) => spoken.node === node)) found.push({ ...next, word });
    }
  }
  return found;
}

/** Whether a variable is given away: to a function, or to whoever called. */
const isGivenAway = (variable: TSESLint.Scope.Variable): boolean =>
  variable.references.some(({ identifier }) => {
    const fate = fateOf(identifier);
    return fate === "returned" || (fate === "passed" && outermost(identifier).parent?.type !== "MemberExpression");
  });

/** The expression that a chain begins at. Where only a member of it is known to be a part of a client (`{ user: PrismaClient["user"] }`), that member. */
function receiverOf(way: Way, located: Located, origin: Origin, source: Source): { receiver: TSESTree.Node; client: Origin } | null {
  for (let step = way.start; step <= Math.max(way.start, located.at); step += 1) {
    const receiver = step === way.start ? way.base : way.nodeAt(step - 1);
    const client = receiver && originOf(receiver, source);
    if (client) return { receiver, client };
  }
  // A class of the project's own that is its own table.
  const inherited = { ...origin, steps: origin.steps.slice(0, way.start), creation: null, createdIn: null, declaredAs: null };
  return way.start === located.client ? { receiver: way.base, client: inherited } : null;
}

/** A statement in SQL that is given to an object of which nothing is known, in a file that imports the driver. */
function untraced(node: TSESTree.CallExpression, source: Source): Query | null {
  const callee = unwrap(node.callee);
  const name = callee.type === "MemberExpression" ? memberName(callee) : null;
  const [text] = node.arguments;
  if (callee.type !== "MemberExpression" || name === null || !text || text.type === "SpreadElement") return null;
  const statement = settledNode(text, source);
  const start = statement.type === "TemplateLiteral" ? statement.quasis[0]?.value.raw : stringValue(statement);
  const part = startsLikeSql.test(start ?? "") ? untracedPart(name, source) : null;
  const word = part && operationOf(part, name);
  if (!part || !word || isOwn(callee.object, source)) return null;
  const client: Origin = { module: part.module, steps: [], creation: null, createdIn: null, declaredAs: null };
  const way: Way = { start: 0, base: callee.object, nodeAt: () => undefined };
  return new SpokenQuery({ located: part, steps: [name, "()"], way, words: [{ name, word, node }], more: [], open: false, receiver: callee.object, client, source });
}

/** Whether an object is of the project's own making. */
function isOwn(object: TSESTree.Node, source: Source): boolean {
  const inner = unwrap(object);
  if (inner.type === "Identifier" && (variableOf(inner, source)?.defs.length ?? 0) === 0) return false;
  if (inner.type !== "Identifier" || variableOf(inner, source)?.defs[0]?.type !== "Parameter") return true;
  return definitionOf(inner, source) !== null;
}

function read(node: QueryNode, source: Source): Query | null {
  const origin = originOf(node.type === "CallExpression" ? node.callee : node.tag, source);
  if (!origin || (origin.module === GLOBAL && node.type === "CallExpression")) return node.type === "CallExpression" ? untraced(node, source) : null;
  const steps = [...origin.steps, "()"];
  const located = locate({ module: origin.module, steps });
  if (!located || located.at >= steps.length) return null;

  const way = wayTo(node, steps, located.client);
  const words = wordsOf(located, steps, way, node);
  if (!words || words.every(({ word }) => word.builds)) return null;
  const next = nextCall(node);
  if (next && clauseOf(located, next.name)) return null;

  // A statement that adds to a builder sends nothing; the one that tells it to run is the query.
  if (located.part.mutable && way.start >= located.at && fateOf(node) === "dropped") return null;
  const told = isTold(located);
  if (told && !words.some(({ word }) => word.runs)) return null;

  const begin = receiverOf(way, located, origin, source);
  if (!begin) return null;
  const { receiver, client } = begin;
  const fromBuilder = (told || located.part.mutable === true) && way.start >= located.at;
  const variable = variableHolding(fromBuilder ? receiver : node, source);
  const more = variable ? [...(fromBuilder ? wordsBefore(variable, located) : []), ...additionsTo(variable, located, words)] : [];
  const open = more.length > 0 || (located.part.clauses !== undefined && (variable ? isGivenAway(variable) : fromBuilder));
  return new SpokenQuery({ located, steps, way, words, more, open, receiver, client, source });
}

const memos = new WeakMap<Source["ast"], { pass: number; queries: Map<QueryNode, Query | null> }>();

function memoOf(source: Source): Map<QueryNode, Query | null> {
  const pass = currentPass();
  const known = memos.get(source.ast);
  if (known?.pass === pass) return known.queries;
  const queries = new Map<QueryNode, Query | null>();
  memos.set(source.ast, { pass, queries });
  return queries;
}

const calleeOf = (node: QueryNode): TSESTree.Node => unwrap(node.type === "CallExpression" ? node.callee : node.tag);

/** Whether a call in the chain bears the name of an operation, and is not given a function (`rows.find((row) => …)`): a look at the text only. */
function beginsLikeQuery(node: QueryNode, source: Source): boolean {
  let current: TSESTree.Node = node;
  while (current.type === "CallExpression" || current.type === "TaggedTemplateExpression") {
    const isGivenFunction = current.type === "CallExpression" && isFunction(current.arguments[0]);
    if (!isGivenFunction && mayBeginQuery(calledName(current) ?? "", source)) return true;
    const callee = calleeOf(current);
    if (callee.type !== "MemberExpression") return false;
    current = unwrap(callee.object);
    while (current.type === "MemberExpression") current = unwrap(current.object);
  }
  return false;
}

/** Whether a node is a call that goes by a name which a query may end with: a look at the text only. */
export function mayBeQuery(node: TSESTree.Node, source: Source): node is QueryNode {
  if (node.type !== "CallExpression" && node.type !== "TaggedTemplateExpression") return false;
  if (!mayReachDatabase(source)) return false;
  if (node.type === "TaggedTemplateExpression" && isSqlTemplate(node) && mayTagQuery(source)) return true;
  const name = calledName(node);
  return name !== null && mayEndQuery(name, source) && (mayRunQuery(name, source) || beginsLikeQuery(node, source));
}

/**
 * The query that a call is, when its receiver can be followed to a database client.
 *
 * A chain is one query, at its outermost call (`.then` and its kin left out); its inner calls are none.
 */
export function queryAt(node: TSESTree.Node, source: Source): Query | null {
  if (!mayBeQuery(node, source)) return null;
  const memo = memoOf(source);
  const known = memo.get(node);
  if (known !== undefined) return known;
  const query = read(node, source);
  memo.set(node, query);
  return query;
}

const candidates = new WeakMap<Source["ast"], { pass: number; nodes: readonly QueryNode[] }>();

/** The calls of a file that go by a name which a query may end with, in the order of the text. */
export function mayBeQueriesIn(source: Source): readonly QueryNode[] {
  const pass = currentPass();
  const known = candidates.get(source.ast);
  if (known?.pass === pass) return known.nodes;
  if (!mayReachDatabase(source)) return [];
  const tagged = callsIn(source).filter((node) => node.type === "TaggedTemplateExpression");
  const nodes = [...new Set([...tagged, ...callsNamed(source, (name) => mayEndQuery(name, source))])].filter((node) => mayBeQuery(node, source));
  nodes.sort((one, other) => one.range[0] - other.range[0] || other.range[1] - one.range[1]);
  candidates.set(source.ast, { pass, nodes });
  return nodes;
}

const lists = new WeakMap<Source["ast"], { pass: number; queries: readonly Query[] }>();

/** All queries of a file, in the order of the text. */
export function queriesIn(source: Source): readonly Query[] {
  const pass = currentPass();
  const known = lists.get(source.ast);
  if (known?.pass === pass) return known.queries;
  const queries = mayBeQueriesIn(source).flatMap((node) => queryAt(node, source) ?? []);
  lists.set(source.ast, { pass, queries });
  return queries;
}

/** What becomes of a query's promise: whether anything waits for it, observes it or keeps it. */
export const fateOfQuery = (query: Query): Fate => fateOf(query.node);
