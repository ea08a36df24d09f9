import rule from "../../../src/rules/observability/require-error-object-in-log.js";
import { ruleTester } from "../../support/rule-tester.js";

const server = { filename: "src/server/orders.ts", project: "plain" } as const;
const express = { filename: "src/server.ts", project: "express" } as const;
const nest = { filename: "src/orders.service.ts", project: "nest" } as const;

const pino = `import pino from "pino";\nconst logger = pino();\n`;
const winston = `import winston from "winston";\nconst logger = winston.createLogger({});\n`;

/** A function of the server whose catch has these statements. */
const caught = (statements: string, binding = "error", block = "await charge(id);"): string => `export async function pay(id: string) {
  try {
    ${block}
  } catch (${binding}) {
    ${statements}
  }
}`;

const stackless = (part: string, wanted = "error") => ({ messageId: "stackless", data: { part, wanted } }) as const;
const passError = (output: string, error = "error") => [{ messageId: "passError", data: { error }, output }] as const;

ruleTester.run("require-error-object-in-log", rule, {
  valid: [
    { name: "behind a switch for looking for mistakes", code: `const DEBUG_CHARGES = process.env.DEBUG_CHARGES;\n` + caught(`if (DEBUG_CHARGES === "1") console.error("Could not pay", error.message);`), ...server },
    { name: "through a logger, behind such a switch", code: pino + caught(`if (process.env.CHARGE_DEBUG === "true" && id) logger.error(error.message);`), ...server },
    { name: "a function that keeps its failures, of which none comes to the catch", code: `async function release(id: string) { try { await charge(id); return { ok: true }; } catch (error) { console.error("not released", error); return { ok: false }; } }\n${caught("console.error(`Could not pay: ${error.message}`);", "error", "await release(id);")}`, ...server },
    { name: "the error itself", code: caught(`console.error("Could not pay", error);`), ...server },
    { name: "the error itself, alone", code: caught(`console.error(error);`), ...server },
    { name: "the error as well as its text", code: caught("console.error(`Could not pay: ${error.message}`, error);"), ...server },
    { name: "the stack", code: caught(`console.error("Could not pay", error.stack);`), ...server },
    { name: "the stack as well as the text", code: pino + caught(`logger.error({ message: error.message, stack: error.stack }, "Could not pay");`), ...server },
    { name: "a tracker gets the error", code: caught(`Sentry.captureException(error); console.error(error.message);`), ...server },
    { name: "the error goes on", code: caught(`console.error(error.message); throw error;`), ...server },
    { name: "another error takes its place", code: caught(`console.error(error.message); throw new PaymentError("Could not pay");`), ...server },
    { name: "the error is somebody's cause", code: caught(`console.error(error.message); throw new Error("Could not pay", { cause: error });`), ...server },
    { name: "what the other side has answered", code: caught(`console.error(error.response?.data || error.message);`), ...server },
    { name: "known errors", code: caught(`if (error instanceof CardError) { console.error(error.message); return; } throw error;`), ...server },
    { name: "a warning", code: caught(`console.warn(error.message);`), ...server },
    { name: "no more than what kind of error it is, for privacy's sake", code: pino + caught(`logger.error({ name: error.name }, "Could not pay");`), ...server },
    { name: "only that something failed", code: caught(`console.error("Could not pay");`), ...server },
    { name: "it is tried again", code: caught("console.error(`Attempt ${attempt} failed: ${error.message}`);"), ...server },
    { name: "what is called here and now", code: caught(`console.error("Not JSON:", error.message);`, "error", "return JSON.parse(id);"), ...server },
    { name: "one call of a package", code: `import { get } from "@vercel/edge-config";\n${caught("console.error(`No flags: ${error}`);", "error", `return await get("flags");`)}`, ...server },
    { name: "the client has sent something wrong", code: `export async function POST(request) { try { await verify(request); } catch (error) { console.error("Bad signature:", error.message); return new Response("Bad signature", { status: 400 }); } }`, filename: "app/api/hooks/route.ts", project: "next" },
    { name: "an error that is returned has no stack to speak of", code: `export async function pay(id) { const { error } = await charge(id); if (error) console.error(error.message); }`, ...server },
    { name: "a function of the project that takes the error", code: caught(`console.error(describe(error));`), ...server },
    { name: "a logger that keeps nothing but the text", code: `import winston from "winston";\nconst logger = winston.createLogger({ format: winston.format.printf(({ level, message }) => level + message) });\n${caught("logger.error(`Could not pay: ${error.message}`);")}`, ...server },
    { name: "an object in which a logger of JSON makes `{}` of an error", code: winston + caught(`logger.error("Could not pay", { error: error.message });`), ...server },
    { name: "a logger of the project's own that would make nothing of the error", code: `import { logger } from "../../../lib/logger";\nexport async function POST() { try { await save(); } catch (error) { logger.error("Not saved", error.message); throw error; } }`, filename: "app/api/orders/route.ts", project: "with-lossy-logger" },
    { name: "a shutdown", code: `process.on("SIGTERM", async () => { try { await pool.drain(); } catch (error) { console.error("Could not drain:", error.message); } process.exit(0); });`, filename: "src/server.ts", project: "express" },
    { name: "development only", code: caught(`if (process.env.NODE_ENV !== "production") console.error(error.message);`), ...server },
    { name: "a browser", code: `"use client";\n${caught("console.error(error.message);")}`, filename: "components/pay.tsx", project: "next" },
    { name: "a script", code: `#!/usr/bin/env node\n${caught("console.error(error.message);")}`, filename: "scripts/pay.ts", project: "plain" },
    { name: "somebody's error method", code: caught(`response.error(error.message);`), ...server },
    { name: "credentials are taken out of the text", code: caught(`console.error("Could not pay", redactUrl(String(error)));`, "error", "const c = await find(id); await charge(c);"), ...server },
    { name: "they were taken out before", code: caught(`const text = scrub(error.message); console.error("Could not pay: " + text); console.error(\`\${text}\`);`, "error", "const c = await find(id); await charge(c);"), ...server },
    {
      name: "the error is one that the block throws itself",
      code: caught("console.error(`No delivery to ${id}: ${error.message}`);", "error", "const answer = await deliver(id); if (!answer.ok) throw new Error(`HTTP ${answer.status}`); await keep(answer);"),
      ...server,
    },
    {
      name: "a token that is not right is expected",
      code: `import jwt from "jsonwebtoken";\n${caught(`console.error("Not a token:", error.message); return null;`, "error", "const claims = jwt.verify(id, key); const user = await find(claims.sub); return await pairFor(user);")}`,
      ...server,
    },
    { name: "half-typed code", code: caught(`console.error(); console.error(error.);`).replace("error.)", "error?.[0])"), ...server },
  ],
  invalid: [
    {
      name: "the message after a text",
      code: caught(`console.error("Could not pay:", error.message);`),
      ...server,
      errors: [{ ...stackless("error.message"), line: 5, column: 37, endColumn: 50, suggestions: passError(caught(`console.error("Could not pay:", error);`)) }],
    },
    {
      name: "the message in a template",
      code: caught("console.error(`Could not pay: ${error.message}`);"),
      ...server,
      errors: [{ ...stackless("error.message"), suggestions: passError(caught("console.error(`Could not pay: ${error.message}`, error);")) }],
    },
    {
      name: "the error in a template",
      code: caught("console.error(`Could not pay: ${error}`);"),
      ...server,
      errors: [{ ...stackless("error"), messageId: "stacklessText", suggestions: passError(caught("console.error(`Could not pay: ${error}`, error);")) }],
    },
    {
      name: "the error in a sum",
      code: caught(`console.error("Could not pay: " + error.message);`),
      ...server,
      errors: [{ ...stackless("error.message"), suggestions: passError(caught(`console.error("Could not pay: " + error.message, error);`)) }],
    },
    {
      name: "the message, or the error as a text",
      code: caught(`console.error("Could not pay", error instanceof Error ? error.message : String(error));`),
      ...server,
      errors: [{ ...stackless("error.message"), suggestions: passError(caught(`console.error("Could not pay", error);`)) }],
    },
    {
      name: "where the switch is off",
      code: caught(`if (process.env.DEBUG_CHARGES !== "1") console.error("Could not pay", error.message);`),
      ...server,
      errors: [{ ...stackless("error.message"), suggestions: passError(caught(`if (process.env.DEBUG_CHARGES !== "1") console.error("Could not pay", error);`)) }],
    },
    {
      name: "the message under a name",
      code: caught(`const message = (error as Error).message; console.error("Could not pay", message);`),
      ...server,
      errors: [{ ...stackless("message"), suggestions: passError(caught(`const message = (error as Error).message; console.error("Could not pay", error);`)) }],
    },
    {
      name: "the message in an object for the console",
      code: caught(`console.error("Could not pay", { id, error: error.message });`),
      ...server,
      errors: [{ ...stackless("error.message"), suggestions: passError(caught(`console.error("Could not pay", { id, error });`)) }],
    },
    {
      name: "a callback of a promise",
      code: `export const pay = (id: string) => { charge(id).catch((e) => console.error("Could not pay", e.message)); };`,
      ...server,
      errors: [{ ...stackless("e.message", "e"), suggestions: passError(`export const pay = (id: string) => { charge(id).catch((e) => console.error("Could not pay", e)); };`, "e") }],
    },
    {
      name: "an error handler of Express",
      code: `import express from "express";\nconst app = express();\napp.use((err, req, res, next) => { console.error(err.message); res.status(500).json({ error: "Failed" }); });`,
      ...express,
      errors: [
        {
          ...stackless("err.message", "err"),
          suggestions: passError(`import express from "express";\nconst app = express();\napp.use((err, req, res, next) => { console.error(err.message, err); res.status(500).json({ error: "Failed" }); });`, "err"),
        },
      ],
    },
    {
      name: "pino: a text alone",
      code: pino + caught("logger.error(`Could not pay: ${error.message}`);"),
      ...server,
      errors: [{ ...stackless("error.message"), suggestions: passError(pino + caught("logger.error({ err: error }, `Could not pay: ${error.message}`);")) }],
    },
    {
      name: "pino: the message among the fields",
      code: pino + caught(`logger.error({ id, error: error.message }, "Could not pay");`),
      ...server,
      errors: [{ ...stackless("error.message"), suggestions: passError(pino + caught(`logger.error({ id, err: error }, "Could not pay");`)) }],
    },
    {
      name: "Powertools: a text alone",
      code: `import { Logger } from "@aws-lambda-powertools/logger";\nconst logger = new Logger();\n${caught("logger.error(`Could not pay: ${error.message}`);")}`,
      ...server,
      errors: [{ ...stackless("error.message"), suggestions: passError(`import { Logger } from "@aws-lambda-powertools/logger";\nconst logger = new Logger();\n${caught("logger.error(`Could not pay: ${error.message}`, { error });")}`) }],
    },
    {
      name: "winston: a text alone",
      code: winston + caught("logger.error(`Could not pay: ${error.message}`);", "error"),
      ...server,
      errors: [{ ...stackless("error.message"), suggestions: passError(winston + caught("logger.error(`Could not pay: ${error.message}`, error);")) }],
    },
    {
      name: "Nest",
      code: `import { Injectable, Logger } from "@nestjs/common";\n@Injectable()\nexport class OrdersService {\n  private readonly logger = new Logger(OrdersService.name);\n  async pay(id: string) { try { await this.charge(id); } catch (error) { this.logger.error(\`Could not pay: \${error.message}\`); } }\n}`,
      ...nest,
      errors: [
        {
          ...stackless("error.message", "error.stack"),
          suggestions: passError(
            `import { Injectable, Logger } from "@nestjs/common";\n@Injectable()\nexport class OrdersService {\n  private readonly logger = new Logger(OrdersService.name);\n  async pay(id: string) { try { await this.charge(id); } catch (error) { this.logger.error(\`Could not pay: \${error.message}\`, error instanceof Error ? error.stack : undefined); } }\n}`,
          ),
        },
      ],
    },
    {
      name: "a line for an error that stands beside a warning",
      code: caught(`console.warn("failed"); console.error(error.message);`),
      ...server,
      errors: [{ ...stackless("error.message"), suggestions: passError(caught(`console.warn("failed"); console.error(error.message, error);`)) }],
    },
  ],
});
