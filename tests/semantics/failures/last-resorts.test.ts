import { describe, expect, it } from "vitest";

import { lastResorts } from "../../../src/knowledge/last-resorts.js";
import { unhandledFailure, unhandledFate } from "../../../src/semantics/failures/last-resorts.js";
import { type Files, makeProject } from "../../support/project.js";

const fate = (files: Files, file = "src/orders.ts"): string => unhandledFate(makeProject({ "package.json": {}, ...files }).open(file));

describe("what becomes of an unhandled rejection", () => {
  it("ends the process in Node", () => expect(fate({ "src/main.ts": "start();" })).toBe("ends"));
  it("ends it where only a test listens", () => expect(fate({ "src/main.test.ts": `process.on("unhandledRejection", fail);` })).toBe("ends"));

  it.each([
    ["a line in the log", `process.on("unhandledRejection", (reason) => log(reason));`, "heard"],
    ["a line in the log, by a function", `process.addListener("unhandledRejection", function (reason, promise) { logger.error(String(reason), { promise }); });`, "heard"],
    ["the end of the process", `process.on("unhandledRejection", async (reason) => { await log(reason); process.exit(1); });`, "ended"],
    ["the end of the process after another handler", `process.on("unhandledRejection", (reason) => log(reason));\nprocess.on("uncaughtException", () => process.exit(1));`, "heard"],
    ["what a function of another name does", `process.on("unhandledRejection", onRejection);`, "unknown"],
    ["an orderly end, perhaps", `process.on("unhandledRejection", (reason) => { log(reason); shutDown(1); });`, "unknown"],
    ["another failure", `process.on("unhandledRejection", (reason) => { throw reason; });`, "unknown"],
    ["a list of signs", `for (const sign of ["uncaughtException", "unhandledRejection"]) process.on(sign, log);`, "unknown"],
  ])("is %s", (_, main, expected) => expect(fate({ "src/main.ts": main })).toBe(expected));

  it("is not told on the edge", () => expect(fate({}, "supabase/functions/orders/index.ts")).toBe("unknown"));
  it.each(lastResorts)("is left to $module", ({ module, source }) => {
    expect(source).toMatch(/^https:\/\//);
    expect(fate({ "package.json": { dependencies: { [module]: "^1.0.0" } } })).toBe("unknown");
  });

  it("is said of code on a server only", () => {
    const project = makeProject({ "package.json": {}, "server/orders.ts": `import fs from "node:fs";\nexport const a = fs;`, "src/cart.tsx": `"use client";\nexport const b = 1;` });
    expect(unhandledFailure(project.open("server/orders.ts"))).toBe("ends the process");
    expect(unhandledFailure(project.open("src/cart.tsx"))).toBe("comes to nobody");
  });
});
