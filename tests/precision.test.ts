import { describe, expect, test } from "vitest";

import { precisionTable, readingOf } from "../scripts/support/precision.js";

const page = (line: string): string => `# no-surprise\n\n## Precision\n\n${line}\n\nOn which applications.\n`;

describe("what a page says about how often its rule is right", () => {
  test.for([
    ["3 true, 1 doubtful, 2 wrong, on 12 applications.", { read: { true: 3, doubtful: 1, wrong: 2 }, left: null, applications: 12 }],
    ["3 true, 1 doubtful, 2 wrong. Left since: 3 true, 0 doubtful, 0 wrong.", { read: { true: 3, doubtful: 1, wrong: 2 }, left: { true: 3, doubtful: 0, wrong: 0 }, applications: null }],
    ["no report, on 77 applications.", { read: { true: 0, doubtful: 0, wrong: 0 }, left: null, applications: 77 }],
    ["not yet.", { read: null, left: null, applications: null }],
  ] as const)("%s", ([line, reading]) => {
    expect(readingOf(page(`**Fresh readers:** ${line}`))).toEqual(reading);
  });

  test("and one that says nothing of it is told how to", () => {
    expect(() => readingOf(page("Read by its author."))).toThrow("Fresh readers:");
  });
});

test("the sums count what is left where it was read again", () => {
  const rule = { name: "no-surprise", concern: "deployment", docs: { presets: { recommended: "error" } } } as const;
  const other = { name: "no-regret", concern: "deployment", docs: { presets: { strict: "error" } } } as const;
  const table = precisionTable([
    [rule, page("**Fresh readers:** 3 true, 1 doubtful, 2 wrong, on 12 applications. Left since: 3 true, 0 doubtful, 1 wrong.")],
    [other, page("**Fresh readers:** not yet.")],
  ]);
  expect(table).toContain("| [no-surprise](rules/no-surprise.md) | recommended | 6 | 3 | 1 | 2 | 3 / 0 / 1 | 12 |");
  expect(table).toContain("| [no-regret](rules/no-regret.md) | strict | not read |  |  |  |  |  |");
  expect(table).toContain("- rules of `recommended`: 3 true, 0 doubtful, 1 wrong");
  expect(table).toContain("- rules of `strict` alone: 0 true, 0 doubtful, 0 wrong");
});
