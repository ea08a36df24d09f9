import { expect, it } from "vitest";

import { fateOf } from "../../src/syntax/fate.js";
import { find, openText } from "../support/source.js";

it.each([
  ["await save()", "awaited"],
  ["await (save() as any)", "awaited"],
  ["await (x ? save() : null)", "awaited"],
  ["await (cached ?? save())", "awaited"],
  ["async () => { return save() }", "returned"],
  ["const f = () => save()", "returned"],
  ["save().then(next)", "chained"],
  ["save()!.catch(report)", "chained"],
  ["save().length", "passed"],
  ["const saved = save()", "stored"],
  ["this.saved = save()", "stored"],
  ["class S { saved = save() }", "stored"],
  ["wait(save())", "passed"],
  ["await Promise.all([save()])", "passed"],
  ["run({ saved: save() })", "passed"],
  ["if (save()) {}", "passed"],
  ["save() && next()", "passed"],
  ["save()", "dropped"],
  ["ready && save()", "dropped"],
  ["void save()", "dropped"],
  ["save(), next()", "dropped"],
])("%s: %s", (code, fate) => {
  const source = openText(code);
  const call = find(source, (node) => node.type === "CallExpression" && node.callee.type === "Identifier" && node.callee.name === "save");
  expect(fateOf(call)).toBe(fate);
});
