import { expect, test } from "vitest";

import { readTally } from "../scripts/support/tally.js";

const report = (...files: [status: string, ...tests: string[]][]): string =>
  JSON.stringify({ testResults: files.map(([status, ...tests]) => ({ status, assertionResults: tests.map((test) => ({ status: test })) })) });

test("tests are counted, skipped ones are not", () => {
  expect(readTally(report(["passed", "passed", "skipped"], ["failed", "passed", "failed", "failed"]), false)).toEqual({ passed: 2, failed: 2 });
});

test("no failure goes uncounted", () => {
  expect(readTally(report(["failed"], ["passed", "passed"]), false)).toEqual({ passed: 1, failed: 1 });
  expect(readTally(report(["passed", "passed"]), false)).toEqual({ passed: 1, failed: 1 });
  expect(readTally(null, false)).toEqual({ passed: 0, failed: 1 });
});
