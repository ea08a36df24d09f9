import { describe, expect, it } from "vitest";

import { listMethods } from "../../../src/knowledge/list-methods.js";
import { listKindOf } from "../../../src/semantics/queries/lists.js";
import { marked, openText } from "../../support/source.js";

const kind = (code: string): string => {
  const source = openText(code);
  return listKindOf(marked(source), source);
};

describe("what an expression is of the language's lists", () => {
  it.each([
    ["__([1, 2])", "array"],
    ["__(Object.entries(totals))", "array"],
    ["__([...ids].filter(Boolean))", "array"],
    ["__(text.split(','))", "array"],
    ["__(rows ?? [])", "array"],
    ["const ids = new Set(); __(ids)", "iterable"],
    ["function f(ids: readonly string[]) { __(ids) }", "array"],
    ["type Ids = Array<string>; function f(ids: Ids) { __(ids) }", "array"],
    ["function f(ids: Map<string, string> | null) { __(ids) }", "iterable"],
    ["async function f() { const all = await Promise.all(jobs); __(all) }", "array"],
    [`import { readdirSync } from "fs"; __(readdirSync("."))`, "array"],
    [`import { PrismaClient } from "@prisma/client"; const db = new PrismaClient(); async function f() { __(await db.user.findMany()) }`, "array"],
    [`import { Readable } from "node:stream"; __(Readable.from([1]))`, "other"],
    [`import { Readable } from "node:stream"; __(Readable.from([1]).filter(Boolean))`, "other"],
    ["class Batch { forEach() {} } const batch = new Batch(); __(batch)", "other"],
    ["__($$('li'))", "other"],
    ["function f(ids) { __(ids) }", "unknown"],
    [`import type { Ids } from "./ids"; function f(ids: Ids) { __(ids) }`, "unknown"],
    ["async function f() { const rows = await (await fetch(url)).json(); __(rows) }", "unknown"],
  ])("%s", (code, expected) => expect(kind(code)).toBe(expected));
});

it.each(Object.entries(listMethods))("%s cites a page", (_, { source }) => expect(source).toMatch(/^https:\/\//));
