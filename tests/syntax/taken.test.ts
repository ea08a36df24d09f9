import { expect, it } from "vitest";

import { takenFrom } from "../../src/syntax/taken.js";
import { marked, openText } from "../support/source.js";

/** The names that are taken from what `__(x)` stands for, a promise; `null` where it cannot be followed. */
function names(code: string): string | null {
  const source = openText(`async function f() { ${code} }`);
  const call = marked(source).parent;
  const taken = call && takenFrom(call, source, true);
  return taken ? [...taken.fields.map(({ name }) => name), ...(taken.floating ? ["(floating)"] : [])].join(" ") : null;
}

it.each([
  ["nothing by a statement", "await __(x);", ""],
  ["nothing without await", "__(x);", "(floating)"],
  ["a pattern", "const { data, error: e = null } = await __(x);", "data error"],
  ["a member", "g((await __(x)).data);", "data"],
  ["a variable's members", "const r = await __(x); g(r.data); if (r.error) throw r.error;", "data error error"],
  ["a variable that is taken apart later", "const r = await __(x); const { error } = r;", "error"],
  ["an assignment", "let error; ({ error } = await __(x));", "error"],
  ["one of two", "const { error } = a ? await __(x) : await y;", "error"],
  ["a continuation", "await __(x).then(({ error }) => g(error));", "error"],
  ["a continuation that takes nothing", "await __(x).then(() => g());", ""],
  ["past a catch", "const { error } = await __(x).catch((e) => g(e));", "error"],
  ["one of a list", "const [, { error }] = await Promise.all([y, __(x)]);", "error"],
  ["one of a list that is not taken", "const [{ error }] = await Promise.all([y, __(x)]);", ""],
  ["one of a list in a variable", "const all = await Promise.all([y, __(x)]); g(all[1].error, all[0].data);", "error"],
  ["each of a list", "await Promise.all(list.map((y) => __(x)));", ""],
  ["a promise in a variable", "const p = __(x); const { error } = await p;", "error"],
])("%s", (_, code, expected) => expect(names(code)).toBe(expected));

it.each([
  ["returned", "return __(x);"],
  ["passed on", "g(await __(x));"],
  ["a variable that is passed on", "const r = await __(x); g(r);"],
  ["a rest", "const { data, ...rest } = await __(x);"],
  ["a key that is computed", "const { [k]: v } = await __(x);"],
  ["a continuation from elsewhere", "await __(x).then(g);"],
  ["a continuation that does nothing", "__(x).then(() => {});"],
  ["a spread before it in a list", "const [{ error }] = await Promise.all([...y, __(x)]);"],
  ["a list that waits for the first only", "await Promise.race([__(x)]);"],
  ["a promise that is read twice", "const p = __(x); await p; g(p);"],
  ["void", "void __(x);"],
])("silent: %s", (_, code) => expect(names(code)).toBeNull());
