import { isBelow, readText } from "../../project/disk.js";
import type { Source } from "../../syntax/source.js";
import { reachAround } from "../program/unreached.js";
import { codeBeside } from "./code-beside.js";
import type { Column, Table } from "./model.js";
import { appCode, spelling } from "./named.js";
import { wordsOf } from "./names.js";

/** What stands between braces, from the one before a place on, as far as a filter goes. */
function bracedFrom(text: string, start: number): string {
  let depth = 1;
  const end = Math.min(text.length, start + 800);
  for (let index = start; index < end; index += 1) {
    if (text[index] === "{") depth += 1;
    else if (text[index] === "}" && (depth -= 1) === 0) return text.slice(start, index);
  }
  return text.slice(start, end);
}

/** Where a filter of an object begins: `where: {`, `const where = {`, `findOne({`, `.where({`. */
const filters = /(?:\bwhere\w*\s*(?::[^={;]{0,80})?[:=]\s*|\b\w*(?:find|where|match|exists|count|getBy)\w*\(\s*)(\{)/gi;

/** What is handed to a query beside, or instead of, a filter of its own. */
const options = /^\s*(?:\w+\s*:\s*\w+,\s*)*(?:select|data|include|where|orderBy|columns|with|attributes|order|relations|take|skip)\b\s*[:,]/;

/** A key of an object by the name, or the name alone. */
const keyNamed = (name: string): RegExp => new RegExp(`(?:^|[{,\\s])["'\`]?${name}["'\`]?\\s*(?:[:,}]|$)`, "i");

/** The ways in which code asks for rows by a column, apart from filters that are objects. */
function askingFor(name: string): RegExp {
  const ways = [
    // eq(posts.slug, slug), .eq("slug", slug), .where("posts.slug", slug)
    `\\b(?:eq|inArray|i?like)\\([^;,]{0,60}\\.${name}\\b`,
    `\\.(?:eq|where|andWhere|orWhere|whereIn|filter|in|is|i?like|equals|findBy|query|withIndex|index)\\([^;)]{0,60}["'\`](?:\\w+\\.)?${name}["'\`]`,
    // slug = $1, posts.slug = :slug, \${posts.slug} = \${slug}
    `\\b${name}["'\`]?\\s*[})]?\\s*(?:=\\s*(?:(?:any|lower|upper)\\s*\\(|[$:?@%])|\\bi?like\\b|\\bin\\s*\\()`,
    // posts.find((post) => post.slug === slug), where.slug = slug
    `\\.(?:find|filter|some)\\([^;]{0,60}\\.${name}\\s*={2,3}`,
    `\\b(?:where|filter|query|conditions?)\\w*(?:\\.${name}|\\[["'\`]${name}["'\`]\\])\\s*=[^=]`,
  ];
  return new RegExp(ways.join("|"), "i");
}

/** A name as a pattern has it, in either way of writing words together: in SQL, anything may stand between quotation marks. */
const spelled = (name: string): string => wordsOf(name).join("_?");

/** Whether a text asks for rows by a column with one of the names, each written as a pattern. */
function asksBy(names: readonly string[], text: string): boolean {
  return names.some((name) => {
    if (!new RegExp(name, "i").test(text)) return false;
    if (new RegExp(`by_?${name}(?![a-z])`, "i").test(text) || askingFor(name).test(text)) return true;
    const key = keyNamed(name);
    for (const match of text.matchAll(filters)) {
      const filter = bracedFrom(text, match.index + match[0].length);
      if (!options.test(filter) && key.test(filter)) return true;
    }
    return false;
  });
}

/**
 * Whether code of the app asks for rows of a table by a column: a file that names the table does so, by whichever of the ways that a
 * text shows.
 *
 * @returns `true` as well where the package has no other code, or there is too much to look through: it may stand elsewhere.
 */
export function isLookedUp(table: Table, { field, name }: Column, source: Source): boolean {
  const own = codeBeside(source);
  const files = own === null ? null : appCode(own);
  if (own === null || !files?.some((each) => each !== table.at.file && isBelow(each, own))) return true;
  const unreached = reachAround(source)?.unreached;
  const names = [...new Set([field, name])].map(spelled);
  const tables = [...new Set([table.model, table.name])].map(spelling);
  return files.some((each) => {
    if (unreached?.has(each)) return false;
    const text = each === table.at.file ? "" : (readText(each) ?? "");
    return tables.some((pattern) => pattern.test(text)) && asksBy(names, text);
  });
}
