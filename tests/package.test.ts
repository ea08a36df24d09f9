import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { ESLint } from "eslint";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { root } from "../scripts/support/rules.js";

const folder = mkdtempSync(join(tmpdir(), "hardening-package-"));

const npm = (cwd: string, ...args: string[]): string => execFileSync("npm", args, { cwd, encoding: "utf8", stdio: "pipe" });

const project = {
  "package.json": '{ "name": "shop", "private": true, "type": "module", "dependencies": { "express": "^5.1.0" } }',
  "eslint.config.js": 'import hardening from "eslint-plugin-hardening";\n\nexport default [...hardening.configs.recommended];\n',
  "server/auth.js": `import express from "express";

export const app = express();
const secret = process.env.JWT_SECRET || "dev-secret";
app.get("/users/:email", (request, response) => response.send(secret.length > 0));
`,
  "prisma/schema.prisma": "datasource db {\n  provider = \"sqlite\"\n}\nmodel User {\n  id    Int @id\n  email String\n}\n",
  "supabase/migrations/1_notes.sql": "create table notes (id int primary key);\n",
  "consumer.ts": `import hardening from "eslint-plugin-hardening";
import { defineConfig } from "eslint/config";

export default defineConfig([
  hardening.configs.recommended,
  ...hardening.configs.strict,
  { plugins: { hardening }, extends: ["hardening/auth"], rules: { "hardening/no-secret-fallback": "off" } },
]);
`,
  "consumer.cjs": 'const hardening = require("eslint-plugin-hardening");\nconsole.log(hardening.meta.name, Object.keys(hardening.configs).includes("strict"));\n',
};

function writeProject(name: string): string {
  const cwd = join(folder, name);
  for (const [file, text] of Object.entries(project)) {
    mkdirSync(dirname(join(cwd, file)), { recursive: true });
    writeFileSync(join(cwd, file), text);
  }
  return cwd;
}

const run = (cwd: string, ...args: string[]): { status: number | null; stdout: string; stderr: string } => spawnSync(process.execPath, args, { cwd, encoding: "utf8" });

let tarball = "";

beforeAll(() => {
  npm(root, "pack", "--ignore-scripts", "--pack-destination", folder);
  tarball = join(folder, readdirSync(folder).find((file) => file.endsWith(".tgz")) ?? "");
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test("the tarball holds what users need, and nothing else", () => {
  const files = execFileSync("tar", ["-tzf", tarball], { encoding: "utf8" })
    .trim()
    .split("\n")
    .map((file) => file.replace(/^package\//, ""));
  const needed = ["CHANGELOG.md", "LICENSE", "README.md", "dist/cli.d.ts", "dist/cli.js", "dist/index.d.ts", "dist/index.js", "docs/hosts.md", "docs/performance.md", "docs/precision.md", "docs/review.md", "docs/review.schema.json", "package.json"];
  expect(files.filter((file) => !file.startsWith("docs/rules/") && !file.startsWith("dist/shared/")).sort()).toEqual(needed);
});

test("the published types are free of an export name that older compilers cannot read", () => {
  expect(readFileSync(join(root, "dist/index.js"), "utf8")).toContain('"module.exports"');
  expect(readFileSync(join(root, "dist/index.d.ts"), "utf8")).not.toContain("module.exports");
});

// The oldest that has languages, and the newest. `npm run hosts` has all others.
describe.for(["9.15.0", "10"])("in a new project with ESLint %s", (version) => {
  let cwd = "";

  beforeAll(() => {
    cwd = writeProject(version);
    npm(cwd, "install", "--no-audit", "--no-fund", "--prefer-offline", "--no-save", `eslint@${version}`, tarball);
  }, 180_000);

  test("it reports", () => {
    const { stdout, stderr } = run(cwd, "node_modules/eslint/bin/eslint.js", "--format", "json", "server");
    expect(stderr).toBe("");
    const [result] = JSON.parse(stdout) as ESLint.LintResult[];
    expect(result?.messages.map(({ ruleId, line }) => [ruleId, line])).toEqual([["hardening/no-secret-fallback", 4]]);
  });

  test("it reports in schemas and migrations", () => {
    const { stdout, stderr } = run(cwd, "node_modules/eslint/bin/eslint.js", "--format", "json", "prisma", "supabase");
    expect(stderr).toBe("");
    const reports = (JSON.parse(stdout) as ESLint.LintResult[]).flatMap(({ messages }) => messages.map(({ ruleId, line }) => [ruleId, line]));
    expect(reports).toEqual([
      ["hardening/require-unique-login", 6],
      ["hardening/require-rls", 1],
    ]);
  });

  test("it can be required", () => {
    expect(run(cwd, "consumer.cjs").stdout).toBe("eslint-plugin-hardening true\n");
  });

  // The config helper that it uses is younger than the oldest.
  test.skipIf(version === "9.15.0")("a typed config compiles", () => {
    const compiler = join(root, "node_modules/typescript/bin/tsc");
    const { stdout } = run(cwd, compiler, "--noEmit", "--strict", "--module", "nodenext", "--skipLibCheck", "consumer.ts");
    expect(stdout).toBe("");
  });
});
