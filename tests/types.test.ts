import { expect, test } from "vitest";

import hardening, { type HardeningSettings, type RuleOptions } from "../src/index.js";

/** What stands here is checked by the compiler: a mistake that it does not see is an error as well. */
const rules = {
  "hardening/require-upload-limits": ["error", { megabytes: 25 }],
  "hardening/no-swallowed-error": "warn",
  // @ts-expect-error: a size is a number.
  "hardening/require-client-timeout": ["error", { milliseconds: "5s" }],
  // @ts-expect-error: there is no such option.
  "hardening/require-request-timeout": ["error", { seconds: 5 }],
  // @ts-expect-error: there is no such rule.
  "hardening/require-luck": "error",
} satisfies RuleOptions;

const settings = {
  roles: { server: ["src/core/**"], script: "tools/**" },
  logger: { module: "@/lib/logger", style: "pino" },
  // @ts-expect-error: there is one instance, or there is not.
  singleInstance: "yes",
} satisfies HardeningSettings;

test("every rule that has options has types for them", () => {
  expect(Object.keys(rules).filter((name) => !Object.hasOwn(hardening.rules ?? {}, name.replace("hardening/", "")))).toEqual(["hardening/require-luck"]);
  expect(Object.keys(settings)).toEqual(["roles", "logger", "singleInstance"]);
});
