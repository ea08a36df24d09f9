import { dirname, join } from "node:path";

import { entriesOf } from "./disk.js";

/** The absolute paths of the files and folders beside a file whose names match, the file itself among them. */
export function siblingsOf(filename: string, name: RegExp): string[] {
  const folder = dirname(filename);
  return [...(entriesOf(folder) ?? [])].filter((entry) => name.test(entry)).map((entry) => join(folder, entry));
}
