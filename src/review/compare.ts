import { readFileSync } from "node:fs";

import { isObject } from "../project/json.js";
import { type Comparison, type Finding, type Review, ReviewError } from "./model.js";

/** An earlier review, as `--format json` wrote it. */
export function readReview(path: string): Review {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new ReviewError(`${path} could not be read as a review: ${(error as Error).message}`, { cause: error });
  }
  if (!isObject(json) || json["version"] !== 1 || !Array.isArray(json["findings"])) throw new ReviewError(`${path} is no review. Write one with \`--format json --output ${path}\`.`);
  return json as unknown as Review;
}

/**
 * What became of the findings of an earlier review.
 *
 * @param isLookedAt whether the review that is made now would list a finding, if it were still there
 */
export function compared(previous: Review, findings: readonly Finding[], isLookedAt: (finding: Finding) => boolean): Comparison {
  const before = new Set(previous.findings.map(({ id }) => id));
  const now = new Set(findings.map(({ id }) => id));
  return {
    date: previous.date,
    fixed: previous.findings.filter((finding) => !now.has(finding.id) && isLookedAt(finding)).map(({ id, rule, file, line }) => ({ id, rule, file, line })),
    added: findings.filter(({ id }) => !before.has(id)).map(({ id }) => id),
    unchanged: findings.filter(({ id }) => before.has(id)).length,
  };
}
