/**
 * Everything that must hold before a change goes in. Goes on after a failure, so that one run shows all of them.
 *
 *     npm test
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { root } from "./support/rules.js";
import { add, readTally, type Tally } from "./support/tally.js";

const scratch = mkdtempSync(join(tmpdir(), "hardening-check-"));
const report = join(scratch, "tests.json");

const oneCheck = (succeeded: boolean): Tally => (succeeded ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });
const eachTest = (succeeded: boolean): Tally => readTally(existsSync(report) ? readFileSync(report, "utf8") : null, succeeded);

const steps: [heading: string, command: string, count: (succeeded: boolean) => Tally][] = [
  ["Build", "tsdown --log-level warn", oneCheck],
  ["Types", "tsc --noEmit", oneCheck],
  ["Generated files", "tsx scripts/generate.ts --check", oneCheck],
  ["Lint", "eslint .", oneCheck],
  ["Unused code", "knip", oneCheck],
  ["Tests", `vitest run --reporter=default --reporter=json --outputFile.json=${report}`, eachTest],
  ["Package", "npm run --silent package", oneCheck],
];

// The package is built once, by the first step: packing must not build it again.
const env = { ...process.env, npm_config_ignore_scripts: "true", PATH: `${join(root, "node_modules/.bin")}:${process.env["PATH"] ?? ""}` };

function run(command: string): boolean {
  const [file = "", ...args] = command.split(" ");
  return spawnSync(file, args, { cwd: root, env, stdio: "inherit" }).status === 0;
}

let total: Tally = { passed: 0, failed: 0 };
const failures: string[] = [];

for (const [heading, command, count] of steps) {
  console.log(`\n== ${heading}`);
  const start = performance.now();
  const tally = count(run(command));
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`-- ${heading}: ${tally.failed === 0 ? "passed" : "FAILED"} in ${seconds} s`);
  if (tally.failed > 0) failures.push(heading);
  total = add(total, tally);
}

rmSync(scratch, { recursive: true, force: true });
if (failures.length > 0) console.log(`\nFailed: ${failures.join(", ")}`);
console.log(`\n${String(total.passed)} passed, ${String(total.failed)} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;
