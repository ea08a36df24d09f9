import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { extname } from "node:path";

import type { Source } from "../syntax/source.js";
import { childrenOf } from "../syntax/walk.js";
import { fileStamp, memoByFile } from "./disk.js";
import { currentPass, fileFacts, openModule, type FileFacts } from "./file.js";
import { lazily, require } from "./lazy.js";
import { resolveSpecifier } from "./resolve.js";

type Parser = TSESLint.Parser.LooseParserModule & { readonly parseForESLint: (text: string, options: object) => TSESLint.Parser.ParseResult };

const largest = 1_000_000;
const mostModules = 300;

// Loading it takes a quarter of a second, and the host has most often loaded one already.
const ownParser = lazily(() => require("@typescript-eslint/parser") as Parser);

function isTypeScriptParser(parser: unknown): parser is Parser {
  if (typeof parser !== "object" || parser === null) return false;
  const { meta, parseForESLint } = parser as { meta?: { name?: unknown }; parseForESLint?: unknown };
  return typeof parseForESLint === "function" && typeof meta?.name === "string" && meta.name.startsWith("typescript-eslint");
}

/** Parsers leave the parents to ESLint, which never sees these files. */
function addParents(source: Source): void {
  const stack: TSESTree.Node[] = [source.ast];
  for (let node = stack.pop(); node; node = stack.pop()) {
    for (const child of childrenOf(node, source)) {
      child.parent = node;
      stack.push(child);
    }
  }
}

function parse(text: string, file: string, parser: Parser | null): Source | null {
  if (!parser || text.length > largest) return null;
  const { ast, scopeManager, visitorKeys } = parser.parseForESLint(text, {
    filePath: file,
    sourceType: "module",
    range: true,
    loc: true,
    ecmaFeatures: { jsx: /x$/.test(extname(file)) },
    jsDocParsingMode: "none",
    // The names of TypeScript's libraries are a thousand variables for each module, and nothing asks for them.
    lib: [],
    warnOnUnsupportedTypeScriptVersion: false,
  });
  if (!scopeManager || !visitorKeys) return null;
  const source: Source = { ast: ast, text, scopeManager, visitorKeys };
  source.ast.tokens = [];
  addParents(source);
  return source;
}

const loaded = new Map<string, { readonly stamp: string; readonly source: Source | null }>();

const textAt = memoByFile((text) => text, 20);

const written = new WeakMap<object, string>();

/** Answers that were found in a module hold for the settings that they were found under. */
function settingsKey(settings: FileFacts["settings"]): string {
  let key = written.get(settings);
  if (key === undefined) {
    try {
      key = JSON.stringify(settings);
    } catch {
      key = "";
    }
    written.set(settings, key);
  }
  return key;
}

/**
 * Parses a module that a file leads to.
 *
 * @param file the absolute path, as {@link resolveSpecifier} gives it.
 * @param from the file that leads there; its settings and parser count for the module as well.
 * @returns the same `Source` for as long as the file stays as it is, or `null` for what cannot be read, is too large, or does not parse.
 */
export function loadModule(file: string, from: Source): Source | null {
  const facts = fileFacts(from);
  const stamp = facts && fileStamp(file);
  if (!facts || stamp === null) return null;
  const key = `${file} ${settingsKey(facts.settings)}`;
  let entry = loaded.get(key);
  if (entry) loaded.delete(key);
  if (entry?.stamp !== stamp) {
    const text = textAt(file);
    let source: Source | null = null;
    try {
      source = text === null ? null : parse(text, file, isTypeScriptParser(facts.parser) ? facts.parser : ownParser());
    } catch {
      source = null;
    }
    if (source) openModule(source, file, facts);
    entry = { stamp: stamp, source };
  }
  loaded.set(key, entry);
  if (loaded.size > mostModules) loaded.delete(loaded.keys().next().value as string);
  return entry.source;
}

export interface ModuleRecord {
  /** What the module imports, re-exports and requires, by the look of its text: it may name more than there is, seldom less. */
  readonly specifiers: readonly string[];
  readonly reexports: boolean;
  /** The words that its exports are among, `null` when the text does not tell, as with `export *`. */
  readonly exports: ReadonlySet<string> | null;
  /** Whether the module's functions are server actions: it begins with `"use server"`. */
  readonly serverActions: boolean;
}

const specifierPattern = /\b(?:from|import|(?:import|require)\s*\()\s*(?:"([^"\s]+)"|'([^'\s]+)')/g;
const reexportPattern = /\bexport\s*(?:type\s*)?(?:\*|\{[^{}]*\}\s*from\b)/;

/** What a text imports, re-exports and requires. */
export const specifiersIn = (text: string): ReadonlySet<string> => new Set([...text.matchAll(specifierPattern)].map((match) => (match[1] ?? match[2]) as string));

const exportHead = /[^\n{]{0,500}\{[^{}]*\}|[^\n{]{0,500}\n?[^\n{]{0,500}/y;
const untoldExports = /\bexports\b|\bexport\s*(?:=|\*\s*from\b|type\s*\*\s*from\b)|\bexport\s+(?:declare\s+)?(?:const|let|var)\s[^\n]{0,500},[ \t]*\r?\n/;

/** The words at the beginning of what a module exports, by the look of its text; `null` where they are not all of its exports. */
function exportedWords(text: string): ReadonlySet<string> | null {
  if (untoldExports.test(text)) return null;
  const words = new Set<string>();
  for (const { index } of text.matchAll(/\bexport\b/g)) {
    exportHead.lastIndex = index;
    for (const word of exportHead.exec(text)?.[0].match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu) ?? []) words.add(word);
  }
  return words;
}

const recordAt = memoByFile((text): ModuleRecord | null => {
  if (text.length > largest) return null;
  return { specifiers: [...specifiersIn(text)], reexports: reexportPattern.test(text), exports: exportedWords(text), serverActions: /^\s*["']use server["']/.test(text) };
});

/** What a module names, read off its text without parsing it; `null` when it cannot be read. */
export const moduleRecord = (file: string): ModuleRecord | null => recordAt(file);

interface Reach {
  readonly pass: number;
  readonly packages: ReadonlySet<string>;
}

const hops = 2;

const reaches: readonly Map<string, Reach>[] = Array.from({ length: hops + 1 }, () => new Map<string, Reach>());

/** The packages that a module names, itself or through the local modules that it imports. */
function reach(file: string, distance: number): ReadonlySet<string> {
  const pass = currentPass();
  const level = reaches[distance] as Map<string, Reach>;
  const known = level.get(file);
  if (known?.pass === pass) return known.packages;
  const packages = new Set<string>();
  for (const specifier of recordAt(file)?.specifiers ?? []) {
    const target = resolveSpecifier(specifier, file);
    if (!target) continue;
    if ("package" in target) packages.add(target.package);
    else if (distance > 0) for (const name of reach(target.file, distance - 1)) packages.add(name);
  }
  level.set(file, { pass, packages });
  return packages;
}

/** The packages that a module names, itself or through what it imports from the workspace within two hops. */
export const packagesBehind = (file: string): ReadonlySet<string> => reach(file, hops);

function some(names: Iterable<string>, wanted: (name: string) => boolean): boolean {
  for (const name of names) if (wanted(name)) return true;
  return false;
}

/**
 * Whether a module, or what it imports from the workspace within two hops, names a package that is wanted. This is what keeps a look
 * through an import from parsing half the repository.
 *
 * @param wanted is asked with normalised names, the path within the package included (`next/server`).
 */
export const leadsTo = (file: string, wanted: (packageName: string) => boolean): boolean => some(reach(file, hops), wanted);

/** What an import leads to: a module of the workspace that has been parsed, or a package. */
export type Followed = { readonly source: Source } | { readonly package: string };

/**
 * Follows an import.
 *
 * @param specifier what stands in the import.
 * @param from the file that it stands in.
 * @param wanted the packages that the question is about; a local module that does not lead to one of them is not parsed. `null`: parse any.
 * @param sought the name that is looked for in a local module, if one is; a module that does not export it is not parsed.
 * @returns `null` when it leads nowhere that can be read, or to nothing that is wanted.
 */
export function follow(specifier: string, from: Source, wanted: ((packageName: string) => boolean) | null, sought?: string): Followed | null {
  const facts = fileFacts(from);
  if (!facts) return null;
  const target = resolveSpecifier(specifier, facts.filename);
  if (!target) return null;
  if ("package" in target) return target;
  // A barrel may pass on hundreds of modules, and a name stands in one of them.
  if (sought !== undefined && recordAt(target.file)?.exports?.has(sought) === false) return null;
  if (wanted && !leadsTo(target.file, wanted)) return null;
  const source = loadModule(target.file, from);
  return source && { source };
}
