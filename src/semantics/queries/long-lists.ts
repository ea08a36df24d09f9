import type { TSESTree } from "@typescript-eslint/utils";

import { fewWords, groupingCalls, limits, queryableCalls, silentLimits, startNames, wholeNames } from "../../knowledge/lists.js";
import { fileFacts } from "../../project/file.js";
import { pathInProject } from "../../project/path.js";
import { functionName } from "../../syntax/function-name.js";
import { readsOf, variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { memberName, outermost, unwrap } from "../../syntax/value.js";
import { ancestor, contains, enclosingFunction, isFunction } from "../../syntax/walk.js";
import { isBackgroundWork, isForBackgroundWork } from "../entries/background-work.js";
import { areRowsCompared } from "./compared-rows.js";
import { isLeftToCallers } from "./handed-builders.js";
import { queriesIn, type Query } from "./queries.js";
import { takenBy } from "./query-results.js";
import { repetitionsAround } from "../program/repetition.js";
import { growsWithUse } from "../schema/growth.js";
import { wordsOf } from "../schema/names.js";
import { schemaOf } from "../schema/tables.js";
import { isSubquery } from "./subqueries.js";

/** A list of rows that is as long as the table is. */
export interface LongList {
  readonly query: Query;
  /** How to bound it. */
  readonly limit: string;
  /** The number of rows after which the library's service leaves out the rest, without a word. */
  readonly stopsAt: string | null;
}

/** Whether an app has a few rows of a table, however many people use it. */
const hasFew = (model: string): boolean => wordsOf(model).some((word) => fewWords.has(word));

/** Whether each value is asked for once: there are as many rows as there are values, and no limit would be right. */
const isDistinct = ({ node }: Query, { text }: Source): boolean => /\bdistinct|selectDistinct/.test(text.slice(...node.range));

/** Whether rows are put together by what they share: there are as many as there are groups. */
const isGrouped = ({ calls }: Query): boolean => calls.some(({ name }) => groupingCalls.has(name));

/** Whether a list is as long as its table is: nothing picks rows, and nothing counts them out. */
const isLong = (query: Query, source: Source): boolean =>
  query.kind === "read-many" && query.limit === "missing" && query.filter === null && query.model !== null && !hasFew(query.model) && !isDistinct(query, source) && !isGrouped(query) && !isSubquery(query, source);

/** Whether code, by the name of its file or of a function around it, is there to go through all rows. */
function needsAll({ node }: Query, source: Source): boolean {
  const facts = fileFacts(source);
  if (facts && wholeNames.test(pathInProject(facts))) return true;
  for (let fn = enclosingFunction(node); fn; fn = enclosingFunction(fn)) if (wholeNames.test(functionName(fn) ?? "")) return true;
  return false;
}

/** Whether nobody waits for the list: a clock or a queue runs what reads it. */
const isOfBackground = ({ node }: Query, source: Source): boolean => isBackgroundWork(node, source) || repetitionsAround(node, source) === "open" || isForBackgroundWork(node, source);

/** The lists of a file that are as long as their tables are. */
export function longListsIn(source: Source): LongList[] {
  return queriesIn(source).flatMap((query) => {
    if (!isLong(query, source) || needsAll(query, source) || areRowsCompared(query, source)) return [];
    if (!growsWithUse(query.model ?? "", schemaOf(source)) || isOfBackground(query, source) || isLeftToCallers(query, source)) return [];
    const silent = silentLimits.find(({ library }) => library === query.orm);
    const limit = silent?.write ?? limits.find(({ library }) => library === query.orm)?.write ?? "`LIMIT 100`";
    return [{ query, limit, stopsAt: silent?.rows ?? null }];
  });
}

/** A list that is read as a whole, of which the code then takes a part. */
export interface FilteredList {
  readonly query: Query;
  /** The member by which the part is taken. */
  readonly node: TSESTree.Node;
  /** What the database could do instead: pick rows, find one, count. */
  readonly does: "pick" | "find" | "count";
}

const parts: Readonly<Record<string, FilteredList["does"]>> = { filter: "pick", find: "find", findLast: "find", some: "find", length: "count" };

/** The member by which a use of a list takes a part of it; `null` for every other use. */
function partOf(use: TSESTree.Node): TSESTree.MemberExpression | null {
  const whole = outermost(use);
  const member = whole.parent;
  return member?.type === "MemberExpression" && member.object === whole && Object.hasOwn(parts, memberName(member) ?? "") ? member : null;
}

/** Whether a use is repeated, or runs in a callback: rows that were read at once for many are a join, and a good one. */
const isRepeated = (use: TSESTree.Node, query: Query): boolean =>
  enclosingFunction(use) !== enclosingFunction(query.node) || ancestor(use, ({ type }) => /^(?:For|While|Do)\w*Statement$/.test(type) || type === "FunctionDeclaration")?.type.endsWith("Statement") === true;

/** Whether a database can tell what a predicate asks: columns of the row are compared with values, and nothing is computed from them. */
function isQueryable(predicate: TSESTree.Node, source: Source): boolean {
  return !contains(predicate, source, (node) => {
    if (node.type === "AwaitExpression" || node.type === "TaggedTemplateExpression") return true;
    if (node.type !== "CallExpression") return false;
    const callee = unwrap(node.callee);
    if (callee.type === "Identifier") return !/^(?:Boolean|Number|String|BigInt)$/.test(callee.name);
    return callee.type !== "MemberExpression" || !(queryableCalls.has(memberName(callee) ?? "") || isNow(callee));
  });
}

/** `Date.now()` */
const isNow = (member: TSESTree.MemberExpression): boolean => member.object.type === "Identifier" && member.object.name === "Date" && memberName(member) === "now";

/** Whether nothing but whether there are any rows is asked: `if (orders.length === 0)`. */
function asksForAny(member: TSESTree.MemberExpression): boolean {
  const { parent } = member;
  if (parent.type === "IfStatement" || (parent.type === "UnaryExpression" && parent.operator === "!")) return true;
  return parent.type === "BinaryExpression" && [parent.left, parent.right].some((side) => side.type === "Literal" && side.value === 0);
}

/** Whether an app does this once, when it starts. */
function isOfStart({ node }: Query): boolean {
  for (let fn = enclosingFunction(node); fn; fn = enclosingFunction(fn)) if (startNames.test(functionName(fn) ?? "")) return true;
  return false;
}

function filteredList(query: Query, source: Source): FilteredList | null {
  const { names, value } = takenBy(query.node);
  const uses = names.length === 0 ? [value] : names.flatMap((name) => {
    const variable = variableOf(name, source);
    return variable ? readsOf(variable) : [];
  });
  const members = uses.map((use) => (isRepeated(use, query) ? null : partOf(use)));
  const [first] = members;
  // Whoever takes two parts of a list has read both at once.
  const picks = members.filter((member) => member && memberName(member) !== "length");
  if (!first || members.some((member) => member === null) || picks.length > 1) return null;
  const node = picks[0] ?? first;
  const does = parts[memberName(node) ?? ""];
  // Who says how many there are in all, beside the part, needs them.
  if (picks.length > 0 && members.some((member) => member && member !== node && !asksForAny(member))) return null;
  const call = outermost(node).parent;
  const predicate = call?.type === "CallExpression" ? call.arguments[0] : undefined;
  const isTold = does === "count" || (isFunction(predicate) && isQueryable(predicate.body, source));
  return does && isTold ? { query, node: node.property, does } : null;
}

/** The lists of a file that are read as a whole, and used in part. */
export function filteredListsIn(source: Source): FilteredList[] {
  return queriesIn(source).flatMap((query) => {
    return (isLong(query, source) && !query.rowSecurity && !isOfStart(query) ? filteredList(query, source) : null) ?? [];
  });
}
