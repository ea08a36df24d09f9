import { describe, expect, test } from "vitest";

import { loadRules } from "../scripts/support/rules.js";
import { docsUrl } from "../src/create-rule.js";
import { plugin } from "../src/plugin.js";

const rules = await loadRules();

const beginnings = { require: "Require ", no: "Disallow ", prefer: "Prefer ", valid: "Require " };

test("the plugin names itself and has every rule", () => {
  expect(plugin.meta).toMatchObject({ name: "eslint-plugin-hardening", namespace: "hardening" });
  expect(Object.keys(plugin.rules)).toEqual(rules.map(({ name }) => name));
});

describe.for(rules.map((documented) => [documented.name, documented] as const))("%s", ([name, { rule, docs }]) => {
  const { meta } = rule;

  test("is called as its file is, and leads to its page", () => {
    expect(rule).toHaveProperty("name", name);
    expect(docs).toHaveProperty("url", docsUrl(name));
  });

  test("has a description that begins as its name does", () => {
    const [prefix] = name.split("-") as [keyof typeof beginnings];
    expect(docs.description.startsWith(beginnings[prefix]), docs.description).toBe(true);
    expect(docs.description).not.toMatch(/\.$/);
  });

  test("is never quieter in strict", () => {
    const isError = (entry: unknown): boolean => JSON.stringify(entry ?? "").includes('"error"');
    expect(isError(docs.presets.strict) || !isError(docs.presets.recommended)).toBe(true);
  });

  test.for(Object.entries(meta.messages))("has a message %s of whole sentences", ([id, message]) => {
    expect(id).toMatch(/^[a-z][A-Za-z]*$/);
    expect(message).toMatch(/^(?:[A-Z`]|\{\{).*(?:[.!?]|\}\})$/s);
    expect(message).not.toContain(name);
  });

  test("takes options with a default each", () => {
    const schemas = [meta.schema].flat() as { properties?: object; additionalProperties?: boolean }[];
    const defaults = meta.defaultOptions ?? [];
    expect(defaults).toHaveLength(schemas.length);
    for (const [index, { properties = {}, additionalProperties }] of schemas.entries()) {
      expect(additionalProperties).toBe(false);
      expect(Object.keys(defaults[index] as object).sort()).toEqual(Object.keys(properties).sort());
    }
  });
});
