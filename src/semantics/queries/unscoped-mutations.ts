import type { TSESTree } from "@typescript-eslint/utils";

import { emptyingOperations, expendableTables, narrowingWords, operatorPaths, refusals, sweepingRemarks, sweepingWords, tableChanges } from "../../knowledge/sweeping.js";
import { fileFacts } from "../../project/file.js";
import { pathInProject } from "../../project/path.js";
import { hasCommentAt } from "../../syntax/comments.js";
import { functionName } from "../../syntax/function-name.js";
import type { Source } from "../../syntax/source.js";
import { memberName, stringValue, unwrap } from "../../syntax/value.js";
import { ancestor, enclosingFunction, isWithin } from "../../syntax/walk.js";
import { settledNode } from "./columns.js";
import { isDevelopmentOnly } from "../program/guards.js";
import { ownershipOf } from "./ownership.js";
import { queriesIn, type Query } from "./queries.js";
import { wordsOf } from "../schema/names.js";

/** A change of rows that says nothing of which rows are meant: all of them are. */
export interface UnscopedMutation {
  readonly query: Query;
  readonly act: "deletes" | "changes";
  readonly model: string;
}

const acts: Readonly<Partial<Record<Query["kind"], UnscopedMutation["act"]>>> = { "delete-many": "deletes", "update-many": "changes" };

/** Whether the library refuses to do it, or the operation is there for nothing else. */
const isRefused = ({ orm, operation, calls }: Query): boolean =>
  emptyingOperations.has(operation) || refusals.some(({ library, operations, isBuilt }) => library === orm && operations.includes(operation) && (isBuilt || calls.length === 1));

/** Whether a filter is there, and empty: `{}`. */
const isEmpty = ({ filter }: Query): boolean => filter === null || (filter.complete && filter.keys.length === 0 && isWrittenOut(filter.node));

/** Whether an empty filter is one: a condition that we do not read has a node that is none. */
const isWrittenOut = (node: TSESTree.Node): boolean => unwrap(node).type === "ObjectExpression" && (unwrap(node) as TSESTree.ObjectExpression).properties.length === 0;

/** The template or text of raw SQL that a query sends; `null` for what is no SQL. */
function sqlNodeOf({ node }: Query, source: Source): TSESTree.Node | null {
  const text = node.type === "TaggedTemplateExpression" ? node : node.arguments[0] && settledNode(node.arguments[0], source);
  if (text?.type === "TaggedTemplateExpression") return text.quasi;
  return text && (text.type === "TemplateLiteral" || stringValue(text) !== null) && !/^[\w.]+$/.test(stringValue(text) ?? "") ? text : null;
}

/** `DELETE FROM users`, `UPDATE users SET …`, without any word on which rows, and written out as a whole. */
function inSql(query: Query, node: TSESTree.Node): UnscopedMutation | null {
  const sql = stringValue(node);
  const found = sql === null ? null : /^\s*(?:delete\s+from\s+(?:only\s+)?|update\s+(?:only\s+)?)["`[]?([\w.]+)["`\]]?/i.exec(sql);
  if (!found || sql === null || /\b(?:where|limit|using|join|current)\b|;\s*\S/i.test(sql)) return null;
  return { query, act: /^\s*d/i.test(sql) ? "deletes" : "changes", model: found[1] ?? "" };
}

const isSweeping = (name: string): boolean => wordsOf(name).some((word) => sweepingWords.has(word));

/** The path in `app.post("/admin/permissions/reset", …)`; empty for calls that are given none, and for users, who clear what is theirs. */
const operatorsRouteOf = ({ arguments: [first] }: TSESTree.CallExpression): string => {
  const text = first === undefined ? null : stringValue(first);
  return text !== null && operatorPaths.test(text) ? text : "";
};

/** Whether a file, by its name, is about the app's own settings. */
const isAboutSettings = (source: Source): boolean => {
  const facts = fileFacts(source);
  return facts !== null && /config|setting/i.test(pathInProject(facts));
};

/** Whether a later call on what was built says which rows are meant, by a way that we do not know: `.updateFrom(…).where(…)`. */
function isNarrowed({ node }: Query): boolean {
  let current: TSESTree.Node = node;
  for (;;) {
    const parent: TSESTree.Node = current.parent;
    const isRead = parent.type === "MemberExpression" && parent.object === current;
    if (isRead && narrowingWords.test(memberName(parent) ?? "")) return true;
    if (!(isRead || (parent.type === "CallExpression" && parent.callee === current))) return false;
    current = parent;
  }
}

/** Whether the function that changes the rows changes the table itself as well. */
const changesTables = ({ node }: Query, { text }: Source): boolean => {
  const fn = enclosingFunction(node);
  return fn !== null && tableChanges.test(text.slice(...fn.range));
};

/** Whether a comment at the statement, or at the `try` that it begins, says that all rows are meant. */
function isSaid({ node }: Query, source: Source): boolean {
  const statement = ancestor(node, ({ type }) => type.endsWith("Statement") || type.endsWith("Declaration"));
  const block = statement?.parent;
  const attempt = block?.type === "BlockStatement" && block.body[0] === statement && block.parent.type === "TryStatement" ? block.parent : null;
  return hasCommentAt(node, sweepingRemarks, source) || (attempt !== null && hasCommentAt(attempt, sweepingRemarks, source));
}

/** Whether the code around says that all rows are meant. */
function isMeant(query: Query, model: string, source: Source): boolean {
  if (isSaid(query, source) || isDevelopmentOnly(query.node, source)) return true;
  if (expendableTables.test(model) || isAboutSettings(source) || isNarrowed(query) || changesTables(query, source)) return true;
  for (let fn = enclosingFunction(query.node); fn; fn = enclosingFunction(fn)) if (isSweeping(functionName(fn) ?? "")) return true;
  return ancestor(query.node, (node) => node.type === "CallExpression" && ((node.callee.type === "Identifier" && isSweeping(node.callee.name)) || isSweeping(operatorsRouteOf(node)))) !== null;
}

const adds: ReadonlySet<Query["kind"]> = new Set(["create", "create-many", "save", "upsert"]);

/** Whether rows are put in the place of those that are deleted. */
function isReplaced({ query, model }: UnscopedMutation, queries: readonly Query[]): boolean {
  const fn = enclosingFunction(query.node);
  return fn !== null && queries.some((other) => adds.has(other.kind) && other.model === model && isWithin(other.node, fn));
}

function mutationOf(query: Query, source: Source): UnscopedMutation | null {
  const sql = sqlNodeOf(query, source);
  if (sql) return inSql(query, sql);
  const act = acts[query.kind];
  if (!act) return null;
  if (query.model === null || query.limit !== "missing" || !isEmpty(query) || isRefused(query)) return null;
  // Rows that are nobody's are an app's own: its licence, its settings.
  return ownershipOf(query, source).presence === "missing" ? null : { query, act, model: query.model };
}

/** The changes of a file that mean all rows of a table, and do not say so. */
export function unscopedMutationsIn(source: Source): UnscopedMutation[] {
  const queries = queriesIn(source);
  return queries.flatMap((query) => {
    const found = mutationOf(query, source);
    return found && !isMeant(query, found.model, source) && !isReplaced(found, queries) ? [found] : [];
  });
}
