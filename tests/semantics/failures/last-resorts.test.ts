import { describe, expect, it } from "vitest";

import { lastResorts } from "../../../src/knowledge/last-resorts.js";
import { endsProcess } from "../../../src/semantics/failures/last-resorts.js";
import { type Files, makeProject } from "../../support/project.js";

const ends = (files: Files, file = "src/orders.ts"): boolean => endsProcess(makeProject({ "package.json": {}, ...files }).open(file));

describe("whether an unhandled rejection ends the process", () => {
  it("does in Node", () => expect(ends({ "src/main.ts": "start();" })).toBe(true));
  it("does where only a test listens", () => expect(ends({ "src/main.test.ts": `process.on("unhandledRejection", fail);` })).toBe(true));

  it("does not where the app listens", () => expect(ends({ "src/main.ts": `process.on("unhandledRejection", (reason) => log(reason));` })).toBe(false));
  it("does not on the edge", () => expect(ends({}, "supabase/functions/orders/index.ts")).toBe(false));
  it.each(lastResorts)("does not with $module", ({ module, source }) => {
    expect(source).toMatch(/^https:\/\//);
    expect(ends({ "package.json": { dependencies: { [module]: "^1.0.0" } } })).toBe(false);
  });
});
