import { describe, expect, it } from "vitest";

import rule from "../../../src/rules/error-handling/no-error-details-in-response.js";
import { ruleTester } from "../../support/rule-tester.js";
import { lintProject } from "../../support/lint-project.js";

const route = { filename: "app/api/orders/route.ts", project: "next" } as const;
const api = { filename: "pages/api/orders.ts", project: "next" } as const;
const edge = { filename: "supabase/functions/send/index.ts" } as const;
const express = { filename: "src/server.ts", project: "express" } as const;
const nest = { filename: "src/orders/orders.controller.ts", project: "nest" } as const;

const next = `import { NextResponse } from "next/server";\n`;
const app = `import express from "express";\nconst app = express();\n`;

/** A route handler of Next whose catch has these statements. */
const caught = (statements: string, binding = "error"): string => `${next}export async function GET() {
  try {
    return NextResponse.json(await load());
  } catch (${binding}) {
    ${statements}
  }
}`;

const answered = (body: string, status = 500): string => `return NextResponse.json(${body}, { status: ${status} });`;

ruleTester.run("no-error-details-in-response", rule, {
  valid: [
    { name: "a function that keeps its failures, of which none comes to the catch", code: `${app}async function probe() { try { await fetch(carrier); return { ok: true }; } catch (error) { return { ok: false }; } }\napp.get("/probe", async (req, res) => { try { const result = await probe(); res.json(result); } catch (error) { res.status(500).json({ message: error.message }); } });`, ...express },
    { name: "a try that leaves the process nowhere", code: `${app}app.get("/sizes", async (req, res) => { try { const { unit } = req.query; const sizes = [36, 37, 38].map((size) => ({ size, unit: String(unit).trim() })); res.json({ sizes, at: new Date().toISOString() }); } catch (error) { log(error); res.status(500).json({ message: error.message }); } });`, ...express },
    { name: "a function that throws texts of its own only", code: `${app}function assertOwner(user, id) { if (user.role === "admin") return; if (!user.shops.includes(id)) throw new Error(\`Shop \${id} is not yours\`); }\napp.get("/shops/:id", (req, res) => { try { assertOwner(req.user, req.params.id); } catch (error) { return res.status(500).json({ message: error.message }); } });`, ...express },
    { name: "texts that are made of one another", code: `${app}function letterFor(order) { let html = "Hello"; let text = html; for (const line of order.lines) { text = html + line; html = text + "<br>"; } if (html.length > 9000) throw new Error(\`Too long: \${text}\`); return html; }\napp.post("/letters", (req, res) => { try { res.json({ letter: letterFor(req.body) }); } catch (error) { log(error); res.status(500).json({ message: error.message }); } });`, ...express },
    { name: "a method that replaces what the database says", code: `import { z } from "zod";\nimport { PrismaClient } from "@prisma/client";\n${app}const Coupon = z.object({ code: z.string() });\nconst db = new PrismaClient();\nclass Coupons { async add(data) { try { const row = await db.coupon.create({ data }); return row; } catch (error) { console.error(error); throw new Error("Could not add the coupon"); } } }\nconst coupons = new Coupons();\napp.post("/coupons", async (req, res) => { try { const data = Coupon.parse(req.body); const row = await coupons.add(data); res.json(row); } catch (error) { res.status(500).json({ message: error instanceof Error ? error.message : "Could not add the coupon" }); } });`, ...express },
    { name: "a signature that is verified on the spot", code: `import Stripe from "stripe";\n${app}const stripe = new Stripe(process.env.STRIPE_KEY);\napp.post("/stripe", (req, res) => { let event; try { event = stripe.webhooks.constructEvent(req.body, req.headers["stripe-signature"], secret); } catch (error) { return res.status(500).send(error.message); } res.json({ received: event.id }); });`, ...express },
    { name: "a message that is another in production", code: `${app}app.use((err, req, res, next) => { let { message } = err; if (process.env.NODE_ENV === "production" && !err.isOperational) message = "Failed"; res.status(500).json({ message }); });`, ...express },
    { name: "stack traces in development only", code: `import errorhandler from "errorhandler";\n${app}if (process.env.NODE_ENV === "development") app.use(errorhandler());`, ...express },
    { name: "parameters called so, where nothing answers with them", code: `exports.merge = (err, req, res, next) => { res.push(err.message); };`, filename: "src/errors.js", project: "express" },
    { name: "parameters called so, in an app without the framework", code: `exports.fail = (err, req, res, next) => { res.status(500).json({ error: err.message }); };`, filename: "src/server/errors.js" },
    { name: "a text of the author's own", code: caught(`console.error(error); ${answered(`{ error: "Could not load orders" }`)}`), ...route },
    { name: "an error that says what the client did wrong", code: caught(answered("{ error: error.message }", 400)), ...route },
    { name: "an error of a class that the app knows", code: caught(`if (error instanceof AppError) { ${answered("{ error: error.message }")} } throw error;`), ...route },
    { name: "a validation error", code: caught(`if (error instanceof z.ZodError) { ${answered("{ details: error.issues, message: error.message }")} } throw error;`), ...route },
    { name: "the message of known errors only", code: caught(answered(`{ error: error instanceof AppError ? error.message : "Internal server error" }`)), ...route },
    { name: "a message that is set for known errors only", code: caught(`let message = "Internal server error"; if (error instanceof AppError) message = error.message; ${answered("{ message }")}`), ...route },
    { name: "an error that is told by its name", code: caught(`if (error.name === "ZodError") { ${answered("{ error: error.message }")} } throw error;`), ...route },
    { name: "an error that is told by its code", code: caught(`switch (error.code) { case "P2002": ${answered("{ error: error.message }")} default: throw error; }`), ...route },
    { name: "unknown errors are thrown on first", code: caught(`if (!isAppError(error)) throw error; ${answered("{ error: error.message }")}`), ...route },
    { name: "details in development only", code: caught(answered(`{ error: "Failed", details: process.env.NODE_ENV === "development" ? error.message : undefined }`)), ...route },
    { name: "a stack in development only", code: caught(answered(`{ error: "Failed", ...(isDev && { stack: error.stack }) }`)), ...route },
    { name: "an answer in development only", code: caught(`if (process.env.NODE_ENV !== "production") { ${answered("{ error: String(error) }")} } throw error;`), ...route },
    { name: "a mapping of errors that is made elsewhere", code: `import { toAnswer } from "./errors";\n${caught(`return toAnswer(error);`)}`, ...route },
    { name: "parts of a mapped error", code: caught(`const { message, status } = toAppError(error); return NextResponse.json({ message }, { status });`), ...route },
    { name: "the error's own status", code: caught(`return NextResponse.json({ error: error.message }, { status: error.status ?? 500 });`), ...route },
    { name: "what another service answered, and no more", code: caught(answered("{ error: error.response.data }")), ...route },
    { name: "a code", code: caught(answered(`{ error: "Failed", code: error.code }`)), ...route },
    { name: "only that there was an error", code: caught(answered("{ failed: !!error, hasMessage: error.message !== undefined }")), ...route },
    { name: "a property of that name", code: caught(`console.error(error); ${answered(`{ error: "Failed" }`)}`), ...route },
    { name: "an answer in the block that is tried", code: `${next}export async function GET() { const { error } = await load(); if (error) return NextResponse.json({ error: error.message }, { status: 500 }); }`, ...route },
    { name: "no status, which is a success", code: `export default async function handler(req, res) { try { await load(); } catch (error) { res.json({ error: error.message }); } }`, ...api },
    { name: "a log, not an answer", code: caught(`logger.error({ message: error.message }, { status: 500 }); ${answered(`{ error: "Failed" }`)}`), ...route },
    { name: "somebody's res", code: `export async function f(res) { try { await load(); } catch (error) { res.status(500).json({ error: error.message }); } }`, filename: "src/server/x.ts" },
    { name: "a browser", code: `"use client"; export async function f() { try { await load(); } catch (error) { return new Response(error.message, { status: 500 }); } }`, filename: "components/x.tsx" },
    { name: "a test", code: `Deno.serve(async () => { try { await load(); } catch (error) { return new Response(error.message, { status: 500 }); } });`, filename: "tests/server.test.ts" },
    { name: "an upstream error as a value", code: `Deno.serve(async () => { const { error } = await supabase.from("orders").select(); return new Response(JSON.stringify({ error: error.message }), { status: 500 }); });`, ...edge },
    { name: "a success of an edge function", code: `Deno.serve(async () => { try { await load(); } catch (error) { return new Response(JSON.stringify({ ok: false, error: error.message }), { status: 200 }); } });`, ...edge },
    { name: "the status of the error in middleware", code: `${app}app.use((err, req, res, next) => { res.status(err.status || 500).json({ message: err.message }); });`, ...express },
    { name: "middleware that tells known errors apart", code: `${app}app.use((err, req, res, next) => { const status = err instanceof AppError ? err.status : 500; const message = err instanceof AppError ? err.message : "Internal server error"; res.status(status).json({ message }); });`, ...express },
    { name: "middleware that passes the error on", code: `${app}app.get("/", async (req, res, next) => { try { res.json(await load()); } catch (error) { next(error); } });`, ...express },
    { name: "a helper that decides what may be told", code: caught(`return NextResponse.json({ error: tellable(error) }, { status: 500 });`) + `\nfunction tellable(error: Error) { return isOutage(error) ? "Something went wrong" : error.message; }\nfunction isOutage(error: Error) { return error.name.startsWith("Prisma"); }`, ...route },
    { name: "a helper that says nothing", code: caught(`return fail("Could not load");`) + `\nfunction fail(message: string) { return NextResponse.json({ message }, { status: 500 }); }`, ...route },
    { name: "a helper with a client's status", code: caught(`return fail(error.message, 400);`) + `\nfunction fail(message: string, status = 500) { return NextResponse.json({ message }, { status }); }`, ...route },
    { name: "a helper that knows development", code: caught(`return fail(error);`) + `\nfunction fail(error: unknown) { const details = process.env.NODE_ENV === "development" ? String(error) : undefined; return NextResponse.json({ error: "Failed", details }, { status: 500 }); }`, ...route },
    { name: "a filter for errors of the author's own", code: `import { Catch } from "@nestjs/common"; @Catch(OrderError) export class F { catch(exception, host) { host.switchToHttp().getResponse().status(500).json({ message: exception.message }); } }`, ...nest },
    {
      name: "a job that only the app itself can start",
      code: `export default async function handler(req, res) {\n  const token = req.headers.authorization?.split(" ")[1];\n  if (token !== process.env.INTERNAL_API_KEY) return res.status(401).end();\n  try { await run(); } catch (error) { res.status(500).json({ message: error.message }); }\n}`,
      ...api,
    },
    {
      name: "a cron job of an edge function",
      code: `const secret = Deno.env.get("CRON_SECRET");\nDeno.serve(async (req) => {\n  if (!secret || req.headers.get("authorization") !== \`Bearer \${secret}\`) return new Response("no", { status: 401 });\n  try { return await run(); } catch (error) { return new Response(error.message, { status: 500 }); }\n});`,
      ...edge,
    },
    {
      name: "a job that only an operator with one of two secrets can start, also where all answers are looked at",
      code: `${next}export async function POST(request: Request) {\n  const secret = process.env.IMPORT_SECRET?.trim() || process.env.CRON_SECRET?.trim() || "";\n  const auth = request.headers.get("authorization") ?? "";\n  const token = auth.startsWith("Bearer ") ? auth.slice(7).trim() : "";\n  if (!secret || token !== secret) return NextResponse.json({ error: "Unauthorized" }, { status: 401 });\n  try { return NextResponse.json(await load()); } catch (error) { return NextResponse.json({ error: error.message }, { status: 400 }); }\n}`,
      ...route,
      options: [{ answers: "all" }],
    },
    {
      name: "what the process says of itself",
      code: `${app}app.get("/metrics", async (req, res) => { try { const metrics = { memory: process.memoryUsage(), uptime: process.uptime(), cpu: process.cpuUsage(), at: new Date().toISOString() }; res.json(metrics); } catch (error) { res.status(500).json({ error: error.message }); } });`,
      ...express,
    },
    { name: "an HTTP exception", code: `import { InternalServerErrorException, Controller, Get } from "@nestjs/common"; @Controller() export class C { @Get() async f() { try { return await load(); } catch (error) { throw new InternalServerErrorException(error.message); } } }`, ...nest },
    { name: "a text that keeps nothing of the message", code: caught(answered("{ hash: createHash(error.message), known: error.message.includes('x') }")), ...route },
    { name: "half-typed code", code: caught("NextResponse.json(); new Response; error; return NextResponse.json({ error: error. stack ? 1 : 2 });"), ...route },
    { name: "a catch that takes no error", code: `${next}export async function GET() { try { await load(); } catch { ${answered(`{ error: "Failed" }`)} } }`, ...route },
  ],
  invalid: [
    {
      name: "the message of whatever went wrong, which nobody logs",
      code: caught(answered("{ error: error.message }")),
      ...route,
      errors: [
        {
          messageId: "message",
          line: 6,
          column: 39,
          endColumn: 52,
          data: { call: "NextResponse.json", detail: "error.message" },
          suggestions: [
            {
              messageId: "answerGenerally",
              data: { detail: "error.message" },
              output: caught(`console.error(error);\n    ${answered(`{ error: "Internal server error" }`)}`),
            },
          ],
        },
      ],
    },
    {
      name: "a logged error, with a text of the author's own for want of a message",
      code: caught(`console.error("orders", error);\n    ${answered(`{ error: error instanceof Error ? error.message : "Could not load orders" }`)}`),
      ...route,
      errors: [
        {
          messageId: "message",
          data: { call: "NextResponse.json", detail: "error.message" },
          suggestions: [
            {
              messageId: "answerGenerally",
              data: { detail: "error.message" },
              output: caught(`console.error("orders", error);\n    ${answered(`{ error: "Could not load orders" }`)}`),
            },
          ],
        },
      ],
    },
    {
      name: "a fallback",
      code: caught(`report(error);\n    ${answered(`{ error: (error as Error).message || "Failed" }`)}`),
      ...route,
      errors: [
        {
          messageId: "message",
          data: { call: "NextResponse.json", detail: "(error as Error).message" },
          suggestions: [{ messageId: "answerGenerally", data: { detail: "(error as Error).message" }, output: caught(`report(error);\n    ${answered(`{ error: "Failed" }`)}`) }],
        },
      ],
    },
    {
      name: "a const made of the error, for this answer only",
      code: caught(`const message = error instanceof Error ? error.message : String(error);\n    ${answered("{ message }")}`),
      ...route,
      errors: [
        {
          messageId: "message",
          data: { call: "NextResponse.json", detail: "message" },
          suggestions: [{ messageId: "answerGenerally", data: { detail: "message" }, output: caught(`console.error(error);\n    ${answered(`{ message: "Internal server error" }`)}`) }],
        },
      ],
    },
    {
      name: "a const that is logged as well",
      code: caught(`const err = error as Error;\n    const text = err.message;\n    log.error(text);\n    ${answered("{ error: `Failed: ${text}` }")}`),
      ...route,
      errors: [
        {
          messageId: "message",
          data: { call: "NextResponse.json", detail: "text" },
          suggestions: [
            {
              messageId: "answerGenerally",
              data: { detail: "text" },
              output: caught(`const err = error as Error;\n    const text = err.message;\n    log.error(text);\n    ${answered(`{ error: "Failed" }`)}`),
            },
          ],
        },
      ],
    },
    {
      name: "a name of the error and its message, of which one has to go by hand",
      code: caught(`const { message } = error;\n    ${answered("{ message }")}`),
      ...route,
      errors: [{ messageId: "message", data: { call: "NextResponse.json", detail: "message" }, suggestions: [] }],
    },
    {
      name: "an error that is taken apart in the catch",
      code: caught(answered("{ message }"), "{ message }"),
      ...route,
      errors: [{ messageId: "message", data: { call: "NextResponse.json", detail: "message" }, suggestions: [] }],
    },
    {
      name: "the stack",
      code: caught(`console.error(error);\n    ${answered(`{ error: "Failed", stack: error.stack }`)}`),
      ...route,
      errors: [
        {
          messageId: "stack",
          data: { call: "NextResponse.json", detail: "error.stack" },
          suggestions: [{ messageId: "answerGenerally", data: { detail: "error.stack" }, output: caught(`console.error(error);\n    ${answered(`{ error: "Failed" }`)}`) }],
        },
      ],
    },
    {
      name: "the stack, whatever the status",
      code: caught(`console.error(error);\n    return NextResponse.json({ stack: error.stack, error: "Failed" }, { status: error.status });`),
      ...route,
      errors: [
        {
          messageId: "stack",
          data: { call: "NextResponse.json", detail: "error.stack" },
          suggestions: [{ messageId: "answerGenerally", data: { detail: "error.stack" }, output: caught(`console.error(error);\n    return NextResponse.json({ error: "Failed" }, { status: error.status });`) }],
        },
      ],
    },
    {
      name: "message and stack in one answer are one report",
      code: caught(`console.error(error);\n    ${answered("{ error: error.message, details: error.stack }")}`),
      ...route,
      errors: [
        {
          messageId: "message",
          data: { call: "NextResponse.json", detail: "error.message" },
          suggestions: [{ messageId: "answerGenerally", data: { detail: "error.message" }, output: caught(`console.error(error);\n    ${answered(`{ error: "Internal server error" }`)}`) }],
        },
      ],
    },
    {
      name: "the error itself",
      code: caught(`log(error);\n    ${answered(`{ error }`)}`),
      ...route,
      errors: [
        {
          messageId: "error",
          data: { call: "NextResponse.json", detail: "error" },
          suggestions: [{ messageId: "answerGenerally", data: { detail: "error" }, output: caught(`log(error);\n    ${answered(`{ error: "Internal server error" }`)}`) }],
        },
      ],
    },
    {
      name: "the error as the whole answer",
      code: caught(`log(error);\n    ${answered(`error`)}`),
      ...route,
      errors: [
        {
          messageId: "error",
          data: { call: "NextResponse.json", detail: "error" },
          suggestions: [{ messageId: "answerGenerally", data: { detail: "error" }, output: caught(`log(error);\n    ${answered(`{ error: "Internal server error" }`)}`) }],
        },
      ],
    },
    {
      name: "the error, spread",
      code: caught(`log(error);\n    ${answered(`{ ok: false, ...error }`)}`),
      ...route,
      errors: [
        {
          messageId: "error",
          data: { call: "NextResponse.json", detail: "error" },
          suggestions: [{ messageId: "answerGenerally", data: { detail: "error" }, output: caught(`log(error);\n    ${answered(`{ ok: false }`)}`) }],
        },
      ],
    },
    {
      name: "one status of two",
      code: caught(`log(error);\n    return NextResponse.json({ error: error.message }, { status: error.message.includes("not found") ? 404 : 500 });`),
      ...route,
      errors: [
        {
          messageId: "message",
          data: { call: "NextResponse.json", detail: "error.message" },
          suggestions: [
            {
              messageId: "answerGenerally",
              data: { detail: "error.message" },
              output: caught(`log(error);\n    return NextResponse.json({ error: "Internal server error" }, { status: error.message.includes("not found") ? 404 : 500 });`),
            },
          ],
        },
      ],
    },
    {
      name: "what is left after known errors",
      code: caught(`if (error instanceof AppError) { ${answered("{ error: error.message }", 400)} }\n    log(error);\n    ${answered("{ error: error.message }")}`),
      ...route,
      errors: [
        {
          messageId: "message",
          line: 8,
          data: { call: "NextResponse.json", detail: "error.message" },
          suggestions: [
            {
              messageId: "answerGenerally",
              data: { detail: "error.message" },
              output: caught(`if (error instanceof AppError) { ${answered("{ error: error.message }", 400)} }\n    log(error);\n    ${answered(`{ error: "Internal server error" }`)}`),
            },
          ],
        },
      ],
    },
    {
      name: "a function that tells what errors say",
      code: `${caught(`log(error);\n    ${answered("{ error: textOf(error) }")}`)}\nfunction textOf(error: unknown) { return error instanceof Error ? error.message : String(error); }`,
      ...route,
      errors: [
        {
          messageId: "message",
          data: { call: "NextResponse.json", detail: "textOf(error)" },
          suggestions: [
            {
              messageId: "answerGenerally",
              data: { detail: "textOf(error)" },
              output: `${caught(`log(error);\n    ${answered(`{ error: "Internal server error" }`)}`)}\nfunction textOf(error: unknown) { return error instanceof Error ? error.message : String(error); }`,
            },
          ],
        },
      ],
    },
    {
      name: "a helper that is given the text",
      code: `${caught(`log(error);\n    return fail(error.message);`)}\nfunction fail(message: string, status = 500) { return NextResponse.json({ message }, { status }); }`,
      ...route,
      errors: [
        {
          messageId: "message",
          data: { call: "fail", detail: "error.message" },
          suggestions: [
            {
              messageId: "answerGenerally",
              data: { detail: "error.message" },
              output: `${caught(`log(error);\n    return fail("Internal server error");`)}\nfunction fail(message: string, status = 500) { return NextResponse.json({ message }, { status }); }`,
            },
          ],
        },
      ],
    },
    {
      name: "a helper that tells it itself is reported once, and there",
      code: `${caught("return fail(error);")}\nfunction fail(error: unknown) {\n  return NextResponse.json({ error: error instanceof Error ? error.message : "Failed" }, { status: 500 });\n}`,
      ...route,
      errors: [
        {
          messageId: "message",
          line: 10,
          data: { call: "NextResponse.json", detail: "error.message" },
          suggestions: [
            {
              messageId: "answerGenerally",
              data: { detail: "error.message" },
              output: `${caught("return fail(error);")}\nfunction fail(error: unknown) {\n  console.error(error);\n  return NextResponse.json({ error: "Failed" }, { status: 500 });\n}`,
            },
          ],
        },
      ],
    },
    {
      name: "pages/api",
      code: `export default async function handler(req, res) {\n  try {\n    res.json(await load());\n  } catch (error) {\n    log(error);\n    res.status(500).json({ error: String(error) });\n  }\n}`,
      ...api,
      errors: [
        {
          messageId: "message",
          data: { call: "res.json", detail: "String(error)" },
          suggestions: [
            {
              messageId: "answerGenerally",
              data: { detail: "String(error)" },
              output: `export default async function handler(req, res) {\n  try {\n    res.json(await load());\n  } catch (error) {\n    log(error);\n    res.status(500).json({ error: "Internal server error" });\n  }\n}`,
            },
          ],
        },
      ],
    },
    {
      name: "both branches of one value, of which the later takes the whole of it",
      code: `export default async function handler(req, res) {\n  try {\n    res.json(await load());\n  } catch (error) {\n    log(error);\n    res.status(500).json({ reason: typeof error === "object" ? JSON.stringify(error) : String(error) });\n  }\n}`,
      ...api,
      errors: [
        {
          messageId: "error",
          data: { call: "res.json", detail: "error" },
          suggestions: [
            {
              messageId: "answerGenerally",
              data: { detail: "error" },
              output: `export default async function handler(req, res) {\n  try {\n    res.json(await load());\n  } catch (error) {\n    log(error);\n    res.status(500).json({ reason: "Internal server error" });\n  }\n}`,
            },
          ],
        },
      ],
    },
    {
      name: "an edge function without a status",
      code: `Deno.serve(async () => {\n  try {\n    return new Response(await load());\n  } catch (error) {\n    log(error);\n    return new Response(JSON.stringify({ error: error.toString() }), { headers });\n  }\n});`,
      ...edge,
      errors: [
        {
          messageId: "message",
          data: { call: "new Response", detail: "error.toString()" },
          suggestions: [
            {
              messageId: "answerGenerally",
              data: { detail: "error.toString()" },
              output: `Deno.serve(async () => {\n  try {\n    return new Response(await load());\n  } catch (error) {\n    log(error);\n    return new Response(JSON.stringify({ error: "Internal server error" }), { headers });\n  }\n});`,
            },
          ],
        },
      ],
    },
    {
      name: "an edge function with a helper",
      code: `import { serve } from "https://deno.land/std@0.168.0/http/server.ts";\nconst json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });\nserve(async () => {\n  try {\n    return json(await load());\n  } catch (e) {\n    log(e);\n    return json({ error: e?.message ?? "Failed" }, 500);\n  }\n});`,
      ...edge,
      errors: [
        {
          messageId: "message",
          data: { call: "json", detail: "e?.message" },
          suggestions: [
            {
              messageId: "answerGenerally",
              data: { detail: "e?.message" },
              output: `import { serve } from "https://deno.land/std@0.168.0/http/server.ts";\nconst json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });\nserve(async () => {\n  try {\n    return json(await load());\n  } catch (e) {\n    log(e);\n    return json({ error: "Failed" }, 500);\n  }\n});`,
            },
          ],
        },
      ],
    },
    {
      name: "a page with the message in it has to be mended by hand",
      code: "Deno.serve(async () => { try { return await load(); } catch (e) { log(e); return new Response(`<p>${e.message}</p>`, { status: 500 }); } });",
      ...edge,
      errors: [{ messageId: "message", data: { call: "new Response", detail: "e.message" }, suggestions: [] }],
    },
    {
      name: "a secret that is not asked for",
      code: "Deno.serve(async (req) => {\n  if (req.headers.get('x-region') !== Deno.env.get('REGION')) return new Response('no', { status: 400 });\n  try { return await load(Deno.env.get('API_KEY')); } catch ({ message }) { return new Response(message, { status: 500 }); }\n});",
      ...edge,
      errors: [{ messageId: "message", data: { call: "new Response", detail: "message" }, suggestions: [] }],
    },
    {
      name: "a secret that everybody knows",
      code: "const secret = Deno.env.get('CRON_SECRET') ?? 'letmein';\nDeno.serve(async (req) => {\n  if (req.headers.get('x-secret') !== secret) return new Response('no', { status: 401 });\n  try { return await load(); } catch ({ message }) { return new Response(message, { status: 500 }); }\n});",
      ...edge,
      errors: [{ messageId: "message", data: { call: "new Response", detail: "message" }, suggestions: [] }],
    },
    {
      name: "a rejection",
      code: `${app}app.get("/", (req, res) => {\n  load().then((orders) => res.json(orders)).catch((err) => res.status(500).send(err.message));\n});`,
      ...express,
      errors: [
        {
          messageId: "message",
          data: { call: "res.send", detail: "err.message" },
          suggestions: [
            {
              messageId: "answerGenerally",
              data: { detail: "err.message" },
              output: `${app}app.get("/", (req, res) => {\n  load().then((orders) => res.json(orders)).catch((err) => { console.error(err); return res.status(500).send("Internal server error"); });\n});`,
            },
          ],
        },
      ],
    },
    {
      name: "error middleware with a status of its own",
      code: `${app}app.use((err, req, res, next) => {\n  log(err);\n  res.status(500).json({ message: err.message });\n});`,
      ...express,
      errors: [
        {
          messageId: "message",
          data: { call: "res.json", detail: "err.message" },
          suggestions: [
            {
              messageId: "answerGenerally",
              data: { detail: "err.message" },
              output: `${app}app.use((err, req, res, next) => {\n  log(err);\n  res.status(500).json({ message: "Internal server error" });\n});`,
            },
          ],
        },
      ],
    },
    {
      name: "a stack in middleware, whatever the error's status",
      code: `${app}app.use((err, req, res, next) => {\n  log(err);\n  res.status(err.status || 500).json({ message: err.message, stack: err.stack });\n});`,
      ...express,
      remains: true,
      errors: [
        {
          messageId: "stack",
          data: { call: "res.json", detail: "err.stack" },
          suggestions: [
            {
              messageId: "answerGenerally",
              data: { detail: "err.stack" },
              output: `${app}app.use((err, req, res, next) => {\n  log(err);\n  res.status(err.status || 500).json({ message: "Internal server error" });\n});`,
            },
          ],
        },
      ],
    },
    {
      name: "a controller",
      code: `import type { Request, Response } from "express";\nexport const list = async (req: Request, res: Response) => {\n  try {\n    res.json(await load());\n  } catch (error: any) {\n    log(error);\n    res.status(500);\n    res.send(\`Failed: \${error.message}\`);\n  }\n};`,
      ...express,
      errors: [
        {
          messageId: "message",
          data: { call: "res.send", detail: "error.message" },
          suggestions: [
            {
              messageId: "answerGenerally",
              data: { detail: "error.message" },
              output: `import type { Request, Response } from "express";\nexport const list = async (req: Request, res: Response) => {\n  try {\n    res.json(await load());\n  } catch (error: any) {\n    log(error);\n    res.status(500);\n    res.send("Failed");\n  }\n};`,
            },
          ],
        },
      ],
    },
    {
      name: "Nest, with the response at hand",
      code: `import { Controller, Get, Res } from "@nestjs/common";\nimport type { Response } from "express";\n@Controller()\nexport class C {\n  @Get()\n  async f(@Res() res: Response) {\n    try {\n      res.send(await load());\n    } catch (error) {\n      this.logger.error(error);\n      return res.status(500).json({ message: "Failed", error: error.message });\n    }\n  }\n}`,
      ...nest,
      errors: [
        {
          messageId: "message",
          data: { call: "res.json", detail: "error.message" },
          suggestions: [
            {
              messageId: "answerGenerally",
              data: { detail: "error.message" },
              output: `import { Controller, Get, Res } from "@nestjs/common";\nimport type { Response } from "express";\n@Controller()\nexport class C {\n  @Get()\n  async f(@Res() res: Response) {\n    try {\n      res.send(await load());\n    } catch (error) {\n      this.logger.error(error);\n      return res.status(500).json({ message: "Failed", error: "Internal server error" });\n    }\n  }\n}`,
            },
          ],
        },
      ],
    },
    {
      name: "Hono's error handler",
      code: `import { Hono } from "hono";\nconst app = new Hono();\napp.onError((err, c) => {\n  log(err);\n  return c.json({ error: err.message }, 500);\n});`,
      filename: "src/server.ts",
      errors: [
        {
          messageId: "message",
          data: { call: "c.json", detail: "err.message" },
          suggestions: [
            {
              messageId: "answerGenerally",
              data: { detail: "err.message" },
              output: `import { Hono } from "hono";\nconst app = new Hono();\napp.onError((err, c) => {\n  log(err);\n  return c.json({ error: "Internal server error" }, 500);\n});`,
            },
          ],
        },
      ],
    },
    {
      name: "Fastify",
      code: `import Fastify from "fastify";\nconst app = Fastify();\napp.get("/", async (request, reply) => {\n  try {\n    return await load();\n  } catch (error) {\n    request.log.error(error);\n    return reply.code(500).send({ error: error.message });\n  }\n});`,
      filename: "src/server.ts",
      errors: [
        {
          messageId: "message",
          data: { call: "reply.send", detail: "error.message" },
          suggestions: [
            {
              messageId: "answerGenerally",
              data: { detail: "error.message" },
              output: `import Fastify from "fastify";\nconst app = Fastify();\napp.get("/", async (request, reply) => {\n  try {\n    return await load();\n  } catch (error) {\n    request.log.error(error);\n    return reply.code(500).send({ error: "Internal server error" });\n  }\n});`,
            },
          ],
        },
      ],
    },
    {
      name: "Koa",
      code: `import Koa from "koa";\nconst app = new Koa();\napp.use(async (ctx, next) => {\n  try {\n    await next();\n  } catch (err) {\n    log(err);\n    ctx.status = 500;\n    ctx.body = { error: err.message };\n  }\n});`,
      filename: "src/server.ts",
      errors: [
        {
          messageId: "message",
          data: { call: "ctx.body", detail: "err.message" },
          suggestions: [
            {
              messageId: "answerGenerally",
              data: { detail: "err.message" },
              output: `import Koa from "koa";\nconst app = new Koa();\napp.use(async (ctx, next) => {\n  try {\n    await next();\n  } catch (err) {\n    log(err);\n    ctx.status = 500;\n    ctx.body = { error: "Internal server error" };\n  }\n});`,
            },
          ],
        },
      ],
    },
    {
      name: "an error made into data by a library",
      code: `import { serializeError } from "serialize-error";\n${caught(`const data = serializeError(error);\n    log(data);\n    ${answered("{ error: data }")}`)}`,
      ...route,
      errors: [
        {
          messageId: "stack",
          data: { call: "NextResponse.json", detail: "data" },
          suggestions: [],
        },
      ],
    },
    {
      name: "strict looks at what clients did wrong as well",
      code: caught(`log(error);\n    ${answered("{ error: error.message }", 400)}`),
      options: [{ answers: "all" }],
      ...route,
      errors: [
        {
          messageId: "message",
          data: { call: "NextResponse.json", detail: "error.message" },
          suggestions: [{ messageId: "answerGenerally", data: { detail: "error.message" }, output: caught(`log(error);\n    ${answered(`{ error: "Internal server error" }`, 400)}`) }],
        },
      ],
    },
    {
      name: "strict looks at exceptions of Nest",
      code: `import { InternalServerErrorException, Injectable } from "@nestjs/common";\n@Injectable()\nexport class S {\n  async f() {\n    try {\n      return await load();\n    } catch (error) {\n      this.logger.error(error);\n      throw new InternalServerErrorException(error.message);\n    }\n  }\n}`,
      options: [{ answers: "all" }],
      ...nest,
      errors: [
        {
          messageId: "message",
          data: { call: "new InternalServerErrorException", detail: "error.message" },
          suggestions: [
            {
              messageId: "answerGenerally",
              data: { detail: "error.message" },
              output: `import { InternalServerErrorException, Injectable } from "@nestjs/common";\n@Injectable()\nexport class S {\n  async f() {\n    try {\n      return await load();\n    } catch (error) {\n      this.logger.error(error);\n      throw new InternalServerErrorException("Internal server error");\n    }\n  }\n}`,
            },
          ],
        },
      ],
    },
    {
      name: "strict looks at errors of tRPC",
      code: `import { TRPCError } from "@trpc/server";\nexport async function f() {\n  try {\n    return await load();\n  } catch (error) {\n    log(error);\n    throw new TRPCError({ code: "INTERNAL_SERVER_ERROR", message: (error as Error).message });\n  }\n}`,
      options: [{ answers: "all" }],
      filename: "src/server/orders.ts",
      errors: [
        {
          messageId: "message",
          data: { call: "new TRPCError", detail: "(error as Error).message" },
          suggestions: [
            {
              messageId: "answerGenerally",
              data: { detail: "(error as Error).message" },
              output: `import { TRPCError } from "@trpc/server";\nexport async function f() {\n  try {\n    return await load();\n  } catch (error) {\n    log(error);\n    throw new TRPCError({ code: "INTERNAL_SERVER_ERROR", message: "Internal server error" });\n  }\n}`,
            },
          ],
        },
      ],
    },
    {
      name: "a middleware that answers with stack traces",
      code: `import errorhandler from "errorhandler";\n${app}app.use(errorhandler());`,
      ...express,
      errors: [{ messageId: "middleware", data: { call: "errorhandler()" } }],
    },
    {
      name: "a middleware of plain JavaScript in a file of its own",
      code: `exports.onError = (err, req, res, next) => { log(err); res.status(500).json({ error: err.message }); };`,
      filename: "src/errors.js",
      project: "express",
      errors: [{ messageId: "message", data: { call: "res.json", detail: "err.message" }, suggestions: [{ messageId: "answerGenerally", data: { detail: "err.message" }, output: `exports.onError = (err, req, res, next) => { log(err); res.status(500).json({ error: "Internal server error" }); };` }] }],
    },
    {
      name: "a controller of plain JavaScript in a file of its own",
      code: `exports.list = async (req, res) => { try { res.json(await load()); } catch (err) { log(err); res.status(500).send(err.message); } };`,
      filename: "src/controllers/orders.js",
      project: "express",
      errors: [{ messageId: "message", data: { call: "res.send", detail: "err.message" }, suggestions: [{ messageId: "answerGenerally", data: { detail: "err.message" }, output: `exports.list = async (req, res) => { try { res.json(await load()); } catch (err) { log(err); res.status(500).send("Internal server error"); } };` }] }],
    },
    {
      name: "a database that gives its failures back, and code that goes on with what is not there",
      code: `import { createClient } from "@supabase/supabase-js";\nDeno.serve(async (req) => { try { const { code } = await req.json(); const db = createClient(Deno.env.get("SUPABASE_URL"), Deno.env.get("SUPABASE_ANON_KEY")); const { data, error } = await db.from("coupons").select("id").eq("code", code).maybeSingle(); if (error) return new Response("No coupon", { status: 400 }); return new Response(JSON.stringify(data)); } catch (error) { console.error(error); return new Response(JSON.stringify({ message: error.message }), { status: 500 }); } });`,
      filename: "supabase/functions/coupon/index.ts",
      errors: [{ messageId: "message", data: { call: "new Response", detail: "error.message" }, suggestions: [{ messageId: "answerGenerally", data: { detail: "error.message" }, output: `import { createClient } from "@supabase/supabase-js";\nDeno.serve(async (req) => { try { const { code } = await req.json(); const db = createClient(Deno.env.get("SUPABASE_URL"), Deno.env.get("SUPABASE_ANON_KEY")); const { data, error } = await db.from("coupons").select("id").eq("code", code).maybeSingle(); if (error) return new Response("No coupon", { status: 400 }); return new Response(JSON.stringify(data)); } catch (error) { console.error(error); return new Response(JSON.stringify({ message: "Internal server error" }), { status: 500 }); } });` }] }],
    },
    {
      name: "a failure of the database that is thrown on",
      code: `import { createClient } from "@supabase/supabase-js";\nDeno.serve(async (req) => { try { const db = createClient(Deno.env.get("SUPABASE_URL"), Deno.env.get("SUPABASE_ANON_KEY")); const { data, error } = await db.from("coupons").select("id"); if (error) throw new Error(error.message); return new Response(JSON.stringify(data)); } catch (failure) { console.error(failure); return new Response(JSON.stringify({ message: failure.message }), { status: 500 }); } });`,
      filename: "supabase/functions/coupon/index.ts",
      errors: [{ messageId: "message", data: { call: "new Response", detail: "failure.message" }, suggestions: [{ messageId: "answerGenerally", data: { detail: "failure.message" }, output: `import { createClient } from "@supabase/supabase-js";\nDeno.serve(async (req) => { try { const db = createClient(Deno.env.get("SUPABASE_URL"), Deno.env.get("SUPABASE_ANON_KEY")); const { data, error } = await db.from("coupons").select("id"); if (error) throw new Error(error.message); return new Response(JSON.stringify(data)); } catch (failure) { console.error(failure); return new Response(JSON.stringify({ message: "Internal server error" }), { status: 500 }); } });` }] }],
    },
    {
      name: "an error with a part of another's text",
      code: `${app}async function load(id) { try { const answer = await fetch(carrier + id); return answer.status; } catch (error) { throw new Error(\`No parcel: \${error.message}\`); } }\napp.get("/parcels/:id", async (req, res) => { try { res.json(await load(req.params.id)); } catch (failure) { log(failure); res.status(500).json({ message: failure.message }); } });`,
      ...express,
      errors: [{ messageId: "message", data: { call: "res.json", detail: "failure.message" }, suggestions: [{ messageId: "answerGenerally", data: { detail: "failure.message" }, output: `${app}async function load(id) { try { const answer = await fetch(carrier + id); return answer.status; } catch (error) { throw new Error(\`No parcel: \${error.message}\`); } }\napp.get("/parcels/:id", async (req, res) => { try { res.json(await load(req.params.id)); } catch (failure) { log(failure); res.status(500).json({ message: "Internal server error" }); } });` }] }],
    },
    {
      name: "a function that is handed over by name",
      code: `import { load } from "parcels";\n${app}app.get("/parcels", async (req, res) => { try { res.json(await Promise.all(req.query.ids.map(load))); } catch (failure) { log(failure); res.status(500).json({ message: failure.message }); } });`,
      ...express,
      errors: [{ messageId: "message", data: { call: "res.json", detail: "failure.message" }, suggestions: [{ messageId: "answerGenerally", data: { detail: "failure.message" }, output: `import { load } from "parcels";\n${app}app.get("/parcels", async (req, res) => { try { res.json(await Promise.all(req.query.ids.map(load))); } catch (failure) { log(failure); res.status(500).json({ message: "Internal server error" }); } });` }] }],
    },
    {
      name: "what a map of the process holds may call anybody",
      code: `${app}const couriers = new Map();\napp.post("/parcels", async (req, res) => { try { await couriers.get(req.body.courier).collect(req.body.parcel); res.json({ ok: true }); } catch (failure) { log(failure); res.status(500).json({ message: failure.message }); } });`,
      ...express,
      errors: [{ messageId: "message", data: { call: "res.json", detail: "failure.message" }, suggestions: [{ messageId: "answerGenerally", data: { detail: "failure.message" }, output: `${app}const couriers = new Map();\napp.post("/parcels", async (req, res) => { try { await couriers.get(req.body.courier).collect(req.body.parcel); res.json({ ok: true }); } catch (failure) { log(failure); res.status(500).json({ message: "Internal server error" }); } });` }] }],
    },
  ],
});

describe("routes that another file mounts", () => {
  const found = (mount: string): string[] =>
    lintProject(
      {
        "package.json": { name: "shop", dependencies: { express: "^5.0.0" } },
        "src/debug.ts": 'import type { Express } from "express";\nimport { recount } from "./stock.js";\nexport function mountDebug(app: Express) {\n  app.post("/debug/recount", async (request, response) => {\n    try {\n      response.json(await recount());\n    } catch (error) {\n      response.status(500).json({ error: error.message });\n    }\n  });\n}\n',
        "src/server.ts": `import express from "express";\nimport { mountDebug } from "./debug.js";\nconst app = express();\n${mount}\napp.listen(3000);\n`,
        "src/stock.ts": 'export const recount = async () => (await fetch("https://stock.example.com")).json();\n',
      },
      "src/debug.ts",
      "no-error-details-in-response",
    );

  it("are left alone where that is for development only", () => expect(found('if (process.env.NODE_ENV !== "production") mountDebug(app);')).toEqual([]));
  it("are reported where it is for all", () => expect(found("mountDebug(app);")).toHaveLength(1));
  it("are reported where it is for all as well", () => expect(found('if (process.env.NODE_ENV !== "production") mountDebug(app);\nelse mountDebug(app);')).toHaveLength(1));
});
