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

/** The function by which most policies of a project ask who somebody is. */
function projectTest({ tables }: Schema): string | null {
  const counts = new Map<string, number>();
  for (const policy of tables.flatMap(({ policies }) => policies)) {
    for (const call of new Set(conditionsOf(policy).match(asking))) counts.set(call, (counts.get(call) ?? 0) + 1);
  }
  return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0] ?? null;
}

/** What a policy of a table may ask, as the table's columns and the other policies of the project suggest. */
export function testFor(table: Table, schema: Schema): PolicyTest {
  const owner = ownerTestOf(table) ?? testThrough(table, schema);
  if (owner !== null) return { of: "row", condition: owner, origin: "column" };
  if (!table.isComplete) return { of: "row", condition: "(SELECT auth.uid()) = user_id", origin: "guess" };
  const known = projectTest(schema);
  return known === null ? { of: "person", condition: "(SELECT auth.jwt() -> 'app_metadata' ->> 'role') = 'admin'", origin: "guess" } : { of: "person", condition: known, origin: "policies" };
}
