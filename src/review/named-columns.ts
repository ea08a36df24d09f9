import { type App, wordsOf } from "./app.js";

/** What a database, an adapter or a person reads, if nobody's code does. */
const kept = /^(?:_?id|uuid|created|updated|deleted|inserted|modified|timestamp|.*_?(?:at|on)|.*(?:At|On)|version|metadata|search.*|.*vector|tsv|embedding.*|\w*_by|\w*By|refresh_token\w*|access_token\w*|token_type|scope|id_token|session_state|oauth_token\w*|expires\w*|provider\w*)$/;

/** Tables that a library reads and writes by itself. */
const managed = /^_|account|session|verification|authenticator|passkey|jwks|two_?factor|oauth|rate_?limit|webhook|audit|log|event|history|migration|backup|queue|job|pgboss|schema/i;

/** Where rows are asked for in ways that we do not read, nobody can tell which columns are in use. */
const opaque = /\$queryRawUnsafe|\bsql\.raw\(|\.raw\s*\(|\brpc\s*\(|createQueryBuilder|\bquery\s*\(\s*[`"']|graphql/i;

/** How many columns of the tables that code names are named by code as well, and which are not; `null` where that cannot be told. */
export function namedColumns(app: App): { readonly named: number; readonly total: number; readonly others: readonly string[] } | null {
  const tables = [...app.survey.values()].flatMap(({ tables: own }) => own);
  if (tables.length === 0 || app.says(opaque)) return null;
  const words = wordsOf(app);
  const others: string[] = [];
  let total = 0;
  for (const { name, model, columns, isComplete } of tables) {
    // A table that no code speaks of is another's.
    if (!isComplete || managed.test(name) || ![name, model, model.charAt(0).toLowerCase() + model.slice(1)].some((each) => words.has(each))) continue;
    total += columns.length;
    others.push(...columns.filter((column) => !column.refers && !words.has(column.name) && !words.has(column.field) && !kept.test(column.name) && !kept.test(column.field)).map((column) => `${name}.${column.field}`));
  }
  return { named: total - others.length, total, others };
}
