import { expect, it } from "vitest";

import { among } from "../../../src/semantics/program/wording.js";

it.each([
  [[], 3, ""],
  [["a"], 3, "a"],
  [["a", "b"], 3, "a and b"],
  [["a", "b", "c"], 3, "a, b and c"],
  [["a", "b", "c", "d", "e"], 3, "a, b, c and 2 more"],
  [["a", "b", "c"], undefined, "a, b and c"],
])("%j, at most %s", (parts, most, text) => {
  expect(among(parts, most)).toBe(text);
});
