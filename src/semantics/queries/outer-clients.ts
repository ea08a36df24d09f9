import type { TSESLint, TSESTree } from "@typescript-eslint/utils";

import { hasCommentAt } from "../../syntax/comments.js";
import { conditionsAt } from "../../syntax/conditions.js";
import { soleValueOf, variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { isNullish, keyName, memberName, outermost, stringValue, unwrap } from "../../syntax/value.js";
import { ancestor, contains, enclosingFunction, type FunctionNode, isClass, isFunction, isWithin } from "../../syntax/walk.js";
import { isDatabaseObject } from "./databases.js";
import { type Origin, originOf } from "../program/provenance.js";
import { queriesIn, type Query, queryAt } from "./queries.js";
import { sideOf, type Transaction, transactionAt } from "./transactions.js";

/** A query that stands in a transaction and takes no part in it. */
export interface OuterQuery {
  readonly query: Query;
  readonly transaction: Transaction;
}

/** Methods that call what they are given at once, and so within the transaction. */
const iterating = new Set(["map", "forEach", "flatMap", "filter", "reduce", "some", "every", "find", "then", "sort"]);

/** Whether a function within a transaction runs while that is open, by the place where it stands: not in `setTimeout`, `after`, or later. */
function runsAtOnce(fn: FunctionNode): boolean {
  const whole = outermost(fn);
  const { parent } = whole;
  if (parent?.type !== "CallExpression") return false;
  if (parent.callee === whole) return true;
  const callee = unwrap(parent.callee);
  return parent.arguments[0] === whole && callee.type === "MemberExpression" && iterating.has(memberName(callee) ?? "");
}

/** Whether a node runs while the transaction is open, and for its sake: not in a callback for later, nor where its failure is dealt with. */
export function runsWithin(node: TSESTree.Node, { region }: Transaction): boolean {
  for (let current = node.parent; current && current !== region; current = current.parent) {
    if (current.type === "CatchClause") return false;
    if (isFunction(current) && isWithin(current, region) && !runsAtOnce(current)) return false;
  }
  return true;
}

const textOf = (node: TSESTree.Node, { text }: Source): string => text.slice(...node.range).replaceAll(/\s/g, "");

/** The call that made the client that an object comes from: `new DataSource()`, behind `dataSource.createQueryRunner()`. */
function firstCreation({ creation, createdIn }: Origin, hops = 4): TSESTree.Node | null {
  if (!creation || !createdIn || hops === 0) return creation;
  const callee = creation.type === "TaggedTemplateExpression" ? creation.tag : unwrap(creation.callee);
  const before = callee.type === "MemberExpression" ? originOf(callee.object, createdIn) : null;
  if (!before || !isDatabaseObject(before)) return creation;
  return firstCreation(before, hops - 1);
}

/** Whether what is injected comes from a connection with a name, as in `@InjectRepository(Order, "archive")`. */
function hasConnectionName({ declaredAs }: Origin): boolean {
  const owner = declaredAs && ancestor(declaredAs, ({ type }) => type === "TSParameterProperty" || type === "PropertyDefinition" || type === "MethodDefinition");
  if (!owner || !("decorators" in owner)) return false;
  return owner.decorators.some(({ expression }) => expression.type === "CallExpression" && stringValue(expression.arguments.at(-1)) !== null);
}

/**
 * Whether two objects surely speak to one database: the same one, two of the same making, or two different objects (a repository and
 * a data source) that are injected without the name of a connection.
 */
function isSameDatabase({ client, receiver, ofRow }: Query, { call, option }: Transaction, source: Source): boolean {
  const callee = call && unwrap(call.callee);
  if (callee?.type !== "MemberExpression") return false;
  if (textOf(callee.object, source) === textOf(receiver, source)) return true;
  const opener = originOf(callee.object, source);
  if (!opener) return false;
  const [one, other] = [firstCreation(opener), firstCreation(client)];
  // Models know their connection, and there is one as long as no other can be seen.
  if (option !== null && (ofRow || !one || !other)) return true;
  if (opener.module !== client.module) return false;
  if (one || other) return one === other;
  return opener.steps[0] !== client.steps[0] && !hasConnectionName(opener) && !hasConnectionName(client);
}

/** What a comment says of a write that is meant to outlive the transaction. */
const deliberate = /\boutbox\b|outside (?:of )?(?:the |this |a )?(?:transaction|tx)\b|not (?:be )?(?:a )?(?:part of|in|inside) (?:the |this |a )?(?:transaction|tx)\b|surviv|outliv|even (?:if|when|though) [^\n]*(?:roll|fail|abort)|regardless of/i;

/** Whether an expression, as a test that comes out this way, says that a transaction's handle is not there, or that nothing was begun. */
function saysWithout(test: TSESTree.Node, holds: boolean, transaction: Transaction, source: Source, hops = 3): boolean {
  const inner = unwrap(test);
  if (inner.type === "UnaryExpression" && inner.operator === "!") return saysWithout(inner.argument, !holds, transaction, source, hops);
  if (inner.type === "CallExpression" && inner.callee.type === "Identifier" && inner.callee.name === "Boolean" && inner.arguments[0]) return saysWithout(inner.arguments[0], holds, transaction, source, hops);
  if (inner.type === "LogicalExpression" && inner.operator === "&&" && !holds) return [inner.left, inner.right].every((part) => saysWithout(part, false, transaction, source, hops));
  if (inner.type === "BinaryExpression" && /^[=!]==?$/.test(inner.operator) && isNullish(inner.right)) return saysWithout(inner.left, inner.operator.startsWith("!") === holds, transaction, source, hops);
  const variable = inner.type === "Identifier" ? variableOf(inner, source) : null;
  if (!variable) return false;
  if (variable === transaction.handle) return !holds;
  const value = soleValueOf(variable);
  if (value && hops > 0 && saysWithout(value, holds, transaction, source, hops - 1)) return true;
  return isBegunBy(variable, holds, transaction);
}

/** Whether a transaction is begun only where a variable says so, or where one is told of it: `if (useTransaction) session.startTransaction()`. */
function isBegunBy(variable: TSESLint.Scope.Variable, holds: boolean, { call }: Transaction): boolean {
  if (!call) return false;
  const isTested = [...conditionsAt(call)].some((condition) => condition.kind === "test" && condition.holds !== holds && variable.references.some(({ identifier }) => identifier === condition.test));
  const block = ancestor(call, ({ type }) => type === "BlockStatement");
  return (
    isTested ||
    variable.references.some(({ identifier, writeExpr, init }) => {
      const said = writeExpr && init !== true ? unwrap(writeExpr) : null;
      return said?.type === "Literal" && typeof said.value === "boolean" && said.value !== holds && ancestor(identifier, ({ type }) => type === "BlockStatement") === block;
    })
  );
}

/** Whether a query is the one that is made where there is no transaction: `inTransaction ? query.session(session) : query`. */
const isForNone = (node: TSESTree.Node, transaction: Transaction, source: Source): boolean =>
  [...conditionsAt(node)].some((condition) => condition.kind === "test" && saysWithout(condition.test, condition.holds, transaction, source));

/** The query at a node, if it stands in a transaction and goes around it, through another client of the same database. */
export function outerQueryAt(node: TSESTree.Node, source: Source): OuterQuery | null {
  const query = queryAt(node, source);
  const transaction = query && transactionAt(node, source);
  if (!transaction || sideOf(query, transaction, source) !== "outside") return null;
  if (!runsWithin(node, transaction) || !isSameDatabase(query, transaction, source)) return null;
  return hasCommentAt(node, deliberate, source) || isForNone(node, transaction, source) ? null : { query, transaction };
}

/** What the transaction has written by then, which the query does not see. */
const writesBefore = ({ query, transaction }: OuterQuery, source: Source): Query[] =>
  queriesIn(source).filter((other) => other.effect === "write" && other.node.range[1] < query.node.range[0] && isWithin(other.node, transaction.region) && sideOf(other, transaction, source) === "handle");

/**
 * What comes of going around the transaction: a write `stays` when that is rolled back; a read does not see what was written (it is
 * `blind`), and `waits` for a second connection. `null` for a read that does neither.
 */
export function harmOf(outer: OuterQuery, source: Source): "stays" | "blind" | "blind-and-waits" | "waits" | null {
  if (outer.query.effect !== "read") return "stays";
  const writes = writesBefore(outer, source);
  if (!outer.query.sharesConnections) return writes.length > 0 ? "blind-and-waits" : "waits";
  return writes.some(({ model }) => model !== null && model === outer.query.model) ? "blind" : null;
}

/** The function that a call runs, where it stands in the same file: a function, or a method of the same class. */
function calledFunction({ callee }: TSESTree.CallExpression, source: Source): FunctionNode | null {
  if (callee.type === "Identifier") {
    const variable = variableOf(callee, source);
    const definition = variable?.defs[0]?.node;
    if (isFunction(definition)) return definition;
    const value = variable && soleValueOf(variable);
    return isFunction(value) ? value : null;
  }
  if (callee.type !== "MemberExpression" || callee.object.type !== "ThisExpression") return null;
  const owner = ancestor(callee, isClass);
  for (const member of isClass(owner) ? owner.body.body : []) {
    if (member.type !== "MethodDefinition" && member.type !== "PropertyDefinition") continue;
    if (keyName(member.key, member.computed) === memberName(callee) && isFunction(member.value)) return member.value;
  }
  return null;
}

/** Whether a call hands on anything that has come of the transaction: then the function may take part in it. */
const handsOn = (call: TSESTree.CallExpression, { handle }: Transaction, source: Source): boolean =>
  handle !== null && call.arguments.some((argument) => contains(argument, source, (node) => node.type === "Identifier" && node.name === handle.name));

/** The first write of a function that is called within a transaction, and knows nothing of it. One function deep, in the same file. */
export function outerWriteBehind(call: TSESTree.CallExpression, source: Source): OuterQuery | null {
  const fn = calledFunction(call, source);
  const transaction = fn && transactionAt(call, source);
  if (!fn || !transaction?.call || transaction.form === "list" || isWithin(fn, transaction.region)) return null;
  if (!runsWithin(call, transaction) || handsOn(call, transaction, source) || isForNone(call, transaction, source) || hasCommentAt(call, deliberate, source)) return null;
  for (const query of queriesIn(source)) {
    if (!isWithin(query.node, fn.body) || enclosingFunction(query.node) !== fn || query.effect !== "write" || sideOf(query, transaction, source) !== "outside") continue;
    if (isOfParameter(query.receiver, fn, source) || transactionAt(query.node, source) || !isSameDatabase(query, transaction, source)) continue;
    if (!hasCommentAt(query.node, deliberate, source)) return { query, transaction };
  }
  return null;
}

function isOfParameter(receiver: TSESTree.Node, fn: FunctionNode, source: Source): boolean {
  const variable = receiver.type === "Identifier" ? variableOf(receiver, source) : null;
  return variable?.defs.some(({ name }) => isWithin(name, fn)) ?? false;
}
