/**
 * Begins a rule: its source, its test and its page, each a skeleton that works.
 *
 *     npm run new -- error-handling/require-x
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { root, rulePlaces } from "./support/rules.js";
import { readPlace, skeleton } from "./support/skeleton.js";

function write(path: string, text: string): void {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text, { flag: "wx" });
  console.log(`wrote: ${path}`);
}

try {
  for (const [path, text] of skeleton(readPlace(process.argv[2], rulePlaces()))) write(path, text);
  await import("./generate.js");
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
