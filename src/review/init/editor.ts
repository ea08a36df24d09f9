import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { applyEdits, modify, parse, type ParseError } from "jsonc-parser";

import { isObject, stringsOf } from "../../project/json.js";
import type { Outcome } from "./change.js";

const file = ".vscode/settings.json";

/** All that the plugin reads: the list is the whole of what VS Code asks ESLint about. */
const languages = ["javascript", "javascriptreact", "typescript", "typescriptreact", "prisma", "sql"];

/** Squiggles in every language that the plugin reads, and fixes on save; what a team has set stays. */
export function editorSettings(root: string): Outcome {
  const before = existsSync(join(root, file)) ? readFileSync(join(root, file), "utf8") : null;
  const errors: ParseError[] = [];
  const settings: unknown = before === null ? {} : parse(before, errors, { allowTrailingComma: true, allowEmptyContent: true });
  if (errors.length > 0 || (settings !== undefined && !isObject(settings))) return { todo: `${file} cannot be read as JSON, so it was left alone.` };
  const known = isObject(settings) ? settings : {};
  const validated = stringsOf(known["eslint.validate"]);
  const onSave = isObject(known["editor.codeActionsOnSave"]) ? known["editor.codeActionsOnSave"] : {};
  const missing = languages.filter((language) => !validated.includes(language));
  const isFixed = "source.fixAll.eslint" in onSave || "source.fixAll" in onSave || Array.isArray(known["editor.codeActionsOnSave"]);
  if (missing.length === 0 && isFixed) return { done: `${file} has the settings already.` };
  const formattingOptions = { insertSpaces: !/^\t/m.test(before ?? ""), tabSize: 2, eol: "\n" };
  let after = before?.trim() ? before : "{}\n";
  const set = (path: string[], value: unknown): void => {
    after = applyEdits(after, modify(after, path, value, { formattingOptions }));
  };
  if (missing.length > 0) set(["eslint.validate"], [...validated, ...missing]);
  if (!isFixed) set(["editor.codeActionsOnSave", "source.fixAll.eslint"], "explicit");
  return { change: { file, before, after: after.endsWith("\n") ? after : `${after}\n` } };
}
