import type { TSESTree } from "@typescript-eslint/utils";

import { atomicChanges, decimalMethods, enoughInSql, onlyWithEnough, ownCounters, scarceColumns, sqlChange, versionColumns } from "../../knowledge/atomic-changes.js";
import { lockWords } from "../../knowledge/conflicts.js";
import { readsOf, variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { memberName, resolveConst, stringValue, unwrap } from "../../syntax/value.js";
import { enclosingFunction, isFunction, isWithin } from "../../syntax/walk.js";
import { queriesIn, type Query } from "./queries.js";
import { readOfRow } from "./query-results.js";
import { isSameValue } from "./same-values.js";
import { schemaOf, tableCalled } from "../schema/tables.js";
import { transactionAt } from "./transactions.js";

type Sign = "+" | "-";

/** A column that is set to a number made of what was read of it before: a change in between is undone. */
export interface ReadModifyWrite {
  readonly write: Query;
  readonly column: string;
  /** Where the new number is made, or handed over. */
  readonly node: TSESTree.Node;
  /** What to write instead, in a sentence. */
  readonly instead: string;
  /** The expression to put in the place of the new number, where that is all. */
  readonly value: string | null;
}

/** A number that is made of a column of a row. */
interface Change {
  readonly row: TSESTree.Identifier;
  readonly sign: Sign;
  /** What is added, or taken away, where the number is nothing but that. */
  readonly by: TSESTree.Node | null;
}

/** `row.stock`, also with a number for where it has none: `(row.stock ?? 0)`, `Number(row.stock)`. */
function rowIn(node: TSESTree.Node, column: string, isExact: boolean): TSESTree.Identifier | null {
  const inner = unwrap(node);
  if (inner.type === "MemberExpression") {
    const object = unwrap(inner.object);
    return object.type === "Identifier" && memberName(inner) === column ? object : null;
  }
  if (isExact) return null;
  if (inner.type === "LogicalExpression") return rowIn(inner.left, column, false);
  const isMade = (inner.type === "CallExpression" || inner.type === "NewExpression") && inner.arguments.length > 0;
  return isMade && inner.arguments[0] ? rowIn(inner.arguments[0], column, false) : null;
}

const isText = (node: TSESTree.Node): boolean => unwrap(node).type === "TemplateLiteral" || stringValue(node) !== null;

function changeOf(node: TSESTree.Node, column: string, source: Source, hops = 4): Change | null {
  const inner = resolveConst(node, source);
  if (hops === 0) return null;
  if (inner.type === "BinaryExpression" && (inner.operator === "+" || inner.operator === "-")) {
    if (isText(inner.left) || isText(inner.right)) return null;
    const exact = inner === unwrap(node) ? rowIn(inner.left, column, true) : null;
    const row = exact ?? rowIn(inner.left, column, false) ?? (inner.operator === "+" ? rowIn(inner.right, column, false) : null);
    if (row) return { row, sign: inner.operator, by: exact ? inner.right : null };
    return changeOf(inner.left, column, source, hops - 1) ?? changeOf(inner.right, column, source, hops - 1);
  }
  if (inner.type !== "CallExpression") return null;
  const { callee } = inner;
  const sign = callee.type === "MemberExpression" ? decimalMethods[memberName(callee) ?? ""] : undefined;
  const row = sign && callee.type === "MemberExpression" ? rowIn(callee.object, column, false) : null;
  if (sign && row) return { row, sign, by: null };
  // Math.max(0, row.stock - quantity)
  for (const argument of inner.arguments) {
    const found = isFunction(argument) ? null : changeOf(argument, column, source, hops - 1);
    if (found) return { ...found, by: null };
  }
  return null;
}

const isSameName = (node: TSESTree.Node, name: TSESTree.Identifier, source: Source): boolean => {
  const inner = unwrap(node);
  return inner.type === "Identifier" && variableOf(inner, source) === variableOf(name, source);
};

/** Whether a write picks the row that was read: it is called on it, or goes by its key, or by what it was read by. */
function isOfSameRow(write: Query, read: Query, row: TSESTree.Identifier, source: Source): boolean {
  if (write.ofRow) return isSameName(write.receiver, row, source);
  const keys = write.filter?.keys.filter(({ operator, always }) => operator === "equals" && always) ?? [];
  const asked = read.filter?.keys ?? [];
  return keys.some(({ value }) => {
    if (!value) return false;
    const inner = unwrap(value);
    const isKey = inner.type === "MemberExpression" && isSameName(inner.object, row, source);
    return isKey || asked.some((key) => key.value !== null && isSameValue(key.value, value, source));
  });
}

/**
 * Whether a write only takes place where the row is still as it was read, or has enough of what is taken away. A column that it compares
 * with what was read, and changes, guards all others.
 */
function isConditional({ filter, data }: Query, column: string, row: TSESTree.Identifier, source: Source): boolean {
  const changed = new Set(data?.keys.map(({ name }) => name));
  return (
    filter?.keys.some(({ name, value }) => {
      if (name === column || versionColumns.test(name)) return true;
      const compared = value && resolveConst(value, source);
      return changed.has(name) && compared?.type === "MemberExpression" && memberName(compared) === name && isSameName(compared.object, row, source);
    }) ?? false
  );
}

const strongIsolation = /serializable|repeatable/i;

/** Whether something in sight keeps two runs apart, or may: a lock, a strong isolation, somebody else's transaction, a database that lets one write at a time. */
function isKeptApart(read: Query, write: Query, source: Source): boolean {
  let outer: TSESTree.Node = write.node;
  for (let fn = enclosingFunction(write.node); fn; fn = enclosingFunction(fn)) outer = fn;
  if (lockWords.test(source.text.slice(...outer.range))) return true;
  if (lockWords.test(source.text.slice(...read.node.range))) return true;
  const transaction = transactionAt(write.node, source);
  if (!transaction) return write.throughHandle;
  const { form, call } = transaction;
  return form === "given" || (call !== null && strongIsolation.test(source.text.slice(...call.range))) || schemaOf(source)?.dialect === "sqlite";
}

/** Whether a column must not fall below nothing: to take away from it without a look is no better. */
const isScarce = (column: string, sign: Sign): boolean => sign === "-" && scarceColumns.test(column);

function insteadOf({ orm }: Query, column: string, sign: Sign): string {
  const known = atomicChanges.find(({ library }) => library === orm)?.write ?? sqlChange;
  const enough = atomicChanges.find(({ library }) => library === orm)?.enough ?? enoughInSql;
  const advice = isScarce(column, sign) ? `${known}${onlyWithEnough.replace("{enough}", enough)}` : known;
  return advice.replaceAll("{column}", column).replaceAll("{sign}", sign).replaceAll("{name}", sign === "+" ? "increment" : "decrement");
}

function valueFor({ orm }: Query, { sign, by }: Change, source: Source): string | null {
  const template = by && atomicChanges.find(({ library }) => library === orm)?.value;
  return template ? template.replace("{name}", sign === "+" ? "increment" : "decrement").replace("{by}", source.text.slice(...by.range)) : null;
}

/** Whether a schema says that a column is none of numbers. */
function isOtherThanNumber({ model }: Query, column: string, source: Source): boolean {
  const schema = schemaOf(source);
  const table = schema && model !== null ? tableCalled(model, schema) : null;
  const family = table?.columns.find(({ field, name }) => field === column || name === column)?.family;
  return family === "text" || family === "time" || family === "json";
}

function defectOf(write: Query, column: string, change: Change, node: TSESTree.Node, isSameRow: (read: Query) => boolean, source: Source): ReadModifyWrite | null {
  const read = readOfRow(change.row, source);
  if (!read || read.model !== write.model || read.orm !== write.orm || !isSameRow(read)) return null;
  if (isConditional(write, column, change.row, source) || versionColumns.test(column) || ownCounters.test(column) || isKeptApart(read, write, source) || isOtherThanNumber(write, column, source)) return null;
  return { write, column, node, instead: insteadOf(write, column, change.sign), value: isScarce(column, change.sign) ? null : valueFor(write, change, source) };
}

/** Columns that an update sets to what it makes of a row that was read. */
function inUpdate(write: Query, source: Source): ReadModifyWrite[] {
  return (write.data?.keys ?? []).flatMap(({ name, value, path }) => {
    const change = value && path.length === 0 ? changeOf(value, name, source) : null;
    if (!value || !change) return [];
    return defectOf(write, name, change, value, (read) => isOfSameRow(write, read, change.row, source), source) ?? [];
  });
}

/** The assignment by which a member of a row is given a number that is made of it: `row.stock -= 1`, `row.stock = row.stock - 1`, `row.stock++`. */
function assignmentAt(member: TSESTree.MemberExpression, row: TSESTree.Identifier, source: Source): { node: TSESTree.Node; column: string; change: Change } | null {
  const { parent } = member;
  const column = memberName(member);
  if (column === null || member.object !== row) return null;
  if (parent.type === "UpdateExpression") return { node: parent, column, change: { row, sign: parent.operator === "++" ? "+" : "-", by: null } };
  if (parent.type !== "AssignmentExpression" || parent.left !== member) return null;
  if (parent.operator === "+=" || parent.operator === "-=") {
    return isText(parent.right) ? null : { node: parent, column, change: { row, sign: parent.operator === "+=" ? "+" : "-", by: null } };
  }
  const change = parent.operator === "=" ? changeOf(parent.right, column, source) : null;
  // What is made of another row's is a new number, and no change of this one's.
  return change && isSameName(change.row, row, source) ? { node: parent, column, change } : null;
}

/** Columns of an entity that are changed before it is saved. */
function inSave(write: Query, source: Source): ReadModifyWrite[] {
  const entity = unwrap(write.ofRow ? write.receiver : (write.data?.node ?? write.node));
  const variable = entity.type === "Identifier" ? variableOf(entity, source) : null;
  const fn = enclosingFunction(write.node);
  if (!variable || !fn) return [];
  return readsOf(variable).flatMap((row) => {
    const member = row.parent;
    if (member.type !== "MemberExpression" || row.range[0] > write.node.range[0] || !isWithin(row, fn)) return [];
    const found = assignmentAt(member, row, source);
    return (found && defectOf(write, found.column, found.change, found.node, () => true, source)) ?? [];
  });
}

/** The numbers of a file that are read, changed in the code and written back, while nothing keeps two runs apart. */
export function readModifyWritesIn(source: Source): ReadModifyWrite[] {
  return queriesIn(source).flatMap((query) => {
    if (query.model === null) return [];
    if (query.kind === "save") return inSave(query, source);
    return query.kind === "update" || query.kind === "update-many" ? inUpdate(query, source) : [];
  });
}
