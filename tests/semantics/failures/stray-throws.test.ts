import type { TSESTree } from "@typescript-eslint/utils";
import { expect, it } from "vitest";

import { mayBeStray, strayThrowAt } from "../../../src/semantics/failures/stray-throws.js";
import { projectFolder } from "../../support/projects.js";
import { find, openText } from "../../support/source.js";

/** The call whose callback the first `throw` stands in, of a handler whose file begins with these imports. */
function stray(body: string, head = `import fs from "fs";`): string | null {
  const source = openText(`${head}\nimport express from "express";\nexpress().get("/", (req, res) => { ${body} });`, { filename: "src/server.ts", cwd: projectFolder("express") });
  const node = find(source, ({ type }) => type === "ThrowStatement") as TSESTree.ThrowStatement;
  return mayBeStray(node) ? (strayThrowAt(node, source)?.call ?? null) : null;
}

it.each([
  ["of the file system", `fs.stat("a", (error) => { if (error) throw error; });`, undefined, "fs.stat"],
  ["of an import of its own", `randomBytes(8, (error) => { if (error) throw error; });`, `import { randomBytes } from "crypto";`, "randomBytes"],
  ["of a database", `client.query("select 1", (error) => { if (error) throw error; });`, `import { Client } from "pg"; const client = new Client();`, "client.query"],
  ["within a callback", `fs.stat("a", () => { fs.stat("b", (error) => { throw error; }); });`, undefined, "fs.stat"],
])("nothing catches what is thrown in a callback %s", (_, body, head, call) => expect(stray(body, head)).toBe(call));

it.each([
  ["in the handler itself", `throw new Error("no");`],
  ["in a callback that runs at once", `list.forEach((id) => { throw new Error(id); });`],
  ["in a try of the callback", `fs.stat("a", (error) => { try { throw error; } catch { res.end(); } });`],
])("but not %s", (_, body) => expect(stray(body)).toBeNull());
