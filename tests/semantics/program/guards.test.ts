import { describe, expect, it } from "vitest";

import { isDevelopmentOnly, isSwitchForTests } from "../../../src/semantics/program/guards.js";
import { marked, openText } from "../../support/source.js";

const guarded = (code: string): boolean => {
  const source = openText(code);
  return isDevelopmentOnly(marked(source), source);
};

describe("runs in development only", () => {
  it.each([
    ["not production", `if (process.env.NODE_ENV !== "production") __(x);`],
    ["development", `if (process.env.NODE_ENV === "development") { __(x); }`],
    ["the words the other way round", `if ("development" === process.env.NODE_ENV) __(x);`],
    ["else of production", `if (process.env.NODE_ENV === "production") send(); else __(x);`],
    ["one of several", `if (["development", "test"].includes(process.env.NODE_ENV)) __(x);`],
    ["a short circuit", `process.env.NODE_ENV === "development" && __(x);`],
    ["or that fails", `process.env.NODE_ENV === "production" || __(x);`],
    ["a ternary", `const y = process.env.NODE_ENV === "development" ? __(x) : undefined;`],
    ["a const", `const isDevelopment = process.env.NODE_ENV !== "production"; if (isDevelopment) __(x);`],
    ["a const by any name", `const loud = process.env.NODE_ENV !== "production"; if (loud) __(x);`],
    ["the environment in a const", `const where = process.env.APP_ENV ?? "production"; if (where === "local") __(x);`],
    ["a function of the file", `const noisy = () => process.env.NODE_ENV !== "production"; if (noisy()) __(x);`],
    ["an early return", `function f() { if (process.env.NODE_ENV === "production") return; __(x); }`],
    ["an early throw", `function f() { if (isProduction) { throw new Error("no"); } __(x); }`],
    ["a callback in there", `if (isDev) { setInterval(() => { __(x); }, 10); }`],
    ["and with something else", `if (user && process.env.NODE_ENV === "development") __(x);`],
    ["either of two", `if (process.env.NODE_ENV === "development" || process.env.NODE_ENV === "test") __(x);`],
    ["a flag from elsewhere", `import { isDev } from "./env"; if (isDev) __(x);`],
    ["a flag of an object", `if (!config.isProduction) __(x);`],
    ["Vite's flag", `if (import.meta.env.DEV) __(x);`],
    ["Vite's mode", `if (import.meta.env.MODE !== "production") __(x);`],
    ["a way in for developers that is switched on", `function f() { if (process.env.ENABLE_DEV_LOGIN !== "true") return; __(x); }`],
    ["Deno", `if (Deno.env.get("ENVIRONMENT") === "development") __(x);`],
    ["Nest's configuration", `if (this.config.get("NODE_ENV") !== "production") __(x);`],
    ["Express's setting", `if (app.get("env") === "development") __(x);`],
    ["a constant of an enum", `if (config.env === Environment.Development) __(x);`],
    ["React Native", `if (__DEV__) __(x);`],
    ["a switch", `switch (process.env.NODE_ENV) { case "production": break; case "test": case "development": __(x); }`],
    ["all but the cases of a switch", `switch (process.env.NODE_ENV) { case "production": break; default: __(x); }`],
    ["a debug variable", `if (process.env.DEBUG) __(x);`],
    ["a variable as text", `if (process.env.DEBUG === "true") __(x);`],
  ])("%s", (_, code) => expect(guarded(code)).toBe(true));
});

describe("runs anywhere", () => {
  it.each([
    ["no test", `__(x);`],
    ["production", `if (process.env.NODE_ENV === "production") __(x);`],
    ["else of development", `if (isDev) a(); else __(x);`],
    ["another variable", `if (process.env.FEATURE === "development") __(x);`],
    ["another value", `if (process.env.NODE_ENV === "staging") __(x);`],
    ["or with something else", `if (user || isDev) __(x);`],
    ["not both", `if (!(isProduction && user)) __(x);`],
    ["the test itself", `if (__(process.env.NODE_ENV) === "development") y();`],
    ["after a branch that comes back", `if (isProduction) { log(); } __(x);`],
    ["a device", `if (isDevice) __(x);`],
    ["a product", `if (!isProduct) __(x);`],
    ["a case that is fallen into", `switch (process.env.NODE_ENV) { case "production": prepare(); case "test": __(x); }`],
  ])("%s", (_, code) => expect(guarded(code)).toBe(false));
});

describe("a condition that also holds in tests", () => {
  const isSwitch = (code: string): boolean => {
    const source = openText(code);
    return isSwitchForTests(marked(source), source);
  };

  it.each([
    `if (process.env.NODE_ENV === "test" || __(x)) skip();`,
    `if (__(x) === "on" || "test" === process.env.NODE_ENV) skip();`,
    `if (isOff || process.env.NODE_ENV === "test" || __(x)?.includes("seed")) skip();`,
    `const isTest = process.env.NODE_ENV === "test"; const skips = isTest || __(x);`,
  ])("%s", (code) => expect(isSwitch(code)).toBe(true));

  it.each([
    `if (process.env.NODE_ENV === "development" || __(x)) skip();`,
    `if (process.env.NODE_ENV !== "test" || __(x)) skip();`,
    `if (process.env.NODE_ENV !== "test" && __(x)) start();`,
    `if (name === "test" || __(x)) skip();`,
    `if (process.env.NODE_ENV === "test" || isOff) __(x);`,
    `const skips = process.env.NODE_ENV === "test" || (() => { __(x); });`,
  ])("but not %s", (code) => expect(isSwitch(code)).toBe(false));
});
