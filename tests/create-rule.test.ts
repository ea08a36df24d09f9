import { join } from "node:path";
import * as parser from "@typescript-eslint/parser";
import { Linter } from "eslint";
import { expect, test } from "vitest";

import { createRule } from "../src/create-rule.js";
import { fileFacts } from "../src/project/file.js";
import { openText } from "./support/source.js";
import { serverSide } from "../src/semantics/program/file-role.js";
import { makeProject } from "./support/project.js";
import { projectFolder } from "./support/projects.js";

const cwd = projectFolder();

test("a host that hands out one source code for all files, as oxlint does, has each of them opened", () => {
  const opened: (string | undefined)[] = [];
  const rule = createRule({
    name: "no-surprise",
    meta: { type: "problem", docs: { description: "Disallow surprises", concern: "deployment", presets: {}, urgency: "later" }, messages: {}, schema: [], defaultOptions: [] },
    looksAtValues: true,
    create({ sourceCode }) {
      opened.push(fileFacts(sourceCode)?.filename);
      return {};
    },
  });
  const files = ["server/one.ts", "server/two.ts"].map((file) => join(cwd, file));
  const sourceCode = {};
  for (const filename of files) {
    // Parsed under another name, so that nothing but the rule can have opened it under this one.
    const { ast, text, scopeManager, visitorKeys } = openText("export const one = 1;", { filename: "parsed.ts" });
    Object.assign(sourceCode, { ast: { ...ast }, text, scopeManager, visitorKeys });
    rule.create({ sourceCode, filename, cwd, settings: {}, options: [], languageOptions: {} } as unknown as Parameters<typeof rule.create>[0]);
  }
  expect(opened).toEqual(files);
});

test("what a rule reports in a file that nothing leads to goes nowhere, but for what does harm anywhere", () => {
  const docs = { description: "Disallow debuggers", concern: "deployment", presets: {}, urgency: "later" } as const;
  const rule = (mattersAnywhere: boolean) =>
    createRule({
      name: "no-debugger",
      meta: { type: "problem", docs, messages: { stop: "The process stops here." }, schema: [], defaultOptions: [] },
      looksAtValues: true,
      ...(mattersAnywhere && { mattersAnywhere }),
      create: (context) => ({ DebuggerStatement: (node) => context.report({ node, messageId: "stop" }) }),
    });
  const used = Object.fromEntries(Array.from({ length: 8 }, (_, index) => [`src/step${index}.ts`, `import "./step${index + 1}.js";\n`]));
  const project = makeProject({ "package.json": { name: "shop" }, ...used, "src/main.ts": 'import "./step0.js";\n', "src/step8.ts": "debugger;\n", "src/old-step8.ts": "debugger;\n" });
  const linter = new Linter({ cwd: project.dir });
  const plugins = { own: { rules: { quiet: rule(false), loud: rule(true) } } } as unknown as Linter.Config["plugins"] & {};
  const reported = (file: string): (string | null)[] => {
    const config: Linter.Config = { files: ["**/*.ts"], plugins, languageOptions: { parser }, rules: { "own/quiet": "error", "own/loud": "error" } };
    return linter.verify("debugger;\n", [config], { filename: project.path(file) }).map(({ ruleId }) => ruleId);
  };
  expect(reported("src/step8.ts").sort()).toEqual(["own/loud", "own/quiet"]);
  expect(reported("src/old-step8.ts")).toEqual(["own/loud"]);
});

test("a rule looks at files of the roles that it is for, and at no others", () => {
  const docs = { description: "Disallow debuggers", concern: "deployment", presets: {}, urgency: "later" } as const;
  const rule = createRule({
    name: "no-debugger",
    meta: { type: "problem", docs, messages: { stop: "The process stops here." }, schema: [], defaultOptions: [] },
    runsIn: serverSide,
    create: (context) => ({ DebuggerStatement: (node) => context.report({ node, messageId: "stop" }) }),
  });
  const linter = new Linter({ cwd });
  const config: Linter.Config = { files: ["**/*.ts"], plugins: { own: { rules: { rule } } } as unknown as Linter.Config["plugins"] & {}, languageOptions: { parser }, rules: { "own/rule": "error" } };
  const reports = (file: string): number => linter.verify('import "node:fs";\ndebugger;\n', [config], { filename: join(cwd, file) }).length;
  expect(reports("server/orders.ts")).toBe(1);
  expect(reports("server/orders.test.ts")).toBe(0);
  expect(reports("scripts/orders.ts")).toBe(0);
});
