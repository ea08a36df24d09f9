import { type FileRole, rolesByPath } from "../../knowledge/file-roles.js";
import { fileFacts } from "../../project/file.js";
import { packageOf } from "../../project/package-json.js";
import { folderOf, workspacePackages, workspaceRoot } from "../../project/workspace.js";
import type { Source } from "../../syntax/source.js";

/** The folder with all code that may work with the tables of a file: of its workspace, else of its package. */
export function codeBeside(source: Source): string | null {
  const file = fileFacts(source)?.filename;
  const folder = file === undefined ? null : folderOf(file);
  if (file === undefined || folder === null) return null;
  const root = workspaceRoot(folder);
  return workspacePackages(root).size > 0 ? root : (packageOf(file)?.dir ?? root);
}

const besideTheApp: ReadonlySet<FileRole | undefined> = new Set(["test", "seed", "script", "migration"]);

/** Whether a file, by its path from the project's folder with forward slashes, is no test and nothing that is run by hand, or before there are users. */
export const isOfApp = (path: string): boolean => !besideTheApp.has(rolesByPath.find((entry) => entry.path.test(path))?.role);
