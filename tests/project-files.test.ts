import json from "@eslint/json";
import { ESLint, type Linter } from "eslint";
import { describe, expect, test } from "vitest";

import hardening from "../src/index.js";
import { dataPlugins as plugins } from "./support/lint.js";
import { projectFolder } from "./support/projects.js";

const eslintFor = (config: Linter.Config[]): ESLint => new ESLint({ cwd: projectFolder("express"), overrideConfigFile: true, overrideConfig: config });

async function lint(text: string, filePath: string, config = hardening.projectFiles(plugins)): Promise<Linter.LintMessage[]> {
  const [result] = await eslintFor(config).lintText(text, { filePath });
  return result?.messages ?? [];
}

const manifest = (scripts: Record<string, string>): string => JSON.stringify({ name: "shop", scripts }, null, 2);

/** What is underlined. */
function marked(text: string, { line, column, endLine = line, endColumn = column }: Linter.LintMessage): string {
  const lines = text.split("\n");
  return line === endLine ? (lines[line - 1] ?? "").slice(column - 1, endColumn - 1) : "";
}

describe("package.json", () => {
  test.each([
    ["the build pushes the schema", { build: "prisma generate && prisma db push && next build" }, "prisma db push", "the script `build` changes"],
    ["the start pushes the schema", { start: "drizzle-kit push --force && node server.js" }, "drizzle-kit push --force", "the script `start` makes"],
    ["it pushes with a version", { postinstall: "pnpm dlx prisma@6.5.0 db push --accept-data-loss --schema ./db/schema.prisma" }, "prisma@6.5.0 db push --accept-data-loss --schema ./db/schema.prisma", "the script `postinstall` makes"],
    ["TypeORM's own command", { "vercel-build": "typeorm schema:sync -d dist/db.js && nest build" }, "typeorm schema:sync -d dist/db.js", "the script `vercel-build` makes"],
    ["MikroORM's own command", { postinstall: "mikro-orm schema:update --run && nest build" }, "mikro-orm schema:update --run", "the script `postinstall` makes"],
    ["MikroORM makes everything anew", { deploy: "npx mikro-orm schema:fresh -r --seed" }, "mikro-orm schema:fresh -r --seed", "the script `deploy` makes"],
    ["a script that another one runs", { deploy: "npm run db:push && npm run upload", "db:push": "prisma db push" }, "prisma db push", "the script `db:push`, which `deploy` runs, changes"],
  ])("%s", async (_, scripts, command, place) => {
    const text = manifest(scripts);
    const [message, ...others] = await lint(text, "package.json");
    expect(others).toEqual([]);
    expect(message?.ruleId).toBe("hardening/no-schema-sync");
    expect(message && marked(text, message)).toBe(command);
    expect(message?.message).toContain(` in ${place} the database of production`);
  });

  test.each<[string, Record<string, string>]>([
    ["a script that developers run", { "db:push": "prisma db push", dev: "prisma db push && next dev" }],
    ["migrations", { build: "prisma migrate deploy && next build", start: "drizzle-kit migrate && node server.js" }],
    ["migrations, by a command with a name like it", { deploy: "supabase db push" }],
    ["a database for tests", { prebuild: "drizzle-kit push --config=drizzle.config.test.ts" }],
    ["a command that only prints what it would change", { build: "mikro-orm schema:update --dump && nest build" }],
    ["a command that leaves out what would lose something", { build: "mikro-orm schema:update --run --safe && nest build" }],
    ["a script of that name which pushes something else", { "docker:push": "docker push shop/api", release: "npm run docker:push" }],
  ])("is silent on %s", async (_, scripts) => {
    expect(await lint(manifest(scripts), "package.json")).toEqual([]);
  });

  test("the suggestion runs migrations instead", async () => {
    const text = manifest({ build: "npx prisma@6 db push --skip-generate --schema db/schema.prisma && next build" });
    const [message] = await lint(text, "package.json");
    const [suggestion] = message?.suggestions ?? [];
    expect(suggestion && text.slice(0, suggestion.fix.range[0]) + suggestion.fix.text + text.slice(suggestion.fix.range[1])).toBe(manifest({ build: "npx prisma@6 migrate deploy --schema db/schema.prisma && next build" }));
  });

  test.each(["{", "[]", "null", `{ "scripts": [] }`, `{ "scripts": { "build": 1 } }`])("%s is no reason to stop", async (text) => {
    expect((await lint(text, "package.json")).filter(({ ruleId }) => ruleId !== null)).toEqual([]);
  });
});

const workflow = (job: string, run: string, more = ""): string => `name: Main
on: push
jobs:
  ${job}:
    runs-on: ubuntu-latest
${more}    steps:
      - uses: actions/checkout@v4
      - run: |
          npm ci
          ${run}
`;

describe("workflows", () => {
  test("a job that deploys and pushes the schema", async () => {
    const text = workflow("deploy", "npx prisma db push --accept-data-loss");
    const [message] = await lint(text, ".github/workflows/main.yml");
    expect(message && marked(text, message)).toBe("prisma db push --accept-data-loss");
    expect(message?.message).toContain("in the job `deploy` makes");
  });

  test("a job with an environment of its own", async () => {
    expect(await lint(workflow("database", "npx drizzle-kit push", "    environment: live\n"), ".github/workflows/main.yaml")).toHaveLength(1);
  });

  test.each([
    ["a job that tests", workflow("test", "npx prisma db push")],
    ["a job that tests what is about to be deployed", workflow("test-before-deploy", "npx prisma db push")],
    ["a job that deploys with migrations", workflow("deploy", "npx prisma migrate deploy")],
    ["half a file", "jobs:\n  deploy:\n    steps:\n      - run:\n"],
    ["an empty file", ""],
  ])("is silent on %s", async (_, text) => {
    expect(await lint(text, ".github/workflows/main.yml")).toEqual([]);
  });
});

const compose = (command: string): string => `services:\n  api:\n    image: shop\n    command: ${command}\n  db:\n    image: postgres\n`;

describe("compose files", () => {
  test("a service that pushes the schema and starts", async () => {
    const text = compose(`sh -c "npx prisma db push && node dist/main.js"`);
    const [message] = await lint(text, "docker-compose.yml");
    expect(message && marked(text, message)).toBe("prisma db push");
    expect(message?.message).toContain("in the service `api` changes");
  });

  test.each([
    ["a service for developers", compose(`sh -c "npx prisma db push && npm run dev"`), "docker-compose.yml"],
    ["a file for developers", compose(`sh -c "npx prisma db push && npm start"`), "docker-compose.dev.yml"],
    ["a file of another kind", compose(`sh -c "npx prisma db push && npm start"`), "values.yml"],
  ])("is silent on %s", async (_, text, filename) => {
    expect((await lint(text, filename)).filter(({ ruleId }) => ruleId !== null)).toEqual([]);
  });
});

describe("projectFiles", () => {
  test("brings only the languages that it is given", () => {
    expect(hardening.projectFiles({ json }).map(({ language }) => language)).toEqual(["json/json"]);
    expect(hardening.projectFiles({})).toEqual([]);
  });

  test("has the severities of the preset", () => {
    const [recommended] = hardening.projectFiles({ json });
    const [strict] = hardening.projectFiles({ json }, "strict");
    expect(recommended?.rules?.["hardening/no-schema-sync"]).toBe("error");
    expect(strict?.rules?.["hardening/no-schema-sync"]).toEqual(["error", { creation: true }]);
  });

  test("says what is wrong with something else", () => {
    expect(() => hardening.projectFiles({ json: {} })).toThrow('projectFiles: `json` is no plugin with the language "json".');
  });

  test("gets along with a preset and the plugin's own rules", async () => {
    const text = manifest({ build: "prisma db push" });
    const config: Linter.Config[] = [{ files: ["**/*.json"], plugins: { json }, language: "json/json", rules: { "json/no-duplicate-keys": "error" } }, ...hardening.configs.strict, ...hardening.projectFiles(plugins)];
    expect((await lint(text, "package.json", config)).map(({ ruleId }) => ruleId)).toEqual(["hardening/no-schema-sync"]);
  });
});
