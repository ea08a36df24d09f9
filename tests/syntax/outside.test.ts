import { describe, expect, it } from "vitest";

import { importsModule, isSelfContained, reachesOut, usesGlobal } from "../../src/syntax/outside.js";
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

describe("a file that keeps to itself", () => {
  it.each([
    ["sums", `export const total = (items: { price: number }[]) => items.reduce((sum, item) => sum + item.price, 0);`],
    ["shapes", `export interface Order { id: string; lines: { sku: string }[] }`],
    ["a function of what it is handed", `export function pay(order, card, at) { if (order) { return card.charge(order.total, at); } return null; }`],
    ["names of its own that others have as globals", `const fetch = (id: string) => id; export const load = (id: string) => fetch(id);`],
  ])("has %s", (_, code) => {
    expect(isSelfContained(parse(code))).toBe(true);
  });

  it.each([
    ["an import", `import type { Order } from "./order"; export const total = (order: Order) => order.total;`],
    ["a module that is loaded later", `export const load = () => import("./order");`],
    ["a global", `export const token = () => Math.random();`],
    ["something to wait for", `export async function pay(order) { order.pay(); }`],
    ["a caught error", `export function parse(text) { try { return text.parse(); } catch { return null; } }`],
    ["a step that is always taken", `export function parse(text) { try { return text.parse(); } finally { text.close(); } }`],
    ["a promise that is caught", `export default (request, response) => request.run().catch((error) => response.send(error));`],
    ["the four parameters of an error handler", `export function onError(error, request, response, next) { response.status(500).json({ error }); }`],
  ])("does not have %s", (_, code) => {
    expect(isSelfContained(parse(code))).toBe(false);
  });

});
