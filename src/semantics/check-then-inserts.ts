import type { TSESTree } from "@typescript-eslint/utils";

import { breachMarks, lockWords, yieldingWords } from "../knowledge/conflicts.js";
import { variableOf, readsOf } from "../syntax/scope.js";
import type { Source } from "../syntax/source.js";
import { unwrap } from "../syntax/value.js";
import { type FunctionNode, isFunction, isWithin } from "../syntax/walk.js";
import { pathsWithout } from "./absence.js";
import type { Column } from "./columns.js";
import { sharedFunction } from "./one-run.js";
import type { Presence } from "./presence.js";
import { queriesIn, type Query } from "./queries.js";
import { takenBy } from "./query-results.js";
import { isNew } from "./row-keys.js";
import { givesSame } from "./same-values.js";
import type { Table } from "./schema/model.js";
import { schemaOf, tableCalled } from "./schema/tables.js";
import { isReportedAsShared, uniquenessOf } from "./schema/uniqueness.js";
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

const isNothing = (node: TSESTree.Node | null): boolean => {
  const inner = node && unwrap(node);
  return inner === null || (inner.type === "Literal" && inner.value === null);
};

/** The columns by which a read looks for the row that is then created; `null` where it looks for something else as well, or another. */
function sharedColumns({ filter }: Query, { data }: Query, source: Source): readonly Column[] | null {
  if (!filter?.complete || !data) return null;
  const asked = filter.keys.filter(({ value }) => !isNothing(value));
  if (asked.some(({ operator, always, path }) => operator !== "equals" || !always || path.length > 0)) return null;
  const answers = asked.map((column) => ({ column, isSame: givesSame(column, data, source) }));
  const isFixed = ({ value }: Column): boolean => value !== null && unwrap(value).type === "Literal";
  if (answers.some(({ column, isSame }) => isSame === false || (isSame === null && !isFixed(column)))) return null;
  const same = answers.flatMap(({ column, isSame }) => (isSame ? [column] : []));
  return same.some((column) => !isFixed(column)) ? same : null;
}

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

function pairOf(read: Query, create: Query, source: Source): CheckThenInsert | null {
  const fn = sharedFunction(read.node, create.node);
  const columns = fn && sharedColumns(read, create, source);
  if (!fn || !columns || isLimit(read, columns) || isReady(fn, source) || isKeptTogether(read, source) || isKeptTogether(create, source)) return null;
  const names = columns.map(({ name }) => name);
  const schema = schemaOf(source);
  const table = schema && create.model !== null ? tableCalled(create.model, schema) : null;
  const given = create.data?.complete ? create.data.keys.map(({ name }) => name) : "any";
  const unique = table ? uniquenessOf(names, given, table) : "unknown";
  return unique === "found" || (table && isReportedAsShared(names, table)) ? null : { read, create, columns: names, table, unique };
}

/** The rows of a file that are added because a read has found none, while nothing that is known keeps a second one away. */
export function checkThenInsertsIn(source: Source): CheckThenInsert[] {
  const queries = queriesIn(source);
  const creates = queries.filter((query) => query.model !== null && isCreate(query, source));
  const reads = creates.length > 0 ? queries.filter((query) => reading.has(query.kind) && !query.byKey && query.model !== null) : [];
  const found: CheckThenInsert[] = [];
  for (const read of reads) {
    const later = creates.filter((create) => create.model === read.model && create.orm === read.orm && create.node.range[0] > read.node.range[1]);
    const paths = later.length > 0 ? pathsAfter(read, source) : [];
    for (const create of later) {
      if (found.some((known) => known.create === create) || !paths.some((path) => isWithin(create.node, path))) continue;
      const pair = pairOf(read, create, source);
      if (pair) found.push(pair);
    }
  }
  return found;
}
