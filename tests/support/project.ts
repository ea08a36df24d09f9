import { mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { onTestFinished } from "vitest";

/** Path to content; what is no text is written as JSON. */
export type Files = Readonly<Record<string, string | object>>;

export interface Project {
  readonly dir: string;
  /** The absolute path of a file in the project. */
  path(file: string): string;
  write(files: Files): void;
  rename(from: string, to: string): void;
  link(from: string, to: string): void;
  /** Takes a file or folder away; without one, the whole project. */
  remove(file?: string): void;
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
    remove: (file = ".") => rmSync(path(file), { recursive: true, force: true }),
  };
  onTestFinished(() => project.remove());
  project.write(files);
  return project;
}
