import { type ErrorTracker, errorTrackers } from "../../knowledge/error-trackers.js";
import { fileFacts } from "../../project/file.js";
import { dependsOn, packageOf } from "../../project/package-json.js";
import { textQuestion } from "../../project/source-texts.js";
import { addImport, type Edit, localNameOf } from "../../syntax/edit.js";
import type { Source } from "../../syntax/source.js";

/** The error tracker of a project. */
export interface ProjectTracker {
  readonly name: string;
  /** How a file reports an error to it, and what it has to import for that; `null` where a project makes its own client. */
  reporting(error: string, source: Source): { readonly code: string; readonly bring: Edit } | null;
}

const rows = errorTrackers.map((tracker) => ({ tracker, isSaid: tracker.said ? textQuestion(tracker.said) : null }));

function reportingTo({ reporting }: ErrorTracker, module: string, error: string, source: Source): { code: string; bring: Edit } | null {
  if (!reporting) return null;
  const { imported, method } = reporting;
  const local = localNameOf(imported, module, source) ?? reporting.local;
  const bring = addImport(module, [{ imported, local }], source);
  return bring && { code: `${local}.${method}(${error});`, bring };
}

/** The error tracker that a file's project has; `null` without one. */
export function trackerOf(source: Source): ProjectTracker | null {
  const filename = fileFacts(source)?.filename;
  if (filename === undefined) return null;
  for (const { tracker, isSaid } of rows) {
    const module = tracker.packages.find((name) => dependsOn(filename, name));
    if (module === undefined || (isSaid && isSaid(packageOf(filename)?.dir ?? "") !== true)) continue;
    return { name: tracker.name, reporting: (error, file) => reportingTo(tracker, module, error, file) };
  }
  return null;
}
