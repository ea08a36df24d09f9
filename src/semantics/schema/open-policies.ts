import { readSqlText } from "../../languages/sql/language.js";
import { longestScript } from "./by-hand.js";
import type { Policy } from "./model.js";
import { type Opening, openingOf } from "./row-security.js";
import { replaySql } from "./sql.js";

/** A policy that lets everybody change rows of a table. */
export interface OpenPolicy extends Opening {
  readonly table: string;
  readonly name: string;
  readonly at: Policy["at"];
}

/** The policies that let everybody change or delete rows, as files of SQL leave them behind that are run one after the other. */
export function openPoliciesIn(files: readonly { readonly file: string; readonly text: string }[]): OpenPolicy[] {
  const scripts = files.filter(({ text }) => text.length <= longestScript).map(({ file, text }) => ({ file, script: readSqlText(text) }));
  return replaySql(scripts, false).tables.flatMap((table) =>
    table.rowSecurity === "off"
      ? []
      : table.policies.flatMap((policy): OpenPolicy[] => {
          const opening = openingOf(policy);
          return opening && opening.command !== "insert" ? [{ ...opening, table: table.name, name: policy.name, at: policy.at }] : [];
        }),
  );
}
