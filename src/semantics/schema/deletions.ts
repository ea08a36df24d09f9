import { textCollection } from "../../project/source-texts.js";
import type { Source } from "../../syntax/source.js";
import { codeBeside, isOfApp } from "./code-beside.js";
import type { Schema, Table } from "./model.js";
import { stemOf } from "./names.js";

const deleting: readonly RegExp[] = [
  // prisma.user.delete({ where }), userRepository.delete(id), user.destroy()
  /\b(\w+?)(?:Repository|Repo|Model)?\.(?:delete|deleteMany|deleteOne|findByIdAndDelete|findOneAndDelete|destroy|softDelete)\(/g,
  // supabase.from("users").delete()
  /\.from\(\s*["'`](\w+)["'`]\s*\)\s*\.delete\(/g,
  // db.delete(users), tx.deleteFrom("users")
  /\b(?:db|tx|trx|\w+Db|database)\s*\.delete(?:From)?\(\s*["'`]?(\w+)["'`]?\s*\)/g,
  /\bdelete\s+from\s+["'`]?(?:\w+["'`]?\.["'`]?)?(\w+)/gi,
];

function* deletedIn(text: string): Generator<string> {
  if (!/\.(?:delete|destroy|findByIdAndDelete|findOneAndDelete)|\bdelete\s+from\b/i.test(text)) return;
  for (const pattern of deleting) for (const [, name = ""] of text.matchAll(pattern)) yield stemOf(name);
}

/** What is no part of the app takes no rows away from its users. */
const deletedBelow = textCollection((text) => new Set(deletedIn(text)), true, isOfApp);

/** Rows that go with those of another table: with a customer, its orders. */
const goesWith = ({ foreignKeys }: Table, { tables }: Schema): readonly Table[] =>
  foreignKeys.filter(({ onDelete }) => onDelete === "cascade").flatMap((key) => tables.filter(({ name, schema }) => name === key.table && schema === key.schema));

/** Whether code of the project deletes rows of a table, or those that they go with. */
export function isDeleted(table: Table, schema: Schema, source: Source): boolean {
  const folder = codeBeside(source);
  const deleted = folder === null ? null : deletedBelow(folder);
  if (!deleted) return false;
  const seen = new Set<Table>();
  const isGone = (each: Table): boolean => seen.size !== seen.add(each).size && (deleted.has(stemOf(each.model)) || deleted.has(stemOf(each.name)) || goesWith(each, schema).some(isGone));
  return isGone(table);
}
