import { chmodSync, utimesSync } from "node:fs";
import { performance } from "node:perf_hooks";
import * as typescriptParser from "@typescript-eslint/parser";
import { afterEach, describe, expect, it, vi } from "vitest";

import { fileFacts } from "../../src/project/file.js";
import { moduleRecord } from "../../src/project/module-record.js";
import { follow, loadModule } from "../../src/project/modules.js";
import { leadsTo } from "../../src/project/packages-behind.js";
import { childrenOf, walk } from "../../src/syntax/walk.js";
import { makeProject, type Files, type Project } from "../support/project.js";

afterEach(() => void vi.useRealTimers());

const app = (files: Files): Project => makeProject({ "package.json": { name: "app" }, ...files });

const isPrisma = (name: string): boolean => name === "@prisma/client";

/** Where `follow` ends: a file in the project, the name of a package after a colon, or `null`. */
function followed(project: Project, specifier: string, wanted: ((name: string) => boolean) | null, from = "src/a.ts"): string | null {
  const found = follow(specifier, project.open(from), wanted);
  if (!found) return null;
  return "package" in found ? `:${found.package}` : (fileFacts(found.source)?.filename.slice(project.dir.length + 1) ?? "unknown");
}

describe("a module that is loaded", () => {
  it("has parents, scopes and facts as a linted file has them", () => {
    const project = app({ "src/db.tsx": "export const db: Db = make<Db>(() => <p>{1}</p>);" });
    const from = project.open("src/a.ts", { settings: { serverOnly: true } });
    const source = loadModule(project.path("src/db.tsx"), from);
    if (!source) throw new Error("not loaded");
    let nodes = 0;
    walk(source.ast, source, (node) => {
      nodes += 1;
      for (const child of childrenOf(node, source)) expect(child.parent).toBe(node);
    });
    expect(nodes).toBeGreaterThan(15);
    expect(source.scopeManager?.scopes.some((scope) => scope.type === "module" && scope.set.has("db"))).toBe(true);
    expect(source.text).toContain("export const db");
    expect(fileFacts(source)).toMatchObject({ filename: project.path("src/db.tsx"), cwd: project.dir, settings: { serverOnly: true } });
  });

  it.each(["a.ts", "a.mts", "a.cts", "a.js", "a.mjs", "a.cjs"])("may be %s", (name) => {
    const project = app({ [name]: "export const x = 1;" });
    expect(loadModule(project.path(name), project.open("b.ts"))).not.toBeNull();
  });

  it("is parsed with the host's parser for TypeScript, and with no other", () => {
    const project = app({ "a.ts": "export const x: number = 1;", "b.ts": "export const y: number = 1;" });
    const own = { meta: { name: "typescript-eslint/parser" }, parseForESLint: vi.fn(typescriptParser.parseForESLint) };
    expect(loadModule(project.path("a.ts"), project.open("x.ts", { parser: own }))).not.toBeNull();
    expect(own.parseForESLint).toHaveBeenCalledOnce();
    const other = { meta: { name: "other" }, parseForESLint: vi.fn() };
    expect(loadModule(project.path("b.ts"), project.open("x.ts", { parser: other }))).not.toBeNull();
    expect(other.parseForESLint).not.toHaveBeenCalled();
  });

  it("has the same nodes and comments, whether the parser or its parts make them", () => {
    const text = "// one\nexport const a = <T,>(x: T) => /* two */ <p>{`// ${x}`}</p>;\n/** three */\nenum E { A }\n";
    const project = app({ "a.tsx": text, "b.tsx": text });
    const wrapped = { meta: { name: "typescript-eslint/parser" }, parseForESLint: (...given: Parameters<typeof typescriptParser.parseForESLint>) => typescriptParser.parseForESLint(...given) };
    const [parts, whole] = [{ file: "a.tsx", parser: typescriptParser }, { file: "b.tsx", parser: wrapped }].map(({ file, parser }) => {
      const source = loadModule(project.path(file), project.open("x.ts", { parser }));
      if (!source) throw new Error("not loaded");
      const nodes: unknown[] = [];
      walk(source.ast, source, ({ type, range, loc }) => void nodes.push([type, range, loc]));
      return { nodes, sourceType: source.ast.sourceType, comments: source.ast.comments?.map(({ type, value, range }) => [type, value, range]), scopes: source.scopeManager?.scopes.map(({ type, set }) => [type, [...set.keys()]]) };
    });
    expect(parts).toEqual(whole);
    expect(parts?.comments?.map(([, value]) => value)).toEqual([" one", " two ", "* three "]);
  });

  it("is the same one until the file changes", () => {
    const project = app({ "src/b.ts": "export const x = 1;" });
    const file = project.path("src/b.ts");
    const old = new Date(Date.now() - 60_000);
    utimesSync(file, old, old);
    const first = loadModule(file, project.open("src/a.ts"));
    expect(loadModule(file, project.open("src/c.ts"))).toBe(first);
    project.write({ "src/b.ts": "export const y = 2;" });
    expect(loadModule(file, project.open("src/a.ts"))?.text).toBe("export const y = 2;");
  });

  it("is another one under other settings, and the same under equal ones", () => {
    const project = app({ "src/b.ts": "export const x = 1;" });
    const file = project.path("src/b.ts");
    const old = new Date(Date.now() - 60_000);
    utimesSync(file, old, old);
    const one = loadModule(file, project.open("src/a.ts", { settings: { a: 1 } }));
    const two = loadModule(file, project.open("src/a.ts", { settings: { a: 2 } }));
    expect(two).not.toBe(one);
    expect(one && fileFacts(one)?.settings).toEqual({ a: 1 });
    expect(loadModule(file, project.open("src/a.ts", { settings: { a: 1 } }))).toBe(one);
  });

  it("is nothing when it cannot be read, is too large, does not parse, or nobody asks for it", () => {
    const project = app({ "broken.ts": "export const = {", "large.ts": `export const x = "${"x".repeat(1_000_001)}";`, "folder.ts/a.ts": "", "closed.ts": "", "fine.ts": "" });
    chmodSync(project.path("closed.ts"), 0o000);
    const from = project.open("a.ts");
    for (const name of ["broken.ts", "large.ts", "folder.ts", "missing.ts"]) expect(loadModule(project.path(name), from)).toBeNull();
    if (process.getuid?.() !== 0) expect(loadModule(project.path("closed.ts"), from)).toBeNull();
    expect(loadModule(project.path("fine.ts"), { ...from, ast: { ...from.ast } })).toBeNull();
  });
});

describe("a module's record", () => {
  const recordOf = (text: string): ReturnType<typeof moduleRecord> => moduleRecord(app({ "a.ts": text }).path("a.ts"));

  it.each([
    [`import a from "x";`, ["x"]],
    [`import "x";`, ["x"]],
    [`import{a}from'x'`, ["x"]],
    [`import type { A } from "x";`, ["x"]],
    [`import {\n  a,\n  b,\n} from "x";`, ["x"]],
    [`export * from "x"; export { y } from "y";`, ["x", "y"]],
    [`const a = require("x"), b = await import('y');`, ["x", "y"]],
    [`import a = require( "x" );`, ["x"]],
    [`import a from "x"; import { b } from "x";`, ["x"]],
    [`Buffer.from("x"); const text = "from 'there and back'";`, []],
    [``, []],
  ])("%j names %j", (text, specifiers) => expect(recordOf(text)?.specifiers).toEqual(specifiers));

  it.each([
    [`export * from "x";`, true],
    [`export * as x from "x";`, true],
    [`export { a, b as c } from "x";`, true],
    [`export type { A } from "x";`, true],
    [`const a = 1; export { a };`, false],
    [`export const a = 1;`, false],
  ])("%j re-exports: %s", (text, reexports) => expect(recordOf(text)?.reexports).toBe(reexports));

  it("is nothing for what cannot be read", () => expect(moduleRecord(app({}).path("a.ts"))).toBeNull());

  it.each([
    ["spaces after import", `import${" ".repeat(200_000)}x`],
    ["import and import", "import(".repeat(100_000)],
    ["from and from", "from ".repeat(150_000)],
    ["an open export", `export {${" a,".repeat(200_000)}`],
    ["many open exports", "export { a ".repeat(80_000)],
    ["an open string", `import "${"x".repeat(900_000)}`],
    ["spaces after export", `export${" ".repeat(200_000)}type${" ".repeat(200_000)}x`],
  ])("is made in one go over %s", (_, text) => {
    const project = app({ "a.ts": text });
    const started = performance.now();
    expect(moduleRecord(project.path("a.ts"))).not.toBeNull();
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

describe("a module leads to a package", () => {
  const chain = {
    "src/one.ts": `import { two } from "./two";`,
    "src/two.ts": `export { three as two } from "./three.js";`,
    "src/three.ts": `const { PrismaClient } = require("@prisma/client");`,
    "src/zero.ts": `import "./one";`,
  };

  it("by itself, and over two hops, not over three", () => {
    const project = app(chain);
    project.open("src/a.ts");
    expect(["three", "two", "one", "zero"].map((name) => leadsTo(project.path(`src/${name}.ts`), isPrisma))).toEqual([true, true, true, false]);
    expect(leadsTo(project.path("src/three.ts"), (name) => name === "axios")).toBe(false);
    expect(leadsTo(project.path("src/missing.ts"), isPrisma)).toBe(false);
  });

  it("in a circle of imports", () => {
    const project = app({ "src/one.ts": `import "./two";`, "src/two.ts": `import "./one"; import "./two";` });
    project.open("src/a.ts");
    expect(leadsTo(project.path("src/one.ts"), isPrisma)).toBe(false);
  });

  it("from the next linted file on when it is edited, a few milliseconds later or not", () => {
    const project = app({ "src/db.ts": `import "axios";` });
    const file = project.path("src/db.ts");
    for (const [text, leads] of [[`import "pg";`, false], [`import "@prisma/client";`, true], [`import "pg";`, false]] as const) {
      project.write({ "src/db.ts": text });
      project.open("src/a.ts");
      expect(leadsTo(file, isPrisma)).toBe(leads);
    }
  });

  it("after a pause when it is edited further away", () => {
    const project = app({ ...chain, "src/three.ts": "export const three = 3;" });
    for (const name of ["one", "two", "three"]) utimesSync(project.path(`src/${name}.ts`), 1e9, 1e9);
    project.open("src/a.ts");
    expect(leadsTo(project.path("src/one.ts"), isPrisma)).toBe(false);
    project.write({ "src/three.ts": chain["src/three.ts"] });
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 300 });
    project.open("src/a.ts");
    expect(leadsTo(project.path("src/one.ts"), isPrisma)).toBe(true);
  });
});

describe("an import is followed", () => {
  it("to a module that leads to what is wanted, to any when nothing is, and to a package by name", () => {
    const project = app({ "src/db.ts": `import { PrismaClient } from "@prisma/client"; export const db = new PrismaClient();`, "src/text.ts": "export const x = 1;" });
    expect(followed(project, "./db", isPrisma)).toBe("src/db.ts");
    expect(followed(project, "./text", isPrisma)).toBeNull();
    expect(followed(project, "./text", null)).toBe("src/text.ts");
    expect(followed(project, "./missing", null)).toBeNull();
    expect(followed(project, "axios", isPrisma)).toBe(":axios");
    expect(followed(project, "@/db", null)).toBeNull();
  });

  it("through an alias, a barrel and a package of the workspace, one module at a time", () => {
    const project = makeProject({
      "pnpm-workspace.yaml": "packages: [apps/*, packages/*]",
      "package.json": {},
      "packages/db/package.json": { name: "@acme/db", exports: { ".": "./dist/index.js" } },
      "packages/db/src/index.ts": `export * from "./client";`,
      "packages/db/src/client.ts": `import { PrismaClient } from "@prisma/client"; export const db = new PrismaClient();`,
      "apps/web/package.json": { name: "web", dependencies: { "@acme/db": "workspace:*" } },
      "apps/web/tsconfig.json": { compilerOptions: { paths: { "@/*": ["./src/*"] } } },
      "apps/web/src/lib/db.ts": `export { db } from "@acme/db";`,
    });
    const page = "apps/web/src/app/page.tsx";
    expect(followed(project, "@/lib/db", isPrisma, page)).toBe("apps/web/src/lib/db.ts");
    expect(followed(project, "@acme/db", isPrisma, "apps/web/src/lib/db.ts")).toBe("packages/db/src/index.ts");
    expect(followed(project, "./client", isPrisma, "packages/db/src/index.ts")).toBe("packages/db/src/client.ts");
    expect(followed(project, "@prisma/client", isPrisma, "packages/db/src/client.ts")).toBe(":@prisma/client");
  });

  it("from the module that it led to", () => {
    const project = app({ "src/one.ts": `export { db } from "./two";`, "src/two.ts": `import "@prisma/client"; export const db = 1;` });
    const first = follow("./one", project.open("src/a.ts"), isPrisma);
    const second = first && "source" in first ? follow("./two", first.source, isPrisma) : null;
    expect(second && "source" in second && fileFacts(second.source)?.filename).toBe(project.path("src/two.ts"));
  });

  it("to what it leads to now: after an edit, a deletion, a rename, an error in the text", () => {
    const project = app({ "src/db.ts": `export const db = 1;` });
    const text = (specifier: string): string | null => {
      const found = follow(specifier, project.open("src/a.ts"), null);
      return found && "source" in found ? found.source.text : null;
    };
    expect(text("./db")).toBe("export const db = 1;");
    project.write({ "src/db.ts": "export const db = 2;" });
    expect(text("./db")).toBe("export const db = 2;");
    project.write({ "src/db.ts": "export const db = ;" });
    expect(text("./db")).toBeNull();
    project.write({ "src/db.ts": "export const db = 3;" });
    expect(text("./db")).toBe("export const db = 3;");
    project.rename("src/db.ts", "src/client.ts");
    expect(text("./db")).toBeNull();
    expect(text("./client")).toBe("export const db = 3;");
    project.remove("src/client.ts");
    expect(text("./client")).toBeNull();
  });

  describe("for a name", () => {
    it.each([
      ["a function", "export async function order() {}"],
      ["a class behind a decorator", "@Injectable() export abstract class order {}"],
      ["a name on the next line", "export const\n  order = 1;"],
      ["one of several constants", "export const cart = 1,\n  order = 2;"],
      ["a part of an object", "export const {\n  cart,\n  order,\n} = make();"],
      ["a list after another export", "export const cart = 1;\nexport {\n  order,\n};"],
      ["another name for something", "export { cart as order } from './cart';"],
      ["a namespace", "export * as order from './order';"],
      ["whatever another module has", "export * from './order';"],
      ["a type of whatever another module has", "export type * from './order';"],
      ["CommonJS", "module.exports = require('./order');"],
      ["an assignment", "export = shop;"],
    ])("to a module that may export it: %s", (_, code) => {
      const project = app({ "src/b.ts": code });
      expect(follow("./b", project.open("src/a.ts"), null, "order")).not.toBeNull();
    });

    it.each([
      ["one that only uses it", "const order = 1;\n\nexport const cart = [1];"],
      ["one that imports it", "import { order } from './order';\n\nexport class Cart {\n  add() {\n    return order({ id: 1 });\n  }\n}"],
      ["one that exports a longer name", "export const orders = [];"],
    ])("not to a module that does not: %s", (_, code) => {
      const project = app({ "src/b.ts": code });
      expect(follow("./b", project.open("src/a.ts"), null, "order")).toBeNull();
      expect(follow("./b", project.open("src/a.ts"), null)).not.toBeNull();
    });
  });

  it("in text without a file to packages alone, and nowhere from what nobody opened", () => {
    const project = app({ "src/db.ts": "" });
    const source = project.open("src/a.ts");
    expect(follow("./db", { ...source, ast: { ...source.ast } }, null)).toBeNull();
  });
});
