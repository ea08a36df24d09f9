import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

import { root as packageRoot } from "../../scripts/support/rules.js";
import { appWith, type TestApp } from "../support/app.js";

const init = ({ root }: TestApp, ...args: readonly string[]): { status: number | null; stdout: string } =>
  spawnSync(process.execPath, [join(packageRoot, "dist/cli.js"), "init", ".", ...args], { cwd: root, encoding: "utf8", input: "" });

const textIn = ({ root }: TestApp, file: string): string | null => (existsSync(join(root, file)) ? readFileSync(join(root, file), "utf8") : null);

const plain = { "package.json": '{ "name": "shop", "devDependencies": { "typescript": "^5.9.0" } }', "pnpm-lock.yaml": "" };

describe("a project without ESLint", () => {
  test("is shown what would be written, and nothing is, without an answer", () => {
    const app = appWith(plain);
    const { status, stdout } = init(app);
    expect(stdout).toContain("+++ eslint.config.mjs");
    expect(stdout).toContain("Nothing was written");
    expect(textIn(app, "eslint.config.mjs")).toBeNull();
    expect(status).toBe(0);
  });

  test("gets a configuration, settings and a workflow", () => {
    const app = appWith(plain);
    const { stdout } = init(app, "--yes");
    expect(textIn(app, "eslint.config.mjs")).toContain("...hardening.configs.recommended,");
    expect(JSON.parse(textIn(app, ".vscode/settings.json") ?? "")).toEqual({
      "eslint.validate": ["javascript", "javascriptreact", "typescript", "typescriptreact", "prisma", "sql"],
      "editor.codeActionsOnSave": { "source.fixAll.eslint": "explicit" },
    });
    expect(textIn(app, ".github/workflows/hardening.yml")).toContain("--fail-on now");
    expect(stdout).toContain("pnpm add --save-dev eslint eslint-plugin-hardening typescript-eslint");
  });

  test("has nothing to do the second time", () => {
    const app = appWith(plain);
    init(app, "--yes");
    const { stdout } = init(app, "--yes");
    expect(stdout).toContain("There is nothing to write.");
    expect(stdout).toContain("pnpm add --save-dev eslint eslint-plugin-hardening typescript-eslint");
    expect(stdout).not.toContain("+++");
  });

  test("a dry run writes nothing", () => {
    const app = appWith(plain);
    expect(init(app, "--dry-run", "--yes").stdout).toContain("A dry run");
    expect(textIn(app, "eslint.config.mjs")).toBeNull();
  });
});

describe("a flat configuration gets the plugin at the end of its list", () => {
  const after = (name: string, text: string): string | null => {
    const app = appWith({ "package.json": "{}", [name]: text });
    init(app, "--yes");
    return textIn(app, name);
  };

  test.for([
    [
      "a list",
      "eslint.config.mjs",
      'import js from "@eslint/js";\n\nexport default [\n  js.configs.recommended,\n];\n',
      'import js from "@eslint/js";\nimport hardening from "eslint-plugin-hardening";\n\nexport default [\n  js.configs.recommended,\n  ...hardening.configs.recommended,\n];\n',
    ],
    [
      "a list on one line",
      "eslint.config.mjs",
      'import js from "@eslint/js";\nexport default [js.configs.recommended];\n',
      'import js from "@eslint/js";\nimport hardening from "eslint-plugin-hardening";\nexport default [js.configs.recommended, ...hardening.configs.recommended];\n',
    ],
    [
      "a call of defineConfig",
      "eslint.config.js",
      'import { defineConfig } from "eslint/config";\n\nexport default defineConfig([\n  { rules: {} }\n]);\n',
      'import { defineConfig } from "eslint/config";\nimport hardening from "eslint-plugin-hardening";\n\nexport default defineConfig([\n  { rules: {} },\n  ...hardening.configs.recommended\n]);\n',
    ],
    [
      "typescript-eslint's config",
      "eslint.config.mjs",
      'import tseslint from "typescript-eslint";\n\nexport default tseslint.config(\n  tseslint.configs.recommended,\n);\n',
      'import tseslint from "typescript-eslint";\nimport hardening from "eslint-plugin-hardening";\n\nexport default tseslint.config(\n  tseslint.configs.recommended,\n  ...hardening.configs.recommended,\n);\n',
    ],
    [
      "CommonJS",
      "eslint.config.cjs",
      "module.exports = [\n  { rules: {} },\n];\n",
      'const hardening = require("eslint-plugin-hardening");\nmodule.exports = [\n  { rules: {} },\n  ...hardening.configs.recommended,\n];\n',
    ],
    [
      "CommonJS with a directive",
      "eslint.config.cjs",
      '"use strict";\n\nmodule.exports = [\n  { rules: {} },\n];\n',
      '"use strict";\n\nconst hardening = require("eslint-plugin-hardening");\n\nmodule.exports = [\n  { rules: {} },\n  ...hardening.configs.recommended,\n];\n',
    ],
    [
      "a last item with a comment",
      "eslint.config.mjs",
      'import js from "@eslint/js";\n\nexport default [\n  { rules: {} }, // keep, as it is\n];\n',
      'import js from "@eslint/js";\nimport hardening from "eslint-plugin-hardening";\n\nexport default [\n  { rules: {} }, // keep, as it is\n  ...hardening.configs.recommended,\n];\n',
    ],
    [
      "a last item with a comment and no comma",
      "eslint.config.mjs",
      'import js from "@eslint/js";\n\nexport default [\n  { rules: {} } // keep, as it is\n];\n',
      'import js from "@eslint/js";\nimport hardening from "eslint-plugin-hardening";\n\nexport default [\n  { rules: {} }, // keep, as it is\n  ...hardening.configs.recommended\n];\n',
    ],
    [
      "a list that only speaks of the plugin",
      "eslint.config.mjs",
      '// Some day: "eslint-plugin-hardening".\nexport default [\n  { rules: {} },\n];\n',
      '// Some day: "eslint-plugin-hardening".\nimport hardening from "eslint-plugin-hardening";\n\nexport default [\n  { rules: {} },\n  ...hardening.configs.recommended,\n];\n',
    ],
    [
      "a list with a name",
      "eslint.config.mjs",
      "const config = [\n  { rules: {} },\n];\n\nexport default config;\n",
      'import hardening from "eslint-plugin-hardening";\n\nconst config = [\n  { rules: {} },\n  ...hardening.configs.recommended,\n];\n\nexport default config;\n',
    ],
  ])("%s", ([, name = "", before = "", expected = ""]) => {
    expect(after(name, before)).toBe(expected);
  });

  test("but is left alone where the list cannot be found, and the lines are shown", () => {
    const app = appWith({ "package.json": "{}", "eslint.config.mjs": "export default make();\n" });
    const { status, stdout } = init(app, "--yes");
    expect(textIn(app, "eslint.config.mjs")).toBe("export default make();\n");
    expect(stdout).toContain("...hardening.configs.recommended");
    expect(status).toBe(2);
  });
});

test("a project on eslintrc is told what to do", () => {
  const app = appWith({ "package.json": "{}", ".eslintrc.json": "{}" });
  const { status, stdout } = init(app, "--dry-run");
  expect(stdout).toContain("npx @eslint/migrate-config .eslintrc.json");
  expect(status).toBe(2);
});

test("a project on `eslintConfig` is told to turn its package.json into one", () => {
  const { stdout } = init(appWith({ "package.json": '{ "eslintConfig": {} }' }), "--dry-run");
  expect(stdout).toContain("npx @eslint/migrate-config package.json");
});

test("a workspace whose packages have TypeScript gets a parser for it", () => {
  const app = appWith({ "package.json": '{ "workspaces": ["packages/*"] }', "packages/api/package.json": '{ "devDependencies": { "typescript": "^5.9.0" } }', "packages/api/src/index.ts": "export {};\n" });
  init(app, "--yes");
  expect(textIn(app, "eslint.config.mjs")).toContain("tseslint.parser");
});

describe("a project below the root of its repository", () => {
  const files = { "package.json": "{}", "apps/web/package.json": "{}", ".git/HEAD": "ref: refs/heads/main\n" };
  const below = ({ root }: TestApp): string => spawnSync(process.execPath, [join(packageRoot, "dist/cli.js"), "init", "apps/web", "--yes"], { cwd: root, encoding: "utf8", input: "" }).stdout;

  test("gets its workflow where GitHub looks for it", () => {
    const app = appWith(files);
    below(app);
    expect(textIn(app, "apps/web/eslint.config.mjs")).not.toBeNull();
    expect(textIn(app, "apps/web/.github/workflows/hardening.yml")).toBeNull();
    expect(textIn(app, ".github/workflows/hardening-apps-web.yml")).toMatch(/--fail-on now\n {8}working-directory: apps\/web\n$/);
    expect(below(app)).not.toContain("+++");
  });

  test("also where another part has one", () => {
    const app = appWith({ ...files, ".github/workflows/hardening-apps-api.yml": "run: npx eslint-plugin-hardening\nworking-directory: apps/api\n" });
    below(app);
    expect(textIn(app, ".github/workflows/hardening-apps-web.yml")).not.toBeNull();
  });
});

test("who reads only the first line hears of no failure", () => {
  const app = appWith(plain);
  const { status, stderr } = spawnSync("bash", ["-c", `set -o pipefail; "${process.execPath}" "${join(packageRoot, "dist/cli.js")}" init . --dry-run | head -1`], { cwd: app.root, encoding: "utf8", input: "" });
  expect(stderr).toBe("");
  expect(status).toBe(0);
});

test("settings that a team has stay, comments included", () => {
  const settings = '{\n  // ours\n  "editor.tabSize": 2,\n  "eslint.validate": ["vue"],\n  "editor.codeActionsOnSave": { "source.fixAll.eslint": "always" }\n}\n';
  const app = appWith({ "package.json": "{}", ".vscode/settings.json": settings });
  init(app, "--yes");
  const text = textIn(app, ".vscode/settings.json") ?? "";
  expect(text).toContain("// ours");
  expect(text).toContain('"vue"');
  expect(text).toContain('"prisma"');
  expect(text).toContain('"source.fixAll.eslint": "always"');
});

test("a workflow of that name that does something else stays", () => {
  const app = appWith({ "package.json": "{}", ".github/workflows/hardening.yml": "name: Ours\n" });
  init(app, "--yes");
  expect(textIn(app, ".github/workflows/hardening.yml")).toBe("name: Ours\n");
});
