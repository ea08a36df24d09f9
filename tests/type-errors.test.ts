import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";

import { newTypeErrors, surplus } from "../scripts/support/type-errors.js";

const folder = mkdtempSync(join(tmpdir(), "hardening-types-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const write = (name: string, text: string): string => {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
};

test("errors count one for one", () => {
  expect(surplus(["a", "b", "a"], ["a", "c"])).toEqual(["b", "a"]);
});

test("only errors that a change brings are found", () => {
  write("package.json", '{ "dependencies": { "pino": "^10.0.0" } }');
  write("logger.ts", "export const logger = { info(message: string) {} };\n");
  const before = "missing();\nconsole.log(1);\n";
  const [broken, sound, script] = [write("broken.ts", before), write("sound.ts", before), write("script.js", before)];
  const changed = new Map([
    [broken, "missing();\nlogger.info(1);\n"],
    [sound, 'import pino from "pino";\nimport { logger } from "./logger";\nmissing();\nlogger.info("1");\npino();\n'],
    [script, "missing();\nlogger.info(1);\n"],
  ]);
  const error = "TS2304: Cannot find name 'logger'.";
  expect(newTypeErrors(changed)).toEqual(new Map([[broken, [error]], [script, [error]]]));
});
