import { join } from "node:path";

import type { App } from "./app.js";
import type { FileSurvey, SurveyedImport, SurveyedPart } from "./survey.js";

/** Which files with entries lead to a place. */
export interface Reach {
  /** How many files have entries. */
  readonly files: number;
  /** How many of them lead to a line of a file, without the file itself. */
  countAt(file: string, line: number): number;
}

/** Something at the top of a file, by the file's path; an import that is handed on has a name instead of a part. */
type Place = { readonly path: string; readonly part: SurveyedPart } | { readonly path: string; readonly handedOn: string };

/** Who takes a name from a file. */
type Importer = SurveyedImport & { readonly from: string };

const words = /[A-Za-z_$][\w$]*/g;

const isAround = (line: number, part: SurveyedPart): boolean => part.line <= line && line <= part.endLine;

/** Whether a part runs when its file is loaded, and nobody can speak of it. */
const isStatement = ({ names, exported }: SurveyedPart): boolean => names.length === 0 && exported.length === 0;

/** Whether somebody takes one of some exports of a file; `*` takes all of them. */
const takes = ({ name }: SurveyedImport, exported: readonly string[]): boolean => name === "*" || exported.includes(name);

class Names {
  readonly #importers = new Map<string, Importer[]>();
  readonly #words = new Map<SurveyedPart, ReadonlySet<string>>();
  readonly #known = new Map<SurveyedPart, ReadonlySet<string>>();
  readonly #app: App;
  /** For each file, the files with entries that import it, or what imports it. */
  readonly #byFile: ReadonlyMap<string, ReadonlySet<string>>;

  constructor(app: App, byFile: ReadonlyMap<string, ReadonlySet<string>>) {
    this.#app = app;
    this.#byFile = byFile;
    for (const [from, { imports }] of app.survey) {
      for (const each of imports) {
        const own = this.#importers.get(each.file);
        if (own) own.push({ ...each, from });
        else this.#importers.set(each.file, [{ ...each, from }]);
      }
    }
  }

  #surveyAt(path: string): FileSurvey | undefined {
    return this.#app.survey.get(path);
  }

  #wordsOf(path: string, part: SurveyedPart): ReadonlySet<string> {
    let known = this.#words.get(part);
    if (!known) {
      const rows = (this.#app.read(path.slice(this.#app.root.length + 1)) ?? "").split(/\r?\n/).slice(part.line - 1, part.endLine);
      known = new Set(rows.flatMap((row) => row.match(words) ?? []));
      this.#words.set(part, known);
    }
    return known;
  }

  /** The parts of a file that speak of any of some names. */
  #speaking(path: string, names: readonly string[]): Place[] {
    const parts = this.#surveyAt(path)?.parts ?? [];
    return parts.filter((part) => names.some((name) => this.#wordsOf(path, part).has(name))).map((part) => ({ path, part }));
  }

  /** What stands one step nearer to the handlers. */
  #before(place: Place): Place[] {
    const { path } = place;
    const exported = "part" in place ? place.part.exported : [place.handedOn];
    const inFile = "part" in place ? this.#speaking(path, place.part.names).filter((other) => !("part" in other) || other.part !== place.part) : [];
    const others = (this.#importers.get(path) ?? [])
      .filter((importer) => exported.length > 0 && takes(importer, exported))
      .flatMap(({ from, name, local, handedOn }): Place[] => {
        if (local !== null) return this.#speaking(from, [local]);
        if (handedOn === null) return [];
        return handedOn === "*" || name === "*" ? exported.map((each) => ({ path: from, handedOn: handedOn === "*" ? each : handedOn })) : [{ path: from, handedOn }];
      });
    return [...inFile, ...others];
  }

  /** The file, if a part has its entries; a statement that has none and no name hands things on in a way that only whole files tell. */
  #entriesAt(path: string, part: SurveyedPart): Iterable<string> {
    const entries = this.#surveyAt(path)?.entries ?? [];
    if (entries.some(({ line }) => isAround(line, part))) return [path];
    return isStatement(part) ? [...(entries.length > 0 ? [path] : []), ...(this.#byFile.get(path) ?? [])] : [];
  }

  /** The files with entries that lead to a part of a file. */
  leadingTo(path: string, part: SurveyedPart): ReadonlySet<string> {
    const known = this.#known.get(part);
    if (known) return known;
    const found = new Set<string>();
    const seen = new Set<SurveyedPart | string>();
    const queue: Place[] = [{ path, part }];
    for (const place of queue) {
      const key = "part" in place ? place.part : `${place.path}\0${place.handedOn}`;
      if (seen.has(key)) continue;
      seen.add(key);
      if ("part" in place) for (const file of this.#entriesAt(place.path, place.part)) found.add(file);
      queue.push(...this.#before(place));
    }
    found.delete(path);
    this.#known.set(part, found);
    return found;
  }
}

const most = 1_500;

/** For each file, how many files with entries import it, or what imports it. */
function importersWithEntries({ survey }: App): ReadonlyMap<string, ReadonlySet<string>> {
  const reached = new Map<string, Set<string>>();
  for (const [start, { entries }] of survey) {
    if (entries.length === 0) continue;
    const seen = new Set([start]);
    for (const file of seen) {
      for (const { file: target } of survey.get(file)?.imports ?? []) if (survey.has(target)) seen.add(target);
      if (seen.size > most) break;
    }
    for (const file of seen) if (file !== start) reached.set(file, (reached.get(file) ?? new Set()).add(start));
  }
  return reached;
}

/** What leads where, along the names that files import; what runs when a file is loaded is reached by whoever imports the file. */
export function reachIn(app: App): Reach {
  const byFile = importersWithEntries(app);
  const names = new Names(app, byFile);
  const countAt = (file: string, line: number): number => {
    const path = join(app.root, file);
    const whole = byFile.get(path)?.size ?? 0;
    const part = whole > 1 ? app.surveyOf(file)?.parts.find((each) => isAround(line, each)) : undefined;
    return part === undefined || isStatement(part) ? whole : names.leadingTo(path, part).size;
  };
  return { files: [...app.survey.values()].filter(({ entries }) => entries.length > 0).length, countAt };
}
