import { builderSchemas } from "../../knowledge/schemas.js";
import { textCollection } from "../../project/source-texts.js";
import type { Source } from "../../syntax/source.js";
import { codeBeside } from "./code-beside.js";
import type { Table } from "./model.js";

/** By their variables, as `query.orders` as well; and by their names in SQL. */
const namings: readonly RegExp[] = [
  // db.insert(orders), db.select().from(schema.orders), relations(orders, …)
  /[(,]\s*(?:\w+\.)?(\w+)\s*(?=[,)])/g,
  // db.query.orders.findMany()
  /\bquery\.(\w+)\./g,
];

const inSql: readonly RegExp[] = [
  // supabase.from("orders"), knex("orders")
  /\(\s*["'`](?:\w+\.)?(\w+)["'`]/g,
  /\b(?:into|from|update|join)\s+["'`]?(?:\w+["'`]?\.["'`]?)?(\w+)/gi,
];

function* namedIn(text: string): Generator<string> {
  // A table's own declaration gives it a name, and does nothing with its rows.
  const used = text.replaceAll(/\b\w*[tT]able(?:Creator)?\s*\(\s*["'`]\w+["'`]/g, "");
  for (const pattern of namings) for (const [, name = ""] of used.matchAll(pattern)) yield name;
  for (const pattern of inSql) for (const [, name = ""] of used.matchAll(pattern)) yield `"${name}"`;
}

const namedBelow = textCollection((text) => new Set(namedIn(text)), true);

/** Whether code of the project does anything with the rows of a table that a builder declares: such a table goes by its variable, or by its name in SQL. */
export function hasRows({ model, name, declaredWith }: Table, source: Source): boolean {
  const folder = builderSchemas.some((entry) => entry.name === declaredWith) ? codeBeside(source) : null;
  const named = folder === null ? null : namedBelow(folder);
  return named === null || named.has(model) || named.has(`"${name}"`);
}
