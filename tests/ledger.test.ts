import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { enter, excerpt, sample, type Ledger, type Report, type RepositoryRun } from "../scripts/support/ledger.js";
import { lintConfig, rulesOf } from "../scripts/support/linting.js";
import { root } from "../scripts/support/rules.js";

const report = (rule: string, line: number, repository = "acme/shop"): Report => ({ rule, repository, file: "server.ts", line, endLine: line, column: 1, message: "It breaks." });

const run = (name: string, commit: string, reports: Report[]): RepositoryRun => ({ name, commit, files: 1, unparsed: 0, crashes: [], reports });

describe("counts", () => {
  const rules = ["no-a", "no-b"];
  const first = enter(undefined, [run("acme/shop", "1", [report("no-a", 1), report("no-a", 2)]), run("acme/blog", "1", [])], rules, rules);

  test("are kept per rule and repository, zeros included", () => {
    expect(first.rules).toEqual({ "no-a": { "acme/blog": 0, "acme/shop": 2 }, "no-b": { "acme/blog": 0, "acme/shop": 0 } });
    expect(Object.keys(first.repositories)).toEqual(["acme/blog", "acme/shop"]);
  });

  test("of one rule leave the others alone", () => {
    const second = enter(first, [run("acme/shop", "1", [report("no-b", 1)])], ["no-b"], rules);
    expect(second.rules).toEqual({ "no-a": { "acme/blog": 0, "acme/shop": 2 }, "no-b": { "acme/blog": 0, "acme/shop": 1 } });
  });

  test("of one rule are not mixed with those of another commit", () => {
    expect(() => enter(first, [run("acme/shop", "2", [])], ["no-b"], rules)).toThrow("another commit");
  });

  test("of a rule that is gone go with it", () => {
    expect(Object.keys(enter(first, [run("acme/shop", "2", [])], ["no-b"], ["no-b"]).rules)).toEqual(["no-b"]);
  });
});

describe("a sample", () => {
  const reports = Array.from({ length: 50 }, (_, line) => report("no-a", line + 1));

  test("is the same for the same seed, whatever the order", () => {
    expect(sample(reports, 5, 1)).toEqual(sample(reports.toReversed(), 5, 1));
    expect(sample(reports, 5, 1)).not.toEqual(sample(reports, 5, 2));
  });

  test("shows the lines around a report", () => {
    const code = Array.from({ length: 40 }, (_, index) => `line${index + 1}();`).join("\n");
    const shown = excerpt(report("no-a", 20), code, "abc");
    expect(shown).toContain("https://github.com/acme/shop/blob/abc/server.ts#L20");
    expect(shown.match(/line\d+\(\)/g)).toHaveLength(25);
    expect(shown).toContain(">   20  line20();");
  });
});

describe("npm run ledger", () => {
  const folder = mkdtempSync(join(tmpdir(), "hardening-ledger-"));
  const repository = join(folder, "repositories/acme+shop");
  const ledger = join(folder, "ledger.json");
  const out = join(folder, "sample");
  // Without the rest of the environment: a git hook names its own repository there.
  const env = { PATH: process.env["PATH"] };
  const git = (...args: string[]): string =>
    execFileSync("git", ["-C", repository, "-c", "user.name=a", "-c", "user.email=a@example.com", ...args], { encoding: "utf8", env });

  beforeAll(() => {
    const files = {
      "package.json": '{ "name": "shop", "dependencies": { "express": "^5.1.0" } }',
      "server/auth.js": 'import express from "express";\nexport const app = express();\nexport const secret = process.env.JWT_SECRET || "dev-secret";\n',
      "server/broken.ts": "export const = ;\n",
      "server/ignored.js": 'export const secret = process.env.JWT_SECRET || "dev-secret"; // not in git\n',
      ".gitignore": "ignored.js\n",
    };
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(repository, file)), { recursive: true });
      writeFileSync(join(repository, file), text);
    }
    git("init", "--quiet");
    git("add", ".");
    git("commit", "--quiet", "--message", "A shop");
    execFileSync(process.execPath, ["--import", "tsx", join(root, "scripts/ledger.ts"), dirname(repository), "--ledger", ledger, "--out", out], { cwd: root, stdio: "pipe" });
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test("counts, with the commit", () => {
    const { strict } = JSON.parse(readFileSync(ledger, "utf8")) as Ledger;
    expect(strict?.repositories).toEqual({ "acme/shop": { commit: git("rev-parse", "HEAD").trim(), files: 2, unparsed: 1, crashes: 0 } });
    expect(strict?.rules["no-secret-fallback"]).toEqual({ "acme/shop": 1 });
  });

  test("samples, with the code", () => {
    expect(readFileSync(join(out, "no-secret-fallback.md"), "utf8")).toContain(">    3  export const secret");
  });
});

test("ledger.json is complete: every rule on every repository, each at a commit, and no crash", () => {
  const ledger = JSON.parse(readFileSync(join(root, "ledger.json"), "utf8")) as Ledger;
  expect(Object.keys(ledger)).toContain("strict");
  for (const [preset, { repositories, rules }] of Object.entries(ledger)) {
    expect(Object.keys(rules)).toEqual(rulesOf(lintConfig(preset)));
    expect(Object.keys(repositories)).not.toEqual([]);
    for (const entry of Object.values(repositories)) {
      expect(entry).toEqual({ commit: expect.stringMatching(/^[\da-f]{40}$/) as string, files: expect.any(Number) as number, unparsed: expect.any(Number) as number, crashes: 0 });
    }
    for (const counts of Object.values(rules)) expect(Object.keys(counts)).toEqual(Object.keys(repositories));
  }
});
