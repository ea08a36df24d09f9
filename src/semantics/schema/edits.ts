import type { PrismaBlock, PrismaModel, PrismaSchema } from "../../languages/prisma/syntax.js";
import type { Root } from "../../languages/tree.js";
import type { Edit } from "../../syntax/edit.js";
import type { Source } from "../../syntax/source.js";
import type { Column, Table } from "./model.js";

/** What a schema is written in: what to write in its place depends on that. */
export type SchemaLanguage = "prisma" | "sql" | "code";

const rootOf = ({ ast }: Source): Root => ast as unknown as Root;

/** The language of the linted file. */
export function schemaLanguage(source: Source): SchemaLanguage {
  const { type } = rootOf(source);
  return type === "PrismaSchema" ? "prisma" : type === "SqlScript" ? "sql" : "code";
}

const isModel = (block: PrismaBlock): block is PrismaModel => block.type === "PrismaModel";

const modelOf = ({ at }: Table, source: Source): PrismaModel | null =>
  (rootOf(source) as PrismaSchema).blocks.filter(isModel).find(({ name }) => name?.range[0] === at.range[0]) ?? null;

/**
 * Adds a line such as `@@index([userId])`, or several, to the end of a Prisma model.
 *
 * @returns `null` in any other language, and for a model that is not written line by line.
 */
export function addModelAttribute(table: Table, text: string | readonly string[], source: Source): Edit | null {
  const model = schemaLanguage(source) === "prisma" ? modelOf(table, source) : null;
  const last = model?.members.at(-1);
  if (!model || !last) return null;
  const end = source.text.indexOf("\n", last.range[1]);
  if (end === -1 || end > model.range[1] || source.text.slice(last.range[1], end).trimStart().startsWith("}")) return null;
  const start = source.text.lastIndexOf("\n", last.range[0] - 1) + 1;
  const indent = source.text.slice(start, last.range[0]);
  if (indent.trim() !== "") return null;
  const newline = source.text[end - 1] === "\r" ? "\r\n" : "\n";
  const at = newline === "\r\n" ? end - 1 : end;
  const gap = last.type === "PrismaField" ? newline : "";
  const lines = [text].flat().map((line) => `${newline}${indent}${line}`);
  return (fixer) => [fixer.insertTextAfterRange([at, at], `${gap}${lines.join("")}`)];
}

/** The name of a column's type and what follows it, of a field of Prisma that is no list: `Float?`. */
function typeOf({ at, whole }: Column, { text }: Source): { readonly start: number; readonly name: string; readonly mark: string } | null {
  const found = /^(\s+)(\w+)(\??)(?!\[)/.exec(text.slice(at.range[1], whole.range[1]));
  return found ? { start: at.range[1] + (found[1] ?? "").length, name: found[2] ?? "", mark: found[3] ?? "" } : null;
}

/** Gives a Prisma field another type. */
export function changeType(column: Column, type: string, source: Source): Edit | null {
  const found = schemaLanguage(source) === "prisma" ? typeOf(column, source) : null;
  return found && ((fixer) => [fixer.replaceTextRange([found.start, found.start + found.name.length], type)]);
}

/** Takes the question mark from a Prisma field's type. */
export function makeRequired(column: Column, source: Source): Edit | null {
  const found = schemaLanguage(source) === "prisma" ? typeOf(column, source) : null;
  if (found?.mark !== "?") return null;
  const end = found.start + found.name.length;
  return (fixer) => [fixer.removeRange([end, end + 1])];
}
