import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

import { root } from "../scripts/support/rules.js";
import { makeProject, type Project } from "./support/project.js";

const file = "app/api/notes/route.ts";

/** An app of Next that imports the plugin by its name, as users have it. */
function makeApp(config: string): Project {
  const guard = `import { jwtVerify } from "jose";\nexport async function guard(request: Request) {\n  await jwtVerify(request.headers.get("authorization") ?? "", key);\n}\n`;
  const app = makeProject({
    "package.json": { name: "notes", private: true, type: "module", dependencies: { "@prisma/client": "^6.0.0", next: "^16.0.0", jose: "^5.0.0" } },
    ".gitignore": "node_modules\n.eslintcache\n",
    "lib/guard.ts": guard,
    [file]: `import { PrismaClient } from "@prisma/client";\nimport { guard } from "../../../lib/guard";\nconst prisma = new PrismaClient();\nexport async function POST(request: Request) {\n  await guard(request);\n  await prisma.note.create({ data: await request.json() });\n  return new Response();\n}\n`,
    "eslint.config.js": config,
  });
  const modules = app.path("node_modules");
  mkdirSync(join(modules, "eslint-plugin-hardening"), { recursive: true });
  for (const part of ["dist", "package.json"]) cpSync(join(root, part), join(modules, "eslint-plugin-hardening", part), { recursive: true });
  for (const name of ["eslint", "typescript-eslint", "typescript", "@typescript-eslint", "libpg-query", "tinyglobby", "yaml"]) symlinkSync(join(root, "node_modules", name), join(modules, name), "junction");
  execFileSync("git", ["init", "-q"], { cwd: app.dir });
  return app;
}

/** What the command says of our rule, and whether it has looked at the file again. */
function run(app: Project): { found: boolean; isLinted: boolean } {
  const args = [join(root, "node_modules/eslint/bin/eslint.js"), "app", "--cache", "--cache-strategy", "content", "--format", "json"];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: app.dir, encoding: "utf8", env: { ...process.env, DEBUG: "eslint:eslint*", NO_COLOR: "1" } });
  expect(stdout, stderr.slice(-2_000)).toContain("messages");
  return { found: stdout.includes("hardening/require-authentication"), isLinted: !/Skipping file since it hasn't changed: .*route\.ts/.test(stderr) };
}

const noise = "export async function guard(request: Request) {\n  await Promise.resolve(request.url);\n}\n";

/** The config that the README writes out for the cache, with the widest question of all. */
function documented(): string {
  const readme = readFileSync(join(root, "README.md"), "utf8");
  const section = readme.slice(readme.indexOf("## With `--cache`"));
  const block = /```js\n([^]*?)```/.exec(section)?.[1] ?? "";
  return block.replace("]);", '  { files: ["**/*.ts"], rules: { "hardening/require-authentication": ["error", { everywhere: true }] } },\n]);');
}

test("by itself, the cache repeats what it said before another file changed", () => {
  const app = makeApp(documented().replace("tree: tree()", ""));
  expect(run(app)).toEqual({ found: false, isLinted: true });
  writeFileSync(app.path("lib/guard.ts"), noise);
  expect(run(app)).toEqual({ found: false, isLinted: false });
  rmSync(app.path(".eslintcache"));
  expect(run(app)).toEqual({ found: true, isLinted: true });
}, 240_000);

test("with the config that the README gives, it repeats nothing that no longer holds", () => {
  const app = makeApp(documented());
  expect(run(app)).toEqual({ found: false, isLinted: true });
  expect(run(app)).toEqual({ found: false, isLinted: false });
  writeFileSync(app.path("lib/guard.ts"), noise);
  expect(run(app)).toEqual({ found: true, isLinted: true });
  renameSync(app.path("lib/guard.ts"), app.path("lib/gate.ts"));
  expect(run(app)).toEqual({ found: false, isLinted: true });
  writeFileSync(app.path("lib/guard.ts"), 'export { guard } from "./gate";\n');
  expect(run(app)).toEqual({ found: true, isLinted: true });
  rmSync(app.path("lib/gate.ts"));
  expect(run(app)).toEqual({ found: false, isLinted: true });
}, 240_000);
