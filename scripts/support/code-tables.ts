/**
 * Tables that are declared in code: what our readers find in a repository, beside what a search of its text does.
 */
import { readFileSync } from "node:fs";
import * as parser from "@typescript-eslint/parser";
import type { Linter, Rule } from "eslint";

import { openFile } from "../../src/project/file.js";
import { declaredIn } from "../../src/semantics/schema/declared.js";
import type { Source } from "../../src/syntax/source.js";
import { linterIn, pathIn } from "./linting.js";
import { codeFiles, type Repository } from "./repositories.js";

/** A way to declare a table: what its text looks like, in files that speak of its library. */
interface Form {
  readonly name: string;
  readonly speaks: RegExp;
  readonly tables: RegExp;
}

const forms: readonly Form[] = [
  { name: "Sequelize's define", speaks: /\bsequelize\b/i, tables: /\b(?:sequelize|db|connection)\w*\.define\s*(?:<[^>]*>)?\(\s*["'`]/gi },
  { name: "Sequelize's init", speaks: /["']sequelize["']/, tables: /\b[A-Z]\w*\.init\s*\(\s*\{/g },
  { name: "sequelize-typescript's @Table", speaks: /["']sequelize-typescript["']/, tables: /^\s*@Table\b/gm },
  { name: "TypeORM's @Entity", speaks: /["']typeorm["']/, tables: /^\s*@Entity\b/gm },
  { name: "TypeORM's EntitySchema", speaks: /["']typeorm["']/, tables: /\bnew EntitySchema\b/g },
  { name: "Drizzle's tables", speaks: /["']drizzle-orm\/\w+-core["']/, tables: /=\s*\w+Table\s*\(\s*["'`]/g },
  { name: "Mongoose's models", speaks: /["']mongoose["']/, tables: /\bmodel\s*(?:<[^>]*>)?\(\s*["'`][^"'`]+["'`]\s*,/g },
  { name: "Nest's documents", speaks: /["']@nestjs\/mongoose["']/, tables: /\bcreateForClass\s*\(/g },
];

/** What comments say declares nothing. */
const withoutComments = (text: string): string => text.replaceAll(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, "");

const aside = /(?:^|\/)(?:tests?|__tests__|e2e|fixtures|node_modules|dist|docs?)\/|\.(?:test|spec)\./;

/** How many tables of a form a file declares by its text, and how many we read there. */
export interface FormCount {
  readonly form: string;
  readonly file: string;
  readonly read: number;
  readonly written: number;
}

/** How many tables a file declares, as a rule is told that reads it. */
function countTables(linter: Linter, file: string, text: string): number {
  let found = 0;
  const rule: Rule.RuleModule = {
    create(context) {
      const source = context.sourceCode as unknown as Source;
      openFile(context as never);
      found = declaredIn(context.filename, source).flatMap(({ tables }) => tables).length;
      return {};
    },
  };
  linter.verify(text, [{ files: ["**/*.{js,jsx,mjs,cjs,ts,tsx,mts,cts}"], languageOptions: { parser }, plugins: { own: { rules: { count: rule } } }, rules: { "own/count": "error" } }], { filename: file, allowInlineConfig: false });
  return found;
}

/** The tables that a repository declares in code, by form and file. */
export function tablesInCode(repository: Repository): FormCount[] {
  const linter = linterIn(repository);
  return codeFiles(repository).flatMap((file) => {
    if (aside.test(file)) return [];
    const text = withoutComments(readFileSync(pathIn(repository, file), "utf8"));
    const counts = forms.flatMap(({ name, speaks, tables }) => {
      const written = speaks.test(text) ? [...text.matchAll(tables)].length : 0;
      return written > 0 ? [{ form: name, written }] : [];
    });
    const read = counts.length > 0 ? countTables(linter, pathIn(repository, file), readFileSync(pathIn(repository, file), "utf8")) : 0;
    // One file, one form: where it has several, each counts as far as it goes.
    let left = read;
    return counts.map(({ form, written }) => {
      const own = Math.min(written, left);
      left -= own;
      return { form, file, read: own, written };
    });
  });
}
