import { textIndex } from "../../project/source-texts.js";
import type { Source } from "../../syntax/source.js";
import { reachAround } from "../program/unreached.js";
import { codeBeside } from "./code-beside.js";
import type { Column, Key, Table } from "./model.js";
import { stemOf } from "./names.js";

/** No query is longer. */
const longest = 2_000;

/** What stands between a bracket and the one that closes it. */
function balanced(text: string, open: number): string {
  let depth = 0;
  for (let at = open; at < text.length && at < open + longest; at += 1) {
    const character = text[at];
    if (character === "(" || character === "{" || character === "[") depth += 1;
    else if (character === ")" || character === "}" || character === "]") depth -= 1;
    if (depth === 0) return text.slice(open, at + 1);
  }
  return "";
}

/** The names right within the braces of an object, with what stands behind each. */
function keysIn(object: string): Map<string, string> {
  const keys = new Map<string, string>();
  let depth = 0;
  let isKey = false;
  for (const { 0: token, 1: name, index } of object.matchAll(/(\w+)|[([{]|[)\]}]|[,:]|\/\/[^\n]*/g)) {
    if ("([{".includes(token)) depth += 1;
    else if (")]}".includes(token)) depth -= 1;
    if (depth === 1 && (token === "{" || token === ",")) isKey = true;
    else if (name !== undefined && isKey && depth === 1) {
      keys.set(name, object.slice(index + name.length));
      isKey = false;
    }
  }
  return keys;
}

/** `one`: what is asked for is one row, and no list. */
const fact = (kind: "model" | "table" | "one", name: string, columns: Iterable<string>): string => [kind, stemOf(name), ...columns].join(" ");

const finders =
  /\b(\w+)\.(findMany|findFirst|findFirstOrThrow|findAll|findAndCountAll|findOne|findOneOrFail|findOneBy|findBy|find|count|aggregate|groupBy|updateMany)\(\s*(?=\{)/g;

/** `prisma.order.findMany({ where: { customerId } })`, `Order.findAll({ where })`, `orderRepository.findOneBy({ customerId })` */
function* foundByObject(text: string): Generator<string> {
  for (const { 0: whole, 1: receiver = "", 2: method = "", index } of text.matchAll(finders)) {
    const given = balanced(text, index + whole.length);
    const where = method.endsWith("By") ? given : /^\s*:\s*(?=\{)(.*)$/s.exec(keysIn(given).get("where") ?? "")?.[1];
    const values = where === undefined ? new Map<string, string>() : keysIn(balanced(where, 0));
    const keys = [...values.keys()];
    const model = receiver.replace(/(?<=\w)(?:Repository|Repo|Model)$/, "");
    yield fact("model", model, keys);
    // A value by another name is something else: `{ email: username }`.
    const isNamesake = ([key, rest]: [string, string]): boolean => new RegExp(String.raw`^["']?\s*(?:[,}]|:[^,}]*${key})`, "i").test(rest);
    if (/^find(?:First|One)/.test(method) && [...values].every(isNamesake)) yield fact("one", model, keys);
  }
}

/** `supabase.from("orders").select().eq("customer_id", id)` */
function* foundByCalls(text: string): Generator<string> {
  for (const found of text.matchAll(/\.from\(\s*["'`](\w+)["'`]\s*\)/g)) {
    const rest = text.slice(found.index + found[0].length, found.index + longest);
    const chain = rest.slice(0, /;|\n\s*\n|\.from\(/.exec(rest)?.index);
    const columns = [...chain.matchAll(/\.(?:eq|in|match|gte?|lte?)\(\s*["'`](\w+)["'`]/g)].map(([, column]) => column ?? "");
    yield fact("table", found[1] ?? "", columns);
  }
}

/** `db.select().from(orders).where(and(eq(orders.customerId, id), …))` */
function* foundByOperators(text: string): Generator<string> {
  for (const found of text.matchAll(/\.where\(|\bwhere\s*:\s*(?=(?:and|or|eq|inArray|\()\b)/g)) {
    const condition = balanced(text, text.indexOf("(", found.index));
    const byTable = new Map<string, string[]>();
    for (const [, table = "", column = ""] of condition.matchAll(/\b(?:eq|inArray|gte?|lte?|between)\(\s*(\w+)\.(\w+)/g)) byTable.set(table, [...(byTable.get(table) ?? []), column]);
    for (const [table, columns] of byTable) yield fact("model", table, columns);
  }
}

function* lookupsIn(written: string): Generator<string> {
  const text = written.replaceAll(/^\s*\/\/.*$/gm, "");
  yield* foundByObject(text);
  yield* foundByCalls(text);
  yield* foundByOperators(text);
}

const lookupsBelow = textIndex((text) => lookupsIn(text), true);

const inOneWord = (name: string): string => name.toLowerCase().replaceAll("_", "");

const wordsFor = ({ field, name }: Column): string[] => [inOneWord(field), inOneWord(name)];

/** Whether code that something leads to finds rows of a table by columns whose names are like those that are asked for. */
function isLookedUp({ model, name }: Table, source: Source, isAsked: (names: readonly string[]) => boolean, isOne = false): boolean {
  const folder = codeBeside(source);
  if (folder === null) return false;
  const starts = isOne ? [fact("one", model, [])] : [fact("model", model, []), fact("table", name, [])];
  return [...lookupsBelow(folder)].some(([lookup, files]) => {
    const [kind = "", stem = "", ...columns] = lookup.split(" ");
    return starts.includes(`${kind} ${stem}`) && isAsked(columns) && !files.every((file) => reachAround(source)?.unreached.has(file));
  });
}

/** Whether code finds rows of a table by a column, and by none besides that another index begins with. */
export function isScannedBy(column: Column, table: Table, ways: readonly Key[], source: Source): boolean {
  const firsts = new Set(ways.map(({ columns: [first] }) => first));
  const indexed = new Set(table.columns.filter(({ name }) => firsts.has(name)).flatMap(wordsFor));
  const own = new Set(table.columns.flatMap(wordsFor));
  // Prisma calls a key of several columns by all of them: `id_projectId`.
  const isIndexed = (name: string): boolean => (own.has(inOneWord(name)) ? [name] : name.split("_")).some((part) => indexed.has(inOneWord(part)));
  return isLookedUp(table, source, (names) => names.some((name) => wordsFor(column).includes(inOneWord(name))) && !names.some(isIndexed));
}

/** Whether code asks for the one row of a table that has some value in a column, and by nothing else. */
export const isFoundAlone = (column: Column, table: Table, source: Source): boolean =>
  isLookedUp(table, source, (names) => names.length === 1 && wordsFor(column).includes(inOneWord(names[0] ?? "")), true);
