import { isAbsolute, relative, sep } from "node:path";

import type { FileFacts } from "./file.js";
import { packageOf } from "./package-json.js";

/** The path below the folder that the host runs in; of a file outside it, the path below its package. */
export function pathInProject({ filename, cwd }: FileFacts): string {
  if (sep === "/" && filename.startsWith(cwd) && filename[cwd.length] === "/" && !filename.includes("/../")) return filename.slice(cwd.length + 1);
  const below = relative(cwd, filename);
  if (!below.startsWith("..") && !isAbsolute(below)) return below.split(sep).join("/");
  const root = packageOf(filename)?.dir;
  return (root === undefined ? filename : relative(root, filename)).split(sep).join("/");
}
