import { wordsOf } from "../app.js";
import { among } from "../../semantics/wording.js";
import { counted } from "../titles.js";
import type { Check } from "./check.js";

/** What a database, an adapter or a person reads, if nobody's code does. */
const kept = /^(?:_?id|uuid|created|updated|deleted|inserted|modified|timestamp|.*_?(?:at|on)|.*(?:At|On)|version|metadata|search.*|.*vector|tsv|embedding.*|\w*_by|\w*By|refresh_token\w*|access_token\w*|token_type|scope|id_token|session_state|oauth_token\w*|expires\w*|provider\w*)$/;

/** Tables that a library reads and writes by itself. */
const managed = /^_|account|session|verification|authenticator|passkey|jwks|two_?factor|oauth|rate_?limit|webhook|audit|log|event|history|migration|backup|queue|job|pgboss|schema/i;

/** Where rows are asked for in ways that we do not read, nobody can tell which columns are in use. */
const opaque = /\$queryRawUnsafe|\bsql\.raw\(|\.raw\s*\(|\brpc\s*\(|createQueryBuilder|\bquery\s*\(\s*[`"']|graphql/i;

export const noDeadColumn: Check = {
  name: "no-dead-column",
  title: "Columns that no code names",
  description: "Disallow columns that no code reads or writes",
  concern: "data-model",
  impact: "drag",
  urgency: "later",
  read: { true: 5, doubtful: 1, wrong: 1, mended: 1 },
  *run(app) {
    const placed = app.files.flatMap((file) => (app.surveyOf(file)?.tables ?? []).map((table) => ({ ...table, file })));
    if (placed.length === 0 || app.says(opaque)) return;
    const words = wordsOf(app);
    for (const { name, model, file, line, columns, isComplete } of placed) {
      // A table that no code speaks of is another's.
      if (!isComplete || managed.test(name) || ![name, model, model.charAt(0).toLowerCase() + model.slice(1)].some((each) => words.has(each))) continue;
      const dead = columns.filter((column) => !column.refers && !words.has(column.name) && !words.has(column.field) && !kept.test(column.name) && !kept.test(column.field));
      if (dead.length === 0 || dead.length > columns.length / 2) continue;
      const names = dead.map((column) => `\`${column.field}\``);
      yield { file, line, message: `No code names ${among(names, 4)} of \`${name}\`: ${counted(dead.length, "column")} that each reader takes for something that is kept up to date. Drop ${dead.length === 1 ? "it" : "them"} in a migration.` };
    }
  },
};
