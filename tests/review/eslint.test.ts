import { afterEach, expect, test, vi } from "vitest";

import { loadEslint } from "../../src/review/eslint.js";

afterEach(() => {
  vi.doUnmock("eslint");
  vi.resetModules();
});

test("no ESLint beside the package ends with what to do", async () => {
  vi.doMock("eslint", () => {
    throw new Error("Cannot find package 'eslint'");
  });
  await expect(loadEslint()).rejects.toThrow(/there is none beside this package.*npm install --save-dev eslint/);
});

test("an ESLint whose languages cannot read schemas ends with what to do", async () => {
  vi.doMock("eslint", () => ({ ESLint: { version: "8.57.1" } }));
  await expect(loadEslint()).rejects.toThrow(/needs ESLint 9\.15 or later.*is 8\.57\.1.*npx -p eslint@latest/);
});

test("the ESLint that is there is taken", async () => {
  const { version } = await loadEslint();
  expect(version).toMatch(/^\d+\.\d+\.\d+/);
});
