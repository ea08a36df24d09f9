import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import * as parser from "@typescript-eslint/parser";
import { Linter } from "eslint";
import ts from "typescript";
import { describe, expect, it } from "vitest";

import hardening from "../src/index.js";

/** Per logger a small project; in it, pages as people write them (`.before`) and as `eslint --fix` leaves them (`.after`). */
const folder = fileURLToPath(new URL("fixtures/loggers", import.meta.url));

const pages = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".before.ts")).sort();

const read = (path: string): string => readFileSync(join(folder, path), "utf8");
const after = (path: string): string => path.replace(".before.", ".after.");
const loggerOf = (path: string): string => path.split(/[/\\]/, 1)[0] ?? path;

const config: Linter.Config = {
  files: ["**/*.ts"],
  languageOptions: { parser },
  plugins: { hardening },
  rules: {
    "hardening/prefer-structured-logger": ["error", { methods: ["log", "info", "debug", "trace", "dir", "table", "warn", "error"], callsWithoutLogger: 1 }],
    "hardening/valid-logger-call": "error",
  },
};

/** What `eslint --fix` makes of a page, under the name that it has in its project. */
function fixed(path: string): string {
  const cwd = join(folder, loggerOf(path));
  return new Linter({ cwd }).verifyAndFix(read(path), [config], { filename: join(folder, path.replace(".before.", ".")) }).output;
}

describe("a page and what the fixes make of it", () => {
  it.each(pages)("%s", (path) => expect(fixed(path)).toBe(read(after(path))));

  it("exists for each logger that is not flushed", () => expect(new Set(pages.map(loggerOf))).toEqual(new Set(["bunyan", "consola", "log4js", "logtape", "nest", "nest-over-pino", "own", "pino", "tslog", "winston"])));

  it("type-checks against the loggers themselves", () => {
    const options: ts.CompilerOptions = {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      lib: ["lib.es2023.d.ts"],
      types: ["node"],
      strict: true,
      skipLibCheck: true,
      esModuleInterop: true,
      experimentalDecorators: true,
      noEmit: true,
    };
    const program = ts.createProgram(pages.map((path) => join(folder, after(path))), options);
    const diagnostics = ts.getPreEmitDiagnostics(program);
    expect(diagnostics.map(({ file, messageText }) => `${file ? relative(dirname(folder), file.fileName) : "program"}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`)).toEqual([]);
  });
});
