import type { TSESTree } from "@typescript-eslint/utils";

import { auditColumns, memberships, owners, persons, relationDecorators } from "../../knowledge/policies.js";
import type { Source } from "../../syntax/source.js";
import { keyName, unwrap } from "../../syntax/value.js";
import { isClass, isFunction } from "../../syntax/walk.js";
import { decoratorsOf } from "../entries/entries.js";
import type { Presence } from "../program/presence.js";
import { definitionOf } from "../program/provenance.js";
import type { Query } from "./queries.js";
import type { Schema, Table } from "../schema/model.js";
import { schemaOf, tableCalled } from "../schema/tables.js";
import { isScopedBy } from "./scopes.js";

/** Whether the rows of a table are somebody's, and how that shows. */
export interface Ownership {
  readonly presence: Presence;
  /** The column that says whose a row is, in this table or in one that it points at. */
  readonly column: string | null;
  /** The table that the column is in, where it is another one. */
  readonly of: string | null;
  /** Whether a row of that table is the person, rather than something that has members. */
  readonly isPerson: boolean;
}

/** A table, from wherever it is known. */
interface Holder {
  readonly name: string;
  /** Its columns by their names in the code. */
  readonly columns: readonly string[];
  /** Whether these are all. */
  readonly isComplete: boolean;
  /** Whether a column that says who entered a row is one by which the app tells whose it is. */
  isScopedBy(column: string): boolean;
  /** Whether another table says who belongs to its rows. */
  readonly hasMembers: boolean;
  /** The tables that its rows point at; `null` for one that is not known. */
  parents(): (Holder | null)[];
}

type ClassNode = TSESTree.ClassDeclaration | TSESTree.ClassExpression;

const plain = (name: string): string => name.replaceAll("_", "").toLowerCase();

const ownerNames = owners.map(plain);

const isOwner = (name: string): boolean => ownerNames.includes(plain(name).replace(/s$/, ""));

/** Whether a column holds the key of an owner. */
export const isOwnerKey = (column: string): boolean => ownerColumn([column]) !== null;

/** The column of a table that says whose a row is: a user's before a team's. */
function ownerColumn(columns: readonly string[]): string | null {
  const keys = columns.filter((column) => /(?:id|ID|Id|_uuid|Uuid)$/.test(column));
  for (const owner of ownerNames) {
    const found = keys.find((key) => plain(key).replace(/(?:id|uuid)$/, "") === owner);
    if (found !== undefined) return found;
  }
  return null;
}

const personNames = persons.map(plain);

const isPerson = (name: string): boolean => personNames.includes(plain(name).replace(/s$/, ""));

const unknown: Ownership = { presence: "unknown", column: null, of: null, isPerson: false };

/** A way to the owner through more tables than this is none that a filter would go. */
const deepest = 3;

function searched(holder: Holder, left = deepest): Ownership {
  const column = ownerColumn(holder.columns.filter((name) => !auditColumns.test(name) || holder.isScopedBy(name)));
  if (column !== null || isOwner(holder.name) || holder.hasMembers) return { presence: "found", column, of: null, isPerson: column === null && !holder.hasMembers && isPerson(holder.name) };
  let presence: Presence = holder.isComplete ? "missing" : "unknown";
  for (const parent of holder.parents()) {
    const found = parent && left > 0 ? searched(parent, left - 1) : unknown;
    if (parent && found.presence === "found") return { ...found, of: found.of ?? parent.name };
    if (found.presence === "unknown") presence = "unknown";
  }
  return { ...unknown, presence };
}

/** A table of a schema. */
function ofTable(table: Table, schema: Schema, source: Source): Holder {
  const isScoped = (column: string): boolean => isScopedBy(column, table.model, source);
  const says = (field: string | undefined): boolean => field === undefined || !auditColumns.test(field) || isScoped(field);
  const fieldOf = (name: string | undefined): string | undefined => table.columns.find((column) => column.name === name)?.field ?? name;
  const pointsHere = ({ foreignKeys }: Table): boolean => foreignKeys.some((key) => key.table === table.name);
  const fieldsOf = ({ columns }: Table): string[] => columns.map(({ field }) => field);
  return {
    name: table.model,
    columns: fieldsOf(table),
    isComplete: table.isComplete,
    isScopedBy: isScoped,
    hasMembers: schema.tables.some((other) => memberships.test(other.model) && pointsHere(other) && ownerColumn(fieldsOf(other)) !== null),
    parents: () =>
      table.foreignKeys
        .filter((key) => says(fieldOf(key.columns[0])))
        .map((key) => {
          const target = schema.tables.find(({ name }) => name === key.table);
          return target && target !== table ? ofTable(target, schema, source) : null;
        }),
  };
}

/** The class that an expression or type name stands for, as a table. */
function ofName(node: TSESTree.Node, source: Source): Holder | null {
  const value = definitionOf(node, source);
  return value?.kind === "definition" && isClass(value.node) ? ofClass(value.node, value.source) : null;
}

/** `() => Tenant`, as relations name the entity that they lead to. */
function relatedTo(field: TSESTree.PropertyDefinition, source: Source): TSESTree.Node | null {
  if (!relationDecorators.some(({ module, names }) => decoratorsOf(field, module, source).some((name) => names.includes(name)))) return null;
  const calls = field.decorators.flatMap(({ expression }) => (expression.type === "CallExpression" ? [expression.arguments[0]] : []));
  const arrow = calls.find((argument) => isFunction(argument));
  return isFunction(arrow) && arrow.body.type !== "BlockStatement" ? unwrap(arrow.body) : null;
}

/** An entity that is written as a class. */
function ofClass(node: ClassNode, source: Source): Holder {
  const base = node.superClass ? ofName(node.superClass, source) : null;
  const fields = node.body.body.filter((element) => element.type === "PropertyDefinition");
  const name = node.id?.name ?? "";
  const isScoped = (column: string): boolean => isScopedBy(column, name, source);
  const related = fields.flatMap((field) => {
    const key = keyName(field.key, field.computed) ?? "";
    return auditColumns.test(key) && !isScoped(key) ? [] : (relatedTo(field, source) ?? []);
  });
  return {
    name,
    isScopedBy: isScoped,
    columns: [...fields.flatMap((field) => keyName(field.key, field.computed) ?? []), ...(base?.columns ?? [])],
    isComplete: base === null ? node.superClass === null : base.isComplete,
    hasMembers: false,
    parents: () => [...related.map((target) => ofName(target, source)), ...(base?.parents() ?? [])],
  };
}

/** The entity that a repository is one of: `Repository<Order>`. */
function entityOf({ client: { declaredAs } }: Query, source: Source): Holder | null {
  const named = declaredAs?.type === "TSTypeReference" ? declaredAs.typeArguments?.params[0] : null;
  return named?.type === "TSTypeReference" && named.typeName.type === "Identifier" ? ofName(named.typeName, source) : null;
}

/** Whose rows a query is about, as far as the schema of its database, or the class of its entity, tells. */
export function ownershipOf(query: Query, source: Source): Ownership {
  const schema = schemaOf(source);
  const table = schema && query.model !== null ? tableCalled(query.model, schema) : null;
  const holder = schema && table ? ofTable(table, schema, source) : entityOf(query, source);
  if (!holder) return unknown;
  const found = searched(holder);
  // Where all that it says is who entered it, and nobody goes by that, it is the house's.
  const isOfHouse = found.presence !== "found" && holder.columns.some((column) => auditColumns.test(column));
  return isOfHouse ? { ...found, presence: "missing" } : found;
}
