import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { parseForESLint } from "@typescript-eslint/parser";
import { onTestFinished } from "vitest";

import { openFile } from "../../src/project/file.js";
import type { Source } from "../../src/syntax/source.js";

const textOf = (content: string | object): string => (typeof content === "string" ? content : JSON.stringify(content));

/** Writes files into a project; an object is written as JSON. */
export function write(folder: string, files: Readonly<Record<string, string | object>>): void {
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, textOf(content));
  }
}

/**
 * Makes a small project on disk that is gone after the test.
 *
 * @param files path to content; an object is written as JSON.
 * @returns its folder.
 */
export function makeProject(files: Readonly<Record<string, string | object>>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "hardening-")));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  write(folder, files);
  return folder;
}

/** Opens a file as a host does that lints it. What has changed on disk before is seen from here on. */
export function open(filename: string, code = "", settings: Readonly<Record<string, unknown>> = {}, parser: unknown = undefined): Source {
  const { ast, scopeManager, visitorKeys } = parseForESLint(code, { filePath: filename, sourceType: "module" });
  const source = { ast, text: code, scopeManager, visitorKeys } as unknown as Source;
  openFile({ sourceCode: source, filename, cwd: dirname(filename), settings: { hardening: settings }, languageOptions: { parser } } as never);
  return source;
}
