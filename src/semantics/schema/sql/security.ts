import type { SqlName, SqlPolicy, SqlRevoke } from "../../../languages/sql/syntax.js";
import type { Policy } from "../model.js";
import { usualSchema, type Database, type Mutable } from "./database.js";

/** `CREATE POLICY` and `ALTER POLICY`. */
export function changePolicy(db: Database, statement: SqlPolicy): void {
  const { type, name, table: on, roles, using, check, to } = statement;
  const table = db.tableOf(on);
  const known = table.policies.find((each) => each.name === name.text);
  const parts = {
    ...(roles.length > 0 && { roles }),
    ...(using && { using: using.text }),
    ...(check && { check: check.text }),
  };
  if (type === "SqlAlterPolicy") {
    if (known) Object.assign(known, parts, { name: to?.text ?? known.name }, to ? {} : { at: db.place(name) });
  } else if (!known && !isDroppedBeside(db, name.text, table.name)) {
    const { isPermissive, command } = statement;
    table.policies.push({ name: name.text, command, isPermissive, roles: ["public"], using: null, check: null, ...parts, at: db.place(name) } as Mutable<Policy>);
  }
}

const policyOf = (name: string, table: string): string => `${table} ${name}`;

/** Whether a migration that may as well run later drops a policy. */
const isDroppedBeside = (db: Database, name: string, table: string): boolean => db.droppedPolicies.get(policyOf(name, table))?.some((file) => db.isUnordered(file)) ?? false;

export function dropPolicy(db: Database, name: string, on: SqlName): void {
  const dropped = policyOf(name, on.text);
  db.droppedPolicies.set(dropped, [...(db.droppedPolicies.get(dropped) ?? []), db.file]);
  const table = db.find(on);
  if (table) table.policies = table.policies.filter((each) => each.name !== name);
}

/** What visitors may not touch needs no policy. */
export function revoke(db: Database, { names, schema, roles }: SqlRevoke): void {
  if (!["anon", "authenticated"].every((role) => roles.includes(role))) return;
  const tables = schema ? db.tables.filter((table) => (table.schema ?? usualSchema) === schema.text) : names.map((name) => db.find(name));
  for (const table of tables) if (table?.rowSecurity === "off") table.rowSecurity = "unknown";
}

/** A statement that is put together when it runs: whatever it may do to a table makes that unknown. */
export function guess(db: Database, text: string): void {
  const named = db.tables.filter(({ name }) => new RegExp(`\\b${name}\\b`, "i").test(text));
  const tables = named.length > 0 ? named : db.tables;
  const givesKeys = /\b(?:add|unique|primary|index|constraint)\b/.test(text);
  for (const table of tables) {
    if (text.includes("row level security")) table.rowSecurity = table.rowSecurity === "on" && text.includes("enable") ? "on" : "unknown";
    if (text.includes("policy") && text.includes("drop")) table.policies = [];
    if (givesKeys) table.isComplete = false;
  }
  if (givesKeys) for (const name of named.length > 0 ? named.map((table) => table.name) : [null]) db.doubts.add(name);
}
