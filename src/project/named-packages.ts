import type { Source } from "../syntax/source.js";
import { specifiersIn } from "./module-record.js";
import { packageName, packageRoot } from "./package-name.js";

let last: { readonly ast: Source["ast"]; readonly specifiers: ReadonlySet<string>; names: ReadonlySet<string> | null } | null = null;

function read(source: Source): ReadonlySet<string> {
  // Only a declaration is sure to be among the statements of a module. A file may have made its `require` itself.
  if (source.text.includes("require") || /\bimport\s*\(/.test(source.text)) return specifiersIn(source.text);
  const specifiers = new Set<string>();
  for (const statement of source.ast.body) {
    if ("source" in statement && statement.source) specifiers.add(statement.source.value);
    else if (statement.type === "TSImportEqualsDeclaration") return specifiersIn(source.text);
  }
  return specifiers;
}

/** What a file imports, re-exports and requires, as it is written there. It may name more than there is, never less. */
export function specifiersOf(source: Source): ReadonlySet<string> {
  if (last?.ast !== source.ast) last = { ast: source.ast, specifiers: read(source), names: null };
  return last.specifiers;
}

/** The packages that a file names in this way, by their normalised names, with the path within them (`next/server`). */
export function packagesNamedIn(source: Source): ReadonlySet<string> {
  const specifiers = specifiersOf(source);
  if (last?.names) return last.names;
  const names = new Set([...specifiers].map(packageName));
  if (last) last.names = names;
  return names;
}

/** Whether a file names one of some packages, or a path within one: a cheap first look. */
export function namesPackage(packages: ReadonlySet<string>, source: Source): boolean {
  for (const name of packagesNamedIn(source)) if (packages.has(packageRoot(name))) return true;
  return false;
}

/** Whether a file names one of some modules: a cheap first look. */
export function namesModule(modules: ReadonlySet<string>, source: Source): boolean {
  for (const name of packagesNamedIn(source)) if (modules.has(name)) return true;
  return false;
}
