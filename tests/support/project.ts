import { mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { parseForESLint } from "@typescript-eslint/parser";
import { onTestFinished } from "vitest";

import { openFile } from "../../src/project/file.js";
import type { Source } from "../../src/syntax/source.js";

/** Path to content; what is no text is written as JSON. */
export type Files = Readonly<Record<string, string | object>>;

export interface Project {
  readonly dir: string;
  /** The absolute path of a file in the project. */
  path(file: string): string;
  write(files: Files): void;
  rename(from: string, to: string): void;
  link(from: string, to: string): void;
  /** Lints a file, as far as the project layer can tell: what has changed on disk before is seen from here on. */
  open(file: string, host?: { settings?: object; parser?: unknown }): Source;
  /** Takes a file or folder away; without one, the whole project. */
  remove(file?: string): void;
}

function openAt(filename: string, cwd: string, { settings = {}, parser }: { settings?: object; parser?: unknown } = {}): Source {
  const { ast, scopeManager, visitorKeys } = parseForESLint("", { filePath: filename, sourceType: "module" });
  const source = { ast, text: "", scopeManager, visitorKeys } as unknown as Source;
  openFile({ sourceCode: source, filename, cwd, settings: { hardening: settings }, languageOptions: { parser } } as never);
  return source;
}

/** Makes a small project on disk that is gone when the test that asked for it is over. */
export function makeProject(files: Files): Project {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), "hardening-")));
  const path = (file: string): string => join(dir, file);
  const place = (file: string): string => {
    mkdirSync(dirname(path(file)), { recursive: true });
    return path(file);
  };
  const project: Project = {
    dir,
    path,
    write(more) {
      for (const [file, content] of Object.entries(more)) writeFileSync(place(file), typeof content === "string" ? content : JSON.stringify(content));
    },
    rename: (from, to) => renameSync(path(from), place(to)),
    link: (from, to) => symlinkSync(to, place(from)),
    open: (file, host) => openAt(path(file), dir, host),
    remove: (file = ".") => rmSync(path(file), { recursive: true, force: true }),
  };
  onTestFinished(() => project.remove());
  project.write(files);
  return project;
}
