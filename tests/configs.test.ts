import * as parser from "@typescript-eslint/parser";
import { ESLint, type Linter } from "eslint";
import { defineConfig } from "eslint/config";
import { describe, expect, test } from "vitest";

import { loadRules } from "../scripts/support/rules.js";
import { concernNames } from "../src/concerns.js";
import hardening from "../src/index.js";
import { projectFolder } from "./support/projects.js";

type ConfigName = keyof typeof hardening.configs;

const rules = await loadRules();
const configs = Object.entries(hardening.configs) as [ConfigName, Linter.Config[]][];

/** What the blocks of a config say about our rules, all together or for one language. */
const entriesOf = (name: ConfigName, language?: string): Record<string, unknown> =>
  Object.fromEntries(
    hardening.configs[name]
      .filter((block) => language === undefined || (block.language ?? "js/js") === language)
      .flatMap((block) => Object.entries(block.rules ?? {}).filter(([rule]) => rule.startsWith("hardening/"))),
  );

const isFor = ({ rule }: (typeof rules)[number], language: string): boolean => (rule.meta.languages ?? ["js/js"]).includes(language);

const expected = (entryOf: (rule: (typeof rules)[number]) => unknown, language?: string): Record<string, unknown> =>
  Object.fromEntries(
    rules
      .filter((rule) => language === undefined || isFor(rule, language))
      .map((rule) => [`hardening/${rule.name}`, entryOf(rule)] as const)
      .filter(([, entry]) => entry !== undefined),
  );

const languages = ["js/js", ...Object.keys(hardening.languages ?? {}).map((language) => `hardening/${language}`)];

describe("what a config switches on is what the rules say", () => {
  describe.for(["recommended", "strict"] as const)("%s", (name) => {
    test.for(languages)("for %s", (language) => {
      expect(entriesOf(name, language)).toEqual(expected(({ docs }) => docs.presets[name], language));
    });

    test("without the languages that a host may not know", () => {
      expect(hardening.configs[`code-${name}`].every((block) => block.language === undefined)).toBe(true);
      expect(entriesOf(`code-${name}`)).toEqual(entriesOf(name, "js/js"));
    });
  });

  test("strict has every rule that any preset has", () => {
    expect(Object.keys(entriesOf("strict"))).toHaveLength(rules.filter(({ docs }) => Object.keys(docs.presets).length > 0).length);
  });

  test.for(concernNames)("%s", (concern) => {
    expect(entriesOf(concern)).toEqual(expected(({ docs }) => (docs.concern === concern ? (docs.presets.recommended ?? docs.presets.strict) : undefined)));
  });

  test("the configs of the concerns share the rules out among them", () => {
    const shared = concernNames.flatMap((concern) => Object.keys(entriesOf(concern)));
    expect(shared.sort()).toEqual(Object.keys(entriesOf("strict")).sort());
  });
});

describe.for(configs)("%s", ([name, blocks]) => {
  test("says in every block which files it is for, and brings no parser", () => {
    expect(blocks).not.toEqual([]);
    for (const block of blocks) {
      expect(block.files).not.toEqual([]);
      expect(block.files).toBeDefined();
      expect(block.languageOptions).toBeUndefined();
      expect(block.name).toMatch(/^hardening\//);
    }
  });

  const ways: [string, Linter.Config[]][] = [
    ["by name", defineConfig({ files: ["**/*.{ts,tsx}"], languageOptions: { parser } }, { plugins: { hardening }, extends: [`hardening/${name}`] })],
    ["by spreading", [{ files: ["**/*.{ts,tsx}"], languageOptions: { parser } }, ...blocks]],
  ];

  test.for(ways)("is used %s", async ([, overrideConfig]) => {
    const eslint = new ESLint({ cwd: projectFolder("express"), overrideConfigFile: true, overrideConfig });
    for (const filePath of ["server/app.js", "server/app.ts", "src/page.tsx"]) {
      const calculated = (await eslint.calculateConfigForFile(filePath)) as Linter.Config;
      expect(Object.keys(calculated.rules ?? {}).sort()).toEqual(Object.keys(entriesOf(name, "js/js")).sort());
      const [result] = await eslint.lintText("export const answer = 42;\n", { filePath });
      expect(result?.messages).toEqual([]);
    }
  });

  test("leaves files of other languages alone", async () => {
    const eslint = new ESLint({ cwd: projectFolder("express"), overrideConfigFile: true, overrideConfig: blocks });
    expect(await eslint.isPathIgnored("styles.css")).toBe(true);
  });
});

test("a preset reports on real code", async () => {
  const overrideConfig = defineConfig({ plugins: { hardening }, extends: ["hardening/recommended"] });
  const eslint = new ESLint({ cwd: projectFolder("express"), overrideConfigFile: true, overrideConfig });
  const code = 'import express from "express";\nexport const app = express();\nexport const secret = process.env.JWT_SECRET || "dev-secret";\n';
  const [result] = await eslint.lintText(code, { filePath: "server/auth.js" });
  expect(result?.messages.map(({ ruleId, line }) => [ruleId, line])).toEqual([["hardening/no-secret-fallback", 3]]);
});
