import type { TSESTree } from "@typescript-eslint/utils";
import { describe, expect, it } from "vitest";

import { resultApis } from "../../../src/knowledge/result-errors.js";
import { promiseDefectAt } from "../../../src/semantics/failures/promise-defects.js";
import { find, openText } from "../../support/source.js";

/** The defect of the outermost call of a statement in an asynchronous function. */
function defect(code: string): string | null {
  const source = openText(`import { createClient } from "@supabase/supabase-js"; const supabase = createClient(u, k); async function f() { ${code} }`);
  const isIn = (node: TSESTree.Node): boolean => node.type === "CallExpression" && source.text.slice(0, node.range[0]).includes("function f");
  return promiseDefectAt(find(source, isIn), source)?.kind ?? null;
}

describe("a call has one defect at most", () => {
  it.each([
    [`supabase.from("a").insert({});`, "unrun"],
    [`await supabase.from("a").insert({});`, "ignored"],
    [`supabase.auth.updateUser({});`, "ignored"],
    [`await supabase.auth.signOut();`, null],
    [`const { error } = await supabase.from("a").insert({}); if (error) throw error;`, null],
    [`await supabase.from("a").delete();`, "ignored"],
    [`await supabase.from("a").select();`, null],
    [`await other.from("a").insert({});`, null],
    [`fetch(a);`, "unobserved"],
    [`fetch(a).catch(b);`, null],
    [`await fetch(a);`, null],
    [`setTimeout(async () => { await fetch(a); }, 1);`, "lost"],
    [`setTimeout(() => fetch(a), 1);`, "lost"],
    [`setTimeout(async () => { await supabase.from("a").insert({}); }, 1);`, null],
    [`setTimeout(() => supabase.from("a").insert({}), 1);`, null],
    [`(async () => { await fetch(a); })();`, "lost"],
    [`[a].forEach(async (b) => { await fetch(b); });`, "unawaited"],
    [`await Promise.all([a].map(async (b) => { await fetch(b); }));`, null],
  ])("%s", (code, expected) => expect(defect(code)).toBe(expected));
});

it("work that a handler leaves running is told as such, and not as a failure that nothing sees", () => {
  const source = openText("export async function POST() { fetch(a); }", { filename: "app/api/orders/route.ts" });
  expect(promiseDefectAt(find(source, ({ type }) => type === "CallExpression"), source)?.kind).toBe("detached");
});

describe.each(resultApis.map((api) => [`${api.module} ${api.calls.join(", ")}`, api] as const))("%s", (_, api) => {
  const path = [...(api.on ? [api.on[0] ?? ""] : []), api.calls[0] ?? ""].join(".");
  const name = api.owner === "" ? path : `owner.${path}`;
  const [, maker] = /^(\w+)\(\)$/.exec(api.owner) ?? [];
  const owner = api.owner === "*" ? `import { owner } from "${api.module}";` : maker ? `import { ${maker} } from "${api.module}"; const owner = new ${maker}();` : `import { ${name} } from "${api.module}";`;
  const first = api.kinds ? JSON.stringify(api.kinds.names[0]) : "a";
  const options = api.when ? `(${first}, { ${api.when.option}: ${String(api.when.value)} })` : `(${first})`;
  const wait = api.promised ? "await " : "";

  function kind(statement: string): string | null {
    const source = openText(`${owner} async function f() { ${statement} }`);
    const node = find(source, (each) => each.type === "CallExpression" && source.text.slice(...each.callee.range) === name);
    return promiseDefectAt(node, source)?.kind ?? null;
  }

  it("cites a page", () => expect(api.source).toMatch(/^https:\/\//));
  it("is ignored as a statement", () => expect(kind(`${wait}${name}${options};`)).toBe("ignored"));
  if (api.kinds) it("is no defect for a kind that leaves the page", () => expect(kind(`${wait}${name}${options.replace(first, '"another"')};`)).toBeNull());
  it.each(api.fields)("tells by %s", (field) => expect(kind(`const { ${field} } = ${wait}${name}${options}; if (${field}) g();`)).toBeNull());
});
