import { expect, test } from "vitest";

import hardening, { type HardeningSettings, type RuleOptions } from "../src/index.js";

// What stands here is checked by the compiler: a mistake that it does not see is an error as well.

const rules = {
  "hardening/require-upload-limits": ["error", { megabytes: 25 }],
  "hardening/no-swallowed-error": "warn",
} satisfies RuleOptions;

// @ts-expect-error: a size is a number.
const wrongType = { "hardening/require-upload-limits": ["error", { megabytes: "25 MB" }] } satisfies RuleOptions;

// @ts-expect-error: there is no such option.
const wrongOption = { "hardening/require-upload-limits": ["error", { kilobytes: 25 }] } satisfies RuleOptions;

// @ts-expect-error: there is no such rule.
const wrongRule = { "hardening/require-luck": "error" } satisfies RuleOptions;

const settings = {
  roles: { server: ["src/core/**"], script: "tools/**" },
  logger: { module: "@/lib/logger", style: "pino" },
} satisfies HardeningSettings;

// @ts-expect-error: there is one instance, or there is not.
const wrongSetting = { singleInstance: "yes" } satisfies HardeningSettings;

test("what is typed is what there is", () => {
  const isKnown = (name: string): boolean => Object.hasOwn(hardening.rules ?? {}, name.replace("hardening/", ""));
  expect(Object.keys({ ...rules, ...wrongType, ...wrongOption }).every(isKnown)).toBe(true);
  expect(Object.keys(wrongRule).some(isKnown)).toBe(false);
  expect(Object.keys({ ...settings, ...wrongSetting })).toEqual(["roles", "logger", "singleInstance"]);
});
