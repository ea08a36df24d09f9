import { hostedSignIn, loginColumns, peopleTables, signInServices } from "../../knowledge/tables.js";
import { textQuestion } from "../../project/source-texts.js";
import type { Source } from "../../syntax/source.js";
import { withKeysByHand } from "./by-hand.js";
import { codeBeside } from "./code-beside.js";
import { isFoundAlone } from "./lookups.js";
import type { Column, Key, Table } from "./model.js";
import { isNamedByApp } from "./named.js";
import { stemOf, wordsOf } from "./names.js";

const isLogin = ({ field, family, isList }: Column): boolean => family === "text" && !isList && loginColumns.has(wordsOf(field).join(""));

/** Whether the table is one of people who sign in, and not of what they have: a membership, a profile, an account with another service. */
function holdsPeople({ name, model, schema, columns, foreignKeys, primaryKey, policies }: Table): boolean {
  if (!peopleTables.has(stemOf(model)) && !peopleTables.has(stemOf(name))) return false;
  // Supabase has signed them in, and knows one of each address.
  if (policies.some(({ using, check }) => /\bauth\s*\.\s*uid\b/.test(`${using ?? ""} ${check ?? ""}`))) return false;
  if (schema === "auth") return false;
  if (foreignKeys.some((key) => key.schema === "auth" || (key.table !== name && peopleTables.has(stemOf(key.table))))) return false;
  const keyWords = (primaryKey?.columns ?? []).flatMap((column) => wordsOf(column ?? ""));
  if (keyWords.includes("user")) return false;
  // Whoever has a password here may do without the service.
  if (columns.some(({ field, isNullable }) => !isNullable && wordsOf(field).includes("password"))) return true;
  return !columns.some(({ field }) => wordsOf(field).some((word) => signInServices.has(word)) && /(?:id|uid|sub|provider)$/i.test(field));
}

const signsInElsewhere = textQuestion(hostedSignIn);

/** Whether a service signs people in, and the table only repeats what that knows of them: nobody's password is here. */
function isMirror({ columns }: Table, source: Source): boolean {
  const folder = codeBeside(source);
  return folder !== null && !columns.some(({ field }) => wordsOf(field).some((word) => /^(?:password|passwd|pwd|hash|salt)$/.test(word))) && signsInElsewhere(folder) === true;
}

const words = (part: string): string[] => part.match(/\w+/g) ?? [];

/** Whether a key keeps two rows from having the same value: by itself, with a tenant's, for the rows that are left, or in lower case. */
const keeps = (column: Column, { columns, parts }: Key): boolean =>
  columns.includes(column.name) || parts.some((part) => words(part).includes(column.name.toLowerCase()) || part.includes(`"${column.name}"`));

/** The columns by which a table knows people, that several of them may have the same in. */
function freeLogins(table: Table): readonly Column[] {
  const keys = [...table.uniques, ...(table.primaryKey ? [table.primaryKey] : [])];
  return table.columns.filter((column) => isLogin(column) && !keys.some((key) => keeps(column, key)));
}

/** A column that people are known by, and several may have the same in. */
interface SharedLogin {
  readonly column: Column;
  /** Nothing else tells them apart. */
  readonly isOnly: boolean;
}

function sharedIn(table: Table, source: Source): SharedLogin | null {
  if (!table.isComplete || !holdsPeople(table) || isMirror(table, source)) return null;
  const free = freeLogins(table);
  const isOnly = table.columns.filter(isLogin).length === free.length;
  // Where nothing tells them apart: by the address is how most people sign in.
  const column = isOnly ? (free.find((each) => isFoundAlone(each, table, source)) ?? free.find(({ name }) => /mail/i.test(name)) ?? free[0]) : free.find((each) => isFoundAlone(each, table, source));
  return column ? { column, isOnly } : null;
}

/**
 * The column that people sign in with in a table in which nothing keeps two of them from having the same; or beside one that does, the
 * one by which code finds one of them all the same, to send a new password to, or to see whether there is one.
 *
 * @returns `null` as well for a table that no code of the app names.
 */
export function sharedLogin(table: Table, source: Source): SharedLogin | null {
  const login = sharedIn(table, source) && sharedIn(withKeysByHand(table, source), source);
  return login && isNamedByApp(table, [login.column], source) ? login : null;
}
