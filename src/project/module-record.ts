import { memoByFile } from "./disk.js";
import { currentPass } from "./file.js";
import { type Resolution, resolveSpecifier } from "./resolve.js";

/** What is longer, in characters, is read by nobody. */
const largest = 1_000_000;

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

interface Targets {
  readonly pass: number;
  readonly targets: readonly Resolution[];
}

const targetsByFile = new Map<string, Targets>();

/** What the imports of a module lead to, as of the current pass. */
export function targetsOf(file: string): readonly Resolution[] {
  const pass = currentPass();
  const known = targetsByFile.get(file);
  if (known?.pass === pass) return known.targets;
  const targets = (recordAt(file)?.specifiers ?? []).flatMap((specifier) => resolveSpecifier(specifier, file) ?? []);
  targetsByFile.set(file, { pass, targets });
  return targets;
}
