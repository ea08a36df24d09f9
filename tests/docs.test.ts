import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

import { between, pageHeader } from "../scripts/support/generated.js";
import { loadRules, root, type DocumentedRule } from "../scripts/support/rules.js";
import { lint } from "./support/lint.js";
import { readPage, type Block, type Page } from "./support/page.js";
import { projectFolder } from "./support/projects.js";

const folder = join(root, "docs/rules");
const languages = ["ts", "tsx", "js", "jsx", "mjs", "cjs", "mts", "cts", "prisma", "sql", "json", "yml"];

const rules = await loadRules();
const fileOf = ({ name }: DocumentedRule): string => join(folder, `${name}.md`);
const titled = rules.map((documented) => [documented.name, documented] as const);

/** The names of a rule's options: the properties of the objects in its schema. */
function optionNames({ rule }: DocumentedRule): string[] {
  const { schema } = rule.meta;
  const schemas = Array.isArray(schema) ? schema : [schema];
  return schemas.flatMap((each) => Object.keys((each as { properties?: object }).properties ?? {}));
}

const headings = (documented: DocumentedRule, page: Page): string[] => [
  "Incorrect",
  "Correct",
  ...(optionNames(documented).length > 0 ? ["Options"] : []),
  "What it cannot see",
  "Precision",
  ...page.sections.filter((section) => section === "When not to use it"),
  "References",
];

function findings({ name }: DocumentedRule, block: Block): string[] {
  expect(languages, `the language of the block in line ${String(block.line)}`).toContain(block.language);
  expect(existsSync(projectFolder(block.project)), `tests/fixtures/projects/${String(block.project)}`).toBe(true);
  const filename = block.filename ?? `file.${block.language}`;
  const messages = lint(block.code, { [`hardening/${name}`]: ["error", ...(block.options ?? [])] }, { ...block, filename });
  return messages.map(({ ruleId, line, message }) => `${ruleId ?? "parser"}, line ${String(line)}: ${message}`);
}

test("every page has a rule, and every rule a page", () => {
  const pages = existsSync(folder) ? readdirSync(folder) : [];
  expect(pages.map((page) => page.replace(/\.md$/, "")).sort()).toEqual(rules.map(({ name }) => name).sort());
});

describe.for(titled.filter(([, documented]) => existsSync(fileOf(documented))))("%s", ([name, documented]) => {
  const text = readFileSync(fileOf(documented), "utf8");
  const page = readPage(text);
  const blocksOf = (section: string): Block[] => page.blocks.filter((block) => block.section === section);

  test("has the rule's title, an introduction and the headings", () => {
    expect(page.title).toBe(name);
    expect(page.introduction).not.toBe("");
    expect(page.sections).toEqual(headings(documented, page));
  });

  test("has a heading for each option", () => {
    expect(page.options.sort()).toEqual(
      optionNames(documented)
        .map((option) => `\`${option}\``)
        .sort(),
    );
  });

  test("carries the metadata in its header", () => {
    expect(text).toBe(between(text, "generated", ` ${pageHeader(documented)} `));
  });

  test("has nothing left to write", () => {
    expect(text).not.toContain("TODO");
  });

  test("shows code", () => {
    expect(blocksOf("Incorrect")).not.toEqual([]);
    expect(blocksOf("Correct")).not.toEqual([]);
  });

  test.for(blocksOf("Incorrect"))("line $line is reported", (block) => {
    const found = findings(documented, block);
    expect(found).not.toEqual([]);
    for (const finding of found) expect(finding).toContain(`hardening/${name}, `);
  });

  test.for(blocksOf("Correct"))("line $line is silent", (block) => {
    expect(findings(documented, block)).toEqual([]);
  });
});
