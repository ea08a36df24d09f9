import { expect, test } from "vitest";

import type { Finding } from "../../src/review/model.js";
import { appWith } from "../support/app.js";

const handler = (name: string, from = "./mail.js"): string => `import { Router } from "express";
import { ${name} } from "${from}";

export const router = Router();

router.post("/${name}", async (request, response) => {
  response.json(await ${name}(request.body.address));
});
`;

const mail = `const send = async (path, address) => {
  const answer = await fetch(\`https://mail.example.com/\${path}\`, { method: "POST", body: address });
  return answer.ok;
};

export const welcome = (address) => send("welcome", address);

export async function remind(address) {
  const answer = await fetch("https://mail.example.com/remind", { method: "POST", body: address });
  return answer.ok;
}
`;

const app = {
  "package.json": JSON.stringify({ name: "shop", private: true, dependencies: { express: "^5.1.0" } }),
  "server/mail.js": mail,
  "server/one.js": handler("welcome"),
  "server/two.js": handler("welcome"),
  "server/three.js": handler("remind"),
};

const slow = (findings: readonly Finding[]): Finding[] => findings.filter(({ rule }) => rule === "require-request-timeout").sort((one, other) => one.line - other.line);

test("what leads to a function is counted, and not what leads to its file", async () => {
  const { findings } = await appWith(app).review();
  expect(slow(findings).map(({ reachedFrom }) => reachedFrom)).toEqual([2, 1]);
});

test("a file that hands everything on is looked through", async () => {
  const { findings } = await appWith({ ...app, "server/index.js": 'export * from "./mail.js";\n', "server/two.js": handler("welcome", "./index.js") }).review();
  expect(slow(findings).map(({ reachedFrom }) => reachedFrom)).toEqual([2, 1]);
});

test("what only types are taken from is not reached", async () => {
  const { findings } = await appWith({ ...app, "server/two.ts": `import type { remind } from "./mail.js";\n${handler("welcome")}export type Remind = typeof remind;\n` }).review();
  expect(slow(findings).map(({ reachedFrom }) => reachedFrom)).toEqual([3, 1]);
});

test("a function that nothing calls is code of the server", async () => {
  const { findings } = await appWith({ ...app, "server/three.js": handler("welcome") }).review();
  expect(slow(findings).map(({ reachedFrom, exposure }) => [reachedFrom, exposure])).toEqual([[3, "reached"], [0, "server"]]);
});

test("a small app beside the main one weighs less", async () => {
  const routes = Array.from({ length: 40 }, (_, index) => `router.get("/things/${index}", (request, response) => response.json(${index}));`).join("\n");
  const call = 'router.get("/stars", async (request, response) => { const answer = await fetch("https://api.example.com/stars"); response.json(answer.ok); });';
  const of = (name: string, body: string): Record<string, string> => ({
    [`apps/${name}/package.json`]: JSON.stringify({ name, private: true, dependencies: { express: "^5.1.0" } }),
    [`apps/${name}/server/routes.js`]: `import { Router } from "express";\n\nexport const router = Router();\n${body}\n`,
  });
  const { findings } = await appWith({ "package.json": JSON.stringify({ private: true, workspaces: ["apps/*"] }), ...of("shop", `${routes}\n${call}`), ...of("stars", call) }).review();
  expect(slow(findings).map(({ file, exposure }) => [file, exposure]).sort()).toEqual([
    ["apps/shop/server/routes.js", "entry"],
    ["apps/stars/server/routes.js", "aside"],
  ]);
});

test("a table that no code names weighs less", async () => {
  const files = {
    "package.json": JSON.stringify({ name: "shop", private: true, dependencies: { "@supabase/supabase-js": "^2.0.0" } }),
    "supabase/migrations/1_tables.sql": "create table public.orders (id uuid primary key, total int);\ncreate table public.leftovers (id uuid primary key, total int);\n",
    "server/orders.js": 'import { createClient } from "@supabase/supabase-js";\n\nconst supabase = createClient(process.env.URL, process.env.KEY, { global: {} });\n\nexport const orders = () => supabase.from("orders").select("id");\n',
  };
  const { findings } = await appWith(files).review({ only: ["require-rls"] });
  expect(findings.map(({ line, exposure }) => [line, exposure])).toEqual([[1, "public"], [2, "unused"]]);
});

test("what the handlers of five files use is shared by many", async () => {
  const handlers = Object.fromEntries(["four", "five", "six"].map((name) => [`server/${name}.js`, handler("welcome")]));
  const { findings } = await appWith({ ...app, ...handlers }).review();
  expect(slow(findings).map(({ reachedFrom, exposure }) => [reachedFrom, exposure])).toEqual([[5, "shared"], [1, "reached"]]);
});

test("tables that are changed when the app starts are part of every start", async () => {
  const files = {
    "package.json": JSON.stringify({ name: "shop", private: true, dependencies: { typeorm: "^0.3.0", express: "^5.1.0" } }),
    "server/data-source.ts": 'import { DataSource } from "typeorm";\n\nexport const source = new DataSource({ type: "postgres", url: process.env.DATABASE_URL, entities: [], synchronize: true });\n',
  };
  const { findings } = await appWith(files).review({ only: ["no-schema-sync"] });
  expect(findings.map(({ exposure, bucket }) => [exposure, bucket])).toEqual([["everywhere", "now"]]);
});

test("what a statement hands on in ways that cannot be followed is counted by files", async () => {
  const files = {
    ...app,
    "server/three.js": handler("welcome"),
    "server/registry.js": 'import { remind } from "./mail.js";\n\nexport const registry = new Map();\nregistry.set("remind", remind);\n',
    "server/four.js": `import { registry } from "./registry.js";\n${handler("welcome")}router.get("/", (request, response) => response.json([...registry.keys()]));\n`,
  };
  const { findings } = await appWith(files).review();
  expect(slow(findings).map(({ reachedFrom }) => reachedFrom)).toEqual([4, 1]);
});

test("a file that was put aside weighs little, and one that archives something is like any other", async () => {
  const call = 'export const { length } = "x";\nexport const load = async () => (await fetch("https://api.example.com/list")).ok;\nprocess.env.PORT;\n';
  const { findings } = await appWith({ "package.json": app["package.json"], "server/list.backup/load.js": call, "server/load-old.js": call, "server/archive.js": call, "server/backup.js": call }).review();
  expect(slow(findings).map(({ file, exposure }) => [file, exposure === "unused"]).sort()).toEqual([
    ["server/archive.js", false],
    ["server/backup.js", false],
    ["server/list.backup/load.js", true],
    ["server/load-old.js", true],
  ]);
});
