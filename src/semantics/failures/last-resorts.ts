import { lastResorts } from "../../knowledge/last-resorts.js";
import { fileFacts } from "../../project/file.js";
import { dependsOn, packageOf } from "../../project/package-json.js";
import { textQuestion } from "../../project/source-texts.js";
import type { Source } from "../../syntax/source.js";
import { roleOf } from "../program/file-role.js";

const listensToRejections = textQuestion(/["'`]unhandledRejection["'`]/);

/**
 * Whether a rejection that nothing handles ends the process that a file runs in: in Node it does, unless somebody listens to such
 * rejections. On the edge, and where that cannot be told, `false`.
 */
export function endsProcess(source: Source): boolean {
  const filename = fileFacts(source)?.filename;
  if (filename === undefined || roleOf(source) === "edge") return false;
  if (lastResorts.some(({ module }) => dependsOn(filename, module))) return false;
  const own = packageOf(filename);
  return own !== null && listensToRejections(own.dir) === false;
}
