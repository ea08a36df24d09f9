import type { Column, ForeignKey, Key, Policy, Schema, Table } from "../../src/semantics/schema/model.js";
import { isCounter, storedType } from "./postgres-types.js";
import type { TableFacts } from "./postgres.js";

const line = (...words: readonly (string | false | null)[]): string => words.filter(Boolean).join(" ");

const list = (names: readonly (string | null)[]): string => `(${names.map((name) => name ?? "expression").join(", ")})`;

function columnFact({ name, type, isList, isNullable, default: value, isGenerated }: Column): string {
  // Postgres keeps no default that is nothing.
  const hasDefault = value !== null && !/^null\b/i.test(value);
  const origin = isCounter(type) || /^nextval\b/.test(value ?? "") ? "sequence" : isGenerated ? "generated" : hasDefault && "default";
  return line("column", name, storedType(type) + (isList ? "[]" : ""), !isNullable && "not null", origin);
}

const keyFact = (kind: string, { name, columns, isPartial }: Key): string => line(kind, name, list(columns), isPartial && "partial");

const action = (words: string | null): string => ({ restrict: "r", cascade: "c", "set null": "n", "set default": "d" })[words ?? ""] ?? "a";

const foreignKeyFact = ({ name, columns, table, schema, targets, onDelete, onUpdate }: ForeignKey): string =>
  line("foreign key", name, list(columns), `${schema ?? "public"}.${table}`, list(targets), "delete", action(onDelete), "update", action(onUpdate));

const policyFact = ({ name, command, roles, isPermissive, using, check }: Policy): string =>
  line("policy", name, isPermissive ? "permissive" : "restrictive", command, list([...roles].sort()), using !== null && "using", check !== null && "check");

const factsOfTable = (table: Table): string[] => [
  ...table.columns.map(columnFact),
  ...(table.primaryKey ? [keyFact("primary key", table.primaryKey)] : []),
  ...table.uniques.map((key) => keyFact("unique", key)),
  ...table.indexes.map((key) => keyFact("index", key)),
  ...table.foreignKeys.map(foreignKeyFact),
  ...table.policies.map(policyFact),
  ...(table.rowSecurity === "unknown" ? [] : [`row security ${table.rowSecurity}`]),
];

const nameOf = ({ schema, name }: Table): string => `${schema ?? "public"}.${name}`;

/** The facts of each table of our model, in the words that Postgres's catalogue has for them. */
const factsOfModel = ({ tables }: Schema): TableFacts => new Map(tables.map((table) => [nameOf(table), factsOfTable(table)]));

/** How much of what Postgres has our model has as well. */
export interface Agreement {
  readonly tables: Share;
  readonly facts: Share;
  /** Tables of which our model does not know all. */
  readonly unknown: Share;
  readonly differences: readonly string[];
}

interface Share {
  agreed: number;
  all: number;
}

/**
 * Compares what our model makes of migrations with what Postgres made of them.
 *
 * @param before what our model makes of the database that they found.
 */
export function compare(schema: Schema, database: TableFacts, before: Schema): Agreement {
  const known = factsOfModel(before);
  const model = new Map([...factsOfModel(schema)].filter(([name, facts]) => database.has(name) || known.get(name)?.join() !== facts.join()));
  const isWhole = new Map(schema.tables.map((table) => [nameOf(table), table.isComplete]));
  const [tables, facts, unknown] = [0, 0, 0].map((): Share => ({ agreed: 0, all: 0 })) as [Share, Share, Share];
  const differences: string[] = [];
  for (const name of new Set([...model.keys(), ...database.keys()])) {
    const ours = model.get(name) ?? [];
    const told = database.get(name) ?? [];
    const theirs = ours.some((each) => each.startsWith("row security")) ? told : told.filter((each) => !each.startsWith("row security"));
    const share = isWhole.get(name) === false ? unknown : tables;
    const missing = theirs.filter((each) => !ours.includes(each));
    const added = ours.filter((each) => !theirs.includes(each));
    const isSame = missing.length === 0 && added.length === 0;
    share.all += 1;
    if (isSame) share.agreed += 1;
    if (share === unknown) continue;
    facts.all += theirs.length;
    facts.agreed += theirs.length - missing.length;
    differences.push(...missing.map((each) => `${name}: Postgres has ${each}`), ...added.map((each) => `${name}: we have ${each}`));
  }
  return { tables, facts, unknown, differences };
}
