import { describe, expect, it } from "vitest";

import { isRawEnvironment, rawVariablesIn } from "../../../src/semantics/environment/raw-env.js";
import { type Source } from "../../../src/syntax/source.js";
import { walk } from "../../../src/syntax/walk.js";
import { openText } from "../../support/source.js";
import type { TSESTree } from "@typescript-eslint/utils";

function environmentsIn(source: Source): TSESTree.Node[] {
  const found: TSESTree.Node[] = [];
  walk(source.ast, source, (node) => {
    if (node.type === "MemberExpression" && isRawEnvironment(node, source)) found.push(node);
  });
  return found;
}

/** The variables that nobody accounts for, with the number of their reads. */
function unaccounted(code: string): Record<string, number> {
  const source = openText(code);
  return Object.fromEntries(rawVariablesIn(environmentsIn(source), "none", source).map(({ name, reads }) => [name, reads.length]));
}

describe("a variable that nobody accounts for", () => {
  it.each([
    ["is used as it is", `connect(process.env.A, process.env.A);`, { A: 2 }],
    ["is used under another name", `const url = process.env.A; connect(url);`, { A: 1 }],
    ["is said to be there", `connect(process.env.A!);`, { A: 1 }],
    ["stands in a text", "send(`Bearer ${process.env.A}`);", { A: 1 }],
    ["is compared with something given", `if (given !== process.env.A) deny();`, { A: 1 }],
    ["follows a condition of something else", `connect(isSet && process.env.A);`, { A: 1 }],
    ["is read by way of a const", `const env = process.env; connect(env.A);`, { A: 1 }],
    ["is taken out by a pattern", `const { A: url } = process.env; connect(url);`, { A: 1 }],
    ["is read by Deno", `connect(Deno.env.get("A"));`, { A: 1 }],
    ["is read by Vite", `connect(import.meta.env.A);`, { A: 1 }],
    ["has a name that only a bundler sets by itself", `connect(process.env.BASE_URL);`, { BASE_URL: 1 }],
    ["is read by Bun", `connect(Bun.env.A);`, { A: 1 }],
  ])("%s", (_, code, names) => expect(unaccounted(code)).toEqual(names));

  it.each([
    ["is written", `process.env.A = "x"; delete process.env.A; process.env.A += "y";`],
    ["has a fallback", `connect(process.env.A || "x"); connect(process.env.B ?? "y");`],
    ["is one of two", `connect(given ?? process.env.A);`],
    ["is asked for first", `const a = process.env.A; if (!a) throw new Error(); connect(a);`],
    ["is asked for anywhere", `connect(process.env.A); if (process.env.A === undefined) stop();`],
    ["decides on a branch", `process.env.A ? on() : off(); process.env.B && on(); while (process.env.C) wait();`],
    ["is compared with a value", `if (process.env.A === "on") on(); switch (process.env.B) { default: off(); }`],
    ["is handed to a check", `invariant(process.env.A); schema.parse(process.env.B); requireValue(process.env.C);`],
    ["is read through an optional chain", `process.env.A?.split(",");`],
    ["is handed on", `export const a = process.env.A; const b = process.env.B; export { b }; export const c = () => process.env.C;`],
    ["is looked at by name", `for (const name of ["A"]) if (!process.env[name]) stop(); connect(process.env.A);`],
    ["is the platform's", `send(process.env.NODE_ENV, process.env.VERCEL_URL, process.env.NEXT_PUBLIC_VERCEL_ENV, process.env.npm_package_version);`],
    ["is the bundler's", `send(import.meta.env.MODE, import.meta.env.BASE_URL);`],
    ["is of somebody else's object", `const process = make(); send(process.env.A); send(context.env.B);`],
    ["is half-typed", `process.env; process.env[x]; Deno.env.get(); const { } = process.env; const { ...rest } = process.env;`],
  ])("but not one that %s", (_, code) => expect(unaccounted(code)).toEqual({}));
});
