import { moduleRecord } from "./module-record.js";
import { resolveSpecifier } from "./resolve.js";

/** What leads to more modules than this leads to anything. */
const most = 200;

/** How long an answer holds, in milliseconds. */
const age = 500;

const known = new Map<string, { at: number; files: ReadonlySet<string> | null }>();

/** The modules of the workspace that a module leads to, itself included; `null` when there are too many to tell. */
export function modulesBehind(file: string): ReadonlySet<string> | null {
  const entry = known.get(file);
  if (entry && Date.now() - entry.at < age) return entry.files;
  const files = new Set([file]);
  for (const current of files) {
    for (const specifier of moduleRecord(current)?.specifiers ?? []) {
      const target = resolveSpecifier(specifier, current);
      if (target && "file" in target) files.add(target.file);
    }
    if (files.size > most) break;
  }
  const answer = files.size > most ? null : files;
  known.set(file, { at: Date.now(), files: answer });
  return answer;
}
