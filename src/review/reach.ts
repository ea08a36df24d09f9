import { join } from "node:path";

import type { App } from "./app.js";
import type { SurveyedPart } from "./survey.js";

/** Which files with entries lead to a place. */
export interface Reach {
  /** How many files have entries. */
  readonly files: number;
  /** How many of them lead to a line of a file, without the file itself. */
  countAt(file: string, line: number): number;
}

const most = 1_500;

/** For each file, the files with entries that import it, or what imports it. */
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

/** The parts of a file that lead to one of its lines, by the names that they speak of; `null` for a line that runs whenever the file is loaded. */
function partsTo(line: number, parts: readonly SurveyedPart[], rows: readonly string[]): SurveyedPart[] | null {
  const first = parts.find((part) => part.line <= line && line <= part.endLine);
  if (!first || first.names.length === 0) return first?.exported.length ? [first] : null;
  const found = new Set([first]);
  for (const part of found) {
    const spoken = new RegExp(`\\b(?:${part.names.map((name) => name.replaceAll("$", "\\$")).join("|")})\\b`);
    for (const other of parts) if (!found.has(other) && part.names.length > 0 && rows.slice(other.line - 1, other.endLine).some((row) => spoken.test(row))) found.add(other);
  }
  return [...found];
}

/** What leads where, as far as imports can be followed. */
export function reachIn(app: App): Reach {
  const reached = importersWithEntries(app);
  const importers = new Map<string, { readonly from: string; readonly names: readonly string[] | null }[]>();
  for (const [from, { imports }] of app.survey) for (const { file, names } of imports) importers.set(file, [...(importers.get(file) ?? []), { from, names }]);

  const countAt = (file: string, line: number): number => {
    const path = join(app.root, file);
    const whole = reached.get(path)?.size ?? 0;
    const parts = whole > 1 ? (app.surveyOf(file)?.parts ?? []) : [];
    const leading = parts.length > 0 ? partsTo(line, parts, (app.read(file) ?? "").split(/\r?\n/)) : null;
    // A statement that stands by itself at the top runs for everybody.
    if (leading === null || leading.some(({ names, exported }) => names.length === 0 && exported.length === 0)) return whole;
    const exported = new Set(leading.flatMap((part) => part.exported));
    const found = new Set<string>();
    for (const { from, names } of importers.get(path) ?? []) {
      if (names !== null && !names.some((name) => exported.has(name))) continue;
      if ((app.survey.get(from)?.entries.length ?? 0) > 0) found.add(from);
      for (const start of reached.get(from) ?? []) found.add(start);
    }
    found.delete(path);
    return found.size;
  };
  return { files: [...app.survey.values()].filter(({ entries }) => entries.length > 0).length, countAt };
}
