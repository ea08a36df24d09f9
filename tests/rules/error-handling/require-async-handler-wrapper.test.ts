import rule from "../../../src/rules/error-handling/require-async-handler-wrapper.js";
import { type Invalid, ruleTester, type Valid } from "../../support/rule-tester.js";

type MessageId = "lost" | "passOn";

const app = `import express from "express";\nimport { Pool } from "pg";\nconst pool = new Pool();\nconst app = express();\n`;
const router = `const { Router } = require("express");\nconst { Pool } = require("pg");\nconst pool = new Pool();\nconst router = Router();\n`;
const handlers = `import express from "express";\nimport { caught, listUsers, login, ping, showUser, users } from "./users";\nconst app = express();\n`;

const four = { filename: "src/server.ts", project: "express-4" } as const;

const handled: Valid<[]>[] = [
  { ...four, name: "a try around all of it that passes failures on", code: `${app}app.get("/", async (req, res, next) => { try { const { rows } = await pool.query("SELECT 1"); res.json(rows); } catch (error) { next(error); } });` },
  { ...four, name: "a try around all of it that answers", code: `${app}app.get("/", async (req, res) => { const { id } = req.query; try { res.json(await pool.query("SELECT $1", [id])); } catch { res.status(500).end(); } });` },
  { ...four, name: "each call has a catch of its own", code: `${app}app.get("/", async (req, res, next) => { const found = await pool.query("SELECT 1").catch(next); res.json(found); });` },
  { ...four, name: "a wrapper of the file", code: `${app}const caught = (handler) => (req, res, next) => handler(req, res, next).catch(next);\napp.get("/", caught(async (req, res) => { res.json(await pool.query("SELECT 1")); }));` },
  { ...four, name: "a wrapper of a package", code: `${app}import asyncHandler from "express-async-handler";\napp.get("/", asyncHandler(async (req, res) => { res.json(await pool.query("SELECT 1")); }));` },
  { ...four, name: "wrapped where it is defined", code: `${app}import { catchAsync } from "./catch-async";\nconst list = catchAsync(async (req, res) => { res.json(await pool.query("SELECT 1")); });\napp.get("/", list);` },
  { ...four, name: "wrapped where it is registered", code: `${handlers}app.get("/", caught(listUsers));\napp.post("/login", caught(login()));` },
  { ...four, name: "a handler of another file that passes failures on", code: `${handlers}app.get("/:id", showUser);` },
  { ...four, name: "an await of what keeps its failures", code: `${handlers}app.get("/health", async (req, res) => { res.json({ up: await ping() }); });` },
  { ...four, name: "nothing is awaited", code: `${app}app.get("/", async (req, res) => { res.json({ up: true }); });` },
  { ...four, name: "an await of the answer itself", code: `${app}app.use(async (req, res, next) => { await next(); });\napp.get("/", async (req, res) => { return await res.status(200).json({}); });` },
  { ...four, name: "handlers that are not asynchronous", code: `${app}app.get("/", (req, res, next) => { pool.query("SELECT 1").then(({ rows }) => res.json(rows)).catch(next); });` },
];

const others: Valid<[]>[] = [
  { filename: "src/server.ts", project: "express", name: "Express 5 passes rejections on", code: `${app}app.get("/", async (req, res) => { res.json(await pool.query("SELECT 1")); });` },
  { filename: "src/server.ts", project: "express-4-patched", name: "express-async-errors does", code: `${app}app.get("/", async (req, res) => { res.json(await pool.query("SELECT 1")); });` },
  { filename: "src/server.ts", name: "an unknown version", code: `${app}app.get("/", async (req, res) => { res.json(await pool.query("SELECT 1")); });` },
  { ...four, name: "a router that awaits its handlers", code: `import Router from "express-promise-router";\nimport "express";\nimport { Pool } from "pg";\nconst pool = new Pool();\nconst router = Router();\nrouter.get("/", async (req, res) => { res.json(await pool.query("SELECT 1")); });` },
  { ...four, name: "a hook of an upload server, which takes a request and a response", code: `${app}import { Server } from "@tus/server";\nexport const tus = new Server({ onUploadFinish: async (req, res, upload) => { await pool.query("SELECT 1"); return res; } });` },
  { ...four, name: "a function that takes a request and a response, and nobody registers here", code: `import type { Request, Response } from "express";\nimport { Pool } from "pg";\nconst pool = new Pool();\nexport const list = async (req: Request, res: Response) => { res.json(await pool.query("SELECT 1")); };` },
  { ...four, filename: "routes/orders.js", name: "a router that nobody mounts", code: `${router}router.post("/", async function (req, res) { await pool.query("DELETE FROM carts"); res.end(); });\nmodule.exports = router;` },
  { ...four, name: "somebody else's app", code: `import { app } from "./express-app";\nimport { Pool } from "pg";\nconst pool = new Pool();\napp.get("/", async (req, res) => { res.json(await pool.query("SELECT 1")); });` },
  { ...four, filename: "src/server.test.ts", name: "a test", code: `${app}app.get("/", async (req, res) => { res.json(await pool.query("SELECT 1")); });` },
];

const halfTyped: Valid<[]>[] = ["app.get()", `app.get("/")`, `app.get("/", async)`, `app.get("/", async () => {})`, `app.get("/", [])`, `app.get("/", [,])`, `app.get("/", ...handlers)`, "app[name](async () => { await a; })"].map((code) => ({
  ...four,
  name: `half-typed: ${code}`,
  code: `${app}${code};`,
}));

type Errors = Invalid<MessageId, []>["errors"];

const lost = (call: string, output: string | null, outcome = ", and Node ends the process"): Errors[number] => ({
  messageId: "lost",
  data: { framework: "Express 4", call, outcome },
  suggestions: output === null ? [] : [{ messageId: "passOn", output }],
});

const invalid: Invalid<MessageId, []>[] = [
  {
    ...four,
    name: "a handler in place",
    code: `${app}app.get("/", async (req, res) => { const { rows } = await pool.query("SELECT 1"); res.json(rows); });`,
    errors: [
      {
        ...lost("pool.query", `${app}app.get("/", async (req, res, next) => { try { const { rows } = await pool.query("SELECT 1"); res.json(rows); } catch (error) { next(error); } });`),
        line: 5,
        column: 59,
        endColumn: 69,
      },
    ],
  },
  {
    ...four,
    filename: "routes/index.js",
    name: "a router in CommonJS, with middleware before",
    code: `${router}router.post("/", authenticate, async function (req, res, next) { await pool.query("DELETE FROM carts"); res.end(); });`,
    errors: [lost("pool.query", `${router}router.post("/", authenticate, async function (req, res, next) { try { await pool.query("DELETE FROM carts"); res.end(); } catch (error) { next(error); } });`)],
  },
  {
    ...four,
    name: "an await before the try",
    code: `${app}app.get("/", async (req, res, next) => { const user = await load(req); try { res.json(await pool.query("SELECT 1")); } catch (error) { next(error); } });`,
    errors: [lost("load", `${app}app.get("/", async (req, res, next) => { try { const user = await load(req); try { res.json(await pool.query("SELECT 1")); } catch (error) { next(error); } } catch (error) { next(error); } });`)],
  },
  {
    ...four,
    name: "a catch that only throws on",
    code: `${app}app.get("/", async (req, res, next) => { try { res.json(await pool.query("SELECT 1")); } catch (error) { throw error; } });`,
    errors: [lost("pool.query", `${app}app.get("/", async (req, res, next) => { try { try { res.json(await pool.query("SELECT 1")); } catch (error) { throw error; } } catch (error) { next(error); } });`)],
  },
  { ...four, name: "typed parameters, to which `next` cannot be added without its type", code: `${app}import type { Request, Response } from "express";\napp.get("/", async (req: Request, res: Response) => { res.json(await pool.query("SELECT 1")); });`, errors: [lost("pool.query", null)] },
  { ...four, name: "a handler by its name, once for all its routes", code: `${app}async function list(req, res) { res.json(await pool.query("SELECT 1")); }\napp.get("/", list);\napp.get("/all", list);`, errors: [{ ...lost("pool.query", `${app}async function list(req, res, next) { try { res.json(await pool.query("SELECT 1")); } catch (error) { next(error); } }\napp.get("/", list);\napp.get("/all", list);`), line: 5 }] },
  { ...four, name: "a handler of another file", code: `${handlers}app.get("/", listUsers);`, errors: [{ ...lost("pool.query", null), line: 4, column: 14, endColumn: 23 }] },
  { ...four, name: "a handler that another file makes", code: `${handlers}app.post("/login", login());`, errors: [lost("pool.query", null)] },
  { ...four, name: "a method that is bound", code: `${handlers}app.delete("/:id", users.remove.bind(users));`, errors: [lost("pool.query", null)] },
  { ...four, name: "middleware", code: `${app}app.use(async (req, res, next) => { req.user = await pool.query("SELECT 1"); next(); });`, errors: [lost("pool.query", `${app}app.use(async (req, res, next) => { try { req.user = await pool.query("SELECT 1"); next(); } catch (error) { next(error); } });`)] },
  { ...four, name: "one of a list", code: `${app}app.get("/", [authenticate, async (req, res, next) => { await audit(req); next(); }]);`, errors: [lost("audit", `${app}app.get("/", [authenticate, async (req, res, next) => { try { await audit(req); next(); } catch (error) { next(error); } }]);`)] },
  { ...four, name: "a chain of routes", code: `${app}app.route("/").get(async (req, res, next) => { res.json(await pool.query("SELECT 1")); });`, errors: [lost("pool.query", `${app}app.route("/").get(async (req, res, next) => { try { res.json(await pool.query("SELECT 1")); } catch (error) { next(error); } });`)] },
  { ...four, name: "an error handler", code: `${app}app.use(async (error, req, res, next) => { await pool.query("SELECT 1"); next(error); });`, errors: [lost("pool.query", `${app}app.use(async (error, req, res, next) => { try { await pool.query("SELECT 1"); next(error); } catch (error) { next(error); } });`)] },
];

ruleTester.run("require-async-handler-wrapper", rule, { valid: [...handled, ...others, ...halfTyped], invalid });
