import { describe, expect, it } from "vitest";

import { chainOf, isGuarded, riskOf } from "../../../src/semantics/failures/rejections.js";
import { type FunctionNode, isFunction } from "../../../src/syntax/walk.js";
import { find, marked, openText } from "../../support/source.js";

describe("the chain of a promise", () => {
  it.each([
    ["a statement", "__(a());", "dropped", false],
    ["void", "void __(a());", "dropped", false],
    ["awaited", "await __(a());", "awaited", false],
    ["then", "__(a()).then(b);", "dropped", false],
    ["catch", "__(a()).catch(b);", "dropped", true],
    ["catch without a callback", "__(a()).catch();", "dropped", false],
    ["then with a second callback", "__(a()).then(b, c);", "dropped", true],
    ["then with none in its place", "__(a()).then(b, undefined);", "dropped", false],
    ["finally, then catch", "await __(a()).finally(b).catch(c);", "awaited", true],
    ["kept in a variable", "const x = __(a()).then(b);", "stored", false],
    ["handed over", "wait(__(a()));", "passed", false],
    ["a method that is only named", "const x = __(a()).then;", "passed", false],
  ])("%s", (_, code, fate, caught) => {
    const source = openText(`async function f() { ${code} }`);
    expect(chainOf(marked(source).parent as never)).toMatchObject({ fate, caught });
  });
});

describe("what keeps a failure", () => {
  it.each([
    ["a try", "try { __(x); } catch { a(); }", true],
    ["a try that only throws on", "try { __(x); } catch (error) { throw error; }", false],
    ["a try without catch", "try { __(x); } finally { a(); }", false],
    ["nothing", "__(x);", false],
    ["a try outside of the function", "try { run(() => { __(x); }); } catch { a(); }", false],
  ])("%s: %#", (_, code, expected) => {
    const source = openText(`function f() { ${code} }`);
    expect(isGuarded(marked(source))).toBe(expected);
  });
});

describe("whether a function may reject", () => {
  const risk = (code: string): string | null => {
    const source = openText(`import { PrismaClient } from "@prisma/client"; import { chromium } from "playwright";\nconst prisma = new PrismaClient();\n${code}`);
    const fn = find(source, (node) => isFunction(node) && source.text.slice(node.range[0] - 9, node.range[0]).endsWith("/* it */ ")) as FunctionNode;
    return riskOf(fn, source)?.name ?? null;
  };

  it.each([
    ["a query", "/* it */ async () => { await prisma.user.findMany(); }", "prisma.user.findMany"],
    ["one of several things", "/* it */ async () => { await x(); await Promise.all([a(), fetch(b)]); }", "fetch"],
    ["what a list is mapped to", "/* it */ async () => { await Promise.all(ids.map(async (id) => fetch(id))); }", "fetch"],
    ["what is given back", "/* it */ async () => { return fetch(a); }", "fetch"],
    ["without a body", "/* it */ async () => fetch(a)", "fetch"],
    ["before then", "/* it */ async () => { await fetch(a).then(read); }", "fetch"],
    ["a query under a name", "/* it */ async () => { const query = prisma.user.findMany(); await query; }", "prisma.user.findMany"],
    ["a function of the project", "async function load() { await fetch(a); } /* it */ async () => { await load(); }", "load"],
    ["a browser that is driven", "/* it */ async () => { const browser = await chromium.launch(); }", "chromium.launch"],
    ["two things of which nothing is known", "/* it */ async () => { const a = await one(); await two(a); }", "one"],
    ["in a try that throws on", "/* it */ async () => { try { await fetch(a); } catch (error) { log(error); throw error; } }", "fetch"],
    ["in a loop", "/* it */ async () => { for (const id of ids) { await fetch(id); } }", "fetch"],
    ["either of two", "/* it */ async () => { await (a ? fetch(b) : c()); }", "fetch"],
  ])("by %s", (_, code, name) => expect(risk(code)).toBe(name));

  it.each([
    ["waits for nothing", "/* it */ async () => { run(); }"],
    ["keeps what fails", "/* it */ async () => { try { await fetch(a); } catch (error) { log(error); } }"],
    ["catches", "/* it */ async () => { await fetch(a).catch(log); }"],
    ["waits for one thing of which nothing is known", "/* it */ async () => { await one(); }"],
    ["waits for the same thing twice", "/* it */ async () => { if (a) { await one(); } else { await one(a); } }"],
    ["waits for the clock", "/* it */ async () => { await new Promise((done) => setTimeout(done, 10)); await one(); }"],
    ["waits until all is settled", "/* it */ async () => { await Promise.allSettled([fetch(a)]); }"],
    ["loads a module", `/* it */ async () => { const { a } = await import("./a.js"); await a(); }`],
    ["calls a function that keeps what fails", "async function load() { try { await fetch(a); } catch { log(); } } /* it */ async () => { await load(); await load(); }"],
    ["defines what may fail", "/* it */ async () => { const later = async () => { await fetch(a); }; await keep(later); }"],
    ["calls itself", "/* it */ async function again() { await again(); }"],
  ])("not one that %s", (_, code) => expect(risk(code)).toBeNull());
});
