import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

import { root } from "../../scripts/support/rules.js";
import { appWith, shop } from "../support/app.js";

interface Run {
  status: number | null;
  stdout: string;
  stderr: string;
}

const start = (cwd: string, args: readonly string[]): ChildProcess =>
  spawn(process.execPath, [join(root, "dist/cli.js"), ...args], { cwd, env: { ...process.env, CI: "1", NO_COLOR: "1" }, stdio: ["ignore", "pipe", "pipe"] });

/** Runs the built command line in a folder. */
function run(cwd: string, args: readonly string[], meanwhile: (child: ChildProcess, stderr: string) => void = () => undefined): Promise<Run> {
  return new Promise((done) => {
    const child = start(cwd, args);
    let [stdout, stderr] = ["", ""];
    child.stdout?.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr?.on("data", (chunk: Buffer) => {
      stderr += chunk.toString();
      meanwhile(child, stderr);
    });
    child.once("close", (status) => done({ status, stdout, stderr }));
  });
}

describe("a review from the command line", () => {
  test("is a summary on the terminal, and ends with 0", async () => {
    const { status, stdout, stderr } = await run(appWith(shop).root, []);
    expect(stdout).toMatch(/^Hardening review of shop/);
    expect(stdout).toContain("server/auth.js:5");
    expect(stderr).toContain("Reading: 4 of 4 files");
    expect(status).toBe(0);
  });

  test.for([
    ["now", 1],
    ["next", 1],
  ] as const)("ends with 1 when there is something to fix %s", async ([limit, status]) => {
    expect((await run(appWith(shop).root, ["--fail-on", limit])).status).toBe(status);
  });

  test("ends with 0 when there is nothing of that kind", async () => {
    expect((await run(appWith(shop).root, ["--only", "no-float-money", "--fail-on", "next"])).status).toBe(0);
  });

  test("goes to a file whole, and the summary to the terminal", async () => {
    const app = appWith(shop);
    const { status, stdout } = await run(app.root, [".", "--format", "json", "--output", "review.json"]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Hardening review of shop/);
    expect(JSON.parse(readFileSync(join(app.root, "review.json"), "utf8"))).toMatchObject({ version: 1 });
    expect(readdirSync(app.root).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });

  test("is written in the format of the file's ending, and the summary no longer says how to", async () => {
    const app = appWith(shop);
    const { stdout } = await run(app.root, [".", "--output", "review.html"]);
    expect(readFileSync(join(app.root, "review.html"), "utf8")).toMatch(/^<!doctype html>/);
    expect(stdout).toMatch(/^Hardening review of shop/);
    expect(stdout).not.toContain("--output");
  });

  test("says how to get the whole of it with the same options", async () => {
    const app = appWith({ ...shop, "eslint.config.mjs": "export default [];\n" });
    expect((await run(app.root, [".", "--config"])).stdout).toContain("npx eslint-plugin-hardening . --config --format html --output review.html");
  });

  test("says nothing of what has nothing when only some rules were asked", async () => {
    const { stdout } = await run(appWith(shop).root, ["--only", "no-secret-fallback"]);
    expect(stdout).toContain("Fix now");
    expect(stdout).not.toMatch(/Fix next|Nothing\./);
  });

  test("respects .eslintignore without a warning of ESLint", async () => {
    expect((await run(appWith({ ...shop, ".eslintignore": "old\n" }).root, [])).stderr).not.toContain("ESLintIgnoreWarning");
  });

  test("leaves nothing behind when it is interrupted", async () => {
    const many = Object.fromEntries(Array.from({ length: 400 }, (_, index) => [`server/rates-${index}.js`, shop["server/rates.js"] ?? ""]));
    const app = appWith({ ...shop, ...many });
    let stopped = false;
    const { status, stderr } = await run(app.root, [".", "--format", "json", "--output", "review.json"], (child, said) => {
      if (!stopped && said.includes("Reading")) stopped = child.kill("SIGINT");
    });
    expect(status).toBe(130);
    expect(stderr).toContain("Interrupted");
    expect(existsSync(join(app.root, "review.json"))).toBe(false);
    expect(readdirSync(app.root).filter((name) => name.includes("review.json"))).toEqual([]);
  });
});

describe("what cannot be ends with 2 and a sentence", () => {
  const app = appWith(shop);
  test.for([
    [["no/such/folder"], /There is nothing at no\/such\/folder/],
    [["package.json"], /is a file/],
    [[".", "--format", "pdf"], /no format called `pdf`/],
    [[".", "--fail-on", "always"], /takes now or next/],
    [[".", "--only", "no-such-rule"], /No rule or check is called no-such-rule/],
    [[".", "--no-such-option"], /--help/],
    [[".", "--since", "main"], /no git repository/],
    [[".", "--output", "no/such/folder/review.txt"], /^no\/such\/folder\/review\.txt cannot be written: there is no folder no\/such\/folder\.$/m],
    [[".", "--output", "server"], /^server cannot be written: it is a folder/],
    [[".", "--config"], /^There is no eslint\.config here/m],
    [["one", "two"], /One folder at a time/],
  ] as const)("%s", async ([args, said]) => {
    const { status, stdout, stderr } = await run(app.root, args);
    expect(stderr).toMatch(said);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(stdout).toBe("");
    expect(status).toBe(2);
  });

  test("a configuration that throws", async () => {
    const { status, stderr } = await run(appWith({ ...shop, "eslint.config.mjs": 'throw new Error("no such preset");\n' }).root, ["--config"]);
    expect(stderr).toMatch(/Your ESLint configuration threw: no such preset \(eslint\.config\.mjs:1:7\)/);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(status).toBe(2);
  });

  test("an empty folder", async () => {
    const { status, stderr } = await run(appWith({}).root, ["."]);
    expect(stderr).toMatch(/nothing to review/);
    expect(status).toBe(2);
  });
});
