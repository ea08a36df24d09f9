export interface Tally {
  passed: number;
  failed: number;
}

interface VitestReport {
  testResults: { status: string; assertionResults: { status: string }[] }[];
}

export const add = (one: Tally, other: Tally): Tally => ({ passed: one.passed + other.passed, failed: one.failed + other.failed });

/**
 * Counts the tests in vitest's JSON report. A file that fails outside its tests counts as a failure, and so does a run
 * that fails for another reason or leaves no report: no failure may go uncounted.
 */
export function readTally(report: string | null, succeeded: boolean): Tally {
  const files = report === null ? [] : (JSON.parse(report) as VitestReport).testResults;
  const count = (status: string): number => files.flatMap((file) => file.assertionResults).filter((test) => test.status === status).length;
  const brokenFiles = files.filter((file) => file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed")).length;
  const failed = count("failed") + brokenFiles;
  return { passed: count("passed"), failed: succeeded ? failed : Math.max(failed, 1) };
}
