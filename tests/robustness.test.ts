import { mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Linter } from "eslint";
import { globSync } from "tinyglobby";
import { afterAll, describe, expect, test } from "vitest";

import { extremes } from "../scripts/support/extremes.js";
import { lintConfig, lintText } from "../scripts/support/linting.js";
import { root } from "../scripts/support/rules.js";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "hardening-extremes-")));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const linter = new Linter({ cwd: folder });
const strict = lintConfig("strict");

const crashesOn = (text: string, file: string): string[] => lintText(linter, strict, text, join(folder, file)).crashes.map(({ rule, error }) => `${rule}: ${error.message}`);

describe("files such as nobody writes: all rules get through", () => {
  test.for(extremes.map((extreme) => [extreme.name, extreme] as const))("%s", ([, { filename, size, text }]) => {
    expect(crashesOn(text(size / 50), filename)).toEqual([]);
  });
});

describe("a schema that is just being typed: all rules get through wherever it ends", () => {
  const files = globSync(["examples/**/*.{prisma,sql}", "tests/apps/**/*.{prisma,sql}", "tests/fixtures/projects/**/*.{prisma,sql}"], { cwd: root, ignore: ["**/node_modules/**"] }).sort();

  test.for(files)("%s", (file) => {
    const text = readFileSync(join(root, file), "utf8");
    const crashes = new Set<string>();
    for (let end = 0; end < text.length; end += 1) for (const crash of crashesOn(text.slice(0, end), file)) crashes.add(crash);
    expect([...crashes]).toEqual([]);
  });
});
