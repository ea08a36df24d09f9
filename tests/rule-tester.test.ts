import { expect, test } from "vitest";

import { writtenCases, type Invalid, type Valid } from "./support/rule-tester.js";

const place = { filename: "server/app.ts", project: "express", settings: { hardening: { roles: {} } } };

const invalid = (test: Partial<Invalid> & Pick<Invalid, "name">): Invalid => ({ ...place, code: "before();", errors: [], ...test });

test("what fixes and suggestions write becomes a valid case in the same place", () => {
  const cases = writtenCases({
    valid: [],
    invalid: [invalid({ name: "a fault", output: ["first();", "last();"], errors: [{ messageId: "fault", suggestions: [{ messageId: "mend", output: "mended();" }] }] })],
  });
  const name = "what we write satisfies us: a fault";
  expect(cases).toEqual([
    { ...place, name, code: "last();" },
    { ...place, name, code: "mended();" },
  ]);
});

test("a case that says so may keep a finding", () => {
  expect(writtenCases({ valid: [], invalid: [invalid({ name: "two faults", output: "one();", remains: true })] })).toEqual([]);
});

test("the same code in the same place is run once", () => {
  const valid: Valid[] = [{ ...place, name: "mended by hand", code: "after();" }];
  const faults = [invalid({ name: "a fault", output: "after();" }), invalid({ name: "elsewhere", filename: "lib/app.ts", output: "after();" })];
  expect(writtenCases({ valid, invalid: [...faults, ...faults] }).map((test) => test.filename)).toEqual(["lib/app.ts"]);
});
