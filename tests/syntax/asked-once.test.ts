import { expect, test } from "vitest";

import { askedOnce } from "../../src/syntax/asked-once.js";
import { openText } from "../support/source.js";

test("a question about a file is answered once, however often it is asked, and anew for the next file", () => {
  const asked: string[] = [];
  const isLong = askedOnce(({ text }) => {
    asked.push(text);
    return text.length > 20;
  });
  const short = openText("ship();");
  const long = openText("await ship(order, warehouse);");
  expect([isLong(short), isLong(short), isLong(long), isLong(long), isLong(short)]).toEqual([false, false, true, true, false]);
  expect(asked).toEqual([short.text, long.text, short.text]);
});
