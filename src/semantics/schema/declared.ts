import { callbackMigrations, chainMigrations, codeMigrations, objectMigrations, templateMigrations } from "../../knowledge/code-migrations.js";
import { builderSchemas, classSchemas, codeSchemas, documentSchemas, objectSchemas, recordSchemas } from "../../knowledge/schemas.js";
import type { SqlStatement } from "../../languages/sql/syntax.js";
import { fileStamp, readText } from "../../project/disk.js";
import { currentRun } from "../../project/file.js";
import { loadModule } from "../../project/modules.js";
import { packageOf } from "../../project/package-json.js";
import { codeMigrationSets, type SchemaFiles } from "../../project/schema-files.js";
import { textSearch } from "../../project/source-texts.js";
import { askedOnce } from "../../syntax/asked-once.js";
import type { Source } from "../../syntax/source.js";
import { readBuilder } from "./builder.js";
import { readClasses } from "./class.js";
import { fileOf, type CodeSchema } from "./code.js";
import { readDocuments } from "./document.js";
import { readCallbacks } from "./migrations/callback.js";
import { readChains } from "./migrations/chain.js";
import { readObjectMigrations } from "./migrations/object.js";
import { readTemplates } from "./migrations/template.js";
import type { Column, Table } from "./model.js";
import { readObjects } from "./object.js";
import { readRecords } from "./record.js";

/** Makes a question about a package's folder whose answer holds for the current run. */
function perFolder<T>(ask: (folder: string) => T): (folder: string) => T {
  const answers = new Map<string, { readonly run: number; readonly answer: T }>();
  return (folder) => {
    const run = currentRun();
    const known = answers.get(folder);
    if (known?.run === run) return known.answer;
    const answer = ask(folder);
    answers.set(folder, { run, answer });
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

const changes = codeMigrations.map(({ name, packages, declares }): Search => ({ name, packages, filesIn: textSearch(declares) }));

const filesFor = (folder: string, searches: readonly Search[]): string[] => [...new Set(searchesFor(folder, searches).flatMap(({ filesIn }) => filesIn(folder)))];

/** The code of a package that declares tables or changes them, in the words of what it depends on. */
export const schemaCodeIn: (folder: string) => readonly SchemaFiles[] = perFolder((folder) => {
  const files = filesFor(folder, declarations);
  const declared: SchemaFiles[] = files.length === 0 ? [] : [{ language: "code", folder, files, writtenBy: null }];
  return [...declared, ...codeMigrationSets(filesFor(folder, changes))];
});

/** The ORMs whose tables the code of a package changes in ways that are no migrations which we read. */
export const changedByCode: (folder: string) => ReadonlySet<string> = perFolder((folder) => {
  const read = new Set(filesFor(folder, changes));
  return new Set(searchesFor(folder, migrations).flatMap(({ name, filesIn }) => (filesIn(folder).some((file) => !read.has(file)) ? [name] : [])));
});

const migrated: ReadonlySet<string> = new Set(codeSchemas.filter(({ migrations: pattern }) => pattern).map(({ name }) => name));

/** Whether migrations of an ORM's project change its tables, and the models do not say so. */
export const isMigrated = (orm: string): boolean => migrated.has(orm);

const allCode = [...codeSchemas, ...codeMigrations];

const allPackages = allCode.flatMap(({ packages }) => packages);

/** What one of the packages has in its name is not looked for twice. */
const packageNames = new RegExp(allPackages.filter((name) => !allPackages.some((other) => other !== name && name.includes(other))).join("|"));

/** Whether a module declares tables, or changes them, by its text. */
export const declaresTables = askedOnce(({ text }) => packageNames.test(text) && allCode.some(({ declares }) => declares.test(text)));

/** What a module says of tables. */
interface Said {
  readonly schemas: readonly CodeSchema[];
  readonly statements: readonly SqlStatement[];
}

const read = (source: Source): Said => ({
  schemas: [
    ...builderSchemas.filter(({ declares }) => declares.test(source.text)).map((entry) => readBuilder(entry, source)),
    ...classSchemas.filter(({ declares }) => declares.test(source.text)).map((entry) => readClasses(entry, source)),
    ...objectSchemas.filter(({ declares }) => declares.test(source.text)).map((entry) => readObjects(entry, source)),
    ...recordSchemas.filter(({ declares }) => declares.test(source.text)).map((entry) => readRecords(entry, source)),
    ...documentSchemas.filter(({ declares }) => declares.test(source.text)).map((entry) => readDocuments(entry, source)),
  ],
  statements: readMigration(source),
});

/** What a migration runs, in the words of the library that the package has for it. */
function readMigration(source: Source): readonly SqlStatement[] {
  const dependencies = packageOf(fileOf(source))?.dependencies;
  const isOurs = ({ packages, declares }: (typeof codeMigrations)[number]): boolean => packages.some((name) => dependencies?.has(name)) && declares.test(source.text);
  const read = [
    ...callbackMigrations.filter(isOurs).map((entry) => readCallbacks(entry, source)),
    ...chainMigrations.filter(isOurs).map((entry) => readChains(entry, source)),
    ...objectMigrations.filter(isOurs).map((entry) => readObjectMigrations(entry, source)),
    ...templateMigrations.filter(isOurs).map((entry) => readTemplates(entry, source)),
  ];
  return read.find(({ length }) => length > 0) ?? [];
}

interface Known extends Said {
  readonly stamp: string | null;
  readonly run: number;
}

const byFile = new Map<string, Known>();

function saidIn(file: string, linted: Source): Said {
  const own = fileOf(linted) === file;
  const isUnsaved = own && readText(file) !== linted.text;
  const run = currentRun();
  const stamp = isUnsaved ? null : fileStamp(file);
  const known = isUnsaved ? undefined : byFile.get(file);
  if (known?.stamp === stamp && (known.run === run || !known.schemas.some(({ leans }) => leans))) return known;
  const source = own ? linted : loadModule(file, linted);
  const said = source ? read(source) : { schemas: [], statements: [] };
  if (!isUnsaved) byFile.set(file, { stamp, run, ...said });
  return said;
}

/**
 * What a module declares.
 *
 * @param linted the file that is linted: its text is that of the editor.
 */
export const declaredIn = (file: string, linted: Source): readonly CodeSchema[] => saidIn(file, linted).schemas;

/** What a migration that is code does, in the words of SQL. */
export const statementsIn = (file: string, linted: Source): readonly SqlStatement[] => saidIn(file, linted).statements;

const entryOf = ({ declaredWith }: Table): (typeof codeSchemas)[number] | null => codeSchemas.find(({ name }) => name === declaredWith) ?? null;

/** What people write, in the words of their ORM, to tie a column to the table that it names; `null` for what is not declared in code. */
export function referenceInCode(column: Column, table: Table, target: Table, action: string | null): string | null {
  const key = target.columns.find(({ name }) => name === target.primaryKey?.columns[0])?.field ?? "id";
  const words = { column: column.name, target: target.model, name: target.name, key, ...(action !== null && { action, ACTION: action.toUpperCase() }) };
  const entry = entryOf(table);
  return (action === null ? entry?.reference : (entry?.referenceWith ?? entry?.reference))?.replaceAll(/\{(\w+)\}/g, (whole, name: string) => (words as Record<string, string>)[name] ?? whole) ?? null;
}

/** What people write, in the words of their ORM, to make a column unique, and whether it goes right behind the column. */
export function uniqueInCode(table: Table): { readonly text: string; readonly append: boolean } | null {
  const words = entryOf(table)?.unique;
  return words ? { text: words.text, append: words.append ?? false } : null;
}
