import rule from "../../../src/rules/error-handling/no-swallowed-error.js";
import { ruleTester } from "../../support/rule-tester.js";

const route = { filename: "app/api/orders/route.ts", project: "next" } as const;
const api = { filename: "pages/api/orders.ts", project: "next" } as const;
const edge = { filename: "supabase/functions/send/index.ts" } as const;
const express = { filename: "src/server.ts", project: "express" } as const;

const next = `import { NextResponse } from "next/server";\n`;
const app = `import express from "express";\nconst app = express();\n`;

/** A route handler of Next whose catch has these statements. */
const caught = (statements: string, binding = "(error) "): string => `${next}export async function GET() {
  try {
    return NextResponse.json(await load());
  } catch ${binding}{
    ${statements}
  }
}`;

/** A route handler of Next that reads a header and calls a function which throws its failures on. */
const reminded = (statements: string): string => `${next}async function remind() { try { return await sendAll(); } catch (error) { throw new Error("Reminders", { cause: error }); } }
export async function GET(request: Request) {
  try {
    if (request.headers.get("authorization") !== "x") return NextResponse.json({}, { status: 401 });
    return NextResponse.json({ sent: await remind() });
  } catch (error) {
    ${statements}
  }
}`;

const failed = `return NextResponse.json({ error: "Could not load orders" }, { status: 500 });`;

/** A handler of Next's pages, which answers through \`res\`. */
const handler = (body: string): string => `export default async function handler(req, res) { ${body} }`;

const lost = (call = "NextResponse.json", status = 500) => ({ messageId: "lost", data: { call, status } }) as const;

ruleTester.run("no-swallowed-error", rule, {
  valid: [
    { name: "a function that keeps its failures is all that is tried", code: `async function probe() { try { await load(); return true; } catch (error) { console.error(error); return false; } }\n${handler("try { const ok = await probe(); res.json({ ok }); } catch (error) { res.status(500).json({ error: 'Failed' }); }")}`, ...api },
    { name: "a header is read, and a function that keeps its failures is called", code: `${next}async function remind() { try { return await sendAll(); } catch (error) { console.error(error); return 0; } }\nexport async function GET(request: Request) { try { if (request.headers.get("authorization") !== "x") return NextResponse.json({}, { status: 401 }); const sent = await remind(); return NextResponse.json({ sent }); } catch { return NextResponse.json({ error: "Failed" }, { status: 500 }); } }`, ...route },
    { name: "nothing can fail", code: handler("try { const done = false; res.json({ done, at: new Date().toISOString() }); } catch (error) { res.status(500).json({ error: 'Failed' }); }"), ...api },
    { name: "one thing is tried, and the answer says why it fails", code: handler("let stripe; try { stripe = await getStripe(); } catch { return res.status(500).json({ error: 'Stripe is not configured' }); } res.json(await stripe.balance());"), ...api },
    { name: "the error is logged", code: caught(`console.error(error); ${failed}`), ...route },
    { name: "something is logged", code: caught(`logger.error("Could not load orders"); ${failed}`, ""), ...route },
    { name: "the error is reported", code: caught(`captureException(error); ${failed}`), ...route },
    { name: "the error is thrown on", code: caught(`if (isTransient(error)) { ${failed} } throw error;`), ...route },
    { name: "a function of the project may report it", code: caught(`await noteFailure(); ${failed}`), ...route },
    { name: "a mapping of errors that is made elsewhere", code: caught("return toResponse(error);"), ...route },
    { name: "the client is told", code: caught(`return NextResponse.json({ error: error.message }, { status: 500 });`), ...route },
    { name: "it is the client's fault", code: caught(`return NextResponse.json({ error: "Invalid order" }, { status: 400 });`), ...route },
    { name: "a status that the error has", code: caught(`return NextResponse.json({ error: "Failed" }, { status: error.status });`), ...route },
    { name: "known errors only", code: caught(`if (error instanceof TimeoutError) { ${failed} } throw error;`), ...route },
    { name: "a check of the server's health, by its file", code: caught(failed, ""), ...route, filename: "app/api/health/route.ts" },
    { name: "a check of the server's health, by its path", filename: "src/server/app.ts", code: `import express from "express";\nexport const app = express();\napp.get("/healthz", async (req, res) => {\n  try {\n    await ping();\n    res.json({ ok: true });\n  } catch {\n    res.status(500).json({ message: "Down" });\n  }\n});` },
    { name: "not ready, which is what a probe asks", code: caught(`return NextResponse.json({ ready: false }, { status: 503 });`, ""), ...route },
    {
      name: "the failure is the answer",
      code: `export async function GET() { try { const found = await find(); return Response.json({ isAvailable: found, at: 1 }); } catch { return Response.json({ isAvailable: false, at: 1 }, { status: 500 }); } }`,
      ...route,
    },
    { name: "a default is returned", code: `export async function load() { try { return await fetchOrders(); } catch { return []; } }`, ...route },
    { name: "in a browser", code: `"use client"; export async function f() { try { await load(); } catch { return new Response("Failed", { status: 500 }); } }`, filename: "components/x.tsx" },
    { name: "a helper that logs before it answers", code: `function failure() { console.error("request failed"); return new Response("Failed", { status: 500 }); }\nexport async function GET() { try { return await load(); } catch { return failure(); } }`, ...route },
    { name: "an error handler that logs", code: `${app}app.use((err, req, res, next) => { req.log.error(err); res.status(500).json({ error: "Failed" }); });`, ...express },
    { name: "an error handler that hands on", code: `${app}app.use((err, req, res, next) => { if (res.headersSent) return next(err); res.status(500).json({ error: "Failed" }); });`, ...express },
    { name: "an answer in the catch", code: handler(`try { res.json(await load()); } catch { res.status(404).end(); }`), ...api },
    { name: "an answer after the catch", code: handler(`let orders = []; try { orders = await load(); } catch {} res.json(orders);`), ...api },
    { name: "an answer after a catch whose block answers", code: handler(`try { const order = await load(); if (order) return res.json(order); } catch {} res.status(404).end();`), ...api },
    { name: "an answer in the end", code: handler(`try { res.status(200).json(await load()); } catch {} finally { res.end(); }`), ...api },
    { name: "an answer before anything can fail", code: handler(`res.json({ ok: true }); try { await load(); } catch {}`), ...api },
    { name: "an answer through a function of its own", code: handler(`const fail = () => res.status(400).end(); try { res.json(await load()); } catch { fail(); }`), ...api },
    { name: "an answer by somebody who is given the response", code: handler(`try { res.json(await load()); } catch (error) { answer(error, res); }`), ...api },
    { name: "the error goes to the error handler", code: `${app}app.get("/", async (req, res, next) => { try { res.json(await load()); } catch (error) { next(error); } });`, ...express },
    { name: "thrown once more", code: handler(`try { res.json(await load()); } catch (error) { throw error; }`), ...api },
    { name: "tried again", code: handler(`for (let i = 0; i < 3; i++) { try { return res.json(await load()); } catch {} } `), ...api },
    { name: "a stream that has begun", code: handler(`try { res.write("["); res.end(await load()); } catch {}`), ...api },
    { name: "a helper that says whether it answered", code: `import type { Request, Response } from "express"; export async function fromCache(req: Request, res: Response) { try { res.json(await load()); return true; } catch { return false; } }`, ...express },
    { name: "a framework that answers with what is returned", code: `export async function GET() { try { return Response.json(await load()); } catch {} }`, ...route },
    { name: "half-typed code", code: handler("try { await load( ); } catch { res. }").replace("res. ", "res "), ...api },
  ],
  invalid: [
    {
      name: "a header is read, and a function that throws its failures on is called",
      code: reminded(failed),
      ...route,
      errors: [{ ...lost(), suggestions: [{ messageId: "logError", output: reminded(`console.error("GET request failed", error);\n    ${failed}`) }] }],
    },
    {
      name: "a route of an app about people's health",
      code: caught(failed),
      ...route,
      filename: "app/api/health/records/route.ts",
      errors: [{ ...lost(), line: 5, suggestions: [{ messageId: "logError", output: caught(`console.error("GET request failed", error);\n    ${failed}`) }] }],
    },
    {
      name: "an answer that says nothing, and a log that says nothing",
      code: caught(failed),
      ...route,
      errors: [
        {
          ...lost(),
          line: 5,
          column: 5,
          endColumn: 18,
          suggestions: [{ messageId: "logError", output: caught(`console.error("GET request failed", error);\n    ${failed}`) }],
        },
      ],
    },
    {
      name: "an error without a name",
      code: caught(failed, ""),
      ...route,
      errors: [{ ...lost(), line: 5, column: 5, endColumn: 10, suggestions: [{ messageId: "logError", output: caught(`console.error("GET request failed", error);\n    ${failed}`) }] }],
    },
    {
      name: "known errors are told apart, and the rest is lost",
      code: caught(`if (error instanceof ZodError) { return NextResponse.json(error.issues, { status: 400 }); } ${failed}`),
      ...route,
      errors: [
        {
          ...lost(),
          suggestions: [{ messageId: "logError", output: caught(`console.error("GET request failed", error);\n    if (error instanceof ZodError) { return NextResponse.json(error.issues, { status: 400 }); } ${failed}`) }],
        },
      ],
    },
    {
      name: "what is cleaned up tells nobody",
      code: caught(`await client.close(); clearTimeout(timer); ${failed}`, ""),
      ...route,
      errors: [{ ...lost(), suggestions: [{ messageId: "logError", output: caught(`console.error("GET request failed", error);\n    await client.close(); clearTimeout(timer); ${failed}`) }] }],
    },
    {
      name: "through a helper",
      code: `const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });\nDeno.serve(async (req) => { try { return json(await send(req)); } catch (e) { return json({ error: "Failed" }, 500); } });`,
      ...edge,
      errors: [
        {
          ...lost("json"),
          suggestions: [
            {
              messageId: "logError",
              output: `const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });\nDeno.serve(async (req) => { try { return json(await send(req)); } catch (e) { console.error("Request failed", e); return json({ error: "Failed" }, 500); } });`,
            },
          ],
        },
      ],
    },
    {
      name: "the error handler of an application",
      code: `${app}app.use((err, req, res, next) => { res.status(500).json({ error: "Something went wrong" }); });`,
      ...express,
      errors: [
        {
          ...lost("res.json"),
          column: 10,
          suggestions: [{ messageId: "logError", output: `${app}app.use((err, req, res, next) => { console.error("Request failed", err); res.status(500).json({ error: "Something went wrong" }); });` }],
        },
      ],
    },
    {
      name: "a callback of a promise",
      code: `${app}app.get("/", (req, res) => { load().then((orders) => res.json(orders)).catch(() => res.status(502).end()); });`,
      ...express,
      errors: [lost("res.end", 502)],
    },
    {
      name: "a catch without an answer",
      code: handler(`try { res.json(await load()); } catch {}`),
      ...api,
      errors: [{ messageId: "hangs", data: { call: "res.json" }, column: 83, endColumn: 88 }],
    },
    {
      name: "a catch that only logs",
      code: `${app}app.get("/orders", async (req, res) => { try { res.json(await load()); } catch (error) { console.error(error); } });`,
      ...express,
      errors: [{ messageId: "hangs", data: { call: "res.json" } }],
    },
    {
      name: "a catch that gives back what nobody takes",
      code: `${app}app.get("/orders", async (req, res) => { try { return res.json(await load()); } catch (error) { console.error(error); return null; } });`,
      ...express,
      errors: [{ messageId: "hangs", data: { call: "res.json" } }],
    },
    {
      name: "an answer in another branch",
      code: handler(`if (req.method === "GET") { try { res.json(await load()); } catch (error) {} } else { res.status(405).end(); }`),
      ...api,
      errors: [{ messageId: "hangs", data: { call: "res.json" } }],
    },
    {
      name: "an answer in another case",
      code: handler(`switch (req.method) { case "GET": try { res.json(await load()); } catch (error) {} break; default: res.status(405).end(); }`),
      ...api,
      errors: [{ messageId: "hangs", data: { call: "res.json" } }],
    },
    {
      name: "an answer that is left out",
      code: handler(`try { await save(); res.status(201).end(); } catch (error) { console.error(error); return; } res.status(404).end();`).replace("res.status(201).end();", "return res.status(201).end();"),
      ...api,
      errors: [{ messageId: "hangs", data: { call: "res.end" } }],
    },
    {
      name: "a controller that is registered elsewhere",
      code: `import type { Request, Response } from "express"; export const list = async (req: Request, res: Response) => { try { res.json(await load()); } catch (error) { console.error(error); } };`,
      filename: "src/controllers/orders.ts",
      project: "express",
      errors: [{ messageId: "hangs", data: { call: "res.json" } }],
    },
  ],
});
