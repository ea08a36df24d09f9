import { join } from "node:path";
import json from "@eslint/json";
import * as parser from "@typescript-eslint/parser";
import { type ESLint, Linter } from "eslint";
import yml from "eslint-plugin-yml";

import hardening from "../../src/index.js";
import { projectFolder } from "./projects.js";

interface Place {
  /** Relative to the project. */
  filename: string;
  project?: string | undefined;
  settings?: Record<string, unknown> | undefined;
}

const schemaConfigs = (shared: Linter.Config): Linter.Config[] =>
  Object.keys(hardening.languages ?? {}).map((language) => ({ files: [`**/*.${language}`], language: `hardening/${language}`, ...shared }));

/** The user's own plugins for files that are no code. */
export const dataPlugins = { json, yml: yml as ESLint.Plugin };

const dataConfigs = (shared: Linter.Config): Linter.Config[] => hardening.projectFiles(dataPlugins).map((block) => ({ ...block, ...shared, plugins: { ...block.plugins, ...shared.plugins } }));

/** Lints code with rules of ours, in a project of `tests/fixtures/projects`, through ESLint itself. */
export function lint(code: string, rules: Linter.RulesRecord, { filename, project, settings = {} }: Place): Linter.LintMessage[] {
  const cwd = projectFolder(project);
  const shared = { plugins: { hardening }, rules, settings };
  const forCode: Linter.Config = { files: ["**/*.{js,jsx,mjs,cjs,ts,tsx,mts,cts}"], languageOptions: { parser }, ...shared };
  return new Linter({ cwd }).verify(code, [forCode, ...schemaConfigs(shared), ...dataConfigs(shared)], join(cwd, filename));
}
