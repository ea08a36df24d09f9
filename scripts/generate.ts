/**
 * Writes what can be derived from the rules: `src/rules/index.ts`, the header of each page and the README's tables.
 *
 *     npm run generate               write
 *     npm run generate -- --check    fail when something is out of step
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { staleFiles } from "./support/generated.js";
import { root } from "./support/rules.js";

const stale = await staleFiles();
const check = process.argv.includes("--check");

for (const [path, text] of stale) {
  if (!check) writeFileSync(join(root, path), text);
  console.log(`${check ? "out of step, run `npm run generate`" : "wrote"}: ${path}`);
}
if (stale.length === 0) console.log("Generated files are in step.");
if (check && stale.length > 0) process.exitCode = 1;
