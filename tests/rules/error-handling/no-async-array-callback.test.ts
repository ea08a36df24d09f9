import rule from "../../../src/rules/error-handling/no-async-array-callback.js";
import { type Invalid, ruleTester, type Valid } from "../../support/rule-tester.js";

type MessageId = "lost" | "truthy" | "unsorted" | "useLoop" | "useAll" | "useAnswers";

const server = { filename: "src/server/orders.ts" } as const;
const client = { filename: "src/components/upload.tsx" } as const;

const prisma = `import { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\n`;

/** A hook that draws previews, and what its `catch` and the code behind the list do. */
const previews = (caught: string, after = ""): string => `import { useCallback } from "react";\nexport function usePreviews(show) {\n  const draw = useCallback(async (file) => {\n    const kind = kindOf(file);\n    try {\n      return { kind, text: await file.text() };\n    } catch (error) {\n      console.error(error);\n      ${caught}\n    }\n  }, []);\n  return (files: File[]) => {\n    files.forEach(async (file) => {\n      const drawn = await draw(file);\n      show(drawn);\n    });${after}\n  };\n}`;

const waitedFor: Valid<[]>[] = [
  { ...server, name: "a list of promises that is awaited", code: "export async function f(users) { await Promise.all(users.map(async (user) => { await mail(user); })); }" },
  { ...server, name: "flatMap within Promise.all", code: "export async function f(users: User[]) { return Promise.all(users.flatMap(async (user) => load(user))); }" },
  { ...server, name: "a list of promises that is kept", code: "export async function f(users: User[]) { const jobs = users.map(async (user) => load(user)); return Promise.all(jobs); }" },
  { ...server, name: "a list of promises that is returned", code: "export const f = (users: User[]) => users.map(async (user) => load(user));" },
  { ...server, name: "a loop", code: "export async function f(users: User[]) { for (const user of users) await mail(user); }" },
  { ...server, name: "callbacks that do not wait for anything", code: "export const f = (users: User[]) => { users.forEach(async (user) => { names.push(user.name); }); };" },
  { ...server, name: "callbacks that are not asynchronous", code: "export const f = (users: User[]) => { users.forEach((user) => mail(user)); return users.filter((user) => user.active); };" },
  { ...client, name: "each upload tells of its own failure, and nobody waits for all of them", code: "export const f = (files: File[]) => { files.forEach(async (file) => { try { await upload(file); } catch (error) { show(error); } }); };" },
  { ...server, name: "each message keeps its own failure, and nothing is answered", code: "export function publish(ids: Set<string>) { ids.forEach(async (id) => { try { await send(id); } catch (error) { log(error); } }); }" },
  { ...client, name: "each upload has a catch of its own", code: "export const f = (files: File[]) => { files.forEach(async (file) => { await upload(file).catch(show); }); };" },
  { ...server, name: "a function that is not asynchronous behind a name", code: "function mail(user) { return send(user); }\nexport const f = (users: User[]) => { users.forEach(mail); };" },
];

const others: Valid<[]>[] = [
  { ...client, name: "a call of a function that keeps its failures, as the last thing", code: previews("return { kind };") },
  { ...server, name: "p-map", code: `import pMap from "p-map";\nexport const f = async (users) => { await pMap(users, async (user) => mail(user)); };` },
  { ...server, name: "p-iteration, whose forEach takes the list", code: `import { forEach, filter } from "p-iteration";\nexport const f = async (users) => { await forEach(users, async (user) => mail(user)); return filter(users, async (user) => load(user)); };` },
  { ...server, name: "Bluebird", code: `import Bluebird from "bluebird";\nexport const f = (users) => Bluebird.resolve(users).filter(async (user) => load(user));` },
  { ...server, name: "async", code: `import async from "async";\nexport const f = async (users) => { await async.forEach(users, async (user) => mail(user)); };` },
  { ...server, name: "RxJS", code: `import { from } from "rxjs";\nexport const f = (users) => { from(users).forEach(async (user) => mail(user)); };` },
  { ...server, name: "a stream of Node, which waits", code: `import { Readable } from "node:stream";\nexport const f = async (users) => { await Readable.from(users).filter(async (user) => load(user)).forEach(async (user) => { await mail(user); }); };` },
  { ...server, name: "a file that is read as a stream", code: `import { createReadStream } from "node:fs";\nexport const f = async () => { const stream = createReadStream("a"); await stream.forEach(async (chunk) => { await store(chunk); }); };` },
  { ...server, name: "an unknown forEach that is awaited may wait", code: "export async function f(cursor) { await cursor.forEach(async (row) => { await store(row); }); }" },
  { ...server, name: "an unknown filter that is awaited may wait", code: "export async function f(elements) { const shown = elements.filter(async (element) => element.isShown()); return (await shown).length; }" },
  { ...server, name: "a query with a callback", code: "export const f = (res) => { User.find(async (error, users) => { await audit(users); res.json(users); }); };" },
  { ...server, name: "a function that takes a callback and is called find", code: "export function f(casl) { return casl.find(async () => { await load(); }); }" },
  { ...server, name: "a list of the project's own, which waits", code: "class Batch { async forEach(work) { for (const item of this.items) await work(item); } }\nconst batch = new Batch();\nexport const f = () => { batch.forEach(async (item) => { await mail(item); }); };" },
  { ...server, name: "elements of a page under test", code: "export const f = async () => { const shown = $$('li').filter(async (element) => { return await element.isDisplayed(); }).map((element) => element); return shown; };" },
  { name: "a test", filename: "src/orders.test.ts", code: "[1, 2].forEach(async (id) => { await order(id); });" },
  { name: "a script", filename: "scripts/import.ts", code: "[1, 2].forEach(async (id) => { await order(id); });" },
];

const halfTyped: Valid<[]>[] = ["users.forEach()", "users.forEach(async)", "users.forEach(async () => {})", "users[name](async () => { await a; })", "forEach(async () => { await a; })", "users.map", "users.filter(...callbacks)"].map((code) => ({
  ...server,
  name: `half-typed: ${code}`,
  code: `export function f(users) { ${code}; }`,
}));

const lost = (method: string, ...suggestions: [MessageId, string][]): Invalid<MessageId, []>["errors"][number] => ({
  messageId: "lost",
  data: { method, failure: "ends the process" },
  suggestions: suggestions.map(([messageId, output]) => ({ messageId, output })),
});

/** The same, where no failure leaves the callback, or nothing is known of where it comes to. */
const lostToNobody = (method: string, ...suggestions: [MessageId, string][]): Invalid<MessageId, []>["errors"][number] => ({ ...lost(method, ...suggestions), data: { method, failure: "comes to nobody" } });

const losing: Invalid<MessageId, []>[] = [
  { ...client, name: "a call of a function that throws its failures on", code: previews("throw error;"), errors: [{ messageId: "lost", data: { method: "forEach", failure: "comes to nobody" } }] },
  { ...client, name: "a call of a function that keeps its failures, and what is said before it is done", code: previews("return { kind };", `\n    notify("Drawn");`), errors: [{ messageId: "lost", data: { method: "forEach", failure: "comes to nobody" } }] },
  {
    ...server,
    name: "forEach",
    code: "export async function f(users: User[]) {\n  users.forEach(async (user) => {\n    await mail(user);\n  });\n}",
    errors: [
      {
        ...lost(
          "forEach",
          ["useLoop", "export async function f(users: User[]) {\n  for (const user of users) {\n    await mail(user);\n  }\n}"],
          ["useAll", "export async function f(users: User[]) {\n  await Promise.all(users.map(async (user) => {\n    await mail(user);\n  }));\n}"],
        ),
        line: 2,
        column: 9,
        endColumn: 16,
      },
    ],
  },
  {
    ...server,
    name: "a list that nothing is known of",
    code: "export async function f(users) { users.forEach(async (user) => mail(user)); }",
    errors: [
      lostToNobody(
        "forEach",
        ["useLoop", "export async function f(users) { for (const user of users) await mail(user); }"],
        ["useAll", "export async function f(users) { await Promise.all(users.map(async (user) => mail(user))); }"],
      ),
    ],
  },
  {
    ...server,
    name: "a return goes on with the next item",
    code: "export async function f(users) { users.forEach(async ({ email, active }: User) => { if (!active) return; await mail(email); }); }",
    errors: [
      lost(
        "forEach",
        ["useLoop", "export async function f(users) { for (const { email, active } of users) { if (!active) continue; await mail(email); } }"],
        ["useAll", "export async function f(users) { await Promise.all(users.map(async ({ email, active }: User) => { if (!active) return; await mail(email); })); }"],
      ),
    ],
  },
  {
    ...server,
    name: "a return out of a loop within, which is no loop's continue",
    code: "export async function f(users) { users.forEach(async (user) => { for (const tag of user.tags) { if (await has(tag)) return; } }); }",
    errors: [lost("forEach", ["useAll", "export async function f(users) { await Promise.all(users.map(async (user) => { for (const tag of user.tags) { if (await has(tag)) return; } })); }"])],
  },
  {
    ...server,
    name: "the item has the name of the list",
    code: "export async function f(node) { node.children.forEach(async (node) => { await visit(node); }); }",
    errors: [lost("forEach", ["useAll", "export async function f(node) { await Promise.all(node.children.map(async (node) => { await visit(node); })); }"])],
  },
  { ...server, name: "where nothing can be awaited", code: "export function f(users) { users.forEach(async (user) => { await mail(user); }); }", errors: [lost("forEach")] },
  { ...server, name: "a list that may be missing", code: "export async function f(users) { users?.forEach(async (user) => { await mail(user); }); }", errors: [lost("forEach")] },
  {
    filename: "app/api/orders/route.ts",
    name: "failures are kept, and the answer is sent before the work is done",
    code: "export async function POST(request) { const users = await request.json(); users.forEach(async (user, index) => { try { await mail(user); } catch (error) { log(error); } }); return new Response(); }",
    errors: [lostToNobody("forEach", ["useAll", "export async function POST(request) { const users = await request.json(); await Promise.all(users.map(async (user, index) => { try { await mail(user); } catch (error) { log(error); } })); return new Response(); }"])],
  },
  {
    ...client,
    name: "failures are kept, and what the callbacks gather is read at once",
    code: "export async function f(files: File[]) { const names = []; files.forEach(async (file, index) => { try { names.push(await upload(file)); } catch (error) { show(error); } }); return names; }",
    errors: [lostToNobody("forEach", ["useAll", "export async function f(files: File[]) { const names = []; await Promise.all(files.map(async (file, index) => { try { names.push(await upload(file)); } catch (error) { show(error); } })); return names; }"])],
  },
  {
    ...server,
    name: "an await that has nothing to wait for",
    code: "export async function f(users: readonly User[]) { await users.forEach(async (user) => { await mail(user); }); }",
    errors: [
      lost(
        "forEach",
        ["useLoop", "export async function f(users: readonly User[]) { for (const user of users) { await mail(user); } }"],
        ["useAll", "export async function f(users: readonly User[]) { await Promise.all(users.map(async (user) => { await mail(user); })); }"],
      ),
    ],
  },
  {
    ...server,
    name: "an asynchronous function of the file by its name",
    code: "async function mail(user) { await send(user.email); }\nexport async function f(users) { users.forEach(mail); }",
    errors: [lost("forEach", ["useAll", "async function mail(user) { await send(user.email); }\nexport async function f(users) { await Promise.all(users.map(mail)); }"])],
  },
  {
    ...server,
    name: "the entries of an object",
    code: "export async function f(totals) { Object.entries(totals).forEach(async ([year, total]) => { await save(year, total); }); }",
    errors: [
      lost(
        "forEach",
        ["useLoop", "export async function f(totals) { for (const [year, total] of Object.entries(totals)) { await save(year, total); } }"],
        ["useAll", "export async function f(totals) { await Promise.all(Object.entries(totals).map(async ([year, total]) => { await save(year, total); })); }"],
      ),
    ],
  },
  {
    ...server,
    name: "a set, which has no map",
    code: "export async function f() { const ids = new Set<string>(); ids.forEach(async (id) => { await save(id); }); }",
    errors: [lost("forEach", ["useLoop", "export async function f() { const ids = new Set<string>(); for (const id of ids) { await save(id); } }"])],
  },
  {
    ...server,
    name: "a map whose promises nobody takes",
    code: "export async function f(users) { users.map(async (user) => { await mail(user); }); }",
    errors: [
      lost(
        "map",
        ["useLoop", "export async function f(users) { for (const user of users) { await mail(user); } }"],
        ["useAll", "export async function f(users) { await Promise.all(users.map(async (user) => { await mail(user); })); }"],
      ),
    ],
  },
  {
    ...server,
    name: "an await of a list of promises",
    code: "export async function f(users: User[]) { const found = await users.map(async (user) => load(user)); return found.length; }",
    errors: [lostToNobody("map", ["useAll", "export async function f(users: User[]) { const found = await Promise.all(users.map(async (user) => load(user))); return found.length; }"])],
  },
  {
    ...server,
    name: "rows of a query",
    code: `${prisma}export async function f() { const users = await prisma.user.findMany({ take: 10 }); users.forEach(async (user) => { await mail(user); }); }`,
    errors: [
      lost(
        "forEach",
        ["useLoop", `${prisma}export async function f() { const users = await prisma.user.findMany({ take: 10 }); for (const user of users) { await mail(user); } }`],
        ["useAll", `${prisma}export async function f() { const users = await prisma.user.findMany({ take: 10 }); await Promise.all(users.map(async (user) => { await mail(user); })); }`],
      ),
    ],
  },
  { ...client, name: "in the browser, where nobody is told of the failure", code: "export const f = (files: File[]) => { files.forEach(async (file) => { await upload(file); }); };", errors: [lostToNobody("forEach")] },
];

const truthy = (method: string, outcome: string, output?: string): Invalid<MessageId, []>["errors"][number] => ({
  messageId: "truthy",
  data: { method, outcome },
  suggestions: output === undefined ? [] : [{ messageId: "useAnswers", data: { method }, output }],
});

const mistaken: Invalid<MessageId, []>[] = [
  { ...server, name: "filter", code: "export async function f(users: User[]) { return users.filter(async (user) => await isActive(user)); }", errors: [truthy("filter", "every item stays")] },
  { ...server, name: "filter of a list that nothing is known of, whose result is used at once", code: "export function f(tables) { const free = tables.filter(async (table) => !(await booked(table))); return free.length; }", errors: [truthy("filter", "every item stays")] },
  {
    ...server,
    name: "some",
    code: "export async function f(roles) { if (roles.some(async (role) => await allows(role))) open(); }",
    errors: [truthy("some", "the first item decides that there is one", "export async function f(roles) { if ((await Promise.all(roles.map(async (role) => await allows(role)))).some(Boolean)) open(); }")],
  },
  {
    ...server,
    name: "every",
    code: "export async function f(roles: string[]) { return roles.every(async (role) => allows(role)); }",
    errors: [truthy("every", "all items pass", "export async function f(roles: string[]) { return (await Promise.all(roles.map(async (role) => allows(role)))).every(Boolean); }")],
  },
  { ...server, name: "find", code: "export async function f(hosts: string[]) { return hosts.find(async (host) => await ping(host)); }", errors: [truthy("find", "the first item is found")] },
  { ...server, name: "findLastIndex", code: "export const f = () => ['a', 'b'].findLastIndex(async (host) => await ping(host));", errors: [truthy("findLastIndex", "the last item is found")] },
  { ...server, name: "sort", code: "export const f = (users) => users.sort(async (a, b) => (await score(a)) - (await score(b)));", errors: [{ messageId: "unsorted", data: { method: "sort", outcome: "the items stay in the order that they had" }, suggestions: [] }] },
];

ruleTester.run("no-async-array-callback", rule, { valid: [...waitedFor, ...others, ...halfTyped], invalid: [...losing, ...mistaken] });
