import { basename, dirname, extname, join } from "node:path";

import { entriesOf, exists, isBelow, memoByFile, readText } from "./disk.js";
import { currentRun } from "./file.js";
import { listBelow } from "./named-files.js";
import { packageOf } from "./package-json.js";
import { folderOf, workspacePackages, workspaceRoot } from "./workspace.js";

/** Files that together declare a database. */
export interface SchemaFiles {
  readonly language: "prisma" | "sql" | "code" | "migrations";
  /** The folder that they stand in or below. */
  readonly folder: string;
  /** Migrations in the order in which they run. */
  readonly files: readonly string[];
  /** The tool that writes the migrations, from a schema that stands elsewhere; `null` for what people write. */
  readonly writtenBy: "prisma" | "drizzle" | null;
}

/** Folders that apps keep schemas and migrations in, and those that such folders stand in. */
const folders =
  /^(?:api|app|apps|backend|common|core|data|databases?|db|drizzle|infra|libs?|migrations?|modules|mysql|orm|packages|postgres|postgresql|prisma|schemas?|server|services|shared|sql|sqlite|src|supabase|template)$/i;

/** Folders that tools keep migrations in, by their names. */
export const migrationFolder = /^(?:drizzle|migrations?)$/i;

/** Prisma leaves a copy of the schema beside the client that it writes. */
const written = /[\\/](?:generated|node_modules|dist|build|\.\w+)[\\/]/;

const deepest = 5;

const isPrisma = (name: string): boolean => name.endsWith(".prisma");

/** Whether a migration, by its name, takes back what another one does: it is not run. */
export const isTakenBack = (name: string): boolean => /(?:^|[._-])(?:down|rollback|undo|revert)\.sql$/i.test(name);

const isMigration = (name: string): boolean => /^[Vv]?\d.*\.sql$/.test(name) && !isTakenBack(name);

/** Folders have no ending; whatever else has none is no folder, and lists nothing. */
const foldersIn = (folder: string): string[] => [...(entriesOf(folder) ?? [])].filter((name) => extname(name) === "" && !name.startsWith(".")).map((name) => join(folder, name));

const hasDatasource = memoByFile((text) => /^\s*datasource\s/m.test(text));

/** All Prisma files of a folder and those below it. */
function prismaFilesBelow(folder: string, depth = 3): string[] {
  const names = [...(entriesOf(folder) ?? [])];
  const own = names.filter(isPrisma).map((name) => join(folder, name));
  if (depth === 0) return own;
  return [...own, ...foldersIn(folder).filter((name) => !migrationFolder.test(basename(name)) && basename(name) !== "node_modules").flatMap((each) => prismaFilesBelow(each, depth - 1))];
}

/** The schema that Prisma takes where nobody names one: https://www.prisma.io/docs/orm/prisma-schema/overview/location */
const usualSchema = "schema.prisma";

const named = new Map<string, { readonly run: number; readonly isNamed: boolean }>();

/** Whether any command, setting, script or code of the workspace has the name of a file. */
function isNamedInWorkspace(file: string): boolean {
  const run = currentRun();
  const known = named.get(file);
  if (known?.run === run) return known.isNamed;
  const listed = listBelow(workspaceRoot(dirname(file)));
  const isNamed = !listed || [...listed.settings, ...listed.code].some((each) => readText(each)?.includes(basename(file)));
  named.set(file, { run, isNamed });
  return isNamed;
}

/** Of schemas that stand side by side, those that somebody uses: the usual one, where there is one, and what is named. */
function usedOf(roots: readonly string[]): readonly string[] {
  const isUsual = (file: string): boolean => basename(file) === usualSchema;
  return roots.some(isUsual) ? roots.filter((file) => isUsual(file) || isNamedInWorkspace(file)) : roots;
}

/** The schemas of a folder that has Prisma files: a folder with one datasource is one schema, a file each where there are more. */
function prismaIn(folder: string): SchemaFiles[] {
  const roots = [...(entriesOf(folder) ?? [])]
    .filter(isPrisma)
    .map((name) => join(folder, name))
    .filter((file) => hasDatasource(file) === true)
    .sort();
  const [first] = roots;
  if (first === undefined) return [];
  const schema = (files: readonly string[]): SchemaFiles => ({ language: "prisma", folder, files, writtenBy: null });
  if (roots.length > 1) return usedOf(roots).map((file) => schema([file]));
  const files = prismaFilesBelow(folder).sort();
  const isWhole = files.every((file) => file === first || hasDatasource(file) === false);
  return [schema(isWhole ? files : [first])];
}

const journalAt = memoByFile((text): string[] | null => {
  const journal = JSON.parse(text) as { entries?: { idx?: number; tag?: string }[] };
  const entries = [...(journal.entries ?? [])].sort((one, other) => (one.idx ?? 0) - (other.idx ?? 0));
  return entries.flatMap(({ tag }) => (typeof tag === "string" ? [`${tag}.sql`] : []));
});

/** The migrations of a folder: files that begin with a number, or a folder each, as Prisma has them. */
function migrationsIn(folder: string): SchemaFiles[] {
  const names = [...(entriesOf(folder) ?? [])];
  const migrations = (files: readonly string[], writtenBy: SchemaFiles["writtenBy"]): SchemaFiles[] =>
    files.length === 0 ? [] : [{ language: "sql", folder, files, writtenBy }];
  const journal = names.includes("meta") ? journalAt(join(folder, "meta", "_journal.json")) : null;
  if (journal) {
    return migrations(
      journal.filter((name) => names.includes(name)).map((name) => join(folder, name)),
      "drizzle",
    );
  }
  const own = names.filter(isMigration).sort();
  if (own.length > 0) {
    return migrations(
      own.map((name) => join(folder, name)),
      null,
    );
  }
  const each = names
    .filter((name) => /^\d/.test(name) && extname(name) === "")
    .sort()
    .map((name) => join(folder, name))
    .filter((name) => entriesOf(name)?.has("migration.sql") === true);
  return migrations(
    each.map((name) => join(name, "migration.sql")),
    "prisma",
  );
}

/** The migrations of a folder that a tool runs. */
export const migrationsRunIn = (folder: string): readonly string[] => migrationsIn(folder).flatMap(({ files }) => files);

function below(folder: string, depth: number): SchemaFiles[] {
  const names = entriesOf(folder);
  if (!names) return [];
  const found = [...prismaIn(folder), ...(migrationFolder.test(basename(folder)) || names.has("meta") ? migrationsIn(folder) : [])];
  if (depth === 0) return found;
  const inner = foldersIn(folder).filter((each) => folders.test(basename(each)) && entriesOf(each)?.has("package.json") !== true);
  return [...found, ...inner.flatMap((each) => below(each, depth - 1))];
}

/** Names as people count: `2.10` after `2.9`. Making a collator takes milliseconds, so it is not made while the plugin loads. */
const inOrder = (files: readonly string[]): string[] => [...files].sort(new Intl.Collator("en", { numeric: true }).compare);

/** Migrations that are code, a set for each folder, in the order in which they run. */
export function codeMigrationSets(files: readonly string[]): SchemaFiles[] {
  const sorted = inOrder(files);
  // Where there are several, those that stand beside others, for another database or an older release, come last.
  const folders = [...new Set(sorted.map((file) => dirname(file)))].sort((one, other) => one.length - other.length);
  return folders.map((folder) => ({ language: "migrations", folder, files: sorted.filter((file) => dirname(file) === folder), writtenBy: null }));
}

const byFolder = new Map<string, { readonly run: number; readonly found: readonly SchemaFiles[] }>();

/** What a package's own folder declares, without the packages in it. */
function schemasIn(folder: string): readonly SchemaFiles[] {
  const run = currentRun();
  const known = byFolder.get(folder);
  if (known?.run === run) return known.found;
  const found = below(folder, deepest);
  byFolder.set(folder, { run, found });
  return found;
}

/** The schema that a file which is not saved yet will be part of. */
function schemaWith(filename: string, existing: SchemaFiles | undefined): SchemaFiles | null {
  const folder = dirname(filename);
  const isOne = migrationFolder.test(basename(folder)) && isMigration(basename(filename));
  if (!isPrisma(filename) && !isOne) return null;
  const files = [...(existing?.files ?? []), filename].sort();
  return existing ? { ...existing, files } : { language: isPrisma(filename) ? "prisma" : "sql", folder, files, writtenBy: null };
}

/** The schema that a schema file itself is part of, wherever it stands. */
export function schemaAround(filename: string): SchemaFiles | null {
  const folder = folderOf(filename);
  if (folder === null) return null;
  const root = workspaceRoot(folder);
  if (written.test(filename.slice(root.length))) return null;
  const isPart = ({ files }: SchemaFiles): boolean => files.includes(filename);
  if (!isPrisma(filename)) {
    const sets = [folder, dirname(folder)].filter((each) => migrationFolder.test(basename(each)) || entriesOf(each)?.has("meta")).flatMap(migrationsIn);
    return sets.find(isPart) ?? (exists(filename) ? null : schemaWith(filename, sets[0]));
  }
  for (let current = folder, height = 0; height < 4 && isBelow(current, root); current = dirname(current), height += 1) {
    const [first, ...others] = prismaIn(current);
    const found = [first, ...others].find((set) => set && isPart(set));
    if (found) return found;
    if (first && others.length === 0 && !exists(filename)) return schemaWith(filename, first);
  }
  return exists(filename) ? null : schemaWith(filename, undefined);
}

/**
 * What declares the database of a file's package: in the package itself, else in the packages of the workspace that it depends on, else in
 * the only package of the workspace that declares one. None where that does not settle it.
 *
 * @param codeIn finds what code of a package declares tables, or changes them.
 */
export function schemasOf(filename: string, codeIn: (folder: string) => readonly SchemaFiles[] = () => []): readonly SchemaFiles[] {
  const folder = folderOf(filename);
  if (folder === null) return [];
  const root = workspaceRoot(folder);
  if (written.test(filename.slice(root.length))) return [];
  const own = packageOf(filename);
  const everythingIn = (directory: string): readonly SchemaFiles[] => [...schemasIn(directory), ...codeIn(directory)];
  const ours = everythingIn(own?.dir ?? root);
  if (ours.length > 0) return ours;
  const packages = workspacePackages(root);
  const dependencies = [...packages].filter(([name]) => own?.dependencies.has(name)).map(([, directory]) => directory);
  const theirs = dependencies.flatMap(everythingIn);
  if (theirs.length > 0) return theirs;
  const [only, ...others] = [root, ...packages.values()].map(everythingIn).filter(({ length }) => length > 0);
  return only && others.length === 0 ? only : [];
}
