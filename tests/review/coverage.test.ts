import { expect, test } from "vitest";

import type { Coverage } from "../../src/review/model.js";
import { appWith, type Files } from "../support/app.js";

const json = (value: object): string => JSON.stringify(value);

const orders = "create table orders (id int primary key, customer text, reference text, seal_number text);\n";
const columns = 'export const columns = ["orders", "customer", "reference"];\n';
const route = 'import express from "express";\nconst app = express();\napp.get("/", (request, response) => response.end(process.env.TITLE));\n';

const said = async (files: Files, topic: string): Promise<Pick<Coverage, "found" | "total" | "note"> | null> => {
  const { good } = await appWith(files).review({ only: ["require-lockfile"] });
  const own = good.find((each) => each.topic === topic);
  return own ? { found: own.found, total: own.total, note: own.note } : null;
};

const named = "Columns that code names";
const checked = "The environment is checked at the start";

test("columns that no code names are told apart", async () => {
  const files = { "package.json": "{}", "migrations/1_orders.sql": orders, "src/orders.js": columns };
  expect(await said(files, named)).toEqual({ found: 3, total: 4, note: "not orders.seal_number" });
  expect(await said({ ...files, "src/seals.js": "export const seal = ({ seal_number }) => seal_number;\n" }, named)).toEqual({ found: 4, total: 4, note: null });
});

test("nothing is said of columns where rows are asked for in other ways", async () => {
  expect(await said({ "package.json": "{}", "migrations/1_orders.sql": orders, "src/orders.js": 'export const orders = (db) => db.query("select * from orders");\n' }, named)).toBeNull();
});

test("columns that point at another table may be used through that", async () => {
  const files = { "package.json": "{}", "migrations/1_orders.sql": `create table teams (id int primary key);\ncreate table orders (id int primary key, team_ref int references teams (id));\n`, "src/orders.js": 'export const tables = ["orders", "teams"];\n' };
  expect(await said(files, named)).toEqual({ found: 3, total: 3, note: null });
});

test("tables that nothing creates count neither for nor against", async () => {
  const keys = "Tables with a primary key";
  const files: Files = { "package.json": "{}", "supabase/config.toml": "", "supabase/migrations/1_notes.sql": "create table notes (id int primary key);\ncreate table visits (at timestamptz);\nalter table orders add column paid boolean;\nalter table seats enable row level security;\nalter table rooms add primary key (id);\n" };
  expect(await said(files, keys)).toEqual({ found: 2, total: 3, note: "nothing here creates orders and seats" });
});

test("what checks the environment at the start is named, where something loads it", async () => {
  const check = 'import { z } from "zod";\nexport const env = z.object({}).parse(process.env);\n';
  const server = (more: Files = {}, first = ""): Files => ({ "package.json": json({ name: "shop", dependencies: { express: "^5.1.0", envalid: "^8.0.0", zod: "^4.0.0" } }), "src/server.js": `${first}${route}`, ...more });
  const no = { found: 0, total: 1, note: null };
  // A dependency that nobody uses, and a file that nobody loads, check nothing.
  expect(await said(server(), checked)).toEqual(no);
  expect(await said(server({ "src/env.js": check }), checked)).toEqual(no);
  expect(await said(server({ "src/env.js": check }, 'import "./env.js";\n'), checked)).toEqual({ found: 1, total: 1, note: "src/env.js" });
  const lazy = 'export function checkEnv() {\n  for (const name of ["A", "B"]) if (!process.env[name]) throw new Error(name);\n}\n';
  expect(await said(server({ "src/env.js": lazy }, 'import { checkEnv } from "./env.js";\napp.post("/", () => checkEnv());\n'), checked)).toEqual(no);
  expect(await said(server({ "src/env.js": lazy }, 'import { checkEnv } from "./env.js";\ncheckEnv();\n'), checked)).toEqual({ found: 1, total: 1, note: "src/env.js" });
  expect(await said(server({ "src/store.js": 'if (!process.env.STORE) throw new Error("no store");\nexport const store = process.env.STORE;\n' }, 'import { store } from "./store.js";\n'), checked)).toEqual({ ...no, note: "only single variables, as in src/store.js" });
});

test("what nothing leads to is counted, and not asked about", async () => {
  const used = Object.fromEntries(Array.from({ length: 8 }, (_, index) => [`src/step${index}.js`, `import "./step${index + 1}.js";\n`]));
  const files: Files = { "package.json": json({ name: "shop", dependencies: { express: "^5.1.0" } }), "src/server.js": `import "./step0.js";\n${route}`, ...used, "src/step8.js": "export {};\n" };
  const topic = "Files that something leads to";
  expect(await said(files, topic)).toBeNull();
  const old: Files = { "src/old-server.js": `${route}console.log("ready");\n` };
  expect(await said({ ...files, ...old }, topic)).toEqual({ found: 10, total: 11, note: "nothing is reported in src/old-server.js" });
  expect(await said({ ...files, ...old }, "Lines of the server's log that are structured")).toBeNull();
});
