import type { TSESTree } from "@typescript-eslint/utils";
import { describe, expect, it } from "vitest";

import { comesFrom, endsEarly, isShortList, repetitionsAround, resultsOf } from "../../../src/semantics/program/repetition.js";
import type { Source } from "../../../src/syntax/source.js";
import { find, marked, openText } from "../../support/source.js";

const textOf = (node: TSESTree.Node, source: Source): string => source.text.slice(...node.range);

function lists(code: string): readonly string[] | "open" {
  const source = openText(code);
  const found = repetitionsAround(marked(source), source);
  return found === "open" ? found : found.map(({ list }) => textOf(list, source));
}

describe("what a node is repeated by", () => {
  it.each([
    ["for-of", "for (const order of orders) { __(order); }", ["orders"]],
    ["a counter up to a length", "for (let i = 0; i < orders.length; i++) __(orders[i]);", ["orders"]],
    ["a callback per item", "await Promise.all(orders.map(async (order) => { __(order); }));", ["orders"]],
    ["two loops, the inner first", "for (const order of orders) order.items.forEach((item) => __(item));", ["order.items", "orders"]],
  ])("%s", (_, code, expected) => expect(lists(code)).toEqual(expected));

  it.each([
    ["nothing around it", "__(order);"],
    ["the list of a loop", "for (const order of __(orders)) send(order);"],
    ["a callback that is run once", "db.transaction((tx) => { __(tx); });"],
    ["a callback without the item", "orders.forEach(() => __(order));"],
  ])("none: %s", (_, code) => expect(lists(code)).toEqual([]));

  it.each([
    ["a loop without end", "while (true) { __(next); }"],
    ["steps through batches", "for (let from = 0; from < total; from += 100) { __(from); }"],
    ["a loop over keys", "for (const key in order) { __(key); }"],
  ])("open: %s", (_, code) => expect(lists(code)).toBe("open"));
});

describe("a list that is written out", () => {
  const isShort = (code: string): boolean => {
    const source = openText(code);
    return isShortList(marked(source), source);
  };

  it.each([
    "__(['a', 'b'])",
    "const kinds = ['a', 'b']; __(kinds.filter(Boolean))",
    "enum Kind { A, B } __(Object.values(Kind))",
    "import { KINDS } from './kinds'; __(KINDS)",
    "__(orders.slice(0, 5))",
    "__(new Set(['a']))",
  ])("%s", (code) => expect(isShort(code)).toBe(true));

  it.each(["__(orders)", "__(['a', ...orders])", "__(orders.slice(0, 500))", "__(orders.slice(from, to))", "__(Object.values(orders))", "__(load())"])("not %s", (code) => expect(isShort(code)).toBe(false));
});

describe("what differs for each item", () => {
  const differs = (body: string): boolean => {
    const source = openText(`for (const order of orders) { ${body} }`);
    const found = repetitionsAround(marked(source), source);
    return found !== "open" && comesFrom(marked(source), found[0]?.variables ?? [], source);
  };

  it.each(["__(order.id)", "const { id } = order; __(id)", "const id = String(order.id); __({ id })", "__(`order-${order.id}`)"])("%s", (body) => expect(differs(body)).toBe(true));
  it.each(["__(user.id)", "__(user[0])", "const row = await load(order.id); __(row.userId)"])("not %s", (body) => expect(differs(body)).toBe(false));
});

describe("a search that stops", () => {
  const stops = (rest: string): boolean => {
    const source = openText(`async function search() { for (const slug of slugs) { const taken = await __(slug); ${rest} } }`);
    const found = repetitionsAround(marked(source), source);
    const call = find(source, (node) => node.type === "CallExpression");
    return found !== "open" && found[0] !== undefined && endsEarly(found[0], resultsOf(call, source), source);
  };

  it.each(["if (taken) return slug;", "if (taken) break;", "if (taken === null) continue; else return slug;"])("%s", (rest) => expect(stops(rest)).toBe(true));
  it.each(["if (!taken) return null;", "list.push(taken);", "if (other) return slug;"])("not %s", (rest) => expect(stops(rest)).toBe(false));
});
