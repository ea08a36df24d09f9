import { join } from "node:path";
import * as parser from "@typescript-eslint/parser";
import { Linter } from "eslint";

import hardening from "../../src/index.js";
import { projectFolder } from "./projects.js";

interface Place {
  /** Relative to the project. */
  filename: string;
  project?: string | undefined;
  settings?: Record<string, unknown> | undefined;
}

/** Lints code with rules of ours, in a project of `tests/fixtures/projects`, through ESLint itself. */
export function lint(code: string, rules: Linter.RulesRecord, { filename, project, settings = {} }: Place): Linter.LintMessage[] {
  const cwd = projectFolder(project);
  const config: Linter.Config = { files: ["**/*.{js,jsx,mjs,cjs,ts,tsx,mts,cts}"], languageOptions: { parser }, plugins: { hardening }, rules, settings };
  return new Linter({ cwd }).verify(code, [config], join(cwd, filename));
}
