import type { TSESLint } from "@typescript-eslint/utils";

import { readPrismaText } from "../../languages/prisma/language.js";
import type { PrismaSchema } from "../../languages/prisma/syntax.js";
import { readSqlText } from "../../languages/sql/language.js";
import type { SqlScript, SqlStatement } from "../../languages/sql/syntax.js";
import type { Root } from "../../languages/tree.js";
import { exists, memoByFile, readText } from "../../project/disk.js";
import { currentPass, currentRun, fileFacts, type LintedFile } from "../../project/file.js";
import { packageOf } from "../../project/package-json.js";
import { schemaAround, schemasOf, type SchemaFiles } from "../../project/schema-files.js";
import { workspaceRoot } from "../../project/workspace.js";
import type { Source } from "../../syntax/source.js";
import { isSampleSchema } from "../program/file-role.js";
import { settle, type CodeSchema } from "./code.js";
import { changedByCode, declaredIn, declaresTables, isMigrated, schemaCodeIn, statementsIn } from "./declared.js";
import { mergeSchemas, type Declared, type Rank } from "./merge.js";
import type { Column, Place, Policy, Schema, Table } from "./model.js";
import { readPrisma } from "./prisma.js";
import { replaySql } from "./sql.js";

const prismaAt = memoByFile(readPrismaText);
const sqlAt = memoByFile(readSqlText);

/** A schema file as it is being linted, where that is not what the disk has. */
interface Unsaved {
  readonly file: string;
  readonly ast: Root;
}

interface Known {
  /** When it was last true. */
  readonly at: number;
  readonly parsed: readonly unknown[];
  readonly schema: Schema;
}

const bySet = new Map<string, Known>();

/** The same with a file that is not saved, for as long as no rule sees another text of it. */
const bySetUnsaved = new Map<string, Known>();

function read({ language, files, writtenBy }: SchemaFiles, parsed: readonly (Root | null)[]): Schema {
  const read = files.flatMap((file, index) => {
    const ast = parsed[index];
    return ast ? [{ file, ast }] : [];
  });
  if (language === "prisma") return readPrisma(read.map(({ file, ast }) => ({ file, schema: ast as PrismaSchema })));
  return replaySql(
    read.map(({ file, ast }) => ({ file, script: ast as SqlScript })),
    writtenBy !== null,
  );
}

/** What a set of files declares. A set of migrations is looked through once per run, a Prisma schema for each file that is linted. */
function schemaIn(set: SchemaFiles, unsaved: Unsaved | null): Schema {
  const { language, folder, files } = set;
  const isMigrations = language === "sql";
  const id = `${language} ${folder} ${files[0] ?? ""}`;
  const now = isMigrations ? currentRun() : currentPass();
  const memory = unsaved ? bySetUnsaved : bySet;
  const known = memory.get(id);
  if (known?.at === now && !unsaved) return known.schema;
  const parsed = files.map((file) => {
    if (unsaved?.file === file) return unsaved.ast;
    return isMigrations ? sqlAt(file) : prismaAt(file);
  });
  const isSame = known?.parsed.length === parsed.length && parsed.every((ast, index) => ast === known.parsed[index]);
  const schema = isSame ? known.schema : read(set, parsed);
  memory.set(id, { at: now, parsed, schema });
  return schema;
}

const bySetOfModules = new Map<string, { readonly parts: readonly CodeSchema[]; readonly changed: string; readonly schema: Schema }>();

/** What modules declare together: the same object for as long as they do not change. */
function schemaInCode({ folder, files }: SchemaFiles, doubts: ReadonlySet<string | null>, source: Source): Schema {
  const parts = files.flatMap((file) => declaredIn(file, source));
  const changedBy = changedByCode(folder);
  const changed = [...changedBy, "", ...doubts].join(" ");
  const known = bySetOfModules.get(folder);
  if (known?.changed === changed && known.parts.length === parts.length && parts.every((part, index) => part === known.parts[index])) return known.schema;
  const schema = settle(parts, (orm, { name }) => changedBy.has(orm) || (isMigrated(orm) && (doubts.has(null) || doubts.has(name))));
  bySetOfModules.set(folder, { parts, changed, schema });
  return schema;
}

const bySetOfMigrations = new Map<string, { readonly parts: readonly (readonly SqlStatement[])[]; readonly schema: Schema }>();

/** What migrations that are code leave behind: the same object for as long as they do not change. */
function schemaInMigrations({ folder, files }: SchemaFiles, source: Source): Schema {
  const parts = files.map((file) => statementsIn(file, source));
  const known = bySetOfMigrations.get(folder);
  if (known?.parts.length === parts.length && parts.every((part, index) => part === known.parts[index])) return known.schema;
  const schema = replaySql(
    files.map((file, index) => ({ file, script: { statements: parts[index] ?? [] } })),
    false,
  );
  bySetOfMigrations.set(folder, { parts, schema });
  return schema;
}

const merged = new WeakMap<Schema, { readonly parts: readonly Declared[]; readonly whole: Schema }>();

/** The same object for as long as nothing changes that it is made of. */
function whole(parts: readonly Declared[]): Schema | null {
  const [first] = parts;
  if (!first) return null;
  const known = merged.get(first.schema);
  if (known?.parts.length === parts.length && parts.every(({ schema }, index) => schema === known.parts[index]?.schema)) return known.whole;
  const made = mergeSchemas(parts);
  merged.set(first.schema, { parts, whole: made });
  return made;
}

const languages = new Set(["PrismaSchema", "SqlScript"]);

const rootOf = ({ ast }: Source): Root | null => {
  const root = ast as unknown as Root;
  return languages.has(root.type) ? root : null;
};

/** Whether the linted file is one of Prisma's. */
export const isPrismaFile = (source: Source): boolean => rootOf(source)?.type === "PrismaSchema";

/** A module that is not saved yet declares tables as well. */
function withModule(filename: string, sets: readonly SchemaFiles[], source: Source): readonly SchemaFiles[] {
  const isKnown = sets.some(({ language, files }) => (language === "code" || language === "migrations") && files.includes(filename));
  if (isKnown || !declaresTables(source) || exists(filename)) return sets;
  const known = sets.find(({ language }) => language === "code");
  const files = [...(known?.files ?? []), filename];
  const set: SchemaFiles = { language: "code", folder: known?.folder ?? filename, writtenBy: null, files };
  return [...sets.filter((each) => each !== known), set];
}

function setsFor(source: Source, filename: string): readonly SchemaFiles[] {
  const sets = schemasOf(filename, schemaCodeIn);
  if (!rootOf(source)) return withModule(filename, sets, source);
  if (sets.some(({ files }) => files.includes(filename))) return sets;
  const own = schemaAround(filename);
  if (!own) return [];
  const isSame = ({ language, folder }: SchemaFiles): boolean => language === own.language && folder === own.folder;
  return sets.some(isSame) ? sets.map((set) => (isSame(set) ? own : set)) : [own];
}

const rankOf = ({ language, writtenBy }: SchemaFiles): Rank => (writtenBy !== null ? 2 : language === "sql" || language === "migrations" ? 1 : 0);

/**
 * What is known of the database that a file works with: from Prisma's schema, from tables declared in code, from SQL migrations in their
 * final state, or from several of them.
 *
 * @returns `null` where nothing declares one, or it cannot be told which of several it is.
 */
export function schemaOf(source: Source): Schema | null {
  const filename = fileFacts(source)?.filename;
  if (filename === undefined) return null;
  const ast = rootOf(source);
  const unsaved = ast && readText(filename) !== source.text ? { file: filename, ast } : null;
  const sets = setsFor(source, filename);
  const migrations = new Map(sets.flatMap((set) => (set.language === "migrations" ? [[set, schemaInMigrations(set, source)]] : [])));
  const doubts = new Set([...migrations.values()].flatMap((schema) => [...(schema.doubts ?? [])]));
  const schemaOfSet = (set: SchemaFiles): Schema => {
    if (set.language === "code") return schemaInCode(set, doubts, source);
    const known = migrations.get(set);
    if (known) return known;
    return schemaIn(set, unsaved && set.files.includes(filename) ? unsaved : null);
  };
  return whole(sets.map((set) => ({ schema: schemaOfSet(set), rank: rankOf(set) })));
}

/** What migrations at the root of a workspace leave behind, for a file of a package which has none itself. */
export function schemasAtRoot(source: Source): readonly Schema[] {
  const filename = fileFacts(source)?.filename;
  const own = filename === undefined ? undefined : packageOf(filename)?.dir;
  if (filename === undefined || own === undefined) return [];
  const root = workspaceRoot(own);
  const isMigration = ({ language }: SchemaFiles): boolean => language === "sql" || language === "migrations";
  if (own === root || schemasOf(filename, schemaCodeIn).some(isMigration)) return [];
  return schemasOf(`${root}/package.json`, schemaCodeIn)
    .filter((set) => isMigration(set) && set.files.every((file) => packageOf(file)?.dir === root))
    .map((set) => (set.language === "sql" ? schemaIn(set, null) : schemaInMigrations(set, source)));
}

/** A table by the name that the code has for it, or the database. */
export function tableCalled(name: string, { tables }: Schema): Table | null {
  const wanted = name.toLowerCase();
  return tables.find(({ model }) => model.toLowerCase() === wanted) ?? tables.find((table) => table.name.toLowerCase() === wanted) ?? null;
}

type Context<M extends string, O extends readonly unknown[]> = LintedFile<M, O>;

/** Visits what schema files of any language declare, where it is declared: in the file that is linted, by its place, and once. */
function eachPlaced<T, M extends string, O extends readonly unknown[]>(
  context: Context<M, O>,
  placed: (schema: Schema) => Iterable<{ readonly it: T; readonly at: Place | null }>,
  visit: (it: T, schema: Schema) => void,
): TSESLint.RuleListener {
  const run = (): void => {
    const schema = schemaOf(context.sourceCode);
    const facts = fileFacts(context.sourceCode);
    if (!schema || !facts || isSampleSchema(facts)) return;
    const seen = new Set<number>();
    for (const { it, at } of placed(schema)) if (at && at.file === facts.filename && seen.size !== seen.add(at.range[0]).size) visit(it, schema);
  };
  if (rootOf(context.sourceCode)) return Object.fromEntries([...languages].map((root) => [root, run]));
  return declaresTables(context.sourceCode) ? { Program: run } : {};
}

/** The tables that the linted file is the source of truth for. */
export const eachTable = <M extends string, O extends readonly unknown[]>(context: Context<M, O>, visit: (table: Table, schema: Schema) => void): TSESLint.RuleListener =>
  eachPlaced(context, ({ tables }) => tables.filter(({ isWritten }) => !isWritten).map((it) => ({ it, at: it.at })), visit);

/** The tables that a hand-written statement of the linted file makes. */
export const eachCreatedTable = <M extends string, O extends readonly unknown[]>(
  context: Context<M, O>,
  visit: (table: Table, schema: Schema) => void,
): TSESLint.RuleListener => eachPlaced(context, ({ tables }) => tables.map((it) => ({ it, at: it.createdAt })), visit);

/** The columns that the linted file is the source of truth for. */
export const eachColumn = <M extends string, O extends readonly unknown[]>(
  context: Context<M, O>,
  visit: (column: Column, table: Table, schema: Schema) => void,
): TSESLint.RuleListener =>
  eachPlaced(
    context,
    ({ tables }) => tables.filter(({ isWritten }) => !isWritten).flatMap((table) => table.columns.map((column) => ({ it: { column, table }, at: column.at }))),
    ({ column, table }, schema) => visit(column, table, schema),
  );

/** The policies that the linted file is where they are last written in. */
export const eachPolicy = <M extends string, O extends readonly unknown[]>(
  context: Context<M, O>,
  visit: (policy: Policy, table: Table, schema: Schema) => void,
): TSESLint.RuleListener =>
  eachPlaced(
    context,
    ({ tables }) => tables.filter(({ isWritten }) => !isWritten).flatMap((table) => table.policies.map((policy) => ({ it: { policy, table }, at: policy.at }))),
    ({ policy, table }, schema) => visit(policy, table, schema),
  );

/** Where a place of the linted file is, for a report. */
export const locationOf = ({ range: [start, end] }: Place, source: Pick<TSESLint.SourceCode, "getLocFromIndex">): TSESLint.AST.SourceLocation => ({
  start: source.getLocFromIndex(start),
  end: source.getLocFromIndex(end),
});
