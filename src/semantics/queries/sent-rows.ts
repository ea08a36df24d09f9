import type { TSESLint, TSESTree } from "@typescript-eslint/utils";

import { peopleTables } from "../../knowledge/tables.js";
import { alsoSecretColumns, answersByReturning, hidesColumns, secretColumns, turnsAnswers, type WholeRows, wholeRows } from "../../knowledge/whole-rows.js";
import { readText } from "../../project/disk.js";
import { fileFacts } from "../../project/file.js";
import { packageOf } from "../../project/package-json.js";
import { textQuestion } from "../../project/source-texts.js";
import { functionsIn } from "../../syntax/nodes.js";
import { soleValueOf, variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { keyName, memberName, stringValue, unwrap, unwrapAwait } from "../../syntax/value.js";
import { ancestor, type FunctionNode, isClass, isFunction, returnsOf, walk } from "../../syntax/walk.js";
import { settledNode } from "./columns.js";
import { type Entry, entryOf } from "../entries/entries.js";
import { type Frame, frameOfCall, outerFrame, type Placed } from "../program/frames.js";
import { definitionOf } from "../program/provenance.js";
import { type Query, queryAt } from "./queries.js";
import { responsesAt } from "../entries/responses.js";
import type { Column, Schema, Table } from "../schema/model.js";
import { stemOf } from "../schema/names.js";
import { schemaOf, tableCalled } from "../schema/tables.js";
import { holds, isSecretValueName, wordsOf } from "../auth/secrets.js";

/** A row of a table, with columns in it that nobody should see who asks for the row. */
export interface SentRow {
  /** The expression of this file that brings it. */
  readonly node: TSESTree.Node;
  /** The model, by its name in the code. */
  readonly model: string;
  readonly columns: readonly [string, ...string[]];
  /** How the library leaves them out. */
  readonly instead: string;
  /** The relation by which it comes along with the row that was asked for; `null` for that row itself. */
  readonly relation: string | null;
}

type Variable = TSESLint.Scope.Variable;

/** A way through more names and functions than this is none that we would follow. */
const deepest = 6;

const shapes = new Map(wholeRows.map((shape) => [shape.library, shape]));

const isOfPeople = ({ model, name }: Table): boolean => peopleTables.has(stemOf(model)) || peopleTables.has(stemOf(name));

const isSecretName = (name: string, table: Table): boolean => {
  const words = wordsOf(name);
  if (/^(?:HAS|IS|NEEDS|USE|REQUIRE|SHOULD)$/.test(words[0] ?? "")) return false;
  const text = ` ^ ${words.join(" ")} $ `;
  return secretColumns.some(({ words: ends, ofPeople }) => holds(text, ends) && (!ofPeople || isOfPeople(table)));
};

const mayHoldSecret = ({ family }: Column): boolean => family === "text" || family === "json" || family === "other";

/** Whether a row does not show a column by itself. */
function isHidden({ whole: { file, range } }: Column, source: Source): boolean {
  const text = fileFacts(source)?.filename === file ? source.text : readText(file);
  if (text === null) return true;
  return hidesColumns.some((row) => row.text.test(row.where === "file" ? text : text.slice(Math.max(0, range[0] - 120), range[1])));
}

const isAlsoSecretName = (name: string): boolean => {
  const text = ` ^ ${wordsOf(name).join(" ")} $ `;
  return alsoSecretColumns.some(({ words }) => holds(text, words));
};

interface Secrets {
  /** The columns that let somebody in. */
  readonly sure: readonly string[];
  /** These and what is as little for everybody. */
  readonly all: readonly string[];
}

const secretsOf = new WeakMap<Table, Secrets>();

function secretsIn(table: Table, source: Source): Secrets {
  let known = secretsOf.get(table);
  if (!known) {
    const named = table.columns.filter((column) => mayHoldSecret(column) && (isSecretName(column.field, table) || isAlsoSecretName(column.field)) && !isHidden(column, source)).map(({ field }) => field);
    secretsOf.set(table, (known = { sure: named.filter((field) => isSecretName(field, table)), all: named }));
  }
  return known;
}

/** An advice with the columns in it that it is about. */
const withColumns = (advice: string, columns: readonly string[]): string =>
  advice.replace(/\{each:([^}|]*)(?:\|([^}]*))?\}/, (_, each: string, between = ", ") => columns.map((column) => each.replace("#", column)).join(between as string));

function rowOf(node: TSESTree.Node, table: Table, without: ReadonlySet<string>, instead: string, source: Source, relation: string | null = null): SentRow[] {
  const { sure, all } = secretsIn(table, source);
  if (sure.every((field) => without.has(field))) return [];
  const [first, ...rest] = all.filter((field) => !without.has(field));
  return first === undefined ? [] : [{ node, model: table.model, columns: [first, ...rest], instead: withColumns(instead, [first, ...rest]), relation }];
}

const none: ReadonlySet<string> = new Set();

/** The options of a query as an object; `"unknown"` where they come from elsewhere; `null` where there are none. */
function optionsOf(argument: TSESTree.Node | undefined, source: Source): TSESTree.ObjectExpression | "unknown" | null {
  if (!argument) return null;
  const node = settledNode(argument, source);
  return node.type === "ObjectExpression" ? node : "unknown";
}

/** What stands in an object of options under its own keys; `"unknown"` where others may be spread into it. */
function keysOf({ properties }: TSESTree.ObjectExpression): ReadonlyMap<string, TSESTree.Node> | "unknown" {
  const keys = new Map<string, TSESTree.Node>();
  for (const property of properties) {
    const key = property.type === "Property" ? keyName(property.key, property.computed) : null;
    if (key === null || property.type !== "Property") return "unknown";
    keys.set(key, property.value);
  }
  return keys;
}

/** `waiter` of `waiterId`, where that is the key of a row. */
const isKeyOf = (column: string, relation: string): boolean => stemOf(column.replace(/_?id$/i, "")) === stemOf(relation);

/** The table that a relation of another one leads to, as far as a key, or a name for tables that are tied, tells. */
function relatedTable(relation: string, table: Table, { tables }: Schema): Table | null {
  const key = table.foreignKeys.find(({ columns: [column, ...others] }) => column !== undefined && others.length === 0 && isKeyOf(column, relation));
  const target = key && tables.find(({ name }) => name === key.table);
  if (target) return target;
  const tied = tables.filter((other) => other !== table && [...other.foreignKeys.filter((each) => each.table === table.name), ...table.foreignKeys.filter((each) => each.table === other.name)].length > 0);
  const stem = stemOf(relation);
  return tied.find((other) => stemOf(other.model) === stem || stemOf(other.name) === stem) ?? null;
}

/** A row of another table that a query brings along. */
interface Brought {
  readonly table: Table;
  readonly relation: string;
}

/** `["waiter", "items.product"]`: the tables on each way. */
function alongWays(list: TSESTree.ArrayExpression, table: Table, schema: Schema): Brought[] {
  return list.elements.flatMap((element) => {
    const found: Brought[] = [];
    let here: Table | null = table;
    for (const relation of stringValue(element)?.split(".") ?? []) {
      here = here && relatedTable(relation, here, schema);
      if (here) found.push({ table: here, relation });
    }
    return found;
  });
}

/** The rows of other tables that a query brings along, whole. */
function broughtBy(value: TSESTree.Node, table: Table, schema: Schema, shape: WholeRows, source: Source, left = 4): Brought[] {
  const given = left > 0 ? settledNode(value, source) : null;
  if (given?.type === "ArrayExpression") return alongWays(given, table, schema);
  if (given?.type !== "ObjectExpression") return [];
  return given.properties.flatMap((property) => {
    const relation = property.type === "Property" ? keyName(property.key, property.computed) : null;
    const target = relation === null ? null : relatedTable(relation, table, schema);
    if (property.type !== "Property" || !target) return [];
    const inner = unwrap(property.value);
    const brought: Brought = { table: target, relation: relation ?? "" };
    if (inner.type === "Literal") return inner.value === true ? [brought] : [];
    if (inner.type !== "ObjectExpression") return [];
    const keys = keysOf(inner);
    if (keys === "unknown") return [];
    // TypeORM's relations are written one within the other.
    if (shape.brings === "relations") return [brought, ...broughtBy(inner, target, schema, shape, source, left - 1)];
    const more = keys.get(shape.brings ?? "");
    return shape.options?.some((key) => keys.has(key)) ? [] : [brought, ...(more ? broughtBy(more, target, schema, shape, source, left - 1) : [])];
  });
}

const isAll = (argument: TSESTree.Node | undefined, source: Source): boolean => !argument || stringValue(settledNode(argument, source)) === "*";

/** Whether a query comes to all columns of its rows, and the rows of other tables that it brings along. */
function wholeOf(query: Query, table: Table, schema: Schema, source: Source): { readonly isWhole: boolean; readonly brought: readonly Brought[]; readonly instead: string } {
  const nothing = { isWhole: false, brought: [], instead: "" };
  const shape = shapes.get(query.orm);
  if (!shape || query.kind === "count" || query.kind === "aggregate") return nothing;
  if (query.calls.some(({ name }) => shape.chooses?.test(name))) return nothing;
  const asked = query.calls.filter(({ name }) => shape.asks?.test(name));
  if (shape.asks && asked.length > 0) {
    const isWhole = asked.every(({ node }) => node.type === "CallExpression" && isAll(node.arguments[0], source));
    const instead = shape.otherwise ?? shape.instead;
    return { isWhole, brought: [], instead: asked.at(-1)?.name.startsWith("returning") ? instead.replace("select", "returning") : instead };
  }
  const giving = query.calls.find(({ name }) => shape.gives?.test(name) ?? false);
  if (giving?.node.type !== "CallExpression" || (shape.asks && !shape.options)) return nothing;
  const brought: Brought[] = [];
  for (const argument of giving.node.arguments.slice(shape.before ?? 0)) {
    const options = optionsOf(argument, source);
    if (options === "unknown" || options === null) return nothing;
    const keys = keysOf(options);
    if (keys === "unknown" || shape.options?.some((key) => keys.has(key))) return nothing;
    const relations = keys.get(shape.brings ?? "");
    if (relations) brought.push(...broughtBy(relations, table, schema, shape, source));
  }
  return { isWhole: true, brought, instead: (giving.name === "create" ? shape.created : undefined) ?? shape.instead };
}

/** Whether a client was told once and for all to leave columns out, or to make something of what it gives. */
const isTold = ({ client: { creation, createdIn } }: Query): boolean =>
  creation !== null && createdIn !== null && /\bomit\s*:|\$extends\b|\bresult\s*:/.test(createdIn.text.slice(...creation.parent.range));

function rowsOfQuery(query: Query, node: TSESTree.Node, without: ReadonlySet<string>, source: Source): SentRow[] {
  const shape = shapes.get(query.orm);
  const schema = shape && query.model !== null ? schemaOf(source) : null;
  const table = schema && query.model !== null ? tableCalled(query.model, schema) : null;
  if (!shape || !schema || !table) return [];
  const { isWhole, brought, instead } = wholeOf(query, table, schema, source);
  if (!isWhole || isTold(query)) return [];
  return [...rowOf(node, table, without, instead, source), ...brought.flatMap(({ table: other, relation }) => rowOf(node, other, none, instead, source, relation))];
}

/** Methods that a row is kept by, and not changed before it is sent. */
const keepsRow = /^(?:save|update|destroy|remove|reload|refresh|delete\w*)$/;

/** Whether something may be taken out of what a variable holds: a member is set or deleted, or it is given to somebody who is not asked for an answer. */
function isTrimmed(variable: Variable, sent: TSESTree.Identifier): boolean {
  return variable.references.some(({ identifier }) => {
    if (identifier === sent) return false;
    const { parent } = identifier;
    if (parent.type === "MemberExpression" && parent.object === identifier) {
      const place = parent.parent;
      if (place.type === "AssignmentExpression") return place.left === parent;
      if (place.type === "UnaryExpression") return place.operator === "delete";
      if (place.type === "ChainExpression") return place.parent.type === "UnaryExpression" && place.parent.operator === "delete";
      return place.type === "CallExpression" && place.callee === parent && isDropped(place) && !keepsRow.test(memberName(parent) ?? "");
    }
    return parent.type === "CallExpression" && parent.callee !== identifier && (isDropped(parent) || isReflecting(parent));
  });
}

const isDropped = ({ parent }: TSESTree.CallExpression): boolean => parent.type === "ExpressionStatement" || (parent.type === "AwaitExpression" && parent.parent.type === "ExpressionStatement");

const isReflecting = ({ callee }: TSESTree.CallExpression): boolean => callee.type === "MemberExpression" && callee.object.type === "Identifier" && callee.object.name === "Reflect";

/** What is behind a name that a pattern takes out of a result: `[user]`, `{ data: user }`, `{ rows }`. */
function takenFrom(variable: Variable, name: TSESTree.Identifier): TSESTree.Node | null {
  const [definition] = variable.defs;
  if (definition?.type !== "Variable" || variable.defs.length !== 1 || !definition.node.init) return null;
  if (variable.references.some((reference) => reference.isWrite() && !reference.init)) return null;
  const { id, init } = definition.node;
  const isIt = (pattern: TSESTree.Node | null | undefined): boolean => pattern?.type === "Identifier" && pattern.name === name.name;
  if (id.type === "ArrayPattern") return isIt(id.elements[0]) ? init : null;
  if (id.type !== "ObjectPattern") return null;
  return id.properties.some((property) => property.type === "Property" && /^(?:data|rows)$/.test(keyName(property.key, property.computed) ?? "") && isIt(property.value)) ? init : null;
}

const programOf = (node: TSESTree.Node): TSESTree.Node => ancestor(node, ({ type }) => type === "Program") ?? node;

/** Rows as what stands at a node; those that another file gave for it stay where that gives them. */
function placedAt(rows: readonly SentRow[], node: TSESTree.Node): SentRow[] {
  if (rows.length === 0) return [];
  const program = programOf(node);
  return rows.map((row) => (programOf(row.node) === program ? { ...row, node } : row));
}

/** The whole rows in an expression that is sent; each with the expression of its file that brings it. */
function rowsIn({ node, frame }: Placed, without: ReadonlySet<string>, left: number): SentRow[] {
  if (left === 0) return [];
  const at = (child: TSESTree.Node | null | undefined): SentRow[] => (child ? rowsIn({ node: child, frame }, without, left) : []);
  const inner = unwrapAwait(node);
  switch (inner.type) {
    case "Identifier":
      return ofName(inner, frame, without, left - 1);
    case "MemberExpression":
      return /^(?:data|rows|0)$/.test(memberName(inner) ?? (inner.property.type === "Literal" ? String(inner.property.value) : "")) ? placedAt(at(inner.object), inner) : [];
    case "ConditionalExpression":
      return [...at(inner.consequent), ...at(inner.alternate)];
    case "LogicalExpression":
      return inner.operator === "&&" ? at(inner.right) : [...at(inner.left), ...at(inner.right)];
    case "ArrayExpression":
      return inner.elements.flatMap((element) => at(element?.type === "SpreadElement" ? element.argument : element));
    case "ObjectExpression":
      return inPropertiesOf(inner, frame, left);
    case "CallExpression":
      return ofCall(inner, frame, without, left - 1);
    default:
      return [];
  }
}

/** `{ ...user, password: undefined }`: what stands after a spread takes the place of what that brings. */
function inPropertiesOf({ properties }: TSESTree.ObjectExpression, frame: Frame, left: number): SentRow[] {
  return properties.flatMap((property, index) => {
    if (property.type === "Property") return rowsIn({ node: property.value, frame }, none, left);
    const later = properties.slice(index + 1).flatMap((each) => (each.type === "Property" ? (keyName(each.key, each.computed) ?? []) : []));
    return rowsIn({ node: property.argument, frame }, new Set(later), left);
  });
}

function ofName(name: TSESTree.Identifier, frame: Frame, without: ReadonlySet<string>, left: number): SentRow[] {
  const variable = variableOf(name, frame.source);
  if (!variable || isTrimmed(variable, name)) return [];
  const given = frame.given.get(variable);
  if (given) return rowsIn(given, without, left);
  const value = soleValueOf(variable) ?? takenFrom(variable, name);
  const rows = value ? rowsIn({ node: value, frame }, without, left) : [];
  // What is put together of rows is none itself.
  return value && /^(?:Object|Array)Expression$/.test(unwrap(value).type) ? rows : placedAt(rows, name);
}

function ofCall(call: TSESTree.CallExpression, frame: Frame, without: ReadonlySet<string>, left: number): SentRow[] {
  const { source } = frame;
  const query = queryAt(call, source);
  if (query) return query.node === call ? rowsOfQuery(query, call, without, source) : [];
  const callee = unwrap(call.callee);
  if (callee.type === "MemberExpression" && memberName(callee) === "stringify") return call.arguments[0] ? rowsIn({ node: call.arguments[0], frame }, without, left) : [];
  if (left === 0) return [];
  const definition = definitionOf(callee, source);
  if (definition?.kind !== "definition" || !isFunction(definition.node) || isDecoratedHelper(definition.node)) return [];
  const within = frameOfCall(call, definition.node, definition.source, frame);
  const rows = returnsOf(definition.node, definition.source).flatMap((returned) => rowsIn({ node: returned, frame: within }, without, left));
  // What the call itself was given is shown where it was given.
  return rows.map((row) => (source.ast === within.source.ast && frame.top !== within.top && isInside(row.node, call) ? row : { ...row, node: call }));
}

const isInside = (node: TSESTree.Node, call: TSESTree.CallExpression): boolean => node.range[0] >= call.range[0] && node.range[1] <= call.range[1] && call.arguments.length > 0;

const isDecoratedHelper = (fn: FunctionNode): boolean => fn.parent.type === "MethodDefinition" && fn.parent.decorators.length > 0;

const returning = new Map(answersByReturning.map((row) => [row.framework, row]));

const turnsAll = textQuestion(turnsAnswers.text);

/** Whether a handler's return value is what is sent, as it is. */
function answersByReturn(entry: Entry, source: Source): boolean {
  const row = returning.get(entry.framework);
  if (!row || entry.wrapper || entry.kind === "middleware" || entry.kind === "error-handler") return false;
  if (entry.framework === "nest") {
    const owner = ancestor(entry.node, isClass);
    const file = fileFacts(source)?.filename;
    const folder = file === undefined ? null : packageOf(file)?.dir;
    if (entry.kind !== "route" || !owner || !folder || turnsAll(folder) !== false) return false;
    // What other decorators do with the answer is not known.
    return !(row.unless?.test(source.text.slice(...owner.range)) ?? false) && !row.unless?.test(decoratorsText(owner, source));
  }
  const around = entry.registration ?? entry.node;
  return !row.unless?.test(source.text.slice(...around.range));
}

const decoratorsText = (owner: TSESTree.ClassDeclaration | TSESTree.ClassExpression, { text }: Source): string => owner.decorators.map(({ range }) => text.slice(...range)).join(" ");

/** Whether a call of another file's function is given a row that it may send. To look into all such files would cost more than it finds. */
const mayBeGivenRow = (call: TSESTree.CallExpression, frame: Frame): boolean =>
  call.callee.type !== "Identifier" ||
  variableOf(call.callee, frame.source)?.defs[0]?.type !== "ImportBinding" ||
  call.arguments.some((argument) => rowsIn({ node: argument, frame }, none, deepest).length > 0);

/** What a handler sends, and where its own file does. */
interface Sent {
  readonly body: Placed;
  readonly at: TSESTree.Node;
}

/** What a handler sends, by its answers and by what it returns. */
function sentBy(entry: Entry, source: Source): Sent[] {
  const frame = outerFrame(entry.node, source);
  const sent: Sent[] = [];
  walk(entry.node.body, source, (node) => {
    if (isFunction(node) && entryOf(node, source)) return false;
    if (node.type !== "CallExpression" && node.type !== "NewExpression" && node.type !== "AssignmentExpression" && node.type !== "ReturnStatement") return true;
    for (const { body, thrown } of responsesAt(node, frame, (call) => mayBeGivenRow(call, frame))) if (body && !thrown) sent.push({ body, at: node });
    return true;
  });
  if (answersByReturn(entry, source)) sent.push(...returnsOf(entry.node, source).map((node) => ({ body: { node, frame }, at: node })));
  return sent;
}

/** The whole rows that a file sends to whoever asks, with columns in them that let somebody in: of each model the first, and how often it goes out. */
export function sentRowsIn(source: Source): { readonly row: SentRow; readonly times: number }[] {
  const found = new Map<string, { row: SentRow; nodes: Set<TSESTree.Node> }>();
  for (const fn of functionsIn(source)) {
    const entry = entryOf(fn, source);
    for (const { body, at } of entry ? sentBy(entry, source) : []) {
      for (const { node, ...rest } of rowsIn(body, none, deepest)) {
        const row = { ...rest, node: programOf(node) === source.ast ? node : at };
        const known = found.get(row.model);
        if (known) known.nodes.add(row.node);
        else found.set(row.model, { row, nodes: new Set([row.node]) });
      }
    }
  }
  return [...found.values()].map(({ row, nodes }) => ({ row, times: nodes.size }));
}

/** `password`, `data.confirmPassword`: what somebody has typed in, as it is. */
function isTypedPassword(node: TSESTree.Node): boolean {
  const inner = unwrap(node);
  const name = inner.type === "Identifier" ? inner.name : inner.type === "MemberExpression" ? memberName(inner) : null;
  return name !== null && isPasswordName(name);
}

const isPasswordName = (name: string): boolean => isSecretValueName(name) && /^(?:(?:current|old|new|confirm|confirmed|repeat)_?)?passw(?:or)?d(?:_?confirm(?:ation)?)?$/i.test(name);

/** Passwords in the objects that an action gives back to the form that it was called from. */
function echoedIn(node: TSESTree.Node, left = 3): TSESTree.Property[] {
  const inner = unwrap(node);
  if (inner.type !== "ObjectExpression" || left === 0) return [];
  return inner.properties.flatMap((property) => {
    if (property.type !== "Property") return [];
    const key = keyName(property.key, property.computed);
    return key !== null && isPasswordName(key) && isTypedPassword(property.value) ? [property] : echoedIn(property.value, left - 1);
  });
}

/** The passwords that actions of a file send back to whoever typed them in. */
export const echoedPasswordsIn = (source: Source): TSESTree.Property[] =>
  functionsIn(source).flatMap((fn) => {
    const entry = entryOf(fn, source);
    return entry?.kind === "action" ? returnsOf(fn, source).flatMap((returned) => echoedIn(returned)) : [];
  });
