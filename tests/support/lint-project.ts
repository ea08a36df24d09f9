import { readFileSync } from "node:fs";
import * as parser from "@typescript-eslint/parser";
import { Linter } from "eslint";

import hardening from "../../src/index.js";
import { type Files, makeProject } from "./project.js";

/** The messages of one rule on one file of a small project, by `line: message`. */
export function lintProject(files: Files, file: string, rule: string): string[] {
  const project = makeProject({ ".git/HEAD": "", ...files });
  const shared = { plugins: { hardening }, rules: { [`hardening/${rule}`]: "error" } } as const;
  const schemas = Object.keys(hardening.languages ?? {}).map((language): Linter.Config => ({ files: [`**/*.${language}`], language: `hardening/${language}`, ...shared }));
  const config: Linter.Config[] = [{ files: ["**/*.{js,ts,tsx}"], languageOptions: { parser }, ...shared }, ...schemas];
  const messages = new Linter({ cwd: project.dir }).verify(readFileSync(project.path(file), "utf8"), config, { filename: project.path(file) });
  return messages.map(({ line, message }) => `${line}: ${message}`);
}
