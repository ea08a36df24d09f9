import { describe, expect, it } from "vitest";

import { importsModule, reachesOut, usesGlobal } from "../../src/syntax/outside.js";
import { openText as parse } from "../support/source.js";

describe("what a file has of the world outside it", () => {
  it.each([
    ["an import", `import { db } from "./db"; db.order.findMany();`],
    ["an import that is awaited", `export const load = async () => (await import("./db")).db;`],
    ["require", `const { db } = require("./db");`],
    ["the global object", `globalThis.db.order.findMany();`],
  ])("reaches out by %s", (_, code) => {
    expect(reachesOut(parse(code))).toBe(true);
  });

  it("does not reach out with what it was handed", () => {
    expect(reachesOut(parse(`export const total = (items: number[]) => items.reduce((sum, item) => sum + item, 0);`))).toBe(false);
  });

  it("does not reach out by a name of its own", () => {
    expect(reachesOut(parse(`const global = { db: 1 }; export const db = global.db;`))).toBe(false);
  });

  it("knows the globals that are used, wherever", () => {
    const source = parse(`export function send(url: string) { if (url) { fetch(url); } const console = 1; return console; }`);
    expect(usesGlobal("fetch", source)).toBe(true);
    expect(usesGlobal("console", source)).toBe(false);
  });

  it("knows the modules that are imported", () => {
    const source = parse(`import { signIn as enter } from "next-auth/react"; enter("email");`);
    expect(importsModule("next-auth/react", source)).toBe(true);
    expect(importsModule("next-auth", source)).toBe(false);
  });

  it("answers for one file after the other", () => {
    const one = parse(`import "./db";`);
    const other = parse(`export {};`);
    expect([reachesOut(one), reachesOut(other), reachesOut(one)]).toEqual([true, false, true]);
  });
});
