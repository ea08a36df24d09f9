import { builderSchemas, classSchemas, codeSchemas, objectSchemas } from "../../knowledge/schemas.js";
import { currentBurst, fileStamp, readText } from "../../project/disk.js";
import { loadModule } from "../../project/modules.js";
import { packageOf } from "../../project/package-json.js";
import { textSearch } from "../../project/source-texts.js";
import type { Source } from "../../syntax/source.js";
import { readBuilder } from "./builder.js";
import { readClasses } from "./class.js";
import { fileOf, type CodeSchema } from "./code.js";
import type { Column, Table } from "./model.js";
import { readObjects } from "./object.js";

/** Makes a question about a package's folder whose answer holds for the current run of looks at the disk. */
function perFolder<T>(ask: (folder: string) => T): (folder: string) => T {
  const answers = new Map<string, { readonly burst: number; readonly answer: T }>();
  return (folder) => {
    const burst = currentBurst().number;
    const known = answers.get(folder);
    if (known?.burst === burst) return known.answer;
    const answer = ask(folder);
    answers.set(folder, { burst, answer });
    return answer;
  };
}

interface Search {
  readonly name: string;
  readonly packages: readonly string[];
  readonly filesIn: (folder: string) => readonly string[];
}

const declarations = codeSchemas.map(({ name, packages, declares }): Search => ({ name, packages, filesIn: textSearch(declares) }));
const migrations = codeSchemas.flatMap(({ name, packages, migrations: pattern }): Search[] => (pattern ? [{ name, packages, filesIn: textSearch(pattern) }] : []));

/** The searches for the ORMs that a package depends on. */
function searchesFor(folder: string, searches: readonly Search[]): readonly Search[] {
  const dependencies = packageOf(`${folder}/package.json`)?.dependencies;
  return dependencies ? searches.filter(({ packages }) => packages.some((name) => dependencies.has(name))) : [];
}

/** The code files of a package that declare tables: of the ORMs that it depends on. */
export const schemaModulesIn: (folder: string) => readonly string[] = perFolder((folder) => [
  ...new Set(searchesFor(folder, declarations).flatMap(({ filesIn }) => filesIn(folder))),
]);

/** The ORMs whose tables the code of a package changes in other ways as well. */
export const changedByCode: (folder: string) => ReadonlySet<string> = perFolder(
  (folder) => new Set(searchesFor(folder, migrations).flatMap(({ name, filesIn }) => (filesIn(folder).length > 0 ? [name] : []))),
);

const allPackages = codeSchemas.flatMap(({ packages }) => packages);

/** What one of the packages has in its name is not looked for twice. */
const packageNames = allPackages.filter((name) => !allPackages.some((other) => other !== name && name.includes(other)));

let last: { readonly ast: Source["ast"]; readonly answer: boolean } | null = null;

/** Whether a module declares tables, by its text. */
export function declaresTables({ ast, text }: Source): boolean {
  if (last?.ast !== ast) last = { ast, answer: packageNames.some((name) => text.includes(name)) && codeSchemas.some(({ declares }) => declares.test(text)) };
  return last.answer;
}

const read = (source: Source): CodeSchema[] => [
  ...builderSchemas.filter(({ declares }) => declares.test(source.text)).map((entry) => readBuilder(entry, source)),
  ...classSchemas.filter(({ declares }) => declares.test(source.text)).map((entry) => readClasses(entry, source)),
  ...objectSchemas.filter(({ declares }) => declares.test(source.text)).map((entry) => readObjects(entry, source)),
];

interface Known {
  readonly stamp: string | null;
  readonly burst: number;
  readonly schemas: readonly CodeSchema[];
}

const byFile = new Map<string, Known>();

/**
 * What a module declares.
 *
 * @param linted the file that is linted: its text is that of the editor.
 */
export function declaredIn(file: string, linted: Source): readonly CodeSchema[] {
  const own = fileOf(linted) === file;
  const isUnsaved = own && readText(file) !== linted.text;
  const { number: burst, pass } = currentBurst();
  const stamp = isUnsaved ? null : fileStamp(file, own ? undefined : pass);
  const known = isUnsaved ? undefined : byFile.get(file);
  if (known?.stamp === stamp && (known.burst === burst || !known.schemas.some(({ leans }) => leans))) return known.schemas;
  const source = own ? linted : loadModule(file, linted);
  const schemas = source ? read(source) : [];
  if (!isUnsaved) byFile.set(file, { stamp, burst, schemas });
  return schemas;
}

const entryOf = ({ declaredWith }: Table): (typeof codeSchemas)[number] | null => codeSchemas.find(({ name }) => name === declaredWith) ?? null;

/** What people write, in the words of their ORM, to tie a column to the table that it names; `null` for what is not declared in code. */
export function referenceInCode(column: Column, table: Table, target: Table): string | null {
  const key = target.columns.find(({ name }) => name === target.primaryKey?.columns[0])?.field ?? "id";
  const words = { column: column.name, target: target.model, name: target.name, key };
  return entryOf(table)?.reference.replaceAll(/\{(\w+)\}/g, (whole, name: string) => (words as Record<string, string>)[name] ?? whole) ?? null;
}

/** What people write, in the words of their ORM, to make a column unique, and whether it goes right behind the column. */
export function uniqueInCode(table: Table): { readonly text: string; readonly append: boolean } | null {
  const words = entryOf(table)?.unique;
  return words ? { text: words.text, append: words.append ?? false } : null;
}
