import { expect, test } from "vitest";

import { matchesGlobs } from "../../src/project/globs.js";

test.each([
  ["src/api/orders.ts", ["src/api/**"], true],
  ["src/api/orders.ts", ["./src/api/**"], true],
  ["src\\api\\orders.ts", ["src/api/**"], true],
  ["src/.hidden/a.ts", ["src/**"], true],
  ["src/a.ts", ["**/*.{js,ts}"], true],
  ["src/a.ts", ["lib/**", "src/*.ts"], true],
  ["src/a.ts", ["lib/**"], false],
  ["src/a.ts", [], false],
  ["src/a.ts", [""], false],
  ["src/a.ts", ["[", "(("], false],
])("%s in %j: %s", (path, globs, expected) => expect(matchesGlobs(path, globs)).toBe(expected));
