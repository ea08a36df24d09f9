import { anonymousRoles, trustedRoles } from "../../knowledge/tables.js";
import { memoByFile } from "../../project/disk.js";
import { fileFacts } from "../../project/file.js";
import { looseSqlBelow } from "../../project/loose-sql.js";
import { servedSchemas } from "../../project/supabase.js";
import { folderOf, workspaceRoot } from "../../project/workspace.js";
import type { Source } from "../../syntax/source.js";
import type { Policy, Table } from "./model.js";

/** Whether Supabase serves a table to whoever asks, going by the linted file; its storage has an interface of its own. */
export function isServed({ schema }: Table, source: Source): boolean {
  const served = servedSchemas(fileFacts(source)?.filename ?? "");
  const own = schema ?? "public";
  return served !== null && (served.has(own) || own === "storage");
}

const enabling = /\balter\s+table\s+(?:if\s+exists\s+)?(?:only\s+)?(?:["']?\w+["']?\.)?["']?([\w%]+)["']?\s+enable\s+row\s+level\s+security\b/gi;

/** The tables that a file of SQL switches row level security on for, by their names; a placeholder (`%I`) stands for any. */
const securedIn = memoByFile((text) => new Set([...text.replaceAll(/--[^\n]*/g, "").matchAll(enabling)].map(([, name = ""]) => name.toLowerCase())));

/** Whether SQL that people run by hand, beside the migrations, switches row level security on for a table. */
export function isSecuredByHand({ name }: Table, source: Source): boolean {
  const file = fileFacts(source)?.filename;
  const folder = file === undefined ? null : folderOf(file);
  if (folder === null) return false;
  return looseSqlBelow(workspaceRoot(folder)).some((each) => {
    const secured = securedIn(each);
    return secured !== null && (secured.has(name.toLowerCase()) || [...secured].some((table) => table.includes("%")));
  });
}

/** Whether a condition holds for every row and everybody. */
const isAlways = (condition: string | null): boolean => condition !== null && /^(?:true|1 = 1)$/.test(condition.replaceAll(/[()]/g, "").trim());

/** What a policy lets everybody do who has a role. */
export interface Opening {
  readonly command: "all" | "insert" | "update" | "delete";
  /** Whether that needs no sign-in. */
  readonly isAnonymous: boolean;
}

/** What a policy opens to everybody who may ask at all; `null` where it asks for more than a role, or for a role that no visitor has. */
export function openingOf({ isPermissive, command, roles, using, check }: Policy): Opening | null {
  if (!isPermissive || command === "select" || roles.every((role) => trustedRoles.has(role))) return null;
  const isOpen = command === "insert" ? isAlways(check) : isAlways(using) && (check === null || isAlways(check));
  return isOpen ? { command, isAnonymous: roles.some((role) => anonymousRoles.has(role)) } : null;
}

/** Whether a policy trusts what users may write about themselves. */
export const trustsOwnWord = ({ using, check, roles }: Policy): boolean =>
  !roles.every((role) => trustedRoles.has(role)) && /\b(?:raw_)?user_meta_?data\b/.test(`${using ?? ""} ${check ?? ""}`);

const owners = /^(?:user|owner|author|creator|profile|created_by|member|customer|account)(?:_?id)?$/i;

/** What says whose a row is, by name and type, as SQL compares it with who asks: `(SELECT auth.uid()) = user_id`. */
export function ownerTestOf({ columns }: Table): string | null {
  const named = columns.filter(({ name }) => owners.test(name));
  const own = named.find(({ family }) => family === "uuid");
  if (own) return `(SELECT auth.uid()) = ${own.name}`;
  const other = named.find(({ family }) => family === "text");
  return other ? `(SELECT auth.jwt() ->> 'sub') = ${other.name}` : null;
}
