import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { root } from "../scripts/support/rules.js";
import { readPlace } from "../scripts/support/skeleton.js";

describe("a name is refused", () => {
  const existing = [{ concern: "auth", name: "require-guard" }] as const;
  const refused: [argument: string | undefined, reason: RegExp][] = [
    [undefined, /concern and name/],
    ["require-x", /concern and name/],
    ["auth/nested/require-x", /concern and name/],
    ["style/require-x", /not a concern/],
    ["auth/check-x", /not a rule's name/],
    ["auth/require-", /not a rule's name/],
    ["auth/require-X", /not a rule's name/],
    ["auth/../require-x", /concern and name/],
    ["deployment/require-guard", /exists already, in auth/],
  ];
  test.each(refused)("%s", (argument, reason) => {
    expect(() => readPlace(argument, existing)).toThrow(reason);
  });
});

describe("npm run new", () => {
  const copy = mkdtempSync(join(tmpdir(), "hardening-scaffold-"));
  const name = "require-something-sound";

  const run = (tool: string, ...args: string[]): string => execFileSync(process.execPath, [join(root, "node_modules", tool), ...args], { cwd: copy, encoding: "utf8", stdio: "pipe" });
  const script = (file: string, ...args: string[]): string => run("tsx/dist/cli.mjs", `scripts/${file}.ts`, ...args);

  beforeAll(() => {
    for (const path of ["src", "configs", "scripts", "docs", "tests/support", "package.json", "tsconfig.json", "vitest.config.ts"]) {
      cpSync(join(root, path), join(copy, path), { recursive: true });
    }
    symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
    script("new-rule", `error-handling/${name}`);
  });
  afterAll(() => {
    rmSync(copy, { recursive: true, force: true });
  });

  test("writes a page with its header, and an index with the rule", () => {
    expect(readFileSync(join(copy, `docs/rules/${name}.md`), "utf8")).toContain("<!-- generated --> Require something sound. · error handling · strict (error) <!-- /generated -->");
    expect(readFileSync(join(copy, "src/rules/index.ts"), "utf8")).toContain(`"${name}": requireSomethingSound,`);
    expect(script("generate", "--check")).toContain("in step");
  });

  test("writes code that compiles", () => {
    const { stdout } = spawnSync(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "--noEmit"], { cwd: copy, encoding: "utf8" });
    expect(stdout.split("\n").filter((line) => line.includes(name))).toEqual([]);
  });

  test("writes a test that passes", () => {
    expect(run("vitest/vitest.mjs", "run", `tests/rules/error-handling/${name}.test.ts`)).toMatch(/Tests.*2 passed/);
  });

  test("refuses to write over a rule", () => {
    const again = spawnSync(process.execPath, [join(root, "node_modules/tsx/dist/cli.mjs"), "scripts/new-rule.ts", `auth/${name}`], { cwd: copy, encoding: "utf8" });
    expect(again).toMatchObject({ status: 1, stderr: expect.stringContaining("exists already") as string });
  });
});
