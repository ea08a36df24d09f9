import { isBelow, readText } from "../../project/disk.js";
import { currentRun } from "../../project/file.js";
import { listBelow } from "../../project/named-files.js";
import { workspaceRoot } from "../../project/workspace.js";
import type { Source } from "../../syntax/source.js";
import { reachAround } from "../program/unreached.js";
import { codeBeside, isOfApp } from "./code-beside.js";
import type { Column, Table } from "./model.js";
import { wordsOf } from "./names.js";

/** What a tool writes of the whole database: it names all of it. */
const isOfTool = (text: string): boolean => /\bRow: \{[^]*\bInsert: \{[^]*\bUpdate: \{/.test(text) || /^\s*(?:\/\*|\/\/)[^]{0,200}\b(?:auto-?generated|do not edit)\b/i.test(text);

const byRoot = new Map<string, { readonly run: number; readonly files: readonly string[] | null }>();

/** The code below a folder by which an app may work with its database; `null` when there is too much of it. */
function codeBelow(root: string): readonly string[] | null {
  const run = currentRun();
  const known = byRoot.get(root);
  if (known?.run === run) return known.files;
  const listed = listBelow(root);
  const files = listed && [...listed.code, ...listed.components].filter((file) => isOfApp(file.slice(root.length + 1).replaceAll("\\", "/")));
  byRoot.set(root, { run, files });
  return files;
}

/** The code by which the app around a folder may work with its database; `null` when there is too much of it. */
export const appCode = (folder: string): readonly string[] | null => codeBelow(workspaceRoot(folder));

/** A name in whichever way code writes it: `post_likes`, `postLike`, `PostLikes`, in longer names as well. */
export const spelling = (name: string): RegExp => new RegExp(wordsOf(name).join("_?").replace(/(?:ies|y|e?s)$/, ""), "i");

/**
 * Whether code of the app has to do with a table, and with some of its columns: a file that something leads to names all of them,
 * besides the one that declares the table, the types that a tool writes of the database, tests, seeds, scripts and migrations. What
 * nobody writes or looks up comes to no harm.
 *
 * @returns `true` as well where the package has no other code, or there is too much to look through: it may stand elsewhere.
 */
export function isNamedByApp(table: Table, columns: readonly Column[], source: Source): boolean {
  const own = codeBeside(source);
  const files = own === null ? null : appCode(own);
  if (own === null || !files?.some((each) => each !== table.at.file && isBelow(each, own))) return true;
  const unreached = reachAround(source)?.unreached;
  const names = [[table.model, table.name], ...columns.map(({ field, name }) => [field, name])].map((each) => [...new Set(each)].map(spelling));
  const missing = new Set(names);
  for (const each of files) {
    if (each === table.at.file || unreached?.has(each)) continue;
    const text = readText(each) ?? "";
    const said = [...missing].filter((spellings) => spellings.some((pattern) => pattern.test(text)));
    if (said.length === 0 || isOfTool(text)) continue;
    for (const known of said) missing.delete(known);
    if (missing.size === 0) return true;
  }
  return false;
}
