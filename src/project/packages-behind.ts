import type { Source } from "../syntax/source.js";
import { currentPass, fileFacts } from "./file.js";
import { targetsOf } from "./module-record.js";
import { specifiersOf } from "./named-packages.js";
import { packageName } from "./package-name.js";
import { resolveSpecifier } from "./resolve.js";

/**
 * Which packages a question is about. It is asked with normalised names, the path within the package included (`next/server`). Answers are
 * remembered under the function itself, so it has to be the same one each time.
 */
export type Wanted = (packageName: string) => boolean;

interface Reached {
  readonly pass: number;
  readonly packages: ReadonlySet<string>;
}

const none: ReadonlySet<string> = new Set();

/** How many imports of the workspace away from a module a package may be. This is what keeps a look through an import from parsing half the repository. */
const hops = 2;

class Reach {
  readonly #wanted: Wanted;
  readonly #byFile: readonly Map<string, Reached>[] = Array.from({ length: hops + 1 }, () => new Map<string, Reached>());
  readonly #bySource = new WeakMap<Source["ast"], Reached>();

  constructor(wanted: Wanted) {
    this.#wanted = wanted;
  }

  behind(file: string, distance = hops): ReadonlySet<string> {
    const pass = currentPass();
    const level = this.#byFile[distance] as Map<string, Reached>;
    const known = level.get(file);
    if (known?.pass === pass) return known.packages;
    let packages = none;
    for (const target of targetsOf(file)) {
      if ("file" in target) packages = distance > 0 ? union(packages, this.behind(target.file, distance - 1)) : packages;
      else if (this.#wanted(target.package)) packages = union(packages, new Set([target.package]));
    }
    level.set(file, { pass, packages });
    return packages;
  }

  for(source: Source): ReadonlySet<string> {
    const pass = currentPass();
    const known = this.#bySource.get(source.ast);
    if (known?.pass === pass) return known.packages;
    const filename = fileFacts(source)?.filename;
    let packages = none;
    for (const specifier of specifiersOf(source)) {
      const target = filename === undefined ? null : resolveSpecifier(specifier, filename);
      if (target && "file" in target) {
        packages = union(packages, this.behind(target.file));
        continue;
      }
      const name = target?.package ?? packageName(specifier);
      if (this.#wanted(name)) packages = union(packages, new Set([name]));
    }
    this.#bySource.set(source.ast, { pass, packages });
    return packages;
  }
}

/** Most are of nothing, and nothing is copied for them. */
function union(one: ReadonlySet<string>, other: ReadonlySet<string>): ReadonlySet<string> {
  if (one.size === 0 || one === other) return other;
  return other.size === 0 ? one : new Set([...one, ...other]);
}

const reaches = new WeakMap<Wanted, Reach>();

function reachOf(wanted: Wanted): Reach {
  let reach = reaches.get(wanted);
  if (!reach) reaches.set(wanted, (reach = new Reach(wanted)));
  return reach;
}

/** Whether a module, or what it imports from the workspace within two hops, names a package that is wanted. */
export const leadsTo = (file: string, wanted: Wanted): boolean => reachOf(wanted).behind(file).size > 0;

/** The wanted packages that a file names, or that the modules which it imports lead to: of others it can have nothing, but what it is handed. */
export const packagesFor = (source: Source, wanted: Wanted): ReadonlySet<string> => reachOf(wanted).for(source);
