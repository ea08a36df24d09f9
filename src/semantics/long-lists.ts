import type { TSESTree } from "@typescript-eslint/utils";

import { fewWords, limits, silentLimits } from "../knowledge/lists.js";
import { readsOf, variableOf } from "../syntax/scope.js";
import type { Source } from "../syntax/source.js";
import { memberName, outermost, unwrap } from "../syntax/value.js";
import { ancestor, enclosingFunction, isFunction } from "../syntax/walk.js";
import { isBackgroundMethod } from "./background-work.js";
import { queriesIn, type Query } from "./queries.js";
import { takenBy } from "./query-results.js";
import { repetitionsAround } from "./repetition.js";
import { wordsOf } from "./schema/names.js";

/** A list of rows that is as long as the table is. */
export interface LongList {
  readonly query: Query;
  /** How to bound it. */
  readonly limit: string;
  /** The number of rows after which the library's service leaves out the rest, without a word. */
  readonly stopsAt: string | null;
}

const isFixed = (node: TSESTree.Node | null): boolean => {
  const inner = node && unwrap(node);
  return !inner || inner.type === "Literal" || (inner.type === "MemberExpression" && inner.object.type === "Identifier" && /^[A-Z]/.test(inner.object.name));
};

/** Whether nothing bounds the rows: no filter, or one that asks only for what is written out (`status: "active"`). */
const isOpenEnded = ({ filter }: Query): boolean => filter === null || (filter.complete && filter.keys.every(({ value }) => isFixed(value)));

/** Whether an app has a few rows of a table, however many people use it. */
const hasFew = (model: string): boolean => wordsOf(model).some((word) => fewWords.has(word));

/** Whether a list may be as long as its table is: nothing picks rows by a value, and nothing counts them out. */
const isLong = (query: Query): boolean => query.kind === "read-many" && query.limit === "missing" && query.model !== null && !hasFew(query.model) && isOpenEnded(query);

/** The lists of a file that are as long as their tables are. */
export function longListsIn(source: Source): LongList[] {
  return queriesIn(source).flatMap((query) => {
    if (!isLong(query) || isBackgroundMethod(query.node, source) || repetitionsAround(query.node, source) === "open") return [];
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
  const isCallback = does === "count" || isFunction(outermost(node).parent?.type === "CallExpression" ? (outermost(node).parent as TSESTree.CallExpression).arguments[0] : null);
  return does && isCallback ? { query, node: node.property, does } : null;
}

/** The lists of a file that are read as a whole, and used in part. */
export function filteredListsIn(source: Source): FilteredList[] {
  return queriesIn(source).flatMap((query) => {
    const isWhole = query.kind === "read-many" && query.limit === "missing" && query.filter === null && query.model !== null && !hasFew(query.model) && !query.rowSecurity;
    return (isWhole ? filteredList(query, source) : null) ?? [];
  });
}
