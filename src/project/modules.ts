import type { Source } from "../syntax/source.js";
import { fileStamp, memoByFile } from "./disk.js";
import { fileFacts, openModule, type FileFacts } from "./file.js";
import { moduleRecord } from "./module-record.js";
import { leadsTo, type Wanted } from "./packages-behind.js";
import { parseModule } from "./parse.js";
import { resolveSpecifier } from "./resolve.js";

const mostModules = 300;

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
      source = text === null ? null : parseModule(text, file, facts.parser);
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
export function follow(specifier: string, from: Source, wanted: Wanted | null, sought?: string): Followed | null {
  const facts = fileFacts(from);
  if (!facts) return null;
  const target = resolveSpecifier(specifier, facts.filename);
  if (!target) return null;
  if ("package" in target) return target;
  // A barrel may pass on hundreds of modules, and a name stands in one of them.
  if (sought !== undefined && moduleRecord(target.file)?.exports?.has(sought) === false) return null;
  if (wanted && !leadsTo(target.file, wanted)) return null;
  const source = loadModule(target.file, from);
  return source && { source };
}
