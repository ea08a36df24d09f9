import { parseForESLint } from "@typescript-eslint/parser";
import type { TSESTree } from "@typescript-eslint/utils";
import { describe, expect, it } from "vitest";

import { createProvenance, stepsText } from "../../src/syntax/provenance.js";
import type { Source } from "../../src/syntax/source.js";
import { childrenOf, walk } from "../../src/syntax/walk.js";

function parse(text: string): Source {
  const { ast, scopeManager, visitorKeys } = parseForESLint(text, { range: true, loc: true, sourceType: "module" });
  const source = { ast, text, scopeManager, visitorKeys } as unknown as Source;
  walk(source.ast, source, (node) => {
    for (const child of childrenOf(node, source)) child.parent = node;
  });
  return source;
}

/** The origin of the expression in the marked place, `__(expression)`, as text. */
function origin(code: string, modules: Record<string, string> = {}): string | null {
  const sources = new Map(Object.entries(modules).map(([name, text]) => [name, parse(text)]));
  const provenance = createProvenance({
    follow(specifier) {
      const source = sources.get(specifier);
      if (source) return { source };
      return specifier.startsWith(".") ? null : { package: specifier };
    },
    passesThrough({ module, steps }) {
      if (module !== "react") return null;
      switch (stepsText(steps)) {
        case "cache":
          return { gives: "argument" };
        case "useMemo":
          return { gives: "result" };
        case "useState":
          return { gives: "result", under: "[0]" };
        default:
          return steps[0] === "useRef" ? { gives: "argument", under: "current" } : null;
      }
    },
    isClient: ({ steps }) => steps[0] === "createClient",
    pass: () => 0,
  });
  const source = parse(code);
  let marked: TSESTree.Node | undefined;
  walk(source.ast, source, (node) => {
    if (node.type === "CallExpression" && node.callee.type === "Identifier" && node.callee.name === "__") marked = node.arguments[0];
  });
  if (!marked) throw new Error("mark an expression with __( )");
  const found = provenance.originOf(marked, source);
  return found && `${found.module} ${stepsText(found.steps)}`;
}

describe("imports", () => {
  it.each([
    ["a default import", `import axios from "axios"; __(axios.get)`, "axios get"],
    ["the default import itself", `import axios from "axios"; __(axios)`, "axios default"],
    ["a named import under another name", `import { get as fetchIt } from "axios"; __(fetchIt)`, "axios get"],
    ["a namespace", `import * as axios from "axios"; __(axios.get)`, "axios get"],
    ["the default of a namespace", `import * as axios from "axios"; __(axios.default.get)`, "axios get"],
    ["a namespace that is called", `import * as express from "express"; __(express())`, "express default()"],
    ["require", `const axios = require("axios"); __(axios.get)`, "axios get"],
    ["a destructured require", `const { Pool: P } = require("pg"); __(new P())`, "pg Pool()"],
    ["a dynamic import", `const { default: axios } = await import("axios"); __(axios.post)`, "axios post"],
    ["import equals", `import pg = require("pg"); __(new pg.Pool())`, "pg Pool()"],
    ["a member in brackets", `import axios from "axios"; __(axios["get"])`, "axios get"],
  ])("follows %s", (_, code, expected) => expect(origin(code)).toBe(expected));
});

describe("globals", () => {
  it("knows an undeclared name as the host's", () => expect(origin(`__(fetch)`)).toBe("(global) fetch"));
  it("knows it under the global object", () => expect(origin(`__(globalThis.fetch)`)).toBe("(global) fetch"));
  it("knows what `import.meta` holds", () => expect(origin(`const { env } = import.meta; __(env.SECRET)`)).toBe("(global) import.meta.env.SECRET"));
  it("leaves a name that the file declares alone", () => expect(origin(`function fetch() {} __(fetch)`)).toBeNull());
  it("leaves a parameter of that name alone", () => expect(origin(`export const f = (fetch) => __(fetch)`)).toBeNull());
  it("leaves a computed member alone", () => expect(origin(`import axios from "axios"; __(axios[method])`)).toBeNull());
});

describe("values in a file", () => {
  it.each([
    ["const hops", `import axios from "axios"; const http = axios; const h = http; __(h.get)`, "axios get"],
    ["an instance", `import axios from "axios"; const api = axios.create({}); __(api.get)`, "axios create().get"],
    ["a class instance", `import { PrismaClient } from "@prisma/client"; const db = new PrismaClient(); __(db.user.findMany)`, "@prisma/client PrismaClient().user.findMany"],
    ["a singleton kept on the global object", `import { PrismaClient } from "@prisma/client"; const g = globalThis as unknown as { db?: PrismaClient }; const db = g.db ?? new PrismaClient(); __(db)`, "@prisma/client PrismaClient()"],
    ["a variable that is declared by type and set later", `import { PrismaClient } from "@prisma/client"; let db: PrismaClient; if (prod) { db = new PrismaClient() } else { db = cached } __(db.user)`, "@prisma/client PrismaClient().user"],
    ["a variable that is set later", `import { PrismaClient } from "@prisma/client"; let db; db = new PrismaClient(); __(db)`, "@prisma/client PrismaClient()"],
    ["await and assertions", `import { createClient } from "x"; const c = (await createClient()) as any; __(c!.from)`, "x createClient().from"],
    ["a lazy proxy of nothing", `import { PrismaClient } from "@prisma/client"; const client = () => new PrismaClient(); const db = new Proxy({}, { get: (_, name) => client()[name] }); __(db)`, "@prisma/client PrismaClient()"],
    ["a lazy proxy of nothing, by Reflect", `import { PrismaClient } from "@prisma/client"; let client = null; function db() { if (!client) { return new Proxy({}, { get(target, name, receiver) { client ??= new PrismaClient(); return Reflect.get(client, name, receiver); } }); } return client; } __(db())`, "@prisma/client PrismaClient()"],
    ["a lazy proxy", `import { PrismaClient } from "@prisma/client"; const db = new Proxy({} as PrismaClient, {}); __(db)`, "@prisma/client PrismaClient()"],
    ["a function of the file that makes one", `import { createClient } from "x"; function client() { const c = createClient(); return c } __(client().from)`, "x createClient().from"],
    ["an async one", `import { createClient } from "x"; const client = async () => { return createClient() }; const c = await client(); __(c.from)`, "x createClient().from"],
    ["a memoizer of a library", `import { cache } from "react"; import { createClient } from "x"; const client = cache(() => createClient()); __(client().from)`, "x createClient().from"],
    ["a memoizer of the project", `import { PrismaClient } from "@prisma/client"; import { remember } from "./remember"; const db = remember("db", () => new PrismaClient()); __(db.user)`, "@prisma/client PrismaClient().user"],
    ["what a hook memoizes", `import { useMemo } from "react"; import { createClient } from "x"; const c = useMemo(() => createClient(), []); __(c.from)`, "x createClient().from"],
    ["what a hook keeps as state", `import { useState } from "react"; import { createClient } from "x"; const [c] = useState(() => createClient()); __(c.from)`, "x createClient().from"],
    ["what a hook keeps in a reference", `import { useRef } from "react"; import { createClient } from "x"; const ref = useRef(createClient()); __(ref.current.from)`, "x createClient().from"],
    ["a client that is called for and kept by a memoizer of the project", `import { createClient } from "x"; import { remember } from "./remember"; const db = remember("db", () => createClient()); __(db.from)`, "x createClient().from"],
    ["a builder that is set to itself with more", `import { createClient } from "x"; let q = createClient().from("t"); if (open) { q = q.eq("open", true) } __(q.limit)`, "x createClient().from().limit"],
    ["the parameter of a function that is only called in the file", `import { createClient } from "x"; const c = createClient(); async function save(client, row) { __(client.from) } await save(c, 1); export const f = () => save(c, 2);`, "x createClient().from"],
    ["a destructured one", `import { createClient } from "x"; const c = createClient(); const save = ({ client }: { client: any }) => __(client.from); save({ client: c });`, "x createClient().from"],
    ["one of a function that calls itself", `import { createClient } from "x"; function walk(client, n) { __(client.from); if (n) walk(client, n - 1) } walk(createClient(), 3);`, "x createClient().from"],
    ["the parameter of a callback by the type that is expected there", `import type { PrismaClient } from "@prisma/client"; interface Job { run: (ctx: { db: PrismaClient }) => void } export const job: Job = { run: ({ db }) => __(db.user) };`, "@prisma/client PrismaClient().user"],
    ["a function by the type that it satisfies", `import type { PrismaClient } from "@prisma/client"; type Run = (db: PrismaClient) => void; export const run = ((db) => __(db.user)) satisfies Run;`, "@prisma/client PrismaClient().user"],
    ["what a function of the project hands to its callback, by its type", `import type { PrismaClient } from "@prisma/client"; declare function within<T>(fn: (db: PrismaClient) => T): T; within((db) => __(db.user));`, "@prisma/client PrismaClient().user"],
    ["what a function of the project hands to its callback, by its calls", `import { PrismaClient } from "@prisma/client"; const db = new PrismaClient(); const within = (fn) => fn(db); within((c) => __(c.user));`, "@prisma/client PrismaClient().user"],
    ["what it hands on to a callback of a package", `import { PrismaClient } from "@prisma/client"; const db = new PrismaClient(); const within = (fn) => db.$transaction(fn); within((tx) => __(tx.user));`, "@prisma/client PrismaClient().$transaction(0).user"],
    ["a type that is read off another", `import type { PrismaClient } from "@prisma/client"; function f(users: PrismaClient["user"]) { __(users.findMany) }`, "@prisma/client PrismaClient().user.findMany"],
    ["the type of what a callback is handed", `import { drizzle } from "d"; const db = drizzle(); type Tx = Parameters<Parameters<typeof db.transaction>[0]>[0]; function f(tx: Tx) { __(tx.insert) }`, "d drizzle().transaction(0).insert"],
    ["the type of a function's parameter", `import type { Pool } from "pg"; function g(db: Pool) {} function f(db: Parameters<typeof g>[0]) { __(db.query) }`, "pg Pool().query"],
    ["a property of an object", `import axios from "axios"; const clients = { http: axios.create() }; __(clients.http.get)`, "axios create().get"],
    ["destructuring from an object", `import axios from "axios"; const { get } = axios; __(get)`, "axios get"],
    ["an element of an array", `import { useState } from "react"; const [value, set] = useState(0); __(set)`, "react useState()[1]"],
    ["a typed parameter", `import type { PrismaClient } from "@prisma/client"; function f(db: PrismaClient) { __(db.user) }`, "@prisma/client PrismaClient().user"],
    ["a parameter of a union type", `import type { Prisma, PrismaClient } from "@prisma/client"; function f(db: PrismaClient | Prisma.TransactionClient | null) { __(db) }`, "@prisma/client Prisma.TransactionClient()"],
    ["a destructured typed parameter", `import type { PrismaClient } from "@prisma/client"; function f({ db }: { db: PrismaClient }) { __(db.user) }`, "@prisma/client PrismaClient().user"],
    ["a parameter typed after a value", `import { createClient } from "x"; const c = createClient(); function f(db: typeof c) { __(db.from) }`, "x createClient().from"],
    ["a parameter typed after a result", `import { createClient } from "x"; function f(db: Awaited<ReturnType<typeof createClient>>) { __(db.from) }`, "x createClient().from"],
    ["a parameter with a default", `import { PrismaClient } from "@prisma/client"; const db = new PrismaClient(); function f(client = db) { __(client.user) }`, "@prisma/client PrismaClient().user"],
    ["a callback's parameter", `import { PrismaClient } from "@prisma/client"; const db = new PrismaClient(); db.$transaction(async (tx) => { __(tx.user) })`, "@prisma/client PrismaClient().$transaction(0).user"],
    ["an interface of the file", `import type { PrismaClient } from "@prisma/client"; interface Context { db: PrismaClient } function f(ctx: Context) { __(ctx.db) }`, "@prisma/client PrismaClient()"],
    ["a tagged template", "import postgres from 'postgres'; const sql = postgres(); __(sql`select 1`)", "postgres default()()"],
  ])("follows %s", (_, code, expected) => expect(origin(code)).toBe(expected));

  it("does not know the parameter of a function that others may call", () =>
    expect(origin(`import { createClient } from "x"; export function f(c) { __(c.from) } f(createClient())`)).toBeNull());
  it("does not know the parameter of a function that is passed on", () =>
    expect(origin(`import { createClient } from "x"; function f(c) { __(c.from) } f(createClient()); register(f)`)).toBeNull());
  it("does not know the parameter of a function that is called with something unknown as well", () =>
    expect(origin(`import { createClient } from "x"; function f(c) { __(c.from) } f(createClient()); f(other.client())`)).toBeNull());
  it("does not choose between two clients", () =>
    expect(origin(`import { A, B } from "x"; let c; c = new A(); c = new B(); __(c)`)).toBeNull());
  it("does not know a parameter without a type", () => expect(origin(`export function f(db) { __(db.user) }`)).toBeNull());
  it("ends in a circle", () => expect(origin(`let a = b; let b = a; __(a.x)`)).toBeNull());
});

describe("classes", () => {
  it.each([
    ["a typed constructor parameter", `import { Repository } from "typeorm"; class S { constructor(private readonly repo: Repository<Order>) {} m() { __(this.repo.save) } }`, "typeorm Repository().save"],
    ["a field", `import { PrismaClient } from "@prisma/client"; class S { private db = new PrismaClient(); m() { return () => __(this.db.user) } }`, "@prisma/client PrismaClient().user"],
    ["a typed field", `import { DataSource } from "typeorm"; class S { private ds: DataSource; m() { __(this.ds.manager) } }`, "typeorm DataSource().manager"],
    ["a field set in the constructor", `import axios from "axios"; class S { constructor() { this.http = axios.create() } m() { __(this.http.get) } }`, "axios create().get"],
    ["a field set in another method", `import { createClient } from "x"; class S { private db: any; async open() { const { createClient } = await import("x"); this.db = createClient() } m() { __(this.db.from) } }`, "x createClient().from"],
    ["a field whose interface is the project's own", `import { createClient } from "x"; interface Db { from(t: string): unknown } class S { private db: Db; constructor(db) { this.db = db || createClient() } m() { __(this.db.from) } }`, "x createClient().from"],
    ["an instance of a class that extends a client", `import { PrismaClient } from "@prisma/client"; class PrismaService extends PrismaClient { ready() {} } class S { constructor(private db: PrismaService) {} m() { __(this.db) } }`, "@prisma/client PrismaClient()"],
    ["a private field", `import axios from "axios"; class S { #http = axios.create(); m() { __(this.#http.get) } }`, "axios create().get"],
    ["a class that extends a client", `import { PrismaClient } from "@prisma/client"; class PrismaService extends PrismaClient {} class S { constructor(private db: PrismaService) {} m() { __(this.db.user) } }`, "@prisma/client PrismaClient().user"],
    ["super", `import { Client } from "x"; class C extends Client { send() { __(super.send) } }`, "x Client().send"],
    ["a getter", `import { PrismaClient } from "@prisma/client"; class S { get db() { return new PrismaClient() } m() { __(this.db.user) } }`, "@prisma/client PrismaClient().user"],
    ["a static field", `import axios from "axios"; class Api { static http = axios.create() } __(Api.http.get)`, "axios create().get"],
  ])("follows %s", (_, code, expected) => expect(origin(code)).toBe(expected));

  it("does not take the `this` of a plain function for the class around it", () =>
    expect(origin(`import axios from "axios"; class S { http = axios; m() { return function () { __(this.http) } } }`)).toBeNull());
});

describe("modules", () => {
  const db = { "./db": `import { PrismaClient } from "@prisma/client"; export const prisma = new PrismaClient(); export default prisma;` };
  it.each([
    ["a named export", `import { prisma } from "./db"; __(prisma.user)`, db],
    ["a default export", `import p from "./db"; __(p.user)`, db],
    ["a namespace", `import * as db from "./db"; __(db.prisma.user)`, db],
    ["a barrel", `import { prisma } from "./index"; __(prisma.user)`, { ...db, "./index": `export * from "./other"; export * from "./db";`, "./other": `export const x = 1` }],
    ["a barrel that passes on a package as well", `import { prisma } from "./index"; __(prisma.user)`, { ...db, "./index": `export * from "other"; export * from "./db";` }],
    ["a required module with a default export beside its names", `const { prisma } = require("./db"); __(prisma.user)`, db],
    ["a renaming barrel", `import { client } from "./index"; __(client.user)`, { ...db, "./index": `export { prisma as client } from "./db";` }],
    ["an import that is exported again", `import { prisma } from "./index"; __(prisma.user)`, { ...db, "./index": `import { prisma } from "./db"; export { prisma };` }],
    ["CommonJS", `const { prisma } = require("./cjs"); __(prisma.user)`, { "./cjs": `const { PrismaClient } = require("@prisma/client"); const prisma = new PrismaClient(); module.exports = { prisma };` }],
    ["CommonJS, one name", `const { prisma } = require("./cjs"); __(prisma.user)`, { "./cjs": `const { PrismaClient } = require("@prisma/client"); exports.prisma = new PrismaClient();` }],
    ["a type of another file", `import type { Context } from "./context"; function f({ db }: Context) { __(db.user) }`, { ...db, "./context": `import { prisma } from "./db"; export type Context = { db: typeof prisma };` }],
    ["a class of another file", `import { PrismaService } from "./service"; class S { constructor(private db: PrismaService) {} m() { __(this.db.user) } }`, { "./service": `import { PrismaClient } from "@prisma/client"; export class PrismaService extends PrismaClient {}` }],
  ])("follows %s", (_, code, modules) => expect(origin(code, modules)).toBe("@prisma/client PrismaClient().user"));

  it("ends where modules go round in circles", () =>
    expect(origin(`import { a } from "./a"; __(a)`, { "./a": `export { a } from "./b"`, "./b": `export { a } from "./a"` })).toBeNull());
  it("does not know a name that the module lacks", () => expect(origin(`import { nothing } from "./db"; __(nothing.user)`, db)).toBeNull());
});

describe("half-typed code", () => {
  it.each([`import { } from "x"; __(a.b)`, `const { a, ...rest } = require("x"); __(rest.b)`, `class A { constructor(private x) {} m() { __(this.x.y) } }`, `const [, b] = f(); __(b)`])("is no trouble: %s", (code) => {
    expect(() => origin(code)).not.toThrow();
  });
  it("survives a long chain of calls", () => expect(() => origin(`__(a${".b()".repeat(150)})`)).not.toThrow());
});

describe("circles", () => {
  it.each<[string, string, Record<string, string>?]>([
    ["constants that are each other", `const a = b; const b = a; __(a.get)`],
    ["constants that are parts of each other", `const a = b.get; const b = a.get; __(a.get)`],
    ["destructuring that goes both ways", `const { a } = b; const { b } = a; __(a.get)`],
    ["arrays that are destructured into each other", `const [a] = b; const [b] = a; __(a.get)`],
    ["a name that is destructured from itself", `const { a } = a; __(a.get)`],
    ["objects that are spread into each other", `const one = { ...two }; const two = { ...one }; __(two.get)`],
    ["objects with members of each other", `const one = { get: two.get }; const two = { get: one.get }; __(one.get)`],
    ["classes that extend each other, asked for a static member", `class A extends B {} class B extends A {} __(A.client)`],
    ["classes that extend each other, asked for a field", `class A extends B {} class B extends A {} __(new A().client)`],
    ["a class that extends itself", `const A = class extends A {}; __(new A().client); `],
    ["classes of two modules that extend each other", `import { A } from "./a"; __(new A().client)`, { "./a": `import { B } from "./b"; export class A extends B {}`, "./b": `import { A } from "./a"; export class B extends A {}` }],
    ["a class that extends a static member of its own", `class A extends A.B { static B = class extends A {} } __(new A().client)`],
    ["a mixin of itself", `const mixin = (Base) => class extends mixin(Base) {}; class A extends mixin(A) {} __(new A().client)`],
    ["getters that ask each other", `class A { get one() { return this.two } get two() { return this.one } } __(new A().one)`],
    ["fields that are set to each other", `class A { m() { this.one = this.two } n() { this.two = this.one } } __(new A().one)`],
    ["functions that give back each other's result", `function one() { return two() } function two() { return one() } __(one().get)`],
    ["functions that hand each other their argument", `function one(a) { two(a); return __(a.get) } function two(b) { one(b) }`],
    ["interfaces that extend each other", `interface A extends B {} interface B extends A {} function f(a: A) { __(a.get) }`],
    ["types that are each other", `type A = B; type B = A; function f(a: A) { __(a.get) }`],
    ["a type that is a part of itself", `type A = A["get"]; function f(a: A) { __(a.get) }`],
    ["an intersection with itself", `type A = A & { id: 1 }; function f(a: A) { __(a.get) }`],
    ["functions that return what the other returns", `function one(): ReturnType<typeof two> { return two() } function two(): ReturnType<typeof one> { return one() } __(one().get)`],
    ["modules that pass everything on to each other", `import { a } from "./a"; __(a.get)`, { "./a": `export * from "./b"`, "./b": `export * from "./a"` }],
    ["a module that is its own namespace", `import { a } from "./a"; __(a.a.a.get)`, { "./a": `export * as a from "./a"` }],
    ["default exports that are spread into each other", `import a from "./a"; __(a.get)`, { "./a": `import b from "./b"; export default { ...b }`, "./b": `import a from "./a"; export default { ...a }` }],
    ["CommonJS modules that are each other", `const a = require("./a"); __(a.get)`, { "./a": `module.exports = require("./b")`, "./b": `module.exports = require("./a")` }],
  ])("end at %s", (_, code, modules) => expect(origin(code, modules)).toBeNull());

  it("are no reason to miss what stands beside them", () => {
    expect(origin(`import axios from "axios"; const one = { ...two, get: axios.get }; const two = { ...one }; __(two.get)`)).toBe("axios get");
    expect(origin(`import axios from "axios"; class A extends B { client = axios } class B extends A {} __(new B().client.get)`)).toBe("axios get");
    expect(origin(`import axios from "axios"; class A extends B { static client = axios } class B extends A {} __(B.client.get)`)).toBe("axios get");
    expect(origin(`import { Client } from "x"; interface A extends B { client: Client } interface B extends A {} function f(b: B) { __(b.client) }`)).toBe("x Client()");
    expect(origin(`import { a } from "./a"; __(a.get)`, { "./a": `export * from "./b"`, "./b": `export * from "./a"; import a from "axios"; export { a }` })).toBe("axios get");
  });

  // Each of them doubles, or more, with every step that is looked at again.
  it.each<[string, string, Record<string, string>?]>([
    ["unions of each other", `type A = A | B | C; type B = A | B | C; type C = A | B | C; function f(a: A) { __(a.get) }`],
    ["intersections of each other", `type A = A & B & C; type B = A & B & C; type C = A & B & C; function f(a: A) { __(a.get) }`],
    ["a callback that is handed on to many", `function one(run) { two(run); two(run); three(run) } function two(run) { one(run); three(run) } function three(run) { one(run); two(run) } one((a) => __(a.get))`],
    ["barrels of barrels", `import { a } from "./a"; __(a.get)`, Object.fromEntries(["./a", "./b", "./c"].map((name) => [name, `export * from "./a"; export * from "./b"; export * from "./c"`]))],
  ])("take no time: %s", (_, code, modules) => expect(origin(code, modules)).toBeNull(), 2_000);
});
