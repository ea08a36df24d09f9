import type { Policy, Schema, Table } from "./model.js";
import { ownerTestOf } from "./row-security.js";

/** What a policy may ask instead of nothing. */
export interface PolicyTest {
  /** Whether it asks whose a row is, or who asks. */
  readonly of: "row" | "person";
  readonly condition: string;
  /** Where the project has it from. */
  readonly origin: "column" | "policies" | "guess";
}

/** A row that belongs to one which somebody owns: the lines of an order. */
function testThrough(table: Table, { tables }: Schema): string | null {
  for (const { columns, targets, table: name, schema } of table.foreignKeys) {
    const parent = tables.find((each) => each.name === name && each.schema === schema && each !== table);
    const test = parent && ownerTestOf(parent);
    const [column, target] = [columns[0], targets[0]];
    if (test && column !== undefined && target !== undefined && columns.length === 1) return `EXISTS (SELECT 1 FROM ${name} AS parent WHERE parent.${target} = ${table.name}.${column} AND ${test})`;
  }
  return null;
}

/** A call of a function of the project's own that is told nothing of the row: `private.is_staff()`, `has_role(auth.uid(), 'admin')`. */
const asking = /(?<![\w.])(?!auth\.)(?:\w+\.)?(?:is|has|can|check|may|current)_\w+\((?:(?:\(select )?auth\.uid\(\)\)?|'[^']*'(?:::[\w.]+)?|, )*\)/gi;

/** A condition as people write it: without spaces about dots and brackets. */
const tidied = (condition: string): string => condition.replaceAll(/ ?(::|[.(]) ?| (?=[),])/g, "$1");

const conditionsOf = ({ using, check }: Policy): string => tidied(`${using ?? ""} ${check ?? ""}`);

/** What is compared, cast or taken apart is no answer by itself: `current_setting('app.tenant')::uuid`, `has_seats(org_id) > 3`. */
const isOperand = (before: string, after: string): boolean => /(?:[-=<>!~+*/|]|\b(?:in|like|ilike))[\s(]*(?:select\s*)?$/i.test(before) || /^[\s)]*(?:::|[-=<>!~+*/|]|\b(?:in|like|ilike|is|between)\b)/i.test(after);

/** What is said most often; `null` where nothing is said. */
function mostOften(said: Iterable<string>): string | null {
  const counts = new Map<string, number>();
  for (const each of said) counts.set(each, (counts.get(each) ?? 0) + 1);
  return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0] ?? null;
}

/** The function by which most policies of a project ask who somebody is. */
const projectTest = ({ tables }: Schema): string | null =>
  mostOften(
    tables.flatMap(({ policies }) => policies).flatMap((policy) => {
      const text = conditionsOf(policy);
      return [...new Set([...text.matchAll(asking)].flatMap(({ 0: call, index }) => (isOperand(text.slice(0, index), text.slice(index + call.length)) ? [] : [call])))];
    }),
  );

/** What may stand in a comparison with a column, besides calls, types and texts. */
const plainWords = /^(?:select|uuid|text|int|integer|bigint|true|null)$/i;

/** The column that a condition compares with what says who asks, where it says nothing else: `tenant_id = (current_setting('app.tenant'))::uuid`. */
function comparedColumn(condition: string): string | null {
  const [, column, other = ""] = /^(\w+) = (.+)$/.exec(condition) ?? [];
  if (column === undefined || !other.includes("(")) return null;
  const words = other.replaceAll(/'[^']*'/g, "").matchAll(/(?<![\w.:])(\w+)(?![\w.(])/g);
  return [...words].every(([, word = ""]) => plainWords.test(word) || /^\d/.test(word)) ? column : null;
}

/** The comparison by which most policies of other tables tell whose a row is, where a table has the column as well; its own key is none. */
function sharedComparison(table: Table, { tables }: Schema): string | null {
  const conditions = tables.flatMap((other) => (other === table ? [] : other.policies)).flatMap(({ using, check }) => [using, check].flatMap((each) => (each === null ? [] : [unbracketed(tidied(each)).replace(/^(\w+) ?= ?/, "$1 = ")])));
  return mostOften(conditions.filter((condition) => table.columns.some(({ name }) => name === comparedColumn(condition) && table.primaryKey?.columns.includes(name) !== true)));
}

/** A condition without brackets around all of it. */
function unbracketed(condition: string): string {
  const inner = /^\(([^]*)\)$/.exec(condition)?.[1];
  let depth = 0;
  const isWhole = inner !== undefined && (inner.match(/[()]/g) ?? []).every((bracket) => (depth += bracket === "(" ? 1 : -1) >= 0);
  return isWhole ? unbracketed(inner.trim()) : condition;
}

/** What a policy of a table may ask, as the table's columns and the other policies of the project suggest. */
export function testFor(table: Table, schema: Schema): PolicyTest {
  const owner = ownerTestOf(table) ?? testThrough(table, schema);
  if (owner !== null) return { of: "row", condition: owner, origin: "column" };
  const shared = sharedComparison(table, schema);
  if (shared !== null) return { of: "row", condition: shared, origin: "policies" };
  if (!table.isComplete) return { of: "row", condition: "(SELECT auth.uid()) = user_id", origin: "guess" };
  const known = projectTest(schema);
  return known === null ? { of: "person", condition: "(SELECT auth.jwt() -> 'app_metadata' ->> 'role') = 'admin'", origin: "guess" } : { of: "person", condition: known, origin: "policies" };
}
