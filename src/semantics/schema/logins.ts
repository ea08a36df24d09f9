import { loginColumns, peopleTables, signInServices } from "../../knowledge/tables.js";
import type { Column, Key, Table } from "./model.js";
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
  return !columns.some(({ field }) => wordsOf(field).some((word) => signInServices.has(word)) && /(?:id|uid|sub|provider)$/i.test(field));
}

const words = (part: string): string[] => part.match(/\w+/g) ?? [];

/** Whether a key keeps two rows from having the same value: by itself, with a tenant's, for the rows that are left, or in lower case. */
const keeps = (column: Column, { columns, parts }: Key): boolean =>
  columns.includes(column.name) || parts.some((part) => words(part).includes(column.name.toLowerCase()) || part.includes(`"${column.name}"`));

/** The column that people sign in with in a table in which nothing keeps two of them from having the same. */
export function sharedLogin(table: Table): Column | null {
  if (!table.isComplete || !holdsPeople(table)) return null;
  const logins = table.columns.filter(isLogin);
  const keys = [...table.uniques, ...(table.primaryKey ? [table.primaryKey] : [])];
  const isShared = logins.every((column) => !keys.some((key) => keeps(column, key)));
  return isShared ? (logins[0] ?? null) : null;
}
