import type { TSESTree } from "@typescript-eslint/utils";

import { alwaysDeclared, breachMarks, changingColumns, lockWords, longTexts, yieldingWords } from "../../knowledge/conflicts.js";
import { tenantColumns } from "../../knowledge/undefined-filters.js";
import { readsOf, soleValueOf, variableOf } from "../../syntax/scope.js";
import type { Source } from "../../syntax/source.js";
import { unwrap, unwrapAwait } from "../../syntax/value.js";
import { type FunctionNode, isFunction, isWithin } from "../../syntax/walk.js";
import { pathsWithout } from "../program/absence.js";
import { areAlikeOnPurpose } from "./alike-rows.js";
import { type Column, settledNode } from "./columns.js";
import { sharedFunction } from "../program/one-run.js";
import type { Presence } from "../program/presence.js";
import { queriesIn, type Query, queryAt } from "./queries.js";
import { takenBy } from "./query-results.js";
import { isNew, memberOf } from "./row-keys.js";
import { givesSame } from "./same-values.js";
import type { Table } from "../schema/model.js";
import { schemaOf, tableCalled } from "../schema/tables.js";
import { isKeptByHand, isReportedAsShared, uniquenessOf } from "../schema/uniqueness.js";
import { isOwnerColumn } from "./side-rows.js";
import { isKeptTogether } from "./write-sequences.js";

/** A row that is added because a read before has found none like it: two runs at once find none, and add two. */
export interface CheckThenInsert {
  readonly read: Query;
  readonly create: Query;
  /** The columns that both are about, by their names in the code. */
  readonly columns: readonly string[];
  readonly table: Table | null;
  /** Whether the database keeps the second row away. */
  readonly unique: Exclude<Presence, "found">;
  /** Whether only rows with some condition are asked for (not deleted, still open), or the table is shared and the owner is not asked for: a plain constraint would keep too much away. */
  readonly isPartial: boolean;
}

const reading: ReadonlySet<string> = new Set(["read-one", "read-many", "count"]);

const yielding = new RegExp(`\\b(?:${yieldingWords.flatMap(({ words }) => words).join("|")})\\b`);

const breaches = new RegExp(breachMarks.map(({ mark }) => mark).join("|"), "i");

const isCreate = (query: Query, source: Source): boolean => {
  const { kind, data } = query;
  if (kind === "save" && data) return isNew(data.node, source);
  return (kind === "create" || kind === "create-many") && !yielding.test(source.text.slice(...query.node.range));
};

/** The places where what a read has found stands for itself: reads of a variable, or the read in the midst of a test. */
function placesOf({ node }: Query, source: Source): readonly TSESTree.Node[] {
  const { names, value } = takenBy(node);
  if (value.parent?.type !== "VariableDeclarator") return [value];
  return names.flatMap((name) => {
    const variable = variableOf(name, source);
    return variable ? readsOf(variable) : [];
  });
}

/** The code that runs only where a read has found nothing. Whoever asks for a number of rows that is not none has a limit. */
function pathsAfter(read: Query, source: Source): readonly TSESTree.Node[] {
  const places = placesOf(read, source);
  if (read.kind === "count") {
    const withOne = pathsWithout(places, 1, source);
    return pathsWithout(places, 0, source).filter((path) => !withOne.includes(path));
  }
  const withoutRow = pathsWithout(places, null, source);
  return withoutRow.length > 0 ? withoutRow : pathsWithout(places, [], source);
}

/** Whether a value is always the same: written out, or a member of an enum. */
function isFixed({ value }: Column): boolean {
  const inner = value && unwrap(value);
  if (!inner || inner.type === "Literal") return true;
  return inner.type === "MemberExpression" && inner.object.type === "Identifier" && /^[A-Z]/.test(inner.object.name);
}

/** Whether a column has the same value in all rows that are looked for, and in each of them for good: a part of what they are, as a plain constraint would have it. */
const isForGood = (column: Column): boolean => {
  const inner = column.value && unwrap(column.value);
  return inner !== null && !changingColumns.test(column.name) && (inner.type !== "Literal" || typeof inner.value === "string");
};

/** Whether a value is of a row that the same function has made: nobody else can know it yet. */
function isOfNewRow({ value }: Column, source: Source): boolean {
  const root = value ? memberOf(value)?.root : null;
  const variable = root ? variableOf(root, source) : null;
  const made = variable && soleValueOf(variable);
  const kind = made ? queryAt(unwrapAwait(made), source)?.kind : null;
  return kind === "create" || kind === "create-many";
}

/** Whether several rows are added at once, of which no column can be the only one. */
const addsSeveral = ({ data }: Query, source: Source): boolean => {
  const node = data && settledNode(data.node, source);
  return node?.type === "ArrayExpression" && node.elements.length > 1;
};

/** The columns by which a read looks for the row that is then created; `null` where it looks for something else as well, or another. */
function sharedColumns({ filter }: Query, create: Query, source: Source): readonly Column[] | null {
  const { data } = create;
  if (!filter?.complete || !data || addsSeveral(create, source)) return null;
  if (filter.keys.some(({ operator, always, path }) => operator !== "equals" || !always || path.length > 0)) return null;
  const answers = filter.keys.map((column) => ({ column, isSame: givesSame(column, data, source) }));
  if (answers.some(({ column, isSame }) => (isSame !== true && !isFixed(column)) || (isSame === false && !isNothing(column)))) return null;
  const same = answers.flatMap(({ column, isSame }) => (isSame && (!isFixed(column) || isForGood(column)) ? [column] : []));
  return same.some((column) => !isFixed(column)) && !same.some((column) => isOfNewRow(column, source)) ? same : null;
}

const isNothing = ({ value }: Column): boolean => {
  const inner = value && unwrap(value);
  return inner === null || (inner.type === "Literal" && inner.value === null);
};

/** Whether a table has a column that says whose a row is, which is not asked for. */
const isShared = (names: readonly string[], { columns }: Table): boolean => columns.some(({ field }) => tenantColumns.test(field) && !names.includes(field));

/** Whether all that is asked is how many rows somebody has: a limit of their plan, which no constraint could keep. */
const isLimit = ({ kind }: Query, columns: readonly Column[]): boolean => kind !== "read-one" && columns.every(({ name }) => isOwnerColumn(name));

/** The outermost function around a node: what may lock, or catch, for all that runs within. */
function outermostFunction(node: TSESTree.Node): TSESTree.Node {
  let found = node;
  for (let current: TSESTree.Node | undefined = node; current; current = current.parent) if (isFunction(current)) found = current;
  return found;
}

/** Whether a function says that it is ready for a second run at the same time: by a lock, or by what it does with the error of a breach. */
const isReady = (fn: FunctionNode, { text }: Source): boolean => {
  const code = text.slice(...outermostFunction(fn).range);
  return breaches.test(code) || lockWords.test(code);
};

/** Whether the file adds several rows on purpose that a key of these columns would keep apart, of those that the read asks for. */
function isAlikeOnPurpose({ filter }: Query, { model, orm }: Query, names: readonly string[], source: Source): boolean {
  const fixed = (filter?.keys ?? []).filter(({ name }) => !names.includes(name));
  const creates = queriesIn(source).filter((query) => query.model === model && query.orm === orm && query.data !== null && isCreate(query, source));
  return areAlikeOnPurpose(creates.filter(({ data }) => data && !fixed.some((column) => givesSame(column, data, source) === false)), names, source);
}

function pairOf(read: Query, create: Query, source: Source): CheckThenInsert | null {
  const fn = sharedFunction(read.node, create.node);
  const columns = fn && sharedColumns(read, create, source);
  if (!fn || !columns || isLimit(read, columns) || isReady(fn, source) || isKeptTogether(read, source) || isKeptTogether(create, source)) return null;
  const names = columns.map(({ name }) => name);
  const schema = schemaOf(source);
  const table = schema && create.model !== null ? tableCalled(create.model, schema) : null;
  if (!table && alwaysDeclared.has(create.orm)) return null;
  const given = create.data?.complete ? create.data.keys.map(({ name }) => name) : "any";
  const fixed = (read.filter?.keys ?? []).filter((column) => !names.includes(column.name)).map(({ name }) => name);
  const unique = table ? uniquenessOf([...names, ...fixed], given, table) : "unknown";
  if (unique === "found" || isKeptByHand(create.model ?? "", [...names, ...fixed], given, table, source) || (table && isReportedAsShared(names, table, source))) return null;
  if (isAlikeOnPurpose(read, create, names, source)) return null;
  return { read, create, columns: names, table, unique, isPartial: fixed.length > 0 || names.some((name) => longTexts.test(name)) || (table !== null && isShared(names, table)) };
}

/** Whether a row like the one that was looked for is added where there is one as well: several may be alike. */
const addsAnyway = (read: Query, create: Query, source: Source): boolean => sharedFunction(read.node, create.node) !== null && sharedColumns(read, create, source) !== null;

/** The rows of a file that are added because a read has found none, while nothing that is known keeps a second one away. */
export function checkThenInsertsIn(source: Source): CheckThenInsert[] {
  const queries = queriesIn(source);
  const creates = queries.filter((query) => query.model !== null && isCreate(query, source));
  const reads = creates.length > 0 ? queries.filter((query) => reading.has(query.kind) && !query.byKey && query.model !== null) : [];
  const found: CheckThenInsert[] = [];
  for (const read of reads) {
    const later = creates.filter((create) => create.model === read.model && create.orm === read.orm && create.node.range[0] > read.node.range[1]);
    const paths = later.length > 0 ? pathsAfter(read, source) : [];
    const isAfter = ({ node }: Query): boolean => paths.some((path) => isWithin(node, path));
    for (const create of later) {
      if (found.some((known) => known.create === create) || !isAfter(create)) continue;
      const pair = later.some((other) => !isAfter(other) && addsAnyway(read, other, source)) ? null : pairOf(read, create, source);
      if (pair) found.push(pair);
    }
  }
  return found;
}
