import { dirname, join, resolve } from "node:path";

import { entriesOf, isBelow, memoByFile, nearest } from "./disk.js";
import { currentRun } from "./file.js";

/** Where Prisma looks for schemas, from the folder of the package. */
const schemaFolders = [".", "prisma", "prisma/schema", "schema"];

const outputsAt = memoByFile((text, path) =>
  [...text.matchAll(/^\s*generator\s+\w+\s*\{([^}]*)\}/gm)].flatMap(([, body = ""]) => {
    const output = /^\s*provider\s*=\s*"prisma-client(?:-js)?"/m.test(body) ? /^\s*output\s*=\s*"([^"]+)"/m.exec(body)?.[1] : undefined;
    const folder = output === undefined ? null : resolve(dirname(path), output);
    // Nobody's client is the folder that their schema lies in: that one holds other code as well.
    return folder === null || isBelow(path, folder) ? [] : [folder];
  }),
);

function schemasOf(folder: string): string[] {
  return schemaFolders.flatMap((name) => {
    const entries = entriesOf(join(folder, name));
    return entries ? [...entries].filter((entry) => entry.endsWith(".prisma")).map((entry) => join(folder, name, entry)) : [];
  });
}

const schemas = new Map<string, { run: number; files: readonly string[] }>();

function schemasNear(folder: string): readonly string[] {
  const run = currentRun();
  const known = schemas.get(folder);
  if (known?.run === run) return known.files;
  const files = schemasOf(folder);
  schemas.set(folder, { run, files });
  return files;
}

/**
 * The package that stands for code that a tool generates into the project. It is seldom checked in, and large where it is.
 *
 * @param path what an import leads to, there or not.
 * @returns `@prisma/client` for the folder that a Prisma schema of the same package names as its client's, else `null`.
 */
export function generatedPackage(path: string, root: string): string | null {
  const manifest = nearest(["package.json"], dirname(path), root);
  const folders = manifest === null || dirname(manifest) === root ? [root] : [dirname(manifest), root];
  for (const file of folders.flatMap(schemasNear)) {
    const output = outputsAt(file)?.find((candidate) => isBelow(path, candidate));
    if (output === undefined) continue;
    const within = path.slice(output.length + 1).replaceAll("\\", "/").replace(/\.[cm]?[jt]s$/, "");
    return within === "" || within === "client" || within === "index" ? "@prisma/client" : `@prisma/client/${within}`;
  }
  return null;
}
