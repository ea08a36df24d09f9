import { describe, expect, it } from "vitest";

import { lint } from "../../support/lint.js";

const rules = Object.fromEntries(["prefer-structured-logger", "valid-logger-call", "require-error-object-in-log", "no-sensitive-log"].map((name) => [`hardening/${name}`, "error"] as const));

const reportsOf = (statement: string): (string | null)[] => {
  const code = `import winston from "winston";\nconst logger = winston.createLogger({ format: winston.format.json() });\nexport async function pay(order) {\n  try { await charge(order); await save(order); } catch (error) { ${statement} }\n}`;
  return lint(code, rules, { filename: "src/server/orders.ts", project: "plain" }).map(({ ruleId }) => ruleId);
};

describe("one defect of a log call, one report", () => {
  it("an error's message that the logger drops", () => expect(reportsOf(`logger.error("Failed", error.message);`)).toEqual(["hardening/valid-logger-call"]));
  it("an error's message in the text", () => expect(reportsOf("logger.error(`Failed: ${error.message}`);")).toEqual(["hardening/require-error-object-in-log"]));
  it("an error itself", () => expect(reportsOf(`logger.error("Failed", error);`)).toEqual([]));
});
