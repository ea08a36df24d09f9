import { expect, it } from "vitest";

import { gathererAround, promiseMethodOf } from "../../src/syntax/promises.js";
import { marked, openText } from "../support/source.js";

it.each([
  ["all", `__(Promise.all([a]))`, "all"],
  ["race, written with a key", `__(Promise["race"]([a]))`, "race"],
  ["a method of something else", `__(queue.all([a]))`, null],
  ["no call", `__(Promise.all)`, null],
])("knows the method of a promise: %s", (_, code, method) => expect(promiseMethodOf(marked(openText(code)))).toBe(method));

it.each([
  ["a list", `Promise.all([a].map(f) && __([a]))`, null],
  ["a list as it is", `Promise.allSettled(lists).then(() => __(x))`, null],
])("is around no list that is not its own: %s", (_, code, method) => expect(gathererAround(marked(openText(code)))?.method ?? null).toBe(method));

it("is around the list that it is given", () => {
  const source = openText(`Promise.allSettled(__([a]))`);
  expect(gathererAround(marked(source).parent ?? marked(source))?.method).toBe("allSettled");
});
