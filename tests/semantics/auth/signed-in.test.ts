import type { TSESTree } from "@typescript-eslint/utils";
import { describe, expect, it } from "vitest";

import { usesOf } from "../../../src/semantics/auth/principals.js";
import { isBehind, mayDecide } from "../../../src/semantics/auth/signed-in.js";
import { find, marked, openText } from "../../support/source.js";

const named = (name: string) => (node: TSESTree.Node): boolean => node.type === "CallExpression" && node.callee.type === "Identifier" && node.callee.name === name;

describe("isBehind", () => {
  const behind = (body: string, found: "identity" | "throwing" = "identity"): boolean => {
    const source = openText(`async function f(req) { ${body} }`);
    const identity = usesOf(find(source, named("who")) as TSESTree.CallExpression, found, source, () => true);
    return isBehind(identity, marked(source), source);
  };

  it.each([
    ["an early return", "const user = await who(); if (!user) return; __(1);"],
    ["an early throw, of a part", "const { user } = await who(); if (!user?.id) throw x; __(1);"],
    ["a test around", "const user = await who(); if (user && req.ok) { __(1); }"],
    ["a comparison with nothing", "const user = await who(); if (user == null) return; __(1);"],
    ["one of two reasons to leave", "const user = await who(); if (!user || !req.ok) return; __(1);"],
    ["a redirect", `const user = await who(); if (!user) redirect("/"); __(1);`],
    ["a test before a try", "const user = await who(); if (!user) return; try { __(1); } catch {}"],
  ])("knows %s", (_, body) => expect(behind(body)).toBe(true));

  it.each([
    ["no test", "const user = await who(); __(1);"],
    ["the other side of a test", "const user = await who(); if (user) { a(); } else { __(1); }"],
    ["two ways in", "const user = await who(); if (!user && !req.key) return; __(1);"],
    ["a test that goes on", "const user = await who(); if (!user) log(); __(1);"],
    ["what comes before", "__(1); const user = await who(); if (!user) return;"],
    ["who must not be there", "const user = await who(); if (user) return; __(1);"],
  ])("does not take %s for one", (_, body) => expect(behind(body)).toBe(false));

  it("needs no test after a call that throws", () => {
    expect(behind("await who(); __(1);", "throwing")).toBe(true);
    expect(behind("try { await who(); __(1); } catch {}", "throwing")).toBe(true);
    expect(behind("if (req.x) { await who(); } __(1);", "throwing")).toBe(false);
  });
});

describe("mayDecide", () => {
  const decides = (body: string, isWrite: boolean): boolean => {
    const source = openText(`import { PrismaClient } from "@prisma/client"; const prisma = new PrismaClient(); async function f(req) { ${body} }`);
    return mayDecide(find(source, named("check")), marked(source), isWrite, source);
  };

  it.each<[name: string, body: string, isWrite: boolean, expected: boolean]>([
    ["what comes before", "check(); __(1);", true, true],
    ["what comes after a read", "__(1); check();", false, true],
    ["what comes after a write", "__(1); check();", true, false],
    ["what comes after a write that can be taken back", "await prisma.$transaction(async (tx) => { __(tx.a.delete()); check(); });", true, true],
    ["what is in another branch", "if (req.a) { check(); } else { __(1); }", false, false],
    ["what is in a branch that leaves", "if (req.a) { check(); return; } __(1);", false, false],
    ["what is in a branch that goes on", "if (req.a) { check(); } __(1);", false, true],
    ["what is in the query", "__(check());", true, true],
  ])("%s", (_, body, isWrite, expected) => expect(decides(body, isWrite)).toBe(expected));
});
